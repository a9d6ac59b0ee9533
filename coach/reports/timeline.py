"""One line of time from a person's talks, what they learned and practised, and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from coach import clock
from coach.coaching.queries import SETTING_NAMES
from coach.reports.history import FoundRow, Learned, LearnedRow, TalkRow
from coach.web.templating import link
from coach.words import Message, Text, level_name

SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Happening:
    """Hold one row of the timeline; `win` marks what is good news."""

    day: date
    icon: str
    title: Message
    text: Message | Text | str
    href: str
    win: bool = False


def timeline(
    talks: Iterable[TalkRow], learned: Iterable[LearnedRow], found: Iterable[FoundRow], *, zone: str, most: int
) -> list[Happening]:
    """Put everything in one order, the newest first."""
    rows = [
        *(_talk(row) for row in talks),
        *(_learned(row, zone) for row in learned),
        *(happening for row in found for happening in _found(row, zone)),
    ]
    return sorted(rows, key=lambda row: row.day, reverse=True)[:most]


def _talk(row: TalkRow) -> Happening:
    setting = SETTING_NAMES[row.setting]
    title = (
        Message("Coached by %(name)s: %(about)s", name=row.coach, about=row.about)
        if row.about
        else Message("Coached by %(name)s · %(setting)s", name=row.coach, setting=setting)
    )
    return Happening(row.held_on, "notes", title, _said(row), link("coaching.show", log_id=row.id))


def _said(row: TalkRow) -> Message | str:
    levels = [Message("%(skill)s: %(level)s.", skill=skill, level=level_name(level)) for skill, level in row.levels]
    if row.action:
        levels.append(Message("Next: %(action)s", action=row.action))
    return _together(levels)


def _together(parts: Sequence[Message]) -> Message | str:
    if len(parts) < 2:
        return parts[0] if parts else ""
    return Message("%(first)s %(rest)s", first=parts[0], rest=_together(parts[1:]))


def _learned(row: LearnedRow, zone: str) -> Happening:
    endpoint, id_, icon, title = _LEARNED[Learned(row.kind)]
    text: Message | Text = row.skill_name
    if row.kind == Learned.CHECK:
        text = Message("%(right)s of %(size)s right", right=row.right, size=row.size)
    values: dict[str, Any] = {id_: row.object_id}
    return Happening(
        clock.day_of(row.at, zone), icon, Message(title.id, title=row.title), text, link(endpoint, **values)
    )


_LEARNED: Final = {
    Learned.LESSON: ("training.lesson", "lesson_id", "learn", Message("Finished “%(title)s”")),
    Learned.CHECK: ("assessments.result", "attempt_id", "quiz", Message("Check handed in: %(title)s")),
    Learned.CONVERSATION: ("scenarios.conversation", "conversation_id", "people", Message("Conversation: %(title)s")),
    Learned.PRACTICE: ("practice.show", "work_id", "mic", Message("Practice: %(title)s")),
}


def _found(row: FoundRow, zone: str) -> Iterable[Happening]:
    href = link("findings.show", finding_id=row.id)
    opened = Message("Clearly below target: %(skill)s", skill=row.skill_name)
    yield Happening(clock.day_of(row.opened_at, zone), "flag", opened, "", href)
    if row.ended is not None and row.ended_at is not None:
        resolved = row.ended == "evidence"
        title = (
            Message("No longer clearly below target: %(skill)s", skill=row.skill_name)
            if resolved
            else Message("Finding closed: %(skill)s", skill=row.skill_name)
        )
        yield Happening(clock.day_of(row.ended_at, zone), "check", title, "", href, win=resolved)
