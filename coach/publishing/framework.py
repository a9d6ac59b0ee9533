"""Plan the framework: skills and what one can see at each level, roles and their targets, rubrics."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

import sqlalchemy as sa

from coach.content.framework import Framework, RoleSpec, SkillSpec
from coach.content.library import Library
from coach.content.spec import fingerprint_of
from coach.db import new_id, session
from coach.measurement.findings import target_of
from coach.publishing.plan import Change, How, Key, Kind, Plan, Row, Write, settle, standing
from coach.rubrics.models import RubricRevision
from coach.skills.models import Criterion, FrameworkRevision, JobRole, Skill, SkillLevel, Target


def plan_framework(library: Library, *, at: datetime) -> Plan:
    """Plan everything of framework.yml; one statement where its text is the same."""
    framework = library.framework
    query = sa.select(FrameworkRevision.number, FrameworkRevision.fingerprint).order_by(FrameworkRevision.number.desc())
    last = session().execute(query.limit(1)).one_or_none()
    if last is not None and last.fingerprint == framework.fingerprint:
        return Plan()
    how = How.ADDED if last is None else How.CHANGED
    revision = {
        "id": new_id(),
        "number": (last.number if last else 0) + 1,
        "fingerprint": framework.fingerprint,
        "source": framework.origin.source,
        "published_at": at,
    }
    whole = Plan((Change(Kind.FRAMEWORK, "framework", how),), (Write(sa.insert(FrameworkRevision), [revision]),))
    return whole + _plan_skills(framework, at) + _plan_roles(framework, at)


def plan_rubrics(library: Library, *, at: datetime) -> Plan:
    """Plan the criteria of every skill's rubric, and a revision of each that reads otherwise than before."""
    plan = settle(Kind.CRITERION, Criterion, _criteria(library), standing(Criterion), at=at)
    return plan + Plan(writes=(Write(sa.insert(RubricRevision), list(_revisions(library, at))),))


def _revisions(library: Library, at: datetime) -> Iterator[Row]:
    """Give a revision of each rubric whose wording is not the last one kept, so that old scores keep theirs."""
    query = sa.select(RubricRevision.skill_id, RubricRevision.number, RubricRevision.fingerprint)
    last = {row.skill_id: row for row in session().execute(query.order_by(RubricRevision.number))}
    for skill, rubric in library.rubrics.items():
        criteria = [each.model_dump(mode="json") for each in rubric.criteria]
        fingerprint = fingerprint_of(json.dumps(criteria, ensure_ascii=False, sort_keys=True))
        before = last.get(skill)
        if before is None or before.fingerprint != fingerprint:
            number = before.number + 1 if before else 1
            yield {
                "id": new_id(),
                "skill_id": skill,
                "number": number,
                "criteria": criteria,
                "fingerprint": fingerprint,
                "published_at": at,
            }


def _plan_skills(framework: Framework, at: datetime) -> Plan:
    wanted = (_skill(position, spec) for position, spec in enumerate(framework.skills))
    plan = settle(Kind.SKILL, Skill, wanted, standing(Skill), at=at)
    clear = Write(sa.delete(SkillLevel).where(SkillLevel.skill_id.in_([spec.id for spec in framework.skills])), [])
    levels = list(_levels(framework))
    moved = _moved(Kind.SKILL, plan, levels, standing(SkillLevel).values())
    return plan + Plan(moved, (clear, Write(sa.insert(SkillLevel), levels)))


def _plan_roles(framework: Framework, at: datetime) -> Plan:
    wanted = (_role(position, spec) for position, spec in enumerate(framework.roles))
    plan = settle(Kind.ROLE, JobRole, wanted, standing(JobRole), at=at)
    clear = Write(sa.delete(Target).where(Target.job_role_id.in_([spec.id for spec in framework.roles])), [])
    targets = list(_targets(framework))
    moved = _moved(Kind.ROLE, plan, targets, standing(Target).values())
    return plan + Plan(moved, (clear, Write(sa.insert(Target), targets)))


def _moved(kind: Kind, plan: Plan, wanted: Iterable[Row], stands: Iterable[Row]) -> tuple[Change, ...]:
    """Tell the skills or roles that are the same in themselves but not in their levels or targets."""
    owner = "skill_id" if kind == Kind.SKILL else "job_role_id"
    now, before = _by_owner(owner, wanted), _by_owner(owner, stands)
    told = {change.id for change in plan.changes}
    names = [name for name in now if now[name] != before[name] and name not in told]
    return tuple(Change(kind, name, How.CHANGED) for name in names)


def _by_owner(owner: str, rows: Iterable[Row]) -> defaultdict[str, set[Key]]:
    found: defaultdict[str, set[Key]] = defaultdict(set)
    for row in rows:
        found[row[owner]].add(tuple(value for _, value in sorted(row.items())))
    return found


def _skill(position: int, spec: SkillSpec) -> Row:
    return {
        "id": spec.id,
        "position": position,
        "name": spec.name,
        "summary": spec.summary,
        "kind": str(spec.kind),
        "goal": str(spec.goal),
    }


def _role(position: int, spec: RoleSpec) -> Row:
    return {
        "id": spec.id,
        "position": position,
        "name": spec.name,
        "plural": spec.plural,
        "summary": spec.summary,
        "start_plan_weeks": spec.start_plan_weeks,
    }


def _levels(framework: Framework) -> Iterator[Row]:
    for spec in framework.skills:
        for level, anchor in spec.anchors.items():
            yield {"skill_id": spec.id, "level": level, "anchor": anchor}


def _targets(framework: Framework) -> Iterator[Row]:
    for role in framework.roles:
        for each in role.targets:
            yield {
                "job_role_id": role.id,
                "skill_id": each.skill,
                "level": each.level,
                "threshold": target_of(each.level),
                "weight": each.weight,
            }


def _criteria(library: Library) -> Iterator[Row]:
    for skill, rubric in library.rubrics.items():
        for position, spec in enumerate(rubric.criteria):
            yield {
                "skill_id": skill,
                "id": spec.id,
                "position": position,
                "name": spec.name,
                "met": spec.met,
                "not_met": spec.not_met,
            }
