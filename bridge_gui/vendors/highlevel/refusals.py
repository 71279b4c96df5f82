"""What HighLevel means when it says no, and what its headers tell about the calls left."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bridge_gui.errors import BridgeError, NoSuchTarget, Passing, Refused, SetupError, SignInError
from bridge_gui.vendors.highlevel import assumed
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE
from bridge_gui.web.wire import Wire

_LONGEST = 300
_BURST = ("x-ratelimit-remaining", "x-ratelimit-max")
_DAY = ("x-ratelimit-daily-remaining", "x-ratelimit-limit-daily")


class Meta(Struct, frozen=True, rename="camel"):
    """What a refusal for a duplicate names."""

    contact_id: str = ""


class Body(Struct, frozen=True):
    """An error's own form; the words are one text or a list of them."""

    message: str | list[str] | None = None
    error: str | dict[str, object] | None = None
    meta: Meta | None = None

    @property
    def text(self) -> str:
        """The words, at most three hundred characters on one line."""
        told = self.message if self.message is not None else self.error
        if isinstance(told, dict):
            told = str(told.get("message", ""))
        words = " ".join(" ".join(told if isinstance(told, list) else [told or ""]).split())
        return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


class Refusals:
    """Reads every answer of one connection: its allowances first, then what it refuses."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def translate(self, answer: Answer) -> BridgeError | None:
        """The error an answer stands for; None leaves it to the general rules."""
        self._note("burst", answer, *_BURST)
        self._note("day", answer, *_DAY)
        if answer.status < 400 or answer.status == 408 or answer.status >= 500:
            return None
        if answer.status == 429:
            return self._too_many(answer)
        body = body_of(answer)
        if body is None and answer.status in (404, 410):
            return NoSuchTarget("highlevel.not_found", target="", text="")
        if body is None:
            # QUIRK: the gate before the service answers with a web page (highlevel.md 0.7 and 4).
            return (
                Passing("highlevel.blocked", retry_after=assumed.INTERVAL) if answer.status == 403 else None
            )
        return _refusal(answer.status, body)

    def _note(self, span: str, answer: Answer, left: str, limit: str) -> None:
        told, most = answer.header(left).strip(), answer.header(limit).strip()
        if told.isascii() and told.isdigit():
            number = int(most) if most.isascii() and most.isdigit() else None
            self._wire.meter.told(self._wire.connection, span, int(told), number)

    def _too_many(self, answer: Answer) -> Passing:
        """QUIRK: no header says how long to wait: one interval, or until a new day (highlevel.md 4)."""
        if answer.header(_DAY[0]).strip() == "0":
            pause = assumed.day_pause(answer.header("x-ratelimit-daily-reset"))
            return Passing("highlevel.day_limit", retry_after=pause)
        told = answer.header("x-ratelimit-interval-milliseconds").strip()
        interval = int(told) / 1000 if told.isascii() and told.isdigit() else assumed.INTERVAL
        return Passing("highlevel.too_many", retry_after=interval * (1 + self._wire.jitter() / 2))


def body_of(answer: Answer) -> Body | None:
    """An error's body; None for what is no JSON object."""
    try:
        return msgspec.json.decode(answer.body, type=Body)
    except msgspec.ValidationError:
        return Body() if answer.body.lstrip()[:1] == b"{" else None
    except UNREADABLE:
        return None


def _refusal(status: int, body: Body) -> BridgeError:
    text, words = body.text, body.text.casefold()
    if status in (401, 403):
        return _not_let_in(text, words)
    if status in (404, 410):
        return NoSuchTarget("highlevel.not_found", target="", text=text)
    if assumed.wants_no_messages(text):
        return Refused("highlevel.no_messages", text=text)
    if assumed.has_no_address(text):
        return Refused("highlevel.no_address", text=text)
    duplicate = body.meta.contact_id if body.meta else ""
    return Refused("highlevel.refused", text=text or str(status), contact=duplicate)


def _not_let_in(text: str, words: str) -> BridgeError:
    """QUIRK: one status for a wrong token, location or header, and a missing right (highlevel.md 1, 2)."""
    if "version header" in words:
        return SetupError("highlevel.version")
    if "location" in words:
        return SetupError("highlevel.wrong_location")
    if "scope" in words:
        return SetupError("highlevel.scope", text=text)
    return SignInError("highlevel.token")
