"""The shop's counter: orders placed, changed and cancelled, invoice bases made, edited and sent.

Facts: sharefox.md sections 3.2 and 3.3. Inferred: a change order carries the changed lines only, its total
may be negative; card and register are paid when ordered; a basis may still be edited after it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.sharefox.simulator.assumed import KINDS
from bridge_gui.vendors.sharefox.simulator.export import ON_ACCOUNT
from bridge_gui.vendors.sharefox.simulator.shop import Shop, sums_of

OWN = (
    "firstName",
    "lastName",
    "email",
    "phone",
    "isCompany",
    "companyName",
    "companyOrgNo",
    "address",
    "postcode",
    "city",
    "country",
)
NEW: Doc = {"externalId": None, "externalStatus": None, "paid": False, "paidAt": None, "sentAt": None}
EDITABLE = frozenset({"issueDate", "dueDate", "customer", "lines", "periodFrom", "periodTo", "type"})


class Counter:
    """Writes orders and invoice bases as people in the shop do."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def place(
        self,
        customer: Doc,
        rows: Iterable[Doc],
        *,
        on: str,
        pays: str,
        of: Doc | None = None,
        currency: str = "NOK",
    ) -> Doc:
        """A new order; rows without a `startDate` are extra services."""
        key = self._shop.next_id("order", 1018)
        lines = [self._line(row, f"SFX-{key}-{at}") for at, row in enumerate(rows, 1)]
        stamp = f"{on}T09:12:00.000Z"
        made: Doc = {
            "id": key,
            "reference": f"SFX-{key}",
            "status": "Changed" if of else "Booked",
            "deliveryStatus": "Not delivered",
            "createdAt": stamp,
            "modifiedAt": stamp,
            "currency": currency,
            "paymentMethod": pays,
            "changeOf": of["id"] if of else None,
            "customer": {"id": customer["id"], **{name: customer[name] for name in OWN}},
            "bookings": [line for line in lines if line["startDate"]],
            "extraServices": [line for line in lines if not line["startDate"]],
            "_inclusive": bool(self._shop.settings["prices_include_vat"]),
            "_paid": pays != ON_ACCOUNT,
        }
        return self._keep(made)

    def cancel(self, order: Doc, on: str) -> Doc:
        """A cancelled order; its invoice bases stay as they are."""
        return self._keep({**order, "status": "Cancelled", "modifiedAt": f"{on}T15:00:00.000Z"})

    def invoice(
        self,
        order: Doc,
        *,
        on: str,
        kind: str = "",
        send: bool = True,
        period: tuple[str, str] | None = None,
        lines: Iterable[Doc] | None = None,
    ) -> Doc:
        """An invoice basis of the order's lines, or of others, for the whole order or a period."""
        own = [*order["bookings"], *order["extraServices"]] if lines is None else list(lines)
        key, (first, last) = self._shop.next_id("invoice", 5001), period or _period(order)
        stamp = f"{on}T10:00:00.000Z"
        made: Doc = {
            "id": key,
            "orderId": order["id"],
            "number": key,
            "type": self._kind(kind),
            "status": "draft",
            "periodFrom": first,
            "periodTo": last,
            "issueDate": on,
            "dueDate": _later(on, 14),
            "currency": order["currency"],
            "customer": {name: order["customer"][name] for name in OWN},
            "lines": [_billed(at, line) for at, line in enumerate(own, 1)],
            **NEW,
            "createdAt": stamp,
            "modifiedAt": stamp,
            "_order": order["id"],
            "_inclusive": order["_inclusive"],
        }
        made = self._summed(made)
        return self.send(made, stamp) if send else made

    def send(self, invoice: Doc, stamp: str) -> Doc:
        """The basis goes to accounting: from now on it is to be booked."""
        return self._summed({**invoice, "status": "sent", "sentAt": stamp, "modifiedAt": stamp})

    def edit(self, invoice: Doc, changes: Doc, stamp: str) -> Doc:
        """A basis with its header or lines changed."""
        if changes.keys() - EDITABLE:
            raise ValueError(sorted(changes.keys() - EDITABLE))
        own: list[Doc] = {**invoice, **changes}["lines"]
        lines = [_billed(at, line) for at, line in enumerate(own, 1)]
        customer = {**invoice["customer"], **changes.get("customer", {})}
        told = {**changes, "lines": lines, "customer": customer, "modifiedAt": stamp}
        return self._summed({**invoice, **told})

    def _kind(self, kind: str) -> str:
        """QUIRK: Data for accounting is there only with the shop's own link (sharefox.md 3.3)."""
        linked = bool(self._shop.settings["accounting_link"])
        kind = kind or ("data_for_accounting" if linked else "printed")
        if kind not in KINDS or (kind != "printed" and not linked):
            raise ValueError(kind)
        return kind

    def _line(self, row: Doc, reference: str) -> Doc:
        rented = bool(row.get("startDate"))
        made: Doc = {
            "id": self._shop.next_id("booking", 2001),
            "productId": row.get("productId"),
            "name": row["name"],
            "startDate": row.get("startDate"),
            "endDate": row.get("endDate"),
            "quantity": row.get("quantity", 1),
            "unitPrice": row["unitPrice"],
            "discountPercent": row.get("discountPercent", 0),
            "vatPercent": row["vatPercent"],
        }
        if rented:
            made |= {"bookingReference": reference, "status": "Booked", "inventoryItemId": None}
        return made

    def _keep(self, order: Doc) -> Doc:
        lines = [*order["bookings"], *order["extraServices"]]
        total = sums_of(lines, inclusive=order["_inclusive"]).gross
        made = {**order, "totalPrice": float(total)}
        self._shop.orders.put(made)
        return made

    def _summed(self, invoice: Doc) -> Doc:
        sums = sums_of(invoice["lines"], inclusive=invoice["_inclusive"])
        told = {"netAmount": float(sums.net), "vatAmount": float(sums.vat), "grossAmount": float(sums.gross)}
        made = {**invoice, **told}
        self._shop.invoices.put(made)
        return made


def _billed(at: int, line: Doc) -> Doc:
    """A line of a basis; QUIRK: dates alone, a free line has none and no product (sharefox.md 4)."""
    start, end = line.get("startDate"), line.get("endDate")
    rented: Any = line.get("bookingId", line.get("id") if start else None)
    return {
        "id": str(at),
        "bookingId": rented,
        "productId": line.get("productId"),
        "name": line["name"],
        "startDate": start[:10] if start else None,
        "endDate": end[:10] if end else None,
        "quantity": line.get("quantity", 1),
        "unitPrice": line["unitPrice"],
        "discountPercent": line.get("discountPercent", 0),
        "vatPercent": line["vatPercent"],
    }


def _period(order: Doc) -> tuple[str, str]:
    days = sorted(line[name][:10] for line in order["bookings"] for name in ("startDate", "endDate"))
    return (days[0], days[-1]) if days else (order["createdAt"][:10], order["createdAt"][:10])


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
