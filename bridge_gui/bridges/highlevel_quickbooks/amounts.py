"""From what a CRM charges to lines the books reckon to the same total: pure, exact to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.billing import BillLine, TaxTreatment
from bridge_gui.accounting.crm import CrmDiscount, CrmLine
from bridge_gui.accounting.money import ZERO, plain, round_to_unit, total
from bridge_gui.accounting.selling import NewSale, TaxSum, tax_sums, taxes_of
from bridge_gui.accounting.tax import TaxCode, split_gross
from bridge_gui.bridges.highlevel_quickbooks.rules import FOLD, Rules
from bridge_gui.errors import CannotMap
from bridge_gui.wording.message import mark

_HUNDRED = Decimal(100)
_FINEST = Decimal("0.000001")
CHARGES, ROUNDING = mark("Other charges"), mark("Rounding")


class Charged(Struct, frozen=True, kw_only=True):
    """What was charged, as the CRM sums it: `tax` None where it tells none.

    `extras` stand beside the lines without discount or tax. `item` is what all lines are sold as.
    """

    lines: tuple[CrmLine, ...]
    total: Decimal
    currency: str
    item: str
    tax: Decimal | None = None
    discount: Decimal = ZERO
    discounted: tuple[str, ...] = ()
    extras: tuple[CrmLine, ...] = ()


class Sums(Struct, frozen=True, kw_only=True):
    """The part of a sale that amounts decide."""

    treatment: TaxTreatment
    lines: tuple[BillLine, ...]
    discount: Decimal = ZERO
    discount_tax: str = ""
    tax: Decimal | None = None


class _Taken(Struct, frozen=True, kw_only=True):
    """One line taken apart: before and after its share of the discount, `net` without tax."""

    line: CrmLine
    rate: Decimal
    full: Decimal
    share: Decimal
    net: Decimal


def discount_of(
    discount: CrmDiscount | None, lines: Sequence[CrmLine], told: Decimal, currency: str
) -> Decimal:
    """A discount as an amount: as the CRM tells it, else reckoned."""
    if told or discount is None:
        return told
    reach = [one for one in lines if not discount.products or one.product in discount.products]
    whole = total(_full(line, currency) for line in reach)
    return discount.amount or round_to_unit(whole * discount.percent / _HUNDRED, currency)


def sums_of(charged: Charged, rules: Rules) -> Sums:
    """Lines, discount and tax that come to what was charged; `CannotMap` says why there are none."""
    _sane(charged)
    taken = _taken(charged)
    extras = [_extra(line, charged, rules) for line in charged.extras]
    net = total(one.net for one in taken) + total(line.amount(charged.currency) for line in extras)
    meant = _tax_meant(charged, taken, charged.total - net, rules)
    rest = charged.total - net - meant
    if abs(rest) > rules.tolerance or (rest and not meant):
        extras.append(_rest(rest, charged, rules))
        rest = ZERO
    if rules.books.american and rules.tax_way == FOLD:
        return _folded(charged, taken, extras)
    return _coded(charged, taken, extras, meant + rest, rules)


def scaled(sale: NewSale, amount: Decimal, text: str) -> Sums:
    """A part of a sale's amount with the taxes of the whole, one line for each tax: refunds, instalments."""
    if sale.treatment is TaxTreatment.NONE:
        one = BillLine(text=text, quantity=Decimal(1), unit_price=amount, item=sale.lines[0].item)
        return Sums(treatment=sale.treatment, lines=(one,))
    taxes = [one for one in taxes_of(sale) if one.net or one.tax]
    parts = shares(amount, [one.net + one.tax for one in taxes], sale.currency)
    lines = tuple(_part(one, part, sale, text) for one, part in zip(taxes, parts, strict=True) if part)
    tax = amount - total(line.amount(sale.currency) for line in lines)
    sums = Sums(treatment=sale.treatment, lines=lines)
    return replace(sums, tax=None if tax == _reckoned(sums, sale.currency) else tax)


def shares(amount: Decimal, sums: Sequence[Decimal], currency: str) -> list[Decimal]:
    """An amount divided in proportion; what rounding leaves goes to the largest part."""
    whole = total(sums)
    if not whole:
        return [amount, *(ZERO for _ in sums[1:])]
    parts = [round_to_unit(amount * one / whole, currency) for one in sums]
    largest = max(range(len(sums)), key=lambda position: abs(sums[position]))
    parts[largest] += amount - total(parts)
    return parts


def _sane(charged: Charged) -> None:
    if charged.total < 0:
        raise CannotMap("sale.negative", total=plain(charged.total), currency=charged.currency)
    if not charged.lines:
        raise CannotMap("sale.no_lines")


def _taken(charged: Charged) -> list[_Taken]:
    """Each line with its share of the discount, which comes off before tax."""
    reach = [not charged.discounted or one.product in charged.discounted for one in charged.lines]
    full = [_full(line, charged.currency) for line in charged.lines]
    weights = [amount if inside else ZERO for amount, inside in zip(full, reach, strict=True)]
    if charged.discount and not total(weights):
        raise CannotMap("sale.discount_unclear", discount=plain(charged.discount))
    off = shares(charged.discount, weights, charged.currency) if charged.discount else [ZERO] * len(full)
    return [
        _one(line, amount, share, charged.currency)
        for line, amount, share in zip(charged.lines, full, off, strict=True)
    ]


def _one(line: CrmLine, full: Decimal, share: Decimal, currency: str) -> _Taken:
    rate = total(tax.rate for tax in line.taxes)
    after = full - share
    net = split_gross(after, rate, currency).net if line.inclusive else after
    return _Taken(line=line, rate=rate, full=full, share=share, net=net)


def _full(line: CrmLine, currency: str) -> Decimal:
    return round_to_unit(line.quantity * line.unit_price, currency)


def _tax_meant(charged: Charged, taken: Sequence[_Taken], left: Decimal, rules: Rules) -> Decimal:
    """The tax as the CRM sums it, if it is what its rates come to but for rounding.

    Where it tells none it is what is `left` of the total, with the same proof.
    """
    by_rate: dict[Decimal, Decimal] = {}
    for one in taken:
        by_rate[one.rate] = by_rate.get(one.rate, ZERO) + one.net
    reckoned = total(round_to_unit(net * rate / _HUNDRED, charged.currency) for rate, net in by_rate.items())
    told = left if charged.tax is None else charged.tax
    if abs(told - reckoned) <= rules.tolerance:
        return told
    if charged.tax is None:
        return reckoned
    raise CannotMap("sale.tax_differs", told=plain(told), reckoned=plain(reckoned), currency=charged.currency)


def _extra(line: CrmLine, charged: Charged, rules: Rules) -> BillLine:
    """A charge beside the lines: neither discount nor tax touch it."""
    untaxed = _code(ZERO, line.text, rules)
    return BillLine(
        text=line.text, quantity=Decimal(1), unit_price=_full(line, charged.currency), item=charged.item,
        tax=untaxed.key if untaxed else "", rate=ZERO,
    )  # fmt: skip


def _rest(rest: Decimal, charged: Charged, rules: Rules) -> BillLine:
    """What the CRM charged besides all it lists; less than it lists is rounding or cannot be explained."""
    if abs(rest) <= rules.tolerance:
        return _extra(CrmLine(text=ROUNDING, quantity=Decimal(1), unit_price=rest), charged, rules)
    if rest < 0:
        raise CannotMap(
            "sale.total_differs", total=plain(charged.total), lines=plain(charged.total - rest),
            currency=charged.currency,
        )  # fmt: skip
    return _extra(CrmLine(text=CHARGES, quantity=Decimal(1), unit_price=rest), charged, rules)


def _folded(charged: Charged, taken: Sequence[_Taken], extras: Sequence[BillLine]) -> Sums:
    """Tax and discount inside the prices, as HighLevel's own link does for American companies."""
    currency = charged.currency
    fixed = total(one.amount(currency) for one in extras)
    weights = [one.net + round_to_unit(one.net * one.rate / _HUNDRED, currency) for one in taken]
    parts = shares(charged.total - fixed, weights, currency)
    lines = [_line(one, part, charged, None) for one, part in zip(taken, parts, strict=True)]
    bare = [replace(one, tax="") for one in extras]
    return Sums(treatment=TaxTreatment.NONE, lines=(*lines, *bare))


def _coded(
    charged: Charged, taken: Sequence[_Taken], extras: Sequence[BillLine], tax: Decimal, rules: Rules
) -> Sums:
    """Lines before tax with a tax code each; the discount on a line of its own where that says the same."""
    codes = [_code(one.rate, one.line.text, rules) for one in taken]
    _one_code_at_most(taken, rules)
    if not rules.books.sales_tax:
        return _untaxed(charged, taken, extras, tax)
    if _apart(charged, taken, codes, rules):
        lines = [_line(one, one.full, charged, code) for one, code in zip(taken, codes, strict=True)]
        code = codes[0].key if codes[0] else ""
        sums = Sums(
            treatment=TaxTreatment.EXCLUSIVE, lines=(*lines, *extras), discount=charged.discount,
            discount_tax=code,
        )  # fmt: skip
    else:
        lines = [_line(one, one.net, charged, code) for one, code in zip(taken, codes, strict=True)]
        sums = Sums(treatment=TaxTreatment.EXCLUSIVE, lines=(*lines, *extras))
    return replace(sums, tax=None if tax == _reckoned(sums, charged.currency) else tax)


def _untaxed(charged: Charged, taken: Sequence[_Taken], extras: Sequence[BillLine], tax: Decimal) -> Sums:
    """Books that know no tax: a tax that was charged has nowhere to go."""
    if tax:
        raise CannotMap("sale.tax_unknown", told=plain(tax), currency=charged.currency)
    lines = [_line(one, one.net, charged, None) for one in taken]
    return Sums(treatment=TaxTreatment.NONE, lines=(*lines, *extras))


def _apart(charged: Charged, taken: Sequence[_Taken], codes: Sequence[TaxCode | None], rules: Rules) -> bool:
    """Whether the discount can stand on its own line: all lines bear one code and prices before tax."""
    alike = len({code.key if code else "" for code in codes}) == 1
    return (
        bool(charged.discount)
        and rules.books.discounts
        and alike
        and not charged.discounted
        and not any(one.line.inclusive for one in taken)
    )


def _one_code_at_most(taken: Sequence[_Taken], rules: Rules) -> None:
    """American books take one tax for a whole document."""
    rates = {one.rate for one in taken if one.rate}
    if rules.books.american and len(rates) > 1:
        raise CannotMap("sale.several_taxes", count=len(rates))


def _line(one: _Taken, amount: Decimal, charged: Charged, code: TaxCode | None) -> BillLine:
    """A line of just this amount: quantity and price where they say it, else one piece and a word."""
    quantity, price, counted = _priced(one.line.quantity, amount, charged.currency)
    words = one.line.text + (f" ({counted} x)" if counted else "")
    return BillLine(
        text=f"{words}\n{one.line.note}" if one.line.note else words, quantity=quantity, unit_price=price,
        item=charged.item, tax=code.key if code else "", rate=one.rate if code else ZERO,
    )  # fmt: skip


def _priced(quantity: Decimal, amount: Decimal, currency: str) -> tuple[Decimal, Decimal, str]:
    if quantity:
        price = (amount / quantity).quantize(_FINEST).normalize()
        if round_to_unit(price * quantity, currency) == amount and quantity > 0:
            return quantity, Decimal(plain(price)), ""
    return Decimal(1), amount, plain(quantity) if quantity != 1 else ""


def _code(rate: Decimal, text: str, rules: Rules) -> TaxCode | None:
    """The tax code of a rate; American lines without tax and books without tax need none."""
    if not rules.books.sales_tax or (rules.books.american and (rules.tax_way == FOLD or not rate)):
        return None
    found = rules.american_tax(rate) if rules.books.american else rules.tax_of(rate)
    if found is None:
        raise CannotMap("sale.tax_unmapped", rate=plain(rate), product=text)
    return found


def _part(one: TaxSum, gross: Decimal, sale: NewSale, text: str) -> BillLine:
    """One tax's part of a refund, before tax."""
    item = next((line.item for line in sale.lines if line.tax == one.code), sale.lines[0].item)
    net = split_gross(gross, one.rate, sale.currency).net
    return BillLine(text=text, quantity=Decimal(1), unit_price=net, item=item, tax=one.code, rate=one.rate)


def _reckoned(sums: Sums, currency: str) -> Decimal:
    """What the books would reckon as tax."""
    found = tax_sums(sums.lines, sums.treatment, currency, sums.discount, sums.discount_tax)
    return total(one.tax for one in found)
