"""Simulated departments: is a rater's severity found, and do its 80 % intervals hold it?"""

import sys

import numpy as np
import pytest

from coach.measurement.raters import rater_severity

pytestmark = pytest.mark.slow


def department(rng: np.random.Generator, raters: int, people: int, spread: float, each: int = 2):
    """Return ratings (each person by some raters, on three criteria, on quarter levels) and the true severities."""
    levels, severities = rng.normal(2.2, 0.65, people), rng.normal(0, spread, raters)
    rows = []
    for person in range(people):
        for rater in rng.choice(raters, each, replace=False):
            leaning = rng.normal(0, 0.2)
            for criterion in range(3):
                mark = levels[person] + severities[rater] + leaning + rng.normal(0, 0.5)
                rows.append((f"p{person}", f"r{rater}", f"c{criterion}", round(float(mark) * 4) / 4))
    return rows, severities


@pytest.mark.parametrize(("raters", "people"), [(2, 12), (4, 20), (8, 60)])
def test_severity_is_found_and_its_interval_is_honest(raters, people):
    rng, errors, nothing, inside = np.random.default_rng(21), [], [], []
    for _ in range(60):
        rows, truth = department(rng, raters, people, spread=0.3)
        for found in rater_severity(rows).raters:
            if found.calibrated:
                severity = truth[int(found.rater[1:])]
                errors.append((found.offset - severity) ** 2)
                nothing.append(severity**2)
                inside.append(found.low <= severity <= found.high)
    rmse, without, coverage = np.sqrt(np.mean(errors)), np.sqrt(np.mean(nothing)), np.mean(inside)
    sys.stdout.write(f"\n{raters} raters: error {rmse:.3f}, left alone {without:.3f}, 80 % held {coverage:.3f}\n")
    assert rmse < 0.85 * without
    assert 0.72 < coverage < 0.97
