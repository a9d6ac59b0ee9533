"""Draw a group: who has been reached, and everybody's skills against their role's targets."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from coach.charts.counts import Coverage, coverage
from coach.charts.heat import HeatCell, HeatGroup, HeatRow, HeatTable, heat_cell, heat_targets
from coach.people.queries import PersonRow
from coach.reports.facts import COACHED_WITHIN, Facts
from coach.skills.models import Skill
from coach.skills.queries import TargetRow
from coach.words import Message, Text

MOST_ON_A_PHONE: Final = 8

Links = Callable[[uuid.UUID], tuple[str, str]]
"""Give the addresses of a person and of their skills; a skill's own is that, a slash and its id."""


def coverages(facts: Facts) -> tuple[tuple[Message, Coverage], ...]:
    """Count who was coached in 14 days, who has nothing late, and whose skills were each seen often enough."""
    everybody = len(facts.people)
    recent = [p for p in facts.people if (facts.days_since_coached(p) or 0) <= COACHED_WITHIN and p.id in facts.coached]
    slipping = sum(facts.is_slipping(p) for p in facts.people)
    with_role = [p for p in facts.people if facts.needs(p)]
    well_seen = sum(_is_well_seen(facts, p) for p in with_role)
    late = len(facts.late)
    return (
        (Message("Coached in 14 days"), coverage(len(recent), everybody, late=slipping)),
        (Message("Required training done"), coverage(everybody - late, everybody, late=late)),
        (Message("Each skill seen %(count)s times", count=facts.looks), coverage(well_seen, len(with_role))),
    )


def heat(facts: Facts, links: Links) -> tuple[HeatTable, HeatTable | None]:
    """Draw people by skills, by role: the whole table, and where it is too wide for a phone, one that is not."""
    weights = _weights(facts)
    columns = sorted(weights, key=lambda skill: skill.position)
    whole = _table(facts, columns, links)
    if len(columns) <= MOST_ON_A_PHONE:
        return whole, None
    kept = {skill.id for skill, _ in weights.most_common(MOST_ON_A_PHONE)}
    return whole, whole.narrowed([n for n, skill in enumerate(columns) if skill.id in kept])


def _table(facts: Facts, columns: Sequence[Skill], links: Links) -> HeatTable:
    known = {role.id: role for role in facts.roles}
    groups = [_group(facts, role.plural, _of_role(facts, role.id), columns, links) for role in facts.roles]
    others = [p for p in facts.people if p.job_role_id not in known]
    groups.append(_group(facts, Message("No job role"), others, columns, links))
    return HeatTable(
        caption=Message("Level 1 to 4 for each person and skill. Bold with a corner mark means clearly below target."),
        columns=tuple(skill.name for skill in columns),
        groups=tuple(group for group in groups if group.rows),
        last=Message("Last coached"),
    )


def ago(days: int | None) -> Message:
    """Say how long ago, in whole days."""
    if days is None:
        return Message("never")
    if days < 2:
        return Message("yesterday") if days else Message("today")
    return Message("%(days)s days ago", days=days)


def signed(value: float) -> str:
    """Write a change in levels with its sign, and none for what rounds to nothing."""
    rounded = round(value, 1) + 0.0
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):.1f}"


def _is_well_seen(facts: Facts, person: PersonRow) -> bool:
    rows = (facts.cells.get((person.id, need.skill.id)) for need in facts.needs(person))
    return all(row is not None and row.pieces >= row.thresholds.pieces for row in rows)


def _of_role(facts: Facts, job_role_id: str) -> list[PersonRow]:
    return [p for p in facts.people if p.job_role_id == job_role_id]


def _weights(facts: Facts) -> Counter[Skill]:
    """Add up how much each skill weighs in the group, over its people."""
    people = Counter(person.job_role_id for person in facts.people)
    weights: Counter[Skill] = Counter()
    for role, count in people.items():
        for need in facts.targets.get(role or "", ()):
            weights[need.skill] += need.weight * count
    return weights


def _group(
    facts: Facts, name: Text | Message, people: Sequence[PersonRow], columns: Sequence[Skill], links: Links
) -> HeatGroup:
    needs = {need.skill.id: need for need in facts.needs(people[0])} if people else {}
    asked = [needs.get(skill.id) for skill in columns]
    return HeatGroup(
        name=name,  # type: ignore[arg-type]  # a Message is put into the reader's language like a Text
        targets=heat_targets([None if need is None else need.threshold for need in asked]),
        rows=tuple(_row(facts, person, asked, links) for person in people),
    )


def _row(facts: Facts, person: PersonRow, asked: Sequence[TargetRow | None], links: Links) -> HeatRow:
    week = person.week_of_start(facts.today)
    href, skills = links(person.id)
    return HeatRow(
        name=person.name,
        href=href,
        cells=tuple(None if need is None else _cell(facts, person, need, skills) for need in asked),
        note=None if week is None else Message("week %(week)s", week=week),
        last=ago(facts.days_since_coached(person)),
        late=facts.is_slipping(person),
    )


def _cell(facts: Facts, person: PersonRow, need: TargetRow, skills: str) -> HeatCell:
    cell, state = facts.cells.get((person.id, need.skill.id)), facts.state(person, need)
    if cell is None:
        return heat_cell(None, need.threshold, state=state)
    href = f"{skills}/{need.skill.id}"
    return heat_cell(cell.mean, facts.aim(person, need), state=state, seen=cell.pieces, href=href)
