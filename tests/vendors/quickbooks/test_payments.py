"""Payments and customers as they are written to QuickBooks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.accounting.selling import Buyer
from bridge_gui.errors import CannotMap, Conflict, NoSuchTarget, OutcomeUnknown, Refused
from bridge_gui.web.waiting import never
from tests.vendors.quickbooks.company import API, adapter_on, customer, fault, invoice, paying, payment
from tests.vendors.standin import said
from tests.web.toys import hang_up

PAY, CUSTOMER = f"POST {API}/payment", f"POST {API}/customer"
READ = f"GET {API}/payment/301"


def test_a_payment_is_tied_to_its_invoice(org, books):
    org.on(PAY, {"Payment": payment()})
    (made,) = books.make_payments([paying()], "k")
    assert (made.id, made.amount, made.applied[0].invoice) == ("301", 360, "145")
    assert org.bodies(PAY) == [
        {
            "CustomerRef": {"value": "58"}, "TotalAmt": 360.0, "TxnDate": "2026-11-22", "CurrencyRef": {"value": "GBP"},
            "PrivateNote": "Paid hl-7f3a91/x.p/1", "Line": [{"Amount": 360.0, "LinkedTxn": [{"TxnId": "145", "TxnType": "Invoice"}]}],
            "PaymentMethodRef": {"value": "3"}, "DepositToAccountRef": {"value": "4"}, "PaymentRefNum": "ch_3MmlLrLkdIwHu7ix0s",
        }
    ]  # fmt: skip


def test_each_payment_has_its_own_answer(org, books):
    items = [
        {"bId": "1", "Payment": payment()},
        {"bId": "2", "Fault": fault("6000", "currency differs")["Fault"]},
    ]
    org.on(f"POST {API}/batch", {"BatchItemResponse": items})
    nothing, good, bad = books.make_payments([paying(amount=Decimal(0)), paying(), paying()], "k")
    assert isinstance(nothing, CannotMap)
    assert good.id == "301"
    assert bad.code == "quickbooks.currency"


@pytest.mark.parametrize("name", [["1"], {"1": 1}, 1, None])
def test_an_answer_whose_item_cannot_be_told_is_left_out(org, books, name):
    items = [{"bId": name, "Payment": payment()}, {"bId": "2", "Payment": payment()}]
    org.on(f"POST {API}/batch", {"BatchItemResponse": items})
    lost, good = books.make_payments([paying(), paying()], "k")
    assert isinstance(lost, OutcomeUnknown)
    assert good.id == "301"


@pytest.mark.parametrize("errors", [5, "no", {"code": "6000"}, None, [1, "x"]])
def test_a_fault_of_another_form_is_a_refusal_all_the_same(org, books, errors):
    items = [{"bId": "1", "Payment": payment()}, {"bId": "2", "Fault": {"Error": errors, "type": "V"}}]
    org.on(f"POST {API}/batch", {"BatchItemResponse": items})
    good, bad = books.make_payments([paying(), paying()], "k")
    assert good.id == "301"
    assert isinstance(bad, Refused)


def test_an_invoice_that_is_gone_is_named(org, books):
    org.on(PAY, said(fault("610", "Object Not Found"), 400))
    org.on(f"GET {API}/invoice/145", said(fault("610", "Object Not Found"), 400), {"Invoice": invoice()})
    (told,) = books.make_payments([paying()], "k")
    assert isinstance(told, NoSuchTarget)
    assert told.params["target"] == "145"
    (told,) = books.make_payments([paying()], "k")
    assert told.code == "quickbooks.inactive"


def test_a_payment_is_taken_off_one_invoice_and_stays_on_the_others(org, books):
    lines = [
        {"Amount": 100, "LinkedTxn": [{"TxnId": number, "TxnType": "Invoice"}]} for number in ("145", "146")
    ]
    credit = {"Amount": 5.5, "LinkedTxn": [{"TxnId": "145", "TxnType": "CreditMemo"}]}
    before = payment(Line=[*lines, credit])
    after = payment(SyncToken="1", Line=[lines[1], credit])
    org.rows["Payment"] = [before]
    (now,) = books.payments_by_id(["301"], never())
    org.on(READ, {"Payment": before}, {"Payment": after})
    org.on(PAY, {"Payment": after})
    left = books.unlink_payment(now, "145", "k")
    assert [one.invoice for one in left.applied] == ["146"]
    (body,) = org.bodies(PAY)
    assert body["Line"] == [lines[1], credit]
    assert (body["SyncToken"], body["TotalAmt"], body["PrivateNote"]) == ("0", 360, now.memo)
    with pytest.raises(Conflict):
        books.unlink_payment(now, "145", "k")


def test_what_still_shows_after_unlinking_is_not_believed(org, books):
    org.rows["Payment"] = [payment()]
    (now,) = books.payments_by_id(["301"], never())
    org.on(READ, {"Payment": payment()})
    org.on(PAY, {"Payment": payment()})
    with pytest.raises(OutcomeUnknown) as caught:
        books.unlink_payment(now, "145", "k")
    assert caught.value.code == "quickbooks.not_unlinked"


def test_a_customer_as_quickbooks_takes_one(org, books):
    org.on(CUSTOMER, {"Customer": customer(60, Notes="From the CRM hl-7f3a91-c1")})
    wanted = Buyer(
        name="Example: ehf.\t", email="accounts@example.is", phone="+354 555 0100", number="hl-7f3a91-c1", notes="From the CRM",
        street="1 Example St\nFloor 2", city="Reykjavik", postal_code="101", country="Iceland", currency="GBP",
    )  # fmt: skip
    made = books.add_buyer(wanted, "k")
    assert (made.id, made.number) == ("60", "hl-7f3a91-c1")
    assert org.bodies(CUSTOMER) == [
        {
            "DisplayName": "Example ehf.", "PrimaryEmailAddr": {"Address": "accounts@example.is"},
            "PrimaryPhone": {"FreeFormNumber": "+354 555 0100"}, "Notes": "From the CRM hl-7f3a91-c1",
            "BillAddr": {"Line1": "1 Example St", "Line2": "Floor 2", "City": "Reykjavik", "PostalCode": "101", "Country": "Iceland"},
            "CurrencyRef": {"value": "GBP"},
        }
    ]  # fmt: skip
    assert org.queries(CUSTOMER)[0]["requestid"] == "k"


def test_one_currency_is_not_spoken_of(american):
    american.on(CUSTOMER, {"Customer": customer()})
    adapter_on(american).add_buyer(Buyer(name="X", currency="USD"), "k")
    assert american.bodies(CUSTOMER) == [{"DisplayName": "X"}]


def test_a_taken_name_a_lost_answer_and_no_name(org, books):
    org.on(CUSTOMER, said(fault("6240", "The name supplied already exists. : null"), 400))
    with pytest.raises(Refused) as caught:
        books.add_buyer(Buyer(name="Example"), "k")
    assert caught.value.code == "quickbooks.name_taken"
    org.on(CUSTOMER, hang_up)
    with pytest.raises(OutcomeUnknown):
        books.add_buyer(Buyer(name="Example"), "k")
    for name in (":", "x" * 101):
        with pytest.raises(CannotMap):
            books.add_buyer(Buyer(name=name), "k")


def test_a_customer_made_is_known_at_once(org, books):
    assert books.buyers_like(email="accounts@example.is") == ()
    org.on(CUSTOMER, {"Customer": customer(60)})
    made = books.add_buyer(Buyer(name="Example", email="accounts@example.is"), "k")
    assert books.buyers_like(email="accounts@example.is") == (made,)
    assert len(org.asked_of("Customer")) == 1


def test_an_item(org, books):
    place = f"POST {API}/item"
    org.on(
        place,
        {"Item": {"Id": "21", "Name": "Courses", "Type": "Service", "IncomeAccountRef": {"value": "79"}}},
    )
    assert books.add_item("Courses", "79", "k").code == "21"
    assert org.bodies(place) == [{"Name": "Courses", "Type": "Service", "IncomeAccountRef": {"value": "79"}}]
