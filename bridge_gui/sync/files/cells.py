"""What a cell says: an amount however its decimals are written, a day however its parts are ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from bridge_gui.sync.files.reading import Cell

POINT, COMMA = ".", ","
YMD, DMY, MDY = "ymd", "dmy", "mdy"
ORDERS = (YMD, DMY, MDY)
_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]")
_CURRENCY = re.compile(
    r"(?i)^(?:kr\.?|isk|dkk|nok|sek|eur|usd|gbp|€|\$|£)|(?:kr\.?|isk|dkk|nok|sek|eur|usd|gbp|€|\$|£|,-)$"
)
_FIGURES = re.compile(r"\d{1,3}(?:[.,]\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+")
_DAY = re.compile(r"(\d{1,4})\s*[.\-/]\s*(\d{1,2})\s*[.\-/]\s*(\d{2,4})\.?(?:[T ].*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EXCEL = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)


def bare(text: str) -> tuple[str, bool]:
    """An amount's figures without currency and spaces, and whether it is negative."""
    figures = _SPACES.sub("", text).replace("\u2212", "-").replace("\u2013", "-")
    figures = _CURRENCY.sub("", figures)
    negative = figures.startswith(("-", "(")) or figures.endswith("-")
    return _CURRENCY.sub("", figures.strip("()").strip("-+")), negative


def decimal_sign(texts: Iterable[str]) -> str:
    """What stands before the decimals in these amounts; empty where none of them tells.

    A sign that stands last of both, once with other than three figures behind it, or after a lone zero,
    is the decimal sign; one that stands twice divides thousands.
    """
    for text in texts:
        figures, _ = bare(text)
        points, commas = figures.count(POINT), figures.count(COMMA)
        if points and commas:
            return POINT if figures.rfind(POINT) > figures.rfind(COMMA) else COMMA
        if points + commas > 1:
            return COMMA if points else POINT
        sign = POINT if points else COMMA if commas else ""
        before, _, behind = figures.partition(sign) if sign else (figures, "", "")
        if sign and (len(behind) != 3 or before in ("", "0") or len(before) > 3):
            return sign
    return ""


def divided(texts: Iterable[str]) -> bool:
    """Whether any of these amounts has a sign in it that could be either."""
    return any(sign in bare(text)[0] for text in texts for sign in (POINT, COMMA))


def amount_of(cell: Cell, decimal: str) -> Decimal | None:
    """The amount in a cell, zero for none, None where it is something else."""
    if cell is None:
        return Decimal(0)
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, date):
        return None
    figures, negative = bare(cell)
    if not figures:
        return Decimal(0) if cell.strip() in ("", "-", "\u2013") else None
    return _amount(figures, decimal, negative=negative)


def _amount(figures: str, decimal: str, *, negative: bool) -> Decimal | None:
    thousands = POINT if decimal == COMMA else COMMA
    if not _FIGURES.fullmatch(figures) or figures.count(decimal) > 1:
        return None
    whole, _, part = figures.partition(decimal)
    groups = whole.split(thousands)
    if thousands in part or (len(groups) > 1 and any(len(group) != 3 for group in groups[1:])):
        return None
    number = Decimal(f"{''.join(groups) or '0'}.{part or '0'}")
    return -number if negative else number


def day_order(texts: Iterable[str]) -> str:
    """How the parts of these days are ordered: a figure over twelve tells, else the day comes first."""
    found = [match for text in texts if (match := _DAY.fullmatch(text.strip()))]
    if any(len(match[1]) == 4 for match in found):
        return YMD
    if any(int(match[2]) > 12 for match in found):
        return MDY
    return DMY


def day_of(cell: Cell, order: str) -> date | None:
    """The day in a cell, None where it is none."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        return _numbered(cell)
    return _written(cell.strip(), order) if cell else None


def _numbered(cell: Decimal) -> date | None:
    """A day kept as a number: a spreadsheet's serial, or eight figures."""
    if cell != cell.to_integral_value():
        return None
    if int(cell) in _SERIALS:
        return _EXCEL + timedelta(days=int(cell))
    return _written(str(int(cell)), YMD)


def _written(text: str, order: str) -> date | None:
    if packed := _PACKED.fullmatch(text):
        return _valid(*map(int, packed.groups()))
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    one, two, three = map(int, match.groups())
    if len(match[1]) == 4:
        return _valid(one, two, three)
    year = three + 2000 if len(match[3]) == 2 else three
    return _valid(year, one, two) if order == MDY else _valid(year, two, one)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
