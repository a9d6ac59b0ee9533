"""Check the shipped library, publish a large one, compare with the floor: `python -m benchmarks.publishing [modules]`.

The floor reads the same bytes and lets libyaml make values of the YAML files: no check, no Markdown, no database.
Seconds are those of the clock; CPU seconds, of this process and its children, say more on a busy machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import yaml
from flask import Flask

import config
from benchmarks.publishing import library
from coach.app import create_app
from coach.content.library import read_library
from coach.db import unit_of_work
from coach.publishing.folder import read_folder
from coach.publishing.services import publish_folder

CONTENT = Path(__file__).parents[2] / "content"
MODULES, ITEMS_A_MODULE = 1000, 20


@dataclass(slots=True)
class Took:
    """Hold what something took, in seconds."""

    clock: float = 0.0
    cpu: float = 0.0


def main() -> None:
    """Run the benchmark."""
    modules = int(sys.argv[1]) if len(sys.argv) > 1 else MODULES
    shipped = read_library(read_folder(CONTENT))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _check(folder)
        big = library.enlarged(shipped, modules=modules, items=modules * ITEMS_A_MODULE)
        library.write(big, folder / "big")
        lessons, items = modules * library.A_MODULE, modules * ITEMS_A_MODULE
        print(f"{modules} modules, {lessons} lessons, {items} items, {len(big)} files")
        _publish(folder)
    print(f"largest memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _check(folder: Path) -> None:
    with _taking() as floor:
        _floor(CONTENT)
    with _taking() as inside:
        read_library(read_folder(CONTENT))
    _line("shipped library, floor", floor, floor)
    _line("shipped library, read and checked", inside, floor)
    with _taking() as command:
        _flask("content", "check", var=folder)
    _line("flask content check, whole command", command, floor)


def _publish(folder: Path) -> None:
    with _taking() as floor:
        _floor(folder / "big")
    _line("large library, floor", floor, floor)
    app = create_app(config.Settings(database_url=f"sqlite:///{folder / 'didim.db'}", var=folder))
    with app.app_context():
        flask_migrate.upgrade()
        for name in ("publish", "publish again, nothing changed"):
            with _taking() as took:
                _bring(folder / "big")
            _line(name, took, floor)
    _again(app, folder, floor)


def _bring(folder: Path) -> None:
    began = time.perf_counter()

    def progress(done: int, total: int) -> None:
        if done == total or done % 20_000 < 1000:
            print(f"    {time.perf_counter() - began:6.1f} s  {done} of {total}", flush=True)

    with unit_of_work():
        publish_folder(read_folder(folder), progress=progress)


def _again(app: Flask, folder: Path, floor: Took) -> None:
    """Publish once more after one lesson changed."""
    changed = next((folder / "big").glob("modules/module-0000/lessons/*.en.md"))
    changed.write_text(changed.read_text().rstrip() + " Once more.\n")
    with app.app_context(), _taking() as took:
        _bring(folder / "big")
    _line("publish again, one lesson changed", took, floor)


def _floor(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".yml":
                yaml.load(data, Loader=yaml.CSafeLoader)


def _flask(*words: str, var: Path) -> None:
    environment = {**os.environ, "DIDIM_VAR": str(var)}
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *words], check=True, env=environment)


@contextmanager
def _taking() -> Iterator[Took]:
    took = Took()
    clock, cpu = time.perf_counter(), _cpu()
    yield took
    took.clock, took.cpu = time.perf_counter() - clock, _cpu() - cpu


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def _line(name: str, took: Took, floor: Took) -> None:
    print(f"{name:38}{took.clock:8.2f} s{took.cpu:8.2f} s CPU{took.cpu / floor.cpu:8.1f} x floor", flush=True)


if __name__ == "__main__":
    main()
