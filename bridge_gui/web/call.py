"""One call: sent, judged, and sent again for as long as that is safe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bridge_gui.errors import (
    BridgeError,
    Cancelled,
    OutcomeUnknown,
    Passing,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.web.address import joined, origin
from bridge_gui.web.answer import Answer, Loss, Lost, Request, merged
from bridge_gui.web.manners import Manners
from bridge_gui.web.pace import LONGEST_WAIT
from bridge_gui.web.retry import RULES, Came, End, Kind, back_off, came_of_loss, came_of_status, told_wait
from bridge_gui.web.signin import SignIn
from bridge_gui.web.verdicts import of_loss, of_status, unknown
from bridge_gui.web.waiting import check, pause
from bridge_gui.web.wire import Wire

MOST_HOPS = 3
_FOLLOWED = {301, 302, 303, 307, 308}
_CERTAIN_REDIRECTS = {307, 308}
"""These say "the same again, over there": the request was not acted on."""


class Draft(NamedTuple):
    """A request before it is signed."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Setback:
    """A sending that did not succeed: what came of it, the error it would end as, what the vendor asked."""

    came: Came
    error: BridgeError
    wait: float | None = None


class Call:
    """The life of one call. Once a sending is in doubt, only success ends the doubt."""

    def __init__(
        self,
        kind: Kind,
        draft: Draft,
        *,
        wire: Wire,
        sign_in: SignIn | None,
        translate: Callable[[Answer], BridgeError | None],
        manners: Manners,
    ) -> None:
        self._kind = kind
        self._draft = draft
        self._wire = wire
        self._sign_in = sign_in
        self._translate = translate
        self._manners = manners
        self._host = origin(draft.url)[1]
        self._doubt = False
        self._renewed = False
        self._hops = 0

    def run(self) -> Answer:
        """The answer, once there is a good one; else the error that fits what is known."""
        try:
            return self._run()
        except OutcomeUnknown:
            raise
        except (BridgeError, Cancelled) as error:
            if not self._doubt:
                raise
            ended = unknown(self._host, getattr(error, "code", "stopped"))
        raise ended

    def _run(self) -> Answer:
        tried = 0
        while True:
            came = self._attempt()
            if isinstance(came, Answer):
                return came
            if isinstance(came, Setback):
                tried += 1
                self._settle(came, tried)

    def _attempt(self) -> Answer | Setback | None:
        """Send once. None: send once more at once (renewed, or one hop further)."""
        self._wire.pacer.turn(self._wire.cancel)
        signature = self._sign()
        check(self._wire.cancel)
        method, url, headers, body = self._draft
        request = Request(method=method, url=url, headers=merged(headers, signature), body=body)
        lost = answer = None
        try:
            answer = self._wire.transport.send(request, self._manners, self._wire.cancel)
        except Lost as error:
            lost = error
        if lost is None or lost.left:
            self._wire.meter.sent(self._wire.connection)
        return self._judge(answer, signature) if answer is not None else self._lose(lost)

    def _sign(self) -> Mapping[str, str]:
        if self._sign_in is None:
            return {}
        return self._sign_in.headers(self._draft.method, self._draft.url, self._draft.body)

    def _lose(self, lost: Lost | None) -> Setback:
        assert lost is not None
        if lost.loss is Loss.CANCELLED:
            self._doubt = self._doubt or (lost.left and self._kind is not Kind.READ)
            raise Cancelled
        error = of_loss(lost, self._host)
        if isinstance(error, SetupError) or (isinstance(error, VendorChanged) and self._kind is Kind.READ):
            raise error
        return Setback(came_of_loss(lost), error)

    def _judge(self, answer: Answer, signature: Mapping[str, str]) -> Answer | Setback | None:
        """What the answer means; the vendor's own reading goes before the general one."""
        error = self._translate(answer)
        came = came_of_status(answer.status, self._manners.definite_statuses)
        if error is None and came is None and 300 <= answer.status < 400:
            self._hop(answer)
            return None
        error = error or of_status(answer, self._wire.redactor)
        if error is None:
            return answer
        if isinstance(error, SignInError) and self._renew(signature):
            return None
        if not isinstance(error, Passing):
            raise error
        told = told_wait(answer.header("retry-after"), self._wire.clock.now())
        wait = error.retry_after if error.retry_after is not None else told
        return Setback(came or Came.REFUSED_FIRST, error, wait)

    def _renew(self, signature: Mapping[str, str]) -> bool:
        if self._renewed or self._sign_in is None:
            return False
        self._renewed = True
        return self._sign_in.renew(signature)

    def _hop(self, answer: Answer) -> None:
        """Follow a redirect of a read on the same host; anything else ends the call."""
        target = joined(self._draft.url, answer.header("location"))
        if self._kind is not Kind.READ and answer.status not in _CERTAIN_REDIRECTS:
            raise unknown(self._host, "net.redirected")
        method = self._draft.method.upper()
        plain = method in {"GET", "HEAD"} or answer.status in _CERTAIN_REDIRECTS
        allowed = self._kind is Kind.READ and plain and answer.status in _FOLLOWED
        if not (allowed and self._hops < MOST_HOPS and origin(target) == origin(self._draft.url)):
            raise VendorChanged("net.redirected", host=self._host, to=origin(target)[1])
        self._hops += 1
        self._draft = self._draft._replace(url=target)

    def _settle(self, setback: Setback, tried: int) -> None:
        """Wait for the next try, or raise how the call ends."""
        rule = RULES[self._kind, setback.came]
        self._doubt = self._doubt or rule.end is End.UNKNOWN
        wait = back_off(tried, self._wire.jitter()) if setback.wait is None else setback.wait
        if setback.came is Came.REFUSED_FIRST:
            self._wire.pacer.rest(wait)  # the quiet is meant for the other threads too
        if not rule.again or tried >= self._manners.tries or wait > LONGEST_WAIT:
            raise _later(setback.error, setback.wait)
        pause(self._wire.cancel, wait)


def _later(error: BridgeError, wait: float | None) -> BridgeError:
    """The error with the wait that the vendor asked for."""
    if isinstance(error, Passing) and error.retry_after is None:
        error.retry_after = wait
    return error
