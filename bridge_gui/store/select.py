"""From a table's row to a frozen struct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Column, CursorResult, Row, Select, Table, select

T = TypeVar("T", bound=Struct)


def columns(table: Table, kind: type[Struct]) -> list[Column[Any]]:
    """The columns a struct has fields for."""
    return [table.c[name] for name in kind.__struct_fields__ if name in table.c]


def query(table: Table, kind: type[Struct]) -> Select[Any]:
    """Select just what the struct holds."""
    return select(*columns(table, kind))


def one(kind: type[T], row: Row[Any] | None) -> T | None:
    """The struct of a row, None for no row."""
    return None if row is None else kind(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def many(kind: type[T], rows: Iterable[Row[Any]]) -> list[T]:
    """The structs of rows."""
    return [kind(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


def new_id(result: CursorResult[Any]) -> int:
    """The id of the row just inserted."""
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])
