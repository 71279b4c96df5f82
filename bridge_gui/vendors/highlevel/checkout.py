"""HighLevel's payments (it says transactions) and the orders behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from bridge_gui.accounting.crm import CrmLine, CrmOrder, CrmPayment, CrmPlace, CrmTax, Person, SourceKind
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.errors import NoSuchTarget, SetupError, VendorChanged
from bridge_gui.vendors.highlevel.client import HighLevelClient, listing
from bridge_gui.vendors.highlevel.payloads import (
    VENDOR,
    ContactAnswer,
    PlaceAnswer,
    TaxAnswer,
    instant_of,
    money,
    number,
    text_of,
)
from bridge_gui.web.decode import Id, convert
from bridge_gui.web.waiting import Cancel, check

_DAY = timedelta(days=1)
_SCOPE = 6
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_RECEIVED = ("succeeded", "refunded", "partially_refunded", "partial_refunded", "partially-refunded")
_STATES = dict.fromkeys(_RECEIVED, PaymentState.RECEIVED) | {"failed": PaymentState.FAILED}
_OF_INVOICE = ("invoice", "text2Pay")
_SOURCES = {
    "invoice": SourceKind.INVOICE,
    "text2Pay": SourceKind.INVOICE,
    "funnel": SourceKind.ORDER_FORM,
    "website": SourceKind.ORDER_FORM,
    "calendar": SourceKind.CALENDAR,
    "membership": SourceKind.MEMBERSHIP,
    "communities": SourceKind.MEMBERSHIP,
    "payment_link": SourceKind.PAYMENT_LINK,
    "point_of_sale": SourceKind.POINT_OF_SALE,
    "external": SourceKind.SHOP_ELSEWHERE,
    "manual": SourceKind.BY_HAND,
    "mobile_app": SourceKind.BY_HAND,
}


class SourceAnswer(Struct, frozen=True):
    """Where a payment comes from, as a single read tells it."""

    type: str | None = None
    id: str | None = None
    name: str | None = None


class TransactionAnswer(Struct, frozen=True, rename="camel"):
    """A transaction; what only a single read tells is absent from lists."""

    id: Id = msgspec.field(name="_id")
    amount: Decimal
    currency: str
    status: str
    created_at: str
    live_mode: bool
    amount_refunded: Decimal | None = None
    updated_at: str | None = None
    fulfilled_at: str | None = None
    contact_id: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_snapshot: ContactAnswer | None = None
    entity_type: str | None = None
    entity_id: str | None = None
    entity_source_type: str | None = None
    entity_source_name: str | None = None
    entity_source_id: str | None = None
    entity_source: SourceAnswer | None = None
    subscription_id: str | None = None
    invoice_id: str | None = None
    charge_id: str | None = None
    payment_provider_type: str | None = None
    payment_method: Any = None
    mark_as_test: bool | None = None
    qbo_synced: bool | None = None

    def plain(self, *, whole: bool) -> CrmPayment:
        """The payment in our form."""
        if not self.status.strip():
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.status")
        made = instant_of(self.created_at, "$.createdAt")
        return CrmPayment(
            id=self.id, state=_STATES.get(self.status, PaymentState.PENDING),
            amount=money(self.amount, self.currency), refunded=money(self.amount_refunded, self.currency),
            currency=self.currency.upper(), made=made,
            at=instant_of(self.fulfilled_at, "$.fulfilledAt") if self.fulfilled_at else made,
            changed=instant_of(self.updated_at, "$.updatedAt") if self.updated_at else made,
            live=self.live_mode and not self.mark_as_test, source=self._source(),
            source_name=self._from.name or "", raw_source=self._from.type or "",
            person=self._person(), order=(self.entity_id or "") if self.entity_type == "order" else "",
            invoice=self._invoice(), subscription=self.subscription_id or "",
            provider=self.payment_provider_type or "", method=method_of(self.payment_method),
            reference=self.charge_id or "", booked=bool(self.qbo_synced), whole=whole,
        )  # fmt: skip

    @property
    def _from(self) -> SourceAnswer:
        """QUIRK: a list tells it in fields of its own, a single read in one (highlevel.md 3.4)."""
        told = self.entity_source or SourceAnswer()
        return SourceAnswer(
            type=self.entity_source_type or told.type, id=self.entity_source_id or told.id,
            name=self.entity_source_name or told.name,
        )  # fmt: skip

    def _source(self) -> SourceKind:
        source = self._from.type or ""
        if self.subscription_id and source not in _OF_INVOICE:
            return SourceKind.SUBSCRIPTION
        return _SOURCES.get(source, SourceKind.OTHER)

    def _invoice(self) -> str:
        if self.invoice_id:
            return self.invoice_id
        if self.entity_type == "invoice":
            return self.entity_id or ""
        if self._from.type not in _OF_INVOICE:
            return ""
        return self._from.id or self.entity_id or ""

    def _person(self) -> Person:
        """QUIRK: contacts get merged; the id of now is told beside the one of then (highlevel.md 7)."""
        seen = self.contact_snapshot.plain() if self.contact_snapshot else Person()
        return msgspec.structs.replace(
            seen, id=self.contact_id or seen.id, name=self.contact_name or seen.name,
            email=self.contact_email or seen.email,
        )  # fmt: skip


class AmountSummary(Struct, frozen=True):
    """How an order's total comes about."""

    subtotal: Decimal | None = None
    discount: Decimal | None = None
    tax: Decimal | None = None
    shipping: Decimal | None = None


class Price(Struct, frozen=True, rename="camel"):
    """What one piece costs."""

    amount: Decimal


class Product(Struct, frozen=True):
    """The thing sold; its taxes are whole in some answers and ids in others."""

    id: str = msgspec.field(name="_id", default="")
    name: str = ""
    taxes: list[Any] | None = None


class ItemAnswer(Struct, frozen=True):
    """A line of an order."""

    price: Price
    qty: Decimal = Decimal(1)
    name: str = ""
    product: Product | None = None

    def plain(self) -> CrmLine:
        """The line in our form."""
        product = self.product or Product()
        return CrmLine(
            text=self.name or product.name, quantity=number(self.qty), unit_price=number(self.price.amount),
            product=product.id, taxes=taxes_of(product.taxes),
        )  # fmt: skip


class OrderAnswer(Struct, frozen=True, rename="camel"):
    """An order as its single read shows it."""

    id: Id = msgspec.field(name="_id")
    amount: Decimal
    currency: str
    items: list[ItemAnswer]
    amount_summary: AmountSummary = AmountSummary()
    tax_summary: list[TaxAnswer] | None = None
    coupon: Any = None
    coupon_code: str | None = None
    contact_snapshot: ContactAnswer | None = None

    def plain(self) -> CrmOrder:
        """The order in our form."""
        told, coupon = self.amount_summary, self.coupon
        code = coupon.get("code") if isinstance(coupon, dict) else None
        sums = {name: money(getattr(told, name), self.currency) for name in ("subtotal", "tax", "shipping")}
        return CrmOrder(
            id=self.id, currency=self.currency.upper(), total=money(self.amount, self.currency),
            lines=tuple(item.plain() for item in self.items), **sums,
            discount=abs(money(told.discount, self.currency)),
            taxes=tuple(tax.plain() for tax in self.tax_summary or ()), coupon=code or self.coupon_code or "",
            person=self.contact_snapshot.plain() if self.contact_snapshot else Person(),
        )  # fmt: skip


class HighLevelCheckout:
    """The payments and orders of one location."""

    _client: HighLevelClient

    @property
    def scope(self) -> str:
        """Six letters and digits that are this location's own."""
        value = int.from_bytes(sha256(self._client.location.encode()).digest()[:8], "big")
        letters = []
        for _ in range(_SCOPE):
            value, one = divmod(value, len(_ALPHABET))
            letters.append(_ALPHABET[one])
        return "".join(letters)

    def place(self) -> CrmPlace:
        """The location, with its time zone."""
        one = self._place
        return CrmPlace(id=one.id, name=one.name, country=one.country or "", zone=one.timezone or "")

    def payments_made(
        self, first: datetime, last: datetime, cancel: Cancel
    ) -> Iterator[Sequence[CrmPayment]]:
        """Pages of the payments made from `first` until before `last`, tests too; each once, not `whole`.

        QUIRK: the list is asked for by days of UTC (highlevel.md 0.6), so by a day more on both sides.
        """
        days = {"startAt": f"{(first - _DAY).date()}", "endAt": f"{(last + _DAY).date()}"}
        query = {**self._client.here, **days}
        pages = self._client.pages(
            "payments/transactions", query, listing(TransactionAnswer), lambda row: row.id, cancel
        )
        for page in pages:
            found = [row.plain(whole=False) for row in page]
            if kept := [one for one in found if first <= one.made < last]:
                yield kept

    def crm_payments(self, ids: Collection[str], cancel: Cancel) -> tuple[CrmPayment, ...]:
        """Fresh copies read singly; what is gone is left out."""
        rows = self._singly("payments/transactions", ids, TransactionAnswer, cancel)
        return tuple(row.plain(whole=True) for row in rows)

    def orders(self, ids: Collection[str], cancel: Cancel) -> tuple[CrmOrder, ...]:
        """Orders with lines; what is gone is left out."""
        return tuple(row.plain() for row in self._singly("payments/orders", ids, OrderAnswer, cancel))

    def _singly(
        self,
        path: str,
        ids: Collection[str],
        shape: Any,
        cancel: Cancel,
        query: Mapping[str, str] | None = None,
    ) -> Iterator[Any]:
        for one in dict.fromkeys(ids):
            check(cancel)
            row = self._client.single(f"{path}/{one}", shape, query or self._client.here)
            if row is not None:
                yield row

    @cached_property
    def _place(self) -> Any:
        try:
            return self._client.read(f"locations/{self._client.location}", PlaceAnswer).location
        except NoSuchTarget as error:
            raise SetupError("highlevel.wrong_location") from error


def taxes_of(rows: Sequence[Any] | None) -> tuple[CrmTax, ...]:
    """The taxes of a line; bare ids cannot be resolved (highlevel.md 3.1)."""
    found = (convert(row, TaxAnswer, vendor=VENDOR) for row in rows or () if not isinstance(row, str))
    return tuple(row.plain() for row in found)


def method_of(method: Any) -> str:
    """How somebody paid: "card visa"."""
    if isinstance(method, str):
        return method
    if not isinstance(method, dict) or not method:
        return ""
    kind, details = next(iter(method.items()))
    brand = details.get("brand") if isinstance(details, dict) else None
    return f"{kind} {text_of(brand)}".strip()
