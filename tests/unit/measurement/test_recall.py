"""Recall: the library's own vectors, our grading, the day's choice."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Card, Scheduler

from coach.measurement.recall import (
    Grade,
    RecallRules,
    RecallState,
    Stage,
    grade,
    new_card,
    own_median,
    recall_probability,
    review,
    select,
)

NOON = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
UNBOUNDED = RecallRules(longest_days=36500)


def reviewed(grades, days=None, rules=None) -> list[RecallState]:
    """Return the card after each answer, answered when due, or after the given days."""
    state, now, states = new_card(NOON), NOON, []
    for n, answer in enumerate(grades):
        now += timedelta(days=days[n]) if days else timedelta(0)
        state = review(state, answer, now, rules=rules)
        states.append(state)
        now = now if days else state.due
    return states


def test_intervals_are_those_of_the_reference_scheduler():
    # py-fsrs 6, tests/test_basic.py: test_review_card.
    states = reviewed([Grade.GOOD] * 6 + [Grade.AGAIN] * 2 + [Grade.GOOD] * 5, rules=UNBOUNDED)
    days = [(state.due - state.last_review).days for state in states]
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_stability_is_that_of_the_reference_implementations():
    # fsrs-rs, ts-fsrs and py-fsrs 6 with the default parameters: 53.62691 after Again, Good x 5 on these days.
    states = reviewed([Grade.AGAIN] + [Grade.GOOD] * 5, days=[0, 0, 1, 3, 8, 21])
    assert states[-1].stability == pytest.approx(53.62691, abs=1e-4)


def test_first_answers_give_the_default_parameters():
    # FSRS-6 default weights 0, 1 and 2: stability after a first Again, Hard, Good.
    found = [reviewed([answer])[0].stability for answer in (Grade.AGAIN, Grade.HARD, Grade.GOOD)]
    assert found == pytest.approx([0.212, 1.2931, 2.3065])


def test_no_interval_is_longer_than_a_year():
    states = reviewed([Grade.GOOD] * 9)
    assert max((state.due - state.last_review).days for state in states) == 365


def test_steps_are_one_and_ten_minutes():
    again, good = reviewed([Grade.AGAIN])[0], reviewed([Grade.GOOD])[0]
    assert again.due - NOON == timedelta(minutes=1)
    assert good.due - NOON == timedelta(minutes=10)
    assert (good.stage, good.step) == (Stage.LEARNING, 1)


def test_the_same_answers_give_the_same_days_in_any_time_zone():
    seoul = timezone(timedelta(hours=9))
    here = review(new_card(NOON), Grade.GOOD, NOON)
    there = review(new_card(NOON.astimezone(seoul)), Grade.GOOD, NOON.astimezone(seoul))
    assert here == there
    assert there.due.tzinfo is UTC


def test_recall_is_ninety_percent_when_the_stability_has_passed():
    state = RecallState(NOON, Stage.REVIEW, None, stability=10.0, difficulty=5.0, last_review=NOON)
    assert recall_probability(state, NOON + timedelta(days=10)) == pytest.approx(0.9)
    assert recall_probability(state, NOON) == 1.0
    assert recall_probability(new_card(NOON), NOON) is None


def test_recall_agrees_with_the_library_on_whole_days():
    state = reviewed([Grade.GOOD] * 3)[-1]
    card = Card(1, stability=state.stability, difficulty=state.difficulty, due=state.due, last_review=state.last_review)
    for days in (1, 7, 40):
        at = state.last_review + timedelta(days=days)
        expected = Scheduler(enable_fuzzing=False).get_card_retrievability(card, at)
        assert recall_probability(state, at) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("right", "seconds", "median", "expected"),
    [
        (False, 1, 10, Grade.AGAIN),
        (True, 20, 10, Grade.GOOD),
        (True, 20.1, 10, Grade.HARD),
        (True, 500, None, Grade.GOOD),
    ],
)
def test_answers_are_graded_by_right_and_by_the_own_pace(right, seconds, median, expected):
    assert grade(right, seconds, median) is expected


def test_the_own_pace_is_known_from_five_answers_on():
    assert own_median([3, 4, 5, 6]) is None
    assert own_median([3, 9, 4, 5, 60]) == 5


def cards(count: int, stage: Stage, stability: float | None, last: datetime | None) -> dict[str, RecallState]:
    return {
        f"{stage}{stability}-{n:02}": RecallState(
            NOON + timedelta(minutes=n), stage, None if stage is Stage.REVIEW else 0,
            None if stability is None else stability + n / 100, None if stability is None else 5.0, last,
        )
        for n in range(count)
    }  # fmt: skip


def test_what_is_nearest_to_forgotten_comes_first_and_new_ones_last():
    deck = cards(2, Stage.REVIEW, 9.0, NOON) | cards(2, Stage.REVIEW, 4.0, NOON) | cards(2, Stage.LEARNING, None, None)
    chosen = select(deck, NOON + timedelta(days=5))
    assert chosen == (
        "review4.0-00",
        "review4.0-01",
        "review9.0-00",
        "review9.0-01",
        "learningNone-00",
        "learningNone-01",
    )


def test_a_day_asks_at_most_eight_new_and_forty_reviews():
    deck = cards(50, Stage.REVIEW, 4.0, NOON) | cards(20, Stage.LEARNING, None, None)
    at = NOON + timedelta(days=5)
    assert len(select(deck, at)) == 48
    assert len(select(deck, at, new_today=8, reviews_today=39)) == 1
    assert select(deck, at, new_today=9, reviews_today=41) == ()


def test_a_card_in_its_minutes_is_not_held_back():
    deck = cards(3, Stage.RELEARNING, 1.0, NOON)
    assert len(select(deck, NOON + timedelta(days=1), reviews_today=40, new_today=8)) == 3


def test_cards_not_due_are_not_asked():
    assert select({"a": new_card(NOON + timedelta(seconds=1))}, NOON) == ()


def test_moments_without_a_zone_and_answers_before_the_last_are_refused():
    state = review(new_card(NOON), Grade.GOOD, NOON)
    with pytest.raises(ValueError, match="time zone"):
        review(state, Grade.GOOD, NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="before the last"):
        review(state, Grade.GOOD, NOON - timedelta(minutes=1))
    with pytest.raises(ValueError, match="negative"):
        select({}, NOON, new_today=-1)
    with pytest.raises(ValueError, match="seconds"):
        grade(right=True, seconds=-1, own_median=None)
