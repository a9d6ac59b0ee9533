"""A library is read whole: what its models hold and where each object came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.content.items import MultipleItem, NumberItem, SingleItem, TrueFalseItem, validate_item
from coach.content.kinds import ItemKind, ItemUse, PartKind, is_for
from coach.content.library import read_library
from coach.content.problems import ContentErrors
from coach.publishing.folder import read_folder
from coach.words import Text


def test_a_good_library_holds_one_item_of_every_kind_that_is_marked(sources: dict[str, str]) -> None:
    library = read_library(sources)
    assert {item.kind for item in library.items.values()} == set(ItemKind) - {ItemKind.WRITTEN, ItemKind.RECORDED}
    assert {item.skill for item in library.items.values()} == {"negotiate"}


def test_words_that_yaml_takes_for_truth_values_stay_words(sources: dict[str, str]) -> None:
    item = read_library(sources).items["ne-first"]
    assert isinstance(item, SingleItem)
    assert item.options[1].text == Text(en="No", ko="아니요")
    assert [option.right for option in item.options] == [True, False]


def test_numbers_and_truth_values_are_read_where_a_model_asks_for_them(sources: dict[str, str]) -> None:
    items = read_library(sources).items
    number, statement, many = items["ne-c-number"], items["ne-second"], items["ne-c-many"]
    assert isinstance(number, NumberItem)
    assert (number.answer, number.tolerance, number.step, number.difficulty) == (20.0, 0.5, 3, 2.5)
    assert isinstance(statement, TrueFalseItem)
    assert statement.answer is True
    assert isinstance(many, MultipleItem)
    assert many.use is ItemUse.CHECK


def test_a_skill_has_its_anchors_by_level(sources: dict[str, str]) -> None:
    skill = read_library(sources).framework.skills[0]
    assert skill.anchors[4].ko == "미리 짜요."


def test_a_lesson_has_parts_of_three_kinds_in_both_languages(sources: dict[str, str]) -> None:
    library = read_library(sources)
    kinds = [PartKind.TEXT, PartKind.QUESTION, PartKind.QUESTION, PartKind.TASK]
    for lang in ("en", "ko"):
        text = library.text("ne-trade-once", lang)
        assert [part.kind for part in text.parts] == kinds
        assert [part.item_id for part in text.questions] == ["ne-first", "ne-second"]
    assert library.text("ne-trade-once", "ko").title == "한 번 주고받기"
    assert library.text("ne-trade-once", "en").parts[0].line == 5
    assert library.questions_of("ne-trade-once") == ("ne-first", "ne-second")


def test_a_heading_inside_a_code_block_begins_no_part(sources: dict[str, str]) -> None:
    path = "modules/trade/lessons/01-trade-once.en.md"
    sources[path] = sources[path].replace("asked for again.", "asked for again.\n\n```\n## not a part\n```")
    text = read_library(sources).text("ne-trade-once", "en")
    assert len(text.parts) == 4
    assert "## not a part" in text.parts[0].html


def test_a_path_puts_the_lessons_of_a_module_into_its_week(sources: dict[str, str]) -> None:
    weeks = read_library(sources).paths["account-manager"].weeks
    assert [(week.week, week.lessons) for week in weeks] == [(2, ("ne-trade-once",))]


def test_a_module_for_all_is_for_every_role(sources: dict[str, str]) -> None:
    named = read_library(sources).modules[0].roles
    assert (is_for("account-manager", named), is_for("sdr", named), is_for(None, named)) == (True, False, False)
    path = "modules/trade/module.yml"
    sources[path] = sources[path].replace("[account-manager]", "[all]")
    assert is_for("sdr", read_library(sources).modules[0].roles)


def test_an_item_knows_its_place_and_its_own_source(sources: dict[str, str]) -> None:
    origin = read_library(sources).items["ne-second"].origin
    assert (origin.path, origin.line) == ("items/negotiate.yml", 11)
    assert origin.source.startswith("id: ne-second\n")
    assert origin.source.endswith("why: {en: It does., ko: 그래요.}")
    assert origin.source in sources["items/negotiate.yml"]


def test_only_what_was_edited_gets_another_fingerprint(sources: dict[str, str]) -> None:
    before = read_library(sources).items
    sources["items/negotiate.yml"] = sources["items/negotiate.yml"].replace("Too soon.", "Far too soon.")
    after = read_library(sources).items
    assert [name for name in before if before[name].fingerprint != after[name].fingerprint] == ["ne-first"]


def test_a_comment_beside_an_item_leaves_its_fingerprint(sources: dict[str, str]) -> None:
    before = read_library(sources).items["ne-second"].fingerprint
    sources["items/negotiate.yml"] = sources["items/negotiate.yml"].replace("# kept for", "# stays with")
    assert read_library(sources).items["ne-second"].fingerprint == before


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_lessons_fingerprint_covers_its_texts(sources: dict[str, str], lang: str) -> None:
    before = read_library(sources)
    path = f"modules/trade/lessons/01-trade-once.{lang}.md"
    sources[path] = sources[path].rstrip() + " (1)\n"
    after = read_library(sources)
    assert before.modules[0].lessons[0].fingerprint != after.modules[0].lessons[0].fingerprint
    assert before.modules[0].fingerprint == after.modules[0].fingerprint


def test_the_sources_are_kept_as_they_were(sources: dict[str, str]) -> None:
    library = read_library(sources)
    assert dict(library.sources) == sources
    assert library.text("ne-trade-once", "ko").source == sources["modules/trade/lessons/01-trade-once.ko.md"]


def test_every_item_survives_a_round_through_json(sources: dict[str, str]) -> None:
    for item in read_library(sources).items.values():
        assert validate_item(item.model_dump(mode="json")).model_dump() == item.model_dump()


def test_a_folder_is_read_byte_for_byte(sources: dict[str, str], tmp_path: Path) -> None:
    for path, text in sources.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    (tmp_path / ".hidden").write_text("not content")
    assert read_folder(tmp_path) == sources


def test_all_files_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_bytes("값".encode("cp949"))
    with pytest.raises(ContentErrors) as caught:
        read_folder(tmp_path)
    assert [problem.path for problem in caught.value.problems] == ["a.yml", "b.yml"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors, match="no such folder"):
        read_folder(tmp_path / "nowhere")
