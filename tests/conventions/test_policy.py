"""The policy page is the matrix, and the queries that list people are the policy's twin."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Callable, Iterable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.access.identity import Identity, Relation
from coach.access.policy import POLICY, Permission, hides
from coach.db import session, unit_of_work
from coach.demo.cast import CAST
from coach.people import services as people
from coach.people.models import CoachPairing, Person
from coach.people.queries import relations_to, visible_to
from tests.conventions import matrix, sources

LISTED = (Relation.SELF, Relation.COACH, Relation.MANAGER, Relation.UPLINE)
Cast = Callable[[str], uuid.UUID]


@pytest.mark.skipif(not matrix.ORIGINAL.is_file(), reason="a lone clone: the shared matrix is not beside it")
def test_the_copy_of_the_matrix_is_the_shared_one_byte_for_byte() -> None:
    assert matrix.COPY.read_bytes() == matrix.ORIGINAL.read_bytes(), (
        "copy ../shared/access_matrix.yaml over tests/access_matrix.yaml, then follow it in coach/access/policy.py"
    )


def test_every_permission_has_its_place_in_the_policy() -> None:
    assert set(POLICY) == set(Permission), "POLICY in coach/access/policy.py leaves out a Permission"


def test_every_permission_is_asked_for_somewhere() -> None:
    asked = {name for source in sources.python() for name in re.findall(r"\bPermission\.([A-Z_]+)", source.text)}
    idle = {permission.name for permission in Permission} - asked
    assert not idle, f"nothing asks for these: take them off the page, the matrix keeps them: {sorted(idle)}"


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_granted_to_exactly_the_relations_of_the_matrix(permission: Permission) -> None:
    assert permission in matrix.rules(), f"the matrix knows no {permission}: name it object.action as there"
    wanted = matrix.rules()[permission].granted
    assert set(POLICY[permission]) == wanted, f"{permission}: the matrix grants {sorted(wanted)}"


@pytest.mark.parametrize("permission", Permission)
def test_a_denial_is_told_the_way_the_matrix_says(permission: Permission) -> None:
    assert hides(permission) == (matrix.rules()[permission].deny_as == "hide"), (
        f"{permission}: the matrix says {matrix.rules()[permission].deny_as}; mend _FORBID in coach/access/policy.py"
    )


def test_the_matrix_never_grants_what_its_invariants_rule_out() -> None:
    broken = [
        f"{rule.name} is granted to {relation}"
        for invariant in matrix.document()["invariants"]
        for rule in _meant(invariant["object"], invariant["action"], invariant.get("except", ()))
        for relation in invariant["never"]
        if relation in rule.granted
    ]
    assert not broken, broken


def test_the_policy_never_grants_what_the_invariants_rule_out() -> None:
    broken = [
        f"{rule.name} is granted to {relation}"
        for invariant in matrix.document()["invariants"]
        for rule in _meant(invariant["object"], invariant["action"], invariant.get("except", ()))
        for relation in invariant["never"]
        if rule.name in set(Permission) and relation in POLICY[Permission(rule.name)]
    ]
    assert not broken, broken


def test_the_matrix_denies_nothing_that_it_grants_without_a_condition() -> None:
    both = {rule.name: rule.allow & rule.must_deny for rule in matrix.rules().values() if rule.allow & rule.must_deny}
    assert not both


def test_everybody_sees_in_lists_exactly_those_whom_the_policy_lets_them_see(app: Flask, cast: Cast) -> None:
    _assert_twins(cast(member.key) for member in CAST)


def test_the_lists_follow_the_policy_when_people_move(app: Flask, cast: Cast) -> None:
    today = clock.today()
    with unit_of_work():
        jiwoo, hana, nora = (session().get_one(Person, cast(key)) for key in ("jiwoo", "hana", "nora"))
        people.report_to(jiwoo, by=None, manager=session().get_one(Person, cast("marcus")), since=today)
        people.report_to(nora, by=None, manager=session().get_one(Person, cast("hana")), since=today)
        people.report_to(hana, by=None, manager=session().get_one(Person, cast("jaehee")), since=today)
        people.pair_with_coach(nora, by=None, coach=session().get_one(Person, cast("felix")), since=today)
        _end_pairings(cast("taeyang"))
    moved = Identity(cast("jaehee"))
    assert Relation.UPLINE in relations_to(moved, cast("nora"))
    assert Relation.COACH not in relations_to(Identity(cast("taeyang")), cast("minho"))
    _assert_twins(cast(key) for key in ("jiwoo", "hana", "nora", "sora", "marcus", "jaehee", "kyungmi", "taeyang"))


def test_who_left_keeps_no_relation_that_a_list_would_not_know(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("sora")), by=None)
    _assert_twins(cast(key) for key in ("sora", "kyungmi", "taeyang", "jiwoo"))


def _assert_twins(readers: Iterable[uuid.UUID]) -> None:
    everybody = set(session().scalars(sa.select(Person.id)))
    wanted_sets = [(), *itertools.chain.from_iterable(itertools.combinations(LISTED, n) for n in (1, 2, 3))]
    for reader in readers:
        identity = Identity(reader)
        held = {person: relations_to(identity, person) for person in everybody}
        for wanted in wanted_sets:
            listed = list(session().scalars(visible_to(identity, *wanted)))
            by_policy = {person for person in everybody if held[person] & set(wanted or LISTED)}
            assert set(listed) == by_policy, f"visible_to({wanted}) and relations_to disagree for {reader}"
            assert len(listed) == len(by_policy), f"visible_to({wanted}) lists somebody twice"


def _end_pairings(coach: uuid.UUID) -> None:
    for pairing in session().scalars(sa.select(CoachPairing).where(CoachPairing.coach_id == coach)):
        people.end_coaching(pairing, by=None, until=clock.today())


def _meant(kind: str, action: str, excepted: Iterable[str]) -> list[matrix.Rule]:
    return [
        rule
        for rule in matrix.rules().values()
        if kind in ("*", rule.name.split(".")[0])
        and action in ("*", rule.name.split(".")[1])
        and not {rule.name, rule.name.split(".")[0]} & set(excepted)
    ]
