"""Severity of raters and agreement: what is calibrated, what is refused, what stays."""

import numpy as np
import pytest

from coach.measurement.mixed import fit_reml
from coach.measurement.raters import cohen_kappa, fleiss_kappa, icc, krippendorff_alpha, rater_severity

CRITERIA = ("asks", "listens", "sums-up")


def marks(severities, people=12, seed=1, prefix="p", noise=0.2):
    """Return every rater's marks of every person on three criteria."""
    rng = np.random.default_rng(seed)
    levels = rng.normal(2.2, 0.65, people)
    return [
        (f"{prefix}{p}", rater, criterion, float(levels[p] + severity + rng.normal(0, noise)))
        for p in range(people)
        for rater, severity in severities.items()
        for criterion in CRITERIA
    ]


def test_a_rater_who_writes_high_gets_a_positive_severity_and_a_strict_one_a_negative():
    found = rater_severity(marks({"oh": 0.4, "han": 0.0, "seo": -0.4}))
    assert found.connected
    assert found.offsets["oh"] == pytest.approx(0.4, abs=0.1)
    assert found.offsets["seo"] == pytest.approx(-0.4, abs=0.1)
    assert sum(found.offsets.values()) == pytest.approx(0, abs=1e-6)


def test_where_the_spread_comes_from_is_told_apart():
    found = rater_severity(marks({"oh": 0.4, "han": 0.0, "seo": -0.4}, people=60))
    assert found.sd_person == pytest.approx(0.65, abs=0.15)
    assert found.sd_rest == pytest.approx(0.2, abs=0.02)
    assert found.sd_leaning == pytest.approx(0, abs=0.05)


def test_the_interval_holds_the_offset_and_more_raters_make_the_common_scale_surer():
    few = rater_severity(marks({"a": 0.3, "b": -0.3}, noise=0.6)).raters[0]
    many = rater_severity(marks({"a": 0.3, "b": -0.3, **{f"r{n}": (n - 3) / 10 for n in range(7)}}, noise=0.6)).raters[
        0
    ]
    assert few.low < few.offset < few.high
    assert few.high - few.low > many.high - many.low


def test_raters_without_common_people_are_not_calibrated():
    apart = marks({"oh": 0.4, "han": 0.0}, people=8) + marks({"kim": -0.9}, people=10, prefix="q")
    found = rater_severity(apart)
    by_name = {rater.rater: rater for rater in found.raters}
    assert found.groups == (("han", "oh"), ("kim",))
    assert not found.connected
    assert (by_name["kim"].calibrated, by_name["kim"].offset, by_name["kim"].low) == (False, 0.0, None)
    assert set(found.offsets) == {"han", "oh"}


def test_only_the_group_with_most_people_is_calibrated():
    small, large = marks({"a": 0.5, "b": 0.0}, people=6), marks({"c": 0.5, "d": 0.0}, people=9, prefix="q")
    assert set(rater_severity(small + large).offsets) == {"c", "d"}


def test_five_common_people_are_too_few_and_six_are_enough():
    base = marks({"oh": 0.3, "han": 0.0}, people=10)
    for shared, calibrated in ((5, False), (6, True)):
        extra = [(f"p{p}", "lee", c, 2.0) for p in range(shared) for c in CRITERIA]
        by_name = {rater.rater: rater for rater in rater_severity(base + extra).raters}
        assert (by_name["lee"].shared, by_name["lee"].calibrated) == (shared, calibrated)


def test_one_rater_alone_is_not_calibrated_and_nothing_is_claimed():
    found = rater_severity(marks({"oh": 0.4}))
    assert found.offsets == {}
    assert (found.sd_rater, found.raters[0].offset) == (None, 0.0)


def test_marks_that_are_all_alike_say_nothing_of_severity():
    for hard in (0.0, 1.0):
        rows = [(f"p{p}", r, c, 3.0 - hard * (c == "asks")) for p in range(8) for r in ("oh", "han") for c in CRITERIA]
        found = rater_severity(rows)
        assert found.offsets == {}
        assert found.sd_rest is None


def test_one_mark_a_person_and_rater_leaves_out_the_leaning():
    found = rater_severity([row for row in marks({"oh": 0.4, "han": 0.0, "seo": 0.1}) if row[2] == "asks"])
    assert found.sd_leaning is None
    assert found.offsets["oh"] > found.offsets["han"]


def levels_after(shift: float, severity_used: bool) -> dict[str, float]:
    """Return each person's mean mark, in a department with gaps, when Oh writes everything higher by a shift."""
    rng = np.random.default_rng(5)
    rows = [row for row in marks({"oh": 0.0, "han": 0.0, "seo": 0.0}, people=30, seed=5) if rng.random() < 0.7]
    moved = [(p, r, c, y + (shift if r == "oh" else 0.0)) for p, r, c, y in rows]
    offsets = rater_severity(moved).offsets if severity_used else {}
    people: dict[str, list[float]] = {}
    for person, rater, _, value in moved:
        people.setdefault(person, []).append(value - offsets.get(rater, 0.0))
    return {person: float(np.mean(values)) for person, values in people.items()}


def test_the_order_of_people_does_not_change_when_a_rater_shifts_all_marks():
    before, after, raw = levels_after(0.0, True), levels_after(1.0, True), levels_after(1.0, False)
    pairs = [(a, b) for a in before for b in before if before[a] - before[b] > 0.05]
    assert all(after[a] > after[b] for a, b in pairs)
    assert sum(raw[a] < raw[b] for a, b in pairs) > 5


def test_two_raters_that_seem_alike_still_have_a_real_interval():
    found = rater_severity(marks({"oh": 0.0, "han": 0.0}, people=8, noise=0.6))
    assert all(rater.high - rater.low > 0.1 for rater in found.raters)


def test_more_raters_than_people_are_calibrated_too():
    found = rater_severity(marks({f"r{n}": n / 5 for n in range(9)}, people=7))
    assert len(found.offsets) == 9
    assert found.offsets["r8"] > found.offsets["r0"]


def test_a_new_severity_is_smoothed_with_the_last_one():
    rows = marks({"oh": 0.4, "han": -0.4})
    fresh = rater_severity(rows).offsets["oh"]
    smoothed = rater_severity(rows, previous={"oh": 0.0}, smoothing=0.5).offsets
    assert smoothed["oh"] == pytest.approx(fresh / 2)
    assert smoothed["han"] == pytest.approx(rater_severity(rows).offsets["han"])


@pytest.mark.parametrize(("rows", "complaint"), [([], "empty"), ([("p", "r", "c", float("nan"))], "finite")])
def test_ratings_that_cannot_be_are_refused(rows, complaint):
    with pytest.raises(ValueError, match=complaint):
        rater_severity(rows)


def test_alpha_is_one_for_perfect_agreement_and_near_zero_for_chance():
    rng = np.random.default_rng(2)
    same = np.repeat(rng.integers(1, 5, 40)[:, None], 3, axis=1)
    assert krippendorff_alpha(same).value == pytest.approx(1)
    assert krippendorff_alpha(rng.integers(1, 5, (400, 3))).value == pytest.approx(0, abs=0.06)


def test_alpha_has_a_bootstrap_interval_from_20_double_rated_people():
    rng = np.random.default_rng(3)
    truth = rng.integers(1, 5, 40)
    table = np.clip(truth[:, None] + rng.integers(-1, 2, (40, 2)), 1, 4).astype(float)
    assert krippendorff_alpha(table[:19]).low is None
    found = krippendorff_alpha(table[:20])
    assert found.low < found.value < found.high
    assert krippendorff_alpha(table[:20]) == found
    more = krippendorff_alpha(table)
    assert more.high - more.low < found.high - found.low


def test_alpha_is_undefined_without_pairs_or_without_spread():
    assert krippendorff_alpha([[1, np.nan], [np.nan, 2]]).value is None
    alike = krippendorff_alpha([[3, 3], [3, 3]])
    assert (alike.value, alike.percent) == (None, 1.0)


def test_alpha_refuses_negative_marks_on_a_ratio_scale():
    with pytest.raises(ValueError, match="ratio"):
        krippendorff_alpha([[-1, 2]], "ratio")


def test_quadratic_kappa_forgives_near_misses():
    near, far = [[10, 2, 0], [0, 10, 2], [0, 0, 10]], [[10, 0, 2], [0, 10, 0], [2, 0, 10]]
    assert cohen_kappa(near, "quadratic") > cohen_kappa(near, "linear") > cohen_kappa(near)
    assert cohen_kappa(far, "quadratic") < cohen_kappa(far)


@pytest.mark.parametrize("table", [[[1, 2]], [[0, 0], [0, 0]], [[1, -1], [0, 1]], [[5, 0], [0, 0]]])
def test_tables_without_a_kappa_are_refused(table):
    with pytest.raises(ValueError, match="kappa"):
        cohen_kappa(table)


@pytest.mark.parametrize("weights", [[[0, 1], [1, 1]], [[0, -1], [1, 0]], [[0]]])
def test_weights_that_cannot_be_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        cohen_kappa([[1, 2], [3, 4]], weights)


@pytest.mark.parametrize("counts", [[[1, 1], [1, 2]], [[1, 0], [0, 1]], [[3, 0], [3, 0]], [[-1, 3]]])
def test_counts_without_a_fleiss_kappa_are_refused(counts):
    with pytest.raises(ValueError, match=r"raters|category|counts"):
        fleiss_kappa(counts)


@pytest.mark.parametrize(
    "table", [[[1, 2], [np.nan, 3]], [[1, 2]], [[1], [2]], [[2, 2], [2, 2]], [[1, 2], [2, 3], [3, 4]]]
)
def test_tables_without_an_icc_are_refused(table):
    with pytest.raises(ValueError, match="icc"):
        icc(table)


def test_a_mixed_model_without_anything_to_split_is_refused():
    one, two = np.zeros(4, dtype=int), np.array([0, 0, 1, 1])
    for y, factors, averaged in (
        ([1.0, 1.0, 1.0, 1.0], [two], None),
        ([1.0, 2.0, 3.0], [two], None),
        ([1.0, 2.0, 3.0, 4.0], [two], 0),
        ([1.0, 2.0, 3.0, 4.0], [], None),
    ):
        with pytest.raises(ValueError, match=r"spread|length|factor"):
            fit_reml(y, np.ones((4, 1)), factors, averaged=averaged)
    with pytest.raises(ValueError, match="fixed effects"):
        fit_reml([1.0, 2.0], np.eye(2), [one[:2]])


def test_a_rater_who_leaves_all_but_no_noise_is_still_split():
    rows = [(f"p{p}", r, "overall", p / 4 + shift) for p in range(8) for r, shift in (("oh", 0.2), ("han", -0.2))]
    found = rater_severity(rows)
    assert found.offsets["oh"] == pytest.approx(0.2, abs=0.02)


def test_one_person_calibrates_nobody():
    rng = np.random.default_rng(4)
    rows = [("p", r, f"c{c}", float(rng.normal(2.5, 0.4))) for r in ("oh", "han", "seo") for c in range(6)]
    found = rater_severity(rows)
    assert found.offsets == {}
    assert found.connected
