"""24SevenOffice's sales orders. One is several calls: a draft, its lines one by one, then its stage."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.ordering import NewOrder, Order, OrderStage
from bridge_gui.errors import (
    BridgeError,
    Cancelled,
    CannotMap,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Refused,
    SetupError,
)
from bridge_gui.vendors.twentyfoursevenoffice.client import Query, TwentyFourSevenOfficeClient
from bridge_gui.vendors.twentyfoursevenoffice.contents import (
    CHANGEABLE,
    WORDS,
    compared,
    header_of,
    line_body,
    order_of,
)
from bridge_gui.vendors.twentyfoursevenoffice.payloads import LineAnswer, OrderAnswer
from bridge_gui.web.verdicts import unknown
from bridge_gui.web.waiting import Cancel, check

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = 5
"""So many marks are looked for one by one; then the whole list since that day costs fewer calls."""


class TwentyFourSevenOfficeOrders(ABC):
    """The orders of one organisation."""

    _client: TwentyFourSevenOfficeClient

    @abstractmethod
    def base_currency(self) -> str:
        """The currency of the books."""

    def orders_marked(
        self, marks: Collection[str], since: date, cancel: Cancel
    ) -> Mapping[str, tuple[Order, ...]]:
        """For each mark the orders whose reference is just that, with lines, in any stage.

        QUIRK: older versions ignore the filter and answer with all orders (twentyfoursevenoffice.md 3.5, 8).
        """
        found: dict[str, dict[int, OrderAnswer]] = {mark: {} for mark in marks}
        filters: list[Query] = [{"referenceNumber": mark} for mark in found]
        for asked in filters if len(filters) <= FEW else [Query()]:
            for row in self._rows({"dateFrom": since.isoformat(), **asked}, cancel):
                if row.reference_number in found:
                    found[row.reference_number][row.id] = row
        return {mark: tuple(map(self._whole, rows.values())) for mark, rows in found.items()}

    def orders_by_id(self, ids: Collection[str], cancel: Cancel, *, lines: bool = True) -> tuple[Order, ...]:
        """Fresh copies; what is gone is left out."""
        found = []
        for one in dict.fromkeys(ids):
            check(cancel)
            row = self._client.found(f"salesorders/{one}", OrderAnswer)
            found += [self._whole(row) if lines else order_of(row, None)] if row is not None else []
        return tuple(found)

    def orders_since(self, since: date, cancel: Cancel) -> tuple[Order, ...]:
        """All orders dated since a day, without lines."""
        rows = self._rows({"dateFrom": since.isoformat()}, cancel)
        return tuple(order_of(row, None) for row in {row.id: row for row in rows}.values())

    def make_order(self, order: NewOrder) -> Order:
        """Header, lines one by one, then its stage; the order as read back."""
        self._check(order)
        made = self._client.write("POST", "salesorders", header_of(order), OrderAnswer)
        with self._begun(str(made.id)):
            self._add(str(made.id), order.lines)
            self._stage(str(made.id), OrderStage.DRAFT, order.stage)
            return self._read(str(made.id))

    def complete_order(self, ref: str, order: NewOrder) -> Order:
        """Go on with an unfinished order: only the lines that are missing are sent, then its stage."""
        self._check(order)
        there = self._changeable(ref, order.reference)
        missing, foreign = compared(there.lines, order.lines)
        if foreign:
            raise Conflict("twentyfoursevenoffice.order_changed", text=foreign[0].text[:80])
        self._add(ref, missing)
        self._stage(ref, there.stage, order.stage)
        return self._read(ref)

    def amend_order(self, ref: str, order: NewOrder, before: Order) -> Order:
        """Make an order that is still as it was read, `before`, into another; only what differs is sent."""
        self._check(order)
        there = self._changeable(ref, before.reference)
        if any(compared(there.lines, before.lines)) or there.totals != before.totals:
            raise Conflict("twentyfoursevenoffice.order_changed", text=there.reference)
        missing, foreign = compared(there.lines, order.lines)
        header = {name: value for name, value in header_of(order).items() if name != "status"}
        self._client.write("PATCH", f"salesorders/{ref}", header, OrderAnswer)
        self._add(ref, missing)
        for line in foreign:
            self._client.delete(f"salesorders/{ref}/lines/{line.id}")
        self._stage(ref, there.stage, order.stage)
        return self._read(ref)

    def remove_order(self, ref: str, reference: str) -> None:
        """Delete an order that bears this mark; gone already is well."""
        try:
            self._changeable(ref, reference)
            self._client.delete(f"salesorders/{ref}")
        except NoSuchTarget:
            return

    def invoice_order(self, ref: str) -> Order:
        """Turn it into an invoice; its number may come later (it waits in the vendor's queue)."""
        body = {"status": WORDS[OrderStage.INVOICE]}
        self._client.write("PATCH", f"salesorders/{ref}", body, OrderAnswer)
        with self._begun(ref):
            return self._read(ref)

    def order_url(self, ref: str) -> str:
        """Nothing tells where a person opens an order."""
        del ref
        return ""

    def _check(self, order: NewOrder) -> None:
        """INFERRED: without a rate a foreign currency would count as one to one (the document's default)."""
        if order.currency != self.base_currency():
            raise CannotMap("twentyfoursevenoffice.currency", currency=order.currency)
        if not order.lines:
            raise CannotMap("twentyfoursevenoffice.no_lines")

    def _add(self, ref: str, lines: Iterable[BillLine]) -> None:
        for line in lines:
            self._client.write("POST", f"salesorders/{ref}/lines", line_body(line), LineAnswer)

    def _stage(self, ref: str, now: OrderStage, wanted: OrderStage) -> None:
        """The last call: until then the order is a draft. A stage a person has chosen stays."""
        if now is OrderStage.DRAFT and wanted is not OrderStage.DRAFT:
            self._client.write("PATCH", f"salesorders/{ref}", {"status": WORDS[wanted]}, OrderAnswer)

    def _changeable(self, ref: str, reference: str) -> Order:
        """The order as it is now, if it is still that one and may change."""
        there = self._read(ref)
        if there.reference != reference:
            raise Conflict("twentyfoursevenoffice.order_changed", text=there.reference)
        if there.stage not in CHANGEABLE or there.invoice:
            raise Conflict("twentyfoursevenoffice.order_closed")
        return there

    def _read(self, ref: str) -> Order:
        row = self._client.found(f"salesorders/{ref}", OrderAnswer)
        if row is None:
            raise NoSuchTarget("twentyfoursevenoffice.gone", target=ref)
        return self._whole(row)

    def _whole(self, row: OrderAnswer) -> Order:
        lines = self._client.all(f"salesorders/{row.id}/lines", LineAnswer, {})
        return order_of(row, lines)

    def _rows(self, asked: Query, cancel: Cancel) -> Iterator[OrderAnswer]:
        for page in self._client.pages("salesorders", OrderAnswer, asked, cancel):
            yield from page

    @contextmanager
    def _begun(self, ref: str) -> Iterator[None]:
        """The header is there: a definite refusal names it, anything else is settled by looking for it."""
        try:
            yield
        except OutcomeUnknown:
            raise
        except (Refused, SetupError, Conflict, CannotMap) as error:
            raise PartlyAccepted(error.code, target_id=ref, detail=error.detail, **error.params) from error
        except (BridgeError, Cancelled) as error:
            raise unknown(self._client.host, getattr(error, "code", "stopped")) from error
