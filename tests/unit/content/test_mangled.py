"""However files are damaged, reading them ends in a library or in `ContentErrors`, never in anything else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.library import read_library
from coach.content.problems import ContentErrors, Problem
from tests.unit.content.small_library import GOOD

# What breaks readers: YAML and Markdown syntax, words of the format in wrong places, odd characters.
DEBRIS = st.one_of(
    st.sampled_from(
        ["\n", "\n\n", "  ", "\t", ": ", "- ", "? ", "[", "]", "{", "}", '"', "'", "|", ">", "#", "&a ", "*a", "!!x "]
    ),
    st.sampled_from(
        ["---\n", "...\n", "%YAML 9\n", "<<: ", "null", "~", "true", "1e999", ".nan", "0x1F", "9" * 5000, "-1"]
    ),
    st.sampled_from(["## ", "{#x}", "{#x task}", "{#x item=ne-first}", "```\n", "~~~", "> **A:** ", "| a |\n|--:|\n"]),
    st.sampled_from(
        ["id: ", "items:", "kind: single", "skill: ", "\x00", "\r\n", "\ufeff", "\ud800", "\u2028", "\x85", "🙂"]
    ),
    st.text(max_size=10),
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, str]:
    sources = dict(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(sorted(sources)))
        text = sources[path]
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 2, 5, 20, 200])))
        sources[path] = text[:start] + draw(DEBRIS) + text[end:]
    return sources


def problems_of(sources: dict[str, str]) -> tuple[Problem, ...]:
    try:
        read_library(sources)
    except ContentErrors as error:
        return error.problems
    return ()


@given(damaged())
def test_damage_is_told_by_file_and_line(sources: dict[str, str]) -> None:
    for problem in problems_of(sources):
        assert problem.path in sources
        assert problem.line is None or 1 <= problem.line <= sources[problem.path].count("\n") + 1
        assert str(problem.message)


@given(st.sampled_from(sorted(GOOD)), st.one_of(st.text(), st.lists(DEBRIS).map("".join)))
def test_a_file_of_anything_is_told_as_problems(path: str, text: str) -> None:
    with suppress(ContentErrors):
        assert read_library({**GOOD, path: text}).sources[path] == text


@given(st.text(max_size=30))
def test_a_file_of_any_name_is_told_as_a_problem(path: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        read_library({**GOOD, path: "x"})
    assert path in {problem.path for problem in caught.value.problems}


@pytest.mark.parametrize("mark", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_told_as_a_problem(mark: str) -> None:
    with pytest.raises(ContentErrors, match="nested too deeply"):
        read_library({**GOOD, "rubrics/negotiate.yml": mark * 100_000})
