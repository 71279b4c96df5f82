from __future__ import annotations

from datetime import date

import pytest

from bridge_gui.sandbox.kit import State
from bridge_gui.sandbox.studio import CUSTOMERS
from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt, of


@pytest.fixture
def books():
    made = QuickBooksAt()
    yield made
    made.sim.state.close()


def names(said, field="DisplayName"):
    return [row[field] for row in said.get("Customer", [])]


def test_the_company(books):
    said = books.get(f"/companyinfo/{books.realm}")["CompanyInfo"]
    assert (said["CompanyName"], said["Country"]) == ("Example Trading Ltd", "GB")
    assert books.query("select * from CompanyInfo")["CompanyInfo"] == [said]
    sales = books.get("/preferences")["Preferences"]["SalesFormsPrefs"]
    assert (sales["CustomTxnNumbers"], sales["AllowDiscount"]) == (True, True)
    assert books.read("Account", sales["DefaultDiscountAccount"])["AccountSubType"] == "DiscountsRefundsGiven"


def test_a_query_finds_by_what_is_filterable(books):
    where = "select * from Customer where"
    assert names(books.query(f"{where} PrimaryEmailAddr = 'mara@sample.example'")) == ["Mara Sample"]
    assert names(books.query(f"{where} PrimaryEmailAddr = 'MARA@sample.example'")) == ["Mara Sample"]
    twice = f"{where} PrimaryEmailAddr = 'tom@specimen.example' orderby Id"
    assert names(books.query(twice)) == ["Tom Specimen", "Tom Specimen (York)"]
    assert names(books.query(f"{where} DisplayName LIKE 'Tom%' ORDER BY Id DESC")) == [
        "Tom Specimen (York)",
        "Tom Specimen",
    ]
    assert names(books.query(f"{where} Id IN ('1', '2') orderby Id")) == ["Mara Sample", "Example ehf."]
    assert books.query(f"{where} DisplayName = 'nobody'") == {}
    books.post("/customer", {"DisplayName": "Paul O'Model"})
    assert names(books.query(f"{where} DisplayName = 'Paul O\\'Model'")) == ["Paul O'Model"]


def test_documents_are_found_by_number_customer_and_day(books):
    first = books.make("Invoice", DocNumber="HL_a%1", TxnDate="2026-11-19")
    books.make("Invoice", DocNumber="HLxab1", CustomerRef={"value": "2"})

    def found(where):
        return [
            row["DocNumber"]
            for row in books.query(f"select * from Invoice where {where} orderby Id").get("Invoice", [])
        ]

    assert found("DocNumber = 'hl_A%1'") == ["HL_a%1"]
    assert found("CustomerRef = '2' and TxnDate = '2026-11-20'") == ["1002", "HLxab1"]
    assert found("DocNumber like 'HL%'") == ["HL_a%1", "HLxab1"]
    books.post("/invoice", of(first, CustomerRef={"value": "2"}))
    assert found("CustomerRef = '2' and TxnDate < '2026-11-20'") == ["HL_a%1"]
    books.post("/payment", books.pay({**first, "CustomerRef": {"value": "2"}}, 5))
    assert len(books.query("select * from Payment where CustomerRef = '2'")["Payment"]) == 1
    assert books.query("select * from Payment where CustomerRef = '1'") == {}


def test_inactive_ones_are_found_when_asked_for(books):
    gone = CUSTOMERS[4].name
    assert books.query(f"select * from Customer where DisplayName = '{gone}'") == {}
    both = f"select * from Customer where DisplayName = '{gone}' and Active IN (true, false)"
    assert names(books.query(both)) == [gone]
    assert books.query("select count(*) from Customer where Active = false") == {"totalCount": 1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("select * from Invoice where PrivateNote = 'x'", "4001"),
        ("select * from Payment where DocNumber = 'x'", "4001"),
        ("select * from Customer where PrimaryEmailAddr.Address = 'x'", "4001"),
        ("select * from customer", "4000"),
        ("select * from Invoice where DocNumber = 'a' or DocNumber = 'b'", "4000"),
        ("select * from Invoice where (DocNumber = 'a')", "4000"),
        ("select * from Invoice where DocNumber = a", "4000"),
        ("select * from Invoice where DocNumber = 'it's'", "4000"),
        ("select * from Invoice where MetaData.LastUpdatedTime > 'yesterday'", "4000"),
        ("delete from Invoice", "4000"),
        ("select * from Invoice startposition 0", "4000"),
    ],
)
def test_queries_that_cannot_be_run(books, text, code):
    assert books.refused("GET", f"/query?query={text.replace(' ', '%20')}")[0] == code


def test_pages(books):
    for at in range(105):
        books.sim.writer.write("Customer", {"DisplayName": f"Many {at:03}"})
    like = "from Customer where DisplayName like 'Many %' orderby Id"
    first = books.query(f"select * {like}")
    assert (len(first["Customer"]), first["startPosition"], first["maxResults"]) == (100, 1, 100)
    rest = books.query(f"select * {like} startposition 101 maxresults 1000")
    assert names(rest) == [f"Many {at}" for at in range(100, 105)]
    assert (rest["startPosition"], rest["maxResults"]) == (101, 5)
    assert books.query("select count(*) from Customer where DisplayName like 'Many %'") == {"totalCount": 105}
    newest = books.query("select * from Customer maxresults 1")
    assert names(newest) == ["Many 104"]


def test_a_row_deleted_between_pages_is_skipped(books):
    made = [books.make("SalesReceipt", DocNumber=f"R-{at}") for at in range(4)]
    page = "select * from SalesReceipt orderby Id maxresults 2"
    assert [row["DocNumber"] for row in books.query(page)["SalesReceipt"]] == ["R-0", "R-1"]
    books.person("delete", kind="SalesReceipt", id=made[0]["Id"])
    rest = books.query("select * from SalesReceipt orderby Id startposition 3 maxresults 2")
    assert [row["DocNumber"] for row in rest["SalesReceipt"]] == ["R-3"]


def test_changed_since(books):
    old = books.make("Invoice", DocNumber="old")
    books.later(minutes=45)
    books.make("Invoice", DocNumber="new")
    since = "select * from Invoice where MetaData.LastUpdatedTime > '2026-11-20T12:30:00+00:00'"
    assert [row["DocNumber"] for row in books.query(since)["Invoice"]] == ["new"]
    books.post("/invoice", of(old, PrivateNote="x"))
    assert len(books.query(since)["Invoice"]) == 2


def test_changes_tell_what_was_deleted(books):
    invoice = books.make("Invoice")
    books.later(minutes=5)
    mark = "2026-11-20T12:01:00Z"
    asked = f"/cdc?entities=Customer,Invoice,Payment&changedSince={mark}"
    assert books.get(asked)["CDCResponse"] == [{"QueryResponse": [{}, {}, {}]}]
    books.post("/payment", books.pay(invoice, 20))
    receipt = books.make("Invoice", DocNumber="soon gone")
    books.person("delete", kind="Invoice", id=receipt["Id"])
    said = books.get(asked)
    people, invoices, payments = said["CDCResponse"][0]["QueryResponse"]
    assert people == {}
    by_id = {row["Id"]: row for row in invoices["Invoice"]}
    assert by_id[invoice["Id"]]["Balance"] == 100
    assert by_id[receipt["Id"]]["status"] == "Deleted"
    assert set(by_id[receipt["Id"]]) == {"domain", "status", "Id", "MetaData"}
    assert (invoices["maxResults"], len(payments["Payment"])) == (2, 1)
    assert said["time"] == "2026-11-20T04:05:00.000-08:00"


def test_how_far_changes_reach(books):
    assert books.refused("GET", "/cdc?entities=Invoice&changedSince=2026-10-20T00:00:00Z")[0] == "4001"
    assert books.refused("GET", "/cdc?entities=TaxCode&changedSince=2026-11-20T00:00:00Z")[0] == "4001"
    assert books.refused("GET", "/cdc?entities=Invoice&changedSince=soon")[0] == "4000"
    books.later(minutes=1)
    for at in range(1005):
        books.sim.books.put("Customer", {"DisplayName": f"M {at}", "Active": True})
    said = books.get("/cdc?entities=Customer,Invoice&changedSince=2026-11-20T12:00:30Z")
    groups = said["CDCResponse"][0]["QueryResponse"]
    assert len(groups[0]["Customer"]) == 1000


def test_customers_are_named_once(books):
    def made(name, **more):
        return books.refused("POST", "/customer", {"DisplayName": name, **more})[0]

    assert made("mara SAMPLE") == "6240"
    assert made("Placeholder Print Ltd") == "6240"  # a supplier
    assert made("Ana Exemplu") == "6240"  # an employee
    assert made("Olga Muster") == "6240"  # inactive
    assert made("a:b") == "2040"
    assert made("x" * 101) == "2050"
    assert books.refused("POST", "/customer", {"Notes": "x"})[0] == "2020"
    kept = books.post("/customer", {"GivenName": "Nia", "FamilyName": "Nomail", "Notes": "CRM hl-1-abc"})[
        "Customer"
    ]
    assert (kept["DisplayName"], kept["Active"], kept["Balance"]) == ("Nia Nomail", True, 0)
    assert kept["CurrencyRef"]["value"] == "GBP"
    books.post("/customer", of(kept, PrimaryPhone={"FreeFormNumber": "+447700900199"}))
    assert books.read("Customer", kept["Id"])["Notes"] == "CRM hl-1-abc"
    assert books.refused("POST", "/customer?operation=delete", of(kept, SyncToken="1"))[0] == "500"


def test_a_customer_below_another_is_a_job(books):
    made = books.post("/customer", {"DisplayName": "Garden", "ParentRef": {"value": "1"}, "Job": True})[
        "Customer"
    ]
    assert (made["FullyQualifiedName"], made["Job"], made["Level"]) == ("Mara Sample:Garden", True, 1)
    assert books.read("Customer", "1")["Job"] is False


def test_items_and_methods(books):
    assert books.refused("POST", "/item", {"Name": "New"})[0] == "2020"
    made = books.post("/item", {"Name": "New", "Type": "Service", "IncomeAccountRef": {"value": "5"}})["Item"]
    assert (made["Active"], made["IncomeAccountRef"]["name"]) == (True, "Services")
    assert books.refused("POST", "/item", {"Name": "new", "IncomeAccountRef": {"value": "5"}})[0] == "6240"
    gone = books.person("deactivate", kind="Item", id=made["Id"])
    assert (gone["Name"], gone["Active"]) == ("New (deleted)", False)
    assert books.refused("POST", "/paymentmethod", {"Name": "A method of payment"})[0] == "2050"
    assert books.post("/paymentmethod", {"Name": "Stripe"})["PaymentMethod"]["Id"] == "4"
    assert books.refused("POST", "/taxcode", {"Name": "x"})[0] == "500"
    assert [row["Name"] for row in books.query("select * from Term orderby Id")["Term"]] == [
        "Net 14",
        "Net 30",
    ]


def test_a_balance_is_what_is_open(books):
    before = books.read("Customer", "1")["Balance"]
    books.make("Invoice")
    assert books.read("Customer", "1")["Balance"] == before + 120
    assert names(books.query("select * from Customer where Balance > '200' orderby Id"))


def test_the_state_outlives_the_program(tmp_path):
    state = State(tmp_path / "q.db")
    first = QuickBooksAt(state)
    made = first.make("Invoice", DocNumber="kept")
    first.sim.advance(date(2026, 11, 24))
    held = list(first.sim.documents())
    state.close()
    again = QuickBooksAt(State(tmp_path / "q.db"))
    assert again.read("Invoice", made["Id"])["DocNumber"] == "kept"
    assert list(again.sim.documents()) == held
    assert any("Walk-in 2026-11-23" in one.texts for one in held)
    again.sim.state.close()


def test_days_of_trade_are_always_the_same():
    def held():
        books = QuickBooksAt()
        books.sim.advance(date(2026, 12, 20))
        told = list(books.sim.documents())
        books.sim.state.close()
        return told

    first = held()
    assert first == held()
    assert any(one.kind == "payment" for one in first)


def test_trade_goes_on_when_people_change_things(books):
    for key in ("1", "2"):
        books.person("deactivate", kind="Customer", id=key)
    books.person("add_customer", customer={"DisplayName": "Walk-in 2026-11-23"})
    books.sim.advance(date(2026, 12, 20))
    kinds = [one.kind for one in books.sim.documents()]
    assert kinds.count("payment") == 0
    assert any("Walk-in 2026-12-14" in one.texts for one in books.sim.documents())
