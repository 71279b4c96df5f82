"""Xero's customers: made, changed by what differs, found, and never guessed."""

from __future__ import annotations

import pytest

from bridge_gui.accounting.billing import BillContact
from bridge_gui.errors import CannotMap, NoSuchTarget, OutcomeUnknown, Refused
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


def test_many_customers_are_looked_up_in_one_list_of_which_then_only_changes_are_read(org, books):
    org.on(f"GET {API}/Contacts", {"Contacts": [contact(2)], "pagination": {"page": 1, "pageCount": 1}})
    org.on(f"PUT {API}/Contacts", {"Contacts": [contact(9, Name="Uusi Oy", EmailAddress="", TaxNumber="")]})
    wanted = [BillContact(name=name) for name in ("Asiakas Oy", "Uusi Oy", "Kolmas Oy", "Asiakas oy")]
    assert len(wanted) > FEW
    found = books.customers_alike(wanted)
    assert [[one.id for one in some] for some in found] == [[guid(2)], [], [], [guid(2)]]
    books.add_customer(BillContact(name="Uusi Oy"), "k")
    assert [one.id for one in books.customers_like(name="uusi oy")] == [guid(9)]
    first, second = org.asked(f"GET {API}/Contacts")
    assert "if-modified-since" not in first.headers
    assert second.headers["if-modified-since"], "always what is there now, never an old list"


def test_a_few_customers_are_looked_for_in_one_question(org, books):
    rows = [contact(2), contact(3, Name="Muu Oy", EmailAddress="", TaxNumber="")]
    org.on(f"GET {API}/Contacts", {"Contacts": rows, "pagination": {"page": 1, "pageCount": 1}})
    found = books.customers_alike([BillContact(name="Muu Oy"), BillContact(), BillContact(name="Asiakas Oy")])
    assert [[one.id for one in some] for some in found] == [[guid(3)], [], [guid(2)]]
    (query,) = org.queries(f"GET {API}/Contacts")
    assert query["where"] == 'Name=="Muu Oy" OR Name=="Asiakas Oy"'


def numbered(*numbers):
    return [BillContact(name=f"Oy {number}", number=f"pd-1-org-{number}") for number in numbers]


def test_many_customers_are_made_in_one_call_each_with_its_own_answer(org, books):
    taken = "The contact name X is already assigned to another contact."
    rows = [
        contact(3, ContactNumber="pd-1-org-3"),
        {
            "ContactNumber": "pd-1-org-2",
            "HasValidationErrors": True,
            "ValidationErrors": [{"Message": taken}],
        },
        contact(1, ContactNumber="pd-1-org-1"),
    ]
    org.on(f"PUT {API}/Contacts", {"Contacts": rows})
    wanted = [*numbered(1, 2, 3), BillContact(number="pd-1-org-4")]
    made = books.add_customers(wanted, "k")
    assert [getattr(one, "id", "") or one.code for one in made] == [
        guid(1), "xero.name_taken", guid(3), "xero.contact_name",
    ]  # fmt: skip
    (request,) = org.asked(f"PUT {API}/Contacts")
    assert request.headers["idempotency-key"] == "k"
    assert org.queries(f"PUT {API}/Contacts")[0]["summarizeErrors"] == "false"


def test_a_customer_that_the_answer_leaves_out_is_unknown(org, books):
    org.on(f"PUT {API}/Contacts", {"Contacts": [contact(1, ContactNumber="pd-1-org-1"), contact(2)]})
    first, second = books.add_customers(numbered(1, 2), "k")
    assert first.id == guid(1)
    assert isinstance(second, OutcomeUnknown)


def test_nothing_to_look_for_asks_nobody(org, books):
    assert books.customers_like(email=" ") == ()
    assert not org.seen


def test_archived_customers_are_known_as_such(org, books):
    rows = [contact(2, ContactStatus="ARCHIVED"), contact(3)]
    org.on(f"GET {API}/Contacts", {"Contacts": rows, "pagination": {"page": 1, "pageCount": 1}})
    found = books.customers([guid(3), guid(2), guid(7)], never())
    assert [(one.id, one.archived) for one in found] == [(guid(3), False), (guid(2), True)]
