"""Payday's products, as far as invoices and a price list need them.

Facts: payday.md sections 3.1, 3.6 and 4 (upsert's summary, the refusal of an equal SKU). Inferred: the rest.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from bridge_gui.sandbox.kit import Doc, Refusal, Route
from bridge_gui.vendors.payday.simulator.books import Books, pick, public
from bridge_gui.vendors.payday.simulator.chart import INCOME
from bridge_gui.vendors.payday.simulator.reading import asked, body, invalid, missing, page

EMPTY: Doc = {
    "name": "",
    "description": None,
    "sku": None,
    "quantity": None,
    "salesUnitPriceExcludingVAT": 0.0,
    "salesUnitPriceIncludingVAT": 0.0,
    "salesLedgerAccountId": None,
    "vatPercentage": 24.0,
    "tags": [],
    "archived": False,
}


class ProductDesk:
    """Lists, makes and changes products; stock movements are not kept."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """All paths under `/products` but the stock's."""
        return [
            ("GET", "/products/", self.listing),
            ("POST", "/products/", self.create),
            ("POST", "/products/upsert", self.upsert),
            ("GET", "/products/sku/", self.by_sku),
            ("GET", "/products/salesLedgerAccounts", self.sales_accounts),
            ("GET", "/products/<key>", self.one),
            ("PUT", "/products/<key>", self.update),
            ("DELETE", "/products/<key>", self.delete),
        ]

    def listing(self) -> Any:
        """A page of products."""
        where = [("name", "like", f"%{asked('query')}%")] if asked("query") else []
        order = "name" if asked("orderBy").lower() == "name" else ""
        down = asked("order").lower() == "desc"
        return page(self._books.products.shown(), "products", *where, order=order, down=down)

    def by_sku(self) -> Any:
        """The product of that SKU."""
        return public(self._known(self._books.products.shown().first(("sku", "=", asked("sku")))))

    def one(self, key: str) -> Any:
        """One product."""
        return public(self._known(self._books.products.shown().get(key)))

    def sales_accounts(self) -> Any:
        """The accounts usable for sales."""
        found = self._books.accounts.find(("type", "=", INCOME), order="code")
        return [pick(account, "id", "code", "name", "defaultVatPercentType") for account in found]

    def create(self) -> Any:
        """A new product with an SKU of its own."""
        return public(self.add(body()))

    def update(self, key: str) -> Any:
        """Changes the fields sent."""
        changed = {**self._known(self._books.products.fresh.get(key)), **pick(body(), *EMPTY)}
        self._books.products.put(changed)
        return public(changed)

    def delete(self, key: str) -> Any:
        """Removes a product."""
        self._books.products.drop(self._known(self._books.products.fresh.get(key))["id"])
        return Response(status=200)

    def upsert(self) -> Any:
        """Makes or changes each by its SKU, and says of each how it went."""
        results = [self._put(sent) for sent in body().get("products", [])]
        counts = {
            name: sum(1 for result in results if result["status"] == status)
            for name, status in (("created", "Created"), ("updated", "Updated"), ("unsuccessful", "Error"))
        }
        return {"summary": counts, "products": results}

    def add(self, sent: Doc) -> Doc:
        """Stores a new product."""
        if not sent.get("name"):
            raise invalid("Name is required.")
        sku = sent.get("sku")
        if sku and self._books.products.fresh.first(("sku", "=", sku)) is not None:
            raise Refusal(
                400, f"Unable to Create the product. Product already exists with the following SKU: {sku}"
            )
        made = {"id": self._books.new_id(), **EMPTY, **pick(sent, *EMPTY)}
        made["created"] = self._books.stamp()
        self._books.products.put(made)
        return made

    def _put(self, sent: Doc) -> Doc:
        sku = sent.get("sku")
        known = self._books.products.fresh.first(("sku", "=", sku)) if sku else None
        if known is not None:
            changed = {**known, **pick(sent, *EMPTY)}
            self._books.products.put(changed)
            return {**public(changed), "status": "Updated", "error": None}
        try:
            return {**public(self.add(sent)), "status": "Created", "error": None}
        except Refusal as refusal:
            return {**pick(sent, *EMPTY), "status": "Error", "error": str(refusal.body)}

    def _known(self, found: Doc | None) -> Doc:
        if found is None:
            raise missing()
        return found
