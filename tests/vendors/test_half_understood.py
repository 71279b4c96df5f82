"""What the twisted answers found: each once believed something that the answer did not say."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.highlevel import checkout, invoices
from bridge_gui.vendors.payday import invoice_payloads as payday
from bridge_gui.vendors.quickbooks import forms, payments
from bridge_gui.vendors.quickbooks import payloads as quickbooks
from bridge_gui.vendors.salescloud import payloads as salescloud
from bridge_gui.vendors.sharefox import assumed as sharefox
from bridge_gui.vendors.twentyfoursevenoffice import contents as office
from bridge_gui.vendors.twentyfoursevenoffice import payloads as office_payloads
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.vendors.xero import invoices as xero_invoices
from bridge_gui.vendors.xero import payloads as xero
from bridge_gui.web.decode import decode


def read(shape, value):
    return decode(msgspec.json.encode(value), shape, vendor="Toy")


LACKING = [
    (invoices.InvoiceLine, {"amount": 10, "qty": 3}, "qty"),
    (invoices.TotalSummary, {"subTotal": 1, "discount": 0, "tax": 0}, "tax"),
    (payday.InvoiceAnswer, {"id": "1", "status": "DRAFT", "amountIncludingVat": 1}, "amountIncludingVat"),
    (payday.LineAnswer, {"quantity": 2}, "quantity"),
    (quickbooks.Linked, {"TxnId": "1", "TxnType": "Invoice"}, "TxnType"),
    (quickbooks.TaxPrefs, {"UsingSalesTax": True}, "UsingSalesTax"),
    (quickbooks.Preferences, {"TaxPrefs": {"UsingSalesTax": True}}, "TaxPrefs"),
    (salescloud.LineAnswer, {"title": "a", "totalAmount": 1, "giftCard": True}, "giftCard"),
    (office_payloads.LineTax, {"id": 1, "rate": 25}, "rate"),
    (xero.TaxRate, {"TaxType": "A", "EffectiveRate": 20}, "EffectiveRate"),
]


@pytest.mark.parametrize(("shape", "whole", "name"), LACKING, ids=lambda one: getattr(one, "__module__", ""))
def test_what_is_always_there_and_counts_is_missed_when_it_is_gone(shape, whole, name):
    read(shape, whole)
    with pytest.raises(VendorChanged):
        read(shape, {key: value for key, value in whole.items() if key != name})
    with pytest.raises(VendorChanged):
        read(shape, whole | {name: None})


BLANK = [
    (xero.Item, {"ItemID": "1", "Code": "a"}, "ItemID"),
    (xero_invoices.Receiver, {"ContactID": "1"}, "ContactID"),
    (quickbooks.TaxRate, {"Id": "1", "RateValue": 20}, "Id"),
    (quickbooks.Linked, {"TxnId": "1", "TxnType": "Invoice"}, "TxnType"),
    (salescloud.MethodAnswer, {"uuid": "1", "title": "a"}, "uuid"),
]


@pytest.mark.parametrize(("shape", "whole", "name"), BLANK, ids=lambda one: getattr(one, "__module__", ""))
def test_an_id_of_blanks_is_none(shape, whole, name):
    read(shape, whole)
    for blank in ("", "   "):
        with pytest.raises(VendorChanged):
            read(shape, whole | {name: blank})


@pytest.mark.parametrize("row", [{}, [], 7, {"name": "VAT"}])
def test_highlevel_a_tax_that_says_no_rate_is_not_a_tax_of_nothing(row):
    assert checkout.taxes_of(["an id", {"name": "VAT", "rate": 20}])[0].rate == 20
    with pytest.raises(VendorChanged):
        checkout.taxes_of([row])


def transaction(**more):
    told = {
        "_id": "1", "amount": 5, "currency": "GBP", "status": "succeeded", "liveMode": True,
        "createdAt": "2026-11-20T10:00:00Z",
    }  # fmt: skip
    return read(checkout.TransactionAnswer, told | more)


def test_highlevel_a_payment_without_a_status_is_not_pending():
    assert transaction().plain(whole=True).amount == 5
    with pytest.raises(VendorChanged):
        transaction(status="  ").plain(whole=True)


@pytest.mark.parametrize("gone", ["vatPercentage", "unitPriceIncludingVat"])
def test_payday_a_line_without_its_price_or_rate_is_not_free(gone):
    line = {"quantity": 1, "vatPercentage": 24, "unitPriceIncludingVat": 124}
    assert read(payday.LineAnswer, line).plain().unit == 124
    with pytest.raises(VendorChanged):
        read(payday.LineAnswer, line | {gone: None}).plain()


@pytest.mark.parametrize("days", [10**30, 10**9, -(10**9)])
def test_payday_a_customer_with_more_days_than_a_calendar_has_is_no_bug(days):
    with pytest.raises(VendorChanged):
        read(payday.CustomerAnswer, {"id": "1", "dueDateDefaultDaysAfter": days})


@pytest.mark.parametrize("kind", ["SalesItemLineDetail", "DiscountLineDetail"])
def test_quickbooks_a_line_without_its_amount_is_not_free(kind):
    with pytest.raises(VendorChanged):
        _ = read(forms.LineAnswer, {"DetailType": kind}).figure
    assert read(forms.LineAnswer, {"DetailType": "DescriptionOnly"}).figure == 0


def test_quickbooks_what_a_payment_pays_is_never_nothing():
    tied = {"LinkedTxn": [{"TxnId": "1", "TxnType": "Invoice"}]}
    paid = {"Id": "1", "SyncToken": "0", "TotalAmt": 5, "TxnDate": "2026-11-20", "Line": [tied]}
    with pytest.raises(VendorChanged):
        read(payments.PaymentAnswer, paid).plain()


@pytest.mark.parametrize("word", ["perhaps", "true", 1, [], {}])
def test_sharefox_a_company_that_is_no_flag_is_a_change(word):
    assert sharefox._flag({"isCompany": True}, "isCompany")
    assert not sharefox._flag({}, "isCompany")
    with pytest.raises(VendorChanged):
        sharefox._flag({"isCompany": word}, "isCompany")


@pytest.mark.parametrize("gone", ["price", "quantity"])
def test_24sevenoffice_a_product_line_without_its_figures_is_not_free(gone):
    line = {"id": 1, "product": {"id": 7}, "price": 412.5, "quantity": 1, "tax": {"id": 1, "rate": 25}}
    assert office.line_of(read(office_payloads.LineAnswer, line)).unit_price == Decimal("412.5")
    with pytest.raises(VendorChanged):
        office.line_of(read(office_payloads.LineAnswer, line | {gone: None}))


@pytest.mark.parametrize("digits", ["1e400", "1e999999999", '"1e999999999"', '"NaN"'])
def test_webcrm_a_number_that_cannot_be_reckoned_with_is_a_change(digits):
    row = Row({"Price": msgspec.Raw(digits.encode())})
    with pytest.raises(VendorChanged):
        row.price("Price")
    with pytest.raises(VendorChanged):
        row.id("Price")
