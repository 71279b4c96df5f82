"""What a deal is made of: its products, its discounts, its instalments.

Facts: pipedrive.md section 3.2. Inferred, each a switch: whether `sum` contains tax, whether an amount of
discount is for the line or for each piece, whether a changed line bumps the deal's `update_time`.
"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.deals import READ
from bridge_gui.vendors.pipedrive.simulator.forms import (
    allowed,
    exact,
    found,
    invalid,
    missing,
    numbers,
    plain,
    rounded,
)
from bridge_gui.vendors.pipedrive.simulator.listing import PAGING, SORTING, listed
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint, get

SORTABLE = ("id", "deal_id", "add_time", "update_time", "order_nr")
METHODS = ("exclusive", "inclusive", "none")


class LineDesk:
    """Reads lines for the interface, and changes them for people."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Endpoint]:
        """All lists of what deals are made of."""
        return [
            get("/api/v2/deals/products", 10, self.of_many, *READ),
            get("/api/v2/deals/installments", 10, self.instalments, *READ),
            get("/api/v2/deals/<key>/products", 10, self.of_one, *READ),
            get("/api/v2/deals/<key>/discounts", 10, self.discounts, *READ),
        ]

    def of_one(self, key: str) -> Doc:
        """A deal's lines."""
        allowed((*SORTING, *PAGING))
        deal = self._deal(key)
        return listed(self._rows("lines", [deal["id"]]), tuple(one for one in SORTABLE if one != "deal_id"))

    def of_many(self) -> Doc:
        """The lines of up to a hundred deals."""
        allowed(("deal_ids", *SORTING, *PAGING))
        return listed(self._rows("lines", self._deal_ids()), SORTABLE)

    def discounts(self, key: str) -> Doc:
        """A deal's own discounts, all at once."""
        allowed(())
        rows = self._crm.rows("discounts", ("deal_id", "=", self._deal(key)["id"]))
        return found([_discount(row) for row in rows])

    def instalments(self) -> Doc:
        """QUIRK: no cursor in the answer (pipedrive.md 3)."""
        allowed(("deal_ids", *SORTING, *PAGING))
        told = listed(self._rows("instalments", self._deal_ids()), ("id", "billing_date", "deal_id"))
        names = ("id", "amount", "billing_date", "description", "deal_id")
        return found([{name: row[name] for name in names} for row in told["data"]])

    def add(self, deal: Doc, sent: Doc) -> Doc:
        """A line of a product, or of what a product left behind."""
        product = self._crm.get("products", sent.get("product_id"))
        price = self._price(product, deal["currency"])
        count = len(self._rows("lines", [deal["id"]]))
        tax_method = sent.get("tax_method") or self._method(deal) or "exclusive"
        usual: Doc = {
            "deal_id": deal["id"],
            "product_id": None,
            "product_variation_id": None,
            "name": product["name"] if product else "",
            "comments": "",
            "order_nr": count + 1,
            "quantity": 1,
            "item_price": price,
            "currency": deal["currency"],
            "discount": 0,
            "discount_type": "percentage",
            "tax": product["tax"] if product else 0,
            "tax_method": tax_method,
            "sum": 0,
            "is_enabled": True,
            "billing_frequency": "one-time",
            "billing_frequency_cycles": None,
            "billing_start_date": None,
        }
        made = self._crm.add("lines", {**usual, **sent})
        return self.change(made, {})

    def change(self, line: Doc, changes: Doc) -> Doc:
        """QUIRK: one line's tax method is every line's (pipedrive.md 3.2)."""
        made = {**line, **changes}
        if made["tax_method"] not in METHODS:
            raise ValueError(made["tax_method"])
        made["sum"] = plain(self._sum(made))
        self._crm.touch("lines", made)
        for row in self._rows("lines", [made["deal_id"]]):
            if row["tax_method"] != made["tax_method"]:
                turned = {**row, "tax_method": made["tax_method"]}
                self._crm.touch("lines", {**turned, "sum": plain(self._sum(turned))})
        self.revalue(made["deal_id"])
        return made

    def remove(self, line: Doc) -> None:
        """Takes a line off its deal."""
        self._crm.drop("lines", line["id"])
        self.revalue(line["deal_id"])

    def discount(self, deal: Doc, sent: Doc) -> Doc:
        """A discount of the whole deal."""
        key = self._crm.state.next_number("discount")
        made = {"id": key, "uuid": str(uuid.UUID(int=(0xD15C << 112) + (4 << 76) + (8 << 60) + key))}
        stamps = {name: self._crm.stamp() for name in ("created_at", "updated_at")}
        usual = {"type": "percentage", "amount": 0, "description": "", "created_by": 1, "updated_by": 1}
        self._crm.put("discounts", {**made, **usual, **stamps, "deal_id": deal["id"], **sent})
        self.revalue(deal["id"])
        return made

    def instalment(self, deal: Doc, sent: Doc) -> Doc:
        """A part of the deal with a day of its own."""
        return self._crm.add("instalments", {"description": "", "deal_id": deal["id"], **sent})

    def revalue(self, deal_id: int) -> None:
        """The deal's value follows its lines; a deal without lines keeps what somebody typed."""
        deal = self._crm.need("deals", deal_id)
        rows = [row for row in self._rows("lines", [deal_id]) if row["is_enabled"]]
        value = sum((exact(row["sum"]) for row in rows), Decimal(0))
        for row in self._crm.rows("discounts", ("deal_id", "=", deal_id)):
            part = exact(row["amount"])
            value -= rounded(value * part / 100) if row["type"] == "percentage" else part
        made = {**deal, "value": plain(value)} if rows else deal
        if self._crm.settings["lines_touch_deal"]:
            self._crm.touch("deals", made)
        else:
            self._crm.put("deals", made)

    def _sum(self, line: Doc) -> Decimal:
        gross = exact(line["quantity"]) * exact(line["item_price"])
        off = exact(line["discount"])
        if line["discount_type"] == "percentage":
            net = gross * (1 - off / 100)
        else:
            per_piece = self._crm.settings["amount_discount_per"] == "unit"
            net = gross - (off * exact(line["quantity"]) if per_piece else off)
        if line["tax_method"] == "exclusive" and self._crm.settings["sum_includes_tax"]:
            net *= 1 + exact(line["tax"]) / 100
        return rounded(net)

    def _price(self, product: Doc | None, currency: str) -> Any:
        rows = [row for row in (product or {}).get("prices", []) if row["currency"] == currency]
        return rows[0]["price"] if rows else 0

    def _method(self, deal: Doc) -> str | None:
        rows = self._rows("lines", [deal["id"]])
        return str(rows[0]["tax_method"]) if rows else None

    def _rows(self, table: str, deal_ids: list[int]) -> list[Doc]:
        return self._crm.rows(table, ("deal_id", "in", deal_ids))

    def _deal(self, key: str) -> Doc:
        deal = self._crm.get("deals", key)
        if deal is None:
            raise missing("Deal")
        return deal

    def _deal_ids(self) -> list[int]:
        told = numbers("deal_ids")
        if not told:
            raise invalid("deal_ids", "deal_ids is required")
        return told


def _discount(row: Doc) -> Doc:
    made = {name: value for name, value in row.items() if name != "uuid"}
    return {**made, "id": row["uuid"]}
