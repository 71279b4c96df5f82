"""What webcrm means when it says no, also inside a 200, and how many of its calls a minute are left."""

from __future__ import annotations

from collections import deque
from typing import Any

import msgspec

from bridge_gui.errors import BridgeError, NoSuchTarget, Passing, Refused, SetupError, SignInError
from bridge_gui.vendors.webcrm import assumed
from bridge_gui.vendors.webcrm.terms import PER_MINUTE
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE
from bridge_gui.web.wire import Wire

_LONGEST = 300
_MINUTE = 60.0


class Refusals:
    """Reads every answer of one connection: counts it first, then tells what it refuses."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._sent: deque[float] = deque()

    def translate(self, answer: Answer) -> BridgeError | None:
        """The error an answer stands for; None leaves it to the general rules."""
        body, status = told(answer), answer.status
        if self._counted(answer, body):
            return _too_many(answer, body)
        if status == 408 or status >= 500 or (status < 400 and not assumed.is_error(body)):
            return None
        text = self._words(answer, body)
        if status == 401:
            return SignInError("webcrm.not_let_in", text=text)
        if status == 403:
            return SetupError("webcrm.right", area="", text=text)
        if status in (404, 410) or assumed.is_gone(body):
            return NoSuchTarget("webcrm.not_found", target="", text=text)
        return Refused("webcrm.refused", text=text or str(status))

    def translate_sign_in(self, answer: Answer) -> BridgeError | None:
        """As `translate`, for the sign-in itself, which is documented to answer 200 whatever happens."""
        body, status = told(answer), answer.status
        if self._counted(answer, body):
            return _too_many(answer, body)
        if status == 408 or status >= 500:
            return None
        if assumed.is_passing(body):
            return Passing("webcrm.busy")
        if status >= 400 or assumed.is_error(body):
            return SignInError("webcrm.token", text=self._words(answer, body))
        return None

    def _counted(self, answer: Answer, body: Any) -> bool:
        """Keep what is left of the sliding minute, which webcrm itself never tells; whether it is used up."""
        now = self._wire.clock.monotonic()
        self._sent.append(now)
        while self._sent[0] <= now - _MINUTE:
            self._sent.popleft()
        over = answer.status == 429 or assumed.is_too_many(body)
        left = 0 if over else max(0, PER_MINUTE - len(self._sent))
        self._wire.meter.told(self._wire.connection, "minute", left, PER_MINUTE)
        return over

    def _words(self, answer: Answer, body: Any) -> str:
        """What webcrm says on one line, whatever form the body has; empty for a web page."""
        if isinstance(body, dict):
            found = (body.get(name) for name in ("Message", "ErrorDescription", "Error", "title", "message"))
            text = next((one for one in found if isinstance(one, str) and one.strip()), "")
        else:
            text = body if isinstance(body, str) else answer.body[: _LONGEST * 4].decode("utf-8", "replace")
        return shortened(self._wire.redactor.text(text))


def told(answer: Answer) -> Any:
    """The body where it is a JSON object or text, else None."""
    body = answer.body.lstrip()
    try:
        return msgspec.json.decode(body) if body[:1] in (b"{", b'"') else None
    except UNREADABLE:
        return None


def shortened(text: str) -> str:
    """At most three hundred characters on one line; nothing of a web page."""
    text = " ".join(text.split())
    if text.startswith("<"):
        return ""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _too_many(answer: Answer, body: Any) -> Passing:
    """The wait is in the header, else in the body (webcrm.md 4)."""
    seconds = body.get("RetryAfterSeconds") if isinstance(body, dict) else None
    if answer.header("retry-after").strip() or not isinstance(seconds, int | float):
        return Passing("webcrm.too_many")
    return Passing("webcrm.too_many", retry_after=max(0.0, float(seconds)))
