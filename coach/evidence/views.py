"""Pages of evidence: my skills, why a level is where it is, and what one can say to it."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.identity import Relation
from coach.access.policy import Permission, grants
from coach.errors import NotFound
from coach.evidence import ports, queries, services
from coach.evidence.drawing import drawn
from coach.evidence.explanation import explained
from coach.evidence.forms import AnswerForm, ObjectionForm, RatingForm
from coach.evidence.models import Evidence
from coach.evidence.ports import open_findings
from coach.evidence.profile import profile
from coach.people import queries as people
from coach.people.queries import PersonRow
from coach.skills import queries as framework
from coach.web.forms import Form
from coach.web.guard import check, requires
from coach.web.language import t, today
from coach.web.reader import identity, me
from coach.web.templating import render
from coach.words import Message, level_name

pages: Final = Blueprint("evidence", __name__)


@pages.get("/skills")
@requires(Permission.SKILL_ASSESSMENT_READ)
def skills() -> Answer:
    """Show my skills against my role."""
    return _profile(people.row(me().person_id))


@pages.get("/people/<uuid:person_id>/skills")
@requires(Permission.SKILL_ASSESSMENT_READ)
def person_skills(person_id: uuid.UUID) -> Answer:
    """Show somebody's skills against their role."""
    check(Permission.SKILL_ASSESSMENT_READ, people.relations_to(identity(), person_id), about=person_id)
    return _profile(people.row(person_id))


@pages.get("/skills/<skill_id>")
@requires(Permission.SKILL_ASSESSMENT_READ)
def my_skill(skill_id: str) -> Answer:
    """Show why my level of a skill is where it is."""
    return _skill(people.row(me().person_id), skill_id, frozenset({Relation.SELF}))


@pages.get("/people/<uuid:person_id>/skills/<skill_id>")
@requires(Permission.SKILL_ASSESSMENT_READ)
def person_skill(person_id: uuid.UUID, skill_id: str) -> Answer:
    """Show why somebody's level of a skill is where it is."""
    held = people.relations_to(identity(), person_id)
    check(Permission.SKILL_ASSESSMENT_READ, held, about=person_id)
    return _skill(people.row(person_id), skill_id, held)


@pages.route("/skills/<skill_id>/rate", methods=["GET", "POST"])
@requires(Permission.SKILL_ASSESSMENT_SELF_RATE)
def rate(skill_id: str) -> Answer:
    """Let me say where I see myself."""
    skill, anchors = framework.skill(skill_id), framework.levels_of([skill_id])[skill_id]
    form = RatingForm.of()
    form.offer({n: f"{t(level_name(n))}: {t(anchor)}" for n, anchor in anchors.items()})
    if form.was_sent and form.validate():
        with form.catching():
            services.rate_self(by=me().person_id, skill_id=skill_id, level=form.level.data)
            flash(t(Message("Your rating of %(skill)s is kept.", skill=skill.name)))
            return redirect(url_for("evidence.my_skill", skill_id=skill_id), 303)
    return render("evidence/rate.html", form=form, skill=skill), form.status


@pages.route("/evidence/<uuid:evidence_id>/contest", methods=["GET", "POST"])
@requires(Permission.SKILL_ASSESSMENT_COMMENT)
def contest(evidence_id: uuid.UUID) -> Answer:
    """Let me object to something that was seen of me."""
    piece = queries.evidence_of(me().person_id, evidence_id)
    form = ObjectionForm.of()
    if form.was_sent and form.validate():
        with form.catching():
            services.contest(evidence_id, by=me().person_id, text=form.text.data or "")
            flash(t(Message("It does not count until somebody answers you.")))
            return redirect(url_for("evidence.my_skill", skill_id=piece.skill_id), 303)
    return _piece_page("evidence/contest.html", piece, form)


@pages.route("/contests/<uuid:contest_id>", methods=["GET", "POST"])
@requires(Permission.SKILL_ASSESSMENT_RATE)
def answer(contest_id: uuid.UUID) -> Answer:
    """Let a coach or manager answer an objection."""
    objection, piece = queries.contest(contest_id)
    check(Permission.SKILL_ASSESSMENT_RATE, people.relations_to(identity(), piece.person_id), about=piece.person_id)
    form = AnswerForm.of()
    if form.was_sent and form.validate():
        with form.catching():
            said, upheld = form.answer.data or "", form.upheld.data == "yes"
            services.answer_contest(objection, by=me().person_id, upheld=upheld, answer=said)
            flash(t(Message("Your answer is kept.")))
            return redirect(url_for("evidence.person_skill", person_id=piece.person_id, skill_id=piece.skill_id), 303)
    return _piece_page("evidence/answer.html", piece, form, objection=objection)


def _profile(person: PersonRow) -> str:
    found = profile(person, today())
    mine = person.id == me().person_id
    return render("evidence/skills.html", person=person, profile=found, mine=mine, week=person.week_of_start(today()))


def _skill(person: PersonRow, skill_id: str, held: frozenset[Relation]) -> str:
    found, skill = explained(person.id, skill_id), framework.skill(skill_id)
    finding = open_findings([person.id], skill_id).get((person.id, skill_id))
    chart = drawn(found, finding=finding is not None, starting=person.week_of_start(today()) is not None)
    mine = person.id == me().person_id
    if skill.retired_at is not None and not found.pieces:
        raise NotFound
    return render(
        "evidence/skill.html",
        person=person,
        skill=skill,
        found=found,
        chart=chart,
        finding=finding,
        anchors=framework.levels_of([skill_id])[skill_id],
        mine=mine,
        answers=not held.isdisjoint({Relation.COACH, Relation.MANAGER}),
        recheck=ports.recheck(person.id, skill_id) if found.is_stale else None,
        may_assign=grants(Permission.ASSIGNMENT_CREATE, held),
    )


def _piece_page(template: str, piece: Evidence, form: Form, **values: object) -> Answer:
    found = explained(piece.person_id, piece.skill_id)
    line = next((line for line in drawn(found, finding=False).lines if line.piece.id == piece.id), None)
    if line is None:
        raise NotFound
    skill, person = framework.skill(piece.skill_id), people.row(piece.person_id)
    return render(template, form=form, line=line, skill=skill, person=person, **values), form.status
