"""What people do in 24SevenOffice's own window, for tests and for trying things out.

Each action takes the JSON sent to `/_sandbox/person`; `id` names the order by its id or by its invoice's
number.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc, Refusal, exact
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books
from bridge_gui.vendors.twentyfoursevenoffice.simulator.chart import ChartDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.customers import CustomerDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.invoicing import Invoicing
from bridge_gui.vendors.twentyfoursevenoffice.simulator.ledger import Ledger
from bridge_gui.vendors.twentyfoursevenoffice.simulator.lines import LineDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.orders import OrderDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.products import ProductDesk


class People:
    """The shop's bookkeeper."""

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

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name."""
        acts: dict[str, Act] = {
            "publish_invoice": self.publish,
            "pay_invoice": self.pay,
            "credit_invoice": lambda sent: self._settled(sent, 2),
            "write_off_invoice": lambda sent: self._settled(sent, 7),
            "remind_invoice": self.remind,
            "edit_order": lambda sent: self._orders.change(self.order(sent)["id"], sent["changes"]),
            "delete_order": lambda sent: self._orders.remove(self.order(sent)["id"]),
            "add_line": lambda sent: self._lines.make(self.order(sent)["id"], sent["line"]),
            "edit_line": self._edit_line,
            "delete_line": lambda sent: self._lines.remove(self.order(sent)["id"], str(sent["line"])),
            "add_customer": lambda sent: self._customers.make(sent["customer"]),
            "edit_customer": lambda sent: self._customers.change(str(sent["id"]), sent["changes"]),
            "delete_customer": lambda sent: self._books.customers.drop(self._customer(sent["id"])["id"]),
            "merge_customers": self.merge,
            "add_category": lambda sent: self._products.make_category(sent["category"]),
            "add_product": lambda sent: self._products.make(sent["product"]),
            "rename_product": lambda sent: self._products.change(str(sent["id"]), {"name": sent["name"]}),
            "edit_product": lambda sent: self._products.change(str(sent["id"]), sent["changes"]),
            "delete_product": lambda sent: self._books.products.drop(str(sent["id"])),
            "add_tax": lambda sent: self._chart.add_tax(sent["number"], sent["name"], sent["rate"]),
            "add_payment_method": lambda sent: self._chart.add_method(
                int(sent["id"]), sent["name"], int(sent.get("account", 1925))
            ),
        }
        return {name: _honest(act) for name, act in acts.items()}

    def publish(self, sent: Doc) -> Doc:
        """Turns an order into an invoice at once, without the queue."""
        order = self.order(sent)
        if order.get("invoice", {}).get("number"):
            raise ValueError("invoiced already")
        if not self._books.lines(order):
            raise ValueError("no lines")
        return self._invoicing.invoice(order)

    def pay(self, sent: Doc) -> Doc:
        """Books a payment of what is due, or of `amount`; `without_number` leaves the invoice unnamed."""
        return self._settled(sent, 3, numbered=not sent.get("without_number"))

    def remind(self, sent: Doc) -> Doc:
        """Sends a reminder with a fee of `fee`."""
        return self._ledger.charge(self._invoiced(sent), Decimal(str(sent.get("fee", 35))))

    def merge(self, sent: Doc) -> Doc:
        """Customer `id` goes up in `into`: it is gone, its orders and entries are the other's."""
        gone, into = self._customer(sent["id"]), self._customer(sent["into"])
        for order in self._books.orders.fresh.find():
            if str(order["customer"]["id"]) == gone["id"]:
                customer = {**order["customer"], "id": int(into["id"]), "name": into["name"]}
                self._books.orders.put({**order, "customer": customer, "modifiedAt": self._books.iso()})
        for line in self._books.ledger.find(("_customer", "=", int(gone["id"]))):
            moved = {"customer": {"id": int(into["id"])}, "_customer": int(into["id"])}
            self._books.ledger.put({**line, **moved, "modifiedAt": self._books.iso()})
        self._books.customers.drop(gone["id"])
        return into

    def order(self, sent: Doc) -> Doc:
        """The order that an action means."""
        key = str(sent["id"])
        found = self._books.orders.fresh.get(key) or self._books.orders.fresh.first(("_number", "=", key))
        if found is None:
            raise LookupError(key)
        return found

    def _edit_line(self, sent: Doc) -> Doc:
        return self._lines.change(self.order(sent)["id"], str(sent["line"]), sent["changes"])

    def _settled(self, sent: Doc, kind: int, *, numbered: bool = True) -> Doc:
        order = self._invoiced(sent)
        amount = exact(sent["amount"]) if "amount" in sent else self._ledger.owed(order)
        return self._ledger.settle(order, kind, amount, numbered=numbered, on=sent.get("date", ""))

    def _invoiced(self, sent: Doc) -> Doc:
        order = self.order(sent)
        if not order.get("invoice", {}).get("number"):
            raise ValueError("not invoiced")
        return order

    def _customer(self, key: Any) -> Doc:
        found = self._books.customers.get(str(key)) or self._books.customers.first(("name", "=", key))
        if found is None:
            raise LookupError(key)
        return found


def _honest(act: Act) -> Act:
    """Refusals reach the control surface as plain errors."""

    def acted(sent: Doc) -> Any:
        try:
            return act(sent)
        except Refusal as refused:
            raise ValueError(str(refused.body)) from refused

    return acted
