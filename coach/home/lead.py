"""What somebody who answers for others finds first: is anybody without a next step, then what waits for a decision."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach import clock
from coach.access.reader import Reader
from coach.coaching.queries import ActionRow, actions_of
from coach.evidence.queries import CellRow, cells_of
from coach.findings import queries as findings
from coach.findings.queries import FindingRow
from coach.home import queries
from coach.home.queries import ObjectionRow, StepRow
from coach.home.rep import NextThing
from coach.people.queries import PersonRow, below
from coach.reports.outstanding import Find, below_target, expected_wrong, named
from coach.web.templating import link
from coach.words import Message, Text

FINDINGS_SHOWN: int = 5
STEPS_SHOWN: int = 6
MOST_SHOWN: int = 30


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one active person with the next step; `what` is None without one."""

    person_id: uuid.UUID
    name: Text
    href: str
    what: Message | None
    icon: str
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hold one objection that waits for an answer."""

    title: Message
    text: str
    href: str
    at: date


@dataclass(frozen=True, slots=True)
class Lead:
    """Hold the first page of a manager; what is the next thing stands in no list below it once more."""

    next: NextThing
    steps: tuple[Step, ...]
    without: int
    late: tuple[Step, ...]
    findings: tuple[Find, ...]
    more_findings: int
    findings_in_all: int
    wrong: int
    waiting: tuple[Waiting, ...]
    waiting_in_all: int
    mine: tuple[StepRow, ...]

    @property
    def open_steps(self) -> int:
        """Count the rows that stand open: everybody without a step, six at least and thirty at most."""
        return min(max(self.without, STEPS_SHOWN), MOST_SHOWN)


def lead(reader: Reader, *, today: date) -> Lead:
    """Gather the first page of a manager, with eight statements however large the tree."""
    people = below(reader.identity)
    ids = [person.id for person in people]
    work = queries.steps([*ids, reader.person_id])
    steps = _steps(people, work, actions_of(ids), reader.person_id, today)
    below_now, known = _below_now(ids)
    waiting = [_waiting(row, people, reader) for row in queries.objections(ids)]
    without = [step for step in steps if step.what is None]
    first = _first(without, waiting, below_now)
    others = [row for row in below_now if row is not first]
    return Lead(
        next=_next(first, without, {person.id: person.name.unbroken for person in people}, known),
        steps=tuple(steps),
        without=len(without),
        late=tuple(step for step in steps if step.late),
        findings=tuple(_finds(people, others[:FINDINGS_SHOWN], known)),
        more_findings=len(others),
        findings_in_all=len(below_now),
        wrong=round(expected_wrong(below_now)),
        waiting=tuple(row for row in waiting if row is not first),
        waiting_in_all=len(waiting),
        mine=tuple(row for row in work if row.person_id == reader.person_id),
    )


def _first(
    without: Sequence[Step], waiting: Sequence[Waiting], below_now: Sequence[FindingRow]
) -> Waiting | FindingRow | None:
    """Choose what comes first where everybody has a next step: an objection, else a finding, else nothing."""
    if without:
        return None
    if waiting:
        return waiting[0]
    return below_now[0] if below_now else None


def _steps(
    people: Sequence[PersonRow], work: Sequence[StepRow], actions: Sequence[ActionRow], me: uuid.UUID, today: date
) -> list[Step]:
    """Give everybody, as they stand by name, their nearest work, else what they agreed with a coach."""
    nearest: dict[uuid.UUID, StepRow] = {}
    for row in work:
        nearest.setdefault(row.person_id, row)
    agreed: dict[uuid.UUID, ActionRow] = {}
    for action in actions:
        agreed.setdefault(action.person_id, action)
    steps = [_step(person, nearest, agreed, me, today) for person in people]
    return sorted(steps, key=lambda s: (s.what is not None, not s.late, s.due or date.max))


def _step(
    person: PersonRow,
    nearest: Mapping[uuid.UUID, StepRow],
    agreed: Mapping[uuid.UUID, ActionRow],
    me: uuid.UUID,
    today: date,
) -> Step:
    what: Message | None = None
    due: date | None = None
    icon = "alert"
    if person.id in nearest:
        row = nearest[person.id]
        what, due, icon = _what(row), row.due_on, "learn" if row.lesson_id else "quiz"
    elif person.id in agreed:
        row_agreed = agreed[person.id]
        what = _agreed(row_agreed, me)
        due, icon = row_agreed.due_on, "notes"
    late = person.id in nearest and due is not None and due < today
    return Step(person.id, person.name, link("reports.person", person_id=person.id), what, icon, due, late)


def _agreed(row: ActionRow, me: uuid.UUID) -> Message:
    if row.coach_id == me:
        return Message("Agreed with you: %(text)s", text=row.text)
    return Message("Agreed with %(name)s: %(text)s", name=row.coach, text=row.text)


def _what(row: StepRow) -> Message:
    if row.lesson_id is None:
        return Message("Check: %(title)s", title=row.title)
    return Message("Lesson: %(title)s", title=row.title)


def _below_now(ids: Sequence[uuid.UUID]) -> tuple[list[FindingRow], dict[tuple[uuid.UUID, str], CellRow]]:
    found = findings.open_for(ids)
    known = cells_of([(row.person_id, row.skill_id) for row in found])
    return findings.still_below(found, known), known


def _finds(
    people: Sequence[PersonRow], rows: Sequence[FindingRow], known: Mapping[tuple[uuid.UUID, str], CellRow]
) -> Iterator[Find]:
    """Name each by person and skill alone: the heading above them says that they are clearly below."""
    names = {person.id: person.name for person in people}
    for row in rows:
        title = Message("%(name)s: %(skill)s", name=names[row.person_id], skill=row.skill_name)
        yield replace(below_target(row, names[row.person_id], known.get((row.person_id, row.skill_id))), title=title)


def _waiting(row: ObjectionRow, people: Sequence[PersonRow], reader: Reader) -> Waiting:
    person = next(person for person in people if person.id == row.person_id)
    if row.finding_id is not None:
        href = link("findings.show", finding_id=row.finding_id)
    elif person.manager_id == reader.person_id:
        href = link("evidence.answer", contest_id=row.contest_id)
    else:
        href = link("evidence.person_skill", person_id=row.person_id, skill_id=row.skill_id)
    title = Message("%(name)s objects: %(skill)s", name=person.name.unbroken, skill=row.skill_name)
    return Waiting(title, row.text, href, clock.day_of(row.at, reader.zone))


def _next(
    first: Waiting | FindingRow | None,
    without: Sequence[Step],
    names: Mapping[uuid.UUID, Text],
    known: Mapping[tuple[uuid.UUID, str], CellRow],
) -> NextThing:
    """Word the one next thing: somebody without a next step, an objection, a finding, else a look at the team."""
    if without:
        title = Message("No next step for %(names)s", names=named([names[step.person_id] for step in without]))
        text = Message("Assign a lesson or a check, or log what you agree on.")
        href = link("assignments.new", person=[step.person_id for step in without[:MOST_SHOWN]])
        return NextThing(Message("Nobody slips"), title, text, Message("Assign"), href)
    if isinstance(first, Waiting):
        text = Message("It counts no longer until somebody answers.")
        return NextThing(Message("Waits for an answer"), first.title, text, Message("Answer"), first.href)
    if first is not None:
        found = below_target(first, names[first.person_id], known.get((first.person_id, first.skill_id)))
        return NextThing(Message("Matters most now"), found.title, found.text, Message("See evidence"), found.href)
    title = Message("Everybody has a next step")
    return NextThing(Message("Nobody slips"), title, None, Message("See the team"), link("reports.team"))
