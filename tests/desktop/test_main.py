"""Opening the window, and leaving it."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bridge_gui.desktop.main import open_window
from bridge_gui.desktop.window import Doors, Window
from tests.desktop.standin import MESSAGES, StandIn


def shown() -> Window | None:
    """The window on the screen, if it has got as far as a bridge's page."""
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible()]
    return windows[0] if windows and windows[0].page else None


@pytest.fixture(autouse=True)
def no_frost(monkeypatch):
    """What other tests leave behind has to be collected later."""
    monkeypatch.setattr(gc, "freeze", lambda: None)


@pytest.fixture
def when_open(qapp):
    """Does something as soon as a bridge's page is in front."""
    timers = []

    def plan(act):
        timer = QTimer(interval=20)

        def look():
            window = shown()
            if window is not None:
                timer.stop()
                act(window)

        timer.timeout.connect(look)
        timer.start()
        timers.append(timer)

    yield plan
    for timer in timers:
        timer.stop()


def test_opens_the_house_in_a_job_and_stays_until_it_is_closed(when_open, qtbot):
    threads = []

    def house():
        threads.append(threading.current_thread())
        return StandIn()

    when_open(lambda window: window.close())
    left = []
    assert open_window(Doors(house=house, messages=lambda: MESSAGES), leave=left.append) == 0
    assert threads
    assert threads[0] is not threading.main_thread()
    assert left == []
    qtbot.wait(50)
    heard = []
    QTimer.singleShot(0, lambda: heard.append(True))
    qtbot.waitUntil(lambda: bool(heard), timeout=1000)  # what was asked for too late ends no other loop


def test_a_job_that_does_not_stop_is_left_behind(when_open, monkeypatch):
    service = StandIn(steps=1, step_seconds=60, deaf=True)
    kept = []

    def act(window):
        kept.append(window)
        close = window.desk.close
        monkeypatch.setattr(window.desk, "close", lambda: close(0.3))
        window.page.sync()
        QTimer.singleShot(200, window.close)

    when_open(act)
    left = []
    open_window(Doors(house=lambda: service), leave=left.append)
    assert left == [0]
    service.release.set()
    assert kept[0].desk.close()
