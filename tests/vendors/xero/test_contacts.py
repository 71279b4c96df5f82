"""Xero's customers: made, changed by what differs, found, and never guessed."""

from __future__ import annotations

import pytest

from bridge_gui.accounting.billing import BillContact
from bridge_gui.errors import CannotMap, NoSuchTarget, Refused
from bridge_gui.vendors.xero.customers import FEW
from bridge_gui.web.waiting import never
from tests.vendors.xero.org import API, contact, guid


def test_a_customer_is_made_with_what_is_known_only(org, books):
    org.on(f"PUT {API}/Contacts", {"Contacts": [contact(2)]})
    given = BillContact(
        name="  Asiakas <X>  Oy ", email="a@asiakas.example", street="Katu 1\nC/O Matti", city="Helsinki"
    )
    made = books.add_customer(given, "k")
    assert made.id == guid(2)
    assert org.bodies(f"PUT {API}/Contacts")[0]["Contacts"] == [
        {
            "Name": "Asiakas X Oy", "EmailAddress": "a@asiakas.example",
            "Addresses": [
                {
                    "AddressType": "POBOX", "AddressLine1": "Katu 1", "AddressLine2": "C/O Matti", "AddressLine3": "",
                    "AddressLine4": "", "City": "Helsinki", "Region": "", "PostalCode": "", "Country": "",
                }
            ],
        }
    ]  # fmt: skip


def test_a_taken_name_is_said(org, books):
    text = "The contact name X is already assigned to another contact. The contact name must be unique across all active contacts."
    org.on(
        f"PUT {API}/Contacts",
        {"Contacts": [{"HasValidationErrors": True, "ValidationErrors": [{"Message": text}]}]},
    )
    with pytest.raises(Refused) as caught:
        books.add_customer(BillContact(name="X"), "k")
    assert caught.value.code == "xero.name_taken"


def test_only_what_differs_is_written_to_a_customer(org, books):
    post = f"POST {API}/Contacts/{guid(2)}"
    org.on(post, {"Contacts": [contact(2, EmailAddress="uusi@asiakas.example")]})
    books.change_customer(guid(2), {"email": "uusi@asiakas.example"}, "k")
    assert org.bodies(post) == [
        {"Contacts": [{"ContactID": guid(2), "EmailAddress": "uusi@asiakas.example"}]}
    ]
    assert not org.asked(f"GET {API}/Contacts")


def test_a_changed_town_keeps_the_rest_of_the_address(org, books):
    post = f"POST {API}/Contacts/{guid(2)}"
    org.on(f"GET {API}/Contacts", {"Contacts": [contact(2)], "pagination": {"page": 1, "pageCount": 1}})
    org.on(post, {"Contacts": [contact(2)]})
    books.change_customer(guid(2), {"city": "Espoo"}, "k")
    (address,) = org.bodies(post)[0]["Contacts"][0]["Addresses"]
    assert address["City"] == "Espoo"
    assert (address["AddressLine1"], address["AddressLine2"], address["PostalCode"]) == (
        "Katu 1",
        "C/O Matti",
        "00100",
    )


def test_a_customer_that_is_gone_is_not_changed(org, books):
    org.on(f"GET {API}/Contacts", {"Contacts": []})
    with pytest.raises(NoSuchTarget):
        books.change_customer(guid(2), {"city": "Espoo"}, "k")
    assert not org.asked(f"POST {API}/Contacts/{guid(2)}")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"phone": "1"}, "xero.contact_field"), ({"email": "x" * 256}, "xero.contact_long")],
)
def test_a_field_that_does_not_fit_is_not_cut(org, books, changes, code):
    with pytest.raises(CannotMap) as caught:
        books.change_customer(guid(2), changes, "k")
    assert caught.value.code == code
    assert not org.seen


def test_a_customer_is_looked_for_in_one_call_and_compared_here(org, books):
    rows = [
        contact(2),
        contact(3, Name="Muu", EmailAddress="", TaxNumber=" fi00000001 "),
        contact(4, Name="X", EmailAddress="", TaxNumber=""),
    ]
    org.on(f"GET {API}/Contacts", {"Contacts": rows, "pagination": {"page": 1, "pageCount": 1}})
    found = books.customers_like(email="A@ASIAKAS.example", tax_number="FI00000001", name="")
    assert [one.id for one in found] == [guid(2), guid(3)]
    (query,) = org.queries(f"GET {API}/Contacts")
    assert query["where"] == 'EmailAddress=="A@ASIAKAS.example" OR TaxNumber=="FI00000001"'
    assert query["includeArchived"] == "true"


def test_a_name_with_quotes_is_searched_for_since_a_filter_cannot_hold_it(org, books):
    org.on(
        f"GET {API}/Contacts",
        {"Contacts": [contact(2, Name='Baari "Kulma" Oy')], "pagination": {"page": 1, "pageCount": 1}},
    )
    assert len(books.customers_like(name='baari "kulma" oy')) == 1
    (query,) = org.queries(f"GET {API}/Contacts")
    assert query["searchTerm"] == "baari"
    assert "where" not in query


def test_many_customers_are_looked_up_in_one_list_that_knows_the_new_ones(org, books):
    org.on(f"GET {API}/Contacts", {"Contacts": [contact(2)], "pagination": {"page": 1, "pageCount": 1}})
    org.on(f"PUT {API}/Contacts", {"Contacts": [contact(9, Name="Uusi Oy", EmailAddress="", TaxNumber="")]})
    for _ in range(20):
        assert len(books.customers_like(name="Asiakas Oy")) == 1
    assert books.customers_like(name="Uusi Oy") == ()
    books.add_customer(BillContact(name="Uusi Oy"), "k")
    assert len(books.customers_like(name="uusi oy")) == 1
    assert len(org.asked(f"GET {API}/Contacts")) == FEW + 1


def test_nothing_to_look_for_asks_nobody(org, books):
    assert books.customers_like(email=" ") == ()
    assert not org.seen


def test_archived_customers_are_known_as_such(org, books):
    rows = [contact(2, ContactStatus="ARCHIVED"), contact(3)]
    org.on(f"GET {API}/Contacts", {"Contacts": rows, "pagination": {"page": 1, "pageCount": 1}})
    found = books.customers([guid(3), guid(2), guid(7)], never())
    assert [(one.id, one.archived) for one in found] == [(guid(3), False), (guid(2), True)]
