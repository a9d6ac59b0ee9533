"""Two forms of a module: alike, and without a question in common."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from coach.assessments.parallel import SIZE, Placed, draw

BANKS = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(2, 4)), max_size=40).map(
    lambda places: [Placed(f"q{n:02}", skill, step) for n, (skill, step) in enumerate(places)]
)


@given(BANKS, st.integers(0, 2**31))
def test_both_forms_have_the_same_places_and_no_question_in_common(bank: list[Placed], seed: int) -> None:
    places = {one.item_id: (one.skill_id, one.step) for one in bank}
    forms = draw(bank, seed=seed)
    asked = [*forms.before, *forms.after]
    pairs = sum(count // 2 for count in Counter(places.values()).values())
    assert len(set(asked)) == len(asked)
    assert [places[name] for name in forms.before] == [places[name] for name in forms.after]
    assert len(forms.before) == min(SIZE, pairs)


@given(BANKS, st.integers(0, 2**31))
def test_one_seed_and_bank_give_the_same_forms_in_whatever_order_it_is_read(bank: list[Placed], seed: int) -> None:
    assert draw(bank, seed=seed) == draw(reversed(bank), seed=seed)


@given(st.integers(0, 2**31))
def test_skills_and_steps_have_equal_parts_where_there_are_enough(seed: int) -> None:
    bank = [Placed(f"{skill}{step}{n}", skill, step) for skill in "ab" for step in (2, 3, 4) for n in range(4)]
    form = draw(bank, seed=seed).before
    assert Counter(name[0] for name in form) == {"a": 3, "b": 3}
    assert Counter(name[1] for name in form) == {"2": 2, "3": 2, "4": 2}


def test_people_get_different_forms() -> None:
    bank = [Placed(f"q{step}{n}", "a", step) for step in (2, 3, 4) for n in range(4)]
    assert len({draw(bank, seed=seed) for seed in range(30)}) > 20
