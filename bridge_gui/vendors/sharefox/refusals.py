"""What Sharefox means when it says no."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bridge_gui.errors import BridgeError, NoSuchTarget, Refused, SignInError
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE

_LONGEST = 300


class _Body(Struct, frozen=True):
    """INFERRED: the form of a refusal, as one client has it (sharefox.md 4)."""

    error: str = ""
    message: str = ""


def translate(answer: Answer) -> BridgeError | None:
    """The error a refusal stands for; None leaves it to the general rules."""
    status = answer.status
    if not 400 <= status < 500 or status in (408, 429):
        return None
    text = words(answer) or str(status)
    if status == 401:
        return SignInError("sharefox.sign_in", detail=text)
    if status == 403:
        return Refused("sharefox.not_allowed", text=text)
    if status in (404, 410):
        return NoSuchTarget("sharefox.gone")
    return Refused("sharefox.refused", text=text)


def translate_sign_in(answer: Answer) -> BridgeError | None:
    """As `translate`, for the sign-in itself: a refusal is of the e-mail, the password or the shop."""
    if answer.status in (400, 401, 403, 404, 422):
        return SignInError("sharefox.sign_in", detail=words(answer))
    return None


def words(answer: Answer) -> str:
    """Sharefox's own words, on one line."""
    try:
        body = msgspec.json.decode(answer.body, type=_Body)
    except UNREADABLE:
        return ""
    text = " ".join((body.message or body.error).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
