"""Cut the variable Pretendard font into the two files that Didim serves, under a name of our own.

Pretendard's licence (SIL OFL 1.1) reserves its name for the unmodified font, so a subset must carry another one.
An English page loads the Latin file alone; the browser fetches the Korean one when a page shows Hangul.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Didim Sans"
WEIGHTS = (400, 700)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "case", "tnum"]
NOTICE = (
    "A subset of Pretendard Variable 1.3.9, Copyright (c) 2021 Kil Hyung-jin, with Reserved Font Name Pretendard; "
    "renamed as the SIL Open Font License 1.1 asks."
)
# Latin-1 and the Latin Extended-A letters of European names, then the signs that the pages print.
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "ơƠưƯșȘțȚẞ‐‑–—‘’‚“”„†‡•…‰′″‹›⁄€₩™←↑→↓↗↘−∞≈≠≤≥"),
]
NAME_IDS = {1: FAMILY, 3: "Didim Sans 1.3.9", 4: FAMILY, 6: "DidimSans-Regular", 16: FAMILY, 25: "DidimSans"}
KEPT_NAME_IDS = {0, 2, 5, 8, 9, 13, 14, 17}


def write_fonts(source: Path, folder: Path) -> list[Path]:
    """Write the Latin and the Korean woff2 and the style sheet that names them."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        _write_subset(source, LATIN, folder / "didim-sans-latin.woff2"),
        _write_subset(source, _korean(), folder / "didim-sans-korean.woff2"),
    ]
    sheet = folder / "didim-sans.css"
    sheet.write_text(
        _face("didim-sans-korean.woff2", "U+1100-11FF,U+3000-303F,U+3130-318F,U+AC00-D7A3,U+FF00-FFEF")
        + _face("didim-sans-latin.woff2", _ranges(LATIN)),
        encoding="utf-8",
    )
    return [*written, sheet]


def _korean() -> list[int]:
    """List the 2,350 syllables and the letters of KS X 1001, and East Asian punctuation."""
    syllables = [bytes((lead, trail)).decode("euc_kr") for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF)]
    return [
        *map(ord, syllables),
        *range(0x3131, 0x3164),
        *map(ord, "\u3000、。〈〉《》「」『』【】〔〕〜！（），．：；？～"),
    ]


def _write_subset(source: Path, codepoints: list[int], target: Path) -> Path:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        drop_tables=["DSIG", "STAT"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codepoints)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, updateFontNames=False)
    _rename(font)
    font.flavor = "woff2"
    font.save(target)
    return target


def _rename(font: TTFont) -> None:
    names = font["name"]
    instances = {
        name_id
        for instance in font["fvar"].instances
        for name_id in (instance.subfamilyNameID, instance.postscriptNameID)
    }
    axes = {axis.axisNameID for axis in font["fvar"].axes}
    font["fvar"].instances = []
    names.names = [
        n for n in names.names if n.nameID in KEPT_NAME_IDS | axes and n.nameID not in instances - KEPT_NAME_IDS
    ]
    for name_id, text in NAME_IDS.items():
        names.setName(text, name_id, 3, 1, 0x409)
    names.setName(f"{names.getDebugName(0)}. {NOTICE}", 0, 3, 1, 0x409)


def _face(name: str, ranges: str) -> str:
    return (
        "@font-face {\n"
        f'  font-family: "{FAMILY}";\n'
        f'  src: url("{name}") format("woff2");\n'
        f"  font-weight: {WEIGHTS[0]} {WEIGHTS[1]};\n"
        "  font-style: normal;\n"
        "  font-display: swap;\n"
        f"  unicode-range: {ranges};\n"
        "}\n"
    )


def _ranges(codepoints: list[int]) -> str:
    """Write code points as a CSS unicode-range, neighbours joined."""
    spans: list[list[int]] = []
    for point in sorted(set(codepoints)):
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)
