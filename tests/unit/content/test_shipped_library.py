"""The library that ships with the product holds together."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.content.library import Library, read_library
from coach.publishing.folder import read_folder

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(read_folder(CONTENT))


def test_every_file_is_valid_and_kept_byte_for_byte(library: Library) -> None:
    for path, text in library.sources.items():
        assert (CONTENT / path).read_bytes() == text.encode()


def test_every_skill_and_role_of_the_department_is_there(library: Library) -> None:
    assert len(library.framework.skills) == 19
    assert {role.id for role in library.framework.roles} == {
        "sdr", "account-manager", "specialist", "customer-success", "sales-manager",
    }  # fmt: skip


def test_every_module_asks_questions_that_explain_themselves(library: Library) -> None:
    asked = [name for lesson in library.lessons() for name in library.questions_of(lesson.id)]
    assert len(asked) >= 2 * len(list(library.lessons())) > 0
    assert set(asked) <= set(library.items)
