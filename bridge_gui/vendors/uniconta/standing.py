"""What became of Uniconta's orders: still there, invoiced, paid, credited, or gone.

QUIRK: an invoice does not say whether it is paid; the open entries do (uniconta.md 3.5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, total
from bridge_gui.accounting.ordering import OrderStanding
from bridge_gui.vendors.uniconta import assumed, rows
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.orders import is_void
from bridge_gui.vendors.uniconta.records import Records
from bridge_gui.vendors.uniconta.terms import INVOICES, OPEN_ENTRIES, ORDERS
from bridge_gui.web.waiting import Cancel


class UnicontaStanding:
    """The invoices of one company and what is owed on them."""

    _records: Records

    def standings(
        self, numbers: Collection[str], since: date, cancel: Cancel
    ) -> Mapping[str, tuple[OrderStanding, ...]]:
        """What became of each order number; at most a few calls.

        Invoices are read before the open entries: one that is made between both is not seen at all, and
        never taken for paid.
        """
        if not numbers:
            return {}
        client = self._records.client
        where = f"Date ge datetime'{since.isoformat()}T00:00:00'"
        found = [row for row in client.filtered(INVOICES, where, cancel) if _counts(row, numbers, since)]
        entries = client.table(OPEN_ENTRIES) if found else []
        made: dict[str, list[OrderStanding]] = {}
        for row in sorted(found, key=lambda row: (rows.text(row, "Date"), rows.text(row, "InvoiceNumber"))):
            made.setdefault(rows.text(row, "OrderNumber"), []).append(_standing(row, entries))
        left = [number for number in numbers if number not in made]
        there = {rows.text(row, "OrderNumber") for row in client.table(ORDERS)} if left else set()
        gone = {number: (_bare(number, there=number in there),) for number in left}
        return gone | {number: _credited(several) for number, several in made.items()}


def _counts(row: Raw, numbers: Collection[str], since: date) -> bool:
    """Whether an invoice is of one of these orders; a filter may have been ignored."""
    day = rows.day(row, "Date")
    return rows.text(row, "OrderNumber") in numbers and day is not None and day >= since and not is_void(row)


def _bare(number: str, *, there: bool) -> OrderStanding:
    state = DocumentState.ORDERED if there else DocumentState.DELETED
    return OrderStanding(order=number, state=state)


def _standing(row: Raw, entries: Sequence[Raw]) -> OrderStanding:
    """How one invoice stands by the open entries that bear its number."""
    number, whole = rows.needed(row, "InvoiceNumber"), rows.needed_number(row, "TotalAmount")
    own = [entry for entry in entries if _is_of(entry, number, rows.text(row, "Account"))]
    owed = total(_open(entry) for entry in own)
    state = _state(row, whole, owed, bool(own))
    due = rows.day(row, "DueDate") or next(filter(None, (rows.day(entry, "DueDate") for entry in own)), None)
    paid = state is not DocumentState.INVOICED
    tax = rows.number(row, "VatAmount")
    return OrderStanding(
        order=rows.text(row, "OrderNumber"), state=state, total=whole,
        net=None if tax is None else whole - tax,
        open=owed if paid else whole,
        paid=whole - owed if paid and whole > 0 else ZERO, credited=-whole if whole < 0 else ZERO,
        invoice=number, due=due, sure=whole < 0 or ZERO <= owed <= whole,
    )  # fmt: skip


def _is_of(entry: Raw, invoice: str, account: str) -> bool:
    """An open entry of an invoice; fees for reminders bear its number too."""
    return (
        rows.text(entry, "Invoice") == invoice
        and rows.text(entry, "Account") in {account, ""}
        and rows.text(entry, "PostType") not in assumed.FEES
    )


def _open(entry: Raw) -> Decimal:
    """What is open, in the currency of the invoice."""
    foreign = rows.number(entry, "AmountOpenCur")
    if foreign is not None and (foreign or rows.amount(entry, "AmountCur")):
        return foreign
    return rows.amount(entry, "AmountOpen")


def _state(row: Raw, whole: Decimal, owed: Decimal, shown: bool) -> DocumentState:
    if whole < 0:
        return DocumentState.CREDITED
    booked = any(rows.text(row, name) not in {"", "0"} for name in ("JournalPostedId", "Voucher"))
    if not shown and not booked:
        return DocumentState.INVOICED
    if owed <= 0:
        return DocumentState.PAID
    return DocumentState.PARTLY_PAID if owed < whole else DocumentState.AWAITING_PAYMENT


def _credited(several: Sequence[OrderStanding]) -> tuple[OrderStanding, ...]:
    """A credit note belongs to the invoice of the same order that it takes back to nothing."""
    found = [one for one in several if one.total >= 0]
    for note in (one for one in several if one.total < 0):
        taken = (
            at
            for at, one in enumerate(found)
            if one.total == -note.total and one.state is not DocumentState.CREDITED
        )
        at = next(taken, None)
        if at is None:
            found.append(note)
        else:
            invoice = found[at]
            found[at] = replace(
                invoice, state=DocumentState.CREDITED, credited=invoice.total, open=ZERO, paid=ZERO
            )
    return tuple(found)
