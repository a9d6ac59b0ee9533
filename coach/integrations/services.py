"""Lay questions of a file into an author's draft."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from coach.content.kinds import ItemUse
from coach.content.reading import Reading
from coach.errors import Invalid
from coach.integrations.found import Question
from coach.integrations.items import Place, items_of
from coach.publishing.appending import add_items_to_draft
from coach.publishing.blanks import item_prefix
from coach.publishing.models import Draft
from coach.words import Message


def add_to_draft(
    *, by: uuid.UUID, draft: Draft, reading: Reading, questions: Sequence[Question], skill: str, step: int, use: ItemUse
) -> str:
    """Add questions to a skill's file in a draft and give the file's path.

    `reading` is the library with the draft laid over it: ids that are taken there are not taken again.
    """
    if not questions:
        raise Invalid(Message("There is no question to add."))
    taken = {name for path in reading.below("items/") for _, name in reading.written(path, "items")}
    place = Place(skill, item_prefix(reading, skill), step, use)
    return add_items_to_draft(by=by, draft=draft, skill=skill, items=items_of(questions, place, taken))
