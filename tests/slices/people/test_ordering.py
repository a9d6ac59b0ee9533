"""People stand in the order of the language that they are read in, on both engines, and are found in both spellings."""

from __future__ import annotations

import re
import unicodedata

import flask_migrate
import pytest
import sqlalchemy as sa

import config
from coach.access.identity import Identity
from coach.db import session, unit_of_work
from coach.people import listings, ports, queries
from coach.people.models import Person
from coach.people.ordering import sort_names
from coach.people.services import add_person, rename
from coach.training.workshop_reads import trainers
from coach.words import Text
from tests import databases

EXTRA = (
    Text("De Luca", "De Luca"),
    Text("Deborah Lang", "Deborah Lang"),
    Text("Ángel Ruiz", "앙헬 루이스"),
    Text("Angela Oh", "오안젤라"),
    Text("나윤서", "나윤서"),
    Text("kim o'neil", "kim o'neil"),
    Text("Zoë Park", "박조이"),
)


@pytest.fixture
def crowd(app):
    with unit_of_work():
        return [add_person(by=None, name=name).id for name in EXTRA]


@pytest.fixture
def reading(app):
    before = ports.language._answers
    yield lambda code: ports.language.connect(lambda: code)
    ports.language.connect(before)


def names(rows, code):
    return [row.name.of(code) for row in rows]


def test_in_korean_people_stand_by_their_korean_names_and_latin_ones_last(crowd, reading):
    reading("ko")
    shown = names(queries.rows(), "ko")
    hangul = [name for name in shown if name[0] >= "가"]
    assert hangul == sorted(hangul)
    assert {"강채원", "박지우", "한소라", "나윤서"} <= set(hangul)
    assert shown == [*hangul, "De Luca", "Deborah Lang", "kim o'neil"]


def test_in_english_people_stand_by_their_latin_names_and_accents_do_not_move_them(crowd, reading):
    reading("en")
    shown = names(queries.rows(), "en")
    at = shown.index
    assert at("Amara Okafor") < at("Ángel Ruiz") == at("Angela Oh") - 1
    assert at("De Luca") + 1 == at("Deborah Lang"), "a space stands before a letter, whatever the server's language"
    assert shown[-2:] == ["Zoë Park", "나윤서"]


@pytest.mark.skipif(databases.KIND != "postgresql", reason="SQLite compares by code point unless told otherwise")
def test_the_order_is_by_code_point_whatever_language_the_server_speaks(app):
    found = sa.text("SELECT collation_name FROM information_schema.columns WHERE column_name LIKE 'sort_name%'")
    assert session().scalars(found).all() == ["C", "C"]


@pytest.mark.parametrize("code", ["en", "ko"])
def test_a_directory_that_pages_shows_everybody_once_in_the_order_of_its_reader(browser, cast, code):
    with unit_of_work():
        for number in range(70):
            add_person(by=None, name=Text(f"Extra {number:02}", f"{chr(0xAC00 + 588 * (number % 14))}보기{number:02}"))
        session().execute(sa.update(Person).where(Person.id == cast("jiwoo")).values(language=code))
    one, path, seen = browser("jiwoo"), "/people", []
    while path:
        page = one.get(path).text
        seen += re.findall(r'class="strong" href="/people/[\w-]+">([^<]+)<', page)
        more = re.search(r'href="(/people\?after=[\w-]+)" rel="next"', page)
        path = more.group(1) if more else None
    assert len(seen) == len(set(seen)) == 109
    assert seen == sorted(seen, key=str.lower)


def test_every_list_of_people_follows_the_reader(app, cast, reading):
    sora, jiwoo = queries.person(cast("sora")), queries.person(cast("jiwoo"))
    identity = Identity(sora.id)
    for code in ("ko", "en"):
        reading(code)
        lists = [
            names(queries.below(identity), code),
            names(queries.search("오"), code),
            [name.of(code) for _, name in listings.possible_managers(None, None)],
            [name.of(code) for _, name in listings.reports_of(sora.id)],
            [name.of(code) for _, name in listings.possible_coaches(identity, jiwoo.id)],
            [name.of(code) for _, name in trainers(None)],
            [team.name.of(code) for team in listings.teams()],
        ]
        for shown in lists:
            assert len(shown) > 1
            assert shown == sorted(shown, key=str.lower)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("park jiwoo", "Jiwoo Park"),
        ("Jiwoo 박", "Jiwoo Park"),
        ("박지우", "Jiwoo Park"),
        ("지우", "Jiwoo Park"),
        (unicodedata.normalize("NFD", "박지우"), "Jiwoo Park"),
        ("angel", "Ángel Ruiz"),
        ("루이스 ÁNGEL", "Ángel Ruiz"),
        ("o'neil", "kim o'neil"),
    ],
)
def test_people_are_found_in_both_spellings_whatever_the_order_of_the_words(crowd, typed, found):
    assert found in names(queries.search(typed), "en")


@pytest.mark.parametrize("typed", ["%", "_", "\\", "ji_oo", "jiwoo webb"])
def test_a_search_takes_every_character_as_it_stands(crowd, typed):
    assert queries.search(typed) == []


def test_a_new_name_moves_a_person_in_both_orders(app, cast):
    with unit_of_work():
        rename(queries.person(cast("jiwoo")), by=None, name=Text("Abel Park", "가지우"))
    held = queries.person(cast("jiwoo"))
    assert (held.sort_name, held.sort_name_ko) == ("abel park 가지우", "0가지우 abel park")


def test_going_up_fills_both_orders_from_the_names_that_are_kept(crowd):
    flask_migrate.downgrade(revision="0002")
    flask_migrate.upgrade()
    for person in session().scalars(sa.select(Person)):
        assert {"sort_name": person.sort_name, "sort_name_ko": person.sort_name_ko} == sort_names(person.name)


def test_only_one_place_knows_which_column_holds_which_order():
    known = {"people/models.py", "people/ordering.py"}
    for path in (config.HERE / "coach").rglob("*.py"):
        if path.relative_to(config.HERE / "coach").as_posix() not in known:
            assert not re.search(r"\.sort_name", path.read_text(encoding="utf-8")), f"{path} orders people by itself"
