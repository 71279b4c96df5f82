"""What Xero means when it says no, and what its answers tell on the side about calls left."""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from bridge_gui.errors import (
    BridgeError,
    NoSuchTarget,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.xero.payloads import Said, texts
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE

_LONGEST = 300
HOUR = 3600.0
_WORDS: tuple[tuple[str, str], ...] = (
    (r"lock date", "xero.locked"),
    (r"not of valid status for modification", "xero.wrong_state"),
    (r"reconciled", "xero.reconciled"),
    (r"payments? or credit notes? allocated|has a payment", "xero.has_payments"),
    (r"already assigned to another contact", "xero.name_taken"),
    (r"archived contact|contacts? (is|are|has been) archived", "xero.contact_archived"),
    (r"limit of invoices you can approve", "xero.approve_limit"),
    (r"cannot be used with account code|account code .{0,80}not a valid|TaxType", "xero.account_or_tax"),
    (r"currency", "xero.currency"),
)


class _Element(Struct, frozen=True, rename="pascal"):
    validation_errors: list[Said] = []


class _Body(Struct, frozen=True, rename="pascal"):
    type: str | None = None
    message: str | None = None
    detail: str | None = None
    elements: list[_Element] = []


def translate(answer: Answer) -> BridgeError | None:
    """The error a refusal stands for; None leaves the answer to the general rules."""
    status = answer.status
    if status == 429:
        return too_many(answer)
    if not 400 <= status < 500 or status == 408:
        return None
    body = _body(answer)
    detail = body.detail or ""
    if status == 401:
        return _not_signed_in(answer, detail)
    if status == 403:
        # QUIRK: renewal goes on working after the user disconnected us in Xero (xero.md 2.4).
        gone = "AuthenticationUnsuccessful" in detail
        return SetupError("xero.disconnected" if gone else "xero.forbidden", text=short(detail))
    if status == 404:
        return NoSuchTarget("xero.not_found")
    return _refusal(body, status)


def too_many(answer: Answer) -> Passing:
    """A breach of one of three limits: the day's, the minute's, or too many at once, which tells no time."""
    problem = answer.header("x-rate-limit-problem").lower()
    if "day" in problem or "dai" in problem:  # spelt in several ways
        told = answer.header("retry-after").strip()
        return Passing("xero.day_limit", retry_after=None if told else HOUR)
    if "minute" in problem:
        return Passing("xero.minute_limit")
    return Passing("net.too_many")


def refused(said: str) -> Refused:
    """One document's refusal, by Xero's own words."""
    text = short(said)
    for words, code in _WORDS:
        if re.search(words, text, re.IGNORECASE):
            return Refused(code, text=text)
    return Refused("xero.refused", text=text or "?")


def short(text: str) -> str:
    """At most three hundred characters, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _not_signed_in(answer: Answer, detail: str) -> BridgeError | None:
    """QUIRK: a right that the app did not ask for is a 401 too (xero.md 4); renewing never mends that."""
    if "AuthorizationUnsuccessful" in detail:
        return SetupError("xero.missing_right")
    return SignInError("signin.refused", host=answer.host)


def _refusal(body: _Body, status: int) -> BridgeError:
    said = texts([one for element in body.elements for one in element.validation_errors])
    if body.type == "QueryParseException":
        return VendorChanged("xero.question_refused", text=short(body.message or ""))
    return refused(said or body.message or f"{status}")


def _body(answer: Answer) -> _Body:
    try:
        return msgspec.json.decode(answer.body, type=_Body)
    except UNREADABLE:
        return _Body()
