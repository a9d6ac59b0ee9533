"""Rebuild the vendored browser assets from the packages that vendor.lock.json names.

`make vendor` runs this with fonttools at hand. A version is changed in the lock file; the tarball's integrity is then
printed as a difference to accept: `make vendor ACCEPT=1` writes it.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from vendor_font import write_fonts
from vendor_icons import write_sprite

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "coach/static/vendor/vendor.lock.json"


def main() -> None:
    """Fetch each package, build its files and write their hashes into the lock."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for asset in lock["assets"]:
            package = _fetch(asset, Path(folder))
            _build(asset, package)
            for file in asset["files"]:
                file["sha256"] = hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest()
                print(f"{file['sha256'][:12]}  {(ROOT / file['path']).stat().st_size:>8}  {file['path']}")
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _fetch(asset: dict[str, Any], folder: Path) -> Path:
    """Download and unpack one npm package; refuse one whose integrity is not the locked one."""
    wanted = f"{asset['package']}@{asset['version']}"
    npm = shutil.which("npm") or _stop("npm is needed to fetch the packages (Debian package: npm)")
    command = [npm, "pack", "--silent", wanted, "--pack-destination", str(folder)]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]  # noqa: S603
    tarball = folder / name
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if asset.get("integrity") != integrity:
        if os.environ.get("ACCEPT") != "1":
            _stop(f"{wanted} is {integrity}, the lock says {asset.get('integrity')}; ACCEPT=1 takes it")
        asset["integrity"] = integrity
    target = folder / asset["name"]
    with tarfile.open(tarball) as archive:
        archive.extractall(target)  # noqa: S202 - its hash was checked above; Debian's 3.11.2 knows no filter
    return target / "package"


def _build(asset: dict[str, Any], package: Path) -> None:
    """Copy the files taken as they are; draw the sprite and cut the fonts."""
    for file in asset["files"]:
        target = ROOT / file["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if "from" in file:
            shutil.copyfile(package / file["from"], target)
    if asset["name"] == "lucide":
        write_sprite(package / "icons", ROOT / "coach/static/vendor/icons.svg")
    if asset["name"] == "didim-sans":
        write_fonts(package / "dist/public/variable/PretendardVariable.ttf", ROOT / "coach/static/vendor/fonts")


def _stop(why: str) -> Any:
    raise SystemExit(why)


if __name__ == "__main__":
    main()
