"""From a file to rows of cells, whatever kind of table it is; what is wrong with it is said in a code."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
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
MOST_CELLS = 20_000_000
KINDS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, ArithmeticError, EOFError, RuntimeError,
)  # fmt: skip
"""What is said of a list of contents that is none, or of a part that is not what it should be."""
_WEB = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
_PLACES = 6
_HEAD = 4096
_SHEET = re.compile(r"worksheets/[^/]+\.xml$")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')

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
            spread = max(
                (_cells(packed, name) for name in packed.namelist() if _SHEET.search(name)), default=0
            )
    except _DAMAGED as error:
        raise SetupError("file.damaged", file=path.name) from error
    if unpacked > MOST_UNPACKED:
        raise SetupError("file.too_big", file=path.name, limit=MOST_UNPACKED // 1_000_000)
    if spread > MOST_CELLS:
        raise SetupError("file.too_wide", file=path.name)


def _cells(packed: zipfile.ZipFile, name: str) -> int:
    """How many cells lie between a sheet's first and last one, by what it says at its head.

    python-calamine makes room for all of them at once, and ends the program where there is none.
    """
    with packed.open(name) as sheet:
        found = _DIMENSION.search(sheet.read(_HEAD))
    if found is None:
        return 0
    left, top, right, bottom = (part.decode() for part in found.groups())
    return (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


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
