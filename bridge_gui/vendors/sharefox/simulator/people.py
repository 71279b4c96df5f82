"""What people do in the shop's own window, for tests and for trying things out.

Each action takes the JSON sent to `/_sandbox/person`; `order`, `invoice` and `customer` are ids.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc
from bridge_gui.vendors.sharefox.simulator.counter import Counter
from bridge_gui.vendors.sharefox.simulator.demo import Demo
from bridge_gui.vendors.sharefox.simulator.door import Door
from bridge_gui.vendors.sharefox.simulator.export import accounting_file
from bridge_gui.vendors.sharefox.simulator.shop import Shop
from bridge_gui.vendors.sharefox.simulator.wire import kind_of


class People:
    """The shop's staff."""

    def __init__(self, shop: Shop, counter: Counter, demo: Demo, door: Door) -> None:
        self._shop = shop
        self._counter = counter
        self._demo = demo
        self._door = door

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name."""
        return {
            "place_order": self.place,
            "change_order": self.change,
            "cancel_order": lambda sent: self._counter.cancel(self._order(sent), self._shop.today()),
            "pay_order": lambda sent: self._shop.orders.put({**self._order(sent), "_paid": True}),
            "make_invoice": self.invoice,
            "send_invoice": lambda sent: self._counter.send(self._invoice(sent), self._shop.stamp()),
            "edit_invoice": lambda sent: self._counter.edit(
                self._invoice(sent), sent["changes"], self._shop.stamp()
            ),
            "delete_invoice": lambda sent: self._shop.invoices.drop(self._invoice(sent)["id"]),
            "edit_customer": self.edit_customer,
            "rename_product": self.rename,
            "export_accounting": self.export,
            "revoke_token": lambda _: self._door.expire(),
            "allow_token": lambda _: self._door.plant(),
        }

    def place(self, sent: Doc) -> Doc:
        """Places an order: `customer`, `lines` (`name` and `days`, or whole lines), `pays`."""
        customer = self._shop.found(self._shop.customers, sent["customer"])
        day = sent.get("on") or self._shop.today()
        rows = [self._row(row, day) for row in sent["lines"]]
        pays, currency = sent.get("pays", "Faktura"), sent.get("currency", "NOK")
        return self._counter.place(customer, rows, on=day, pays=pays, currency=currency)

    def change(self, sent: Doc) -> Doc:
        """Puts a change order with `lines` on top of order `order`."""
        order = self._order(sent)
        customer = self._shop.found(self._shop.customers, order["customer"]["id"])
        day = sent.get("on") or self._shop.today()
        rows = [self._row(row, day) for row in sent["lines"]]
        return self._counter.place(
            customer, rows, on=day, pays=order["paymentMethod"], of=order, currency=order["currency"]
        )

    def invoice(self, sent: Doc) -> Doc:
        """Makes an invoice basis of order `order`: `type`, `lines`, `from` and `to`, `send`."""
        first, last = sent.get("from"), sent.get("to")
        return self._counter.invoice(
            self._order(sent),
            on=sent.get("on") or self._shop.today(),
            kind=kind_of(sent.get("type", "")),
            send=bool(sent.get("send", True)),
            period=(first, last) if first and last else None,
            lines=sent.get("lines"),
        )

    def edit_customer(self, sent: Doc) -> Doc:
        """Changes a customer's record; orders and bases keep what they had."""
        known = self._shop.found(self._shop.customers, sent["customer"])
        if sent["changes"].keys() - known.keys():
            raise ValueError(sorted(sent["changes"].keys() - known.keys()))
        made = {**known, **sent["changes"]}
        self._shop.customers.put(made)
        return made

    def rename(self, sent: Doc) -> Doc:
        """Gives product `product` another name; what was ordered keeps the old one."""
        made = {**self._shop.found(self._shop.products, sent["product"]), "name": sent["name"]}
        self._shop.products.put(made)
        return made

    def export(self, sent: Doc) -> Doc:
        """Downloads the accounting file of `from` to `to`; `on_account` takes those with Faktura too."""
        content = accounting_file(
            self._shop, sent.get("from", ""), sent.get("to", ""), on_account=bool(sent.get("on_account"))
        )
        return {"name": "accounting.xlsx", "content": base64.b64encode(content).decode()}

    def _row(self, row: Doc, day: str) -> Doc:
        if "unitPrice" in row:
            return row
        begin = date.fromisoformat(row.get("start", day))
        more: dict[str, Any] = {name: row[name] for name in ("quantity", "discountPercent") if name in row}
        return self._demo.row(row["name"], begin, int(row.get("days", 1)), **more)

    def _order(self, sent: Doc) -> Doc:
        return self._shop.found(self._shop.orders, sent["order"])

    def _invoice(self, sent: Doc) -> Doc:
        return self._shop.found(self._shop.invoices, sent["invoice"])
