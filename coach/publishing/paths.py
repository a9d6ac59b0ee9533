"""Plan the roles' paths, which lesson stands in which week, and the certificates at their ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from coach.certificates.models import CertificateRule
from coach.content.library import Library
from coach.publishing.plan import Kind, Plan, Row, settle, standing
from coach.training.models import PathStep
from coach.words import Text


def plan_steps(library: Library, *, at: datetime) -> Plan:
    """Plan every step of every path; a step is its role and lesson, so moving it to another week keeps it."""
    return settle(Kind.STEP, PathStep, _steps(library), standing(PathStep), at=at)


def plan_certificates(library: Library, *, at: datetime) -> Plan:
    """Plan the rule of each certificate; a role that has a path has one."""
    return settle(Kind.CERTIFICATE, CertificateRule, _rules(library), standing(CertificateRule), at=at)


def _rules(library: Library) -> Iterator[Row]:
    names = {role.id: role.name for role in library.framework.roles}
    for role, path in library.paths.items():
        asked, name = path.certificate, names[role]
        given = asked.name or Text(en=f"{name.en}, certified", ko=f"{name.ko} 인증")
        yield {"job_role_id": role, "name": given, "valid_months": asked.valid_months, "weight": asked.weight}


def _steps(library: Library) -> Iterator[Row]:
    for role, path in library.paths.items():
        lessons = [(week.week, lesson) for week in path.weeks for lesson in week.lessons]
        for position, (week, lesson) in enumerate(lessons):
            yield {"job_role_id": role, "lesson_id": lesson, "week": week, "position": position}
