"""Customers, products, sign-in and limits of the simulated 24SevenOffice."""

from __future__ import annotations

import pytest

from tests.vendors.twentyfoursevenoffice.office_at import OfficeAt


@pytest.fixture
def office():
    made = OfficeAt()
    yield made
    made.sim.state.close()


def names(rows):
    return [row["name"] for row in rows]


def test_the_demo_knows_what_sharefox_knows_and_some_of_it_differently(office):
    assert names(office.get("/customers?organizationNumber=123456785")) == []  # kept with blanks
    assert names(office.get("/customers?organizationNumber=123 456 785")) == ["Eksempel Bygg AS"]
    office.sim.settings.change({"number_filter": "digits"})
    assert names(office.get("/customers?organizationNumber=123456785")) == ["Eksempel Bygg AS"]
    assert names(office.get("/customers?organizationNumber=200000005")) == [
        "Modell Maler AS avd. Nord",
        "Modell Maler AS",
    ]
    assert names(office.get("/customers?email=POST@provetak.example")) == ["Prøve Tak Service"]
    assert names(office.get("/customers?organizationNumber=100000008")) == ["Prøve Tak AS"]
    assert names(office.get("/customers?organizationNumber=300000002")) == ["Sammenslått Hage Holding AS"]
    assert names(office.get("/customers?isCompany=false")) == ["Per Prøve"]


def test_an_old_version_ignores_the_email(office):
    office.sim.settings.change({"version": "0.56.0"})
    assert len(office.get("/customers?email=nobody@nobody.example")) == office.sim.books.customers.count()


def test_pages_of_customers_with_an_empty_last_one(office):
    count = office.sim.books.customers.count()
    for at in range(10 - count):
        office.post("/customers", {"isCompany": True, "name": f"Nr {at}"})
    answer, seen = office.plain("GET", "/customers?limit=5&sortBy=id:desc"), []
    while 'rel="next"' in answer.headers["Link"]:
        seen.append([row["id"] for row in answer.get_json()])
        link = next(part for part in answer.headers["Link"].split(", ") if 'rel="next"' in part)
        answer = office.http.get(link.split(">")[0].strip("<"), headers=office.headers)
    assert [len(part) for part in seen] == [5, 5]
    assert answer.get_json() == []
    ids = [one for part in seen for one in part]
    assert ids == sorted(set(ids), reverse=True)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"name": "x"}, ["isCompany required"]),
        ({"isCompany": True}, ["name required"]),
        ({"isCompany": False, "name": "x"}, ["person required"]),
        ({"isCompany": True, "name": "  "}, ["name minLength"]),
        ({"isCompany": True, "name": "x", "mobilePhone": "1" * 26}, ["mobilePhone maxLength"]),
        ({"isCompany": True, "name": "x", "address": {"visit": {"countryCode": "Norway"}}},
         ["address.visit.countryCode maxLength"]),
    ],
)  # fmt: skip
def test_customers_that_are_refused(office, body, wrong):
    before = office.sim.books.customers.count()
    assert office.refused("POST", "/customers", body) == wrong
    assert office.sim.books.customers.count() == before


def test_a_person_is_named_by_its_names(office):
    row = {
        "isCompany": False,
        "name": "ignored",
        "organizationNumber": "1",
        "person": {"firstName": "Kari", "lastName": "Test"},
    }
    made = office.post("/customers", row)
    assert (made["name"], made["organizationNumber"]) == ("Kari Test", None)
    assert made["createdAt"] == "2026-11-20 12:00:00.000Z"


def test_a_change_replaces_an_address_or_mixes_it(office):
    row = {
        "isCompany": True,
        "name": "x",
        "address": {"billing": {"street": "A 1", "postalArea": "Oslo"}, "visit": {"street": "B 2"}},
    }
    key = office.post("/customers", row)["id"]
    change = {"address": {"billing": {"street": "C 3"}}}
    assert office.patch(f"/customers/{key}", change)["address"] == {
        "billing": {"street": "C 3"},
        "visit": {"street": "B 2"},
    }
    office.sim.settings.change({"patch_merges_deep": True})
    change = {"address": {"billing": {"postalArea": "Bergen"}}}
    assert office.patch(f"/customers/{key}", change)["address"]["billing"] == {
        "street": "C 3",
        "postalArea": "Bergen",
    }
    office.sim.settings.change({"street_as_list": True})
    assert office.get(f"/customers/{key}")["address"]["billing"]["street"] == ["C 3"]


def test_a_merged_customer_is_gone_and_its_orders_are_the_others(office):
    done = office.invoice()
    into = office.customer("Prøve Tak AS")
    office.person("merge_customers", id=done["customer"]["id"], into=into)
    assert office.call("GET", f"/customers/{done['customer']['id']}")[0] == 404
    assert office.get(f"/salesorders/{done['id']}")["customer"]["id"] == into
    assert office.owed(customerId=into) >= 2500
    row = {"customer": {"id": done["customer"]["id"], "name": "x"}}
    assert office.refused("POST", "/salesorders", row) == ["customer.id reference"]


def test_products_are_searched_by_patterns(office):
    key = office.product()
    for search, found in (
        ("SharefoxRental", 1),
        ("sharefoxrental", 1),
        ("Sharefox", 0),
        ("Sharefox%25", 1),
        ("%25Rental", 1),
        ("%25fox%25", 1),
    ):
        assert len(office.get(f"/products?productSearch={search}")) == found, search
    office.person("rename_product", id=key, name="Utleie")
    assert office.get("/products?productSearch=SharefoxRental") == []
    assert office.get(f"/products/{key}")["category"]["name"] == "SharefoxRental"
    assert office.refused("POST", "/products", {"name": "x"}) == ["category required"]
    assert office.refused("POST", "/products", {"name": "x", "category": {"id": 999}}) == [
        "category.id reference"
    ]
    assert office.post("/products", {"name": "x", "category": {"id": -1}}, 201)["category"]["id"] == -1


def test_the_tax_list_has_two_codes_of_25_percent_and_ids_that_are_not_numbers(office):
    rows = office.get("/taxes")
    high = [row["number"] for row in rows if row["rate"] == 25]
    assert {1, 3} <= set(high)
    assert {row["number"] for row in rows} >= {3, 31, 33, 5, 6}
    assert all(row["id"] != row["number"] for row in rows)


def test_one_token_for_one_organisation(office):
    assert office.token(client_secret="wrong") == (
        401,
        {"error": "access_denied", "error_description": "Unauthorized"},
    )
    assert office.token(login_organization="1")[0] == 403
    assert office.token(audience="")[0] == 403
    assert office.token(grant_type="password")[1]["error"] == "unsupported_grant_type"
    status, told = office.token()
    assert (status, told["token_type"], told["expires_in"]) == (200, "Bearer", 86400)
    known = office.sim.credentials()
    body = {"grant_type": "client_credentials", "client_id": known["client_id"], "client_secret": known["client_secret"],
            "audience": "https://api.24sevenoffice.com", "login_organization": known["organization_id"]}  # fmt: skip
    assert office.http.post("/oauth/token", json=body).status_code == 200
    assert office.get("/organization/information")["name"] == known["company_name"]
    assert office.call("GET", "/me")[0] == 403


def test_tokens_end(office):
    office.later(seconds=86400)
    assert office.call("GET", "/taxes")[0] == 401
    office.sign_in()
    assert office.call("GET", "/taxes")[0] == 200
    office.person("disconnect_app")
    assert office.call("GET", "/taxes")[0] == 401
    assert office.token()[0] == 403


def test_scopes_that_were_not_accepted(office):
    office.sim.settings.change(
        {"withheld_scopes": ["api.invoicing.salesorder.line:write", "api.crm.customer:write"]}
    )
    office.sign_in()
    order = office.order()["id"]
    status, said = office.call("POST", f"/salesorders/{order}/lines", {"description": "x"})
    assert (status, said["error"]["message"]) == (403, "Missing scope: api.invoicing.salesorder.line:write")
    assert office.call("DELETE", f"/customers/{office.customer()}")[0] == 403
    assert office.call("DELETE", f"/salesorders/{order}")[0] == 204


def test_too_many_calls_with_and_without_a_time(office):
    office.sim.settings.change({"minute_limit": 2})
    codes = [office.plain("GET", "/taxes") for _ in range(3)]
    assert [one.status_code for one in codes] == [200, 200, 429]
    assert codes[2].headers["Retry-After"] == "60"
    assert codes[2].headers["X-Trace-Id"] == codes[2].get_json()["trackingId"]
    office.sim.settings.change({"retry_after": False})
    assert "Retry-After" not in office.plain("GET", "/taxes").headers
    office.later(seconds=61)
    assert office.call("GET", "/taxes")[0] == 200


def test_unknown_paths_and_broken_bodies(office):
    assert office.call("GET", "/invoices")[0] == 404
    assert office.call("GET", "/customers/1")[1]["error"]["name"] == "NotFoundError"
    answer = office.http.post("/v1/customers", data=b"{", headers=office.headers)
    assert (answer.status_code, answer.get_json()["error"]["name"]) == (400, "SyntaxError")
