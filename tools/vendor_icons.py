"""Gather the Lucide icons that Didim uses into one sprite, under the product's own names."""

import xml.etree.ElementTree as ET
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "circle", "rect", "line", "polyline", "polygon", "ellipse"}
# How a shape is painted is the style sheet's matter (class "i"), so only geometry is taken over.
GEOMETRY = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points"}
# The mark stands in a round badge already, so its own ring is left out.
WITHOUT_RING = {"q"}
ICONS = {
    "today": "calendar-check",
    "learn": "book-open",
    "skills": "chart-bar",
    "notes": "message-square-text",
    "team": "users",
    "person": "user",
    "people": "contact-round",
    "search": "search",
    "mic": "mic",
    "quiz": "list-checks",
    "back": "chevron-left",
    "right": "chevron-right",
    "down": "arrow-down",
    "up": "arrow-up",
    "q": "circle-question-mark",
    "clock": "clock",
    "check": "check",
    "lock": "lock",
    "more": "ellipsis",
    "sun": "sun",
    "moon": "moon",
    "x": "x",
    "calendar": "calendar",
    "undo": "undo-2",
    "alert": "triangle-alert",
    "flag": "flag",
    "target": "target",
    "link": "link",
    "download": "download",
    "pencil": "pencil",
    "eye": "eye",
    "home": "house",
    "key": "key-round",
    "shield": "shield",
    "mail": "mail",
    "file": "file-text",
}


def write_sprite(icons: Path, target: Path) -> Path:
    """Write one symbol an icon, on the 24 by 24 grid that Lucide draws on."""
    symbols = "\n".join(_symbol(name, icons / f"{source}.svg") for name, source in ICONS.items())
    head = '<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide icons, ISC licence: lucide.LICENSE.txt -->\n'
    target.write_text(f"{head}{symbols}\n</svg>\n", encoding="utf-8")
    return target


def _symbol(name: str, source: Path) -> str:
    root = ET.parse(source).getroot()  # noqa: S314 - the file comes from a package whose hash is locked
    if root.get("viewBox") != "0 0 24 24":
        raise SystemExit(f"{source.name} is not drawn on a 24 by 24 grid")
    shapes = [_shape(shape) for shape in root if not (name in WITHOUT_RING and shape.tag == f"{SVG}circle")]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def _shape(shape: ET.Element) -> str:
    tag = shape.tag.removeprefix(SVG)
    if tag not in SHAPES:
        raise SystemExit(f"an icon holds a <{tag}>, which the sprite cannot carry")
    attributes = "".join(f' {key}="{value}"' for key, value in shape.items() if key in GEOMETRY)
    return f"<{tag}{attributes}/>"
