"""What is sent with every page: small enough, and legible in both themes."""

from __future__ import annotations

import re

import pytest

from tests.unit.templates.stage import ROOT

STATIC = ROOT / "coach" / "static"
CSS = (STATIC / "css" / "app.css").read_text(encoding="utf-8")
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
}
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "pine", "brick", "ochre") for ground in ("paper", "surface")),
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("sunken", "pine-soft", "ochre-soft", "brick-soft")),
    *((ink, f"h{step}") for ink in ("ink",) for step in ("-3", "-2", "-1", "0", "1", "2", "3")),
    ("ink-2", "h0"),
    ("on-pine", "pine"),
    ("on-pine", "pine-hover"),
    ("pine", "pine-soft"),
    ("ochre", "ochre-soft"),
    ("brick", "brick-soft"),
    ("paper", "ink"),
    ("ink-3", "sunken"),
]
MARK_ON_GROUND = [
    (mark, ground)
    for mark in ("line-2", "pine", "ochre-mark", "brick", "focus", "ink-3")
    for ground in ("paper", "surface")
]


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of WCAG 2.2 for two colours."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    """Compute the relative luminance of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_is_legible(ink: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= 4.5


@THEMES
@pytest.mark.parametrize(("mark", "ground"), MARK_ON_GROUND)
def test_marks_and_borders_of_controls_can_be_seen(mark: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[mark][theme], TOKENS[ground][theme]) >= 3


def test_the_stylesheet_stays_small() -> None:
    assert len(CSS.encode()) <= 40 * 1024


def test_our_script_stays_small() -> None:
    assert (STATIC / "js" / "app.js").stat().st_size <= 6 * 1024


def test_every_custom_property_that_is_used_is_set() -> None:
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS)) - set(re.findall(r"--([a-z0-9-]+):", CSS)) == set()


def test_every_file_that_the_stylesheet_names_is_there() -> None:
    for name in re.findall(r'url\("([^"]+)"\)', CSS):
        assert (STATIC / "css" / name).resolve().is_file()


def test_braces_match() -> None:
    assert CSS.count("{") == CSS.count("}")


def test_the_script_never_evaluates_text() -> None:
    script = (STATIC / "js" / "app.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|setTimeout\(\s*[\"']", script)
