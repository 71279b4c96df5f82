"""SalesCloud's answers, with only the fields Bridge uses, and what they are in our form.

INFERRED: every field name but those of `appOrganizations`; see `assumed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec import Struct

from bridge_gui.accounting.sales import Buyer, MethodKind, PaymentMethod, SaleLine, SaleOrder, SalePayment
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.salescloud.assumed import METHOD_KINDS, ORDER_STATES, PAYMENT_STATES, GraphError
from bridge_gui.web.decode import Id

Meaning = TypeVar("Meaning")
# Users are told to type this where a customer has no phone or e-mail (help centre).
_NOTHING = {"", "n/a", "na", "-"}


class Reply(Struct, frozen=True):
    """A GraphQL answer: data (JSON still to be read, null for none), or errors, or both."""

    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: tuple[GraphError, ...] | None = None


class Organization(Struct, frozen=True):
    """An organisation that has installed the App."""

    uuid: Id
    label: str


class Organizations(Struct, frozen=True, rename="camel"):
    """The answer to `appOrganizations`."""

    app_organizations: tuple[Organization, ...]


class MethodAnswer(Struct, frozen=True):
    """A payment method."""

    uuid: Id
    title: str
    type: str = "other"
    active: bool = True

    def plain(self) -> PaymentMethod:
        """The method in our form."""
        kind = METHOD_KINDS.get(self.type.lower(), MethodKind.OTHER)
        return PaymentMethod(id=self.uuid, title=self.title, kind=kind, active=self.active)


class Methods(Struct, frozen=True, rename="camel"):
    """The answer to the payment-method query."""

    payment_methods_list: tuple[MethodAnswer, ...]


class LineAnswer(Struct, frozen=True, rename="camel"):
    """One line of an order."""

    title: str
    total_amount: Decimal
    gift_card: bool
    tax_rate: Decimal | None = None
    quantity: Decimal = Decimal(1)
    sku: str | None = None

    def plain(self) -> SaleLine:
        """The line in our form."""
        return SaleLine(
            text=self.title, gross=self.total_amount, rate=self.tax_rate, quantity=self.quantity,
            sku=self.sku or "", gift_card=self.gift_card,
        )  # fmt: skip


class PaymentAnswer(Struct, frozen=True, rename="camel"):
    """One payment of an order; negative for a refund."""

    amount: Decimal
    status: str
    payment_method: MethodAnswer

    def plain(self) -> SalePayment:
        """The payment in our form."""
        state = _meaning(PAYMENT_STATES, self.status, "payments.status")
        # `active` is not asked for with a payment, so it says nothing here.
        return SalePayment(method=self.payment_method.plain(), amount=self.amount, state=state)


class CustomerAnswer(Struct, frozen=True, rename="camel"):
    """Who bought."""

    uuid: Id
    label: str | None = None
    id_number: str | None = None
    email: str | None = None

    def plain(self) -> Buyer:
        """The customer in our form."""
        digits = "".join(sign for sign in _told(self.id_number) if sign.isdigit())
        return Buyer(id=self.uuid, name=_told(self.label), number=digits, email=_told(self.email))


class RefundedOrder(Struct, frozen=True):
    """The order that a refund gives money back for."""

    uuid: Id


class OrderAnswer(Struct, frozen=True, rename="camel"):
    """One order."""

    uuid: Id
    number: str | int
    status: str
    closed: datetime | None
    currency_code: str
    total_amount: Decimal
    line_items: tuple[LineAnswer, ...]
    payments: tuple[PaymentAnswer, ...]
    customer: CustomerAnswer | None = None
    refund_of: RefundedOrder | None = None

    def plain(self) -> SaleOrder | None:
        """The order in our form; None while it is not closed and never was."""
        if self.closed is None:
            return None
        return SaleOrder(
            id=self.uuid,
            number=str(self.number),
            state=_meaning(ORDER_STATES, self.status, "items.status"),
            closed=_aware(self.closed),
            currency=self.currency_code,
            total=self.total_amount,
            lines=tuple(line.plain() for line in self.line_items),
            payments=tuple(payment.plain() for payment in self.payments),
            buyer=None if self.customer is None else self.customer.plain(),
            refund_of="" if self.refund_of is None else self.refund_of.uuid,
        )


class OrderList(Struct, frozen=True):
    """One page of orders and the size of the whole selection."""

    total: int
    items: tuple[OrderAnswer, ...]


class OrdersAnswer(Struct, frozen=True, rename="camel"):
    """The answer to the orders query."""

    orders_list: OrderList


def _meaning(table: Mapping[str, Meaning], word: str, path: str) -> Meaning:
    try:
        return table[word.upper()]
    except KeyError:
        raise VendorChanged("vendor.changed", vendor="SalesCloud", path=path, detail=word[:60]) from None


def _told(text: str | None) -> str:
    """What a person really typed in, without the placeholders."""
    stripped = (text or "").strip()
    return "" if stripped.lower() in _NOTHING else stripped


def _aware(at: datetime) -> datetime:
    """QUIRK: Icelandic time is UTC all year, so an instant without a zone means UTC (salescloud.md 8)."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
