"""One call for every component, with invented people: what the component tests render."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace as Row
from typing import Any

import wtforms
from markupsafe import Markup
from wtforms import validators
from wtforms.fields import SelectChoice

from coach.charts.change import Average, Sighting, before_after
from coach.charts.counts import bar, coverage
from coach.charts.forest import Reading, forest
from coach.charts.heat import HeatGroup, HeatRow, HeatTable, heat_cell, heat_targets
from coach.charts.tracks import State, TrackRow, level_track
from coach.items.questions import NOT_QUITE, PARTLY, Choice, Explanation, MarkedChoice, MarkedLine, Question
from coach.words import Message, Text
from tests.unit.templates.stage import macro


def choices(**named: str) -> list[SelectChoice]:
    """Name the choices of a field."""
    return [SelectChoice(value=value, label=label) for value, label in named.items()]


class LogForm(wtforms.Form):
    """A form with one field of each kind."""

    title = wtforms.StringField("Title", [validators.InputRequired("Write a title")], description="Short is fine")
    note = wtforms.TextAreaField("Note", [validators.Optional()])
    due = wtforms.DateField("Due", [validators.InputRequired("Pick a day")])
    kind = wtforms.RadioField(
        "What", [validators.InputRequired("Choose one")], choices=choices(call="Call", demo="Demo")
    )
    people = wtforms.SelectMultipleField(
        "Who",
        choices=choices(a="Jiwoo", b="Minho"),
        option_widget=wtforms.widgets.CheckboxInput(),
        widget=wtforms.widgets.ListWidget(),
    )
    role = wtforms.SelectField("Role", choices=choices(sdr="Sales development"))
    shared = wtforms.BooleanField("Let the manager see it")


def rejected_form() -> LogForm:
    """Send the form empty."""
    form = LogForm()
    form.validate()
    return form


def place(icon: str = "today", *, on_phone: bool = True, count: int | None = None) -> Row:
    """Make one place of the navigation."""
    return Row(
        href=f"/{icon}",
        label=Message("My day"),
        short=Message("Day"),
        icon=icon,
        active=icon == "today",
        count=count,
        on_phone=on_phone,
    )


NOW = level_track(2.4, 1.9, 2.9, 2.5, state=State.UNSURE, seen=5)
LEVELS = [Row(level=n, name=Message("Alone"), anchor="asks about use first") for n in (1, 2, 3, 4)]
TRACKS = [
    TrackRow("Open a call", NOW, "/skills/open-a-call"),
    TrackRow(Text("Qualify", "가망 판별"), level_track(2.2, 1.7, 2.7, 2.5, state=State.NEW, start=1.6, seen=4)),
    TrackRow("Close", level_track(2.0, None, None, 2.5, state=State.FEW, seen=2)),
    TrackRow("Negotiate", level_track(1.6, 1.1, 2.1, 2.5, state=State.BELOW, seen=9)),
    TrackRow("Demonstrate", level_track(None, None, None, None, state=State.FEW)),
]
OPTIONS = [Row(id="a", text="How many boxes?", right=False), Row(id="b", text="What do you print?", right=True)]
HEAT = HeatTable(
    Message("Levels of the north team"),
    ("Open a call", Text("Close", "계약 마무리")),
    (
        HeatGroup(
            "Account managers",
            heat_targets([2.5, None]),
            (
                HeatRow(
                    "Minho Seo",
                    "/people/minho",
                    (heat_cell(1.5, 2.5, state=State.BELOW, href="/e"), None),
                    late=True,
                    last=Message("26 days ago"),
                ),
                HeatRow(
                    "Rian Kwon",
                    "/people/rian",
                    (heat_cell(2.0, 2.5, state=State.FEW, seen=2), None),
                    note=Message("week 3"),
                ),
            ),
        ),
    ),
    last=Message("Last coached"),
)
CHANGE = before_after(
    [Sighting(date(2026, 9, 3), 2), Sighting(date(2026, 11, 20), 3, practice=True)],
    lesson_day=date(2026, 10, 19),
    first=date(2026, 9, 1),
    last=date(2026, 11, 23),
    before=Average(1.8, 1.5, 2.1),
    after=Average(2.7, 2.3, 3.0),
    target=2.5,
)
FOREST = forest(
    [
        Reading("Sojin", 1.6, 1.1, 2.1, 6, State.BELOW, "/people/sojin"),
        Reading("Jiwoo", None, None, None, 0, State.FEW),
    ],
    group=Reading("Team", 2.1, 1.8, 2.4, 14, State.BELOW),
    target=2.5,
)

KINDS = ("single", "multiple", "true_false", "order", "match", "number", "short_text")
CHOICES = (Choice("a", Text.same("How many boxes?")), Choice("b", Message("True")))
CHOSEN = Explanation(
    score=0.0,
    verdict=NOT_QUITE,
    stem=Text.same("What do you ask first?"),
    options=(
        MarkedChoice("a", Text.same("How many?"), right=False),
        MarkedChoice("b", Text.same("What for?"), right=True),
    ),
    chosen=("a",),
    why=Text.same("The number follows from the use."),
    right_why=Text.same("Use decides everything else."),
)
LINED = Explanation(
    score=0.5,
    verdict=PARTLY,
    stem=Text.same("Put these in order."),
    lines=(
        MarkedLine(Text.same("Ask"), Message("1"), Message("1"), is_right=True),
        MarkedLine(None, Text.same("20 %"), Text.same("25 %"), is_right=False),
    ),
    reasons=((Text.same("Ask"), Text.same("It comes first.")),),
)


LESSON = Row(
    id="l",
    title="Ask first",
    summary="One question.",
    skill_name="Qualify",
    from_level=1,
    to_level=2,
    minutes=8,
    state="now",
    run=Row(done=1, parts=4),
)


def ask(kind: str) -> Question:
    """Make a question of a kind."""
    return Question(
        kind, Text.same("What do you ask first?"), CHOICES, CHOICES, Text.same("%"), Message("Half for half.")
    )


CALLS: dict[str, Callable[[Any], str]] = {
    "answer_input": lambda m: m("n", "question", kind="number", unit="%", value="20"),
    "aside_box": lambda m: m("It may not only be skill", ["Minho changed territory."]),
    "avatar": lambda m: m("JP", "lg"),
    "back_link": lambda m: m("/team", "Back to team"),
    "bars": lambda m: m([bar("Agrees a next step", 29, 38), bar("Asks why", 11, 38, low=True)]),
    "before_after": lambda m: m(CHANGE),
    "brand": lambda m: m(),
    "button": lambda m: m("Save", kind="primary", icon="check", name="go", value="1") + m("Open", href="/x", key="l"),
    "check": lambda m: m("lesson", "1", "Hear it on a real call", "4 min", True),
    "check_row": lambda m: m("Ask two questions", "/actions/1", "On your next call", done=True),
    "coverage": lambda m: m([("Coached", coverage(10, 12, late=2)), ("Seen", coverage(30, 60, late=5))]),
    "data_table": lambda m: m(["Name", "Level"], [("Sojin", "1.6")], caption="Levels", numbers=[1], twin=True),
    "due_row": lambda m: inside("ul", m("Record your opening", "/p", "Practice", "Wed 25 Nov", "mic", late=True)),
    "empty": lambda m: m("No coaching logged yet", "After your next call together, log it."),
    "error_summary": lambda m: m(rejected_form()),
    "explained": lambda m: m(CHOSEN) + m(LINED),
    "feedback": lambda m: m(
        "Not quite.", "It depends on use.", right=False, others=[("Price list", "It ends the talk.")]
    ),
    "field": lambda m: Markup("").join(m(f, rows=2) if f.type == "TextAreaField" else m(f) for f in rejected_form()),
    "field_choices": lambda m: m(rejected_form().kind, "Choose what you saw", "What", True),
    "find_row": lambda m: inside("ul", m("Minho has not been coached", "/people/minho", "26 days", "late", "Plan 1:1")),
    "flashes": lambda m: m([("success", ("Assigned to 4", "/undo")), ("error", "That did not work")]),
    "forest": lambda m: m(FOREST),
    "heat": lambda m: m(HEAT),
    "heat_key": lambda m: m(),
    "hidden_fields": lambda m: m(),
    "icon": lambda m: m("today"),
    "keys": lambda m: m(),
    "legend": lambda m: m(["growth", "range", "target", "few"], {"target": "week 8 target"}),
    "lesson_card": lambda m: m("Value before price", "8 min", "/l", "The next step from here.", ["Sojin"]),
    "lesson_rows": lambda m: m([LESSON, Row(**vars(LESSON) | {"state": "done"}), Row(**vars(LESSON) | {"state": ""})]),
    "marked_lines": lambda m: m(LINED.lines),
    "match_rows": lambda m: m("m", OPTIONS, OPTIONS, {"a": "b"}),
    "module_rows": lambda m: m(
        [
            Row(
                id="m",
                title="Needs",
                summary="Ask first.",
                skills=["Qualify", "Close"],
                minutes=40,
                lessons=[LESSON],
                done=1,
            )
        ]
    ),
    "nav": lambda m: m([place(count=4), place("team"), place("notes")]),
    "next_card": lambda m: m(
        "Ask before you quote", "Next lesson", "6 minutes left.", "Continue", "/l", done=1, total=4
    ),
    "note": lambda m: m("Draft kept on this device", "check", draft=True),
    "opts": lambda m: m("a", OPTIONS, chosen=["b"]) + m("b", OPTIONS, multiple=True),
    "opts_marked": lambda m: m(OPTIONS, chosen=["a"]),
    "order_rows": lambda m: m("o", OPTIONS, {"a": 2}),
    "page_head": lambda m: m(
        "North team", note="Mon 23 Nov", lede="Twelve people.", trail=[("Home", "/"), ("Team", "")], count=12
    ),
    "pager": lambda m: m("/older"),
    "post_button": lambda m: m("Undo", "/undo", fields={"act": "7"}),
    "preferences": lambda m: m("en", "system", "/today") + m("ko", "dark", "/today"),
    "print_button": lambda m: m(),
    "question": lambda m: m(ask("match"), error="Choose an answer."),
    "prose": lambda m: m("<p>Ask before you quote.</p>"),
    "rate": lambda m: m("r1", "Ask about needs", LEVELS, 3),
    "reading": lambda m: Markup("").join(m(row.track) for row in TRACKS),
    "search_box": lambda m: m(),
    "sec_head": lambda m: m("Due this week", id="due", aside="All", href="/all"),
    "segs": lambda m: m(1, 4, "thin"),
    "skill_rows": lambda m: m(TRACKS) + m(TRACKS, as_level=True),
    "tabbar": lambda m: m(
        [place(i) for i in ("today", "team", "people", "learn", "notes", "skills")] + [place("shield", on_phone=False)]
    ),
    "tabs": lambda m: m(
        [Row(href="/a", label="Open", active=True, count=3), Row(href="/b", label="Done", active=False, count=None)],
        "Work",
    ),
    "tag": lambda m: m("Sojin", "good"),
    "timeline": lambda m: m(
        [Row(day=date(2026, 11, 20), icon="flag", title="Recognised", text="Keep going.", href="/r", win=True)]
    ),
    "toast": lambda m: m("Log deleted", undo="/undo") + m("That did not work", kind="error"),
    "track": lambda m: m(NOW, label="Open a call. Level 2.4."),
    "weeks": lambda m: m([Row(label="9 Nov", days=["on", "", "off", "today", ""])], "MTWTF", "Practised twice"),
}


def shown(name: str) -> str:
    """Render one component by its call."""
    return str(CALLS[name](macro(name)))


def inside(tag: str, rows: Any) -> Markup:
    """Put rows into the list that they stand in on a page."""
    return Markup("<{0}>{1}</{0}>").format(tag, rows)
