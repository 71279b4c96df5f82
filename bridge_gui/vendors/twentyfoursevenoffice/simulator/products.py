"""Products, their categories and units.

Facts: twentyfoursevenoffice.md sections 3.2 and 3.3. Inferred: searches ignore case; a category that is
not there is a ValidationError; names need not be unique.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Route, Table, answer
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, kept, shown
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import (
    Field,
    fault,
    faults,
    missing,
    not_found,
    page_of,
    refuse_if,
    sent,
    whole,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API

_AMOUNT = Field("number", nullable=True)
_ID = Field("object", inside={"id": Field("integer")})
CATEGORY = {"name": Field(shortest=1), "alternativeReference": Field(), "parentId": Field("number")}
PRODUCT = {
    "name": Field(longest=150, shortest=1),
    "number": Field(longest=100, nullable=True),
    "description": Field(longest=500, nullable=True),
    "type": Field(choices=("default", "structure")),
    "status": Field(choices=("active", "inactive")),
    "costPrice": _AMOUNT,
    "salesPrice": _AMOUNT,
    "indirectCost": _AMOUNT,
    "webshopEnabled": Field("boolean"),
    "stock": Field("object"),
    "ean": Field(longest=14, nullable=True),
    "eanAlternative": Field(longest=25, nullable=True),
    "category": _ID,
    "units": _ID,
}
BUILT_IN = {"id": "-1", "name": "Standard", "parentId": 0}
"""QUIRK: accepted as a category though no list shows it (twentyfoursevenoffice.md 3.2, code)."""


class ProductDesk:
    """Reads, makes, changes and removes what is sold."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The paths of categories and products."""
        categories, products = self._books.categories, self._books.products
        return [
            ("GET", f"{API}productcategories", self._categories),
            ("POST", f"{API}productcategories", lambda: answer(shown(self.make_category(sent())), 201)),
            ("GET", f"{API}productcategories/<key>", lambda key: shown(_found(categories, key))),
            ("PATCH", f"{API}productcategories/<key>", self._change_category),
            ("DELETE", f"{API}productcategories/<key>", lambda key: _removed(categories, key)),
            ("GET", f"{API}products", self._products),
            ("POST", f"{API}products", lambda: answer(self.shown(self.make(sent())), 201)),
            ("GET", f"{API}products/<key>", lambda key: self.shown(_found(products, key))),
            ("PATCH", f"{API}products/<key>", lambda key: self.shown(self.change(key, sent()))),
            ("DELETE", f"{API}products/<key>", lambda key: _removed(products, key)),
        ]

    def make_category(self, told: Doc) -> Doc:
        """A new category."""
        refuse_if([*faults(told, CATEGORY), *missing(told, "name")])
        key = str(self._books.next_id("category", 12))
        told = {name: told[name] for name in CATEGORY if name in told}
        made: Doc = {"alternativeReference": "", "parentId": 0, **told, "id": key}
        made["modifiedAt"] = self._books.spaced()
        self._books.categories.put(made)
        return made

    def make(self, told: Doc) -> Doc:
        """A new product."""
        refuse_if([*faults(told, PRODUCT), *missing(told, "name", "category")])
        usual: Doc = {
            "number": None, "type": "default", "status": "active", "description": None, "costPrice": 0,
            "salesPrice": 0, "indirectCost": 0, "webshopEnabled": False, "ean": None, "eanAlternative": None,
            "stock": {"isManaged": False, "quantity": 0, "location": None}, "units": {"id": 1},
        }  # fmt: skip
        key = str(self._books.next_id("product", 101))
        made = {**usual, **self._checked(told), "id": key, "createdAt": self._books.spaced()}
        return self._keep(made)

    def change(self, key: str, told: Doc) -> Doc:
        """A product with what the body changes."""
        known = _found(self._books.products, key)
        refuse_if(faults(told, PRODUCT))
        return self._keep({**known, **self._checked(told)})

    def shown(self, row: Doc) -> Doc:
        """A product with its category and unit by name."""
        made = shown(row)
        category = kept(self._books.categories, row["category"]["id"]) or BUILT_IN
        made["category"] = {"id": row["category"]["id"], "name": category["name"]}
        unit = kept(self._books.units, row["units"].get("id"))
        made["units"] = shown(unit) if unit else {"id": None, "name": None, "symbol": None}
        return made

    def _checked(self, told: Doc) -> Doc:
        category = told.get("category")
        if category is not None and category.get("id") != -1:
            found = kept(self._books.categories, category.get("id"))
            refuse_if([] if found else [fault("category.id", "reference")])
        return {name: told[name] for name in PRODUCT if name in told}

    def _keep(self, row: Doc) -> Doc:
        made = {**row, "modifiedAt": self._books.spaced()}
        self._books.products.put(made)
        return made

    def _change_category(self, key: str) -> Doc:
        known, told = _found(self._books.categories, key), sent()
        refuse_if(faults(told, CATEGORY))
        changes = {name: told[name] for name in CATEGORY if name in told}
        made = {**known, **changes, "modifiedAt": self._books.spaced()}
        self._books.categories.put(made)
        return shown(made)

    def _categories(self) -> Response:
        """QUIRK: no filter by name (twentyfoursevenoffice.md 3.2)."""
        part, links = page_of(self._books.categories.find(), whole("limit", 25))
        return answer([shown(row) for row in part], headers=links)

    def _products(self) -> Response:
        rows = self._books.products.find()
        if text := request.args.get("productSearch"):
            rows = [row for row in rows if _meets(text, row["name"]) or _meets(text, row["number"])]
        if text := request.args.get("productNumber"):
            rows = [row for row in rows if row["number"] == text]
        if text := request.args.get("categoryIds"):
            wanted = {part.strip() for part in text.split(",")}
            rows = [row for row in rows if str(row["category"]["id"]) in wanted]
        if (text := request.args.get("ean")) and not self._books.old():
            rows = [row for row in rows if row["ean"] == text]
        part, links = page_of(rows, whole("limit", 25))
        return answer([self.shown(row) for row in part], headers=links)


def _meets(search: str, value: Any) -> bool:
    """QUIRK: `%x%` contains, `x%` begins, `%x` ends, else equal (twentyfoursevenoffice.md 3.3)."""
    text, core = str(value or "").lower(), search.strip("%").lower()
    if search.startswith("%") and search.endswith("%"):
        return core in text
    if search.endswith("%"):
        return text.startswith(core)
    return text.endswith(core) if search.startswith("%") else text == core


def _found(table: Table, key: str) -> Doc:
    row = table.get(key)
    if row is None:
        raise not_found("Product" if table.name == "products" else "Category")
    return row


def _removed(table: Table, key: str) -> Response:
    table.drop(_found(table, key)["id"])
    return Response(status=204)
