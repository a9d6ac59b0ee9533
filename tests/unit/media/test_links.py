"""What may be linked to: an https address of a host that anybody can look up, and nothing a browser would run."""

from __future__ import annotations

import pytest

from coach.errors import Invalid
from coach.media.links import LONGEST, checked


@pytest.mark.parametrize("link", ["", "https://videos.example/mine?t=3#part", "https://rooms.example:8443/자리"])
def test_an_address_of_a_host_is_taken_as_it_is(link: str) -> None:
    assert checked(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "http://videos.example/",
        "javascript:alert(1)//.https://",
        "//videos.example/",
        "videos.example",
        "https:///mine",
        "https://localhost/",
        "https://[videos.example/",
        "https://me:secret@videos.example/",
        "https://videos.example/a b",
        "https://videos.example/\u202egpj",
        "https://videos.example/\nx",
        "https://videos.example/" + "a" * LONGEST,
    ],
)
def test_whatever_else_a_browser_might_follow_is_refused(link: str) -> None:
    with pytest.raises(Invalid, match="https") as refused:
        checked(link)
    assert refused.value.field == "link"
