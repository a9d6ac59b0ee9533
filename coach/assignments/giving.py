"""What the page for giving work shows: whom one may give to, by role, and which lessons, proposed ones first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from coach.access.identity import Identity, Relation
from coach.db import session
from coach.findings.queries import FindingRow, open_for
from coach.measurement.recommend import REACH
from coach.people.queries import PersonRow, rows, visible_to
from coach.skills.models import Skill
from coach.training.models import Lesson
from coach.words import Text

MOST_PROPOSED: Final = 5


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """Hold a lesson that can be given."""

    id: str
    title: Text
    minutes: int
    skill_id: str
    skill_name: Text
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Hold the people of one job role whom the reader may give work to; no role is a group too."""

    role_id: str
    role_name: Text | None
    people: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class GivingPage:
    """Hold what one can choose from."""

    groups: tuple[RoleGroup, ...]
    proposed: tuple[LessonChoice, ...]
    lessons: tuple[LessonChoice, ...]

    def people_of(self, role_ids: Iterable[str]) -> list[uuid.UUID]:
        """List everybody in some of the groups."""
        wanted = set(role_ids)
        return [person.id for group in self.groups if group.role_id in wanted for person in group.people]

    def title_of(self, lesson_id: str) -> Text | None:
        """Name a lesson."""
        return next((lesson.title for lesson in self.lessons if lesson.id == lesson_id), None)


def giving_page(identity: Identity, *, team_id: uuid.UUID | None = None) -> GivingPage:
    """Read whom the reader leads or coaches (of one team, where it is named) and what they can be given."""
    theirs = rows(ids=visible_to(identity, Relation.COACH, Relation.MANAGER, Relation.UPLINE))
    people = [person for person in theirs if team_id is None or person.team_id == team_id]
    lessons = _lessons()
    return GivingPage(_by_role(people), _proposed(lessons, open_for([p.id for p in people])), tuple(lessons))


def _lessons() -> list[LessonChoice]:
    query = (
        sa.select(Lesson.id, Lesson.title, Lesson.minutes, Skill.id, Skill.name, Lesson.from_level, Lesson.to_level)
        .join(Skill, Skill.id == Lesson.skill_id)
        .where(Lesson.retired_at.is_(None))
        .order_by(Skill.position, Lesson.from_level, Lesson.position, Lesson.id)
    )
    return [LessonChoice(*row) for row in session().execute(query)]


def _by_role(people: Sequence[PersonRow]) -> tuple[RoleGroup, ...]:
    found: dict[str, list[PersonRow]] = {}
    for person in people:
        found.setdefault(person.job_role_id or "", []).append(person)
    groups = [RoleGroup(role, members[0].job_role_name, tuple(members)) for role, members in found.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.people), group.role_id)))


def _proposed(lessons: Sequence[LessonChoice], findings: Sequence[FindingRow]) -> tuple[LessonChoice, ...]:
    """Choose the next step for each of the findings that matter most, once."""
    chosen: dict[str, LessonChoice] = {}
    for finding in findings:
        fits = [x for x in lessons if x.skill_id == finding.skill_id and x.from_level <= finding.mean + REACH]
        best = next((lesson for lesson in fits if lesson.to_level > finding.mean), None)
        if best is not None:
            chosen.setdefault(best.id, best)
        if len(chosen) == MOST_PROPOSED:
            break
    return tuple(chosen.values())
