"""The two-parameter logistic item model on the level scale: calibrate items.

P(right) = 1 / (1 + exp(-a (level - b))), a in logits per level (the logistic metric, without 1.702), b on the level
scale. Birnbaum, in Lord and Novick (1968), Statistical Theories of Mental Test Scores, chapters 17 to 20.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from coach.measurement.arrays import Matrix, Numbers, Table, Vector, table_with_gaps, vector
from coach.measurement.checks import BadInput, positive


class Model(StrEnum):
    """Which slopes may differ: one for all items, or one for each."""

    ONE_SLOPE = "1pl"
    OWN_SLOPES = "2pl"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is assumed before any answer; people are N(2.2, .65^2) with author levels and N(0, 1) without."""

    slope: float = 1.85
    slope_sd: float = 0.30
    slopes_from: int = 250
    author_sd: float = 0.45
    population_mean: float | None = None
    population_sd: float | None = None
    points: int = 61


@dataclass(frozen=True, slots=True)
class ItemFit:
    """Calibrated items, each array of shape (items,).

    A standard deviation is 0 for a slope held at its default and NaN where the data do not determine the value.
    `log_likelihood` is the marginal one, without the priors.
    """

    slopes: Vector
    difficulties: Vector
    slope_sds: Vector
    difficulty_sds: Vector
    slope_free: NDArray[np.bool_]
    answers: NDArray[np.int64]
    log_likelihood: float
    converged: bool


@dataclass(frozen=True, slots=True)
class _Problem:
    """Everything that stays the same while the optimiser moves: data, quadrature, priors, which slopes are free."""

    right: Matrix
    seen: Matrix
    nodes: Vector
    log_weights: Vector
    group: NDArray[np.int64]
    free: NDArray[np.bool_]
    slope: float
    authors: Vector | None
    author_sd: float
    slope_sd: float

    def split(self, parameters: Vector) -> tuple[Vector, Vector, Vector]:
        """Return (log slope of each group, log slope of each item, difficulty of each item)."""
        groups = np.full(len(self.free), np.log(self.slope))
        groups[self.free] = parameters[: int(self.free.sum())]
        return groups, groups[self.group], parameters[int(self.free.sum()) :]


def fit_items(
    responses: Table,
    author_levels: Numbers | None = None,
    *,
    model: Model | str = Model.OWN_SLOPES,
    settings: Calibration | None = None,
) -> ItemFit:
    """Calibrate items by marginal likelihood, with the author's difficulty as prior where there is one.

    `responses` has shape (people, items), each answer in 0..1 (partial credit allowed) or NaN where not asked.
    `author_levels` are the difficulties b the authors gave (an item for the step to level L has b = L - .5): then
    b ~ N(author, author_sd^2), and a slope stays at the default until its item has `slopes_from` answers, from then
    on log a ~ N(log slope, slope_sd^2); an item nobody answered comes back as its author set it.
    Without author levels it is plain marginal maximum likelihood (Bock and Aitkin 1981, Psychometrika 46, 443-459),
    people N(0, 1), all slopes free (all equal with model "1pl").
    Quadrature: `points` equally spaced within 6 SD. Optimiser: L-BFGS-B with the analytic gradient.
    Raises BadInput for answers outside 0..1, and without authors for an item that is all right or all wrong.
    """
    table, authors = _checked(responses, author_levels, Model(model))
    return _solve(_problem(table, authors, Model(model), settings or Calibration()))


def _checked(responses: Table, author_levels: Numbers | None, model: Model) -> tuple[Matrix, Vector | None]:
    table = table_with_gaps(responses, "responses")
    known = table[~np.isnan(table)]
    if known.size == 0:
        raise BadInput("responses hold no answer")
    if known.min() < 0 or known.max() > 1:
        raise BadInput("answers must lie between 0 and 1")
    if author_levels is not None:
        authors = vector(author_levels, "author_levels")
        if len(authors) != table.shape[1]:
            raise BadInput(f"{len(authors)} author levels for {table.shape[1]} items")
        return table, authors
    if table.shape[1] < (3 if model is Model.OWN_SLOPES else 2):
        raise BadInput("without author levels it takes 3 items (2 with one slope) to tell slopes and levels apart")
    answered = np.maximum((~np.isnan(table)).sum(axis=0), 1)
    facility = np.nansum(table, axis=0) / answered
    stuck = [str(i) for i in np.flatnonzero((facility <= 0) | (facility >= 1))]
    if stuck:
        raise BadInput(f"items all right, all wrong or unanswered have no maximum likelihood: {', '.join(stuck)}")
    return table, None


def _problem(table: Matrix, authors: Vector | None, model: Model, settings: Calibration) -> _Problem:
    mean, sd = (0.0, 1.0) if authors is None else (2.2, 0.65)
    mean = mean if settings.population_mean is None else settings.population_mean
    sd = positive("population_sd", sd if settings.population_sd is None else settings.population_sd)
    if settings.points < 3:
        raise BadInput("the quadrature needs 3 points or more")
    grid = np.linspace(-6, 6, settings.points)
    seen = ~np.isnan(table)
    group = np.arange(table.shape[1]) * (model is Model.OWN_SLOPES)
    return _Problem(
        right=np.where(seen, table, 0.0),
        seen=seen.astype(float),
        nodes=mean + sd * grid,
        log_weights=-0.5 * grid**2 - np.log(np.exp(-0.5 * grid**2).sum()),
        group=group,
        free=np.bincount(group, seen.sum(axis=0)) >= (0 if authors is None else settings.slopes_from),
        slope=1.0 / sd if authors is None else positive("slope", settings.slope),
        authors=authors,
        author_sd=positive("author_sd", settings.author_sd),
        slope_sd=positive("slope_sd", settings.slope_sd),
    )


def _solve(problem: _Problem) -> ItemFit:
    from scipy.optimize import minimize

    items, free_slopes = len(problem.group), int(problem.free.sum())
    start = np.full(free_slopes + items, np.log(problem.slope))
    start[free_slopes:] = problem.authors if problem.authors is not None else _first_difficulties(problem)
    bounds = [(np.log(0.02), np.log(20.0))] * free_slopes + [(-60.0, 60.0)] * items
    options = {"maxiter": 2000, "maxfun": 20000, "ftol": 1e-13, "gtol": 1e-7}
    found = minimize(_objective, start, args=(problem,), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    _, log_slopes, difficulties = problem.split(found.x)
    sds = _standard_deviations(found.x, problem)
    group_sds = np.zeros(len(problem.free))
    group_sds[problem.free] = sds[:free_slopes]
    inside = all(low + 1e-3 < value < high - 1e-3 for value, (low, high) in zip(found.x, bounds, strict=True))
    return ItemFit(
        slopes=np.exp(log_slopes),
        difficulties=difficulties,
        slope_sds=np.exp(log_slopes) * group_sds[problem.group],
        difficulty_sds=sds[free_slopes:],
        slope_free=problem.free[problem.group],
        answers=problem.seen.sum(axis=0).astype(np.int64),
        log_likelihood=_marginal(log_slopes, difficulties, problem)[0],
        converged=bool(found.success) and inside,
    )


def _first_difficulties(problem: _Problem) -> Vector:
    """Return the normal-ogive guess from each item's facility, which starts the search on the right side."""
    facility = np.clip(problem.right.sum(axis=0) / problem.seen.sum(axis=0), 0.01, 0.99)
    middle = float(problem.nodes.mean())
    return np.asarray(middle - np.log(facility / (1 - facility)) / problem.slope)


def _objective(parameters: Vector, problem: _Problem) -> tuple[float, Vector]:
    """Return minus the log posterior (or log likelihood) and its gradient in (log slopes, difficulties)."""
    groups, log_slopes, difficulties = problem.split(parameters)
    value, by_log_slope, by_difficulty = _marginal(log_slopes, difficulties, problem)
    group_gradient: Vector = np.zeros(len(problem.free))
    np.add.at(group_gradient, problem.group, by_log_slope)
    if problem.authors is not None:
        off = difficulties - problem.authors
        steep = np.where(problem.free, groups - np.log(problem.slope), 0.0)
        value -= 0.5 * float((off**2).sum()) / problem.author_sd**2
        value -= 0.5 * float((steep**2).sum()) / problem.slope_sd**2
        by_difficulty = by_difficulty - off / problem.author_sd**2
        group_gradient = group_gradient - steep / problem.slope_sd**2
    return -value, -np.concatenate([group_gradient[problem.free], by_difficulty])


def _marginal(log_slopes: Vector, difficulties: Vector, problem: _Problem) -> tuple[float, Vector, Vector]:
    """Return the marginal log likelihood and its gradient by log slope and by difficulty of each item."""
    slopes = np.exp(log_slopes)
    logits = slopes * (problem.nodes[:, None] - difficulties)
    log_p, log_q = -np.logaddexp(0.0, -logits), -np.logaddexp(0.0, logits)
    joint = problem.right @ log_p.T + (problem.seen - problem.right) @ log_q.T + problem.log_weights
    top = joint.max(axis=1, keepdims=True)
    per_person = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
    weights = np.exp(joint - per_person[:, None])
    residual = weights.T @ problem.right - (weights.T @ problem.seen) * np.exp(log_p)
    by_log_slope = (residual * logits).sum(axis=0)
    return float(per_person.sum()), by_log_slope, -slopes * residual.sum(axis=0)


def _standard_deviations(parameters: Vector, problem: _Problem, step: float = 1e-4) -> Vector:
    """Return the SDs of the parameters from the observed information (central differences of the gradient)."""
    size = len(parameters)
    information: Matrix = np.empty((size, size))
    for i in range(size):
        move = np.zeros(size)
        move[i] = step
        ahead, behind = _objective(parameters + move, problem)[1], _objective(parameters - move, problem)[1]
        information[i] = (ahead - behind) / (2 * step)
    information = (information + information.T) / 2
    values, vectors = np.linalg.eigh(information)
    if values.min() <= 1e-10 * max(values.max(), 1.0):
        return np.full(size, np.nan)
    return np.asarray(np.sqrt((vectors**2 / values).sum(axis=1)))
