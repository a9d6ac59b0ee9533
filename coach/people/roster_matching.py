"""Who a line of a roster is about, and whom it calls the manager: by number, by address, by name."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.people.listings import Known
from coach.people.roster import Entry, apart, display_name
from coach.people.roster_columns import Field
from coach.words import Message, Text

Ref = uuid.UUID | int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Hold why it cannot be told who a line is about, and by which field."""

    field: Field
    message: Message


class Book:
    """Find people of the department and of the file by what a cell says."""

    def __init__(self, entries: Sequence[Entry], people: Iterable[Known]) -> None:
        self.people = {known.id: known for known in people}
        self.entries = {entry.line: entry for entry in entries}
        self.by_number = {known.employee_no.lower(): known for known in self.people.values() if known.employee_no}
        self.by_email = {known.email: known for known in self.people.values() if known.email}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        for known in self.people.values():
            for name in {known.name.en, known.name.ko}:
                self.by_name[_plain(name)].append(known)
        self.count = Counter(key for entry in entries for key in _keys(entry))
        self.lines: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for key in (f"#{entry.employee_no.lower()}", f"@{entry.email}", _plain(entry.name)):
                self.lines[key].append(entry)

    def match(self, entry: Entry) -> Known | Doubt | None:
        """Find the person of a line; None where they are new."""
        if (twin := self._twin(entry)) is not None:
            return twin
        found = {known.id: known for known in self._candidates(entry)}
        if len(found) > 1:
            names = joined([known.name for known in found.values()], ", ")
            return Doubt(_told_by(entry), Message("This could be more than one person here: %(names)s.", names=names))
        known = next(iter(found.values()), None)
        if known is not None and not known.is_active:
            words = Message("%(name)s left. Let them in again first, under Accounts.", name=known.name)
            return Doubt(_told_by(entry), words)
        return known

    def manager(self, entry: Entry) -> Ref | Message:
        """Find whom a line reports to; a Message where it cannot be told."""
        said = entry.manager.strip()
        key = f"@{said.lower()}" if "@" in said else f"#{said.lower()}"
        rows, known = self.lines.get(key, []), (self.by_email if "@" in said else self.by_number).get(said.lower())
        refs = {self.ref(row) for row in rows} | ({known.id} if known else set())
        if not refs and (bare := apart(said))[1]:
            return self.manager(replace(entry, manager=bare[1] if self._is_number(bare[1]) else bare[0]))
        if not refs:
            name = _plain(display_name(said))
            refs = {self.ref(row) for row in self.lines.get(name, [])} | {
                k.id for k in self.by_name.get(name, []) if k.is_active
            }
        if len(refs) > 1:
            return Message(
                "%(name)s could be more than one person. Use an e-mail address or an employee number.", name=said
            )
        if not refs:
            return Message("There is nobody called %(name)s, neither in the file nor here.", name=said)
        return refs.pop()

    def ref(self, entry: Entry) -> Ref:
        """Name the person of a line: by id where known here, by line where new."""
        found = self.match(entry)
        return entry.line if found is None or isinstance(found, Doubt) else found.id

    def name_of(self, ref: Ref) -> Text:
        """Give the name of a person of the file or of the department."""
        return self.people[ref].name if isinstance(ref, uuid.UUID) else Text.same(self.entries[ref].name)

    def is_somebody(self, name: str) -> bool:
        """Tell whether a text is the name of a person of the file or of the department."""
        plain = _plain(display_name(name))
        return plain in self.by_name or plain in self.lines

    def _is_number(self, text: str) -> bool:
        return text.lower() in self.by_number or f"#{text.lower()}" in self.lines

    def _twin(self, entry: Entry) -> Doubt | None:
        """Find another line that is about the same person, by what tells it."""
        same = next((key for key in _keys(entry) if self.count[key] > 1), None)
        if same is None:
            return None
        line = next(other.line for other in self.lines[same] if other.line != entry.line)
        if same.startswith("#"):
            return Doubt(Field.EMPLOYEE_NO, Message("Line %(line)d has the same employee number.", line=line))
        if same.startswith("@"):
            return Doubt(Field.EMAIL, Message("Line %(line)d has the same e-mail address.", line=line))
        words = Message("Line %(line)d has the same name. Add a number or an address to tell them apart.", line=line)
        return Doubt(Field.NAME, words)

    def _candidates(self, entry: Entry) -> list[Known]:
        found = [self.by_number.get(entry.employee_no.lower()), self.by_email.get(entry.email)]
        if any(found) or entry.employee_no or entry.email:
            return [known for known in found if known is not None]
        return self.by_name.get(_plain(entry.name), [])


def joined(names: Sequence[Text], by: str) -> Text:
    """Write names as one text in either language."""
    return Text(by.join(name.en for name in names), by.join(name.ko for name in names))


def circle(start: Ref, managers: Mapping[Ref, Ref | None], name_of: Callable[[Ref], Text]) -> list[Text]:
    """Follow the line up from a person; give the names of the circle where it comes back, else nothing."""
    path: list[Ref] = [start]
    here = managers.get(start)
    while here is not None and here not in path:
        path.append(here)
        here = managers.get(here)
    return [name_of(ref) for ref in (*path, start)] if here == start else []


def _told_by(entry: Entry) -> Field:
    return Field.EMPLOYEE_NO if entry.employee_no else Field.EMAIL if entry.email else Field.NAME


def _keys(entry: Entry) -> list[str]:
    keys = [f"#{entry.employee_no.lower()}"] * bool(entry.employee_no) + [f"@{entry.email}"] * bool(entry.email)
    return keys or [_plain(entry.name)]


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
