"""A library of one module whose lesson asks an item of nearly every kind."""

from __future__ import annotations

from tests.unit.content.small_library import EN, GOOD, ITEMS, KO, LESSON_EN

_TAUGHT = ITEMS.split("  # kept for the check\n")[1].replace("ne-c-", "ne-l-").replace("use: check", "use: lesson")

PARTS = """\
## Why trade {#why}
A discount given for nothing is asked for again.

> **Customer, a clinic:** "Can you do 5 % less?"

## What first {#first item=ne-first}

## Which ones {#many item=ne-l-many}

## Which order {#order item=ne-l-order}

## What for what {#match item=ne-l-match}

## How many {#number item=ne-l-number}

## Which word {#word item=ne-l-word}

## Try it {#try task}
Ask for one thing back.
"""

HEAD_EN, HEAD_KO = LESSON_EN.split("## ")[0], "---\ntitle: 한 번 주고받기\nsummary: 하나를 달라고 해요.\n---\n"
LIBRARY = {
    **GOOD,
    "items/negotiate.yml": ITEMS + _TAUGHT.replace("step: 3", "step: 2"),
    EN: HEAD_EN + PARTS,
    KO: HEAD_KO + PARTS,
}
LESSON = "ne-trade-once"
PART_IDS = ["why", "first", "many", "order", "match", "number", "word", "try"]
ASKED = dict(
    zip(
        PART_IDS[1:7],
        ["ne-first", *(f"ne-l-{kind}" for kind in ("many", "order", "match", "number", "word"))],
        strict=True,
    )
)
