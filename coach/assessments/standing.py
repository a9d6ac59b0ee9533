"""Where a skill stands once a check was handed in: the sentence and the track that the result page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.assessments.rows import CheckRow
from coach.charts.scale import printed
from coach.charts.tracks import TrackRow, level_track, state_of
from coach.evidence import queries as evidence
from coach.evidence.queries import CellRow
from coach.people.queries import PersonRow
from coach.words import Message


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Hold the estimate of a skill as of now."""

    sentence: Message
    track: TrackRow
    is_known: bool
    pieces: int


def standing(person: PersonRow, check: CheckRow, today: date) -> StandingRow | None:
    """Read where the skill of a check stands; None where nothing counts (a check too short, or a contested one)."""
    cell = evidence.cell(person.id, check.skill_id)
    if cell is None:
        return None
    starting = person.week_of_start(today) is not None
    state = state_of(cell.mean, cell.target, known=cell.is_known, starting=starting)
    track = level_track(cell.mean, cell.low, cell.high, cell.target, state=state, seen=cell.pieces)
    return StandingRow(_sentence(check, cell), TrackRow(check.skill_name, track), cell.is_known, cell.pieces)


def _sentence(check: CheckRow, cell: CellRow) -> Message:
    values = {
        "skill": check.skill_name,
        "level": printed(cell.mean),
        "low": printed(cell.low),
        "high": printed(cell.high),
    }
    if cell.is_known:
        return Message("%(skill)s: %(level)s, likely %(low)s to %(high)s.", **values)
    return Message("%(skill)s: %(level)s, likely %(low)s to %(high)s. Too little seen to judge yet.", **values)
