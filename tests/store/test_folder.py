"""The data folder: private, and one process at a time, whatever becomes of that process."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bridge_gui.errors import SetupError
from bridge_gui.store.folder import Busy, DataFolder

ROOT = Path(__file__).parent.parent.parent
HOLD = """
import sys
from pathlib import Path
from bridge_gui.store.folder import Busy, DataFolder
try:
    with DataFolder(Path(sys.argv[1])).locked():
        print("held", flush=True)
        sys.stdin.readline()
except Busy as error:
    print(error.code, flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


@pytest.fixture
def holder(folder):
    """Another process that wants the lock; its first line says whether it got it."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_folder_is_made_with_no_rights_for_others(tmp_path):
    old = os.umask(0)
    try:
        folder = DataFolder(tmp_path / "a" / "data")
        with folder.locked():
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.path.iterdir()} <= {0o600}


def test_a_folder_that_is_there_loses_the_rights_of_others(folder):
    folder.path.mkdir(mode=0o755)
    folder.path.chmod(0o755)
    folder.make()
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_a_place_where_no_folder_can_be_is_told(tmp_path):
    (tmp_path / "file").write_text("a letter")
    with pytest.raises(SetupError) as raised:
        DataFolder(tmp_path / "file" / "data").make()
    assert (raised.value.code, raised.value.params["folder"]) == (
        "folder.cannot_make", str(tmp_path / "file" / "data"),
    )  # fmt: skip


def test_a_second_process_is_told_that_another_is_at_work(folder, holder):
    with folder.locked():
        assert holder()[1] == "folder.busy"
    assert holder()[1] == "held"
    with pytest.raises(Busy) as raised, folder.locked():
        pytest.fail("two at once")
    assert raised.value.params == {"folder": str(folder.path)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_the_lock_is_free_again_when_its_process_was_killed(folder, holder):
    process, said = holder()
    assert said == "held"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    with folder.locked():
        assert holder()[1] == "folder.busy"


def test_the_lock_is_free_again_when_its_block_has_raised(folder):
    with pytest.raises(LookupError), folder.locked():
        raise LookupError
    with folder.locked():
        pass


def test_where_things_lie(folder):
    lie = {folder.database, folder.reports, folder.sandbox}
    assert {place.parent for place in lie} == {folder.path}
    assert len(lie) == 3
