"""What a test lets happen in a team: talks logged through the coaching log, as a coach would."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from coach import clock
from coach.coaching import services as coaching
from coach.coaching.services import OLDEST_DAYS, Due, Setting, Talk

ZONE = "Asia/Seoul"


def talked(
    person: uuid.UUID,
    *,
    by: uuid.UUID,
    levels: Mapping[str, int],
    days_ago: int = 0,
    about: str = "",
    action: str = "",
    setting: Setting = Setting.CALL,
) -> uuid.UUID:
    """Let a coach have logged a talk of some days ago, about a skill or more; now, unless that is too long ago."""
    day = clock.today(ZONE) - timedelta(days=days_ago)
    with clock.at(clock.now() - timedelta(days=days_ago if days_ago > OLDEST_DAYS else 0)):
        return coaching.log(
            by=by, person_id=person, talk=Talk(setting, day, levels, about, action, Due.NEXT_CALL), zone=ZONE
        )


def weak(person: uuid.UUID, skill: str, *, by: tuple[uuid.UUID, uuid.UUID]) -> None:
    """Let two raters have seen a skill far below, often enough that a finding opens."""
    for n, days in enumerate((30, 20, 9, 3)):
        talked(person, by=by[n % 2], levels={skill: 1}, days_ago=days)
