"""What happens to each row about a person when they ask for it or are erased, as the models declare it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coach.db import Base, OnErasure


@dataclass(frozen=True, slots=True)
class Disposition:
    """Hold what one column that points at a person means for the rows of its table."""

    table: str
    column: str
    export: bool
    erase: OnErasure
    blank: tuple[str, ...]


def dispositions(models: Iterable[type[Any]] | None = None) -> list[Disposition]:
    """List every declared disposition by table and column; of all mapped classes where none are given."""
    chosen = models if models is not None else [mapper.class_ for mapper in Base.registry.mappers]
    found = [
        Disposition(model.__tablename__, column, told.export, told.erase, told.blank)
        for model in chosen
        for column, told in model.__personal__.items()
    ]
    return sorted(found, key=lambda row: (row.table, row.column))
