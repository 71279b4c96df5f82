"""Tie-out: deliveries of a period against the debtor orders that Uniconta shows, per currency, before tax."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import json

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import total
from bridge_gui.accounting.trade import DebtorOrder
from bridge_gui.bridges.webcrm_uniconta.deliveries import Deliveries
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.bridges.webcrm_uniconta.sold import Sold as SoldContent
from bridge_gui.bridges.webcrm_uniconta.standing import STANDING, read_standing
from bridge_gui.bridges.webcrm_uniconta.steps import ORDER, bare, named, place, read_order_mark
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.tieout import Booked, Key, Meant, Sold
from bridge_gui.web.waiting import Cancel


class Ties:
    """The two reads of this bridge."""

    def __init__(self, context: BridgeContext, rules: Rules, deliveries: Deliveries) -> None:
        self._context = context
        self._rules = rules
        self._deliveries = deliveries
        self.keys = (Key(name=_key(rules.currency)),)

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """Every delivery of the period that is to be an order."""
        since = datetime.combine(min(first, self._context.start), time(), UTC) - timedelta(days=1)
        for page in self._context.sales.deliveries_changed(since, cancel):
            for record in self._deliveries.records([one.id for one in page], cancel):
                content: SoldContent = record.content
                if first <= record.day <= last and content.ready:
                    amounts = {_key(content.currency): content.net}
                    yield Sold(flow="orders", record=record, amounts=amounts)

    def booked(self, first: date, last: date, cancel: Cancel) -> Iterator[Booked]:
        """Every order of the period that Uniconta still has, ours or not."""
        there = self._context.books.debtor_orders(cancel)
        for order in there:
            mark = read_order_mark(order.fields.get(self._rules.order_field, ""))
            day = order.day or self._rules.today
            if first <= day <= last:
                yield Booked(
                    document=named(ORDER, order.ref.id), day=day, number=order.ref.id,
                    amounts={_key(order.currency): order.net},
                    place=place(ORDER, *mark) if mark is not None else None,
                )  # fmt: skip
        yield from self._invoiced(first, last, {order.ref.id for order in there}, cancel)

    def _invoiced(self, first: date, last: date, there: Collection[str], cancel: Cancel) -> Iterator[Booked]:
        """Orders that Uniconta has put away since they were invoiced: what their invoices come to."""
        kept = read_standing(self._context.notes.get(STANDING))
        away = {one.order: source for source, one in kept.items() if one.order not in there}
        if not away:
            return
        days = self._deliveries.days([bare(one) for one in away.values()], cancel)
        found = self._context.books.standings(sorted(away), self._context.start, cancel)
        for order, source in away.items():
            nets = [one.net for one in found.get(order, ()) if one.net is not None]
            day = days.get(source)
            if nets and day is not None and first <= day <= last:
                yield Booked(
                    document=named(ORDER, order), day=day, number=order,
                    amounts={_key(self._rules.currency): total(nets)}, place=place(ORDER, source),
                )  # fmt: skip

    def meant(self, link: LinkRow) -> Meant | None:
        """What an order was when it was written last."""
        if link.kind != ORDER or not link.target_content or link.state == DocumentState.DELETED.value:
            return None
        order = json.decode(link.target_content, type=DebtorOrder)
        return Meant(day=link.day, amounts={_key(order.currency): order.net})


def _key(currency: str) -> str:
    return f"Orders {currency}"
