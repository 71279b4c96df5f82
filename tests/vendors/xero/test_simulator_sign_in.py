from __future__ import annotations

import base64
import json

import pytest

from bridge_gui.sandbox.kit import Cut, Fault, Match, State
from tests.vendors.xero.xero_at import BACK, SCOPES, XeroAt, challenge


@pytest.fixture
def xero():
    made = XeroAt()
    yield made
    made.sim.state.close()


def test_a_code_comes_back_with_the_state_and_works_once(xero):
    back = xero.code(state="s-1")
    assert (back["state"], back["scope"]) == ("s-1", SCOPES)
    status, tokens = xero.exchange(back["code"])
    assert (status, tokens["expires_in"], tokens["token_type"]) == (200, 1800, "Bearer")
    assert xero.exchange(back["code"]) == (400, {"error": "invalid_grant"})


def test_the_access_token_says_who_and_what(xero):
    part = xero.tokens["access_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert set(claims) >= {"xero_userid", "authentication_event_id", "scope"}
    event = claims["authentication_event_id"]
    assert len(xero.plain("GET", f"/connections?authEventId={event}").get_json()) == 1
    assert (
        xero.plain("GET", f"/connections?authEventId={'0' * 8}-0000-0000-0000-000000000000").get_json() == []
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": "v" * 42},
        {"redirect_uri": "http://localhost:9/other"},
    ],
)
def test_a_wrong_exchange_is_refused(xero, changes):
    assert xero.exchange(xero.code()["code"], **changes)[1] == {"error": "invalid_grant"}


def test_a_code_is_spent_by_a_wrong_exchange(xero):
    code = xero.code()["code"]
    assert xero.exchange(code, code_verifier="w" * 64)[0] == 400
    assert xero.exchange(code) == (400, {"error": "invalid_grant"})
    assert xero.exchange("nonsense") == (400, {"error": "invalid_grant"})


def test_a_short_verifier_is_refused_even_when_it_fits(xero):
    back = xero.code(code_challenge=challenge("v" * 42))
    assert xero.exchange(back["code"], code_verifier="v" * 42) == (400, {"error": "invalid_grant"})


def test_a_code_lasts_five_minutes(xero):
    code = xero.code()["code"]
    xero.later(minutes=5)
    assert xero.exchange(code) == (400, {"error": "invalid_grant"})


def test_what_authorising_does_not_take(xero):
    assert xero.authorize(redirect_uri="http://127.0.0.1:8765/callback").status_code == 400
    assert xero.authorize(client_id="F" * 32).status_code == 400
    assert xero.code(scope="openid accounting.transactions")["error"] == "invalid_scope"
    assert xero.code(code_challenge_method="plain")["error"] == "invalid_request"
    xero.sim.settings.change({"redirect_uris": ["http://localhost:1/x"]})
    assert xero.authorize().status_code == 400
    xero.sim.settings.change({"redirect_uris": [BACK], "grants": False})
    assert xero.code() == {"error": "access_denied", "state": "abc"}


def test_refreshing_rotates_and_the_one_before_has_thirty_minutes(xero):
    old = xero.tokens["refresh_token"]
    first = xero.refresh(old)[1]
    assert first["refresh_token"] != old
    xero.later(minutes=29)
    assert xero.refresh(old)[0] == 200  # the answer was lost: once more
    xero.later(minutes=2)
    assert xero.refresh(old) == (400, {"error": "invalid_grant"})
    assert xero.refresh(first["refresh_token"])[0] == 200


def test_the_answer_of_a_refresh_may_be_lost(xero):
    old = xero.tokens["refresh_token"]
    xero.sim.faults.arm(Fault(kind="cut_after", match=Match(path_prefix="/connect/token")))
    with pytest.raises(Cut):
        xero.refresh(old)
    assert xero.refresh(old)[0] == 200


def test_sixty_days_of_disuse_end_it(xero):
    token = xero.tokens["refresh_token"]
    xero.later(days=60)
    assert xero.refresh(token) == (400, {"error": "invalid_grant"})
    assert xero.token(grant_type="refresh_token", refresh_token=token, client_id="x")[1] == {
        "error": "unauthorized_client"
    }


def test_an_access_token_ends_after_thirty_minutes(xero):
    xero.later(minutes=30)
    status, said = xero.call("GET", "/Organisation")
    assert (status, said["Title"], said["Status"]) == (401, "Unauthorized", 401)
    assert said["Detail"] == "TokenExpired: token expired at 11/20/2026 12:30:00"
    xero.headers["Authorization"] = f"Bearer {xero.refresh(xero.tokens['refresh_token'])[1]['access_token']}"
    assert xero.get("/Organisation")["Organisations"][0]["ShortCode"].startswith("!")


def test_tokens_can_be_expired_on_demand(xero):
    xero.sim.expire_tokens()
    assert xero.call("GET", "/Organisation")[0] == 401
    assert xero.refresh(xero.tokens["refresh_token"])[0] == 200


def test_a_scope_that_was_not_granted_is_a_401(xero):
    xero.sign_in(scope="openid offline_access accounting.invoices.read accounting.contacts")
    assert xero.call("GET", "/Invoices")[0] == 200
    status, said = xero.call("POST", "/Invoices", {"Invoices": [{}]})
    assert (status, said["Detail"]) == (401, "AuthorizationUnsuccessful")
    assert xero.call("GET", "/Organisation")[1]["Detail"] == "AuthorizationUnsuccessful"


def test_the_wrong_tenant_is_a_403(xero):
    status, said = xero.call("GET", "/Organisation", **{"xero-tenant-id": "someone"})
    assert (status, said["Title"], said["Detail"]) == (403, "Forbidden", "AuthenticationUnsuccessful")


def test_disconnected_by_a_person_refreshing_works_and_calls_are_a_403(xero):
    xero.person("disconnect_app")
    assert xero.refresh(xero.tokens["refresh_token"])[0] == 200
    assert xero.call("GET", "/Organisation")[0] == 403
    assert xero.plain("GET", "/connections").get_json() == []
    xero.sign_in()
    assert xero.call("GET", "/Organisation")[0] == 200


def test_disconnecting_and_revoking(xero):
    key = xero.plain("GET", "/connections").get_json()[0]["id"]
    assert xero.plain("DELETE", f"/connections/{key}").status_code == 204
    assert xero.plain("DELETE", f"/connections/{key}").status_code == 404
    xero.sign_in()
    token = xero.tokens["refresh_token"]
    answer = xero._client.post("/connect/revocation", data={"token": token})
    assert (answer.status_code, answer.data) == (200, b"")
    assert xero.refresh(token) == (400, {"error": "invalid_grant"})
    assert xero.call("GET", "/Organisation")[0] == 401


def test_discovery_names_the_three_addresses(xero):
    told = xero.plain("GET", "/.well-known/openid-configuration").get_json()
    assert told["token_endpoint"].endswith("/connect/token")
    assert told["code_challenge_methods_supported"] == ["S256"]


def test_a_sign_in_outlives_a_restart(tmp_path):
    first = XeroAt(State(tmp_path / "xero.db"))
    headers = dict(first.headers)
    made = first.invoice(Reference="kept")
    first.sim.state.close()
    second = XeroAt(State(tmp_path / "xero.db"))
    second.headers = headers
    assert second.get(f"/Invoices/{made['InvoiceID']}")["Invoices"][0]["Reference"] == "kept"
    assert second.invoice()["InvoiceNumber"] == "INV-0004"
    second.sim.state.close()
