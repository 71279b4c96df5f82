"""HighLevel's payments: transactions, the orders they pay, subscriptions.

Facts: highlevel.md 0, 3.4. Inferred: lists are the newest first; what the single read of an order or of a
transaction adds where only a sample shows it; that a full refund is told by the status, a part of one is not.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.highlevel.simulator.crm import (
    LOCATION,
    Crm,
    cents,
    number,
    page,
    plain,
    shown,
    window,
)

BASE = "/payments"
SINGLE_ONLY = ("invoiceId", "markAsTest", "qboSynced", "qboResponse", "receiptId", "isParent")
FILTERS = ("entitySourceType", "entitySourceSubType", "subscriptionId", "entityId", "contactId")

USUAL = {"funnel": "one_step_order_form", "website": "store", "calendar": "service"}


class PaymentDesk:
    """Reads payments and orders; people make them."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """All paths under `/payments`."""
        return [
            ("GET", f"{BASE}/transactions", self.transactions),
            ("GET", f"{BASE}/transactions/<key>", self.transaction),
            ("GET", f"{BASE}/orders", self.orders),
            ("GET", f"{BASE}/orders/<key>", self.order),
            ("GET", f"{BASE}/subscriptions", self.subscriptions),
            ("GET", f"{BASE}/subscriptions/<key>", self.subscription),
        ]

    def transactions(self) -> Doc:
        """The list. QUIRK: 10 rows unless told, and less than the single read (highlevel.md 3.4)."""
        rows = self._filtered(self._crm.transactions.find(order="createdAt", down=True), FILTERS)
        rows = window(rows, "createdAt")
        return {"data": [self._listed(row) for row in page(rows, 10)], "totalCount": len(rows)}

    def transaction(self, key: str) -> Doc:
        """One, with what its own read adds."""
        row = self._crm.need("transactions", key)
        told = self._unit(row)
        source = {name: told.get(f"entitySource{name.title()}") for name in ("type", "id", "name")}
        if told.get("entitySourceSubType"):
            source["subType"] = told["entitySourceSubType"]
        more: Doc = {
            "contactSnapshot": self._snapshot(row),
            "entitySource": {**source, "meta": {}},
            "chargeSnapshot": {"id": row["chargeId"]} if row.get("chargeId") else {},
            "invoiceId": row["entityId"] if row["entityType"] == "invoice" else "",
            "paymentProvider": {"type": row["paymentProviderType"]},
            "meta": {},
            "isParent": False,
            "markAsTest": False,
            "qboSynced": False,
            "traceId": self._crm.trace(),
        }
        kept = {name: value for name, value in told.items() if not name.startswith("entitySource")}
        if self._crm.settings["native_link"] and row["status"] == "succeeded" and row["liveMode"]:
            response = {"Id": str(int(key[:6], 16)), "SyncToken": "0", "TotalAmt": row["amount"]}
            more |= {"qboSynced": True, "qboResponse": response}
        return shown({**more, **kept})

    def orders(self) -> Doc:
        """QUIRK: the list leaves some out, and none has its items (highlevel.md 0)."""
        rows = [
            row for row in self._crm.orders.find(order="createdAt", down=True) if not row.get("_left_out")
        ]
        rows = self._filtered(rows, ("contactId", "status", "sourceId"))
        rows = window(rows, "createdAt")
        return {"data": [_order_row(row) for row in page(rows, 10)], "totalCount": len(rows)}

    def order(self, key: str) -> Doc:
        """One order with its items and sums."""
        row = self._crm.need("orders", key)
        return {**shown(row), "contactSnapshot": self._snapshot(row), "traceId": self._crm.trace()}

    def subscriptions(self) -> Doc:
        """The list of subscriptions."""
        rows = self._filtered(self._crm.subscriptions.find(), ("contactId", "entityId", "entitySourceType"))
        return {"data": [shown(row) for row in page(rows, 10)], "totalCount": len(rows)}

    def subscription(self, key: str) -> Doc:
        """One subscription."""
        row = self._crm.need("subscriptions", key)
        kept = {
            name: value
            for name, value in shown(row).items()
            if not name.startswith(("entitySource", "contactN", "contactE"))
        }
        source = {
            "type": row["entitySourceType"],
            "name": row["entitySourceName"],
            "id": row["entitySourceId"],
        }
        return {
            **kept,
            "entitySource": source,
            "contactSnapshot": self._snapshot(row),
            "traceId": self._crm.trace(),
        }

    def sell(self, told: Doc) -> Doc:
        """An order and the transaction that pays it; `items` with name, price, qty and rate."""
        person = self._crm.need("contacts", told["contactId"])
        order = self._order(told, person) if told.get("items") else None
        amount = number(told.get("amount", order["amount"] if order else 0))
        return self._transaction(told, person, order, amount)

    def refund(self, key: str, amount: Any = None) -> Doc:
        """Money goes back: the same row tells it."""
        row = self._crm.need("transactions", key)
        left = number(row["amount"]) - number(row["amountRefunded"])
        back = left if amount is None else number(amount)
        if back <= 0 or back > left:
            raise ValueError(f"cannot refund {back} of {left}")
        refunded = cents(number(row["amountRefunded"]) + back)
        whole = refunded == number(row["amount"])
        status = "refunded" if whole else self._crm.settings["partial_status"]
        return self.put({**row, "amountRefunded": plain(refunded), "status": status})

    def put(self, row: Doc) -> Doc:
        """Stores a transaction's new state."""
        kept = {**row, "updatedAt": self._crm.stamp()}
        self._crm.transactions.put(kept)
        return kept

    def subscribe(self, contact: str, amount: Any, name: str) -> Doc:
        """A subscription; its charges are transactions."""
        person, key, now = self._crm.need("contacts", contact), self._crm.new_id(), self._crm.stamp()
        made: Doc = {
            **_head(key, now),
            **_whose(person),
            "currency": self._crm.currency(),
            "amount": plain(number(amount)),
            "status": "active",
            "liveMode": True,
            "entityType": "order",
            "entityId": self._crm.new_id(),
            "entitySourceType": "funnel",
            "entitySourceName": name,
            "entitySourceId": self._crm.new_id("short"),
            "entitySourceMeta": {},
            "subscriptionId": f"sub_{key[:14]}",
            "paymentProviderType": "stripe",
        }
        self._crm.subscriptions.put(made)
        return made

    def _transaction(self, told: Doc, person: Doc, order: Doc | None, amount: Decimal) -> Doc:
        key, now = self._crm.new_id(), self._crm.stamp()
        provider = told.get("provider", "stripe")
        made: Doc = {
            **_head(key, now),
            "mergedFromContactId": None,
            **_whose(person),
            "currency": told.get("currency") or self._crm.currency(),
            "amount": plain(amount),
            "amountRefunded": 0,
            "status": told.get("status", "succeeded"),
            "liveMode": told.get("liveMode", True),
            "entityType": "order" if order else told.get("entityType", "subscription"),
            "entityId": order["_id"] if order else told.get("entityId", ""),
            "entitySourceType": told.get("source", "funnel"),
            "entitySourceSubType": told.get("subType") or USUAL.get(told.get("source", "funnel"), ""),
            "entitySourceName": told.get("sourceName", "Course funnel"),
            "entitySourceId": told.get("sourceId") or self._crm.new_id("short"),
            "entitySourceMeta": {},
            "subscriptionId": told.get("subscriptionId"),
            "chargeId": f"ch_{key[:12]}",
            "paymentProviderType": provider,
            "paymentMethod": {"card": {"brand": "visa", "last4": "0012"}},
            "fulfilledAt": told.get("fulfilledAt") or now,
            **{name: told[name] for name in ("markAsTest", "qboSynced", "qboResponse") if name in told},
        }
        self._crm.transactions.put(made)
        return made

    def _order(self, told: Doc, person: Doc) -> Doc:
        key, now = self._crm.new_id(), self._crm.stamp()
        currency = told.get("currency") or self._crm.currency()
        items = [self._item(item, currency) for item in told["items"]]
        source = {
            "type": told.get("source", "funnel"),
            "subType": told.get("subType") or USUAL.get(told.get("source", "funnel"), ""),
        }
        source |= {"id": self._crm.new_id("short"), "name": told.get("sourceName", "Course funnel")}
        made: Doc = {
            **_head(key, now),
            **_whose(person),
            "currency": currency,
            "status": told.get("orderStatus", "completed"),
            "liveMode": told.get("liveMode", True),
            "fulfillmentStatus": "unfulfilled",
            "source": source,
            "items": items,
            **_sums(told, items),
            "_left_out": bool(told.get("leftOut")),
        }
        if told.get("coupon"):
            made["coupon"] = {"code": told["coupon"]}
        self._crm.orders.put(made)
        return made

    def _item(self, item: Doc, currency: str) -> Doc:
        taxes = [self._tax(item["rate"])] if item.get("rate") else []
        price = {"_id": self._crm.new_id(), "name": item["name"], "type": item.get("type", "one_time")}
        product = {"_id": item.get("product") or self._crm.new_id(), "name": item["name"], "taxes": taxes}
        return {
            "name": item["name"],
            "qty": item.get("qty", 1),
            "product": product,
            "price": {**price, "currency": currency, "amount": item["price"]},
        }

    def _tax(self, rate: Any) -> Doc:
        name = "Sales tax" if self._crm.settings["country"] == "US" else "VAT"
        return {
            "_id": f"63770f5cecf298787c75{int(number(rate) * 100):04}",
            "calculation": "exclusive",
            "name": name,
            "rate": rate,
        }

    def _snapshot(self, row: Doc) -> Doc:
        """The person as they were; a merged one tells whom they came from."""
        found = self._crm.contacts.get(str(row.get("mergedFromContactId") or row["contactId"])) or {}
        names = (
            "id",
            "firstName",
            "lastName",
            "email",
            "phone",
            "address1",
            "city",
            "state",
            "postalCode",
            "country",
        )
        return {name: found[name] for name in names if found.get(name)}

    def _listed(self, row: Doc) -> Doc:
        return {name: value for name, value in shown(self._unit(row)).items() if name not in SINGLE_ONLY}

    def _unit(self, row: Doc) -> Doc:
        """QUIRK: amounts may be in minor units or texts (highlevel.md 3.4, 5): switches."""
        factor = 100 if self._crm.settings["minor_units"] else 1
        made: Doc = {name: plain(number(row[name]) * factor) for name in ("amount", "amountRefunded")}
        if self._crm.settings["money_as_text"]:
            made = {name: str(value) for name, value in made.items()}
        return {**row, **made}

    @staticmethod
    def _filtered(rows: list[Doc], names: tuple[str, ...]) -> list[Doc]:
        asked = request.args
        for name in names:
            if asked.get(name):
                rows = [row for row in rows if str(row.get(name)) == asked[name]]
        if asked.get("paymentMode") in {"live", "test"}:
            rows = [row for row in rows if row["liveMode"] == (asked["paymentMode"] == "live")]
        if asked.get("search"):
            wanted = asked["search"].lower()
            rows = [row for row in rows if wanted in f"{row['contactName']} {row['contactEmail']}".lower()]
        return rows


def _sums(told: Doc, items: list[Doc]) -> Doc:
    nets = [number(item["price"]["amount"]) * number(item["qty"]) for item in items]
    subtotal, discount = sum(nets, Decimal(0)), number(told.get("discount"))
    by_tax: dict[str, Doc] = {}
    for item, net in zip(items, nets, strict=True):
        share = discount * net / subtotal if subtotal else Decimal(0)
        for tax in item["product"]["taxes"]:
            known = by_tax.setdefault(tax["_id"], {**tax, "amount": Decimal(0)})
            known["amount"] += (net - share) * number(tax["rate"]) / 100
    taxes = [{**one, "amount": plain(cents(one["amount"]))} for one in by_tax.values()]
    tax = sum((number(one["amount"]) for one in taxes), Decimal(0))
    shipping = number(told.get("shipping"))
    summary = {"subtotal": subtotal, "discount": discount, "tax": tax, "shipping": shipping}
    return {
        "amountSummary": {name: plain(cents(value)) for name, value in summary.items()},
        "taxSummary": taxes,
        "amount": plain(cents(subtotal - discount + tax + shipping)),
    }


def _order_row(row: Doc) -> Doc:
    source, summary = row["source"], row["amountSummary"]
    types = [item["price"]["type"] for item in row["items"]]
    names = (
        "_id",
        "altId",
        "altType",
        "contactId",
        "contactName",
        "contactEmail",
        "currency",
        "amount",
        "status",
        "liveMode",
    )
    return {
        **{name: row[name] for name in (*names, "fulfillmentStatus", "createdAt", "updatedAt")},
        "subtotal": summary["subtotal"],
        "discount": summary["discount"],
        "totalProducts": len(types),
        "sourceType": source["type"],
        "sourceSubType": source["subType"],
        "sourceName": source["name"],
        "sourceId": source["id"],
        "sourceMeta": {},
        "couponCode": (row.get("coupon") or {}).get("code", ""),
        "onetimeProducts": types.count("one_time"),
        "recurringProducts": types.count("recurring"),
    }


def _head(key: str, now: str) -> Doc:
    return {
        "id": key,
        "_id": key,
        "altId": LOCATION,
        "altType": "location",
        "createdAt": now,
        "updatedAt": now,
    }


def _whose(person: Doc) -> Doc:
    name = f"{person.get('firstName') or ''} {person.get('lastName') or ''}".strip()
    return {"contactId": person["id"], "contactName": name, "contactEmail": person.get("email") or ""}
