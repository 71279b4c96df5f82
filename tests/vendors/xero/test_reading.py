"""What is read of Xero: pages that do not slip, states, figures, days, and answers that lack something."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.xero import zones
from bridge_gui.vendors.xero.zones import zone_named
from bridge_gui.web.waiting import never
from tests.vendors.standin import plain, said
from tests.vendors.xero.org import API, CONTACT, guid, invoice, page

SINCE = datetime(2026, 11, 1, 8, 30, 15, 999, tzinfo=UTC)


def read(books, since=SINCE):
    return [bill for part in books.bills_changed(since, never()) for bill in part]


def test_changes_are_asked_for_since_whole_seconds_with_four_decimals(org, books):
    org.on(f"GET {API}/Invoices", page(invoice()))
    (bill,) = read(books)
    (asked,) = org.asked(f"GET {API}/Invoices")
    assert asked.headers["if-modified-since"] == "2026-11-01T08:30:15"
    assert asked.headers["accept"] == "application/json"
    assert asked.headers["xero-tenant-id"]
    (query,) = org.queries(f"GET {API}/Invoices")
    assert query["where"] == 'Type=="ACCREC"'
    assert query["unitdp"] == "4"
    assert bill.ref.number == "INV-0001"
    assert (bill.day, bill.due) == (date(2026, 11, 20), date(2026, 12, 4))
    assert (bill.net, bill.tax, bill.total) == (Decimal(21), Decimal("5.36"), Decimal("26.36"))
    assert bill.lines[0].rate == Decimal("25.5")
    assert bill.lines[0].unit_price == Decimal("10.5")
    assert bill.changed == datetime(2026, 11, 20, 0, 0, 1, tzinfo=UTC)


def test_the_next_page_begins_at_the_last_change_so_that_nothing_slips_through(org, books):
    first, second = [invoice(n) for n in (1, 2)], [invoice(n) for n in (2, 3)]
    org.on(f"GET {API}/Invoices", page(*first, count=2), page(*second, count=1))
    assert [bill.ref.id for bill in read(books)] == [guid(1), guid(2), guid(3)]
    asked = org.asked(f"GET {API}/Invoices")
    assert asked[1].headers["if-modified-since"] == "2026-11-20T00:00:01"
    assert [query["page"] for query in org.queries(f"GET {API}/Invoices")] == ["1", "1"]


def test_many_changed_in_one_second_are_read_by_page_number(org, books):
    same = [invoice(n, UpdatedDateUTC="/Date(1795132801000+0000)/") for n in range(1, 5)]
    org.on(
        f"GET {API}/Invoices", page(*same[:2], count=2), page(*same[:2], count=2), page(*same[2:], count=2)
    )
    assert [bill.ref.id for bill in read(books)] == [guid(n) for n in range(1, 5)]
    assert [query["page"] for query in org.queries(f"GET {API}/Invoices")] == ["1", "1", "2"]


def test_a_list_out_of_order_is_read_by_page_number(org, books):
    org.on(f"GET {API}/Invoices", page(invoice(3), invoice(1), count=2), page(invoice(2), number=2, count=2))
    assert [bill.ref.id for bill in read(books)] == [guid(3), guid(1), guid(2)]
    assert [query["page"] for query in org.queries(f"GET {API}/Invoices")] == ["1", "2"]


def test_without_a_word_on_pages_it_reads_until_nothing_new_comes(org, books):
    org.on(
        f"GET {API}/Invoices",
        {"Invoices": [invoice(1)]},
        {"Invoices": [invoice(1), invoice(2)]},
        {"Invoices": []},
    )
    assert len(read(books)) == 2


def test_a_list_that_repeats_itself_is_the_vendors_change(org, books):
    org.on(f"GET {API}/Invoices", page(invoice(2), count=9))
    with pytest.raises(VendorChanged) as caught:
        read(books)
    assert caught.value.code == "vendor.page_repeats"


def test_bills_of_others_and_other_kinds_are_left_out(org, books):
    org.on(f"GET {API}/Invoices", page(invoice(1, Type="ACCPAY"), invoice(2)))
    assert [bill.ref.id for bill in read(books)] == [guid(2)]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"Status": "DRAFT"}, DocumentState.DRAFT),
        ({"Status": "SUBMITTED"}, DocumentState.AWAITING_APPROVAL),
        ({"Status": "AUTHORISED"}, DocumentState.AWAITING_PAYMENT),
        ({"Status": "AUTHORISED", "AmountPaid": 1.0, "AmountDue": 25.36}, DocumentState.PARTLY_PAID),
        ({"Status": "AUTHORISED", "AmountCredited": 1.0}, DocumentState.PARTLY_PAID),
        ({"Status": "PAID", "AmountDue": 0.0, "AmountPaid": 26.36}, DocumentState.PAID),
        ({"Status": "VOIDED"}, DocumentState.VOIDED),
        ({"Status": "DELETED"}, DocumentState.DELETED),
    ],
)
def test_every_state(org, books, told, state):
    org.on(f"GET {API}/Invoices", page(invoice(1, **told)))
    (bill,) = read(books)
    assert bill.state is state
    gone = state in (DocumentState.VOIDED, DocumentState.DELETED)
    assert bill.remaining == (0 if gone else Decimal(str(told.get("AmountDue", "26.36"))))


@pytest.mark.parametrize(
    ("name", "treatment"),
    [
        ("Exclusive", TaxTreatment.EXCLUSIVE),
        ("Inclusive", TaxTreatment.INCLUSIVE),
        ("NoTax", TaxTreatment.NONE),
    ],
)
def test_every_treatment(org, books, name, treatment):
    org.on(f"GET {API}/Invoices", page(invoice(1, LineAmountTypes=name)))
    assert read(books)[0].treatment is treatment


@pytest.mark.parametrize(
    "field", ["InvoiceID", "Status", "Contact", "Total", "AmountDue", "CurrencyCode", "UpdatedDateUTC"]
)
def test_a_missing_field_is_named(org, books, field):
    short = invoice()
    del short[field]
    org.on(f"GET {API}/Invoices", page(short))
    with pytest.raises(VendorChanged) as caught:
        read(books)
    assert field in str(caught.value.detail) + str(caught.value.params)


@pytest.mark.parametrize(
    "odd",
    [
        page(invoice(Status="POSTED")),
        page(invoice(LineAmountTypes="Gross")),
        page(invoice(UpdatedDateUTC="yesterday")),
        page(invoice(DateString="", Date="soon")),
        {"Id": "x", "Status": "OK"},
        {"Invoices": {"InvoiceID": "x"}},
        {"ErrorNumber": 10, "Type": "ValidationException", "Elements": []},
    ],
)
def test_a_200_of_another_shape_is_the_vendors_change(org, books, odd):
    org.on(f"GET {API}/Invoices", odd)
    with pytest.raises(VendorChanged):
        read(books)


@pytest.mark.parametrize(
    "body", [plain("<html>Sorry</html>", 200), plain("", 200), plain("<Response/>", 200)]
)
def test_no_json_is_the_vendors_change(org, books, body):
    org.on(f"GET {API}/Invoices", body)
    with pytest.raises(VendorChanged):
        read(books)


def test_a_mark_is_a_whole_word_at_the_end_of_a_reference_in_any_state(org, books):
    org.on(
        f"GET {API}/Invoices",
        page(
            invoice(1, Reference="Tilaus 9 pd-1a/42/1"),
            invoice(2, Reference="pd-1a/42/1", Status="VOIDED"),
            invoice(3, Reference="xpd-1a/42/1"),
            invoice(4, Reference="pd-1a/42/1 later"),
            invoice(5, Reference="pd-1a/42/10"),
            invoice(6, Reference=""),
        ),
    )
    found = books.bills_marked(["pd-1a/42/1", "pd-1a/43/1"], date(2026, 11, 1), never())
    assert [bill.ref.id for bill in found["pd-1a/42/1"]] == [guid(1), guid(2)]
    assert found["pd-1a/43/1"] == ()
    (query,) = org.queries(f"GET {API}/Invoices")
    assert query["where"] == 'Type=="ACCREC"', "a person may have dated it back"
    (asked,) = org.asked(f"GET {API}/Invoices")
    assert asked.headers["if-modified-since"] == "2026-11-01T00:00:00"


def test_no_marks_ask_nothing(org, books):
    assert books.bills_marked([], date(2026, 11, 1), never()) == {}
    assert not org.seen


def test_a_period_of_one_customer(org, books):
    org.on(f"GET {API}/Invoices", page(invoice(1)))
    pages = list(books.bills_dated(date(2026, 11, 1), date(2026, 11, 30), CONTACT, never()))
    assert len(pages) == 1
    (query,) = org.queries(f"GET {API}/Invoices")
    assert query["ContactIDs"] == CONTACT
    assert query["where"].endswith("Date>=DateTime(2026,11,01) AND Date<=DateTime(2026,11,30)")


def test_fresh_copies_come_forty_at_a_time_in_the_order_asked(org, books):
    ids = [guid(n) for n in range(1, 51)]
    org.on(
        f"GET {API}/Invoices",
        page(*[invoice(n) for n in range(40, 0, -1)]),
        page(*[invoice(n) for n in range(41, 50)]),
    )
    found = books.bills_by_id(ids, never())
    assert [bill.ref.id for bill in found] == ids[:49]
    assert [len(query["IDs"].split(",")) for query in org.queries(f"GET {API}/Invoices")] == [40, 10]


def test_a_list_without_lines_says_that_it_is_not_whole(org, books):
    bare = invoice(1)
    del bare["LineItems"]
    org.on(f"GET {API}/Invoices", page(bare))
    (bill,) = read(books)
    assert not bill.whole
    assert bill.lines == ()


def test_lines_with_a_text_alone_are_lines(org, books):
    org.on(
        f"GET {API}/Invoices", page(invoice(1, LineItems=[{"Description": "Huom.", "LineItemID": guid(9)}]))
    )
    assert read(books)[0].lines[0].text == "Huom."


def test_payments_that_stand(org, books):
    rows = [
        {"PaymentID": guid(1), "Amount": 10.05, "Date": "/Date(1795132800000+0000)/", "Status": "AUTHORISED",
         "IsReconciled": True, "Account": {"AccountID": guid(7), "Code": "090"}},
        {"PaymentID": guid(2), "Amount": 1, "Date": "/Date(1795132800000)/", "Status": "DELETED"},
    ]  # fmt: skip
    org.on(f"GET {API}/Payments", {"Payments": rows})
    (payment,) = books.payments_of(guid(5))
    assert (payment.day, payment.amount, payment.account, payment.reconciled) == (
        date(2026, 11, 20), Decimal("10.05"), "090", True,
    )  # fmt: skip
    assert org.queries(f"GET {API}/Payments")[0]["where"] == f'Invoice.InvoiceID==guid("{guid(5)}")'


def test_a_history_is_told_newest_first(org, books):
    rows = [
        {"Changes": "Created", "DateUTCString": "2026-11-20T10:00:00", "User": "Maija", "Details": "INV-1"},
        {
            "Changes": "Approved",
            "DateUTC": "/Date(1795212000000+0000)/",
            "User": "System Generated",
            "Details": "",
        },
    ]
    org.on(f"GET {API}/Invoices/{guid(1)}/History", {"HistoryRecords": rows})
    told = books.happenings(guid(1))
    assert [text for _, text in told] == ["Approved (System Generated)", "Created: INV-1 (Maija)"]
    assert told[1][0] == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_a_pdf_is_a_pdf(org, books):
    org.on(f"GET {API}/Invoices/{guid(1)}", plain("%PDF-1.7 ...", 200), said(page(invoice())))
    assert books.pdf(guid(1)).startswith(b"%PDF")
    assert org.asked(f"GET {API}/Invoices/{guid(1)}")[0].headers["accept"] == "application/pdf"
    with pytest.raises(VendorChanged) as caught:
        books.pdf(guid(1))
    assert caught.value.code == "xero.not_pdf"


def test_where_a_person_opens_it(org, books):
    assert books.bill_url(guid(1)) == f"https://go.xero.com/app/!aB1cD/invoicing/view/{guid(1)}"


def test_the_rules_of_the_books(org, books):
    org.on(f"GET {API}/Organisation/Actions", {"Actions": [
        {"Name": "CreateApprovedInvoice", "Status": "NOT-ALLOWED"}, {"Name": "CreateDraftInvoice", "Status": "ALLOWED"},
    ]})  # fmt: skip
    org.on(f"GET {API}/Currencies", {"Currencies": [{"Code": "SEK", "Description": "Kruunu"}]})
    rules = books.billing_rules()
    assert rules.currencies == ("EUR", "SEK")
    assert rules.locked_until == date(2026, 10, 31)
    assert (rules.may_approve, rules.may_submit, rules.demo, rules.country) == (False, True, False, "FI")
    assert rules.unit == Decimal("0.01"), "in every currency"


@pytest.mark.parametrize(
    ("said", "zone"),
    [("FLESTANDARDTIME", "Europe/Kyiv"), ("GREENWICHSTANDARDTIME", "Atlantic/Reykjavik"), ("MOONTIME", None)],
)
def test_the_companys_time_zone_by_xeros_name(said, zone):
    assert zone_named(said) == zone


def test_every_time_zone_there_is_one():
    assert all(ZoneInfo(zone) for zone in zones._KNOWN.values())


def test_only_taxes_that_sales_may_bear_are_offered_but_old_lines_keep_their_rate(org, books):
    assert [code.key for code in books.sales_taxes()] == ["OUTPUT2"]
    assert books.tax_names() == {"OUTPUT2": "ALV 25,5"}
    assert books.rates()["TAX001"] == 14
    assert len(org.asked(f"GET {API}/TaxRates")) == 1
