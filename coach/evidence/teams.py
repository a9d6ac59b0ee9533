"""Keep a team's sums per skill in the transaction that changes a member's estimate, or who is a member.

A team's value is the mean of its members' means, with sd = sqrt(sum of variances)/n; members with no evidence do not
count, and the page says how many do.
"""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

import sqlalchemy as sa

from coach.db import bare, bare_upsert, dialect, run, session
from coach.evidence.models import Cell, TeamSkill
from coach.people.models import Person, Team, TeamMembership

Reading = tuple[float, float, int]  # mean, sd, pieces


def shift(person_id: uuid.UUID, skill_id: str, before: Reading, after: Reading) -> None:
    """Move the sums of the person's team by what their reading changed."""
    if before == after:
        return
    old, new = _parts(before), _parts(after)
    change = {name: new[name] - old[name] for name in new}
    run(_add(dialect()), {"person": person_id, "skill": skill_id, **change})


@cache
def _add(engine: str) -> Any:
    """Build the statement that adds to the sums of the team that a person is in; who is in none changes no row."""
    insert, member = bare_upsert(TeamSkill, engine), bare(TeamMembership)
    sums = {name: insert.table.c[name] for name in ("people", "sum_mean", "sum_variance", "pieces")}
    change = [sa.bindparam(name, type_=column.type) for name, column in sums.items()]
    team = (
        sa.select(member.c.team_id, sa.bindparam("skill", type_=sa.String()), *change)
        .join(Person, Person.id == member.c.person_id)
        .where(member.c.person_id == sa.bindparam("person"), member.c.until.is_(None), Person.deactivated_at.is_(None))
    )
    added = {name: column + insert.excluded[name] for name, column in sums.items()}
    insert = insert.from_select(["team_id", "skill_id", *sums], team)
    return insert.on_conflict_do_update(index_elements=["team_id", "skill_id"], set_=added)


def recount(team_id: uuid.UUID) -> None:
    """Count a team's sums again from its members' cells, as when somebody joins, leaves or is deactivated.

    One count of a team at a time. The lock leaves the key free: two who join at once each hold the key already, and
    would wait for each other.
    """
    session().execute(sa.select(Team.id).where(Team.id == team_id).with_for_update(key_share=True))
    in_order = sa.select(TeamSkill.skill_id).where(TeamSkill.team_id == team_id).order_by(TeamSkill.skill_id)
    session().execute(in_order.with_for_update())  # skill by skill, as a log does: neither waits in a ring
    session().execute(
        sa.delete(TeamSkill).where(TeamSkill.team_id == team_id), execution_options={"synchronize_session": False}
    )
    rows = [{"team_id": team_id, "skill_id": skill, **sums} for skill, sums in counted(team_id).items()]
    if rows:
        session().execute(sa.insert(TeamSkill), rows)


def counted(team_id: uuid.UUID) -> dict[str, dict[str, Any]]:
    """Sum a team's members from their cells."""
    query = (
        sa.select(
            Cell.skill_id,
            sa.func.count(),
            sa.func.sum(Cell.mean),
            sa.func.sum(Cell.sd * Cell.sd),
            sa.func.sum(Cell.pieces),
        )
        .join(TeamMembership, sa.and_(TeamMembership.person_id == Cell.person_id, TeamMembership.until.is_(None)))
        .join(Person, sa.and_(Person.id == Cell.person_id, Person.deactivated_at.is_(None)))
        .where(TeamMembership.team_id == team_id, Cell.pieces > 0)
        .group_by(Cell.skill_id)
    )
    return {
        skill: {"people": people, "sum_mean": mean, "sum_variance": variance, "pieces": pieces}
        for skill, people, mean, variance, pieces in session().execute(query)
    }


def _parts(reading: Reading) -> dict[str, Any]:
    mean, sd, pieces = reading
    if pieces == 0:
        return {"people": 0, "sum_mean": 0.0, "sum_variance": 0.0, "pieces": 0}
    return {"people": 1, "sum_mean": mean, "sum_variance": sd * sd, "pieces": pieces}
