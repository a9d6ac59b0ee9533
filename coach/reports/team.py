"""The page of a team: everybody in the reader's tree in one group and only one, a person in no team too."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.access.identity import Identity
from coach.charts.counts import Coverage
from coach.charts.heat import HeatTable
from coach.people.queries import PersonRow, below
from coach.reports.charts import coverages, heat
from coach.reports.facts import Facts, gather
from coach.reports.outstanding import Find, expected_wrong, outstanding
from coach.web.templating import link
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Group:
    """Hold one group of the reader's people: a team, or those in none (id None)."""

    id: uuid.UUID | None
    label: Text | Message
    people: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """Hold one tab of the page."""

    href: str
    label: Text | Message
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Hold all that the page of a group shows; `few` is the table with the columns that fit on a phone."""

    team_id: uuid.UUID | None
    title: Text | Message
    people: tuple[PersonRow, ...]
    tabs: tuple[Tab, ...]
    coverage: tuple[tuple[Message, Coverage], ...]
    finds: tuple[Find, ...]
    wrong: Message | None
    table: HeatTable
    few: HeatTable | None


def groups(identity: Identity) -> list[Group]:
    """Split the people of the reader's tree into their teams, by name, then those in none; with one statement."""
    people = below(identity)
    teams = {p.team_id: p.team_name for p in people if p.team_id is not None and p.team_name is not None}
    found = [
        Group(team_id, name, tuple(p for p in people if p.team_id == team_id))
        for team_id, name in sorted(teams.items(), key=lambda team: team[1].en)
    ]
    alone = tuple(p for p in people if p.team_id is None)
    return [*found, Group(None, Message("No team"), alone)] if alone else found


def team_page(shown: Group, all_: Sequence[Group], *, today: date, mine: frozenset[uuid.UUID]) -> TeamPage:
    """Gather the page of one group; tabs lead to the others."""
    facts = gather(shown.people, today)
    tabs = [Tab(_href(group), group.label, group is shown, len(group.people)) for group in all_]
    return _page(facts, shown.label, tuple(tabs) if len(tabs) > 1 else (), shown.id, mine)


def coachees_page(people: Sequence[PersonRow], *, today: date) -> TeamPage:
    """Gather the page of the people whom the reader coaches."""
    mine = frozenset(person.id for person in people)
    return _page(gather(people, today), Message("People I coach"), (), None, mine)


def _page(
    facts: Facts, title: Text | Message, tabs: tuple[Tab, ...], team_id: uuid.UUID | None, mine: frozenset[uuid.UUID]
) -> TeamPage:
    table, few = heat(facts, _links)
    return TeamPage(
        team_id=team_id,
        title=title,
        people=facts.people,
        tabs=tabs,
        coverage=coverages(facts),
        finds=tuple(outstanding(facts, team_id=team_id, mine=mine)),
        wrong=_wrong(facts),
        table=table,
        few=few,
    )


def _wrong(facts: Facts) -> Message | None:
    """Say how many of the findings are expected to be wrong, where that is half of one or more."""
    wrong = round(expected_wrong(facts.findings))
    if not wrong:
        return None
    return Message("about %(wrong)s of %(count)s may be wrong", count=len(facts.findings), wrong=wrong)


def _href(group: Group) -> str:
    return link("reports.no_team") if group.id is None else link("reports.one_team", team_id=group.id)


def _links(person_id: uuid.UUID) -> tuple[str, str]:
    return link("reports.person", person_id=person_id), link("evidence.person_skills", person_id=person_id)
