"""The first page after signing in, and the search."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, request

from coach.access.identity import Capability
from coach.access.policy import Permission
from coach.home.desk import coachees
from coach.home.lead import lead
from coach.home.rep import href_of, mine
from coach.home.search import find
from coach.web.guard import requires
from coach.web.language import language
from coach.web.language import today as today_here
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("home", __name__)


@pages.get("/")
@requires(Permission.OWN_ACCOUNT_READ)
def today() -> str:
    """Show what to do now: to somebody who answers for others, who coaches, or who learns."""
    reader, day = me(), today_here()
    if reader.manages:
        return render("home/lead.html", page=lead(reader, today=day), href_of=href_of)
    desk = coachees(reader, today=day) if reader.coaches else []
    own = mine(reader, today=day, growth=not reader.coaches)
    return render(
        "home/today.html", own=own, desk=desk, href_of=href_of, runs=reader.identity.capabilities - {Capability.COACH}
    )


@pages.get("/search")
@requires(Permission.PROFILE_BASIC_SEARCH)
def search() -> str:
    """Find people and lessons, and jump to them."""
    return render("home/search.html", found=find(identity(), request.args.get("q", ""), language()))
