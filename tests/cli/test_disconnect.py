"""`disconnect --all --forget`: nothing of Bridge is left but the program and what was booked."""

from __future__ import annotations

from tests.cli.program import KIND, Bridge, Sandbox


def test_it_leaves_nothing_on_this_computer(bridge: Bridge, sandbox: Sandbox):
    assert bridge.connect(days=2).code == 0
    assert bridge("sync", secrets=True).code in (0, 1)
    booked = len(sandbox.entries())
    assert booked
    for name in ("reports", "screenshots", "demo"):
        (bridge.folder / name).mkdir(exist_ok=True)
    for name in ("window", "window.ini", "replaced-20260102-030405.db"):
        (bridge.folder / name).write_text("", "utf-8")
    gone = bridge("disconnect", "--all", "--forget", secrets=True)
    assert (gone.code, gone.data) == (0, {"disconnected": [KIND]})
    assert not bridge.folder.exists()
    assert len(sandbox.entries()) == booked


def test_what_is_somebody_elses_stays(empty: Bridge):
    empty.folder.mkdir(parents=True)
    (empty.folder / "letter.txt").write_text("mine", "utf-8")
    (empty.folder / "window.ini").write_text("", "utf-8")
    assert empty("disconnect", "--all", "--forget").code == 0
    assert [path.name for path in empty.folder.iterdir()] == ["letter.txt"]


def test_without_anything_there_is_nothing_to_remove(empty: Bridge):
    done = empty("disconnect", "--all", "--forget")
    assert (done.code, done.data) == (0, {"disconnected": []})
    assert not empty.folder.exists()


def test_without_forget_the_data_stays(bridge: Bridge, sandbox: Sandbox):
    assert bridge.connect(days=1).code == 0
    assert bridge("disconnect", "--all", secrets=True).code == 0
    assert (bridge.folder / "bridge.db").is_file()
