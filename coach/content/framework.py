"""The framework file: levels, skills with what one can see at each level, job roles with their targets."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator

from coach import words
from coach.content.problems import Unfit
from coach.content.spec import Line, Slug, Sourced, Spec, Text, distinct
from coach.words import Message

LEVELS = (1, 2, 3, 4)
LONGEST_SKILL_NAME = 22

Level = Annotated[int, Field(ge=1, le=4)]


class SkillKind(StrEnum):
    """Tell a skill that is seen in what someone does from one that is known."""

    BEHAVIOUR = "behaviour"
    KNOWLEDGE = "knowledge"


class Goal(StrEnum):
    """Name the goal of the department that a skill serves."""

    CONVERT = "convert"
    KEEP = "keep"
    GROW = "grow"
    ALL = "all"


class LevelSpec(Spec):
    """Name a level of the scale and say what it means."""

    level: Level
    name: Text
    meaning: Text


class Alignment(Spec):
    """Point at the same skill in a public framework."""

    framework: Literal["onet", "esco"]
    id: Line


class SkillSpec(Sourced):
    """Describe a skill: its goal and what one can see at each of the four levels."""

    id: Slug
    name: Text
    kind: SkillKind
    goal: Goal
    summary: Text
    anchors: dict[int, Text]
    alignments: tuple[Alignment, ...] = ()

    @field_validator("name")
    @classmethod
    def _fits_a_row(cls, name: words.Text) -> words.Text:
        if len(name.en) > LONGEST_SKILL_NAME:
            raise Unfit(Message("Shorten the English name to %(most)s characters or fewer.", most=LONGEST_SKILL_NAME))
        return name

    @field_validator("anchors")
    @classmethod
    def _has_every_level(cls, anchors: dict[int, words.Text]) -> dict[int, words.Text]:
        if tuple(sorted(anchors)) != LEVELS:
            raise Unfit(Message("Say what one can see at each level: the anchors 1, 2, 3 and 4, and no others."))
        return anchors


class TargetSpec(Spec):
    """Set the level a role needs in a skill, and how much it matters (weight 1 to 5)."""

    skill: Slug
    level: Level
    weight: Annotated[int, Field(ge=1, le=5)]


class RoleSpec(Sourced):
    """Describe a job role and the levels it needs."""

    id: Slug
    name: Text
    plural: Text
    summary: Text
    start_plan_weeks: Annotated[int, Field(ge=1, le=52)]
    targets: Annotated[tuple[TargetSpec, ...], Field(min_length=1)]

    @field_validator("targets")
    @classmethod
    def _names_each_skill_once(cls, targets: tuple[TargetSpec, ...]) -> tuple[TargetSpec, ...]:
        distinct(target.skill for target in targets)
        return targets


class Framework(Sourced):
    """Hold the whole framework."""

    version: Annotated[int, Field(ge=1)]
    levels: tuple[LevelSpec, ...]
    skills: Annotated[tuple[SkillSpec, ...], Field(min_length=1)]
    roles: Annotated[tuple[RoleSpec, ...], Field(min_length=1)]

    @field_validator("levels")
    @classmethod
    def _goes_from_one_to_four(cls, levels: tuple[LevelSpec, ...]) -> tuple[LevelSpec, ...]:
        if tuple(level.level for level in levels) != LEVELS:
            raise Unfit(Message("List the four levels in order: 1, 2, 3, 4."))
        return levels
