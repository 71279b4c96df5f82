"""From a deal to an invoice: pure, exact, and held where the two systems would not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.billing import BillContact, BillLine, NewBill, TaxTreatment
from bridge_gui.accounting.deals import (
    Address,
    Deal,
    DealContents,
    DealDiscount,
    DealLine,
    DealState,
    Holder,
    Party,
)
from bridge_gui.accounting.money import ZERO, plain, round_to_unit, total
from bridge_gui.bridges.pipedrive_xero.rules import ONE_PERIOD, Fields, Rules
from bridge_gui.bridges.pipedrive_xero.steps import mark_text
from bridge_gui.errors import CannotMap

_HUNDRED = Decimal(100)
_FINEST = Decimal("0.0001")
_EMAILS = ("email", "emails")
"""Fields that may hold several addresses, of which the primary one is meant."""
_TOLD_ANYWAY = ("name", "address", *_EMAILS)


class Customer(Struct, frozen=True, kw_only=True):
    """Who is billed: the CRM's own id with "org-" or "person-" before it, and what the fields say."""

    key: str
    contact: BillContact


class Offer(Struct, frozen=True, kw_only=True):
    """What of a deal an invoice depends on; two that are equal make the same invoice."""

    id: str
    title: str
    state: DealState
    triggered: bool
    currency: str
    value: Decimal
    customer: Customer | None
    contents: DealContents
    url: str = ""


def offer_of(
    deal: Deal,
    contents: DealContents,
    organization: Party | None,
    person: Party | None,
    rules: Rules,
) -> Offer:
    """A deal with what belongs to it, in the form that plans work on."""
    return Offer(
        id=deal.id,
        title=deal.title,
        state=deal.state,
        triggered=rules.triggered(deal),
        currency=deal.currency,
        value=deal.value,
        customer=_customer(deal, organization, person, rules),
        contents=contents,
        url=deal.url,
    )


def bill_of(offer: Offer, ordinal: int, rules: Rules, reference: str = "") -> NewBill:
    """The invoice of a deal, its contact still open; `CannotMap` says why there cannot be one."""
    lines = [line for line in offer.contents.lines if line.counted]
    treatment = _treatment(lines)
    if not lines:
        raise CannotMap("deal.no_products")
    if offer.currency not in rules.books.currencies:
        raise CannotMap("deal.currency", currency=offer.currency)
    if offer.contents.instalments:
        raise CannotMap("deal.instalments", count=len(offer.contents.instalments))
    billed = [_line(line, offer, treatment, rules) for line in lines]
    billed += _discounts(offer, billed, treatment, rules)
    mark = mark_text(rules.scope, offer.id, ordinal)
    made = NewBill(
        contact="",
        day=rules.today,
        due=rules.due(rules.today),
        reference=f"{reference} {mark}".strip(),
        currency=offer.currency,
        treatment=treatment,
        lines=tuple(billed),
        state=rules.state,
        template=rules.template,
        url=offer.url,
        unit=rules.books.unit,
    )
    if made.totals.total < 0:
        raise CannotMap("deal.negative", total=f"{made.totals.total:f}", currency=made.currency)
    return made


def _treatment(lines: Sequence[DealLine]) -> TaxTreatment:
    """One setting for all products of a deal; a mixture is nothing we know."""
    found = {line.treatment for line in lines}
    if len(found) > 1:
        raise CannotMap("deal.mixed_tax")
    return found.pop() if found else TaxTreatment.EXCLUSIVE


def _line(line: DealLine, offer: Offer, treatment: TaxTreatment, rules: Rules) -> BillLine:
    """One product as an invoice line; the CRM's own sum must be met to the cent."""
    if line.repeats and rules.repeating != ONE_PERIOD:
        raise CannotMap("deal.repeats", product=line.text, why=line.repeats)
    if line.currency and line.currency != offer.currency:
        raise CannotMap("deal.line_currency", product=line.text, currency=line.currency)
    item = rules.items.get(line.product)
    if item is None:
        raise CannotMap("product.unlinked", product=line.text)
    tax = None if treatment is TaxTreatment.NONE else rules.tax_of(line.rate)
    if tax is None and treatment is not TaxTreatment.NONE:
        raise CannotMap("tax.unmapped", rate=plain(line.rate), product=line.text)
    priced = _priced(line, offer.currency, rules.books.unit)
    return BillLine(
        text=_text(line, priced.counted),
        quantity=priced.quantity,
        unit_price=priced.unit_price,
        discount=priced.discount,
        item=item.code,
        account=item.account or rules.account,
        tax=tax.key if tax else "",
        rate=tax.rate if tax else ZERO,
    )


def first_lines(offer: Offer, rules: Rules) -> list[tuple[str, BillLine]]:
    """The lines a form begins with, each with its product; what cannot be told yet is left empty."""
    lines = [line for line in offer.contents.lines if line.counted]
    return [(line.product, _proposed(line, offer, rules)) for line in lines]


def _proposed(line: DealLine, offer: Offer, rules: Rules) -> BillLine:
    try:
        priced = _priced(line, offer.currency, rules.books.unit)
    except CannotMap:
        priced = _Priced(quantity=line.quantity, unit_price=line.unit_price.quantize(_FINEST))
    item, tax = rules.items.get(line.product), rules.tax_of(line.rate)
    return BillLine(
        text=_text(line, priced.counted), quantity=priced.quantity, unit_price=priced.unit_price,
        discount=priced.discount, item=item.code if item is not None else "",
        tax=tax.key if tax is not None else "", rate=tax.rate if tax is not None else ZERO,
    )  # fmt: skip


class _Priced(Struct, frozen=True, kw_only=True):
    """How a line's amount is said: quantity, price and discount; `counted` goes into the text otherwise."""

    quantity: Decimal
    unit_price: Decimal
    discount: Decimal = ZERO
    counted: str = ""

    def amount(self, currency: str, unit: Decimal | None) -> Decimal:
        return round_to_unit(self.quantity * self.unit_price * (1 - self.discount / _HUNDRED), currency, unit)


def _priced(line: DealLine, currency: str, unit: Decimal | None) -> _Priced:
    """Quantity and price that come to what the deal says.

    INFERRED: whether an amount discount is for the line or for each unit is not documented; the CRM's
    own sum of the line decides, and whether that sum has the tax in it is tried both ways.
    """
    if line.discount_amount == 0:
        exact = _Priced(quantity=line.quantity, unit_price=line.unit_price, discount=line.discount)
        return exact if _fits(exact) else _folded(line.quantity, exact.amount(currency, None), currency, unit)
    whole = line.quantity * line.unit_price - line.discount_amount
    each = line.quantity * (line.unit_price - line.discount_amount)
    for amount in (round_to_unit(whole, currency), round_to_unit(each, currency)):
        if _meets(amount, line, currency):
            return _folded(line.quantity, amount, currency, unit)
    raise CannotMap("deal.discount_unclear", product=line.text)


def _meets(amount: Decimal, line: DealLine, currency: str) -> bool:
    """Whether an amount is the CRM's own sum, with or without the tax."""
    taxed = amount + round_to_unit(amount * line.rate / _HUNDRED, currency)
    return round_to_unit(line.amount, currency) in (amount, taxed)


def _fits(priced: _Priced) -> bool:
    """Whether Xero keeps the quantity, the price and the discount as they are."""
    fine = all(one == one.quantize(_FINEST) for one in (priced.unit_price, priced.quantity))
    return fine and priced.discount == priced.discount.quantize(Decimal("0.01"))


def _folded(quantity: Decimal, amount: Decimal, currency: str, unit: Decimal | None) -> _Priced:
    """The same amount without a discount; the quantity goes into the text if no price says it exactly."""
    if quantity and quantity == quantity.quantize(_FINEST):
        tried = _Priced(quantity=quantity, unit_price=(amount / quantity).quantize(_FINEST))
        if tried.amount(currency, unit) == amount:
            return tried
    return _Priced(quantity=Decimal(1), unit_price=amount, counted=plain(quantity))


def _text(line: DealLine, counted: str) -> str:
    """What the customer reads: the product, the user's remark, how many where the quantity cannot say it."""
    words = [line.text, f"({counted} x)" if counted else ""]
    said = " ".join(filter(None, words))
    return f"{said}\n{line.note}" if line.note else said


def _discounts(
    offer: Offer, lines: Sequence[BillLine], treatment: TaxTreatment, rules: Rules
) -> list[BillLine]:
    """Discounts on the whole deal as negative lines: one for each tax, in proportion to its sales."""
    result: list[BillLine] = []
    for discount in offer.contents.discounts:
        result += _discount(discount, lines, offer.currency, treatment, rules)
    return result


def _discount(
    discount: DealDiscount,
    lines: Sequence[BillLine],
    currency: str,
    treatment: TaxTreatment,
    rules: Rules,
) -> list[BillLine]:
    """INFERRED: each is taken off the sum of the lines, not off what another discount left."""
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for line in lines:
        key = (line.tax, line.rate)
        sums[key] = sums.get(key, ZERO) + line.amount(currency, rules.books.unit)
    whole = total(sums.values())
    percent = round_to_unit(whole * discount.percent / _HUNDRED, currency)
    amount = percent or round_to_unit(discount.amount, currency)
    if not amount or not whole:
        return []
    parts = _shares(amount, list(sums.values()), currency)
    return [
        BillLine(
            text=discount.text or rules.discount, quantity=Decimal(1), unit_price=-part,
            account=rules.account, tax="" if treatment is TaxTreatment.NONE else tax, rate=rate,
        )
        for (tax, rate), part in zip(sums, parts, strict=True)
        if part
    ]  # fmt: skip


def _shares(amount: Decimal, sums: Sequence[Decimal], currency: str) -> list[Decimal]:
    """An amount divided in proportion; what rounding leaves goes to the largest part."""
    whole = total(sums)
    parts = [round_to_unit(amount * one / whole, currency) for one in sums]
    largest = max(range(len(sums)), key=lambda position: abs(sums[position]))
    parts[largest] += amount - total(parts)
    return parts


def _customer(deal: Deal, organization: Party | None, person: Party | None, rules: Rules) -> Customer | None:
    """Who is billed: the organization where there is one, else the person."""
    who = organization or person
    if who is None:
        return None
    holders = {"deal": Party(id=deal.id, name=deal.title, fields=deal.fields)}
    if organization is not None:
        holders["organization"] = organization
    if person is not None:
        holders["person"] = person
    fields = rules.fields
    address = _address(fields.address, holders)
    return Customer(
        key=f"org-{who.id}" if organization is not None else f"person-{who.id}",
        contact=BillContact(
            name=_value(fields.recipient, holders) or who.name,
            email=_value(fields.email, holders),
            tax_number=_value(fields.tax_number, holders),
            street=address.street or address.whole,
            city=address.city,
            region=address.region,
            postal_code=address.postal_code,
            country=address.country,
        ),
    )


def _value(field: str, holders: dict[str, Party]) -> str:
    """What a chosen field says."""
    holder, _, key = field.partition(":")
    party = holders.get(holder)
    if party is None or not key:
        return ""
    if key in _EMAILS:
        return party.email
    return " ".join((party.name if key == "name" else party.fields.get(key, "")).split())


def asked_for(settings: Mapping[str, str]) -> frozenset[Holder]:
    """Whose fields have to be read by their definitions: those that every party has anyway need none."""
    chosen = [settings.get(name, "").partition(":") for name in Fields.__struct_fields__]
    return frozenset(Holder(holder) for holder, _, key in chosen if key and key not in _TOLD_ANYWAY)


def _address(field: str, holders: dict[str, Party]) -> Address:
    """The address of a chosen field, taken apart where the CRM does."""
    holder, _, key = field.partition(":")
    party = holders.get(holder)
    if party is not None and key == "address" and party.address is not None:
        return party.address
    return Address(whole=_value(field, holders))


def warnings_of(offer: Offer, bill: NewBill) -> Iterable[str]:
    """What a person should look at before it goes: codes of sentences."""
    net = total(bill.amount(line) for line in bill.lines)
    if round_to_unit(offer.value, offer.currency) not in (net, bill.totals.total):
        yield "deal.value_differs"
