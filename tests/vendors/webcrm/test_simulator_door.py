from __future__ import annotations

import base64

import pytest

from bridge_gui.sandbox.kit import State
from tests.vendors.webcrm.webcrm_at import USERS, WebcrmAt


@pytest.fixture
def crm():
    made = WebcrmAt()
    yield made
    made.sim.state.close()


def test_signing_in_gives_a_token_of_an_hour(crm):
    said = crm.login()
    assert (said["TokenType"], said["ExpiresIn"], said["IsError"]) == ("Bearer", 3600, False)
    assert crm.get("/Auth")
    crm.later(minutes=59, seconds=59)
    assert crm.call("GET", "/Organisations")[0] == 200
    crm.later(seconds=1)
    assert crm.refused("GET", "/Organisations", status=401) == "The token is expired."


def test_a_wrong_application_token_is_an_error_inside_a_200(crm):
    said = crm.login("not-it")
    assert (said["IsError"], said["AccessToken"]) == (True, None)
    crm.sim.settings.change({"login_refusal": 401})
    answer = crm._client.post("/Auth/ApiLogin", data={"authCode": "x"})
    assert answer.status_code == 401
    query = crm._client.post(f"/Auth/ApiLogin?authCode={crm.sim.credentials()['token']}")
    assert query.status_code == 401  # a form field it must be, not the address


def test_a_form_may_be_of_either_kind(crm):
    code = {"authCode": crm.sim.credentials()["token"]}
    for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        answer = crm._client.post("/Auth/ApiLogin", data=code, content_type=kind)
        assert b'"IsError":false' in answer.data
    assert b'"IsError":true' in crm._client.post("/Auth/ApiLogin", json=code).data


@pytest.mark.parametrize("told", ["", "Bearer", "Bearer x", "Basic {}", "{}"])
def test_nobody_comes_in_without_a_token(crm, told):
    basic = base64.b64encode(b"a:b").decode()
    status, said = crm.call("GET", "/Organisations", Authorization=told.format(basic))
    assert (status, said["Type"]) == (401, "UnauthorizedException")


def test_a_refresh_token_serves_once(crm):
    first = crm.login()
    header = {"refreshToken": first["RefreshToken"]}
    second = crm._client.post("/Auth/ApiRefresh", headers=header).get_json(force=True)
    assert second["AccessToken"] != first["AccessToken"]
    assert second["RefreshToken"] != first["RefreshToken"]
    again = crm._client.post("/Auth/ApiRefresh", headers=header).get_json(force=True)
    assert again["IsError"]
    crm.sim.settings.change({"rotate_refresh": False})
    header = {"refreshToken": second["RefreshToken"]}
    kept = [crm._client.post("/Auth/ApiRefresh", headers=header).get_json(force=True) for _ in "ab"]
    assert {one["RefreshToken"] for one in kept} == {second["RefreshToken"]}


def test_250_calls_a_sliding_minute(crm):
    crm.sim.settings.change({"minute_quota": 250})
    crm.later(minutes=2)
    for at in range(250):
        assert crm.call("GET", f"{USERS}/1")[0] == 200, at
        crm.later(seconds=0.1)
    answer = crm.plain("GET", f"{USERS}/1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "35")
    said = answer.get_json()
    assert (said["RetryAfterSeconds"], said["Type"]) == (35, "TooManyRequestsException")
    crm.later(seconds=35)
    assert crm.call("GET", f"{USERS}/1")[0] == 200
    crm.later(seconds=0.1)  # the window slides: a call of a minute ago makes room for one
    assert [crm.call("GET", f"{USERS}/1")[0] for _ in range(2)] == [200, 429]


def test_rights_are_cut_by_area(crm):
    crm.sim.settings.change({"rights": {"Organisations": "read", "Users": "none"}})
    assert crm.call("GET", "/Organisations")[0] == 200
    crm.refused("PUT", "/Organisations/1", {"OrganisationId": 1}, status=403)
    crm.refused("GET", "/Users", status=403)
    assert crm.call("GET", "/Persons")[0] == 200
    assert crm.query("SELECT * FROM Organisation")
    crm.sim.settings.change({"rights": {"Organisations": "none", "Users": "none"}})
    crm.refused("GET", "/Queries?script=SELECT * FROM Organisation", status=403)
    crm.sim.settings.change({"no_right_status": 401})
    crm.refused("GET", "/Users", status=401)


def test_what_is_not_asked_for_as_json_is_called_text(crm):
    assert crm.plain("GET", f"{USERS}/1").content_type == "application/json"
    told = crm.plain("GET", f"{USERS}/1", Accept="*/*")
    assert told.content_type == "text/plain; charset=utf-8"
    assert b'"UserId":1' in told.data


def test_a_new_application_token_ends_the_old_one(crm):
    old = crm.sim.credentials()["token"]
    fresh = crm.person("rotate_token")["token"]
    assert crm.call("GET", "/Users")[0] == 401
    assert crm.login(old)["IsError"]
    assert not crm.login(fresh)["IsError"]


def test_the_token_faults_of_the_kit_work(crm):
    crm.control("faults", {"kind": "expire_token"})
    assert crm.call("GET", "/Users")[0] == 401
    crm.token = crm.login()["AccessToken"]
    assert crm.call("GET", "/Users")[0] == 200


def test_tokens_outlive_a_restart_and_are_not_kept_as_they_are(tmp_path):
    first = WebcrmAt(State(tmp_path / "webcrm.db"))
    token = first.token
    first.sim.state.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert token.encode() not in kept
    second = WebcrmAt(State(tmp_path / "webcrm.db"))
    second.token = token
    assert second.call("GET", "/Organisations/1")[0] == 200
    second.sim.state.close()


def test_strange_paths_and_methods(crm):
    crm.refused("GET", "/Nowhere", status=404)
    for path in ("/Organisations/1", "/Persons/1", "/Deliveries/1"):
        crm.refused("DELETE", path, status=405)  # QUIRK: none of them can be deleted
    crm.refused("GET", "/Organisations/4711", status=404)
