from __future__ import annotations

import threading
import time

import pytest

from bridge_gui.errors import Cancelled, Passing
from bridge_gui.web.bearer import BearerSignIn
from bridge_gui.web.waiting import never
from tests.web.toys import HandClock, answer


class Desk:
    """Hands out numbered tokens."""

    def __init__(self, seconds: float = 3600, pause: float = 0.0) -> None:
        self.seconds, self.pause, self.fetched = seconds, pause, 0

    def __call__(self) -> tuple[str, float]:
        self.fetched += 1
        time.sleep(self.pause)
        return f"token-{self.fetched}", self.seconds


def header(sign_in) -> str:
    return sign_in.headers("GET", "https://toy.example", b"")["Authorization"]


def test_a_token_is_fetched_once_and_again_a_minute_before_its_end():
    clock, desk = HandClock(), Desk()
    sign_in = BearerSignIn(desk, clock, never())
    assert [header(sign_in), header(sign_in)] == ["Bearer token-1"] * 2
    clock.seconds += 3539
    assert header(sign_in) == "Bearer token-1"
    clock.seconds += 1
    assert header(sign_in) == "Bearer token-2"


def test_a_short_lived_token_is_used_for_half_its_life():
    clock, desk = HandClock(), Desk(seconds=20)
    sign_in = BearerSignIn(desk, clock, never())
    header(sign_in)
    clock.seconds += 9
    assert header(sign_in) == "Bearer token-1"
    clock.seconds += 1
    assert header(sign_in) == "Bearer token-2"


def test_many_threads_with_one_stale_token_renew_it_once():
    desk = Desk(pause=0.05)
    sign_in = BearerSignIn(desk, HandClock(), never())
    stale = {"Authorization": header(sign_in)}
    results: list[bool] = []
    threads = [threading.Thread(target=lambda: results.append(sign_in.renew(stale))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (results, desk.fetched, header(sign_in)) == ([True] * 8, 2, "Bearer token-2")


def test_a_failed_fetch_leaves_no_token_and_is_tried_anew():
    desk = Desk()

    def fetch():
        if desk.fetched == 0:
            desk.fetched += 1
            raise Passing("net.timeout", host="toy")
        return desk()

    sign_in = BearerSignIn(fetch, HandClock(), never())
    with pytest.raises(Passing):
        header(sign_in)
    assert header(sign_in) == "Bearer token-2"


def test_waiting_for_anothers_fetch_can_be_stopped():
    release, cancel = threading.Event(), threading.Event()

    def fetch():
        release.wait(5)
        return "t", 60.0

    sign_in = BearerSignIn(fetch, HandClock(), cancel)
    holder = threading.Thread(target=header, args=(sign_in,))
    holder.start()
    cancel.set()
    with pytest.raises(Cancelled):
        header(sign_in)
    release.set()
    holder.join()


def test_a_token_is_learnt_as_a_secret_and_shown_nowhere():
    learnt: list[str] = []
    sign_in = BearerSignIn(Desk(), HandClock(), never(), learnt.append)
    header(sign_in)
    assert learnt == ["token-1"]
    assert "token-1" not in repr(sign_in)


def test_with_a_client_an_expired_token_is_replaced(toy, bench):
    server = toy(answer(401), answer())
    sign_in = BearerSignIn(Desk(), HandClock(), never())
    bench(server.base, sign_in=sign_in).client.write("POST", "/a")
    assert [got.headers["authorization"] for got in server.received] == ["Bearer token-1", "Bearer token-2"]
