"""The log: by run, level and text, newest first, copied with everything support needs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from bridge_gui.desktop.log import Log
from bridge_gui.desktop.log_model import LEVEL, PAGE, TEXT, TIME
from tests.desktop.standin import StandIn


@pytest.fixture
def log(opened, qtbot):
    def make(**more):
        made = Log(opened(StandIn(**more)), "cafe")
        qtbot.addWidget(made)
        made.resize(900, 400)
        with qtbot.waitSignal(made.model.loaded):
            made.show()
        return made

    return make


def cell(made, row, column, role=Qt.ItemDataRole.DisplayRole):
    return made.model.data(made.model.index(row, column), role)


def test_newest_first_under_the_head_of_their_run(log):
    made = log()
    assert cell(made, 0, TEXT) == "41 read  ·  37 sent"
    assert made.model.cell(0, TEXT).head
    assert cell(made, 1, TEXT) == "Order 10900 was posted as journal entry 900."
    assert cell(made, 1, TIME).endswith(":00")
    assert cell(made, 1, LEVEL) == "Information"
    assert made.model.cell(1, LEVEL).look is None


def test_older_lines_are_read_when_they_are_scrolled_to(log, qtbot):
    made = log()
    assert made.model.rowCount() == PAGE + 1
    made.table.scrollToBottom()
    qtbot.waitUntil(lambda: made.model.rowCount() > PAGE + 1)
    while made.model.canFetchMore(made.model.index(-1, -1)):
        made.model.fetchMore(made.model.index(-1, -1))
        qtbot.wait(10)
    heads = [row for row in range(made.model.rowCount()) if made.model.cell(row, TEXT).head]
    assert made.model.rowCount() == 900 + len(heads)
    assert len(heads) == 4


def test_level_and_text_and_run(log, qtbot):
    made = log()
    with qtbot.waitSignal(made.model.loaded):
        made.level.setCurrentIndex(made.level.findData("error"))
    qtbot.waitUntil(lambda: made.model.rowCount() == 9 + 4)
    assert cell(made, 1, LEVEL) == "Error"
    qtbot.keyClicks(made.search, "10873")
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    made.search.clear()
    qtbot.waitUntil(lambda: made.model.rowCount() == 13)
    made.run.setCurrentIndex(2)
    qtbot.waitUntil(lambda: made.model.rowCount() < 13)
    assert {made.model._shown[0].id, made.model._shown[-1].run_id} == {2}


def test_a_rare_text_is_looked_for_further_down(log, qtbot):
    made = log()
    qtbot.keyClicks(made.search, "order 10007 ")
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)


def test_nothing_fits_and_nothing_happened(log, qtbot):
    assert log(log_lines=0).empty._title.text() == "Nothing happened yet"


def test_copies_details(log, qtbot):
    made = log()
    assert not made.copy_button.isEnabled()
    made.table.selectRow(1)
    qtbot.mouseClick(made.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text == (
        '2026-11-22T14:30:00+00:00 info toy.sent {"entry": "900", "number": "10900", "seconds": 12}\n'
        "  Order 10900 was posted as journal entry 900."
    )


def test_follows_a_running_sync(log, qtbot):
    made = log(steps=3)
    made._desk.service.log_lines = 901
    made._desk.sync("cafe")
    qtbot.waitUntil(
        lambda: cell(made, 0, TEXT) == "Order 10901 was posted as journal entry 901.", timeout=3000
    )
