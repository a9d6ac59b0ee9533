"""Mark an answer: a score from 0 to 1, from the item's body alone. How options were shuffled never matters.

An answer holds the item's own ids, one shape a kind:
single {"choice": "a"}, multiple {"choices": ["a", "c"]}, true_false {"value": true}, order {"order": ["one", "two"]},
match {"pairs": {"left id": "right id"}}, number {"number": 20.0}, short_text {"text": "a word"}.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from math import isclose
from typing import Any, Final

from coach.content.kinds import ItemKind

Body = Mapping[str, Any]
Answer = Mapping[str, Any]


def mark(kind: str, body: Body, answer: Answer) -> float:
    """Score an answer; what was left out or is not one of the item's own ids earns nothing."""
    return _MARKS[ItemKind(kind)](body, answer)


def is_whole(score: float) -> bool:
    """Tell whether a score is the whole of what could be earned."""
    return isclose(score, 1.0)


def right_options(body: Body) -> list[str]:
    """List the ids of the right options of a single or multiple choice."""
    return [option["id"] for option in body["options"] if option["right"]]


def normalised(text: str) -> str:
    """Bring a short text to the form in which it is compared: NFKC, case folded, white space single."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def _single(body: Body, answer: Answer) -> float:
    return float(answer.get("choice") in right_options(body))


def _multiple(body: Body, answer: Answer) -> float:
    """Count (right chosen - wrong chosen) / right, at least 0: choosing everything is no way around knowing."""
    right, chosen = set(right_options(body)), set(answer.get("choices", ()))
    return max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))


def _true_false(body: Body, answer: Answer) -> float:
    return float(answer.get("value") is body["answer"])


def _order(body: Body, answer: Answer) -> float:
    """Count the share of lines in their right place.

    Rather than neighbours in the right order: moving one line to where it belongs then never costs a point.
    """
    right = [entry["id"] for entry in body["sequence"]]
    given = answer.get("order", ())
    placed: int = sum(one == other for one, other in zip(right, given, strict=False))
    return placed / len(right)


def _match(body: Body, answer: Answer) -> float:
    """Count the share of lines matched with their own."""
    pairs = answer.get("pairs", {})
    matched: int = sum(pairs.get(pair["id"]) == pair["id"] for pair in body["pairs"])
    return matched / len(body["pairs"])


def _number(body: Body, answer: Answer) -> float:
    """Accept what is within the tolerance either way; the small term forgives binary fractions alone."""
    given = answer.get("number")
    if given is None:
        return 0.0
    return float(abs(given - body["answer"]) <= body["tolerance"] + 1e-9 * max(1.0, abs(body["answer"])))


def _short_text(body: Body, answer: Answer) -> float:
    accepted = {normalised(text) for texts in body["accept"].values() for text in texts}
    return float(normalised(answer.get("text", "")) in accepted)


_MARKS: Final[Mapping[ItemKind, Callable[[Body, Answer], float]]] = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.ORDER: _order,
    ItemKind.MATCH: _match,
    ItemKind.NUMBER: _number,
    ItemKind.SHORT_TEXT: _short_text,
}
