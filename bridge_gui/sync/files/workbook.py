"""What is in a spreadsheet, old or new: its visible tables with exact cells."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

OLE = b"\xd0\xcf\x11\xe0"
"""How an old spreadsheet begins."""
_PLACES = 6
Cell = str | Decimal | date | None


class Sheet(Struct, frozen=True, kw_only=True):
    """One table: its name in the file and its rows; a number is exact to six decimals."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


class Unreadable(Exception):
    """A spreadsheet that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sheets_of(body: bytes) -> list[Sheet]:
    """The visible sheets of a spreadsheet, or `Unreadable`."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            return [
                Sheet(
                    name=meta.name,
                    rows=tuple(_rows(book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False))),
                )
                for meta in book.sheets_metadata
                if meta.typ is SheetTypeEnum.WorkSheet and meta.visible is SheetVisibleEnum.Visible
            ]
    except PasswordError as error:
        raise Unreadable("file.encrypted") from error
    except BaseException as error:
        # A file damaged in a way the library does not foresee ends as its own kind of panic.
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        raise Unreadable("file.encrypted" if _is_encrypted(body) else "file.damaged") from error


def _is_encrypted(body: bytes) -> bool:
    """Whether an OLE file holds an encrypted spreadsheet."""
    return body.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in body


def _rows(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield tuple(_cell(value) for value in row)


def _cell(value: Any) -> Cell:
    """A cell's value: floats lose what binary fractions add, instants keep their day."""
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value)
    if isinstance(value, (int, float)):
        number = Decimal(repr(round(value, _PLACES)))
        return number if number.is_finite() else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return str(value).strip() or None
