from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bridge_gui.sandbox.host import Host
from bridge_gui.sandbox.kit import graphql_label
from bridge_gui.sandbox.requests_log import RequestLog, plain_label
from tests.sandbox.toy import Client, Toy


def now() -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def host():
    with Host({"toy": Toy}, now=now) as made:
        yield made


@pytest.fixture
def client(host):
    with Client(host.addresses["toy"]) as made:
        yield made


def test_a_refusal_leaves_nothing_behind(client):
    assert client.call("POST", "/things", {"name": "a", "refused": "yes"}) == (400, {"message": "no"})
    assert [thing["id"] for thing in client.get("/_sandbox/state/things")] == ["first"]


def test_a_refusal_in_part_keeps_its_part(client):
    assert client.call("POST", "/things", {"name": "a", "refused": "in part"})[0] == 400
    assert [thing["id"] for thing in client.get("/_sandbox/state/things")] == ["first", "1"]


@pytest.mark.logs_errors
def test_a_simulators_own_mistake_is_a_500_and_undone(client):
    assert client.call("POST", "/bad", {})[0] == 500
    assert [thing["id"] for thing in client.get("/_sandbox/state/things")] == ["first"]


def test_unknown_paths_and_methods(client):
    assert client.call("GET", "/nothing") == (404, "")
    assert client.call("PATCH", "/things", {}) == (405, "")


def test_letters_travel_as_they_are(client):
    status, text = client.raw("GET", "/things")
    assert status == 200
    assert "Þröstur".encode() in text


def test_requests_are_counted_and_shown_without_secrets(client):
    client.post("/things", {"name": "a", "clientSecret": "hush", "inner": [{"password": "hush"}]})
    client.get("/things?page=2")
    client.get("/nothing/0d000000-0000-4000-8000-000000010443/7")
    told = client.get("/_sandbox/requests?last=3")
    assert told["counts"] == {"POST /things": 1, "GET /things": 1, "GET /nothing/{id}/{id}": 1}
    assert told["total"] == 3
    assert [one["status"] for one in told["last"]] == [200, 200, 404]
    assert told["last"][0]["body"] == {"name": "a", "clientSecret": "***", "inner": [{"password": "***"}]}
    assert "hush" not in str(told)
    client.call("DELETE", "/_sandbox/requests")
    assert client.get("/_sandbox/requests")["total"] == 0


def test_graphql_requests_are_counted_by_name():
    log = RequestLog(graphql_label)
    log.note("POST", "/", "", b'{"query":"query  Orders($a: Int) { x }"}')
    log.note("POST", "/", "", b'{"query": "{ x }"}')
    assert log.shown(0)["counts"] == {"POST / Orders": 1, "POST /": 1}
    assert plain_label("/a/12/b", b"") == "/a/{id}/b"


def test_settings_are_named_and_remembered(client):
    assert client.post("/_sandbox/settings", {"lag": 60}) == {"lag": 60}
    status, said = client.call("POST", "/_sandbox/settings", {"leg": 60, "lag": 1})
    assert status == 400
    assert "leg" in said["error"]
    assert client.get("/_sandbox/settings") == {"lag": 60}


def test_the_clock_is_moved_and_stopped(client):
    assert client.get("/_sandbox/clock") == {"now": "2026-11-20T12:00:00+00:00"}
    moved = client.post("/_sandbox/clock", {"now": "2027-01-01T00:00:00Z", "frozen": True})
    assert moved == {"now": "2027-01-01T00:00:00+00:00"}


def test_trade_goes_on_by_days_and_to_a_day_never_back(host, client):
    assert client.get("/_sandbox/")["traded_until"] == "2026-11-19"
    assert client.post("/_sandbox/advance", {"days": 2}) == {"until": "2026-11-21"}
    assert client.post("/_sandbox/advance", {"until": "2026-11-20"}) == {"until": "2026-11-21"}
    assert client.post("/_sandbox/advance", {"until": "2026-11-22"}) == {"until": "2026-11-22"}
    assert [thing["name"] for thing in client.get("/_sandbox/state/things")][1:] == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
    ]
    assert host.advance(days=1) == date(2026, 11, 23)


def test_people_act(client):
    client.post("/_sandbox/person", {"action": "rename", "id": "first", "name": "Spói"})
    assert client.get("/things")["things"] == [{"id": "first", "name": "Spói"}]
    assert client.call("POST", "/_sandbox/person", {"action": "fly"})[0] == 400
    assert client.call("GET", "/_sandbox/state/nothing")[0] == 400
