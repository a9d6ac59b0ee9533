"""The words that a new file is begun with, and where they still stand: nobody is to learn from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from coach.content.problems import Problem
from coach.words import Message

LETTERS: Final = "abcd"
MODULE: Final = {"en": "What this module is about.", "ko": "이 모듈에서 배우는 것을 써 주세요."}
WHY: Final = {
    "en": "Why somebody would choose this, and what happens then.",
    "ko": "왜 고르게 되는지, 고르면 어떻게 되는지 써 주세요.",
}
ENGLISH: Final = """\
---
title: One thing to do
summary: What one can do after this lesson, in one sentence.
---
## Why it matters {{#why}}
A situation that everybody here knows, and what goes wrong in it.

> **Customer:** "What they say."

## The first question {{#first item={first}}}

## A common mistake {{#mistake}}
What many do instead, and what it costs.

## The second question {{#second item={second}}}

## Try it on your next call {{#try task}}
What to do, and how one knows that it worked.
"""

KOREAN: Final = """\
---
title: 해 볼 한 가지
summary: 이 학습을 마치면 무엇을 할 수 있는지 한 문장으로 써 주세요.
---
## 왜 중요할까요 {{#why}}
누구나 겪어 본 상황과 거기서 어긋나는 점을 써 주세요.

> **고객:** "고객이 하는 말."

## 첫 번째 문제 {{#first item={first}}}

## 흔한 실수 {{#mistake}}
많은 사람이 대신 하는 일과 그 결과를 써 주세요.

## 두 번째 문제 {{#second item={second}}}

## 다음 통화에서 해 보세요 {{#try task}}
무엇을 하고, 잘됐는지 어떻게 아는지 써 주세요.
"""


def option(letter: str, *, right: bool) -> Mapping[str, Any]:
    """Begin an option of a question."""
    text = {"en": f"Answer {letter}", "ko": f"보기 {letter}"}
    return {"id": letter, **({"right": True} if right else {}), "text": text, "why": WHY}


def problems(sources: Mapping[str, str]) -> Iterator[Problem]:
    """Find the lines that stand as they were begun; a heading may stay as it is."""
    for path, text in sources.items():
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip() in _LINES or line.partition(": ")[2].strip(" \"'\r") in _VALUES:
                message = Message("This still stands as it was begun. Write your own words in its place.")
                yield Problem(path, number, message)


def _begun() -> Iterator[str]:
    """List the lines of a lesson's text that somebody has to write."""
    for line in (ENGLISH + KOREAN).splitlines():
        if line and not line.startswith(("#", "---")):
            yield line


_LINES: Final = frozenset(_begun())
_VALUES: Final = frozenset(
    [
        *MODULE.values(),
        *WHY.values(),
        *(text for letter in LETTERS for text in option(letter, right=False)["text"].values()),
    ]
)
