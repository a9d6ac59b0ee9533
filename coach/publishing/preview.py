"""A file of a draft as its readers will see it, made by what also makes the published page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coach.content.items import ItemSpec
from coach.content.kinds import ItemUse, PartKind
from coach.content.lessons import LessonText
from coach.content.reading import Reading
from coach.content.spec import Lang
from coach.items.models import ItemRevision
from coach.items.queries import explained, question
from coach.items.questions import Explanation, Question
from coach.items.solving import right_answer
from coach.publishing.bank import body_of
from coach.publishing.pictures import with_players


@dataclass(frozen=True, slots=True)
class ShownItem:
    """Hold a question as it is asked, and for editors alone its key with every reason, or what a good one does."""

    id: str
    use: ItemUse
    step: int
    question: Question
    key: Explanation | None
    guide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Hold one part of a lesson; a question that the library does not have is None."""

    id: str
    kind: PartKind
    title: str
    html: str
    item: ShownItem | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of an outline: its name, its text in both languages, and what stands below it."""

    name: str
    text: str = ""
    korean: str = ""
    inside: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold what a file comes to: a lesson's parts, questions, or an outline; nothing where it cannot be read."""

    title: str = ""
    summary: str = ""
    parts: tuple[ShownPart, ...] = ()
    items: tuple[ShownItem, ...] = ()
    outline: tuple[Entry, ...] = ()


HOLDS_KEYS = ("items/", "scenarios/", "rubrics/")


def preview(reading: Reading, path: str, lang: str, *, with_keys: bool) -> Preview:
    """Show a file in a language; without keys nothing that tells an answer is in it."""
    text = reading.texts.get(path)
    if text is not None:
        return _lesson(reading, text, lang, with_keys=with_keys)
    if path.startswith("items/"):
        specs = [spec for spec in reading.items.values() if spec.origin.path == path]
        specs.sort(key=lambda spec: spec.origin.line)
        return Preview(items=tuple(_item(spec, lang, with_keys=with_keys) for spec in specs))
    document = reading.documents.get(path)
    if document is None or (path.startswith(HOLDS_KEYS) and not with_keys):
        return Preview()
    return Preview(outline=tuple(_entries(document.value)))


def _lesson(reading: Reading, text: LessonText, lang: str, *, with_keys: bool) -> Preview:
    shown = tuple(
        ShownPart(
            part.id,
            part.kind,
            part.title,
            with_players(part.html),
            _item(reading.items[part.item_id], lang, with_keys=with_keys) if part.item_id in reading.items else None,
        )
        for part in text.parts
    )
    return Preview(text.title, text.summary, shown)


def _item(spec: ItemSpec, lang: str, *, with_keys: bool) -> ShownItem:
    body = _in_language(body_of(spec), lang)
    asked = ItemRevision(kind=str(spec.kind), body=body)
    is_marked = spec.use is not ItemUse.PRACTICE
    key = explained(asked, right_answer(asked)) if with_keys and is_marked else None
    guide = () if is_marked or not with_keys else tuple(text[lang] for text in body["guide"])
    return ShownItem(spec.id, spec.use, spec.step, question(asked, 0), key, guide)


def _in_language(value: Any, lang: str) -> Any:
    """Put the chosen language in both places, so that a preview shows it whatever its reader speaks."""
    if isinstance(value, dict):
        if set(value) == set(Lang):
            return dict.fromkeys(value, value[lang])
        return {key: _in_language(inner, lang) for key, inner in value.items()}
    return [_in_language(inner, lang) for inner in value] if isinstance(value, list) else value


def _entries(value: Any) -> Iterator[Entry]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield _entry(str(name), inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value, 1):
            name = inner.get("id") if isinstance(inner, dict) else None
            yield _entry(str(name or at), inner)


def _entry(name: str, value: Any) -> Entry:
    if isinstance(value, dict) and set(value) == set(Lang):
        return Entry(name, str(value["en"]), str(value["ko"]))
    if isinstance(value, list) and not any(isinstance(inner, dict | list) for inner in value):
        return Entry(name, ", ".join(map(str, value)))
    if isinstance(value, dict | list):
        return Entry(name, inside=tuple(_entries(value)))
    return Entry(name, "" if value is None else str(value))
