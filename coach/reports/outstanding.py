"""What stands out in a group, each with where to go from there: shared gaps, people who slip, blind spots, rises."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.charts.scale import printed
from coach.charts.tracks import State
from coach.evidence.queries import CellRow
from coach.findings.queries import FindingRow
from coach.measurement import findings as measured
from coach.measurement.comparison import Change, Heap, average, change, together
from coach.people.queries import PersonRow
from coach.reports.charts import signed
from coach.reports.facts import COACHED_WITHIN, Facts
from coach.reports.queries import RECENT_DAYS, SeenRow
from coach.skills.queries import TargetRow
from coach.web.templating import link
from coach.words import Message, Text

SHARED_BY: Final = 3
SURE_RISE: Final = 0.95
LEAST_RISE: Final = 0.3
_MOST_SINGLE: Final = 3
_MOST_RISES: Final = 2
_MOST_NAMES: Final = 3
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Find:
    """Hold one thing that stands out; kind "" below target, late, q too little seen, up."""

    kind: str
    title: Message
    text: Message | None
    href: str
    action: Message | None


def outstanding(facts: Facts, *, team_id: uuid.UUID | None, mine: frozenset[uuid.UUID]) -> list[Find]:
    """List what stands out in a group; `mine` are the people whom the reader may coach."""
    names = {person.id: person.name for person in facts.people}
    shared = _shared(facts)
    covered = {(f.person_id, f.skill_id) for rows in shared.values() for f in rows}
    single = [f for f in facts.findings if (f.person_id, f.skill_id) not in covered]
    return [
        *(_pattern(facts, rows, team_id) for rows in shared.values()),
        *(
            below_target(f, names[f.person_id], facts.cells.get((f.person_id, f.skill_id)))
            for f in single[:_MOST_SINGLE]
        ),
        *_slipping(facts, mine),
        *_blind_spot(facts),
        *_rises(facts),
    ]


def below_target(found: FindingRow, name: Text, cell: CellRow | None) -> Find:
    """Say that one person is clearly below target on one skill."""
    title = Message("%(name)s is clearly below target on %(skill)s", name=name, skill=found.skill_name)
    text = None
    if cell is not None:
        text = Message(
            "Level %(level)s, likely %(low)s to %(high)s. Target from %(target)s. Seen %(count)s times.",
            level=printed(cell.mean),
            low=printed(cell.low),
            high=printed(cell.high),
            target=printed(found.target),
            count=cell.pieces,
        )
    return Find("", title, text, link("findings.show", finding_id=found.id), Message("See evidence"))


def expected_wrong(findings: Iterable[FindingRow]) -> float:
    """Count how many of a list of findings are expected to be wrong."""
    return measured.expected_wrong([found.p_below for found in findings])


def named(names: Sequence[Text | str]) -> Message | Text | str:
    """List names in a sentence, three at most."""
    if len(names) == 1:
        return names[0]
    if len(names) > _MOST_NAMES:
        first = named_all(names[: _MOST_NAMES - 1])
        return Message("%(names)s and %(count)s more", names=first, count=len(names) - _MOST_NAMES + 1)
    return Message("%(names)s and %(last)s", names=named_all(names[:-1]), last=names[-1])


def named_all(names: Sequence[Text | str]) -> Message | Text | str:
    """List names with commas."""
    if len(names) == 1:
        return names[0]
    return Message("%(first)s, %(rest)s", first=names[0], rest=named_all(names[1:]))


def _shared(facts: Facts) -> dict[tuple[str, str], list[FindingRow]]:
    """Find skills on which three people of a role, or all of it, are clearly below target."""
    found: dict[tuple[str, str], list[FindingRow]] = {}
    roles = {person.id: person.job_role_id for person in facts.people}
    for row in facts.findings:
        if roles[row.person_id] == row.job_role_id:
            found.setdefault((row.job_role_id, row.skill_id), []).append(row)
    shared = {
        key: rows
        for key, rows in found.items()
        if len(rows) >= SHARED_BY or (len(rows) > 1 and len(rows) == _size(facts, key[0]))
    }
    return dict(sorted(shared.items(), key=lambda item: -sum(row.weight * row.gap for row in item[1])))


def _size(facts: Facts, job_role_id: str) -> int:
    return sum(person.job_role_id == job_role_id for person in facts.people)


def _pattern(facts: Facts, rows: Sequence[FindingRow], team_id: uuid.UUID | None) -> Find:
    one, size = rows[0], _size(facts, rows[0].job_role_id)
    role = _in_a_sentence(one.job_role_plural)
    title = _who_shares(len(rows), size, role, one.skill_name)
    return Find("", title, _gap(facts, one), _pattern_href(one, team_id), Message("See evidence"))


def _pattern_href(one: FindingRow, team_id: uuid.UUID | None) -> str:
    if team_id is None:
        return link("findings.own_pattern", skill_id=one.skill_id, job_role_id=one.job_role_id)
    return link("findings.pattern", team_id=team_id, skill_id=one.skill_id, job_role_id=one.job_role_id)


def _who_shares(count: int, size: int, role: Text, skill: Text) -> Message:
    if count < size:
        return Message(
            "%(count)s of %(total)s %(role)s are clearly below target on %(skill)s",
            count=count,
            total=size,
            role=role,
            skill=skill,
        )
    if size == _PAIR:
        return Message("Both %(role)s are clearly below target on %(skill)s", role=role, skill=skill)
    return Message("All %(count)s %(role)s are clearly below target on %(skill)s", count=size, role=role, skill=skill)


def _gap(facts: Facts, one: FindingRow) -> Message | None:
    """Say how far a role's people are from a target; None where no level is known any more, after objections."""
    ids = {p.id for p in facts.people if p.job_role_id == one.job_role_id}
    rows = [c for (person, skill), c in facts.cells.items() if skill == one.skill_id and person in ids and c.is_known]
    if not rows:
        return None
    gap = together((one.target - c.mean, c.sd) for c in rows)
    looks = [s for s in facts.seen if s.skill_id == one.skill_id and s.person_id in ids]
    return Message(
        "Gap of the group %(gap)s, likely %(low)s to %(high)s. %(count)s observations by %(raters)s people.",
        gap=printed(gap.mean),
        low=printed(gap.low).replace("-", "−"),
        high=printed(gap.high),
        count=sum(s.count_before + s.count_recent for s in looks),
        raters=len({s.source for s in looks}),
    )


def _slipping(facts: Facts, mine: frozenset[uuid.UUID]) -> Iterator[Find]:
    slipping = [p for p in facts.people if facts.is_slipping(p)]
    if not slipping:
        return
    slipping.sort(key=lambda p: -(facts.days_since_coached(p) or 10_000))
    first = next((p for p in slipping if p.id in mine), None)
    href = link("coaching.new", person=first.id) if first else link("reports.person", person_id=slipping[0].id)
    yield Find(
        "late",
        _not_coached(facts, slipping),
        _the_others(facts, slipping),
        href,
        Message("Log coaching") if first else None,
    )


def _not_coached(facts: Facts, people: Sequence[PersonRow]) -> Message:
    days = [facts.days_since_coached(p) for p in people]
    if len(people) > _MOST_NAMES or None in days:
        names = named([p.short_name for p in people])
        if all(day is None for day in days):
            return Message("No coaching logged yet for %(names)s", names=names)
        return Message("No coaching for more than 21 days: %(names)s", names=names)
    if len(people) == 1:
        return Message("%(name)s has not been coached for %(days)s days", name=people[0].short_name, days=days[0])
    return Message(
        "%(names)s have not been coached for %(days)s days",
        names=named([p.short_name for p in people]),
        days=named([str(day) for day in days]),
    )


def _the_others(facts: Facts, slipping: Sequence[PersonRow]) -> Message | None:
    others = [p for p in facts.people if p not in slipping]
    if len(others) > 1 and all((facts.days_since_coached(p) or 0) <= COACHED_WITHIN for p in others):
        return Message("The other %(count)s were coached in the last 14 days.", count=len(others))
    return None


def _blind_spot(facts: Facts) -> Iterator[Find]:
    """Name the skill that most cannot be judged on, the weightiest first; not in a start plan, where it is early."""
    unseen: dict[str, list[PersonRow]] = {}
    needs: dict[str, TargetRow] = {}
    weights: dict[str, int] = {}
    for person in facts.people:
        for need in facts.needs(person) if person.week_of_start(facts.today) is None else ():
            if facts.state(person, need) is State.FEW:
                unseen.setdefault(need.skill.id, []).append(person)
                needs[need.skill.id] = need
                weights[need.skill.id] = weights.get(need.skill.id, 0) + need.weight
    if not unseen:
        return
    first, *more = sorted(unseen, key=lambda skill: -weights[skill])
    yield Find(
        "q", _too_little(needs[first].skill.name, unseen[first]), _also(needs, unseen, more[:2]), "#levels", None
    )


def _too_little(skill: Text, people: Sequence[PersonRow]) -> Message:
    if len(people) <= _MOST_NAMES:
        names = named([p.short_name for p in people])
        return Message("Too little seen to judge %(skill)s for %(names)s", skill=skill, names=names)
    return Message("Too little seen to judge %(skill)s for %(count)s people", skill=skill, count=len(people))


def _also(needs: Mapping[str, TargetRow], unseen: Mapping[str, Sequence[PersonRow]], skills: Sequence[str]) -> Message:
    if not skills:
        return Message("A coaching log or a check for each of them would tell more.")
    counted = [
        Message("%(skill)s (%(count)s)", skill=needs[skill].skill.name, count=len(unseen[skill])) for skill in skills
    ]
    return Message("Also: %(skills)s.", skills=named_all(counted))  # type: ignore[arg-type]


def _rises(facts: Facts) -> Iterator[Find]:
    """Name who clearly improved though still below target: to be recognised as much as who is at target."""
    seen: dict[tuple[uuid.UUID, str], list[SeenRow]] = {}
    for row in facts.seen:
        seen.setdefault((row.person_id, row.skill_id), []).append(row)
    risen = []
    for person in facts.people:
        for need in facts.needs(person):
            cell = facts.cells.get((person.id, need.skill.id))
            if cell is not None and cell.is_known and cell.mean < need.threshold:
                rise = _rise(seen.get((person.id, need.skill.id), []))
                if rise is not None:
                    risen.append((rise, person, need))
    risen.sort(key=lambda found: -found[0].p_rise)
    for rise, person, need in risen[:_MOST_RISES]:
        yield _risen(rise, person, need)


def _rise(rows: Sequence[SeenRow]) -> Change | None:
    before = [Heap(r.weight_before, r.value_before / r.weight_before) for r in rows if r.count_before]
    recent = [Heap(r.weight_recent, r.value_recent / r.weight_recent) for r in rows if r.count_recent]
    if min(sum(r.count_before for r in rows), sum(r.count_recent for r in rows)) < 2:
        return None
    found = change(average(before), average(recent))
    return found if found.p_rise >= SURE_RISE and found.gain >= LEAST_RISE else None


def _risen(rise: Change, person: PersonRow, need: TargetRow) -> Find:
    return Find(
        "up",
        Message("%(name)s clearly improved on %(skill)s", name=person.short_name, skill=need.skill.name),
        Message(
            "%(gain)s in the last %(weeks)s weeks, likely %(low)s to %(high)s. Not at target yet, and worth saying.",
            gain=signed(rise.gain),
            weeks=RECENT_DAYS // 7,
            low=signed(rise.low),
            high=signed(rise.high),
        ),
        link("reports.person", person_id=person.id),
        None,
    )


def _in_a_sentence(plural: Text) -> Text:
    """Put a role's plural inside an English sentence: its capital goes, an abbreviation's stays."""
    word = plural.en
    return Text(en=word if word[1:2].isupper() else word[:1].lower() + word[1:], ko=plural.ko)
