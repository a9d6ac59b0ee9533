"""A lesson's text in one language: a Markdown file with a head, in parts that each begin with a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from coach.content.complaints import problems_of
from coach.content.documents import read_document
from coach.content.kinds import PartKind
from coach.content.problems import Problem
from coach.content.render import render
from coach.content.spec import Lang, Line, Spec, fingerprint_of
from coach.words import Message

FEWEST_PARTS: Final = 3
MOST_PARTS: Final = 8
FEWEST_QUESTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class PartSpec:
    """Hold one part; `item_id` is the question's item, `line` where its heading stands in the file."""

    id: str
    kind: PartKind
    title: str
    markdown: str
    html: str
    item_id: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LessonText:
    """Hold a lesson's text in one language; `source` is the file as it was."""

    lang: Lang
    title: str
    summary: str
    parts: tuple[PartSpec, ...]
    path: str = field(default="", compare=False)
    source: str = field(default="", compare=False, repr=False)

    @property
    def fingerprint(self) -> str:
        """Tell one version of the text from another."""
        return fingerprint_of(self.source)

    @property
    def questions(self) -> tuple[PartSpec, ...]:
        """List the parts that ask something."""
        return tuple(part for part in self.parts if part.kind is PartKind.QUESTION)


class _Head(Spec):
    title: Line
    summary: Line


_HEAD = re.compile(r"\A---\n((?:.*\n)*?)---(?:\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"##[ \t]+(?P<title>.*?)[ \t]*(?:\{#(?P<id>[^\s{}]+)(?P<marks>[^{}]*)\})?[ \t]*")
_UNNAMED = re.compile(r'<img\b[^>]*\balt="\s*"')
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_lesson_text(path: str, text: str, lang: Lang) -> tuple[LessonText | None, list[Problem]]:
    """Read a lesson's file, or say everything that is wrong with it."""
    found = _HEAD.match(text)
    if found is None:
        message = Message("Begin the file with title and summary between two lines of three hyphens (---).")
        return None, [Problem(path, 1, message)]
    head, problems = _read_head(path, found.group(1))
    first_line = text.count("\n", 0, found.end()) + 1
    parts, wrong = _read_parts(path, text[found.end() :], first_line)
    problems += wrong
    if problems or head is None:
        return None, problems
    return LessonText(lang, head.title, head.summary, parts, path, text), []


def _read_head(path: str, yaml_text: str) -> tuple[_Head | None, list[Problem]]:
    document, problems = read_document(path, yaml_text, first_line=2)
    if document is None:
        return None, problems
    try:
        return _Head.model_validate(document.value), problems
    except ValidationError as error:
        return None, [*problems, *problems_of(error, document)]


def _read_parts(path: str, text: str, first_line: int) -> tuple[tuple[PartSpec, ...], list[Problem]]:
    """Read all parts; their number and kinds are judged once each of them can be read."""
    parts: list[PartSpec] = []
    problems: list[Problem] = []
    for block in _blocks(text, first_line):
        part, wrong = _read_part(path, block)
        problems += wrong
        if part is not None:
            parts.append(part)
    return tuple(parts), problems or list(_shape_problems(path, parts))


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold a heading line and the lines below it; what stands before the first heading has none."""

    line: int
    heading: str | None
    body: str
    open_fence: int | None


def _blocks(text: str, first_line: int) -> Iterator[_Block]:
    start, heading, body, fence, fence_line = first_line, None, list[str](), "", 0
    for number, line in enumerate(text.split("\n"), first_line):
        if not fence and re.match(r"##[ \t]", line):
            yield _Block(start, heading, "\n".join(body), None)
            start, heading, body = number, line, []
            continue
        before, fence = fence, _fence_after(line, fence)
        fence_line = number if fence and not before else fence_line
        body.append(line)
    yield _Block(start, heading, "\n".join(body), fence_line if fence else None)


def _fence_after(line: str, fence: str) -> str:
    """Follow code fences, inside which `##` is no heading; the answer is the open fence's mark or nothing."""
    found = _FENCE.fullmatch(line)
    if found is None:
        return fence
    mark, rest = found.groups()
    if not fence:
        return "" if mark[0] == "`" and "`" in rest else mark
    closes = mark[0] == fence[0] and len(mark) >= len(fence) and not rest.strip()
    return "" if closes else fence


def _read_part(path: str, block: _Block) -> tuple[PartSpec | None, list[Problem]]:
    if block.heading is None:
        if not block.body.strip():
            return None, []
        return None, [Problem(path, block.line, Message("Put this text below a heading: ## Title {#part-id}"))]
    found = _HEADING.fullmatch(block.heading)
    if found is None or not found["id"] or not found["title"] or not _SLUG.fullmatch(found["id"]):
        message = Message("Write the heading with a title and an id: ## Title {#part-id}")
        return None, [Problem(path, block.line, message)]
    kind, item_id, wrong = _marks(found["marks"].split())
    if wrong is not None:
        return None, [Problem(path, block.line, wrong)]
    markdown = block.body.strip("\n")
    part = PartSpec(found["id"], kind, found["title"], markdown, render(markdown), item_id, block.line)
    return part, list(_text_problems(path, part, block))


def _marks(marks: list[str]) -> tuple[PartKind, str | None, Message | None]:
    if not marks:
        return PartKind.TEXT, None, None
    if marks == ["task"]:
        return PartKind.TASK, None, None
    item_id = marks[0].removeprefix("item=")
    if len(marks) == 1 and marks[0].startswith("item=") and _SLUG.fullmatch(item_id):
        return PartKind.QUESTION, item_id, None
    message = Message(
        "After the id comes nothing, “task” or “item=item-id”; here stands “%(marks)s”.", marks=" ".join(marks)
    )
    return PartKind.TEXT, None, message


def _text_problems(path: str, part: PartSpec, block: _Block) -> Iterator[Problem]:
    if part.kind is not PartKind.QUESTION and not part.markdown.strip():
        yield Problem(
            path, part.line, Message("“%(title)s” has no text. Write it or take the part out.", title=part.title)
        )
    if _UNNAMED.search(part.html):
        near = next((at for at, line in enumerate(block.body.split("\n"), 1) if _UNNAMED.search(render(line))), 0)
        message = Message("Say in the square brackets what is to be seen or heard: ![…](media:…).")
        yield Problem(path, part.line + near, message)
    if block.open_fence is not None:
        yield Problem(path, block.open_fence, Message("This code block never ends. Close it with the same marks."))
    if "**" in re.sub(r"<code>.*?</code>", "", part.html, flags=re.DOTALL):
        near = next((at for at, line in enumerate(block.body.split("\n"), 1) if "**" in render(line)), 0)
        message = Message("The stars ** would be shown here. Put the bold text directly between them, marks outside.")
        yield Problem(path, part.line + near, message)


def _shape_problems(path: str, parts: Sequence[PartSpec]) -> Iterator[Problem]:
    kinds = Counter(part.kind for part in parts)
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        message = Message("Write 3 to 8 parts; this lesson has %(parts)s.", parts=len(parts))
        yield Problem(path, None, message)
    if kinds[PartKind.QUESTION] < FEWEST_QUESTIONS:
        message = Message("Ask at least 2 questions; this lesson asks %(asked)s.", asked=kinds[PartKind.QUESTION])
        yield Problem(path, None, message)
    if kinds[PartKind.TASK] != 1:
        message = Message("Set exactly one task; this lesson sets %(tasks)s.", tasks=kinds[PartKind.TASK])
        yield Problem(path, None, message)
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            yield Problem(path, part.line, Message("The id “%(name)s” stands twice in this lesson.", name=part.id))
        seen.add(part.id)
