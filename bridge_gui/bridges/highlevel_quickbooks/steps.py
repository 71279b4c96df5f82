"""What this bridge writes at either side, and the marks by which it is found again."""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256

import msgspec
from msgspec import Struct

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.selling import Buyer, NewPayment, NewSale
from bridge_gui.sync.step import LinkTo, Step

INVOICE, RECEIPT, REFUND, PAYMENT = "invoice", "receipt", "refund", "payment"
CUSTOMER, ITEM, CONTACT, REVIEW = "customer", "item", "contact", "review"
PERSON = "person"
_SUFFIX = {INVOICE: "", RECEIPT: "", REFUND: ".r", PAYMENT: ".p"}
_MARK = re.compile(
    r"(?P<scope>hl-[0-9a-z]+)/(?P<source>[0-9A-Za-z_-]+)(?P<what>\.[rp])?/(?P<ordinal>[1-9]\d{0,5})"
)
NUMBER_LENGTH = 21


class Marking(Struct, frozen=True, kw_only=True):
    """What a mark says: which CRM account, which record, what it is, the how-manyeth."""

    scope: str
    source: str
    what: str
    ordinal: int


def mark_text(scope: str, kind: str, source: str, ordinal: int) -> str:
    """Our word at the end of a memo."""
    return f"hl-{scope}/{source}{_SUFFIX[kind]}/{ordinal}"


def read_mark(memo: str, scope: str) -> Marking | None:
    """The mark of this account in a memo, None if it bears none; a person may have written around it."""
    for word in reversed(memo.split()):
        found = _MARK.fullmatch(word)
        if found is not None and found["scope"] == f"hl-{scope}":
            what = {".r": REFUND, ".p": PAYMENT}.get(found["what"] or "", "")
            return Marking(scope=scope, source=found["source"], what=what, ordinal=int(found["ordinal"]))
    return None


def short_number(source: str, ordinal: int = 0) -> str:
    """A document number of our own, told from a payment's id; refunds are counted."""
    word = b32encode(sha256(source.encode()).digest()).decode()[:10]
    return f"HL-{word}-R{ordinal}" if ordinal else f"HL-{word}"


def place(kind: str, source: str, ordinal: int = 1) -> LinkTo:
    """The place of a document's link."""
    return LinkTo(kind=kind, source_id=source, ordinal=ordinal)


class EnsureCustomer(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.ensure_customer"):
    """See to it that a customer is there."""

    buyer: Buyer


class EnsureItem(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.ensure_item"):
    """See to it that an item is there."""

    item: str
    account: str


class MakeSale(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.make_sale"):
    """Make an invoice, a receipt or a refund; customer and item are filled in from their links."""

    sale: NewSale
    customer: LinkTo
    items: dict[str, LinkTo] = msgspec.field(default_factory=dict)


class ChangeSale(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.change_sale"):
    """Write a sale anew that stands as `planned_on` says; where it `moves`, for another customer."""

    sale: NewSale
    customer: LinkTo
    moves: bool = False
    items: dict[str, LinkTo] = msgspec.field(default_factory=dict)


class VoidSale(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.void_sale"):
    """Void a sale that stands as `planned_on` says."""

    sale_kind: str


class PayInvoice(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.pay_invoice"):
    """Book a payment on an invoice; those of `taken` and `earlier` are others of ours, never this one."""

    payment: NewPayment
    invoice: LinkTo
    customer: LinkTo
    taken: tuple[str, ...] = ()
    earlier: tuple[LinkTo, ...] = ()


class UnlinkPayment(Step, frozen=True, kw_only=True, omit_defaults=True, tag="quickbooks.unlink_payment"):
    """Take a payment off an invoice; the money stays with the customer."""

    payment: str


class MakeContact(Step, frozen=True, kw_only=True, omit_defaults=True, tag="highlevel.make_contact"):
    """Make a contact of a customer, or fill what is empty at the one that is there.

    `chosen` is the contact that a person picked; `customer` one to be read when this is written.
    """

    person: Person
    chosen: str = ""
    customer: str = ""
    fills: bool = False


class AskReview(Step, frozen=True, kw_only=True, omit_defaults=True, tag="highlevel.ask_review"):
    """Ask a customer for a review; nobody can look up whether it went."""

    how: str
    contact: LinkTo
    subject: str = ""
    text: str = ""
    workflow: str = ""
    tagged: str = ""
    customer: str = ""


STEPS: tuple[type[Step], ...] = (
    EnsureCustomer, EnsureItem, MakeSale, ChangeSale, VoidSale, PayInvoice, UnlinkPayment, MakeContact,
    AskReview,
)  # fmt: skip
