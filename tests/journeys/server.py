"""A server under test: where it listens, who can come in, and the database beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page

from coach.accounts.services import start_session
from coach.db import session, unit_of_work
from coach.demo.cast import DOMAIN
from coach.demo.story import PASSWORD
from coach.people.models import Person

__all__ = ["PASSWORD", "Server", "sign_in"]


@dataclass(frozen=True, slots=True)
class Server:
    """Hold where a server listens, and an application on the same database."""

    url: str
    app: Flask

    def cookie_of(self, who: str) -> dict[str, str]:
        """Start a session for a member of the cast and give the cookie that a browser would hold."""
        person = self.id_of(who)
        with self.app.app_context(), unit_of_work():
            token = start_session(person, hours=12)
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        value = signer.dumps({"_user_id": token, "_fresh": True})
        return {"name": "didim", "value": str(value), "url": self.url}

    def id_of(self, who: str) -> uuid.UUID:
        """Give the id of a member of the cast."""
        with self.app.app_context():
            return session().scalars(sa.select(Person.id).where(Person.email == f"{who}@{DOMAIN}")).one()


def sign_in(page: Page, server: Server, who: str) -> None:
    """Sign in through the form."""
    page.goto(f"{server.url}/sign-in")
    page.fill("input[name=email]", f"{who}@{DOMAIN}")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{server.url}/")
