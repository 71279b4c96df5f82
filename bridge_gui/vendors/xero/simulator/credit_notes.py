"""Credit notes: enough for an invoice that is credited, wholly or in part.

Facts: xero.md sections 3.4 (Contact of an invoice paid by one) and 6; the paths of the OpenAPI document.
Inferred: numbers `CN-0001`; that a note used up is PAID.
"""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.contacts import ContactDesk
from bridge_gui.vendors.xero.simulator.forms import (
    NotHere,
    day,
    envelope,
    number,
    rounded,
    same_id,
    sent,
    shown,
)
from bridge_gui.vendors.xero.simulator.invoice_rules import AUTHORISED, DRAFT, PAID
from bridge_gui.vendors.xero.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.xero.simulator.lines import Document, LineDesk, totals
from bridge_gui.vendors.xero.simulator.listing import answered, changed, matching, ordered, told
from bridge_gui.vendors.xero.simulator.says import Unsure
from bridge_gui.vendors.xero.simulator.writing import Trouble, outcome, summarized

PATH = "/api.xro/2.0/CreditNotes"
FIELDS = frozenset(
    {"CreditNoteID", "CreditNoteNumber", "Status", "Type", "Date", "Reference", "UpdatedDateUTC"}
)


class CreditDesk:
    """Makes credit notes and sets them against invoices."""

    def __init__(self, books: Books, contacts: ContactDesk, invoices: InvoiceDesk) -> None:
        self._books = books
        self._contacts = contacts
        self._invoices = invoices
        self._lines = LineDesk(books)

    def routes(self) -> list[Route]:
        """Listing, making, setting against."""
        return [
            ("GET", PATH, self.listing),
            ("PUT", PATH, self._many),
            ("GET", f"{PATH}/<key>", self.one),
            ("PUT", f"{PATH}/<key>/Allocations", self.allocations),
        ]

    def listing(self) -> Doc:
        """All of them."""
        rows = ordered(matching(changed(self._books.credit_notes), FIELDS), FIELDS)
        return answered(
            self._books, "CreditNotes", rows, self._dressed, self._dressed, paged=bool(told("page"))
        )

    def one(self, key: str) -> Doc:
        """One credit note."""
        return envelope(self._books.now(), "CreditNotes", [self._dressed(self._found(key))])

    def allocations(self, key: str) -> Doc:
        """Sets an amount against an invoice."""

        def write(row: Doc) -> Doc:
            invoice = self._invoices.found(str((row.get("Invoice") or {}).get("InvoiceID", "")))
            return self.allocate(self._found(key), invoice, number(row.get("Amount")) or Decimal(0))

        return summarized(self._books, "Allocations", sent("Allocations"), write, "AllocationID")

    def make(self, row: Doc) -> Doc:
        """A credit note of these lines."""
        contact = self._contacts.known(row.get("Contact") or {})
        if contact is None:
            raise Trouble(Unsure.CONTACT)
        status, amounts = row.get("Status") or DRAFT, row.get("LineAmountTypes") or "Exclusive"
        document = Document(amounts, status == AUTHORISED, sale=False, allowed_ids=None, places=4)
        lines = self._lines.lines(row.get("LineItems") or [], document)
        key = self._books.new_id()
        made = {
            "id": key,
            "CreditNoteID": key,
            "CreditNoteNumber": row.get("CreditNoteNumber")
            or f"CN-{self._books.state.next_number('credit note'):04}",
            "Type": "ACCRECCREDIT",
            "Status": status,
            "Date": day(row.get("Date")) or self._books.today(),
            "Reference": row.get("Reference", ""),
            "CurrencyCode": row.get("CurrencyCode") or "EUR",
            "LineAmountTypes": amounts,
            "LineItems": lines,
            "Allocations": [],
            "_contact": contact["id"],
            **totals(lines, amounts),
        }
        made.pop("TotalDiscount", None)
        made = self._books.touched({**made, "RemainingCredit": made["Total"]})
        self._books.credit_notes.put(made)
        return made

    def allocate(self, note: Doc, invoice: Doc, amount: Decimal) -> Doc:
        """Uses up a part of the note for what is due on the invoice."""
        left, due = Decimal(str(note["RemainingCredit"])), Decimal(str(invoice["AmountDue"]))
        usable = note["Status"] == AUTHORISED and invoice["Status"] == AUTHORISED
        if not usable or not 0 < amount <= min(left, due):
            raise Trouble(Unsure.CREDIT_OVER)
        today = self._books.today()
        short = {"InvoiceID": invoice["InvoiceID"], "InvoiceNumber": invoice["InvoiceNumber"]}
        made = {
            "AllocationID": self._books.new_id(),
            "Amount": float(amount),
            "Date": today,
            "Invoice": short,
        }
        status = PAID if left == amount else AUTHORISED
        kept = {"Allocations": [*note["Allocations"], made], "Status": status}
        self._books.credit_notes.put(
            self._books.touched({**note, **kept, "RemainingCredit": float(left - amount)})
        )
        credited = rounded(Decimal(str(invoice["AmountCredited"])) + amount)
        told_now = {"CreditNoteID": note["id"], "CreditNoteNumber": note["CreditNoteNumber"]}
        told_now |= {"Date": today, "AppliedAmount": float(amount), "Total": note["Total"]}
        notes = [*invoice["_notes"], told_now]
        self._invoices.reckon({**invoice, "AmountCredited": float(credited), "_notes": notes})
        dressed: Doc = shown(made)
        return dressed

    def _many(self) -> Doc:
        def write(row: Doc) -> Doc:
            return outcome(self._dressed(self.make(row)))

        return summarized(self._books, "CreditNotes", sent("CreditNotes"), write, "CreditNoteID")

    def _found(self, key: str) -> Doc:
        found = self._books.credit_notes.get(same_id(key))
        if found is None:
            raise NotHere
        return found

    def _dressed(self, note: Doc) -> Doc:
        contact = self._books.contacts.get(note["_contact"])
        made: Doc = shown(note)
        return {**made, "Contact": self._contacts.inside(contact) if contact else {}}
