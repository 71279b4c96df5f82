"""A row of webcrm's as it came: fields are read by name, and one that is missing is webcrm's change.

Which custom fields count is a setting of each customer, so their names are not in any struct. A field that
vanished must never read as an emptied one: what is empty here is emptied at the books.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import msgspec

from bridge_gui.accounting.money import ZERO, plain
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.webcrm import assumed
from bridge_gui.vendors.webcrm.terms import VENDOR, YES, Table
from bridge_gui.web.decode import UNREADABLE, is_amount

_USER = re.compile(r"User(Id|Name|Initials|Email|Telephone|MobilePhone|Title|CreatedAt|UpdatedAt|Custom\d+)")
Value = str | Decimal | bool | None


class Row:
    """One record; every reading raises `VendorChanged` for a field that is missing or of another kind."""

    def __init__(self, fields: Mapping[str, msgspec.Raw]) -> None:
        self._fields = {name: raw for name, raw in fields.items() if _wanted(name)}

    def __repr__(self) -> str:
        return "Row()"

    def has(self, name: str) -> bool:
        """Whether there is such a field."""
        return name in self._fields

    def text(self, name: str) -> str:
        """A text without outer blanks; a number in its digits, nothing as empty; a custom box as `Yes`."""
        value = self._value(name)
        if isinstance(value, bool):
            if "Custom" not in name:
                raise changed(name)
            return YES if value else ""
        if isinstance(value, Decimal):
            return plain(assumed.exact(value))
        return (value or "").replace("\r\n", "\n").strip()

    def flag(self, name: str) -> bool:
        """Yes or no; nothing is no."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            raise changed(name)
        return bool(value)

    def number(self, name: str) -> Decimal:
        """A number without needless zeros; nothing is nought."""
        return self.price(name) or ZERO

    def price(self, name: str) -> Decimal | None:
        """A number that may not be set."""
        value = self._value(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            raise changed(name)
        try:
            number = Decimal(value)
            if not is_amount(number):
                raise changed(name)
            return Decimal(plain(assumed.exact(number)))
        except InvalidOperation:
            raise changed(name) from None

    def id(self, name: str) -> str:
        """A whole number that names a row; empty for none (nought)."""
        value = self.number(name)
        if value != int(value):
            raise changed(name)
        return str(int(value)) if value > 0 else ""

    def own_id(self, name: str) -> str:
        """The number that names this very row, which is never none."""
        told = self.id(name)
        if not told:
            raise changed(name)
        return told

    def instant(self, name: str) -> datetime | None:
        """An instant in UTC; None for the year 1, which means none (webcrm.md 5)."""
        moment = self.written(name)
        return moment.astimezone(UTC) if moment is not None else None

    def written(self, name: str) -> datetime | None:
        """An instant with the offset it was written with, in UTC where it has none; None for none."""
        text = self.text(name)
        try:
            moment = datetime.fromisoformat(text) if text else None
        except ValueError:
            raise changed(name) from None
        if moment is None or moment.year == 1:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def updated(self, table: Table) -> datetime:
        """When the row was made or changed last."""
        moment = self.instant(table.updated) or self.instant(table.created)
        if moment is None:
            raise changed(table.updated)
        return moment

    def _value(self, name: str) -> Value:
        if name not in self._fields:
            raise changed(name)
        raw = bytes(self._fields[name])
        kinds: dict[bytes, type] = {b'"': str, b"t": bool, b"f": bool, b"n": type(None)}
        try:
            value: Value = msgspec.json.decode(raw, type=kinds.get(raw[:1], Decimal))
        except UNREADABLE:
            raise changed(name) from None
        if isinstance(value, Decimal) and not is_amount(value):
            raise changed(name)
        return value


def _wanted(name: str) -> bool:
    """QUIRK: records of people hold passwords and logs of sign-ins (webcrm.md 3.6); dropped at once."""
    if name.startswith("User"):
        return _USER.fullmatch(name) is not None
    return "Password" not in name and "Login" not in name


def changed(name: str) -> VendorChanged:
    """An answer lacks this field, or has it in another form."""
    return VendorChanged("vendor.changed", vendor=VENDOR, path=f"$.{name}")
