"""How a state looks and what it is called: a sign with a word, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bridge_gui.desktop import signs
from bridge_gui.desktop.signs import Sign
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.desktop.theme import Tokens


class Tone(Enum):
    """What a colour means here."""

    GOOD = "good"
    QUIET = "quiet"
    NEEDS_YOU = "needs you"
    WRONG = "wrong"


@dataclass(frozen=True)
class Look:
    """One state's sign, tone and word (English, marked for the catalogue)."""

    sign: Sign
    tone: Tone
    word: str


LOOKS: dict[str, Look] = {
    "posted": Look(signs.CHECK, Tone.GOOD, mark("Posted")),
    "paid": Look(signs.CHECK, Tone.GOOD, mark("Paid")),
    "partly_paid": Look(signs.CLOCK, Tone.GOOD, mark("Partly paid")),
    "awaiting_payment": Look(signs.SENT, Tone.GOOD, mark("Awaits payment")),
    "overdue": Look(signs.BANG, Tone.NEEDS_YOU, mark("Overdue")),
    "sent": Look(signs.SENT, Tone.GOOD, mark("Sent")),
    "invoiced": Look(signs.CHECK, Tone.GOOD, mark("Invoiced")),
    "by_hand": Look(signs.PEN, Tone.QUIET, mark("By hand")),
    "done": Look(signs.CHECK, Tone.GOOD, mark("Done")),
    "draft": Look(signs.RING, Tone.QUIET, mark("Draft")),
    "awaiting_approval": Look(signs.RING, Tone.QUIET, mark("Awaits approval")),
    "open": Look(signs.RING, Tone.QUIET, mark("Open")),
    "won": Look(signs.CHECK, Tone.GOOD, mark("Won")),
    "lost": Look(signs.DASH, Tone.QUIET, mark("Lost")),
    "ordered": Look(signs.RING, Tone.QUIET, mark("Ordered")),
    "voided": Look(signs.DASH, Tone.QUIET, mark("Void")),
    "deleted": Look(signs.DASH, Tone.QUIET, mark("Deleted")),
    "credited": Look(signs.BACK, Tone.QUIET, mark("Credited")),
    "reversed": Look(signs.BACK, Tone.QUIET, mark("Reversed")),
    "skipped": Look(signs.DASH, Tone.QUIET, mark("Left out")),
    "superseded": Look(signs.DASH, Tone.QUIET, mark("Replaced")),
    "member": Look(signs.CHECK, Tone.GOOD, mark("In a day's entry")),
    "new": Look(signs.CLOCK, Tone.QUIET, mark("Waiting")),
    "planned": Look(signs.CLOCK, Tone.QUIET, mark("Waiting")),
    "sending": Look(signs.CLOCK, Tone.QUIET, mark("Being sent")),
    "unknown": Look(signs.CLOCK, Tone.QUIET, mark("Being checked")),
    "held": Look(signs.BANG, Tone.NEEDS_YOU, mark("Needs you")),
    "asked": Look(signs.ASK, Tone.NEEDS_YOU, mark("Needs you")),
    "stopped": Look(signs.CROSS, Tone.WRONG, mark("Refused")),
    "vanished": Look(signs.CROSS, Tone.WRONG, mark("Gone at the books")),
}

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (mark("All states"), ()),
    (mark("Needs you"), ("held", "asked", "stopped", "vanished")),
    (mark("Waiting"), ("new", "planned", "sending", "unknown")),
    (mark("Posted"), ("posted", "done")),
    (mark("Draft"), ("draft", "awaiting_approval", "ordered")),
    (mark("Unpaid"), ("invoiced", "awaiting_payment", "partly_paid")),
    (mark("Paid"), ("paid",)),
    (mark("Reversed or void"), ("reversed", "credited", "voided", "deleted")),
    (mark("Booked by hand"), ("by_hand",)),
    (mark("Left out"), ("skipped",)),
)

KINDS: dict[str, str] = {
    "journal_entry": mark("Journal entry"),
    "journal_reversal": mark("Reversing entry"),
    "invoice": mark("Invoice"),
    "draft_invoice": mark("Draft invoice"),
    "order": mark("Order"),
    "orders": mark("Order"),
    "deals": mark("Deal"),
    "note": mark("Note"),
    "rentals": mark("Rental invoice"),
    "file_rentals": mark("Rental invoice"),
    "standing": mark("Payment status"),
    "standings": mark("Payment status"),
    "days": mark("Day's takings"),
    "receipt": mark("Sales receipt"),
    "sales_receipt": mark("Sales receipt"),
    "credit_note": mark("Credit note"),
    "by_hand": mark("Booked by hand"),
    "contact": mark("Customer"),
    "payment": mark("Payment"),
    "debtor": mark("Debtor"),
    "book_contact": mark("Contact"),
    "employee": mark("Employee"),
    "price": mark("Row of the price list"),
    "told": mark("State told back"),
}


def look_of(state: str) -> Look:
    """How a state looks; one that is new to the window shows its own name, quietly."""
    return LOOKS.get(state) or Look(signs.RING, Tone.QUIET, plain_name(state))


def kind_name(kind: str) -> str:
    """What a kind of document is called (English, marked)."""
    return KINDS.get(kind) or plain_name(kind)


def plain_name(key: str) -> str:
    """A key made readable."""
    return key.replace("_", " ").replace(".", " ").capitalize()


def ink(tokens: Tokens, tone: Tone) -> str:
    """The colour of a tone's sign and word."""
    return {
        Tone.GOOD: tokens.accent,
        Tone.QUIET: tokens.muted,
        Tone.NEEDS_YOU: tokens.amber,
        Tone.WRONG: tokens.red,
    }[tone]


def ground(tokens: Tokens, tone: Tone) -> str:
    """The colour behind a tone's pill."""
    return {
        Tone.GOOD: tokens.accent_soft,
        Tone.QUIET: tokens.quiet_soft,
        Tone.NEEDS_YOU: tokens.amber_soft,
        Tone.WRONG: tokens.red_soft,
    }[tone]
