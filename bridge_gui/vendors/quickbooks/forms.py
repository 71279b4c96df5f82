"""QuickBooks' forms of invoices, sales receipts and refund receipts, out of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.billing import BillLine, TaxTreatment
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO, round_to_unit
from bridge_gui.accounting.selling import Sale, SaleKind
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.quickbooks import assumed
from bridge_gui.vendors.quickbooks.payloads import (
    NOBODY,
    VENDOR,
    Address,
    Linked,
    Reference,
    Stamps,
    day_of,
    instant_of,
    tidy,
)
from bridge_gui.web.decode import Id

ENTITIES = {SaleKind.INVOICE: "Invoice", SaleKind.RECEIPT: "SalesReceipt", SaleKind.REFUND: "RefundReceipt"}
KINDS = {name: kind for kind, name in ENTITIES.items()}
TAXED, UNTAXED = "TAX", "NON"
"""All that a line in the US says of tax; the code itself stands on the document (quickbooks.md 5)."""
_ITEM, _DISCOUNT, _SUBTOTAL = "SalesItemLineDetail", "DiscountLineDetail", "SubTotalLineDetail"
_TREATED = {
    "NotApplicable": TaxTreatment.NONE,
    "TaxInclusive": TaxTreatment.INCLUSIVE,
    "TaxExcluded": TaxTreatment.EXCLUSIVE,
}


class ItemDetail(Struct, frozen=True, rename="pascal"):
    """What was sold."""

    item_ref: Reference = NOBODY
    unit_price: Decimal | None = None
    qty: Decimal | None = None
    tax_code_ref: Reference = NOBODY


class LineAnswer(Struct, frozen=True, rename="pascal"):
    """One line of any kind; texts alone, bundles, discounts and subtotals are lines too."""

    detail_type: str = ""
    id: str = ""
    description: str = ""
    amount: Decimal | None = None
    sales_item_line_detail: ItemDetail | None = None
    linked_txn: list[Linked] = []

    @property
    def figure(self) -> Decimal:
        """Its amount; only a text alone and a bundle may have none, and what a payment pays never."""
        if self.amount is None and (self.linked_txn or self.detail_type in (_ITEM, _DISCOUNT)):
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Line[].Amount")
        return self.amount or ZERO

    def plain(self, currency: str) -> BillLine:
        """The line in our form; figures that do not make its amount give way to the amount."""
        detail = self.sales_item_line_detail or ItemDetail()
        one = BillLine(
            id=self.id, text=self.description, item=detail.item_ref.value, tax=detail.tax_code_ref.value,
            quantity=tidy(Decimal(1) if detail.qty is None else detail.qty),
            unit_price=tidy(self.figure if detail.unit_price is None else detail.unit_price),
        )  # fmt: skip
        if one.amount(currency) == round_to_unit(self.figure, currency):
            return one
        return msgspec.structs.replace(one, quantity=Decimal(1), unit_price=tidy(self.figure))


class TaxLineDetail(Struct, frozen=True, rename="pascal"):
    """One rate on a document."""

    tax_percent: Decimal = ZERO


class TaxLine(Struct, frozen=True, rename="pascal"):
    """The tax of one rate."""

    tax_line_detail: TaxLineDetail = TaxLineDetail()


class TaxDetail(Struct, frozen=True, rename="pascal"):
    """The taxes of a document."""

    total_tax: Decimal = ZERO
    txn_tax_code_ref: Reference = NOBODY
    tax_line: list[TaxLine] = []


class SaleAnswer(Struct, frozen=True, rename="pascal"):
    """An invoice, a sales receipt or a refund receipt as answered."""

    id: Id
    sync_token: str
    total_amt: Decimal
    txn_date: str
    balance: Decimal = ZERO
    doc_number: str = ""
    due_date: str = ""
    customer_ref: Reference = NOBODY
    currency_ref: Reference = NOBODY
    private_note: str = ""
    global_tax_calculation: str = ""
    txn_tax_detail: TaxDetail = TaxDetail()
    line: list[LineAnswer] = []
    linked_txn: list[Linked] = []
    bill_email: Address = Address()
    payment_method_ref: Reference = NOBODY
    deposit_to_account_ref: Reference = NOBODY
    meta_data: Stamps = Stamps()
    txn_status: str = ""
    invoice_status: str = msgspec.field(name="invoiceStatus", default="")

    def plain(self, kind: SaleKind, rates: Mapping[str, Decimal], home: str) -> Sale:
        """The sale in our form; `rates` by tax code, `home` the currency of what names none."""
        currency = self.currency_ref.value or home
        due = day_of(self.due_date, "$.DueDate") if self.due_date else None
        tax, total = tidy(self.txn_tax_detail.total_tax), tidy(self.total_amt)
        return Sale(
            ref=ref_of(kind, self.id, self.doc_number), kind=kind, state=self._state(kind),
            version=self.sync_token, contact=self.customer_ref.value, contact_name=self.customer_ref.name,
            day=self._day(), due=due, currency=currency, treatment=self._treatment(),
            lines=self._lines(currency, rates), discount=self._discount(), net=total - tax, tax=tax,
            total=total,
            remaining=tidy(self.balance) if kind is SaleKind.INVOICE else ZERO,
            memo=self.private_note, email=self.bill_email.address, method=self.payment_method_ref.value,
            deposit=self.deposit_to_account_ref.value, payments=self._payments(),
            made=instant_of(self.meta_data.create_time, "$.MetaData.CreateTime"),
            changed=instant_of(self.meta_data.last_updated_time, "$.MetaData.LastUpdatedTime"),
        )  # fmt: skip

    def _day(self) -> date:
        return day_of(self.txn_date, "$.TxnDate")

    def _payments(self) -> tuple[str, ...]:
        return tuple(one.txn_id for one in self.linked_txn if one.txn_type == "Payment")

    def _discount(self) -> Decimal:
        return tidy(sum((line.figure for line in self.line if line.detail_type == _DISCOUNT), ZERO))

    def _treatment(self) -> TaxTreatment:
        """QUIRK: in the US nothing says it but the lines (quickbooks.md 5)."""
        if self.global_tax_calculation:
            told = _TREATED.get(self.global_tax_calculation)
            if told is None:
                raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.GlobalTaxCalculation")
            return told
        coded = any(_tax_of(line) not in ("", UNTAXED) for line in self.line)
        return TaxTreatment.EXCLUSIVE if coded else TaxTreatment.NONE

    def _lines(self, currency: str, rates: Mapping[str, Decimal]) -> tuple[BillLine, ...]:
        if not all(line.detail_type for line in self.line):
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Line[].DetailType")
        kept = [line for line in self.line if line.detail_type not in (_DISCOUNT, _SUBTOTAL)]
        return tuple(self._rated(line.plain(currency), rates) for line in kept)

    def _rated(self, line: BillLine, rates: Mapping[str, Decimal]) -> BillLine:
        """With its rate; in the US with the document's own code in place of TAX and NON."""
        if line.tax == UNTAXED:
            return msgspec.structs.replace(line, tax="")
        if line.tax == TAXED:
            percent = sum((one.tax_line_detail.tax_percent for one in self.txn_tax_detail.tax_line), ZERO)
            code = self.txn_tax_detail.txn_tax_code_ref.value or TAXED
            return msgspec.structs.replace(line, tax=code, rate=rates.get(code, tidy(percent)))
        return msgspec.structs.replace(line, rate=rates.get(line.tax, ZERO))

    def _state(self, kind: SaleKind) -> DocumentState:
        if self._is_voided():
            return DocumentState.VOIDED
        if kind is not SaleKind.INVOICE:
            return DocumentState.POSTED
        if self.balance <= 0:
            return DocumentState.PAID
        return DocumentState.PARTLY_PAID if self.balance < self.total_amt else DocumentState.AWAITING_PAYMENT

    def _is_voided(self) -> bool:
        """QUIRK: no field says it: all is nought, and a word stands before the memo (quickbooks.md 3.4, 3.5).

        The word is translated, so where it is another one the quantities tell it from a sale of nothing.
        """
        if self.total_amt != 0:
            return False
        told = {self.txn_status.casefold(), self.invoice_status.casefold()}
        if "voided" in told or self.private_note.lstrip().casefold().startswith("void"):
            return True
        sold = [line for line in self.line if line.detail_type == _ITEM]
        return bool(sold) and all(_is_nought(line) for line in sold)


def ref_of(kind: SaleKind, document: str, number: str = "") -> Ref:
    """Where a document is."""
    return Ref(id=document, number=number, url=assumed.page(ENTITIES[kind], document))


def _tax_of(line: LineAnswer) -> str:
    detail = line.sales_item_line_detail
    return detail.tax_code_ref.value if detail else ""


def _is_nought(line: LineAnswer) -> bool:
    detail = line.sales_item_line_detail
    return line.figure == 0 and detail is not None and detail.qty is not None and detail.qty == 0
