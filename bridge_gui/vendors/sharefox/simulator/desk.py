"""What the shop answers: orders, invoice bases, customers, products, the one thing to be written.

Facts: sharefox.md section 4, whose numbers the routes name. Inferred: see `assumed`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Condition, Doc, Route, Table
from bridge_gui.vendors.sharefox.simulator.assumed import BASES
from bridge_gui.vendors.sharefox.simulator.door import refused
from bridge_gui.vendors.sharefox.simulator.export import accounting_file
from bridge_gui.vendors.sharefox.simulator.shop import Shop
from bridge_gui.vendors.sharefox.simulator.wire import Wire, kind_of

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITABLE = {"status": str, "externalId": str, "externalStatus": str, "paid": bool, "paidAt": str}


class Desk:
    """The views, below both bases."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._wire = Wire(shop.settings)

    def routes(self) -> list[Route]:
        """Calls 2, 3, 5, 6, 8 and 9, and the accounting file."""
        shop = self._shop
        paths: list[tuple[str, str, Callable[..., Any]]] = [
            ("GET", "/admin/orders", self._orders),
            ("GET", "/admin/orders/<key>", lambda key: self._one(shop.orders, key)),
            ("GET", "/orders/<reference>", self._by_reference),
            ("GET", "/admin/orders/<key>/invoices", self._invoices_of),
            ("GET", "/admin/invoices", self._invoices),
            ("GET", "/admin/invoices/<key>", lambda key: self._one(shop.invoices, key)),
            ("PATCH", "/admin/invoices/<key>", self._write_back),
            ("GET", "/admin/customers", self._customers),
            ("GET", "/products", lambda: self._wire.listed(shop.products.find(), "products")),
            ("GET", "/products/<key>", lambda key: self._one(shop.products, key)),
            ("GET", "/admin/reports/accounting-file", self._file),
        ]
        return [(method, f"{base}{path}", view) for base in BASES for method, path, view in paths]

    def _one(self, table: Table, key: str) -> Any:
        return self._wire.shown(self._need(table.get(key)))

    def _by_reference(self, reference: str) -> Any:
        return self._wire.shown(self._need(self._shop.orders.first(("reference", "=", reference))))

    def _orders(self) -> Any:
        return self._wire.listed(self._shop.orders.find(*self._window(), *_told(status="status")), "orders")

    def _invoices_of(self, key: str) -> Any:
        order = self._need(self._shop.orders.get(key))
        return self._wire.listed(self._shop.invoices.find(("_order", "=", order["id"])), "invoices")

    def _invoices(self) -> Any:
        conditions = [*self._window(), *_told(status="status")]
        if kind := request.args.get("type"):
            conditions.append(("type", "=", kind_of(kind)))
        return self._wire.listed(self._shop.invoices.find(*conditions), "invoices")

    def _customers(self) -> Any:
        text = request.args.get("q", "").lower()
        fields = ("firstName", "lastName", "email", "companyName", "companyOrgNo")
        rows = self._shop.customers.find()
        found = [row for row in rows if any(text in str(row[field] or "").lower() for field in fields)]
        return self._wire.listed(found, "customers")

    def _write_back(self, key: str) -> Any:
        """QUIRK: whether a foreign program may write here at all is unknown (sharefox.md 4, inferred)."""
        allowed = self._shop.settings["write_back"]
        if allowed == "missing":
            raise refused(404, "not_found", "Not found")
        invoice = self._need(self._shop.invoices.get(key))
        if allowed != "accepts":
            raise refused(403, "forbidden", "Not allowed")
        changes = _sent()
        made = {**invoice, **changes, "modifiedAt": self._shop.stamp()}
        self._shop.invoices.put(made)
        return self._wire.shown(made)

    def _file(self) -> Response:
        asked = request.args
        content = accounting_file(
            self._shop,
            asked.get("from", ""),
            asked.get("to", ""),
            on_account=asked.get("includeInvoice") == "true",
        )
        return Response(content, content_type=SHEET)

    def _window(self) -> list[Condition]:
        """The days of `from` and `to`, both included."""
        field = "modifiedAt" if self._shop.settings["window"] == "modified" else "createdAt"
        first, last = request.args.get("from", "")[:10], request.args.get("to", "")[:10]
        begin: list[Condition] = [(field, ">=", first)] if first else []
        return [*begin, (field, "<=", f"{last}T99")] if last else begin

    def _need(self, row: Doc | None) -> Doc:
        if row is None:
            raise refused(404, "not_found", "Not found")
        return row


def _told(**fields: str) -> list[Condition]:
    """The parameters that were sent, each as what its field has to be."""
    return [(field, "=", request.args[name]) for name, field in fields.items() if request.args.get(name)]


def _sent() -> Doc:
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise refused(400, "bad_request", "Malformed body") from error
    if not isinstance(read, dict):
        raise refused(400, "bad_request", "Malformed body")
    for name, value in read.items():
        if name not in WRITABLE or not isinstance(value, (WRITABLE[name], type(None))):
            raise refused(400, "validation_error", f"{name} cannot be written")
    return read
