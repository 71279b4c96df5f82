"""Which orders give back a part of another one: sister links skip those, so the log lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bridge_gui.accounting.money import plain
from bridge_gui.accounting.sales import SaleOrder
from bridge_gui.sync.flow import Remark


class Refunds:
    """What a run has read of refunds and of the orders they are for."""

    def __init__(self) -> None:
        self._totals: dict[str, Decimal] = {}
        self._refunds: dict[str, SaleOrder] = {}
        self._wanted: set[str] = set()

    def see(self, orders: Iterable[SaleOrder]) -> None:
        """Take note of some orders."""
        for order in orders:
            self._totals[order.id] = order.total
            if order.refund_of:
                self._refunds[order.id] = order

    def unseen(self, ids: Sequence[str]) -> set[str]:
        """The orders that these refunds are for and that were not read; each is named once."""
        wanted = {self._refunds[one].refund_of for one in ids if one in self._refunds}
        unseen = wanted - set(self._totals) - self._wanted
        self._wanted |= unseen
        return unseen

    def remarks(self, ids: Sequence[str]) -> list[Remark]:
        """A remark for each of these that gives back a part, or is for an order nowhere to be found."""
        found = (self._remark(self._refunds[one]) for one in ids if one in self._refunds)
        return [remark for remark in found if remark is not None]

    def _remark(self, refund: SaleOrder) -> Remark | None:
        before = self._totals.get(refund.refund_of)
        if before is not None and before + refund.total == 0:
            return None
        day = refund.closed.date().isoformat()
        params = {"number": refund.number, "day": day, "amount": plain(-refund.total)}
        if before is None:
            return Remark(code="refund.of_earlier", params={**params})
        return Remark(code="refund.partial", params={**params, "whole": plain(before)})
