"""Payday's ledger of a period, as its account statement tells it."""

from __future__ import annotations

from datetime import date

from bridge_gui.errors import Passing, VendorChanged
from bridge_gui.sync.capabilities import LedgerLine
from bridge_gui.vendors.payday.client import VENDOR, PaydayClient
from bridge_gui.vendors.payday.payloads import StatementLine, day_of
from bridge_gui.web.waiting import Cancel, check

# INFERRED: as in a default company's chart (codes seen in one company).
RECEIVABLES = "3400"
# Vouchers begin so (help articles): SR and 8 digits a sales invoice, S and 9 digits a payment or an expense.
_KINDS = (("SR", "invoice"), ("S", "payment"))


def ledger_lines(client: PaydayClient, first: date, last: date, cancel: Cancel) -> tuple[LedgerLine, ...]:
    """Every ledger line dated in the period; `Passing` if the ledger would not stand still."""
    check(cancel)
    lines = client.statement("date", first, last)
    if lines is None:
        raise Passing("payday.ledger_moving")
    return tuple(_line(line) for line in lines)


def _line(line: StatementLine) -> LedgerLine:
    """One line in our form. INFERRED: entryId is the id of the journal entry, or of the invoice."""
    day = day_of(line.date)
    if day is None:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.lines[].date")
    voucher = "" if line.voucher is None else str(line.voucher)
    return LedgerLine(
        account=line.account_code, day=day, amount=line.amount,
        document=voucher if line.entry_id is None else str(line.entry_id),
        number=voucher, text=(line.description or "").strip(),
        kind=next((kind for begins, kind in _KINDS if voucher.startswith(begins)), ""),
    )  # fmt: skip
