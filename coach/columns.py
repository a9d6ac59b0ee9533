"""How a moment, an id and a text in both languages are stored; what SQLite keeps as text is read without detours."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator, UserDefinedType

from coach.words import Text

_IDS_KEPT: Final = 16_384
_TEXTS_KEPT: Final = 4_096


class _TextMoment(sqlite.DATETIME):
    """Keep an aware moment in SQLite's own text form, in UTC."""

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[datetime | None], str | None]:
        """Write `2026-03-02 09:30:00.000000`, as SQLAlchemy does, at a tenth of the cost."""
        return lambda value: None if value is None else value.isoformat(" ", "microseconds")[:26]

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[str | None], datetime | None]:
        """Read it back aware."""
        return lambda value: None if value is None else datetime.fromisoformat(f"{value}+00:00")


class Instant(TypeDecorator[datetime]):
    """Store an aware moment as UTC; read it back aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """Choose the text form for SQLite, which has no moments."""
        moment: Any = _TextMoment  # SQLAlchemy gives no types here
        return dialect.type_descriptor(moment() if dialect.name == "sqlite" else self.impl_instance)

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a naive moment: it would mean another hour elsewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)


class _TextId(sa.Uuid[uuid.UUID]):
    """Keep an id as 32 digits; the same few thousand come back on every page."""

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[str | None], uuid.UUID | None]:
        """Read it back."""
        return _id_of


class Id(TypeDecorator[uuid.UUID]):
    """Store a UUID: natively where the database has the type."""

    impl = sa.Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """Choose the digits for SQLite."""
        return dialect.type_descriptor(_TextId() if dialect.name == "sqlite" else self.impl_instance)


class _TextBoth(UserDefinedType[Text]):
    """Keep both languages as JSON; names and titles come back on every page, so what was read is kept."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """Name the type as `sa.JSON` does."""
        return "JSON"

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], str]:
        """Write what `sa.JSON` writes: a `null` of JSON for None."""
        return json.dumps

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[str | None], Text | None]:
        """Read it back as a Text."""
        return _text_of


class Localised(TypeDecorator[Text]):
    """Store a Text as one JSON value with both languages."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """Choose what reads JSON from text for SQLite; psycopg reads it by itself."""
        return dialect.type_descriptor(_TextBoth() if dialect.name == "sqlite" else self.impl_instance)

    def process_bind_param(self, value: Text | None, dialect: sa.Dialect) -> dict[str, str] | None:
        """Write both languages."""
        return None if value is None else {"en": value.en, "ko": value.ko}

    def process_result_value(self, value: Text | Mapping[str, str] | None, dialect: sa.Dialect) -> Text | None:
        """Read both languages."""
        return value if value is None or isinstance(value, Text) else Text(en=value["en"], ko=value["ko"])


@lru_cache(_IDS_KEPT)
def _id_of(digits: str | None) -> uuid.UUID | None:
    return None if digits is None else uuid.UUID(digits)


@lru_cache(_TEXTS_KEPT)
def _text_of(stored: str | None) -> Text | None:
    value = None if stored is None else json.loads(stored)
    return None if value is None else Text(en=value["en"], ko=value["ko"])
