"""Xero's forms of invoices, out of them and into them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.billing import Bill, BillLine, NewBill, TaxTreatment
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO, plain
from bridge_gui.errors import CannotMap, VendorChanged
from bridge_gui.vendors.xero.payloads import NO_ID, VENDOR, Said, day_of, instant_of
from bridge_gui.web.decode import Id

TEXT_LIMIT, REFERENCE_LIMIT = 4000, 255
STATES = {
    DocumentState.DRAFT: "DRAFT",
    DocumentState.AWAITING_APPROVAL: "SUBMITTED",
    DocumentState.AWAITING_PAYMENT: "AUTHORISED",
    DocumentState.VOIDED: "VOIDED",
    DocumentState.DELETED: "DELETED",
}
_READ = {name: state for state, name in STATES.items()} | {"PAID": DocumentState.PAID}
_TREATMENTS = {
    TaxTreatment.EXCLUSIVE: "Exclusive",
    TaxTreatment.INCLUSIVE: "Inclusive",
    TaxTreatment.NONE: "NoTax",
}
_TREATED = {name: treatment for treatment, name in _TREATMENTS.items()}
_GONE = (DocumentState.VOIDED, DocumentState.DELETED)


class LineAnswer(Struct, frozen=True, rename="pascal"):
    """One line as answered; a text alone is a line too."""

    description: str = ""
    quantity: Decimal = Decimal(1)
    unit_amount: Decimal = ZERO
    item_code: str = ""
    account_code: str = ""
    tax_type: str = ""
    discount_rate: Decimal = ZERO
    line_item_id: str = msgspec.field(name="LineItemID", default="")

    def plain(self, rates: Mapping[str, Decimal]) -> BillLine:
        """The line in our form, its rate by its tax type."""
        return BillLine(
            id=self.line_item_id, text=self.description, quantity=tidy(self.quantity),
            unit_price=tidy(self.unit_amount), item=self.item_code, account=self.account_code,
            tax=self.tax_type, rate=rates.get(self.tax_type, ZERO), discount=tidy(self.discount_rate),
        )  # fmt: skip


class Receiver(Struct, frozen=True, rename="pascal"):
    """Whom an invoice is for, as answered."""

    contact_id: Id = msgspec.field(name="ContactID")
    name: str = ""


class InvoiceAnswer(Struct, frozen=True, rename="pascal"):
    """An invoice as answered."""

    invoice_id: Id = msgspec.field(name="InvoiceID")
    type: str
    status: str
    contact: Receiver
    total: Decimal
    currency_code: str
    total_tax: Decimal
    amount_due: Decimal
    updated_date_utc: str = msgspec.field(name="UpdatedDateUTC")
    invoice_number: str = ""
    reference: str = ""
    date_string: str = ""
    date: str = ""
    due_date_string: str = ""
    due_date: str = ""
    line_amount_types: str = "Exclusive"
    line_items: list[LineAnswer] | None = None
    amount_paid: Decimal = ZERO
    amount_credited: Decimal = ZERO
    branding_theme_id: str = msgspec.field(name="BrandingThemeID", default="")
    sent_to_contact: bool = False

    def plain(self, rates: Mapping[str, Decimal], *, whole: bool = True) -> Bill:
        """The invoice in our form."""
        day, state = day_of(self.date_string or self.date), self.state
        if day is None:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Invoices[].Date")
        lines = tuple(line.plain(rates) for line in self.line_items or ())
        return Bill(
            ref=Ref(id=self.invoice_id, number=self.invoice_number), state=state,
            contact=self.contact.contact_id, contact_name=self.contact.name, day=day,
            due=day_of(self.due_date_string or self.due_date), reference=self.reference,
            currency=self.currency_code, treatment=self.treatment, net=tidy(self.net),
            tax=tidy(self.total_tax), total=tidy(self.total),
            # QUIRK: the answer to voiding still shows what was due before (xero.md 3.4).
            remaining=ZERO if state in _GONE else tidy(self.amount_due), paid=tidy(self.amount_paid),
            credited=tidy(self.amount_credited),
            changed=instant_of(self.updated_date_utc, "$.Invoices[].UpdatedDateUTC"),
            lines=lines if whole else (), template=self.branding_theme_id, sent=self.sent_to_contact,
            whole=whole,
        )  # fmt: skip

    @property
    def net(self) -> Decimal:
        """Before tax, whatever SubTotal means where the lines include the tax."""
        return self.total - self.total_tax

    @property
    def state(self) -> DocumentState:
        """Where it stands."""
        state = _READ.get(self.status)
        if state is None:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Invoices[].Status")
        settled = self.amount_paid + self.amount_credited
        partly = state is DocumentState.AWAITING_PAYMENT and settled > 0
        return DocumentState.PARTLY_PAID if partly else state

    @property
    def treatment(self) -> TaxTreatment:
        """How its prices are meant."""
        treatment = _TREATED.get(self.line_amount_types)
        if treatment is None:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Invoices[].LineAmountTypes")
        return treatment


class WrittenInvoice(Struct, frozen=True, rename="pascal"):
    """One document's own result in the answer to a batch; the document itself is read from the same bytes."""

    reference: str = ""
    invoice_id: str = msgspec.field(name="InvoiceID", default="")
    status_attribute_string: str = ""
    has_errors: bool = False
    validation_errors: list[Said] = []

    @property
    def is_refused(self) -> bool:
        """Whether Xero did not take it."""
        failed = self.status_attribute_string == "ERROR" or self.has_errors or bool(self.validation_errors)
        return failed or self.invoice_id in ("", NO_ID)


class LineBody(Struct, frozen=True, rename="pascal", omit_defaults=True):
    """One line as sent; Xero itself works out the amounts."""

    description: str
    quantity: Decimal
    unit_amount: Decimal
    item_code: str = ""
    account_code: str = ""
    tax_type: str = ""
    discount_rate: Decimal | None = None


class ReceiverBody(Struct, frozen=True):
    """Whom an invoice is for, as sent: QUIRK: anything more would edit the contact (xero.md 0)."""

    contact_id: Id = msgspec.field(name="ContactID")


class InvoiceBody(Struct, frozen=True, rename="pascal", omit_defaults=True):
    """A new invoice as sent; the number is left to Xero's own series."""

    type: str
    status: str
    contact: ReceiverBody
    date: str
    due_date: str
    line_amount_types: str
    currency_code: str
    reference: str
    line_items: list[LineBody]
    branding_theme_id: str = msgspec.field(name="BrandingThemeID", default="")
    url: str = ""


class StatusBody(Struct, frozen=True, rename="pascal"):
    """A change of state as sent, without lines, so that none is touched."""

    invoice_id: Id = msgspec.field(name="InvoiceID")
    status: str


def invoice_body(bill: NewBill) -> InvoiceBody:
    """A new invoice as Xero wants it; `CannotMap` for what it would round, cut or refuse."""
    status = STATES.get(bill.state, "")
    if status not in ("DRAFT", "SUBMITTED", "AUTHORISED") or not bill.lines:
        raise CannotMap("xero.invoice_invalid", text=bill.state.value if bill.lines else "no lines")
    if len(bill.reference) > REFERENCE_LIMIT:
        raise CannotMap("xero.reference_long", limit=REFERENCE_LIMIT)
    return InvoiceBody(
        type="ACCREC", status=status, contact=ReceiverBody(contact_id=bill.contact),
        date=bill.day.isoformat(), due_date=bill.due.isoformat(),
        line_amount_types=_TREATMENTS[bill.treatment], currency_code=bill.currency,
        reference=bill.reference, line_items=[_line_body(line, bill.treatment) for line in bill.lines],
        branding_theme_id=bill.template, url=_url(bill.url),
    )  # fmt: skip


def tidy(amount: Decimal) -> Decimal:
    """The same amount without needless zeros, so that equal ones look equal."""
    return Decimal(plain(amount))


def _line_body(line: BillLine, treatment: TaxTreatment) -> LineBody:
    text = line.text.strip()
    if not text or len(text) > TEXT_LIMIT:
        raise CannotMap("xero.line_text", limit=TEXT_LIMIT)
    figures = ((line.unit_price, 4), (line.quantity, 4), (line.discount, 2))
    if any(_decimals(figure) > most for figure, most in figures) or not 0 <= line.discount <= 100:
        raise CannotMap("xero.line_figures", text=text[:80])
    # INFERRED: quantities keep four decimals (xero.md: at most 13 characters).
    if len(plain(line.quantity)) > 13:
        raise CannotMap("xero.line_figures", text=text[:80])
    tax = "" if treatment is TaxTreatment.NONE else line.tax
    return LineBody(
        description=text, quantity=line.quantity, unit_amount=line.unit_price, item_code=line.item,
        account_code=line.account, tax_type=tax, discount_rate=line.discount or None,
    )  # fmt: skip


def _decimals(figure: Decimal) -> int:
    exponent = tidy(figure).as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _url(url: str) -> str:
    """Where the sale is; QUIRK: an address with the vendor's own name in it is refused (xero.md 3.4)."""
    return url if url.startswith("https://") and "xero" not in url.lower() else ""
