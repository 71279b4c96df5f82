"""What a user does with the window, from the start page to the end of a sync."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QTabBar

from bridge_gui.desktop.preview import PreviewWindow
from bridge_gui.desktop.start import Kind
from bridge_gui.errors import SetupError
from bridge_gui.store.rows import Outcome
from bridge_gui.sync.disuse import Ending
from tests.desktop.standin import NOW, StandIn, bridge, run, several


def idle(window, name="esi2"):
    return lambda: not window.desk.runner.busy(name)


def test_without_a_bridge_it_shows_two_choices(show, qtbot):
    demo = StandIn()
    window = show(StandIn(rows=()), demo_house=lambda: demo, kinds=(Kind(key="toy", title="Toy"),))
    assert window.stack.currentWidget() is window.start
    assert window.start.demo_button.isVisible()
    assert not window.ribbon.isVisible()
    qtbot.mouseClick(window.start.demo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page is not None)
    assert window.ribbon.isVisible()
    assert window.desk.demo


def test_the_first_page_says_where_data_and_secrets_are_kept(show, tmp_path):
    told = show(StandIn(rows=()), home=tmp_path / "bridge-gui").start.kept.text()
    assert str(tmp_path / "bridge-gui") in told
    assert "keychain" in told


def test_adding_a_bridge_is_told_as_commands_to_copy(show, qtbot):
    window = show(StandIn(rows=()), kinds=(Kind(key="toy", title="Toy"),), command="bridge-gui --data-dir X")
    qtbot.mouseClick(window.start.add_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.add_page
    assert window.add_page.lines[0].text() == "bridge-gui --data-dir X connect toy --questions > toy.toml"
    first = next(part for part in window.add_page.findChildren(QAbstractButton) if part.text() == "Copy")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == window.add_page.lines[0].text()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.start


def test_a_house_that_does_not_open_says_why_and_can_be_tried_again(show, desk, qtbot):
    tried = []

    def house():
        tried.append(1)
        if len(tried) == 1:
            raise SetupError("store.newer")
        return StandIn()

    from bridge_gui.desktop.window import Doors, Window

    window = Window(desk, Doors(house=house))
    window.show()
    with qtbot.waitSignal(desk.failed):
        window.open_house()
    assert window.waiting.again.isVisible()
    assert window.waiting.line.text() == "Bridge could not open"
    assert window.waiting.advice.text()
    qtbot.mouseClick(window.waiting.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page is not None)
    window.close()


def test_the_bridges_stand_under_their_companies(show):
    window = show(StandIn())
    model = window.sidebar.model
    texts = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert texts[:3] == ["Esimerkki Oy", "HighLevel ↔ QuickBooks", "Pipedrive → Xero"]
    heard = model.data(model.index(texts.index("SalesCloud → Payday")), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "SalesCloud → Payday, Kaffihús Example ehf., Needs attention, 3 need you"
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_two_bridges_of_one_kind_and_company_are_told_apart_by_name(show):
    rows = (bridge("cafe", "S → P", "Kaffi"), bridge("bar", "S → P", "Kaffi"))
    model = show(StandIn(rows=rows)).sidebar.model
    assert [model.data(model.index(row)) for row in range(3)] == ["Kaffi", "S → P (bar)", "S → P (cafe)"]


def test_sync_now_shows_progress_and_then_how_it_went(show, qtbot):
    window = show(StandIn(steps=10, step_seconds=0.05))
    page = window.page
    qtbot.mouseClick(page.sync_button, Qt.MouseButton.LeftButton)
    assert not page.sync_button.isEnabled()
    assert page.strip.isVisible()
    qtbot.waitUntil(lambda: "of 10" in page.strip.words.text())
    assert page.strip.words.text().startswith("Sending documents, ")
    assert page.strip.words.text().endswith("about 4 minutes")
    assert page.strip.bar.maximum() > 0
    qtbot.waitUntil(idle(window))
    assert page.strip.result.text() == "37 documents sent, 3 things need you."
    assert page.sync_button.isEnabled()


def test_stop_cancels(show, qtbot):
    window = show(StandIn(steps=1000, step_seconds=0.05))
    page = window.page
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(page.strip.stop.isVisible)
    began = time.monotonic()
    qtbot.mouseClick(page.strip.stop, Qt.MouseButton.LeftButton)
    assert not page.strip.stop.isEnabled()
    qtbot.waitUntil(idle(window))
    assert time.monotonic() - began < 2
    assert page.strip.result.text() == "Stopped, 37 documents sent. The rest goes next time."
    assert page.strip.stop.isEnabled(), "ready for the next run"


def test_the_same_bridge_is_not_synced_twice_at_once(show, qtbot):
    service = StandIn(steps=10, step_seconds=0.02)
    window = show(service)
    for _press in range(5):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(idle(window))
    assert service.began == ["esi2"]


def test_sync_all_runs_every_bridge_three_at_a_time(show, qtbot):
    service = StandIn(steps=3, step_seconds=0.02)
    window = show(service)
    qtbot.mouseClick(window.sidebar.all_button, Qt.MouseButton.LeftButton)
    assert len(window.desk.runner.running()) == 3
    qtbot.waitUntil(lambda: len(service.began) == 5 and not window.desk.runner.running())
    assert sorted(service.began) == ["cafe", "esi", "esi2", "rent", "tours"]


def test_a_bug_in_a_sync_is_said_and_the_window_lives_on(show, qtbot):
    service = StandIn(raises=KeyError("x"))
    window = show(service)
    window.page.sync()
    qtbot.waitUntil(idle(window))
    assert "KeyError" in window.page.strip.result.text()
    service.raises = None
    window.page.sync()
    qtbot.waitUntil(idle(window))
    assert "37 documents sent" in window.page.strip.result.text()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (run(2, "esi2"), "Finished, 37 documents sent."),
        (
            run(2, "esi2", Outcome.FAILED, code="toy.refused", params={"number": "7"}),
            "The books refused order 7: the day is closed. Open it.",
        ),
        (run(2, "esi2", Outcome.PAUSED), "Paused"),
    ],
)
def test_every_outcome_has_its_line(show, qtbot, row, told):
    service = StandIn()
    service.sync = lambda _name, _cancel, _tell: row
    window = show(service)
    window.page.sync()
    qtbot.waitUntil(idle(window))
    assert window.page.strip.result.text() == told
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.page.strip.isVisible()


def test_the_preview_lists_documents_lines_vat_held_calls_and_minutes(show, qtbot):
    service = StandIn(steps=2)
    window = show(service)
    qtbot.mouseClick(window.page.preview_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.page.findChildren(PreviewWindow)))
    preview = window.page.findChildren(PreviewWindow)[0]
    assert preview.model.rowCount() == 37
    assert preview.held.rowCount() == 3
    texts = [part.text() for part in preview.findChildren(QLabel)]
    assert "37 documents would be sent" in texts
    assert any("42 calls to Payday" in text and "about 1 minute" in text for text in texts)
    assert {"7610 Cash in till", "Expected VAT", "24 %"} <= set(texts)
    assert service.began == ["preview esi2"]
    qtbot.mouseClick(preview.sync_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: service.began == ["preview esi2", "esi2"])
    qtbot.waitUntil(idle(window))


def test_a_preview_without_documents_says_so(show, qtbot):
    window = show(StandIn(steps=1, preview_documents=0))
    window.page.preview()
    qtbot.waitUntil(lambda: bool(window.page.findChildren(PreviewWindow)))
    preview = window.page.findChildren(PreviewWindow)[0]
    assert not preview.sync_button.isEnabled()
    preview.close()


def test_needs_attention_tells_what_to_do_and_copies_it(show, qtbot):
    page = show(StandIn()).page
    page.tabs.setCurrentWidget(page.attention)
    qtbot.waitUntil(lambda: page.attention.is_read)
    page.attention.table.selectRow(1)
    assert (
        page.attention.sentence.text() == "Order 10550 waits: the payment method Aur has no ledger account."
    )
    assert "Mappings" in page.attention.advice.text()
    qtbot.mouseClick(page.attention.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("10550, 22/11/2026, 2,481 ISK\nOrder 10550 waits")


def test_an_answer_is_one_press(show, qtbot):
    service = StandIn()
    page = show(service).page
    page.tabs.setCurrentWidget(page.attention)
    qtbot.waitUntil(lambda: page.attention.is_read)
    page.attention.table.selectRow(0)
    buttons = [page.attention.answers.itemAt(at).widget() for at in range(page.attention.answers.count())]
    shown = ["Try again", "I booked this by hand ...", "Never send this ..."]
    assert [one.text() for one in buttons if one] == shown
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: service.began == ["answer esi2 source 0 try_again"])
    qtbot.waitUntil(page.sync_button.isEnabled)


def test_what_is_due_runs_by_itself_once(desk, show, qtbot):
    due = (bridge("cafe", "S → P", "Kaffi"), bridge("bar", "S → P", "Bar", stopped_code="toy.refused"))
    due = tuple(msgspec.structs.replace(one, next_run=NOW - timedelta(hours=9)) for one in due)
    service = StandIn(rows=due, steps=1)
    desk.keep_schedule()
    window = show(service)
    qtbot.waitUntil(lambda: service.began == ["cafe"])
    qtbot.waitUntil(idle(window, "cafe"))
    with qtbot.waitSignal(desk.bridges_changed):
        desk.refresh()
    desk.sync_due()
    assert service.began == ["cafe"], "not again within five minutes"


def test_ctrl_f_and_esc(show, qtbot):
    window = show(StandIn())
    window.activateWindow()
    window.page.tabs.setCurrentWidget(window.page.documents)
    qtbot.waitUntil(lambda: window.page.documents.model.read)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = window.page.documents.search
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "abc")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_letters_bring_tabs_to_the_front_and_none_is_taken_twice(show, qtbot):
    window = show(StandIn())
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert window.page.tabs.currentWidget() is window.page.log
    taken = [part.shortcut().toString() for part in window.findChildren(QAbstractButton) if part.isVisible()]
    taken += ["Alt+V", "Alt+D", "Alt+N", "Alt+O"]
    taken = [keys for keys in taken if keys]
    assert len(taken) == len(set(taken))


def test_tabs_turn_by_keys_wherever_the_cursor_is(show, qtbot):
    window = show(StandIn())
    tabs = window.page.tabs
    window.sidebar.list.setFocus()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Tab, control)
    assert tabs.currentWidget() is window.page.documents
    qtbot.keyClick(window.page.documents.search, Qt.Key.Key_PageDown, control)
    assert tabs.currentWidget() is window.page.attention
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    qtbot.keyClick(window, Qt.Key.Key_Backtab, control | shift)
    assert tabs.currentWidget() is window.page.overview
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    assert tabs.currentWidget() is window.page.settings


def test_every_control_has_a_name(show, qtbot):
    window = show(StandIn(), demo_house=StandIn)
    window.page.preview()
    qtbot.waitUntil(lambda: bool(window.page.findChildren(PreviewWindow)))
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    controls = [part for kind in kinds for part in window.findChildren(kind)]
    inner = (
        "qt_",
        "QTableCornerButton",
        "QComboBox",
        "QLineEditIconButton",
        "QComboBoxListView",
        "ScrollLeft",
        "ScrollRight",
    )
    anonymous = [
        part
        for part in controls
        if not part.accessibleName()
        and not part.objectName().startswith(inner)
        and not type(part.parent()).__name__.startswith("QTabBar")
        and part.metaObject().className()
        not in ("QTableCornerButton", "QLineEditIconButton", "QComboBoxListView", "QHeaderView")
    ]
    assert anonymous == []
    assert all(bar.accessibleName() for bar in window.findChildren(QTabBar))
    window.page.findChildren(PreviewWindow)[0].close()


def test_closing_stops_what_is_at_work(show, qtbot):
    service = StandIn(steps=1000, step_seconds=0.05)
    window = show(service)
    window.page.sync()
    qtbot.waitUntil(lambda: bool(service.began))
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 5
    assert window.ended_well


def test_closing_gives_up_after_five_seconds(show, qtbot):
    service = StandIn(steps=2, step_seconds=30, deaf=True)
    window = show(service)
    window.page.sync()
    qtbot.waitUntil(lambda: bool(service.began))
    began = time.monotonic()
    window.close()
    assert 4.5 < time.monotonic() - began < 6.5
    assert not window.ended_well
    service.release.set()
    assert window.desk.close()


def test_a_removed_bridge_loses_its_page(show, qtbot):
    service = StandIn()
    window = show(service)
    window.choose("cafe")
    assert set(window.pages) == {"esi2", "cafe"}
    service.rows = service.rows[1:]
    with qtbot.waitSignal(window.desk.bridges_changed):
        window.desk.refresh()
    assert set(window.pages) == {"esi2"}
    assert window.page is not None


def test_reads_do_not_run_in_the_windows_thread(show, qtbot):
    threads = {}

    class Watched(StandIn):
        def documents(self, which, offset, limit):
            threads["documents"] = threading.current_thread()
            return super().documents(which, offset, limit)

        def log(self, bridge, *, before, limit, level=""):
            threads["log"] = threading.current_thread()
            return super().log(bridge, before=before, limit=limit, level=level)

        def attention(self, bridge=""):
            threads["attention"] = threading.current_thread()
            return super().attention(bridge)

    page = show(Watched()).page
    for tab in (page.documents, page.attention, page.log):
        page.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: len(threads) == 3)
    assert threading.main_thread() not in threads.values()


def test_a_sign_in_that_ends_soon_is_told_on_every_tab(show):
    end = Ending(bridge="cafe", vendor="Xero", day=date(2026, 12, 4))
    rows = tuple(
        msgspec.structs.replace(one, endings=(end,) if one.row.name == "cafe" else ()) for one in several()
    )
    window = show(StandIn(rows=rows))
    window.choose("cafe")
    assert "Xero ends on 04/12/2026 for lack of use." in window.page.ending.words.text()
    assert window.page.ending.isVisible()
    other = next(one.row.name for one in rows if one.row.name != "cafe")
    window.choose(other)
    assert not window.page.ending.isVisible()
