"""What the folder brings and what was edited in the browser: neither loses its text to the other."""

from __future__ import annotations

import pytest

from coach.publishing.brought import merge

# the folder now, what it brought last, what is published -> taken from the folder, left out, in conflict, remembered
CASES = {
    "a new file is taken": ("1", None, None, "take", "1"),
    "the same file again is left alone": ("1", "1", "1", "", "1"),
    "a file edited in the browser stays": ("1", "1", "2", "", "1"),
    "a file removed in the browser stays away": ("1", "1", None, "", "1"),
    "a file edited in the folder is taken": ("2", "1", "1", "take", "2"),
    "a file edited in both is a conflict and told again": ("2", "1", "3", "conflict", "1"),
    "a file edited to the same text in both is no conflict": ("2", "1", "2", "", "2"),
    "a file removed in the folder goes": (None, "1", "1", "out", None),
    "a file removed in the folder and edited in the browser is a conflict": (None, "1", "2", "conflict", "1"),
    "a file removed in both is forgotten": (None, "1", None, "", None),
    "a file made in both with other texts is a conflict": ("1", None, "2", "conflict", None),
    "a file made in both alike is remembered": ("1", None, "1", "", "1"),
    "a file of the browser's own is not touched": (None, None, "1", "", None),
}


@pytest.mark.parametrize(("folder", "brought", "stands", "what", "noted"), CASES.values(), ids=list(CASES))
def test_each_side_keeps_what_it_changed(
    folder: str | None, brought: str | None, stands: str | None, what: str, noted: str | None
) -> None:
    found = merge(_file(folder), _file(brought), _file(stands))
    assert ("f" in found.take, "f" in found.leave_out, "f" in found.conflicts) == (
        what == "take",
        what == "out",
        what == "conflict",
    )
    assert found.noted.get("f") == noted


@pytest.mark.parametrize(("folder", "brought", "stands"), [("2", "1", "3"), ("1", "1", "3"), ("1", None, "3")])
def test_force_takes_the_folders_text(folder: str, brought: str | None, stands: str) -> None:
    found = merge(_file(folder), _file(brought), _file(stands), force=True)
    assert (found.take, found.conflicts, found.noted) == ({"f"}, (), {"f": folder})


def _file(fingerprint: str | None) -> dict[str, str]:
    return {} if fingerprint is None else {"f": fingerprint}
