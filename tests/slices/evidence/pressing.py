"""Press a button of a page: what the form around it would send, fields of several values too."""

from __future__ import annotations

import re

_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_INPUT = re.compile(r"<input\b[^>]*>")
_PAIR = re.compile(r'([\w-]+)="([^"]*)"')


def press(html: str, button: str) -> dict[str, list[str]]:
    """Give the hidden fields of the first form that holds a button with these words."""
    for form in _FORM.findall(html):
        if re.search(rf"<button[^>]*>\s*(?:<svg.*?</svg>)?{re.escape(button)}\s*</button>", form, re.DOTALL):
            sent: dict[str, list[str]] = {}
            for tag in _INPUT.findall(form):
                values = dict(_PAIR.findall(tag))
                if values.get("type") == "hidden":
                    sent.setdefault(values["name"], []).append(values.get("value", ""))
            return sent
    raise AssertionError(f"no button {button!r} on the page")
