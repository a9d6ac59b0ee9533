"""Module files and paths: which lessons there are, what they lead to, and when a role takes them."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from coach.content.certificates import CertificateSpec
from coach.content.framework import Level
from coach.content.kinds import EVERY_ROLE
from coach.content.problems import Unfit
from coach.content.spec import Slug, Sourced, Spec, Text, distinct
from coach.words import Message


def _named_once(roles: tuple[str, ...]) -> tuple[str, ...]:
    distinct(roles)
    if EVERY_ROLE in roles and len(roles) > 1:
        raise Unfit(Message("Write [all] by itself, or name the roles without it."))
    return roles


Roles = Annotated[tuple[Slug, ...], Field(min_length=1), AfterValidator(_named_once)]


RESERVED: Final = ("skill-", "before-", "after-")
"""What the checks of skills and the two forms round a module are named with."""


class AttemptsSpec(Spec):
    """Limit how often somebody may begin a check within so many days."""

    most: Annotated[int, Field(ge=1, le=20)]
    days: Annotated[int, Field(ge=1, le=365)]


class CheckSpec(Spec):
    """Name the check at a lesson's end and its items in the order asked; `minutes` and `attempts` may limit it."""

    id: Slug
    items: Annotated[tuple[Slug, ...], Field(min_length=4)]
    minutes: Annotated[int | None, Field(ge=1, le=120)] = None
    attempts: AttemptsSpec | None = None

    @field_validator("id")
    @classmethod
    def _is_its_own(cls, name: str) -> str:
        if name.startswith(RESERVED):
            raise Unfit(Message("Begin this id in another way: skill-, before- and after- are names of other checks."))
        return name

    @field_validator("items")
    @classmethod
    def _are_asked_once(cls, items: tuple[str, ...]) -> tuple[str, ...]:
        distinct(items)
        return items


class LessonSpec(Sourced):
    """Place a lesson: the skill and step it teaches, its minutes and its check.

    The fingerprint covers its entry in module.yml and its text in both languages.
    """

    id: Slug
    slug: Slug
    skill: Slug
    from_level: Level
    to_level: Level
    minutes: Annotated[int, Field(ge=5, le=15)]
    check: CheckSpec

    @model_validator(mode="after")
    def _goes_one_step(self) -> Self:
        if self.to_level != self.from_level + 1:
            raise Unfit(Message("A lesson goes one step: make to_level one more than from_level."))
        return self


class ModuleSpec(Sourced):
    """Hold lessons that belong together, in order, for some roles or for all."""

    id: Slug
    title: Text
    summary: Text
    roles: Roles
    lessons: Annotated[tuple[LessonSpec, ...], Field(min_length=1)]

    @field_validator("lessons")
    @classmethod
    def _have_files_of_their_own(cls, lessons: tuple[LessonSpec, ...]) -> tuple[LessonSpec, ...]:
        distinct(lesson.slug for lesson in lessons)
        return lessons


class StepSpec(Spec):
    """Put a lesson, or all lessons of a module, into a week of a path."""

    week: Annotated[int, Field(ge=1, le=104)]
    lesson: Slug | None = None
    module: Slug | None = None

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if (self.lesson is None) == (self.module is None):
            raise Unfit(Message("Name either a lesson or a module in each step."))
        return self


class PathFile(Sourced):
    """Hold a role's path as it is written."""

    role: Slug
    steps: Annotated[tuple[StepSpec, ...], Field(min_length=1)]
    certificate: CertificateSpec = CertificateSpec()


class WeekSpec(Spec):
    """List the lessons of one week by id."""

    week: int
    lessons: tuple[str, ...]


class PathSpec(Sourced):
    """Hold a role's path week by week, modules resolved to their lessons."""

    role: str
    weeks: tuple[WeekSpec, ...]
    certificate: CertificateSpec = CertificateSpec()
