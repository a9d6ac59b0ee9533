"""What docs/measurement.md says in figures is what the code gives, in both languages; what README.md names is there."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from types import ModuleType
from typing import Final

import pytest
from flask import Flask

import config
from coach.evidence.changes import in_force
from coach.evidence.standards import Standards
from coach.measurement.estimate import Cell, Estimate, Kind, Piece, Settings, posterior
from coach.measurement.findings import Thresholds
from tests.unit.measurement.example import HAN_LATER, LESSON, OH_LATER, PIECES, SETTINGS

DOCUMENTS: Final = ("measurement.md", "measurement.ko.md")
FOLDER: Final = config.HERE / "docs"
README: Final = (config.HERE / "README.md").read_text(encoding="utf-8")
FIGURE: Final = re.compile(r"(?<![\w.])[+-]?\d*\.\d+")
TARGET, TODAY = 3.0, 280.0


def section(document: str, name: str) -> str:
    """Cut out what stands between two comments of a document."""
    text = (FOLDER / document).read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of the {name} -->"
    assert text.count(begin) == text.count(end) == 1, f"{document} has no section {name!r}"
    return text.split(begin)[1].split(end)[0]


def rows(text: str) -> list[list[str]]:
    """Read the rows of a Markdown table below its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def drawings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", config.HERE / "tools" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def on_day(day: float, *later: Piece) -> Estimate:
    cell = Cell.from_log(SETTINGS, PIECES)
    if day >= LESSON:
        cell.finish_lesson(LESSON)
    for piece in later:
        cell.add(piece)
    return cell.read(day, TARGET)


def short(value: float | None) -> str:
    """Write a figure as the documents do: four digits, no leading zero."""
    return f"{value or 0.0:.4f}".replace("0.", ".", 1) if abs(value or 0.0) < 1 else f"{value:.4f}"


def prose() -> list[str]:
    """List every figure that stands in the example outside of its table, from the code."""
    read = posterior(SETTINGS, PIECES, [], TODAY, TARGET)
    told = [read.mean, read.sd, read.prior_share, read.p_below, read.expected_gap, read.reliability]
    moved = [round(part, 4) for part in read.moved]
    told += [*(abs(part) for part in moved), SETTINGS.mu0 + sum(moved), read.mean]
    lesson, han = on_day(LESSON), on_day(HAN_LATER.t, HAN_LATER)
    oh = on_day(OH_LATER.t, HAN_LATER, OH_LATER)
    told += [lesson.mean, lesson.sd, han.mean, han.sd, han.p_below, oh.mean, oh.sd, oh.p_below]
    given = [SETTINGS.mu0, SETTINGS.mu0, SETTINGS.s0, *(abs(x) for x in SETTINGS.severity.values())]
    return [short(value) for value in told] + [f"{x:g}" for x in (*given, HAN_LATER.y, OH_LATER.y, 2.5)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_table_of_the_worked_example_is_what_the_code_gives(document: str) -> None:
    found = rows(section(document, "worked example"))
    read = posterior(SETTINGS, PIECES, [], TODAY, TARGET)
    for row, piece, share, moved in zip(found, PIECES, read.shares, read.moved, strict=True):
        assert [float(cell) for cell in row[1:4]] == [piece.t, piece.y, piece.v]
        assert row[4] == short(share)
        assert row[5] == ("+" if moved > 0 else "-") + short(abs(moved))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_other_figure_of_the_worked_example_is_what_the_code_gives(document: str) -> None:
    text = "\n".join(line for line in section(document, "worked example").splitlines() if not line.startswith("|"))
    found = Counter(f"{float(figure):.4f}" for figure in FIGURE.findall(text))
    assert found == Counter(f"{float(figure):.4f}" for figure in prose())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_defaults_that_a_document_names_are_all_of_them(document: str) -> None:
    told = {row[0].strip("`"): float(row[1]) for row in rows(section(document, "defaults"))}
    real = in_force(Standards(0, {}, Thresholds()))
    assert told == pytest.approx(real, rel=1e-5)
    assert told.keys() == real.keys()


def test_fifty_self_ratings_weigh_less_than_one_tap_by_somebody_else() -> None:
    own = [Piece(Kind.SELF, "self", 0.0, 3.0, 0.11)] * 50
    weights = [
        1 / posterior(Settings(), seen, [], 0.0).sd ** 2 - 1 / Settings().s0 ** 2
        for seen in (own, [Piece(Kind.OBSERVATION, "Oh", 0.0, 3.0, 0.355)])
    ]
    assert weights[0] < 1 / 1.75**2
    for document in DOCUMENTS:
        text = (FOLDER / document).read_text(encoding="utf-8")
        assert f"{1 / 1.75**2:.3f}".lstrip("0") in text
        assert f"{weights[1]:.2f}" in text


def test_the_pictures_are_those_that_the_code_would_draw_now() -> None:
    drawn = drawings().pictures()
    kept = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "pictures").glob("measure-*.svg")}
    assert kept == drawn, "draw them anew: python tools/pictures.py"


@pytest.mark.parametrize(("document", "language"), list(zip(DOCUMENTS, ("en", "ko"), strict=True)))
def test_a_document_shows_every_picture_in_its_own_language(document: str, language: str) -> None:
    text = (FOLDER / document).read_text(encoding="utf-8")
    shown = set(re.findall(r"\(pictures/([^)]+\.svg)\)", text))
    assert shown == {name for name in drawings().pictures() if name.endswith(f".{language}.svg")}
    for linked in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
        assert (FOLDER / linked).exists(), f"{document} links to {linked}"


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    linked = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    assert len(linked) > 20
    assert [path for path in linked if not (config.HERE / path).exists()] == []


def test_the_readme_names_every_setting_and_no_other() -> None:
    read = set(re.findall(r'"((?:DIDIM_\w+|DATABASE_URL|PORT))"', (config.HERE / "config.py").read_text("utf-8")))
    table = README.split("## Configuration")[1].split("\n\n")[1]
    assert set(re.findall(r"`([A-Z][A-Z_]+)`", table.replace("=", "` "))) == read


def test_the_readme_names_only_commands_that_there_are(app: Flask) -> None:
    for command in re.findall(r"flask --app wsgi ([a-z][a-z-]*(?: [a-z][a-z-]*)*)", README):
        told = app.test_cli_runner().invoke(args=[*command.split(), "--help"])
        assert told.exit_code == 0, f"flask {command}: {told.output}"
    made = set(re.findall(r"^([a-z]+):", (config.HERE / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)`", README)) <= made


def test_the_readme_gives_a_reason_for_all_that_is_installed() -> None:
    table = README.split("## Dependencies, and why")[1].split("##")[0]
    named = " ".join(row[0] for row in rows(table)).lower()
    wanted = {
        name
        for file in config.HERE.glob("requirements*.in")
        for name in re.findall(r"^[a-z][\w-]*", file.read_text("utf-8"), re.MULTILINE)
    }
    assert len(wanted) > 30
    assert [name for name in sorted(wanted) if not all(part in named for part in name.split("-"))] == []
