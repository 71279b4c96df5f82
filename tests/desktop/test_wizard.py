"""The wizard by keyboard alone, against imitated vendors and a real house."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
)

from bridge_gui.app import begin_wizard, kinds
from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.desktop.main import make_desk
from bridge_gui.desktop.start import Kind
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from tests.bridges.salescloud_payday.sandbox import CLOCK, sandbox
from tests.sync.test_wizard import Noted

WAIT = 20_000


@pytest.fixture(scope="module")
def both():
    with sandbox() as one:
        yield one


@pytest.fixture
def keychain():
    return Noted()


@pytest.fixture
def house(tmp_path, keychain):
    registry = Registry([PAYDAY, SALESCLOUD], [SPEC])
    one = House(DataFolder(tmp_path / "data"), registry, lambda folder: keychain, CLOCK)
    yield one
    one.close()


@pytest.fixture
def window(qapp, qtbot, house):
    desk = make_desk(qapp, dark=False)
    made = Window(
        desk,
        Doors(
            house=lambda: house, messages=house.registry.messages, kinds=kinds(house.registry),
            wizard=begin_wizard,
        ),
    )  # fmt: skip
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open_house()
    qtbot.waitUntil(lambda: made.stack.currentWidget() is made.start, timeout=WAIT)
    yield made
    made.close()
    made.deleteLater()


class Hands:
    """A person who only has a keyboard."""

    def __init__(self, qtbot, window, both):
        self.qtbot, self.window, self.both = qtbot, window, both

    @property
    def wizard(self):
        return self.window.wizard

    @property
    def flow(self):
        return self.wizard.flow

    @property
    def page(self):
        return self.flow.page.key

    def open(self):
        self.qtbot.keyClick(self.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: self.wizard is not None and self.flow is not None, timeout=WAIT)
        self.settle()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        focus = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(focus, key, modifier)

    def type(self, text):
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def tab_to(self, name):
        """Press Tab until what bears this name has the focus."""
        for _press in range(80):
            focus = QApplication.focusWidget()
            if focus is not None and focus.accessibleName() == name:
                return focus
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}")

    def enter(self, until):
        """Press Enter and wait for a page."""
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.flow.busy is None and self.page == until, timeout=WAIT)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.flow is None or self.flow.busy is None, timeout=WAIT)

    def fill(self, vendor, **wrong):
        """Fill in a vendor's page: its fields, and its address under Advanced."""
        place = self.both.host.vendors()[vendor]
        for asked in self.flow.vendor(vendor).fields:
            value = wrong.get(asked.key, place["credentials"].get(asked.key))
            if value and not asked.advanced:
                self.tab_to(asked.label)
                self.type(value)
        if not self.wizard.view.advanced.isChecked():
            self.tab_to("Advanced")
            self.press(Qt.Key.Key_Space)
        self.tab_to("Another address")
        self.type(place["endpoint"])


@pytest.fixture
def hands(qtbot, window, both):
    return Hands(qtbot, window, both)


def to_methods(hands):
    hands.open()
    hands.enter("payday")
    hands.fill("payday")
    hands.enter("start")
    hands.enter("salescloud")
    hands.fill("salescloud")
    hands.enter("methods")


def is_empty(house, keychain):
    return not house.bridges() and not keychain.kept and not [*house.folder.path.glob("preview-*")]


def test_finished_with_the_keyboard_alone(hands, window, house, keychain, qtbot):
    to_methods(hands)
    pages = [page.key for page in hands.flow.pages]
    for following in pages[pages.index("methods") + 1 :]:
        hands.enter(following)
    assert hands.flow.preview is not None
    assert is_empty(house, keychain)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.flow.finished is not None, timeout=WAIT)
    assert hands.wizard.next_button.text() == "Sync now"
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is not None, timeout=WAIT)
    assert window.wizard is None
    assert window.page.name == SPEC.key
    assert window.sidebar.isVisible()
    qtbot.waitUntil(lambda: not window.desk.runner.running(), timeout=WAIT)
    assert house.runs(SPEC.key, 1)[0].outcome.value == "finished"


def test_cancel_leaves_nothing_and_asks_first(hands, window, house, keychain, qtbot):
    to_methods(hands)
    hands.press(Qt.Key.Key_Escape)
    asked = hands.wizard._question
    assert asked.isVisible()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert hands.page == "methods"
    hands.press(Qt.Key.Key_Escape)
    leave = next(one for one in hands.wizard._question.buttons() if one.text() == "Leave")
    leave.setFocus()
    qtbot.keyClick(leave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.wizard is None)
    assert window.stack.currentWidget() is window.start
    assert is_empty(house, keychain)


def test_leaving_at_once_asks_nothing(hands, window):
    hands.open()
    hands.press(Qt.Key.Key_Escape)
    assert window.wizard is None
    assert window.stack.currentWidget() is window.start


def test_a_wrong_secret_is_said_on_top_of_the_page(hands):
    hands.open()
    hands.enter("payday")
    hands.fill("payday", client_secret="0" * 32)
    hands.press(Qt.Key.Key_Return)
    hands.settle()
    error = hands.wizard.view.error
    assert hands.page == "payday"
    assert error.isVisible()
    assert error.words.text() == "Payday does not accept this ClientID and ClientSecret."
    hands.tab_to("ClientSecret")
    hands.type(hands.both.host.vendors()["payday"]["credentials"]["client_secret"])
    hands.enter("start")


def test_what_is_missing_is_said_under_its_field(hands):
    hands.open()
    hands.enter("payday")
    hands.press(Qt.Key.Key_Return)
    box = hands.wizard.view.fields["payday.client_id"]
    assert box._wrong.text() == "Please fill this in."
    assert QApplication.focusWidget() is box.line
    assert box.line.accessibleDescription() == "Please fill this in."
    hands.type("no id")
    assert box._wrong.text().startswith("A ClientID has exactly 32 characters")
    hands.type("0" * 32)
    assert not box._wrong.isVisible()


def test_back_keeps_the_answers(hands):
    hands.open()
    hands.enter("payday")
    hands.fill("payday")
    hands.enter("start")
    hands.press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    hands.qtbot.waitUntil(lambda: hands.page == "payday")
    view = hands.wizard.view
    assert view.fields["payday.client_id"].line.text() == hands.flow.value("payday.client_id")
    assert view.fields["payday.client_secret"].line.echoMode() is QLineEdit.EchoMode.Password
    hands.enter("start")


def test_pairing_suggests_warns_and_loads_again(hands):
    to_methods(hands)
    pairs = hands.wizard.view.pairs
    assert QApplication.focusWidget() is next(iter(pairs.choices.values()))
    assert all(
        mark.isVisible() for left, mark in pairs._marks.items() if hands.flow.pairs(pairs.place).get(left)
    )
    first, second = [*pairs.choices.values()][:2]
    hands.tab_to(second.accessibleName())
    hands.type(first.currentText())
    hands.press(Qt.Key.Key_Tab)
    assert pairs.shared.isVisible()
    assert "share" in pairs.shared.words.text()
    hands.tab_to("Load again")
    hands.press(Qt.Key.Key_Space)
    assert hands.wizard.stop_button.isVisible()
    hands.settle()
    assert hands.wizard.view.pairs is not pairs
    assert hands.wizard.view.pairs.shared.isVisible()


def test_a_search_that_means_nothing_changes_nothing(hands):
    to_methods(hands)
    first = next(iter(hands.wizard.view.pairs.choices.values()))
    before = first.currentText()
    hands.type("zzzz")
    hands.press(Qt.Key.Key_Tab)
    assert first.currentText() == before


def test_work_can_be_stopped(hands, both):
    hands.open()
    hands.enter("payday")
    hands.fill("payday")
    both.control("payday", "faults", {"kind": "delay", "times": None, "seconds": 30})
    try:
        hands.press(Qt.Key.Key_Return)
        assert hands.wizard.stop_button.isVisible()
        hands.press(Qt.Key.Key_Escape)
        hands.settle()
    finally:
        both.host.simulators["payday"].faults.clear()
    assert hands.page == "payday"
    assert not hands.wizard.view.error.isVisible()


def test_every_control_is_named_and_reached(hands):
    to_methods(hands)
    for at in range(hands.flow.furthest + 1):
        hands.wizard.go(at)
        hands.settle()
        kinds = (QLineEdit, QComboBox, QAbstractButton, QAbstractSpinBox)
        shown = [
            part
            for kind in kinds
            for part in hands.wizard.findChildren(kind)
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert not [
            part for part in shown if not part.accessibleName() and not part.parent().accessibleName()
        ]
        reached = set()
        for _press in range(3 * len(shown)):
            hands.press(Qt.Key.Key_Tab)
            reached.add(QApplication.focusWidget())
        own = [part for part in shown if isinstance(part, QPushButton) and part.isEnabled()]
        assert not [part.text() for part in own if part not in reached]


def test_only_https_is_opened_and_the_button_says_where(hands, monkeypatch):
    hands.open()
    hands.enter("payday")
    opened = []
    hands.wizard.view.visit.disconnect()
    hands.wizard.view.visit.connect(opened.append)
    hands.tab_to("Open Payday in the browser")
    hands.press(Qt.Key.Key_Space)
    assert opened == ["https://app.payday.is"]
    assert all(spec.site.startswith("https://") for spec in (PAYDAY, SALESCLOUD))


def test_the_letter_is_copied(hands):
    hands.open()
    hands.tab_to("Copy the letter")
    hands.press(Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == SPEC.pages[0].copy


def test_the_kind_is_chosen_first_where_there_are_several(window, hands, qtbot):
    window._doors = Doors(
        house=window._doors.house, wizard=begin_wizard,
        kinds=(*kinds(window.desk.service.registry), Kind(key="other", title="Other to Other")),
    )  # fmt: skip
    window.show_add()
    assert window.wizard.view.chosen == SPEC.key
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.flow is not None, timeout=WAIT)
    hands.press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: hands.flow is None)
    hands.press(Qt.Key.Key_Escape)
    assert window.wizard is None


def test_from_a_file_is_still_offered(hands, window):
    hands.open()
    hands.tab_to("Or from a file")
    hands.press(Qt.Key.Key_Space)
    assert window.wizard is None
    assert window.stack.currentWidget() is window.add_page
