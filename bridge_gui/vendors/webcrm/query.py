"""The questions `/Queries` takes: conditions over the friendly field names, every value quoted here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bridge_gui.vendors.webcrm.terms import Table

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_MARGIN = timedelta(minutes=5)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def named(field: str) -> str:
    """A field's name, which comes from a setting: letters and digits only; raises `ValueError`."""
    if not _NAME.fullmatch(field):
        raise ValueError("not the name of a field")
    return field


def quoted(text: str) -> str:
    """A text as a query takes it: quotes doubled, control characters as one blank."""
    return "'" + _CONTROL.sub(" ", text).replace("'", "''") + "'"


def stamp(moment: datetime) -> str:
    """An instant as the vendor's own queries write it: UTC, seven decimals (webcrm.md 3.6)."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}0Z"


def since(table: Table, moment: datetime) -> str:
    """Rows made or changed at this instant or later, and a little before: clocks differ.

    Both dates are asked for: that a new row counts as changed is not documented.
    """
    text = quoted(stamp(moment - _MARGIN))
    return f"({table.updated} >= {text} OR {table.created} >= {text})"


def none(table: Table) -> str:
    """No rows: for seeing whether a question is allowed."""
    return f"{table.id} = 0"


def equal(field: str, value: str) -> str:
    """Rows whose field is this text; webcrm leaves case aside."""
    return f"{named(field)} = {quoted(value)}"


def among(field: str, numbers: Iterable[str]) -> str:
    """Rows whose number is one of these; there is no IN."""
    return "(" + " OR ".join(f"{named(field)} = {int(number)}" for number in numbers) + ")"


def select(table: str, key: str, condition: str, first: int) -> str:
    """Whole rows in order of their ids, from an id on."""
    both = f"{condition} AND {key} >= {first}" if condition else f"{key} >= {first}"
    return f"SELECT * FROM {table} WHERE {both} ORDER BY {key} ASC"  # noqa: S608 - values are `quoted`
