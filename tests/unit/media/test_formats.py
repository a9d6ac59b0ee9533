"""A file is what its first bytes say, whatever its name is."""

from __future__ import annotations

import pytest

from coach.media.formats import (
    GIF,
    JPEG,
    M4A,
    MP3,
    MP4,
    OGA,
    OGV,
    PDF,
    PNG,
    WAV,
    WEBA,
    WEBM,
    WEBP,
    Format,
    Kind,
    names,
    sniff,
)

EBML = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84"
HEADS: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PNG),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
    (b"GIF89a\x01\x00", GIF),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", WEBP),
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", WAV),
    (b"%PDF-1.7\n", PDF),
    (b"ID3\x04\x00\x00", MP3),
    (b"\xff\xfb\x90\x64", MP3),
    (b"\x00\x00\x00\x20ftypM4A \x00\x00", M4A),
    (b"\x00\x00\x00\x20ftypiso5\x00\x00hdlr\x00soun", M4A),
    (b"\x00\x00\x00\x20ftypmp42\x00\x00hdlr\x00vide hdlr\x00soun", MP4),
    (b"OggS\x00\x02\x00\x00OpusHead", OGA),
    (b"OggS\x00\x02\x00\x00\x80theora", OGV),
    (EBML + b"webm" + bytes(80) + b"V_VP9 A_OPUS", WEBM),
    (EBML + b"webm" + bytes(80) + b"A_OPUS", WEBA),
    (EBML + b"matroska" + bytes(80) + b"V_MPEG4/ISO/AVC", WEBM),
)
HOSTILE = (
    b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    b"<?xml version='1.0'?><svg/>",
    b"<!doctype html><script>alert(1)</script>",
    b"\xef\xbb\xbf<html>",
    b"PK\x03\x04",
    b"MZ\x90\x00",
    b"\x7fELF",
    b"#!/bin/sh",
    b" %PDF-1.7",
    b"\xff\xfe<\x00h\x00t\x00m\x00l\x00",
    b"RIFF\x24\x00\x00\x00AVI LIST",
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1",
    EBML + b"other",
    EBML + b"webm" + bytes(80) + b"V_UNCOMPRESSED",
    b"",
)


@pytest.mark.parametrize(("head", "wanted"), HEADS, ids=lambda value: getattr(value, "name", ""))
def test_a_format_is_told_by_its_first_bytes(head: bytes, wanted: Format) -> None:
    assert sniff(head) is wanted


@pytest.mark.parametrize("head", HOSTILE)
def test_what_could_run_or_is_not_known_is_no_format(head: bytes) -> None:
    assert sniff(head) is None


def test_each_format_is_named_once() -> None:
    assert names([Kind.SOUND, Kind.VIDEO]) == "MP3, WAV, M4A, MP4, OGG, WebM"
