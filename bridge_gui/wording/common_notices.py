"""Sentences about listening for the vendors' change notices."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

NOTICES: tuple[Message, ...] = (
    Message(
        code="notices.port_taken",
        sentence=mark("Another program uses port {port}, so Bridge cannot hear change notices."),
        advice=mark("Syncs go on as planned. Close that program, or choose another port for the notices."),
    ),
    Message(
        code="notices.bad_port",
        sentence=mark("{port} cannot be the port for change notices."),
        advice=mark("Choose a number from {lowest} to {highest}."),
    ),
    Message(
        code="notices.not_for",
        sentence=mark("{name} understands no change notices."),
        advice=mark("It looks for changes by its schedule; there is nothing to switch on."),
    ),
    Message(
        code="notices.no_secret",
        sentence=mark("The addresses for the change notices of {name} are not on this computer."),
        advice=mark("Switch listening on again, and enter the new addresses at the vendors."),
    ),
)
