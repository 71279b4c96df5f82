"""The journal: entries as drafts or booked at once, in pages, never deleted.

Facts: payday.md section 3.5 (fields, status, signs, VAT types, voucher of ten digits, PUT books a draft).
Inferred: the list's envelope and whether its rows carry lines (switches), refusals' texts, order.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc, Refusal, Route
from bridge_gui.vendors.payday.simulator.books import VAT_TYPES, Books, number
from bridge_gui.vendors.payday.simulator.journal_rules import checked_entry
from bridge_gui.vendors.payday.simulator.ledger import PAYABLE, RECEIVABLE, Booking, Ledger, Part
from bridge_gui.vendors.payday.simulator.reading import body, invalid, missing, page

FIRST_VOUCHER = 1_000_000_001


class JournalDesk:
    """Takes, books and lists journal entries."""

    def __init__(self, books: Books, ledger: Ledger) -> None:
        self._books = books
        self._ledger = ledger

    def routes(self) -> list[Route]:
        """The three documented calls; there is no PATCH and no DELETE."""
        return [
            ("GET", "/accounting/journal", self.listing),
            ("POST", "/accounting/journal", self.create),
            ("PUT", "/accounting/journal/<key>", self.update),
        ]

    def listing(self) -> Any:
        """A page of entries; drafts among them."""
        settings = self._books.settings
        name = settings["journal_envelope"]
        shown = page(self._books.journal.shown(), name, down=settings["journal_newest_first"])
        if not settings["journal_lines"]:
            shown[name] = [{**entry, "lines": None} for entry in shown[name]]
        return shown

    def create(self) -> Any:
        """A new entry; sent twice it is there twice, for there is no idempotency key."""
        return self.add(body())

    def update(self, key: str) -> Any:
        """Books a draft; the only documented change."""
        entry = self._books.journal.fresh.get(key)
        if entry is None:
            raise missing()
        if body().get("status") != "POST":
            raise invalid("Status must be POST.")
        if entry["status"] == "POST":
            raise invalid("Journal entry has already been posted.")
        return self.post(entry)

    def add(self, sent: Doc) -> Doc:
        """Checks and stores an entry, and books it when it says so."""
        entry = checked_entry(self._books, sent)
        entry |= {"id": self._books.new_id(), "voucher": None, "created": self._books.stamp()}
        entry["lines"] = [{"id": self._books.new_id(), **line} for line in entry["lines"]]
        if entry["status"] == "POST":
            return self.post({**entry, "status": "DRAFT"})
        self._books.journal.put(entry)
        return entry

    def post(self, entry: Doc) -> Doc:
        """Books a stored or new draft into the ledger under a voucher of its own."""
        self._books.check_open(entry["date"], "journal entry")
        voucher = str(self._books.state.next_number("journal voucher", FIRST_VOUCHER))
        posted = {**entry, "status": "POST", "voucher": voucher}
        parts = [part for line in entry["lines"] for part in self._parts(line)]
        self._ledger.book(Booking(entry["id"], voucher, entry["date"], entry["description"], parts))
        self._books.journal.put(posted)
        return posted

    def edit(self, key: str, changes: Doc) -> Doc:
        """What a person does to a draft in Payday's own window."""
        entry = self._books.journal.fresh.get(key)
        if entry is None or entry["status"] != "DRAFT":
            raise Refusal(400, "Only a draft can be changed.")
        changed = {**entry, **checked_entry(self._books, {**entry, **changes}), "status": "DRAFT"}
        self._books.journal.put(changed)
        return changed

    def _parts(self, line: Doc) -> list[Part]:
        amount = number(line["amount"]) or Decimal(0)
        if self._books.settings["journal_sign"] == "credit_positive":
            amount = -amount
        made = self._main(line, amount)
        if line["balancingLedgerAccountId"]:
            account = self._books.accounts.get(line["balancingLedgerAccountId"])
            made.append(Part(account or {}, -sum((part.amount for part in made), Decimal(0))))
        return made

    def _main(self, line: Doc, amount: Decimal) -> list[Part]:
        if line["customerId"]:
            return [Part(self._books.account(RECEIVABLE), amount, line["customerId"])]
        if line["creditorId"]:
            return [Part(self._books.account(PAYABLE), amount)]
        account = self._books.accounts.get(line["ledgerAccountId"]) or {}
        return self._ledger.split(account, amount, VAT_TYPES[line["vatPercentType"]])
