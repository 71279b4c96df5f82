"""What is read from QuickBooks: every row once, whatever moves meanwhile; states, taxes, odd answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.selling import Applied, SaleKind, Sought
from bridge_gui.errors import Passing, VendorChanged
from bridge_gui.vendors.quickbooks.payloads import Method
from bridge_gui.web.waiting import never
from tests.vendors.quickbooks.company import (
    API,
    MARK,
    QUERY,
    adapter_on,
    customer,
    fault,
    found,
    invoice,
    payment,
)
from tests.vendors.standin import said

CDC = f"GET {API}/cdc"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECENTLY = NOW - timedelta(hours=1)


def one_of(books, **changes):
    row = invoice(**changes)
    (sale,) = books.sales_by_id(SaleKind.INVOICE, [row["Id"]], never())
    return sale


def changed(books, since=RECENTLY, kinds=tuple(SaleKind)):
    return [sale for page in books.sales_changed(kinds, since, never()) for sale in page]


def cdc(**entities):
    parts = [{name: rows, "startPosition": 1, "maxResults": len(rows)} for name, rows in entities.items()]
    return {"CDCResponse": [{"QueryResponse": [*parts, {}]}], "time": "2026-11-20T04:00:00.000-08:00"}


def test_an_invoice_in_our_form(org, books):
    org.rows["Invoice"] = [invoice()]
    sale = one_of(books)
    assert (sale.total, sale.tax, sale.net, sale.remaining) == (360, 60, 300, 360)
    assert (sale.version, sale.contact, sale.contact_name, sale.currency) == (
        "0",
        "58",
        "Example ehf.",
        "GBP",
    )
    assert (sale.day, sale.due, sale.treatment) == (
        date(2026, 11, 20),
        date(2026, 12, 4),
        TaxTreatment.EXCLUSIVE,
    )
    assert [(line.id, line.tax, line.rate, line.item) for line in sale.lines] == [("1", "2", 20, "19")]
    assert sale.changed == datetime(2026, 11, 20, 11, 3, 4, tzinfo=UTC)
    assert sale.ref.url == "https://qbo.intuit.com/app/invoice?txnId=145"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, DocumentState.AWAITING_PAYMENT),
        ({"Balance": 1}, DocumentState.PARTLY_PAID),
        ({"Balance": 0}, DocumentState.PAID),
        ({"Balance": 0, "TotalAmt": 0}, DocumentState.PAID),
        ({"Balance": 0, "TotalAmt": 0, "PrivateNote": f"Voided - {MARK}"}, DocumentState.VOIDED),
        ({"Balance": 0, "TotalAmt": 0, "PrivateNote": "", "invoiceStatus": "VOIDED"}, DocumentState.VOIDED),
    ],
)
def test_states(org, books, changes, state):
    org.rows["Invoice"] = [invoice(**changes)]
    assert one_of(books).state is state


def test_a_void_in_another_language_shows_by_its_quantities(org, books):
    nought = {"Amount": 0, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"Qty": 0}}
    org.rows["Invoice"] = [invoice(TotalAmt=0, Balance=0, PrivateNote=f"Annulé {MARK}", Line=[nought])]
    assert one_of(books).state is DocumentState.VOIDED


def test_lines_of_all_kinds_keep_the_sum(org, books):
    lines = [
        {"Id": "1", "Amount": 33.33, "Description": "Thirds", "DetailType": "SalesItemLineDetail",
         "SalesItemLineDetail": {"Qty": 3, "UnitPrice": 11.1, "TaxCodeRef": {"value": "7"}}},
        {"Id": "2", "Description": "A text", "DetailType": "DescriptionOnly"},
        {"Id": "3", "Amount": 12, "DetailType": "GroupLineDetail", "GroupLineDetail": {"Line": []}},
        {"Amount": 5, "DetailType": "DiscountLineDetail", "DiscountLineDetail": {"PercentBased": False}},
    ]  # fmt: skip
    org.rows["Invoice"] = [invoice(Line=lines)]
    sale = one_of(books)
    assert [line.amount("GBP") for line in sale.lines] == [Decimal("33.33"), 0, 12]
    assert (sale.lines[0].quantity, sale.lines[0].rate, sale.discount) == (1, 20, 5)


def test_in_the_us_the_documents_code_is_the_lines(american):
    books = adapter_on(american)
    tax = {"TotalTax": 24, "TxnTaxCodeRef": {"value": "2"}, "TaxLine": [{"TaxLineDetail": {"TaxPercent": 8}}]}
    lines = [
        {"Amount": 300, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"Qty": 1, "UnitPrice": 300, "TaxCodeRef": {"value": code}}}
        for code in ("TAX", "NON")
    ]  # fmt: skip
    american.rows["Invoice"] = [invoice(GlobalTaxCalculation="", TxnTaxDetail=tax, Line=lines)]
    sale = one_of(books)
    assert [line.tax for line in sale.lines] == ["2", ""]
    assert sale.treatment is TaxTreatment.EXCLUSIVE
    assert (books.selling_rules().american, books.selling_rules().base_currency) == (True, "USD")


@pytest.mark.parametrize("field", ["TotalAmt", "SyncToken", "TxnDate", "MetaData"])
def test_what_is_missing_is_a_change(org, books, field):
    row = invoice()
    del row[field]
    org.rows["Invoice"] = [row]
    with pytest.raises(VendorChanged):
        one_of(books)


def rows(count):
    return [{"Id": str(number), "Name": f"Way {number}"} for number in range(1, count + 1)]


def all_methods(books):
    return [row.id for page in books._client.pages("PaymentMethod", Method, "", never()) for row in page]


def test_a_long_list_is_read_in_order_with_a_row_of_overlap_and_counted(org, books):
    org.rows["PaymentMethod"] = rows(2500)
    assert all_methods(books) == [str(number) for number in range(1, 2501)]
    assert org.asked_of("PaymentMethod") == [
        "SELECT * FROM PaymentMethod ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000",
        "SELECT * FROM PaymentMethod ORDERBY Id STARTPOSITION 1000 MAXRESULTS 1000",
        "SELECT * FROM PaymentMethod ORDERBY Id STARTPOSITION 1999 MAXRESULTS 1000",
        "SELECT COUNT(*) FROM PaymentMethod",
    ]


def test_a_row_deleted_between_pages_lets_none_slip_by(org, books):
    org.rows["PaymentMethod"] = rows(1500)
    pages = books._client.pages("PaymentMethod", Method, "", never())
    read = [row.id for row in next(pages)]
    del org.rows["PaymentMethod"][10]
    read += [row.id for page in pages for row in page]
    assert read == [str(number) for number in range(1, 1501)]


def test_a_list_that_never_settles_is_left_for_later(org, books):
    org.rows["PaymentMethod"] = rows(1500)

    def read():
        for _ in books._client.pages("PaymentMethod", Method, "", never()):
            org.rows["PaymentMethod"] = org.rows["PaymentMethod"][7:]

    with pytest.raises(Passing) as caught:
        read()
    assert caught.value.code == "quickbooks.moving"


def test_texts_in_questions_are_escaped(org, books):
    books.buyers_named("O'Hara \\ Sons", 5)
    assert org.asked_of("Customer") == [
        "SELECT * FROM Customer WHERE DisplayName LIKE '%O\\'Hara \\\\ Sons%' STARTPOSITION 1 MAXRESULTS 5"
    ]


def test_changes_and_what_was_deleted(org, books):
    gone = {
        "domain": "QBO",
        "status": "Deleted",
        "Id": "9",
        "MetaData": {"LastUpdatedTime": "2026-11-20T01:00:00Z"},
    }
    org.on(CDC, cdc(Invoice=[invoice(), gone], SalesReceipt=[invoice(7)]))
    told = {(sale.kind, sale.ref.id): sale.state for sale in changed(books)}
    assert told == {
        (SaleKind.INVOICE, "145"): DocumentState.AWAITING_PAYMENT,
        (SaleKind.INVOICE, "9"): DocumentState.DELETED,
        (SaleKind.RECEIPT, "7"): DocumentState.POSTED,
    }
    query = org.queries(CDC)[0]
    assert query["entities"] == "Invoice,SalesReceipt,RefundReceipt"
    assert datetime.fromisoformat(query["changedSince"]) == datetime.fromisoformat(
        query["changedSince"]
    ).astimezone(UTC)
    assert not org.asked_of("Invoice")


def test_a_full_answer_and_a_long_time_are_asked_for_by_query(org, books):
    org.on(CDC, cdc(Invoice=[invoice(number) for number in range(1, 1001)]))
    org.rows["Invoice"] = [invoice(2000)]
    assert "2000" in {sale.ref.id for sale in changed(books, kinds=[SaleKind.INVOICE])}
    before = len(org.asked(CDC))
    assert [sale.ref.id for sale in changed(books, NOW - timedelta(days=31), [SaleKind.INVOICE])] == ["2000"]
    assert len(org.asked(CDC)) == before
    assert "MetaData.LastUpdatedTime >= '2026-10-20T12:00:00+00:00'" in org.asked_of("Invoice")[-1]
    assert books.changes_reach < timedelta(days=30)


def sought(**changes):
    usual = {
        "kind": SaleKind.INVOICE,
        "mark": MARK,
        "number": "INV-1009",
        "contact": "58",
        "day": date(2026, 11, 20),
        "total": Decimal(360),
    }
    return Sought(**{**usual, **changes})


def test_a_sale_is_found_by_number_and_its_mark_decides(org, books):
    org.rows["Invoice"] = [invoice(1), invoice(2, PrivateNote=f"{MARK}0"), invoice(3, PrivateNote="")]
    ((hit,),) = books.sales_sought([sought()], never())
    assert hit.ref.id == "1"
    assert org.asked_of("Invoice") == [
        "SELECT * FROM Invoice WHERE DocNumber IN ('INV-1009') ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000"
    ]


def test_without_a_number_by_customer_and_day(org, books):
    org.rows["Invoice"] = [invoice(PrivateNote=f"Voided - {MARK} and more", TotalAmt=0, Balance=0)]
    ((hit,), nothing) = books.sales_sought([sought(number=""), sought(number="", mark="hl-1/x/1")], never())
    assert hit.state is DocumentState.VOIDED
    assert nothing == ()
    assert org.asked_of("Invoice") == [
        "SELECT * FROM Invoice WHERE TxnDate = '2026-11-20' AND CustomerRef = '58' ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000"
    ]


def test_payments_of_an_invoice_by_its_ties(org, books):
    ties = [
        {"TxnId": "302", "TxnType": "Payment"},
        {"TxnId": "301", "TxnType": "Payment"},
        {"TxnId": "9", "TxnType": "Estimate"},
    ]
    org.on(f"GET {API}/invoice/145", {"Invoice": invoice(LinkedTxn=ties)})
    org.rows["Payment"] = [payment(301), payment(302, TotalAmt=0, PrivateNote="Voided", Line=[])]
    (one,) = books.payments_of("145", never())
    assert (one.id, one.amount, one.applied) == ("301", 360, (Applied(invoice="145", amount=Decimal(360)),))
    assert "Id IN ('302', '301')" in org.asked_of("Payment")[0]
    org.on(f"GET {API}/invoice/146", said(fault("610", "Object Not Found"), 400))
    assert books.payments_of("146", never()) == ()


def test_a_payment_of_nothing_that_ties_a_credit_is_not_voided(org, books):
    tie = [
        {"Amount": 50, "LinkedTxn": [{"TxnId": "145", "TxnType": "Invoice"}]},
        {"Amount": 50, "LinkedTxn": [{"TxnId": "8", "TxnType": "CreditMemo"}]},
    ]
    org.rows["Payment"] = [payment(TotalAmt=0, Line=tie, PrivateNote="")]
    (one,) = books.payments_by_id(["301"], never())
    assert not one.voided


def test_customers_by_any_of_their_addresses_inactive_ones_too(org, books):
    org.rows["Customer"] = [
        customer(),
        customer(
            59,
            PrimaryEmailAddr={"Address": "old@example.is"},
            DisplayName="Old Ltd",
            Active=False,
            Notes="Seen at the fair hl-7f3a91-c9",
        ),
    ]
    (one,) = books.buyers_like(email="BOSS@example.is")
    assert (one.id, one.email) == ("58", "Accounts@example.is")
    (old,) = books.buyers_like(name="old  LTD")
    assert (old.archived, old.number) == (True, "hl-7f3a91-c9")
    assert books.buyers_like() == ()
    assert len(org.asked_of("Customer")) == 1
    assert "Active IN (true, false)" in org.asked_of("Customer")[0]


def test_taxes_of_sales(org, books):
    assert [(one.key, one.rate) for one in books.sales_taxes()] == [("9", 25), ("2", 20), ("3", 5)]
    assert books.tax_names() == {"9": "Both", "2": "20.0% S", "3": "5.0% R"}
    assert books.selling_rules().locked_until == date(2026, 3, 31)


def test_a_tax_upon_a_tax(org, books):
    code = org.rows["TaxCode"][2]["SalesTaxRateList"]["TaxRateDetail"]
    code[1] |= {"TaxTypeApplicable": "TaxOnAmountPlusTax", "TaxOrder": 1}
    assert books.rates()["9"] == 26


@pytest.mark.parametrize(
    "body", [fault("10000", kind="SystemFault"), fault("4001", "property 'PrivateNote' is not queryable")]
)
def test_a_fault_inside_a_200_is_no_empty_list(org, books, body):
    org.on(QUERY, body)
    with pytest.raises((Passing, VendorChanged)):
        books.sales_by_id(SaleKind.INVOICE, ["1"], never())


def test_nothing_found_is_an_empty_answer_and_no_answer_a_change(org, books):
    org.on(QUERY, found("Invoice"))
    assert books.sales_by_id(SaleKind.INVOICE, ["1"], never()) == ()
    org.on(QUERY, {"time": "t"})
    with pytest.raises(VendorChanged):
        books.sales_by_id(SaleKind.INVOICE, ["1"], never())


def test_a_list_that_cannot_be_asked_for_inactive_ones(org, books):
    usual = org._answered

    def answered(sock, received):
        if "PaymentMethod" in received.target and "WHERE" in received.target:
            return said(fault("4001", "property 'Active' is not queryable"), 400)(sock, received)
        return usual(sock, received)

    org.on(QUERY, answered)
    org.rows["PaymentMethod"] = rows(2)
    assert [one.key for one in books.payment_methods()] == ["1", "2"]
