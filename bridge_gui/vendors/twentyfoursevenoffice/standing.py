"""What became of orders at 24SevenOffice: read from the ledger, since no field tells whether one is paid.

With the second sign-in the classic services are asked first; they tell the day and reminders as well.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.ordering import Order, OrderStanding
from bridge_gui.vendors.twentyfoursevenoffice import assumed
from bridge_gui.vendors.twentyfoursevenoffice.client import Query, TwentyFourSevenOfficeClient
from bridge_gui.vendors.twentyfoursevenoffice.payloads import LedgerAnswer, Named, day_of
from bridge_gui.vendors.twentyfoursevenoffice.sums import Sums, judged, stands
from bridge_gui.web.waiting import Cancel, check

if TYPE_CHECKING:
    from bridge_gui.vendors.twentyfoursevenoffice.soap import SoapClient


class TwentyFourSevenOfficeStanding(ABC):
    """The receivables of one organisation."""

    _client: TwentyFourSevenOfficeClient
    _today: Callable[[], date]
    _classic: SoapClient | None = None

    @abstractmethod
    def base_currency(self) -> str:
        """The currency of the books."""

    def standings(self, orders: Sequence[Order], cancel: Cancel) -> Mapping[str, OrderStanding]:
        """What became of each: only those with an invoice number are asked about."""
        told = self._by_classic([order for order in orders if order.invoice], cancel)
        return {order.ref.id: told.get(order.ref.id) or self._standing(order, cancel) for order in orders}

    def _by_classic(self, orders: Sequence[Order], cancel: Cancel) -> Mapping[str, OrderStanding]:
        """Of those that the classic services surely know as well; nothing without the second sign-in."""
        if self._classic is None or not orders:
            return {}
        from bridge_gui.vendors.twentyfoursevenoffice.soap_standing import classic_standings

        return classic_standings(self._classic, orders, self._today(), self.base_currency(), cancel)

    def _standing(self, order: Order, cancel: Cancel) -> OrderStanding:
        check(cancel)
        if not order.invoice:
            return OrderStanding(order=order.ref.id, state=order.state, total=order.total)
        if order.method:
            # QUIRK: such an order is booked as paid at once, and owes nothing (0.60.1 text of the spec).
            return stands(order, DocumentState.PAID, paid=order.total)
        lines = self._lines({"invoiceNumber": order.invoice}, order)
        if abs(_sums(lines, self._types).open) > assumed.TOLERANCE and order.customer:
            # QUIRK: a payment booked without the invoice's number is not found by it
            # (twentyfoursevenoffice.md 3.8, inferred).
            lines |= self._lines({"customerId": order.customer}, order)
        return judged(order, _sums(lines, self._types), own=order.currency == self.base_currency())

    def _lines(self, asked: Query, order: Order) -> dict[str, LedgerAnswer]:
        """The lines of an invoice on the accounts of what customers owe, by id."""
        day = order.invoice_day or order.day
        last = max(day, self._today()) + assumed.AFTER
        around: Query = {
            "dateFrom": (day - assumed.BEFORE).isoformat(),
            "dateTo": last.isoformat(),
            **asked,
        }
        rows = self._client.all("transactionlines", LedgerAnswer, around)
        return {
            row.id: row for row in rows if row.account.number in assumed.RECEIVABLES and _belongs(row, order)
        }

    @cached_property
    def _types(self) -> dict[int, str]:
        return {row.id: row.name for row in self._client.one("transactiontypes", list[Named])}


def _belongs(row: LedgerAnswer, order: Order) -> bool:
    told = row.invoice
    if told is None:
        return False
    reference = told.remittance_reference or ""
    numbered = told.number not in (None, "", 0) and str(told.number) == order.invoice
    return numbered or (bool(order.payment_reference) and reference == order.payment_reference)


def _sums(lines: Mapping[str, LedgerAnswer], types: Mapping[int, str]) -> Sums:
    """What was billed, credited, paid and lost; a payment taken back lessens what was paid."""
    paying = {_type(row) for row in lines.values() if row.amount < 0} - {None}
    by_kind: dict[str, Decimal] = {}
    days = []
    for row in lines.values():
        kind = _kind(row, types, paying)
        by_kind[kind] = by_kind.get(kind, ZERO) + row.amount
        days += [day_of(row.date, "$[].date")] if kind == "paid" else []
    return Sums(
        billed=by_kind.get("billed", ZERO), credited=-by_kind.get("credited", ZERO),
        paid=-by_kind.get("paid", ZERO), lost=-by_kind.get("lost", ZERO), last=max(days, default=None),
    )  # fmt: skip


def _type(row: LedgerAnswer) -> int | None:
    return row.transaction_type.id if row.transaction_type else None


def _kind(row: LedgerAnswer, types: Mapping[int, str], paying: AbstractSet[int | None]) -> str:
    """By the name of its type, else by its sign; what is debited by a type that also credits is paid back."""
    name = types.get(_type(row) or 0, "")
    if assumed.CREDIT.search(name):
        return "credited"
    if assumed.LOSS.search(name):
        return "lost"
    return "paid" if row.amount < 0 or _type(row) in paying else "billed"
