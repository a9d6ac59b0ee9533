"""Simulated lessons: one that does nothing must not be said to help, however often one looks."""

import sys
from collections import Counter

import numpy as np
import pytest

from coach.measurement.effects import EffectWord, Gain, confidence_sequence, lesson_effects

pytestmark = pytest.mark.slow
MU, SD, NOISE, TARGET = 2.2, 0.65, 0.45, 2.5


def people_below(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (true level, first observation) of people picked because their first observation looked weak."""
    levels = rng.normal(MU, SD, count * 6)
    seen = levels + rng.normal(0, NOISE, count * 6)
    picked = np.flatnonzero(seen < TARGET - 0.4)[:count]
    return levels[picked], seen[picked]


def quarter(
    rng: np.random.Generator, effects: list[float], people: int, drift: float
) -> tuple[list[Gain], list[float]]:
    """Return gains against what was expected, and the raw before/after of takers, everyone drifting a little."""
    rows, raw = [], []
    weight = SD**2 / (SD**2 + NOISE**2)
    for lesson, effect in enumerate(effects):
        for taken in (True, False):
            levels, before = people_below(rng, people)
            after = levels + drift + effect * taken + rng.normal(0, NOISE, people)
            gains = after - (MU + weight * (before - MU))
            rows += [Gain(f"lesson-{lesson}", float(gain), taken) for gain in gains]
            raw += (after - before).tolist() if taken else []
    return rows, raw


def words(effects: list[float], people: int, seed: int, worlds: int = 60) -> tuple[Counter[EffectWord], float]:
    rng, said, raw_gains = np.random.default_rng(seed), Counter(), []
    for _ in range(worlds):
        rows, raw = quarter(rng, effects, people, drift=0.05)
        said.update(effect.word for effect in lesson_effects(rows))
        raw_gains.extend(raw)
    return said, float(np.mean(raw_gains))


def test_lessons_that_do_nothing_are_rarely_said_to_help_though_people_look_better_after():
    said, raw = words([0.0] * 8, people=15, seed=31)
    share = said[EffectWord.HELPS] / said.total()
    sys.stdout.write(f"\ndo-nothing lessons said to help: {share:.4f}; raw before/after gain {raw:.3f} levels\n")
    assert share < 0.02
    assert raw > 0.2


def test_among_mixed_lessons_what_is_said_to_help_mostly_does():
    rng, right, helps = np.random.default_rng(32), 0, 0
    for _ in range(60):
        effects = rng.normal(0.15, 0.2, 8).tolist()
        found = lesson_effects(quarter(rng, effects, 25, drift=0.05)[0])
        good = [effects[n] > 0.06 for n, effect in enumerate(found) if effect.word is EffectWord.HELPS]
        helps, right = helps + len(good), right + sum(good)
    sys.stdout.write(f"\nsaid to help {helps} of 480, of which {right / helps:.3f} do\n")
    assert helps > 50
    assert right / helps > 0.95


def test_a_lesson_that_helps_much_is_found():
    said, _ = words([0.5] * 4, people=25, seed=33, worlds=40)
    share = said[EffectWord.HELPS] / said.total()
    sys.stdout.write(f"\nlessons worth half a level, 25 people a side, said to help: {share:.3f}\n")
    assert share > 0.8


def test_looking_every_week_for_two_years_errs_as_seldom_as_promised():
    rng, weeks, worlds = np.random.default_rng(34), 104, 1500
    gains = rng.normal(0, 0.6, (worlds, weeks, 2)) - rng.normal(0, 0.6, (worlds, weeks, 2))
    n = 2.0 * np.arange(1, weeks + 1)
    effects, variance = gains.sum(axis=2).cumsum(axis=1) / n, 2 * 0.36 / n
    low, high = (np.stack(side) for side in zip(*(confidence_sequence(e, variance) for e in effects), strict=True))
    ever = float(((low > 0) | (high < 0)).any(axis=1).mean())
    fixed = float((np.abs(effects) > 1.96 * np.sqrt(variance)).any(axis=1).mean())
    sys.stdout.write(f"\never wrong in 104 looks: sequence {ever:.3f}, fixed 95 % interval {fixed:.3f}\n")
    assert ever <= 0.05
    assert fixed > 0.25
