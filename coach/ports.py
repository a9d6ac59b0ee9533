"""Questions that a slice asks and somebody above it answers; the composition root says who."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Port(Generic[Asked, Answer]):
    """Stand where a function of a higher package is called, so that nothing imports upward."""

    def __init__(self, question: str) -> None:
        self.question = question
        self._answers: Callable[Asked, Answer] | None = None

    def connect(self, answers: Callable[Asked, Answer]) -> None:
        """Take who answers."""
        self._answers = answers

    def __call__(self, *args: Asked.args, **named: Asked.kwargs) -> Answer:
        """Ask; raise RuntimeError where nobody was connected, which is a mistake of ours."""
        if self._answers is None:
            raise RuntimeError(f"nobody was connected to answer: {self.question}")
        return self._answers(*args, **named)
