"""The composition root: who may open what, and what waits until the window shows."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bridge_gui import app
from bridge_gui.desktop.autostart import autostart, own_command
from bridge_gui.errors import SetupError
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock
from tests.cli.program import ROOT, environment

HEAVY = {
    "sqlalchemy", "requests", "keyring", "flask", "alembic", "urllib3", "truststore", "oauthlib", "zeep",
    "lxml", "msgspec", "tomllib", "asyncio", "ssl", "sqlite3", "subprocess", "multiprocessing", "plistlib",
}  # fmt: skip
SHOWN = """
import json, sys
import bridge_gui.desktop.main as desktop
desktop.open_window = lambda doors, hidden: print(json.dumps(sorted(sys.modules))) or 7
from bridge_gui.app import main
sys.exit(main(sys.argv[1:]))
"""


def rooms(path: Path) -> app.Rooms:
    return app.Rooms(path, lambda _: MemoryKeychain(), SystemClock())


def test_nothing_heavy_is_imported_before_the_window_shows(tmp_path: Path):
    for extra in ([], ["--demo"]):
        done = subprocess.run(
            [sys.executable, "-c", SHOWN, "--data-dir", str(tmp_path), *extra],
            cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 7, done.stderr
        assert not HEAVY & set(json.loads(done.stdout))


def test_one_window_on_one_folder(tmp_path: Path):
    first, second = rooms(tmp_path / "data"), rooms(tmp_path / "data")
    house = first.house()
    assert house is first.house()
    with pytest.raises(SetupError, match=r"folder\.busy"):
        second.house()
    first.close()
    assert list(second.house().bridges()) == []
    second.close()


def test_the_demo_has_a_folder_of_its_own(tmp_path: Path):
    opened = rooms(tmp_path / "data")
    demo = opened.demo_house()
    assert demo is opened.demo_house()
    assert {status.row.name for status in demo.bridges()} == set(app.registry().bridges)
    assert list(opened.house().bridges()) == []
    opened.close()
    assert (tmp_path / "data" / "demo" / "bridge.db").exists()


def test_what_can_be_added_is_what_the_registry_found():
    found = app.registry()
    assert [kind.key for kind in app.kinds(found)] == list(found.bridges)
    assert app.default_folder().name == "bridge-gui"


def test_a_window_is_asked_to_close_and_waited_for(tmp_path: Path):
    command = [sys.executable, "-m", "bridge_gui", "--data-dir", str(tmp_path / "data")]
    env = environment(QT_QPA_PLATFORM="offscreen")
    nothing = subprocess.run(
        [*command, "quit"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert (nothing.returncode, nothing.stdout) == (0, "No window of Bridge is open.\n")
    assert not (tmp_path / "data").exists()
    with subprocess.Popen(command, cwd=ROOT, env=env) as shown:
        deadline = time.monotonic() + 30
        while not (tmp_path / "data" / "window").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        closed = subprocess.run(
            [*command, "quit"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert (closed.returncode, closed.stdout) == (0, "Bridge is closed.\n"), closed.stderr
        assert shown.wait(10) == 0


def test_who_is_no_window_is_not_waited_for(tmp_path: Path):
    opened = rooms(tmp_path / "data")
    opened.lock()
    began = time.monotonic()
    assert app.main(["--data-dir", str(tmp_path / "data"), "quit"]) == 5
    assert time.monotonic() - began < 5
    opened.close()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="an autostart entry")
def test_only_the_start_on_this_data_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    entry = autostart(own_command(tmp_path / "data", app.default_folder()))
    entry.switch(on=True)
    for other in (tmp_path / "dat", tmp_path / "data" / "demo", app.default_folder()):
        assert app.stay_away(other)
        assert entry.is_on()
    assert app.main(["--data-dir", str(tmp_path / "data"), "disconnect", "--all", "--forget"]) == 0
    assert not entry.is_on()
    assert app.stay_away(tmp_path / "data")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_window_ends_by_a_signal_and_alone(tmp_path: Path):
    command = [sys.executable, "-m", "bridge_gui", "--data-dir", str(tmp_path / "data")]
    env = environment(QT_QPA_PLATFORM="offscreen")
    first = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not (tmp_path / "data" / "bridge.db").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    second = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert (second.returncode, second.stderr) == (0, ""), "the first came to the front instead"
    third = subprocess.run(
        [*command, "disconnect", "cafe"], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip
    assert third.returncode == 5
    assert "Another Bridge" in third.stderr
    first.send_signal(signal.SIGTERM)
    assert first.communicate(timeout=30)[1] == ""
    assert first.returncode == 130
    assert not (tmp_path / "data" / "window").exists()
