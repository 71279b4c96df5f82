"""What Pipedrive means when it says no, and what its headers tell about the allowances."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bridge_gui.errors import BridgeError, NoSuchTarget, Passing, Refused, SetupError, SignInError
from bridge_gui.vendors.pipedrive import assumed
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE
from bridge_gui.web.wire import Wire

DAY_LEFT = "x-daily-ratelimit-token-remaining"
DAY_LIMIT = "x-daily-ratelimit-token-limit"
BURST_RESET = "x-ratelimit-reset"
_LONGEST = 300


class _Body(Struct, frozen=True):
    success: bool | None = None
    error: str | None = None
    message: str | None = None
    code: str | int | None = None


class Refusals:
    """Reads every answer of one connection: its allowances first, then what it refuses."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def translate(self, answer: Answer) -> BridgeError | None:
        """The error an answer stands for; None leaves it to the general rules."""
        self._note_allowance(answer)
        if answer.status == 429:
            return self._too_many(answer)
        body = _body(answer)
        if answer.status == 403 and body is None:
            # QUIRK: whoever goes on after a 429 gets a web page for every call (pipedrive.md 4).
            return Passing("pipedrive.blocked", retry_after=assumed.BLOCKED_FOR)
        if answer.status < 300:
            return Refused("pipedrive.refused", text=_words(body)) if body and body.success is False else None
        return _refusal(answer.status, body)

    def _note_allowance(self, answer: Answer) -> None:
        """QUIRK: the daily headers are real but not documented, and may be missing (pipedrive.md 4)."""
        left, limit = answer.header(DAY_LEFT), answer.header(DAY_LIMIT)
        if left.isascii() and left.isdigit():
            most = int(limit) if limit.isascii() and limit.isdigit() else None
            self._wire.meter.told(self._wire.connection, "day", int(left), most)

    def _too_many(self, answer: Answer) -> Passing:
        left = answer.header(DAY_LEFT)
        if left.isascii() and left.isdigit() and int(left) < assumed.DEAREST_CALL:
            pause = assumed.until_new_budget(self._wire.clock.now())
            return Passing("pipedrive.daily_budget", retry_after=pause)
        if answer.header("retry-after"):
            return Passing("net.too_many")
        return Passing("net.too_many", retry_after=_seconds(answer.header(BURST_RESET)))


def _refusal(status: int, body: _Body | None) -> BridgeError | None:
    text = _words(body) or str(status)
    if status == 401:
        return SignInError("pipedrive.sign_in", detail=text)
    if status == 402:
        return SetupError("pipedrive.closed")
    if status == 403:
        return Refused(_forbidden(body), text=text)
    if status in (404, 410):
        return NoSuchTarget("pipedrive.gone", detail=text)
    if 400 <= status < 500 and status != 408:
        return Refused("pipedrive.refused", text=text)
    return None


def _forbidden(body: _Body | None) -> str:
    """A limit of the plan, or a right that is missing (the codes begin with `feature_capping`)."""
    capped = body is not None and str(body.code or "").startswith("feature_capping")
    return "pipedrive.limit" if capped else "pipedrive.not_allowed"


def _body(answer: Answer) -> _Body | None:
    """The envelope; None for what is no JSON object at all."""
    try:
        return msgspec.json.decode(answer.body, type=_Body)
    except msgspec.ValidationError:
        return _Body() if answer.body.lstrip()[:1] == b"{" else None
    except UNREADABLE:
        return None


def _words(body: _Body | None) -> str:
    text = " ".join(((body.error or body.message or "") if body else "").split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _seconds(header: str) -> float:
    told = header.strip()
    plain = told.isascii() and told.replace(".", "", 1).isdigit()
    return max(0.5, float(told)) if plain else assumed.SHORTEST_REST
