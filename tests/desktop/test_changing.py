"""The tabs Mappings and Settings against imitated vendors and a real house."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from bridge_gui.app import begin_wizard, kinds
from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.desktop.main import make_desk
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.sandbox import CLOCK, sandbox
from tests.sync.test_wizard import FEW_DAYS, METHODS, Noted, forwards, worked

WAIT = 20_000


@pytest.fixture(scope="module")
def both():
    with sandbox() as one:
        yield one


@pytest.fixture
def house(tmp_path, both):
    keychain = Noted()
    registry = Registry([PAYDAY, SALESCLOUD], [SPEC])
    one = House(DataFolder(tmp_path / "data"), registry, lambda folder: keychain, CLOCK)
    flow = WizardFlow(one, SPEC.key)
    flow.answer("settings.start_date", str(flow.setup.today() - FEW_DAYS))
    forwards(flow, both)
    for left in flow.pairs(METHODS):
        flow.pair(METHODS, left, "")
    worked(flow, flow.finish())
    assert one.sync(SPEC.key, never(), nobody).outcome.value == "finished"
    yield one
    one.close()


@pytest.fixture
def page(qapp, qtbot, house):
    desk = make_desk(qapp, dark=False)
    doors = Doors(
        house=lambda: house,
        messages=house.registry.messages,
        kinds=kinds(house.registry),
        wizard=begin_wizard,
    )
    window = Window(desk, doors)
    window.show()
    window.open_house()
    qtbot.waitUntil(lambda: window.page is not None, timeout=WAIT)
    yield window.page
    window.close()
    window.deleteLater()


def looked_at(qtbot, page, tab):
    page.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab.is_read, timeout=WAIT)
    return tab


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_mapping_says_what_it_looks_at_again_before_it_is_saved(qtbot, page, house):
    tab = looked_at(qtbot, page, page.mappings)
    pairs = tab.pairs[METHODS]
    left, right = next(iter(tab.flow.lists.suggested["payment_methods"].items()))
    choice = pairs.choices[left]
    choice.setCurrentIndex(choice.findData(right))
    choice.activated.emit(choice.currentIndex())
    waits = len(house.attention(SPEC.key))
    qtbot.waitUntil(lambda: "the next sync looks at these again" in tab.effect.text(), timeout=WAIT)
    assert f"{waits} that wait for you" in tab.effect.text()
    assert house.bridge(SPEC.key).mappings["payment_methods"] == {}
    press(qtbot, tab.save_button)
    qtbot.waitUntil(lambda: tab.told.words.text() == "Saved.", timeout=WAIT)
    assert house.bridge(SPEC.key).mappings["payment_methods"][left] == right
    qtbot.waitUntil(lambda: tab.is_read, timeout=WAIT)
    assert not tab.save_button.isEnabled()


def test_rows_are_found_by_name_and_two_that_share_are_named(qtbot, page):
    tab = looked_at(qtbot, page, page.mappings)
    pairs = tab.pairs[METHODS]
    one, other = list(pairs.choices)[:2]
    right = [*tab.flow.lists.suggested["payment_methods"].values()][2]
    for left in (one, other):
        choice = pairs.choices[left]
        choice.setCurrentIndex(choice.findData(right))
        choice.activated.emit(choice.currentIndex())
    assert "share" in pairs.shared.words.text()
    titles = {option.key: option.title for option in tab.flow.options(pairs.asked.left)}
    tab.search.setText(titles[one])
    qtbot.waitUntil(pairs.choices[other].isHidden, timeout=WAIT)
    assert not pairs.choices[one].isHidden()


def test_settings_show_no_secret_and_keep_what_is_changed(qtbot, page, house):
    tab = looked_at(qtbot, page, page.settings)
    secret = house.keychain.get(f"{SPEC.key}.payday", "client_secret")
    assert all(secret not in line.text() for line in tab.findChildren(QLineEdit))
    grouping = tab.fields["settings.grouping"].control
    grouping.buttons["day"].click()
    qtbot.waitUntil(lambda: "looks at these again" in tab.effect.text(), timeout=WAIT)
    press(qtbot, tab.save_button)
    qtbot.waitUntil(lambda: house.bridge(SPEC.key).settings["grouping"] == "day", timeout=WAIT)
    assert house.keychain.get(f"{SPEC.key}.payday", "client_secret") == secret
    qtbot.waitUntil(lambda: tab.is_read, timeout=WAIT)


def test_what_is_wrong_is_said_and_nothing_is_kept(qtbot, page, house):
    tab = looked_at(qtbot, page, page.settings)
    before = house.bridge(SPEC.key)
    tab.fields["payday.client_id"].line.setText("")
    press(qtbot, tab.save_button)
    assert not tab.fields["payday.client_id"]._wrong.isHidden()
    assert house.bridge(SPEC.key) == before
    press(qtbot, tab.discard_button)
    qtbot.waitUntil(lambda: tab.is_read, timeout=WAIT)
    assert tab.fields["payday.client_id"].line.text() == before.books.values["client_id"]


def test_disconnecting_says_what_goes_and_takes_the_secrets_along(qtbot, page, house):
    tab = looked_at(qtbot, page, page.settings)
    window = page.window()
    press(qtbot, tab.disconnect_button)
    assert "its secrets in the keychain" in tab.question.informativeText()
    tab.question.reject()
    assert len(house.bridges()) == 1
    tab.disconnect_bridge()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.start, timeout=WAIT)
    assert not house.bridges()
    assert house.keychain.get(f"{SPEC.key}.payday", "client_secret") is None
