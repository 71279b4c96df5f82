"""What is written to Xero: exactly what is meant, once, with each document's own answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import (
    CannotMap,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    Refused,
)
from tests.vendors.standin import plain, said
from tests.vendors.xero.org import API, CONTACT, bill, guid, invoice, line
from tests.web.toys import half, hang_up

PUT = f"PUT {API}/Invoices"


def refusal(reference, *messages, **more):
    """A document that was not taken, beside others that were."""
    return {
        "Reference": reference, "InvoiceID": "00000000-0000-0000-0000-000000000000", "HasErrors": True,
        "StatusAttributeString": "ERROR", "ValidationErrors": [{"Message": text} for text in messages], **more,
    }  # fmt: skip


def not_valid(*messages):
    return said(
        {
            "ErrorNumber": 10, "Type": "ValidationException", "Message": "A validation exception occurred",
            "Elements": [{"HasErrors": True, "ValidationErrors": [{"Message": text} for text in messages]}],
        },
        400,
    )  # fmt: skip


def test_an_invoice_goes_out_as_it_is_meant_and_without_any_total(org, books):
    org.on(PUT, {"Invoices": [invoice(1, Reference="pd-1a/1/1", StatusAttributeString="OK")]})
    (made,) = books.make_bills([bill(template=guid(5), url="https://example.pipedrive.com/deal/1")], "key-1")
    assert made.ref.id == guid(1)
    (sent,) = org.bodies(PUT)
    assert sent == {
        "Invoices": [
            {
                "Type": "ACCREC", "Status": "DRAFT", "Contact": {"ContactID": CONTACT}, "Date": "2026-11-20",
                "DueDate": "2026-12-04", "LineAmountTypes": "Exclusive", "CurrencyCode": "EUR",
                "Reference": "pd-1a/1/1", "BrandingThemeID": guid(5),
                "Url": "https://example.pipedrive.com/deal/1",
                "LineItems": [
                    {
                        "Description": "Kuukausipalvelu", "Quantity": 2, "UnitAmount": 10.5, "ItemCode": "PD-1",
                        "AccountCode": "200", "TaxType": "OUTPUT2", "DiscountRate": 10,
                    }
                ],
            }
        ]
    }  # fmt: skip
    (received,) = org.asked(PUT)
    assert received.headers["idempotency-key"] == "key-1"
    assert org.queries(PUT) == [{"unitdp": "4", "summarizeErrors": "false"}]


def test_four_decimals_leave_as_they_are(org, books):
    org.on(PUT, {"Invoices": [invoice(1, Reference="pd-1a/1/1")]})
    books.make_bills([bill(lines=(line(unit_price=Decimal("0.1234"), quantity=Decimal("1000.5")),))], "k")
    (received,) = org.asked(PUT)
    assert b'"UnitAmount":0.1234' in received.body
    assert b'"Quantity":1000.5' in received.body


@pytest.mark.parametrize(
    ("treatment", "name", "tax"),
    [(TaxTreatment.INCLUSIVE, "Inclusive", "OUTPUT2"), (TaxTreatment.NONE, "NoTax", None)],
)
def test_treatments(org, books, treatment, name, tax):
    org.on(PUT, {"Invoices": [invoice(1, Reference="pd-1a/1/1")]})
    books.make_bills([bill(treatment=treatment)], "k")
    (sent,) = org.bodies(PUT)[0]["Invoices"]
    assert sent["LineAmountTypes"] == name
    assert sent["LineItems"][0].get("TaxType") == tax


def test_a_draft_may_lack_account_and_tax_and_a_zero_discount_is_left_out(org, books):
    org.on(PUT, {"Invoices": [invoice(1, Reference="pd-1a/1/1")]})
    books.make_bills([bill(lines=(line(account="", tax="", item="", discount=Decimal(0)),))], "k")
    (sent,) = org.bodies(PUT)[0]["Invoices"]
    assert set(sent["LineItems"][0]) == {"Description", "Quantity", "UnitAmount"}


def test_an_address_with_the_vendors_name_in_it_stays_at_home(org, books):
    org.on(PUT, {"Invoices": [invoice(1, Reference="pd-1a/1/1")]})
    books.make_bills([bill(url="https://xero-friends.pipedrive.com/deal/1")], "k")
    assert "Url" not in org.bodies(PUT)[0]["Invoices"][0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": ()}, "xero.invoice_invalid"),
        ({"state": DocumentState.PAID}, "xero.invoice_invalid"),
        ({"reference": "x" * 256}, "xero.reference_long"),
        ({"lines": (line(text="  "),)}, "xero.line_text"),
        ({"lines": (line(text="x" * 4001),)}, "xero.line_text"),
        ({"lines": (line(unit_price=Decimal("0.00001")),)}, "xero.line_figures"),
        ({"lines": (line(discount=Decimal("33.333")),)}, "xero.line_figures"),
        ({"lines": (line(discount=Decimal(101)),)}, "xero.line_figures"),
        ({"lines": (line(quantity=Decimal(12345678901234)),)}, "xero.line_figures"),
    ],
)
def test_what_xero_would_cut_or_round_is_never_sent(org, books, changes, code):
    (result,) = books.make_bills([bill(**changes)], "k")
    assert isinstance(result, CannotMap)
    assert result.code == code
    assert not org.asked(PUT)


def test_what_cannot_go_holds_up_none_of_the_others(org, books):
    org.on(PUT, {"Invoices": [invoice(1, Reference="Deal 42 pd-1a/42/1")]})
    first, second = books.make_bills([bill(lines=()), bill(reference="Deal  42 pd-1a/42/1")], "k")
    assert isinstance(first, CannotMap)
    assert second.ref.id == guid(1), "Xero is free to tidy spaces"
    assert len(org.bodies(PUT)[0]["Invoices"]) == 1


def test_more_than_fifty_are_not_one_call(books):
    with pytest.raises(ValueError):
        books.make_bills([bill(n) for n in range(51)], "k")


def test_each_document_has_its_own_answer_whatever_the_order(org, books):
    rows = [
        refusal(
            "pd-1a/2/1", "The document date cannot be before the period lock date, currently set at 1/1/2026"
        ),
        invoice(
            3, Reference="pd-1a/3/1", StatusAttributeString="WARNING", Warnings=[{"Message": "odd rate"}]
        ),
        invoice(1, Reference="pd-1a/1/1", StatusAttributeString="OK"),
    ]
    org.on(PUT, {"Invoices": rows})
    one, two, three, four = books.make_bills([bill(n) for n in (1, 2, 3, 4)], "k")
    assert one.ref.id == guid(1)
    assert isinstance(two, Refused)
    assert two.code == "xero.locked"
    assert three.ref.id == guid(3)
    assert isinstance(four, OutcomeUnknown)


def test_two_answers_to_one_document_leave_it_unknown(org, books):
    rows = [invoice(1, Reference="pd-1a/1/1"), invoice(2, Reference="pd-1a/1/1")]
    org.on(PUT, {"Invoices": rows})
    (only,) = books.make_bills([bill(1)], "k")
    assert isinstance(only, OutcomeUnknown)


def test_an_answer_that_says_ok_without_an_id_is_no_invoice(org, books):
    org.on(
        PUT,
        {"Invoices": [invoice(1, Reference="pd-1a/1/1", InvoiceID="00000000-0000-0000-0000-000000000000")]},
    )
    (only,) = books.make_bills([bill(1)], "k")
    assert isinstance(only, Refused)


def test_a_document_whose_answer_lacks_something_was_made_all_the_same(org, books):
    short = invoice(1, Reference="pd-1a/1/1")
    del short["Total"]
    org.on(PUT, {"Invoices": [short, invoice(2, Reference="pd-1a/2/1")]})
    first, second = books.make_bills([bill(1), bill(2)], "k")
    assert isinstance(first, OutcomeUnknown)
    assert second.ref.id == guid(2)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Invoice not of valid status for modification", "xero.wrong_state"),
        (
            "This document cannot be edited as it has a payment or credit note allocated to it.",
            "xero.has_payments",
        ),
        (
            "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.",
            "xero.has_payments",
        ),
        (
            "The document date cannot be before the period lock date, currently set at 31/12/2025",
            "xero.locked",
        ),
        ("You have reached the limit of invoices you can approve", "xero.approve_limit"),
        ("The TaxType code 'X' cannot be used with account code '200'", "xero.account_or_tax"),
        (
            "The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.",
            "xero.contact_archived",
        ),
        ("Organisation is not subscribed to currency ISK", "xero.currency"),
        ("Invoice # must be unique.", "xero.refused"),
    ],
)
def test_a_refused_change_of_state_says_why(org, books, message, code):
    org.on(f"POST {API}/Invoices/{guid(1)}", not_valid(message))
    with pytest.raises(Refused) as caught:
        books.turn(guid(1), DocumentState.VOIDED, "k")
    assert caught.value.code == code
    assert caught.value.params["text"] == message


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (DocumentState.AWAITING_APPROVAL, "SUBMITTED"),
        (DocumentState.AWAITING_PAYMENT, "AUTHORISED"),
        (DocumentState.VOIDED, "VOIDED"),
        (DocumentState.DELETED, "DELETED"),
    ],
)
def test_a_change_of_state_sends_the_state_and_no_lines(org, books, state, status):
    org.on(f"POST {API}/Invoices/{guid(1)}", {"Invoices": [invoice(1, Status=status)]})
    assert books.turn(guid(1), state, "k").state is state
    assert org.bodies(f"POST {API}/Invoices/{guid(1)}") == [
        {"Invoices": [{"InvoiceID": guid(1), "Status": status}]}
    ]


def test_a_200_with_an_error_inside_is_a_refusal(org, books):
    row = invoice(
        1, HasErrors=True, ValidationErrors=[{"Description": "Invoice not of valid status for modification"}]
    )
    org.on(f"POST {API}/Invoices/{guid(1)}", {"Invoices": [row]})
    with pytest.raises(Refused) as caught:
        books.turn(guid(1), DocumentState.VOIDED, "k")
    assert caught.value.code == "xero.wrong_state"


def test_paid_is_no_state_to_turn_to(org, books):
    with pytest.raises(Refused):
        books.turn(guid(1), DocumentState.PAID, "k")
    assert not org.seen


def test_what_is_gone_is_said(org, books):
    org.on(f"POST {API}/Invoices/{guid(1)}", plain("", 404))
    with pytest.raises(NoSuchTarget):
        books.turn(guid(1), DocumentState.VOIDED, "k")


def test_an_email_is_sent_once_without_a_key_and_never_again(org, books):
    mail = f"POST {API}/Invoices/{guid(1)}/Email"
    org.on(mail, plain("", 204))
    books.send_by_email(guid(1), "key")
    assert "idempotency-key" not in org.asked(mail)[0].headers
    assert org.bodies(mail) == [{}]
    for lost in (hang_up, half, plain("busy", 503)):
        org.on(mail, lost)
        before = len(org.asked(mail))
        with pytest.raises(OutcomeUnknown):
            books.send_by_email(guid(1), "key")
        assert len(org.asked(mail)) == before + 1


def test_a_lost_answer_is_asked_for_again_with_the_same_key_within_the_call(org, books):
    org.on(PUT, hang_up, {"Invoices": [invoice(1, Reference="pd-1a/1/1")]})
    (made,) = books.make_bills([bill(1)], "key-7")
    assert made.ref.id == guid(1)
    assert [one.headers["idempotency-key"] for one in org.asked(PUT)] == ["key-7", "key-7"]


def test_what_stays_lost_is_unknown(org, books):
    org.on(PUT, plain("<html>", 503))
    with pytest.raises(OutcomeUnknown):
        books.make_bills([bill(1)], "key-7")
    assert len(org.asked(PUT)) == 3


def test_all_tries_of_a_call_end_within_the_life_of_its_key():
    from bridge_gui.vendors.xero.client import MANNERS
    from bridge_gui.web.pace import LONGEST_WAIT

    assert MANNERS.tries * MANNERS.whole + (MANNERS.tries - 1) * LONGEST_WAIT < 6 * 60


def test_a_payment_is_removed_or_it_is_said_why_not(org, books):
    pay = f"POST {API}/Payments/{guid(1)}"
    org.on(
        pay,
        {"Payments": [{"PaymentID": guid(1), "Status": "DELETED", "Amount": 1}]},
        not_valid("It is reconciled"),
    )
    books.remove_payment(guid(1), "k")
    assert org.bodies(pay)[0] == {"Status": "DELETED"}
    with pytest.raises(Refused) as caught:
        books.remove_payment(guid(1), "k2")
    assert caught.value.code == "xero.reconciled"
    org.on(pay, {"Payments": [{"PaymentID": guid(1), "Status": "AUTHORISED", "Amount": 1}]})
    with pytest.raises(OutcomeUnknown):
        books.remove_payment(guid(1), "k3")


def test_a_write_is_refused_before_anything_else_when_it_cannot_be_read_afterwards(org, books):
    org.on(f"GET {API}/TaxRates", plain("no", 503))
    with pytest.raises(Exception) as caught:
        books.make_bills([bill(1)], "k")
    assert not isinstance(caught.value, (OutcomeUnknown, Conflict))
    assert not org.asked(PUT)
    assert bill(1).day == date(2026, 11, 20)
