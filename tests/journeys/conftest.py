"""A real server on a database of its own, and browsers to use it with."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask, current_app
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import config
from coach import clock
from coach.accounts.passwords import make_hash
from coach.app import create_app
from coach.db import db, unit_of_work
from coach.demo.people import settle
from coach.demo.story import replay
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.web import catalogue, static_files
from tests import databases
from tests.journeys.server import PASSWORD, Server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def frozen() -> None:
    """Let time pass: server and browser are processes of their own."""


@pytest.fixture(scope="session")
def bare(folder: Path, worker_id: str) -> Iterator[Server]:
    """Serve the cast as it stands before anything happened."""
    with _serving(folder / "bare", f"{worker_id}_bare", _settle) as server:
        yield server


@pytest.fixture(scope="session")
def demo(folder: Path, worker_id: str, testrun_uid: str) -> Iterator[Server]:
    """Serve the demo department after its twelve weeks."""
    kept = folder.parent.parent / f"demo-{testrun_uid}"
    tell = _tell if databases.KIND == "postgresql" else partial(_tell_once, kept)
    with _serving(folder / "demo", f"{worker_id}_demo", tell) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


Enter = Callable[..., Page]


@pytest.fixture
def enter(chromium: Browser) -> Iterator[Enter]:
    """Open a page signed in as a member of the cast; every console error fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(server: Server, who: str | None, *, size: dict[str, int] = DESKTOP, **options: Any) -> Page:
        context = chromium.new_context(viewport=size, locale="en-GB", **options)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)) if not _is_of_the_browser(error) else None)
        if who is not None:
            context.add_cookies([server.cookie_of(who)])  # type: ignore[list-item]
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not complaints, complaints


@contextmanager
def _serving(folder: Path, prefix: str, happen: Callable[[], None]) -> Iterator[Server]:
    folder.mkdir(parents=True)
    made = databases.templates(folder, prefix)
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    database = made.new("journey")
    app = create_app(config.Settings(database_url=database, var=folder, base_url=url))
    _fill(app, folder, happen)
    environment = {**os.environ, "DATABASE_URL": database, "DIDIM_VAR": str(folder), "PORT": str(port)}
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip
    with subprocess.Popen(command, env=environment, cwd=config.HERE) as process:
        try:
            _wait(url)
            yield Server(url, app)
        finally:
            process.terminate()
            process.wait(20)
            made.drop()


def _fill(app: Flask, folder: Path, happen: Callable[[], None]) -> None:
    catalogue.compile_korean()
    static_files.build(folder / "static")
    with app.app_context():
        happen()
        db.session.remove()
        db.engine.dispose()


def _publish() -> None:
    flask_migrate.upgrade()
    with unit_of_work():
        publish(read_folder(config.HERE / "content"), by=None)


def _settle() -> None:
    _publish()
    with unit_of_work():
        settle(clock.today("Asia/Seoul"), password_hash=make_hash(PASSWORD))


def _tell() -> None:
    _publish()
    replay()


def _tell_once(kept: Path) -> None:
    """Let the twelve weeks happen once a run; the worker that comes second takes what they left."""
    here = Path(db.engine.url.database or "")
    var = current_app.config["SETTINGS"].var
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _tell()
            db.session.remove()
            db.engine.dispose()
            shutil.copytree(var, kept / "var")
            shutil.copyfile(here, kept / here.name)
            return
    shutil.copytree(kept / "var", var, dirs_exist_ok=True)
    shutil.copyfile(kept / here.name, here)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:  # noqa: S310 -- loopback
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"no answer at {url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_of_the_browser(error: object) -> bool:
    """Tell what Chromium says where the next key is pressed before a page has faded in: no script of ours is in it."""
    return str(error).startswith("Transition was aborted")
