from __future__ import annotations

import pytest

from tests.vendors.uniconta.uniconta_at import BASE, UnicontaAt

LINES = (
    {"Item": "1000", "Text": "Rådgivning", "Qty": 10, "Price": 950},
    {"Item": "1001", "Qty": 2, "Price": 2499.5, "DiscountPct": 10},
)


@pytest.fixture
def books():
    made = UnicontaAt()
    yield made
    made.sim.state.close()


def refused(books, method, path, body):
    status, said = books.call(method, f"{BASE}/{path}", body)
    assert status == 400, said
    return said


def lines(books, number):
    return books.rows("DebtorOrderLineClientUser", "OrderNumber", number)


def test_an_order_gets_its_number_and_its_totals(books):
    number = books.order(*LINES, xWebcrmId="delivery-1/1", YourRef="Delivery 1")
    assert number == 101
    order = books.one("DebtorOrderClientUser", "OrderNumber", number)
    assert (order["NoLines"], order["TotalBeforeVAT"], order["OrderTotal"]) == (2, 13999.10, 17498.88)
    assert (order["Margin"], order["MarginRatio"], order["xWebcrmId"]) == (7098.60, 50.71, "delivery-1/1")
    assert order["Name"] == "Prøve Handel A/S"
    told = [
        (row["LineNumber"], row["ItemName"], row["Unit"], row["CostPrice"], row["Total"])
        for row in lines(books, number)
    ]
    assert told == [(1, "Rådgivning, time", "timer", 400, 9500), (2, "Skrivebord", "stk", 1450.25, 4499.10)]
    assert books.order() == 102


def test_a_discount_at_the_end_and_vat_abroad(books):
    number = books.order(*LINES, EndDiscountPct=10, Vat="UEU")
    order = books.one("DebtorOrderClient", "OrderNumber", number)
    assert (order["TotalBeforeVAT"], order["OrderTotal"]) == (12599.19, 12599.19)


def test_a_number_of_ones_own_and_a_number_taken(books):
    assert books.order(OrderNumber=500) == 500
    assert (
        refused(books, "POST", "Insert/DebtorOrderClient", {"Account": "20001", "OrderNumber": 500})
        == "KeyExists"
    )
    assert (
        refused(books, "POST", "Insert/DebtorOrderClient", {"Account": "20001", "OrderNumber": 100})
        == "KeyExists"
    )
    books.order(OrderNumber=101)
    assert books.order() == 102


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"Account": "99"}, "AccountIsMissing"), ({"Account": ""}, "FieldCannotBeBlank"), ({"Employee": "XX"}, "CouldNotFind"),
        ({"Payment": "XX"}, "CouldNotFind"), ({"Currency": "00"}, "CouldNotFind"), ({"DeliveryDate": "soon"}, "Exception"),
    ],
)  # fmt: skip
def test_a_wrong_order_is_refused(books, more, code):
    assert refused(books, "POST", "Insert/DebtorOrderClient", {"Account": "20001", **more}) == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"Item": "4711"}, "CouldNotFind"), ({"Item": "1002"}, "ItemIsOnHold"), ({"LineNumber": 1}, "KeyExists"),
        ({"OrderNumber": 999}, "CouldNotFind"), ({"OrderNumber": None}, "FieldCannotBeBlank"), ({"Qty": "2,5"}, "Exception"),
        ({"Vat": "XX"}, "CouldNotFind"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused(books, more, code):
    number = books.order(LINES[0])
    row = {"OrderNumber": number, "Item": "1000", "Qty": 1, **more}
    assert refused(books, "POST", "Insert/DebtorOrderLineClient", row) == code
    assert len(lines(books, number)) == 1


def test_dates_come_in_three_forms_and_zones_are_not_minded(books):
    for text in ("2026-12-01", "2026-12-01T00:00:00", "2026-12-01T00:00:00Z"):
        number = books.order(DeliveryDate=text)
        assert books.one("DebtorOrderClient", "OrderNumber", number)["DeliveryDate"] == "2026-12-01T00:00:00"


def test_a_line_without_an_item_is_a_switch(books):
    number = books.order({"Text": "Aftalt", "Qty": 1, "Price": 10.005})
    assert books.one("DebtorOrderClient", "OrderNumber", number)["TotalBeforeVAT"] == 10.01
    books.set(free_lines=False)
    assert (
        refused(books, "POST", "Insert/DebtorOrderLineClient", {"OrderNumber": number, "Text": "x"})
        == "FieldCannotBeBlank"
    )


def test_lines_are_changed_added_and_removed(books):
    number = books.order(*LINES)
    first, second = lines(books, number)
    books.later(minutes=5)
    books.update("DebtorOrderLineClientUser", {**first, "Qty": 1, "xWebcrmLine": "line-1"})
    books.send("DELETE", "Delete/DebtorOrderLineClientUser", second)
    order = books.one("DebtorOrderClient", "OrderNumber", number)
    assert (order["NoLines"], order["TotalBeforeVAT"]) == (1, 950)
    row = lines(books, number)[0]
    assert (row["xWebcrmLine"], row["UpdatedAt"]) == ("line-1", "2026-11-20T13:05:00")
    books.insert("DebtorOrderLineClient", {"OrderNumber": number, "Item": "1003", "Qty": 1, "Price": 375})
    assert [row["LineNumber"] for row in lines(books, number)] == [1, 2]
    assert (
        refused(books, "PUT", "Update/DebtorOrderLineClient", {**row, "OrderNumber": 100}) == "CouldNotSave"
    )


def test_a_blocked_item_stays_on_the_lines_it_has(books):
    number = books.order(LINES[0])
    books.person("block_item", number="1000")
    row = lines(books, number)[0]
    books.update("DebtorOrderLineClientUser", {**row, "Qty": 3})
    assert (
        refused(books, "POST", "Insert/DebtorOrderLineClient", {"OrderNumber": number, "Item": "1000"})
        == "ItemIsOnHold"
    )


def test_a_locked_order_refuses_every_change(books):
    number = books.order(*LINES)
    books.person("lock_order", number=number)
    order, row = books.one("DebtorOrderClient", "OrderNumber", number), lines(books, number)[0]
    assert order["Blocked"] is True
    for method, path, body in (
        ("PUT", "Update/DebtorOrderClient", order), ("DELETE", "Delete/DebtorOrderClient", order),
        ("PUT", "Update/DebtorOrderLineClient", row), ("DELETE", "Delete/DebtorOrderLineClient", row),
        ("POST", "Insert/DebtorOrderLineClient", {"OrderNumber": number, "Item": "1000"}),
    ):  # fmt: skip
        assert refused(books, method, path, body) == "CouldNotSave"
    assert len(lines(books, number)) == 2
    books.person("unlock_order", number=number)
    books.update("DebtorOrderClient", {**order, "YourRef": "x"})
    books.send("DELETE", "Delete/DebtorOrderClient", books.one("DebtorOrderClient", "OrderNumber", number))
    assert lines(books, number) == []


def test_a_credit_limit_is_a_switch(books):
    books.person("edit_debtor", number="20001", CreditMax=2000)
    books.set(credit_check=True)
    number = books.order({"Item": "1003", "Qty": 4, "Price": 375})
    row = {"OrderNumber": number, "Item": "1000", "Qty": 1, "Price": 950}
    assert refused(books, "POST", "Insert/DebtorOrderLineClient", row) == "CreditLimitExceeded"
    assert len(lines(books, number)) == 1
    assert books.one("DebtorOrderClient", "OrderNumber", number)["OrderTotal"] == 1875


def test_an_invoiced_order_stays_and_names_its_invoice(books):
    number = books.order(*LINES, YourRef="Delivery 1")
    invoice = books.person("invoice_order", number=number, day="2026-11-20")["invoice"]
    assert invoice == 5002
    assert books.one("DebtorOrderClient", "OrderNumber", number)["LastInvoice"] == invoice
    row = books.one("DebtorInvoiceClient", "OrderNumber", number)
    assert (row["InvoiceNumber"], row["NetAmount"], row["VatAmount"], row["TotalAmount"]) == (
        5002,
        13999.10,
        3499.78,
        17498.88,
    )
    assert (row["Date"], row["DueDate"], row["YourRef"]) == (
        "2026-11-20T00:00:00",
        "2026-12-04T00:00:00",
        "Delivery 1",
    )
    assert [one["InvoiceQty"] for one in books.rows("DebtorInvoiceLines", "InvoiceNumber", invoice)] == [
        10,
        2,
    ]
    entry = books.one("DebtorTransOpenClient", "Invoice", invoice)
    assert (entry["Amount"], entry["AmountOpen"], entry["PostType"], entry["OrderNumber"]) == (
        17498.88,
        17498.88,
        "Invoice",
        number,
    )
    assert books.control("person", {"action": "invoice_order", "number": number})[0] == 400


def test_an_invoiced_order_goes_where_orders_are_deleted(books):
    books.set(delete_order=True)
    number = books.order(LINES[0])
    books.person("invoice_order", number=number, part=0.5)
    assert books.one("DebtorOrderClient", "OrderNumber", number)["LastInvoice"] == 5002
    books.person("invoice_order", number=number)
    assert books.rows("DebtorOrderClient", "OrderNumber", number) == []
    assert lines(books, number) == []
    assert [row["NetAmount"] for row in books.rows("DebtorInvoiceClient", "OrderNumber", number)] == [
        4750,
        4750,
    ]


def test_an_invoice_is_paid_in_parts_and_its_entry_goes_or_stands_at_nought(books):
    number = books.order(LINES[0])
    invoice = books.person("invoice_order", number=number)["invoice"]
    books.person("pay_invoice", number=invoice, amount=1875, day="2026-11-25")
    entry = books.one("DebtorTransOpenClient", "Invoice", invoice)
    assert (entry["Amount"], entry["AmountOpen"], entry["Paid"]) == (11875, 10000, False)
    books.set(settled_entries="zero")
    books.person("pay_invoice", number=invoice)
    assert books.one("DebtorTransOpenClient", "Invoice", invoice)["AmountOpen"] == 0
    books.set(settled_entries="gone")
    other = books.person("invoice_order", number=books.order(LINES[1]))["invoice"]
    books.person("pay_invoice", number=other)
    assert books.rows("DebtorTransOpenClient", "Invoice", other) == []
    assert [row["PostType"] for row in books.rows("DebtorTransClient", "Invoice", invoice)] == [
        "Invoice",
        "PartialPayment",
        "Payment",
    ]
    assert books.control("person", {"action": "pay_invoice", "number": other})[0] == 400


def test_a_credit_note_settles_what_is_open(books):
    number = books.order(LINES[0])
    invoice = books.person("invoice_order", number=number)["invoice"]
    note = books.person("credit_invoice", number=invoice)
    assert (note["InvoiceNumber"], note["TotalAmount"], note["OrderNumber"]) == (5003, -11875, number)
    assert books.rows("DebtorTransOpenClient") == []
    paid = books.person("invoice_order", number=books.order(LINES[0]))["invoice"]
    books.person("pay_invoice", number=paid)
    books.person("credit_invoice", number=paid)
    assert [row["AmountOpen"] for row in books.rows("DebtorTransOpenClient")] == [-11875]


def test_an_invoice_in_another_currency_is_open_in_both(books):
    number = books.order({"Item": "1003", "Qty": 1, "Price": 100}, Currency="EUR", Vat="UEU")
    invoice = books.person("invoice_order", number=number)["invoice"]
    books.person("pay_invoice", number=invoice, amount=40)
    entry = books.one("DebtorTransOpenClient", "Invoice", invoice)
    assert (entry["AmountCur"], entry["AmountOpenCur"], entry["Amount"], entry["AmountOpen"]) == (
        100,
        60,
        746,
        447.6,
    )


def test_days_do_nothing_unless_a_bookkeeper_is_at_work(books):
    number = books.order(LINES[0])
    books.control("advance", {"days": 3})
    assert books.rows("DebtorInvoiceClient", "OrderNumber", number) == []
    books.set(bookkeeper=True)
    books.control("advance", {"days": 1})
    row = books.one("DebtorInvoiceClient", "OrderNumber", number)
    assert (row["Date"], row["DueDate"]) == ("2026-11-23T00:00:00", "2026-12-07T00:00:00")
    assert len(books.rows("DebtorInvoiceClient", "OrderNumber", 100)) == 1
    books.control("advance", {"days": 13})
    assert len(books.rows("DebtorTransOpenClient", "OrderNumber", number)) == 1
    books.control("advance", {"days": 1})
    assert books.rows("DebtorTransOpenClient", "OrderNumber", number) == []
    assert len(books.rows("DebtorInvoiceClient", "OrderNumber", number)) == 1


def test_what_people_do_with_orders_and_what_is_told_of_it(books):
    number = books.order(*LINES, xWebcrmId="delivery-1/1", YourRef="Delivery 1")
    books.person("edit_order_line", number=number, line=1, Qty=11)
    books.person("add_order_line", number=number, Item="1003", Qty=1, Price=375)
    books.person("delete_order_line", number=number, line=2)
    books.person("edit_order", number=number, Remark="Ring først")
    told = books.documents()
    assert told[f"order-{number}"] == {
        "kind": "order", "id": f"order-{number}", "total": "10825.0", "currency": "DKK", "day": "2026-11-20",
        "texts": ["delivery-1/1", "Delivery 1"], "living": True,
    }  # fmt: skip
    assert told["debtor-20001"]["texts"] == ["20000007"]
    assert told["contact-1"]["texts"] == ["ole@proeve.example"]
    assert told["employee-KH"]["texts"] == ["karen@eksempel.example"]
    assert "order-100" in told
    assert books.control("person", {"action": "edit_debtor", "number": "4711"})[0] == 400
    assert books.control("person", {"action": "delete_debtor", "number": "10001"})[0] == 400
    books.person("delete_debtor", number="10001", force=True)
    books.person("delete_order", number=number)
    assert f"order-{number}" not in books.documents()
