"""The vendored browser files are the ones that the lock names, with their licences, and nothing beside them."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conventions import sources

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "coach/static/vendor"
LOCK = VENDOR / "vendor.lock.json"
ASSETS: list[dict[str, Any]] = json.loads(LOCK.read_text(encoding="utf-8"))["assets"]
FILES: list[dict[str, str]] = [file for asset in ASSETS for file in asset["files"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["path"])
def test_a_vendored_file_has_the_hash_that_the_lock_names(file: dict[str, str]) -> None:
    assert hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_every_vendored_file_stands_in_the_lock() -> None:
    present = {path for folder in (VENDOR, ROOT / "tests/vendor") for path in folder.rglob("*") if path.is_file()}
    assert present == {LOCK, *(ROOT / file["path"] for file in FILES)}


@pytest.mark.parametrize("asset", ASSETS, ids=lambda asset: asset["name"])
def test_an_asset_names_its_source_and_ships_its_licence(asset: dict[str, Any]) -> None:
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", asset["version"])
    assert asset["integrity"].startswith("sha512-")
    assert asset["licence"]
    assert any("LICENSE" in file["path"] for file in asset["files"])


def test_the_lock_names_packages_and_no_host() -> None:
    assert "://" not in LOCK.read_text(encoding="utf-8")


def test_the_sprite_leaves_paint_to_the_style_sheet() -> None:
    sprite = (VENDOR / "icons.svg").read_text(encoding="utf-8")
    names = re.findall(r'<symbol id="([a-z]+)" viewBox="0 0 24 24">', sprite)
    assert len(names) == len(set(names)) == sprite.count("<symbol")
    assert not re.search(r"\b(fill|stroke|style|class|on[a-z]+)=|<script", sprite)


def test_the_sprite_holds_the_icons_that_are_shown_and_no_other() -> None:
    held = set(re.findall(r'<symbol id="([a-z]+)"', (VENDOR / "icons.svg").read_text(encoding="utf-8")))
    text = "\n".join(source.text for source in (*sources.templates(), *sources.python()))
    asked = set(re.findall(r"""\bicon(?:\(|=)["']([a-z]+)["']""", text))
    assert asked <= held, f"take these into tools/vendor_icons.py: {sorted(asked - held)}"
    idle = {name for name in held if not re.search(rf"""["']{name}["']""", text)}
    assert not idle, f"every first view loads these, no page shows them: {sorted(idle)}"


def test_the_font_does_not_carry_the_name_that_its_licence_reserves() -> None:
    sheet = (VENDOR / "fonts/didim-sans.css").read_text(encoding="utf-8")
    assert re.findall(r'font-family: "([^"]+)"', sheet) == ["Didim Sans", "Didim Sans"]
