"""The sentences of every code that no single vendor or bridge owns."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

COMMON: tuple[Message, ...] = (
    Message(
        code="cancelled",
        sentence=mark("Stopped, as you asked."),
        advice=mark("What was already sent stays; the rest goes with the next sync."),
    ),
    Message(
        code="unexpected",
        sentence=mark("Bridge met something it was not made for ({what}) and stopped."),
        advice=mark("Nothing is lost: the next sync begins where this one ended. Please tell us about it."),
    ),
)
