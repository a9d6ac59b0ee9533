"""Static files under hashed names, compressed once, served for a year."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

from flask import Flask, current_app, url_for
from whitenoise import WhiteNoise

SOURCE: Final = Path(__file__).resolve().parent.parent / "static"
_COMPRESSED: Final = frozenset({".css", ".js", ".svg", ".json"})
_SERVED: Final = _COMPRESSED | {".woff2", ".png", ".ico", ".webmanifest"}
_HASHED: Final = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_URL_IN_CSS: Final = re.compile(r"url\([\"']?([^)\"']+)[\"']?\)")


def build(target: Path) -> int:
    """Write every static file under a name that holds its hash, with a gzip twin; return how many there are.

    Files that a stylesheet names are hashed first, so that the stylesheet can name them as they are served.
    """
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    names: dict[str, str] = {}
    for path in sorted(_files(), key=lambda p: p.suffix == ".css"):
        name = path.relative_to(SOURCE).as_posix()
        body = path.read_bytes() if path.suffix != ".css" else _with_hashed_urls(path, names)
        names[name] = _write(fresh, name, body)
    (fresh / "names.json").write_text(json.dumps(names, indent=1, sort_keys=True), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return len(names)


def serve(app: Flask, root: Path) -> None:
    """Put WhiteNoise in front of the application for what `build` wrote."""
    if not (root / "names.json").is_file():
        return
    app.config["STATIC_NAMES"] = json.loads((root / "names.json").read_text(encoding="utf-8"))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(root),
        prefix="static/",
        autorefresh=False,
        max_age=60,
        immutable_file_test=lambda _path, url: bool(_HASHED.search(url)),
    )


def url(name: str) -> str:
    """Give the address of a static file, hashed where the files were built."""
    hashed: dict[str, Any] = current_app.config.get("STATIC_NAMES", {})
    return url_for("static", filename=hashed.get(name, name))


def _files() -> list[Path]:
    return [p for p in SOURCE.rglob("*") if p.is_file() and p.suffix in _SERVED and p.name != "vendor.lock.json"]


def _with_hashed_urls(path: Path, names: dict[str, str]) -> bytes:
    folder = path.parent

    def served(match: re.Match[str]) -> str:
        aim = match.group(1)
        if aim.startswith(("data:", "#")):
            return match.group(0)
        name = (folder / aim).resolve().relative_to(SOURCE).as_posix()
        return f"url({'../' * len(path.relative_to(SOURCE).parent.parts)}{names[name]})"

    return _URL_IN_CSS.sub(served, path.read_text(encoding="utf-8")).encode()


def _write(root: Path, name: str, body: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"
    out = root / hashed
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(body)
    if f".{ending}" in _COMPRESSED:
        out.with_name(out.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
    return hashed
