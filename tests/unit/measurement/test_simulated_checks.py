"""Simulated checks: adaptive against random items, calibration in a small department, flags by chance."""

import sys

import numpy as np
import pytest

from coach.measurement.items import (
    Calibration,
    Candidate,
    Verdict,
    analyse_items,
    choose_item,
    fit_items,
    stop,
)

pytestmark = pytest.mark.slow
STEPS = (1.5, 2.5, 3.5)


def say(**figures: float) -> None:
    """Print the figures of a simulation; pytest shows them with -s."""
    sys.stdout.write("\n" + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()) + "\n")


class Bank:
    """Forty-eight items of three steps: what the authors think, what is true, and how often each was used."""

    def __init__(self, rng: np.random.Generator, size: int = 48) -> None:
        self.rng, self.authors = rng, np.resize(STEPS, size)
        self.slopes = np.exp(rng.normal(np.log(1.85), 0.3, size))
        self.truth = self.authors + rng.normal(0, 0.3, size)
        self.uses, self.checks = np.zeros(size, dtype=int), 0

    def candidates(self) -> list[Candidate]:
        uses = self.uses.tolist()
        return [Candidate(str(n), 1.85, float(b), checks=uses[n]) for n, b in enumerate(self.authors)]

    def answer(self, item: int, level: float) -> float:
        return float(self.rng.random() < 1 / (1 + np.exp(-self.slopes[item] * (level - self.truth[item]))))

    def check(self, level: float, target: float, prior: tuple[float, float], adaptive: bool) -> tuple[Verdict, int]:
        """Run one check and return its verdict and its number of questions."""
        candidates, asked, answers = self.candidates(), [], []
        shuffled = self.rng.permutation(len(candidates)).tolist()
        verdict = Verdict.ASK_MORE
        while verdict is Verdict.ASK_MORE:
            asked.append(self.chosen(candidates, asked, target) if adaptive else shuffled[len(asked)])
            answers.append(self.answer(asked[-1], level))
            verdict = stop(*prior, [1.85] * len(asked), self.authors[asked], answers, target).verdict
        self.checks += 1
        self.uses[asked] += 1
        return verdict, len(asked)

    def chosen(self, candidates: list[Candidate], asked: list[int], target: float) -> int:
        names = [str(n) for n in asked]
        return int(choose_item(candidates, target=target, asked=names, checks=self.checks, rng=self.rng).item_id)


def run(adaptive: bool, target: float, people: int = 600) -> dict[str, float]:
    """Check people of a role around their target, of whom other evidence told a third of the variance."""
    rng = np.random.default_rng(11)
    bank, asked, decided, right = Bank(rng), 0, 0, 0
    levels = rng.normal(target - 0.3, 0.65, people)
    means = target - 0.3 + 0.36 * (levels - target + 0.3) + rng.normal(0, 0.65 * 0.48, people)
    for level, mean in zip(levels.tolist(), means.tolist(), strict=True):
        verdict, length = bank.check(level, target, (mean, 0.65 * 0.8), adaptive)
        asked += length
        decided += verdict is not Verdict.UNDECIDED
        right += verdict is (Verdict.BELOW if level < target else Verdict.REACHED)
    name = "adaptive" if adaptive else "random"
    figures = {"questions": asked / people, "decided": decided / people, "right": right / decided}
    figures["most_used"] = float(bank.uses.max() / bank.checks)
    say(**{f"target {target} {name} {key}": value for key, value in figures.items()})
    return figures


@pytest.mark.parametrize("target", [2.5, 3.5])
def test_adaptive_checks_ask_less_and_decide_more_than_random_items(target):
    adaptive, random = run(True, target), run(False, target)
    assert adaptive["questions"] < random["questions"]
    assert adaptive["decided"] > random["decided"]
    assert adaptive["right"] > 0.88
    assert adaptive["most_used"] <= 0.31


def test_with_twelve_people_map_beats_the_author_and_likelihood_alone_does_not():
    # Items all right or all wrong, which likelihood alone would send to infinity, are left out for all three.
    rng = np.random.default_rng(12)
    errors: dict[str, list[float]] = {"author": [], "map": [], "ml": []}
    flat = Calibration(author_sd=100.0)
    for _ in range(120):
        authors = np.resize(STEPS, 9)
        truth = authors + rng.normal(0, 0.45, 9)
        levels = rng.normal(2.2, 0.65, 12)
        responses = (rng.random((12, 9)) < 1 / (1 + np.exp(-1.85 * (levels[:, None] - truth)))).astype(float)
        both = (responses.mean(axis=0) > 0) & (responses.mean(axis=0) < 1)
        fits = {
            "author": authors,
            "map": fit_items(responses, authors).difficulties,
            "ml": fit_items(responses, authors, settings=flat).difficulties,
        }
        for name, found in fits.items():
            errors[name].extend((found - truth)[both] ** 2)
    rmse = {name: float(np.sqrt(np.mean(values))) for name, values in errors.items()}
    say(**rmse)
    assert rmse["map"] < 0.9 * rmse["author"]
    assert rmse["ml"] > rmse["author"]


def flagged(picks_lower: float, picks_upper: float, people: int, worlds: int, seed: int) -> tuple[float, float]:
    """Return how often a distractor is flagged: by our rule, and by a bare "upper third picks it more often"."""
    rng = np.random.default_rng(seed)
    ours = bare = 0
    for _ in range(worlds):
        rest = (rng.random((people, 5)) < 0.5).astype(float)
        strong = rest.mean(axis=1)
        share = picks_lower + (picks_upper - picks_lower) * strong
        picked = rng.random(people) < share
        table = np.column_stack([np.where(picked, 0.0, 1.0), rest])
        choices = [["b" if p else "a", *"aaaaa"] for p in picked]
        option = next((o for o in analyse_items(table, choices, list("aaaaaa")).items[0].options if not o.right), None)
        ours += option is not None and option.attracts
        bare += option is not None and option.upper > option.lower
    return ours / worlds, bare / worlds


def test_sound_distractors_are_seldom_flagged_and_wrong_ones_mostly():
    sound_ours, sound_bare = flagged(0.22, 0.10, people=40, worlds=300, seed=13)
    wrong_ours, wrong_bare = flagged(0.10, 0.45, people=120, worlds=300, seed=14)
    say(sound_ours=sound_ours, sound_bare=sound_bare, wrong_ours=wrong_ours, wrong_bare=wrong_bare)
    assert sound_ours < 0.06 < sound_bare
    assert wrong_ours > 0.6
