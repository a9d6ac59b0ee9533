"""Plan what a roster would change. Reading the file is `roster`; carrying the whole plan out is `enrolling`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from coach.people.listings import Known, known_people, known_teams, role_names
from coach.people.roster import Entry, Problem, Roster, apart
from coach.people.roster_columns import Field
from coach.people.roster_matching import Book, Doubt, circle, joined
from coach.people.roster_titles import NO_ROLE, plain_title, role_of
from coach.words import Message, Text

Ref = uuid.UUID | int
_CHANGES: Final[Mapping[str, Message]] = {
    "person": Message("New person"),
    "name": Message("Name"),
    "email": Message("E-mail"),
    "employee_no": Message("Employee number"),
    "hired_on": Message("Hire date"),
    "role": Message("Role"),
    "team": Message("Team"),
    "manager": Message("Reports to"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one cell of the table of what would change."""

    line: int
    name: str
    what: Message
    before: Text
    after: Text


@dataclass(slots=True)
class Step:
    """Hold what is to be done for one line: only what differs is set."""

    entry: Entry
    known: Known | None
    name: Text | None = None
    email: str | None = None
    employee_no: str | None = None
    hired_on: date | None = None
    role: str | None = None
    team: str | None = None
    manager: Ref | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def ref(self) -> Ref:
        """Name the person: by id where known, by line where new."""
        return self.known.id if self.known else self.entry.line


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold every step, the teams to make, and everything that stands in the way."""

    steps: tuple[Step, ...]
    new_teams: Mapping[str, str]
    managers: Mapping[Ref, Ref | None]
    problems: tuple[Problem, ...]
    unknown_titles: Mapping[int, str]
    roster: Roster

    @property
    def changes(self) -> tuple[Change, ...]:
        """List what would change, in the order of the file."""
        return tuple(change for step in self.steps for change in step.changes)

    @property
    def added(self) -> int:
        """Count the people who would be added."""
        return sum(step.known is None for step in self.steps)

    @property
    def changed(self) -> int:
        """Count the people who are here and would change."""
        return sum(step.known is not None and bool(step.changes) for step in self.steps)

    @property
    def unchanged(self) -> int:
        """Count the people of the file for whom nothing changes."""
        return sum(not step.changes for step in self.steps)


def plan(roster: Roster, *, roles: Mapping[str, str] | None = None) -> Plan:
    """Compare a roster with the department; `roles` maps titles to role ids (or `none`) as somebody said."""
    return _Planner(roster, {plain_title(title): role for title, role in (roles or {}).items()}).run()


class _Planner:
    """Collect steps and problems over one roster."""

    def __init__(self, roster: Roster, told: Mapping[str, str]) -> None:
        self.roster, self.told = roster, told
        self.people, self.teams, self.roles = known_people(), known_teams(), role_names()
        self.problems: list[Problem] = list(roster.problems)
        self.new_teams: dict[str, str] = {}
        self.unknown: dict[int, str] = {}
        self.taken: dict[Ref, int] = {}
        self.book = Book(roster.entries, self.people)

    def run(self) -> Plan:
        """Plan every line, then look at the lines between people."""
        allowed = sorted({*self.roles.values(), NO_ROLE})
        for role in {*self.told.values()} - {*allowed}:
            words = Message("%(role)s is not a role. Roles: %(known)s.", role=role, known=", ".join(allowed))
            self.problems.append(Problem(0, "", words))
        steps = [step for entry in self.roster.entries if entry.name and (step := self._step(entry)) is not None]
        managers: dict[Ref, Ref | None] = {known.id: known.manager_id for known in self.people}
        managers |= {step.ref: step.manager for step in steps if step.manager is not None}
        self._circles(steps, managers)
        problems = tuple(sorted(self.problems, key=lambda problem: problem.line))
        return Plan(tuple(steps), self.new_teams, managers, problems, self.unknown, self.roster)

    def _circles(self, steps: Sequence[Step], managers: Mapping[Ref, Ref | None]) -> None:
        """Tell each circle once, at its first line."""
        told: set[frozenset[Text]] = set()
        for step in steps:
            names = circle(step.ref, managers, self.book.name_of) if step.manager is not None else []
            if not names or frozenset(names) in told:
                continue
            told.add(frozenset(names))
            words = Message("This closes a circle: %(names)s.", names=joined(names, " → "))
            if step.manager == step.ref:
                words = Message("Nobody reports to themselves.")
            self._wrong(step.entry, Field.MANAGER, words)

    def _step(self, entry: Entry) -> Step | None:
        found = self.book.match(entry)
        if isinstance(found, Doubt):
            self._wrong(entry, found.field, found.message)
            return None
        step = Step(entry, found)
        if (line := self.taken.setdefault(step.ref, entry.line)) != entry.line:
            self._wrong(entry, Field.NAME, Message("Line %(line)d is about the same person.", line=line))
            return None
        if found is None:
            self._note(step, "person", None, entry.name)
        self._plain_fields(step)
        self._role(step)
        self._team(step)
        self._manager(step)
        return step

    def _plain_fields(self, step: Step) -> None:
        entry, known = step.entry, step.known
        if known is None:
            step.name = Text.same(entry.name)
        elif entry.name and entry.name not in (known.name.en, known.name.ko):
            step.name = _renamed(known.name, entry.name)
            self._note(step, "name", known.name, entry.name)
        for key in ("email", "employee_no", "hired_on"):
            wanted, held = getattr(entry, key), getattr(known, key, None)
            if wanted and wanted != held:
                setattr(step, key, wanted)
                self._note(step, key, held, wanted)

    def _role(self, step: Step) -> None:
        if not step.entry.title:
            return
        wanted = role_of(step.entry.title, roles=self.roles, told=self.told)
        held = step.known.role_id if step.known else None
        if wanted is None:
            self._ask(step.entry)
        elif wanted not in (NO_ROLE, held):
            step.role = wanted
            self._note(step, "role", held, wanted)

    def _ask(self, entry: Entry) -> None:
        """Ask once for the role of a title, however many lines have it."""
        if plain_title(entry.title) in map(plain_title, self.unknown.values()):
            return
        self.unknown[entry.line] = entry.title
        words = Message("We do not know which role this title is: %(title)s.", title=entry.title)
        self.problems.append(Problem(entry.line, self.roster.columns.heading(Field.TITLE), words, Field.TITLE))

    def _team(self, step: Step) -> None:
        wanted = self._bare(step.entry.department)
        if not wanted:
            return
        code = plain_title(wanted)
        team = self.teams.get(code)
        if team is None:
            self.new_teams.setdefault(code, wanted)
        held = step.known.team_code if step.known else None
        if (team.code if team else code) != held:
            step.team = team.code if team else code
            self._note(step, "team", step.known.team_name if step.known else None, wanted)

    def _bare(self, department: str) -> str:
        """Take the manager's name off, which Workday writes behind a team: `West (Ana Ruiz)`."""
        name, inside = apart(department)
        is_known = plain_title(department) in self.teams or not self.book.is_somebody(inside)
        return department if is_known else name

    def _manager(self, step: Step) -> None:
        if not step.entry.manager:
            return
        found = self.book.manager(step.entry)
        if isinstance(found, Message):
            self._wrong(step.entry, Field.MANAGER, found)
        elif found != (step.known.manager_id if step.known else None):
            step.manager = found
            before = self.book.name_of(step.known.manager_id) if step.known and step.known.manager_id else None
            self._note(step, "manager", before, self.book.name_of(found))

    def _note(self, step: Step, what: str, before: object, after: object) -> None:
        step.changes.append(Change(step.entry.line, step.entry.name, _CHANGES[what], _shown(before), _shown(after)))

    def _wrong(self, entry: Entry, place: Field, message: Message) -> None:
        self.problems.append(Problem(entry.line, self.roster.columns.heading(place), message))


def _renamed(before: Text, name: str) -> Text:
    """Put the new name where it belongs: a Korean name beside the one in Latin letters, else in both languages."""
    if before.en == before.ko:
        return Text.same(name)
    return Text(before.en, name) if name[0] >= "가" else Text(name, before.ko)


def _shown(value: object) -> Text:
    return value if isinstance(value, Text) else Text.same("" if value is None else str(value))
