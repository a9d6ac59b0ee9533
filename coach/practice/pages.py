"""What the page of a piece of work shows, gathered with a constant number of statements."""

from __future__ import annotations

from dataclasses import dataclass

from coach.access.identity import Identity
from coach.media.models import Media
from coach.media.queries import media
from coach.people.queries import PersonRow
from coach.people.queries import row as person_row
from coach.practice import queries
from coach.practice.models import Submission
from coach.practice.rows import Task, clock_of
from coach.practice.services import as_work
from coach.rubrics.queries import judgement
from coach.rubrics.rows import SEEN_NAMES, CriterionRow, Judgement, RemarkRow, ScoringRow
from coach.words import Message, Text

NOT_SEEN = Message("not seen")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a criterion and what each rater marked."""

    criterion: CriterionRow
    marks: tuple[tuple[Text, Message], ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Hold the scorings by one wording of the rubric, side by side."""

    raters: tuple[ScoringRow, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Hold a piece of work with what the reader may see of what was said about it."""

    work: Submission
    task: Task
    person: PersonRow
    media: Media | None
    judgement: Judgement
    boards: tuple[Board, ...]
    remarks: tuple[tuple[str, RemarkRow], ...]
    mine: bool

    @property
    def may_answer(self) -> bool:
        """Tell whether the reader's own answer is still to come."""
        return self.mine and self.work.closed_at is not None and self.work.answered_at is None and bool(self.boards)

    @property
    def may_correct(self) -> bool:
        """Tell whether the reader's own scoring may still be corrected."""
        return self.judgement.own is not None and self.work.answered_at is None


def review(identity: Identity, work: Submission) -> Review:
    """Gather the page of a piece of work that was handed in."""
    said = judgement(identity, as_work(work))
    return Review(
        work=work,
        task=queries.task_of(work),
        person=person_row(work.person_id),
        media=media(work.media_id) if work.media_id else None,
        judgement=said,
        boards=_boards(said.scorings),
        remarks=tuple((clock_of(each.second), each) for each in said.remarks),
        mine=work.person_id == identity.person_id,
    )


def _boards(scorings: tuple[ScoringRow, ...]) -> tuple[Board, ...]:
    """Put scorings by the same wording side by side; another wording is another board."""
    groups: dict[tuple[CriterionRow, ...], list[ScoringRow]] = {}
    for row in scorings:
        groups.setdefault(tuple(criterion for criterion, _ in row.marks), []).append(row)
    return tuple(Board(tuple(rows), _lines(criteria, rows)) for criteria, rows in groups.items())


def _lines(criteria: tuple[CriterionRow, ...], rows: list[ScoringRow]) -> tuple[Line, ...]:
    return tuple(Line(each, tuple((row.rater, _named(row.level_of(each.id))) for row in rows)) for each in criteria)


def _named(level: int | None) -> Message:
    return SEEN_NAMES[level] if level else NOT_SEEN
