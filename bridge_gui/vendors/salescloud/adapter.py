"""SalesCloud in Bridge's terms: the shop, its payment methods and its closed orders."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from bridge_gui.accounting.sales import OrderState, PaymentMethod, SaleOrder
from bridge_gui.errors import SetupError
from bridge_gui.sync.capabilities import Company, Orders
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.salescloud.client import AppKeys, SalesCloudClient
from bridge_gui.vendors.salescloud.payloads import OrderAnswer
from bridge_gui.web.waiting import Cancel, check

_TRIES = 2


class SalesCloudAdapter:
    """One organisation at SalesCloud."""

    def __init__(self, client: SalesCloudClient, organization: str) -> None:
        self._client = client
        self._organization = organization.lower()

    @classmethod
    def open(cls, context: ConnectionContext) -> SalesCloudAdapter:
        """The adapter of a connection; calls nobody yet."""
        values = {key: value.strip() for key, value in context.values.items()}
        keys = AppKeys(
            app=values["app"],
            public_key=values["public_key"],
            secret_key=context.secret("secret_key").strip(),
            organization=values["organization"],
            recipe=values.get("signature") or "hex",
        )
        return cls(SalesCloudClient(context.endpoint, keys, context.wire), keys.organization)

    @property
    def scope(self) -> str:
        """Six letters and digits that are this organisation's own."""
        return hashlib.sha256(self._organization.encode()).hexdigest()[:6]

    def company(self) -> Company:
        """Sign in and name the organisation; the App must be installed there."""
        for found in self._client.organizations():
            if found.uuid.lower() == self._organization:
                return Company(id=found.uuid, name=found.label)
        raise SetupError("salescloud.not_installed", organization=self._organization)

    def payment_methods(self) -> tuple[PaymentMethod, ...]:
        """The ways to pay, those no longer offered included."""
        return tuple(method.plain() for method in self._client.payment_methods())

    def closed_orders(self, first: datetime, last: datetime, cancel: Cancel) -> Iterator[Orders]:
        """Orders closed, or cancelled after closing, from `first` until before `last`, oldest first.

        A list that moves while its pages are read (another total, a uuid twice) is read once more, and
        only what was not given yet is given; if it moves again, the last page says so.
        """
        given: dict[str, SaleOrder] = {}
        for number in range(_TRIES):
            reading = _Reading()
            for page in self._pages(first, last, cancel, reading):
                fresh = tuple(order for order in page if given.get(order.id) != order)
                given.update({order.id: order for order in fresh})
                yield Orders(orders=fresh)
            if not reading.moved:
                return
            if number == _TRIES - 1:
                yield Orders(orders=(), settled=False)

    def orders_by_id(
        self, ids: Collection[str], first: datetime, last: datetime, cancel: Cancel
    ) -> tuple[SaleOrder, ...]:
        """Fresh copies of those orders that were closed in the window; what is gone is left out.

        INFERRED: orders cannot be asked for by uuid, so the window is read until all are found.
        """
        found: dict[str, SaleOrder] = {}
        wanted = set(ids)
        for page in self._pages(first, last, cancel, _Reading()):
            found.update({order.id: order for order in page if order.id in wanted})
            if len(found) == len(wanted):
                break
        return tuple(found.values())

    def count_closed(self, first: date, last: date) -> int:
        """How many orders were closed from one day to another, both included."""
        begin = datetime.combine(first, time(), UTC)
        end = datetime.combine(last, time(), UTC) + timedelta(days=1)
        return self._client.orders(begin, end, 0, limit=1).total

    def _pages(
        self, first: datetime, last: datetime, cancel: Cancel, reading: _Reading
    ) -> Iterator[tuple[SaleOrder, ...]]:
        offset, total = 0, 1
        while offset < total:
            check(cancel)
            page = self._client.orders(first, last, offset)
            if not reading.see(page.total, page.items):
                return
            offset, total = offset + len(page.items), page.total
            yield tuple(filter(None, map(_sold, page.items)))


class _Reading:
    """Watches whether a list stood still while its pages were read."""

    def __init__(self) -> None:
        self._totals: set[int] = set()
        self._seen: set[str] = set()
        self._count = 0

    def see(self, total: int, items: Collection[OrderAnswer]) -> bool:
        """Take note of one page; whether it has anything new, for a list may repeat itself for ever."""
        known = len(self._seen)
        self._totals.add(total)
        self._seen.update(item.uuid for item in items)
        self._count += len(items)
        return len(self._seen) > known

    @property
    def moved(self) -> bool:
        """Whether it did not stand still, or ended before its own total."""
        return len(self._totals) > 1 or self._count != len(self._seen) or self._count not in self._totals


def _sold(answer: OrderAnswer) -> SaleOrder | None:
    """Only what was closed counts; an open order is not a sale yet."""
    order = answer.plain()
    return None if order is None or order.state is OrderState.OPEN else order
