"""What changed between two texts, for a person to read."""

from __future__ import annotations

from coach.publishing.differences import Mark, difference

BEFORE = "\n".join(f"line {n}" for n in range(1, 21)) + "\n"


def test_a_changed_line_stands_with_three_around_it_and_its_numbers() -> None:
    found = difference("f", BEFORE, BEFORE.replace("line 10\n", "line ten\nand more\n"))
    assert [(line.mark, line.before, line.after) for line in found.lines] == [
        (Mark.GAP, None, None),
        *((Mark.SAME, n, n) for n in (7, 8, 9)),
        (Mark.OUT, 10, None),
        (Mark.IN, None, 10),
        (Mark.IN, None, 11),
        *((Mark.SAME, n, n + 1) for n in (11, 12, 13)),
    ]
    assert (found.added, found.removed) == (2, 1)


def test_a_new_file_comes_whole_and_one_taken_out_goes_whole() -> None:
    new, gone = difference("f", None, "a\nb\n"), difference("f", "a\nb\n", None)
    assert (new.is_new, new.added, new.removed) == (True, 2, 0)
    assert (gone.is_gone, gone.added, gone.removed) == (True, 0, 2)


def test_the_same_text_has_no_lines() -> None:
    assert difference("f", BEFORE, BEFORE).lines == ()
