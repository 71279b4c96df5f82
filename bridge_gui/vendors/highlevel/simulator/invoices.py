"""HighLevel's invoices: drafted, sent, paid in parts, voided, deleted.

Facts: highlevel.md 3.3, 6. Inferred: in `says.Unsure`; the list is the newest first; what has a payment may
be edited but not below it; a payment recorded by hand is a transaction like any other.
"""

from __future__ import annotations

from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.sandbox.studio import STUDIO
from bridge_gui.vendors.highlevel.simulator.crm import (
    LOCATION,
    Crm,
    cents,
    number,
    page,
    plain,
    sent,
    shown,
    window,
)
from bridge_gui.vendors.highlevel.simulator.says import Unsure, bad, unprocessable
from bridge_gui.vendors.highlevel.simulator.totals import totals

STATUSES = {"draft", "sent", "payment_processing", "paid", "void", "partially_paid"}
NEEDED = ("name", "businessDetails", "currency", "items", "discount", "contactDetails", "issueDate", "sentTo")
EDITED = (
    "name", "title", "currency", "businessDetails", "invoiceNumber", "invoiceNumberPrefix", "contactDetails",
    "termsNotes", "discount", "invoiceItems", "issueDate", "dueDate", "liveMode", "miscellaneousCharges",
    "tipsConfiguration", "paymentSchedule",
)  # fmt: skip
MODES = {"cash", "card", "cheque", "bank_transfer", "other"}
BASE = "/invoices"


class InvoiceDesk:
    """Makes and follows invoices."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """All paths under `/invoices`."""
        return [
            ("GET", f"{BASE}/", self.listing),
            ("POST", f"{BASE}/", self.create),
            ("GET", f"{BASE}/generate-invoice-number", self.next_number),
            ("GET", f"{BASE}/<key>", self.one),
            ("PUT", f"{BASE}/<key>", self.update),
            ("DELETE", f"{BASE}/<key>", self.remove),
            ("POST", f"{BASE}/<key>/send", self.send),
            ("POST", f"{BASE}/<key>/void", self.void),
            ("POST", f"{BASE}/<key>/record-payment", self.record_payment),
        ]

    def listing(self) -> Doc:
        """QUIRK: `limit` and `offset` must be told (highlevel.md 3.3)."""
        asked = request.args
        rows = self._crm.invoices.find(order="createdAt", down=True)
        if asked.get("sortField") not in {None, "issueDate"}:
            raise unprocessable("sortField must be one of the following values: issueDate")
        if asked.get("sortField"):
            rows = self._crm.invoices.find(order="issueDate", down=asked.get("sortOrder") == "descend")
        if asked.get("status"):
            rows = [row for row in rows if row["status"] == asked["status"]]
        if asked.get("paymentMode") in {"live", "test"}:
            rows = [row for row in rows if row["liveMode"] == (asked["paymentMode"] == "live")]
        if asked.get("contactId"):
            rows = [row for row in rows if row["contactDetails"]["id"] == asked["contactId"]]
        if asked.get("search"):
            rows = [row for row in rows if _mentions(row, asked["search"].lower())]
        rows = window(rows, self._crm.settings["invoice_dates"])
        told = [self.shown(row) for row in page(rows, None)]
        if self._crm.settings["list_without_items"]:
            told = [{name: value for name, value in row.items() if name != "invoiceItems"} for row in told]
        return {"invoices": told, "total": len(rows)}

    def one(self, key: str) -> Doc:
        """One invoice."""
        return {**self.shown(self._crm.need("invoices", key)), "traceId": self._crm.trace()}

    def create(self) -> Doc:
        """A draft."""
        body = sent()
        wrong = [f"{name} should not be empty" for name in NEEDED if name not in body]
        details = body.get("contactDetails") or {}
        wrong += [
            f"contactDetails.{one} should not be empty"
            for one in ("id", "name", "phoneNo", "email")
            if not details.get(one)
        ]
        if wrong:
            raise unprocessable(*wrong)
        return self.shown(self.make({**body, "invoiceItems": body["items"]}))

    def next_number(self) -> Doc:
        """The number that a new invoice would have."""
        return {"invoiceNumber": int(self._crm.state.value("counter:invoice", 1000)) + 1}

    def update(self, key: str) -> Doc:
        """Changes an invoice that is not paid or void."""
        known, body = self._crm.need("invoices", key), sent()
        wrong = [
            f"{name} should not be empty"
            for name in ("name", "currency", "invoiceItems", "issueDate", "dueDate")
            if not body.get(name)
        ]
        if wrong:
            raise unprocessable(*wrong)
        return self.shown(self.change(known, body))

    def remove(self, key: str) -> Doc:
        """Deletes for good."""
        known = self._crm.need("invoices", key)
        self._crm.invoices.drop(key)
        return self.shown(known)

    def send(self, key: str) -> Doc:
        """Sends, or marks as sent."""
        known, body = self._crm.need("invoices", key), sent()
        if body.get("action") not in {"email", "sms", "sms_and_email", "send_manually"}:
            raise unprocessable(
                "action must be one of the following values: sms_and_email, send_manually, email, sms"
            )
        return {"invoice": self.shown(self.mark_sent(known)), "smsData": {}, "emailData": {}}

    def void(self, key: str) -> Doc:
        """Voids what was sent."""
        return self.shown(self.make_void(self._crm.need("invoices", key)))

    def record_payment(self, key: str) -> Doc:
        """A payment that somebody writes down."""
        known, body = self._crm.need("invoices", key), sent()
        if body.get("mode") not in MODES:
            raise unprocessable(
                "mode must be one of the following values: cash, card, cheque, bank_transfer, other"
            )
        wrong = [f"{name} should not be empty" for name in ("card", "cheque", "notes") if name not in body]
        if wrong and self._crm.settings["strict_record_payment"]:
            raise unprocessable(*wrong)
        amount = number(body.get("amount", known["amountDue"]))
        paid = self.pay(
            known,
            amount,
            {"mode": body["mode"], "fulfilledAt": body.get("fulfilledAt"), "notes": body.get("notes")},
        )
        return {"success": True, "invoice": self.shown(paid)}

    def make(self, told: Doc) -> Doc:
        """A new invoice as it is kept."""
        now, key = self._crm.stamp(), self._crm.new_id()
        prefix = told.get("invoiceNumberPrefix", "INV-")
        following = str(told.get("invoiceNumber") or self._crm.state.next_number("invoice", 1001))
        made: Doc = {
            "id": key,
            "_id": key,
            "status": "draft",
            "liveMode": bool(told.get("liveMode", True)),
            "altId": LOCATION,
            "altType": "location",
            "name": told.get("name", "New invoice"),
            "title": told.get("title", "INVOICE"),
            "invoiceNumber": following,
            "invoiceNumberPrefix": prefix,
            "currency": told.get("currency") or self._crm.currency(),
            "businessDetails": told.get("businessDetails") or {"name": STUDIO},
            "discount": {"type": "percentage", "value": 0},
            "dueDate": told.get("dueDate") or told["issueDate"],
            "amountPaid": 0,
            "automaticTaxesEnabled": False,
            "createdAt": now,
        }
        return self.change(made, told)

    def change(self, known: Doc, told: Doc) -> Doc:
        """An invoice with some fields new and its sums worked out again."""
        if known["status"] in {"paid", "void"}:
            raise bad(Unsure.NOT_EDITABLE)
        made = {**known, **{name: told[name] for name in EDITED if name in told}}
        made["invoiceItems"] = [self._item(item, made["currency"]) for item in made.get("invoiceItems") or []]
        if not made["invoiceItems"]:
            raise unprocessable("invoiceItems should not be empty")
        made |= totals(made)
        if number(made["total"]) < number(made["amountPaid"]):
            raise bad(Unsure.TOO_MUCH)
        return self._kept(made)

    def mark_sent(self, known: Doc) -> Doc:
        """A draft is sent; what was sent before stays as it is."""
        if known["status"] == "void":
            raise bad(Unsure.NOT_EDITABLE)
        made = {**known, "status": "sent"} if known["status"] == "draft" else known
        return self._kept({**made, "sentAt": self._crm.stamp()})

    def make_void(self, known: Doc) -> Doc:
        """From sent or partly paid only (highlevel.md 6)."""
        if known["status"] not in {"sent", "partially_paid"}:
            raise bad(Unsure.NOT_VOIDABLE)
        return self._kept({**known, "status": "void"})

    def pay(self, known: Doc, amount: Any, how: Doc) -> Doc:
        """A payment: a transaction, and less that is due."""
        if known["status"] == "paid":
            raise bad(Unsure.PAID)
        if known["status"] == "payment_processing":
            raise bad(Unsure.PROCESSING, 409)
        if known["status"] == "void":
            raise bad(Unsure.NOT_EDITABLE)
        if number(amount) <= 0 or number(amount) > number(known["amountDue"]):
            raise bad(Unsure.TOO_MUCH)
        paid = cents(number(known["amountPaid"]) + number(amount))
        status = "paid" if paid >= number(known["total"]) else "partially_paid"
        made = self._kept({**known, "amountPaid": plain(paid), "status": status})
        self._transaction(made, number(amount), how)
        return made

    def shown(self, invoice: Doc) -> Doc:
        """An invoice as answers carry it."""
        made = shown(invoice)
        if self._crm.settings["number_as_number"] and str(made["invoiceNumber"]).isdigit():
            made["invoiceNumber"] = int(made["invoiceNumber"])
        return made

    def _kept(self, made: Doc) -> Doc:
        due = cents(number(made["total"]) - number(made["amountPaid"]))
        kept = {**made, "amountDue": plain(due), "updatedAt": self._crm.stamp()}
        self._crm.invoices.put(kept)
        return kept

    def _item(self, item: Doc, currency: str) -> Doc:
        wrong = [
            f"invoiceItems.{name} should not be empty"
            for name in ("name", "amount", "qty")
            if item.get(name) in {None, ""}
        ]
        if wrong:
            raise unprocessable(*wrong)
        usual: Doc = {
            "_id": item.get("_id") or self._crm.new_id("short"),
            "currency": currency,
            "taxes": [],
            "taxInclusive": False,
        }
        return {**usual, **item}

    def _transaction(self, invoice: Doc, amount: Any, how: Doc) -> None:
        key, now = self._crm.new_id(), how.get("at") or self._crm.stamp()
        mode = how.get("mode", "card")
        charged = mode == "card" and how.get("provider")
        self._crm.transactions.put(
            {
                "id": key,
                "_id": key,
                "altId": LOCATION,
                "altType": "location",
                "contactId": invoice["contactDetails"]["id"],
                "contactName": invoice["contactDetails"]["name"],
                "contactEmail": invoice["contactDetails"].get("email") or "",
                "currency": invoice["currency"],
                "amount": plain(cents(amount)),
                "amountRefunded": 0,
                "status": "succeeded",
                "liveMode": invoice["liveMode"],
                "entityType": "invoice",
                "entityId": invoice["_id"],
                "entitySourceType": "invoice",
                "entitySourceSubType": "",
                "entitySourceName": invoice["name"],
                "entitySourceId": invoice["_id"],
                "entitySourceMeta": {},
                "chargeId": f"ch_{key[:12]}" if charged else "",
                "paymentProviderType": how.get("provider") or "custom",
                "paymentMethod": {"card": {"brand": "visa", "last4": "0012"}} if charged else {"mode": mode},
                "createdAt": now,
                "updatedAt": now,
                "fulfilledAt": how.get("fulfilledAt") or now,
            }
        )


def _mentions(row: Doc, wanted: str) -> bool:
    person = row["contactDetails"]
    told = (
        row["_id"],
        row["name"],
        person.get("name"),
        person.get("email"),
        person.get("phoneNo"),
        row["invoiceNumber"],
    )
    return any(wanted in str(one or "").lower() for one in told)
