"""Jobs: one per bridge, three in all, cancelled when asked, let go of only when they have ended."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QThread

from bridge_gui.desktop.jobs import Done, Failure, Mailbox, Runner, failure
from bridge_gui.errors import Cancelled, SignInError
from bridge_gui.sync.events import Line, Phase, Progress
from bridge_gui.web.waiting import pause


@pytest.fixture
def runner(qapp):
    made = Runner()
    yield made
    assert made.close()


def wait_cancelled(cancel, _tell):
    pause(cancel, 30)


def test_gives_back_what_the_work_gave_back(runner, qtbot):
    results = []
    assert runner.start("a", lambda _cancel, _tell: 41 + 1, done=results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [Done(42)]
    assert not runner.busy("a")


def test_calls_back_in_the_windows_thread(runner, qtbot):
    threads = []
    runner.start(
        "a",
        lambda _c, _t: threads.append(QThread.currentThread()),
        done=lambda _r: threads.append(QThread.currentThread()),
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threads[1]
    assert threads[1] is runner.thread()


def test_at_most_one_job_per_bridge(runner, qtbot):
    assert runner.start("a", wait_cancelled)
    assert not runner.start("a", wait_cancelled)
    runner.cancel("a")
    qtbot.waitUntil(lambda: not runner.busy("a"))
    assert runner.start("a", lambda _c, _t: None)
    qtbot.waitUntil(lambda: not runner.busy("a"))


def test_at_most_three_jobs_in_all(runner, qtbot):
    gate, lock, now, most = threading.Event(), threading.Lock(), [0], [0]

    def work(_cancel, _tell):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        gate.wait(0.05)
        with lock:
            now[0] -= 1

    done = []
    for number in range(10):
        runner.start(str(number), work, done=done.append)
    assert len(runner.running()) == 3
    assert runner.waits("9")
    qtbot.waitUntil(lambda: len(done) == 10)
    assert most[0] == 3


def test_a_cancelled_job_says_so(runner, qtbot):
    results = []
    runner.start("a", wait_cancelled, done=results.append)
    runner.cancel("a")
    qtbot.waitUntil(lambda: bool(results))
    assert results == [Failure(code="cancelled")]


def test_one_that_waits_is_cancelled_at_once(runner):
    for key in "abc":
        runner.start(key, wait_cancelled)
    results = []
    runner.start("d", wait_cancelled, done=results.append)
    runner.cancel("d")
    assert results == [Failure(code="cancelled")]
    assert not runner.busy("d")


def test_an_error_becomes_plain_data(runner, qtbot):
    def refused(_cancel, _tell):
        raise SignInError("signin.refused", connection="payday")

    def broken(_cancel, _tell):
        return {}["secret-value"]

    results = []
    runner.start("a", refused, done=results.append)
    runner.start("b", broken, done=results.append)
    qtbot.waitUntil(lambda: len(results) == 2)
    by_code = {result.code: result for result in results}
    assert by_code["signin.refused"] == Failure(code="signin.refused", params={"connection": "payday"})
    assert by_code["unexpected"].bug
    assert "broken" in by_code["unexpected"].trace


def test_the_trace_of_a_bug_holds_no_value():
    with pytest.raises(ValueError, match="4711") as caught:
        int("secret 4711")
    made = failure(caught.value)
    assert made.trace
    assert "secret 4711" not in f"{made.trace}{made.params}".replace('int("secret 4711")', "")
    assert failure(Cancelled()).code == "cancelled"


def test_events_come_at_most_ten_a_second_and_the_last_one_comes(runner, qtbot):
    heard, done = [], []

    def chatter(_cancel, tell):
        end = time.monotonic() + 0.5
        number = 0
        while time.monotonic() < end:
            number += 1
            tell(Progress(bridge="a", phase=Phase.COLLECT, done=number))
        tell(Progress(bridge="a", phase=Phase.COLLECT, done=-1))

    runner.start("a", chatter, heard=lambda progress, lines: heard.append(progress), done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert 1 <= len(heard) <= 7
    assert heard[-1].done == -1


def test_the_mailbox_keeps_the_newest_progress_and_the_last_lines():
    mail = Mailbox()
    for number in range(1000):
        mail.put(Progress(bridge="a", phase=Phase.COLLECT, done=number))
        mail.put(Line(bridge="a", level="info", code=str(number)))
    progress, lines = mail.take()
    assert progress.done == 999
    assert [line.code for line in lines] == [str(number) for number in range(800, 1000)]
    assert mail.take() == (None, [])


def test_a_hundred_jobs_come_and_go(runner, qtbot):
    done = []
    for number in range(100):
        runner.start(
            str(number),
            lambda cancel, tell: tell(Progress(bridge="a", phase=Phase.COLLECT)),
            done=done.append,
        )
    for number in range(0, 100, 7):
        runner.cancel(str(number))
    qtbot.waitUntil(lambda: len(done) == 100, timeout=20_000)
    assert runner.running() == ()


def test_closing_waits_for_what_stops(qapp):
    runner, results = Runner(), []
    runner.start("a", wait_cancelled, done=results.append)
    began = time.monotonic()
    assert runner.close()
    assert time.monotonic() - began < 1
    assert results == [Failure(code="cancelled")]
    assert not runner.start("b", wait_cancelled)


def test_closing_gives_up_after_its_time(qapp):
    runner, release = Runner(), threading.Event()
    runner.start("a", lambda _cancel, _tell: release.wait(30))
    began = time.monotonic()
    assert not runner.close(0.5)
    assert 0.4 < time.monotonic() - began < 2
    release.set()
    assert runner.close()
