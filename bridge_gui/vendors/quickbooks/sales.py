"""QuickBooks' invoices, sales receipts and refund receipts: read, sought, made, changed, voided."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

import msgspec

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.selling import NewSale, Sale, SaleKind, SellingRules, Sought
from bridge_gui.errors import BridgeError, CannotMap, OutcomeUnknown, Refused, VendorChanged
from bridge_gui.vendors.quickbooks import assumed
from bridge_gui.vendors.quickbooks.bodies import Terms, changed_body, sale_body
from bridge_gui.vendors.quickbooks.client import BatchItem, QuickBooksClient, stamp
from bridge_gui.vendors.quickbooks.forms import ENTITIES, KINDS, SaleAnswer, ref_of
from bridge_gui.vendors.quickbooks.payloads import VENDOR, Customer, Row, quoted
from bridge_gui.vendors.quickbooks.refusals import gone, is_missing
from bridge_gui.web.decode import decode
from bridge_gui.web.waiting import Cancel, Clock

REACH = timedelta(days=30) - timedelta(hours=1)
"""How far back changes and deletions are told of (quickbooks.md 4)."""
_SOME = 40
_VOIDS: Mapping[SaleKind, Mapping[str, str]] = {
    SaleKind.INVOICE: {"operation": "void"},
    SaleKind.RECEIPT: {"operation": "update", "include": "void"},
}


class QuickBooksSales(ABC):
    """The sales of one company."""

    _client: QuickBooksClient
    _clock: Clock

    @property
    def changes_reach(self) -> timedelta:
        """How far back `sales_changed` still tells of what was deleted."""
        return REACH

    @abstractmethod
    def selling_rules(self) -> SellingRules:
        """What the company's books allow."""

    @abstractmethod
    def rates(self) -> Mapping[str, Decimal]:
        """The rates of all tax codes there ever were."""

    @abstractmethod
    def terms(self) -> Terms:
        """What of the books decides how a sale is written."""

    def sales_changed(
        self, kinds: Collection[SaleKind], since: datetime, cancel: Cancel
    ) -> Iterator[Sequence[Sale]]:
        """Pages of what changed since an instant, anybody's; deleted ones too as far as `changes_reach`."""
        entities = [ENTITIES[kind] for kind in SaleKind if kind in kinds]
        if not entities:
            return
        if self._clock.now() - since <= REACH:
            told = self._client.changes(entities, since)
            for entity, rows in told.rows.items():
                if found := [self._changed(KINDS[entity], raw) for raw in rows]:
                    yield found
            if not told.full:
                return
        for kind in (KINDS[entity] for entity in entities):
            yield from self._listed(kind, f"MetaData.LastUpdatedTime >= '{stamp(since)}'", cancel)

    def sales_by_id(self, kind: SaleKind, ids: Collection[str], cancel: Cancel) -> tuple[Sale, ...]:
        """Fresh copies with lines, voided ones too; what is gone is left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Sale] = {}
        for page in self._client.by_ids(ENTITIES[kind], SaleAnswer, wanted, cancel):
            found |= {sale.ref.id: sale for sale in self._plain(kind, page)}
        return tuple(found[one] for one in wanted if one in found)

    def sales_dated(
        self, kind: SaleKind, first: date, last: date, cancel: Cancel
    ) -> Iterator[Sequence[Sale]]:
        """Pages of the sales of a period, anybody's, voided ones too, with lines and memo."""
        return self._listed(kind, f"TxnDate >= '{first}' AND TxnDate <= '{last}'", cancel)

    def sales_sought(self, sought: Sequence[Sought], cancel: Cancel) -> list[tuple[Sale, ...]]:
        """For each what bears its mark as a word of its memo, in any state; one answer each, in order.

        QUIRK: memos cannot be asked for (quickbooks.md 0.4): by number, and where that shows nothing by
        customer and day.
        """
        found: list[dict[str, Sale]] = [{} for _ in sought]
        self._by_number(sought, found, cancel)
        self._by_day(sought, found, cancel)
        return [tuple(one.values()) for one in found]

    def invoices_of(self, contacts: Collection[str], cancel: Cancel) -> Iterator[Sequence[Sale]]:
        """All invoices of these customers, anybody's, voided ones too."""
        wanted = [one for one in dict.fromkeys(contacts) if one.isdigit()]
        for start in range(0, len(wanted), _SOME):
            some = ", ".join(f"'{one}'" for one in wanted[start : start + _SOME])
            yield from self._listed(SaleKind.INVOICE, f"CustomerRef IN ({some})", cancel)

    def make_sales(self, sales: Sequence[NewSale], key: str) -> list[Sale | BridgeError]:
        """Make several in one call, at most thirty, of any kinds; one answer each, in order."""
        terms = self.terms()
        self._ready()
        made: list[Sale | BridgeError | BatchItem] = [_item(sale, terms) for sale in sales]
        items = [one for one in made if isinstance(one, BatchItem)]
        if not items:
            return [one for one in made if not isinstance(one, BatchItem)]
        answers = iter(self._sent(items, key))
        return [
            self._result(sale, next(answers)) if isinstance(one, BatchItem) else one
            for sale, one in zip(sales, made, strict=True)
        ]

    def change_sale(self, now: Sale, wanted: NewSale, key: str) -> Sale:
        """Write a sale anew with all its lines; `now` is as just read. `Conflict` if it changed since."""
        body = changed_body(now, wanted, self.terms())
        self._ready()
        raw = self._written(now, wanted.contact, body, key)
        return self._told(now.kind, raw)

    def void_sale(self, now: Sale, key: str) -> Sale:
        """Void it and read it again; `Conflict` if it changed since."""
        if now.kind not in _VOIDS:
            raise Refused("quickbooks.cannot_void")
        self._ready()
        body: dict[str, object] = {"Id": now.ref.id, "SyncToken": now.version}
        if now.kind is not SaleKind.INVOICE:
            body["sparse"] = True
        try:
            self._written(now, "", body, key, _VOIDS[now.kind])
        except Refused as error:
            if now.payments and error.params.get("fault") == "6000":
                raise Refused("quickbooks.has_payments", text=str(error.params.get("text", ""))) from error
            raise
        return self._voided(now)

    def sale_url(self, kind: SaleKind, sale: str) -> str:
        """Where a person opens it, https on the vendor's own host."""
        return assumed.page(ENTITIES[kind], sale)

    def _voided(self, now: Sale) -> Sale:
        """QUIRK: a void may answer well and do nothing (quickbooks.md 0.3, live)."""
        try:
            raw = self._client.read(ENTITIES[now.kind], now.ref.id)
        except BridgeError as error:
            raise OutcomeUnknown("quickbooks.not_voided") from error
        if raw is None:
            raise OutcomeUnknown("quickbooks.not_voided")
        sale = self._told(now.kind, raw)
        if sale.state is not DocumentState.VOIDED:
            raise OutcomeUnknown("quickbooks.not_voided")
        return sale

    def _written(
        self,
        now: Sale,
        contact: str,
        body: Mapping[str, object],
        key: str,
        params: Mapping[str, str] | None = None,
    ) -> msgspec.Raw:
        """Write what is there already; a refusal for something missing says what is missing."""
        try:
            return self._client.write(ENTITIES[now.kind], body, key, params)
        except Refused as error:
            if is_missing(error) and self._client.read(ENTITIES[now.kind], now.ref.id) is None:
                raise gone(now.ref.id) from error
            if is_missing(error) and contact and not self._has(contact):
                raise gone(contact) from error
            raise

    def _sent(self, items: Sequence[BatchItem], key: str) -> Sequence[msgspec.Raw | BridgeError]:
        if len(items) > 1:
            return self._client.batch(items, key)
        try:
            return [self._client.write(items[0].entity, items[0].body, key)]
        except Refused as error:
            return [error]

    def _result(self, sale: NewSale, told: msgspec.Raw | BridgeError) -> Sale | BridgeError:
        if isinstance(told, BridgeError):
            return self._explained(told, sale.contact)
        try:
            return self._told(sale.kind, told)
        except OutcomeUnknown as error:
            return error

    def _explained(self, error: BridgeError, contact: str) -> BridgeError:
        """QUIRK: one code for "gone" and "no longer in use" (quickbooks.md 3.7); a look tells them apart."""
        try:
            return gone(contact) if is_missing(error) and not self._has(contact) else error
        except BridgeError:
            return error

    def _has(self, contact: str) -> bool:
        where = f"Id = {quoted(contact)} AND Active IN (true, false)"
        return bool(self._client.few("Customer", Customer, where, 1))

    def _told(self, kind: SaleKind, raw: msgspec.Raw) -> Sale:
        """A written sale as the answer shows it; one that cannot be read was written all the same."""
        try:
            return decode(bytes(raw), SaleAnswer, vendor=VENDOR).plain(kind, self.rates(), self._home)
        except VendorChanged as error:
            raise OutcomeUnknown("outcome.left_out", detail=f"{error} {error.detail}") from error

    def _changed(self, kind: SaleKind, raw: msgspec.Raw) -> Sale:
        row = decode(bytes(raw), Row, vendor=VENDOR)
        if row.is_deleted:
            return Sale(ref=ref_of(kind, row.id), kind=kind, state=DocumentState.DELETED)
        return decode(bytes(raw), SaleAnswer, vendor=VENDOR).plain(kind, self.rates(), self._home)

    def _listed(self, kind: SaleKind, where: str, cancel: Cancel) -> Iterator[Sequence[Sale]]:
        for page in self._client.pages(ENTITIES[kind], SaleAnswer, where, cancel):
            yield self._plain(kind, page)

    def _plain(self, kind: SaleKind, rows: Sequence[SaleAnswer]) -> list[Sale]:
        return [row.plain(kind, self.rates(), self._home) for row in rows]

    def _by_number(self, sought: Sequence[Sought], found: list[dict[str, Sale]], cancel: Cancel) -> None:
        for kind in SaleKind:
            numbers = list(dict.fromkeys(one.number for one in sought if one.kind is kind and one.number))
            for start in range(0, len(numbers), _SOME):
                some = ", ".join(quoted(one) for one in numbers[start : start + _SOME])
                for page in self._listed(kind, f"DocNumber IN ({some})", cancel):
                    _keep(sought, found, page)

    def _by_day(self, sought: Sequence[Sought], found: list[dict[str, Sale]], cancel: Cancel) -> None:
        """One question for each customer and day. INFERRED: nobody moved it to another day meanwhile."""
        left = [one for one, hits in zip(sought, found, strict=True) if not hits]
        places = dict.fromkeys((one.kind, one.contact, one.day) for one in left)
        for kind, contact, day in places:
            where = f"TxnDate = '{day}'" + (f" AND CustomerRef = {quoted(contact)}" if contact else "")
            for page in self._listed(kind, where, cancel):
                _keep(sought, found, page)

    def _ready(self) -> None:
        """Read what an answer is read with: after a write nothing may fail that is not the write itself."""
        self.rates()
        _ = self._home

    @cached_property
    def _home(self) -> str:
        return self.selling_rules().base_currency


def _item(sale: NewSale, terms: Terms) -> BatchItem | CannotMap:
    try:
        return BatchItem(ENTITIES[sale.kind], sale_body(sale, terms))
    except CannotMap as error:
        return error


def _keep(sought: Sequence[Sought], found: list[dict[str, Sale]], page: Sequence[Sale]) -> None:
    """What bears a mark goes to whoever looks for it."""
    for sale in page:
        words = set(sale.memo.split())
        for one, hits in zip(sought, found, strict=True):
            if one.mark in words and one.kind is sale.kind:
                hits[sale.ref.id] = sale
