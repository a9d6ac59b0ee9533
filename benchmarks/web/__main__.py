"""Measure the pages of the loop against the floor and print ratios: `python -m benchmarks.web [answers per page]`.

Both servers are granian with two processes of four threads, on loopback, each with a database of its own on the same
disk. A ratio of 1.5 in requests means that the floor answers 1.5 times as many; noise moves the ratio of CPU least.
The goal is read from the floor of one statement. The last column (answers / CPU) compares with a floor that sends as
many statements as the page: what is beyond 1 there is our own work, the rest of the goal's column is asking. The
empty search asks for nothing but who is signed in: so much the frame of every page costs.
"""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

import config
from benchmarks.web.load import Measured, Request, measure
from coach.accounts.services import start_session
from coach.app import create_app
from coach.assessments.models import Attempt
from coach.db import db, unit_of_work
from coach.demo.cast import DOMAIN
from coach.demo.story import replay
from coach.people.models import Person
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.web import catalogue, static_files

QUIZ = "oc-reason-in-ten-seconds-check"
PAGES = (
    ("sign-in page", None, "/sign-in"),
    ("empty search", "jiwoo", "/search"),
    ("Today of a rep", "jiwoo", "/"),
    ("Today of a manager", "sora", "/"),
    ("lesson", "jiwoo", "/lessons/an-ask-before-you-quote"),
    ("team page", "sora", "/team"),
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    """Run the benchmark."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as folder:
        app = _filled(Path(folder))
        with (
            _serving("wsgi:app", Path(folder), app) as (port, pid),
            _serving("benchmarks.web.floor:app", Path(folder), app) as floor,
        ):
            print(
                f"{'':20}{'bytes':>7}{'SQL':>6}{'answers/s':>11}{'p95 ms':>8}{'CPU ms':>8}"
                f"{'x floor answers':>17}{'x floor CPU':>13}{'of as many statements':>23}"
            )
            signed_in = _floor_cookie(floor[0])
            for name, who, path in PAGES:
                cookie = _cookie(app, who)
                size, sent = len(_body(port, path, cookie)), _statements(app, "GET", path, {}, cookie)
                bare = f"/page?size={size}"
                paths = (bare, f"{bare}&statements={max(sent, 1)}")
                floors = [measure(*floor, _getter(each, signed_in), count=count) for each in paths]
                _line(name, (size, sent), measure(port, pid, _getter(path, cookie), count=count), *floors)
            for name, sent, request in (("quiz answer", *_answer(app, port)), ("coaching log save", *_log(app, port))):
                paths = ("/write", f"/write?statements={sent}")
                floors = [measure(*floor, _writer(each, signed_in), count=count) for each in paths]
                _line(name, (0, sent), measure(port, pid, request, count=count), *floors)


def _line(name: str, page: tuple[int, int], ours: Measured, least: Measured, alike: Measured) -> None:
    """Print one line; `page` holds bytes and statements, `alike` the floor that sends as many statements."""
    print(
        f"{name:20}{page[0]:>7}{page[1]:>6}{ours.per_second:>11.0f}{ours.p95_ms:>8.1f}{ours.cpu_ms:>8.2f}"
        f"{least.per_second / ours.per_second:>17.2f}{ours.cpu_ms / max(least.cpu_ms, 1e-9):>13.2f}"
        f"{alike.per_second / ours.per_second:>17.2f} / {ours.cpu_ms / max(alike.cpu_ms, 1e-9):.2f}"
    )


def _getter(path: str, cookie: str) -> Request:
    def get(connection: http.client.HTTPConnection, _number: int) -> int:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return get


def _writer(path: str, cookie: str) -> Request:
    return lambda connection, number: _send(connection, path, {"text": f"note {number}"}, cookie)


def _statements(app: Flask, method: str, path: str, fields: dict[str, str], cookie: str) -> int:
    """Count what one answer sends, in an application of this process on the same database."""
    sent: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        sent.append(statement)

    for _ in range(2):  # what is kept once a process is read by the first
        sent.clear()
        sa.event.listen(engine, "before_cursor_execute", note)
        app.test_client(use_cookies=False).open(path, method=method, data=fields, headers={"Cookie": cookie})
        sa.event.remove(engine, "before_cursor_execute", note)
        fields = {**fields, "form_key": secrets.token_urlsafe(24)}
    return sum(not statement.startswith("BEGIN") for statement in sent)


def _answer(app: Flask, port: int) -> tuple[int, Request]:
    cookie = _cookie(app, "yuna")
    page = _body(port, f"/checks/{QUIZ}", cookie)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    begin = {"csrf_token": _token(page), "form_key": secrets.token_urlsafe(24)}
    _send(connection, f"/checks/{QUIZ}", begin, cookie)
    with app.app_context():
        number = db.session.scalars(
            sa.select(Attempt.id).where(Attempt.quiz_id == QUIZ, Attempt.submitted_at.is_(None))
        ).one()
    token = _token(_body(port, f"/attempts/{number}", cookie))

    def fields(answer: int) -> dict[str, str]:
        return {"csrf_token": token, "form_key": secrets.token_urlsafe(24), "answer": "ab"[answer % 2]}

    return _filling(app, f"/attempts/{number}/answers/1", fields, cookie)


def _filling(app: Flask, path: str, fields: Callable[[int], dict[str, str]], cookie: str) -> tuple[int, Request]:
    """Count the statements of a form and give what sends it."""
    sent = _statements(app, "POST", path, fields(0), cookie)
    return sent, lambda connection, number: _send(connection, path, fields(number), cookie)


def _log(app: Flask, port: int) -> tuple[int, Request]:
    cookie = _cookie(app, "sora")
    with app.app_context():
        people = [str(p) for p in db.session.scalars(sa.select(Person.id).where(Person.email.in_(_reports())))]
    token = _token(_body(port, f"/coaching/new?person={people[0]}", cookie))

    def fields(number: int) -> dict[str, str]:
        return {
            "csrf_token": token,
            "form_key": secrets.token_urlsafe(24),
            "person": people[number % len(people)],
            "setting": "call",
            "held_on": time.strftime("%Y-%m-%d"),
            "due": "next_call",
            "rate-open-a-call": str(1 + number % 4),
        }

    return _filling(app, "/coaching/new", fields, cookie)


def _reports() -> list[str]:
    return [f"{key}@{DOMAIN}" for key in ("hana", "rian", "yuna", "taemin", "eunbi")]


def _send(connection: http.client.HTTPConnection, path: str, fields: dict[str, str], cookie: str) -> int:
    connection.request("POST", path, urlencode(fields), {**FORM, "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _body(port: int, path: str, cookie: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    return connection.getresponse().read().decode()


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("no form on the page")
    return found.group(1)


def _cookie(app: Flask, who: str | None) -> str:
    if who is None:
        return ""
    with app.app_context(), unit_of_work() as work:
        person = work.scalars(sa.select(Person.id).where(Person.email == f"{who}@{DOMAIN}")).one()
        token = start_session(person, hours=2)
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    # a fixed CSRF seed lets one token serve every request of this browser
    return f"didim={signer.dumps({'_user_id': token, '_fresh': True, 'csrf_token': 'b' * 40})}"


def _floor_cookie(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/sign-in")
    return (connection.getresponse().getheader("Set-Cookie") or "").partition(";")[0]


def _filled(folder: Path) -> Flask:
    app = create_app(config.Settings(database_url=f"sqlite:///{folder / 'didim.db'}", var=folder))
    static_files.build(folder / "static")
    catalogue.compile_korean()
    with app.app_context():
        flask_migrate.upgrade()
        with unit_of_work():
            publish(read_folder(config.HERE / "content"), by=None)
        replay()
        db.engine.dispose()
    return app


@contextmanager
def _serving(target: str, folder: Path, app: Flask) -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ,
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "DIDIM_VAR": str(folder),
        "FLOOR_DATABASE_URL": f"sqlite:///{folder / 'floor.db'}",
    }
    command = [
        str(Path(sys.executable).parent / "granian"),
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        target,
    ]
    with subprocess.Popen(command, env=environment, cwd=config.HERE) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            time.sleep(1.0)
            yield port, process.pid
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
