"""Where mail leaves the house: a directory to look into, or an SMTP server."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 15


class Postbox(Protocol):
    """Take a mail, or raise where it cannot be taken."""

    def take(self, mail: EmailMessage) -> None:
        """Take one mail."""


@dataclass(frozen=True, slots=True)
class Sink:
    """Write each mail to a file of its own: for trying Didim out, and for tests."""

    folder: Path

    def take(self, mail: EmailMessage) -> None:
        """Write the mail whole or not at all; only the owner may read it, since it may hold a link."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = str(mail["Message-ID"]).strip("<>").split("@")[0] + ".eml"
        half = self.folder / f".{name}"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(mail.as_bytes())
        half.replace(self.folder / name)


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hand each mail to an SMTP server; a password never goes over an open line."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool

    def take(self, mail: EmailMessage) -> None:
        """Hand over one mail."""
        with self._connect() as server:
            server.send_message(mail)

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            self._introduce(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo()
        if not self.encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not self.encrypted and self.user:
            raise smtplib.SMTPNotSupportedError("the server offers no encryption: use smtps://, or leave the user out")
        if self.user:
            server.login(self.user, self.password)


def postbox(mail_url: str, var: Path) -> Postbox:
    """Choose the postbox by setting: smtp(s)://user:password@host:port, a directory where it is empty."""
    if not mail_url:
        return Sink(var / "mail")
    parts = urlsplit(mail_url)
    encrypted = parts.scheme == "smtps"
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("DIDIM_MAIL_URL is not one we know: use smtp://user:password@host:587 or smtps://host:465.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname, parts.port or (465 if encrypted else 587), user, password, encrypted)
