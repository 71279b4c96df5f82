"""The demo companies, and whether the program is complete."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bridge_gui.app import means
from tests.cli.program import KIND, Bridge


@pytest.fixture
def seen() -> list[Path]:
    """Where pictures would have gone."""
    return []


@pytest.fixture
def unseen(tmp_path: Path, seen: list[Path]) -> Bridge:
    """The program without its camera."""
    without = replace(
        means(), pictures=lambda _service, _registry, folder, _clock, **_: seen.append(folder) or []
    )
    return Bridge(tmp_path / "quick", means=without)


@pytest.mark.timeout(240)
def test_what_the_readme_promises(empty: Bridge, tmp_path: Path):
    ended = empty("demo", json=False)
    assert ended.code == 0
    assert ended.err == ""
    pictures = empty.folder / "demo" / "screenshots"
    assert str(pictures) in ended.out
    assert {"documents.png", "preview-dark.png"} <= {path.name for path in pictures.iterdir()}


@pytest.mark.timeout(240)
def test_the_demo_goes_on_and_begins_anew(unseen: Bridge, seen: list[Path], tmp_path: Path):
    first = unseen.look("demo", "--screenshots", str(tmp_path / "there"))
    assert first.code == 0
    assert seen == [tmp_path / "there"]
    runs = {run["bridge"]: run for run in first.data["bridges"]}
    assert {(run["outcome"], run["failed"]) for run in runs.values()} == {("finished", 0)}
    run = runs[KIND]
    assert run["written"] >= 50
    assert sum(row["count"] for row in first.data["documents"]) >= 50

    later = unseen.look("demo", "--advance", "1", json=False)
    assert later.code == 0
    assert "Trade went on up to" in later.out
    again = {run["bridge"]: run for run in unseen.look("sync", "--demo", "--all").data["bridges"]}
    assert again[KIND]["written"] == 0
    assert KIND in {row["bridge"] for row in unseen.look("--demo", "status").data["bridges"]}
    assert unseen.look("status").data["bridges"] == []
    assert len(unseen.look("documents", "--demo").data) > run["written"]

    (unseen.folder / "demo" / "mine.txt").write_text("kept", "utf-8")
    anew = {run["bridge"]: run for run in unseen.look("demo", "--reset").data["bridges"]}
    assert anew[KIND]["written"] == run["written"]
    assert (unseen.folder / "demo" / "mine.txt").exists()


def test_it_checks_itself(empty: Bridge):
    checked = empty("self-check")
    assert checked.code == 0, checked.out
    found = {check["check"]: check["found"] for check in checked.data["checks"]}
    assert "payday" in found["vendors"]
    assert KIND in found["bridges"]
    assert "keychain.none" in found["keychain"]
    assert found["spreadsheets"] == "read apart"
    assert found["window"].startswith("Qt ")
    assert not empty.folder.exists()
