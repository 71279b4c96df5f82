"""What QuickBooks means when it says no: by the fault's code, never by its words, which are translated.

Where one code stands for several things the words decide between them, and nothing is lost if they do
not: the general sentence shows them.
"""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from bridge_gui.errors import (
    BridgeError,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
)
from bridge_gui.vendors.quickbooks import assumed
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE
from bridge_gui.web.wire import Wire

NOT_FOUND, INACTIVE, BROKE_DOWN = "610", "2500", "10000"
_LONGEST = 300
_TAKEN = re.compile(r"DocNumber=(.*?) is assigned to TxnType=(.*?) with TxnId=(\d+)")
_PLAIN = {"2500": "quickbooks.inactive", "610": "quickbooks.inactive", "6070": "quickbooks.amount",
          "6240": "quickbooks.name_taken", "6540": "quickbooks.deposited"}  # fmt: skip
_SETUP = {
    "120": "quickbooks.not_allowed",
    "3100": "quickbooks.not_allowed",
    "6190": "quickbooks.subscription",
}
_WORDS: tuple[tuple[str, str], ...] = (
    (r"\b(VAT|GST|HST|tax)\b.{0,40}\brate|tax code", "quickbooks.tax_missing"),
    (r"currenc", "quickbooks.currency"),
    (r"transaction amount|amount .{0,30}(negative|0 or greater|zero)", "quickbooks.amount"),
    (r"deposited", "quickbooks.deposited"),
)


class FaultError(Struct, frozen=True):
    """One thing a fault says; the gateway spells it in small letters."""

    message: str = ""
    detail: str = ""
    code: str = ""

    @property
    def number(self) -> str:
        """QUIRK: "3200" and "003200" are the same (quickbooks.md 3.7)."""
        return self.code.lstrip("0") or "0"

    @property
    def text(self) -> str:
        """The words, at most three hundred characters on one line."""
        words = self.detail if self.message in self.detail else f"{self.message} {self.detail}"
        text = " ".join((words or self.code).split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Fault(Struct, frozen=True):
    """Why something was not done."""

    errors: tuple[FaultError, ...]

    @property
    def first(self) -> FaultError:
        """What counts; a fault without an error has nothing to say."""
        return self.errors[0] if self.errors else FaultError()


def fault_in(body: bytes) -> Fault | None:
    """The fault at the top of an answer, in either spelling; none further down."""
    if b"ault" not in body:
        return None
    try:
        told = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except UNREADABLE:
        return None
    found = told.get("Fault", told.get("fault"))
    return None if found is None else fault_of(found)


def fault_of(raw: msgspec.Raw) -> Fault | None:
    """A fault out of its own form; whatever it lacks is empty, for it is a no in any case."""
    told = msgspec.json.decode(raw)
    if not isinstance(told, dict):
        return None
    errors = told.get("Error", told.get("error"))
    listed = errors if isinstance(errors, list) else ()
    return Fault(tuple(_error(one) for one in listed if isinstance(one, dict)))


def _error(one: dict[str, object]) -> FaultError:
    values = {str(name).lower(): value for name, value in one.items()}
    said = {name: str(values.get(name) or "") for name in ("message", "detail", "code")}
    return FaultError(**said)


class Refusals:
    """Reads every answer of one connection."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def translate(self, answer: Answer) -> BridgeError | None:
        """The error an answer stands for, a 200 too; None leaves it to the general rules."""
        fault = fault_in(answer.body)
        number = fault.first.number if fault else ""
        if answer.status == 429 or number == "3001":
            return self._too_many(answer, fault)
        if number == "120" or (answer.status == 403 and number != "3200"):
            return SetupError("quickbooks.not_allowed", text=fault.first.text if fault else "")
        if answer.status == 401 or number == "3200":
            return SignInError("quickbooks.disconnected")
        if fault is None or answer.status >= 500 or answer.status == 408:
            return None
        return error_of(fault)

    def _too_many(self, answer: Answer, fault: Fault | None) -> Passing:
        """QUIRK: no header tells the time to wait dependably (quickbooks.md 4)."""
        if fault and assumed.reads_are_spent(fault.first.text):
            return Passing("quickbooks.reads_spent", retry_after=assumed.SPENT_PAUSE)
        told = answer.header("retry-after").strip()
        pause = assumed.TOO_MANY_PAUSE * (0.5 + self._wire.jitter() / 2)
        return Passing("quickbooks.too_many", retry_after=None if told else pause)


def error_of(fault: Fault) -> BridgeError:
    """What a fault stands for, at the top of an answer or at one item of a batch."""
    one = fault.first
    number, text = one.number, one.text
    if number in _SETUP:
        return SetupError(_SETUP[number], text=text)
    if number in (BROKE_DOWN, "600"):
        return OutcomeUnknown("quickbooks.broke_down", text=text)
    if number == "3001":
        return Passing("quickbooks.too_many", retry_after=assumed.TOO_MANY_PAUSE)
    if number == "5010":
        return Conflict("quickbooks.changed")
    return _refused(one, number, text)


def _refused(one: FaultError, number: str, text: str) -> Refused:
    if number == "6140":
        found = _TAKEN.search(one.detail)
        names = found.groups() if found else ("", "", "")
        return Refused("quickbooks.number_taken", number=names[0], kind=names[1], target=names[2])
    if number in ("6210", "6200"):
        locked = assumed.wants_password(text)
        return Refused("quickbooks.closed_password" if locked else "quickbooks.closed", text=text)
    if number in _PLAIN:
        return Refused(_PLAIN[number], text=text, fault=number)
    for words, code in _WORDS if number == "6000" else ():
        if re.search(words, text, re.IGNORECASE):
            return Refused(code, text=text, fault=number)
    return Refused("quickbooks.refused", text=text or "?", fault=number)


def is_missing(error: BridgeError) -> bool:
    """Whether it says that something named is gone, or no longer in use: one code for both."""
    return error.code == "quickbooks.inactive"


def gone(target: str) -> NoSuchTarget:
    """The document, payment or customer that was named is no more."""
    return NoSuchTarget("quickbooks.not_found", target=target)
