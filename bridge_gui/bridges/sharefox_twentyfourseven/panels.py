"""All orders at the books with what became of them, and all invoices of the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.ordering import Order, OrderStanding
from bridge_gui.accounting.rentals import RentalInvoice, RentalLine
from bridge_gui.bridges.sharefox_twentyfourseven.billing import worth
from bridge_gui.bridges.sharefox_twentyfourseven.lines import worded
from bridge_gui.bridges.sharefox_twentyfourseven.listing import Listing
from bridge_gui.bridges.sharefox_twentyfourseven.panel_specs import ORDERS, OURS, OVERDUE
from bridge_gui.bridges.sharefox_twentyfourseven.steps import read_mark
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Column, ColumnKind, Detail, Fact, Query, Row, Rows, Sum, Value
from bridge_gui.wording.message import mark

_USUAL = 30
_OWED = (DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID)
_LATE, _UNSURE = mark("Overdue"), mark("The ledger does not add up")
_TOO_MUCH, _BACK = mark("Too much was paid"), mark("Gives money back")


class Panels:
    """Rows of both panels; a list is read when its panel opens and searched here."""

    def __init__(self, context: BridgeContext, listing: Listing) -> None:
        self._context = context
        self._listing = listing
        self._orders: dict[int, tuple[Row, ...]] = {}
        self._told: dict[str, OrderStanding] = {}
        self._rentals: dict[int, tuple[RentalInvoice, ...]] = {}

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        days = _days(query)
        rows = self._order_rows(days, query) if panel == ORDERS else self._rental_rows(days, query)
        text = query.text.casefold()
        found = [
            one for one in rows if text in _searched(one) and _wanted(one, query.filters.get("shown", ""))
        ]
        return Rows(rows=tuple(found[query.offset : query.offset + query.limit]), total=len(found))

    def detail(self, panel: str, row: str) -> Detail:
        """One row in full."""
        return self._order(row) if panel == ORDERS else self._rental(row)

    def _order_rows(self, days: int, query: Query) -> Sequence[Row]:
        if days not in self._orders or query.offset == 0:
            listed = self._context.books.orders_since(self._since(days), self._context.cancel)
            orders = sorted(listed, key=lambda one: (one.day, one.ref.id), reverse=True)
            billed = [one for one in orders if one.invoice]
            told = self._context.books.standings(billed, self._context.cancel)
            self._told |= told
            self._orders[days] = tuple(self._order_row(one, told) for one in orders)
        return self._orders[days]

    def _order_row(self, order: Order, told: Mapping[str, OrderStanding]) -> Row:
        found = read_mark(order.reference, self._context.sales.scope)
        standing = told.get(order.ref.id)
        late = standing is not None and standing.overdue(self._listing.rules.today)
        state = standing.state if standing is not None else order.state
        return Row(
            id=order.ref.id,
            values={
                "order": order.ref.id, "sharefox": found.source if found is not None else "",
                "customer": order.customer_name, "day": order.day, "total": order.total,
                "state": OVERDUE if late else state.value, "invoice": order.invoice, "due": order.due,
                "open": standing.open if standing is not None and state in _OWED else None,
                "note": _noted(standing, late=late),
            },
            state=OURS if found is not None else "",
            currency=order.currency,
        )  # fmt: skip

    def _rental_rows(self, days: int, query: Query) -> Sequence[Row]:
        if days not in self._rentals or query.offset == 0:
            cancel = self._context.cancel
            pages = self._context.sales.rental_invoices(self._since(days), cancel)
            listed = sorted((one for page in pages for one in page), key=lambda one: (one.day, one.id))
            self._rentals[days] = tuple(self._context.sales.paid_by(listed[::-1], cancel))
        return [self._rental_row(one) for one in self._rentals[days]]

    def _rental_row(self, invoice: RentalInvoice) -> Row:
        total = worth(invoice, self._listing.rules)
        return Row(
            id=invoice.id,
            values={
                "number": invoice.number, "order": invoice.order_number or invoice.order,
                "type": _readable(invoice.kind or invoice.type.value), "status": invoice.state.value,
                "customer": invoice.customer.company or invoice.customer.person, "day": invoice.day,
                "method": invoice.method, "total": total, "note": _BACK if total < 0 else "",
            },
            state=invoice.state.value,
            currency=invoice.currency,
        )  # fmt: skip

    def _order(self, row: str) -> Detail:
        found = self._context.books.orders_by_id([row], self._context.cancel)
        if not found:
            return Detail()
        order = found[0]
        facts: list[tuple[str, Fact]] = [
            (mark("Due"), order.due or ""),
            *_days_of(self._told.get(order.ref.id)),
            (mark("Reference"), order.reference),
            (mark("Comment"), order.memo),
            (mark("Note"), order.note),
        ]
        lines = tuple(
            Row(
                id=line.id, currency=order.currency,
                values={"text": line.text, "quantity": line.quantity, "price": line.unit_price,
                        "discount": line.discount, "rate": line.rate,
                        "amount": line.amount(order.currency)},
            )
            for line in order.lines
        )  # fmt: skip
        return Detail(facts=tuple(one for one in facts if one[1]), columns=_COLUMNS, lines=lines)

    def _rental(self, row: str) -> Detail:
        found = self._context.sales.rental_invoices_by_id([row], self._context.cancel)
        if not found:
            return Detail()
        invoice = self._context.sales.paid_by(found, self._context.cancel)[0]
        ways, currency = self._listing.rules.inclusive, invoice.currency
        ours = invoice.totals(inclusive=ways)
        facts: list[tuple[str, Fact]] = [
            (mark("Type"), _readable(invoice.kind or invoice.type.value)),
            (mark("Net"), Sum(ours.net, currency)), (mark("VAT"), Sum(ours.tax, currency)),
            (mark("Total"), Sum(ours.total, currency)),
            (mark("Total in Sharefox"), Sum(invoice.gross, currency) if invoice.gross is not None else ""),
            (mark("Changes the order"), invoice.changes),
        ]  # fmt: skip
        lines = tuple(_rental_line(line, invoice.currency) for line in invoice.lines)
        return Detail(facts=tuple(one for one in facts if one[1]), columns=_COLUMNS, lines=lines)

    def _since(self, days: int) -> date:
        return self._listing.rules.today - timedelta(days=days)


_COLUMNS = (
    Column(key="text", title=mark("Text")),
    Column(key="quantity", title=mark("Quantity"), kind=ColumnKind.NUMBER, width=10),
    Column(key="price", title=mark("Price"), kind=ColumnKind.MONEY, width=12),
    Column(key="discount", title=mark("Discount %"), kind=ColumnKind.NUMBER, width=11),
    Column(key="rate", title=mark("VAT %"), kind=ColumnKind.NUMBER, width=8),
    Column(key="amount", title=mark("Amount"), kind=ColumnKind.MONEY, width=12),
)


def _rental_line(line: RentalLine, currency: str) -> Row:
    values: dict[str, Value] = {
        "text": worded(line), "quantity": line.quantity, "price": line.unit_price, "discount": line.discount,
        "rate": line.rate, "amount": line.amount(currency),
    }  # fmt: skip
    return Row(id=line.id, currency=currency, values=values)


def _days_of(standing: OrderStanding | None) -> list[tuple[str, Fact]]:
    """When it was paid and reminded of; empty where that did not happen."""
    if standing is None:
        return []
    days = ((mark("Paid on"), standing.paid_on), (mark("Reminded"), standing.reminded))
    return [(name, day or "") for name, day in days]


def _noted(standing: OrderStanding | None, *, late: bool) -> str:
    if standing is None:
        return ""
    if standing.open < 0:
        return _TOO_MUCH
    if not standing.sure:
        return _UNSURE
    return _LATE if late else ""


def _days(query: Query) -> int:
    told = query.filters.get("period", "")
    return int(told) if told.isdecimal() else _USUAL


def _searched(row: Row) -> str:
    told = (row.values.get(key) for key in ("order", "sharefox", "customer", "invoice", "number"))
    return " ".join(str(one) for one in told if one).casefold()


def _wanted(row: Row, shown: str) -> bool:
    if shown == OURS:
        return row.state == OURS
    if shown == OVERDUE:
        return row.values.get("state") == OVERDUE
    return shown != "unpaid" or bool(row.values.get("open"))


def _readable(kind: str) -> str:
    """A type of invoice as a person reads it."""
    return kind.replace("_", " ").capitalize()
