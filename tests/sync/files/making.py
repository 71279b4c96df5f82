"""Reports in every form a program may export them in."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook

MADE = Path(__file__).parent / "made"
HEADS = ("Dagsetning", "Bókhaldslykill", "Texti", "Debet", "Kredit")
DAY, NEXT = date(2026, 11, 20), date(2026, 11, 21)
ROWS = (
    (DAY, "Kort (posi)", "Sala", 5000, None),
    (DAY, "Reiðufé", "Sala", 1200, None),
    (DAY, 1100, "Sala 24%", None, 4000),
    (DAY, 4300, "Útskattur 24%", None, 960),
    (DAY, 1110, "Sala 11%", None, 1117),
    (DAY, 4310, "VSK", None, 123),
    (NEXT, "Kort (posi)", "Sala", 1240, None),
    (NEXT, 1100, "Sala", None, 1000),
    (NEXT, 4300, "VSK", None, 240),
)


def xlsx(path: Path, rows=ROWS, heads=HEADS, above=(), below=()) -> Path:
    """A spreadsheet."""
    book = Workbook()
    for row in (*above, *([heads] if heads else []), *rows, *below):
        book.active.append(list(row))
    book.save(path)
    return path


def text(rows=ROWS, heads=HEADS, delimiter=";", decimal=",", thousands=".", form="%d.%m.%Y") -> str:
    """The same as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    if heads:
        writer.writerow(heads)
    for row in rows:
        writer.writerow([_written(cell, decimal, thousands, form) for cell in row])
    return out.getvalue()


def _written(cell, decimal, thousands, form):
    if isinstance(cell, date):
        return cell.strftime(form)
    if isinstance(cell, int) and cell > 999 and cell not in (1100, 1110, 4300, 4310):
        return f"{cell:,}".replace(",", thousands) + (f"{decimal}00" if decimal else "")
    return "" if cell is None else str(cell)
