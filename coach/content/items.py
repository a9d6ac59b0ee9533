"""Item files: the question bank, one model per kind."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter, field_validator

from coach.content.kinds import ItemKind, ItemUse
from coach.content.problems import Unfit
from coach.content.spec import Line, Slug, Sourced, Spec, Text, Truth, distinct
from coach.words import Message


class ItemBase(Sourced):
    """Hold what every item has. `skill` is the file's; `step` is the level the item leads to."""

    id: Slug
    skill: Slug
    use: ItemUse
    step: Annotated[int, Field(ge=2, le=4)]
    stem: Text

    uses: ClassVar[frozenset[ItemUse]] = frozenset({ItemUse.LESSON, ItemUse.CHECK})

    @field_validator("use")
    @classmethod
    def _suits_its_kind(cls, use: ItemUse) -> ItemUse:
        if use not in cls.uses:
            raise Unfit(
                Message(
                    "Written and recorded tasks, and no others, are for practice. Write one of: %(uses)s.",
                    uses=", ".join(sorted(cls.uses)),
                )
            )
        return use

    @property
    def difficulty(self) -> float:
        """Say where the item stands on the scale of levels, b = step - 0.5."""
        return self.step - 0.5


class OptionSpec(Spec):
    """Hold an option and why it is right or wrong."""

    id: Slug
    right: Truth = False
    text: Text
    why: Text


def _unlike(options: tuple[OptionSpec, ...]) -> tuple[OptionSpec, ...]:
    distinct(option.id for option in options)
    distinct(option.text.en for option in options)
    distinct(option.text.ko for option in options)
    return options


Options = Annotated[tuple[OptionSpec, ...], Field(min_length=2, max_length=8)]


class SingleItem(ItemBase):
    """Ask for the one right option."""

    kind: Literal[ItemKind.SINGLE]
    options: Options

    @field_validator("options")
    @classmethod
    def _have_one_key(cls, options: tuple[OptionSpec, ...]) -> tuple[OptionSpec, ...]:
        right = sum(option.right for option in options)
        if right != 1:
            raise Unfit(Message("Mark exactly one option with “right: true”; %(right)s are marked.", right=right))
        return _unlike(options)


class MultipleItem(ItemBase):
    """Ask for all right options."""

    kind: Literal[ItemKind.MULTIPLE]
    options: Options

    @field_validator("options")
    @classmethod
    def _have_a_key(cls, options: tuple[OptionSpec, ...]) -> tuple[OptionSpec, ...]:
        if not any(option.right for option in options):
            raise Unfit(Message("Mark at least one option with “right: true”; none is marked."))
        return _unlike(options)


class TrueFalseItem(ItemBase):
    """Ask whether a statement holds."""

    kind: Literal[ItemKind.TRUE_FALSE]
    answer: Truth
    why: Text


class EntrySpec(Spec):
    """Hold one thing to put in order."""

    id: Slug
    text: Text


class OrderItem(ItemBase):
    """Ask for an order; `sequence` stands in the right one."""

    kind: Literal[ItemKind.ORDER]
    sequence: Annotated[tuple[EntrySpec, ...], Field(min_length=3, max_length=8)]
    why: Text

    @field_validator("sequence")
    @classmethod
    def _can_be_told_apart(cls, sequence: tuple[EntrySpec, ...]) -> tuple[EntrySpec, ...]:
        distinct(entry.id for entry in sequence)
        distinct(entry.text.en for entry in sequence)
        distinct(entry.text.ko for entry in sequence)
        return sequence


class PairSpec(Spec):
    """Hold two things that belong together."""

    id: Slug
    left: Text
    right: Text


class MatchItem(ItemBase):
    """Ask what belongs to what."""

    kind: Literal[ItemKind.MATCH]
    pairs: Annotated[tuple[PairSpec, ...], Field(min_length=2, max_length=8)]
    why: Text

    @field_validator("pairs")
    @classmethod
    def _match_in_one_way(cls, pairs: tuple[PairSpec, ...]) -> tuple[PairSpec, ...]:
        distinct(pair.id for pair in pairs)
        for side in ("en", "ko"):
            distinct(pair.left.of(side) for pair in pairs)
            distinct(pair.right.of(side) for pair in pairs)
        return pairs


Finite = Annotated[float, Field(allow_inf_nan=False)]


class NumberItem(ItemBase):
    """Ask for a number, right within the tolerance either way."""

    kind: Literal[ItemKind.NUMBER]
    answer: Finite
    tolerance: Annotated[Finite, Field(ge=0)] = 0.0
    unit: Text | None = None
    why: Text


class Accepted(Spec):
    """List the answers that count, per language."""

    en: Annotated[tuple[Line, ...], Field(min_length=1)]
    ko: Annotated[tuple[Line, ...], Field(min_length=1)]


class ShortTextItem(ItemBase):
    """Ask for a word or two."""

    kind: Literal[ItemKind.SHORT_TEXT]
    accept: Accepted
    why: Text


class PracticeItem(ItemBase):
    """Hold what every task to practise has: a title, and what a good one does, shown once it is handed in."""

    uses: ClassVar[frozenset[ItemUse]] = frozenset({ItemUse.PRACTICE})

    title: Text
    guide: Annotated[tuple[Text, ...], Field(min_length=2, max_length=5)]


class WrittenItem(PracticeItem):
    """Ask for a text, as a mail or a note, in about so many minutes; people score it on the skill's rubric."""

    kind: Literal[ItemKind.WRITTEN]
    minutes: Annotated[int, Field(ge=3, le=60)]


class RecordedItem(PracticeItem):
    """Ask for a recording of at most so many seconds; people score it on the skill's rubric."""

    kind: Literal[ItemKind.RECORDED]
    seconds: Annotated[int, Field(ge=20, le=300)]


ItemSpec = Annotated[
    SingleItem
    | MultipleItem
    | TrueFalseItem
    | OrderItem
    | MatchItem
    | NumberItem
    | ShortTextItem
    | WrittenItem
    | RecordedItem,
    Field(discriminator="kind"),
]

_ITEM: TypeAdapter[Any] = TypeAdapter(ItemSpec)


def validate_item(value: Any) -> ItemSpec:
    """Make an item of a mapping, as read from a file or a stored JSON document; pydantic's errors pass through."""
    item: ItemSpec = _ITEM.validate_python(value)
    return item
