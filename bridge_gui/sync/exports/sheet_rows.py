"""The rows of a long spreadsheet, written as they come.

openpyxl makes the file with its heading, forms and parts; only the rows, all alike, are written here. An
object for each cell, as the library has it, took most of the time of an export of 20,000 documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bridge_gui.sync.exports.table import Cell, looks_like_formula, printable

LONGEST = 32_767
"""Letters that a spreadsheet takes in one cell."""
MOST_PLACES = 10
LOOKED_AT = 200
"""Rows by which the columns' widths are found."""
_NARROWEST, _WIDEST = 9, 60
_ROWS_AT_ONCE = 200
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
_SHEET = "xl/worksheets/sheet1.xml"
_END = "</sheetData>"
Rows = Iterable[Sequence[Cell]]


class Forms(NamedTuple):
    """The numbers by which the file knows how a cell looks; `figures` by their decimals."""

    day: int
    quoted: int
    figures: tuple[int, ...]


def write_sheet(title: str, heads: Sequence[str], rows: Rows, place: Path) -> None:
    """Write one sheet with a heading that stays in sight; amounts as numbers, days as days."""
    coming = iter(rows)
    first = list(islice(coming, LOOKED_AT))
    frame, forms = _frame(title, heads, first)
    with ZipFile(frame) as made, ZipFile(place, "w", ZIP_DEFLATED) as file:
        for part in made.namelist():
            if part != _SHEET:
                file.writestr(part, made.read(part))
        before, after = _around_rows(made.read(_SHEET).decode())
        with file.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(before.encode())
            for text in _row_texts(chain(first, coming), len(heads), forms):
                sheet.write(text.encode())
            sheet.write(f"{_END}{after}".encode())


def _frame(title: str, heads: Sequence[str], first: Rows) -> tuple[BytesIO, Forms]:
    """The file without its rows, and how its cells may look."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for at, head in enumerate(heads):
        longest = max((len(_shown(row[at])) for row in first), default=0)
        width = min(_WIDEST, max(_NARROWEST, len(head), longest) + 2)
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    forms = _forms(sheet)
    result = BytesIO()
    book.save(result)
    book.close()
    return result, forms


def _forms(sheet: Worksheet) -> Forms:
    """Have the library number each look, on cells that go again."""

    def look(at: int, form: str = "General", *, quoted: bool = False) -> int:
        cell = sheet.cell(row=2, column=at)
        cell.number_format = form
        cell.quotePrefix = quoted
        return cell.style_id

    figures = [
        look(places + 3, "#,##0" + ("." + "0" * places if places else ""))
        for places in range(MOST_PLACES + 1)
    ]
    forms = Forms(day=look(1, "yyyy-mm-dd"), quoted=look(2, quoted=True), figures=tuple(figures))
    sheet.delete_rows(2)
    return forms


def _around_rows(sheet: str) -> tuple[str, str]:
    """What stands before the rows and after them; how large the sheet is, is not told beforehand."""
    before, _end, after = re.sub(r"<dimension [^>]*/>", "", sheet).partition(_END)
    return before, after


def _row_texts(rows: Rows, width: int, forms: Forms) -> Iterator[str]:
    """The rows as the file has them, some hundreds at a time."""
    letters = [get_column_letter(at + 1) for at in range(width)]
    numbered = enumerate(rows, 2)
    while lot := list(islice(numbered, _ROWS_AT_ONCE)):
        yield "".join(_row_text(letters, number, row, forms) for number, row in lot)


def _row_text(letters: Sequence[str], number: int, row: Sequence[Cell], forms: Forms) -> str:
    cells = [_cell(f"{letter}{number}", value, forms) for letter, value in zip(letters, row, strict=True)]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Cell, forms: Forms) -> str:
    """A value in its own kind; a text that looks like a formula is marked as text for good."""
    if isinstance(value, str):
        return _text_cell(place, value, forms)
    if isinstance(value, Decimal):
        places = min(MOST_PLACES, max(0, -int(value.as_tuple().exponent)))
        return f'<c r="{place}" s="{forms.figures[places]}"><v>{value:f}</v></c>'
    if value < _FIRST_DAY:
        return _text_cell(place, value.isoformat(), forms)
    return f'<c r="{place}" s="{forms.day}"><v>{(value - _DAY_ZERO).days}</v></c>'


def _text_cell(place: str, value: str, forms: Forms) -> str:
    if not value:
        return ""
    text = printable(value)[:LONGEST]
    quoted = looks_like_formula(value) or looks_like_formula(text)
    form = f' s="{forms.quoted}"' if quoted else ""
    return f'<c r="{place}"{form} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _shown(value: Cell) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return value.isoformat() if isinstance(value, date) else value
