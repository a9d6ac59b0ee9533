"""Priors pooled over roles: what few people weigh, what is left out, and that the truth is found night after night."""

import math
import sys

import numpy as np
import pytest

from coach.measurement.estimate import BadInput, Piece, Settings, posterior
from coach.measurement.priors import Fallback, PooledPrior, Seen, pool_priors, seen_alone
from tests.unit.measurement.world import DAYS, Person, World, people


def alike(count: int, value: float, variance: float = 0.1) -> dict[int, Seen]:
    return dict.fromkeys(range(count), Seen(value, variance))


def test_a_role_leans_on_the_organisation_by_ten_people() -> None:
    groups = {"sdr": alike(20, 3.0), "manager": alike(6, 2.0)}
    organisation = (20 * 3.0 + 6 * 2.0 + 10 * 2.2) / 36
    found = pool_priors(groups)
    assert found["sdr"].mu0 == pytest.approx((20 * 3.0 + 10 * organisation) / 30)
    assert found["manager"].mu0 == pytest.approx((6 * 2.0 + 10 * organisation) / 16)
    assert (found["sdr"].people, found["manager"].people) == (20, 6)
    assert found["sdr"].without == {}


def test_a_role_nobody_was_seen_in_starts_where_the_organisation_stands_and_that_at_the_fallback() -> None:
    assert pool_priors({"sdr": {}}) == {"sdr": PooledPrior(2.2, pytest.approx(0.65), 0)}
    assert pool_priors({"sdr": alike(10, 3.0), "manager": {}})["manager"].mu0 == pytest.approx(2.6)
    assert pool_priors({}) == {}


def test_where_fewer_than_five_were_seen_each_has_a_prior_that_never_saw_them() -> None:
    minho, jiwoo, sora = Seen(1.2, 0.1), Seen(2.9, 0.2), Seen(3.1, 0.1)
    found = pool_priors({"sdr": {"minho": minho, "jiwoo": jiwoo}, "manager": {"sora": sora}})["sdr"]
    assert found.people == 2
    assert set(found.without) == {"minho", "jiwoo"}
    alone = pool_priors({"sdr": {"jiwoo": jiwoo}, "manager": {"sora": sora}})["sdr"]
    assert found.without["minho"] == (alone.mu0, alone.s0)
    assert found.without["minho"][0] > found.mu0 > found.without["jiwoo"][0]
    assert pool_priors({"sdr": alike(5, 2.0)})["sdr"].without == {}


def test_the_spread_of_a_prior_stays_within_its_limits() -> None:
    apart = {n: Seen(2.2 + 3.0 * (-1) ** n, 0.25) for n in range(2000)}
    assert pool_priors({"sdr": alike(2000, 2.2)})["sdr"].s0 == 0.35
    assert pool_priors({"sdr": apart})["sdr"].s0 == 0.85


def test_what_the_evidence_alone_says_knows_no_prior_and_no_fading() -> None:
    pieces = [Piece("observation", "Oh", 0.0, 3.0, 0.2), Piece("observation", "Han", 300.0, 2.0, 0.2)]
    seen = seen_alone(Settings(), pieces)
    other = seen_alone(Settings(mu0=1.0, s0=0.4), pieces)
    assert (seen.value, seen.variance) == (pytest.approx(other.value), pytest.approx(other.variance))
    assert seen.value == pytest.approx(2.5)
    per_source = 0.2 + 0.3**2
    assert seen.variance == pytest.approx(per_source / 2 + 0.35**2)
    strict = Settings(severity={"Oh": 0.4})
    assert seen_alone(strict, pieces).value == pytest.approx(2.3)
    with pytest.raises(BadInput, match="nothing was seen"):
        seen_alone(Settings(), [])


@pytest.mark.parametrize("wrong", [(math.nan, 0.4), (2.0, 0.0), (2.0, math.nan), (math.inf, 0.4)])
def test_levels_that_are_none_are_refused(wrong: tuple[float, float]) -> None:
    with pytest.raises(BadInput):
        pool_priors({"sdr": {"minho": Seen(*wrong)}})
    with pytest.raises(BadInput):
        pool_priors({"sdr": {}}, Fallback(s0=0.0))


def pooled(crowd: list[Person]) -> PooledPrior[int]:
    """Pool a role as the night does: cells of reliability above .3, what was seen within 240 days."""
    settings, today = Settings(), DAYS - 1.0
    reliable = [p for p in crowd if posterior(settings, p.pieces, [], today).reliability > 0.3]
    lately = [[piece for piece in p.pieces if piece.t > today - 240] for p in reliable]
    return pool_priors({"sdr": {n: seen_alone(settings, some) for n, some in enumerate(lately) if some}})["sdr"]


def held_and_missed(crowd: list[Person], settings: Settings) -> tuple[float, float]:
    """Return the share of 90 % intervals that hold the level, and the mean squared miss."""
    read = [posterior(settings, p.pieces, [], DAYS - 1.0) for p in crowd]
    missed = np.array([one.mean - p.levels[-1] for one, p in zip(read, crowd, strict=True)])
    return float(np.mean(np.abs(missed) <= 1.6449 * np.array([one.sd for one in read]))), float(np.mean(missed**2))


@pytest.mark.slow
@pytest.mark.parametrize(("mu0", "s0"), [(2.2, 0.65), (2.8, 0.5), (1.8, 0.8)])
def test_a_pooled_prior_finds_where_a_role_stands_and_keeps_its_intervals(mu0: float, s0: float) -> None:
    crowd = list(people(World(), 1500, 12, np.random.default_rng(41), Settings(mu0=mu0, s0=s0)))
    prior = pooled(crowd)
    ours = held_and_missed(crowd, Settings().calibrated(mu0=prior.mu0, s0=prior.s0))
    fallback = held_and_missed(crowd, Settings())
    sys.stdout.write(
        f"\nrole at {mu0}, spread {s0}: pooled {prior.mu0:.3f}, {prior.s0:.3f}; 90 % intervals hold {ours[0]:.3f}"
        f" (fallback {fallback[0]:.3f}), mean squared miss {ours[1]:.3f} (fallback {fallback[1]:.3f})\n"
    )
    assert prior.mu0 == pytest.approx(mu0, abs=0.06)
    assert prior.s0 == pytest.approx(s0, abs=0.08)
    assert ours[0] >= 0.86
    assert ours[1] <= 1.03 * fallback[1]


@pytest.mark.slow
def test_pooling_estimates_instead_would_narrow_every_range() -> None:
    """What was rejected: mean and spread of the estimates themselves, each night's prior going into the next one's."""
    crowd = list(people(World(), 600, 12, np.random.default_rng(1), Settings()))
    settings = Settings()
    for _night in range(25):
        read = [posterior(settings, p.pieces, [], DAYS - 1.0) for p in crowd]
        reliable = [one for one in read if one.reliability > 0.3]
        mu0 = (sum(one.mean for one in reliable) + 10 * 2.2) / (len(reliable) + 10)
        squares = sum(one.sd**2 + (one.mean - mu0) ** 2 for one in reliable)
        settings = settings.calibrated(mu0=mu0, s0=((squares + 10 * 0.65**2) / (len(reliable) + 10)) ** 0.5)
    held = held_and_missed(crowd, settings)[0]
    sys.stdout.write(f"\nestimates pooled for 25 nights: spread {settings.s0:.3f}, 90 % intervals hold {held:.3f}\n")
    assert settings.s0 < 0.5
    assert held < 0.8
