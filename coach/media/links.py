"""What people link to instead of sending it: a video, a room on the net."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from coach.errors import Invalid
from coach.words import Message

LONGEST: Final = 500


def checked(link: str) -> str:
    """Give an https address of a host as it is, or nothing; whatever else a browser might follow is refused."""
    if link and not _is_plain(link):
        raise Invalid(Message("Give an address that begins with https://."), field="link")
    return link


def _is_plain(link: str) -> bool:
    try:
        parts = urlsplit(link)
        named = parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        return False
    return named and len(link) <= LONGEST and link.isprintable() and " " not in link
