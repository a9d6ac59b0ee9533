"""Pages of training: the table of contents, the library, a module, a lesson part by part."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from coach.access.policy import Permission
from coach.people import queries as people
from coach.people.queries import PersonRow
from coach.training import (
    calendar_pages,
    outside_pages,
    ports,
    queries,
    services,
    shelves,
    workshop_editing,
    workshop_pages,
)
from coach.training.beside import forms_beside
from coach.training.forms import AnswerForm
from coach.training.paths import path_of
from coach.training.reading import lesson_page
from coach.training.tabs import learn_tabs
from coach.training.trying import conversation_after
from coach.web.guard import check, requires
from coach.web.language import today
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("training", __name__)
Answer = str | Response | tuple[str, int]
pages.add_app_template_global(learn_tabs)
_BOTH: Final = ("GET", "POST")
_LESSON: Final = "training.lesson"
_ONE: Final = "/workshops/<uuid:workshop_id>"
_PROGRAMME: Final = "/workshops/programmes/<uuid:programme_id>"
_OUTSIDE: Final = "/workshops/outside/<uuid:record_id>"

pages.add_url_rule("/workshops", view_func=workshop_pages.workshops)
pages.add_url_rule(_ONE, view_func=workshop_pages.workshop)
pages.add_url_rule(f"{_ONE}/sign-up", view_func=workshop_pages.sign_up, methods=("POST",))
pages.add_url_rule(f"{_ONE}/give-up", view_func=workshop_pages.give_up, methods=("POST",))
pages.add_url_rule(f"{_ONE}/here", view_func=workshop_pages.here, methods=("POST",))
pages.add_url_rule(f"{_ONE}/materials/<uuid:media_id>", view_func=workshop_pages.material)
pages.add_url_rule(f"{_ONE}.ics", view_func=calendar_pages.workshop_file)
pages.add_url_rule("/calendar", view_func=calendar_pages.calendar, methods=_BOTH)
pages.add_url_rule("/calendar/end", view_func=calendar_pages.end_calendar, methods=("POST",))
pages.add_url_rule("/calendar/<token>.ics", view_func=calendar_pages.feed)
pages.add_url_rule(_PROGRAMME, view_func=outside_pages.programme)
pages.add_url_rule(f"{_PROGRAMME}/taken", view_func=outside_pages.send_diploma, methods=("POST",))
pages.add_url_rule("/workshops/outside/waiting", view_func=outside_pages.outside_waiting)
pages.add_url_rule(_OUTSIDE, view_func=outside_pages.decide, methods=_BOTH)
pages.add_url_rule(f"{_OUTSIDE}/diploma", view_func=outside_pages.diploma)
pages.add_url_rule("/workshops/programmes", view_func=workshop_editing.all_programmes)
pages.add_url_rule("/workshops/programmes/new", view_func=workshop_editing.new_programme, methods=_BOTH)
pages.add_url_rule(f"{_PROGRAMME}/edit", view_func=workshop_editing.edit_programme, methods=_BOTH)
pages.add_url_rule(f"{_PROGRAMME}/plan", view_func=workshop_editing.plan, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/edit", view_func=workshop_editing.edit_workshop, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/call-off", view_func=workshop_editing.call_off, methods=("POST",))
pages.add_url_rule(f"{_ONE}/materials", view_func=workshop_editing.add_material, methods=("POST",))
pages.add_url_rule(
    f"{_ONE}/materials/<uuid:media_id>/remove", view_func=workshop_editing.remove_material, methods=("POST",)
)
pages.add_url_rule(f"{_ONE}/attendance", view_func=workshop_editing.attendance, methods=_BOTH)


@pages.get("/learn")
@requires(Permission.MODULE_PUBLISHED_READ)
def library() -> Answer:
    """Show what is next, then every module, or the lessons that were looked for."""
    role, choices = me().job_role_id, shelves.choices()
    modules = queries.library(identity(), role)
    wish = choices.wish(*(request.args.get(name, "") for name in ("role", "skill", "minutes")))
    upcoming = None if wish else queries.next_for(me().person_id, role)
    lessons = shelves.found(modules, wish) if wish else ()
    return render(
        "training/library.html", upcoming=upcoming, modules=modules, choices=choices, wish=wish, lessons=lessons
    )


@pages.get("/learn/<module_id>")
@requires(Permission.MODULE_PUBLISHED_READ)
def module(module_id: str) -> Answer:
    """Show a module's lessons in order, and the checks before and after them."""
    shown = queries.module(identity(), module_id, me().job_role_id)
    return render("training/module.html", module=shown, forms=forms_beside(identity(), module_id))


@pages.get("/path")
@requires(Permission.PROGRESS_READ)
def path() -> Answer:
    """Show the path of my role: what this week asks, what is behind, what is ahead."""
    return _path(people.row(me().person_id))


@pages.get("/people/<uuid:person_id>/path")
@requires(Permission.PROGRESS_READ)
def person_path(person_id: uuid.UUID) -> Answer:
    """Show how far somebody is on the path of their role."""
    check(Permission.PROGRESS_READ, people.relations_to(identity(), person_id), about=person_id)
    return _path(people.row(person_id))


@pages.get("/lessons/<lesson_id>")
@requires(Permission.MODULE_PUBLISHED_READ)
def lesson(lesson_id: str) -> Answer:
    """Show the part that is asked for, else the next one to do; opening it writes nothing."""
    part_id = request.args.get("part")
    page = lesson_page(identity(), lesson_id, part_id)
    if part_id and (page.shown is None or page.shown.row.id != part_id):
        return redirect(url_for(_LESSON, lesson_id=lesson_id))
    to_try = conversation_after(lesson_id, me().job_role_id) if page.shown is None else None
    return render("training/lesson.html", page=page, form=AnswerForm(), to_try=to_try)


@pages.post("/lessons/<lesson_id>/parts/<part_id>")
@requires(Permission.PROGRESS_MARK)
def go_through(lesson_id: str, part_id: str) -> Answer:
    """Finish a text or a task, or answer a question for good."""
    page = lesson_page(identity(), lesson_id, part_id)
    form = AnswerForm.of()
    if form.validate():
        with form.catching():
            answer = form.read(page.shown)
            services.go_through(by=me().person_id, lesson_id=lesson_id, part_id=part_id, answer=answer)
            asked = page.shown is not None and page.shown.item_id is not None
            return redirect(url_for(_LESSON, lesson_id=lesson_id, part=part_id if asked else None), 303)
    page, again = lesson_page(identity(), lesson_id, part_id), url_for(_LESSON, lesson_id=lesson_id, part=part_id)
    return render("training/lesson.html", page=page, form=form, current_path=again), 422


@pages.post("/lessons/<lesson_id>/again")
@requires(Permission.PROGRESS_MARK)
def again(lesson_id: str) -> Answer:
    """Begin a lesson once more, on the text in use."""
    services.open_lesson(by=me().person_id, lesson_id=lesson_id)
    return redirect(url_for(_LESSON, lesson_id=lesson_id), 303)


def _path(person: PersonRow) -> str:
    found, mine = path_of(person, today()), person.id == me().person_id
    certificate = ports.certificate(person, found, today()) if found else None
    return render("training/path.html", person=person, path=found, mine=mine, certificate=certificate)
