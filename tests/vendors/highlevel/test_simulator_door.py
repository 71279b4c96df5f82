from __future__ import annotations

import pytest

from tests.vendors.highlevel.highlevel_at import HighLevelAt


@pytest.fixture
def crm():
    made = HighLevelAt()
    yield made
    made.sim.state.close()


def said(crm, method="GET", path="", **headers):
    status, body = crm.call(method, path or f"/locations/{crm.place}", **headers)
    return status, body["message"] if isinstance(body, dict) else body


@pytest.mark.parametrize("agent", ["python-requests/2.32.3", "Python-urllib/3.11", ""])
def test_stock_agents_are_refused_by_the_firewall(crm, agent):
    answer = crm.plain("GET", f"/locations/{crm.place}", **{"User-Agent": agent})
    assert answer.status_code == 403
    assert answer.content_type.startswith("text/html")
    assert b"1010" in answer.data
    assert "X-RateLimit-Max" not in answer.headers


def test_a_version_is_needed(crm):
    assert said(crm, Version="2020-01-01") == (401, "version header is invalid")
    assert said(crm, Version="") == (401, "version header was not found.")
    for version in ("2021-04-15", "v3", "2023-02-21"):
        assert crm.call("GET", f"/locations/{crm.place}", Version=version)[0] == 200


def test_the_token(crm):
    good = crm.headers["Authorization"]
    assert said(crm, Authorization="Bearer pit-wrong") == (401, "Invalid Private Integration token")
    assert said(crm, Authorization=good + " x")[0] == 401
    crm.person("rotate_token")
    assert said(crm)[0] == 401
    crm.headers["Authorization"] = f"Bearer {crm.sim.credentials()['token']}"
    assert crm.call("GET", f"/locations/{crm.place}")[0] == 200


def test_the_location(crm):
    other = "AnotherLocation00001"
    assert said(crm, path=f"/locations/{other}") == (401, "This location is not accessible from this token!")
    no_access = (403, "The token does not have access to this location.")
    assert said(crm, path=f"/payments/transactions?altId={other}&altType=location") == no_access
    assert said(crm, path=f"/workflows/?locationId={other}") == no_access
    status, body = crm.call("POST", "/contacts/search", {"locationId": other})
    assert (status, body["error"]) == (403, "Forbidden")
    assert crm.call("POST", "/contacts/search", {})[0] == 403
    assert crm.call("GET", "/payments/transactions")[1]["message"] == [
        "altId should not be empty",
        "altType must be one of the following values: location",
    ]
    assert crm.call("GET", f"/payments/orders?altId={crm.place}")[0] == 200  # the type may be missing


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("contacts.readonly", "POST", "/contacts/search"),
        ("contacts.write", "POST", "/contacts/"),
        ("payments/transactions.readonly", "GET", "/payments/transactions"),
        ("payments/orders.readonly", "GET", "/payments/orders"),
        ("invoices.readonly", "GET", "/invoices/"),
        ("invoices.write", "POST", "/invoices/x/void"),
        ("locations.readonly", "GET", "/locations/{}"),
        ("locations/tags.readonly", "GET", "/locations/{}/tags"),
        ("workflows.readonly", "GET", "/workflows/"),
        ("conversations/message.write", "POST", "/conversations/messages"),
    ],
)
def test_scopes_open_one_by_one(crm, scope, method, path):
    held = crm.sim.settings["scopes"]
    where = path.format(crm.place)
    crm.sim.settings.change({"scopes": [one for one in held if one != scope]})
    assert said(crm, method, where) == (401, "The token is not authorized for this scope.")
    crm.sim.settings.change({"scopes": held})
    assert crm.call(method, where)[1] != "The token is not authorized for this scope."


def test_there_is_no_review_request(crm):
    assert said(crm, "POST", "/reputation/review-requests") == (
        401,
        "The token is not authorized for this scope.",
    )


def test_burst_and_day(crm):
    crm.sim.settings.change({"burst_limit": 3, "day_limit": 5})
    where = f"/locations/{crm.place}"
    answers = [crm.plain("GET", where) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [one.headers["X-RateLimit-Remaining"] for one in answers] == ["2", "1", "0", "0"]
    assert answers[0].headers["X-RateLimit-Daily-Remaining"] == "4"
    assert answers[0].headers["X-RateLimit-Interval-Milliseconds"] == "10000"
    assert "Retry-After" not in answers[3].headers
    assert answers[3].get_json() == {"statusCode": 429, "message": "Too Many Requests"}
    crm.later(seconds=11)
    answers = [crm.plain("GET", where) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["X-RateLimit-Daily-Remaining"] == "0"
    assert int(answers[2].headers["X-RateLimit-Daily-Reset"]) <= 12 * 3600
    crm.later(hours=12)
    assert crm.plain("GET", where).status_code == 200


def test_an_unknown_path(crm):
    status, body = crm.call("GET", "/nowhere")
    assert (status, body["statusCode"], body["message"]) == (404, 404, "Cannot GET /nowhere")
