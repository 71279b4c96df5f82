"""Each fault, as a client on the other end of a real connection meets it."""

from __future__ import annotations

import http.client
import json
import random
import socket
import time
from collections import Counter

import pytest

from bridge_gui.sandbox.connection import Connection
from bridge_gui.sandbox.fuzz import twisted
from bridge_gui.sandbox.gate import Cut
from bridge_gui.sandbox.host import Host
from bridge_gui.sandbox.kit import Fault, FaultBook, Match, State, utcnow
from tests.sandbox.toy import Client, Toy


class NeverAsked:
    """A server whose application must not be reached."""

    port = 0

    def app(self, environ, start_response):
        raise AssertionError(environ["PATH_INFO"])


@pytest.fixture
def host():
    with Host({"toy": Toy}) as made:
        yield made


@pytest.fixture
def client(host):
    with Client(host.addresses["toy"]) as made:
        yield made


def arm(client, kind, **more):
    match = {"method": "POST", "path_prefix": "/things"}
    status, said = client.call("POST", "/_sandbox/faults", [{"kind": kind, "match": match, **more}])
    assert (status, said) == (200, {"armed": 1})


def names(client):
    return [thing["name"] for thing in client.get("/_sandbox/state/things")][1:]


def test_one_connection_serves_many_requests(client):
    client.get("/things")
    first = client.connection.sock
    assert first is not None
    for n in range(3):
        assert client.post("/things", {"name": f"ð{n}"})["name"] == f"ð{n}"
    assert client.connection.sock is first
    assert names(client) == ["ð0", "ð1", "ð2"]


def test_cut_before_resets_and_nothing_was_done(client):
    arm(client, "cut_before")
    with pytest.raises(ConnectionResetError):
        client.post("/things", {"name": "lost"})
    assert names(client) == []
    assert client.post("/things", {"name": "again"})["id"] == "1"


def test_cut_after_resets_though_it_was_done(client):
    arm(client, "cut_after")
    with pytest.raises(ConnectionResetError):
        client.post("/things", {"name": "done"})
    assert names(client) == ["done"]


def test_cut_middle_sends_half_an_answer(client):
    arm(client, "cut_middle")
    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        client.post("/things", {"name": "x" * 500})
    assert len(names(client)) == 1


@pytest.mark.parametrize(("when", "done"), [("before", []), ("after", ["n"])])
def test_a_status_before_or_after_acting(client, when, done):
    arm(client, "status", status=503, when=when, retry_after=2, body="busy")
    assert client.call("POST", "/things", {"name": "n"}) == (503, "busy")
    assert client.answer_headers["Retry-After"] == "2"
    assert names(client) == done


def test_a_429_without_a_hint(client):
    arm(client, "status", status=429)
    assert client.call("POST", "/things", {"name": "n"})[0] == 429
    assert "Retry-After" not in client.answer_headers


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_delay(client, when):
    arm(client, "delay", seconds=0.3, when=when)
    began = time.monotonic()
    assert client.call("POST", "/things", {"name": "n"})[0] == 200
    assert time.monotonic() - began >= 0.3


def test_an_html_page_with_status_200(client):
    arm(client, "html_200")
    status, text = client.call("POST", "/things", {"name": "n"})
    assert (status, text[:15]) == (200, "<!DOCTYPE html>")
    assert client.answer_headers["Content-Type"].startswith("text/html")
    assert names(client) == []


def test_json_that_breaks_off(client):
    arm(client, "bad_json")
    status, text = client.call("POST", "/things", {"name": "n"})
    assert status == 200
    assert isinstance(text, str)
    assert names(client) == ["n"]


def test_a_field_gone_at_any_depth(client):
    client.post("/_sandbox/faults", {"kind": "drop_field", "field": "name"})
    assert client.get("/things") == {"page": 1, "things": [{"id": "first"}]}


def test_a_page_repeated(client):
    client.post("/_sandbox/faults", {"kind": "repeat_page", "times": None})
    assert [client.get(f"/things?page={n}")["page"] for n in (1, 2, 3)] == [1, 1, 1]


def test_tokens_expire_just_before_the_request(host, client):
    client.post("/_sandbox/faults", {"kind": "expire_token", "times": 2, "skip": 1})
    for _ in range(4):
        client.get("/things")
    assert host.simulators["toy"].signed_out == 2


def test_nobody_listens_for_a_while(host, client):
    with Client(host.addresses["toy"]) as other:
        other.get("/things")
        client.post("/_sandbox/faults", {"kind": "refuse", "seconds": 2.0})
        port = int(host.addresses["toy"].rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            other.get("/things")
        time.sleep(2.2)
        assert other.get("/things")["page"] == 1


def test_what_came_just_before_a_connection_was_dropped_is_not_answered():
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as asking:
        connection = Connection(listener.accept()[0], NeverAsked())
        asking.sendall(b"GET /things HTTP/1.1\r\n\r\n")
        connection.drop()
        connection.serve()
        asking.settimeout(5)
        with pytest.raises(ConnectionResetError):
            asking.recv(1)


def test_a_fault_strikes_its_own_requests_only(client):
    arm(client, "status", status=500, times=1)
    client.post(
        "/_sandbox/faults",
        [{"kind": "status", "status": 418, "match": {"method": "POST", "contains": "tea"}, "times": None}],
    )
    assert client.call("GET", "/things")[0] == 200
    statuses = [client.call("POST", "/things", {"name": name})[0] for name in ("a", "tea", "b", "tea")]
    assert statuses == [500, 418, 200, 418]
    assert [fault["struck"] for fault in client.get("/_sandbox/faults")] == [1, 2]
    client.call("DELETE", "/_sandbox/faults")
    assert client.call("POST", "/things", {"name": "tea"})[0] == 200


def test_chance_is_the_same_for_the_same_seed():
    def strikes(seed: int) -> list[bool]:
        book = FaultBook()
        book.arm(Fault(kind="cut_after", times=None, probability=0.2, seed=seed))
        return [book.strike("GET", "/", b"") is not None for _ in range(1000)]

    assert strikes(1) == strikes(1)
    assert strikes(1) != strikes(2)
    assert 150 < Counter(strikes(1))[True] < 250


def test_the_first_fault_that_fits_wins():
    book = FaultBook()
    book.arm(Fault(kind="cut_after", match=Match(path_prefix="/a"), skip=1))
    book.arm(Fault(kind="delay", times=None))
    kinds = [armed.fault.kind for _ in range(3) if (armed := book.strike("GET", "/a", b""))]
    assert kinds == ["delay", "cut_after", "delay"]


def test_without_a_server_a_cut_is_an_exception():
    toy = Toy(State(), utcnow)
    toy.faults.arm(Fault(kind="cut_after"))
    client = toy.app().test_client()
    with pytest.raises(Cut):
        client.post("/things", json={"name": "done"})
    assert toy.things.count() == 2
    toy.state.close()


def test_a_wrong_fault_is_refused(client):
    status, said = client.call("POST", "/_sandbox/faults", [{"kind": "earthquake"}])
    assert status == 400
    assert "earthquake" in said["error"]


def test_a_fuzzed_answer_has_one_value_of_another_kind():
    body = b'{"id": "a", "amount": 1.5, "lines": [{"n": 1}], "none": null}'
    kinds = set()
    for seed in range(60):
        found = json.loads(twisted(body, random.Random(seed)))
        assert found != json.loads(body)
        kinds |= {
            name
            for name, was in (("id", str), ("amount", float), ("lines", list))
            if not isinstance(found, dict) or type(found[name]) is not was
        }
    assert kinds == {"id", "amount", "lines"}
    assert twisted(b"no JSON", random.Random(1)) == b"no JSON"
