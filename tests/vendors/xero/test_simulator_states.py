from __future__ import annotations

import pytest

from tests.vendors.xero.xero_at import XeroAt

NOT_VALID = "Invoice not of valid status for modification"
PAID = "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it."
EDIT = "This document cannot be edited as it has a payment or credit note allocated to it."


@pytest.fixture
def xero():
    made = XeroAt()
    yield made
    made.sim.state.close()


def move(xero, key, status):
    code, said = xero.call("POST", f"/Invoices/{key}", {"Invoices": [{"InvoiceID": key, "Status": status}]})
    if code == 200:
        return said["Invoices"][0]["Status"]
    return said["Elements"][0]["ValidationErrors"][0]["Message"]


@pytest.mark.parametrize(
    ("road", "end"),
    [
        (["SUBMITTED", "DRAFT", "AUTHORISED", "VOIDED"], "VOIDED"),
        (["SUBMITTED", "AUTHORISED", "AUTHORISED"], "AUTHORISED"),
        (["DELETED"], "DELETED"),
        (["SUBMITTED", "DELETED"], "DELETED"),
        (["AUTHORISED", "DELETED"], NOT_VALID),
        (["AUTHORISED", "DRAFT"], NOT_VALID),
        (["AUTHORISED", "SUBMITTED"], NOT_VALID),
        (["VOIDED"], NOT_VALID),
        (["SUBMITTED", "VOIDED"], NOT_VALID),
        (["DELETED", "DRAFT"], NOT_VALID),
        (["DELETED", "DELETED"], NOT_VALID),
        (["AUTHORISED", "VOIDED", "AUTHORISED"], NOT_VALID),
        (["AUTHORISED", "PAID"], NOT_VALID),
    ],
)
def test_which_state_may_follow(xero, road, end):
    key = xero.invoice()["InvoiceID"]
    said = [move(xero, key, status) for status in road]
    assert said[:-1] == road[:-1]
    assert said[-1] == end


def test_voiding_answers_with_the_old_amount_due(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    assert xero.state_of(key, "VOIDED")["AmountDue"] == 26.36
    assert xero.get(f"/Invoices/{key}")["Invoices"][0]["AmountDue"] == 0


def test_paid_in_two_parts_and_opened_again(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    row = {"Invoice": {"InvoiceID": key}, "Account": {"Code": "090"}, "Date": "2026-11-25", "Amount": 20}
    first = xero.put("/Payments", {"Payments": [row]})["Payments"][0]
    read = xero.get(f"/Invoices/{key}")["Invoices"][0]
    assert (read["Status"], read["AmountPaid"], read["AmountDue"]) == ("AUTHORISED", 20, 6.36)
    assert [one["PaymentID"] for one in read["Payments"]] == [first["PaymentID"]]
    assert xero.refused("PUT", "/Payments", {"Payments": [{**row, "Amount": 6.37}]}) == [
        "Payment amount exceeds the amount outstanding on this document"
    ]
    xero.put("/Payments", {"Payments": [{**row, "Amount": 6.36}]})
    read = xero.get(f"/Invoices/{key}")["Invoices"][0]
    assert (read["Status"], read["AmountDue"]) == ("PAID", 0)
    assert read["FullyPaidOnDate"].startswith("/Date(")
    assert move(xero, key, "VOIDED") == PAID
    gone = xero.post(f"/Payments/{first['PaymentID']}", {"Status": "DELETED"})["Payments"][0]
    assert gone["Status"] == "DELETED"
    read = xero.get(f"/Invoices/{key}")["Invoices"][0]
    assert (read["Status"], read["AmountDue"], read.get("FullyPaidOnDate")) == ("AUTHORISED", 20, None)
    assert move(xero, key, "VOIDED") == PAID  # a part is still paid
    listed = xero.get(f'/Payments?where=Invoice.InvoiceID==guid("{key}")')["Payments"]
    assert [one["Status"] for one in listed] == ["DELETED", "AUTHORISED"]
    xero.person("unpay_invoice", id=key)
    assert move(xero, key, "VOIDED") == "VOIDED"


def test_reconciled_payments_stay(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    payment = xero.person("pay_invoice", id=key)
    xero.person("reconcile_payments", id=key)
    body = {"Payments": [{"Status": "DELETED"}]}
    assert "reconciled" in xero.refused("POST", f"/Payments/{payment['id']}", body)[0]
    assert xero.get(f"/Invoices/{key}")["Invoices"][0]["Status"] == "PAID"


def test_drafts_take_no_payment_and_only_banks_do(xero):
    key = xero.invoice()["InvoiceID"]
    row = {"Invoice": {"InvoiceID": key}, "Account": {"Code": "090"}, "Amount": 1}
    assert xero.refused("PUT", "/Payments", {"Payments": [row]})
    xero.state_of(key, "AUTHORISED")
    assert xero.refused("PUT", "/Payments", {"Payments": [{**row, "Account": {"Code": "200"}}]})
    assert xero.put("/Payments", row)["Payments"][0]["Amount"] == 1


def test_what_may_change_on_a_part_paid_invoice(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    xero.person("pay_invoice", id=key, amount=5)
    line = xero.get(f"/Invoices/{key}")["Invoices"][0]["LineItems"][0]
    changed = xero.post(f"/Invoices/{key}", {"Reference": "new", "DueDate": "2026-12-31"})["Invoices"][0]
    assert (changed["Reference"], changed["DueDateString"]) == ("new", "2026-12-31T00:00:00")
    text = {**line, "Description": "Toinen teksti"}
    assert xero.post(f"/Invoices/{key}", {"LineItems": [text]})["Invoices"][0]["Total"] == 26.36
    assert xero.refused(
        "POST", f"/Invoices/{key}", {"LineItems": [{**line, "UnitAmount": 11, "LineAmount": None}]}
    ) == [EDIT]
    assert xero.refused("POST", f"/Invoices/{key}", {"CurrencyCode": "SEK"}) == [EDIT]
    assert xero.refused("POST", f"/Invoices/{key}", {"Date": "2026-11-01"}) == [EDIT]


def test_due_date_of_a_part_paid_invoice_does_not_move_its_time(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    xero.person("pay_invoice", id=key, amount=5)
    xero.later(minutes=10)
    stamp = xero.post(f"/Invoices/{key}", {"DueDate": "2026-12-31"})["Invoices"][0]["UpdatedDateUTCString"]
    assert stamp == "2026-11-20T12:00:00Z"
    assert xero.post(f"/Invoices/{key}", {"Reference": "x"})["Invoices"][0]["UpdatedDateUTCString"] == (
        "2026-11-20T12:10:00Z"
    )


def test_lines_that_are_not_sent_are_deleted_and_new_ones_made(xero):
    line = {"Description": "a", "Quantity": 1, "UnitAmount": 10, "AccountCode": "200"}
    made = xero.invoice(line, {**line, "Description": "b"})
    kept = made["LineItems"][1]
    changed = xero.post(
        f"/Invoices/{made['InvoiceID']}",
        {
            "LineItems": [
                {"LineItemID": kept["LineItemID"], **line, "Description": "b2"},
                {**line, "Description": "c"},
            ]
        },
    )["Invoices"][0]
    assert [one["Description"] for one in changed["LineItems"]] == ["b2", "c"]
    assert changed["LineItems"][0]["LineItemID"] == kept["LineItemID"]
    strange = {"LineItems": [{**line, "LineItemID": made["LineItems"][0]["LineItemID"]}]}
    assert xero.refused("POST", f"/Invoices/{made['InvoiceID']}", strange)


def test_credited_wholly_and_in_part(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    part = xero.person("credit_invoice", id=key, amount=6.36)
    assert (part["Status"], part["AmountCredited"], part["AmountDue"]) == ("AUTHORISED", 6.36, 20)
    assert move(xero, key, "VOIDED") == PAID
    whole = xero.person("credit_invoice", id=key)
    assert (whole["Status"], whole["AmountCredited"], whole["AmountDue"]) == ("PAID", 26.36, 0)
    read = xero.get(f"/Invoices/{key}")["Invoices"][0]
    assert [one["AppliedAmount"] for one in read["CreditNotes"]] == [6.36, 20]
    notes = xero.get("/CreditNotes?page=1")["CreditNotes"]
    assert [(one["Status"], one["RemainingCredit"]) for one in notes] == [("PAID", 0), ("PAID", 0)]


def test_closed_periods(xero):
    text = "The document date cannot be before the period lock date, currently set at 31 October 2026"
    xero.sim.settings.change({"period_lock_date": "2026-10-31"})
    row = xero.row(Date="2026-10-31", Status="AUTHORISED")
    assert xero.refused("PUT", "/Invoices", {"Invoices": [row]}) == [text]
    assert xero.invoice(Date="2026-11-01", Status="AUTHORISED")["Status"] == "AUTHORISED"
    key = xero.invoice(Date="2026-10-31")["InvoiceID"]
    assert move(xero, key, "AUTHORISED") == text
    open_ = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    xero.sim.settings.change({"period_lock_date": "2026-11-30"})
    assert move(xero, open_, "VOIDED").startswith("The document date cannot be before")
    assert "lock date" in xero.refused("POST", f"/Invoices/{open_}", {"Reference": "x"})[0]
    told = xero.get("/Organisation")["Organisations"][0]
    assert told["PeriodLockDate"] == "/Date(1795996800000+0000)/"


@pytest.mark.parametrize(
    ("role", "writes", "approves"),
    [("ADVISER", True, True), ("STANDARD", True, True), ("INVOICEONLY_SALES", True, True),
     ("INVOICEONLY_DRAFT", True, False), ("READONLY", False, False)],
)  # fmt: skip
def test_who_may_approve(xero, role, writes, approves):
    xero.sim.settings.change({"role": role})
    told = {one["Name"]: one["Status"] for one in xero.get("/Organisation/Actions")["Actions"]}
    assert (told["CreateDraftInvoice"] == "ALLOWED", told["CreateApprovedInvoice"] == "ALLOWED") == (
        writes,
        approves,
    )
    assert (xero.call("PUT", "/Invoices", xero.row())[0] == 200) is writes
    assert (xero.call("PUT", "/Invoices", xero.row(Status="AUTHORISED"))[0] == 200) is approves


def test_a_limit_of_approvals(xero):
    xero.sim.settings.change({"approve_limit": 2})  # the demo's own is the first
    xero.invoice(Status="AUTHORISED")
    assert xero.refused("PUT", "/Invoices", xero.row(Status="AUTHORISED")) == [
        "You have reached the limit of invoices you can approve"
    ]


def test_email_is_sent_to_the_contact_and_only_when_it_may(xero):
    key = xero.invoice()["InvoiceID"]
    assert xero.refused("POST", f"/Invoices/{key}/Email", {})
    xero.state_of(key, "AUTHORISED")
    assert xero.call("POST", f"/Invoices/{key}/Email", {}) == (204, "")
    sent = xero.sim.books.emails.find()
    assert [(one["_document"], one["to"]) for one in sent] == [(key, ["laskut@mallimetalli.example"])]
    assert xero.get(f"/Invoices/{key}")["Invoices"][0]["SentToContact"] is True
    xero.sim.settings.change({"email_limit": 1})
    assert "limit" in xero.refused("POST", f"/Invoices/{key}/Email", {})[0]
    xero.sim.settings.change({"email_limit": 9, "demo_company": True})
    assert "limit" in xero.refused("POST", f"/Invoices/{key}/Email", {})[0]
    assert xero.get("/Organisation")["Organisations"][0]["IsDemoCompany"] is True


def test_a_contact_without_an_address_gets_no_email(xero):
    made = xero.invoice(Contact={"Name": "Ilman Osoitetta Oy"}, Status="AUTHORISED")
    assert "address" in xero.refused("POST", f"/Invoices/{made['InvoiceID']}/Email", {})[0]
