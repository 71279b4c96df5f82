"""webcrm's deliveries, which are its sold orders, with their lines, in Bridge's terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from bridge_gui.accounting.trade import Delivery, DeliveryLine, DeliveryStatus, ErpStatus, Holder
from bridge_gui.vendors.webcrm import assumed, query
from bridge_gui.vendors.webcrm.forms import (
    ERP_STATUS,
    ERP_STATUSES,
    ID,
    INSTANT,
    NUMBER,
    STATUS,
    STATUSES,
    status_of,
)
from bridge_gui.vendors.webcrm.price_list import column_text
from bridge_gui.vendors.webcrm.records import Kind, Named, Records
from bridge_gui.vendors.webcrm.row import Row, changed
from bridge_gui.vendors.webcrm.terms import COLUMNS, DELIVERY
from bridge_gui.web.waiting import Cancel, check

_NAMES = {
    "person": Named("DeliveryPersonId", ID), "responsible": Named("DeliveryResponsible", ID),
    "description": Named("DeliveryDescription"), "note": Named("DeliveryNote"),
    "erp_id": Named("DeliveryErpId"), "erp_status": Named("DeliveryErpStatus", ERP_STATUS),
    "erp_synced": Named("DeliveryErpSyncDateTime", INSTANT), "status": Named("DeliveryStatus", STATUS),
    "value": Named("DeliveryOrderValue", NUMBER), "margin": Named("DeliveryOrderGmValue", NUMBER),
    "discount": Named("DeliveryDiscount", NUMBER),
}  # fmt: skip
KIND = Kind(Holder.DELIVERY, DELIVERY.path, DELIVERY.id, _NAMES)
"""Never the number: two deliveries with one number can neither be changed any more (webcrm.md 6)."""


class WebcrmDeliveries:
    """The deliveries of one customer's webcrm."""

    _records: Records

    def deliveries_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Delivery]]:
        """Pages of those made or changed since an instant, without lines; a changed line may not show."""
        for page in self._records.client.query(DELIVERY, query.since(DELIVERY, since), cancel):
            yield [*self._deliveries(page)]

    def deliveries(self, ids: Collection[str], cancel: Cancel, *, lines: bool = True) -> tuple[Delivery, ...]:
        """Fresh copies; what is gone is left out. With lines it is a call more for each."""
        pages = self._records.client.by_ids(DELIVERY, ids, cancel)
        found = [one for page in pages for one in self._deliveries(page)]
        return tuple(self._with_lines(one, cancel) for one in found) if lines else tuple(found)

    def change_delivery(
        self, delivery: str, changes: Mapping[str, str], before: Mapping[str, str]
    ) -> Delivery:
        """Write these fields if `before` still stands there; without lines as read back."""
        row = self._records.change(KIND, delivery, changes, before)
        return self._records.seen(lambda: self._delivery(row))

    def delivery_url(self, delivery: str) -> str:
        """Nothing tells where a person opens it: no form of such a link is documented (webcrm.md 7.9)."""
        del delivery
        return ""

    def _with_lines(self, delivery: Delivery, cancel: Cancel) -> Delivery:
        check(cancel)
        path = f"{DELIVERY.path}/{delivery.id}/QuotationLines"
        pages = self._records.client.listed(path, "QuotationLineId", cancel, least=assumed.SHORT_PAGE)
        lines = [_line(row, delivery.id) for page in pages for row in page]
        ordered = sorted(lines, key=lambda line: (line.order, int(line.id)))
        return msgspec.structs.replace(delivery, lines=tuple(ordered), whole=True)

    def _deliveries(self, rows: Iterable[Row]) -> Iterator[Delivery]:
        for row in self._records.in_words(KIND, rows, "DeliveryStatus", "DeliveryErpStatus"):
            yield self._delivery(row)

    def _delivery(self, row: Row) -> Delivery:
        return Delivery(
            id=row.own_id(DELIVERY.id), number=row.text("DeliveryNumber"), changed=row.updated(DELIVERY),
            organisation=row.id("DeliveryOrganisationId"),
            day=assumed.day_of(row.written("DeliveryOrderDate")),
            made=row.instant("DeliveryCreatedAt"), currency=row.text("DeliveryCurrencyName"),
            status=status_of(row, "DeliveryStatus", STATUSES, DeliveryStatus.OTHER),
            erp_status=status_of(row, "DeliveryErpStatus", ERP_STATUSES, ErpStatus.OTHER),
            fields=self._records.fields.texts(Holder.DELIVERY, row), whole=False,
            person=row.id("DeliveryPersonId"), responsible=row.id("DeliveryResponsible"),
            description=row.text("DeliveryDescription"), note=row.text("DeliveryNote"),
            erp_id=row.text("DeliveryErpId"), value=row.number("DeliveryOrderValue"),
            margin=row.number("DeliveryOrderGmValue"), discount=row.number("DeliveryDiscount"),
        )  # fmt: skip


def _line(row: Row, delivery: str) -> DeliveryLine:
    """A line, which must be one of this delivery: a filter that lets others through would bill them."""
    if row.id("QuotationLineOpportunityId") != delivery:
        raise changed("QuotationLineOpportunityId")
    return DeliveryLine(
        id=row.own_id("QuotationLineId"), memo=row.text("QuotationLineMemo"),
        columns={one: column_text(row, f"QuotationLineData{one}") for one in COLUMNS},
        quantity=row.number("QuotationLineQuantity"), price=row.number("QuotationLinePrice"),
        cost=assumed.cost_of(row.price("QuotationLineCostPrice")),
        discount=row.number("QuotationLineDiscount"),
        vat=row.number("QuotationLineVatPercentage"), order=int(row.number("QuotationLineSortOrder")),
    )  # fmt: skip
