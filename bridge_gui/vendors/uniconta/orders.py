"""Uniconta's sales orders. One is several calls: its header, then all its lines in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bridge_gui.accounting.trade import DebtorOrder, NewDebtorOrder
from bridge_gui.errors import Conflict, NoSuchTarget, OutcomeUnknown, PartlyAccepted, Refused
from bridge_gui.vendors.uniconta import rows
from bridge_gui.vendors.uniconta.contents import check_order, header_of, line_body, order_of, place_of
from bridge_gui.vendors.uniconta.differing import LinePlan, header_changes, lines_of_mark, same_order
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.records import Records, begun, written
from bridge_gui.vendors.uniconta.shapes import LINE, ORDER
from bridge_gui.vendors.uniconta.terms import INVOICES, ORDER_LINES, ORDERS
from bridge_gui.web.waiting import Cancel, check

CALLS = 8
"""So many calls an order takes besides those for lines that change."""


class UnicontaOrders:
    """The orders of one company."""

    _records: Records

    def debtor_orders(self, cancel: Cancel) -> tuple[DebtorOrder, ...]:
        """All orders that are open, without lines, in one call."""
        del cancel
        return tuple(order_of(row, None) for row in self._records.client.table(ORDERS))

    def orders_with(self, field: str, value: str, cancel: Cancel) -> tuple[DebtorOrder, ...]:
        """Those whose user-defined field is just this, with lines."""
        found = self._records.having(ORDER, ORDER.name(field), value)
        check(cancel)
        return tuple(self._whole(row) for row in found)

    def orders_by_number(
        self, numbers: Collection[str], cancel: Cancel, *, lines: bool = True
    ) -> tuple[DebtorOrder, ...]:
        """Fresh copies; what is gone is left out."""
        found = self._records.some(ORDER, numbers, cancel)
        return tuple(self._whole(row) if lines else order_of(row, None) for row in found)

    def make_order(self, order: NewDebtorOrder) -> DebtorOrder:
        """Header, then all lines in one call; the order with lines as read back."""
        self._check(order)
        number = self._header(order)
        with begun(number, self._records.client.host):
            self._add(number, [line_body(line) for line in order.lines], 0)
            return self._finished(number, order)

    def complete_order(self, number: str, order: NewDebtorOrder) -> DebtorOrder:
        """Go on with an unfinished order: only the lines that are missing are sent."""
        self._check(order)
        row = self._changeable(number)
        if any(rows.text(row, name) != text for name, text in order.fields.items()):
            raise Conflict("uniconta.changed", field=next(iter(order.fields)), table=ORDERS)
        there = self._lines(number)
        missing, doubled = lines_of_mark(there, order)
        with begun(number, self._records.client.host):
            for line in doubled:
                self._records.client.delete(ORDER_LINES, line)
            self._add(number, [line_body(line) for line in missing], _last(there))
            return self._finished(number, order)

    def amend_order(self, number: str, order: NewDebtorOrder, before: DebtorOrder) -> DebtorOrder:
        """Make an order that is still as it was read, `before`, into another: only what differs is sent."""
        self._check(order)
        row = self._changeable(number)
        there = self._lines(number)
        if not same_order(order_of(row, there), before, order):
            raise Conflict("uniconta.changed", field="", table=ORDERS)
        changes = header_changes(row, order)
        plan = LinePlan.of(there, order)
        client = self._records.client
        if changes:
            client.update(ORDERS, {**row, **changes})
        with begun(number, client.host):
            for raw in plan.surplus:
                client.delete(ORDER_LINES, raw)
            for raw, body in plan.changed:
                client.update(ORDER_LINES, {**raw, **body})
            self._add(number, plan.missing, 0)
            return self._finished(number, order)

    def _check(self, order: NewDebtorOrder) -> None:
        """What can be seen to be wrong before anything is sent, and that the day's calls do for the whole."""
        check_order(order)
        self._records.client.budget.check(CALLS + len(order.lines))

    def _header(self, order: NewDebtorOrder) -> str:
        """Make the header; its number, also where the answer does not tell it."""
        made = self._records.client.insert(ORDERS, header_of(order))
        number = rows.text(made, "OrderNumber") if made else ""
        if made and number not in {"", "0"} and _is_answer(made, order):
            return number
        with written(self._records.client.host):
            return self._numbered(order)

    def _numbered(self, order: NewDebtorOrder) -> str:
        """The number of an order just made: found by its mark, else by all else it was given.

        QUIRK: an insert may be answered with nothing (uniconta.md 7.1, code).
        """
        found = [
            row for name, text in order.fields.items() for row in self._records.having(ORDER, name, text)
        ]
        if not found:
            table = self._records.client.table(ORDERS)
            found = [row for row in table if _looks_like(row, order)]
        numbers = {rows.needed(row, "OrderNumber") for row in found}
        if len(numbers) != 1:
            raise OutcomeUnknown("uniconta.unclear", text="")
        return numbers.pop()

    def _finished(self, number: str, order: NewDebtorOrder) -> DebtorOrder:
        """The order as read back, if all that was sent is in it."""
        row = self._records.one(ORDER, number)
        if row is None:
            raise NoSuchTarget("uniconta.gone", target=number)
        lines = self._lines(number)
        lost = self._records.lost(ORDER, order.fields, row)
        table = ORDERS
        if not lost and lines:
            shown = [name for line in order.lines for name, text in line.fields.items() if text]
            lost = next((name for name in shown if all(not rows.text(raw, name) for raw in lines)), "")
            table = ORDER_LINES
        if lost:
            raise PartlyAccepted("uniconta.field_missing", target_id=number, field=lost, table=table)
        missing, doubled = lines_of_mark(lines, order)
        if missing or doubled:
            raise PartlyAccepted("uniconta.lines_missing", target_id=number, count=len(missing))
        return order_of(row, lines)

    def _changeable(self, number: str) -> Raw:
        """An order's row, if it is there and neither invoiced nor locked.

        QUIRK: what was invoiced may be deleted at once or stay (uniconta.md 6, code).
        """
        row = self._records.one(ORDER, number)
        invoices = self._records.client.matching(INVOICES, "OrderNumber", number)
        if any(rows.text(one, "OrderNumber") == number and not is_void(one) for one in invoices):
            raise Refused("uniconta.invoiced", number=number)
        if row is None:
            raise NoSuchTarget("uniconta.gone", target=number)
        if rows.text(row, "LastInvoice") not in {"", "0"}:
            raise Refused("uniconta.invoiced", number=number)
        if rows.flag(row, "Blocked"):
            raise Refused("uniconta.locked", number=number)
        return row

    def _add(self, number: str, bodies: Sequence[Raw], last: int) -> None:
        if bodies:
            numbered = [
                {
                    "OrderNumber": int(number) if number.isdigit() else number,
                    "LineNumber": last + place,
                    **body,
                }
                for place, body in enumerate(bodies, 1)
            ]
            self._records.client.insert_list(ORDER_LINES, numbered)

    def _whole(self, row: rows.Row) -> DebtorOrder:
        return order_of(row, self._lines(rows.needed(row, "OrderNumber")))

    def _lines(self, number: str) -> list[Raw]:
        """An order's lines, in their order."""
        return sorted(self._records.having(LINE, "OrderNumber", number), key=place_of)


def is_void(row: rows.Row) -> bool:
    """Whether an invoice counts no longer."""
    return rows.flag(row, "Deleted") or rows.flag(row, "VoidInvoice")


def _last(lines: list[Raw]) -> int:
    """The highest number of a line, as a whole number."""
    return max((int(place_of(line)) + (place_of(line) % 1 > 0) for line in lines), default=0)


def _is_answer(made: rows.Row, order: NewDebtorOrder) -> bool:
    """Whether what an insert answers with is the order that was sent, as far as it tells."""
    sent = {"Account": order.debtor, **order.fields}
    return all(rows.text(made, name) in {"", text} for name, text in sent.items())


def _looks_like(row: rows.Row, order: NewDebtorOrder) -> bool:
    """Whether an order without a mark is the one that was just made."""
    told = (rows.text(row, "Account"), rows.text(row, "YourRef"), rows.text(row, "OurRef"))
    unmarked = not any(rows.text(row, name) for name in order.fields)
    return (
        unmarked and bool(order.reference or order.own) and told == (order.debtor, order.reference, order.own)
    )
