"""Rubric files: what one can see in a call or a piece of work."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from coach.content.spec import Slug, Sourced, Spec, Text, distinct


class CriterionSpec(Spec):
    """Say what “yes” and “no” look like for one thing to watch for."""

    id: Slug
    name: Text
    met: Text
    not_met: Text


class RubricSpec(Sourced):
    """Hold the criteria of one skill."""

    skill: Slug
    version: Annotated[int, Field(ge=1)]
    criteria: Annotated[tuple[CriterionSpec, ...], Field(min_length=3, max_length=5)]

    @field_validator("criteria")
    @classmethod
    def _have_ids_of_their_own(cls, criteria: tuple[CriterionSpec, ...]) -> tuple[CriterionSpec, ...]:
        distinct(criterion.id for criterion in criteria)
        return criteria
