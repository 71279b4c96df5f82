"""Invoices as answers show them, whole or bare, and as filters see them. Facts: xero.md section 3.4."""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.contacts import ContactDesk
from bridge_gui.vendors.xero.simulator.forms import shown
from bridge_gui.vendors.xero.simulator.lines import seen

FIELDS = frozenset(
    {"Type", "Status", "InvoiceID", "InvoiceNumber", "Reference", "Date", "DueDate", "AmountDue",
     "AmountPaid", "AmountCredited", "Total", "SubTotal", "TotalTax", "CurrencyCode", "UpdatedDateUTC",
     "SentToContact",
     "LineAmountTypes", "Contact.ContactID", "Contact.Name", "Contact.ContactNumber", "Url"}
)  # fmt: skip
SEARCHED = ("InvoiceNumber", "Reference", "Contact.Name")


class Showing:
    """Dresses invoices for answers."""

    def __init__(self, books: Books, contacts: ContactDesk) -> None:
        self._books = books
        self._contacts = contacts

    def findable(self, invoice: Doc) -> Doc:
        """With the part of its contact that filters may name."""
        contact = self._books.contacts.get(invoice["_contact"]) or {}
        told = {name: contact.get(name) for name in ("ContactID", "Name", "ContactNumber")}
        return {**invoice, "Contact": told}

    def full(self, invoice: Doc) -> Doc:
        """With lines, payments, credit notes and the whole contact."""
        contact = self._books.contacts.get(invoice["_contact"])
        rows = self._books.payments.find(("_document", "=", invoice["id"]), ("Status", "=", "AUTHORISED"))
        payments = [
            {name: row.get(name) for name in ("PaymentID", "Date", "Amount", "Reference", "CurrencyRate")}
            for row in rows
        ]
        attached = self._books.attachments.first(("_document", "=", invoice["id"])) is not None
        made: Doc = shown(
            {
                **invoice,
                "LineItems": [seen(line) for line in invoice["LineItems"]],
                "Payments": payments,
                "CreditNotes": invoice["_notes"],
                "Prepayments": [],
                "Overpayments": [],
                "HasAttachments": attached,
            }
        )
        return {**made, "Contact": self._contacts.inside(contact) if contact else {}}

    def bare(self, invoice: Doc) -> Doc:
        """QUIRK: an unpaged list carries no lines (xero.md 3.4)."""
        contact = self.findable(invoice)["Contact"]
        left_out = ("LineItems", "Payments")
        made: Doc = shown({name: value for name, value in invoice.items() if name not in left_out})
        named = {name: value for name, value in contact.items() if value is not None}
        return {**made, "LineItems": [], "Contact": {**named, "HasValidationErrors": False}}
