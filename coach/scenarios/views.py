"""Pages of scenarios: the list, the brief, the conversation, and the look back on it."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.policy import Permission
from coach.people import queries as people
from coach.scenarios import queries, services
from coach.scenarios.debrief import debrief_page
from coach.scenarios.forms import AnswerForm, BeginForm
from coach.scenarios.models import Conversation
from coach.web.guard import check, requires
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("scenarios", __name__)


@pages.get("/scenarios")
@requires(Permission.MODULE_PUBLISHED_READ)
def index() -> Answer:
    """List what can be played, for the reader's role first, of one skill where it is asked for."""
    choices = queries.skills_played()
    chosen = next((skill for skill in choices if skill.id == request.args.get("skill")), None)
    rows = queries.scenarios(identity(), me().job_role_id, chosen.id if chosen else None)
    return render("scenarios/index.html", rows=rows, skills=choices, chosen=chosen)


@pages.route("/scenarios/<scenario_id>", methods=["GET", "POST"])
@requires(Permission.ATTEMPT_OWN_START)
def start_page(scenario_id: str) -> Answer:
    """Say what one knows before it starts; begin, or go on."""
    form = BeginForm.of()
    if form.was_sent:
        begun = services.begin(by=identity(), scenario_id=scenario_id)
        return redirect(url_for("scenarios.conversation", conversation_id=begun), 303)
    return render("scenarios/start.html", row=queries.start_page(identity(), scenario_id))


@pages.get("/conversations/<uuid:conversation_id>")
@requires(Permission.ATTEMPT_RESULT_READ_ANSWERS)
def conversation(conversation_id: uuid.UUID) -> Answer:
    """Show a conversation: to the person as it goes, once it has ended to coach and manager too."""
    held = queries.conversation(identity(), conversation_id)
    if held.ended_at is None:
        return _talk(held, AnswerForm())
    relations = people.relations_to(identity(), held.person_id)
    check(Permission.ATTEMPT_RESULT_READ_ANSWERS, relations, about=held.person_id)
    row, person = debrief_page(identity(), held), people.row(held.person_id)
    return render("scenarios/debrief.html", row=row, person=person)


@pages.post("/conversations/<uuid:conversation_id>/answers/<int:position>")
@requires(Permission.ATTEMPT_OWN_SAVE_ANSWER)
def answer(conversation_id: uuid.UUID, position: int) -> Answer:
    """Give an answer, for good; the customer's next words stand at the end of the page."""
    held, form = queries.own(identity(), conversation_id), AnswerForm.of()
    if form.validate():
        with form.catching():
            said = str(form.answer.data)
            held = services.answer(by=identity(), conversation_id=held.id, position=position, answer_id=said)
            at = None if held.ended_at else "now"
            return redirect(url_for("scenarios.conversation", conversation_id=held.id, _anchor=at), 303)
    held = queries.own(identity(), conversation_id)
    if held.ended_at is not None:
        return redirect(url_for("scenarios.conversation", conversation_id=held.id), 303)
    return _talk(held, form), 422


def _talk(held: Conversation, form: AnswerForm) -> str:
    return render("scenarios/talk.html", row=queries.talk_page(held), form=form)
