"""The floor: a bare Flask app of the same libraries that does the least any such page must do.

`/page`: Flask-Login finds the user of the signed cookie with one ORM query of Flask-SQLAlchemy, Jinja renders a page
of the size asked for. `/write`: one INSERT, committed with the same durability. Nothing else: no guard, no policy, no
second query, unless as many are asked for (`statements`) as the page that is compared with it sends.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, request
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from coach.engine import driver_options

PAGE = (
    "<!doctype html><title>{{ current_user.name }}</title>"
    "{% for row in rows %}<p>{{ loop.index }} {{ row }}</p>{% endfor %}"
)


class Base(DeclarativeBase):
    """Be the base of the floor's two tables."""


db = SQLAlchemy(model_class=Base)


class User(UserMixin, db.Model):  # type: ignore[name-defined,misc]
    """Hold somebody who signs in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Note(db.Model):  # type: ignore[name-defined,misc]
    """Hold what a write leaves."""

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def create_floor() -> Flask:
    """Build the floor on the database named by FLOOR_DATABASE_URL."""
    app = Flask("floor")
    app.secret_key = "floor"
    app.jinja_loader = DictLoader({"page.html": PAGE})  # type: ignore[assignment]
    url = os.environ["FLOOR_DATABASE_URL"]
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=driver_options(url))
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sa.event.listen(db.engine, "connect", _durable)
        with suppress(sa.exc.OperationalError, sa.exc.IntegrityError):  # the other process was first
            db.create_all()
            with db.engine.begin() as connection:
                connection.execute(sa.insert(User).values(id=1, name="Floor"))
    _add_routes(app)
    return app


def _add_routes(app: Flask) -> None:
    @LoginManager(app).user_loader
    def load(number: str) -> User | None:
        return db.session.get(User, int(number))

    @app.get("/sign-in")
    def sign_in() -> str:
        login_user(db.session.get_one(User, 1))
        return "ok"

    @app.get("/page")
    @login_required
    def show() -> str:
        size = request.args.get("size", 20_000, int)
        for _ in range(_more()):
            db.session.execute(sa.select(User).where(User.id == 1)).all()
        rows = ["a line of sixty characters, as a list of a page may have one"] * (size // 70)
        return render_template("page.html", rows=rows)

    @app.post("/write")
    @login_required
    def write() -> str:
        with db.engine.begin() as connection:
            for _ in range(1 + _more()):
                connection.execute(sa.insert(Note).values(text=request.form.get("text", "")))
        return "ok"


def _more() -> int:
    return request.args.get("statements", 1, int) - 1


def _durable(raw: Any, _entry: Any) -> None:
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA busy_timeout=15000")


app = create_floor()
