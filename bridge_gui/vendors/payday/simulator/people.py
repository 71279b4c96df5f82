"""What people do in Payday's own window, for tests and for trying things out.

Facts: payday.md sections 3.4 (new accounts), 6 (issuing, crediting, removing). Each action takes the JSON
sent to `/_sandbox/person`; `id` names the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc
from bridge_gui.vendors.payday.simulator.books import Books, public
from bridge_gui.vendors.payday.simulator.chart import ASSETS, CURRENT, add_account
from bridge_gui.vendors.payday.simulator.customers import CustomerDesk
from bridge_gui.vendors.payday.simulator.invoice_changes import InvoiceChanges
from bridge_gui.vendors.payday.simulator.invoice_lines import totals
from bridge_gui.vendors.payday.simulator.invoices import DRAFT, InvoiceDesk
from bridge_gui.vendors.payday.simulator.journal import JournalDesk


class People:
    """The café's bookkeeper."""

    def __init__(
        self,
        books: Books,
        journal: JournalDesk,
        invoices: InvoiceDesk,
        changes: InvoiceChanges,
        customers: CustomerDesk,
    ) -> None:
        self._books = books
        self._journal = journal
        self._invoices = invoices
        self._changes = changes
        self._customers = customers

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name."""
        return {
            "book_draft": lambda sent: self._journal.post(self._draft(sent)),
            "delete_draft": lambda sent: self._books.journal.drop(self._draft(sent)["id"]),
            "edit_draft": lambda sent: self._journal.edit(sent["id"], sent["changes"]),
            "add_journal": lambda sent: self._journal.add(sent["entry"]),
            "begin_invoice": lambda sent: self._invoices.add(sent["invoice"]),
            "edit_invoice": self.edit_invoice,
            "send_invoice": lambda sent: self._invoices.issue(self._invoice_draft(sent)),
            "delete_invoice": self.delete_invoice,
            "pay_invoice": self.pay_invoice,
            "cancel_invoice": self.cancel_invoice,
            "credit_invoice": self.credit_invoice,
            "add_account": self.add_account,
            "change_account": self.change_account,
            "add_customer": lambda sent: self._customers.add(sent["customer"]),
            "edit_customer": self.edit_customer,
            "delete_customer": lambda sent: self._books.customers.drop(sent["id"]),
        }

    def edit_invoice(self, sent: Doc) -> Doc:
        """Changes a draft's fields, drops the lines in `drop_lines`, adds those in `add_lines`."""
        draft = self._invoice_draft(sent)
        gone = set(sent.get("drop_lines", []))
        lines = [line for line in draft["lines"] if line["id"] not in gone]
        document = {**draft, "lines": [*map(_as_sent, lines), *sent.get("add_lines", [])], "status": DRAFT}
        document |= sent.get("changes", {})
        if not document["lines"]:
            return self._invoices.keep({**draft, "lines": [], **totals(self._books, [])})
        return self._changes.replace(draft, document, merge=False)

    def delete_invoice(self, sent: Doc) -> Doc:
        """Removes a draft."""
        return self._invoices.keep({**self._invoice_draft(sent), "status": "DELETED"})

    def pay_invoice(self, sent: Doc) -> Doc:
        """Marks as paid, into the bank account unless `paymentType` says where."""
        bank = self._books.payment_types.first(("_code", "=", "3200")) or {}
        usual = {"status": "PAID", "paidDate": self._books.stamp(), "paymentType": bank.get("id")}
        return self._changes.change(self._invoices.fresh(sent["id"]), {**usual, **sent.get("changes", {})})

    def cancel_invoice(self, sent: Doc) -> Doc:
        """Cancels an issued invoice today."""
        today = {"cancelledDate": self._books.stamp()}
        return self._changes.cancel(self._invoices.fresh(sent["id"]), today)

    def credit_invoice(self, sent: Doc) -> Doc:
        """Credits an issued invoice: it becomes CREDIT, and a negative invoice is made and sent."""
        found = self._invoices.fresh(sent["id"])
        self._invoices.keep({**found, "status": "CREDIT", "creditDate": self._books.stamp()})
        lines = [_turned(_as_sent(line)) for line in found["lines"]]
        return self._invoices.add({**found, "lines": lines, "status": "SENT"})

    def add_account(self, sent: Doc) -> Doc:
        """A ledger account of `code` and `name`; `payments` ticks "Tekur á móti greiðslum"."""
        kind, subtype = sent.get("type", ASSETS), sent.get("subType", CURRENT)
        row = (
            sent["code"],
            sent["name"],
            kind,
            subtype,
            5130,
            sent.get("vat", ""),
            sent.get("payments", True),
        )
        return public(add_account(self._books, row))

    def change_account(self, sent: Doc) -> Doc:
        """Renames or archives the account of `code`."""
        changed = {**self._books.account(sent["code"]), **sent["changes"]}
        self._books.accounts.put(changed)
        kind = self._books.payment_types.first(("_code", "=", sent["code"]))
        if kind is not None:
            self._books.payment_types.put({**kind, "title": changed["name"]})
        return public(changed)

    def edit_customer(self, sent: Doc) -> Doc:
        """Overwrites a customer's fields."""
        found = self._books.customers.fresh.get(sent["id"])
        if found is None:
            raise LookupError(sent["id"])
        changed = {**found, **sent["changes"], "edited": self._books.stamp()}
        self._books.customers.put(changed)
        return changed

    def _draft(self, sent: Doc) -> Doc:
        found = self._books.journal.fresh.get(sent["id"])
        if found is None or found["status"] != DRAFT:
            raise LookupError(f"no draft {sent['id']}")
        return found

    def _invoice_draft(self, sent: Doc) -> Doc:
        found = self._invoices.fresh(sent["id"])
        if found["status"] != DRAFT:
            raise LookupError(f"no draft {sent['id']}")
        return found


def _as_sent(line: Doc) -> Doc:
    """A kept line as a document sends it: with one price only."""
    unwanted = "unitPriceIncludingVat" if line["_net"] else "unitPriceExcludingVat"
    return {name: value for name, value in public(line).items() if name != unwanted}


def _turned(line: Doc) -> Any:
    prices = {name: -value for name, value in line.items() if name.startswith("unitPrice")}
    return {**line, **prices, "id": None}
