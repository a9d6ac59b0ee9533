"""What somebody who learns finds first: one next thing, then what is due, agreed and seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coach import clock
from coach.access.reader import Reader
from coach.assessments.queries import open_attempts
from coach.assessments.rows import OpenRow
from coach.assignments import queries as assignments
from coach.assignments.queries import AssignmentRow
from coach.charts.tracks import TrackRow
from coach.drills.queries import due as due_drill
from coach.drills.rhythm import first_day, weeks
from coach.drills.rows import Due, Week
from coach.evidence.starts import first_readings
from coach.home import queries
from coach.home.queries import AgreedRow, StepRow
from coach.people.queries import PersonRow
from coach.reports.person import tracks
from coach.reports.queries import StandingRow, standing
from coach.training import queries as training
from coach.training.rows import NextLesson, RunRow, minutes_left
from coach.web.language import day
from coach.web.templating import link
from coach.words import Message, Text

DONE_SHOWN_DAYS: Final = 7
SKILLS_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class NextThing:
    """Hold the one next thing, with how far it is: `done` of `total` parts."""

    eyebrow: Message
    title: Text | Message
    text: Message | None
    action: Message
    href: str
    done: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """Hold what a person's own day shows; `due` is the work that is not the next thing already."""

    person: PersonRow
    week: int | None
    next: NextThing | None
    due: tuple[AssignmentRow, ...]
    is_due_soon: bool
    agreed: tuple[AgreedRow, ...]
    unread: tuple[AgreedRow, ...]
    weeks: tuple[Week, ...]
    practised: tuple[date, ...]
    tracks: tuple[TrackRow, ...]
    skills: int
    grows: bool
    drill: Due


def mine(reader: Reader, person: PersonRow, *, today: date, growth: bool = True) -> Mine:
    """Gather a person's own day, with ten statements at most; `growth` reads where a start plan began."""
    attempts, due = open_attempts(person.id), assignments.open_for(person.id)
    notes = queries.agreed(person.id, clock.now() - timedelta(days=DONE_SHOWN_DAYS))
    moments = queries.practised(person.id, clock.start_of(first_day(today), reader.zone))
    days = {clock.day_of(moment, reader.zone) for moment in moments}
    rows = standing(person.id, person.job_role_id)
    week = person.week_of_start(today)
    starts = _starts(person, reader.zone) if growth and week is not None else {}
    return Mine(
        person=person,
        week=week,
        next=_next(attempts, due, person, today),
        due=tuple(due[0 if attempts else 1 :]),
        is_due_soon=all(row.due_on <= today + timedelta(days=6 - today.weekday()) for row in due),
        agreed=tuple(row for row in notes if row.action_id is not None),
        unread=tuple({row.session_id: row for row in notes if not row.is_read}.values()),
        weeks=weeks(days, today),
        practised=tuple(sorted(days)),
        tracks=tracks(person.id, _most_telling(rows), starting=week is not None, starts=starts),
        skills=len(rows),
        grows=bool(starts),
        drill=due_drill(person.id, reader.zone),
    )


def _next(
    attempts: Sequence[OpenRow], due: Sequence[AssignmentRow], person: PersonRow, today: date
) -> NextThing | None:
    if attempts:
        return _begun_check(attempts[0])
    if due:
        runs = training.runs_of([person.id], [due[0].lesson_id]) if due[0].lesson_id else []
        return _assigned(due[0], next((run for run in runs if run.completed_at is None), None), today)
    upcoming = training.next_for(person.id, person.job_role_id)
    return None if upcoming is None else _upcoming(upcoming)


def _begun_check(row: OpenRow) -> NextThing:
    return NextThing(
        eyebrow=Message("Check you have begun · %(skill)s", skill=row.check.skill_name),
        title=row.check.name,
        text=row.progress,
        action=Message("Continue"),
        href=link("assessments.question", attempt_id=row.attempt_id),
        done=None if row.check.is_adaptive else row.answered,
        total=None if row.check.is_adaptive else row.size,
    )


def _assigned(row: AssignmentRow, run: RunRow | None, today: date) -> NextThing:
    eyebrow = (
        Message("Late · %(skill)s", skill=row.skill_name)
        if row.is_late(today)
        else Message("Assigned to you · %(skill)s", skill=row.skill_name)
    )
    due = day(row.due_on)
    if row.lesson_id is None:
        title = Message("Check: %(title)s", title=row.skill_name)
        text = Message("Due %(day)s. A few questions, to see where you are now.", day=due)
        return NextThing(eyebrow, title, text, Message("Start"), href_of(row))
    text = (
        Message(
            "Due %(day)s, %(minutes)s min left.", day=due, minutes=minutes_left(row.minutes or 0, run.done, run.parts)
        )
        if run
        else Message("Due %(day)s, %(minutes)s min.", day=due, minutes=row.minutes)
    )
    action = Message("Continue") if run else Message("Start")
    done, total = (run.done, run.parts) if run else (None, None)
    return NextThing(eyebrow, row.title, text, action, href_of(row), done, total)


def href_of(row: AssignmentRow | StepRow) -> str:
    """Give the address at which an assignment is done."""
    if row.lesson_id is not None:
        return link("training.lesson", lesson_id=row.lesson_id)
    return link("assessments.start_page", quiz_id=row.quiz_id)


def _upcoming(row: NextLesson) -> NextThing:
    href = link("training.lesson", lesson_id=row.lesson_id)
    done, total = (row.done, row.parts) if row.is_begun else (None, None)
    return NextThing(row.eyebrow, row.title, row.text, row.action, href, done, total)


def _most_telling(rows: Sequence[StandingRow]) -> list[StandingRow]:
    """Keep the skills that were seen, the weightiest first, shown in the order of the sales process."""
    ranked = sorted(rows, key=lambda row: (row.cell is None, -row.weight))
    kept = {row.skill_id for row in ranked[:SKILLS_SHOWN]}
    return [row for row in rows if row.skill_id in kept]


def _starts(person: PersonRow, zone: str) -> dict[str, float]:
    since = person.role_since
    return {} if since is None else first_readings(person.id, person.job_role_id, clock.start_of(since, zone))
