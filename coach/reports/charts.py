"""Draw a group: who has been reached, and everybody's skills against their role's targets."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from coach.charts.counts import Coverage, coverage
from coach.charts.heat import HeatCell, HeatGroup, HeatRow, HeatTable, heat_cell, heat_targets
from coach.evidence.explanation import ENOUGH_PIECES
from coach.people.queries import PersonRow
from coach.reports.facts import COACHED_WITHIN, Facts
from coach.skills.models import Skill
from coach.words import Message, Text

MOST_ON_A_PHONE: Final = 8

Links = Callable[[uuid.UUID, str | None], str]
"""Give the address of a person, or of a person's skill."""


def coverages(facts: Facts) -> tuple[tuple[Message, Coverage], ...]:
    """Count who was coached in 14 days, who has nothing late, and whose skills were each seen three times."""
    everybody = len(facts.people)
    recent = [p for p in facts.people if (facts.days_since_coached(p) or 0) <= COACHED_WITHIN and p.id in facts.coached]
    slipping = sum(facts.is_slipping(p) for p in facts.people)
    with_role = [p for p in facts.people if facts.needs(p)]
    well_seen = sum(_is_well_seen(facts, p) for p in with_role)
    late = len(facts.late)
    return (
        (Message("Coached in 14 days"), coverage(len(recent), everybody, late=slipping)),
        (Message("Required training done"), coverage(everybody - late, everybody, late=late)),
        (Message("Each skill seen 3 times"), coverage(well_seen, len(with_role))),
    )


def heat(facts: Facts, links: Links, *, most: int | None = None) -> HeatTable:
    """Draw people by skills, by role; `most` keeps the skills that weigh most in this group."""
    columns = _columns(facts, most)
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
    return all(row is not None and row.pieces >= ENOUGH_PIECES for row in rows)


def _of_role(facts: Facts, job_role_id: str) -> list[PersonRow]:
    return [p for p in facts.people if p.job_role_id == job_role_id]


def _columns(facts: Facts, most: int | None) -> list[Skill]:
    weights: Counter[str] = Counter()
    skills: dict[str, Skill] = {}
    for person in facts.people:
        for need in facts.needs(person):
            weights[need.skill.id] += need.weight
            skills[need.skill.id] = need.skill
    kept = {skill_id for skill_id, _ in weights.most_common(most)}
    return sorted((skill for skill in skills.values() if skill.id in kept), key=lambda skill: skill.position)


def _group(
    facts: Facts, name: Text | Message, people: Sequence[PersonRow], columns: Sequence[Skill], links: Links
) -> HeatGroup:
    needs = {need.skill.id: need.threshold for need in facts.needs(people[0])} if people else {}
    return HeatGroup(
        name=name,  # type: ignore[arg-type]  # a Message is put into the reader's language like a Text
        targets=heat_targets([needs.get(skill.id) for skill in columns]),
        rows=tuple(_row(facts, person, columns, links) for person in people),
    )


def _row(facts: Facts, person: PersonRow, columns: Sequence[Skill], links: Links) -> HeatRow:
    week = person.week_of_start(facts.today)
    return HeatRow(
        name=person.name,
        href=links(person.id, None),
        cells=_cells(facts, person, columns, links),
        note=None if week is None else Message("week %(week)s", week=week),
        last=ago(facts.days_since_coached(person)),
        late=facts.is_slipping(person),
    )


def _cells(facts: Facts, person: PersonRow, columns: Sequence[Skill], links: Links) -> tuple[HeatCell | None, ...]:
    needs = {need.skill.id: need for need in facts.needs(person)}
    open_ = facts.open_pairs()
    drawn: list[HeatCell | None] = []
    for skill in columns:
        need, cell = needs.get(skill.id), facts.cells.get((person.id, skill.id))
        if need is None:
            drawn.append(None)
        elif cell is None:
            drawn.append(heat_cell(None, need.threshold, state=facts.state(person, need, open_)))
        else:
            state, href = facts.state(person, need, open_), links(person.id, skill.id)
            drawn.append(heat_cell(cell.mean, facts.aim(person, need), state=state, seen=cell.pieces, href=href))
    return tuple(drawn)
