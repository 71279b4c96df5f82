"""What the journal refuses before anything is stored.

Facts: payday.md section 3.5. Inferred: the texts, that a draft must balance too, that `NotSet` is the usual
VAT type, and that an archived account is refused.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.payday.simulator.books import VAT_TYPES, Books, day, number, pick
from bridge_gui.vendors.payday.simulator.reading import invalid

OWNERS = ("ledgerAccountId", "customerId", "creditorId")
FIELDS = (*OWNERS, "invoiceId", "expenseId", "balancingLedgerAccountId")


def checked_entry(books: Books, sent: Doc) -> Doc:
    """The entry with the fields Payday knows, or the first refusal."""
    on = day(sent.get("date"))
    if on is None:
        raise invalid("Date is required.")
    description = sent.get("description") or ""
    if not isinstance(description, str) or len(description) > 100:
        raise invalid("Description must be at most 100 characters.")
    if sent.get("status") not in {"DRAFT", "POST"}:
        raise invalid("Status must be DRAFT or POST.")
    lines = sent.get("lines")
    if not isinstance(lines, list) or not lines:
        raise invalid("At least one line is required.")
    books.check_open(on, "journal entry")
    checked = [_line(books, line, place) for place, line in enumerate(lines, 1)]
    if sent["status"] == "POST" or books.settings["draft_must_balance"]:
        _balance(checked)
    return {"date": on, "description": description, "status": sent["status"], "lines": checked}


def _line(books: Books, sent: Any, place: int) -> Doc:
    if not isinstance(sent, dict):
        raise invalid(f"Line {place} is not valid.")
    amount = number(sent.get("amount"))
    if amount is None:
        raise invalid(f"Line {place}: amount is required.")
    vat = sent.get("vatPercentType") or "NotSet"
    if vat not in VAT_TYPES:
        raise invalid(f"Line {place}: vatPercentType is not valid.")
    known = {**dict.fromkeys(FIELDS), **pick(sent, *FIELDS)}
    _owner(books, known, place)
    return {"amount": float(amount), "vatPercentType": vat, **known}


def _owner(books: Books, line: Doc, place: int) -> None:
    told = [name for name in OWNERS if line[name]]
    if len(told) != 1:
        raise invalid(f"Line {place}: exactly one of {', '.join(OWNERS)} is required.")
    if line["invoiceId"] and not line["customerId"]:
        raise invalid(f"Line {place}: invoiceId needs a customerId.")
    if line["expenseId"] and not line["creditorId"]:
        raise invalid(f"Line {place}: expenseId needs a creditorId.")
    tables = {
        "ledgerAccountId": books.accounts,
        "customerId": books.customers.fresh,
        "creditorId": books.creditors,
    }
    accounts = [line["balancingLedgerAccountId"]] if line["balancingLedgerAccountId"] else []
    for table, key in [(tables[told[0]], line[told[0]]), *((books.accounts, key) for key in accounts)]:
        found = table.get(str(key))
        if found is None or found.get("archived"):
            raise invalid(f"Line {place}: {told[0]} was not found.")


def _balance(lines: list[Doc]) -> None:
    open_lines = [line for line in lines if not line["balancingLedgerAccountId"]]
    if sum((number(line["amount"]) or Decimal(0) for line in open_lines), Decimal(0)):
        raise invalid("Journal entry does not balance.")
