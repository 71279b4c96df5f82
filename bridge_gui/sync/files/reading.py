"""From a file to rows of cells, whatever kind of table it is; what is wrong with it is said in a code."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from errno import EINVAL
from os import strerror
from pathlib import Path

from bridge_gui.errors import SetupError
from bridge_gui.sync.files.apart import sheets_apart
from bridge_gui.sync.files.csv_text import csv_rows, decoded
from bridge_gui.sync.files.workbook import OLE, Cell, Sheet, Unreadable, sheets_of

__all__ = ["KINDS", "MOST_BYTES", "Cell", "Sheet", "read_sheets"]

MOST_BYTES = 50_000_000
MOST_UNPACKED = 500_000_000
MOST_CELLS = 20_000_000
KINDS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt")
_ZIP = b"PK\x03\x04"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, ArithmeticError, EOFError, RuntimeError,
)  # fmt: skip
"""What is said of a list of contents that is none, or of a part that is not what it should be."""
_WEB = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
_HEAD = 4096
_SHEET = re.compile(r"worksheets/[^/]+\.xml$")
_CELL_AT = re.compile(rb"""\br=["']([A-Za-z]{1,3})\d""")
_ROW_AT = re.compile(rb"""\br=["'][A-Za-z]{0,3}(\d{1,7})["']""")
_CHUNK, _OVERLAP = 4_000_000, 200
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file that have anything in them; `SetupError` says why there are none."""
    body = _body(path)
    if body.startswith((_ZIP, OLE)):
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
        return sheets_apart(body) if body.startswith(OLE) else sheets_of(body)
    except Unreadable as error:
        raise SetupError(error.code, file=path.name) from error


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
    """How many cells lie between a sheet's first and last one, by its head and by where they are.

    python-calamine makes room for all of them at once, and ends the program where there is none. A head
    may be missing or lie, so every cell's own place counts too.
    """
    with packed.open(name) as sheet:
        head = sheet.read(_HEAD)
        told = _DIMENSION.search(head)
        columns, last = set(_CELL_AT.findall(head)), _last_row(head)
        rest = head[-_OVERLAP:]
        while chunk := sheet.read(_CHUNK):
            columns.update(_CELL_AT.findall(rest + chunk))
            last = max(last, _last_row(rest + chunk))
            rest = chunk[-_OVERLAP:]
    found = last * max((_column(letters.decode().upper()) for letters in columns), default=0)
    if told is None:
        return found
    left, top, right, bottom = (part.decode() for part in told.groups())
    return max(found, (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1))


def _last_row(part: bytes) -> int:
    return max(map(int, set(_ROW_AT.findall(part))), default=0)


def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_told(cell: Cell) -> bool:
    return cell is not None and cell != ""
