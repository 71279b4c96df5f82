"""The pictures are taken without a display and never wait for ever."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage

from bridge_gui.desktop import shots
from bridge_gui.desktop.shots import take_all, wait_for
from bridge_gui.desktop.start import Kind
from tests.desktop.standin import MESSAGES, NOW, StandIn

TABS = ["overview", "documents", "needs-attention", "mappings", "log", "settings"]
MORE = ["document-detail", "overview-200", "preview"]
NAMES = ["start", "add-a-bridge", *TABS, *MORE]


def test_takes_every_page_in_both_themes(tmp_path, qapp):
    taken = take_all(
        StandIn(steps=1), tmp_path / "shots", messages=lambda: MESSAGES, locale=QLocale("is_IS"), now=lambda: NOW,
        kinds=(Kind(key="toy", title="Toy"),),
    )  # fmt: skip
    assert [path.stem for path in taken] == [*NAMES, *(f"{name}-dark" for name in NAMES)]
    sizes = {
        (QImage(str(path)).width(), QImage(str(path)).height())
        for path in taken
        if "preview" not in path.stem
    }
    assert sizes == {(1240, 800), (2480, 1600)}


def test_without_a_bridge_there_is_a_picture_of_the_start(tmp_path, qapp):
    taken = take_all(StandIn(rows=()), tmp_path)
    assert {path.stem for path in taken} == {"start", "start-dark", "add-a-bridge", "add-a-bridge-dark"}


def test_a_preview_that_hangs_is_left_out(tmp_path, qapp, monkeypatch):
    monkeypatch.setattr(shots, "PATIENCE", 0.2)
    assert not any("preview" in path.stem for path in take_all(StandIn(step_seconds=60), tmp_path))


def test_waiting_ends(qapp):
    assert not wait_for(lambda: False, 0.1)
    assert wait_for(lambda: True, 0.1)
