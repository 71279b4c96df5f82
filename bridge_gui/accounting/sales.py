"""Sales of a shop in our form: orders with lines, payments and refunds, whatever system rang them up."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.money import total


class MethodKind(Enum):
    """What a payment method is, as far as bookkeeping cares; `ON_ACCOUNT` is a promise, not money."""

    CARD = "card"
    CASH = "cash"
    GIFT_CARD = "gift_card"
    ON_ACCOUNT = "on_account"
    OTHER = "other"


class PaymentState(Enum):
    """Whether money has moved; only what is received counts."""

    RECEIVED = "received"
    PENDING = "pending"
    FAILED = "failed"


class OrderState(Enum):
    """Where an order stands at the shop; only closed ones are sales."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PaymentMethod(Struct, frozen=True, kw_only=True):
    """A way to pay, as the shop names it."""

    id: str
    title: str
    kind: MethodKind
    active: bool = True


class Buyer(Struct, frozen=True, kw_only=True):
    """Who bought, as the shop knows them; `number` is the national or company number, digits only."""

    id: str
    name: str
    number: str = ""
    email: str = ""


class SaleLine(Struct, frozen=True, kw_only=True):
    """One line of an order; `gross` includes the tax and has the discount taken off.

    A gift card sold is money owed, not a sale: it bears no tax whatever `rate` says.
    """

    text: str
    gross: Decimal
    rate: Decimal | None
    quantity: Decimal = Decimal(1)
    sku: str = ""
    gift_card: bool = False


class SalePayment(Struct, frozen=True, kw_only=True):
    """One payment, negative when money was given back."""

    method: PaymentMethod
    amount: Decimal
    state: PaymentState


class SaleOrder(Struct, frozen=True, kw_only=True):
    """An order; a refund is an order of its own with negative lines, dated when the money went back."""

    id: str
    number: str
    state: OrderState
    closed: datetime
    currency: str
    total: Decimal
    lines: tuple[SaleLine, ...]
    payments: tuple[SalePayment, ...]
    buyer: Buyer | None = None
    refund_of: str = ""

    @property
    def received(self) -> tuple[SalePayment, ...]:
        """The payments that count: money moved, amount not zero."""
        return tuple(p for p in self.payments if p.state is PaymentState.RECEIVED and p.amount != 0)

    @property
    def pending(self) -> bool:
        """Whether a payment is still on its way."""
        return any(payment.state is PaymentState.PENDING for payment in self.payments)

    @property
    def lines_total(self) -> Decimal:
        """What the lines add up to."""
        return total(line.gross for line in self.lines)

    @property
    def paid(self) -> Decimal:
        """What the payments that count add up to."""
        return total(payment.amount for payment in self.received)
