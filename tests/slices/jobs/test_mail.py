"""Mail: what it says, where it goes, and what it never holds."""

from __future__ import annotations

import email
import re
import socketserver
import threading
from dataclasses import replace
from email import policy

import pytest
import sqlalchemy as sa

from coach.accounts.services import mail_link
from coach.db import session, unit_of_work
from coach.jobs.delivery import deliver_due
from coach.jobs.models import OutboxMessage
from coach.jobs.services import send_later
from coach.notifications.letters import LETTERS
from coach.notifications.mail import send
from coach.people.queries import person
from coach.people.services import deactivate


@pytest.fixture
def var(app, tmp_path):
    """Give this test a place of its own for what is written."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], var=tmp_path)
    return tmp_path


@pytest.fixture
def mails(var):
    """Read the mails in the sink."""

    def read():
        return [
            email.message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted((var / "mail").glob("*.eml"))
        ]

    return read


class Server(socketserver.ThreadingTCPServer):
    """Be an SMTP server on this machine that keeps what it is given, or turns it away."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, refuses):
        super().__init__(("127.0.0.1", 0), Talk)
        self.refuses, self.kept = refuses, []


class Talk(socketserver.StreamRequestHandler):
    """Speak enough SMTP to take a mail."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.take()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("451 try later" if word == b"MAIL" and self.server.refuses else "250 ok")

    def take(self):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.kept.append(b"".join(lines))
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def smtp(app, var):
    """Run the server, and let the settings point at it."""
    with Server(refuses=False) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        app.config["SETTINGS"] = replace(
            app.config["SETTINGS"], mail_url=f"smtp://127.0.0.1:{server.server_address[1]}"
        )
        yield server
        server.shutdown()
        thread.join()


def test_a_reset_mail_holds_one_link_that_is_built_from_the_base_address(app, cast, mails, browser):
    with unit_of_work():
        mail_link(person(cast("jiwoo")), by=None, purpose="reset")
    assert deliver_due(send) == 1
    (mail,) = mails()
    links = re.findall(r"https?://\S+", mail.get_content())
    assert mail["To"] == "Jiwoo Park <jiwoo@hanbit-office.example>"
    assert len(links) == 1
    assert links[0].startswith(app.config["BASE_URL"] + "/reset/")
    assert "Set a new password" in browser().get(links[0].removeprefix(app.config["BASE_URL"])).text


def test_a_host_header_changes_no_link(app, cast, mails, browser):
    visitor = browser()
    visitor.get("/reset", headers={"Host": "evil.example"})
    visitor.post("/reset", {"email": "jiwoo@hanbit-office.example"}, headers={"Host": "evil.example"})
    deliver_due(send)
    assert "evil.example" not in mails()[0].as_string()


def test_mail_comes_in_the_language_of_the_person(cast, mails, app):
    with unit_of_work():
        person(cast("jiwoo")).language = "ko"
        send_later("assignment_made", to=cast("jiwoo"), assignment="1")
    deliver_due(send)
    (mail,) = mails()
    assert "지우" in mail.get_content()
    assert "Hello" not in mail.get_content()


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_every_kind_of_mail_is_a_sentence_and_a_link_without_a_figure_about_the_person(kind, cast, mails):
    with unit_of_work():
        named = ("assignment", "certificate", "draft", "finding", "person", "skill", "work", "workshop")
        records = dict.fromkeys(named, "01900000-0000-7000-8000-000000000000")
        send_later(kind, to=cast("sora"), token="t" * 20, **records)
    assert deliver_due(send) == 1
    text = re.sub(r"https?://\S+", "", mails()[0].get_content())
    assert not re.search(r"\d\.\d|%|level|score|rating", text)


def test_a_person_who_left_gets_no_mail(cast, mails):
    with unit_of_work():
        send_later("recheck_due", to=cast("hana"))
        deactivate(person(cast("hana")), by=None)
    assert deliver_due(send) == 0
    assert mails() == []
    assert session().scalar(sa.select(OutboxMessage.failed_at).where(OutboxMessage.kind == "recheck_due")) is not None


def test_mail_goes_to_the_smtp_server_that_is_set(smtp, cast):
    with unit_of_work():
        send_later("recheck_due", to=cast("jiwoo"))
    assert deliver_due(send) == 1
    mail = email.message_from_bytes(smtp.kept[0], policy=policy.default)
    assert mail["Subject"] == "A short check is ready for you"


def test_a_mail_that_the_server_turns_away_is_tried_again(smtp, cast, frozen):
    with unit_of_work():
        send_later("recheck_due", to=cast("jiwoo"))
    smtp.refuses = True
    assert deliver_due(send) == 0
    smtp.refuses = False
    frozen.shift(60)
    assert deliver_due(send) == 1
    assert len(smtp.kept) == 1


def test_a_password_never_goes_over_an_open_line(app, smtp, cast):
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, mail_url=settings.mail_url.replace("//", "//user:secret@"))
    with unit_of_work():
        send_later("recheck_due", to=cast("jiwoo"))
    assert deliver_due(send) == 0
    assert smtp.kept == []
