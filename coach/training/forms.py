"""The form of a lesson's question: whatever kind it is, its answer lands here and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import StringField

from coach.items import answers
from coach.items import queries as items
from coach.items.typed import Typed
from coach.training.rows import ShownPart
from coach.web.forms import Form


class AnswerForm(Form):
    """Read the answer to the question on the page."""

    answer = StringField()

    @property
    def typed(self) -> Typed:
        """Give back what was chosen or typed."""
        return Typed.of(request.form)

    def read(self, shown: ShownPart | None) -> dict[str, Any] | None:
        """Read the answer to a part's question, None where it asks nothing; raise Invalid where it is not one."""
        if shown is None or shown.question is None or shown.item_id is None:
            return None
        asked = items.current(shown.item_id)
        return answers.read(asked.kind, request.form, body=asked.body)
