"""Invoices at the books: made in batches, found by their mark, turned from state to state, followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.billing import Bill, BillLine, NewBill
from bridge_gui.accounting.documents import DocumentState, DocumentView
from bridge_gui.bridges.pipedrive_xero.customers import Books
from bridge_gui.bridges.pipedrive_xero.steps import (
    INVOICE,
    AttachBill,
    EmailBill,
    MakeBill,
    RemovePayment,
    TurnBill,
    read_mark,
)
from bridge_gui.errors import BridgeError, Conflict, NoSuchTarget, PartlyAccepted, Refused
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Absent, CannotTell, Finding, Found, Marked, Several, Written
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

EARLIER = timedelta(days=92)
"""How much further back than the start date a look for our marks goes: a deal may have been invoiced by hand
before it was due to be invoiced by itself."""
_PAID = (DocumentState.PARTLY_PAID, DocumentState.PAID)
_GONE = (DocumentState.DELETED, DocumentState.VOIDED)


class Shown(Struct, frozen=True, kw_only=True):
    """An invoice as it is kept and compared: what a person reads of it."""

    day: date
    due: date | None
    reference: str
    currency: str
    net: Decimal
    tax: Decimal
    total: Decimal
    remaining: Decimal
    paid: Decimal
    lines: tuple[tuple[str, Decimal, Decimal, Decimal], ...] = ()


def shown_of(bill: Bill) -> bytes:
    """The comparable form of an invoice at the books; lines are text, quantity, price and discount."""
    return canonical(
        Shown(
            day=bill.day, due=bill.due, reference=bill.reference, currency=bill.currency, net=bill.net,
            tax=bill.tax, total=bill.total, remaining=bill.remaining, paid=bill.paid,
            lines=tuple((one.text, one.quantity, one.unit_price, one.discount) for one in bill.lines),
        )
    )  # fmt: skip


def read_shown(content: bytes | None) -> Shown | None:
    """An invoice as it was kept, None where nothing was."""
    return json.decode(content, type=Shown) if content else None


def written_of(bill: Bill) -> Written:
    """What a write made, as the answer shows it."""
    return Written(ref=bill.ref, content=shown_of(bill), state=bill.state)


def addressed(books: Books, bill: Bill) -> Bill:
    """The invoice with the address of its page."""
    return replace(bill, ref=replace(bill.ref, url=books.bill_url(bill.ref.id)))


class Bills:
    """One run's dealings with invoices."""

    def __init__(self, books: Books, since: date, cancel: Cancel) -> None:
        self._books = books
        self._since = since
        self._cancel = cancel

    def make(self, steps: Sequence[MakeBill], key: str) -> list[Written | BridgeError]:
        """Make several in one call; what the books made of each is compared to the cent."""
        bills = [replace(step.bill, contact=step.contact_id) for step in steps]
        answers = self._books.make_bills(bills, key)
        return [_made(self._books, bill, answer) for bill, answer in zip(bills, answers, strict=True)]

    def find_made(self, steps: Sequence[MakeBill], cancel: Cancel) -> Iterator[Finding]:
        """For each step what bears its mark."""
        marks = [_mark(step) for step in steps]
        since = min((step.bill.day for step in steps), default=self._since)
        begin = min(since, self._since) - EARLIER
        found = self._books.bills_marked(marks, begin, cancel) if marks else {}
        for step, mark in zip(steps, marks, strict=True):
            yield _finding(step, [addressed(self._books, bill) for bill in found.get(mark, ())])

    def turn(self, step: TurnBill, target: str, key: str) -> Written:
        """Change the state of an invoice that still stands as the order was given."""
        bill = self._one(target)
        if bill.state is step.state:
            return written_of(bill)
        if step.state is DocumentState.VOIDED and bill.state in _PAID:
            raise Refused("bill.paid_again", number=bill.ref.number)
        if bill.state is not step.before:
            raise Conflict("bill.moved_on", number=bill.ref.number, state=bill.state.value)
        return written_of(self._books.turn(target, step.state, key))

    def remove_payment(self, step: RemovePayment, target: str, key: str) -> Written:
        """Take a payment off."""
        if any(payment.id == step.payment for payment in self._books.payments_of(target)):
            self._books.remove_payment(step.payment, key)
        return written_of(self._one(target))

    def email(self, target: str, key: str) -> Written:
        """Let the books send it."""
        bill = self._one(target)
        self._books.send_by_email(target, key)
        return written_of(bill)

    def attach(self, step: AttachBill) -> Written:
        """Look at an invoice that is to be followed; nothing is written."""
        return written_of(self._one(step.bill))

    def look(self, step: Step, cancel: Cancel) -> Finding:
        """What a step that changes an invoice finds there."""
        if isinstance(step, EmailBill):
            return CannotTell()
        target = step.bill if isinstance(step, AttachBill) else step.target.id if step.target else ""
        found = self._books.bills_by_id([target], cancel) if target else ()
        if not found:
            return Absent(gone=True)
        bill = found[0]
        return Found(ref=bill.ref, equal=self._done(step, bill), content=shown_of(bill), state=bill.state)

    def marked(self, scope: str, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every invoice that bears a mark of this CRM's, made or changed since, whatever its date is."""
        begin = datetime.combine(since, time(), UTC)
        touched = [bill for page in self._books.bills_changed(begin, cancel) for bill in page]
        for bill in sorted(touched, key=_gone):
            mark = read_mark(bill.reference)
            if mark is None or mark.scope != scope:
                continue
            ref = addressed(self._books, bill).ref
            found = Found(ref=ref, equal=True, content=shown_of(bill), state=bill.state)
            yield Marked(
                source_id=mark.deal, kind=INVOICE, ordinal=mark.ordinal, found=found, day=bill.day,
                total=bill.total, currency=bill.currency,
            )  # fmt: skip

    def changed(self, since: datetime, cancel: Cancel) -> list[DocumentView]:
        """All invoices that changed, ours or not."""
        return [
            DocumentView(ref=bill.ref, state=bill.state, content=shown_of(bill))
            for page in self._books.bills_changed(since, cancel)
            for bill in page
        ]

    def _one(self, target: str) -> Bill:
        found = self._books.bills_by_id([target], self._cancel)
        if not found:
            raise NoSuchTarget("bill.gone", target=target)
        return addressed(self._books, found[0])

    def _done(self, step: Step, bill: Bill) -> bool:
        """Whether what a step was to change is so."""
        if isinstance(step, TurnBill):
            return bill.state is step.state
        if isinstance(step, RemovePayment):
            return all(payment.id != step.payment for payment in self._books.payments_of(bill.ref.id))
        return True


def _gone(bill: Bill) -> bool:
    """Whether it has no effect any more; of two with one mark it comes last."""
    return bill.state in _GONE


def _made(books: Books, bill: NewBill, answer: Bill | BridgeError) -> Written | BridgeError:
    """The answer held against what was meant, to the cent: what differs is there, and is asked about."""
    if isinstance(answer, BridgeError) or answer.total == bill.totals.total:
        return answer if isinstance(answer, BridgeError) else written_of(addressed(books, answer))
    meant, seen = f"{bill.totals.total:f}", f"{answer.total:f}"
    return PartlyAccepted("bill.total_differs", target_id=answer.ref.id, meant=meant, seen=seen)


def _mark(step: MakeBill) -> str:
    return step.bill.reference.split()[-1]


def _finding(step: MakeBill, found: Iterable[Bill]) -> Finding:
    """One living document of this mark is the one; a deleted one was made as well."""
    bills = list(found)
    living = [bill for bill in bills if not _gone(bill)]
    chosen = living or bills[:1]
    if not chosen:
        return Absent()
    if len(chosen) > 1:
        return Several(refs=tuple(bill.ref for bill in chosen))
    bill = chosen[0]
    return Found(
        ref=bill.ref, equal=_equal(step.bill, bill), content=shown_of(bill), state=bill.state,
        living=bill.state is not DocumentState.DELETED,
    )  # fmt: skip


def _equal(meant: NewBill, bill: Bill) -> bool:
    """Whether an invoice is what was meant: a person may have worked on it since."""
    same = (meant.totals.total, meant.currency) == (bill.total, bill.currency)
    return same and [_shape(one, meant) for one in meant.lines] == [_shape(one, meant) for one in bill.lines]


def _shape(line: BillLine, meant: NewBill) -> tuple[str, Decimal]:
    return " ".join(line.text.split()), meant.amount(line)
