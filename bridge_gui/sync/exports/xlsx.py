"""Tables as a spreadsheet: amounts as numbers, days as days, texts never as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bridge_gui.sync.exports.table import Cell, Table, looks_like_formula, printable, put

_BOLD = Font(bold=True)
_WIDEST, _NARROWEST = 60, 9
_LONGEST = 32_767


def write_xlsx(tables: Sequence[Table], path: Path) -> None:
    """One sheet for each table; `SetupError` if the file cannot be written."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(_sheet_name(table.title)), table)
    put(path, book.save)
    book.close()


def _fill(sheet: Worksheet, table: Table) -> None:
    form = "#,##0" + ("." + "0" * table.decimals if table.decimals else "")
    _put(sheet, (1, 1), table.title, form).font = Font(bold=True, size=14)
    for at, (name, value) in enumerate(table.facts, 2):
        _put(sheet, (at, 1), name, form).font = _BOLD
        _put(sheet, (at, 2), value, form)
    top = len(table.facts) + 3
    _line(sheet, top, table.heads, form, bold=True)
    for at, row in enumerate(table.rows, top + 1):
        _line(sheet, at, row, form)
    if table.sums:
        _line(sheet, top + 1 + len(table.rows), table.sums, form, bold=True)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(table.heads))}{top + len(table.rows)}"
    _set_widths(sheet, table)


def _line(sheet: Worksheet, at: int, cells: Sequence[Cell], form: str, *, bold: bool = False) -> None:
    for place, value in enumerate(cells, 1):
        put_there = _put(sheet, (at, place), value, form)
        if bold:
            put_there.font = _BOLD


def _put(sheet: Worksheet, at: tuple[int, int], value: Cell, form: str) -> SheetCell:
    """One value in its own kind; a text that looks like a formula is marked as text for good."""
    cell = sheet.cell(row=at[0], column=at[1])
    assert isinstance(cell, SheetCell), "nothing is merged"
    if isinstance(value, Decimal):
        cell.value = value
        cell.number_format = form
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = printable(value)[:_LONGEST]
        cell.alignment = Alignment(vertical="top")
        if looks_like_formula(value):
            cell.data_type = "s"
            cell.quotePrefix = True
    return cell


def _set_widths(sheet: Worksheet, table: Table) -> None:
    for place, head in enumerate(table.heads, 1):
        longest = max((len(_text(row[place - 1])) for row in table.rows), default=0)
        width = min(_WIDEST, max(_NARROWEST, len(head) + 2, longest + 2))
        sheet.column_dimensions[get_column_letter(place)].width = width


def _text(cell: Cell) -> str:
    return f"{cell:,.0f}" if isinstance(cell, Decimal) else str(cell)


def _sheet_name(title: str) -> str:
    """What a sheet may be called: at most 31 signs, none of those a reference needs."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"
