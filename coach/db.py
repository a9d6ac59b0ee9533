"""Session, unit of work and the base of every model. The word commit stands here only; engines are in `engine`."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    SessionTransaction,
    declared_attr,
    mapped_column,
    registry,
)

from coach.columns import Id, Instant, Localised
from coach.words import Text


class OnErasure(StrEnum):
    """What happens to a row, or to one of its columns, when the person it points at is erased."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP_ID = "keep_id"


@dataclass(frozen=True, slots=True)
class Personal:
    """Declare, for a column that points at a person, what export and erasure do with the row.

    `blank` names the text columns that are emptied when the row stays.
    """

    export: bool
    erase: OnErasure
    blank: tuple[str, ...] = ()


_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Be the base of every model: named constraints, UTC moments, both-language texts."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=_NAMES),
        type_annotation_map={
            datetime: Instant,
            Text: Localised,
            dict[str, Any]: sa.JSON,
            list[Any]: sa.JSON,
            uuid.UUID: Id,
        },
    )
    __personal__: ClassVar[Mapping[str, Personal]] = {}


def new_id() -> uuid.UUID:
    """Make a UUIDv7: 48 bits of milliseconds, then chance (RFC 9562, 5.7); Python 3.11 has none of its own."""
    stamp = time.time_ns() // 1_000_000
    bits = (stamp << 80) | (0x7 << 76) | (secrets.randbits(12) << 64) | (0b10 << 62) | secrets.randbits(62)
    return uuid.UUID(int=bits)


class Keyed:
    """Give a model a UUIDv7 primary key."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)


class Versioned:
    """Give an editable record a version: a stale save is a conflict, never a lost text."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 -- SQLAlchemy calls it with the class
        return {"version_id_col": cls.version}


db: Final = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

_writing: ContextVar[bool] = ContextVar("didim_writing", default=False)

Kept = TypeVar("Kept")
_kept: Final[WeakKeyDictionary[sa.Engine, dict[Hashable, Any]]] = WeakKeyDictionary()
_MOST_KEPT: Final = 2_048
_TO_KEEP: Final = "didim_to_keep"
_LINE: Final = "didim_line"
_LAST: Final = "didim_last"


class WriteInRead(RuntimeError):
    """Say that a request or command which only reads tried to change a record."""


def session() -> Session:
    """Give the session of this request, job or command."""
    return db.session()


def begin_writing() -> None:
    """Let what follows change records; the next transaction takes the write lock from its start."""
    _writing.set(True)


def end_writing() -> None:
    """Return to reading only."""
    _writing.set(False)


def is_writing() -> bool:
    """Tell whether the present work may change records."""
    return _writing.get()


Values = Mapping[str, Any]


def run(statement: sa.Executable, values: Values | Sequence[Values] | None = None) -> sa.CursorResult[*tuple[Any, ...]]:
    """Run a statement that was built once, past the ORM: for hot paths. What is pending is flushed first."""
    if not _writing.get() and isinstance(statement, sa.UpdateBase):
        raise WriteInRead("a request that only reads ran a statement that writes")
    work = session()
    if _writing.get():
        work.flush()
    return _line(work).execute(statement, values)


def run_last(statement: sa.Insert, row: Values) -> None:
    """Add a row to a log that nothing in this transaction reads: its end writes all of them with one statement."""
    if not _writing.get():
        raise WriteInRead("a request that only reads wrote a log")
    session().info.setdefault(_LAST, {}).setdefault(statement, []).append(row)


def fetch(statement: sa.Select[*tuple[Any, ...]], values: Values | None = None) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Read all rows of a statement that was built once; taken at once they come cheaper than one by one."""
    return run(statement, values).all()


def _line(work: Session) -> sa.Connection:
    """Give the connection of the present transaction; the session looks for it anew each time it is asked."""
    found: sa.Connection | None = work.info.get(_LINE)
    if found is None:
        found = work.info[_LINE] = work.connection()
    return found


@sa.event.listens_for(Session, "after_transaction_end")
def _hang_up(work: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        work.info.pop(_LINE, None)
        work.info.pop(_LAST, None)


def kept(key: Hashable, read: Callable[[], Kept]) -> Kept:
    """Read what never changes once it is written (a revision, a version) once a process.

    What is read while something is written is kept once that is committed: before, it may still be taken back.
    """
    held = _kept.setdefault(db.engine, {})
    if key in held:
        found: Kept = held[key]
        return found
    found = read()
    if _writing.get():
        session().info.setdefault(_TO_KEEP, {})[key] = found
    else:
        _keep({key: found})
    return found


def _keep(found: Mapping[Hashable, Any]) -> None:
    held = _kept.setdefault(db.engine, {})
    if len(held) >= _MOST_KEPT:
        held.clear()
    held.update(found)


@sa.event.listens_for(sa.Engine, "engine_disposed")
def _forget(engine: sa.Engine) -> None:
    """Forget what was kept: who lets go of every connection may come back to another database."""
    _kept.pop(engine, None)


def bare(model: type[Base]) -> sa.TableClause:
    """Give a model's table as Core sees it, without defaults, for statements built once that `run` sends."""
    return sa.table(model.__tablename__, *(sa.column(c.name, c.type) for c in model.__table__.c))


def upsert(table: type[Base]) -> Any:
    """Begin an INSERT … ON CONFLICT in the words of the database at hand; both engines speak it alike."""
    return _speaking(dialect()).insert(table)


def insert_once(model: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert a row unless it stands already, also where another request is just inserting it; tell whether it was."""
    keys = [getattr(model, column.name) for column in model.__table__.primary_key]
    insert = upsert(model).values(dict(row)).on_conflict_do_nothing().returning(*keys)
    return session().execute(insert).first() is not None


def bare_upsert(table: type[Base], engine: str) -> Any:
    """Begin one that is built once for each `dialect` and sent past the ORM."""
    return _speaking(engine).insert(bare(table))


def dialect() -> str:
    """Name the database at hand: sqlite or postgresql."""
    return db.engine.dialect.name


def _speaking(engine: str) -> Any:
    return postgresql if engine == "postgresql" else sqlite


def save() -> None:
    """Commit what this request did: called once, at the edge."""
    work = session()
    for statement, rows in work.info.pop(_LAST, {}).items():
        run(statement, rows)
    work.commit()
    _keep(work.info.pop(_TO_KEEP, {}))


def discard() -> None:
    """Forget what this request did."""
    work = session()
    work.rollback()
    for what in (_TO_KEEP, _LAST):
        work.info.pop(what, None)


def pause() -> None:
    """End the transaction before slow work that needs none (hashing, mail), keeping nothing unsaved."""
    discard()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Run a job, a command or an after-response write in a transaction of its own."""
    before = _writing.get()
    _writing.set(True)
    try:
        yield session()
        save()
    except BaseException:
        discard()
        raise
    finally:
        _writing.set(before)


@sa.event.listens_for(Session, "before_flush")
def _refuse_flush_in_read(work: Session, context: Any, instances: Any) -> None:
    if not _writing.get() and (work.new or work.dirty or work.deleted):
        raise WriteInRead("a request that only reads changed a record")


@sa.event.listens_for(Session, "do_orm_execute")
def _refuse_statement_in_read(state: ORMExecuteState) -> None:
    if not _writing.get() and (state.is_insert or state.is_update or state.is_delete):
        raise WriteInRead("a request that only reads ran a statement that writes")
