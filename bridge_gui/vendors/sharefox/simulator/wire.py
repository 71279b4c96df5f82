"""How the shop's records look in answers: ids, discounts, types, instants, wrappers and pages.

Facts: sharefox.md section 4 (worked objects, adapter rules). Inferred: all that a switch of `assumed` varies.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from bridge_gui.sandbox.kit import Doc, Settings, exact
from bridge_gui.sandbox.rentals import ZONE
from bridge_gui.vendors.sharefox.simulator.assumed import KINDS
from bridge_gui.vendors.sharefox.simulator.door import refused
from bridge_gui.vendors.sharefox.simulator.shop import ore

IDS = frozenset({"id", "orderId", "bookingId", "productId", "userId", "inventoryItemId", "changeOf"})
INSTANTS = frozenset({"createdAt", "modifiedAt", "sentAt", "paidAt"})


class Wire:
    """Dresses records as the switches say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def shown(self, value: Any, name: str = "") -> Any:
        """A record as answers carry it, nothing of the simulator's own."""
        if isinstance(value, list):
            return [self.shown(one) for one in value]
        if not isinstance(value, dict):
            return self._plain(value, name)
        made = {key: self.shown(inner, key) for key, inner in value.items() if not key.startswith("_")}
        if "discountPercent" in made:
            made |= self._discount(made)
        return made

    def listed(self, rows: list[Doc], name: str) -> Any:
        """A page of a collection in its wrapper."""
        page, limit = _whole("page", 1), _whole("limit", 50)
        part = self._part(rows, page, limit)
        shown = [self.shown(row) for row in part]
        form = self._settings["wrapper"]
        if form == "array":
            return shown
        more = {"total": len(rows), "page": page, "limit": limit} if self._settings["with_total"] else {}
        return {name if form == "named" else form: shown, **more}

    def _part(self, rows: list[Doc], page: int, limit: int) -> list[Doc]:
        if self._settings["paging"] == "ignored":
            return rows
        pages = max(1, -(-len(rows) // limit))
        if self._settings["paging"] == "repeats":
            page = min(page, pages)
        return rows[(page - 1) * limit : page * limit]

    def _plain(self, value: Any, name: str) -> Any:
        if value is None:
            return None
        if name in IDS:
            return str(value) if self._settings["id_form"] == "text" else int(value)
        if name in INSTANTS and self._settings["naive_times"]:
            moment = datetime.fromisoformat(str(value)).astimezone(ZoneInfo(ZONE))
            return moment.strftime("%Y-%m-%dT%H:%M:%S")
        if name == "type" and self._settings["type_form"] == "label":
            return KINDS[str(value)]
        return value

    def _discount(self, line: Doc) -> Doc:
        """QUIRK: no discount may be written as a dash (sharefox.md 3.1)."""
        form, percent = self._settings["discount_form"], line["discountPercent"]
        if form in {"amount", "only_amount"}:
            amount = exact(line["quantity"]) * exact(line["unitPrice"]) * exact(percent) / 100
            kept = percent if form == "amount" else None
            return {"discountAmount": float(ore(amount)), "discountPercent": kept}
        if percent or form == "percent":
            return {}
        return {"discountPercent": "-" if form == "dash" else None}


def kind_of(text: str) -> str:
    """A type as it is kept, of either way to write it."""
    labels = {label.lower(): key for key, label in KINDS.items()}
    return labels.get(text.lower(), text)


def _whole(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return usual
    if not text.isdigit() or int(text) < 1:
        raise refused(400, "bad_request", f"{name} must be a whole number")
    return int(text)
