from __future__ import annotations

from datetime import date

import pytest

from bridge_gui.sandbox.consultancy import CLIENTS, SERVICES
from bridge_gui.sandbox.host import Host
from bridge_gui.vendors.xero.simulator import XeroSimulator
from tests.vendors.xero.xero_at import XeroAt


@pytest.fixture(scope="module")
def xero():
    made = XeroAt()
    for at in range(5):
        made.later(minutes=1)
        made.invoice(
            Reference=f"Deal {at}", Date=f"2026-11-0{at + 1}", Status="SUBMITTED" if at % 2 else "DRAFT"
        )
    yield made
    made.sim.state.close()


@pytest.fixture
def fresh():
    made = XeroAt()
    yield made
    made.sim.state.close()


def references(xero, query):
    told = xero.get(f"/Invoices?page=1&{query}")["Invoices"]
    return [one["Reference"] for one in told]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('Reference=="deal 3"', ["Deal 3"]),
        ('Reference="DEAL 3"', ["Deal 3"]),
        ('Reference.Contains("al 4")', ["Deal 4"]),
        ('Reference.StartsWith("Deal") AND Status=="SUBMITTED"', ["Deal 1", "Deal 3"]),
        ('Reference=="Deal 0" OR Reference=="Deal 1" && Status=="DRAFT"', ["Deal 0"]),
        ('(Reference=="Deal 0" || Reference=="Deal 1") AND Status=="SUBMITTED"', ["Deal 1"]),
        ("Date>=DateTime(2026,11,03) AND Date<DateTime(2026,11,05)", ["Deal 2", "Deal 3"]),
        ("AmountDue>26.35 AND AmountDue<=26.36", ["Deal 0", "Deal 1", "Deal 2", "Deal 3", "Deal 4"]),
        ('Type=="ACCPAY"', []),
        ('Reference!="Deal 0" AND Reference.Contains("Deal")', ["Deal 1", "Deal 2", "Deal 3", "Deal 4"]),
        ("SentToContact==true", []),
        ('Contact.Name=="NAIDIS PUIT OU"', ["Käsin tehty"]),
        ("DueDate==null", []),
    ],
)
def test_filters(xero, where, found):
    assert references(xero, f"where={where.replace('&', '%26')}") == found


@pytest.mark.parametrize("where", ['Reference=="a', "Reference==", "Colour==1", 'Reference~"x"', '(Status=="DRAFT"', "Date==DateTime(x)", 'Status=="A" Status=="B"'])  # fmt: skip
def test_filters_that_cannot_be_read(xero, where):
    status, said = xero.call("GET", f"/Invoices?where={where}")
    assert (status, said["ErrorNumber"], said["Type"]) == (400, 16, "QueryParseException")


def test_filters_by_lists(xero):
    rows = xero.get('/Invoices?page=1&where=Reference.Contains("Deal")')["Invoices"]
    ids = ",".join(one["InvoiceID"] for one in rows[:2])
    assert references(xero, f"IDs={ids}") == ["Deal 0", "Deal 1"]
    numbers = ",".join(one["InvoiceNumber"] for one in rows[2:4])
    assert references(xero, f"InvoiceNumbers={numbers}") == ["Deal 2", "Deal 3"]
    assert references(xero, "Statuses=SUBMITTED") == ["Deal 1", "Deal 3"]
    assert len(references(xero, f"ContactIDs={xero.contact()}")) == 6
    assert len(references(xero, "createdByMyApp=true")) == 5
    assert references(xero, "searchTerm=deal%204") == ["Deal 4"]


def test_statuses_alone_bring_pages_and_unpaged_lists_no_lines(xero):
    bare = xero.get("/Invoices")
    assert "pagination" not in bare
    assert all(one["LineItems"] == [] for one in bare["Invoices"])
    paged = xero.get("/Invoices?Statuses=SUBMITTED")
    assert paged["pagination"]["itemCount"] == 2
    assert all(one["LineItems"] for one in paged["Invoices"])
    brief = xero.get("/Invoices?page=1&summaryOnly=true")["Invoices"]
    assert all(one["LineItems"] == [] for one in brief)


def test_pages_and_order(xero):
    told = xero.get("/Invoices?page=2&pageSize=3&order=Reference DESC")
    assert told["pagination"] == {"page": 2, "pageSize": 3, "pageCount": 3, "itemCount": 7}
    assert [one["Reference"] for one in told["Invoices"]] == ["Deal 3", "Deal 2", "Deal 1"]
    assert xero.get("/Invoices?page=9")["Invoices"] == []
    assert xero.call("GET", "/Invoices?page=1&order=Colour")[0] == 400


@pytest.mark.parametrize("since", ["2026-11-20T12:04:00", "Fri, 20 Nov 2026 12:04:00 GMT"])
def test_changed_since(xero, since):
    told = xero.get("/Invoices?page=1", **{"If-Modified-Since": since})["Invoices"]
    assert [one["Reference"] for one in told] == ["Deal 3", "Deal 4"]
    assert xero.get("/Invoices?page=1", **{"If-Modified-Since": "2027-01-01T00:00:00"})["Invoices"] == []


def test_the_customers_are_pipedrives(fresh):
    rows = fresh.get("/Contacts?page=1&includeArchived=true")["Contacts"]
    for client in CLIENTS:
        found = [one for one in rows if client.vat and one.get("TaxNumber") == client.vat]
        named = [one["ContactStatus"] for one in found if one["Name"] == client.name]
        expected = {"": (0, []), "same": (1, ["ACTIVE"]), "archived": (1, ["ARCHIVED"]), "twice": (2, []),
                    "renamed": (1, [])}[client.known]  # fmt: skip
        assert (len(found), named) == expected, client.name
    items = {one["Code"]: "AccountCode" in one["SalesDetails"] for one in fresh.get("/Items")["Items"]}
    assert items == {one.code: one.item == "same" for one in SERVICES if one.item}


def test_contacts_are_found_as_they_are_in_the_wild(xero):
    def found(query):
        return [one["Name"] for one in xero.get(f"/Contacts?page=1&{query}")["Contacts"]]

    assert found('where=EmailAddress=="TOIMISTO@testiravintola.example"') == [
        "Testi Ravintola Oy Turku", "Testi Ravintola Oy Helsinki",
    ]  # fmt: skip
    assert found('where=TaxNumber=="FI99999991"') == ["Malli Metalli Oy"]
    assert found('where=Name=="näidis puit oü"') == ["Näidis Puit OÜ"]
    assert found("searchTerm=naidis") == ["Näidis Puit OÜ"]
    assert "Vanha Varasto Oy" not in found("pageSize=500")
    assert "Vanha Varasto Oy" in found("pageSize=500&includeArchived=true")
    bare = xero.get("/Contacts")["Contacts"][0]
    assert "ContactPersons" not in bare


def test_contacts_made_and_changed(xero):
    body = {"Name": "Esimerkki Puu Oy", "ContactNumber": "pd-org-42", "EmailAddress": "laskut@puu.example",
            "TaxNumber": "FI00000001", "Addresses": [{"AddressType": "POBOX", "AddressLine1": "Katu 1"}],
            "PaymentTerms": {"Sales": {"Day": 14, "Type": "DAYSAFTERBILLDATE"}}}  # fmt: skip
    made = xero.put("/Contacts", {"Contacts": [body]})["Contacts"][0]
    assert (made["ContactStatus"], len(made["Phones"]), len(made["Addresses"])) == ("ACTIVE", 4, 2)
    assert xero.get("/Contacts/pd-org-42")["Contacts"][0]["ContactID"] == made["ContactID"]
    assert xero.refused("PUT", "/Contacts", {"Contacts": [{"Name": "esimerkki puu oy"}]}) == [
        (
            "The contact name esimerkki puu oy is already assigned to another contact."
            " The contact name must be unique across all active contacts."
        )
    ]
    changed = xero.post(
        f"/Contacts/{made['ContactID']}", {"Addresses": [{"AddressType": "POBOX", "City": "Espoo"}]}
    )["Contacts"][0]
    box = next(one for one in changed["Addresses"] if one["AddressType"] == "POBOX")
    assert (box["AddressLine1"], box["City"]) == ("Katu 1", "Espoo")
    assert (changed["EmailAddress"], changed["TaxNumber"]) == ("laskut@puu.example", "FI00000001")
    again = xero.post(
        "/Contacts", {"Contacts": [{"Name": "Esimerkki Puu Oy", "EmailAddress": "a@puu.example"}]}
    )
    assert again["Contacts"][0]["ContactID"] == made["ContactID"]


@pytest.mark.parametrize(
    "change",
    [{"Name": ""}, {"Name": "a  b"}, {"Name": " a"}, {"Name": "<a>"}, {"Name": "x" * 256},
     {"TaxNumber": "1" * 51}, {"EmailAddress": "laskütus@example"}, {"EmailAddress": "nobody"},
     {"Addresses": [{"AddressType": "POBOX", "Country": "FI-00100"}]},
     {"ContactPersons": [{"FirstName": "x"}] * 6}],
)  # fmt: skip
def test_what_a_contact_does_not_take(xero, change):
    assert xero.refused("PUT", "/Contacts", {"Contacts": [{"Name": "Kelpaava Oy", **change}]})


def test_archived_contacts_are_not_edited_and_unknown_ones_a_404(xero):
    assert "archived" in xero.refused("POST", "/Contacts", {"Contacts": [{"Name": "Vanha Varasto Oy"}]})[0]
    unknown = {"Contacts": [{"ContactID": "00000000-0000-4000-8000-000000000000", "Name": "x"}]}
    assert xero.call("POST", "/Contacts", unknown) == (404, "")


def test_merged_contacts(fresh):
    gone, kept = fresh.contact("Näidis Puit OÜ"), fresh.contact()
    fresh.person("merge_contacts", id="Näidis Puit OÜ", into="Malli Metalli Oy")
    read = fresh.get(f"/Contacts/{gone}")["Contacts"][0]
    assert (read["ContactStatus"], read["MergedToContactID"]) == ("ARCHIVED", kept)
    told = fresh.get("/Invoices?page=1")["Invoices"]
    assert {one["Contact"]["ContactID"] for one in told} == {kept}


def test_balances_of_a_contact(fresh):
    key = fresh.contact()
    fresh.invoice(Status="AUTHORISED")
    balances = fresh.get(f"/Contacts/{key}")["Contacts"][0]["Balances"]
    assert balances["AccountsReceivable"]["Outstanding"] == 340.11  # 313.75 by hand and 26.36


def test_items(xero):
    codes = {one["Code"] for one in xero.get("/Items")["Items"]}
    assert codes == {"PD-1001", "PD-1002", "PD-1003"}
    body = {"Items": [{"Code": "PD-9", "Name": "Uusi", "SalesDetails": {"UnitPrice": 0.5575}}]}
    made = xero.put("/Items?unitdp=4", body)["Items"][0]
    assert made["SalesDetails"]["UnitPrice"] == 0.5575
    assert xero.get("/Items/PD-9")["Items"][0]["SalesDetails"]["UnitPrice"] == 0.56
    assert xero.refused("PUT", "/Items", body) == ["Price List Item with Code 'PD-9' already exists"]
    assert (
        xero.post("/Items", {"Items": [{"Code": "PD-9", "Name": "Toinen"}]})["Items"][0]["Name"] == "Toinen"
    )
    assert xero.refused("PUT", "/Items", {"Items": [{"Code": "x" * 31}]})
    assert xero.call("DELETE", f"/Items/{made['ItemID']}") == (204, "")
    assert xero.call("GET", "/Items/PD-9")[0] == 404


def test_accounts_rates_currencies_and_templates(fresh):
    told = fresh.get('/Accounts?where=Status=="ACTIVE" AND Class=="REVENUE"')["Accounts"]
    assert [one["Code"] for one in told] == ["200", "210", "260"]
    rounding = fresh.get('/Accounts?where=SystemAccount=="ROUNDING"')["Accounts"]
    assert [one["Code"] for one in rounding] == ["860"]
    rates = fresh.get('/TaxRates?where=Status=="ACTIVE"')["TaxRates"]
    assert {one["TaxType"]: one["EffectiveRate"] for one in rates if one["CanApplyToRevenue"]} == {
        "OUTPUT": 25.5, "TAX001": 13.5, "TAX002": 10, "TAX003": 0, "NONE": 0,
    }  # fmt: skip
    assert [one["Code"] for one in fresh.get("/Currencies")["Currencies"]] == ["EUR", "SEK", "USD"]
    themes = fresh.get("/BrandingThemes")["BrandingThemes"]
    assert [(one["Name"], one["SortOrder"]) for one in themes] == [("Standard", 0), ("English", 1)]
    made = fresh.invoice()
    assert made["BrandingThemeID"] == themes[0]["BrandingThemeID"]
    assert fresh.get("/Users")["Users"][0]["EmailAddress"] == "kirjanpito@konsultointi.example"


def test_the_pdf_the_online_page_history_and_attachments(fresh):
    key = fresh.invoice()["InvoiceID"]
    answer = fresh.plain("GET", f"/api.xro/2.0/Invoices/{key}", Accept="application/pdf")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert fresh.call("GET", f"/Invoices/{key}/OnlineInvoice")[0] == 400
    fresh.state_of(key, "AUTHORISED")
    url = fresh.get(f"/Invoices/{key}/OnlineInvoice")["OnlineInvoices"][0]["OnlineInvoiceUrl"]
    assert url.startswith("https://in.xero.com/")
    note = fresh.put(f"/Invoices/{key}/History", {"HistoryRecords": [{"Details": "Bridge: deal 42"}]})
    assert note["HistoryRecords"][0]["Details"] == "Bridge: deal 42"
    history = fresh.get(f"/Invoices/{key}/History")["HistoryRecords"]
    assert [one["Changes"] for one in history] == ["Note", "Approved", "Created"]
    assert fresh.refused("PUT", f"/Invoices/{key}/History", {"HistoryRecords": [{"Details": "x" * 2501}]})
    path = f"/api.xro/2.0/Invoices/{key}/Attachments/lasku.txt?IncludeOnline=true"
    assert fresh.plain("PUT", path, b"abc", **{"Content-Type": "text/plain"}).status_code == 200
    filed = fresh.get(f"/Invoices/{key}/Attachments")["Attachments"]
    assert [(one["FileName"], one["ContentLength"], one["IncludeOnline"]) for one in filed] == [
        ("lasku.txt", 3, True)
    ]
    assert fresh.plain("GET", f"/api.xro/2.0/Invoices/{key}/Attachments/lasku.txt").data == b"abc"
    assert fresh.get(f"/Invoices/{key}")["Invoices"][0]["HasAttachments"] is True


def test_days_pass_alike_twice_and_what_is_held_is_told():
    def told() -> list[tuple[str, ...]]:
        made = XeroAt()
        for _ in range(6):
            made.invoice(Status="AUTHORISED", DueDate="2026-11-25")
        made.invoice(Status="SUBMITTED")
        made.sim.advance(date(2026, 12, 10))
        rows = [(one.kind, one.day, str(one.total), one.currency, one.living) for one in made.sim.documents()]
        statuses = {row["Status"] for row in made.sim.books.invoices.find()}
        made.sim.state.close()
        assert {"PAID", "DRAFT"} <= statuses
        return rows

    first = told()
    assert first == told()
    assert ("invoice", "2026-11-20", "313.75", "EUR", True) in first
    assert {row[0] for row in first} == {"invoice", "payment", "contact", "item"}


def test_any_role_can_be_planted_and_the_control_surface_tells_documents(tmp_path):
    settings = {"xero": {"role": "READONLY", "period_lock_date": "2027-12-31"}}
    with Host({"xero": XeroSimulator}, tmp_path, settings=settings) as host:
        simulator = host.simulators["xero"]
        held = [one for one in simulator.documents() if one.kind == "invoice"]
        assert [one.texts for one in held] == [
            ("Käsin tehty", "INV-0001", "Neuvonta"), ("Käsin tehty", "INV-0002", "Neuvonta"),
        ]  # fmt: skip
        assert host.vendors()["xero"]["credentials"] == {"client_id": simulator.credentials()["client_id"]}
