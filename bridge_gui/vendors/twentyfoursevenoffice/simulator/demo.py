"""The rental shop's books on their first day, and what its bookkeeper does there day by day.

Always the same, and invented throughout; customers are those that Sharefox's demo knows, as `rentals` says.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from bridge_gui.sandbox.kit import Doc
from bridge_gui.sandbox.rentals import RENTERS, Renter
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books
from bridge_gui.vendors.twentyfoursevenoffice.simulator.chart import ChartDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.customers import CustomerDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.invoicing import Invoicing
from bridge_gui.vendors.twentyfoursevenoffice.simulator.ledger import Ledger
from bridge_gui.vendors.twentyfoursevenoffice.simulator.lines import LineDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.orders import DEPARTMENT, PROJECT, OrderDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.products import ProductDesk


class Demo:
    """Plants the company and lets days pass."""

    def __init__(
        self,
        books: Books,
        chart: ChartDesk,
        customers: CustomerDesk,
        products: ProductDesk,
        orders: OrderDesk,
        lines: LineDesk,
        invoicing: Invoicing,
        ledger: Ledger,
    ) -> None:
        self._books = books
        self._chart = chart
        self._customers = customers
        self._products = products
        self._orders = orders
        self._lines = lines
        self._invoicing = invoicing
        self._ledger = ledger

    def plant(self) -> None:
        """Lists, customers as people left them, a product of their own, and two orders by hand."""
        self._chart.plant()
        known = {renter.email: self._know(renter) for renter in RENTERS if renter.known}
        category = self._products.make_category({"name": "Verktøy"})
        product = self._products.make({"name": "Arbeidstime", "number": "T-1", "salesPrice": 650,
                                       "category": {"id": int(category["id"])}})  # fmt: skip
        first = known[RENTERS[0].email]
        self._by_hand(first, product, 2)
        self._invoicing.invoice(self._by_hand(first, product, 3))

    def trade(self, day: date) -> None:
        """Somebody publishes orders; customers pay what fell due, now and then in part or too late."""
        chance = random.Random(f"24so {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        for order in self._books.orders.fresh.find():
            roll = chance.random()
            if order["status"] in {"Draft", "Web", "Confirmed"}:
                if roll < 0.4 and self._books.lines(order):
                    self._invoicing.invoice(order, day.isoformat())
            elif order.get("_number"):
                self._paid(order, day, roll)

    def _paid(self, order: Doc, day: date, roll: float) -> None:
        owed = self._ledger.owed(order)
        near = order["invoice"]["dueDate"] <= (day + timedelta(days=3)).isoformat()
        if owed <= 0 or not near or roll > 0.5:
            return
        part = owed if roll > 0.08 else owed // 2 or owed
        self._ledger.settle(order, 3, part, numbered=roll > 0.15, on=day.isoformat())

    def _know(self, renter: Renter) -> Doc:
        """As `known` says; QUIRK: numbers are kept as somebody typed them (twentyfoursevenoffice.md 8)."""
        if renter.known == "split":
            self._customer(renter, email="regnskap@provetak.example")
            return self._customer(renter, name="Prøve Tak Service", number="")
        if renter.known == "twice":
            self._customer(renter, name=f"{renter.company} avd. Nord")
        if renter.known == "merged":
            gone, kept = self._customer(renter), self._customer(renter, name="Sammenslått Hage Holding AS")
            self._books.customers.drop(gone["id"])
            return kept
        street = "Gammelveien 1" if renter.known == "moved" else renter.street
        return self._customer(renter, street=street)

    def _customer(self, renter: Renter, **changes: str) -> Doc:
        told = {"name": renter.company, "number": renter.number, "email": renter.email,
                "street": renter.street, **changes}  # fmt: skip
        address = {"street": told["street"], "postalCode": renter.postcode, "postalArea": renter.city,
                   "countrySubdivision": None, "countryCode": "NO"}  # fmt: skip
        row: Doc = {
            "isCompany": bool(renter.company),
            "email": {"contact": told["email"], "billing": None},
            "address": {"visit": address, "billing": {"name": told["name"] or None, **address}},
        }
        if renter.company:
            row |= {"name": told["name"], "organizationNumber": told["number"] or None}
        else:
            row["person"] = {"firstName": renter.first, "lastName": renter.last}
        return self._customers.make(row)

    def _by_hand(self, customer: Doc, product: Doc, hours: int) -> Doc:
        who = {"id": int(customer["id"]), "name": customer["name"]}
        # A person names the department and the project that the organisation asks for.
        told = [{"dimensionType": kind, "value": "1", "name": "Utleie"} for kind in (DEPARTMENT, PROJECT)]
        order = self._orders.make({"customer": who, "memo": "Skrevet for hånd", "dimensions": told})
        line = {"product": {"id": int(product["id"])}, "description": "Reparasjon", "quantity": hours,
                "price": 650}  # fmt: skip
        self._lines.make(order["id"], line)
        return self._orders.found(order["id"])
