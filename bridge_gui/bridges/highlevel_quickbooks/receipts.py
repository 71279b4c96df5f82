"""From a payment and its order to a sales receipt, and from what was given back to refund receipts: pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmLine, CrmOrder, CrmPayment, CrmTax, SourceKind
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, plain, round_to_unit, total
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.accounting.selling import NewSale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.amounts import Charged, Sums, scaled, sums_of
from bridge_gui.bridges.highlevel_quickbooks.planning import ensured, made, sale_of, writable
from bridge_gui.bridges.highlevel_quickbooks.rules import REFUND_SALE, Rules
from bridge_gui.bridges.highlevel_quickbooks.shown import read_shown
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    NUMBER_LENGTH,
    RECEIPT,
    REFUND,
    VoidSale,
    mark_text,
    place,
    short_number,
)
from bridge_gui.errors import CannotMap, Param
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Held, Known, LinkView, Skip
from bridge_gui.sync.step import Step
from bridge_gui.wording.message import mark

VOID, LEAVE, PART = "void", "leave", "part_payment"
_GONE = (DocumentState.VOIDED, DocumentState.DELETED)
_HUNDRED = Decimal(100)
SHIPPING, REFUNDED, PART_OF = mark("Shipping"), mark("Refund of {number}"), mark("Part of an order")


class Takings(Struct, frozen=True, kw_only=True):
    """What of a payment the books depend on; `refund_day` is when a refund was seen at the CRM."""

    payment: CrmPayment
    order: CrmOrder | None = None
    refund_day: date | None = None


class GivenBack(Struct, frozen=True, kw_only=True):
    """What was given back in all once this refund receipt was made."""

    refunded: Decimal


def takings_of(payment: CrmPayment, order: CrmOrder | None, rules: Rules) -> Takings:
    """A payment without what changes nothing: when it was touched, how it was read."""
    day = rules.day(payment.changed) if payment.refunded else None
    still = replace(payment, changed=payment.made, whole=True, raw_source="")
    return Takings(payment=still, order=order, refund_day=day)


def left_out(payment: CrmPayment, rules: Rules) -> Skip | None:
    """Why a payment becomes no receipt; told by a list alone, but for `booked`."""
    if not payment.live:
        return Skip(code="payment.test")
    if payment.source is SourceKind.INVOICE or payment.invoice:
        return Skip(code="payment.of_invoice")
    if payment.source not in rules.kinds:
        return Skip(code="payment.kind_off", params={"kind": payment.source.value})
    if payment.booked:
        return Skip(code="payment.booked_by_highlevel")
    if payment.state is not PaymentState.RECEIVED:
        return Skip(code=f"payment.{payment.state.value}")
    return Skip(code="payment.zero") if not payment.amount else None


def plan_takings(takings: Takings, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """One receipt for one payment, and a refund receipt for each amount given back."""
    receipts = [link for link in known.links if link.kind == RECEIPT]
    if not receipts:
        out = left_out(takings.payment, rules)
        return out if out is not None else _first(takings, known, rules)
    receipt = receipts[-1]
    if receipt.state in _GONE:
        return _gone(takings, receipt, known)
    if takings.payment.state is PaymentState.FAILED:
        return _failed(takings, receipt, known)
    return _refunds(takings, known, rules)


def _gone(takings: Takings, receipt: LinkView, known: Known) -> list[Step] | Held:
    """A person took the receipt away, or it was voided: what is given back later is for a person to book."""
    back = takings.payment.refunded - posted_refunds(known)
    if back <= 0 or known.answer == LEAVE:
        return []
    said: dict[str, Param] = {"back": plain(back), "receipt": _number(receipt)}
    return Held(code="refund.receipt_gone", params=said, choices=(LEAVE,))


def _number(receipt: LinkView) -> str:
    return receipt.target.number or receipt.target.id if receipt.target else ""


def receipt_of(takings: Takings, rules: Rules) -> NewSale:
    """The receipt of a payment, its customer still open."""
    payment = takings.payment
    sums = _sums(takings, rules)
    day = rules.day(payment.at)
    writable(day, payment.currency, rules)
    sale = sale_of(
        SaleKind.RECEIPT, sums, source=payment.id, ordinal=1, day=day, currency=payment.currency, rules=rules
    )
    return replace(
        sale, number=short_number(payment.id) if rules.books.own_numbers else "",
        email=payment.person.email, method=rules.method(payment.provider),
        deposit=rules.deposit(payment.provider), payment_reference=payment.reference[:NUMBER_LENGTH],
    )  # fmt: skip


def _first(takings: Takings, known: Known, rules: Rules) -> list[Step] | Held:
    if asked := _unit_asked(takings, known):
        return asked
    sale, payment = receipt_of(takings, rules), takings.payment
    steps: list[Step] = ensured(payment.person, sale, rules)
    steps.append(
        made(
            sale, payment.person, kind=RECEIPT, source=payment.id, ordinal=1, content=canonical(takings),
            lane=f"payment:{payment.id}", rules=rules,
        )
    )  # fmt: skip
    return steps + _refunds(takings, known, rules)


def _refunds(takings: Takings, known: Known, rules: Rules) -> list[Step]:
    """The difference between what was given back and what refund receipts hold."""
    posted = posted_refunds(known)
    refunds = [link for link in known.links if link.kind == REFUND]
    difference = takings.payment.refunded - posted
    if difference < 0:
        raise CannotMap("refund.shrank", booked=plain(posted), now=plain(takings.payment.refunded))
    if not difference:
        return []
    ordinal = max((link.ordinal for link in refunds), default=0) + 1
    sale = refund_of(takings, difference, ordinal, rules)
    payment, content = takings.payment, canonical(GivenBack(refunded=takings.payment.refunded))
    step = made(
        sale, payment.person, kind=REFUND, source=payment.id, ordinal=ordinal, content=content,
        lane=f"payment:{payment.id}", rules=rules, after=(place(RECEIPT, payment.id),),
    )  # fmt: skip
    return [step]


def posted_refunds(known: Known) -> Decimal:
    """What refund receipts hold in all: what they were made for, else what they show."""
    refunds = [link for link in known.links if link.kind == REFUND]
    said = [json.decode(one.source_content, type=GivenBack).refunded for one in refunds if one.source_content]
    shown = [read_shown(one.target_content) for one in refunds]
    return max([total(one.total for one in shown if one is not None), *said], default=ZERO)


def refund_of(takings: Takings, amount: Decimal, ordinal: int, rules: Rules) -> NewSale:
    """A refund receipt with the taxes of the receipt in proportion."""
    payment = takings.payment
    if amount > payment.amount:
        raise CannotMap("refund.over_payment", refunded=plain(amount), paid=plain(payment.amount))
    day = refund_day_of(takings, rules)
    writable(day, payment.currency, rules)
    if not rules.deposit(payment.provider):
        raise CannotMap("refund.no_account", provider=payment.provider)
    whole = _whole(takings, rules)
    number = short_number(payment.id)
    sums = scaled(whole, amount, REFUNDED.format(number=number))
    sale = sale_of(
        SaleKind.REFUND, sums, source=payment.id, ordinal=ordinal, day=day, currency=payment.currency,
        rules=rules,
    )  # fmt: skip
    return replace(
        sale, number=short_number(payment.id, ordinal) if rules.books.own_numbers else "",
        method=rules.method(payment.provider), deposit=rules.deposit(payment.provider),
        payment_reference=payment.reference[:NUMBER_LENGTH],
    )  # fmt: skip


def refund_day_of(takings: Takings, rules: Rules) -> date:
    """The day a refund is dated, as the setting says."""
    if rules.refund_day == REFUND_SALE:
        return rules.day(takings.payment.at)
    return takings.refund_day or rules.today


def _whole(takings: Takings, rules: Rules) -> NewSale:
    """The receipt of a payment without looking at whether its day is still open."""
    payment = takings.payment
    return sale_of(
        SaleKind.RECEIPT, _sums(takings, rules), source=payment.id, ordinal=1, day=rules.day(payment.at),
        currency=payment.currency, rules=rules,
    )  # fmt: skip


def _failed(takings: Takings, receipt: LinkView, known: Known) -> list[Step] | Held:
    """A payment that was taken back after its receipt was made: a person says what becomes of that."""
    number = _number(receipt)
    if known.answer == LEAVE:
        return []
    if known.answer != VOID:
        return Held(code="payment.failed_later", params={"receipt": number}, choices=(VOID, LEAVE))
    payment = takings.payment
    return [
        VoidSale(
            name="void", link=place(RECEIPT, payment.id), lane=f"payment:{payment.id}", creates=False,
            mark=receipt.source_id, planned_on=digest_of(receipt.target_content or b""),
            target=receipt.target, sources=(payment.id,), day=takings.payment.at.date(), number=number,
            party=payment.person.name, sale_kind=SaleKind.RECEIPT.value,
        )
    ]  # fmt: skip


def _sums(takings: Takings, rules: Rules) -> Sums:
    """What was charged: the order's lines where there are any, else the payment as one line."""
    payment, order = takings.payment, takings.order
    if payment.order and order is None:
        raise CannotMap("payment.order_gone")
    if order is None or not order.lines:
        return _untold(payment, rules)
    _same_currency(payment, order)
    whole = sums_of(_charged(order, rules.item(payment.source.value), rules), rules)
    if payment.amount == order.total:
        return whole
    if payment.amount > order.total:
        raise CannotMap("payment.over_order", paid=plain(payment.amount), order=plain(order.total))
    frame = sale_of(
        SaleKind.RECEIPT, whole, source=payment.id, ordinal=1, day=rules.day(payment.at),
        currency=payment.currency, rules=rules,
    )  # fmt: skip
    return scaled(frame, payment.amount, _part_text(order))


def _part_text(order: CrmOrder) -> str:
    """What a part payment is for."""
    return f"{PART_OF}: " + ", ".join(line.text for line in order.lines)


def _unit_asked(takings: Takings, known: Known) -> Held | None:
    """QUIRK: clients disagree whether amounts are in major or minor units (highlevel.md 3.4): never guess.

    A hundredth may be a true part payment, which only a person knows.
    """
    payment, order = takings.payment, takings.order
    if order is None or not order.total:
        return None
    said: dict[str, Param] = {"paid": plain(payment.amount), "order": plain(order.total)}
    if payment.amount == order.total * _HUNDRED:
        return Held(code="payment.unit", params=said)
    if payment.amount == order.total / _HUNDRED and known.answer != PART:
        return Held(code="payment.hundredth", params=said, choices=(PART,))
    return None


def _same_currency(payment: CrmPayment, order: CrmOrder) -> None:
    if payment.currency and order.currency and payment.currency != order.currency:
        raise CannotMap("payment.other_currency", paid=payment.currency, order=order.currency)


def _charged(order: CrmOrder, item: str, rules: Rules) -> Charged:
    """An order as it was charged; its taxes stand on the lines, or in a summary for all of them."""
    shipping = CrmLine(text=SHIPPING, quantity=Decimal(1), unit_price=order.shipping)
    return Charged(
        lines=_with_taxes(order, rules), total=order.total, currency=order.currency, item=item, tax=order.tax,
        discount=order.discount, extras=(shipping,) if order.shipping else (),
    )  # fmt: skip


def _with_taxes(order: CrmOrder, rules: Rules) -> tuple[CrmLine, ...]:
    """Lines with their tax; where only the order tells one, it is that of all lines or nobody can tell."""
    if not order.tax or any(line.taxes for line in order.lines):
        return order.lines
    rate = order.taxes[0].rate if len(order.taxes) == 1 else _fitting(order, rules)
    if rate is None:
        raise CannotMap("sale.tax_unclear", told=plain(order.tax), currency=order.currency)
    return tuple(replace(line, taxes=(CrmTax(name="", rate=rate),)) for line in order.lines)


def _fitting(order: CrmOrder, rules: Rules) -> Decimal | None:
    """The one rate among those chosen that an order's tax is reckoned with."""
    net = total(line.quantity * line.unit_price for line in order.lines) - order.discount
    rates = [Decimal(rate) for rate in rules.taxes]
    fitting = [rate for rate in rates if round_to_unit(net * rate / _HUNDRED, order.currency) == order.tax]
    return fitting[0] if len(fitting) == 1 and not order.taxes else None


def _untold(payment: CrmPayment, rules: Rules) -> Sums:
    """A payment without an order: one line that has the tax in it which the user chose for such payments."""
    rate = rules.untold.rate if rules.untold is not None else ZERO
    if rules.untold is not None:
        rules = replace(rules, taxes={**rules.taxes, plain(rate): rules.untold})
    line = CrmLine(
        text=payment.source_name or payment.source.value.replace("_", " "), quantity=Decimal(1),
        unit_price=payment.amount, taxes=(CrmTax(name="", rate=rate),) if rate else (), inclusive=True,
    )  # fmt: skip
    charged = Charged(
        lines=(line,), total=payment.amount, currency=payment.currency, item=rules.item(payment.source.value)
    )
    return sums_of(charged, rules)


def receipt_mark(payment: str, rules: Rules) -> str:
    """The mark of a payment's receipt."""
    return mark_text(rules.scope, RECEIPT, payment, 1)
