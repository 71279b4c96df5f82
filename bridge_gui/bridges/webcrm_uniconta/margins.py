"""What each delivery earns, in all and line by line: net less what the goods cost."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from bridge_gui.accounting.money import round_to_unit
from bridge_gui.bridges.webcrm_uniconta.deliveries import Deliveries
from bridge_gui.bridges.webcrm_uniconta.panel_specs import LINE_COLUMNS
from bridge_gui.bridges.webcrm_uniconta.rules import percent
from bridge_gui.bridges.webcrm_uniconta.sold import Sold, SoldLine
from bridge_gui.bridges.webcrm_uniconta.steps import bare
from bridge_gui.sync.flow import Record
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Detail, Query, Row, Rows
from bridge_gui.web.waiting import never


class Margins:
    """Deliveries since the start date with their margins; read when the panel opens."""

    def __init__(self, context: BridgeContext, deliveries: Deliveries) -> None:
        self._context = context
        self._deliveries = deliveries
        self._records: list[Record] | None = None

    def rows(self, query: Query) -> Rows:
        """A slice, the latest first."""
        if query.offset == 0 or self._records is None:
            self._records = self._read()
        text = query.text.casefold()
        found = [one for one in self._records if text in f"{one.number} {one.party}".casefold()]
        some = found[query.offset : query.offset + query.limit]
        return Rows(rows=tuple(_row(one) for one in some), total=len(found))

    def detail(self, row: str) -> Detail:
        """One delivery's lines."""
        found = self._deliveries.records([bare(row)], never())
        if not found:
            return Detail()
        sold: Sold = found[0].content
        return Detail(columns=LINE_COLUMNS, lines=tuple(_line(line, sold) for line in sold.lines))

    def _read(self) -> list[Record]:
        since = datetime.combine(self._context.start, time(), UTC) - timedelta(days=1)
        pages = self._context.sales.deliveries_changed(since, never())
        records = [one for page in pages for one in self._deliveries.records([d.id for d in page], never())]
        recent = [one for one in records if one.day >= self._context.start and one.content.lines]
        return sorted(recent, key=lambda one: (one.day, one.id), reverse=True)


def _row(record: Record) -> Row:
    sold: Sold = record.content
    return Row(
        id=record.id, currency=sold.currency,
        values={
            "number": record.number, "customer": record.party, "day": record.day, "net": sold.net,
            "margin": sold.margin, "percent": percent(sold.margin, sold.net),
        },
    )  # fmt: skip


def _line(line: SoldLine, sold: Sold) -> Row:
    net = round_to_unit(line.amount * (1 - sold.discount / 100), sold.currency)
    cost: Decimal = round_to_unit(line.quantity * line.cost, sold.currency)
    return Row(
        id=line.id, currency=sold.currency,
        values={
            "item": line.item, "text": line.text, "quantity": line.quantity, "net": net, "cost": cost,
            "margin": net - cost, "percent": percent(net - cost, net),
        },
    )  # fmt: skip
