"""Split a spread into its sources: a linear mixed model with crossed or nested random intercepts, fitted by REML.

y = X beta + sum_k Z_k b_k + e, b_k ~ N(0, theta_k^2 sigma^2), e ~ N(0, sigma^2). The profiled criterion and its
Cholesky form are those of Bates, Maechler, Bolker and Walker (2015), Journal of Statistical Software 67(1), section 3;
predictions and their errors are Henderson's (1975, Biometrics 31, 423-447). The factor with most levels has a diagonal
block and is absorbed first, so 500 people with 30 raters stay a matter of seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from coach.measurement.arrays import Matrix, Numbers, Vector, vector
from coach.measurement.checks import BadInput, positive

Codes = NDArray[np.int64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MixedFit:
    """Variance components in the order of the factors, and the best linear unbiased predictions of their levels.

    `prediction_sds[k]` is the SD of (prediction - truth) per level, None for the absorbed factor. `criterion` is
    -2 log restricted likelihood.
    """

    variances: tuple[float, ...]
    residual: float
    fixed: Vector
    predictions: tuple[Vector, ...]
    prediction_sds: tuple[Vector | None, ...]
    criterion: float
    converged: bool


@dataclass(frozen=True, slots=True)
class _Products:
    """Cross-products that do not move with theta; columns are the kept factors' levels, X, then y."""

    n: int
    fixed: int
    factor_of_column: Codes
    total: Matrix
    absorbed: int
    absorbed_counts: Vector
    absorbed_cross: Matrix
    by_count: tuple[tuple[float, int, Matrix], ...]


def fit_reml(
    y: Numbers, design: Matrix, factors: Sequence[Codes], *, averaged: int | None = None, scale: float = 0.5
) -> MixedFit:
    """Fit the model: `y` (n,), `design` X (n, p) of full column rank, each factor (n,) with codes 0..levels-1.

    Minimises the REML criterion over theta >= 0 (L-BFGS-B from theta = 1). With `averaged` that factor's predictions,
    their SDs and its variance are averaged over what the data leave open of its SD: weights exp(-criterion/2) times a
    half-normal(`scale`) on a grid, the other components at their REML values. A factor with few levels needs that:
    REML often puts its SD at 0, and every prediction would be 0, exactly. Raises BadInput when there is nothing left
    to estimate a residual from, or when the fixed part already explains every value.
    """
    values = _checked(y, design, factors, averaged)
    products = _products(values, design, factors, averaged)
    theta, converged = _search(products, len(factors))
    fit = _describe(theta, converged, products)
    return fit if averaged is None else _averaged(fit, theta, products, averaged, positive("scale", scale))


def _checked(y: Numbers, design: Matrix, factors: Sequence[Codes], averaged: int | None) -> Vector:
    values = vector(y, "y")
    if len(factors) < (1 if averaged is None else 2):
        raise BadInput("a mixed model needs a factor, and one besides the averaged one")
    if {len(codes) for codes in factors} | {len(design)} != {len(values)}:
        raise BadInput("y, design and factors must have one length")
    if len(values) <= design.shape[1]:
        raise BadInput("more values than fixed effects are needed")
    left = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    if np.abs(left).max() <= 1e-9 * max(1.0, np.abs(values).max()):
        raise BadInput("there is no spread to split")
    return values


def _averaged(fit: MixedFit, theta: Vector, products: _Products, factor: int, scale: float) -> MixedFit:
    grid = np.linspace(0.0, 3.2 * scale, 33)
    log_weights, each = [], []
    for sd in grid:
        moved = theta.copy()
        moved[factor] = sd / np.sqrt(fit.residual)
        each.append(_describe(moved, fit.converged, products))
        log_weights.append(-0.5 * each[-1].criterion - 0.5 * (sd / scale) ** 2)
    weights = np.exp(np.array(log_weights) - max(log_weights))
    weights /= weights.sum()
    predictions = np.array([at.predictions[factor] for at in each])
    mean = weights @ predictions
    spread = np.array([at.prediction_sds[factor] for at in each], dtype=np.float64) ** 2 + (predictions - mean) ** 2
    return replace(
        fit,
        variances=_with(fit.variances, factor, float(weights @ grid) ** 2),
        predictions=_with(fit.predictions, factor, np.asarray(mean, dtype=np.float64)),
        prediction_sds=_with(fit.prediction_sds, factor, np.asarray(np.sqrt(weights @ spread), dtype=np.float64)),
    )


def _with(values: tuple[T, ...], index: int, value: T) -> tuple[T, ...]:
    return (*values[:index], value, *values[index + 1 :])


def _products(y: Vector, design: Matrix, factors: Sequence[Codes], averaged: int | None) -> _Products:
    levels = [int(codes.max()) + 1 for codes in factors]
    absorbed = max((k for k in range(len(factors)) if k != averaged), key=lambda k: levels[k])
    kept = [k for k in range(len(factors)) if k != absorbed]
    indicators = [np.eye(levels[k])[factors[k]] for k in kept]
    columns = np.column_stack([*indicators, design, y])
    cross = np.zeros((levels[absorbed], columns.shape[1]))
    np.add.at(cross, factors[absorbed], columns)
    counts = np.bincount(factors[absorbed], minlength=levels[absorbed]).astype(float)
    return _Products(
        n=len(y),
        fixed=design.shape[1],
        factor_of_column=np.repeat(np.array(kept, dtype=np.int64), [levels[k] for k in kept]),
        total=columns.T @ columns,
        absorbed=absorbed,
        absorbed_counts=counts,
        absorbed_cross=cross,
        by_count=tuple(
            (float(c), int((counts == c).sum()), cross[counts == c].T @ cross[counts == c]) for c in np.unique(counts)
        ),
    )


def _factor(theta: Vector, products: _Products) -> Matrix:
    """Return the upper Cholesky factor of the system after the absorbed factor is eliminated."""
    square = theta[products.absorbed] ** 2
    system = products.total - sum(square / (1 + square * c) * matrix for c, _, matrix in products.by_count)
    random = len(products.factor_of_column)
    scale = np.ones(len(system))
    scale[:random] = theta[products.factor_of_column]
    system = scale[:, None] * system * scale
    system[np.arange(random), np.arange(random)] += 1.0
    return np.asarray(np.linalg.cholesky(system).T)


def _criterion(theta: Vector, products: _Products) -> float:
    return _criterion_of(_factor(theta, products), theta, products)


def _criterion_of(upper: Matrix, theta: Vector, products: _Products) -> float:
    """Return log|L|^2 + log|R_X|^2 + (n - p)(1 + log(2 pi r^2/(n - p)))."""
    diagonal = np.diag(upper)
    square = theta[products.absorbed] ** 2
    degrees = products.n - products.fixed
    absorbed = sum(times * np.log1p(square * c) for c, times, _ in products.by_count)
    spread = degrees * (1 + np.log(2 * np.pi * diagonal[-1] ** 2 / degrees))
    return float(absorbed + 2 * np.log(diagonal[:-1]).sum() + spread)


def _search(products: _Products, factors: int) -> tuple[Vector, bool]:
    from scipy.optimize import minimize

    found = minimize(
        _criterion,
        np.ones(factors),
        args=(products,),
        method="L-BFGS-B",
        jac="3-point",
        bounds=[(0.0, 1e3)] * factors,
        options={"ftol": 1e-14, "gtol": 1e-7},
    )
    return np.asarray(found.x, dtype=np.float64), bool(found.success and found.x.max() < 999)


def _describe(theta: Vector, converged: bool, products: _Products) -> MixedFit:
    from scipy.linalg.lapack import dtrtri

    upper = _factor(theta, products)
    random = len(products.factor_of_column)
    residual = float(upper[-1, -1] ** 2 / (products.n - products.fixed))
    inverse = dtrtri(np.asfortranarray(upper[:-1, :-1]))[0]
    solution = inverse @ upper[:-1, -1]
    scale = theta[products.factor_of_column]
    kept = scale * solution[:random]
    errors = np.sqrt(residual) * scale * np.sqrt((inverse[:random] ** 2).sum(axis=1))
    fixed: Vector = np.asarray(solution[random:], dtype=np.float64)
    square = theta[products.absorbed] ** 2
    left = products.absorbed_cross @ np.concatenate([-kept, -fixed, [1.0]])
    absorbed = square * left / (1 + square * products.absorbed_counts)
    own = [products.factor_of_column == k for k in range(len(theta))]
    predictions = tuple(absorbed if k == products.absorbed else kept[rows] for k, rows in enumerate(own))
    sds = tuple(None if k == products.absorbed else errors[rows] for k, rows in enumerate(own))
    variances = tuple(float(v) for v in theta**2 * residual)
    criterion = _criterion_of(upper, theta, products)
    return MixedFit(variances, residual, fixed, predictions, sds, criterion, converged)
