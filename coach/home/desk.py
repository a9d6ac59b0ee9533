"""What somebody who coaches finds first: whom they coach, and who waits longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.access.identity import Relation
from coach.access.reader import Reader
from coach.home import queries
from coach.home.queries import WaitingRow
from coach.people import queries as people
from coach.people.queries import PersonRow
from coach.reports.charts import ago
from coach.reports.facts import SLIPPING_AFTER
from coach.web.templating import link
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Coachee:
    """Hold one person whom the reader coaches, with what waits."""

    name: Text
    href: str
    log: str
    said: Message
    last: Message
    late: bool


def around(reader: Reader) -> tuple[PersonRow, list[PersonRow]]:
    """Read the reader's own row and those of whom they coach, with one statement."""
    if not reader.coaches:
        return people.row(reader.person_id), []
    rows = people.rows(ids=people.visible_to(reader.identity, Relation.SELF, Relation.COACH))
    own = next(row for row in rows if row.id == reader.person_id)
    return own, [row for row in rows if row is not own]


def coachees(rows: Sequence[PersonRow], *, today: date) -> list[Coachee]:
    """Say what waits with each coachee, who was coached longest ago first, then by name; with one statement."""
    if not rows:
        return []
    waits = queries.waiting([row.id for row in rows])
    ordered = sorted(rows, key=lambda row: waits[row.id].last or date.min)
    return [_coachee(row, waits[row.id], today) for row in ordered]


def _coachee(row: PersonRow, waits: WaitingRow, today: date) -> Coachee:
    days = None if waits.last is None else (today - waits.last).days
    return Coachee(
        name=row.name,
        href=link("reports.person", person_id=row.id),
        log=link("coaching.new", person=row.id),
        said=_said(row, waits, today),
        last=_last(days),
        late=days is None or days > SLIPPING_AFTER,
    )


def _last(days: int | None) -> Message:
    if days is None:
        return Message("Never coached")
    return Message("Coached %(when)s", when=ago(days))


def _said(row: PersonRow, waits: WaitingRow, today: date) -> Message:
    parts = []
    week = row.week_of_start(today)
    if week is not None:
        parts.append(Message("Start plan, week %(week)s of %(weeks)s", week=week, weeks=row.start_plan_weeks))
    if waits.works:
        parts.append(Message("Practice to score: %(count)s", count=waits.works))
    if waits.actions:
        parts.append(Message("Agreed and open: %(count)s", count=waits.actions))
    if waits.findings:
        parts.append(Message("Clearly below target: %(count)s", count=waits.findings))
    return _joined(parts) if parts else Message("Nothing open")


def _joined(parts: list[Message]) -> Message:
    if len(parts) == 1:
        return parts[0]
    return Message("%(first)s · %(rest)s", first=parts[0], rest=_joined(parts[1:]))
