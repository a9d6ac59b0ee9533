"""The page of a person, for those who stand near enough to see it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from coach.access.identity import Relation
from coach.access.policy import Permission, grants
from coach.charts.tracks import State, TrackRow, level_track, state_of
from coach.coaching.queries import ActionRow, actions_of
from coach.evidence.queries import stands
from coach.people.queries import PersonRow
from coach.reports import history, queries
from coach.reports.lesson_view import LessonView, around_newest_lesson
from coach.reports.outstanding import named_all
from coach.reports.queries import Contact, StandingRow
from coach.reports.timeline import SHOWN, Happening, timeline
from coach.web.templating import link
from coach.words import Message, Text

ALL: Final = 200
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Hold all that the page of a person shows to somebody near."""

    person: PersonRow
    contact: Contact
    week: int | None
    tracks: tuple[TrackRow, ...]
    lesson: LessonView | None
    timeline: tuple[Happening, ...]
    is_whole: bool
    actions: tuple[ActionRow, ...]
    is_self: bool
    may_log: bool
    may_assign: bool

    @property
    def said(self) -> tuple[Message | Text, ...]:
        """Say in a few words who this is: role and since when, start plan, team, coaches."""
        p = self.person
        parts: list[Message | Text] = [_role(p), p.team_name or Message("No team")]
        if self.week is not None:
            parts.append(Message("Start plan, week %(week)s of %(weeks)s", week=self.week, weeks=p.start_plan_weeks))
        if self.contact.coaches:
            parts.append(Message("Coach: %(names)s", names=named_all(self.contact.coaches)))
        if p.deactivated_at is not None:
            parts.append(Message("No longer here"))
        return tuple(parts)


def person_page(
    person: PersonRow, held: frozenset[Relation], *, today: date, zone: str, whole: bool = False
) -> PersonPage:
    """Gather the page of a person, with eight statements beside those that let the reader in."""
    most = ALL if whole else SHOWN
    rows = queries.standing(person.id, person.job_role_id)
    may_see = grants(Permission.ATTEMPT_RESULT_READ_ANSWERS, held)
    learned = history.learned(person.id, most + 1, with_answers=may_see)
    talks, found = history.talks(person.id, most + 1), history.found(person.id, most + 1)
    happened = timeline(talks, learned, found, zone=zone, most=most + 1)
    week = person.week_of_start(today)
    return PersonPage(
        person=person,
        contact=_contact(person.id, held),
        week=week,
        tracks=tracks(person.id, rows, starting=week is not None),
        lesson=around_newest_lesson(person, learned, rows, today=today, zone=zone),
        timeline=tuple(happened[:most]),
        is_whole=whole or len(happened) <= most,
        actions=tuple(action for action in actions_of([person.id]) if action.done_at is None),
        is_self=Relation.SELF in held,
        may_log=grants(Permission.COACHING_LOG_SHARED_CREATE, held),
        may_assign=grants(Permission.ASSIGNMENT_CREATE, held),
    )


def tracks(
    person_id: uuid.UUID,
    rows: Sequence[StandingRow],
    *,
    starting: bool,
    starts: dict[str, float] | None = None,
) -> tuple[TrackRow, ...]:
    """Draw a person's skills against the role's targets; `starts` are the first readings of a start plan."""
    first = starts or {}
    return tuple(_track(person_id, row, starting=starting, start=first.get(row.skill_id)) for row in rows)


def _contact(person_id: uuid.UUID, held: frozenset[Relation]) -> Contact:
    """Read how to reach somebody; a coach who is nothing else to them gets no telephone number."""
    found = queries.contact(person_id)
    return found if grants(Permission.PROFILE_FULL_READ, held) else replace(found, phone=None)


def _track(person_id: uuid.UUID, row: StandingRow, *, starting: bool, start: float | None) -> TrackRow:
    cell, finding = row.cell, row.finding_id is not None and stands(row.cell)
    if cell is None:
        return TrackRow(row.name, level_track(None, None, None, row.threshold, state=State.FEW, seen=0))
    state = state_of(cell.mean, row.threshold, known=cell.is_known, finding=finding, starting=starting)
    track = level_track(cell.mean, cell.low, cell.high, row.threshold, state=state, start=start, seen=cell.pieces)
    return TrackRow(row.name, track, link("evidence.person_skill", person_id=person_id, skill_id=row.skill_id))


def _role(person: PersonRow) -> Message:
    began = person.role_since
    if person.job_role_name is None or began is None:
        return Message("No job role")
    month = Text(en=f"{_MONTHS[began.month - 1]} {began.year}", ko=f"{began.year}년 {began.month}월")
    return Message("%(role)s since %(month)s", role=person.job_role_name, month=month)
