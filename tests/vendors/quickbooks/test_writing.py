"""What is written to QuickBooks: exactly what is meant, once, with each document's own answer."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.selling import SaleKind
from bridge_gui.errors import CannotMap, Conflict, NoSuchTarget, OutcomeUnknown, Refused
from tests.vendors.quickbooks.company import API, adapter_on, customer, fault, invoice, line, sale
from tests.vendors.standin import said
from tests.web.toys import answer, hang_up

POST, BATCH = f"POST {API}/invoice", f"POST {API}/batch"


def test_an_invoice_goes_out_whole_with_an_id_of_the_request(org, books):
    org.on(POST, {"Invoice": invoice(), "time": "2026-11-20T02:03:04.567-08:00"})
    (made,) = books.make_sales([sale(message="Due in 14 days")], "k" * 40)
    assert (made.ref.id, made.ref.number, made.total, made.remaining) == ("145", "INV-1009", 360, 360)
    assert made.state is DocumentState.AWAITING_PAYMENT
    assert org.bodies(POST) == [
        {
            "TxnDate": "2026-11-20", "DueDate": "2026-12-04", "CustomerRef": {"value": "58"},
            "CurrencyRef": {"value": "GBP"}, "ApplyTaxAfterDiscount": True, "EmailStatus": "NotSet",
            "GlobalTaxCalculation": "TaxExcluded", "DocNumber": "INV-1009", "CustomerMemo": {"value": "Due in 14 days"},
            "BillEmail": {"Address": "accounts@example.is"}, "PrivateNote": sale().memo,
            "Line": [
                {
                    "Amount": 300, "Description": "Design work", "DetailType": "SalesItemLineDetail",
                    "SalesItemLineDetail": {
                        "ItemRef": {"value": "19"}, "Qty": 3, "UnitPrice": 100, "TaxCodeRef": {"value": "2"},
                    },
                }
            ],
        }
    ]  # fmt: skip
    assert org.queries(POST) == [{"minorversion": "75", "requestid": "k" * 40}]


def test_money_leaves_in_its_own_digits(org, books):
    org.on(POST, {"Invoice": invoice()})
    books.make_sales([sale(lines=(line(unit_price=Decimal("0.1234567"), quantity=Decimal("1000.5")),))], "k")
    (received,) = org.asked(POST)
    assert b'"UnitPrice":0.1234567' in received.body
    assert b'"Amount":123.52' in received.body


def test_a_company_that_numbers_itself_is_sent_no_number(org, books):
    org.prefs["SalesFormsPrefs"]["CustomTxnNumbers"] = False
    org.on(f"GET {API}/preferences", {"Preferences": org.prefs})
    org.on(POST, {"Invoice": invoice(DocNumber="1037")})
    (made,) = books.make_sales([sale()], "k")
    assert made.ref.number == "1037"
    assert "DocNumber" not in org.bodies(POST)[0]


def test_a_discount_is_one_line_with_the_companys_account_and_its_tax(org, books):
    org.on(POST, {"Invoice": invoice()})
    books.make_sales([sale(discount=Decimal(30), discount_tax="2")], "k")
    assert org.bodies(POST)[0]["Line"][-1] == {
        "Amount": 30, "DetailType": "DiscountLineDetail",
        "DiscountLineDetail": {"PercentBased": False, "DiscountAccountRef": {"value": "86"}, "TaxCodeRef": {"value": "2"}},
    }  # fmt: skip


def test_a_tax_that_must_come_to_another_cent_is_sent_rate_by_rate(org, books):
    org.on(POST, {"Invoice": invoice()})
    lines = (line(), line(unit_price=Decimal("10.01"), quantity=Decimal(1), tax="9", rate=Decimal(25)))
    books.make_sales([sale(lines=lines, tax=Decimal("62.49"))], "k")
    told = org.bodies(POST)[0]["TxnTaxDetail"]
    assert told["TotalTax"] == 62.49
    parts = [(one["TaxLineDetail"]["TaxRateRef"]["value"], one["Amount"]) for one in told["TaxLine"]]
    assert parts == [("4", 61.99), ("5", 0.5)]
    assert [one["TaxLineDetail"]["NetAmountTaxable"] for one in told["TaxLine"]] == [310.01, 10.01]


def test_without_tax_nothing_of_tax_is_sent(org, books):
    org.on(POST, {"Invoice": invoice()})
    books.make_sales([sale(treatment=TaxTreatment.NONE, lines=(line(tax="", rate=Decimal(0)),))], "k")
    (body,) = org.bodies(POST)
    assert body["GlobalTaxCalculation"] == "NotApplicable"
    assert "TaxCodeRef" not in body["Line"][0]["SalesItemLineDetail"]


def test_the_american_way_is_one_code_for_the_document(american):
    american.on(POST, {"Invoice": invoice(GlobalTaxCalculation="", CurrencyRef={"value": "USD"})})
    lines = (line(), line(tax="", rate=Decimal(0)))
    adapter_on(american).make_sales([sale(currency="USD", lines=lines)], "k")
    (body,) = american.bodies(POST)
    codes = [one["SalesItemLineDetail"]["TaxCodeRef"]["value"] for one in body["Line"]]
    assert codes == ["TAX", "NON"]
    assert body["TxnTaxDetail"] == {"TotalTax": 60, "TxnTaxCodeRef": {"value": "2"}}
    assert "GlobalTaxCalculation" not in body


def test_receipts_and_refunds_say_how_and_where_the_money_went(org, books):
    for kind, name in ((SaleKind.RECEIPT, "SalesReceipt"), (SaleKind.REFUND, "RefundReceipt")):
        place = f"POST {API}/{name.lower()}"
        org.on(place, {name: invoice(Balance=0)})
        (made,) = books.make_sales(
            [sale(kind=kind, method="3", deposit="4", payment_reference="ch_" + "x" * 30)], "k"
        )
        assert (made.state, made.remaining) == (DocumentState.POSTED, 0)
        (body,) = org.bodies(place)
        assert (body["PaymentMethodRef"], body["DepositToAccountRef"]) == ({"value": "3"}, {"value": "4"})
        assert len(body["PaymentRefNum"]) == 21
        assert "DueDate" not in body


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": ()}, "quickbooks.sale_invalid"),
        ({"treatment": TaxTreatment.INCLUSIVE}, "quickbooks.sale_invalid"),
        ({"lines": (line(item=""),)}, "quickbooks.no_item"),
        ({"lines": (line(unit_price=Decimal("0.12345678")),)}, "quickbooks.sale_invalid"),
        ({"lines": (line(unit_price=Decimal(-1)),)}, "quickbooks.negative"),
        ({"number": "x" * 22}, "quickbooks.too_long"),
        ({"lines": (line(text="x" * 4001),)}, "quickbooks.too_long"),
        ({"memo": "x" * 4001}, "quickbooks.too_long"),
        ({"kind": SaleKind.REFUND, "deposit": ""}, "quickbooks.no_deposit"),
        ({"tax": Decimal(1), "lines": (line(tax="77"),)}, "quickbooks.no_such_tax"),
    ],
)
def test_what_quickbooks_would_cut_or_refuse_is_never_sent_and_the_others_are(org, books, changes, code):
    org.on(POST, {"Invoice": invoice()})
    wrong, good = books.make_sales([sale(**changes), sale()], "k")
    assert isinstance(wrong, CannotMap)
    assert wrong.code == code
    assert good.ref.id == "145"


def test_another_currency_where_there_is_only_one(american):
    (told,) = adapter_on(american).make_sales([sale(currency="EUR")], "k")
    assert told.code == "quickbooks.currency_off"


def test_several_go_in_one_batch_with_short_names_and_each_has_its_answer(org, books):
    items = [
        {"bId": "4", "Fault": fault("6210", "The account period has closed")["Fault"]},
        {"bId": "2", "Fault": fault("6140", "Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=INV-1009 is assigned to TxnType=Invoice with TxnId=145")["Fault"]},
        {"bId": "1", "Invoice": invoice(1)},
        {"bId": "5", "Fault": fault("10000", "An application error has occurred", kind="SystemFault")["Fault"]},
    ]  # fmt: skip
    org.on(BATCH, {"BatchItemResponse": items, "time": "t"})
    one, two, three, four, five = books.make_sales([sale()] * 5, "k" * 40)
    assert one.ref.id == "1"
    assert (two.code, two.params["target"], two.params["kind"], two.params["number"]) == (
        "quickbooks.number_taken", "145", "Invoice", "INV-1009",
    )  # fmt: skip
    assert isinstance(three, OutcomeUnknown)
    assert (four.code, type(four)) == ("quickbooks.closed", Refused)
    assert isinstance(five, OutcomeUnknown)
    sent = org.bodies(BATCH)[0]["BatchItemRequest"]
    assert [item["bId"] for item in sent] == ["1", "2", "3", "4", "5"]
    assert {item["operation"] for item in sent} == {"create"}
    assert len(org.queries(BATCH)[0]["requestid"]) == 36


def test_an_item_answered_twice_or_an_empty_list_leaves_it_unknown(org, books):
    org.on(
        BATCH,
        {"BatchItemResponse": [{"bId": "1", "Invoice": invoice(1)}, {"bId": "1", "Invoice": invoice(2)}]},
    )
    assert all(isinstance(one, OutcomeUnknown) for one in books.make_sales([sale(), sale()], "k"))
    org.on(BATCH, {"BatchItemResponse": []})
    assert all(isinstance(one, OutcomeUnknown) for one in books.make_sales([sale(), sale()], "k"))


def test_more_than_thirty_are_not_one_call(books):
    with pytest.raises(ValueError):
        books.make_sales([sale()] * 31, "k")


def test_an_answer_that_lacks_something_was_a_write_all_the_same(org, books):
    org.on(POST, {"Invoice": {"Id": "9"}})
    (told,) = books.make_sales([sale()], "k")
    assert isinstance(told, OutcomeUnknown)
    org.on(POST, {"time": "t"})
    with pytest.raises(OutcomeUnknown):
        books.make_sales([sale()], "k")


def test_a_lost_answer_is_asked_for_again_with_the_same_id(org, books):
    org.on(POST, hang_up, {"Invoice": invoice()})
    (made,) = books.make_sales([sale()], "key-7")
    assert made.ref.id == "145"
    assert [one["requestid"] for one in org.queries(POST)] == ["key-7", "key-7"]


def test_what_stays_lost_is_unknown(org, books):
    org.on(POST, answer(503, b"<html>"))
    with pytest.raises(OutcomeUnknown):
        books.make_sales([sale()], "key-7")
    assert len(org.asked(POST)) == 3


def test_a_breakdown_inside_a_200_is_no_refusal(org, books):
    broke = said(fault("10000", "An application error has occurred", kind="SystemFault"))
    org.on(POST, broke, {"Invoice": invoice()})
    (made,) = books.make_sales([sale()], "k")
    assert made.ref.id == "145"
    org.on(POST, broke)
    with pytest.raises(OutcomeUnknown):
        books.make_sales([sale()], "k")
    assert {one["requestid"] for one in org.queries(POST)} == {"k"}


def test_a_refusal_after_a_breakdown_does_not_end_the_doubt(org, books):
    broke = said(fault("10000", "An application error has occurred", kind="SystemFault"))
    org.on(POST, broke, said(fault("6140", "This number has already been used."), 400))
    with pytest.raises(OutcomeUnknown) as caught:
        books.make_sales([sale()], "k")
    assert caught.value.code == "quickbooks.broke_down"


def test_who_is_missing_is_told_apart_from_what_is_not_in_use(org, books):
    inactive = fault("610", "Object Not Found : Something you're trying to use has been made inactive.")
    org.on(POST, said(inactive, 400))
    (told,) = books.make_sales([sale()], "k")
    assert isinstance(told, NoSuchTarget)
    assert (told.code, told.params["target"]) == ("quickbooks.not_found", "58")
    org.rows["Customer"] = [customer(Active=False)]
    (told,) = books.make_sales([sale()], "k")
    assert (told.code, type(told)) == ("quickbooks.inactive", Refused)


def test_a_change_carries_all_lines_with_their_ids_and_the_token(org, books):
    org.rows["Invoice"] = [invoice(SyncToken="3")]
    (now,) = books.sales_by_id(SaleKind.INVOICE, ["145"], _never())
    org.on(POST, {"Invoice": invoice(SyncToken="4", TotalAmt=480, Balance=480)})
    changed = books.change_sale(now, sale(lines=(line(quantity=Decimal(4)), line(text="More"))), "k")
    assert changed.version == "4"
    (body,) = org.bodies(POST)
    assert (body["sparse"], body["Id"], body["SyncToken"]) == (True, "145", "3")
    assert [one.get("Id") for one in body["Line"]] == ["1", None]
    assert all(one["Description"] for one in body["Line"])


def test_somebody_was_quicker(org, books):
    org.rows["Invoice"] = [invoice()]
    (now,) = books.sales_by_id(SaleKind.INVOICE, ["145"], _never())
    org.on(POST, said(fault("5010", "You and root were working on this at the same time"), 400))
    with pytest.raises(Conflict) as caught:
        books.change_sale(now, sale(), "k")
    assert caught.value.code == "quickbooks.changed"
    with pytest.raises(Conflict):
        books.void_sale(now, "k")


def test_a_void_is_believed_when_it_is_seen(org, books):
    org.rows["Invoice"] = [invoice(SyncToken="3")]
    (now,) = books.sales_by_id(SaleKind.INVOICE, ["145"], _never())
    nought = invoice(SyncToken="4", TotalAmt=0, Balance=0, PrivateNote="Voided - From the CRM", Line=[])
    org.on(POST, {"Invoice": invoice()})
    org.on(f"GET {API}/invoice/145", {"Invoice": nought}, {"Invoice": invoice()})
    assert books.void_sale(now, "k").state is DocumentState.VOIDED
    assert org.bodies(POST) == [{"Id": "145", "SyncToken": "3"}]
    assert org.queries(POST)[0]["operation"] == "void"
    with pytest.raises(OutcomeUnknown) as caught:
        books.void_sale(now, "k")
    assert caught.value.code == "quickbooks.not_voided"


def test_a_receipt_is_voided_in_another_way_and_a_refund_not_at_all(org, books):
    place = f"POST {API}/salesreceipt"
    org.rows["SalesReceipt"] = org.rows["RefundReceipt"] = [invoice()]
    (now,) = books.sales_by_id(SaleKind.RECEIPT, ["145"], _never())
    org.on(place, {"SalesReceipt": invoice()})
    org.on(f"GET {API}/salesreceipt/145", {"SalesReceipt": invoice(TotalAmt=0, PrivateNote="Voided")})
    books.void_sale(now, "k")
    assert org.bodies(place) == [{"Id": "145", "SyncToken": "0", "sparse": True}]
    query = org.queries(place)[0]
    assert (query["operation"], query["include"]) == ("update", "void")
    (now,) = books.sales_by_id(SaleKind.REFUND, ["145"], _never())
    with pytest.raises(Refused) as caught:
        books.void_sale(now, "k")
    assert caught.value.code == "quickbooks.cannot_void"


def test_an_invoice_with_payments_and_one_that_is_gone_are_not_voided(org, books):
    org.rows["Invoice"] = [invoice(LinkedTxn=[{"TxnId": "301", "TxnType": "Payment"}])]
    (now,) = books.sales_by_id(SaleKind.INVOICE, ["145"], _never())
    assert now.payments == ("301",)
    org.on(POST, said(fault("6000", "Une erreur"), 400))
    with pytest.raises(Refused) as caught:
        books.void_sale(now, "k")
    assert caught.value.code == "quickbooks.has_payments"
    org.on(POST, said(fault("610", "Object Not Found"), 400))
    org.on(f"GET {API}/invoice/145", said(fault("610", "Object Not Found"), 400))
    with pytest.raises(NoSuchTarget) as caught:
        books.void_sale(now, "k")
    assert caught.value.params["target"] == "145"


def _never():
    from bridge_gui.web.waiting import never

    return never()


def test_the_wire_shows_no_float(org, books):
    org.on(POST, {"Invoice": invoice()})
    books.make_sales([sale(lines=(line(unit_price=Decimal("0.1"), quantity=Decimal(3)),))], "k")
    body = json.loads(org.asked(POST)[0].body, parse_float=str)
    assert body["Line"][0]["Amount"] == "0.30"
