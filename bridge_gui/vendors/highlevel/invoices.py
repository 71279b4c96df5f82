"""HighLevel's invoices: what was sent, with its own sums as the truth."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from bridge_gui.accounting.crm import CrmDiscount, CrmInvoice, CrmInvoiceState, CrmLine, Person
from bridge_gui.accounting.money import ZERO, round_to_unit, total
from bridge_gui.vendors.highlevel import assumed
from bridge_gui.vendors.highlevel.checkout import taxes_of
from bridge_gui.vendors.highlevel.client import HighLevelClient
from bridge_gui.vendors.highlevel.payloads import VENDOR, day_of, instant_of, money, number, text_of
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import Id, decode
from bridge_gui.web.waiting import Cancel, check

_DAY, _FURTHER, _AHEAD = timedelta(days=1), timedelta(days=180), timedelta(days=3650)
_STATES = {
    "draft": CrmInvoiceState.DRAFT,
    "sent": CrmInvoiceState.SENT,
    "payment_processing": CrmInvoiceState.PROCESSING,
    "partially_paid": CrmInvoiceState.PARTLY_PAID,
    "paid": CrmInvoiceState.PAID,
    "void": CrmInvoiceState.VOIDED,
}
OTHER_CHARGES = "Other charges"


class InvoiceLine(Struct, frozen=True, rename="camel"):
    """One line; `amount` is the price of one piece."""

    amount: Decimal
    qty: Decimal
    name: str = ""
    description: str | None = None
    product_id: str | None = None
    taxes: list[Any] | None = None
    tax_inclusive: bool | None = None

    def plain(self) -> CrmLine:
        """The line in our form."""
        return CrmLine(
            text=self.name, note=self.description or "", quantity=number(self.qty),
            unit_price=number(self.amount), product=self.product_id or "", taxes=taxes_of(self.taxes),
            inclusive=bool(self.tax_inclusive),
        )  # fmt: skip


class DiscountAnswer(Struct, frozen=True, rename="camel"):
    """A discount on the whole."""

    type: str = ""
    value: Decimal | None = None
    valid_on_product_ids: list[str] | None = None

    def plain(self) -> CrmDiscount | None:
        """The discount in our form, None for one of nothing."""
        value = number(self.value)
        if not value:
            return None
        products = tuple(self.valid_on_product_ids or ())
        if self.type == "percentage":
            return CrmDiscount(percent=value, products=products)
        return CrmDiscount(amount=value, products=products)


class TotalSummary(Struct, frozen=True, rename="camel"):
    """The sums as HighLevel reckons them."""

    sub_total: Decimal
    discount: Decimal
    tax: Decimal


NO_SUMS = TotalSummary(sub_total=ZERO, discount=ZERO, tax=ZERO)


class AddressAnswer(Struct, frozen=True, rename="camel"):
    """A postal address."""

    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state: str | None = None
    country_code: str | None = None
    postal_code: str | None = None


class Addressee(Struct, frozen=True, rename="camel"):
    """Whom an invoice is for, as it stood when it was written."""

    id: str = ""
    name: str | None = None
    email: str | None = None
    phone_no: str | None = None
    company_name: str | None = None
    address: AddressAnswer | None = None

    def plain(self) -> Person:
        """The contact in our form."""
        place = self.address or AddressAnswer()
        street = "\n".join(one for one in (place.address_line1, place.address_line2) if one)
        return Person(
            id=self.id, name=self.name or "", email=self.email or "", phone=self.phone_no or "",
            company=self.company_name or "", street=street, city=place.city or "", region=place.state or "",
            postal_code=place.postal_code or "", country=place.country_code or "",
        )  # fmt: skip


class InvoiceAnswer(Struct, frozen=True, rename="camel"):
    """An invoice as answered; lists may lack the lines."""

    id: Id = msgspec.field(name="_id")
    status: str
    live_mode: bool
    currency: str
    issue_date: str
    total: Decimal
    created_at: str
    updated_at: str
    amount_paid: Decimal
    contact_details: Addressee = Addressee()
    invoice_items: list[InvoiceLine] | None = None
    invoice_number: int | str | None = None
    invoice_number_prefix: str | None = None
    due_date: str | None = None
    discount: DiscountAnswer | None = None
    total_summary: TotalSummary | None = None
    title: str | None = None
    name: str | None = None
    miscellaneous_charges: Any = None

    @property
    def is_whole(self) -> bool:
        """Whether it shows its lines and its own sums."""
        return self.invoice_items is not None and self.total_summary is not None

    def plain(self, location: str) -> CrmInvoice:
        """The invoice in our form."""
        told, currency = self.total_summary or NO_SUMS, self.currency.upper()
        return CrmInvoice(
            id=self.id, number=self._number(),
            state=_STATES.get(self.status, CrmInvoiceState.OTHER), live=self.live_mode,
            person=self.contact_details.plain(), day=day_of(self.issue_date, "$.issueDate"),
            due=day_of(self.due_date, "$.dueDate") if self.due_date else None, currency=currency,
            lines=self._lines(), total=money(self.total, currency), paid=money(self.amount_paid, currency),
            changed=instant_of(self.updated_at, "$.updatedAt"),
            made=instant_of(self.created_at, "$.createdAt"),
            subtotal=money(told.sub_total, currency), tax=money(told.tax, currency),
            discount=self.discount.plain() if self.discount else None,
            discount_total=abs(money(told.discount, currency)), extras=self._extras(currency),
            title=self.title or self.name or "", url=assumed.invoice_page(location, self.id),
        )  # fmt: skip

    def _number(self) -> str:
        """With what stands before it; a beginning alone is no number."""
        told = text_of(self.invoice_number)
        return f"{self.invoice_number_prefix or ''}{told}" if told else ""

    def _lines(self) -> tuple[CrmLine, ...]:
        return tuple(item.plain() for item in self.invoice_items or ())

    def _extras(self, currency: str) -> tuple[CrmLine, ...]:
        """What makes the total differ from lines, discount and tax (highlevel.md 3.3).

        INFERRED: with taxes in the prices the subtotal may hold them, and then they are not added again.
        """
        told = self.total_summary or NO_SUMS
        sold = number(told.sub_total) - abs(number(told.discount))
        rest = round_to_unit(number(self.total) - sold - number(told.tax), currency)
        inclusive = any(item.tax_inclusive for item in self.invoice_items or ())
        if not self.is_whole or not rest or (inclusive and number(self.total) == sold):
            return ()
        named = self._charges()
        if named and total(line.unit_price for line in named) == rest:
            return named
        return (CrmLine(text=OTHER_CHARGES, quantity=Decimal(1), unit_price=rest),)

    def _charges(self) -> tuple[CrmLine, ...]:
        """The charges by name, where they are told in a form that can be read."""
        block = self.miscellaneous_charges
        rows = block.get("charges") if isinstance(block, dict) else None
        found = []
        for row in rows if isinstance(rows, list) else ():
            amount = row.get("amount") if isinstance(row, dict) else None
            if isinstance(amount, int | float | str):
                value = _exact(amount)
                found.append(
                    CrmLine(text=str(row.get("name") or OTHER_CHARGES), quantity=Decimal(1), unit_price=value)
                )
        return tuple(found)


class InvoicePage(Struct, frozen=True):
    """A page of invoices."""

    invoices: list[InvoiceAnswer]
    total: int | None = None


class HighLevelInvoices:
    """The invoices of one location."""

    _client: HighLevelClient

    def invoices_made(self, since: date, cancel: Cancel) -> Iterator[Sequence[CrmInvoice]]:
        """Pages of the invoices made since a day, drafts and tests too, with lines; each once.

        INFERRED: whether the filter means the day of issue or of making is not told (highlevel.md, not
        found), so it reaches half a year further back, and is cut here by whichever of the two is later.
        """
        days = {"startAt": f"{since - _FURTHER}", "endAt": f"{since + _AHEAD}"}
        query = {**self._client.here, **days}
        pages = self._client.pages("invoices/", query, _turned, lambda row: row.id, cancel)
        for page in pages:
            recent = [row for row in page if self._last_day(row) >= since]
            if recent:
                yield [self._whole(row, cancel) for row in recent]

    def crm_invoices(self, ids: Collection[str], cancel: Cancel) -> tuple[CrmInvoice, ...]:
        """Fresh copies; what is gone is left out (that is how a deleted one shows)."""
        found = []
        for one in dict.fromkeys(ids):
            check(cancel)
            row = self._client.single(f"invoices/{one}", InvoiceAnswer, self._client.here)
            if row is not None:
                found.append(row.plain(self._client.location))
        return tuple(found)

    def crm_invoice_url(self, invoice: str) -> str:
        """Where a person opens it."""
        return assumed.invoice_page(self._client.location, invoice)

    def _whole(self, row: InvoiceAnswer, cancel: Cancel) -> CrmInvoice:
        found = () if row.is_whole else self.crm_invoices([row.id], cancel)
        return found[0] if found else row.plain(self._client.location)

    def _last_day(self, row: InvoiceAnswer) -> date:
        made = (instant_of(row.created_at, "$.createdAt") + _DAY).date()
        return max(made, day_of(row.issue_date, "$.issueDate"))


def _turned(answer: Answer) -> tuple[list[InvoiceAnswer], int | None]:
    page = decode(answer, InvoicePage, vendor=VENDOR)
    return page.invoices, page.total


def _exact(amount: float | str) -> Decimal:
    """Only compared with the exact rest: a charge that a float has bent does not fit, and is not used."""
    try:
        return Decimal(str(amount))
    except ArithmeticError:
        return ZERO
