"""What holds for every component, and what each one is for."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.unit.templates.cast import CALLS, KINDS, LEVELS, OPTIONS, TRACKS, LogForm, ask, place, rejected_form, shown
from tests.unit.templates.stage import ROOT, SPRITE, TEMPLATES, Page, environment, macro

COMPONENTS = sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
every_component = pytest.mark.parametrize("name", COMPONENTS)
ICONS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def test_every_component_is_rendered_here() -> None:
    assert sorted(CALLS) == COMPONENTS


@every_component
def test_it_is_well_formed(name: str) -> None:
    assert Page(shown(name)).mistakes == []


@every_component
def test_it_carries_no_style_and_no_script(name: str) -> None:
    page = Page(shown(name))
    assert not {tag for tag, _ in page.elements} & {"style", "script"}
    assert not [key for _, found in page.elements for key in found if key == "style" or key.startswith("on")]


@every_component
def test_every_picture_says_what_it_shows_or_is_hidden(name: str) -> None:
    page = Page(shown(name))
    for found in page.all("svg"):
        hidden = found.get("aria-hidden") == "true" or found.get("class") == "ax" or not found
        assert hidden or (found.get("role") == "img" and found.get("aria-label")), found
    assert all(found.get("aria-label") for tag, found in page.elements if found.get("role") == "img")


@every_component
def test_every_icon_is_in_the_sprite(name: str) -> None:
    for found in Page(shown(name)).all("use"):
        sheet, _, icon = str(found["href"]).partition("#")
        assert sheet == "/static/vendor/icons.svg"
        assert icon in ICONS


@every_component
def test_every_control_has_a_name(name: str) -> None:
    page = Page(shown(name))
    labelled = {found["for"] for found in page.all("label") if "for" in found}
    for tag, found in page.elements:
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            named = found.get("id") in labelled or found.get("aria-labelledby") or "in-label" in found
            assert named, found


@every_component
def test_no_id_is_used_twice(name: str) -> None:
    counted = Counter(found["id"] for _, found in Page(shown(name)).elements if "id" in found)
    assert [key for key, times in counted.items() if times > 1] == []


@every_component
def test_every_class_stands_in_the_stylesheet(name: str) -> None:
    css = (ROOT / "coach" / "static" / "css" / "app.css").read_text(encoding="utf-8")
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", css)) | {"corner", "on-target"}
    used = {word for _, found in Page(shown(name)).elements for word in str(found.get("class") or "").split()}
    assert used - known == set()


@every_component
def test_every_posting_form_carries_its_token_and_its_key(name: str) -> None:
    page = Page(shown(name))
    posting = page.all("form", method="post")
    assert len(page.all("input", name="csrf_token")) >= len(posting)
    assert len(page.all("input", name="form_key")) >= len(posting)


@every_component
def test_every_button_says_what_it_does_to_the_form(name: str) -> None:
    assert all(found.get("type") in ("submit", "button") for found in Page(shown(name)).all("button"))


def test_a_link_button_and_a_submit_button_are_two_elements() -> None:
    page = Page(shown("button"))
    assert page.all("a", href="/x", data_key="l")
    assert page.all("button", type="submit", name="go", value="1")


def test_what_a_person_typed_is_escaped() -> None:
    source = str(macro("note")("<b>hello</b>"))
    assert "<b>" not in source


def test_an_agreed_action_is_one_button_that_says_whether_it_is_done() -> None:
    done, open_ = (Page(str(macro("check_row")("Ask", "/a", done=state))).all("button")[0] for state in (True, False))
    assert (done["aria-pressed"], done["value"]) == ("true", "no")
    assert (open_["aria-pressed"], open_["value"]) == ("false", "yes")


def test_a_rating_can_be_taken_back_without_a_script() -> None:
    page = Page(str(macro("rate")("r1", "Ask about needs", LEVELS)))
    assert [found["value"] for found in page.all("input", type="radio")] == ["", "1", "2", "3", "4"]
    assert "checked" in page.all("input", value="")[0]


def test_each_level_of_a_rating_points_at_its_behaviour() -> None:
    page = Page(shown("rate"))
    anchors = {found["id"] for found in page.all("p")}
    assert {found["aria-describedby"] for found in page.all("input") if found["value"]} == anchors


def test_the_marked_answers_say_in_words_what_the_colours_say() -> None:
    source = str(macro("opts_marked")(OPTIONS, chosen=["a"]))
    assert "You chose this" in source
    assert "The right answer" in source


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_can_be_answered_in_a_form(kind: str) -> None:
    page = Page(str(macro("question")(ask(kind))))
    sent = {str(found["name"]) for tag, found in page.elements if tag in ("input", "select")}
    assert sent == ({"answer-a", "answer-b"} if kind in ("order", "match") else {"answer"})


def test_a_line_that_was_wrong_says_what_is_right() -> None:
    source = shown("marked_lines")
    assert "Right: 25 %" in source
    assert source.count("Right") == 2


def test_an_explanation_gives_the_reason_of_the_answer_and_of_the_right_one() -> None:
    source = shown("explained")
    for words in ("Not quite.", "The number follows from the use.", "Use decides everything else.", "It comes first."):
        assert words in source


def test_an_error_stands_above_its_input_and_describes_it() -> None:
    form = rejected_form()
    source = str(macro("field")(form.title))
    page = Page(source)
    assert source.index("Write a title") < source.index("<input")
    assert page.all("input", id="title", aria_invalid="true", aria_describedby="title-hint title-error")


def test_an_optional_field_says_so() -> None:
    assert "(optional)" in str(macro("field")(rejected_form().note))
    assert "(optional)" not in str(macro("field")(rejected_form().title))


def test_the_error_summary_links_to_what_has_to_be_put_right() -> None:
    source = shown("error_summary")
    assert [found["href"] for found in Page(source).all("a")] == ["#title", "#due", "#kind", "#role"]
    assert "4 things to fix" in source


def test_a_form_without_errors_has_no_summary() -> None:
    assert str(macro("error_summary")(LogForm())).strip() == ""


def test_a_chart_is_also_a_table() -> None:
    for name in ("forest", "before_after"):
        assert Page(shown(name)).all("table", **{"class": "data-table"})


def test_a_track_says_the_name_the_level_and_the_target() -> None:
    page = Page(str(macro("skill_rows")(TRACKS[:1])))
    label = page.all("svg")[0]["aria-label"]
    assert label == "Open a call. Level 2.4, likely 1.9 to 2.9. Seen 5 times. Target: Alone, from 2.5."


def test_the_number_beside_a_track_says_what_the_state_allows() -> None:
    words = [re.sub(r"<[^>]+>", "", str(macro("reading")(row.track))).strip() for row in TRACKS]
    assert words == ["2.4", "+0.6", "2 seen", "1.6", "not seen"]


def test_heat_cells_link_to_their_evidence_and_headings_to_their_people() -> None:
    page = Page(shown("heat"))
    assert [found["href"] for found in page.all("a")] == ["/people/minho", "/e", "/people/rian"]
    assert len(page.all("th", scope="row")) == 2
    assert len(page.all("th", scope="rowgroup")) == 1


def test_a_phone_shows_five_places_at_most_and_the_rest_behind_more() -> None:
    few = Page(str(macro("tabbar")([place("today"), place("team")])))
    many = Page(shown("tabbar"))
    assert len(few.all("a")) == 2
    assert not few.all("details")
    assert many.all("details")
    assert len(many.all("a")) == 7


def test_a_notice_of_success_lets_drafts_go_and_an_error_does_not() -> None:
    assert "data-saved" in Page(str(macro("flashes")([("success", "Saved")]))).elements[0][1]
    assert "data-saved" not in Page(str(macro("flashes")([("error", "No")]))).elements[0][1]
    assert "data-saved" not in Page(str(macro("flashes")([]))).elements[0][1]


def test_the_language_switch_speaks_the_other_language() -> None:
    assert Page(str(macro("preferences")("en", "light", "/"))).all("button", lang="ko", value="ko")
    assert Page(str(macro("preferences")("ko", "dark", "/"))).all("button", lang="en", value="en")


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("components/*.html")), ids=lambda path: path.stem)
def test_no_component_trusts_what_was_typed(path: object) -> None:
    source = environment().loader.get_source(environment(), f"components/{path.name}")[0]  # type: ignore[union-attr, attr-defined]
    trusting = path.stem == "prose"  # type: ignore[attr-defined]  # html that publishing made and cleaned
    assert ("|safe" in source.replace(" ", "")) is trusting
