"""What this bridge writes at either side, and the mark by which it is found again."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.billing import BillContact, BillLine, NewBill, TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import round_to_unit
from bridge_gui.accounting.tax import split_gross
from bridge_gui.sync.step import LinkTo, Step

INVOICE = "invoice"
OUTSIDE = "outside_invoice"
CUSTOMER = "customer"
NOTE = "note"
FILE = "file"
_HUNDRED = Decimal(100)
_MARK = re.compile(r"(?P<scope>pd-[0-9a-z]+)/(?P<deal>\d+)/(?P<ordinal>[1-9]\d{0,5})")


class Marking(Struct, frozen=True, kw_only=True):
    """What a mark says: which CRM, which deal, the how-manyeth invoice."""

    scope: str
    deal: str
    ordinal: int


def mark_text(scope: str, deal: str, ordinal: int) -> str:
    """Our word at the end of an invoice's reference."""
    return f"{scope}/{deal}/{ordinal}"


def read_mark(reference: str) -> Marking | None:
    """The mark at the end of a reference, None if it bears none of ours."""
    words = reference.split()
    found = _MARK.fullmatch(words[-1]) if words else None
    if found is None:
        return None
    return Marking(scope=found["scope"], deal=found["deal"], ordinal=int(found["ordinal"]))


def place(deal: str, ordinal: int) -> LinkTo:
    """The place of a deal's n-th invoice."""
    return LinkTo(kind=INVOICE, source_id=deal, ordinal=ordinal)


def beside(deal: str, bill: str) -> LinkTo:
    """The place of an invoice that a person attached to a deal."""
    return LinkTo(kind=OUTSIDE, source_id=f"{deal}:{bill}")


def attached_to(source_id: str) -> str:
    """The deal of such a place."""
    return source_id.partition(":")[0]


def customer_of(key: str) -> LinkTo:
    """The place of a customer's link; `key` is "org-" or "person-" and the CRM's id."""
    return LinkTo(kind=CUSTOMER, source_id=key)


class EnsureCustomer(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.ensure_customer"):
    """See to it that a customer is there.

    `chosen` is the one a person picked; `fresh` where they want a new one, whoever else has the same address.
    """

    contact: BillContact
    chosen: str = ""


class RefreshCustomer(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.refresh_customer"):
    """Bring a customer's e-mail, tax number and address up to date."""

    contact: BillContact
    customer: LinkTo

    @property
    def contact_id(self) -> str:
        """The customer's id at Xero."""
        return self.targets.get(self.customer.name, "")


class ForgetCustomer(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.forget_customer"):
    """Let a customer's link go; nothing is written at Xero."""

    @property
    def contact_id(self) -> str:
        """The customer's id at Xero."""
        return self.targets.get(self.link.name, "")


class MakeBill(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.make_bill"):
    """Make an invoice; its contact is filled in from the customer's link when it is written.

    To be remembered once it is made: in `linked` which item a product was linked to, in `billed` whose
    customer this is, where a person chose the contact.
    """

    bill: NewBill
    customer: LinkTo
    billed: str = ""
    linked: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def contact_id(self) -> str:
        """The customer's id at Xero, empty while there is none."""
        return self.targets.get(self.customer.name, "")

    @property
    def shown_lines(self) -> tuple[tuple[str, Decimal], ...]:
        """What and how much, line by line."""
        return tuple((_worded(line), self.bill.amount(line)) for line in self.bill.lines)

    @property
    def shown_tax(self) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
        """Rate, net and tax that the books should make of it."""
        sums: dict[Decimal, tuple[Decimal, Decimal]] = {}
        for line in self.bill.lines:
            net, tax = _taxed(line, self.bill)
            before = sums.get(line.rate, (Decimal(0), Decimal(0)))
            sums[line.rate] = (before[0] + net, before[1] + tax)
        return tuple((rate, net, tax) for rate, (net, tax) in sorted(sums.items(), reverse=True))


class TurnBill(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.turn_bill"):
    """Submit, approve, void or delete an invoice that was in the state `before`."""

    state: DocumentState
    before: DocumentState


class RemovePayment(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.remove_payment"):
    """Take a payment off an invoice."""

    payment: str


class EmailBill(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.email_bill"):
    """Let Xero e-mail an invoice; nobody can look up whether it went."""


class AttachBill(Step, frozen=True, kw_only=True, omit_defaults=True, tag="xero.attach_bill"):
    """Follow an invoice that a person made in Xero beside a deal; nothing is written there."""

    bill: str


class WriteNote(Step, frozen=True, kw_only=True, omit_defaults=True, tag="pipedrive.write_note"):
    """Put a note on a deal, or write it anew where `creates` is off."""

    deal: str
    content: str


class AttachPdf(Step, frozen=True, kw_only=True, omit_defaults=True, tag="pipedrive.attach_pdf"):
    """Put an invoice's PDF on a deal."""

    deal: str
    bill: str
    file_name: str


STEPS: tuple[type[Step], ...] = (
    EnsureCustomer, RefreshCustomer, ForgetCustomer, MakeBill, TurnBill, RemovePayment, EmailBill, AttachBill,
    WriteNote, AttachPdf,
)  # fmt: skip


def _worded(line: BillLine) -> str:
    """A line as a person reads it: how many where it is not one."""
    return line.text if line.quantity == 1 else f"{line.quantity:f} x {line.text}"


def _taxed(line: BillLine, bill: NewBill) -> tuple[Decimal, Decimal]:
    """Net and tax of one line."""
    amount = bill.amount(line)
    if bill.treatment is TaxTreatment.INCLUSIVE:
        split = split_gross(amount, line.rate, bill.currency, bill.unit)
        return split.net, split.tax
    if bill.treatment is TaxTreatment.NONE:
        return amount, Decimal(0)
    return amount, round_to_unit(amount * line.rate / _HUNDRED, bill.currency, bill.unit)
