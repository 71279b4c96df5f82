"""Long tables as files, written row by row, so that 200,000 rows take no memory and can be stopped."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from bridge_gui.accounting.money import smallest_unit
from bridge_gui.sync.exports.table import Cell, looks_like_formula, printable, put

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
    from bridge_gui.sync.exports.sheet_rows import write_sheet

    write_sheet(title, heads, rows, place)
