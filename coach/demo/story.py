"""Replay twelve weeks of the demo department through the services, each day at its own time, with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from coach import clock
from coach.accounts.passwords import make_hash
from coach.db import unit_of_work
from coach.demo import gathering, practising, recalling, writing
from coach.demo.acts import Acts
from coach.demo.cast import CAST, PAIRS
from coach.demo.people import settle
from coach.demo.script import CONVERSATIONS, LESSONS, POOLED_AFTER, SEED, UNSEEN_SINCE, WEEKS

PASSWORD: Final = "one step after the other"  # noqa: S105 -- said aloud at the start, refused in production
_ZONE: Final = ZoneInfo("Asia/Seoul")
_WORKDAYS: Final = 5

Act = Callable[[Acts, random.Random], None]


def replay(until: datetime | None = None, *, progress: Callable[[int], None] = lambda _week: None) -> None:
    """Settle the cast and let the twelve weeks before a moment happen, each act at its own time.

    `progress` is told the number of each week as it begins. All of it is one transaction: who is stopped in the third
    week has no department yet, rather than one whose story breaks off.
    """
    end = until or clock.now()
    password = make_hash(PASSWORD)
    last = end.astimezone(_ZONE).date()
    first = last - timedelta(days=7 * WEEKS + last.weekday())
    with unit_of_work():
        with clock.at(_moment(first, 8)):
            acts = Acts(settle(last, password_hash=password), first)
        for day, plans in sorted(_diary(first, last).items()):
            if day.weekday() == 0:
                progress((day - first).days // 7 + 1)
            for hour, (name, plan) in enumerate(plans):
                moment = min(_moment(day, 9, minute=hour * 7), end - timedelta(minutes=len(plans) - hour))
                with clock.at(moment):
                    plan(acts, _chance(name, (day - first).days))


def invitation() -> str:
    """Say whom one can sign in as."""
    people = {member.key: member for member in CAST}
    lines = [
        f"  {people[key].email:<34} {what}"
        for key, what in (
            ("jiwoo", "a new sales development representative"),
            ("taeyang", "a senior specialist who coaches"),
            ("sora", "the manager of the North team"),
            ("kyungmi", "head of sales, in Korean"),
            ("ines", "editor of the library"),
            ("dana", "admin"),
        )
    ]
    return "\n".join(["", "Demo people, all with the password", f"  {PASSWORD}", *lines, ""])


def _chance(name: str, day: int) -> random.Random:
    """Give an act a chance of its own: what happened until a Monday is the same when one looks on the Friday."""
    return random.Random(f"{SEED} {name} {day}")


def _diary(first: date, last: date) -> dict[date, list[tuple[str, Act]]]:
    """Plan what happens on which day: talks with everybody who has a coach or manager, lessons and rechecks."""
    diary: dict[date, list[tuple[str, Act]]] = {}

    def plan(day: date, name: str, act: Act, *, on_workday: bool = True) -> None:
        beyond = day.weekday() - _WORKDAYS + 1 if on_workday else 0
        workday = day - timedelta(days=max(beyond, 0))
        if first <= workday <= last:
            diary.setdefault(workday, []).append((name, act))

    for key, coaches in _coaches().items():
        until = last - timedelta(days=UNSEEN_SINCE.get(key, 0))
        for day in _talks(key, first, last, until, _chance(key, 0)):
            coach = _chance(f"{key} and who", (day - first).days).choice(coaches)
            plan(day, key, partial(_talk, coach, key), on_workday=key not in UNSEEN_SINCE or day != until)
    for week, weekday, name, act in _lessons():
        plan(first + timedelta(days=7 * (week - 1) + weekday), name, act)
    for days, act in _by_oneself():
        plan(last - timedelta(days=days), "alone", act)
    for week in POOLED_AFTER:
        plan(first + timedelta(days=7 * week), "night", lambda acts, _luck: acts.night())
    return diary


def _talk(coach: str, key: str, acts: Acts, chance: random.Random) -> None:
    acts.talk(coach, key, chance)


def _lessons() -> Iterator[tuple[int, int, str, Act]]:
    """Plan what the script says of lessons: the week, the day in it, a name, and what is done."""
    for row in LESSONS:
        name = f"{row.person} {row.lesson}"
        yield row.week, 0, name, lambda acts, _luck, it=row: acts.give(it)  # type: ignore[misc]
        if row.done_week:
            yield row.done_week, 3, name, lambda acts, luck, it=row: acts.take(it, luck)  # type: ignore[misc]
        if row.looked_at_again:
            yield row.looked_at_again, 2, name, lambda acts, luck, it=row: acts.recheck(it, luck)  # type: ignore[misc]


def _by_oneself() -> Iterator[tuple[int, Act]]:
    """Plan conversations, practice, drills, workshops and the last morning, each so many days before the last."""
    for key, skill, days, slips in CONVERSATIONS:
        yield days, lambda acts, _luck, it=(key, skill, slips): acts.converse(*it)  # type: ignore[misc]
    yield 5, lambda acts, _luck: practising.hand_in(acts.ids, practising.MAIL)
    yield 4, lambda acts, _luck: practising.score(acts.ids)
    yield 3, lambda acts, _luck: practising.hand_in(acts.ids, practising.NOTE)
    for key, drilled in recalling.DRILLED:
        for days in drilled:
            yield days, lambda acts, _luck, who=key: recalling.drill(acts.ids, who)  # type: ignore[misc]
    yield 24, lambda acts, _luck: gathering.offer(acts.ids)
    yield 12, lambda acts, _luck: gathering.look_back(acts.ids)
    yield 5, lambda acts, _luck: gathering.plan_next(acts.ids)
    yield 1, lambda acts, _luck: writing.write_a_draft(acts.ids)
    yield 3, lambda acts, _luck: gathering.send_diploma(acts.ids)
    yield 0, lambda acts, luck: acts.last_morning(luck)


def _coaches() -> dict[str, list[str]]:
    """Name who logs about whom: the coaches, and now and then the manager."""
    found: dict[str, list[str]] = {}
    for coach, coachees in PAIRS:
        for key in coachees:
            found.setdefault(key, []).extend([coach, coach])
    for member in CAST:
        if member.manager and member.role:
            found.setdefault(member.key, []).append(member.manager)
    return found


def _talks(key: str, first: date, last: date, until: date, chance: random.Random) -> list[date]:
    member = next(m for m in CAST if m.key == key)
    begin = max(first, last - timedelta(days=7 * member.weeks + last.weekday()))
    day, found = begin + timedelta(days=chance.randrange(1, 6)), []
    while day <= until - timedelta(days=1):
        found.append(day)
        day += timedelta(days=chance.randrange(2, 4) if member.weeks < WEEKS else chance.randrange(5, 10))
    if key in UNSEEN_SINCE and (not found or found[-1] != until):
        found = [d for d in found if (until - d).days > 2] + [until]
    return found


def _moment(day: date, hour: int, *, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour), _ZONE).astimezone(UTC) + timedelta(minutes=minute)
