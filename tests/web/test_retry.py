"""When a retry is safe: the table itself, then every row of it over real sockets."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from bridge_gui.errors import OutcomeUnknown, Passing
from bridge_gui.web.answer import Loss, Lost
from bridge_gui.web.manners import Manners
from bridge_gui.web.retry import RULES, Came, End, Kind, back_off, came_of_loss, came_of_status, told_wait
from bridge_gui.web.transport import LineTransport
from bridge_gui.web.waiting import SystemClock
from tests.web.toys import answer, half, hang_up, raw, refusing_port, reset, silent

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEYED = Manners(connect=2, read=0.3, whole=10, key_header="Idempotency-Key")
PLAIN = Manners(connect=2, read=0.3, whole=10)


def test_every_kind_has_a_rule_for_whatever_came():
    assert set(RULES) == {(kind, came) for kind in Kind for came in Came}


def test_a_plain_write_is_repeated_only_when_it_certainly_had_no_effect():
    assert {came for (kind, came), rule in RULES.items() if kind is Kind.WRITE and rule.again} == {
        Came.NEVER_LEFT, Came.REFUSED_FIRST,
    }  # fmt: skip


def test_what_leaves_a_write_in_doubt_ends_in_doubt():
    doubtful = {
        came for (kind, came), rule in RULES.items() if kind is not Kind.READ and rule.end is End.UNKNOWN
    }
    assert doubtful == {Came.NO_ANSWER, Came.TROUBLE}
    assert all(
        rule.end is End.PASSING and rule.again for (kind, _), rule in RULES.items() if kind is Kind.READ
    )


def test_what_never_left_is_told_by_the_sending_not_by_the_error():
    assert came_of_loss(Lost(Loss.TIMEOUT, left=True)) is Came.NO_ANSWER
    assert came_of_loss(Lost(Loss.CONNECT_TIMEOUT, left=False)) is Came.NEVER_LEFT


@pytest.mark.parametrize(
    ("status", "definite", "came"),
    [
        (200, set(), None), (400, set(), None), (401, set(), None), (409, {409}, None), (429, set(), Came.REFUSED_FIRST),
        (408, set(), Came.TROUBLE), (500, set(), Came.TROUBLE), (503, set(), Came.TROUBLE), (599, set(), Came.TROUBLE),
        (503, {503}, Came.REFUSED_FIRST), (500, {503}, Came.TROUBLE),
    ],
)  # fmt: skip
def test_statuses(status, definite, came):
    assert came_of_status(status, frozenset(definite)) is came


def test_back_off_stays_between_one_and_ten_seconds():
    assert [back_off(tried, 1.0) for tried in (1, 2, 3, 4, 9)] == [2.0, 4.0, 8.0, 10.0, 10.0]
    assert [back_off(tried, 0.0) for tried in (1, 2, 9)] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("26", 26.0), (" 0 ", 0.0), ("1.5", 1.5), ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0), ("Fri, 20 Nov 2026 13:00:30 +0100", 30.0),
        ("Fri, 20 Nov 2026 12:00:30 -0000", 30.0),
        ("", None), ("soon", None), ("-5", None), ("٣", None), ("Fri, 99 Nov 2026", None),
    ],
)  # fmt: skip
def test_both_forms_of_retry_after(header, seconds):
    assert told_wait(header, NOW) == seconds


FAILING = {
    "reset": reset,
    "hang up": hang_up,
    "half an answer": half,
    "not http": raw(b"what?\r\n\r\n"),
    "silent": silent,
    "500": answer(500),
    "503": answer(503),
    "408": answer(408),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_read_is_repeated_after_anything(toy, bench, name):
    server = toy(FAILING[name], answer(200))
    table = bench(server.base, manners=PLAIN)
    assert table.client.read("GET", "/a").status == 200
    assert len(server.received) == 2 == table.calls
    assert table.hurry.waits == [1.5]


@pytest.mark.parametrize("name", FAILING)
def test_a_plain_write_in_doubt_is_never_repeated(toy, bench, name):
    server = toy(FAILING[name], answer(200))
    table = bench(server.base, manners=PLAIN)
    with pytest.raises(OutcomeUnknown) as caught:
        table.client.write("POST", "/a", json={"a": 1}, key="ignored, the vendor has no keys")
    assert caught.value.code == "net.outcome_unknown"
    assert caught.value.params["why"] in {"net.cut", "net.timeout", "net.server_error"}
    assert len(server.received) == 1 == table.calls


@pytest.mark.parametrize("name", FAILING)
def test_a_keyed_write_is_repeated_with_the_same_key_and_bytes(toy, bench, name):
    server = toy(FAILING[name], answer(200))
    table = bench(server.base, manners=KEYED)
    assert table.client.write("POST", "/a", json={"a": 1}, key="k-1").status == 200
    assert [(got.headers["idempotency-key"], got.body) for got in server.received] == [
        ("k-1", b'{"a":1}')
    ] * 2


def test_a_key_may_travel_in_the_query(toy, bench):
    server = toy(answer())
    bench(server.base, manners=Manners(key_param="requestid")).client.write("POST", "/a?b=1", key="k 1")
    assert server.received[0].target == "/a?b=1&requestid=k+1"


@pytest.mark.parametrize(
    "after", [answer(400), answer(401), answer(403), answer(429, headers={"Retry-After": "999"})]
)
def test_a_doubt_ends_with_success_only(toy, bench, after):
    server = toy(reset, after)
    with pytest.raises(OutcomeUnknown):
        bench(server.base, manners=KEYED).client.write("POST", "/a", key="k-1")


def test_tries_are_bounded(toy, bench):
    server = toy(answer(503))
    table = bench(server.base)
    with pytest.raises(Passing) as caught:
        table.client.read("GET", "/a")
    assert (caught.value.code, caught.value.params["status"]) == ("net.server_error", 503)
    assert len(server.received) == 4
    assert all(1 <= wait <= 10 for wait in table.hurry.waits)


@pytest.mark.parametrize("write", [False, True])
def test_what_never_left_is_repeated_and_then_passing(bench, write):
    table = bench(f"http://127.0.0.1:{refusing_port()}", manners=Manners(tries=3))
    with pytest.raises(Passing) as caught:
        (table.client.write if write else table.client.read)("POST", "/a")
    assert caught.value.code == "net.unreachable"
    assert (len(table.hurry.waits), table.calls) == (2, 0)


def test_an_unknown_name_never_left(bench):
    def lookup(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    transport = LineTransport(SystemClock(), lookup=lookup, proxy=lambda *_: None)
    table = bench("https://vendor.invalid", manners=Manners(tries=2, connect=3), transport=transport)
    with pytest.raises(Passing) as caught:
        table.client.write("POST", "/a")
    assert (caught.value.code, caught.value.params) == ("net.unreachable", {"host": "vendor.invalid"})


@pytest.mark.parametrize("header", ["7", "Fri, 20 Nov 2026 12:00:07 GMT"])
def test_a_write_refused_with_429_waits_as_told_and_goes_again(toy, bench, header):
    server = toy(answer(429, headers={"Retry-After": header}), answer(201))
    table = bench(server.base)
    assert table.client.write("POST", "/a").status == 201
    assert table.hurry.waits == [7.0]
    assert len(server.received) == 2


def test_long_waits_are_not_waited_and_hold_the_whole_connection(toy, bench):
    server = toy(answer(429, headers={"Retry-After": "600"}), answer(200))
    table = bench(server.base)
    for expected in (600.0, 600.0):
        with pytest.raises(Passing) as caught:
            table.client.read("GET", "/a")
        assert (caught.value.code, caught.value.retry_after) == ("net.too_many", expected)
    assert (len(server.received), table.hurry.waits) == (1, [])


def test_a_status_the_vendor_calls_definite_is_a_refusal_before_acting(toy, bench):
    server = toy(answer(503), answer(201))
    table = bench(server.base, manners=Manners(definite_statuses=frozenset({503})))
    assert table.client.write("POST", "/a").status == 201


def test_a_definite_status_that_does_not_end_is_passing(toy, bench):
    server = toy(answer(503))
    with pytest.raises(Passing):
        bench(server.base, manners=Manners(definite_statuses=frozenset({503}))).client.write("POST", "/a")


def test_an_idle_connection_that_has_aged_is_not_used_again(toy, bench):
    server = toy(answer())
    table = bench(server.base)
    table.client.read("GET", "/a")
    table.client.write("POST", "/a")
    assert server.connections == 1
    clock = table.transport._clock
    real, clock.monotonic = clock.monotonic, lambda: real() + 2
    table.client.write("POST", "/a")
    assert server.connections == 2


def test_a_connection_closed_while_idle_costs_nothing(toy, bench):
    def last(sock, received):
        answer()(sock, received)
        return False

    server = toy(last)
    table = bench(server.base)
    table.client.read("GET", "/a")
    while table.transport._lines._idle[0].line.is_connected:
        pass
    table.client.write("POST", "/a")
    assert (server.connections, table.hurry.waits) == (2, [])
