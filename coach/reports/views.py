"""Pages of reports: a team, the people somebody coaches, one person; how questions behave."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, request

from coach.access.identity import Relation
from coach.access.policy import Permission, grants
from coach.errors import NotFound
from coach.people import queries as people
from coach.reports import queries
from coach.reports.person import person_page
from coach.reports.team import Group, coachees_page, groups, team_page
from coach.web import guard
from coach.web.guard import requires
from coach.web.language import today
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("reports", __name__)


@pages.get("/team")
@requires(Permission.TEAM_DASHBOARD_READ_TEAM)
def team() -> str:
    """Show the first of the reader's teams, their own where they lead it."""
    found = groups(identity())
    own = next((group for group in found if group.id is not None and group.id == me().team_id), None)
    return _team(own or next(iter(found), None), found)


@pages.get("/team/without")
@requires(Permission.TEAM_DASHBOARD_READ_TEAM)
def no_team() -> str:
    """Show the people of the reader's tree who are in no team, or that there are none."""
    found = groups(identity())
    shown = next((group for group in found if group.id is None), None)
    if found and shown is None:
        return render("reports/without.html")
    return _team(shown, found)


@pages.get("/teams/<uuid:team_id>")
@requires(Permission.TEAM_DASHBOARD_READ_TEAM)
def one_team(team_id: uuid.UUID) -> str:
    """Show the people of one team who stand below the reader."""
    found = groups(identity())
    shown = next((group for group in found if group.id == team_id), None)
    if shown is None:
        people.team_of(team_id)
    return _team(shown, found)


@pages.get("/coachees")
@requires(Permission.TEAM_DASHBOARD_READ_COACHEES)
def coachees() -> str:
    """Show the people whom the reader coaches."""
    found = people.coached_by(identity())
    guard.check(Permission.TEAM_DASHBOARD_READ_COACHEES, {Relation.COACH} if me().coaches else ())
    return render("reports/team.html", page=coachees_page(found, today=today()))


@pages.get("/people/<uuid:person_id>")
@requires(Permission.PROFILE_BASIC_READ)
def person(person_id: uuid.UUID) -> str:
    """Show a person's card to anybody, the whole page to those who stand near."""
    held = people.relations_to(identity(), person_id)
    found = people.row(person_id)
    if grants(Permission.PROFILE_FULL_READ_COACH_VIEW, held):
        guard.check(Permission.PROFILE_FULL_READ_COACH_VIEW, held, about=person_id)
        whole = request.args.get("timeline") == "all"
        return render("reports/person.html", page=person_page(found, held, today=today(), zone=me().zone, whole=whole))
    runs_accounts = grants(Permission.PROFILE_FULL_READ, held)
    if found.deactivated_at is not None and not runs_accounts:
        raise NotFound
    return render("reports/card.html", person=found, contact=queries.contact(person_id) if runs_accounts else None)


@pages.get("/items")
@requires(Permission.QUIZ_KEY_ITEM_STATISTICS)
def items() -> str:
    """List the skills with how much is known of their questions."""
    from coach.reports import items_page  # numpy, which a web process does without until an editor asks

    return render("reports/items.html", rows=items_page.skill_lines())


@pages.get("/items/<skill_id>")
@requires(Permission.QUIZ_KEY_ITEM_STATISTICS)
def items_of_skill(skill_id: str) -> str:
    """Show how the questions of a skill behave, those to look at first."""
    from coach.reports import items_page  # numpy, which a web process does without until an editor asks

    found = items_page.skill_items(skill_id)
    return render("reports/items_of_skill.html", page=found, meanings=items_page.MEANINGS)


@pages.get("/items/<skill_id>/<item_id>")
@requires(Permission.QUIZ_KEY_ITEM_STATISTICS)
def item(skill_id: str, item_id: str) -> str:
    """Show one question with what people chose."""
    from coach.reports import items_page  # numpy, which a web process does without until an editor asks

    found = items_page.item_page(skill_id, item_id)
    return render("reports/item.html", page=found, meanings=items_page.MEANINGS)


def _team(shown: Group | None, found: list[Group]) -> str:
    guard.check(Permission.TEAM_DASHBOARD_READ_TEAM, {Relation.MANAGER} if shown else ())
    if shown is None:
        raise NotFound
    direct = frozenset(row.id for row in shown.people if row.manager_id == me().person_id)
    return render("reports/team.html", page=team_page(shown, found, today=today(), mine=direct))
