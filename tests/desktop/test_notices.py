"""Change notices in the window: the switch in Settings, real HTTP, an early sync, and the port let go."""

from __future__ import annotations

import http.client
import socket
from datetime import timedelta
from urllib.parse import urlsplit

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from bridge_gui.desktop.main import make_desk
from bridge_gui.desktop.notices_box import age_words, understands_notices
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.sync.notices_kept import SECRET, switch_on
from bridge_gui.web.notices import NoticeListener
from tests.bridges.webcrm_uniconta.office import NAME, office
from tests.desktop.standin import NOW, StandIn, bridge

WAIT = 30_000
ITEM = "1000"


@pytest.fixture
def one(tmp_path):
    with office(tmp_path / "data") as made:
        made.set_up(schedule="30 min")
        made.rest(2)
        yield made


@pytest.fixture
def opened(qapp, qtbot, one):
    """Opens the window as the program does; closed at the end."""
    windows = []

    def make():
        desk = make_desk(qapp, dark=False, now=one.clock.now)
        window = Window(desk, Doors(house=lambda: one.house, messages=one.house.registry.messages))
        windows.append(window)
        desk.keep_schedule()
        window.show()
        window.open_house()
        qtbot.waitUntil(lambda: window.page is not None, timeout=WAIT)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


def status_of(address):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().status
    finally:
        connection.close()


def price(one):
    rows = one.table("webcrm", "QuotationLineLinkedDataItem")
    row = next(row for row in rows if row["QuotationLineLinkedDataItemData1"] == ITEM)
    return str(row["QuotationLineLinkedDataItemPrice"])


def test_switched_on_in_settings_a_notice_starts_a_sync(opened, one, qtbot):
    window = opened()
    page, hearing = window.page, window.desk.hearing
    assert hearing.port == 0
    page.tabs.setCurrentWidget(page.settings)
    box = page.settings.notices
    qtbot.waitUntil(lambda: page.settings.is_settled, timeout=WAIT)
    assert not box.switch.isChecked()
    assert not box.show_button.isVisible()
    box.switch.click()
    qtbot.waitUntil(lambda: hearing.port != 0, timeout=WAIT)
    qtbot.waitUntil(lambda: str(hearing.port) in box.state.text(), timeout=WAIT)

    assert box.age.text().startswith("Last look ")
    copies = [press for press in box.findChildren(QPushButton) if press.text() == "Copy"]
    assert len(copies) == 3
    qtbot.mouseClick(copies[1], Qt.MouseButton.LeftButton)
    address = QGuiApplication.clipboard().text()
    assert address.startswith(f"http://127.0.0.1:{hearing.port}/webhook/")
    assert address.endswith("/invitems")

    one.books("edit_item", number=ITEM, SalesPrice1="961.5")
    assert status_of(address.replace("/webhook/", "/webhook/A")) == 404
    assert status_of(f"{address}?Table=23&Key={ITEM}") == 200
    qtbot.waitUntil(lambda: price(one) == "961.5", timeout=WAIT)
    qtbot.waitUntil(lambda: not window.desk.runner.busy(NAME), timeout=WAIT)

    port = hearing.port
    box.switch.click()
    qtbot.waitUntil(lambda: hearing.port == 0 and box.isEnabled(), timeout=WAIT)
    qtbot.waitUntil(lambda: not box.show_button.isVisible(), timeout=WAIT)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
    assert one.house.keychain.get(one.house.bridge(NAME).books.name, SECRET) is None


def test_it_listens_from_the_start_and_closes_with_the_window(opened, one, qtbot):
    address = switch_on(one.house, NAME)[0].local
    window = opened()
    qtbot.waitUntil(lambda: window.desk.hearing.port != 0, timeout=WAIT)
    assert status_of(address) == 200
    window.close()
    with pytest.raises(ConnectionRefusedError):
        status_of(address)


def test_a_port_in_use_is_said_in_settings(opened, one, qtbot):
    port = switch_on(one.house, NAME)[0].port
    other = NoticeListener(port, {}, lambda _bridge, _path, _notice: None)
    try:
        window = opened()
        page = window.page
        page.tabs.setCurrentWidget(page.settings)
        trouble = page.settings.notices.trouble
        qtbot.waitUntil(lambda: f"port {port}" in trouble.words.text(), timeout=WAIT)
        assert window.desk.hearing.port == 0
    finally:
        other.close()


def test_the_age_of_the_last_look_is_told(desk):
    ages = [age_words(desk, desk.now() - timedelta(seconds=seconds)) for seconds in (5, 119, 120, 7199)]
    assert ages == [
        "Last look 5 s ago", "Last look 119 s ago", "Last look 2 min ago", "Last look 119 min ago",
    ]  # fmt: skip
    assert age_words(desk, None) == ""
    assert "14" in age_words(desk, desk.now() + timedelta(minutes=1)), "a clock set back: the time"


def test_what_ran_since_it_was_started_is_due_again_within_five_minutes(desk, show, qtbot):
    clock = [NOW]
    desk.now = lambda: clock[0]
    made = bridge("cafe", "S → P", "Kaffi")
    service = StandIn(rows=(msgspec.structs.replace(made, next_run=NOW),), steps=1)
    window = show(service)
    desk.sync_due()
    qtbot.waitUntil(lambda: service.began == ["cafe"])
    qtbot.waitUntil(lambda: not desk.runner.busy("cafe"))
    clock[0] = NOW + timedelta(seconds=70)
    desk.sync_due()
    assert service.began == ["cafe"], "no trace of that run"
    service.rows = (msgspec.structs.replace(made, next_run=NOW + timedelta(seconds=60)),)
    with qtbot.waitSignal(desk.bridges_changed):
        desk.refresh()
    desk.sync_due()
    qtbot.waitUntil(lambda: service.began == ["cafe", "cafe"])
    qtbot.waitUntil(window.page.sync_button.isEnabled)


def test_a_bridge_without_notices_has_no_switch(show):
    window = show(StandIn())
    assert not understands_notices(window.desk, "cafe")
    assert window.page.settings.notices is None
