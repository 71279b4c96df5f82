"""Stop takes effect within two seconds, wherever the request stands."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from bridge_gui.errors import Cancelled, OutcomeUnknown
from bridge_gui.web.manners import Manners
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.transport import LineTransport
from bridge_gui.web.waiting import SystemClock
from tests.web.toys import answer, silent, trickle

PATIENT = Manners(connect=15, read=15, whole=15)


@contextlib.contextmanager
def stopped_soon(limit: float = 2.0) -> Iterator[threading.Event]:
    """A cancel that is set after 0.2 s; what is inside must be over `limit` seconds later."""
    cancel = threading.Event()
    timer = threading.Timer(0.2, cancel.set)
    begun = time.monotonic()
    timer.start()
    yield cancel
    assert time.monotonic() - begun < 0.2 + limit
    timer.join()


@pytest.mark.parametrize("act", [silent, trickle])
def test_a_read_under_way_is_cut_off(toy, bench, act):
    server = toy(act)
    with stopped_soon() as cancel, pytest.raises(Cancelled):
        bench(server.base, manners=PATIENT, cancel=cancel).client.read("GET", "/a")


@pytest.mark.parametrize("keyed", [False, True])
def test_a_write_under_way_is_cut_off_and_its_outcome_unknown(toy, bench, keyed):
    server = toy(silent)
    manners = Manners(connect=15, read=15, whole=15, key_header="K" if keyed else "")
    with stopped_soon() as cancel, pytest.raises(OutcomeUnknown) as caught:
        bench(server.base, manners=manners, cancel=cancel).client.write("POST", "/a", key="1")
    assert caught.value.params["why"] == "stopped"


def test_a_write_answered_within_the_two_seconds_is_answered(toy, bench):
    def slow(sock, received):
        time.sleep(1)
        return answer(201)(sock, received)

    server = toy(slow)
    with stopped_soon() as cancel:
        assert bench(server.base, cancel=cancel).client.write("POST", "/a").status == 201


def test_on_a_used_connection_too(toy, bench):
    server = toy(answer(), silent)
    with stopped_soon() as cancel:
        table = bench(server.base, manners=PATIENT, cancel=cancel)
        table.client.read("GET", "/a")
        with pytest.raises(Cancelled):
            table.client.read("GET", "/a")
    assert server.connections == 1


def test_a_silent_handshake_is_given_up(bench):
    """A server that takes the connection and never speaks TLS."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        base = f"https://127.0.0.1:{server.getsockname()[1]}"
        with stopped_soon() as cancel, pytest.raises(Cancelled):
            bench(base, manners=PATIENT, cancel=cancel).client.write("POST", "/a")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux drops what its full queue cannot take"
)
def test_a_black_hole_is_given_up_at_once(bench):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, contextlib.ExitStack() as stack:
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        base = f"http://127.0.0.1:{server.getsockname()[1]}"
        with stopped_soon(0.5) as cancel, pytest.raises(Cancelled):
            bench(base, manners=PATIENT, cancel=cancel).client.write("POST", "/a")


def test_a_name_lookup_that_hangs_is_left_behind(bench):
    release = threading.Event()

    def lookup(host, port):
        release.wait(10)
        return []

    transport = LineTransport(SystemClock(), lookup=lookup, proxy=lambda *_: None)
    with stopped_soon(0.5) as cancel, pytest.raises(Cancelled):
        bench("https://vendor.example", manners=PATIENT, cancel=cancel, transport=transport).client.read(
            "GET", "/a"
        )
    release.set()


def test_waiting_to_try_again_stops_at_once(toy, bench):
    server = toy(answer(429, headers={"Retry-After": "30"}))
    with stopped_soon(0.5) as cancel, pytest.raises(Cancelled):
        bench(server.base, cancel=cancel).client.write("POST", "/a")


def test_a_keyed_write_stopped_between_two_tries_is_unknown(toy, bench):
    server = toy(answer(500))
    with stopped_soon(1.0) as cancel, pytest.raises(OutcomeUnknown):
        bench(server.base, manners=Manners(key_header="K"), cancel=cancel).client.write("POST", "/a", key="1")


def test_waiting_for_the_pace_stops_at_once(toy, bench):
    server = toy(answer())
    pacer = Pacer(Pace(0.05), SystemClock())
    with stopped_soon(0.5) as cancel:
        pacer.turn(cancel)
        with pytest.raises(Cancelled):
            pacer.turn(cancel)
    assert server.received == []


def test_once_stopped_nothing_is_sent(toy, bench):
    server = toy(answer())
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        bench(server.base, cancel=cancel).client.write("POST", "/a")
    assert server.received == []


def test_the_watching_thread_goes_home(toy, bench):
    server = toy(answer())
    bench(server.base).client.read("GET", "/a")
    until = time.monotonic() + 4
    while any(thread.name == "bridge-watchdog" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.05)
