"""Read items: the question without its key, the explanation once the answer is final."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar
from zlib import crc32

import sqlalchemy as sa

from coach.content.kinds import ItemKind
from coach.db import session
from coach.errors import NotFound
from coach.items.explaining import explain
from coach.items.masks import mask
from coach.items.models import Item, ItemRevision
from coach.items.questions import Choice, Explanation, Question
from coach.items.wordings import Wording
from coach.words import Message, Text

Thing = TypeVar("Thing")
TRUE_OR_FALSE: Final = (Choice("true", Message("True")), Choice("false", Message("False")))
_RULES: Final = {
    ItemKind.MULTIPLE: Message("Each right answer counts, each wrong one takes one off."),
    ItemKind.ORDER: Message("Each line in its right place counts."),
    ItemKind.MATCH: Message("Each line matched right counts."),
}


def current(item_id: str) -> ItemRevision:
    """Load the wording in use of an item, retired or not; raise NotFound where there is none."""
    return currents([item_id])[item_id]


def currents(item_ids: Iterable[str]) -> Mapping[str, ItemRevision]:
    """Load the wordings in use of several items by id, with one statement; raise NotFound where one is missing."""
    wanted = list(item_ids)
    found = {revision.item_id: revision for revision in session().scalars(_IN_USE, {"items": wanted})}
    if not set(wanted) <= set(found):
        raise NotFound
    return found


_IN_USE: Final = (
    sa.select(ItemRevision)
    .join(Item, Item.revision_id == ItemRevision.id)
    .where(Item.id.in_(sa.bindparam("items", expanding=True)))
)


def revision(revision_id: uuid.UUID) -> ItemRevision:
    """Load one wording of an item; raise NotFound where there is none."""
    found = session().get(ItemRevision, revision_id)
    if found is None:
        raise NotFound
    return found


def seed_of(person_id: uuid.UUID, item_id: str) -> int:
    """Give the seed by which a person sees an item's options, the same on every device and after the answer."""
    return crc32(f"{person_id} {item_id}".encode())


def question(asked: ItemRevision | Wording, seed: int) -> Question:
    """Show an item without its key, its options in the order of a seed."""
    kind, body = ItemKind(asked.kind), asked.body
    rights: tuple[Choice, ...] = ()
    if kind == ItemKind.MATCH:
        rights = shuffled([Choice(mask(body, pair["id"]), Text(**pair["right"])) for pair in body["pairs"]], seed + 1)
    unit = Text(**body["unit"]) if body.get("unit") else None
    return Question(kind, Text(**body["stem"]), _options(kind, body, seed), rights, unit, _RULES.get(kind))


def explained(asked: ItemRevision | Wording, answer: Mapping[str, Any], seed: int = 0) -> Explanation:
    """Say what was right and why, once an answer is final; options stand in the order in which they were asked."""
    order = [choice.id for choice in _options(ItemKind(asked.kind), asked.body, seed)]
    return explain(asked.kind, asked.body, answer, order)


def shuffled(things: Sequence[Thing], seed: int) -> tuple[Thing, ...]:
    """Put things into the order of a seed."""
    mixed = list(things)
    random.Random(seed).shuffle(mixed)  # noqa: S311 -- spreads positions; guards nothing
    return tuple(mixed)


def _options(kind: ItemKind, body: Mapping[str, Any], seed: int) -> tuple[Choice, ...]:
    if kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return shuffled([Choice(option["id"], Text(**option["text"])) for option in body["options"]], seed)
    if kind == ItemKind.ORDER:
        return shuffled([Choice(mask(body, line["id"]), Text(**line["text"])) for line in body["sequence"]], seed)
    if kind == ItemKind.MATCH:
        return shuffled([Choice(pair["id"], Text(**pair["left"])) for pair in body["pairs"]], seed)
    return TRUE_OR_FALSE if kind == ItemKind.TRUE_FALSE else ()
