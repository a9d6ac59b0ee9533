"""What an e-mail address looks like, wherever one is typed or read: forms, the roster, the command."""

from __future__ import annotations

import re
from typing import Final

_SHAPE: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


def is_address(text: str) -> bool:
    """Tell whether a text can be an address; whether mail arrives there, only a mail tells."""
    return _SHAPE.fullmatch(text) is not None
