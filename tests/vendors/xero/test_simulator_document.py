"""All answers of the simulator held against Xero's own OpenAPI documents."""

from __future__ import annotations

from datetime import date

import pytest

from tests.vendors.documents import Document
from tests.vendors.xero.xero_at import API, XeroAt

MORE = {"HasErrors", "DateString", "DueDateString", "UpdatedDateUTCString"}
"""What answers carry though the document does not name it: recorded, or in its own examples (xero.md 3)."""


@pytest.fixture
def xero():
    made = XeroAt()
    yield made
    made.sim.state.close()


@pytest.fixture(scope="module")
def document(specs):
    return Document(specs / "xero" / "xero-accounting-16.1.0-trimmed.json")


def stray(wrong: list[str]) -> list[str]:
    """Without the wrapper's own fields and what is recorded besides the document."""
    known = {*MORE, "Id", "Status", "ProviderName", "DateTimeUTC", "Code"}
    kept = []
    for text in wrong:
        if "Additional properties are not allowed" in text:
            names = set(text.split("(")[1].split(" w")[0].replace("'", "").split(", "))
            if names <= known | {"DateUTCString", "ValidationErrors"}:
                continue
        kept.append(text)
    return kept


def test_everything_that_is_read(xero, document):
    key = xero.invoice(CurrencyCode="SEK", Status="AUTHORISED", Reference="Deal 1")["InvoiceID"]
    xero.person("pay_invoice", id=key, amount=5)
    xero.person("credit_invoice", id=key, amount=3)
    xero.put(f"/Invoices/{key}/History", {"HistoryRecords": [{"Details": "x"}]})
    xero.plain("PUT", f"{API}/Invoices/{key}/Attachments/a.txt", b"a")
    xero.sim.advance(date(2026, 12, 5))
    contact = xero.contact()
    paths = [
        "/Organisation", "/Organisation/Actions", "/Users", "/Accounts", "/TaxRates", "/Currencies",
        "/BrandingThemes", "/Items", "/Items/PD-1001", "/Contacts?page=1", "/Contacts", f"/Contacts/{contact}",
        "/Contacts?page=1&summaryOnly=true", "/Invoices?page=1", "/Invoices", f"/Invoices/{key}",
        f"/Invoices/{key}/History", f"/Invoices/{key}/Attachments", f"/Invoices/{key}/OnlineInvoice",
        "/Payments?page=1", "/CreditNotes?page=1", "/TrackingCategories",
    ]  # fmt: skip
    xero.sim.settings.change({"period_lock_date": "2026-10-31"})
    for path in paths:
        said = xero.get(path)
        assert len(said) > 4
        assert stray(document.wrong("GET", path.split("?")[0], 200, said)) == [], path


def test_everything_that_is_written(xero, document):
    def held(method, path, body):
        status, said = xero.call(method, path, body)
        assert stray(document.wrong(method, path.split("?")[0], status, said)) == [], path
        return said

    made = held("PUT", "/Invoices", {"Invoices": [xero.row(Reference="a"), xero.row()]})["Invoices"][0]
    key = made["InvoiceID"]
    held("POST", f"/Invoices/{key}", {"Invoices": [{"InvoiceID": key, "Status": "AUTHORISED"}]})
    held("PUT", "/Invoices?summarizeErrors=false", {"Invoices": [xero.row(), xero.row(LineItems=[])]})
    held("PUT", "/Contacts", {"Contacts": [{"Name": "Uusi Oy"}]})
    held("PUT", "/Items", {"Items": [{"Code": "X-1", "Name": "x"}]})
    row = {"Invoice": {"InvoiceID": key}, "Account": {"Code": "090"}, "Amount": 1}
    payment = held("PUT", "/Payments", {"Payments": [row]})["Payments"][0]["PaymentID"]
    held("POST", f"/Payments/{payment}", {"Payments": [{"Status": "DELETED"}]})
    held("PUT", f"/Invoices/{key}/History", {"HistoryRecords": [{"Details": "x"}]})
    assert xero.plain("POST", f"{API}/Invoices/{key}/Email", {}).status_code == 204
    assert document.wrong("POST", f"/Invoices/{key}/Email", 204, None) == []


def test_refusals(xero, document):
    for method, path, body in (
        ("PUT", "/Invoices", {"Invoices": [xero.row(LineItems=[])]}),
        ("PUT", "/Contacts", {"Contacts": [{"Name": ""}]}),
        ("PUT", "/Items", {"Items": [{"Code": ""}]}),
        ("PUT", "/Payments", {"Payments": [{"Invoice": {"InvoiceNumber": "INV-0002"}}]}),
    ):
        status, said = xero.call(method, path, body)
        assert status == 400
        wrong = document.wrong(method, path, status, said)
        assert [
            text for text in wrong if "Additional properties" not in text
        ] == []  # elements echo documents


def test_connections(xero, specs):
    identity = Document(specs / "xero" / "xero-identity-16.1.0.json")
    said = xero.plain("GET", "/connections").get_json()
    assert identity.wrong("GET", "/Connections", 200, said) == []


def test_the_document_does_find_faults(document):
    assert document.wrong("GET", "/Currencies", 200, {"Currencies": [{"Code": 7}]})
    assert document.wrong("GET", "/Currencies", 201, {})
    wrong = document.wrong("GET", "/Invoices", 200, {"Invoices": [{"Totl": 1}]})
    assert stray(wrong) != []
