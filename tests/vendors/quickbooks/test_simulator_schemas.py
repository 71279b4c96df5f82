"""All rows of the simulator held against Intuit's own schemas."""

from __future__ import annotations

from datetime import date

import pytest

from tests.vendors.quickbooks.entities import Entities
from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt, discount, line, of

KINDS = (
    "Invoice", "SalesReceipt", "RefundReceipt", "CreditMemo", "Payment", "Customer", "Vendor", "Employee", "Item",
    "Account", "PaymentMethod", "Term", "Class", "Department", "TaxCode", "TaxRate",
)  # fmt: skip


@pytest.fixture(scope="module")
def entities(specs):
    return Entities(specs / "quickbooks")


@pytest.mark.parametrize("country", ["GB", "US"])
def test_everything_that_is_read(entities, country):
    books = QuickBooksAt(country=country)
    code = "TAX" if country == "US" else "1"
    whole = {"TxnTaxDetail": {"TxnTaxCodeRef": {"value": "1"}}} if country == "US" else {}
    rows = [line(300, 3, code), discount(30, "" if country == "US" else code)]
    bank = {"DepositToAccountRef": {"value": "1"}}
    invoice = books.make(
        "Invoice", *rows, DocNumber="N-1", PrivateNote="x", DueDate="2026-12-04", **whole,
        BillEmail={"Address": "a@b.example"}, CustomerMemo={"value": "y"}, SalesTermRef={"value": "1"},
    )  # fmt: skip
    books.make("SalesReceipt", *rows, PaymentMethodRef={"value": "1"}, PaymentRefNum="in_1", **bank, **whole)
    books.make("RefundReceipt", *rows, **bank, **whole)
    books.make("CreditMemo", *rows, **whole)
    books.post("/payment", books.pay(invoice, 20, PaymentMethodRef={"value": "1"}, PrivateNote="z"))
    books.post(f"/invoice/{invoice['Id']}/send", b"")
    gone = books.make("Invoice", *rows, **whole)
    books.post("/invoice?operation=void", {"Id": gone["Id"], "SyncToken": "0"})
    books.sim.advance(date(2026, 12, 5))
    for kind in KINDS:
        where = " where Active IN (true, false)" if kind in KINDS[5:] else ""
        found = books.query(f"select * from {kind}{where} orderby Id maxresults 1000")[kind]
        assert found
        assert [entities.wrong(kind, one) for one in found if entities.wrong(kind, one)] == [], kind
    assert entities.wrong("CompanyInfo", books.get(f"/companyinfo/{books.realm}")["CompanyInfo"]) == []
    assert entities.wrong("Preferences", books.get("/preferences")["Preferences"]) == []
    books.sim.state.close()


def test_what_is_written_comes_back_as_the_schemas_have_it(entities):
    books = QuickBooksAt()
    words = {"DetailType": "DescriptionOnly", "Description": "x"}
    made = books.make("Invoice", line(), words, discount(5))
    assert entities.wrong("Invoice", made) == []
    kept = books.post("/invoice", of(made, Line=made["Line"], PrivateNote="x"))["Invoice"]
    assert entities.wrong("Invoice", kept) == []
    said = books.post(
        "/batch", {"BatchItemRequest": [{"bId": "1", "operation": "create", "Invoice": books.sale()}]}
    )
    assert entities.wrong("Invoice", said["BatchItemResponse"][0]["Invoice"]) == []
    books.sim.state.close()


def test_faults_are_as_the_schemas_have_them(entities):
    books = QuickBooksAt()
    books.sim.settings.change({"system_faults": 1})
    faults = [books.post("/invoice", books.sale())["Fault"]]
    for path, body in (
        ("/invoice", {"Line": []}),
        ("/customer", {"DisplayName": "Mara Sample"}),
        ("/creditmemo?operation=void", {"Id": books.make("CreditMemo")["Id"], "SyncToken": "0"}),
    ):
        status, said = books.call("POST", path, body)
        assert status == 400
        faults.append(said["Fault"])
    assert [entities.wrong("Fault", one) for one in faults] == [[], [], [], []]
    assert [one["type"] for one in faults] == ["SystemFault", *["ValidationFault"] * 3]
    assert entities.wrong("Fault", {"Error": [{"message": "x"}], "type": "Odd"})
    books.sim.state.close()


def test_the_schemas_do_find_faults(entities):
    books = QuickBooksAt()
    made = books.make("Invoice")
    assert entities.wrong("Invoice", {**made, "TotalAmnt": 1})
    assert entities.wrong("Invoice", {**made, "TotalAmt": "1"})
    assert entities.wrong("Invoice", {**made, "EmailStatus": "Sent"})
    assert entities.wrong("Invoice", {**made, "TxnDate": "20.11.2026"})
    assert entities.wrong("Invoice", {**made, "CustomerRef": "1"})
    assert entities.wrong("Invoice", {**made, "Line": made["Line"][0]})
    books.sim.state.close()
