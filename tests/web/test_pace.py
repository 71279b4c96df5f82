from __future__ import annotations

import threading
import time

import pytest

from bridge_gui.errors import Passing
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock, never
from tests.web.toys import HandClock, Hurry


def test_calls_are_evenly_spaced_and_the_first_goes_at_once():
    clock = HandClock()
    hurry = Hurry(clock)
    pacer = Pacer(Pace(2.0), clock)
    for _ in range(4):
        pacer.turn(hurry)
    assert hurry.waits == [0.5, 0.5, 0.5]


def test_time_spent_elsewhere_is_not_waited_again():
    clock = HandClock()
    hurry = Hurry(clock)
    pacer = Pacer(Pace(2.0), clock)
    pacer.turn(hurry)
    clock.seconds += 10
    pacer.turn(hurry)
    assert hurry.waits == []


def test_off_never_waits():
    clock = HandClock()
    pacer = Pacer(Pace.off(), clock)
    hurry = Hurry(clock)
    for _ in range(1000):
        pacer.turn(hurry)
    assert hurry.waits == []


def test_threads_share_one_pace_and_never_exceed_it():
    gone: list[float] = []
    pacer = Pacer(Pace(100.0), SystemClock())

    def work() -> None:
        for _ in range(6):
            pacer.turn(never())
            gone.append(time.monotonic())

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(gone) == 30
    assert max(gone) - min(gone) >= 29 * 0.01 - 0.005


def test_a_long_rest_is_told_not_waited():
    clock = HandClock()
    hurry = Hurry(clock)
    pacer = Pacer(Pace(2.0), clock)
    pacer.rest(61)
    pacer.rest(1)
    with pytest.raises(Passing) as caught:
        pacer.turn(hurry)
    assert caught.value.retry_after == 61
    clock.seconds += 1
    pacer.turn(hurry)
    assert sum(hurry.waits) == pytest.approx(60)


def test_the_meter_counts_from_every_thread():
    meter = Meter()

    def work() -> None:
        for _ in range(1000):
            meter.sent("payday")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before = meter.snapshot()
    meter.sent("salescloud")
    assert (before, meter.snapshot()) == ({"payday": 4000}, {"payday": 4000, "salescloud": 1})
