"""The composition root: nothing imports it."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from coach import cli, models, wiring  # noqa: F401 -- models fills the metadata
from coach.accounts.queries import load_reader
from coach.accounts.services import seen
from coach.activity import services as activity
from coach.assessments import ports as assessments_ports
from coach.assessments.module_forms import forms_of
from coach.assessments.nights import close_attempts
from coach.assignments.queries import due_days, given_lessons, recheck
from coach.certificates.nights import look_again
from coach.certificates.queries import told as certificate_told
from coach.db import db
from coach.engine import driver_options, open_database
from coach.evidence import nights as evidence_nights
from coach.evidence import ports as evidence_ports
from coach.findings import ports as findings_ports
from coach.findings.queries import open_skills
from coach.home.navigation import navigation
from coach.jobs import queue as jobs
from coach.media import ports as media_ports
from coach.media.services import remove_orphans
from coach.notifications.mail import send
from coach.operations.night import prune
from coach.people import ports as people_ports
from coach.scenarios.queries import after_lesson
from coach.training import beside, calendar_ports, trying
from coach.training import ports as training_ports
from coach.web import edge, errors, guard, headers, language, limits, static_files, templating
from coach.web.ports import Ports

SLICES: Final = (
    "accounts",
    "people",
    "training",
    "assessments",
    "scenarios",
    "evidence",
    "coaching",
    "practice",
    "drills",
    "findings",
    "assignments",
    "certificates",
    "reports",
    "publishing",
    "operations",
    "integrations",
    "home",
)


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the application from typed settings; raise config.Refused where they are unsafe."""
    settings = settings or config.from_environment()
    app = Flask("coach", root_path=str(config.HERE / "coach"), instance_path=str(settings.var))
    app.config.update(_flask_config(settings))
    app.jinja_environment = templating.Pages
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    app.extensions["didim"] = Ports(load_reader=load_reader, seen=seen, navigation=navigation)
    open_database(app)
    app.extensions["migrate"] = Migrations(app)
    _connect(settings)
    night = (close_attempts, *evidence_nights.STEPS, look_again, prune, remove_orphans)
    jobs.connect(app, send=send, nightly=night)
    _install_web(app)
    for name in SLICES:
        app.register_blueprint(import_module(f"coach.{name}.views").pages)
    cli.install(app)
    guard.refuse_unguarded(app)
    static_files.serve(app, settings.var / "static")
    return app


def _connect(settings: config.Settings) -> None:
    """Give each slice what those above it know."""
    activity.connect(wiring.REACTIONS)
    assessments_ports.is_asked.connect(wiring.is_assigned)
    beside.forms_beside.connect(forms_of)
    calendar_ports.due_days.connect(due_days)
    evidence_ports.open_findings.connect(open_skills)
    evidence_ports.recheck.connect(recheck)
    findings_ports.given.connect(given_lessons)
    media_ports.connect(_media_limits(settings))
    people_ports.language.connect(language.language)
    people_ports.newcomers.connect(lambda: (settings.language, settings.zone))
    training_ports.certificate.connect(certificate_told)
    trying.conversation_after.connect(after_lesson)


class Migrations:
    """Stand where Flask-Migrate looks for itself, and load it, and Alembic, when a migration is asked for."""

    directory = str(config.HERE / "migrations")

    def __init__(self, app: Flask) -> None:
        self.app = app

    @property
    def migrate(self) -> Any:
        """Give the real one."""
        import flask_migrate

        flask_migrate.Migrate(self.app, db, directory=self.directory, compare_type=True)
        return self.app.extensions["migrate"].migrate


def _flask_config(settings: config.Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "DEBUG": settings.debug,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": driver_options(settings.database_url),
        "SESSION_COOKIE_NAME": "didim",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.secure_cookies,
        "BABEL_TRANSLATION_DIRECTORIES": str(config.HERE / "coach" / "translations"),
        "LANGUAGE": settings.language,
        "ZONE": settings.zone,
        "BASE_URL": settings.base_url,
        "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "LARGEST_UPLOAD": _media_limits(settings).request,
        "RATE_LIMITS": not settings.testing,
    }


def _media_limits(settings: config.Settings) -> media_ports.Limits:
    return media_ports.Limits(settings.picture_mb, settings.recording_mb, settings.document_mb)


def _install_web(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # type: ignore[assignment]  # our own sessions end by themselves
    manager.user_loader(load_reader)
    edge.install(app)
    CSRFProtect(app)
    app.before_request(guard.admit)
    app.before_request(limits.count)
    app.before_request(edge.spend_key)
    language.install(app)
    templating.install(app)
    errors.install(app)
    headers.install(app)
