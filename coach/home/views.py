"""The first page after signing in, and the search."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, request

from coach.access.identity import Capability
from coach.access.policy import Permission
from coach.home.desk import around, coachees
from coach.home.drafts import drafts
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
        return render("home/lead.html", page=lead(reader, today=day), drafts=drafts(reader), href_of=href_of)
    person, coached = around(reader)
    own = mine(reader, person, today=day, growth=not reader.coaches)
    runs = reader.identity.capabilities - {Capability.COACH}
    desk = coachees(coached, today=day)
    return render("home/today.html", own=own, desk=desk, drafts=drafts(reader), runs=runs, href_of=href_of)


@pages.get("/search")
@requires(Permission.PROFILE_BASIC_SEARCH)
def search() -> str:
    """Find people and lessons, and jump to them."""
    return render("home/search.html", found=find(identity(), request.args.get("q", ""), language()))
