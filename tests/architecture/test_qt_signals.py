"""PySide6 6.12 on Python 3.11 drops a reference to True at each emit, until the process aborts."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

EMITS = 100  # few enough that a lost reference each is seen before the process aborts
NOISE = 20


class Bell(QObject):
    rung = Signal()
    told = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True is immortal from Python 3.12 on")
@pytest.mark.parametrize("connected", [True, False])
def test_emitting_a_signal_keeps_the_references_to_true(connected: bool):
    bell = Bell()
    heard: list[bool] = []
    if connected:
        bell.told.connect(lambda _: None)
        bell.rung.connect(heard.clear)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        bell.rung.emit()
        bell.told.emit(True)
    assert abs(sys.getrefcount(True) - before) < NOISE
