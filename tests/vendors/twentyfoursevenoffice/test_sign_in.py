"""Client credentials for one organisation: what is sent, which rights are there, and whose books these are."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from bridge_gui.errors import Passing, SetupError, SignInError
from bridge_gui.vendors.twentyfoursevenoffice.terms import NEEDED, login_base, scope_of
from tests.vendors.standin import said
from tests.vendors.twentyfoursevenoffice.org import ORG, SECRET, TOKEN, adapter_on
from tests.web.toys import answer

INFO = "GET /v1/organization/information"


def test_one_token_for_one_organisation(standin, books):
    company = books.company()
    assert (company.id, company.name) == ("12345", "Eksempel Utleie AS")
    (asked,) = standin.asked("POST /oauth/token")
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["client_credentials"], "client_id": ["app-1"], "client_secret": [SECRET],
        "audience": ["https://api.24sevenoffice.com"], "login_organization": ["777"],
    }  # fmt: skip
    assert SECRET not in asked.target
    assert standin.asked(INFO)[0].headers["authorization"] == "Bearer eyJ-token"
    assert len(standin.asked("POST /oauth/token")) == 1


def test_a_refused_token_is_renewed_once(standin, books):
    standin.on(INFO, answer(401, b"{}"), ORG)
    assert books.company().id == "12345"
    assert len(standin.asked("POST /oauth/token")) == 2


@pytest.mark.parametrize(("status", "code"), [(401, "sign_in"), (400, "sign_in"), (403, "not_connected")])
def test_a_refused_sign_in_says_which(standin, books, status, code):
    body = {"error": "access_denied", "error_description": "Unauthorized"}
    standin.on("POST /oauth/token", said(body, status))
    with pytest.raises(SignInError) as caught:
        books.company()
    assert caught.value.code == f"twentyfoursevenoffice.{code}"
    assert SECRET not in repr(caught.value) + str(caught.value.__dict__)


def test_a_busy_login_is_waited_for(standin, books):
    standin.on("POST /oauth/token", answer(429, b"", {"Retry-After": "7"}), TOKEN)
    assert books.company().id == "12345"
    assert 7 in standin.bench.hurry.waits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Eksempel utleie as", "name_near"),
        ("Eksempel Utleie A/S", "name_near"),
        ("Annet AS", "other_company"),
    ],
)
def test_the_company_must_be_the_one_named(standin, typed, code):
    with pytest.raises(SetupError) as caught:
        adapter_on(standin, company_name=typed).company()
    assert caught.value.code == f"twentyfoursevenoffice.{code}"
    assert caught.value.params == {"found": "Eksempel Utleie AS", "expected": typed}


def test_a_right_that_the_token_lacks_is_named(standin, books):
    has = [scope for scope in NEEDED if scope != "api.invoicing.salesorder.line:write"]
    standin.on("POST /oauth/token", TOKEN | {"scope": " ".join(has)})
    with pytest.raises(SetupError) as caught:
        books.company()
    assert caught.value.params["right"] == "api.invoicing.salesorder.line:write"


def test_rights_are_tried_by_harmless_reads_where_the_token_says_nothing(standin, books):
    standin.on("POST /oauth/token", {"access_token": "x"}).on("GET /v1/salesorders", [])
    standin.on("GET /v1/products", []).on("GET /v1/taxes", [])
    standin.on("GET /v1/paymentmethods", said({"error": {"name": "Forbidden", "message": "no"}}, 403))
    with pytest.raises(SetupError) as caught:
        books.company()
    assert caught.value.code == "twentyfoursevenoffice.missing_right"
    assert caught.value.params["right"] == "api.invoicing.paymentmethod:read"
    assert {where.split()[0] for where, _ in standin.seen if "oauth" not in where} == {"GET"}


def test_rights_by_place():
    assert scope_of("POST", "/v1/salesorders/3/lines") == "api.invoicing.salesorder.line:write"
    assert scope_of("DELETE", "/v1/salesorders/3") == "api.invoicing.salesorder:delete"
    assert scope_of("PATCH", "/v1/customers/3") == "api.crm.customer:write"
    assert scope_of("GET", "/v1/nothing") == "nothing"


def test_a_token_is_fetched_where_the_vendor_has_it():
    assert login_base("https://rest.api.24sevenoffice.com/") == "https://login.24sevenoffice.com"
    assert login_base("http://localhost:8000") == "http://localhost:8000"


def test_out_of_service(standin, books):
    standin.on(INFO, answer(503, b""))
    with pytest.raises(Passing):
        books.company()
