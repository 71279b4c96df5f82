"""Sales as QuickBooks takes them: everything a document has, in every write; nothing cut silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from bridge_gui.accounting.billing import BillLine, TaxTreatment
from bridge_gui.accounting.money import ZERO, round_to_unit, total
from bridge_gui.accounting.selling import NewSale, Sale, SaleKind, SellingRules
from bridge_gui.errors import CannotMap
from bridge_gui.vendors.quickbooks.forms import TAXED, UNTAXED
from bridge_gui.vendors.quickbooks.payloads import tidy

LIMITS = {"number": 21, "text": 4000, "memo": 4000, "message": 1000, "email": 100}
REFERENCE_LIMIT = 21
_PRICE_PLACES = 7
_TREATMENTS = {TaxTreatment.EXCLUSIVE: "TaxExcluded", TaxTreatment.NONE: "NotApplicable"}
_HUNDRED = Decimal(100)


class TaxPart(Struct, frozen=True, kw_only=True):
    """One rate of a tax code."""

    rate: str
    percent: Decimal


class Terms(Struct, frozen=True, kw_only=True):
    """What of the company's books decides how a sale is written."""

    rules: SellingRules
    discount_account: str = ""
    parts: Mapping[str, Sequence[TaxPart]] = {}


def sale_body(sale: NewSale, terms: Terms, kept: Sequence[str] = ()) -> dict[str, Any]:
    """A whole sale; `kept` are the ids of lines that stay, in order."""
    _check(sale, terms.rules)
    body: dict[str, Any] = {
        "TxnDate": sale.day.isoformat(),
        "CustomerRef": {"value": sale.contact},
        "CurrencyRef": {"value": sale.currency},
        "ApplyTaxAfterDiscount": True,
        "EmailStatus": "NotSet",
        "Line": _lines(sale, terms, kept),
        "PrivateNote": sale.memo,
        **_taxes(sale, terms),
    }
    if sale.number and terms.rules.own_numbers:
        body["DocNumber"] = sale.number
    if sale.message:
        body["CustomerMemo"] = {"value": sale.message}
    if sale.email:
        body["BillEmail"] = {"Address": sale.email}
    return body | _by_kind(sale)


def changed_body(now: Sale, wanted: NewSale, terms: Terms) -> dict[str, Any]:
    """A sale written anew. QUIRK: lines left out are deleted, texts too (quickbooks.md 0.2, live).

    INFERRED: an invoice that nothing is paid on may be given to another customer by its CustomerRef.
    """
    kept = [line.id for line in now.lines if line.item]
    body = sale_body(wanted, terms, kept)
    body.setdefault("CustomerMemo", {"value": ""})
    return {"sparse": True, "Id": now.ref.id, "SyncToken": now.version, **body}


def _by_kind(sale: NewSale) -> dict[str, Any]:
    if sale.kind is SaleKind.INVOICE:
        return {"DueDate": sale.due.isoformat()} if sale.due else {}
    body: dict[str, Any] = {}
    if sale.method:
        body["PaymentMethodRef"] = {"value": sale.method}
    if sale.deposit:
        body["DepositToAccountRef"] = {"value": sale.deposit}
    if sale.payment_reference:  # only told to people; the mark in the memo is what is looked for
        body["PaymentRefNum"] = sale.payment_reference[:REFERENCE_LIMIT]
    return body


def _lines(sale: NewSale, terms: Terms, kept: Sequence[str]) -> list[dict[str, Any]]:
    lines = [_line(line, sale, terms.rules) for line in sale.lines]
    for line, one in zip(lines, kept, strict=False):
        line["Id"] = one
    if sale.discount:
        lines.append(_discount(sale, terms))
    return lines


def _line(line: BillLine, sale: NewSale, rules: SellingRules) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "ItemRef": {"value": line.item}, "Qty": tidy(line.quantity), "UnitPrice": tidy(line.unit_price),
    }  # fmt: skip
    if code := _line_code(line.tax, sale.treatment, rules):
        detail["TaxCodeRef"] = {"value": code}
    return {
        "Amount": line.amount(sale.currency), "Description": line.text,
        "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail,
    }  # fmt: skip


def _line_code(tax: str, treatment: TaxTreatment, rules: SellingRules) -> str:
    """QUIRK: in the US a line says only whether it is taxed, the document by which code (quickbooks.md 5)."""
    taxed = treatment is TaxTreatment.EXCLUSIVE and bool(tax)
    if rules.american:
        return TAXED if taxed else UNTAXED
    return tax if taxed else ""


def _discount(sale: NewSale, terms: Terms) -> dict[str, Any]:
    detail: dict[str, Any] = {"PercentBased": False}
    if terms.discount_account:
        detail["DiscountAccountRef"] = {"value": terms.discount_account}
    if sale.discount_tax and sale.treatment is TaxTreatment.EXCLUSIVE and not terms.rules.american:
        detail["TaxCodeRef"] = {"value": sale.discount_tax}
    return {
        "Amount": round_to_unit(sale.discount, sale.currency), "DetailType": "DiscountLineDetail",
        "DiscountLineDetail": detail,
    }  # fmt: skip


def _taxes(sale: NewSale, terms: Terms) -> dict[str, Any]:
    if terms.rules.american:
        return {"TxnTaxDetail": _american(sale)} if sale.treatment is TaxTreatment.EXCLUSIVE else {}
    body: dict[str, Any] = {"GlobalTaxCalculation": _TREATMENTS[sale.treatment]}
    if sale.tax is not None and sale.treatment is TaxTreatment.EXCLUSIVE:
        body["TxnTaxDetail"] = {"TotalTax": sale.tax, "TaxLine": _tax_lines(sale, terms)}
    return body


def _american(sale: NewSale) -> dict[str, Any]:
    """QUIRK: automated sales tax keeps the sum that is sent, and picks the codes itself (quickbooks.md 5)."""
    code = next((line.tax for line in sale.lines if line.tax), "")
    detail: dict[str, Any] = {"TotalTax": sale.totals.tax}
    return detail | ({"TxnTaxCodeRef": {"value": code}} if code else {})


def _tax_lines(sale: NewSale, terms: Terms) -> list[dict[str, Any]]:
    """The tax of each rate as the books reckon it, the difference on the largest one."""
    nets: dict[str, tuple[Decimal, Decimal]] = {}
    for one in sale.taxes:
        parts = terms.parts.get(one.code, ())
        if not parts:
            raise CannotMap("quickbooks.no_such_tax", code=one.code)
        for part in parts:
            nets[part.rate] = (part.percent, nets.get(part.rate, (ZERO, ZERO))[1] + one.net)
    taxes = {
        rate: round_to_unit(net * percent / _HUNDRED, sale.currency) for rate, (percent, net) in nets.items()
    }
    if taxes and sale.tax is not None:
        largest = max(taxes, key=lambda rate: abs(taxes[rate]))
        taxes[largest] += sale.tax - total(taxes.values())
    return [_tax_line(rate, taxes[rate], *nets[rate]) for rate in taxes]


def _tax_line(rate: str, tax: Decimal, percent: Decimal, net: Decimal) -> dict[str, Any]:
    detail = {
        "TaxRateRef": {"value": rate}, "PercentBased": True, "TaxPercent": tidy(percent),
        "NetAmountTaxable": net,
    }  # fmt: skip
    return {"Amount": tax, "DetailType": "TaxLineDetail", "TaxLineDetail": detail}


def _check(sale: NewSale, rules: SellingRules) -> None:
    """What QuickBooks would cut, round or refuse is told before anything is sent."""
    if sale.treatment not in _TREATMENTS or not sale.lines or not sale.contact:
        raise CannotMap("quickbooks.sale_invalid")
    if sale.currency != rules.base_currency and not rules.several_currencies:
        raise CannotMap("quickbooks.currency_off", currency=sale.currency, base=rules.base_currency)
    if sale.discount < 0 or any(line.discount for line in sale.lines):
        raise CannotMap("quickbooks.sale_invalid")
    if sale.kind is SaleKind.REFUND and not sale.deposit:
        raise CannotMap("quickbooks.no_deposit")
    if sale.totals.total < 0:
        raise CannotMap("quickbooks.negative")
    if any(not line.item for line in sale.lines):
        raise CannotMap("quickbooks.no_item")
    if any(_places(line.unit_price) > _PRICE_PLACES for line in sale.lines):
        raise CannotMap("quickbooks.sale_invalid")
    _check_lengths(sale)


def _check_lengths(sale: NewSale) -> None:
    given = [(sale.number, "number"), (sale.memo, "memo"), (sale.message, "message"), (sale.email, "email")]
    given += [(line.text, "text") for line in sale.lines]
    for text, name in given:
        if len(text) > LIMITS[name]:
            raise CannotMap("quickbooks.too_long", text=text[:40], limit=LIMITS[name])


def _places(number: Decimal) -> int:
    exponent = tidy(number).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else _PRICE_PLACES + 1
