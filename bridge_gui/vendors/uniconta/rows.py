"""Reading a record of Uniconta field by field: what is missing is empty, what has a wrong type is a change.

QUIRK: empty fields are left out of answers (uniconta.md 3.1, spec), so only a field that a record cannot be
without tells, by its absence, that the vendor has changed something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bridge_gui.accounting import money
from bridge_gui.accounting.money import ZERO
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.uniconta import assumed
from bridge_gui.vendors.uniconta.terms import VENDOR

Row = Mapping[str, Any]
_NEVER = date(1, 1, 1)
_EMPTY_DAY = "0001-01-01"
_LARGEST = Decimal(10) ** 18


def changed(path: str) -> VendorChanged:
    """The error for a place where an answer is not what it should be."""
    return VendorChanged("vendor.changed", vendor=VENDOR, path=f"$[].{path}")


def text(row: Row, name: str) -> str:
    """A text without outer blanks, or a number plainly written; empty where there is none."""
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise changed(name)
    return plain(value)


def plain(value: Any) -> str:
    """A scalar as a text: no outer blanks, one kind of line end, no needless zeros, no empty day."""
    if isinstance(value, str):
        said = value.strip()
        if "\r" in said:
            said = said.replace("\r\n", "\n")
        return "" if said.startswith(_EMPTY_DAY) else said
    if isinstance(value, Decimal):
        return money.plain(value) if value else "0"
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def needed(row: Row, name: str) -> str:
    """As `text`, of a field that no record of its kind is without."""
    found = text(row, name)
    if not found:
        raise changed(name)
    return found


def number(row: Row, name: str) -> Decimal | None:
    """An exact number; None where there is none."""
    value = row.get(name)
    if value is None or value == "":
        return None
    found = _number(value)
    if found is None or not found.is_finite() or abs(found) >= _LARGEST:
        raise changed(name)
    return found


def amount(row: Row, name: str) -> Decimal:
    """As `number`; nothing is zero."""
    found = number(row, name)
    return ZERO if found is None else found


def needed_number(row: Row, name: str) -> Decimal:
    """As `number`, of a field that no record of its kind is without."""
    found = number(row, name)
    if found is None:
        raise changed(name)
    return found


def flag(row: Row, name: str) -> bool:
    """Yes or no; nothing is no."""
    value = row.get(name)
    if value is None or value == "":
        return False
    if isinstance(value, bool):
        return value
    said = str(value).casefold()
    if said not in {"true", "false", "0", "1"}:
        raise changed(name)
    return said in {"true", "1"}


def day(row: Row, name: str) -> date | None:
    """A day as it stands, never moved by a time zone; None where there is none.

    QUIRK: an empty day is the first of January of the year 1 (uniconta.md 5, code).
    """
    at = _instant(row, name)
    return None if at is None or at.date() == _NEVER else at.date()


def instant(row: Row, name: str) -> datetime | None:
    """An instant; one without a zone is in Danish time. None where there is none."""
    at = _instant(row, name)
    if at is None or at.date() == _NEVER:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=assumed.ZONE)).astimezone(UTC)


def parsed(said: str) -> Decimal | None:
    """A number in a text, with a point or a comma before its decimals.

    QUIRK: one client guards against decimal commas in answers (uniconta.md 5, code).
    """
    tight = said.strip().replace("\u00a0", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?[0-9][0-9.,]*", tight):
        return None
    last = max(tight.rfind(","), tight.rfind("."))
    both, marks = "," in tight and "." in tight, tight.count(".") + tight.count(",")
    if both or marks == 1:
        tight = tight[:last].replace(",", "").replace(".", "") + "." + tight[last + 1 :]
    elif marks > 1:
        tight = tight.replace(",", "").replace(".", "")
    try:
        return Decimal(tight)
    except InvalidOperation:
        return None


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    return parsed(value) if isinstance(value, str) else None


def _instant(row: Row, name: str) -> datetime | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise changed(name)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise changed(name) from None
