"""The content folder on the disk: its texts byte for byte, and the uploaded files beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from coach.content.problems import ContentErrors, Problem
from coach.words import Message

MEDIA: Final = "media"
"""The folder below the root that holds pictures, sound and video, each named after its id."""
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_folder(root: Path) -> Mapping[str, str]:
    """Read all files below a folder: path with forward slashes -> text, byte for byte.

    Names that begin with a dot and uploaded files are left out. Raises ContentErrors for a folder that is not there
    and for files that are not UTF-8, all of them at once.
    """
    if not root.is_dir():
        message = Message("There is no such folder. Name the folder that holds framework.yml.")
        raise ContentErrors([Problem(str(root), None, message)])
    sources: dict[str, str] = {}
    problems: list[Problem] = []
    for file in sorted(root.rglob("*")):
        place = file.relative_to(root)
        if any(name.startswith(".") for name in place.parts) or place.parts[0] == MEDIA or not file.is_file():
            continue
        try:
            sources[place.as_posix()] = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(place.as_posix(), None, Message("This file is not UTF-8 text. Save it as UTF-8.")))
    if problems:
        raise ContentErrors(problems)
    return sources


def media_files(root: Path) -> Mapping[str, Path]:
    """List the uploaded files of a folder by id: the name without its ending, by which texts refer to them."""
    return {file.stem: file for file in sorted((root / MEDIA).glob("*.*")) if _ID.fullmatch(file.stem)}
