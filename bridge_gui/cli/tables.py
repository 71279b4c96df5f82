"""Plain tables for a terminal and for spreadsheets."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

GAP = "  "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """One line without control signs: what a vendor sends must not steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def width(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """The lines of a table; the columns in `right` are aligned to the right."""
    cells = [[clean(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(width(row[at]) for row in cells) for at in range(len(heads))]
    flush = set(right)
    lines = [
        GAP.join(_padded(row[at], widths[at], flush=at in flush) for at in range(len(heads))) for row in cells
    ]
    lines.insert(1, GAP.join("-" * wide for wide in widths))
    return [line.rstrip() for line in lines]


def _padded(text: str, wide: int, *, flush: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if flush else text + space


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[str]], words: Iterable[int] = ()) -> str:
    """The table as CSV; a text in the columns `words` that looks like a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    worded = set(words)
    for row in rows:
        writer.writerow([_safe(cell) if at in worded else cell for at, cell in enumerate(row)])
    return out.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
