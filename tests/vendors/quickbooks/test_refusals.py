"""What QuickBooks says no with, in both spellings; who may sign in where; and what the schemas hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bridge_gui.errors import BridgeError, Passing, Refused, SetupError, SignInError
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.quickbooks import SPEC
from bridge_gui.vendors.quickbooks.adapter import QuickBooksAdapter
from bridge_gui.vendors.quickbooks.terms import PRODUCTION, SANDBOX, terms
from bridge_gui.web.oauth.tokens import TokenDoor
from tests.vendors.quickbooks.company import API, REALM, fault, invoice, sale
from tests.vendors.quickbooks.xsd import Schemas
from tests.vendors.standin import Standin, plain, said

POST = f"POST {API}/invoice"
INFO = f"GET {API}/companyinfo/{REALM}"


def lower(code, detail, kind="AUTHENTICATION"):
    """As the gateway spells it."""
    error = {"message": f"message=No; errorCode={code}", "detail": detail, "code": code, "element": None}
    return {
        "warnings": None,
        "intuitObject": None,
        "fault": {"error": [error], "type": kind},
        "queryResponse": None,
    }


@pytest.mark.parametrize(
    ("code", "detail", "expected"),
    [
        (
            "6210",
            "The account period has closed and the account books cannot be updated",
            "quickbooks.closed",
        ),
        ("6200", "The books are closed. Enter the closing date password.", "quickbooks.closed_password"),
        ("6240", "The name supplied already exists. : null", "quickbooks.name_taken"),
        ("6140", "Ce numéro est pris", "quickbooks.number_taken"),
        ("6070", "Amount is not equal to UnitPrice * Qty", "quickbooks.amount"),
        ("6540", "The deposited transaction cannot be changed", "quickbooks.deposited"),
        (
            "2500",
            "Invalid Reference Id : Something you're trying to use has been made inactive",
            "quickbooks.inactive",
        ),
        (
            "6000",
            "Make sure all your transactions have a VAT rate before you save.",
            "quickbooks.tax_missing",
        ),
        (
            "6000",
            "Make sure all your transactions have a GST/HST rate before you save.",
            "quickbooks.tax_missing",
        ),
        ("6000", "You must set a transaction amount.", "quickbooks.amount"),
        ("6000", "The currency of the transaction is not the customer's", "quickbooks.currency"),
        ("6000", "Assurez-vous que tout va bien", "quickbooks.refused"),
        ("2050", "String length is either shorter or longer than supported", "quickbooks.refused"),
    ],
)
def test_one_document_is_refused(org, books, code, detail, expected):
    org.rows["Customer"] = [{"Id": "58"}]
    for body in (fault(code, detail), lower(f"00{code}", detail, "ValidationFault")):
        org.on(POST, said(body, 400))
        (told,) = books.make_sales([sale()], "k")
        assert isinstance(told, Refused)
        assert told.code == expected
        org.on(POST, said(body))  # inside a 200
        assert books.make_sales([sale()], "k")[0].code == expected


@pytest.mark.parametrize(
    ("act", "kind", "code"),
    [
        (said(lower("3200", "Token expired"), 401), SignInError, "quickbooks.disconnected"),
        (said(lower("003200", "Malformed bearer token"), 401), SignInError, "quickbooks.disconnected"),
        (said(lower("3100", "ApplicationAuthorizationFailed"), 403), SetupError, "quickbooks.not_allowed"),
        (said(fault("120", "--11014-You do not have access"), 401), SetupError, "quickbooks.not_allowed"),
        (said(fault("6190", "subscription ended"), 400), SetupError, "quickbooks.subscription"),
        (plain("no", 403), SetupError, "quickbooks.not_allowed"),
        (said(lower("3001", "CorePlus quota used up"), 429), Passing, "quickbooks.reads_spent"),
    ],
)
def test_nothing_goes_until_somebody_has_seen_to_it(org, books, act, kind, code):
    org.on(POST, act)
    with pytest.raises(kind) as caught:
        books.make_sales([sale()], "k")
    assert caught.value.code == code


def test_an_old_token_is_renewed_once(org, books):
    org.on(POST, said(lower("3200", "Token expired"), 401), {"Invoice": invoice()})
    books.make_sales([sale()], "k")
    assert [one.headers["authorization"] for one in org.asked(POST)] == ["Bearer a1", "Bearer a2"]


def test_too_many_calls_are_waited_for(org, books):
    org.on(POST, said(lower("003001", "ThrottleExceeded", "SERVICE"), 429), {"Invoice": invoice()})
    assert books.make_sales([sale()], "k")[0].ref.id == "145"
    assert {one["requestid"] for one in org.queries(POST)} == {"k"}
    assert len(org.asked(POST)) == 2


def test_where_the_answer_of_the_sign_in_comes():
    own, tried = terms(PRODUCTION, {"client_id": " id "}), terms(SANDBOX, {})
    assert own.client_id == "id"
    assert own.redirects == ("https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl",)
    assert tried.redirects == ("http://localhost:8780/callback",)
    assert own.authorize == tried.authorize == "https://appcenter.intuit.com/connect/oauth2"
    assert (own.pkce, own.basic, own.scopes) == (False, True, ("com.intuit.quickbooks.accounting",))


def opened(one, grant, **values):
    wire = one.bench.wire
    secrets = {"sign_in": json.dumps(grant), "client_secret": "shh"}
    context = ConnectionContext(
        name="books.quickbooks", endpoint=one.toy.base, values={"client_id": "id", **values}, clock=wire.clock, wire=wire,
        secret=secrets.__getitem__, store_secret=secrets.__setitem__,
    )  # fmt: skip
    adapter = SPEC.open(context)
    assert isinstance(adapter, QuickBooksAdapter)
    return adapter, secrets


GRANT = {"session": "s", "refresh": "AB11old", "at": "2026-11-20T00:00:00Z", "extra": {"realmId": REALM}}
TOKEN, REVOKE = "POST /oauth2/v1/tokens/bearer", "POST /v2/oauth2/tokens/revoke"


named = said({"CompanyInfo": {"CompanyName": "Example"}})


def test_a_renewed_value_is_kept_before_it_is_used():
    one = Standin()
    adapter, secrets = opened(one, GRANT)
    one.on(
        TOKEN,
        {
            "token_type": "bearer",
            "access_token": "eyJ",
            "expires_in": 3600,
            "refresh_token": "AB11new",
            "x_refresh_token_expires_in": 8726400,
        },
    )
    kept = []
    one.on(INFO, lambda sock, received: (kept.append(secrets["sign_in"]), named(sock, received))[1])
    assert adapter.company().name == "Example"
    assert [json.loads(text)["refresh"] for text in kept] == ["AB11new"]
    (asked,) = one.asked(TOKEN)
    assert asked.headers["authorization"].startswith("Basic ")
    assert asked.body == b"grant_type=refresh_token&refresh_token=AB11old"
    one.close()


def test_which_company_the_sign_in_leads_to():
    one = Standin()
    for grant, values, code in (
        (GRANT, {"realm": "1"}, "quickbooks.other_company"),
        ({**GRANT, "extra": {}}, {}, "quickbooks.no_company"),
        ({**GRANT, "extra": {"realmId": "../x"}}, {}, "quickbooks.no_company"),
    ):
        with pytest.raises(BridgeError) as caught:
            opened(one, grant, **values)[0].company()
        assert caught.value.code == code
    assert opened(one, {**GRANT, "extra": {}})[0].companies() == ()
    assert not one.seen
    one.close()


def test_leaving_revokes_in_intuits_own_form():
    one = Standin()
    one.on(REVOKE, plain("", 200))
    opened(one, GRANT)[0].leave_company()
    (asked,) = one.asked(REVOKE)
    assert json.loads(asked.body) == {"token": "AB11old"}
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["authorization"].startswith("Basic ")
    one.on(REVOKE, said({"error": "invalid_grant"}, 400))
    opened(one, GRANT)[0].leave_company()
    one.close()


def test_no_secret_is_in_a_repr():
    one = Standin()
    adapter, _ = opened(one, GRANT)
    door = TokenDoor(terms(one.toy.base, {}), "shh", one.bench.wire, "QuickBooks")
    assert "shh" not in repr(door) + repr(adapter._client)
    one.close()


@pytest.mark.skipif(not os.environ.get("BRIDGE_SPECS"), reason="needs the vendors' documents")
def test_the_schemas_would_object():
    schemas = Schemas(Path(os.environ["BRIDGE_SPECS"]))
    wrong = {
        "Nonsense": 1, "TotalAmt": "12", "TxnDate": "20.11.2026", "Line": {}, "EmailStatus": "Maybe", "CustomerRef": "58",
    }  # fmt: skip
    told = " ".join(schemas.wrong("Invoice", wrong))
    assert all(name in told for name in wrong)
    assert schemas.wrong("BatchItemRequest", {"bId": "1", "operation": "creat", "Invoice": {"X": 1}}) != []
