"""What production refuses to start with, each in one sentence that says what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from flask import Flask

import config
from coach.app import create_app
from coach.cli import refuse_demo
from coach.db import db

SAFE: Final = {
    "DIDIM_ENV": "production",
    "DIDIM_SECRET_KEY": "q8Zr-41kd_LmWx07tYvB2nHsPe95uJcA",
    "DATABASE_URL": "postgresql://didim@db.example/didim",
    "DIDIM_BASE_URL": "https://didim.example",
}
UNSAFE: Final = (
    ({"DIDIM_SECRET_KEY": None}, "DIDIM_SECRET_KEY is not set"),
    ({"DIDIM_SECRET_KEY": config.DEVELOPMENT_SECRET}, "DIDIM_SECRET_KEY is not set"),
    ({"DIDIM_SECRET_KEY": "short"}, "DIDIM_SECRET_KEY is too weak"),
    ({"DIDIM_SECRET_KEY": "a" * 64}, "DIDIM_SECRET_KEY is too weak"),
    ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
    ({"DATABASE_URL": "mysql://didim@db.example/didim"}, "DATABASE_URL is not one we know"),
    ({"DATABASE_URL": "didim.db"}, "DATABASE_URL is not one we know"),
    ({"DATABASE_URL": "sqlite:////srv/what?/didim.db"}, "The path of the database holds a question mark"),
    ({"FLASK_DEBUG": "1"}, "Debug mode is on"),
    ({"FLASK_DEBUG": "true"}, "Debug mode is on"),
    ({"DIDIM_BASE_URL": "http://didim.example"}, "DIDIM_BASE_URL is not an https address"),
    ({"DIDIM_BASE_URL": None}, "DIDIM_BASE_URL is not an https address"),
    ({"DIDIM_ENV": "prod"}, "DIDIM_ENV is 'prod'"),
    ({"DIDIM_SESSION_HOURS": "twelve"}, "DIDIM_SESSION_HOURS is 'twelve'"),
    ({"DIDIM_SESSION_HOURS": "0"}, "DIDIM_SESSION_HOURS is '0'"),
    ({"DIDIM_SESSION_HOURS": "99999999999"}, "DIDIM_SESSION_HOURS is '99999999999'"),
)


def test_a_safe_production_start_is_taken_as_it_is_given() -> None:
    settings = config.from_environment(SAFE)
    assert settings.is_production
    assert settings.secure_cookies
    assert settings.database_url == "postgresql+psycopg://didim@db.example/didim"


@pytest.mark.parametrize(("change", "reason"), UNSAFE, ids=[reason for _, reason in UNSAFE])
def test_production_refuses_an_unsafe_setting_in_one_sentence(change: dict[str, str | None], reason: str) -> None:
    values = {name: value for name, value in {**SAFE, **change}.items() if value is not None}
    with pytest.raises(config.Refused, match=re.escape(reason)) as refused:
        config.from_environment(values)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert len(re.findall(r"\.(?:\s|$)", sentence)) == 1, f"one sentence, please: {sentence}"
    secret = values.get("DIDIM_SECRET_KEY")
    assert not secret or secret not in sentence, "a refusal does not repeat the secret"


def test_development_starts_with_nothing_set() -> None:
    settings = config.from_environment({})
    assert not settings.is_production
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("didim.db")


def test_a_variable_that_is_empty_counts_as_not_set() -> None:
    names = re.findall(r"`([A-Z][A-Z_]+)`", (config.HERE / "README.md").read_text("utf-8"))
    assert config.from_environment(dict.fromkeys(names, "")) == config.from_environment({})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_every_spelling_of_postgresql_means_the_same_driver(scheme: str) -> None:
    settings = config.from_environment({"DATABASE_URL": f"{scheme}://didim@db.example/didim"})
    assert settings.database_url == "postgresql+psycopg://didim@db.example/didim"


@pytest.mark.parametrize(
    ("said", "path"), [("var/didim.db", config.HERE / "var" / "didim.db"), ("/srv/didim.db", Path("/srv/didim.db"))]
)
def test_the_path_of_a_sqlite_database_is_the_one_that_was_said(said: str, path: Path, folder: Path) -> None:
    url = config.from_environment({**SAFE, "DATABASE_URL": f"sqlite:///{said}"}).database_url
    app = create_app(config.Settings(database_url=url, var=folder, testing=True, secret_key="for tests only " * 3))
    with app.app_context():
        assert Path(db.engine.url.database or "") == path


def test_settings_never_print_a_secret() -> None:
    settings = config.from_environment({**SAFE, "DIDIM_MAIL_URL": "smtp://user:letmein@mail.example"})
    assert SAFE["DIDIM_SECRET_KEY"] not in repr(settings)
    assert "letmein" not in repr(settings)


def test_production_refuses_a_database_that_holds_demo_accounts(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], env="production")
    told = app.test_cli_runner().invoke(args=["ready"])
    assert told.exit_code == 1
    assert "This database holds demo accounts" in told.output
    assert "Traceback" not in told.output


def test_the_first_start_of_production_makes_its_database_on_a_machine_that_has_none(folder: Path) -> None:
    var = folder / "not made yet"
    environment = {**os.environ, **SAFE, "DIDIM_VAR": str(var), "DATABASE_URL": f"sqlite:///{var}/didim.db"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "ready"]
    with subprocess.Popen(command, cwd=config.HERE, env=environment, stderr=subprocess.PIPE, text=True) as ready:
        told = ready.communicate(timeout=120)[1]
    assert (ready.returncode, told) == (0, "")
    assert (var / "didim.db").is_file()
    assert var.stat().st_mode & 0o077 == 0, "what is kept of people is for nobody else on the machine"


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(folder: Path) -> None:
    in_the_way = folder / "a file and no folder"
    in_the_way.write_text("")
    environment = {**os.environ, **SAFE, "DIDIM_VAR": str(in_the_way / "var")}
    environment["DATABASE_URL"] = f"sqlite:///{folder}/nothing.db"
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "ready"]
    with subprocess.Popen(command, cwd=config.HERE, env=environment, stderr=subprocess.PIPE, text=True) as ready:
        told = ready.communicate(timeout=120)[1]
    assert ready.returncode == 1
    assert re.fullmatch(r"Didim does not start: .*Not a directory.*\n", told)


def test_a_database_that_does_not_answer_is_told_in_one_sentence(folder: Path) -> None:
    nowhere = "postgresql+psycopg://didim@127.0.0.1:1/didim"
    app = create_app(config.Settings(env="production", database_url=nowhere, var=folder, secret_key="for tests only"))
    with pytest.raises(config.Refused, match="connection") as refused:
        refuse_demo(app)
    assert "\n" not in str(refused.value)


def test_production_never_empties_a_database_for_the_demo(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], env="production")
    told = app.test_cli_runner().invoke(args=["demo", "fresh", "--yes"])
    assert told.exit_code == 1
    assert "production" in told.output
