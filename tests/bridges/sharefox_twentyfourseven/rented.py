"""Invoice bases, rules and what is known of their orders, made in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.ordering import NewOrder, Order, OrderStage, OrderTax
from bridge_gui.accounting.rentals import RentalInvoice, RentalLine, RentalState, RentalType, Renter
from bridge_gui.bridges.sharefox_twentyfourseven.billing import order_of, said_of
from bridge_gui.bridges.sharefox_twentyfourseven.people import party_of
from bridge_gui.bridges.sharefox_twentyfourseven.rules import Rules
from bridge_gui.bridges.sharefox_twentyfourseven.shown import shown_of
from bridge_gui.bridges.sharefox_twentyfourseven.steps import ORDER
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Known, LinkView

DAY = date(2026, 2, 5)
TAXES = {
    rate: OrderTax(key=f"1{number}", rate=Decimal(rate), number=number, name=name)
    for rate, number, name in (
        ("25", "03", "Utgående, høy"), ("15", "31", "Utgående, middels"), ("0", "05", "Avgiftsfritt"),
    )
}  # fmt: skip
RENTER = Renter(
    first_name="Ola", last_name="Eksempel", is_company=True, company="Eksempel AS", org_number="123 456 785",
    email="post@eksempel.example", street="Eksempelveien 1", postal_code="0598", city="Oslo", country="Norway",
)  # fmt: skip
PERSON = Renter(first_name="Kari", last_name="Eksempel", email="kari@eksempel.example", country="Norway")


def rules(**changes: Any) -> Rules:
    """What most shops choose."""
    usual = Rules(
        scope="sf-abc123", today=DAY, currency="NOK", home="NO", inclusive=False,
        taken=RentalType.FOR_ACCOUNTING, taxes=TAXES,
        methods={"Faktura": "on_invoice", "Kort": "7", "Kasse": "leave_out"}, product="SharefoxRental",
        category="SharefoxRental", stage=OrderStage.CONFIRMED, invoices=False, language="no", refresh=True,
        ask_foreign=True, ask_number=True,
    )  # fmt: skip
    return replace(usual, **changes)


def line(text: str = "Traktor", price: str = "2000", **changes: Any) -> RentalLine:
    """Something rented for three days."""
    made = RentalLine(
        id="1", text=text, quantity=Decimal(1), unit_price=Decimal(price), rate=Decimal(25),
        first=date(2026, 2, 3), last=DAY,
    )  # fmt: skip
    return replace(made, **changes)


def invoice(*lines: RentalLine, **changes: Any) -> RentalInvoice:
    """An invoice basis that was sent; its gross is what its lines come to."""
    made = RentalInvoice(
        id="5001", number="5001", order="1018", order_number="SFX-1018", type=RentalType.FOR_ACCOUNTING,
        state=RentalState.SENT, day=DAY, due=date(2026, 2, 19), currency="NOK", customer=RENTER,
        lines=lines or (line(),), method="Faktura",
    )  # fmt: skip
    made = replace(made, gross=made.totals(inclusive=False).total)
    return replace(made, **changes)


def wanted(one: RentalInvoice, told: Rules | None = None) -> NewOrder:
    """The order it becomes."""
    told = told or rules()
    return order_of(one, party_of(one.customer, told.scope, told.home), 1, told)


def at_books(order: NewOrder, *, lines: int | None = None, **changes: Any) -> Order:
    """The order as the books show it, with the first so many of its lines."""
    there = replace(order, lines=order.lines[:lines])
    made = Order(
        ref=Ref(id="1234"), stage=order.stage, state=DocumentState.ORDERED, customer="12345",
        customer_name=order.customer.name, day=order.day, currency=order.currency, reference=order.reference,
        net=there.totals.net, tax=there.totals.tax, total=there.totals.total, method=order.method,
        lines=tuple(replace(one, id=str(at), item="101") for at, one in enumerate(there.lines)),
    )  # fmt: skip
    return replace(made, **changes)


def known(
    order: Order | None, agreed: RentalInvoice | None, answer: str | None = None, **changes: Any
) -> Known:
    """What is known of a source with one order."""
    if order is None:
        return Known(answer=answer)
    link = LinkView(
        kind=ORDER, source_id="5001", ordinal=1, target=order.ref, state=order.state,
        source_content=canonical(said_of(agreed)) if agreed is not None else None,
        target_content=canonical(shown_of(order)),
    )  # fmt: skip
    return Known(links=(replace(link, **changes),), answer=answer)
