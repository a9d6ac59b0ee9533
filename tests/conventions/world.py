"""A department in which somebody holds every relation to Jiwoo, and every kind of record about her is there."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
import time_machine
from flask import Flask

from coach import clock
from coach.access.identity import Identity
from coach.accounts.models import Account, SignInSession
from coach.accounts.passwords import make_hash
from coach.accounts.services import start_session
from coach.app import create_app
from coach.assessments import services as assessments
from coach.assessments.models import Attempt
from coach.assignments import services as assignments
from coach.assignments.models import Assignment
from coach.certificates.models import Certificate
from coach.coaching import services as coaching
from coach.coaching.models import CoachingSession
from coach.coaching.services import Setting, Talk
from coach.columns import Id
from coach.content.spec import fingerprint_of
from coach.db import Base, db, session, unit_of_work
from coach.demo.answers import right_answer
from coach.demo.conversations import play
from coach.drills import services as drills
from coach.drills.models import DrillCard
from coach.evidence import services as evidence
from coach.findings.services import open_finding
from coach.items.models import ItemRevision
from coach.people import services as people
from coach.people.models import CoachPairing, Person, Team
from coach.practice import queries as practice_reads
from coach.practice import services as practice
from coach.practice.rows import Handed, Upload
from coach.publishing import drafts, uploads
from coach.publishing.four_eyes import stamp_of
from coach.publishing.models import Publication
from coach.publishing.queries import published_text
from coach.rubrics.queries import rubric_of
from coach.rubrics.rows import Said, Verdict
from coach.scenarios import services as scenarios
from coach.scenarios.models import Scenario
from coach.training import outside, programmes, workshop_seats, workshops
from coach.training import services as training
from coach.training.models import Lesson, LessonPart, LessonRun
from coach.training.programmes import ProgrammeWanted
from coach.training.workshop_models import OutsideRecord, WorkshopMaterial
from coach.training.workshop_rows import ProgrammeKind
from coach.training.workshops import WorkshopWanted
from coach.words import Text
from tests.applications import Applications, settings
from tests.conftest import NOW, TODAY

SKILL, ROLE, MODULE = "qualify", "sdr", "ask-about-needs"
LESSON, CHECKED, OTHER = "an-ask-before-you-quote", "oc-reason-in-ten-seconds", "an-follow-up-and-sum-up"
ZONE: Final = "Asia/Seoul"
RECORDED: Final = "oc-p-clinic-voicemail"
PASSWORD: Final = "a stone to step on each day"
# Words that stand in records about Jiwoo and nowhere else, and her names: none may reach who may not read.
NOTES: Final = (
    *("called the violin workshop", "wait for the second ring", "that was the practice phone"),
    *("Jiwoo", "박지우", "지우님"),
)
Records = dict[str, str]


def build(cast: Callable[[str], uuid.UUID]) -> Records:
    """Fill the department; return what a path may name."""
    ids = {key: cast(key) for key in ("jiwoo", "taeyang", "mirae", "eunbi", "sora", "jaehee", "hana", "dana", "ines")}
    with unit_of_work():
        _relate(ids)
        _set_password(ids["jiwoo"])
    with unit_of_work():
        logs = _talks(ids)
        found = _contest(ids, logs)
    with unit_of_work():
        found |= (
            _practise(ids)
            | _learn(ids["jiwoo"])
            | _drill(ids)
            | _give(ids)
            | _finding(ids)
            | _certify(ids["jiwoo"])
            | _gather(ids)
            | _converse(ids["jiwoo"])
            | _write(ids)
        )
    north = session().scalars(sa.select(Team.id).where(Team.code == "north")).one()
    pairing = session().scalars(_pairings(ids["taeyang"], ids["jiwoo"])).one()
    return {
        **{key: str(value) for key, value in found.items()},
        **{f"log_{key}": str(log.id) for key, log in logs.items()},
        "person": str(ids["jiwoo"]),
        "north": str(north),
        "pairing": str(pairing.id),
        "skill": SKILL,
        "role": ROLE,
        "module": MODULE,
        "lesson": LESSON,
    }


def _relate(ids: dict[str, uuid.UUID]) -> None:
    """Let Mirae have coached Jiwoo and Jaehee have managed her, and let Eunbi coach her too."""
    person = {key: session().get_one(Person, value) for key, value in ids.items()}
    people.report_to(person["jiwoo"], by=None, manager=person["jaehee"], since=TODAY - timedelta(days=30))
    people.report_to(person["jiwoo"], by=None, manager=person["sora"], since=TODAY - timedelta(days=20))
    people.pair_with_coach(person["jiwoo"], by=None, coach=person["eunbi"], since=TODAY - timedelta(days=9))
    people.pair_with_coach(person["jiwoo"], by=None, coach=person["mirae"], since=TODAY - timedelta(days=30))


def _pairings(coach: uuid.UUID, person: uuid.UUID) -> Any:
    return sa.select(CoachPairing).where(CoachPairing.coach_id == coach, CoachPairing.person_id == person)


def _set_password(person: uuid.UUID) -> None:
    session().get_one(Account, person).password_hash = make_hash(PASSWORD)


def _talks(ids: dict[str, uuid.UUID]) -> dict[str, CoachingSession]:
    """Log talks that show a weakness; the one by Mirae is followed by the end of her coaching."""
    logs = {}
    for key, by, days in (
        ("mirae", "mirae", 9),
        ("first", "sora", 6),
        ("second", "eunbi", 4),
        ("third", "sora", 2),
        ("read", "taeyang", 1),
        ("fresh", "taeyang", 0),
    ):
        talk = Talk(
            setting=Setting.CALL,
            held_on=TODAY - timedelta(days=days),
            levels={SKILL: 1, "open-a-call": 2},
            about="called the violin workshop",
            action="wait for the second ring",
        )
        log_id = coaching.log(by=ids[by], person_id=ids["jiwoo"], talk=talk, zone=ZONE)
        logs[key] = session().get_one(CoachingSession, log_id)
    coaching.acknowledge(logs["read"], by=ids["jiwoo"])
    for pairing in session().scalars(_pairings(ids["mirae"], ids["jiwoo"])):
        people.end_coaching(pairing, by=None, until=TODAY - timedelta(days=1))
    return logs


def _contest(ids: dict[str, uuid.UUID], logs: dict[str, CoachingSession]) -> dict[str, Any]:
    piece, open_piece = (logs[key].observations[0].evidence_id for key in ("first", "second"))
    assert piece is not None
    assert open_piece is not None
    objection = evidence.contest(piece, by=ids["jiwoo"], text="that was the practice phone")
    return {"contest": objection.id, "evidence": open_piece, "action": logs["fresh"].actions[0].id}


def _learn(person: uuid.UUID) -> dict[str, Any]:
    """Begin one lesson, begin one check, and hand another in."""
    run = training.open_lesson(by=person, lesson_id=LESSON)
    parts = list(
        session().scalars(
            sa.select(LessonPart).where(LessonPart.revision_id == run.revision_id).order_by(LessonPart.position)
        )
    )
    training.finish_part(by=person, run=run, part_id=parts[0].part_id)
    by = Identity(person)
    begun = assessments.start(by=by, quiz_id=session().get_one(Lesson, LESSON).quiz_id)
    done = assessments.start(by=by, quiz_id=session().get_one(Lesson, CHECKED).quiz_id)
    _answer(by, begun)
    _answer(by, done)
    assessments.submit(by=by, attempt=done)
    untaken = session().get_one(Lesson, OTHER).quiz_id
    return {"attempt": begun.id, "result": done.id, "quiz": untaken, "part": parts[0].part_id, "run": run.id}


def _answer(by: Identity, attempt: Attempt) -> None:
    for question in list(attempt.questions):
        revision = session().get_one(ItemRevision, question.item_revision_id)
        assessments.save_answer(by=by, attempt=attempt, position=question.position, answer=right_answer(revision))


def _drill(ids: dict[str, uuid.UUID]) -> dict[str, Any]:
    """Let Jiwoo answer a question again that she learned, and her manager name a day by which it is needed."""
    run = session().scalars(sa.select(LessonRun).where(LessonRun.person_id == ids["jiwoo"])).one()
    drills.keep_questions(run_id=run.id)
    card = session().scalars(sa.select(DrillCard).order_by(DrillCard.item_id).limit(1)).one()
    revision = session().scalars(sa.select(ItemRevision).where(ItemRevision.item_id == card.item_id)).one()
    given = drills.answer(
        by=ids["jiwoo"], card_id=card.id, turn=0, revision_id=revision.id, answer=right_answer(revision),
        shown_at=clock.now(),
    )  # fmt: skip
    need = drills.name_day(
        by=ids["sora"], tree_of=ids["sora"], name=Text.same("Price list"), skill_id=SKILL, module_id=None,
        on_day=clock.today() + timedelta(days=8),
    )  # fmt: skip
    return {"drilled": given, "need": need.id}


def _practise(ids: dict[str, uuid.UUID]) -> dict[str, Any]:
    """Hand in a recording, scored by Mirae, who coaches Jiwoo no longer."""
    task = practice_reads.task(RECORDED)
    file = Upload(io.BytesIO(b"ID3\x04 a few seconds of a call"), "called the violin workshop.mp3")
    work = practice.hand_in(by=Identity(ids["jiwoo"]), task=task, handed=Handed(file=file))
    verdict = Verdict(
        {"reason-early": 2}, note="that was the practice phone", remarks=(Said("wait for the second ring", 3),)
    )
    practice.score(by=ids["mirae"], work=work, rubric=rubric_of(task.skill_id), verdict=verdict)
    return {"work": work.id, "task": RECORDED}


def _converse(person: uuid.UUID) -> dict[str, Any]:
    """Play one conversation to its end and begin another."""
    ended, begun, untouched = session().scalars(sa.select(Scenario.id).order_by(Scenario.position).limit(3))
    by = Identity(person)
    done = play(by=by, scenario_id=ended)
    return {"conversation": done, "talk": scenarios.begin(by=by, scenario_id=begun), "scenario": untouched}


def _gather(ids: dict[str, uuid.UUID]) -> dict[str, Any]:
    """Let Jiwoo have a seat in a workshop of Taeyang's to come and in one that runs, and a diploma that waits."""
    made = {}
    for kind in (ProgrammeKind.IN_PERSON, ProgrammeKind.OUTSIDE):
        texts = Text.same("Three rounds")
        wanted = ProgrammeWanted(kind, texts, texts, 60, SKILL, ("all",), {})
        made[kind] = programmes.make(by=ids["sora"], wanted=wanted).id
    found = {"programme": made[ProgrammeKind.IN_PERSON], "course": made[ProgrammeKind.OUTSIDE]}
    for key, starts in (("workshop", clock.now() + timedelta(days=3)), ("running", clock.now())):
        wished = WorkshopWanted(starts, starts + timedelta(hours=1), "Room 4", "", 3, ids["taeyang"])
        found[key] = workshops.plan(by=ids["sora"], programme_id=found["programme"], wanted=wished).id
        workshop_seats.sign_up(by=ids["jiwoo"], workshop_id=found[key])
    file = io.BytesIO(b"%PDF-1.4 three rounds")
    workshops.add_material(by=ids["sora"], workshop_id=found["workshop"], stream=file, filename="rounds.pdf")
    outside.send(
        by=ids["jiwoo"], programme_id=found["course"], stream=io.BytesIO(b"%PDF-1.4 that was the practice phone"),
        filename="diploma.pdf", taken_on=TODAY, issuer="wait for the second ring", today=TODAY,
    )  # fmt: skip
    sent = session().scalars(sa.select(OutsideRecord.id)).one()
    sheet = session().scalars(sa.select(WorkshopMaterial.media_id)).one()
    return {**found, "outside": sent, "sheet": sheet}


def _certify(person: uuid.UUID) -> dict[str, Any]:
    earned = Certificate(
        person_id=person, job_role_id=ROLE, number=1, name=Text.same("SDR"), earned_on=TODAY, valid_until=TODAY,
        token="a-token-that-stands-for-it", rule={}, skills=[],
    )  # fmt: skip
    session().add(earned)
    session().flush()
    return {"certificate": earned.id}


def _give(ids: dict[str, uuid.UUID]) -> dict[str, Any]:
    """Give Jiwoo a lesson as her coach, in an act of its own."""
    due = clock.today() + timedelta(days=5)
    act = assignments.assign(by=Identity(ids["taeyang"]), to=[ids["jiwoo"]], lesson_id=OTHER, due=due)
    row = session().scalars(sa.select(Assignment).where(Assignment.act_id == act.id)).one()
    return {"assignment": row.id, "act": act.id, "version": row.version}


def _write(ids: dict[str, uuid.UUID]) -> dict[str, Any]:
    """Let Ines begin a draft of a lesson and ask Jiwoo to read it."""
    path = "modules/ask-about-needs/lessons/01-ask-before-you-quote.en.md"
    text = published_text(path) or ""
    draft = drafts.begin(by=ids["ines"], title="A shorter start")
    longer = f"{text.rstrip()} Write it down.\n"
    drafts.write(by=ids["ines"], draft=draft, path=path, text=longer, version=0, base=fingerprint_of(text))
    drafts.invite(by=ids["ines"], draft=draft, person_id=ids["jiwoo"])
    publication = session().scalars(sa.select(Publication.id)).one()
    stamp = stamp_of(drafts.files_of(draft))
    picture = uploads.add(by=ids["ines"], draft=draft, stream=io.BytesIO(b"\x89PNG\r\n\x1a\nbox"), filename="box.png")
    return {"draft": draft.id, "path": path, "stamp": stamp, "publication": publication, "media": picture.id}


def _finding(ids: dict[str, uuid.UUID]) -> dict[str, Any]:
    found = open_finding(ids["jiwoo"], SKILL)
    assert found is not None, "six talks at level 1 open a finding"
    return {"finding": found.id}


class World:
    """Give copies of the filled department, made once for the run."""

    def __init__(self, applications: Applications, folder: Path) -> None:
        self.applications = applications
        self.ids = {key: uuid.UUID(value) for key, value in json.loads((folder / "ids.json").read_text()).items()}
        app = create_app(settings(applications.templates.derive("world", "cast"), folder))
        with time_machine.travel(NOW, tick=False), app.app_context():
            self.records = build(self.ids.__getitem__)
            self.tokens = self._sign_in()
            db.session.remove()
            db.engine.dispose()

    def app(self) -> AbstractContextManager[Flask]:
        """Lend an application on a copy."""
        return self.applications.lend("world")

    def _sign_in(self) -> dict[str, str]:
        """Open a browser for everybody, so that a test which only looks writes nothing."""
        with unit_of_work():
            start_session(self.ids["jiwoo"], hours=12, device="Phone")
            tokens = {key: start_session(person, hours=12) for key, person in self.ids.items()}
            row = session().scalars(sa.select(SignInSession).where(SignInSession.device == "Phone")).one()
            version = session().get_one(Person, self.ids["jiwoo"]).version
        self.records |= {"session": str(row.id), "person_version": str(version), "mirae": str(self.ids["mirae"])}
        return tokens


@cache
def fill(applications: Applications, folder: Path) -> World:
    """Fill the department once in a run, whichever tests ask for it first."""
    return World(applications, folder)


# Written after the answer in a transaction of their own, whatever the answer was.
AFTERWARDS: Final = {"audit_entry", "rate_counter"}
_LAST_SEEN: Final = ("sign_in_session", "last_seen_at")
# What publishing alone writes; long texts, so only counted.
_PUBLISHED: Final = {
    *("content_file", "criterion", "framework_revision", "item", "item_revision", "job_role", "lesson", "lesson_part"),
    *("lesson_revision", "module", "path_step", "certificate_rule", "quiz", "skill", "skill_level", "target"),
    *("rubric_revision", "scenario", "scenario_revision"),
    *("content_file_revision", "folder_file", "publication"),
}


def state(*, about: uuid.UUID | None = None) -> dict[str, list[str]]:
    """Read every row but those written afterwards; only the rows about one person where asked."""
    found = {}
    db.session.rollback()
    for table in Base.metadata.sorted_tables:
        people = [c for c in table.c if isinstance(c.type, Id)]
        if table.name in AFTERWARDS or (about is not None and not people):
            continue
        query: Any = sa.select(*(c for c in table.c if (table.name, c.name) != _LAST_SEEN))
        if table.name in _PUBLISHED:
            query = sa.select(sa.func.count()).select_from(table)
        elif about is not None:
            query = query.where(sa.or_(*(c == about for c in people)))
        found[table.name] = sorted(repr(tuple(row)) for row in session().execute(query))
    db.session.rollback()
    return found


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """Name the tables that differ, with the rows that are new."""
    return {
        name: [row for row in after[name] if row not in rows][:3] or ["rows are gone"]
        for name, rows in before.items()
        if rows != after[name]
    }
