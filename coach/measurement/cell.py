"""Keep one person's one skill in a few numbers that take a new piece, or lose one, in constant time.

Own clock c(t) = t/half_life + log2(1/rho) * (lessons finished up to t); the weight of a piece at day t is
2^(c(t_i) - c(t)) / v, so that sums of 2^c(t_i)/v never have to be touched as time goes by.

What a row holds grows as 2^c: with days since 2020-01-01 and a half-life of 120 days it is about 2^21 by 2027, three
more halvings a year and one a lesson. A double reaches 2^1023, and a sum keeps 52 bits whatever its exponent is, so
plain double precision columns do; `contribution` refuses a clock beyond 2^900.
"""

import math
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.measurement.checks import BadInput, finite
from coach.measurement.pooling import FAINTEST, Reading, conclude, pool
from coach.measurement.settings import Estimate, Piece, Settings

CANCELS = 2.0**10
CLOCK_LIMIT = 900.0


class NeedsRebuild(Exception):
    """Say that a sum would lose its digits (one source) or the clock changed (source None): read the log again."""

    def __init__(self, kind: str | None, source: str | None, why: str) -> None:
        super().__init__(why)
        self.kind = kind
        self.source = source


@dataclass(frozen=True, slots=True)
class Accumulator:
    """Hold the sums of one source of one cell: a database row.

    a = sum 2^c/v, b = sum y 2^c/v (y as written), g = sum t 2^c/v, n pieces; `latest` the newest day seen, `peak` the
    largest `a` there has been. A retraction lowers a, b, g, n and leaves latest and peak (bounds, exact after a
    rebuild).
    """

    kind: str
    source: str
    a: float
    b: float
    g: float
    n: int
    latest: float
    peak: float

    def plus(self, other: "Accumulator") -> "Accumulator":
        """Return the sums of both."""
        a = self.a + other.a
        return Accumulator(
            self.kind,
            self.source,
            a,
            self.b + other.b,
            self.g + other.g,
            self.n + other.n,
            max(self.latest, other.latest),
            max(self.peak, a),
        )

    def minus(self, other: "Accumulator") -> "Accumulator | None":
        """Return the sums without the other; None when nothing is left; NeedsRebuild where the rest would be noise.

        The contract compares the retracted weight with what is left. Here the largest sum since the last rebuild is
        compared instead: two retractions that each just pass would together cancel 2^20.
        """
        n, a = self.n - other.n, self.a - other.a
        if n < 0:
            raise BadInput(f"source {self.source!r} has no piece to retract")
        if n == 0:
            return None
        if self.peak > CANCELS * a:
            raise NeedsRebuild(self.kind, self.source, f"what is left of {self.source!r} would cancel")
        return Accumulator(self.kind, self.source, a, self.b - other.b, self.g - other.g, n, self.latest, self.peak)


@dataclass(frozen=True, slots=True)
class CellState:
    """Hold a whole cell as stored: its rows and the days, ascending, on which lessons of the skill were finished.

    Rows are bound to the half_life and rho they were made with; a change of either is a rebuild from the log.
    """

    rows: tuple[Accumulator, ...] = ()
    lessons: tuple[float, ...] = ()


def contribution(settings: Settings, lessons: Sequence[float], piece: Piece) -> Accumulator:
    """Return what one piece adds to its source's row: 2^c/v, y 2^c/v, t 2^c/v, 1; `lessons` ascending days."""
    if piece.kind not in settings.tau:
        raise BadInput(f"unknown kind of evidence: {piece.kind!r}")
    clock = settings.clock(piece.t, bisect_right(lessons, piece.t))
    if abs(clock) > CLOCK_LIMIT:
        raise BadInput(f"day {piece.t:g} is {clock:.0f} halvings from the origin, more than a row can hold")
    a = 2.0**clock / piece.v
    return Accumulator(piece.kind, piece.source, a, piece.y * a, piece.t * a, 1, piece.t, a)


def readings(settings: Settings, state: CellState, t: float) -> list[Reading]:
    """Return the weight, value and day of each source at day t: W = a 2^-c(t), ybar = b/a - severity, tbar = g/a."""
    finite("t", t)
    if not state.rows:
        return []
    factor = 2.0 ** -settings.clock(t, bisect_right(state.lessons, t))
    severity = settings.severity
    found: list[Reading] = []
    for row in state.rows:
        if row.latest > t:
            raise BadInput(f"the sums hold pieces up to day {row.latest:g} and cannot be read for day {t:g}")
        y = row.b / row.a - severity.get(row.source, 0.0)
        found.append((row.kind, row.source, max(row.a * factor, FAINTEST), y, row.g / row.a))
    return found


def read_cells(cells: Iterable[tuple[Settings, CellState, float | None]], t: float) -> list[Estimate]:
    """Estimate each (settings, state, target) at day t from its rows alone; shares and moves are those of the rows."""
    return [conclude(s, pool(s, readings(s, state, t), t), target) for s, state, target in cells]


class Cell:
    """Estimate one person's one skill from running sums, in any order of arrival, with retraction."""

    def __init__(self, settings: Settings, state: CellState | None = None) -> None:
        """Begin empty, or where a stored state ended."""
        state = state or CellState()
        self.settings = settings
        self._rows = {(row.kind, row.source): row for row in state.rows}
        self._lessons = list(state.lessons)

    @classmethod
    def from_log(cls, settings: Settings, pieces: Iterable[Piece], finished_lessons: Iterable[float] = ()) -> "Cell":
        """Build a cell from everything that still counts; the answer to NeedsRebuild."""
        cell = cls(settings, CellState((), _days(finished_lessons)))
        for piece in pieces:
            cell.add(piece)
        return cell

    @property
    def state(self) -> CellState:
        """Return what a database has to hold to go on from here."""
        return CellState(tuple(self._rows.values()), tuple(self._lessons))

    def add(self, piece: Piece) -> None:
        """Take one piece in."""
        new = contribution(self.settings, self._lessons, piece)
        old = self._rows.get((piece.kind, piece.source))
        self._rows[piece.kind, piece.source] = new if old is None else old.plus(new)

    def retract(self, piece: Piece) -> None:
        """Take one piece out; on NeedsRebuild nothing has changed: call `rebuild` with what is left of the source."""
        key = (piece.kind, piece.source)
        old = self._rows.get(key)
        if old is None:
            raise BadInput(f"source {piece.source!r} has no piece to retract")
        left = old.minus(contribution(self.settings, self._lessons, piece))
        if left is None:
            del self._rows[key]
        else:
            self._rows[key] = left

    def rebuild(self, kind: str, source: str, pieces: Iterable[Piece]) -> None:
        """Sum one source anew from all its pieces that still count."""
        self._rows.pop((kind, source), None)
        for piece in pieces:
            if (piece.kind, piece.source) != (kind, source):
                raise BadInput(f"piece of {piece.source!r} among those of {source!r}")
            self.add(piece)

    def finish_lesson(self, t: float) -> None:
        """Note a lesson finished on day t; NeedsRebuild if the sums hold pieces of that day or later."""
        finite("t", t)
        if any(row.latest >= t for row in self._rows.values()):
            raise NeedsRebuild(None, None, f"a lesson finished on day {t:g} was entered after later evidence")
        insort(self._lessons, t)

    def read(self, t: float, target: float | None = None) -> Estimate:
        """Estimate the level at day t; shares and moves are those of `state.rows`."""
        return read_cells([(self.settings, self.state, target)], t)[0]


def _days(lessons: Iterable[float]) -> tuple[float, ...]:
    days = sorted(lessons)
    if not all(math.isfinite(day) for day in days):
        raise BadInput("days of finished lessons must be finite numbers")
    return tuple(days)
