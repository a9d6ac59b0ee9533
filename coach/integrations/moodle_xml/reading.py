"""Read Moodle XML: one element a question, its kind in an attribute. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from coach.integrations import shaping
from coach.integrations.found import Body, Found, Question, Unreadable, Unsupported
from coach.integrations.moodle_xml.elements import Element, read_tree
from coach.integrations.plain_text import without_tags
from coach.integrations.shaping import Choice, Draft
from coach.words import Message

_TAGS: Final = re.compile(r"<[a-z!/][^>]*>", re.IGNORECASE)
_PLAIN_HTML: Final = re.compile(r"</?(p|br|div|span)( [^>]*)?/?>", re.IGNORECASE)
_TAKEN: Final = frozenset(
    {"name", "questiontext", "generalfeedback", "answer", "subquestion", "single", "usecase", "units", "graderinfo"}
)
# How a question is shown and scored is the product's own affair; that they are there is told once a file.
_SETTINGS: Final = frozenset(
    {
        *("defaultgrade", "penalty", "hidden", "idnumber", "shuffleanswers", "answernumbering", "shownumcorrect"),
        *("showstandardinstruction", "unitgradingtype", "unitpenalty", "showunits", "unitsleft", "instructions"),
        *("responseformat", "responserequired", "responsefieldlines", "minwordlimit", "maxwordlimit"),
        *("attachments", "attachmentsrequired", "maxbytes", "filetypeslist"),
    }
)


def read(text: str) -> Found:
    """Read a whole file; raises Unreadable where it is no Moodle XML."""
    root = read_tree(text)
    if root.name != "quiz":
        raise Unreadable(Message("This is no Moodle XML: it begins with <%(name)s>, not <quiz>.", name=root.name))
    found = Found()
    if any(child.name in _SETTINGS and child.own not in ("", "0") for each in root.children for child in each.children):
        found.note(root.line, "<quiz>", Message("Points, penalties and how questions are shown are not kept."))
    for element in root.children:
        _read(element, found)
    return found


def _read(element: Element, found: Found) -> None:
    kind, name = element.attributes.get("type", ""), element.value("name")
    if element.name != "question":
        found.leave_out(element.line, f"<{element.name}>", Message("This is no question."))
        return
    if kind == "category":
        why = Message("Categories are not kept: all questions go to the skill you chose.")
        found.note(element.line, element.value("category"), why)
        return
    draft = Draft("")
    what = name or f"<question type={kind}>"
    try:
        body = _body(element, kind, draft)
    except Unsupported as unsupported:
        found.leave_out(element.line, what, unsupported.why)
        return
    for note in [*draft.notes, *_left(element)]:
        found.note(element.line, what, note)
    found.questions.append(Question(element.line, name, body))


def _body(element: Element, kind: str, draft: Draft) -> Body:
    make = _KINDS.get(kind)
    if make is None:
        raise Unsupported(Message("Questions of the type “%(kind)s” are not supported.", kind=kind))
    draft.stem, draft.why = _text(element, "questiontext", draft), _text(element, "generalfeedback", draft)
    if not draft.stem:
        raise Unsupported(Message("It has no question text."))
    return make(element, draft)


def _left(element: Element) -> list[Message]:
    """Name what else stands in a question and is not taken over."""
    names = {child.name for child in element.children if child.name not in _TAKEN | _SETTINGS and _says(child)}
    if element.value("usecase") == "1":
        names.add("usecase")
    return [Message("“%(name)s” is not kept.", name=name) for name in sorted(names)]


def _says(element: Element) -> bool:
    return bool(element.own) or any(_says(child) for child in element.children) or element.name == "file"


def _text(element: Element, name: str, draft: Draft) -> str:
    child = element.first(name)
    return _plain(child, draft) if child else ""


def _plain(element: Element, draft: Draft) -> str:
    """Read an element's <text>, HTML without its tags; say so where more than paragraphs went."""
    inner = element.first("text")
    text = inner.own if inner else element.own
    if any(element.all("file")):
        _once(draft, Message("Its files (pictures, recordings) are not kept."))
    form = element.attributes.get("format", "html" if _TAGS.search(text) else "plain_text")
    if form == "markdown":
        _once(draft, Message("Markdown is taken over as typed; its marks would be shown."))
    if form not in ("html", "moodle_auto_format"):
        return text
    plain, _ = without_tags(text)
    if _TAGS.search(_PLAIN_HTML.sub("", text)):
        _once(draft, Message("The text is taken over without its HTML, pictures and recordings included."))
    return plain


def _once(draft: Draft, message: Message) -> None:
    if message not in draft.notes:
        draft.notes.append(message)


def _choices(element: Element, draft: Draft) -> list[Choice]:
    return [_choice(answer, draft) for answer in element.all("answer")]


def _choice(answer: Element, draft: Draft) -> Choice:
    why = answer.first("feedback")
    share = shaping.figure(answer.attributes.get("fraction", "0")) / 100
    return Choice(_plain(answer, draft), share, _plain(why, draft) if why else "")


def _multichoice(element: Element, draft: Draft) -> Body:
    single = element.value("single").lower() not in ("false", "0")
    return shaping.options(draft, _choices(element, draft), single=single)


def _true_false(element: Element, draft: Draft) -> Body:
    right = {choice.text.lower(): choice for choice in _choices(element, draft)}
    if set(right) != {"true", "false"} or (right["true"].share > 0) == (right["false"].share > 0):
        raise Unsupported(Message("It is not clear whether true or false is right."))
    answer = right["true"].share > 0
    return shaping.true_false(draft, answer=answer, whys=[choice.why for choice in right.values()])


def _short_answer(element: Element, draft: Draft) -> Body:
    return shaping.short_text(draft, _choices(element, draft))


def _numerical(element: Element, draft: Draft) -> Body:
    rows = []
    for answer in element.all("answer"):
        choice = _choice(answer, draft)
        if choice.text == "*":
            rows.append((0.0, 0.0, Choice("*", min(choice.share, 0.0), choice.why)))
        else:
            rows.append((shaping.figure(choice.text), abs(shaping.figure(answer.value("tolerance") or "0")), choice))
    return shaping.number(draft, rows, unit=_unit(element, draft))


def _unit(element: Element, draft: Draft) -> str:
    units = element.first("units")
    rows = list(units.all("unit")) if units else []
    if len(rows) == 1 and shaping.figure(rows[0].value("multiplier") or "1") == 1:
        return rows[0].value("unit_name")
    if rows:
        draft.notes.append(Message("Units that are reckoned into each other are not kept."))
    return ""


def _matching(element: Element, draft: Draft) -> Body:
    rows = list(element.all("subquestion"))
    return shaping.match(draft, [(_plain(row, draft), _text(row, "answer", draft)) for row in rows])


def _essay(element: Element, draft: Draft) -> Body:
    guide = _text(element, "graderinfo", draft)
    return shaping.written(draft, title=element.value("name"), guide=guide.split("\n") if guide else [])


def _description(_element: Element, _draft: Draft) -> Body:
    raise Unsupported(Message("This is a description, no question."))


_KINDS: Final[Mapping[str, Callable[[Element, Draft], Body]]] = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
    "description": _description,
}
