"""What is written into a column comes back as it was, on SQLite in the very form that SQLAlchemy writes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from coach.columns import Id, Instant, Localised
from coach.words import Text

SEOUL = timezone(timedelta(hours=9))
MOMENT = datetime(2026, 3, 2, 18, 30, tzinfo=SEOUL)
SOMEBODY = uuid.UUID("01900000-0000-7000-8000-00000000000a")
WORDS = Text(en="Ask about needs", ko="필요 묻기")


def _through(kind: Any, value: Any, dialect: sa.Dialect) -> tuple[Any, Any]:
    impl = kind.dialect_impl(dialect)
    write, read = impl.bind_processor(dialect), impl.result_processor(dialect, None)
    stored = write(value) if write else value
    return stored, read(stored) if read else stored


@pytest.mark.parametrize("value", [MOMENT, MOMENT.replace(microsecond=1), MOMENT.astimezone(UTC)])
def test_sqlite_keeps_a_moment_as_sqlalchemy_writes_it(value: datetime) -> None:
    dialect = sqlite.dialect()
    stored, back = _through(Instant(), value, dialect)
    untyped: Any = sa.DateTime
    assert stored == untyped().dialect_impl(dialect).bind_processor(dialect)(value.astimezone(UTC))
    assert back == value
    assert back.utcoffset() == timedelta(0)


@pytest.mark.parametrize("engine", [sqlite, postgresql], ids=["sqlite", "postgresql"])
def test_a_moment_without_a_zone_is_refused(engine: Any) -> None:
    with pytest.raises(ValueError, match="time zone"):
        _through(Instant(), MOMENT.replace(tzinfo=None), engine.dialect())


@pytest.mark.parametrize(("kind", "value"), [(Id(), SOMEBODY), (Localised(), WORDS)], ids=["id", "words"])
def test_what_sqlite_keeps_as_text_is_what_sqlalchemy_would_keep(kind: Any, value: Any) -> None:
    dialect = sqlite.dialect()
    stored, back = _through(kind, value, dialect)
    plain: Any = kind.impl_instance.dialect_impl(dialect).bind_processor(dialect)
    assert stored == plain({"en": value.en, "ko": value.ko} if isinstance(value, Text) else value)
    assert back == value


@pytest.mark.parametrize("kind", [Id(), Instant()])
def test_nothing_stays_nothing(kind: Any) -> None:
    assert _through(kind, None, sqlite.dialect()) == (None, None)


def test_the_words_of_nobody_are_nothing() -> None:
    assert _through(Localised(), None, sqlite.dialect())[1] is None
