"""Customers: found however they are written, made once, and changed by what differs."""

from __future__ import annotations

import pytest

from bridge_gui.accounting.ordering import OrderCustomer
from bridge_gui.errors import NoSuchTarget, OutcomeUnknown, VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice.customers import org_figures
from bridge_gui.web.waiting import never
from tests.vendors.standin import said
from tests.vendors.twentyfoursevenoffice.org import COMPANY, PERSON
from tests.web.toys import answer, hang_up

LIST, MAKE, CHANGE = "GET /v1/customers", "POST /v1/customers", "PATCH /v1/customers/501"


def ids(found):
    return [one.id for one in found]


def test_a_company_and_a_person(books):
    company, person = books.customers_named("example", 10)
    assert company == OrderCustomer(
        id="501", name="Example AS", is_company=True, tax_number="123 456 785", email="post@example.no",
        billing_email="Faktura@example.no", phone="+4700000000", street="Eksempelveien 1",
        postal_code="0598", city="Oslo", country="NO", made=company.made, changed=company.changed,
    )  # fmt: skip
    assert company.changed.isoformat() == "2026-01-02T18:00:00+00:00"
    assert (person.name, person.first_name, person.is_company) == ("Example Customer", "Example", False)


@pytest.mark.parametrize("number", ["123456785", "123 456 785", "NO 123456785 MVA", "no123456785mva"])
def test_an_organisation_number_is_found_however_it_is_written(books, number):
    assert ids(books.customers_like(tax_number=number)) == ["501"]


@pytest.mark.parametrize("email", ["POST@example.no", " faktura@EXAMPLE.no "])
def test_an_e_mail_is_found_at_either_place(books, email):
    assert ids(books.customers_like(email=email)) == ["501"]


def test_number_and_e_mail_may_lead_to_two(books):
    assert ids(books.customers_like(tax_number="123456785", email="c@example.no")) == ["501", "502"]


def test_nothing_given_finds_nobody(books):
    assert books.customers_like(email=" ", tax_number="") == ()
    assert books.customers_like(tax_number="999999999") == ()


def test_two_customers_with_one_e_mail_are_both_told(standin, books):
    standin.on(LIST, [COMPANY, PERSON | {"email": {"billing": "post@example.no"}}])
    assert ids(books.customers_like(email="post@example.no")) == ["501", "502"]


def test_the_list_is_read_once_to_its_end_over_an_empty_page(standin, books):
    first = said_with([COMPANY], '<https://x.example/v1/customers?page=2&limit=100>; rel="next"')
    second = said_with([], '</v1/customers?page=1>; rel="prev", </v1/customers?page=3>; rel="next"')
    standin.on(LIST, first, second, said_with([PERSON], '</v1/customers?page=1>; rel="first"'))
    assert ids(books.customers_like(email="c@example.no")) == ["502"]
    assert ids(books.customers_like(email="post@example.no")) == ["501"]
    assert [one.get("page") for one in standin.queries(LIST)] == [None, "2", "3"]
    assert {one["sortBy"] for one in standin.queries(LIST)} == {"id:asc"}


def said_with(rows, link):
    import json

    return answer(200, json.dumps(rows).encode(), {"Link": link})


def test_a_link_that_leads_back_is_a_change_of_theirs(standin, books):
    standin.on(LIST, said_with([COMPANY], '</v1/customers?page=1>; rel="next"'))
    with pytest.raises(VendorChanged):
        books.customers_like(email="c@example.no")


def test_a_full_page_without_a_link_has_another(standin, books):
    many = [COMPANY | {"id": number} for number in range(100)]
    standin.on(LIST, many, [PERSON])
    assert ids(books.customers_like(email="c@example.no")) == ["502"]
    assert standin.queries(LIST)[1]["page"] == "2"


def test_the_same_full_page_again_is_never_taken_for_the_end(standin, books):
    standin.on(LIST, [COMPANY | {"id": number} for number in range(100)])
    with pytest.raises(VendorChanged):
        books.customers_like(email="c@example.no")


def test_a_company_is_made(standin, books):
    standin.on(
        MAKE, COMPANY | {"id": 503, "email": {"contact": "ny@example.no"}, "externalReference": "sf1/u7"}
    )
    assert books.customers_like(email="ny@example.no") == ()
    new = OrderCustomer(
        name="Example AS",
        is_company=True,
        tax_number="123456785",
        email="ny@example.no",
        number="sf1/u7",
        billing_email="ny@example.no",
        street="Eksempelveien 1",
        postal_code="0598",
        city="Oslo",
        country="NO",
    )
    assert books.add_customer(new, "").id == "503"
    address = {"street": "Eksempelveien 1", "postalCode": "0598", "postalArea": "Oslo", "countryCode": "NO"}
    assert standin.bodies(MAKE) == [{
        "isCompany": True, "name": "Example AS", "organizationNumber": "123456785",
        "externalReference": "sf1/u7", "email": {"contact": "ny@example.no", "billing": "ny@example.no"},
        "address": {"visit": address, "billing": address},
    }]  # fmt: skip
    assert ids(books.customers_like(email="ny@example.no")) == ["503"]
    assert ids(books.customers_like(number="sf1/u7")) == ["503"]
    assert len(standin.asked(LIST)) == 1


def test_a_person_is_made_with_both_names_and_no_number(standin, books):
    standin.on(MAKE, PERSON)
    new = OrderCustomer(
        name="Example Customer", first_name="Example", last_name="Customer", email="c@example.no"
    )
    assert books.add_customer(new, "").name == "Example Customer"
    assert standin.bodies(MAKE) == [{
        "isCompany": False, "person": {"firstName": "Example", "lastName": "Customer"},
        "email": {"contact": "c@example.no"},
    }]  # fmt: skip


def test_a_lost_answer_is_not_repeated(standin, books):
    standin.on(MAKE, hang_up)
    with pytest.raises(OutcomeUnknown):
        books.add_customer(OrderCustomer(name="Example AS", is_company=True), "")
    assert len(standin.asked(MAKE)) == 1


def test_only_what_differs_is_written_with_its_sub_object_whole(standin, books):
    standin.on("GET /v1/customers/501", COMPANY).on(CHANGE, COMPANY)
    books.change_customer("501", {"street": "Ny vei 2", "phone": ""}, "")
    assert standin.bodies(CHANGE) == [{
        "phone": None,
        "address": {"billing": {"name": "Example AS", "street": "Ny vei 2", "postalCode": "0598",
                                "postalArea": "Oslo", "countryCode": "NO"}},
    }]  # fmt: skip
    books.change_customer("501", {"email": "ny@example.no"}, "")
    sent = standin.bodies(CHANGE)[1]
    assert sent == {"email": {"contact": "ny@example.no", "billing": "Faktura@example.no"}}


def test_a_customer_that_is_gone(standin, books):
    standin.on("GET /v1/customers/501", answer(404, b""))
    assert books.customers(["501"], never()) == ()
    with pytest.raises(NoSuchTarget) as caught:
        books.change_customer("501", {"phone": "1"}, "")
    assert caught.value.params == {"target": "501"}


def test_a_street_may_be_a_list_of_lines(standin, books):
    told = COMPANY | {"address": {"billing": {"street": ["c/o Example", "Eksempelveien 1"]}}}
    standin.on("GET /v1/customers/501", said(told))
    assert books.customers(["501"], never())[0].street == "c/o Example, Eksempelveien 1"


def test_figures_of_other_countries_stay_as_they_are():
    assert org_figures("556677-8899") == "556677-8899"
    assert org_figures("DK 12 34 56 78") == "DK12345678"
    assert org_figures("") == ""
