"""Payday's forms of customers and invoices, with only the fields Bridge uses or has to send back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.invoices import Contact, DraftChange, Invoice, InvoiceLine, NewDraft
from bridge_gui.errors import CannotMap, VendorChanged
from bridge_gui.vendors.payday.payloads import day_of
from bridge_gui.web.decode import Id

TEXT_LIMIT = 1024
# QUIRK: only this very spelling makes a draft; all else issues the invoice for good (payday.md 3.3).
DRAFT = "DRAFT"
_STATES = {
    DRAFT: DocumentState.DRAFT,
    "SENT": DocumentState.AWAITING_PAYMENT,
    "PAID": DocumentState.PAID,
    "CANCELLED": DocumentState.VOIDED,
    "CREDIT": DocumentState.CREDITED,
    "DELETED": DocumentState.DELETED,
}
_RATES = (Decimal(24), Decimal(11), Decimal(0))


Days = Annotated[int, msgspec.Meta(ge=-36_500, le=36_500)]
"""A number of days that a calendar has."""


class CustomerAnswer(Struct, frozen=True, rename="camel"):
    """A customer as answered."""

    id: Id
    name: str = ""
    ssn: str | None = None
    email: str | None = None
    due_date_default_days_after: Days | None = None
    final_due_date_default_days_after: Days | None = None

    def plain(self) -> Contact:
        """The customer in our form."""
        digits = "".join(sign for sign in self.ssn or "" if sign.isdigit())
        return Contact(id=self.id, name=self.name, number=digits, email=self.email or "")


class CustomerBody(Struct, frozen=True, omit_defaults=True):
    """A customer as sent: QUIRK: with an ssn the name comes from the national registry (payday.md 3.2)."""

    ssn: str = ""
    name: str = ""
    email: str = ""
    refetch: bool = False


class Party(Struct, frozen=True):
    """Whom an invoice is for."""

    id: Id


class LineAnswer(Struct, frozen=True, rename="camel"):
    """One line as answered; what a person entered comes back as it was."""

    quantity: Decimal
    id: str | None = None
    description: str | None = None
    comment: str | None = None
    unit_price_excluding_vat: Decimal | None = None
    unit_price_including_vat: Decimal | None = None
    vat_percentage: Decimal | None = None
    discount_percentage: Decimal | None = None
    sku: str | None = None
    product_id: str | None = None

    def plain(self) -> InvoiceLine:
        """The line in our form."""
        rate = self.vat_percentage
        unit = self.unit_price_including_vat
        if rate is None or (unit is None and self.unit_price_excluding_vat is None):
            path = "$.lines[]." + ("vatPercentage" if rate is None else "unitPriceIncludingVat")
            raise VendorChanged("vendor.changed", vendor="Payday", path=path)
        if unit is None:
            unit = (self.unit_price_excluding_vat or Decimal(0)) * (100 + rate) / 100
        return InvoiceLine(
            text=self.description or "", unit=unit, rate=rate, quantity=self.quantity,
            discount=self.discount_percentage or Decimal(0), note=self.comment or "", id=self.id or "",
        )  # fmt: skip


class InvoiceAnswer(Struct, frozen=True, rename="camel"):
    """An invoice as answered; `lines` None where they were not included."""

    id: Id
    status: str
    amount_including_vat: Decimal
    customer: Party | None = None
    payor: Party | None = None
    number: str | int | None = None
    reference: str | None = None
    description: str | None = None
    invoice_date: str | None = None
    due_date: str | None = None
    final_due_date: str | None = None
    currency_code: str = "ISK"
    create_claim: bool | None = None
    create_electronic_invoice: bool | None = None
    accounting_cost: str | None = None
    send_email: bool | None = None
    lines: tuple[LineAnswer, ...] | None = None

    def plain(self) -> Invoice:
        """The invoice in our form."""
        return Invoice(
            ref=Ref(id=self.id, number="" if self.number is None else str(self.number)),
            state=state_of(self.status), contact="" if self.customer is None else self.customer.id,
            day=day_of(self.invoice_date), reference=self.reference or "",
            lines=tuple(line.plain() for line in self.lines or ()), total=self.amount_including_vat,
            currency=self.currency_code,
        )  # fmt: skip


class LineBody(Struct, frozen=True, rename="camel", omit_defaults=True):
    """One line as sent. QUIRK: with both prices the VAT was once zeroed; exactly one goes (payday.md 3.3)."""

    description: str
    quantity: Decimal
    vat_percentage: Decimal | None = None
    discount_percentage: Decimal | None = None
    unit_price_including_vat: Decimal | None = None
    unit_price_excluding_vat: Decimal | None = None
    comment: str | None = None
    sku: str | None = None
    product_id: str | None = None
    id: str | None = None


class InvoiceBody(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A whole draft as sent."""

    customer: Party
    status: str
    invoice_date: date
    due_date: date
    final_due_date: date
    currency_code: str
    lines: tuple[LineBody, ...]
    reference: str | None = None
    description: str | None = None
    payor: Party | None = None
    create_claim: bool | None = None
    create_electronic_invoice: bool | None = None
    accounting_cost: str | None = None
    send_email: bool | None = None


def state_of(status: str) -> DocumentState:
    """Where an invoice stands; an unknown word is a change at the vendor."""
    try:
        return _STATES[status]
    except KeyError:
        path = "$.status"
        raise VendorChanged("vendor.changed", vendor="Payday", path=path, detail=status[:60]) from None


def draft_body(new: NewDraft, customer: CustomerAnswer) -> InvoiceBody:
    """A new draft; the customer's own days until it is due, Payday's own defaults where they have none."""
    due = new.day + timedelta(days=customer.due_date_default_days_after or 0)
    last = customer.final_due_date_default_days_after
    return InvoiceBody(
        customer=Party(id=new.contact), status=DRAFT, invoice_date=new.day, due_date=due,
        final_due_date=max(due, new.day + timedelta(days=14 if last is None else last)),
        currency_code=new.currency, reference=new.reference, create_claim=new.claim, send_email=False,
        lines=tuple(line_body(line) for line in new.lines),
    )  # fmt: skip


def changed_body(held: InvoiceAnswer, change: DraftChange) -> InvoiceBody:
    """The whole draft with its new lines; everything else as a person left it."""
    days = [day_of(text) for text in (held.invoice_date, held.due_date, held.final_due_date)]
    begin, due, last = (day or change.day or date.min for day in days)
    by = (change.day - begin) if change.day is not None else timedelta(0)
    kept = {line.id: line for line in held.lines or () if line.id}
    return InvoiceBody(
        customer=held.customer or Party(id=""), payor=held.payor, status=DRAFT, invoice_date=begin + by,
        due_date=due + by, final_due_date=last + by, currency_code=held.currency_code,
        reference=held.reference, description=held.description, create_claim=held.create_claim,
        create_electronic_invoice=held.create_electronic_invoice, accounting_cost=held.accounting_cost,
        send_email=held.send_email, lines=tuple(_body_of(line, kept) for line in change.lines),
    )  # fmt: skip


def line_body(line: InvoiceLine) -> LineBody:
    """A line of ours: strictly checked, because Payday drops silently what it does not know."""
    if line.rate not in _RATES or not 0 < len(line.text) <= TEXT_LIMIT:
        raise CannotMap("payday.line_invalid", text=line.text[:60], rate=f"{line.rate:f}")
    return LineBody(
        description=line.text, quantity=line.quantity, unit_price_including_vat=line.unit,
        vat_percentage=line.rate, discount_percentage=line.discount, comment=line.note or None,
        id=line.id or None,
    )  # fmt: skip


def _body_of(line: InvoiceLine, kept: Mapping[str, LineAnswer]) -> LineBody:
    """A line that stays as it is goes back in its own words, a changed or new one in ours."""
    before = kept.get(line.id)
    if before is None or before.plain() != line:
        return line_body(line)
    net = _rounder(before.unit_price_excluding_vat, before.unit_price_including_vat)
    return LineBody(
        description=before.description or "", quantity=before.quantity, comment=before.comment,
        vat_percentage=before.vat_percentage or Decimal(0),
        discount_percentage=before.discount_percentage or Decimal(0),
        unit_price_excluding_vat=before.unit_price_excluding_vat if net else None,
        unit_price_including_vat=None if net else line.unit,
        sku=before.sku, product_id=before.product_id, id=before.id,
    )  # fmt: skip


def _rounder(net: Decimal | None, gross: Decimal | None) -> bool:
    """Whether a person entered the price without VAT: INFERRED from which of the two is the rounder one."""
    if net is None or gross is None:
        return gross is None
    return _places(net) < _places(gross)


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
