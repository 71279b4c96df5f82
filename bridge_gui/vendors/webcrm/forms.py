"""How a value of ours is written in webcrm, and how it is compared with what stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import NamedTuple, TypeVar

from bridge_gui.accounting.money import plain
from bridge_gui.accounting.trade import DeliveryStatus, ErpStatus
from bridge_gui.errors import CannotMap
from bridge_gui.vendors.webcrm.row import Row, changed

Kind = TypeVar("Kind", DeliveryStatus, ErpStatus)

STATUSES = {
    "New": DeliveryStatus.NEW, "Planned": DeliveryStatus.PLANNED, "OnGoing": DeliveryStatus.ONGOING,
    "Completed": DeliveryStatus.COMPLETED, "GeneralDelivery": DeliveryStatus.GENERAL,
}  # fmt: skip
ERP_STATUSES = {
    "NotReadyForSynchronization": ErpStatus.NOT_READY, "ReadyForSynchronization": ErpStatus.READY,
    "Synchronized": ErpStatus.DONE,
}  # fmt: skip
_TRUE = ("true", "yes", "1")
_NO_LAST_NAME = "-"


class Form(NamedTuple):
    """One kind of field: what stands in a row, in our words; our words in one spelling; what is sent."""

    shown: Callable[[Row, str], str]
    spelt: Callable[[str], str]
    sent: Callable[[str], object]


def status_of(row: Row, name: str, table: Mapping[str, Kind], other: Kind) -> Kind:
    """An enumeration's value; `other` for a new word.

    A number where the document promises a word would leave every order at rest unseen, so it is a change.
    """
    text = row.text(name)
    if is_number(text):
        raise changed(name)
    return table.get(text, other)


def is_number(text: str) -> bool:
    """Whether it is a whole number."""
    return text.removeprefix("-").isdigit()


def last_name(row: Row, name: str) -> str:
    """QUIRK: a last name is required, so who has none is given a dash (webcrm.md 3.2)."""
    text = row.text(name)
    return "" if text == _NO_LAST_NAME else text


def first_names(row: Row, name: str) -> str:
    """The first name with the middle one, which nobody else keeps apart."""
    return f"{row.text(name)} {row.text('PersonMiddleName')}".strip()


def is_active(row: Row, name: str) -> bool:
    """Whether a person has not resigned; guests and others have not."""
    text = row.text(name)
    if is_number(text):
        raise changed(name)
    return text != "Resigned"


def _wrong(text: str) -> CannotMap:
    return CannotMap("webcrm.not_a_value", text=text[:80])


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text or "0")
    except InvalidOperation:
        raise _wrong(text) from None
    if not value.is_finite():
        raise _wrong(text)
    return value


def _id(text: str) -> int:
    if text and not (text.isascii() and text.isdigit()):
        raise _wrong(text)
    return int(text or 0)


def _integer(text: str) -> str:
    value = _number(text)
    if value != int(value):
        raise _wrong(text)
    return str(int(value)) if value else ""


def _integer_shown(row: Row, name: str) -> str:
    """A whole number; nought is what an empty one says (webcrm.md 3.1)."""
    return _integer(plain(row.number(name)))


def _instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong(text) from None
    if moment.tzinfo is None:
        raise _wrong(text)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _instant_shown(row: Row, name: str) -> str:
    moment = row.instant(name)
    return moment.isoformat(timespec="seconds") if moment else ""


def _word(table: Mapping[str, Kind], other: Kind) -> Form:
    """A status, by the value of our enumeration."""
    words = {kind.value: word for word, kind in table.items()}

    def sent(text: str) -> object:
        if text not in words:
            raise _wrong(text)
        return words[text]

    return Form(lambda row, name: _value(status_of(row, name, table, other)), str.strip, sent)


def _value(kind: Enum) -> str:
    return str(kind.value)


def _truth(text: str) -> str:
    return "true" if text.strip().casefold() in _TRUE else "false"


TEXT = Form(Row.text, lambda text: text.replace("\r\n", "\n").strip(), str)
INTEGER = Form(_integer_shown, _integer, lambda text: int(text or 0))
ID = Form(Row.id, lambda text: str(_id(text) or ""), _id)
NUMBER = Form(lambda row, name: plain(row.number(name)), lambda text: plain(_number(text)), _number)
INSTANT = Form(_instant_shown, lambda text: _instant(text) if text else "", _instant)
STATUS = _word(STATUSES, DeliveryStatus.OTHER)
ERP_STATUS = _word(ERP_STATUSES, ErpStatus.OTHER)
LAST_NAME = Form(last_name, str.strip, lambda text: text or _NO_LAST_NAME)
FIRST_NAME = Form(first_names, str.strip, str)
ACTIVE = Form(
    lambda row, name: _truth(str(is_active(row, name))),
    _truth,
    lambda text: "Active" if text == "true" else "Resigned",
)
