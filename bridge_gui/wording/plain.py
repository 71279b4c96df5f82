"""Dates and amounts for a terminal: ISO days, plain figures. The window formats with its own locale."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from bridge_gui.accounting.money import smallest_unit
from bridge_gui.errors import Param

AMOUNTS = frozenset(
    ("amount", "difference", "expected", "left", "lines", "meant", "paid", "seen", "total", "whole")
)
"""The parameters of messages that hold an amount, as `-16387` or `12.50`; a number of an order never does."""
WORDS = frozenset(("kind",))
"""The parameters that may hold a word of the program's own: who owns it says it as `kind.<word>`."""
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:\d{2})")
_NUMBERED = re.compile(r"[a-z_]+-(\d+)")


def bare(which: str) -> str:
    """A vendor's id as a person knows it: 12346 of `customer-12346`; any other as it is."""
    found = _NUMBERED.fullmatch(which)
    return found[1] if found else which


def places(value: Decimal, currency: str) -> int:
    """How many decimals to show: the currency's own, or more where the amount has more."""
    exponent = value.normalize().as_tuple().exponent
    own = -smallest_unit(currency).as_tuple().exponent if currency else 2  # type: ignore[operator]
    return max(own, -exponent if isinstance(exponent, int) else 0)


def amount(value: Decimal, currency: str = "") -> str:
    """An amount with thousands apart and the currency behind, such as 6,200 ISK."""
    text = f"{value:,.{places(value, currency)}f}"
    return f"{text} {currency}" if currency else text


def money(value: Decimal, currency: str) -> str:
    """A document's total; nothing for what has no amount, such as a customer or an e-mail."""
    return amount(value, currency) if currency else ""


def day(value: date) -> str:
    """A day as in 2026-11-22."""
    return value.isoformat()


def instant(value: datetime) -> str:
    """An instant in the computer's own time zone, to the minute."""
    return value.astimezone().strftime("%Y-%m-%d %H:%M")


def as_instant(value: str) -> datetime | None:
    """The instant a parameter holds, if it is one."""
    try:
        return datetime.fromisoformat(value) if _INSTANT.fullmatch(value) else None
    except ValueError:
        return None


def as_day(value: str) -> date | None:
    """The day a parameter holds, if it is one."""
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def as_amount(value: Param) -> tuple[int, str] | None:
    """The whole part and the decimals of the amount a parameter holds, if it holds one."""
    text = str(value)
    if not _AMOUNT.fullmatch(text):
        return None
    whole, _, decimals = text.lstrip("-").partition(".")
    return int(whole), decimals


def figure(value: Param) -> str:
    """An amount within a sentence, such as 16,387; anything else as it is shown elsewhere."""
    found = as_amount(value)
    if found is None:
        return shown(value)
    whole, decimals = found
    sign = "-" if str(value).startswith("-") else ""
    return f"{sign}{whole:,}{'.' + decimals if decimals else ''}"


def shown(value: Param) -> str:
    """A parameter as a person reads it."""
    if value is None:
        return ""
    moment = as_instant(value) if isinstance(value, str) else None
    return instant(moment) if moment else str(value)
