"""Xero's items: products by code.

Facts: xero.md section 3.3. Inferred: a name may be left out; tax types are not checked.
"""

from __future__ import annotations

from decimal import Decimal

from flask import Response, has_request_context, request

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import NotHere, envelope, number, rounded, same_id, sent, shown
from bridge_gui.vendors.xero.simulator.limits import API
from bridge_gui.vendors.xero.simulator.listing import changed, matching, ordered, told
from bridge_gui.vendors.xero.simulator.says import Unsure, item_taken
from bridge_gui.vendors.xero.simulator.writing import Trouble, outcome, summarized

PATH = "/api.xro/2.0/Items"
LENGTHS = {"Code": 30, "Name": 50, "Description": 4000, "PurchaseDescription": 4000}
KEPT = (*LENGTHS, "IsSold", "IsPurchased", "SalesDetails", "PurchaseDetails")
FIELDS = frozenset({"ItemID", "Code", "Name", "Description", "IsSold", "IsPurchased", "UpdatedDateUTC"})


def places() -> int:
    """How many decimals prices have in this request. QUIRK: two, unless `unitdp=4` (xero.md 5)."""
    asked = has_request_context() and request.path.startswith(API)
    return 4 if not asked or told("unitdp") == "4" else 2


class ItemDesk:
    """Finds, makes, changes and removes items."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """All paths under `/Items`."""
        return [
            ("GET", PATH, self.listing),
            ("PUT", PATH, lambda: self._many(sent("Items"), create=True)),
            ("POST", PATH, lambda: self._many(sent("Items"), create=False)),
            ("GET", f"{PATH}/<key>", self.one),
            ("POST", f"{PATH}/<key>", self.update),
            ("DELETE", f"{PATH}/<key>", self.delete),
        ]

    def listing(self) -> Doc:
        """All of them: there are no pages and no search."""
        rows = ordered(matching(changed(self._books.items), FIELDS), FIELDS)
        return envelope(self._books.now(), "Items", [_dressed(row) for row in rows])

    def one(self, key: str) -> Doc:
        """One item by id or, as is believed, by code."""
        return envelope(self._books.now(), "Items", [_dressed(self._found(key))])

    def update(self, key: str) -> Doc:
        """Changes one item."""
        found = self._found(key)
        return self._many([{**found, **row} for row in sent("Items")[:1]], create=False)

    def delete(self, key: str) -> Response:
        """Takes an item off the list."""
        self._books.items.drop(self._found(key)["id"])
        return Response(status=204)

    def keep(self, row: Doc, *, create: bool) -> Doc:
        """Stores an item; `Trouble` says what is wrong with it."""
        code = str(row.get("Code") or "")
        if not code:
            raise Trouble(Unsure.ITEM_CODE)
        for field, longest in LENGTHS.items():
            if len(str(row.get(field) or "")) > longest:
                raise Trouble(Unsure.TOO_LONG + field)
        known = self._books.items.get(same_id(row.get("ItemID"))) or self._books.items.first(
            ("Code", "=", code)
        )
        if known is not None and create:
            raise Trouble(item_taken(code))
        made = {**(known or self._empty()), **{name: row[name] for name in KEPT if name in row}}
        made["SalesDetails"] = _priced(made.get("SalesDetails") or {})
        made = self._books.touched(made)
        self._books.items.put(made)
        return made

    def _many(self, rows: list[Doc], *, create: bool) -> Doc:
        def write(row: Doc) -> Doc:
            return outcome(_dressed(self.keep(row, create=create)))

        return summarized(self._books, "Items", rows, write, "ItemID")

    def _found(self, key: str) -> Doc:
        found = self._books.items.get(same_id(key)) or self._books.items.first(("Code", "=", key))
        if found is None:
            raise NotHere
        return found

    def _empty(self) -> Doc:
        key = self._books.new_id()
        flags = {"IsTrackedAsInventory": False, "IsSold": True, "IsPurchased": True}
        return {"id": key, "ItemID": key, **flags, "PurchaseDetails": {}}


def _priced(details: Doc) -> Doc:
    price = number(details.get("UnitPrice"))
    return details if price is None else {**details, "UnitPrice": float(rounded(price, places()))}


def _dressed(item: Doc) -> Doc:
    price = number(item["SalesDetails"].get("UnitPrice", Decimal(0)))
    details = {**item["SalesDetails"]}
    if price is not None and "UnitPrice" in details:
        details["UnitPrice"] = float(rounded(price, places()))
    made: Doc = shown({**item, "SalesDetails": details})
    return made
