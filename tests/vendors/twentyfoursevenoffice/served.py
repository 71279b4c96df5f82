"""The adapter on the simulator, and the simulator's control surface."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.ordering import NewOrder, OrderCustomer
from bridge_gui.vendors.twentyfoursevenoffice import SPEC
from tests.vendors import live as served
from tests.vendors.live import TODAY, Live

MARK = "sf-abc123/5001/1"


def live(**settings: Any) -> AbstractContextManager[Live]:
    """The simulator, served."""
    return served.live(SPEC, **settings)


def order_for(books: Any, *lines: tuple[str, str, int], **more: Any) -> NewOrder:
    """An order with a customer, a category and a product of its own."""
    customer = books.add_customer(
        OrderCustomer(
            name="Prøve AS", is_company=True, tax_number="987654325", email="prove@example.no",
            number="sf1/u7", street="Prøveveien 1", postal_code="0598", city="Oslo", country="NO",
        ), "",
    )  # fmt: skip
    category = books.add_category("SharefoxRental")
    product = books.add_product("SharefoxRental", category.id)
    tax = next(one for one in books.order_taxes() if one.number == "3")
    made = tuple(
        BillLine(text=text, quantity=Decimal(1), unit_price=Decimal(price), item=product.id, tax=tax.key,
                 rate=tax.rate, discount=Decimal(discount))
        for text, price, discount in lines
    )  # fmt: skip
    given = {"day": TODAY, "currency": "NOK", "reference": MARK, "days_to_pay": 14} | more
    return NewOrder(customer=customer, lines=made, **given)
