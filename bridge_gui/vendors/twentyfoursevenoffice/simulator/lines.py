"""The lines of an order, one call each.

Facts: twentyfoursevenoffice.md section 3.6. Inferred: a quantity that is left out is one, a tax that is
left out is the revenue account's; what cannot be written on an invoiced order.
"""

from __future__ import annotations

from flask import Response

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, kept, shown
from bridge_gui.vendors.twentyfoursevenoffice.simulator.chart import REVENUE, ChartDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import (
    Field,
    conflict,
    fault,
    faults,
    invalid,
    not_found,
    refuse_if,
    sent,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.invoicing import Invoicing
from bridge_gui.vendors.twentyfoursevenoffice.simulator.orders import OrderDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API

_NUMBERED = {"id": Field("integer"), "number": Field("integer")}
LINE = {
    "type": Field(choices=("product", "text")),
    "product": Field("object", inside={"id": Field("integer"), "number": Field(longest=100)}),
    "description": Field(longest=300, shortest=1),
    "quantity": Field("number"),
    "price": Field("number"),
    "costPrice": Field("number", nullable=True),
    "discountRate": Field("number", least=0, most=100),
    "tax": Field("object", inside={**_NUMBERED, "rate": Field("number", least=0, most=100)}),
    "account": Field("object", inside={**_NUMBERED, "name": Field(longest=75)}),
    "isHidden": Field("boolean"),
    "dimensions": Field("array"),
    "accrual": Field("object"),
}


class LineDesk:
    """Makes, changes, lists and removes the lines of one order."""

    def __init__(self, books: Books, orders: OrderDesk, chart: ChartDesk, invoicing: Invoicing) -> None:
        self._books = books
        self._orders = orders
        self._chart = chart
        self._invoicing = invoicing

    def routes(self) -> list[Route]:
        """The lines' paths, below their order."""
        place = f"{API}salesorders/<key>/lines"
        return [
            ("GET", place, lambda key: [shown(one) for one in self._books.lines(self._orders.found(key))]),
            ("POST", place, lambda key: shown(self.make(key, sent()))),
            ("GET", f"{place}/<line>", lambda key, line: shown(self.found(key, line))),
            ("PATCH", f"{place}/<line>", lambda key, line: shown(self.change(key, line, sent()))),
            ("DELETE", f"{place}/<line>", self._delete),
        ]

    def found(self, key: str, line: str) -> Doc:
        """One line of one order."""
        known = self._books.order_lines.get(line)
        if known is None or known["_order"] != self._orders.found(key)["id"]:
            raise not_found("Line")
        return known

    def make(self, key: str, told: Doc) -> Doc:
        """A new line at the end of an order."""
        order = self._open(key)
        made = {"type": "product", "quantity": 1, "price": 0, "discountRate": 0, **self._checked(told)}
        if made["type"] == "product" and "tax" not in made:
            made["tax"] = self._chart.chosen_tax({"id": self._books.account(REVENUE)["taxId"]}, "tax")
        made |= {"id": str(self._books.next_id("line", 1)), "_order": order["id"]}
        self._books.order_lines.put(made)
        self._invoicing.touched(order)
        return made

    def change(self, key: str, line: str, told: Doc) -> Doc:
        """A line with what the body changes."""
        order, known = self._open(key), self.found(key, line)
        made = {**known, **self._checked(told)}
        self._books.order_lines.put(made)
        self._invoicing.touched(order)
        return made

    def remove(self, key: str, line: str) -> None:
        """Takes a line off its order."""
        order, known = self._orders.found(key), self.found(key, line)
        if order["status"] in {"Invoice", "AdvanceInvoice"}:
            raise conflict("The sales order is invoiced")
        self._books.order_lines.drop(known["id"])
        self._invoicing.touched(order)

    def _delete(self, key: str, line: str) -> Response:
        self.remove(key, line)
        return Response(status=204)

    def _open(self, key: str) -> Doc:
        order = self._orders.found(key)
        if order["status"] in {"Invoice", "AdvanceInvoice"}:
            raise invalid(fault("status", "invoiced"))
        return order

    def _checked(self, told: Doc) -> Doc:
        """QUIRK: unknown properties are refused on lines (twentyfoursevenoffice.md 3.6)."""
        refuse_if(faults(told, {**LINE, "id": Field("integer")}, closed=True))
        made = {name: value for name, value in told.items() if name != "id"}
        if "product" in made:
            made["product"] = self._product(made["product"])
        if "tax" in made:
            made["tax"] = self._chart.chosen_tax(made["tax"], "tax.id")
        if "account" in made:
            made["account"] = self._account(made["account"])
        return made

    def _product(self, told: Doc) -> Doc:
        """QUIRK: the number cannot be written, only the id chooses (twentyfoursevenoffice.md 3.6, 7)."""
        found = kept(self._books.products, told.get("id"))
        if found is None:
            raise invalid(fault("product.id", "reference"))
        return {"id": int(found["id"]), "number": found["number"] or ""}

    def _account(self, told: Doc) -> Doc:
        found = kept(self._books.accounts, told.get("id"))
        if found is None:
            raise invalid(fault("account.id", "reference"))
        return {"id": int(found["id"]), "number": found["number"], "name": found["name"]}
