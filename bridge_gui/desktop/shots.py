"""Pictures of the window without a display: for the demo, the README and looking at our own work."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QLocale
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from bridge_gui.desktop.desk import Messages
from bridge_gui.desktop.main import make_application, make_desk, system_now
from bridge_gui.desktop.preview import PreviewWindow
from bridge_gui.desktop.start import Kind
from bridge_gui.desktop.window import Doors, Window

if TYPE_CHECKING:
    from bridge_gui.desktop.page import BridgePage
    from bridge_gui.desktop.wizard import Begin
    from bridge_gui.sync.service import BridgeStatus, Service

PATIENCE = 15.0
ALTOGETHER = 480.0
LARGE = 2


def without_display() -> None:
    """Let Qt draw in memory where there is no display; call before the first window."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def wait_for(ready: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Let the window work until something is so; False when it took too long."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)
    QCoreApplication.processEvents()
    return True


class Photographer:
    """Takes pictures of one window in one theme; past `until` it waits for nothing more."""

    def __init__(self, window: Window, folder: Path, ending: str, until: float) -> None:
        self.window, self._folder, self._ending, self._until = window, folder, ending, until
        self.taken: list[Path] = []
        self._named = ""

    def wait(self, ready: Callable[[], bool], seconds: float = 0.0) -> bool:
        """Let the window work until something is so; False when it took too long."""
        left = max(0.0, self._until - time.monotonic())
        return wait_for(ready, min(seconds or PATIENCE, left))

    def take(self, name: str, of: QWidget | None = None) -> None:
        """Save a picture under this name."""
        QCoreApplication.processEvents()
        path = self._folder / f"{self._named}{name}{self._ending}.png"
        (of or self.window).grab().save(str(path))
        self.taken.append(path)

    def take_large(self, name: str) -> None:
        """Save a picture as it is drawn at 200 %."""
        QCoreApplication.processEvents()
        picture = QPixmap(self.window.size() * LARGE)
        picture.setDevicePixelRatio(LARGE)
        self.window.render(picture)
        path = self._folder / f"{name}{self._ending}.png"
        picture.save(str(path))
        self.taken.append(path)

    def take_start(self) -> None:
        """The first start, and how a bridge is added."""
        self.window.stack.setCurrentWidget(self.window.start)
        self.window.sidebar.hide()
        self.take("start")
        self.window.stack.setCurrentWidget(self.window.add_page)
        self.take("add-a-bridge")

    def take_wizards(self) -> None:
        """Setting up a bridge of each kind there is, page by page; the fullest one's first."""
        from bridge_gui.desktop.wizard_shots import take_wizard

        for at, (kind, name) in enumerate(self._kinds().items()):
            self._named = f"{kind}-" if at else ""
            take_wizard(self.window, self.take, self.wait, name)
        self._named = ""

    def take_others(self) -> None:
        """The panels of each bridge that has any, with what can be done on the first."""
        from bridge_gui.desktop.panel_shots import take_panels

        for kind, name in self._kinds().items():
            self._named = f"{kind}-"
            self.window.choose(name)
            if self.window.page is not None:
                take_panels(self.window.page, self.take, self.wait)
        self._named = ""

    def _kinds(self) -> dict[str, str]:
        """One bridge of each kind, the fullest first."""
        bridges = self.window.desk.bridges
        first = fullest(bridges)
        found: dict[str, str] = {}
        for one in sorted((one.row for one in bridges), key=lambda row: row.name != first):
            found.setdefault(one.kind, one.name)
        return found

    def take_page(self) -> None:
        """The tabs of the first bridge and its preview."""
        self.window.open_house()
        waiting, stack = self.window.waiting, self.window.stack
        self.wait(lambda: stack.currentWidget() is not waiting or not waiting.again.isHidden())
        if self.window.page is not None:
            self.window.choose(fullest(self.window.desk.bridges))
        page = self.window.page
        if page is None:
            return
        tabs: tuple[tuple[str, QWidget, Callable[[], bool]], ...] = (
            ("overview", page.overview, lambda: page.overview.is_read),
            ("documents", page.documents, lambda: page.documents.model.read),
            ("needs-attention", page.attention, lambda: page.attention.is_read),
            ("mappings", page.mappings, lambda: page.mappings.is_settled),
            ("log", page.log, lambda: page.log.model.read),
            ("settings", page.settings, lambda: page.settings.is_settled),
        )
        for name, tab, ready in tabs:
            page.tabs.setCurrentWidget(tab)
            self.wait(ready)
            self.take(name)
        self._take_detail(page)
        page.tabs.setCurrentWidget(page.overview)
        self.take_large("overview-200")
        self._take_preview(page)

    def _take_detail(self, page: BridgePage) -> None:
        """The newest document in full, if there is one."""
        page.tabs.setCurrentWidget(page.documents)
        if page.documents.model.rowCount():
            page.documents.table.selectRow(0)
            self.wait(lambda: page.documents.pane.detail is not None)
            self.take("document-detail")
            page.documents.table.clearSelection()

    def _take_preview(self, page: BridgePage) -> None:
        page.preview()
        self.wait(lambda: not self.window.desk.runner.busy(page.name), 4 * PATIENCE)
        for preview in page.findChildren(PreviewWindow):
            self.take("preview", preview)
            preview.close()


def fullest(bridges: Sequence[BridgeStatus]) -> str:
    """The bridge with most to see, empty if there is none."""
    sent = {one.row.name: one.last_run.written if one.last_run is not None else 0 for one in bridges}
    return max(sent, key=lambda name: sent[name], default="")


def take_all(
    service: Service,
    folder: Path,
    *,
    demo: bool = True,
    messages: Messages = tuple,
    kinds: tuple[Kind, ...] = (),
    wizard: Begin | None = None,
    locale: QLocale | None = None,
    now: Callable[[], datetime] = system_now,
    whole: bool = True,
) -> list[Path]:
    """Pictures of every page in both themes, 1240 by 800; returns where they are. Never waits for ever.

    Not `whole`: only the start and the pages of the fullest bridge.
    """
    without_display()
    folder.mkdir(parents=True, exist_ok=True)
    doors = Doors(
        house=lambda: service, messages=messages, demo=demo, demo_house=lambda: service, kinds=kinds,
        wizard=wizard,
    )  # fmt: skip
    taken: list[Path] = []
    until = time.monotonic() + ALTOGETHER
    for dark, ending in ((False, ""), (True, "-dark")):
        with _window(doors, dark=dark, locale=locale, now=now) as window:
            photographer = Photographer(window, folder, ending, until)
            photographer.take_start()
            photographer.take_page()
            if whole:
                photographer.take_others()
                photographer.take_wizards()
            taken += photographer.taken
    return taken


@contextmanager
def _window(
    doors: Doors, *, dark: bool, locale: QLocale | None, now: Callable[[], datetime]
) -> Iterator[Window]:
    app = make_application()
    desk = make_desk(app, dark=dark, locale=locale, now=now)
    window = Window(desk, doors)
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.processEvents()
