"""When a certificate may be renewed and how long it holds."""

from __future__ import annotations

from datetime import date

import pytest

from coach.certificates.rules import SkillStanding, Standing, add_months, is_due, term
from coach.words import Text

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "months", "ends"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 11, date(2026, 12, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(start: date, months: int, ends: date) -> None:
    assert add_months(start, months) == ends


def test_renewing_opens_sixty_days_before_the_end_and_loses_no_day() -> None:
    assert is_due(None, TODAY)
    assert is_due(date(2027, 1, 22), TODAY)
    assert not is_due(date(2027, 1, 23), TODAY)
    assert term(date(2027, 1, 22), TODAY, 12) == date(2028, 1, 22)
    assert term(date(2026, 1, 22), TODAY, 12) == date(2027, 11, 23)


def _standing(*, steps: int = 4, left: int = 0, met: tuple[bool, ...] = (True, True)) -> Standing:
    skills = tuple(SkillStanding(str(n), Text.same("Close"), 3, 2.9, 2.4, 3.4, is_met) for n, is_met in enumerate(met))
    return Standing(Text.same("SDR"), 12, 3, steps, left, skills)


def test_it_is_earned_by_the_whole_path_and_every_skill_and_by_nothing_less() -> None:
    assert _standing().is_earned
    assert not _standing(left=1).is_earned
    assert not _standing(met=(True, False)).is_earned
    assert not _standing(met=()).is_earned
    assert not _standing(steps=0).is_earned
