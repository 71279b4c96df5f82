"""Signing in at a vendor's page from the window: a real house, an imitated Xero, a browser that is told where to go."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from bridge_gui.desktop.main import make_desk
from bridge_gui.desktop.settings import Settings
from bridge_gui.desktop.start import Kind
from bridge_gui.desktop.wizard import Wizard
from bridge_gui.desktop.wizard_page import PageView
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.vendors.xero import SPEC as XERO
from bridge_gui.web.oauth.grant import load
from tests.sync.test_signing import BRIDGE, PAGES, TILL, World, client_id

WAIT = 20_000
PLACE = "xero.sign_in"


@pytest.fixture
def world(tmp_path):
    with Host({"xero": XERO.simulator()}) as host:
        one = World(tmp_path, host)
        one.house.registry = Registry([TILL, XERO], [replace(BRIDGE, pages=PAGES)])
        yield one
        one.house.close()


class Screen:
    def __init__(self, qapp, qtbot, world):
        self.qtbot, self.world, self.visited = qtbot, world, []
        desk = make_desk(qapp, dark=False)
        with qtbot.waitSignal(desk.opened, timeout=WAIT):
            desk.open(lambda: world.house, world.house.registry.messages, demo=False)
        self.wizard = Wizard(
            desk, [Kind(key=BRIDGE.key, title="Till to Xero")],
            lambda _service, kind, change: WizardFlow(world.house, kind, change), go=self.visited.append,
        )  # fmt: skip
        self.wizard.show()
        self.wizard.start()
        qtbot.waitUntil(
            lambda: self.flow is not None and isinstance(self.wizard.view, PageView), timeout=WAIT
        )

    @property
    def flow(self):
        return self.wizard.flow

    @property
    def box(self):
        return self.wizard.view.fields[PLACE].control

    def fill(self, endpoint):
        self.wizard.view.endpoint.other.setText(endpoint)
        self.wizard.view.fields["xero.client_id"].line.setText(client_id(self.world))

    def settle(self):
        self.qtbot.waitUntil(lambda: self.flow.busy is None, timeout=WAIT)

    def words(self, part):
        return " ".join(one.text() for one in part.findChildren(QPushButton) if one.isVisibleTo(part))


@pytest.fixture
def screen(qapp, qtbot, world):
    made = Screen(qapp, qtbot, world)
    yield made
    made.wizard.leave()
    assert made.wizard.desk.close()
    made.wizard.close()
    made.wizard.deleteLater()


def test_a_sandbox_is_signed_in_to_by_pressing_one_button(screen):
    assert "127.0.0.1" not in screen.box.host.text()
    screen.fill(screen.world.endpoint)
    assert "127.0.0.1" in screen.box.host.text()
    screen.box.press.click()
    screen.settle()
    assert screen.flow.error is None
    assert screen.flow.is_signed_in(PLACE)
    assert screen.box.press.text() == "Sign in again"
    assert not screen.box.choice.isVisibleTo(screen.box)
    screen.wizard.next()
    screen.qtbot.waitUntil(lambda: screen.flow.page.key == "preview", timeout=WAIT)


def test_without_the_apps_key_it_says_what_is_missing(screen):
    screen.box.press.click()
    assert screen.flow.busy is None
    assert "fill this in" in screen.wizard.view.fields["xero.client_id"]._wrong.text()
    assert screen.visited == []


def test_the_redirect_addresses_are_there_to_copy(screen):
    for one in screen.box._redirects.findChildren(QPushButton):
        one.click()
        assert QApplication.clipboard().text().startswith("http://localhost:")
    assert len(screen.box._redirects.findChildren(QPushButton)) == 3


def test_the_browser_is_sent_to_the_vendor_and_waiting_can_be_ended(screen):
    screen.wizard.view.fields["xero.client_id"].line.setText("A" * 32)
    assert "login.xero.com" in screen.box.host.text()
    screen.box.press.click()
    (address,) = screen.visited
    assert address.startswith("https://login.xero.com/identity/connect/authorize?")
    assert screen.box.waiting.isVisibleTo(screen.box)
    assert not screen.box.press.isVisibleTo(screen.box)
    screen.box.again.click()
    assert screen.visited == [address, address]
    screen.box.stop.click()
    screen.settle()
    assert screen.flow.error is None
    assert screen.box.press.isVisibleTo(screen.box)
    assert not screen.flow.is_signed_in(PLACE)


def test_a_wrong_paste_is_said_beside_it(screen):
    screen.wizard.view.fields["xero.client_id"].line.setText("A" * 32)
    screen.box.press.click()
    screen.box.pasted.setText("https://example.com/?code=1&state=2")
    screen.box.use.click()
    assert "earlier try" in screen.box._wrong.text()
    state = parse_qs(urlsplit(screen.visited[0]).query)["state"][0]
    screen.box.pasted.setText(f"http://localhost:8765/callback?error=access_denied&state={state}")
    screen.box.use.click()
    screen.settle()
    assert screen.flow.error.code == "oauth.denied"
    assert screen.box.press.isVisibleTo(screen.box)


def test_of_several_companies_one_is_chosen(screen, monkeypatch):
    two = (Company(id="1", name="Yksi"), Company(id="2", name="Kaksi"))
    monkeypatch.setattr("bridge_gui.vendors.xero.adapter.XeroAdapter.companies", lambda _self: two)
    screen.fill(screen.world.endpoint)
    screen.box.press.click()
    screen.settle()
    assert screen.box.choice.isVisibleTo(screen.box)
    screen.wizard.next()
    assert "choose the company" in screen.wizard.view.fields[PLACE]._wrong.text()
    screen.box.company.setCurrentIndex(2)
    screen.box.company.activated.emit(2)
    assert screen.flow.problems() == {}


def test_another_app_asks_for_another_sign_in(screen):
    screen.fill(screen.world.endpoint)
    screen.box.press.click()
    screen.settle()
    screen.wizard.view.fields["xero.client_id"].line.setText("B" * 32)
    assert screen.box.press.text() == "Sign in"


@pytest.fixture
def tab(qapp, qtbot, world, monkeypatch):
    world.connect()
    desk = make_desk(qapp, dark=False)
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(lambda: world.house, world.house.registry.messages, demo=False)
    made = Settings(desk, "books")
    made.show()
    qtbot.waitUntil(lambda: made.is_read and PLACE in made.fields, timeout=WAIT)
    yield made
    assert desk.close()
    made.close()
    made.deleteLater()


def test_under_settings_one_can_sign_in_again_and_it_is_kept(qtbot, world, tab):
    session = load(world.kept).session
    box = tab.fields[PLACE].control
    assert "keychain" in box.done.findChildren(QLabel)[-1].text() + box.done.accessibleName()
    box.press.click()
    qtbot.waitUntil(lambda: tab.flow.busy is None and tab.is_settled, timeout=WAIT)
    assert tab.flow.error is None
    assert load(world.kept).session == session
    assert tab.save_button.isEnabled()
    tab.save()
    qtbot.waitUntil(lambda: load(world.kept).session != session, timeout=WAIT)
    qtbot.waitUntil(lambda: tab.is_read, timeout=WAIT)
    assert world.opened().name
