"""What was chosen or typed in answer to a question, kept to show it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.items.answers import FIELD


@dataclass(frozen=True, slots=True)
class Typed:
    """Hold the choices, the place or partner of each line, and the typed text, under the names of the form."""

    chosen: tuple[str, ...] = ()
    lines: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def of(cls, form: Any, name: str = FIELD) -> Typed:
        """Read what a form sent, whether it is an answer or not."""
        lines = {key.removeprefix(f"{name}-"): form.get(key) for key in form if key.startswith(f"{name}-")}
        return cls(tuple(form.getlist(name)), lines, form.get(name, ""))
