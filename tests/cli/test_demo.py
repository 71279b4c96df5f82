"""The demo companies, and whether the program is complete."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import KIND, Bridge


def test_the_demo_twice_then_later(empty: Bridge, tmp_path: Path):
    pictures = tmp_path / "pictures"
    first = empty("demo", "--screenshots", str(pictures))
    assert first.code == 0
    assert first.err == ""
    (run,) = first.data["bridges"]
    assert (run["outcome"], run["failed"]) == ("finished", 0)
    assert run["written"] == sum(row["count"] for row in first.data["documents"]) > 50
    assert first.data["held"]
    assert {"documents.png", "preview-dark.png"} <= {path.name for path in pictures.iterdir()}

    later = empty("demo", "--advance", "1", "--screenshots", str(pictures), json=False)
    assert later.code == 0
    assert "Trade went on up to" in later.out
    assert empty("sync", "--demo").data["bridges"][0]["written"] == 0
    status = empty("--demo", "status").data["bridges"][0]
    assert status["bridge"] == KIND
    assert empty("status").data == {"bridges": []}
    booked = len(empty("documents", "--demo").data)
    assert booked > run["written"]

    (empty.folder / "demo" / "mine.txt").write_text("kept", "utf-8")
    anew = empty("demo", "--reset", "--screenshots", str(pictures))
    assert anew.data["bridges"][0]["written"] == run["written"]
    assert (empty.folder / "demo" / "mine.txt").exists()


def test_it_checks_itself(empty: Bridge):
    checked = empty("self-check")
    assert checked.code == 0, checked.out
    found = {check["check"]: check["found"] for check in checked.data["checks"]}
    assert "payday" in found["vendors"]
    assert KIND in found["bridges"]
    assert "keychain.none" in found["keychain"]
    assert found["window"].startswith("Qt ")
    assert not empty.folder.exists()
