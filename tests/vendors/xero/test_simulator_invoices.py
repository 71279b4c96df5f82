from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vendors.xero.xero_at import XeroAt


@pytest.fixture
def xero():
    made = XeroAt()
    yield made
    made.sim.state.close()


def test_a_draft_gets_the_next_number_and_totals(xero):
    made = xero.invoice(Reference="Deal 42")
    assert (made["InvoiceNumber"], made["Status"]) == ("INV-0003", "DRAFT")
    assert (made["SubTotal"], made["TotalTax"], made["Total"], made["AmountDue"]) == (21, 5.36, 26.36, 26.36)
    assert made["Date"] == "/Date(1795132800000+0000)/"
    assert made["DateString"] == "2026-11-20T00:00:00"
    assert made["UpdatedDateUTCString"] == "2026-11-20T12:00:00Z"
    line = made["LineItems"][0]
    assert (line["TaxType"], line["TaxAmount"], line["LineAmount"]) == ("OUTPUT", 5.36, 21)
    again = xero.get(f"/Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert again == made
    assert xero.get("/Invoices/INV-0003")["Invoices"][0] == made


def test_tax_is_rounded_on_each_line_and_then_added_up(xero):
    lines = [
        {"Description": "x", "Quantity": 1, "UnitAmount": amount, "AccountCode": "200"}
        for amount in (0.1, 0.1, 0.1)
    ]
    made = xero.invoice(*lines)
    assert (made["SubTotal"], made["TotalTax"], made["Total"]) == (0.3, 0.09, 0.39)  # 7.65 % at once: 0.08


def test_the_example_of_the_vendors_guide(xero):
    rate = xero.person("add_tax_rate", name="15 %", rate=15)["TaxType"]
    lines = [
        {"Description": "x", "Quantity": 1, "UnitAmount": amount, "AccountCode": "200", "TaxType": rate}
        for amount in (25.06, 25.61, 25.63)
    ]
    made = xero.invoice(*lines)
    assert [line["TaxAmount"] for line in made["LineItems"]] == [3.76, 3.84, 3.84]
    assert made["TotalTax"] == 11.44


CENTS = st.decimals("-9999.9999", "9999.9999", places=4)


@given(
    st.lists(st.tuples(st.integers(1, 40), CENTS, st.sampled_from([0, 5, 12.5])), min_size=1, max_size=6),
    st.sampled_from(["Exclusive", "Inclusive", "NoTax"]),
)
@settings(max_examples=60)
def test_totals_are_those_of_the_documented_rule(rows, amounts):
    with XeroAtOnce() as xero:
        lines = [
            {"Description": "x", "Quantity": quantity, "UnitAmount": float(price), "DiscountRate": off,
             "AccountCode": "200"}
            for quantity, price, off in rows
        ]  # fmt: skip
        made = xero.invoice(*lines, query="?unitdp=4", LineAmountTypes=amounts)
        net = [cents(quantity * price * (100 - Decimal(str(off))) / 100) for quantity, price, off in rows]
        part = {"Exclusive": Decimal("0.255"), "Inclusive": Decimal(51) / 251, "NoTax": Decimal(0)}[amounts]
        tax = sum(cents(one * part) for one in net)
        total = sum(net) + (tax if amounts == "Exclusive" else 0)
        assert [Decimal(str(line["LineAmount"])) for line in made["LineItems"]] == net
        assert (Decimal(str(made["TotalTax"])), Decimal(str(made["Total"]))) == (tax, total)
        assert Decimal(str(made["SubTotal"])) == total - tax


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


class XeroAtOnce(XeroAt):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sim.state.close()


def test_tax_inside_and_no_tax(xero):
    line = {"Description": "x", "Quantity": 1, "UnitAmount": 125.5, "AccountCode": "200"}
    inside = xero.invoice(line, LineAmountTypes="Inclusive")
    assert (inside["SubTotal"], inside["TotalTax"], inside["Total"]) == (100, 25.5, 125.5)
    none = xero.invoice(line, LineAmountTypes="NoTax")
    assert (none["SubTotal"], none["TotalTax"], none["Total"]) == (125.5, 0, 125.5)
    assert none["LineItems"][0]["TaxType"] == "NONE"


def test_prices_have_two_decimals_unless_four_are_asked_for(xero):
    line = {
        "Description": "km",
        "Quantity": 100,
        "UnitAmount": 0.5575,
        "AccountCode": "200",
        "TaxType": "NONE",
    }
    assert xero.invoice(line)["Total"] == 56
    fine = xero.invoice(line, query="?unitdp=4")
    assert (fine["Total"], fine["LineItems"][0]["UnitAmount"]) == (55.75, 0.5575)
    key = fine["InvoiceID"]
    assert xero.get(f"/Invoices/{key}")["Invoices"][0]["LineItems"][0]["UnitAmount"] == 0.56
    approved = xero.state_of(key, "AUTHORISED")
    assert (approved["Status"], approved["Total"]) == ("AUTHORISED", 55.75)
    again = xero.get(f"/Invoices/{key}?unitdp=4")["Invoices"][0]
    assert (again["LineItems"][0]["UnitAmount"], again["Total"]) == (0.5575, 55.75)


def test_discounts_by_rate_by_amount_and_their_refusals(xero):
    line = {"Description": "x", "Quantity": 3, "UnitAmount": 33.33, "AccountCode": "200", "TaxType": "NONE"}
    assert xero.invoice({**line, "DiscountRate": 10})["Total"] == 89.99
    by_amount = xero.invoice({**line, "DiscountAmount": 10})
    assert (by_amount["LineItems"][0]["DiscountRate"], by_amount["Total"]) == (10, 89.99)  # held as a rate
    assert by_amount["IsDiscounted"] is True
    odd = {**line, "Quantity": 1, "UnitAmount": 1000, "DiscountAmount": 0.07}
    assert xero.invoice(odd)["Total"] == 999.9  # the rate is 0.01 %: it drifts
    negative = {**line, "UnitAmount": -5, "DiscountAmount": 0}
    row = {"Invoices": [xero.row(negative)]}
    assert xero.refused("PUT", "/Invoices", row) == [
        "The discount rate '0.00' is invalid. Discount must not be greater than the line total."
    ]
    free = {**line, "DiscountRate": 100}
    assert xero.invoice(free)["Total"] == 0
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row({**free, "LineAmount": 0})]})


def test_a_line_amount_or_a_total_that_does_not_fit_is_refused(xero):
    line = {"Description": "x", "Quantity": 2, "UnitAmount": 10, "AccountCode": "200", "LineAmount": 21}
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(line)]}) == [
        "The line total 21.00 does not match the expected line total 20.00"
    ]
    good = {**line, "LineAmount": 20}
    assert xero.invoice(good)["SubTotal"] == 20
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(good, Total=25)]}) == [
        "The invoice total does not equal the sum of the lines."
    ]
    assert xero.invoice({**good, "TaxAmount": 5.11}, Total=25.11)["TotalTax"] == 5.11


def test_an_item_fills_in_what_the_line_leaves_out(xero):
    made = xero.invoice({"ItemCode": "PD-1001", "Quantity": 1}, Status="AUTHORISED")
    line = made["LineItems"][0]
    assert (line["Description"], line["UnitAmount"], line["AccountCode"]) == ("Kuukausipalvelu", 120, "200")
    assert made["Total"] == 150.6
    no_account = {"ItemCode": "PD-1003", "Quantity": 1}
    assert xero.invoice(no_account)["Status"] == "DRAFT"
    row = {"Invoices": [xero.row(no_account, Status="AUTHORISED")]}
    assert xero.refused("PUT", "/Invoices", row) == ["Account code must be specified."]
    row = {"Invoices": [xero.row({"ItemCode": "NO-SUCH", "Quantity": 1})]}
    assert xero.refused("PUT", "/Invoices", row) == ["Item code 'NO-SUCH' is not valid."]


def test_tax_types_that_do_not_fit(xero):
    line = {"Description": "x", "Quantity": 1, "UnitAmount": 1, "AccountCode": "200", "TaxType": "INPUT"}
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(line)]}) == [
        "The TaxType code 'INPUT' cannot be used with account code '200'."
    ]
    for wrong in ("TAX004", "TAX005", "NONSENSE"):  # archived, deleted, unknown
        assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row({**line, "TaxType": wrong})]})
    for account in ("205", "090", "610", "999"):  # archived, a bank, debtors, unknown
        row = {**line, "TaxType": None, "AccountCode": account}
        assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(row)]})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Type": "SALE"}, "Type"),
        ({"Contact": {}}, "Contact"),
        ({"LineItems": []}, "line items"),
        ({"Status": "AUTHORISED", "DueDate": None}, "Due date"),
        ({"CurrencyCode": "NOK"}, "NOK"),
        ({"InvoiceNumber": "lasku nro ä"}, "ASCII"),
        ({"Reference": "x" * 256}, "255"),
        ({"Url": "https://xero.example/deal"}, "Url"),
        ({"BrandingThemeID": "00000000-0000-4000-8000-000000000000"}, "BrandingTheme"),
        ({"Date": "20.11.2026"}, "Date"),
        ({"SentToContact": True}, "sent"),
        ({"Status": "PAID"}, "valid status"),
        ({"InvoiceNumber": "INV-0001"}, "unique"),
    ],
)
def test_what_an_invoice_must_have(xero, change, said):
    messages = xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(**change)]})
    assert len(messages) == 1
    assert said in messages[0]


def test_one_bad_invoice_stops_all_unless_each_stands_for_itself(xero):
    rows = {"Invoices": [xero.row(Reference="a"), xero.row(Type="X"), xero.row(Reference="c")]}
    status, said = xero.call("PUT", "/Invoices", rows)
    assert (status, len(said["Elements"])) == (400, 1)
    assert said["Elements"][0]["InvoiceID"] == "00000000-0000-0000-0000-000000000000"
    assert xero.get("/Invoices?page=1")["pagination"]["itemCount"] == 2
    made = xero.put("/Invoices?summarizeErrors=false", rows)["Invoices"]
    assert [one["StatusAttributeString"] for one in made] == ["OK", "ERROR", "OK"]
    assert made[1]["ValidationErrors"] == [{"Message": "Invoice Type must be specified."}]
    assert [one.get("InvoiceNumber") for one in made] == ["INV-0003", None, "INV-0004"]
    assert xero.get("/Invoices?page=1")["pagination"]["itemCount"] == 4


def test_put_creates_and_post_finds_by_number(xero):
    made = xero.invoice(InvoiceNumber="PD-1")
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(InvoiceNumber="PD-1")]}) == [
        "Invoice # must be unique."
    ]
    changed = xero.post("/Invoices", xero.row(InvoiceNumber="PD-1", Reference="changed"))["Invoices"][0]
    assert (changed["InvoiceID"], changed["Reference"]) == (made["InvoiceID"], "changed")
    xero.state_of(made["InvoiceID"], "DELETED")
    assert xero.invoice(InvoiceNumber="PD-1")["InvoiceID"] != made["InvoiceID"]
    xero.sim.settings.change({"deleted_frees_number": False})
    xero.invoice(InvoiceNumber="PD-2")
    xero.state_of("PD-2", "DELETED")
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(InvoiceNumber="PD-2")]})


def test_a_bare_object_and_any_case_of_the_wrapper(xero):
    assert xero.put("/Invoices", xero.row())["Invoices"][0]["InvoiceNumber"] == "INV-0003"
    assert xero.put("/Invoices", {"invoices": [xero.row()]})["Invoices"][0]["InvoiceNumber"] == "INV-0004"
    assert xero.call("PUT", "/Invoices", b"{")[0] == 400
    headers = {"Content-Type": "application/json"}
    assert xero.call("PUT", "/Invoices", b"{", **headers)[1]["Type"] == "PostDataInvalidException"


def test_other_currencies_have_a_rate(xero):
    made = xero.invoice(CurrencyCode="SEK")
    assert (made["CurrencyCode"], made["CurrencyRate"]) == ("SEK", 11.02)
    assert xero.invoice(CurrencyCode="USD", CurrencyRate=1.2)["CurrencyRate"] == 1.2
    odd = xero.invoice(CurrencyCode="USD", CurrencyRate=12, query="?summarizeErrors=false")
    assert (odd["StatusAttributeString"], len(odd["Warnings"]), odd["CurrencyRate"]) == ("WARNING", 1, 12)
    assert "NOK" in xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(CurrencyCode="NOK")]})[0]
    xero.person("add_currency", code="NOK", description="Norwegian Krone")
    assert xero.invoice(CurrencyCode="NOK")["CurrencyCode"] == "NOK"


def test_more_than_the_id_of_a_contact_changes_it_and_drops_its_persons(xero):
    key = xero.contact()
    xero.invoice(Contact={"ContactID": key})
    assert len(xero.get(f"/Contacts/{key}")["Contacts"][0]["ContactPersons"]) == 1
    made = xero.invoice(Contact={"ContactID": key, "EmailAddress": "new@mallimetalli.example"})
    assert made["Contact"]["ContactPersons"] == []
    assert xero.get(f"/Contacts/{key}")["Contacts"][0]["EmailAddress"] == "new@mallimetalli.example"
    by_name = xero.invoice(Contact={"Name": "Aivan Uusi Oy"})
    assert by_name["Contact"]["Name"] == "Aivan Uusi Oy"
    unknown = {"ContactID": "00000000-0000-4000-8000-000000000000"}
    assert xero.refused("PUT", "/Invoices", {"Invoices": [xero.row(Contact=unknown)]})


def test_an_archived_contact_takes_a_draft_only(xero):
    listed = xero.get("/Contacts?includeArchived=true&page=1")["Contacts"]
    archived = next(one["ContactID"] for one in listed if one["ContactStatus"] == "ARCHIVED")
    assert xero.invoice(Contact={"ContactID": archived})["Status"] == "DRAFT"
    row = xero.row(Contact={"ContactID": archived}, Status="AUTHORISED")
    assert "archived" in xero.refused("PUT", "/Invoices", {"Invoices": [row]})[0]
