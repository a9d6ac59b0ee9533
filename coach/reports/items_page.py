"""Item statistics for editors: which questions are too easy, do not separate, or may have a wrong key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan
from typing import Final

from coach.content.kinds import ItemKind
from coach.errors import NotFound
from coach.items.marking import right_options
from coach.measurement.items import Flag, FlagRules, ItemStatistics, analyse_items
from coach.reports import items_read
from coach.reports.items_read import AnswerRow, CountRow, ItemRow
from coach.words import Message, Text

RULES: Final = FlagRules()
TOO_FEW: Final = Message("Too few answers")
NOTES: Final[Mapping[Flag, Message]] = {
    Flag.WRONG_KEY: Message("Wrong key suspected"),
    Flag.WEAK: Message("Not separating"),
    Flag.DISTRACTOR_ATTRACTS: Message("A wrong answer draws the strong"),
    Flag.TOO_EASY: Message("Too easy"),
    Flag.TOO_HARD: Message("Too hard"),
}
MEANINGS: Final = (
    (TOO_FEW, Message("Fewer than 30 people answered. Nothing is said about the question yet.")),
    (NOTES[Flag.WRONG_KEY], Message("Who knows the rest gets this one wrong. Look at the key first.")),
    (NOTES[Flag.WEAK], Message("From 60 answers on: who knows the rest gets it right hardly more often.")),
    (NOTES[Flag.DISTRACTOR_ATTRACTS], Message("The strongest third chooses it more often than the weakest third.")),
    (NOTES[Flag.TOO_EASY], Message("More than 95 of 100 get it right.")),
    (NOTES[Flag.TOO_HARD], Message("Fewer than 15 of 100 get it right.")),
)
_CHOICES: Final = (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE)


@dataclass(frozen=True, slots=True)
class SkillLine:
    """Hold one skill of the list: `enough` of its items have answers enough, `odd` of these are too easy or hard."""

    id: str
    name: Text
    items: int
    answers: int
    enough: int
    odd: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Hold one item with what is known of it; `notes` in words, the gravest first."""

    id: str
    stem: Text
    step: int
    kind: str
    found: ItemStatistics

    @property
    def notes(self) -> tuple[Message, ...]:
        """Say what an author should look at."""
        if self.found.facility is None:
            return (TOO_FEW,)
        flags = set(self.found.flags) - ({Flag.WEAK} if Flag.WRONG_KEY in self.found.flags else set())
        return tuple(said for flag, said in NOTES.items() if flag in flags)

    @property
    def is_flagged(self) -> bool:
        """Tell whether something is to be looked at."""
        return bool(self.found.flags)

    @property
    def right(self) -> Message | None:
        """Say how many get it right, with the range; None while too few answered."""
        if self.found.facility is None or self.found.interval is None:
            return None
        low, high = (round(100 * end) for end in self.found.interval)
        return Message(
            "%(share)s %%, likely %(low)s to %(high)s", share=round(100 * self.found.facility), low=low, high=high
        )

    @property
    def rest(self) -> str:
        """Write the correlation with the rest; empty where there is none."""
        return _number(self.found.item_rest)

    @property
    def alpha(self) -> str:
        """Write what Cronbach's alpha would be without the item; empty where there is none."""
        return _number(self.found.alpha_if_deleted)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """Hold one option: who chose it, of all and in the weakest and the strongest third; None while too few answered."""

    text: Text | Message
    right: bool
    count: int
    share: int | None
    lower: int | None
    upper: int | None
    attracts: bool


@dataclass(frozen=True, slots=True)
class SkillItems:
    """Hold the items of a skill, those to look at first."""

    id: str
    name: Text
    people: int
    alpha: str
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Hold one item with its options."""

    skill_id: str
    skill_name: Text
    item: ItemLine
    options: tuple[OptionLine, ...]


def skill_lines() -> list[SkillLine]:
    """List the skills with how much is known of their questions, with one statement."""
    return [_skill_line(list(rows)) for _, rows in groupby(items_read.counts(), key=lambda row: row.skill_id)]


def skill_items(skill_id: str) -> SkillItems:
    """Analyse the questions of one skill, with three statements."""
    name, bank, given = items_read.skill_name(skill_id), items_read.bank(skill_id), items_read.answers(skill_id)
    people, alpha, lines = _analyse(bank, given)
    ordered = sorted(lines, key=lambda line: (not line.is_flagged, line.found.facility is None, line.step, line.id))
    return SkillItems(skill_id, name, people, _number(alpha), tuple(ordered))


def item_page(skill_id: str, item_id: str) -> ItemPage:
    """Analyse one question, with three statements; raise NotFound where the skill has none of that name."""
    name, bank, given = items_read.skill_name(skill_id), items_read.bank(skill_id), items_read.answers(skill_id)
    asked = next((row for row in bank if row.id == item_id), None)
    if asked is None:
        raise NotFound
    line = next(line for line in _analyse(bank, given)[2] if line.id == item_id)
    return ItemPage(
        skill_id, name, line, tuple(_options(asked, line, [row for row in given if row.item_id == item_id]))
    )


def _skill_line(rows: Sequence[CountRow]) -> SkillLine:
    means = [row.mean for row in rows if row.people >= RULES.least and row.mean is not None]
    odd = sum(mean > RULES.easy_above or mean < RULES.hard_below for mean in means)
    first = rows[0]
    return SkillLine(first.skill_id, first.skill_name, len(rows), sum(row.people for row in rows), len(means), odd)


def _analyse(bank: Sequence[ItemRow], given: Iterable[AnswerRow]) -> tuple[int, float | None, list[ItemLine]]:
    """Lay the answers out as a table of people and items, and analyse it; NaN where somebody was not asked."""
    column = {row.id: place for place, row in enumerate(bank)}
    people: dict[object, int] = {}
    scores: list[list[float]] = []
    picked: list[list[str | None]] = []
    for row in given:
        at = people.setdefault(row.person, len(people))
        if at == len(scores):
            scores.append([nan] * len(bank))
            picked.append([None] * len(bank))
        scores[at][column[row.item_id]] = min(max(row.score, 0.0), 1.0)
        picked[at][column[row.item_id]] = _picked(row)
    if not scores:
        return 0, None, [_line(row, ItemStatistics(0)) for row in bank]
    found = analyse_items(scores, picked, [_key(row) for row in bank])
    return found.people, found.alpha, [_line(row, one) for row, one in zip(bank, found.items, strict=True)]


def _line(row: ItemRow, found: ItemStatistics) -> ItemLine:
    return ItemLine(row.id, Text(**row.body["stem"]), row.step, row.kind, found)


def _picked(row: AnswerRow) -> str | None:
    """Give the one option that was chosen; None where an answer is not one option."""
    if "value" in row.answer:
        return str(row.answer["value"]).lower()
    return row.answer.get("choice")


def _key(row: ItemRow) -> str:
    if row.kind == ItemKind.SINGLE:
        return right_options(row.body)[0]
    return str(row.body["answer"]).lower() if row.kind == ItemKind.TRUE_FALSE else ""


def _options(asked: ItemRow, line: ItemLine, given: Sequence[AnswerRow]) -> Iterable[OptionLine]:
    """Count the options; what was chosen is counted from the first answer on, shares only once they say something."""
    shares = {} if asked.kind == ItemKind.MULTIPLE else {option.option: option for option in line.found.options}
    for name, text, right in _choices(asked):
        found = shares.get(name)
        count = sum(name == _picked(row) or name in row.answer.get("choices", ()) for row in given)
        share = round(100 * count / len(given)) if line.found.facility is not None else None
        nobody = 0 if shares else None
        low, high = (round(100 * found.lower), round(100 * found.upper)) if found else (nobody, nobody)
        yield OptionLine(text, right, count, share, low, high, bool(found and found.attracts))


def _choices(asked: ItemRow) -> list[tuple[str, Text | Message, bool]]:
    if asked.kind not in _CHOICES:
        return []
    if asked.kind == ItemKind.TRUE_FALSE:
        key = _key(asked)
        return [(name, text, name == key) for name, text in (("true", Message("True")), ("false", Message("False")))]
    return [(option["id"], Text(**option["text"]), option["right"]) for option in asked.body["options"]]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("-", "−")
