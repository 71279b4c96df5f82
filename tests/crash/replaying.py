"""One recorded call made again, without a network: every answer as it was, or one of them another.

The adapter is opened anew each time, as in a new run, so that sign-in and lists are read again too. An
answer is looked for among those of the call itself, then among what was recorded before it; the client,
the retries, the sign-in and the decoding are the program's own. Only the transport is not.
"""

from __future__ import annotations

import re
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bridge_gui.errors import BridgeError
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.web.answer import Answer, Loss, Lost, Request, without_query
from bridge_gui.web.manners import Manners
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import Cancel
from bridge_gui.web.wire import Wire
from tests.crash.here import SkippingClock
from tests.crash.recording import Archive, Called, again

MOST_REQUESTS = 400
MOST_SECONDS = 10.0
"""Of processor time: more is a hang."""
_ID = re.compile(r"(?<=/)(?=[^/]*\d)[^/]{6,}|(?<=/)\d+(?=/|$)")
Key = tuple[str, str, bytes]


class Hang(AssertionError):
    """A call that comes to no end."""


def pattern(request: Request) -> str:
    """The kind of a request: its method and its path, ids left out."""
    path = without_query(request.url).split("/", 3)[-1]
    return f"{request.method} /{_ID.sub('#', '/' + path)[1:]}"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a call gave, or the code it was refused with, and which requests changed something."""

    value: Any = None
    error: BaseException | None = None
    sent: tuple[Request, ...] = ()
    served: tuple[int, ...] = ()
    """The places in the archive of the answers given, in order."""

    @property
    def code(self) -> str:
        """The code of the refusal; empty if a value came back."""
        return getattr(self.error, "code", "") if self.error is not None else ""


class Library:
    """The recorded answers of one vendor, found by what was asked."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._exact: dict[Key, list[int]] = defaultdict(list)
        self._alike: dict[str, list[int]] = defaultdict(list)
        for number, (request, _) in enumerate(archive.exchanges):
            self._exact[_key(request)].append(number)
            self._alike[pattern(request)].append(number)

    def find(self, request: Request, call: Called, taken: set[int]) -> int | None:
        """The answer's place; first the call's own ones in order, then the nearest before, then any."""
        for known in (self._exact.get(_key(request), ()), self._alike.get(pattern(request), ())):
            fresh = [one for one in known if call.first <= one < call.last and one not in taken]
            own = [one for one in known if call.first <= one < call.last]
            before = [one for one in known if one < call.first]
            if found := fresh[:1] or own[-1:] or before[-1:] or list(known[:1]):
                return found[0]
        return None


def _key(request: Request) -> Key:
    return request.method, request.url, request.body


@dataclass
class Replaying:
    """A transport that answers from the library; `changed` replaces what stands at one place of it.

    `once` is what broke on the way: asked again, the vendor answers as ever.
    """

    library: Library
    call: Called
    changed: dict[int, Answer]
    once: bool = False
    sent: list[Request] = field(default_factory=list)
    served: list[int] = field(default_factory=list)

    def send(self, request: Request, manners: Manners, cancel: Cancel) -> Answer:
        """What was answered to this; lost without leaving if nothing like it was ever asked."""
        del manners, cancel
        if len(self.served) > MOST_REQUESTS:
            raise Hang(f"{request.method} {request.url} again and again")
        place = self.library.find(request, self.call, set(self.served))
        if place is None:
            raise Lost(Loss.NOT_CONNECTED, left=False, why="never asked before")
        self.served.append(place)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            self.sent.append(request)
        other = self.changed.pop(place, None) if self.once else self.changed.get(place)
        return other or self.library.archive.exchanges[place].answer

    def close(self) -> None:
        """Nothing is open."""


class _Then(SkippingClock):
    """The moment of the call, plus what was skipped instead of waited for."""

    def __init__(self, now: datetime, monotonic: float) -> None:
        super().__init__()
        self._now = now
        self._monotonic = monotonic

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self.skipped)

    def monotonic(self) -> float:
        return self._monotonic + self.skipped


Open = Callable[[ConnectionContext], Any]


def replayed(
    library: Library, call: Called, changed: dict[int, Answer] | None = None, opener: Open | None = None,
    *, once: bool = False,
) -> Outcome:  # fmt: skip
    """The call once more; whatever it raises is in the outcome, a hang too."""
    clock = _Then(call.now, call.monotonic)
    transport = Replaying(library, call, changed or {}, once)
    value = error = None
    try:
        with _ended_after(MOST_SECONDS):
            adapter = (opener or call.opened.spec.open)(_context(call, clock, transport))
            value = _made(adapter, call, clock)
    except Exception as raised:  # noqa: BLE001 - whatever it is, it is judged later
        error = raised
    return Outcome(value=value, error=error, sent=tuple(transport.sent), served=tuple(transport.served))


def is_foreseen(outcome: Outcome) -> bool:
    """Whether it is a value or a refusal with a code."""
    return outcome.error is None or isinstance(outcome.error, BridgeError)


def _context(call: Called, clock: _Then, transport: Replaying) -> ConnectionContext:
    opened = call.opened
    wire = Wire(
        connection=opened.spec.key, transport=transport, pacer=Pacer(Pace.off(), clock), meter=Meter(),
        clock=clock, cancel=clock, jitter=lambda: 0.0,
    )  # fmt: skip
    return ConnectionContext(
        name=opened.name, endpoint=opened.endpoint, values=opened.values, secret=opened.secrets.__getitem__,
        store_secret=lambda field, value: None, clock=clock, wire=wire, access=again(call.token),
    )  # fmt: skip


def _made(adapter: Any, call: Called, clock: _Then) -> Any:
    told = getattr(adapter, call.name)
    if call.arguments is None:
        return told
    value = told(*(_ours(one, clock) for one in call.arguments),
                 **{name: _ours(one, clock) for name, one in call.named.items()})  # fmt: skip
    return list(value) if isinstance(value, Iterator) else value


def _ours(argument: Any, clock: _Then) -> Any:
    """A stop button of that time is one of now."""
    return clock if isinstance(argument, (SkippingClock, threading.Event)) else argument


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Raise `Hang` in what takes more processor time; nothing where the system has no such timer."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def end(_number: int, _frame: object) -> None:
        raise Hang(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def changed_body(answer: Answer, body: bytes, kind: str = "") -> Answer:
    """The same answer with another body."""
    headers = dict(answer.headers) | ({"content-type": kind} if kind else {})
    return replace(answer, body=body, headers=headers)
