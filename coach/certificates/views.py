"""Pages of certificates: mine, one to print, and the one that proves it to anybody."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue as Answer

from coach.access.policy import Permission
from coach.accounts.links import full_address
from coach.certificates import queries
from coach.certificates.sheet import sides
from coach.errors import NotFound
from coach.people import queries as people
from coach.training.paths import path_of
from coach.web.guard import check, public, requires
from coach.web.language import today
from coach.web.limits import limited
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("certificates", __name__)
LONGEST_TOKEN: Final = 40


@pages.get("/certificates")
@requires(Permission.PROGRESS_READ)
def index() -> Answer:
    """Show my certificates, and what the one of my role still asks."""
    person = people.row(me().person_id)
    path = path_of(person, today())
    standing = queries.standing(person, path) if path else None
    return render("certificates/index.html", certificates=queries.of_person(person.id), standing=standing)


@pages.get("/certificates/<uuid:certificate_id>")
@requires(Permission.PROGRESS_READ)
def show(certificate_id: uuid.UUID) -> Answer:
    """Show a certificate as it is printed, in both languages."""
    found = queries.certificate(certificate_id)
    check(Permission.PROGRESS_READ, people.relations_to(identity(), found.person_id), about=found.person_id)
    proof = full_address("certificates.verify", token=found.token)
    return render("certificates/show.html", certificate=found, sides=sides(found), proof=proof)


@pages.get("/verify/<token>")
@public
@limited("60 per minute", method="GET")
def verify(token: str) -> Answer:
    """Tell anybody who holds the link whether a certificate is valid, and nothing more."""
    if not (token.isascii() and token.replace("-", "").replace("_", "").isalnum() and len(token) <= LONGEST_TOKEN):
        raise NotFound
    answer = make_response(render("certificates/verify.html", certificate=queries.by_token(token)))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
