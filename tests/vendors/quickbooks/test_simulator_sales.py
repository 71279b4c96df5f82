from __future__ import annotations

import pytest

from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt, discount, line, of


@pytest.fixture
def books():
    made = QuickBooksAt()
    yield made
    made.sim.state.close()


@pytest.fixture
def us():
    made = QuickBooksAt(country="US")
    yield made
    made.sim.state.close()


def test_an_invoice_and_its_sums(books):
    made = books.make("Invoice", line(300, 3), DocNumber="INV-1009", PrivateNote="hl-7f3a91/6578/1")
    assert (made["TotalAmt"], made["Balance"], made["SyncToken"]) == (360, 360, "0")
    assert (made["EmailStatus"], made["LinkedTxn"], made["DocNumber"]) == ("NotSet", [], "INV-1009")
    tax = made["TxnTaxDetail"]
    assert tax["TotalTax"] == 60
    assert [(one["Amount"], one["TaxLineDetail"]["NetAmountTaxable"]) for one in tax["TaxLine"]] == [
        (60, 300)
    ]
    assert [row["DetailType"] for row in made["Line"]] == ["SalesItemLineDetail", "SubTotalLineDetail"]
    assert (made["Line"][0]["Id"], made["Line"][0]["LineNum"]) == ("1", 1)
    assert made["MetaData"]["CreateTime"] == "2026-11-20T04:00:00-08:00"
    assert books.read("Invoice", made["Id"]) == made
    assert "_updated" not in made
    assert "id" not in made


def test_tax_is_by_rate_over_the_sum(books):
    lines = [line(0.35, tax="1") for _ in range(3)] + [line(10, tax="2"), line(5, tax="3")]
    made = books.make("Invoice", *lines)
    amounts = [one["Amount"] for one in made["TxnTaxDetail"]["TaxLine"]]
    assert amounts == [0.21, 0.5, 0]
    assert made["TotalAmt"] == 16.76


def test_discount_lowers_the_tax_of_its_code(books):
    made = books.make("Invoice", line(300, 3), discount(30))
    assert (made["TxnTaxDetail"]["TotalTax"], made["TotalAmt"]) == (54, 324)
    before = books.make("Invoice", line(300, 3), discount(30), ApplyTaxAfterDiscount=False)
    assert (before["TxnTaxDetail"]["TotalTax"], before["TotalAmt"]) == (60, 330)
    percent = discount(0, PercentBased=True, DiscountPercent=10)
    assert books.make("Invoice", line(300, 3), percent)["TotalAmt"] == 324
    books.sim.settings.change({"allow_discount": False})
    assert books.refused("POST", "/invoice", books.sale(line(), discount(1)))[0] == "6000"


def test_a_tax_told_by_rate_stands_within_the_limit(books):
    def told(amount):
        detail = {"TaxRateRef": {"value": "1"}, "PercentBased": True, "TaxPercent": 20}
        rows = [{"Amount": amount, "DetailType": "TaxLineDetail", "TaxLineDetail": detail}]
        return books.make("Invoice", line(0.35), TxnTaxDetail={"TotalTax": amount, "TaxLine": rows})

    assert told(0.08)["TotalAmt"] == 0.43
    assert told(3)["TotalAmt"] == 0.42  # beyond: left aside without a word


def test_without_a_code_the_books_refuse(books):
    row = line()
    del row["SalesItemLineDetail"]["TaxCodeRef"]
    code, detail = books.refused("POST", "/invoice", books.sale(row))
    assert (code, detail) == ("6000", "Make sure all your transactions have a VAT rate before you save.")
    assert books.make("Invoice", row, GlobalTaxCalculation="NotApplicable")["TotalAmt"] == 100
    assert books.refused("POST", "/invoice", books.sale(line(tax="6")))[0] == "2500"  # purchases only
    assert books.refused("POST", "/invoice", books.sale(line(tax="7")))[0] == "610"  # inactive


def test_prices_with_tax_inside(books):
    row = line(100)
    row["SalesItemLineDetail"]["TaxInclusiveAmt"] = 120
    made = books.make("SalesReceipt", row, GlobalTaxCalculation="TaxInclusive")
    assert (made["TotalAmt"], made["TxnTaxDetail"]["TotalTax"], made["Balance"]) == (120, 20, 0)


def test_words_between_lines_stay_where_they_are(books):
    words = {"DetailType": "DescriptionOnly", "Description": "What follows is extra"}
    made = books.make("Invoice", line(), words, line(50))
    assert [row.get("Description") for row in made["Line"]] == [
        "Design",
        words["Description"],
        "Design",
        None,
    ]
    assert [row.get("LineNum") for row in made["Line"]] == [1, 2, 3, None]
    assert made["TotalAmt"] == 180


def test_what_a_line_must_be(books):
    wrong = line(100)
    wrong["Amount"] = 99.99
    assert books.refused("POST", "/invoice", books.sale(wrong))[0] == "6070"
    assert books.refused("POST", "/invoice", {**books.sale(), "Line": []})[0] == "2020"
    assert books.refused("POST", "/invoice", books.sale(line(text="x" * 4001)))[0] == "2050"
    assert books.refused("POST", "/invoice", books.sale(line(-5)))[0] == "6000"
    thirds = line(33.33)
    thirds["SalesItemLineDetail"] |= {"Qty": 3, "UnitPrice": 11.11}
    assert books.make("Invoice", thirds)["TxnTaxDetail"]["TotalTax"] == 6.67


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"DocNumber": "x" * 22}, "2050"),
        ({"PrivateNote": "x" * 4001}, "2050"),
        ({"CustomerMemo": {"value": "x" * 1001}}, "2050"),
        ({"CustomerRef": {"value": "99"}}, "2500"),
        ({"CustomerRef": {"value": "5"}}, "610"),
        ({"CurrencyRef": {"value": "EUR"}}, "6000"),
        ({"CustomerRef": None}, "2020"),
        ({"EmailStatus": "NeedToSend"}, "6000"),
        ({"TxnDate": "20.11.2026"}, "2030"),
    ],
)
def test_what_an_invoice_must_be(books, changes, code):
    count = len(list(books.sim.documents()))
    assert books.refused("POST", "/invoice", books.sale(**changes))[0] == code
    assert len(list(books.sim.documents())) == count


def test_a_number_is_there_once(books):
    made = books.make("Invoice", DocNumber="HL-1")
    code, detail = books.refused("POST", "/invoice", books.sale(DocNumber="HL-1"))
    assert code == "6140"
    assert detail.endswith(f"DocNumber=HL-1 is assigned to TxnType=Invoice with TxnId={made['Id']}")
    assert books.make("SalesReceipt", DocNumber="HL-1")["DocNumber"] == "HL-1"  # of another kind
    again = books.post("/invoice", of(made, DocNumber="HL-1", Line=made["Line"]))["Invoice"]
    assert again["SyncToken"] == "1"


def test_numbers_of_their_own(books):
    assert "DocNumber" not in books.make("Invoice")
    assert books.make("Invoice", DocNumber="AUTO_GENERATE")["DocNumber"].isdigit()
    books.sim.settings.change({"custom_numbers": False})
    assert books.make("Invoice", DocNumber="HL-77")["DocNumber"] != "HL-77"


def test_sparse_is_sparse_for_fields_only(books):
    made = books.make("Invoice", line(10, text="a"), line(20, text="b"), PrivateNote="keep", DocNumber="N-1")
    first = made["Line"][0]
    short = {name: value for name, value in first.items() if name != "Description"}
    kept = books.post("/invoice", of(made, Line=[short]))["Invoice"]
    assert (kept["TotalAmt"], len(kept["Line"]), kept["PrivateNote"], kept["DocNumber"]) == (
        12,
        2,
        "keep",
        "N-1",
    )
    assert "Description" not in kept["Line"][0]
    assert kept["Line"][0]["Id"] == first["Id"]
    note = books.post("/invoice", of(kept, PrivateNote="new"))["Invoice"]
    assert (note["TotalAmt"], note["PrivateNote"]) == (12, "new")


def test_a_full_update_empties_what_is_not_sent(books):
    made = books.make("Invoice", PrivateNote="gone", DocNumber="N-1")
    told = {"Id": made["Id"], "SyncToken": "0", "CustomerRef": {"value": "1"}, "Line": made["Line"]}
    kept = books.post("/invoice", told)["Invoice"]
    assert "PrivateNote" not in kept
    assert "DocNumber" not in kept
    code, _ = books.refused("POST", "/invoice", {"Id": made["Id"], "SyncToken": "1", "Line": made["Line"]})
    assert code == "2020"


def test_a_stale_token_is_refused(books):
    made = books.make("Invoice")
    books.person("add_note", kind="Invoice", id=made["Id"], text="by hand")
    code, detail = books.refused("POST", "/invoice", of(made, PrivateNote="x"))
    assert code == "5010"
    assert "working on this at the same time" in detail
    assert books.refused("POST", "/invoice", {"Id": made["Id"], "sparse": True})[0] == "2020"
    assert books.refused("POST", "/invoice", {"Id": "999", "SyncToken": "0"})[0] == "610"


def test_void_keeps_the_row(books):
    made = books.make("Invoice", PrivateNote="hl-7f3a91/1/1")
    told = {"Id": made["Id"], "SyncToken": "0"}
    gone = books.post("/invoice?operation=void", told)["Invoice"]
    assert (gone["TotalAmt"], gone["Balance"], gone["Line"][0]["Amount"]) == (0, 0, 0)
    assert gone["PrivateNote"].startswith("Voided")
    assert gone["PrivateNote"].split()[-1] == "hl-7f3a91/1/1"
    assert books.refused("POST", "/invoice", of(gone, PrivateNote="x"))[0] == "6000"
    held = next(one for one in books.sim.documents() if (one.kind, one.id) == ("invoice", made["Id"]))
    assert not held.living


def test_void_has_a_form_for_each_kind(books):
    receipt = books.make("SalesReceipt")
    told = {"Id": receipt["Id"], "SyncToken": "0", "sparse": True}
    assert books.refused("POST", "/salesreceipt?operation=void", told)[0] == "500"
    assert books.post("/salesreceipt?operation=update&include=void", told)["SalesReceipt"]["TotalAmt"] == 0
    memo = books.make("CreditMemo")
    code, detail = books.refused("POST", "/creditmemo?operation=void", {"Id": memo["Id"], "SyncToken": "0"})
    assert (code, detail) == ("500", "Operation void is not supported.")


def test_a_void_that_did_nothing_is_a_200(books):
    made = books.make("Invoice")
    books.sim.settings.change({"void_ignored": True})
    said = books.post("/invoice?operation=void", {"Id": made["Id"], "SyncToken": "0"})
    assert said["Invoice"]["TotalAmt"] == 120
    item = {
        "bId": "1",
        "operation": "update",
        "optionsData": "void",
        "Invoice": {"Id": made["Id"], "SyncToken": "0"},
    }
    assert books.post("/batch", {"BatchItemRequest": [item]})["BatchItemResponse"] == []


def test_delete_leaves_nothing_to_read(books):
    made = books.make("Invoice")
    said = books.post("/invoice?operation=delete", {"Id": made["Id"], "SyncToken": "0"})
    assert said["Invoice"] == {"status": "Deleted", "domain": "QBO", "Id": made["Id"]}
    assert books.refused("GET", f"/invoice/{made['Id']}")[0] == "610"


@pytest.mark.parametrize(("password", "code"), [(False, "6210"), (True, "6200")])
def test_closed_books(books, password, code):
    made = books.make("Invoice", TxnDate="2026-10-31")
    books.person("close_books", day="2026-10-31", password=password)
    assert books.get("/preferences")["Preferences"]["AccountingInfoPrefs"]["BookCloseDate"] == "2026-10-31"
    assert books.refused("POST", "/invoice", books.sale(TxnDate="2026-10-31"))[0] == code
    told = {"Id": made["Id"], "SyncToken": "0"}
    assert books.refused("POST", "/invoice?operation=void", told)[0] == code
    assert books.refused("POST", "/invoice?operation=delete", told)[0] == code
    assert books.refused("POST", "/invoice", of(made, TxnDate="2026-11-01"))[0] == code
    assert books.make("Invoice", TxnDate="2026-11-01")["TotalAmt"] == 120


def test_a_deposited_receipt_stays(books):
    made = books.make("SalesReceipt")
    assert made["DepositToAccountRef"]["value"] == "2"
    books.person("deposit", kind="SalesReceipt", id=made["Id"])
    now = books.read("SalesReceipt", made["Id"])
    assert books.refused("POST", "/salesreceipt", of(now, PrivateNote="x"))[0] == "6540"
    assert books.refused("POST", "/salesreceipt?operation=update&include=void", of(now))[0] == "6540"
    books.person("deposit", kind="SalesReceipt", id=made["Id"], undo=True)
    now = books.read("SalesReceipt", made["Id"])
    assert books.post("/salesreceipt", of(now, PrivateNote="x"))["SalesReceipt"]["PrivateNote"] == "x"


def test_a_refund_needs_an_account(books):
    assert books.refused("POST", "/refundreceipt", books.sale())[0] == "2020"
    assert (
        books.refused("POST", "/refundreceipt", books.sale(DepositToAccountRef={"value": "4"}))[0] == "6000"
    )
    made = books.make("RefundReceipt", DepositToAccountRef={"value": "1"})
    assert (made["TotalAmt"], made["DepositToAccountRef"]["name"]) == (120, "Bank current account")


def test_send_and_paper(books):
    made = books.make("Invoice")
    assert books.refused("POST", f"/invoice/{made['Id']}/send", b"")[0] == "6000"
    sent = books.post(f"/invoice/{made['Id']}/send?sendTo=a%40b.example", b"")["Invoice"]
    assert (sent["EmailStatus"], sent["BillEmail"]["Address"]) == ("EmailSent", "a@b.example")
    assert books.get(f"/invoice/{made['Id']}/pdf").startswith(b"%PDF")
    assert books.refused("GET", "/payment/1/pdf")[0] == "500"


def test_tax_in_the_us_is_one_code_for_the_whole(us):
    def taxed(**detail):
        return us.make("SalesReceipt", line(100, tax="TAX"), line(50, tax="NON"), TxnTaxDetail=detail)

    plain = taxed(TxnTaxCodeRef={"value": "1"})
    assert (plain["TotalAmt"], plain["TxnTaxDetail"]["TotalTax"]) == (158.25, 8.25)
    assert [one["Amount"] for one in plain["TxnTaxDetail"]["TaxLine"]] == [6.25, 2]
    told = taxed(TxnTaxCodeRef={"value": "1"}, TotalTax=8.24)
    assert (told["TotalAmt"], sum(one["Amount"] for one in told["TxnTaxDetail"]["TaxLine"])) == (158.24, 8.24)
    assert taxed()["TotalAmt"] == 150
    assert us.refused("POST", "/invoice", us.sale(line(tax="1")))[0] == "2500"
    off = us.make(
        "Invoice", line(100, tax="TAX"), discount(10, ""), TxnTaxDetail={"TxnTaxCodeRef": {"value": "1"}}
    )
    assert off["TxnTaxDetail"]["TotalTax"] == 8.25  # tax before the discount is usual
    assert us.get("/preferences")["Preferences"]["TaxPrefs"] == {"UsingSalesTax": True}


def test_automated_tax_goes_its_own_way(us):
    us.sim.settings.change({"automated_tax": True})
    assert us.get("/preferences")["Preferences"]["TaxPrefs"]["PartnerTaxEnabled"] is True
    made = us.make("Invoice", line(100, tax="TAX"), TxnTaxDetail={"TxnTaxCodeRef": {"value": "2"}})
    assert (made["TxnTaxDetail"]["TotalTax"], made["TxnTaxDetail"]["TxnTaxCodeRef"]) == (8.25, {"value": "3"})
    told = us.make(
        "Invoice", line(100, tax="TAX"), TxnTaxDetail={"TxnTaxCodeRef": {"value": "2"}, "TotalTax": 5}
    )
    assert told["TxnTaxDetail"]["TotalTax"] == 5


def test_sums_are_worked_out_again_with_the_lines_only(books, us):
    detail = {"TaxRateRef": {"value": "1"}, "PercentBased": True, "TaxPercent": 20}
    rows = [{"Amount": 20.01, "DetailType": "TaxLineDetail", "TaxLineDetail": detail}]
    made = books.make("Invoice", TxnTaxDetail={"TotalTax": 20.01, "TaxLine": rows})
    assert made["TotalAmt"] == 120.01
    noted = books.post("/invoice", of(made, PrivateNote="x"))["Invoice"]
    assert (noted["TotalAmt"], noted["TxnTaxDetail"]) == (120.01, made["TxnTaxDetail"])
    assert books.post("/invoice", of(noted, Line=[line(100.1)]))["Invoice"]["TotalAmt"] == 120.12
    told = {"TxnTaxCodeRef": {"value": "1"}, "TotalTax": 1}
    sold = us.make("Invoice", line(100, tax="TAX"), TxnTaxDetail=told)
    again = us.post("/invoice", of(sold, Line=[line(200, tax="TAX")]))["Invoice"]
    assert (sold["TotalAmt"], again["TotalAmt"]) == (101, 216.5)


def test_what_is_inactive_has_two_codes(books):
    gone = {"CustomerRef": {"value": "5"}}
    assert books.refused("POST", "/invoice", books.sale(**gone))[0] == "610"
    books.sim.settings.change({"inactive_code": 2500})
    code, detail = books.refused("POST", "/invoice", books.sale(**gone))
    assert (code, "made inactive" in detail) == ("2500", True)
    books.person("delete_customer", id="2")
    assert books.refused("POST", "/invoice", books.sale(CustomerRef={"value": "2"}))[0] == "2500"
    assert books.refused("GET", "/customer/2")[0] == "610"
