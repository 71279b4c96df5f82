"""Which invoices Xero accepts: what must be there, which state may follow which, closed periods.

Facts: xero.md sections 3.4 and 6. Inferred: drafts may be dated in a closed period; the text for a negative
total; that a user who may not approve is told so in a validation error.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.xero.simulator import says
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import day, number, rounded
from bridge_gui.vendors.xero.simulator.says import Unsure
from bridge_gui.vendors.xero.simulator.writing import Trouble

DRAFT, SUBMITTED, AUTHORISED, PAID = "DRAFT", "SUBMITTED", "AUTHORISED", "PAID"
VOIDED, DELETED = "VOIDED", "DELETED"
STRICT = frozenset({SUBMITTED, AUTHORISED})
MAY_FOLLOW = {
    "": {DRAFT, SUBMITTED, AUTHORISED},
    DRAFT: {DRAFT, SUBMITTED, AUTHORISED, DELETED},
    SUBMITTED: {SUBMITTED, DRAFT, AUTHORISED, DELETED},
    AUTHORISED: {AUTHORISED, VOIDED},
    PAID: {PAID, AUTHORISED},
    VOIDED: set[str](),
    DELETED: set[str](),
}
STILL_OPEN = frozenset(
    {"InvoiceID", "Reference", "DueDate", "InvoiceNumber", "BrandingThemeID", "Contact", "Url", "LineItems",
     "SentToContact", "Type", "Status", "ExpectedPaymentDate"}
)  # fmt: skip
"""What may change on an invoice that somebody has begun to pay."""


class InvoiceRules:
    """Raises `Trouble` for what may not be."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def check_state(self, known: Doc | None, wanted: str) -> None:
        """Whether the state may follow."""
        before = known["Status"] if known else ""
        if before == PAID and wanted == AUTHORISED:
            wanted = PAID
        if known and wanted == VOIDED and before in {AUTHORISED, PAID} and settled(known):
            raise Trouble(says.VOID_HAS_PAYMENTS)
        if wanted not in MAY_FOLLOW[before]:
            raise Trouble(says.NOT_VALID_STATUS)
        if not self._books.may("CreateDraftInvoice"):
            raise Trouble(Unsure.MAY_NOT_WRITE)
        if wanted == AUTHORISED and before != AUTHORISED:
            self._check_approval()
        if wanted == VOIDED and not self._books.may("CreateApprovedInvoice"):
            raise Trouble(Unsure.MAY_NOT_APPROVE)

    def check_settled(self, known: Doc, row: Doc) -> None:
        """A paid or part-paid invoice takes changes of a few fields only."""
        if settled(known) and any(name not in STILL_OPEN for name in row):
            raise Trouble(says.HAS_PAYMENTS)
        if settled(known) and "LineItems" in row and not _same_money(known, row["LineItems"]):
            raise Trouble(says.HAS_PAYMENTS)

    def check_day(self, doc: Doc, *, before: Doc | None = None) -> None:
        """Whether the day's period is open, of the document as it was and as it will be."""
        lock = self._books.lock_date()
        kept = [one for one in (before, doc) if one and one["Status"] not in {DRAFT, DELETED}]
        if lock and any(one["Date"] <= lock for one in kept):
            raise Trouble(says.locked(_worded(lock)))

    def check_whole(self, doc: Doc, contact: Doc | None) -> None:
        """What a submitted or approved invoice must have."""
        if doc["Status"] not in STRICT:
            return
        if not doc.get("DueDate"):
            raise Trouble(Unsure.DUE_DATE)
        if contact is None or contact["ContactStatus"] != "ACTIVE":
            raise Trouble(Unsure.CONTACT_ARCHIVED)
        if doc["Total"] < 0:
            raise Trouble(Unsure.NEGATIVE)

    def check_fields(self, doc: Doc, row: Doc) -> None:
        """Numbers, references, addresses, templates, totals."""
        name, reference, link = (doc.get(field) or "" for field in ("InvoiceNumber", "Reference", "Url"))
        if len(name) > 255 or not all(" " <= letter <= "~" for letter in name):
            raise Trouble(Unsure.NUMBER)
        if len(reference) > 255:
            raise Trouble(Unsure.REFERENCE)
        if link and (not urlsplit(link).netloc or "xero" in link.lower()):
            raise Trouble(Unsure.URL)
        if doc.get("BrandingThemeID") and self._books.themes.get(doc["BrandingThemeID"]) is None:
            raise Trouble(Unsure.THEME)
        if self._books.currencies.get(doc["CurrencyCode"]) is None:
            raise Trouble(Unsure.CURRENCY.format(doc["CurrencyCode"]))
        if row.get("SentToContact") and doc["Status"] not in {AUTHORISED, PAID}:
            raise Trouble(Unsure.SENT)
        for field in ("SubTotal", "TotalTax", "Total"):
            told = number(row.get(field))
            if told is not None and rounded(told) != number(doc[field]):
                raise Trouble(says.WRONG_TOTAL)

    def check_number(self, doc: Doc) -> None:
        """A number is given once. Whether a deleted draft frees its own is unsettled, so it is a switch."""
        frees = {DELETED} if self._books.settings["deleted_frees_number"] else set()
        for other in self._books.invoices.find(("InvoiceNumber", "=", doc["InvoiceNumber"])):
            if other["id"] != doc["id"] and other["Type"] == doc["Type"] and other["Status"] not in frees:
                raise Trouble(says.NUMBER_TAKEN)

    def _check_approval(self) -> None:
        if not self._books.may("CreateApprovedInvoice"):
            raise Trouble(Unsure.MAY_NOT_APPROVE)
        limit = self._books.settings["approve_limit"]
        month = self._books.today()[:7]
        if limit and self._books.state.value(f"approved {month}", 0) >= limit:
            raise Trouble(says.APPROVE_LIMIT)


def settled(doc: Doc) -> bool:
    """Whether a payment or a credit note is on it."""
    return bool(doc["AmountPaid"] or doc["AmountCredited"])


def wanted_day(row: Doc, field: str, usual: str | None) -> str | None:
    """A day of a request; what cannot be read is refused."""
    if row.get(field) in {None, ""}:
        return usual
    read = day(row[field])
    if read is None:
        raise Trouble(Unsure.DATE_FORM)
    return read


def _same_money(known: Doc, rows: Any) -> bool:
    """Whether sent lines leave every amount as it is: only texts, accounts and tracking may differ."""
    if not isinstance(rows, list) or len(rows) != len(known["LineItems"]):
        return False
    kept = {line["LineItemID"]: line for line in known["LineItems"]}
    fields = ("Quantity", "UnitAmount", "TaxType", "DiscountRate", "LineAmount", "TaxAmount")
    return all(
        row.get("LineItemID") in kept
        and all(row[field] == kept[row["LineItemID"]].get(field) for field in fields if field in row)
        for row in rows
    )


def _worded(lock: str) -> str:
    read = date.fromisoformat(lock)
    return f"{read.day} {read.strftime('%B %Y')}"
