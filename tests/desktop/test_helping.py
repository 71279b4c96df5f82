"""Help: what broke, the support bundle, About; each can be read before it is shared."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from bridge_gui.desktop.helping import Help
from bridge_gui.desktop.living import Living
from bridge_gui.desktop.remembered import Remembered
from tests.desktop.standin import StandIn
from tests.desktop.test_living import Switch

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
SECRET = "fedcba98-secret"


def acts(one: Help):
    one._fill()
    return {action.text(): action for action in one.menu.actions() if action.text()}


def test_a_bug_shows_a_report_once_without_what_was_handled(show, qtbot):
    def careless(_name, _cancel, _tell):
        password = SECRET
        raise KeyError(f"Anna {password}")

    service = StandIn()
    service.sync = careless
    window = show(service)
    for _time in range(2):
        with qtbot.waitSignal(window.desk.ended):
            window.desk.sync("cafe")
    shown = window.help.shown
    text = shown.body.toPlainText()
    assert "KeyError" in text
    assert "test_helping.py:" in text
    assert SECRET not in text
    assert "Anna" not in text
    qtbot.mouseClick(shown.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    shown.close()
    with qtbot.waitSignal(window.desk.ended):
        window.desk.sync("cafe")
    assert window.help.shown is shown, "not again"


def test_what_breaks_in_the_window_itself_is_told_too(show, capsys):
    window = show(StandIn())
    try:
        raise LookupError(SECRET)  # noqa: TRY301
    except LookupError as error:
        window.help.caught(type(error), error, error.__traceback__)
    assert "LookupError" in window.help.shown.body.toPlainText()
    assert SECRET not in window.help.shown.body.toPlainText()
    assert "Traceback" in capsys.readouterr().err
    window.help.shown.close()


def test_about_names_versions_and_licences(show, qtbot):
    window = show(StandIn())
    acts(window.help)["About Bridge"].trigger()
    qtbot.waitUntil(lambda: window.help.shown is not None)
    lines = window.help.shown.body.toPlainText().splitlines()
    assert any(line.startswith("Qt 6.11") for line in lines)
    assert any(line.startswith("SQLAlchemy 2") and line.endswith(": MIT") for line in lines)
    assert not window.help.shown.save_button.isVisible()
    window.help.shown.close()


def test_the_bundle_is_shown_before_it_is_saved(show, tmp_path):
    from bridge_gui.desktop.jobs import Done

    window = show(StandIn())
    window.help._bundle_read(Done({"versions.txt": "Bridge 1", "log.csv": "a,b"}))
    shown = window.help.shown
    assert shown.body.toPlainText() == "Bridge 1"
    shown.which.setCurrentIndex(1)
    assert shown.body.toPlainText() == "a,b"
    shown.save_to(tmp_path / "nowhere" / "a.zip")
    assert "could not be written" in shown.told.text()
    shown.save_to(tmp_path / "a.zip")
    assert zipfile.ZipFile(tmp_path / "a.zip").read("log.csv") == b"a,b"
    shown.close()


def test_the_menu_switches_how_bridge_starts_and_stays(show):
    window, switch = show(StandIn()), Switch()
    assert set(acts(window.help)) == {"Support bundle ...", "About Bridge"}
    living = Living(window, Remembered(), autostart=switch, tray=True)
    window.help.living = living
    acts(window.help)["Start with the computer"].trigger()
    assert switch.on
    acts(window.help)["Stay in the tray when closed"].trigger()
    assert not living.stays


def test_help_is_within_reach_of_the_keyboard_everywhere(show, qtbot):
    window = show(StandIn(rows=()), demo_house=StandIn)
    assert window.start.help_button.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(window.help.menu.isVisible)
    window.help.menu.close()
    assert [part for part in window.findChildren(QPushButton) if part.text() == "Help" and part.isVisible()]
