from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from bridge_gui.sandbox.kit import State
from tests.vendors.pipedrive.sales_at import SalesAt

BACK = "http://localhost:8766/back"


@pytest.fixture
def sales():
    made = SalesAt()
    yield made
    made.sim.state.close()


class App:
    """The customer's own app at the authorisation server."""

    def __init__(self, sales: SalesAt) -> None:
        self.sales = sales
        self.keys = sales.sim.own_app()
        packed = base64.b64encode(f"{self.keys['client_id']}:{self.keys['client_secret']}".encode()).decode()
        self.basic = {"Authorization": f"Basic {packed}"}

    def code(self, **changes: str) -> dict[str, str]:
        asked = {"client_id": self.keys["client_id"], "redirect_uri": BACK, "state": "s", **changes}
        answer = self.sales._client.get("/oauth/authorize", query_string=asked)
        assert answer.status_code == 302, answer.data
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}

    def token(self, **form: str):
        answer = self.sales._client.post("/oauth/token", data=form, headers=self.basic)
        return answer.status_code, answer.get_json()

    def tokens(self):
        form = {"grant_type": "authorization_code", "redirect_uri": BACK}
        return self.token(**form, code=self.code()["code"])[1]


def test_the_personal_token(sales):
    me = sales.get("/api/v1/users/me")
    assert (me["company_domain"], me["default_currency"], me["timezone_offset"]) == (
        "esimerkki",
        "EUR",
        "+02:00",
    )
    assert {one["app"] for one in me["access"]} == {"sales", "global"}
    assert sales.get("/v1/users/me") == me
    old = sales.headers
    sales.headers = {"x-api-token": sales.person("regenerate_token")["api_token"]}
    assert sales.get("/api/v1/users/me")["id"] == 1
    sales.headers = old
    answer = sales.plain("GET", "/api/v1/users/me")
    assert (answer.status_code, answer.headers["x-401-by-gw"]) == (401, "true")
    assert answer.get_json()["error"] == "unauthorized access"


def test_a_token_in_the_query_or_none_is_refused(sales):
    token = sales.headers.pop("x-api-token")
    assert sales.call("GET", f"/api/v1/users/me?api_token={token}")[0] == 401
    assert sales.call("GET", "/api/v2/deals")[0] == 401
    sales.headers["x-api-token"] = token
    sales.sim.settings.change({"can_use_api": False})
    assert sales.call("GET", "/api/v2/deals")[0] == 401


def test_an_admin_or_not(sales):
    sales.sim.settings.change({"admin": False})
    assert sales.get("/api/v1/users/me")["access"] == []


def test_the_own_app_from_code_to_call(sales):
    app = App(sales)
    back = app.code(state="s-7")
    assert back["state"] == "s-7"
    status, told = app.token(grant_type="authorization_code", redirect_uri=BACK, code=back["code"])
    assert (status, told["token_type"], told["expires_in"]) == (200, "Bearer", 3599)
    assert told["api_domain"] == "http://localhost"
    assert app.token(grant_type="authorization_code", redirect_uri=BACK, code=back["code"])[0] == 400
    sales.headers = {"Authorization": f"Bearer {told['access_token']}"}
    assert len(sales.get("/api/v2/deals")) == 13
    sales.later(seconds=3599)
    assert sales.call("GET", "/api/v2/deals")[0] == 401
    again = app.token(grant_type="refresh_token", refresh_token=told["refresh_token"])[1]
    assert again["refresh_token"] == told["refresh_token"]
    sales.headers = {"Authorization": f"Bearer {again['access_token']}"}
    assert sales.call("GET", "/api/v2/deals")[0] == 200
    sales.sim.expire_tokens()
    assert sales.call("GET", "/api/v2/deals")[0] == 401


def test_sixty_days_unused_end_a_refresh_token(sales):
    app = App(sales)
    token = app.tokens()["refresh_token"]
    sales.later(days=59)
    assert app.token(grant_type="refresh_token", refresh_token=token)[0] == 200
    sales.later(days=59)
    assert app.token(grant_type="refresh_token", refresh_token=token)[0] == 200
    sales.later(days=60)
    status, said = app.token(grant_type="refresh_token", refresh_token=token)
    assert (status, said["message"]) == (400, "Invalid grant: refresh_token is invalid")


def test_refusals_of_the_token_endpoint(sales):
    app = App(sales)
    assert app.token()[1]["message"] == "Missing parameter: grant_type"
    assert app.token(grant_type="x")[1]["message"] == "Unsupported grant type: grant_type is invalid"
    form = {"grant_type": "authorization_code", "redirect_uri": BACK}
    assert app.token(**form, code="x")[1]["message"] == "Invalid grant: authorization_code is invalid"
    code = app.code()["code"]
    sales.later(minutes=5)
    assert app.token(**form, code=code)[1]["message"] == "Invalid grant: authorization_code has expired"
    app.basic = {}
    assert app.token(**form, code=code)[1]["message"] == "Invalid client: cannot retrieve client credentials"
    app.basic = {"Authorization": "Basic " + base64.b64encode(b"a:b").decode()}
    assert app.token(**form, code=code)[1]["message"] == "Invalid client: client is invalid"


def test_a_slash_at_the_end_of_the_token_address_redirects(sales):
    answer = sales._client.post("/oauth/token/", data={"grant_type": "refresh_token"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "/oauth/token")


def test_one_callback_and_a_person_who_says_no(sales):
    sales.sim.settings.change({"callback": "http://localhost:1/x"})
    answer = sales._client.get("/oauth/authorize", query_string={"client_id": "x", "redirect_uri": BACK})
    assert answer.status_code == 400
    sales.sim.settings.change({"callback": BACK, "grants": False})
    assert App(sales).code() == {"error": "access_denied", "state": "s"}


def test_scopes_are_the_apps(sales):
    sales.sim.settings.change({"scopes": ["base", "deals:read"]})
    sales.headers = {"Authorization": f"Bearer {App(sales).tokens()['access_token']}"}
    assert sales.call("GET", "/api/v2/deals")[0] == 200
    assert sales.call("GET", "/api/v1/users/me")[0] == 200
    assert sales.call("GET", "/api/v2/persons")[0] == 403
    assert sales.call("POST", "/api/v1/notes", {"deal_id": 1, "content": "x"})[0] == 403


def test_revoking_and_uninstalling(sales):
    app = App(sales)
    told = app.tokens()
    sales.headers = {"Authorization": f"Bearer {told['access_token']}"}
    form = {"token": told["refresh_token"], "token_type_hint": "refresh_token"}
    assert sales._client.post("/oauth/revoke", data=form, headers=app.basic).status_code == 200
    assert sales.call("GET", "/api/v2/deals")[0] == 401
    assert app.token(grant_type="refresh_token", refresh_token=told["refresh_token"])[0] == 400


def test_sign_in_outlives_a_restart(tmp_path):
    first = SalesAt(State(tmp_path / "p.db"))
    token = App(first).tokens()["access_token"]
    first.sim.state.close()
    second = SalesAt(State(tmp_path / "p.db"))
    second.headers = {"Authorization": f"Bearer {token}"}
    assert len(second.get("/api/v2/deals")) == 13
    second.sim.state.close()
