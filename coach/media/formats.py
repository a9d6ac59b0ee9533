"""What a file is, told by its own first bytes: neither its name nor what the browser says of it is believed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HEAD: Final = 4096
"""How many of the first bytes are looked at."""


class Kind(StrEnum):
    """Name what a file is to a person."""

    PICTURE = "picture"
    SOUND = "sound"
    VIDEO = "video"
    DOCUMENT = "document"


RECORDINGS: Final = frozenset({Kind.SOUND, Kind.VIDEO})


@dataclass(frozen=True, slots=True)
class Format:
    """Hold one file format that is taken."""

    name: str
    kind: Kind
    content_type: str
    extension: str


PNG: Final = Format("PNG", Kind.PICTURE, "image/png", "png")
JPEG: Final = Format("JPEG", Kind.PICTURE, "image/jpeg", "jpg")
GIF: Final = Format("GIF", Kind.PICTURE, "image/gif", "gif")
WEBP: Final = Format("WebP", Kind.PICTURE, "image/webp", "webp")
PDF: Final = Format("PDF", Kind.DOCUMENT, "application/pdf", "pdf")
MP3: Final = Format("MP3", Kind.SOUND, "audio/mpeg", "mp3")
WAV: Final = Format("WAV", Kind.SOUND, "audio/wav", "wav")
M4A: Final = Format("M4A", Kind.SOUND, "audio/mp4", "m4a")
MP4: Final = Format("MP4", Kind.VIDEO, "video/mp4", "mp4")
OGA: Final = Format("OGG", Kind.SOUND, "audio/ogg", "oga")
OGV: Final = Format("OGG", Kind.VIDEO, "video/ogg", "ogv")
WEBA: Final = Format("WebM", Kind.SOUND, "audio/webm", "weba")
WEBM: Final = Format("WebM", Kind.VIDEO, "video/webm", "webm")
FORMATS: Final = (PNG, JPEG, GIF, WEBP, PDF, MP3, WAV, M4A, MP4, OGA, OGV, WEBA, WEBM)

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"ID3", MP3),
)
_RIFF: Final = {b"WEBP": WEBP, b"WAVE": WAV}
_MPEG_FRAME: Final = re.compile(rb"\xff[\xfa\xfb\xf2\xf3]")  # sync, MPEG 1 or 2, layer III
_SOUND_BRANDS: Final = frozenset({b"M4A ", b"M4B "})
_PICTURE_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
_WEBM_PICTURE: Final = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG4/ISO/AVC")


def sniff(head: bytes) -> Format | None:
    """Tell the format from the first bytes of a file; None for what is not taken."""
    for start, form in _STARTS:
        if head.startswith(start):
            return form
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _mp4(head)
    if head[:4] == b"OggS":
        return OGV if b"theora" in head[:HEAD] else OGA
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _matroska(head)
    return MP3 if _MPEG_FRAME.match(head) else None


def names(kinds: Collection[Kind]) -> str:
    """List the formats of some kinds, for a sentence."""
    return ", ".join(dict.fromkeys(form.name for form in FORMATS if form.kind in kinds))


def by_content_type(content_type: str) -> Format:
    """Find the format that was stored under a content type."""
    return next(form for form in FORMATS if form.content_type == content_type)


def _mp4(head: bytes) -> Format | None:
    """Tell a sound in an MP4 box from a video: by its brand, else by the handlers of its tracks.

    A phone's pictures come in such a box too; few browsers show them, and none plays them.
    """
    if head[8:12] in _PICTURE_BRANDS:
        return None
    tracks = head[:HEAD]
    only_sound = b"soun" in tracks and b"vide" not in tracks
    return M4A if head[8:12] in _SOUND_BRANDS or only_sound else MP4


def _matroska(head: bytes) -> Format | None:
    """Take WebM, and what a browser's recorder writes as Matroska; a film in another codec plays nowhere."""
    if b"webm" not in head[:64] and b"matroska" not in head[:64]:
        return None
    if any(codec in head[:HEAD] for codec in _WEBM_PICTURE):
        return WEBM
    return WEBA if b"A_OPUS" in head[:HEAD] or b"A_VORBIS" in head[:HEAD] else None
