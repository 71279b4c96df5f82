"""What this bridge shows besides documents: the deals, and all invoices that Xero has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bridge_gui.accounting.billing import Bill
from bridge_gui.accounting.deals import Deal, DealFilter, DealLine, DealState, Stage
from bridge_gui.accounting.money import plain
from bridge_gui.bridges.pipedrive_xero.customers import Books
from bridge_gui.bridges.pipedrive_xero.listing import Listing
from bridge_gui.bridges.pipedrive_xero.panel_specs import DEALS
from bridge_gui.bridges.pipedrive_xero.steps import OUTSIDE, attached_to, read_mark
from bridge_gui.sync.deals import SellsDeals
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Column, ColumnKind, Detail, Fact, Query, Row, Rows, Sum
from bridge_gui.wording.message import mark

_USUAL = 90


class Panels:
    """Rows of both panels, page by page; the pages of a vendor are remembered while the panel is open."""

    def __init__(self, context: BridgeContext, listing: Listing) -> None:
        self._context = context
        self._sales: SellsDeals = context.sales
        self._books: Books = context.books
        self._listing = listing
        self._pages: dict[tuple[object, ...], tuple[str, int]] = {}
        self._bills: dict[str, tuple[Bill, ...]] = {}

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        return self._deal_rows(query) if panel == DEALS else self._bill_rows(query)

    def detail(self, panel: str, row: str) -> Detail:
        """One row in full."""
        return self._deal(row) if panel == DEALS else self._bill(row)

    def _deal_rows(self, query: Query) -> Rows:
        """Deals as the CRM pages them: each slice begins where the one before it ended."""
        which = self._filter(query)
        name = (query.text, *sorted(query.filters.items()))
        following = self._pages.get((*name, query.offset), ("", query.offset))[0]
        if query.offset and not following:
            return Rows(rows=())
        page = self._sales.deal_page(which, following, query.limit)
        if page.following:
            self._pages[*name, query.offset + len(page.deals)] = (page.following, query.offset)
        stages = {stage.id: stage for stage in self._listing.stages}
        return Rows(rows=tuple(_deal_row(one, stages) for one in page.deals), more=bool(page.following))

    def _filter(self, query: Query) -> DealFilter:
        filters = query.filters
        days = int(filters["changed"]) if filters.get("changed", "").isdecimal() else None
        return DealFilter(
            text=query.text,
            pipeline=filters.get("pipeline", ""),
            stage=filters.get("stage", ""),
            state=DealState(filters["state"]) if filters.get("state") else None,
            changed_since=self._context.clock.now() - timedelta(days=days) if days is not None else None,
        )

    def _deal(self, deal_id: str) -> Detail:
        found = self._sales.deals_by_id([deal_id], self._context.cancel)
        if not found:
            return Detail()
        contents = self._sales.contents(found, self._context.cancel)[deal_id]
        currency = found[0].currency
        facts: list[tuple[str, Fact]] = [(mark("Value"), Sum(found[0].value, currency))]
        for one in contents.discounts:
            less = f"{plain(one.percent)} %" if one.percent else Sum(one.amount, currency)
            facts.append((mark("Discount"), (one.text, less) if one.text else less))
        facts += [(mark("Instalment"), (one.day, Sum(one.amount, currency))) for one in contents.instalments]
        return Detail(
            facts=tuple(facts),
            columns=(
                Column(key="text", title=mark("Product")),
                Column(key="quantity", title=mark("Quantity"), kind=ColumnKind.NUMBER, width=10),
                Column(key="price", title=mark("Price"), kind=ColumnKind.MONEY, width=12),
                Column(key="tax", title=mark("Tax %"), kind=ColumnKind.NUMBER, width=8),
                Column(key="amount", title=mark("Amount"), kind=ColumnKind.MONEY, width=12),
            ),
            lines=tuple(_line_row(line) for line in contents.lines),
        )

    def _bill_rows(self, query: Query) -> Rows:
        """All invoices of the period; asked for once, then searched here."""
        period = query.filters.get("period") or str(_USUAL)
        if period not in self._bills or query.offset == 0:
            self._bills[period] = tuple(self._read_bills(int(period)))
        wanted = query.text.casefold()
        found = [bill for bill in self._bills[period] if wanted in _searched(bill)]
        shown = found[query.offset : query.offset + query.limit]
        attached = {bill: attached_to(place) for place, bill in self._context.notes.linked(OUTSIDE).items()}
        rows = (self._bill_row(bill, attached.get(bill.ref.id, "")) for bill in shown)
        return Rows(rows=tuple(rows), total=len(found))

    def _read_bills(self, days: int) -> Iterator[Bill]:
        today = self._listing.rules.today
        bills: list[Bill] = []
        for page in self._books.bills_dated(today - timedelta(days=days), date.max, "", self._context.cancel):
            bills += page
        yield from sorted(bills, key=lambda bill: (bill.day, bill.ref.number), reverse=True)

    def _bill_row(self, bill: Bill, attached: str) -> Row:
        mark_found = read_mark(bill.reference)
        ours = mark_found is not None and mark_found.scope == self._sales.scope
        return Row(
            id=bill.ref.id,
            values={
                "number": bill.ref.number,
                "contact": bill.contact_name,
                "day": bill.day,
                "due": bill.due,
                "total": bill.total,
                "remaining": bill.remaining,
                "state": bill.state.value,
                "deal": mark_found.deal if mark_found is not None and ours else attached,
            },
            state="ours" if ours else "attached" if attached else bill.state.value,
            currency=bill.currency,
        )

    def _bill(self, bill_id: str) -> Detail:
        found = self._books.bills_by_id([bill_id], self._context.cancel)
        if not found:
            return Detail()
        happened = self._books.happenings(bill_id)
        return Detail(
            facts=((mark("Reference"), found[0].reference), (mark("Contact"), found[0].contact_name)),
            columns=(
                Column(key="text", title=mark("Text")),
                Column(key="quantity", title=mark("Quantity"), kind=ColumnKind.NUMBER, width=10),
                Column(key="price", title=mark("Price"), kind=ColumnKind.MONEY, width=12),
            ),
            lines=tuple(
                Row(
                    id=line.id,
                    values={"text": line.text, "quantity": line.quantity, "price": line.unit_price},
                    currency=found[0].currency,
                )
                for line in found[0].lines
            ),
            history=tuple((at.astimezone(UTC).isoformat(), text) for at, text in happened),
        )


def _deal_row(deal: Deal, stages: dict[str, Stage]) -> Row:
    stage = stages.get(deal.stage)
    return Row(
        id=deal.id,
        values={
            "title": deal.title,
            "state": deal.state.value,
            "stage": stage.name if stage is not None else "",
            "value": deal.value,
            "changed": _day(deal.changed),
            "link": deal.id,
        },
        state=deal.state.value,
        currency=deal.currency,
        urls={"link": deal.url} if deal.url else {},
    )


def _day(at: datetime) -> date:
    return at.date()


def _line_row(line: DealLine) -> Row:
    return Row(
        id=line.id,
        values={
            "text": line.text,
            "quantity": line.quantity,
            "price": line.unit_price,
            "tax": line.rate,
            "amount": line.amount,
        },
        currency=line.currency,
    )


def _searched(bill: Bill) -> str:
    return f"{bill.ref.number} {bill.contact_name} {bill.reference}".casefold()
