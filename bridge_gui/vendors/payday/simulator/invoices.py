"""Payday's invoices: made, listed, read, removed; issuing takes its time.

Facts: payday.md section 3.3 and 6. Inferred: order of the list, what the query looks at, that a removed
draft cannot be read any more (switch).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response

from bridge_gui.sandbox.kit import Condition, Doc, Refusal, Route, Table
from bridge_gui.vendors.payday.simulator.books import Books, public
from bridge_gui.vendors.payday.simulator.invoice_booking import InvoiceBooking
from bridge_gui.vendors.payday.simulator.invoice_rules import EMPTY, checked_document
from bridge_gui.vendors.payday.simulator.reading import asked, between, body, missing, page

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
DRAFT = "DRAFT"
SETUP_FIRST = "Unable to create invoice. Please complete the required system setup before creating an invoice"


class InvoiceDesk:
    """Makes and shows invoices; `invoice_changes` changes them."""

    def __init__(self, books: Books, booking: InvoiceBooking) -> None:
        self._books = books
        self._booking = booking

    def routes(self) -> list[Route]:
        """All paths about invoices but the PUT."""
        return [
            ("GET", "/invoices", self.listing),
            ("POST", "/invoices", self.create),
            ("GET", "/invoices/<key>", self.one),
            ("DELETE", "/invoices/<key>", self.delete),
            ("GET", "/invoices/<key>/pdf", self.pdf),
            ("GET", "/invoices/<key>/history", self.history),
            ("GET", "/customers/<key>/invoice", self.of_customer),
        ]

    def create(self) -> Any:
        """A new invoice, drafted or issued for good."""
        return _whole(self.add(body()))

    def add(self, sent: Doc) -> Doc:
        """Stores an invoice.

        QUIRK: only the exact string DRAFT makes a draft; all else, or nothing, issues it (payday.md 3.3).
        """
        if not self._books.settings["setup_complete"]:
            raise Refusal(401, SETUP_FIRST)
        key = self._books.new_id()
        made = {
            "id": key,
            **EMPTY,
            "created": self._books.stamp(),
            **checked_document(self._books, sent, key),
        }
        if sent.get("status") == DRAFT and not self._books.settings["issue_drafts"]:
            return self.keep_draft(made)
        made = self.issue(made)
        return self.keep(self._booking.paid(made, sent)) if sent.get("status") == "PAID" else made

    def issue(self, invoice: Doc) -> Doc:
        """Sends an invoice for good. QUIRK: SENT at once, its number only after a while (payday.md 6)."""
        self._books.check_open(invoice["invoiceDate"], "invoice")
        ready = self._books.clock.now() + timedelta(seconds=self._books.settings["pending_seconds"])
        sent = {"status": "SENT", "sentDate": self._books.stamp(), "_issueAt": ready.strftime(STAMP)}
        return self.keep({**invoice, **sent})

    def keep(self, invoice: Doc) -> Doc:
        """Stores the invoice as it is now."""
        text = f"{invoice['number'] or ''} {invoice['customer']['name']}".lower()
        kept = {**invoice, "_text": text}
        self._books.invoices.put(kept)
        return kept

    def keep_draft(self, invoice: Doc) -> Doc:
        """Stores a draft; INFERRED: whether a closed year refuses it, hence the setting."""
        if self._books.settings["lock_drafts"]:
            self._books.check_open(invoice["invoiceDate"], "invoice")
        return self.keep({**invoice, "status": DRAFT})

    def settle(self) -> None:
        """Gives their numbers to the invoices whose time has come, and books them."""
        now = self._books.clock.now().strftime(STAMP)
        for invoice in self._books.invoices.fresh.find(("_issueAt", "<=", now), order="_issueAt"):
            number = str(self._books.state.next_number("invoice number", 1001))
            numbered = {**invoice, "number": number, "_issueAt": None}
            self._booking.issued(numbered)
            self.keep(numbered)

    def fresh(self, key: str) -> Doc:
        """The invoice as it is, for a change."""
        self.settle()
        found = self._books.invoices.fresh.get(key)
        if found is None or found["status"] == "DELETED":
            raise missing()
        return found

    def listing(self) -> Any:
        """A page of invoices. QUIRK: there is no status filter, it is ignored (payday.md 3.3)."""
        return self._page(*self._filters())

    def of_customer(self, key: str) -> Any:
        """A page of one customer's invoices."""
        return self._page(("_customer", "=", key))

    def one(self, key: str) -> Any:
        """One invoice; lines and payments when included."""
        found = self._shown().get(key)
        gone = self._books.settings["deleted_invoices"] == "gone"
        if found is None or (found["status"] == "DELETED" and gone):
            raise missing()
        return _chosen(found)

    def delete(self, key: str) -> Any:
        """Removes a draft."""
        found = self.fresh(key)
        if found["status"] != DRAFT:
            raise Refusal(
                400,
                f"Issued invoice {found['number'] or ''} cannot be deleted. "
                "Consider cancelling the invoice instead.",
            )
        self.keep({**found, "status": "DELETED"})
        return Response(status=200)

    def pdf(self, key: str) -> Any:
        """A few bytes that call themselves a PDF."""
        return Response(f"%PDF-1.4 {self.fresh(key)['id']}", content_type="application/pdf")

    def history(self, key: str) -> Any:
        """What happened to the invoice, in one line."""
        found = self.fresh(key)
        return [{"date": found["created"], "status": found["status"]}]

    def _shown(self) -> Table:
        self.settle()
        return self._books.invoices.shown()

    def _page(self, *where: Condition) -> Any:
        kept: list[Condition] = [*where]
        if self._books.settings["deleted_invoices"] == "gone":
            kept.append(("status", "!=", "DELETED"))
        down = asked("order").lower() != "asc"
        order = "number" if asked("orderBy") == "number" else ""
        table = self._shown()
        told = page(table, "invoices", *kept, order=order, down=down)
        told["invoices"] = [_chosen(invoice) for invoice in told["invoices"]]
        paid = table.total("amountIncludingVat", *kept, ("status", "=", "PAID"))
        unpaid = table.total("amountIncludingVat", *kept, ("status", "in", ["SENT", DRAFT]))
        return {**told, "summary": {"totalCount": told["total"], "paidAmount": paid, "unpaidAmount": unpaid}}

    def _filters(self) -> list[Condition]:
        where = [
            *between("invoiceDate", "date"),
            *between("dueDate", "dueDate"),
            *between("finalDueDate", "finalDueDate"),
        ]
        if key := asked("customerId"):
            where.append(("_customer", "=", key))
        if text := asked("query"):
            where.append(("_text", "like", f"%{text.lower()}%"))
        if told := asked("excludeStatus"):
            where.append(("status", "not in", told.upper().replace(" ", "").split(",")))
        return where


def _whole(invoice: Doc) -> Doc:
    shown = public(invoice)
    return {**shown, "lines": [public(line) for line in invoice["lines"]]}


def _chosen(invoice: Doc) -> Doc:
    """Lines and payments only when `include` names them."""
    included = asked("include").lower().split(",")
    shown = _whole(invoice)
    return {
        name: value for name, value in shown.items() if name not in {"lines", "payments"} or name in included
    }
