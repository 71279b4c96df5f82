"""Products in categories, tax codes and ways to pay at 24SevenOffice; short lists are read once per job."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from bridge_gui.accounting.ordering import Category, OrderProduct, OrderTax, PayMethod
from bridge_gui.vendors.twentyfoursevenoffice.client import TwentyFourSevenOfficeClient
from bridge_gui.vendors.twentyfoursevenoffice.payloads import (
    Named,
    OrganisationAnswer,
    ProductAnswer,
    TaxAnswer,
)
from bridge_gui.web.waiting import Cancel, check


class TwentyFourSevenOfficeShelf:
    """What an order line may name in one organisation."""

    _client: TwentyFourSevenOfficeClient

    def categories(self) -> tuple[Category, ...]:
        """All of them. QUIRK: they cannot be searched by name (twentyfoursevenoffice.md 3.2, spec)."""
        rows = self._client.all("productcategories", Named, {})
        return tuple(Category(id=str(row.id), name=row.name) for row in rows)

    def add_category(self, name: str) -> Category:
        """Make one, at the top."""
        row = self._client.write("POST", "productcategories", {"name": name, "parentId": 0}, Named)
        return Category(id=str(row.id), name=row.name or name)

    def products(self, ids: Collection[str], cancel: Cancel) -> tuple[OrderProduct, ...]:
        """Products by id; what is gone is left out."""
        found = []
        for one in dict.fromkeys(ids):
            check(cancel)
            row = self._client.found(f"products/{one}", ProductAnswer)
            found += [_product(row)] if row is not None else []
        return tuple(found)

    def products_named(self, name: str) -> tuple[OrderProduct, ...]:
        """Those with exactly this name.

        QUIRK: the search looks into numbers and suppliers' names too, and % in it stands for anything
        (twentyfoursevenoffice.md 3.3, spec); so it may only find too much, and is compared here.
        """
        wanted = _folded(name)
        if not wanted:
            return ()
        rows = self._client.all("products", ProductAnswer, {"productSearch": f"%{name.strip()}%"})
        found = {row.id: _product(row) for row in rows if _folded(row.name) == wanted}
        return tuple(found.values())

    def add_product(self, name: str, category: str, number: str = "") -> OrderProduct:
        """Make one in a category."""
        body = {"name": name[:150], "category": {"id": int(category)}} | (
            {"number": number} if number else {}
        )
        return _product(self._client.write("POST", "products", body, ProductAnswer))

    def order_taxes(self) -> tuple[OrderTax, ...]:
        """All tax codes, by number."""
        rows = sorted(self._client.one("taxes", list[TaxAnswer]), key=lambda row: (row.number, row.id))
        return tuple(
            OrderTax(key=str(row.id), rate=row.rate, number=str(row.number), name=row.name) for row in rows
        )

    def pay_methods(self) -> tuple[PayMethod, ...]:
        """The ways an order can have been paid already."""
        rows = self._client.one("paymentmethods", list[Named])
        return tuple(PayMethod(id=str(row.id), name=row.name) for row in rows)

    def base_currency(self) -> str:
        """The currency of the books; Norway's where the organisation tells none."""
        settings = self.organisation.settings
        return (settings.currency_code if settings else None) or "NOK"

    @cached_property
    def organisation(self) -> OrganisationAnswer:
        """The organisation itself."""
        return self._client.one("organization/information", OrganisationAnswer)


def _product(row: ProductAnswer) -> OrderProduct:
    category = row.category.id if row.category else None
    return OrderProduct(
        id=str(row.id), code=row.number or "", name=row.name, unit_price=row.sales_price,
        category="" if category is None else str(category), active=row.status == "active",
    )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
