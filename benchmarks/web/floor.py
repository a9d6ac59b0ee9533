"""The floor: a bare Flask app that does the least any such page must do.

`/page`: Flask-Login finds the user with one ORM query, Jinja renders a page of the size asked for. `/write`: one
INSERT, committed with the same durability. Nothing else: no guard, no policy, no second query.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from flask_login import LoginManager, UserMixin, login_required
from jinja2 import Environment
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from coach.engine import driver_options


class Base(DeclarativeBase):
    """Be the base of the floor's two tables."""


class User(UserMixin, Base):
    """Hold somebody who signs in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Note(Base):
    """Hold what a write leaves."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def create_floor() -> Flask:
    """Build the floor on the database named by FLOOR_DATABASE_URL."""
    app = Flask("floor")
    app.secret_key = "floor"
    url = os.environ["FLOOR_DATABASE_URL"]
    engine = sa.create_engine(url, **driver_options(url))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _durable)
    with suppress(sa.exc.OperationalError, sa.exc.IntegrityError):  # the other process was first
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(sa.insert(User).values(id=1, name="Floor"))
    _add_routes(app, engine)
    return app


def _add_routes(app: Flask, engine: sa.Engine) -> None:
    manager = LoginManager(app)
    page = Environment(autoescape=True).from_string(
        "<!doctype html><title>{{ user.name }}</title>"
        "{% for row in rows %}<p>{{ loop.index }} {{ row }}</p>{% endfor %}"
    )

    @manager.request_loader
    def load(_request: Any) -> User | None:
        with Session(engine) as work:
            return work.get(User, 1)

    @app.get("/page")
    @login_required
    def show() -> str:
        size = request.args.get("size", 20_000, int)
        return page.render(
            user=User(name="Floor"),
            rows=["a line of sixty characters, as a list of a page may have one"] * (size // 70),
        )

    @app.post("/write")
    @login_required
    def write() -> str:
        with engine.begin() as connection:
            connection.execute(sa.insert(Note).values(text=request.form.get("text", "")))
        return "ok"


def _durable(raw: Any, _entry: Any) -> None:
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA busy_timeout=15000")


app = create_floor()
