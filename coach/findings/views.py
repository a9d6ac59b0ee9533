"""Pages of findings: one about a person, and what several people of a role share."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.identity import Relation
from coach.access.policy import Permission, grants
from coach.charts.forest import Reading, forest
from coach.evidence.drawing import drawn
from coach.evidence.explanation import explained
from coach.evidence.ports import recheck
from coach.findings import queries, services
from coach.findings.forms import DeclineForm, WordsForm
from coach.findings.offers import Offer, offers
from coach.findings.pattern import Pattern, has_people, pattern, subject
from coach.findings.queries import FindingPage
from coach.people import queries as people
from coach.people.models import Team
from coach.web.guard import check, deny, requires
from coach.web.language import t, today
from coach.web.reader import identity, me
from coach.web.templating import render
from coach.words import Message

pages: Final = Blueprint("findings", __name__)
DUE_IN: Final = timedelta(days=14)


@pages.get("/findings/<uuid:finding_id>")
@requires(Permission.FINDING_READ_SHARED)
def show(finding_id: uuid.UUID) -> Answer:
    """Show a finding with all it rests on, and what could help."""
    page = queries.finding(identity(), finding_id)
    held = people.relations_to(identity(), page.person_id)
    check(Permission.FINDING_READ_SHARED, held, about=page.person_id)
    return _finding(page, held)


@pages.route("/findings/<uuid:finding_id>/decline", methods=["GET", "POST"])
@requires(Permission.FINDING_CLOSE)
def decline(finding_id: uuid.UUID) -> Answer:
    """Let a coach or manager say that it is none."""
    page = queries.finding(identity(), finding_id)
    check(Permission.FINDING_CLOSE, people.relations_to(identity(), page.person_id), about=page.person_id)
    form = DeclineForm.of()
    if form.was_sent and form.validate():
        with form.catching():
            services.decline(page.finding, by=identity().person_id, reason=form.reason.data or "")
            flash(t(Message("The finding is closed, with your reason.")))
            return redirect(url_for("findings.show", finding_id=finding_id), 303)
    return render("findings/decline.html", page=page, form=form), form.status


@pages.route("/findings/<uuid:finding_id>/contest", methods=["GET", "POST"])
@requires(Permission.FINDING_CONTEST)
def contest(finding_id: uuid.UUID) -> Answer:
    """Let the person add their own words."""
    page = queries.finding(identity(), finding_id)
    check(Permission.FINDING_CONTEST, people.relations_to(identity(), page.person_id), about=page.person_id)
    form = WordsForm.of()
    if form.was_sent and form.validate():
        with form.catching():
            services.contest(page.finding, by=identity().person_id, text=form.text.data or "")
            flash(t(Message("Your words stand with the finding.")))
            return redirect(url_for("findings.show", finding_id=finding_id), 303)
    return render("findings/contest.html", page=page, form=form), form.status


@pages.get("/teams/<uuid:team_id>/findings/<skill_id>/<job_role_id>", endpoint="pattern")
@requires(Permission.TEAM_FINDINGS_READ)
def team_pattern(team_id: uuid.UUID, skill_id: str, job_role_id: str) -> Answer:
    """Show what a team's people of a role share in one skill."""
    return _pattern(skill_id, job_role_id, people.team_of(team_id))


@pages.get("/findings/pattern/<skill_id>/<job_role_id>")
@requires(Permission.TEAM_FINDINGS_READ)
def own_pattern(skill_id: str, job_role_id: str) -> Answer:
    """Show what my people of a role share in one skill, in whatever team they are."""
    return _pattern(skill_id, job_role_id, None)


def _finding(page: FindingPage, held: frozenset[Relation]) -> str:
    found = explained(page.person_id, page.finding.skill_id)
    is_open = page.finding.resolved_at is None
    gap = found.estimate.expected_gap or page.finding.gap
    helps = offers(page.finding.skill_id, [page.person_id], mean=found.estimate.mean, gap=gap) if is_open else []
    return render(
        "findings/show.html",
        page=page,
        found=found,
        chart=drawn(found, finding=is_open, starting=page.is_starting(today())),
        offers=helps,
        due=today() + DUE_IN,
        mine=Relation.SELF in held,
        may_assign=grants(Permission.ASSIGNMENT_CREATE, held),
        may_close=is_open and grants(Permission.FINDING_CLOSE, held),
        answers=grants(Permission.SKILL_ASSESSMENT_RATE, held),
        recheck=recheck(page.person_id, page.finding.skill_id) if is_open and found.is_stale else None,
    )


def _pattern(skill_id: str, job_role_id: str, team: Team | None) -> str:
    about, team_id = subject(skill_id, job_role_id), team.id if team else None
    found = pattern(identity(), about, team_id=team_id, today=today())
    if not found.rows and not has_people(identity(), team_id):
        deny(Permission.TEAM_FINDINGS_READ)
    readings = [
        replace(reading, href=url_for("evidence.person_skill", person_id=row.person.id, skill_id=skill_id))
        for reading, row in zip(found.readings, found.rows, strict=True)
    ]
    return render(
        "findings/pattern.html",
        found=found,
        team=team,
        leads=me().manages,
        chart=forest(readings, group=_together(found, team), target=about.threshold),
        offers=_offers_for(found),
        names={row.person.id: row.person.short_name for row in found.rows},
        findings=[row.finding_id for row in found.below],
        due=today() + DUE_IN,
    )


def _together(found: Pattern, team: Team | None) -> Reading | None:
    """Read everybody together, as one more line of the chart."""
    if found.whole is None:
        return None
    level, name = found.whole.level, team.name if team else t(Message("Together"))
    state = found.whole.state(found.subject.threshold)
    return Reading(name, level.mean, level.low, level.high, found.whole.seen, state)


def _offers_for(found: Pattern) -> list[Offer]:
    cells = [row.cell for row in found.below if row.cell]
    if not cells:
        return []
    mean, gap = (sum(part) / len(cells) for part in ([c.mean for c in cells], [c.gap or 0.0 for c in cells]))
    return offers(found.subject.skill_id, [cell.person_id for cell in cells], mean=mean, gap=gap)
