"""Choose lessons for a person's gaps within the minutes there are.

Maximise sum importance_k z_k - .0001 minutes, with z_k <= expected gap_k and z_k <= sum of the gains of what is taken.
`choose_lessons` is the product's rule, since each of its lines explains itself; `best_lessons` solves the same exactly.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coach.measurement.checks import BadInput, finite, not_negative, positive, within

MINUTE_COST = 0.0001
REACH = 0.35


@dataclass(frozen=True, slots=True)
class Gap:
    """Hold what one skill lacks: its expected gap in levels, how much it matters, and the estimated level."""

    skill: str
    gap: float
    importance: float
    mean: float

    def __post_init__(self) -> None:
        """Refuse what no plan can be made with."""
        not_negative("gap and importance", [self.gap, self.importance])
        finite("mean", self.mean)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Hold a lesson on offer: minutes, gain in levels by skill, entry level by skill, and what must come before it."""

    id: str
    minutes: float
    gains: Mapping[str, float]
    entry: Mapping[str, float] = field(default_factory=dict)
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no plan can be made with."""
        positive("minutes", self.minutes)
        not_negative("gains", self.gains.values())


@dataclass(frozen=True, slots=True)
class Line:
    """Explain one lesson of a plan: `closes` holds (skill, gap before, gap after) of each skill it is taken for.

    `worth` is the importance-weighted sum closed, `leads_to` the lesson for whose sake a prerequisite was taken, and
    `per_minute` the worth a minute of both together: what it was chosen by.
    """

    lesson: str
    minutes: float
    closes: tuple[tuple[str, float, float], ...]
    worth: float
    per_minute: float
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold the lessons chosen, in the order to take them, and the value of the sum that was maximised."""

    lessons: tuple[str, ...]
    minutes: float
    value: float
    lines: tuple[Line, ...] = ()


def gain_of(claimed: float, effect: float | None = None) -> float:
    """Return a lesson's gain in levels: its shrunken effect where known, at least 0, else half the author's claim."""
    return max(finite("effect", effect), 0.0) if effect is not None else 0.5 * within("claim", claimed, 0.0, 3.0)


def choose_lessons(
    gaps: Sequence[Gap], lessons: Sequence[Lesson], budget: float, done: Collection[str] = (), reach: float = REACH
) -> Plan:
    """Take, again and again, what closes most of the weighted gaps a minute and still fits into `budget` minutes.

    A lesson counts together with the prerequisites it still needs. Nothing whose entry level lies above mean + `reach`;
    a skill without a row in `gaps` hinders nobody. Ties go to the shorter, then to the earlier id.
    """
    offered = _within_reach(gaps, lessons, done, reach)
    left, weights = {gap.skill: gap.gap for gap in gaps}, {gap.skill: gap.importance for gap in gaps}
    minutes_left = within("budget", budget, 0.0, 1e9)
    lines: list[Line] = []
    while True:
        taken = {line.lesson for line in lines}
        bundles = [_bundle(offered, id_, taken) for id_ in offered if id_ not in taken]
        plans = [_explain(bundle, left, weights) for bundle in bundles]
        plans = [plan for plan in plans if _minutes(plan) <= minutes_left + 1e-9]
        worthwhile = [plan for plan in plans if plan[-1].per_minute > MINUTE_COST]
        if not worthwhile:
            return _plan(lines)
        best = min(worthwhile, key=lambda plan: (-plan[-1].per_minute, _minutes(plan), plan[-1].lesson))
        lines += best
        minutes_left -= _minutes(best)
        left |= {skill: after for line in best for skill, _, after in line.closes}


def best_lessons(
    gaps: Sequence[Gap], lessons: Sequence[Lesson], budget: float, done: Collection[str] = (), reach: float = REACH
) -> Plan:
    """Solve the same exactly, as a mixed-integer programme (scipy.optimize.milp, HiGHS): for tests and team plans.

    Variables x_l in {0, 1}, taken or not, then z_k in [0, gap_k], closed. No lines; lessons in the order to take them.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    offered = _within_reach(gaps, lessons, done, reach)
    within("budget", budget, 0.0, 1e9)
    if not offered or not gaps:
        return Plan((), 0.0, 0.0)
    n, rows, limits = len(offered), *_constraints(gaps, list(offered.values()), budget)
    cost = np.array([MINUTE_COST * lesson.minutes for lesson in offered.values()] + [-gap.importance for gap in gaps])
    bounds = Bounds(0, np.array([1.0] * n + [gap.gap for gap in gaps]))
    whole = np.arange(len(cost)) < n
    solution = milp(cost, integrality=whole, bounds=bounds, constraints=LinearConstraint(rows, ub=limits))
    chosen = [lesson for lesson, x in zip(offered, solution.x[:n], strict=True) if x > 0.5]
    ordered: list[str] = []
    for id_ in chosen:
        ordered += [lesson.id for lesson in _bundle(offered, id_, ordered)]
    return Plan(tuple(ordered), sum(offered[id_].minutes for id_ in ordered), float(-solution.fun))


def _constraints(gaps: Sequence[Gap], offered: Sequence[Lesson], budget: float) -> tuple[Any, Any]:
    """Return rows and upper limits: z_k - sum gain x <= 0, minutes x <= budget, x_l - x_prerequisite <= 0."""
    import numpy as np

    n, k = len(offered), len(gaps)
    place = {lesson.id: i for i, lesson in enumerate(offered)}
    needs = [(i, place[before]) for i, lesson in enumerate(offered) for before in lesson.after if before in place]
    rows = np.zeros((k + 1 + len(needs), n + k))
    for row, gap in enumerate(gaps):
        rows[row, :n] = [-lesson.gains.get(gap.skill, 0.0) for lesson in offered]
        rows[row, n + row] = 1.0
    rows[k, :n] = [lesson.minutes for lesson in offered]
    for row, (later, earlier) in enumerate(needs, start=k + 1):
        rows[row, [later, earlier]] = 1.0, -1.0
    limits = np.zeros(len(rows))
    limits[k] = budget
    return rows, limits


def _within_reach(
    gaps: Sequence[Gap], lessons: Sequence[Lesson], done: Collection[str], reach: float
) -> dict[str, Lesson]:
    """Return by id the lessons that can be taken: not done, entry within reach, prerequisites done or takeable."""
    levels = {gap.skill: gap.mean for gap in gaps}
    if len(levels) < len(gaps) or len({lesson.id for lesson in lessons}) < len(lessons):
        raise BadInput("each skill and each lesson may be given only once")
    offered = {
        lesson.id: lesson
        for lesson in lessons
        if lesson.id not in done
        and all(level <= levels.get(skill, math.inf) + reach for skill, level in lesson.entry.items())
    }
    while True:
        blocked = [it.id for it in offered.values() if not all(b in done or b in offered for b in it.after)]
        if not blocked:
            return {id_: _without_done(lesson, done) for id_, lesson in sorted(offered.items())}
        for id_ in blocked:
            del offered[id_]


def _without_done(lesson: Lesson, done: Collection[str]) -> Lesson:
    return replace(lesson, after=tuple(before for before in lesson.after if before not in done))


def _bundle(
    offered: Mapping[str, Lesson], id_: str, taken: Collection[str], path: tuple[str, ...] = ()
) -> list[Lesson]:
    """Return the lesson preceded by the prerequisites that are not taken yet, each once, in order."""
    if id_ in path:
        raise BadInput(f"lesson {id_!r} is its own prerequisite")
    bundle: list[Lesson] = []
    for before in offered[id_].after:
        known = {*taken, *(lesson.id for lesson in bundle)}
        bundle += [] if before in known else _bundle(offered, before, known, (*path, id_))
    return [] if id_ in taken else [*bundle, offered[id_]]


def _explain(bundle: Sequence[Lesson], left: Mapping[str, float], weights: Mapping[str, float]) -> list[Line]:
    """Return a line a lesson: what it closes of what the ones before it left open."""
    open_gaps, lines, last = dict(left), [], bundle[-1].id
    for lesson in bundle:
        closes = [
            (skill, before, max(before - lesson.gains.get(skill, 0.0), 0.0))
            for skill, before in open_gaps.items()
            if before > 0.0 and lesson.gains.get(skill, 0.0) > 0.0
        ]
        open_gaps |= {skill: after for skill, _, after in closes}
        worth = sum(weights[skill] * (before - after) for skill, before, after in closes)
        leads_to = None if lesson.id == last else last
        lines.append(Line(lesson.id, lesson.minutes, tuple(closes), worth, 0.0, leads_to))
    rate = sum(line.worth for line in lines) / _minutes(lines)
    return [replace(line, per_minute=rate) for line in lines]


def _minutes(lines: Sequence[Line]) -> float:
    return sum(line.minutes for line in lines)


def _plan(lines: Sequence[Line]) -> Plan:
    value = sum(line.worth - MINUTE_COST * line.minutes for line in lines)
    return Plan(tuple(line.lesson for line in lines), _minutes(lines), value, tuple(lines))
