"""Long tables as files, written row by row, so that 200,000 rows take no memory and can be stopped."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.accounting.money import smallest_unit
from bridge_gui.sync.exports.table import Cell, looks_like_formula, printable, put

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST = 32_767
Rows = Iterable[Sequence[Cell]]


def write_streamed(title: str, heads: Sequence[str], rows: Rows, path: Path) -> None:
    """Write the rows as XLSX, or as CSV where the name ends so; `SetupError` if the file cannot be written.

    Whatever `rows` raises (a stop) leaves no file behind, and an older one as it was.
    """
    as_csv = path.suffix.lower() == ".csv"
    put(path, lambda place: _csv(heads, rows, place) if as_csv else _xlsx(title, heads, rows, place))


def in_units(amount: Decimal, currency: str) -> Decimal:
    """An amount with its currency's decimals, more only where it has them."""
    unit = smallest_unit(currency) if currency else Decimal("0.01")
    return amount.quantize(unit) if amount == amount.quantize(unit) else amount


def _csv(heads: Sequence[str], rows: Rows, place: Path) -> None:
    """With a byte order mark, by which spreadsheets know the letters; figures with a point."""
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([_as_text(cell) for cell in row] for row in rows)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    text = printable(cell)
    # A spreadsheet takes the sign for text; it shows it, which is better than obeying a formula.
    return f"'{text}" if looks_like_formula(cell) or looks_like_formula(text) else text


def _xlsx(title: str, heads: Sequence[str], rows: Rows, place: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    try:
        sheet.append(list(_heads(sheet, heads)))
        cells = _Cells(sheet)
        for row in rows:
            sheet.append([cells.cell(cell) for cell in row])
        book.save(place)
    except BaseException:
        _give_up(sheet)
        raise


def _give_up(sheet: WriteOnlyWorksheet) -> None:
    """Close and remove the draft that the library keeps while rows are added."""
    with suppress(Exception):
        if not sheet.closed:
            sheet.close()
        sheet._writer.cleanup()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way


def _heads(sheet: WriteOnlyWorksheet, heads: Sequence[str]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for head in heads:
        cell = WriteOnlyCell(sheet, value=head)
        cell.font = Font(bold=True)
        yield cell


class _Cells:
    """Makes a sheet's cells; a form is worked out once, for it takes longer than the cell."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._sheet, self._make = sheet, WriteOnlyCell
        self._styles: dict[str, Any] = {}

    def cell(self, value: Cell) -> Any:
        """A value in its own kind; a text that looks like a formula is marked as text for good."""
        if not isinstance(value, str):
            return self._formed(value)
        text = printable(value)[:LONGEST]
        if not looks_like_formula(value) and not looks_like_formula(text):
            return text or None
        cell = self._make(self._sheet, value=text)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell

    def _formed(self, value: Decimal | date) -> Any:
        cell = self._make(self._sheet, value=value)  # type: ignore[arg-type]
        form = _form(value)
        if form in self._styles:
            cell._style = self._styles[form]  # type: ignore[attr-defined]  # noqa: SLF001 - as its `copy` does
        else:
            cell.number_format = form
            self._styles[form] = cell._style  # type: ignore[attr-defined]  # noqa: SLF001
        return cell


def _form(value: Decimal | date) -> str:
    """How a spreadsheet shows it: grouped, with the decimals it has."""
    if not isinstance(value, Decimal):
        return "yyyy-mm-dd"
    places = max(0, -int(value.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")
