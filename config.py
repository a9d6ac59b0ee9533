"""Settings, read once from the environment and typed; a production start with a weak one is refused."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import available_timezones

HERE = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "only-for-this-machine-and-never-in-production"  # noqa: S105 -- refused in production
SHORTEST_SECRET = 32
LARGEST_NUMBER = 10_000


class Refused(SystemExit):
    """Say in one sentence why Didim does not start, and end the process with it, whoever imported us."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Didim does not start: {why}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting; README.md lists them with their variables."""

    env: str = "development"
    secret_key: str = field(default=DEVELOPMENT_SECRET, repr=False)
    database_url: str = ""
    var: Path = HERE / "var"
    content: Path = HERE / "content"
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = field(default="", repr=False)
    mail_from: str = "didim@localhost"
    session_hours: int = 12
    proxies: int = 0
    zone: str = "Asia/Seoul"
    language: str = "en"
    picture_mb: int = 5
    recording_mb: int = 60
    document_mb: int = 20
    debug: bool = False
    testing: bool = False

    @property
    def is_production(self) -> bool:
        """Tell whether this is a start that people depend on."""
        return self.env == "production"

    @property
    def secure_cookies(self) -> bool:
        """Tell whether the address is https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def from_environment(values: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raise Refused where production would run unsafely."""
    values = {name: text for name, text in values.items() if text}  # empty is how a compose file says "not set"
    var = Path(values.get("DIDIM_VAR", str(HERE / "var"))).resolve()
    port = values.get("PORT", "8000")
    settings = Settings(
        env=values.get("DIDIM_ENV", "development"),
        secret_key=values.get("DIDIM_SECRET_KEY", DEVELOPMENT_SECRET),
        database_url=_database(values.get("DATABASE_URL", "")) or f"sqlite:///{var / 'didim.db'}",
        var=var,
        content=Path(values.get("DIDIM_CONTENT", str(HERE / "content"))).resolve(),
        base_url=values.get("DIDIM_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        mail_url=values.get("DIDIM_MAIL_URL", ""),
        mail_from=values.get("DIDIM_MAIL_FROM", "didim@localhost"),
        session_hours=_number(values, "DIDIM_SESSION_HOURS", 12),
        proxies=_number(values, "DIDIM_PROXIES", 0, least=0),
        zone=values.get("DIDIM_TIME_ZONE", "Asia/Seoul"),
        language=values.get("DIDIM_LANGUAGE", "en"),
        picture_mb=_number(values, "DIDIM_PICTURE_MB", 5),
        recording_mb=_number(values, "DIDIM_RECORDING_MB", 60),
        document_mb=_number(values, "DIDIM_DOCUMENT_MB", 20),
        debug=values.get("FLASK_DEBUG", "") not in ("", "0", "false"),
    )
    check(settings, given_database=bool(values.get("DATABASE_URL")))
    return settings


def check(settings: Settings, *, given_database: bool) -> None:
    """Refuse settings that cannot be meant; in production also those that are unsafe."""
    if settings.env not in ("development", "production"):
        raise Refused(f"DIDIM_ENV is {settings.env!r}: use development or production.")
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise Refused("DATABASE_URL is not one we know: use sqlite:///path or postgresql://user@host/name.")
    if settings.database_url.startswith("sqlite:///") and "?" in settings.database_url:
        raise Refused("The path of the database holds a question mark: name another in DATABASE_URL or DIDIM_VAR.")
    if settings.mail_url and not settings.mail_url.startswith(("smtp://", "smtps://")):
        raise Refused("DIDIM_MAIL_URL is not one we know: use smtp or smtps, as in smtp://user:password@host:587.")
    if settings.zone not in available_timezones():
        raise Refused(f"DIDIM_TIME_ZONE is {settings.zone!r}: name one such as Asia/Seoul.")
    if settings.language not in ("en", "ko"):
        raise Refused(f"DIDIM_LANGUAGE is {settings.language!r}: use en or ko.")
    if settings.is_production:
        _check_production(settings, given_database=given_database)


def _check_production(settings: Settings, *, given_database: bool) -> None:
    if settings.debug:
        raise Refused("Debug mode is on (FLASK_DEBUG): switch it off in production.")
    if settings.secret_key == DEVELOPMENT_SECRET:
        raise Refused("DIDIM_SECRET_KEY is not set: give it at least 32 random characters.")
    if len(settings.secret_key) < SHORTEST_SECRET or len(set(settings.secret_key)) < SHORTEST_SECRET // 3:
        raise Refused("DIDIM_SECRET_KEY is too weak: give it at least 32 random characters.")
    if not given_database:
        raise Refused("DATABASE_URL is not set: name the database that production runs on.")
    if not settings.secure_cookies:
        raise Refused("DIDIM_BASE_URL is not an https address: people would sign in over an open line.")


def _database(url: str) -> str:
    """Name the driver; a relative SQLite path is one below the project, wherever the command is given."""
    if url.startswith("sqlite:///"):
        return f"sqlite:///{HERE / url.removeprefix('sqlite:///')}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _number(values: Mapping[str, str], name: str, default: int, *, least: int = 1) -> int:
    text = values.get(name, str(default))
    if not text.isdecimal() or not least <= int(text) <= LARGEST_NUMBER:
        raise Refused(f"{name} is {text!r}: give a whole number from {least} to {LARGEST_NUMBER}.")
    return int(text)
