from __future__ import annotations

import pytest

from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt, line, of


@pytest.fixture
def books():
    made = QuickBooksAt()
    yield made
    made.sim.state.close()


def test_a_payment_takes_from_what_is_open(books):
    invoice = books.make("Invoice")
    made = books.post("/payment", books.pay(invoice, 20))["Payment"]
    assert (made["UnappliedAmt"], made["ProcessPayment"], made["SyncToken"]) == (0, False, "0")
    now = books.read("Invoice", invoice["Id"])
    assert (now["Balance"], now["SyncToken"]) == (100, "1")
    assert now["LinkedTxn"] == [{"TxnId": made["Id"], "TxnType": "Payment"}]
    assert books.refused("POST", "/payment", books.pay(now, 100.01))[0] == "6000"
    books.post("/payment", books.pay(now, 100))
    assert books.read("Invoice", invoice["Id"])["Balance"] == 0


def test_who_pays_and_how_much(books):
    invoice = books.make("Invoice")
    other = books.pay(invoice, 10, CustomerRef={"value": "2"})
    assert books.refused("POST", "/payment", other)[0] == "6000"
    assert books.refused("POST", "/payment", books.pay(invoice, 10, TotalAmt=5))[0] == "6000"
    assert books.refused("POST", "/payment", {"CustomerRef": {"value": "1"}})[0] == "2020"
    missing = books.pay({"Id": "999", "CustomerRef": {"value": "1"}}, 5)
    assert books.refused("POST", "/payment", missing)[0] == "2500"
    assert books.read("Invoice", invoice["Id"])["Balance"] == 120
    over = books.post("/payment", books.pay(invoice, 100, TotalAmt=130))["Payment"]
    assert over["UnappliedAmt"] == 30


def test_unlinked_the_payment_keeps_its_amount(books):
    invoice = books.make("Invoice")
    made = books.post("/payment", books.pay(invoice, 120))["Payment"]
    assert (
        books.refused("POST", "/invoice?operation=void", {"Id": invoice["Id"], "SyncToken": "1"})[0] == "6000"
    )
    assert (
        books.refused("POST", "/invoice?operation=delete", {"Id": invoice["Id"], "SyncToken": "1"})[0]
        == "6000"
    )
    free = books.post("/payment", of(made, Line=[]))["Payment"]
    assert (free["TotalAmt"], free["UnappliedAmt"]) == (120, 120)
    now = books.read("Invoice", invoice["Id"])
    assert (now["Balance"], now["LinkedTxn"]) == (120, [])
    books.post("/invoice?operation=void", {"Id": now["Id"], "SyncToken": now["SyncToken"]})


@pytest.mark.parametrize("way", ["void", "delete"])
def test_a_payment_gone_opens_the_invoice(books, way):
    invoice = books.make("Invoice")
    made = books.post("/payment", books.pay(invoice, 120, PrivateNote="hl-1/2/3"))["Payment"]
    query = "?operation=delete" if way == "delete" else "?operation=update&include=void"
    gone = books.post(f"/payment{query}", of(made))["Payment"]
    assert books.read("Invoice", invoice["Id"])["Balance"] == 120
    if way == "void":
        assert (gone["TotalAmt"], gone["Line"]) == (0, [])
        assert gone["PrivateNote"].split()[-1] == "hl-1/2/3"
        again = books.post(f"/payment{query}", of(gone))["Payment"]
        assert again["TotalAmt"] == 0
        assert books.read("Invoice", invoice["Id"])["Balance"] == 120
    else:
        assert books.refused("GET", f"/payment/{made['Id']}")[0] == "610"


def test_a_changed_payment_counts_once(books):
    invoice = books.make("Invoice")
    made = books.post("/payment", books.pay(invoice, 50))["Payment"]
    more = [{"Amount": 120, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]}]
    made = books.post("/payment", of(made, TotalAmt=120, Line=more))["Payment"]
    now = books.read("Invoice", invoice["Id"])
    assert (now["Balance"], len(now["LinkedTxn"])) == (0, 1)
    assert (
        books.refused("POST", "/payment", of(made, TotalAmt=121, Line=[{**more[0], "Amount": 121}]))[0]
        == "6000"
    )
    assert books.read("Invoice", invoice["Id"])["Balance"] == 0


def test_an_invoice_cannot_go_below_what_is_paid(books):
    invoice = books.make("Invoice")
    books.post("/payment", books.pay(invoice, 100))
    now = books.read("Invoice", invoice["Id"])
    assert books.refused("POST", "/invoice", of(now, Line=[line(50)]))[0] == "6000"
    more = books.post("/invoice", of(now, Line=[line(200)]))["Invoice"]
    assert (more["TotalAmt"], more["Balance"], len(more["LinkedTxn"])) == (240, 140, 1)


def test_a_credit_memo_is_spent_by_a_payment_of_nothing(books):
    memo, invoice = books.make("CreditMemo", line(50)), books.make("Invoice")
    assert (memo["Balance"], memo["RemainingCredit"]) == (60, 60)
    rows = [
        {"Amount": 60, "LinkedTxn": [{"TxnId": doc["Id"], "TxnType": kind}]}
        for kind, doc in (("Invoice", invoice), ("CreditMemo", memo))
    ]
    told = {"CustomerRef": {"value": "1"}, "TotalAmt": 0, "Line": rows}
    assert books.post("/payment", told)["Payment"]["UnappliedAmt"] == 0
    assert books.read("Invoice", invoice["Id"])["Balance"] == 60
    assert books.read("CreditMemo", memo["Id"])["RemainingCredit"] == 0


def test_a_new_invoice_may_swallow_old_credit(books):
    books.make("CreditMemo", line(50))
    books.post("/payment", {"CustomerRef": {"value": "1"}, "TotalAmt": 25})
    assert books.make("Invoice")["Balance"] == 120
    books.sim.settings.change({"auto_apply_credit": True, "auto_apply_payments": True})
    made = books.make("Invoice")
    assert (made["TotalAmt"], made["Balance"], len(made["LinkedTxn"])) == (120, 35, 2)
    payment = books.query("select * from Payment where TotalAmt = '25'")["Payment"][0]
    assert payment["UnappliedAmt"] == 0


def test_with_several_currencies_a_customer_keeps_one(books):
    books.sim.settings.change({"multicurrency": True})
    told = {"DisplayName": "Euro Ltd", "CurrencyRef": {"value": "EUR"}}
    euro = books.post("/customer", told)["Customer"]
    there = {"CustomerRef": {"value": euro["Id"]}}
    assert books.refused("POST", "/invoice", books.sale(**there))[0] == "2020"
    assert books.refused("POST", "/invoice", books.sale(**there, CurrencyRef={"value": "GBP"}))[0] == "6000"
    made = books.make("Invoice", **there, CurrencyRef={"value": "EUR"})
    assert made["CurrencyRef"] == {"value": "EUR"}
    assert books.refused("POST", "/payment", books.pay(made, 5, CurrencyRef={"value": "GBP"}))[0] == "6000"
    kept = books.post("/customer", of(euro, CurrencyRef={"value": "GBP"}))["Customer"]
    assert kept["CurrencyRef"] == {"value": "EUR"}


def test_people_pay_and_take_back(books):
    invoice = books.make("Invoice")
    books.person("pay_invoice", id=invoice["Id"], amount=70)
    assert books.read("Invoice", invoice["Id"])["Balance"] == 50
    books.person("unpay_invoice", id=invoice["Id"])
    assert books.read("Invoice", invoice["Id"])["Balance"] == 120
    books.person("edit", kind="Invoice", id=invoice["Id"], changes={"Line": [line(10)]})
    assert books.read("Invoice", invoice["Id"])["TotalAmt"] == 12
    books.person("void", kind="Invoice", id=invoice["Id"])
    assert (
        books.control("person", {"action": "edit", "kind": "Invoice", "id": invoice["Id"], "changes": {}})[0]
        == 400
    )
    receipt = books.make("SalesReceipt")
    assert books.person("refund_receipt", id=receipt["Id"])["TotalAmt"] == 120
    books.person("delete", kind="SalesReceipt", id=receipt["Id"])
    assert books.refused("GET", f"/salesreceipt/{receipt['Id']}")[0] == "610"


def test_a_note_on_a_payment_leaves_its_invoice_alone(books):
    invoice = books.make("Invoice")
    made = books.post("/payment", books.pay(invoice, 50))["Payment"]
    before = books.read("Invoice", invoice["Id"])
    books.post("/payment", of(made, PrivateNote="x"))
    assert books.read("Invoice", invoice["Id"]) == before
