"""Payday's draft invoices: read with their lines, written whole, read again and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

import msgspec

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.invoices import DraftChange, Invoice, InvoiceLine, NewDraft, same_lines, total_of
from bridge_gui.accounting.money import plain
from bridge_gui.errors import Conflict, NoSuchTarget, OutcomeUnknown, Passing, VendorChanged
from bridge_gui.sync.invoicing import Edit
from bridge_gui.vendors.payday.client import PaydayClient
from bridge_gui.vendors.payday.invoice_payloads import CustomerAnswer, InvoiceAnswer, changed_body, draft_body
from bridge_gui.web.waiting import Cancel, check

DROPPED = "Fellt niður"
_WITH_LINES = {"include": "lines"}
_SETTLED = "SENT,PAID,CREDIT,CANCELLED"
_RATES = 3
Found = TypeVar("Found")


class PaydayInvoices:
    """The invoices of one company's Payday."""

    _client: PaydayClient
    _merges = False

    def drafts_of(self, contact_id: str, cancel: Cancel) -> tuple[Invoice, ...]:
        """The customer's open drafts, oldest first.

        QUIRK: a filter may be ignored without a word (payday.md 3.3), so the answer is filtered again.
        """
        found = self._listed({"customerId": contact_id, "excludeStatus": _SETTLED}, cancel)
        mine = (one for one in found if one.contact == contact_id and one.state is DocumentState.DRAFT)
        return tuple(mine)

    def invoices_of(self, contact_id: str, cancel: Cancel) -> tuple[Invoice, ...]:
        """All the customer's invoices that were not removed, oldest first."""
        found = self._listed({"customerId": contact_id}, cancel)
        return tuple(one for one in found if one.contact == contact_id and _there(one))

    def invoices_since(self, first: date, cancel: Cancel) -> tuple[Invoice, ...]:
        """All invoices dated on this day or later that were not removed."""
        found = self._listed({"dateFrom": first.isoformat()}, cancel)
        return tuple(one for one in found if _there(one) and (one.day is None or one.day >= first))

    def invoice(self, invoice_id: str) -> Invoice | None:
        """One invoice with its lines, None if it was removed."""
        found = self._read(invoice_id)
        if found is not None and found.lines is None:
            raise VendorChanged("vendor.changed", vendor="Payday", path="$.lines")
        return None if found is None else found.plain()

    def make_draft(self, new: NewDraft) -> Invoice:
        """Make a draft; what the answer says of its state is for the caller to look at."""
        customer = self._client.found(f"customers/{new.contact}", CustomerAnswer)
        if customer is None:
            raise NoSuchTarget("payday.customer_gone", target=new.contact)
        answer = self._client.send("POST", "invoices", draft_body(new, customer), InvoiceAnswer)
        if answer is None:
            raise OutcomeUnknown("outcome.left_out")
        made = answer.plain()
        if not made.lines:
            made = _after(lambda: self.invoice(made.ref.id)) or made
        if made.state is DocumentState.DRAFT:
            _compare(new.lines, made)
        return made

    def change_draft(self, invoice_id: str, edit: Edit, cancel: Cancel) -> Invoice:
        """Read, change, write whole, read again; lines that a person wrote go back as they are."""
        check(cancel)
        held = self._read(invoice_id)
        if held is None:
            raise NoSuchTarget("payday.draft_gone", target=invoice_id)
        before = held.plain()
        if before.state is not DocumentState.DRAFT:
            raise Conflict("payday.not_draft")
        change = edit(before)
        if change is None:
            return before
        change = self._whole(before, change)
        after = self._put(held, change)
        if after.state is not DocumentState.DRAFT or same_lines(change.lines, after.lines, after.currency):
            return self._checked(before, change, after)
        return self._checked(before, *self._dropped(held, change, after))

    def _whole(self, before: Invoice, change: DraftChange) -> DraftChange:
        """The change as it can be sent: an invoice has at least one line, and a merging vendor drops none."""
        gone = _gone(before.lines, change.lines)
        if self._merges:
            return msgspec.structs.replace(change, lines=(*change.lines, *map(_emptied, gone)))
        kept = tuple(line for line in change.lines if line.text != DROPPED or line.unit != 0)
        lines = kept or change.lines or tuple(map(_emptied, before.lines[:1]))
        return msgspec.structs.replace(change, lines=lines)

    def _put(self, held: InvoiceAnswer, change: DraftChange) -> Invoice:
        """Write the whole draft; the answer with its lines, else what is read then."""
        body = changed_body(held, change)
        answer = self._client.send("PUT", f"invoices/{held.id}", body, InvoiceAnswer)
        if answer is not None and answer.lines is not None:
            return answer.plain()
        return _there_after(lambda: self.invoice(held.id))

    def _dropped(
        self, held: InvoiceAnswer, change: DraftChange, after: Invoice
    ) -> tuple[DraftChange, Invoice]:
        """INFERRED: a PUT replaces all lines. If what was left out is still there it merges by id.

        Then a line can only be emptied, not taken out.
        """
        gone = _gone(held.plain().lines, change.lines)
        if not gone or not same_lines((*change.lines, *gone), after.lines, after.currency):
            raise VendorChanged("payday.lines_differ", target=held.id)
        self._merges = True
        by_id = {line.id: line for line in after.lines}
        emptied = {line.id: _emptied(line) for line in gone}
        lines = tuple(emptied.get(key, line) for key, line in by_id.items())
        emptying = msgspec.structs.replace(change, lines=lines, day=None)
        present = _there_after(lambda: self._read(held.id))
        try:
            seen = self._put(present, emptying)
        except OutcomeUnknown:
            raise
        except Exception as error:
            raise OutcomeUnknown("outcome.left_out") from error
        if not same_lines(lines, seen.lines, seen.currency):
            raise VendorChanged("payday.lines_differ", target=held.id)
        return emptying, seen

    def _checked(self, before: Invoice, change: DraftChange, after: Invoice) -> Invoice:
        """Compare the totals and read once more: what a person did meanwhile is what holds."""
        if after.state is not DocumentState.DRAFT:
            return after
        meant = total_of(change.lines, after.currency) - total_of(before.lines, before.currency)
        if abs((after.total - before.total) - meant) > _RATES:
            raise VendorChanged(
                "payday.total_differs", target=after.ref.id, expected=plain(before.total + meant),
                seen=plain(after.total),
            )  # fmt: skip
        again = _after(lambda: self.invoice(after.ref.id))
        stale = again is not None and same_lines(again.lines, before.lines, before.currency)
        return after if again is None or stale else again

    def _read(self, invoice_id: str) -> InvoiceAnswer | None:
        found = self._client.found(f"invoices/{invoice_id}", InvoiceAnswer, _WITH_LINES)
        return None if found is None or not _there(found.plain()) else found

    def _listed(self, params: dict[str, str], cancel: Cancel) -> list[Invoice]:
        """All pages, oldest first. QUIRK: there is no filter for one status (payday.md 3.3)."""
        check(cancel)
        order = {"order": "asc"}
        rows = self._client.listed("invoices", {**_WITH_LINES, **order, **params}, InvoiceAnswer)
        if rows is None:
            raise Passing("payday.invoices_moving")
        return [row.plain() for row in rows]


def _there(invoice: Invoice) -> bool:
    return invoice.state is not DocumentState.DELETED


def _gone(before: Iterable[InvoiceLine], lines: Sequence[InvoiceLine]) -> list[InvoiceLine]:
    """The lines that a change leaves out."""
    kept = {line.id for line in lines}
    return [line for line in before if line.id not in kept]


def _emptied(line: InvoiceLine) -> InvoiceLine:
    """A line that says nothing and comes to nothing."""
    return InvoiceLine(text=DROPPED, unit=Decimal(0), rate=line.rate, id=line.id)


def _compare(wanted: Iterable[InvoiceLine], made: Invoice) -> None:
    """A new draft has the lines that were sent, and comes to what they come to."""
    lines = tuple(wanted)
    expected = total_of(lines, made.currency)
    if abs(expected - made.total) > _RATES:
        seen = plain(made.total)
        raise VendorChanged("payday.total_differs", target=made.ref.id, expected=plain(expected), seen=seen)
    if not same_lines(lines, made.lines, made.currency):
        raise VendorChanged("payday.lines_differ", target=made.ref.id)


def _after(look: Callable[[], Found]) -> Found:
    """A look after a write: if it fails, the write was made all the same."""
    try:
        return look()
    except Exception as error:
        raise OutcomeUnknown("outcome.left_out") from error


def _there_after(look: Callable[[], Found | None]) -> Found:
    """A look after a write that has to find something."""
    found = _after(look)
    if found is None:
        raise OutcomeUnknown("outcome.left_out")
    return found
