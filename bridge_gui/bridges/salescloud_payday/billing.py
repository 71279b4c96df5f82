"""What part of an order goes on the customer's invoice, and what into the journal: pure, to the króna."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.documents import CUSTOMER, JournalLine
from bridge_gui.accounting.entries import merged
from bridge_gui.accounting.invoices import InvoiceLine, priced
from bridge_gui.accounting.money import ZERO, plain, total
from bridge_gui.accounting.sales import MethodKind, OrderState, SaleLine, SaleOrder, SalePayment
from bridge_gui.bridges.salescloud_payday import takings
from bridge_gui.bridges.salescloud_payday.draft_lines import Billed
from bridge_gui.bridges.salescloud_payday.rules import ASK, PRO_RATA, WHOLE, Rules
from bridge_gui.sync.flow import Held, Skip

ROUNDING = "Námundunarupphæð"
PART = "hluti í reikning"
NOBODY = frozenset({"9999999999", "0000000000"})


class Buying(Struct, frozen=True, kw_only=True):
    """Who is billed, and what for."""

    billed: Billed
    name: str
    email: str = ""


class Parts(Struct, frozen=True, kw_only=True):
    """An order taken apart: the lines for the journal, or why there are none, and what is billed."""

    journal: tuple[JournalLine, ...] | Skip
    buying: Buying | None = None


def parts_of(order: SaleOrder, rules: Rules, split: str = "") -> Parts | Held | Skip:
    """Both parts of an order; together they are the order. `split` is what was decided about this one."""
    if order.state is OrderState.CANCELLED:
        return Skip(code="order.cancelled")
    promised = [payment for payment in order.received if on_account(payment)]
    if not promised:
        lines = takings.lines_of(order, rules)
        return lines if isinstance(lines, Held) else Parts(journal=lines)
    return takings.problem(order, rules) or _buyer_missing(order) or _parted(order, rules, split)


def on_account(payment: SalePayment) -> bool:
    """Whether a payment is a promise to pay an invoice."""
    return payment.method.kind is MethodKind.ON_ACCOUNT


def promised_in(order: SaleOrder) -> bool:
    """Whether any of an order is on account."""
    return any(on_account(payment) for payment in order.received)


def _buyer_missing(order: SaleOrder) -> Held | None:
    """Nobody is billed without a kennitala; a placeholder is none. A wrong check digit only warns."""
    buyer = order.buyer
    if buyer is not None and len(buyer.number) == 10 and buyer.number not in NOBODY:
        return None
    name = buyer.name if buyer is not None else ""
    amount = plain(total(payment.amount for payment in order.received if on_account(payment)))
    return Held(code="order.no_kennitala", params={"buyer": name, "amount": amount})


def _parted(order: SaleOrder, rules: Rules, split: str) -> Parts | Held:
    """The whole order on the invoice, or the part that was not paid at the till."""
    promised = total(payment.amount for payment in order.received if on_account(payment))
    paid = [payment for payment in order.received if not on_account(payment)]
    gifts = [line for line in order.lines if line.gift_card and line.gross != 0]
    if not paid:
        if gifts:
            return Held(code="order.gift_card_on_account", params={"amount": plain(promised)})
        journal = Skip(code="order.on_account", params={"buyer": _name(order), "amount": plain(promised)})
        return Parts(journal=journal, buying=_buying(order, _all_lines(order)))
    how = split or rules.split
    if how == ASK:
        params = {"buyer": _name(order), "amount": plain(promised)}
        return Held(code="order.split_on_account", params={**params}, choices=(PRO_RATA, WHOLE))
    if gifts and how == WHOLE:
        return Held(code="order.gift_card_on_account", params={"amount": plain(promised)})
    return _whole(order, rules, paid) if how == WHOLE else _pro_rata(order, rules, promised)


def _whole(order: SaleOrder, rules: Rules, paid: list[SalePayment]) -> Parts:
    """All of it on the invoice; what was paid at the till is credited to the customer."""
    assert order.buyer is not None, "looked at before"
    customer = f"{CUSTOMER}{order.buyer.number}"
    credit = JournalLine(account=customer, amount=-total(payment.amount for payment in paid))
    lines = merged((*takings.paid_lines(order, rules), credit))
    return Parts(journal=lines, buying=_buying(order, _all_lines(order), WHOLE))


def _pro_rata(order: SaleOrder, rules: Rules, promised: Decimal) -> Parts | Held:
    """Each VAT rate in proportion; gift cards count as paid, they bear no VAT and no invoice.

    More on account than there are goods would bill what was not sold: that is not divided.
    """
    rates = {rate: amount for rate, amount in sums_by_rate(order.lines).items() if amount}
    goods = total(rates.values())
    if goods == 0 or not 0 <= promised / goods <= 1:
        gifts = any(line.gift_card and line.gross != 0 for line in order.lines)
        choices = () if gifts else (WHOLE,)
        return Held(code="order.split_unclear", params={"amount": plain(promised)}, choices=choices)
    billed = shares(rates, promised)
    lines = tuple(
        priced(f"{PART}, {plain(rate)} % VSK", Decimal(1), amount, rate)
        for rate, amount in sorted(billed.items(), reverse=True)
        if amount
    )
    journal = takings.without(order, rules, billed)
    return Parts(journal=journal, buying=_buying(order, lines, PRO_RATA))


def sums_by_rate(lines: tuple[SaleLine, ...]) -> dict[Decimal, Decimal]:
    """The gross per VAT rate; gift cards bear none."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        if not line.gift_card and line.rate is not None:
            sums[line.rate] = sums.get(line.rate, ZERO) + line.gross
    return sums


def shares(rates: Mapping[Decimal, Decimal], part: Decimal) -> dict[Decimal, Decimal]:
    """A part taken from each rate in proportion, in whole krónur that add up to the part exactly."""
    whole = total(rates.values())
    exact = {rate: amount * part / whole for rate, amount in rates.items()}
    floor = {rate: Decimal(int(amount)) for rate, amount in exact.items()}
    left = int(part - total(floor.values()))
    by_rest = sorted(rates, key=lambda rate: (-abs(exact[rate] - floor[rate]), -rate))
    step = 1 if left > 0 else -1
    for place in range(abs(left)):
        floor[by_rest[place % len(by_rest)]] += step
    return floor


def _all_lines(order: SaleOrder) -> tuple[InvoiceLine, ...]:
    """Every line of the order; what the payments and the lines differ by, within the limit, is shown."""
    lines = [
        priced(line.text.strip() or "Vara", line.quantity, line.gross, line.rate or ZERO)
        for line in order.lines
        if line.gross != 0
    ]
    difference = order.paid - order.lines_total
    if difference:
        lines.append(
            priced(ROUNDING, Decimal(1), difference, max((line.rate for line in lines), default=ZERO))
        )
    return tuple(lines)


def _buying(order: SaleOrder, lines: tuple[InvoiceLine, ...], split: str = "") -> Buying | None:
    buyer = order.buyer
    assert buyer is not None, "looked at before"
    if not lines:
        return None
    billed = Billed(number=buyer.number, lines=lines, split=split)
    return Buying(billed=billed, name=buyer.name, email=buyer.email)


def _name(order: SaleOrder) -> str:
    return order.buyer.name if order.buyer is not None else ""
