"""What 24SevenOffice means when it says no."""

from __future__ import annotations

import msgspec

from bridge_gui.errors import BridgeError, Conflict, NoSuchTarget, Refused, SetupError, SignInError
from bridge_gui.vendors.twentyfoursevenoffice.payloads import ErrorAnswer, Said, TokenRefusal
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE

_LONGEST = 300
_MISSING = {"DepartmentMissing", "ProjectMissing"}


def translate(answer: Answer) -> BridgeError | None:
    """The error a refusal stands for; None leaves the answer to the general rules."""
    status = answer.status
    if not 400 <= status < 500 or status in (401, 408, 429):
        return None
    body = _body(answer)
    text = _words(body) or str(status)
    if status == 403:
        return SetupError("twentyfoursevenoffice.forbidden", text=text)
    if status in (404, 410):
        return NoSuchTarget("twentyfoursevenoffice.gone")
    if status == 409:
        return Conflict("twentyfoursevenoffice.order_closed")
    return _refusal(body, text)


def translate_sign_in(answer: Answer) -> BridgeError | None:
    """As `translate`, for the call that fetches a token.

    INFERRED: the pair is refused with 401, an organisation that has not connected the application with 403.
    """
    if answer.status not in (400, 401, 403):
        return None
    try:
        said = msgspec.json.decode(answer.body, type=TokenRefusal)
    except UNREADABLE:
        said = TokenRefusal()
    text = short(said.error_description or said.message or said.error)
    code = "not_connected" if answer.status == 403 else "sign_in"
    return SignInError(f"twentyfoursevenoffice.{code}", detail=text)


def short(text: str) -> str:
    """At most three hundred characters, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _refusal(body: ErrorAnswer, text: str) -> BridgeError:
    kinds = {one.type for one in body.error.payload.errors}
    if kinds & _MISSING:
        return SetupError("twentyfoursevenoffice.dimension", text=text)
    return Refused("twentyfoursevenoffice.refused", text=text)


def _words(body: ErrorAnswer) -> str:
    """24SevenOffice's own words: each thing with its place, or the error's message or name."""
    payload = body.error.payload
    said = [_one(one) for one in (*payload.validation_errors, *payload.errors)]
    return short("; ".join(filter(None, said)) or body.error.message or body.error.name)


def _one(said: Said) -> str:
    parts = (said.path, said.keyword) if said.path else (said.message or said.type,)
    return " ".join(filter(None, parts))


def _body(answer: Answer) -> ErrorAnswer:
    try:
        return msgspec.json.decode(answer.body, type=ErrorAnswer)
    except UNREADABLE:
        return ErrorAnswer()
