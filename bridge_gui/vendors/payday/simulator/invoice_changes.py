"""PUT on an invoice: six modes, told apart by the body.

Facts: payday.md section 3.3 (the table of modes) and 4 (texts). Inferred: that a PUT replaces the lines
(switch `put_lines`), refusals for drafts, that an update spelt otherwise than DRAFT issues the draft.
"""

from __future__ import annotations

from typing import Any

from bridge_gui.sandbox.kit import Doc, Refusal, Route
from bridge_gui.vendors.payday.simulator.books import Books, day, public
from bridge_gui.vendors.payday.simulator.invoice_booking import InvoiceBooking
from bridge_gui.vendors.payday.simulator.invoice_lines import merged, totals
from bridge_gui.vendors.payday.simulator.invoice_rules import checked_document
from bridge_gui.vendors.payday.simulator.invoices import DRAFT, InvoiceDesk
from bridge_gui.vendors.payday.simulator.reading import body, invalid


class InvoiceChanges:
    """Changes invoices; never by PATCH, which Payday does not know."""

    def __init__(self, books: Books, desk: InvoiceDesk, booking: InvoiceBooking) -> None:
        self._books = books
        self._desk = desk
        self._booking = booking

    def routes(self) -> list[Route]:
        """The one path."""
        return [("PUT", "/invoices/<key>", self.update)]

    def update(self, key: str) -> Any:
        """The changed invoice with its lines."""
        changed = self.change(self._desk.fresh(key), body())
        return {**public(changed), "lines": [public(line) for line in changed["lines"]]}

    def change(self, invoice: Doc, sent: Doc) -> Doc:
        """One of the six modes."""
        status = sent.get("status")
        if "lines" in sent or status == DRAFT:
            return self.replace(invoice, sent, merge=self._books.settings["put_lines"] == "merge")
        if status == "PAID":
            _check(invoice, "PAID", "SENT")
            return self._desk.keep(self._booking.paid(invoice, sent))
        if status == "CANCELLED":
            return self.cancel(invoice, sent)
        if status == "SENT":
            return self._again(invoice, sent)
        if status is None and sent.get("finalDueDate"):
            return self._extend(invoice, sent)
        raise invalid("Status is not valid.")

    def cancel(self, invoice: Doc, sent: Doc) -> Doc:
        """Cancels an issued invoice; not while it is still pending."""
        _check(invoice, "CANCELLED", "SENT")
        on = day(sent.get("cancelledDate"))
        if on is None:
            raise invalid("Cancelled date is required.")
        cancelled = {**invoice, "status": "CANCELLED", "cancelledDate": on}
        self._booking.cancelled(cancelled)
        return self._desk.keep(cancelled)

    def replace(self, invoice: Doc, sent: Doc, *, merge: bool) -> Doc:
        """The whole draft anew. QUIRK: spelt otherwise than DRAFT it is issued (payday.md 3.3)."""
        if invoice["status"] != DRAFT:
            raise Refusal(400, f"Invoice with status {_standing(invoice)} cannot be updated")
        document = checked_document(self._books, sent, invoice["id"])
        if merge:
            lines = merged(invoice["lines"], document["lines"])
            document |= {"lines": lines, **totals(self._books, lines)}
        changed = {**invoice, **document}
        return self._desk.keep_draft(changed) if sent.get("status") == DRAFT else self._desk.issue(changed)

    def _again(self, invoice: Doc, sent: Doc) -> Doc:
        """Sends the e-mail once more, or cancels the bank claim."""
        if invoice["status"] == DRAFT:
            raise Refusal(400, "Invoice with status DRAFT cannot be updated to status SENT")
        if not sent.get("claimCancelledDate"):
            return invoice
        cancelled = {"claimCancelled": True, "claimCancelledDate": day(sent["claimCancelledDate"])}
        return self._desk.keep({**invoice, **cancelled})

    def _extend(self, invoice: Doc, sent: Doc) -> Doc:
        _check(invoice, "SENT", "SENT")
        on = day(sent["finalDueDate"])
        if on is None:
            raise Refusal(400, "Final due date is required")
        return self._desk.keep({**invoice, "finalDueDate": on})


def _standing(invoice: Doc) -> str:
    """The status as refusals name it; an issued invoice without its number is Pending."""
    return "Pending" if invoice["_issueAt"] else str(invoice["status"])


def _check(invoice: Doc, wanted: str, needed: str) -> None:
    standing = _standing(invoice)
    if standing != needed:
        raise Refusal(400, f"Invoice with status {standing} cannot be updated to status {wanted}")
