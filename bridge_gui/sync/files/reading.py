"""From a file to rows of cells, whatever kind of table it is; what is wrong with it is said in a code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from errno import EINVAL
from os import strerror
from pathlib import Path
from typing import Any

from msgspec import Struct
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bridge_gui.errors import SetupError
from bridge_gui.sync.files.csv_text import csv_rows, decoded

MOST_BYTES = 50_000_000
MOST_UNPACKED = 500_000_000
KINDS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WEB = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
_PLACES = 6

Cell = str | Decimal | date | None


class Sheet(Struct, frozen=True, kw_only=True):
    """One table: its name in the file and its rows; a number is exact to six decimals."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file that have anything in them; `SetupError` says why there are none."""
    body = _body(path)
    if body.startswith((_ZIP, _OLE)):
        sheets = _workbook(body, path)
    elif body.lstrip()[:10].lower().startswith(_WEB):
        raise SetupError("file.web_page", file=path.name)
    else:
        sheets = [Sheet(name="", rows=tuple(csv_rows(decoded(body, path))))]
    full = tuple(sheet for sheet in sheets if any(any(_is_told(cell) for cell in row) for row in sheet.rows))
    if not full:
        raise SetupError("file.empty", file=path.name)
    return full


def _body(path: Path) -> bytes:
    """All of the file, read at once: what is looked at afterwards cannot change."""
    if path.is_fifo():  # nobody may ever write into it
        raise SetupError("file.unreadable", file=str(path), reason=strerror(EINVAL))
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise SetupError("file.missing", file=str(path)) from error
    except OSError as error:
        raise SetupError("file.unreadable", file=str(path), reason=error.strerror or "") from error
    if len(body) > MOST_BYTES:
        raise SetupError("file.too_big", file=path.name, limit=MOST_BYTES // 1_000_000)
    return body


def _workbook(body: bytes, path: Path) -> list[Sheet]:
    """The visible sheets of a spreadsheet."""
    _check_size(body, path)
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
        raise SetupError("file.encrypted", file=path.name) from error
    except BaseException as error:
        # A file damaged in a way the library does not foresee ends as its own kind of panic.
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        code = "file.encrypted" if _is_encrypted(body) else "file.damaged"
        raise SetupError(code, file=path.name) from error


def _check_size(body: bytes, path: Path) -> None:
    """A small file may unpack to one that fills the memory."""
    if not body.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise SetupError("file.damaged", file=path.name) from error
    if unpacked > MOST_UNPACKED:
        raise SetupError("file.too_big", file=path.name, limit=MOST_UNPACKED // 1_000_000)


def _is_encrypted(body: bytes) -> bool:
    """Whether an OLE file holds an encrypted spreadsheet."""
    return body.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in body


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


def _is_told(cell: Cell) -> bool:
    return cell is not None and cell != ""
