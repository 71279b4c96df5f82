"""All that a vendor's client needs from outside to speak: passed in as one bundle, light to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Protocol

from bridge_gui.web.answer import Answer, Request
from bridge_gui.web.manners import Manners
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pacer
from bridge_gui.web.redact import Redactor
from bridge_gui.web.waiting import Cancel, Clock


class Transport(Protocol):
    """Sends one request once."""

    def send(self, request: Request, manners: Manners, cancel: Cancel) -> Answer:
        """The answer, or `Lost`; never repeats, never follows a redirect."""
        ...

    def close(self) -> None:
        """Let go of every connection; the transport may be used again."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wire:
    """One job's use of one connection; transport, pacer and redactor may be shared with other jobs."""

    connection: str
    """The name under which calls are counted."""
    transport: Transport
    pacer: Pacer
    meter: Meter
    clock: Clock
    cancel: Cancel
    jitter: Callable[[], float]
    """Random numbers between 0 and 1."""
    redactor: Redactor = field(default_factory=Redactor)


def system_wire(connection: str, pacer: Pacer, meter: Meter, clock: Clock, cancel: Cancel) -> Wire:
    """A wire over the real network; close its transport when the job is done."""
    from bridge_gui.web.transport import LineTransport

    return Wire(
        connection=connection,
        transport=LineTransport(clock),
        pacer=pacer,
        meter=meter,
        clock=clock,
        cancel=cancel,
        jitter=SystemRandom().random,
    )
