"""What Payday means when it says no: four shapes of body, and none at all."""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct

from bridge_gui.errors import BridgeError, Conflict, NoSuchTarget, Refused, SetupError, SignInError
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE

_LONGEST = 300
# QUIRK: a company whose set-up is unfinished answers 401 in plain text (workit spike notes, live).
_SETUP = re.compile(r"system setup|required .{0,20}set-?up|^unable to ", re.IGNORECASE)
_VAT_NUMBER = re.compile(r"not VAT obligated|have a VAT number", re.IGNORECASE)
# INFERRED: closing a year locks all bookings (spec), the words of the refusal are unknown.
_CLOSED = re.compile(
    r"(fiscal|financial|accounting|book\w*) ?(year|period)|closed (year|period)|period is (closed|locked)|"
    r"reikningsár|fjárhagsár|rekstrarár|tímabil\w* .{0,20}(lok|læs)",
    re.IGNORECASE,
)
# QUIRK: what an invoice that is no draft any more says to a new set of lines (payday.md 4, live).
_NOT_DRAFT = re.compile(r"status \w+ cannot be updated(?! to)", re.IGNORECASE)


class _Body(Struct, frozen=True, rename="camel"):
    message: str | None = None
    error_code: int | str | None = None
    error_message: str | None = None
    error: str | None = None
    error_description: str | None = msgspec.field(name="error_description", default=None)


def text_of(answer: Answer) -> str:
    """Payday's own words, whichever shape they come in; empty for an empty body."""
    body = answer.body.strip()
    try:
        shaped = msgspec.json.decode(body, type=_Body)
    except UNREADABLE:
        return _shortened(_unquoted(body))
    words = shaped.error_message or shaped.message or shaped.error_description or shaped.error or ""
    code = "" if shaped.error_code is None else f" ({shaped.error_code})"
    return _shortened((words or body.decode("utf-8", "replace")) + code)


def translate(answer: Answer) -> BridgeError | None:
    """The error a refusal stands for; None leaves the answer to the general rules."""
    if not 400 <= answer.status < 500 or answer.status in {408, 429}:
        return None
    text = text_of(answer)
    if answer.status == 401:
        return SetupError("payday.setup_unfinished", text=text) if _SETUP.search(text) else None
    if answer.status in (402, 403):
        # INFERRED: what Payday answers to a company on a smaller plan.
        return SetupError("payday.no_access", text=text or str(answer.status))
    return _refusal(answer.status, text)


def translate_sign_in(answer: Answer) -> BridgeError | None:
    """As `translate`, for the call that fetches a token: any refusal there means the pair is wrong."""
    if answer.status in (400, 401, 403):
        return SignInError("payday.sign_in", detail=text_of(answer))
    return translate(answer)


def _refusal(status: int, text: str) -> BridgeError:
    if status == 404:
        return NoSuchTarget("payday.not_found", status=status)
    if _NOT_DRAFT.search(text):
        return Conflict("payday.not_draft")
    if _VAT_NUMBER.search(text):
        return SetupError("payday.no_vat_number", text=text)
    if _CLOSED.search(text):
        return Refused("payday.period_closed", text=text)
    if text:
        return Refused("payday.refused", text=text)
    return Refused("payday.refused_silently", status=status)


def _unquoted(body: bytes) -> str:
    """Plain text, or a JSON text in quotes; a web page says nothing worth showing."""
    text = body.decode("utf-8", "replace").strip().strip('"')
    return "" if text.startswith("<") else text


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
