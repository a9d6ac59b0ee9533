"""Which event causes what, on one page. Reactions write rows in the event's own transaction; workers deliver after."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.accounts import services as accounts
from coach.activity.services import Occurrence, Reaction
from coach.assignments import events as assignments_events
from coach.assignments import queries as assignment_reads
from coach.assignments import services as assignments
from coach.certificates import events as certificates_events
from coach.certificates import services as certificates
from coach.coaching import events as coaching_events
from coach.db import session
from coach.drills import services as drills
from coach.evidence import cells, proof, standards, teams
from coach.evidence import events as evidence_events
from coach.evidence import services as evidence
from coach.evidence.models import Cell
from coach.findings import events as findings_events
from coach.findings import services as findings
from coach.jobs.services import send_later
from coach.people import events as people_events
from coach.people import nearest
from coach.people.models import Person, TeamMembership
from coach.practice import events as practice_events
from coach.publishing import events as publishing_events
from coach.rubrics import events as rubrics_events
from coach.training import events as training_events
from coach.training import workshop_seats
from coach.training.models import Lesson

Near = Callable[[uuid.UUID], Sequence[uuid.UUID]]


def _count_lesson(event: Occurrence) -> None:
    evidence.lesson_finished(
        person_id=_about(event), skill_id=event.details["skill"], run_id=uuid.UUID(event.details["run"]), at=event.at
    )


def _keep_questions(event: Occurrence) -> None:
    drills.keep_questions(run_id=uuid.UUID(event.details["run"]))


def _plan_recheck(event: Occurrence) -> None:
    person = session().get_one(Person, _about(event))
    assignments.schedule_recheck(person_id=person.id, skill_id=event.details["skill"], zone=person.zone)


def _review(event: Occurrence) -> None:
    because = uuid.UUID(event.object_id) if event.object_id else None
    findings.review(person_id=_about(event), skill_id=event.details["skill"], because=because)


def _tell_of_finding(event: Occurrence) -> None:
    _tell_first(event, (nearest.next_above, nearest.coaches), "finding_opened", finding=event.object_id)


def _tell_of_objection(event: Occurrence) -> None:
    where = {"person": str(_about(event)), **event.details}
    if event.object_kind == "finding":
        where = {"finding": event.object_id}
    _tell_first(event, (nearest.direct_manager, nearest.coaches), "objection_made", **where)


def _tell_raters(event: Occurrence) -> None:
    _tell_first(event, (nearest.coaches, nearest.direct_manager), "practice_waiting", work=event.object_id)


def _ask_to_confirm(event: Occurrence) -> None:
    _tell_first(event, (nearest.coaches, nearest.direct_manager), "outside_waiting")


def _tell_first(event: Occurrence, who: Iterable[Near], letter: str, **payload: Any) -> None:
    """Tell the first of who stands near the person that is there; nobody is, then who can give them a coach.

    A manager further up reads what waits, but only a coach or the direct manager may answer it.
    """
    person_id = _about(event)
    found = next(filter(None, (near(person_id) for near in who)), ())
    for reader in found:
        send_later(letter, to=reader, **payload)
    for keeper in () if found else nearest.keepers(person_id):
        send_later("coach_needed", to=keeper, person=str(person_id))


def _tell_person(event: Occurrence) -> None:
    if event.actor_id != event.person_id:
        send_later(
            "assignment_made" if event.details["lesson"] else "recheck_due",
            to=_about(event),
            assignment=event.object_id,
        )


def _tell_scored(event: Occurrence) -> None:
    if event.object_kind == practice_events.KIND:
        send_later("practice_scored", to=_about(event), work=event.object_id)


def _ask_reader(event: Occurrence) -> None:
    if event.actor_id != event.person_id:
        send_later("draft_to_read", to=_about(event), draft=event.object_id)


def _tell_of_workshop(event: Occurrence) -> None:
    """Tell a person that they have a seat now, or that a workshop of theirs is moved or called off."""
    send_later(_WORKSHOP_LETTERS[event.verb], to=_about(event), workshop=event.object_id)


_WORKSHOP_LETTERS: Final = {
    training_events.SEATED: "workshop_seat",
    training_events.MOVED: "workshop_moved",
    training_events.CALLED_OFF: "workshop_called_off",
}


def _tell_decided(event: Occurrence) -> None:
    send_later("outside_decided", to=_about(event))


def _suggest_lesson(event: Occurrence) -> None:
    lesson_id, coach = event.details.get("lesson"), event.actor_id
    lesson = session().get(Lesson, lesson_id) if lesson_id else None
    if lesson is None or coach is None:
        return
    person = session().get_one(Person, _about(event))
    finding = findings.open_finding(person.id, lesson.skill_id)
    due = clock.today(person.zone) + timedelta(days=assignments.RECHECK_DAYS)
    because = [finding.id] if finding else []
    assignments.assign(by=Identity(coach), to=[person.id], lesson_id=lesson.id, due=due, because=because)


def _certify(event: Occurrence) -> None:
    """See whether this was the last thing missing for a certificate."""
    certificates.consider(_about(event))


def _tell_certified(event: Occurrence) -> None:
    send_later("certificate_earned", to=_about(event), certificate=event.object_id)


def _expect_anew(event: Occurrence) -> None:
    cells.refresh(session().scalars(sa.select(Cell).where(Cell.person_id == _about(event))))
    findings.role_changed(_about(event))


def _count_teams(event: Occurrence) -> None:
    changed = [*event.details.get("before", []), event.details.get("team")]
    for team in sorted({uuid.UUID(code) for code in changed if code}):
        teams.recount(team)


def _leave(event: Occurrence) -> None:
    accounts.end_sessions(_about(event), by=event.actor_id)
    findings.person_left(_about(event))
    workshop_seats.leave(by=event.actor_id, person_id=_about(event))
    _count_own_team(event)


def _count_own_team(event: Occurrence) -> None:
    team = sa.select(TeamMembership.team_id).where(
        TeamMembership.person_id == _about(event), TeamMembership.until.is_(None)
    )
    for team_id in session().scalars(team).all():
        teams.recount(team_id)


def _targets_changed(_event: Occurrence) -> None:
    """Look again where a target is another one now: who declined a finding is not asked again for a new wording."""
    seen = session().scalars(sa.select(Cell).order_by(Cell.person_id, Cell.skill_id)).all()
    expected = standards.expectations((cell.person_id, cell.skill_id) for cell in seen)
    moved = [
        (cell.person_id, cell.skill_id)
        for cell in seen
        if cell.target != expected[cell.person_id, cell.skill_id].threshold
    ]
    cells.refresh(seen)
    for person_id, pairs in groupby(moved, key=lambda pair: pair[0]):
        findings.targets_changed(person_id, [skill_id for _, skill_id in pairs])


def _settings_changed(_event: Occurrence) -> None:
    for person_id, skill_id in proof.pairs():
        findings.review(person_id=person_id, skill_id=skill_id)


def is_assigned(person_id: uuid.UUID, quiz_id: str) -> bool:
    """Tell whether a check stands among what a person has to do: then it may be taken again at once."""
    return any(row.quiz_id == quiz_id for row in assignment_reads.open_for(person_id))


def _about(event: Occurrence) -> uuid.UUID:
    if event.person_id is None:
        raise ValueError(f"{event.verb} is about nobody")
    return event.person_id


REACTIONS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    training_events.COMPLETED: (_count_lesson, _plan_recheck, _certify, _keep_questions),
    training_events.ATTENDED: (_certify,),
    training_events.SEATED: (_tell_of_workshop,),
    training_events.MOVED: (_tell_of_workshop,),
    training_events.CALLED_OFF: (_tell_of_workshop,),
    training_events.OUTSIDE_SENT: (_ask_to_confirm,),
    training_events.OUTSIDE_CONFIRMED: (_certify, _tell_decided),
    training_events.OUTSIDE_DECLINED: (_tell_decided,),
    coaching_events.LOGGED: (_suggest_lesson,),
    evidence_events.ADDED: (_review, _certify),
    evidence_events.RETRACTED: (_review,),
    evidence_events.SETTINGS_CHANGED: (_settings_changed,),
    findings_events.OPENED: (_tell_of_finding,),
    findings_events.CONTESTED: (_tell_of_objection,),
    evidence_events.CONTESTED: (_tell_of_objection,),
    certificates_events.EARNED: (_tell_certified,),
    certificates_events.RENEWED: (_tell_certified,),
    assignments_events.MADE: (_tell_person,),
    practice_events.HANDED_IN: (_tell_raters,),
    rubrics_events.SCORED: (_tell_scored,),
    people_events.ROLE_CHANGED: (_expect_anew,),
    people_events.TEAM_CHANGED: (_count_teams,),
    people_events.DEACTIVATED: (_leave,),
    people_events.REACTIVATED: (_count_own_team,),
    publishing_events.TARGETS_CHANGED: (_targets_changed,),
    publishing_events.REVIEW_ASKED: (_ask_reader,),
}
