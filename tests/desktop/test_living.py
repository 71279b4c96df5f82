"""Tray, closing, what is remembered, what is late, and starting with the system."""

from __future__ import annotations

import plistlib
import shlex
import stat
import sys
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QMainWindow

from bridge_gui.desktop import autostart, living
from bridge_gui.desktop.autostart import DesktopEntry, LaunchAgent, RunKey, own_command
from bridge_gui.desktop.instance import Door, knock
from bridge_gui.desktop.late import days_late
from bridge_gui.desktop.living import Living
from bridge_gui.desktop.remembered import Remembered
from bridge_gui.store.rows import Outcome
from tests.desktop.standin import NOW, StandIn, bridge, run

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # no tray without a display
COMMAND = ["/opt/Bridge 100%/bridge-gui", "--data-dir", '/data/a "b"/$x\\y', "--hidden"]


class Switch:
    """A system that can start programs, or refuses to."""

    def __init__(self, *, refuses=False):
        self.on, self.refuses = False, refuses

    def is_on(self):
        return self.on

    def switch(self, *, on):
        if self.refuses:
            raise PermissionError
        self.on = on


@pytest.fixture
def stay(show, monkeypatch):
    """A window with a tray, and what was said in it and announced."""

    def make(service=None, known=None, **means):
        told = []
        window = show(service or StandIn(steps=1))
        monkeypatch.setattr(Living, "_say", lambda _self, title, words: told.append((title, words)))
        monkeypatch.setattr(living, "announce", lambda _of, text, urgent=False: told.append((urgent, text)))
        one = Living(window, known or Remembered(), tray=True, **means)
        return window, one, told

    return make


def test_closing_goes_to_the_tray_and_says_so_once(stay):
    window, one, told = stay()
    for _time in range(2):
        window.close()
        assert not window.isVisible()
        one.bring()
        assert window.isVisible()
    assert [title for title, _words in told] == ["Bridge is still here"]
    assert window.desk.reader.isRunning(), "it goes on"


def test_quit_leaves_for_good(stay, qtbot):
    left = []
    window, one, _told = stay(leave=lambda: left.append(1))
    acts = {action.text(): action for action in one.menu.actions()}
    assert [*acts] == ["&Open Bridge", "Sync &all", "&Quit"]
    acts["&Quit"].trigger()
    qtbot.waitUntil(lambda: left == [1])
    assert window.ended_well
    assert not window.isVisible()


def test_who_does_not_want_it_to_stay_closes_it(stay, qtbot):
    left = []
    window, one, told = stay(leave=lambda: left.append(1))
    one.stay(on=False)
    window.close()
    assert not window.desk.reader.isRunning()
    assert told == []
    qtbot.waitUntil(lambda: left == [1], timeout=2000)


def test_at_the_end_of_the_session_nothing_stays(stay):
    window, one, _told = stay()
    one.session_ends()
    window.close()
    assert not window.desk.reader.isRunning()


@pytest.mark.parametrize(
    ("row", "urgent", "words"),
    [
        (run(2, "cafe"), False, "Finished, 37 documents sent."),
        (run(2, "cafe", attention=3), True, "37 documents sent, 3 things need you."),
        (
            run(2, "cafe", Outcome.FAILED, code="toy.refused", params={"number": "7"}),
            True,
            "The books refused order 7: the day is closed. Open it.",
        ),
    ],
)
def test_a_run_is_announced_and_the_tray_speaks_only_when_a_person_is_needed(
    stay, qtbot, monkeypatch, row, urgent, words
):
    service = StandIn()
    service.sync = lambda _name, _cancel, _tell: row
    window, _one, told = stay(service)
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    with qtbot.waitSignal(window.desk.ended):
        window.desk.sync("cafe")
    title = "SalesCloud → Payday, Kaffihús Example ehf."
    assert told == [(urgent, f"{title}: {words}"), *([(title, words)] if urgent else [])]


def test_the_place_the_bridge_and_the_tab_are_remembered(stay, tmp_path, qtbot):
    window, one, _told = stay(known=Remembered(tmp_path))
    window.choose("rent")
    window.page.tabs.setCurrentIndex(2)
    one.remember()
    first, other, again = QMainWindow(), QMainWindow(), Remembered(tmp_path)
    assert (again.text("bridge"), again.text("tab")) == ("rent", "2")
    assert again.text("geometry")
    for one_window in (first, other):
        qtbot.addWidget(one_window)
    first.resize(611, 402)
    Remembered(tmp_path).keep_place(first)
    Remembered(tmp_path).restore_place(other)
    assert (other.width(), other.height()) == (611, 402)


def test_a_window_that_would_be_on_no_screen_comes_back(qtbot, tmp_path):
    known, window = Remembered(tmp_path), QMainWindow()
    qtbot.addWidget(window)
    window.move(90_000, 90_000)
    known.keep_place(window)
    known.restore_place(window)
    assert window.x() < 5000


def test_the_window_is_never_larger_than_the_screen(qtbot):
    known, window = Remembered(), QMainWindow()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry().size()
    window.resize(room.width() * 3, room.height() * 2)
    known.keep_place(window)
    window.resize(300, 200)
    known.restore_place(window)
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_starting_with_the_system_is_asked_once(stay):
    switch, known = Switch(), Remembered()
    window, one, _told = stay(known=known, autostart=switch)
    assert one.ask_to_start()
    assert not one.ask_to_start()
    assert not switch.on, "nothing is switched on unasked"
    assert [part.text() for part in one.question.buttons()] == ["Start with the computer", "Not now"]
    next(part for part in one.question.buttons() if part.text() == "Start with the computer").click()
    assert one.starts
    one.start_with_system(on=False)
    assert not switch.on
    del window


def test_a_system_that_refuses_is_told(stay):
    _window, one, _told = stay(autostart=Switch(refuses=True))
    one.start_with_system(on=True)
    assert "does not let Bridge start" in one.question.text()
    assert [part.text() for part in one.question.buttons()] == ["Close"]


def late(name, hours, **more):
    made = bridge(name, "S → P", "Kaffi")
    return msgspec.structs.replace(made, synced_at=NOW - timedelta(hours=hours), **more)


def test_three_days_without_a_sync_are_loud(stay, qtbot):
    service = StandIn(rows=(late("cafe", 73), late("bar", 71), late("pub", 999, next_run=None)))
    window, _one, told = stay(service)
    with qtbot.waitSignal(window.desk.bridges_changed):
        window.desk.refresh()
    words = "S → P, Kaffi has not been synced for 3 days."
    assert window.banner.note.words.text() == words
    assert window.banner.isVisible()
    assert told.count(("Not synced for three days", words)) == 1
    with qtbot.waitSignal(window.desk.bridges_changed):
        window.desk.refresh()
    assert told.count(("Not synced for three days", words)) == 1, "once a day"
    window.banner.sync_button.click()
    qtbot.waitUntil(lambda: service.began == ["cafe"])


def test_what_never_ran_is_late_from_its_beginning():
    made = bridge("cafe", "S → P", "Kaffi")
    row = msgspec.structs.replace(made.row, created_at=NOW - timedelta(days=5))
    assert days_late(msgspec.structs.replace(made, row=row), NOW) == 5


def test_after_waking_the_timer_looks_at_the_clock(desk, show, qtbot):
    clock = [NOW]
    desk.now = lambda: clock[0]
    service = StandIn(rows=(bridge("cafe", "S → P", "Kaffi"),), steps=1)
    show(service)
    desk.sync_due()
    assert service.began == []
    clock[0] = NOW + timedelta(hours=9)  # the computer slept; no timer has run
    desk.sync_due()
    qtbot.waitUntil(lambda: service.began == ["cafe"])
    clock[0] = NOW + timedelta(hours=1)
    desk.sync_due()
    assert service.began == ["cafe"], "a clock set back starts nothing twice"


def test_linux_gets_a_desktop_file(tmp_path):
    entry = DesktopEntry(COMMAND, tmp_path / "autostart")
    assert not entry.is_on()
    entry.switch(on=True)
    lines = dict(line.split("=", 1) for line in entry.path.read_text("utf-8").splitlines() if "=" in line)
    unescaped = lines["Exec"].replace("\\\\", "\\").replace("%%", "%")
    assert shlex.split(unescaped.replace("\\$", "$")) == COMMAND
    assert (lines["Type"], lines["Terminal"]) == ("Application", "false")
    entry.switch(on=False)
    entry.switch(on=False)
    assert not entry.is_on()


def test_macos_gets_a_launch_agent(tmp_path):
    agent = LaunchAgent(COMMAND, tmp_path / "LaunchAgents")
    agent.switch(on=True)
    kept = plistlib.loads(agent.path.read_bytes())
    assert (kept["ProgramArguments"], kept["RunAtLoad"]) == (COMMAND, True)
    agent.switch(on=False)
    assert not agent.is_on()


class Registry:
    """As much of winreg as is used."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self):
        self.values, self.opened = {}, set()

    def CreateKey(self, root, path):  # noqa: N802
        self.opened.add((root, path))
        return self

    OpenKey = CreateKey

    def __enter__(self):
        return self

    def __exit__(self, *_told):
        return None

    def QueryValueEx(self, _key, name):  # noqa: N802
        if name not in self.values:
            raise FileNotFoundError
        return self.values[name], 1

    def SetValueEx(self, _key, name, _zero, _kind, value):  # noqa: N802
        self.values[name] = value

    def DeleteValue(self, _key, name):  # noqa: N802
        del self.values[name]


def test_windows_gets_a_value_under_the_users_run_key():
    registry = Registry()
    key = RunKey([r"C:\Program Files\Bridge\bridge-gui.exe", "--hidden"], registry)
    assert not key.is_on()
    key.switch(on=True)
    assert registry.values == {"bridge-gui": r'"C:\Program Files\Bridge\bridge-gui.exe" --hidden'}
    assert registry.opened == {("HKCU", r"Software\Microsoft\Windows\CurrentVersion\Run")}
    assert key.is_on()
    key.switch(on=False)
    key.switch(on=False)
    assert not key.is_on()


@pytest.mark.parametrize("kind", ["entry", "agent", "key"])
def test_each_system_tells_which_data_folder_is_started_on(kind, tmp_path):
    registry = Registry()
    made = {
        "entry": lambda command: DesktopEntry(command, tmp_path),
        "agent": lambda command: LaunchAgent(command, tmp_path),
        "key": lambda command: RunKey(command, registry),
    }[kind]
    for words in (["--hidden"], COMMAND[1:]):
        one = made(["/opt/bridge", *words])
        assert not one.is_with(words)
        one.switch(on=True)
        assert one.is_with(words)
        for other in (["--hidden"], COMMAND[1:], ["--data-dir", "/data", "--hidden"]):
            assert one.is_with(other) == (other == words)
        one.switch(on=False)


def test_it_starts_this_program_on_this_data_folder(tmp_path):
    assert own_command(tmp_path, tmp_path) == [sys.executable, "-m", "bridge_gui", "--hidden"]
    assert own_command(tmp_path, tmp_path / "x")[-3:] == ["--data-dir", str(tmp_path), "--hidden"]
    assert isinstance(autostart.autostart([], {"XDG_CONFIG_HOME": str(tmp_path)}), DesktopEntry)


def test_a_second_start_raises_the_first(tmp_path, qtbot):
    knocked = []
    assert not knock(tmp_path)
    door = Door(tmp_path, lambda: knocked.append(1))
    assert door.open()
    assert stat.S_IMODE((tmp_path / "window").stat().st_mode) == 0o600
    assert knock(tmp_path)
    assert knock(tmp_path)
    assert knocked == [1, 1]
    assert not knock(tmp_path / "other")
    door.close()
    assert not knock(tmp_path)


def test_an_installer_has_the_window_leave_with_its_work_stopped(stay, tmp_path, qtbot):
    window, one, _told = stay(StandIn(steps=200, step_seconds=0.05))
    door = Door(tmp_path, one.raised.emit, one.dismissed.emit)
    assert door.open()
    window.page.sync()
    qtbot.waitUntil(lambda: bool(window.desk.runner.running()))
    assert knock(tmp_path, "quit")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=8000)
    assert window.ended_well
    assert not window.desk.runner.running()
    assert not knock(tmp_path, "something else")
    door.close()


def test_who_does_not_know_the_key_is_not_heard(tmp_path):
    knocked = []
    door = Door(tmp_path, lambda: knocked.append(1))
    door.open()
    file = tmp_path / "window"
    address, _key = file.read_text("utf-8").split()
    file.write_text(f"{address}\n{'00' * 32}\n", "utf-8")
    assert not knock(tmp_path)
    assert knocked == []
    door.close()
