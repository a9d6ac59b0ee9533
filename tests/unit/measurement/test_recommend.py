"""Lessons for a person's gaps: explained line by line, never far from the best there is."""

import random
import sys
from itertools import combinations, pairwise

import pytest

from coach.measurement.checks import BadInput
from coach.measurement.recommend import MINUTE_COST, Gap, Lesson, Plan, best_lessons, choose_lessons, gain_of

GAPS = [Gap("negotiate", 0.6, 5, 2.0), Gap("close", 0.3, 3, 2.3), Gap("demonstrate", 0.5, 1, 1.8)]
LESSONS = [
    Lesson("anchor", 10, {"negotiate": 0.25}),
    Lesson("concede", 8, {"negotiate": 0.20}, after=("anchor",)),
    Lesson("ask-for-it", 9, {"close": 0.30}),
    Lesson("show-one-thing", 6, {"demonstrate": 0.20}),
    Lesson("masters", 10, {"negotiate": 0.9}, {"negotiate": 3.0}),
]


def worth(taken: tuple[Lesson, ...], gaps: list[Gap]) -> float:
    closed = sum(g.importance * min(g.gap, sum(lesson.gains.get(g.skill, 0.0) for lesson in taken)) for g in gaps)
    return closed - MINUTE_COST * sum(lesson.minutes for lesson in taken)


def by_trying_all(lessons: list[Lesson], gaps: list[Gap], budget: float) -> float:
    return max(
        worth(taken, gaps)
        for size in range(len(lessons) + 1)
        for taken in combinations(lessons, size)
        if sum(lesson.minutes for lesson in taken) <= budget
        and all(before in {lesson.id for lesson in taken} for lesson in taken for before in lesson.after)
    )


def invented(seed: int) -> tuple[list[Gap], list[Lesson], float]:
    rng = random.Random(seed)
    gaps = [Gap(f"skill {k}", rng.uniform(0.1, 1.0), rng.randint(1, 5), 2.0) for k in range(4)]
    lessons = [
        Lesson(
            f"lesson {i}",
            rng.randint(5, 15),
            {f"skill {rng.randrange(4)}": rng.uniform(0.05, 0.4) for _ in range(rng.randint(1, 2))},
            after=(f"lesson {rng.randrange(i)}",) if i and rng.random() < 0.3 else (),
        )
        for i in range(9)
    ]
    return gaps, lessons, rng.randint(15, 50)


def test_each_line_says_what_it_closes_and_the_lines_add_up() -> None:
    plan = choose_lessons(GAPS, LESSONS, 30)
    assert plan.lessons == ("anchor", "concede", "ask-for-it")
    first, second, _ = plan.lines
    assert first.closes == (("negotiate", 0.6, pytest.approx(0.35)),)
    assert second.closes == (("negotiate", pytest.approx(0.35), pytest.approx(0.15)),)
    assert first.per_minute == pytest.approx(5 * 0.25 / 10)
    assert plan.minutes == sum(line.minutes for line in plan.lines) == 27
    assert plan.value == pytest.approx(sum(line.worth - MINUTE_COST * line.minutes for line in plan.lines))


def test_a_prerequisite_is_taken_for_the_sake_of_what_it_leads_to() -> None:
    lessons = [Lesson("words", 5, {}), Lesson("calls", 10, {"close": 0.3}, after=("words",))]
    plan = choose_lessons(GAPS, lessons, 20)
    assert [(line.lesson, line.leads_to) for line in plan.lines] == [("words", "calls"), ("calls", None)]
    assert choose_lessons(GAPS, lessons, 14).lessons == ()
    assert choose_lessons(GAPS, lessons, 14, done=["words"]).lessons == ("calls",)


@pytest.mark.parametrize("plan_of", [choose_lessons, best_lessons])
def test_nothing_out_of_reach_over_budget_or_without_a_gap_is_proposed(plan_of: type[Plan]) -> None:
    assert "masters" not in plan_of(GAPS, LESSONS, 60).lessons
    assert plan_of(GAPS, LESSONS, 5).lessons == ()
    assert plan_of([], LESSONS, 60).lessons == ()
    assert plan_of(GAPS, [], 60).lessons == ()
    assert plan_of([Gap("close", 0.0, 5, 3.0)], LESSONS, 60).lessons == ()
    assert plan_of(GAPS, [Lesson("late", 9, {"close": 0.3}, after=("gone",))], 60).lessons == ()


@pytest.mark.parametrize("seed", range(12))
def test_the_programme_finds_what_trying_all_subsets_finds(seed: int) -> None:
    gaps, lessons, budget = invented(seed)
    best = best_lessons(gaps, lessons, budget)
    taken = tuple(lesson for lesson in lessons if lesson.id in best.lessons)
    assert best.value == pytest.approx(by_trying_all(lessons, gaps, budget), abs=1e-6)
    assert best.value == pytest.approx(worth(taken, gaps), abs=1e-6)
    assert best.minutes <= budget


def test_the_explained_rule_reaches_nine_tenths_of_the_best_on_average() -> None:
    shares = []
    for seed in range(60):
        gaps, lessons, budget = invented(seed)
        plan, best = choose_lessons(gaps, lessons, budget), best_lessons(gaps, lessons, budget)
        assert plan.minutes <= budget
        assert plan.value <= best.value + 1e-6
        for id_, before in ((lesson.id, b) for lesson in lessons for b in lesson.after if lesson.id in plan.lessons):
            assert plan.lessons.index(before) < plan.lessons.index(id_)
        shares.append(plan.value / best.value)
    sys.stdout.write(
        f"greedy reaches {sum(shares) / len(shares):.3f} of the best on average, {min(shares):.3f} at worst\n"
    )
    assert sum(shares) / len(shares) >= 0.9


def test_a_higher_importance_never_pushes_its_lesson_out() -> None:
    ranks = []
    for importance in (1, 2, 3, 5):
        gaps = [*GAPS[:2], Gap("demonstrate", 0.5, importance, 1.8)]
        ranks.append((*choose_lessons(gaps, LESSONS, 60).lessons, "show-one-thing").index("show-one-thing"))
    assert all(later <= earlier for earlier, later in pairwise(ranks))


def test_a_gain_is_what_was_measured_or_half_of_what_is_claimed() -> None:
    assert gain_of(0.5) == 0.25
    assert gain_of(0.5, effect=0.1) == 0.1
    assert gain_of(0.5, effect=-0.2) == 0.0


def test_impossible_plans_are_refused() -> None:
    circle = [Lesson("a", 5, {"close": 0.3}, after=("b",)), Lesson("b", 5, {}, after=("a",))]
    for refused, said in (
        (lambda: choose_lessons(GAPS, circle, 30), "own prerequisite"),
        (lambda: choose_lessons([*GAPS, GAPS[0]], LESSONS, 30), "only once"),
        (lambda: choose_lessons(GAPS, LESSONS, float("nan")), "budget"),
        (lambda: best_lessons(GAPS, LESSONS, -1), "budget"),
        (lambda: Lesson("a", 0, {}), "minutes"),
        (lambda: Gap("close", float("nan"), 1, 2.0), "gap"),
    ):
        with pytest.raises(BadInput, match=said):
            refused()
