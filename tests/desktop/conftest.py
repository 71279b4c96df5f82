"""A desk and a window over the stand-in, closed after each test."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale

from bridge_gui.desktop.main import make_desk
from bridge_gui.desktop.theme import Theme
from bridge_gui.desktop.window import Doors, Window
from tests.desktop.standin import MESSAGES, NOW, StandIn


@pytest.fixture(autouse=True)
def gone(qapp):
    """What a test leaves to be deleted is deleted then: every new theme is laid over all that is still there."""
    yield
    for theme in qapp.findChildren(Theme):
        theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(qapp):
    made = make_desk(qapp, dark=False, locale=QLocale("en_GB"), now=lambda: NOW)
    yield made
    assert made.close(), "a job or the reader did not stop"
    made.deleteLater()


@pytest.fixture
def opened(desk, qtbot):
    """Opens a desk over a stand-in and waits until its bridges are there."""

    def make(service: StandIn):
        with qtbot.waitSignal(desk.bridges_changed, timeout=5000):
            desk.open(lambda: service, lambda: MESSAGES, demo=False)
        return desk

    return make


@pytest.fixture
def show(desk, qtbot):
    """Opens a window over a stand-in and waits until it stands still."""
    windows = []

    def make(service: StandIn, **doors: object) -> Window:
        window = Window(desk, Doors(house=lambda: service, messages=lambda: MESSAGES, **doors))
        windows.append(window)
        window.show()
        with qtbot.waitSignal(desk.bridges_changed, timeout=5000):
            window.open_house()
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
