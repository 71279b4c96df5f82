"""An order in 24SevenOffice's form and in ours: header, lines, and which lines are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.ordering import NewOrder, Order, OrderStage
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice.payloads import (
    CurrencyPart,
    InvoicePart,
    LineAnswer,
    LineTax,
    OrderAnswer,
    day_of,
    day_or_none,
    instant_of,
)
from bridge_gui.vendors.twentyfoursevenoffice.terms import VENDOR

STAGES: Mapping[str, OrderStage] = {
    "Draft": OrderStage.DRAFT,
    "Web": OrderStage.WEB,
    "Proposal": OrderStage.PROPOSAL,
    "Confirmed": OrderStage.CONFIRMED,
    "Invoice": OrderStage.INVOICE,
    "AdvanceInvoice": OrderStage.INVOICE,
    "Inactive": OrderStage.INACTIVE,
}
WORDS = {stage: word for word, stage in STAGES.items() if word != "AdvanceInvoice"}
CHANGEABLE = frozenset({OrderStage.DRAFT, OrderStage.WEB, OrderStage.PROPOSAL, OrderStage.CONFIRMED})
_TEXT, _NOTE, _REFERENCE = 300, 300, 50
LineKey = tuple[str, str, Decimal, Decimal, Decimal, str]


def header_of(order: NewOrder) -> dict[str, Any]:
    """The header, as a draft, whatever it is to become."""
    terms = order.days_to_pay
    body: dict[str, Any] = {
        "customer": _snapshot(order),
        "status": WORDS[OrderStage.DRAFT],
        "date": order.day.isoformat(),
        "referenceNumber": reference_of(order),
        "currency": {"code": order.currency},
        "memo": order.memo,
        "internalMemo": order.note[:_NOTE],
        "yourReference": {"name": order.contact} if order.contact else None,
        "deliveryDate": order.delivery.isoformat() if order.delivery else None,
        "paymentMethod": {"id": int(order.method)} if order.method else None,
        "invoice": {"paymentTerms": {"type": "NumberOfDays", "value": terms}} if terms is not None else None,
    }
    return {name: value for name, value in body.items() if value not in (None, "")}


def reference_of(order: NewOrder) -> str:
    """The mark, whole: a shortened one would not be found again."""
    if not 0 < len(order.reference) <= _REFERENCE:
        raise ValueError(f"a reference has 1 to {_REFERENCE} signs")
    return order.reference


def line_body(line: BillLine) -> dict[str, Any]:
    """One line; one without a product is only text."""
    text = line.text.strip()[:_TEXT] or "-"
    if not line.item:
        return {"type": "text", "description": text}
    body: dict[str, Any] = {
        "type": "product",
        "product": {"id": int(line.item)},
        "description": text,
        "quantity": line.quantity,
        "price": line.unit_price,
        "discountRate": line.discount,
    }
    return body | ({"tax": {"id": int(line.tax)}} if line.tax else {})


def order_of(row: OrderAnswer, lines: Iterable[LineAnswer] | None) -> Order:
    """An order in our form; without `lines` it is not whole."""
    invoice, number = row.invoice or InvoicePart(), ""
    number = str(invoice.number) if invoice.number else ""
    stage = STAGES.get(row.status, OrderStage.OTHER)
    contact, method = row.your_reference, row.payment_method
    return Order(
        ref=Ref(id=str(row.id), number=number), stage=stage, state=_state(stage, number),
        customer="" if row.customer.id is None else str(row.customer.id), customer_name=row.customer.name,
        day=day_of(row.date, "$.date"), currency=(row.currency or CurrencyPart()).code,
        reference=row.reference_number or "", net=row.net_amount, tax=row.tax_amount, total=row.gross_amount,
        lines=tuple(line_of(line) for line in lines or ()), whole=lines is not None,
        memo=row.memo or "", note=row.internal_memo or "", contact=(contact.name if contact else "") or "",
        method=str(method.id) if method and method.id is not None else "", invoice=number,
        invoice_day=day_or_none(invoice.date, "$.invoice.date"),
        due=day_or_none(invoice.due_date, "$.invoice.dueDate"),
        payment_reference=invoice.remittance_reference or "", changed=instant_of(row.modified_at),
    )  # fmt: skip


def line_of(row: LineAnswer) -> BillLine:
    """A line in our form; amounts on a line of text are kept, so that they are not overlooked."""
    tax = row.tax or LineTax(rate=ZERO)
    product = row.product.id if row.product else None
    if product is not None and (row.price is None or row.quantity is None):
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.price")
    return BillLine(
        id=str(row.id), text=row.description or "", quantity=row.quantity or ZERO,
        unit_price=row.price or ZERO, discount=row.discount_rate or ZERO, rate=tax.rate,
        item="" if product is None else str(product), tax="" if tax.id is None else str(tax.id),
    )  # fmt: skip


def key_of(line: BillLine) -> LineKey:
    """What makes two lines the same: all that was sent, never the id."""
    text = " ".join((line.text.strip()[:_TEXT] or "-").split())
    if not line.item:  # only what a line of text comes to matters
        return ("", text, ZERO, line.quantity * line.unit_price, ZERO, "")
    return (line.item, text, line.quantity, line.unit_price, line.discount, line.tax)


def compared(there: Iterable[BillLine], wanted: Iterable[BillLine]) -> tuple[list[BillLine], list[BillLine]]:
    """Which lines are missing and which are too many; equal ones are counted, not taken for one."""
    there, wanted = list(there), list(wanted)
    return _left(wanted, there), _left(there, wanted)


def _left(lines: list[BillLine], others: list[BillLine]) -> list[BillLine]:
    found = Counter(key_of(line) for line in others)
    left = []
    for line in lines:
        if found[key_of(line)]:
            found[key_of(line)] -= 1
        else:
            left.append(line)
    return left


def _state(stage: OrderStage, invoice: str) -> DocumentState:
    if stage is OrderStage.INACTIVE:
        return DocumentState.DELETED
    if stage is OrderStage.INVOICE or invoice:
        return DocumentState.INVOICED
    return DocumentState.DRAFT if stage is OrderStage.DRAFT else DocumentState.ORDERED


def _snapshot(order: NewOrder) -> dict[str, Any]:
    """The customer as the order keeps it; `id` and `name` it must have."""
    who = order.customer
    mail = who.billing_email or who.email
    told: dict[str, Any] = {
        "id": int(who.id),
        "name": who.name[:200],
        "organizationNumber": "".join(who.tax_number.split())[:20],
        "invoiceEmailAddresses": [mail] if "@" in mail else [],
        "street": who.street[:250],
        "postalCode": who.postal_code[:50],
        "postalArea": who.city[:50],
        "countryCode": who.country if len(who.country) == 2 else "",
    }
    return {name: value for name, value in told.items() if value not in ("", [])}
