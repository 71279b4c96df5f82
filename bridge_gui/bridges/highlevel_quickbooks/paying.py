"""Payments of invoices: what the CRM says was paid, less what the books hold from us already. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, json

from bridge_gui.accounting.crm import CrmPayment
from bridge_gui.accounting.money import ZERO, plain, total
from bridge_gui.accounting.selling import NewPayment
from bridge_gui.bridges.highlevel_quickbooks.customers import customer_at
from bridge_gui.bridges.highlevel_quickbooks.planning import named, writable
from bridge_gui.bridges.highlevel_quickbooks.rules import Rules
from bridge_gui.bridges.highlevel_quickbooks.shown import read_payment
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    INVOICE,
    NUMBER_LENGTH,
    PAYMENT,
    PayInvoice,
    mark_text,
    place,
)
from bridge_gui.errors import Param
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Held, Known, LinkView
from bridge_gui.sync.step import LinkTo, Step

if TYPE_CHECKING:
    from bridge_gui.bridges.highlevel_quickbooks.billing import Billed

BY_HAND, LEAVE = "manual", "leave"


class Paid(Struct, frozen=True, kw_only=True):
    """Which of the CRM's payments a payment at the books is (empty: none it lists), and how much."""

    payment: str
    amount: Decimal


class _New(Struct, frozen=True, kw_only=True):
    """One payment to be booked."""

    payment: str
    day: date
    amount: Decimal
    provider: str
    reference: str = ""


def plan_payments(billed: Billed, known: Known, rules: Rules) -> list[Step] | Held:
    """The payments that the books do not have from us; never more in all than the CRM says was paid.

    Money given back, or taken back, is for a person to book: once they say so it is left alone.
    """
    invoice = billed.invoice
    links = [link for link in known.links if link.kind == PAYMENT]
    posted = total(_posted(link).amount for link in links)
    back = total(payment.refunded for payment in billed.payments)
    if back or posted > invoice.paid:
        params: dict[str, Param] = {"back": plain(back), "booked": plain(posted), "now": plain(invoice.paid)}
        code = "invoice.refunded" if back else "invoice.paid_less"
        return [] if known.answer == LEAVE else Held(code=code, params=params, choices=(LEAVE,))
    new = _new(billed, links, invoice.paid - posted, rules)
    begin = max((link.ordinal for link in links), default=0) + 1
    places = [place(PAYMENT, invoice.id, begin + count) for count in range(len(new))]
    return [_step(billed, one, places[: count + 1], links, rules) for count, one in enumerate(new)]


def _posted(link: LinkView) -> Paid:
    """What a payment of ours was booked for, else what it shows."""
    if link.source_content:
        return json.decode(link.source_content, type=Paid)
    shown = read_payment(link.target_content)
    return Paid(payment="", amount=shown.amount if shown is not None else ZERO)


def _new(billed: Billed, links: Sequence[LinkView], missing: Decimal, rules: Rules) -> list[_New]:
    """What the CRM lists and is not booked, then what it says was paid and lists nowhere."""
    result: list[_New] = []
    for payment in _unbooked(billed.payments, [_posted(link) for link in links]):
        amount = min(payment.amount, missing)
        if amount > 0:
            result.append(_of(payment, amount, rules))
            missing -= amount
    if missing > 0:
        result.append(_New(payment="", day=rules.today, amount=missing, provider=BY_HAND))
    return result


def _unbooked(payments: Sequence[CrmPayment], posted: Sequence[Paid]) -> list[CrmPayment]:
    """Payments that none of ours stands for, by id, else by amount."""
    ids = {one.payment for one in posted}
    nameless = [one.amount for one in posted if not one.payment]
    left: list[CrmPayment] = []
    for payment in payments:
        if payment.id in ids:
            continue
        if payment.amount in nameless:
            nameless.remove(payment.amount)
            continue
        left.append(payment)
    return left


def _of(payment: CrmPayment, amount: Decimal, rules: Rules) -> _New:
    return _New(
        payment=payment.id, day=rules.day(payment.at), amount=amount, provider=payment.provider,
        reference=payment.reference[:NUMBER_LENGTH],
    )  # fmt: skip


def _step(
    billed: Billed, new: _New, places: Sequence[LinkTo], links: Sequence[LinkView], rules: Rules
) -> Step:
    """One payment; it goes after the earlier ones of its plan, so that no two take over the same one."""
    invoice, (*earlier, here) = billed.invoice, places
    writable(new.day, invoice.currency, rules)
    customer, at = customer_at(invoice.person), place(INVOICE, invoice.id)
    word = mark_text(rules.scope, PAYMENT, invoice.id, here.ordinal)
    payment = NewPayment(
        contact="", invoice="", day=new.day, amount=new.amount, currency=invoice.currency,
        memo=f"HighLevel payment of invoice {invoice.number} {word}", method=rules.method(new.provider),
        deposit=rules.deposit(new.provider), reference=new.reference,
    )  # fmt: skip
    return PayInvoice(
        name=f"payment:{here.ordinal}", link=here, lane=f"invoice:{invoice.id}",
        mark=word, needs=(at, *earlier), sources=(invoice.id,), day=new.day, number=invoice.number,
        source_content=canonical(Paid(payment=new.payment, amount=new.amount)), party=named(invoice.person),
        total=new.amount, currency=invoice.currency, payment=payment, invoice=at, customer=customer,
        earlier=tuple(earlier), taken=tuple(link.target.id for link in links if link.target is not None),
    )  # fmt: skip
