"""Sentences of the tie-out: why sales and books differ, and what keeps it from being made."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

TIEOUT: tuple[Message, ...] = (
    Message(code="tieout.held", sentence=mark("Waits for a person: {numbers}.")),
    Message(code="tieout.skipped", sentence=mark("Left out: {numbers}.")),
    Message(code="tieout.waiting", sentence=mark("Not synced yet: {numbers}.")),
    Message(code="tieout.on_its_way", sentence=mark("On its way to the books: {numbers}.")),
    Message(code="tieout.stopped", sentence=mark("Not taken by the books: {numbers}.")),
    Message(
        code="tieout.not_shown_yet",
        sentence=mark("Just booked, and not shown by the ledger yet: {numbers}."),
    ),
    Message(code="tieout.draft", sentence=mark("Still a draft in the books: {numbers}.")),
    Message(code="tieout.deleted", sentence=mark("Removed or cancelled in the books: {numbers}.")),
    Message(code="tieout.edited", sentence=mark("Changed by hand in the books: {numbers}.")),
    Message(code="tieout.other_day", sentence=mark("Booked on another day: {numbers}.")),
    Message(
        code="tieout.earlier_settings",
        sentence=mark("Booked to the accounts of earlier settings: {numbers}."),
    ),
    Message(code="tieout.gone", sentence=mark("No longer shown by the sales side: {numbers}.")),
    Message(code="tieout.other_bridge", sentence=mark("Made by another bridge: {numbers}.")),
    Message(code="tieout.not_ours", sentence=mark("Not made by Bridge: {numbers}.")),
    Message(
        code="tieout.unknown_mark",
        sentence=mark(
            "Bears Bridge's mark and is not known here: {numbers}. Look whether it is there twice."
        ),
    ),
    Message(code="tieout.nothing", sentence=mark("Nothing explains this: {numbers}.")),
    Message(
        code="tieout.sales_moving",
        sentence=mark("The list of sales kept changing while Bridge was reading it."),
        advice=mark("Try again in a minute."),
    ),
    Message(
        code="tieout.period",
        sentence=mark("The period from {first} to {last} ends before it begins."),
        advice=mark("Name the earlier day first."),
    ),
    Message(
        code="tieout.none",
        sentence=mark("The bridge {name} cannot be tied out yet."),
    ),
    Message(
        code="tieout.file",
        sentence=mark("{file} cannot be written: {reason}."),
        advice=mark("Close it if it is open in another program, or choose another place."),
    ),
)
