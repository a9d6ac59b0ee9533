"""A path leads through modules that are for its role."""

from __future__ import annotations

import pytest

from coach.content.library import read_library
from coach.content.problems import ContentErrors
from tests.unit.content.small_library import FRAMEWORK

SECOND_ROLE = FRAMEWORK[FRAMEWORK.index("  - id: account-manager") :].replace("account-manager", "specialist")


@pytest.mark.parametrize("step", ["module: trade", "lesson: ne-trade-once"])
def test_a_step_into_a_module_for_other_roles_is_told_at_its_line(sources: dict[str, str], step: str) -> None:
    sources["framework.yml"] = FRAMEWORK + SECOND_ROLE
    sources["paths/specialist.yml"] = f"role: specialist\nsteps:\n  - {{week: 1, {step}}}\n"
    with pytest.raises(ContentErrors) as caught:
        read_library(sources)
    (told,) = caught.value.problems
    assert (told.path, told.line) == ("paths/specialist.yml", 3)
    assert "“trade” is not for the role “specialist”" in str(told)


def test_a_module_for_all_may_stand_on_every_path(sources: dict[str, str]) -> None:
    sources["framework.yml"] = FRAMEWORK + SECOND_ROLE
    sources["modules/trade/module.yml"] = sources["modules/trade/module.yml"].replace("[account-manager]", "[all]")
    sources["paths/specialist.yml"] = "role: specialist\nsteps:\n  - {week: 1, module: trade}\n"
    assert set(read_library(sources).paths) == {"account-manager", "specialist"}
