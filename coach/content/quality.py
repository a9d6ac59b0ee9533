"""What a good library looks like as a whole: keys that give nothing away, languages that say as much.

These are signs for its writers, not reasons to refuse a file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

from coach.content.items import SingleItem
from coach.content.lessons import FEWEST_QUESTIONS
from coach.content.library import Library
from coach.content.problems import Problem
from coach.content.spec import Lang
from coach.words import Message, Text

ITEMS_PATH: Final = "items"
CLEARLY: Final = 2.5  # standard deviations from an even share before a position is called uneven
SHORTEST_COMPARED: Final = 60  # characters of English below which lengths say little
LEAST_KOREAN, MOST_KOREAN = 0.3, 0.8  # Korean characters per English one in a lesson
LEAST_KOREAN_LINE, MOST_KOREAN_LINE = 0.2, 0.95  # the same in one sentence, which varies more


def reading_problems(library: Library) -> tuple[Problem, ...]:
    """Say where the library gives its keys away or says less in one language than in the other."""
    return (
        *_uneven_positions(library),
        *_long_keys(library),
        *_unlike_lessons(library),
        *_unlike_items(library),
        *_few_questions(library),
    )


def _singles(library: Library) -> list[SingleItem]:
    return [item for item in library.items.values() if isinstance(item, SingleItem)]


def _key(item: SingleItem) -> int:
    return next(at for at, option in enumerate(item.options) if option.right)


def _uneven_positions(library: Library) -> Iterator[Problem]:
    """Compare how often the key stands at each position with a binomial share of 1/k (k options)."""
    by_size: defaultdict[int, list[SingleItem]] = defaultdict(list)
    for item in _singles(library):
        by_size[len(item.options)].append(item)
    for size, items in sorted(by_size.items()):
        found = Counter(_key(item) for item in items)
        even = len(items) / size
        spread = sqrt(even * (1 - 1 / size))
        for at in range(size):
            if abs(found[at] - even) > CLEARLY * spread:
                message = Message(
                    "Of %(items)s items with %(size)s options, %(found)s have the key at position %(position)s. "
                    "Move options until each position holds it about equally often.",
                    items=len(items),
                    size=size,
                    found=found[at],
                    position=at + 1,
                )
                yield Problem(ITEMS_PATH, None, message)


def _long_keys(library: Library) -> Iterator[Problem]:
    """Count keys longer than every other option; by chance that would be one in k."""
    items = _singles(library)
    by_chance = sum(1 / len(item.options) for item in items)
    for lang in Lang:
        long = [item.id for item in items if _has_the_longest_key(item, lang)]
        if len(long) > by_chance:
            message = Message(
                "In %(lang)s the key is the longest option of %(long)s items, by chance of %(chance).0f. "
                "Shorten the key or lengthen another option in some of these: %(names)s.",
                lang=str(lang),
                long=len(long),
                chance=by_chance,
                names=", ".join(long),
            )
            yield Problem(ITEMS_PATH, None, message)


def _has_the_longest_key(item: SingleItem, lang: Lang) -> bool:
    lengths = [len(option.text.of(lang)) for option in item.options]
    key = lengths.pop(_key(item))
    return key > max(lengths)


def _unlike_lessons(library: Library) -> Iterator[Problem]:
    for lesson in library.lessons():
        english, korean = (library.text(lesson.id, lang) for lang in Lang)
        ratio = sum(len(part.markdown) for part in korean.parts) / sum(len(part.markdown) for part in english.parts)
        if not LEAST_KOREAN <= ratio <= MOST_KOREAN:
            yield Problem(korean.path, None, _unlike(ratio))
        for one, other in zip(english.parts, korean.parts, strict=True):
            if _lengths_differ(Text(one.markdown, other.markdown)):
                yield Problem(korean.path, other.line, _unlike(len(other.markdown) / len(one.markdown)))


def _unlike_items(library: Library) -> Iterator[Problem]:
    for item in library.items.values():
        texts: Sequence[Text] = [item.stem]
        if isinstance(item, SingleItem):
            texts = [item.stem, *(option.text for option in item.options), *(option.why for option in item.options)]
        for text in texts:
            if _lengths_differ(text):
                yield Problem(item.origin.path, item.origin.line, _unlike(len(text.ko) / len(text.en)))


def _lengths_differ(text: Text) -> bool:
    long_enough = len(text.en) >= SHORTEST_COMPARED
    return long_enough and not LEAST_KOREAN_LINE <= len(text.ko) / len(text.en) <= MOST_KOREAN_LINE


def _unlike(ratio: float) -> Message:
    return Message(
        "The Korean is %(percent).0f %% as long as the English. See whether one of them leaves something out.",
        percent=100 * ratio,
    )


def _few_questions(library: Library) -> Iterator[Problem]:
    for lesson in library.lessons():
        if len(set(library.questions_of(lesson.id))) < FEWEST_QUESTIONS:
            yield Problem(lesson.origin.path, lesson.origin.line, Message("Give this lesson two questions of its own."))
