"""What Payday demands of an invoice's head, and the shape of the whole document.

Facts: payday.md sections 3.3 and 4 (order of the refusals as far as told, their texts).
Inferred: `Invoice date is required`, `Due date is required`.
"""

from __future__ import annotations

from typing import Any

from bridge_gui.sandbox.kit import Doc, Refusal
from bridge_gui.vendors.payday.simulator.books import Books, day, pick
from bridge_gui.vendors.payday.simulator.invoice_lines import checked_lines, totals
from bridge_gui.vendors.payday.simulator.reading import invalid

DATES = ("invoiceDate", "dueDate", "finalDueDate")
NAMES = {
    "invoiceDate": "Invoice date",
    "dueDate": "Due date",
    "finalDueDate": "Final due date",
}
FREE = ("description", "reference", "createClaim", "createElectronicInvoice", "accountingCost", "sendEmail")
EMPTY: Doc = {
    **dict.fromkeys(("payor", "number", "reference", "description", "paidDate", "sentDate")),
    **dict.fromkeys(("cancelledDate", "refundDate", "creditDate", "claimCreated", "claimFinalDueDate")),
    "claimCancelled": False,
    **dict.fromkeys(("claimCancelledDate", "vatNumber", "accountingCost", "ocr")),
    **dict.fromkeys(("createClaim", "createElectronicInvoice", "sendEmail"), False),
    "currencyRate": 1.0,
    "defaultInterest": 0.0,
    "capitalGainsTax": 0.0,
    "payments": [],
    "_issueAt": None,
}


def checked_document(books: Books, sent: Doc, invoice: str) -> Doc:
    """Head, lines and totals of a full invoice document, without its status; or the first refusal."""
    customer = _party(books, sent.get("customer"))
    dates = {name: day(sent.get(name)) for name in DATES}
    for name, value in dates.items():
        if value is None:
            raise Refusal(400, f"{NAMES[name]} is required")
    if not sent.get("currencyCode"):
        raise Refusal(400, "Currency code is required")
    if len(str(sent.get("description") or "")) > 1024:
        raise invalid("Description must be at most 1024 characters.")
    _check_electronic(customer, sent)
    lines = checked_lines(books, sent.get("lines"), invoice, books.settings["vat_registered"])
    return {
        **{name: sent[name] for name in FREE if sent.get(name) is not None},
        **dates,
        "currencyCode": sent["currencyCode"],
        "customer": pick(customer, "id", "ssn", "name"),
        "payor": pick(_party(books, sent["payor"]), "id", "ssn", "name") if sent.get("payor") else None,
        "lines": lines,
        **totals(books, lines),
        "_customer": customer["id"],
    }


def _party(books: Books, sent: Any) -> Doc:
    """QUIRK: a bare id string is "Invalid JSON data", customerId is not known (payday.md 3.3)."""
    if sent is not None and not isinstance(sent, dict):
        raise Refusal(400, "Invalid JSON data")
    found = books.customers.fresh.get(str((sent or {}).get("id")))
    if found is None:
        raise Refusal(400, "Customer is required")
    return found


def _check_electronic(customer: Doc, sent: Doc) -> None:
    if sent.get("createElectronicInvoice") and not customer["sendElectronicInvoices"]:
        text = "Customer does not accept electronic invoices."
        raise Refusal(400, {"errorCode": 21018, "errorMessage": text})
