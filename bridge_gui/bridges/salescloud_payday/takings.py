"""From an order to the lines of a journal entry, or why not yet: pure, and strict about every króna."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from bridge_gui.accounting.documents import JournalLine, LedgerAccount
from bridge_gui.accounting.entries import balances, merged
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.sales import (
    MethodKind,
    OrderState,
    PaymentMethod,
    SaleLine,
    SaleOrder,
    SalePayment,
)
from bridge_gui.bridges.salescloud_payday.rules import Rules
from bridge_gui.sync.flow import Held, Skip

GIFT_CARDS = "Gift cards"
ROUNDING = "Rounding"


def lines_of(order: SaleOrder, rules: Rules) -> tuple[JournalLine, ...] | Held | Skip:
    """What the order does to the books: debit per payment method, credit gross per rate."""
    if order.state is OrderState.CANCELLED:
        return Skip(code="order.cancelled")
    if held := problem(order, rules):
        return held
    lines = merged((*paid_lines(order, rules), *_sold(order, rules), *_rounded(order, rules)))
    return lines if balances(lines) else Skip(code="order.no_effect")


def problem(order: SaleOrder, rules: Rules) -> Held | None:
    """Why an order cannot be booked as it is, None if it can."""
    found = (check(order, rules) for check in _CHECKS)
    return next((held for held in found if held is not None), None)


def without(
    order: SaleOrder, rules: Rules, billed: Mapping[Decimal, Decimal]
) -> tuple[JournalLine, ...] | Skip:
    """What is left for the journal once a part of each rate is billed."""
    sold = merged((*_sold(order, rules), *_billed(rules, billed)))
    lines = merged((*paid_lines(order, rules), *sold, *_rounded(order, rules)))
    return lines if balances(lines) else Skip(code="order.no_effect")


def in_order(lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """Lines as a bookkeeper reads them: where the money is, sales by rate, then what is owed or rounded."""
    return tuple(sorted(lines, key=_rank))


def _rank(line: JournalLine) -> tuple[int, Decimal]:
    if line.tax is not None:
        return 1, -line.tax.rate
    return (2 if line.text in {GIFT_CARDS, ROUNDING} else 0), Decimal(0)


def _currency(order: SaleOrder, rules: Rules) -> Held | None:
    if order.currency == rules.currency:
        return None
    return Held(code="order.currency", params={"currency": order.currency})


def _pending(order: SaleOrder, _rules: Rules) -> Held | None:
    return Held(code="order.payment_pending") if order.pending else None


def _whole(order: SaleOrder, _rules: Rules) -> Held | None:
    amounts = (order.total, *(line.gross for line in order.lines), *(p.amount for p in order.received))
    odd = next((amount for amount in amounts if amount % 1 != 0), None)
    return None if odd is None else Held(code="order.fractions", params={"amount": plain(odd)})


def _rates(order: SaleOrder, rules: Rules) -> Held | None:
    for line in _taxed(order):
        rate = "" if line.rate is None else plain(line.rate)
        sales = None if line.rate is None else rules.sales.get(line.rate)
        if sales is None:
            return Held(code="order.unknown_rate", params={"rate": rate, "line": line.text})
        if sales.account is None:
            return Held(code="sales.no_account", params={"rate": rate, "account": sales.chosen})
    return None


def _gift_cards(order: SaleOrder, rules: Rules) -> Held | None:
    sold = any(line.gift_card and line.gross != 0 for line in order.lines)
    return Held(code="gift_card.no_account") if sold and rules.gift_cards is None else None


def _methods(order: SaleOrder, rules: Rules) -> Held | None:
    """Every method has its account; sales on account are booked when their invoice is sent."""
    for payment in _money(order):
        title = payment.method.title
        if payment.method.id not in rules.methods:
            return Held(code="method.unmapped", params={"method": title})
        if rules.methods[payment.method.id] is None:
            return Held(code="method.account_gone", params={"method": title})
    return None


def _balance(order: SaleOrder, rules: Rules) -> Held | None:
    """The lines, the total and the payments say the same, or differ within the limit."""
    sums = (order.lines_total, order.total, order.paid)
    difference = max(sums) - min(sums)
    if difference == 0 or (rules.rounding is not None and difference <= rules.limit):
        return None
    lines, total, paid = map(plain, sums)
    params = {"lines": lines, "total": total, "paid": paid, "difference": plain(difference)}
    return Held(code="order.unbalanced", params=dict(params))


_CHECKS: tuple[Callable[[SaleOrder, Rules], Held | None], ...] = (
    _currency, _pending, _whole, _rates, _gift_cards, _methods, _balance,
)  # fmt: skip


def _taxed(order: SaleOrder) -> Iterator[SaleLine]:
    return (line for line in order.lines if not line.gift_card and line.gross != 0)


def _money(order: SaleOrder) -> Iterator[SalePayment]:
    return (payment for payment in order.received if payment.method.kind is not MethodKind.ON_ACCOUNT)


def _billed(rules: Rules, billed: Mapping[Decimal, Decimal]) -> Iterator[JournalLine]:
    """What is taken off the sales because an invoice says it."""
    for rate, amount in billed.items():
        sales = rules.sales[rate]
        yield JournalLine(account=_account(sales.account), amount=amount, tax=sales.tax, gross=True)


def paid_lines(order: SaleOrder, rules: Rules) -> Iterator[JournalLine]:
    """Debit per payment method, what is promised left out."""
    for payment in _money(order):
        account = _account(rules.methods[payment.method.id])
        yield JournalLine(account=account, amount=payment.amount, text=_title(payment.method))


def _sold(order: SaleOrder, rules: Rules) -> Iterator[JournalLine]:
    """Credit per rate, highest rate first, then gift cards, which are owed and bear no VAT."""
    for rate, sales in sorted(rules.sales.items(), reverse=True):
        amount = sum((line.gross for line in _taxed(order) if line.rate == rate), Decimal(0))
        if amount:
            account = _account(sales.account)
            yield JournalLine(account=account, amount=-amount, tax=sales.tax, gross=True)
    owed = sum((line.gross for line in order.lines if line.gift_card), Decimal(0))
    if owed:
        yield JournalLine(account=_account(rules.gift_cards), amount=-owed, text=GIFT_CARDS)


def _rounded(order: SaleOrder, rules: Rules) -> Iterator[JournalLine]:
    """What the payments and the lines differ by, within the limit, on the account named for it."""
    difference = order.paid - order.lines_total
    if difference:
        yield JournalLine(account=_account(rules.rounding), amount=-difference, text=ROUNDING)


def _account(account: LedgerAccount | None) -> str:
    assert account is not None, "the checks come first"
    return account.id


def _title(method: PaymentMethod) -> str:
    return method.title.strip()
