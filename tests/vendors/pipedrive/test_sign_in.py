"""Signing in with the customer's own app, and which of the two ways is asked about."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from bridge_gui.errors import SignInError
from bridge_gui.store.rows import ConnectionRow
from bridge_gui.sync.form import Form
from bridge_gui.sync.opener import Opener
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.specs import BridgeSpec
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.pipedrive import SPEC
from bridge_gui.vendors.pipedrive.terms import PRODUCTION, REDIRECT
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.oauth.flow import SignInFlow
from bridge_gui.web.oauth.grant import Grant
from bridge_gui.web.waiting import SystemClock
from tests.vendors.pipedrive.crm import ME, V1, adapter_on
from tests.vendors.standin import said

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOKENS = {
    "access_token": "access-1", "token_type": "Bearer", "refresh_token": "1:1:fresh", "scope": "base,deals:full",
    "expires_in": 3599, "api_domain": "https://esimerkki.pipedrive.com",
}  # fmt: skip
APP = {"way": "app", "client_id": "abc123", "client_secret": "very-secret"}
DOOR = "POST /oauth/token"


def grant(refresh="1:1:old"):
    return Grant(session="s", refresh=refresh, at=NOW).dump()


def form_of(received):
    return {key: values[0] for key, values in parse_qs(received.body.decode()).items()}


def test_the_terms_are_pipedrives():
    terms = SPEC.oauth(PRODUCTION, APP)
    assert terms.authorize == "https://oauth.pipedrive.com/oauth/authorize"
    assert terms.token == "https://oauth.pipedrive.com/oauth/token"
    assert (terms.pkce, terms.basic, terms.scopes, terms.redirects) == (False, True, (), (REDIRECT,))


def test_a_sign_in_from_the_page_to_the_grant(standin):
    standin.on(DOOR, TOKENS)
    with SignInFlow(SPEC.oauth(standin.toy.base, APP), secret="very-secret", vendor="Pipedrive") as flow:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(flow.address).query).items()}
        assert set(asked) == {"response_type", "client_id", "redirect_uri", "state"}
        assert flow.offer(f"{REDIRECT}?{urlencode({'code': 'c-1', 'state': asked['state']})}") is None
        signed = flow.wait(standin.bench.wire)
    assert (signed.grant.refresh, signed.tokens.access_token) == ("1:1:fresh", "access-1")
    (sent,) = standin.asked(DOOR)
    assert form_of(sent) == {"grant_type": "authorization_code", "code": "c-1", "redirect_uri": REDIRECT}
    assert sent.headers["authorization"] == "Basic " + base64.b64encode(b"abc123:very-secret").decode()


def test_calls_bear_the_access_token_and_a_stale_one_is_renewed_once(standin):
    standin.on(DOOR, TOKENS, TOKENS | {"access_token": "access-2", "refresh_token": "1:1:fresher"})
    standin.on(
        f"GET {V1}/users/me", said({"success": False, "error": "unauthorized access"}, 401), {"data": ME}
    )
    assert adapter_on(standin, **APP, sign_in=grant()).company().name == "Esimerkki Oy"
    assert form_of(standin.asked(DOOR)[0])["refresh_token"] == "1:1:old"
    bearers = [sent.headers["authorization"] for sent in standin.asked(f"GET {V1}/users/me")]
    assert bearers == ["Bearer access-1", "Bearer access-2"]
    assert all("x-api-token" not in sent.headers for _, sent in standin.seen)


def test_an_ended_sign_in_is_said(standin):
    ended = {"success": False, "message": "Invalid grant: refresh_token is invalid", "error": "invalid_grant"}
    standin.on(DOOR, said(ended, 400))
    with pytest.raises(SignInError) as caught:
        adapter_on(standin, **APP, sign_in=grant()).company()
    assert caught.value.code == "oauth.ended"


REGISTRY = Registry(
    [SPEC, PAYDAY],
    [BridgeSpec(key="b", title="B", sales="pipedrive", books="payday", settings=(), pages=(), open=lambda c: c, steps=tuple)],
)  # fmt: skip


@pytest.mark.parametrize(
    ("way", "asked"),
    [("", {"domain", "api_token"}), ("token", {"domain", "api_token"}), ("app", {"domain", "client_id", "client_secret", "sign_in"})],
)  # fmt: skip
def test_only_the_questions_of_the_chosen_way_must_be_answered(way, asked):
    form = Form(REGISTRY, "b")
    if way:
        form.answer("pipedrive.way", way)
    assert {place.partition(".")[2] for place in form.missing() if place.startswith("pipedrive.")} == asked


@pytest.mark.parametrize(
    ("values", "kept"), [({}, {"api_token"}), ({"way": "token"}, {"api_token"}), ({"way": "app"}, {"client_secret", "sign_in"})]
)  # fmt: skip
def test_a_connection_needs_the_secrets_of_its_way_only(standin, values, kept):
    keychain = MemoryKeychain()
    for key in kept:
        keychain.set("x.pipedrive", key, f"secret of {key}")
    opener = Opener(REGISTRY, lambda: keychain, SystemClock())
    given = {"domain": "esimerkki", "client_id": "abc", **values}
    row = ConnectionRow(id=1, name="x.pipedrive", vendor="pipedrive", endpoint=standin.toy.base, values=given)
    assert opener.connection(row, _Job(standin)).scope.startswith("pd-")


class _Job:
    def __init__(self, standin):
        self.cancel, self.meter, self.ending = standin.bench.hurry, standin.bench.meter, self

    def callback(self, _close):
        """Nothing was opened."""
