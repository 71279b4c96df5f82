"""Opening the window. Nothing here, or below it, imports what is slow before the window shows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.formats import Formats
from bridge_gui.desktop.theme import Theme
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.wording.catalogue import Catalogue, languages, load

SWITCH_SECONDS = 0.0001


def system_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Qt's application, set up once per process."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Bridge")
    app.setApplicationDisplayName("Bridge")
    app.setDesktopFileName("bridge-gui")
    # A working thread hands over soon, so that painting never waits for it.
    sys.setswitchinterval(SWITCH_SECONDS)
    return app


def make_desk(
    app: QApplication,
    *,
    dark: bool | None = None,
    locale: QLocale | None = None,
    words: Catalogue | None = None,
    now: Callable[[], datetime] = system_now,
) -> Desk:
    """The window's one source of truth, with nothing opened yet."""
    chosen = words or load(languages(os.environ) or QLocale.system().uiLanguages())
    return Desk(words=chosen, formats=Formats(chosen, locale), theme=Theme(app, dark=dark), now=now)


def open_window(doors: Doors, *, leave: Callable[[int], object] = os._exit) -> int:
    """Show the window at once, open the house in a job, and stay until the window is closed.

    `leave` ends the process when a job did not stop within five seconds: a thread of Qt's that still
    runs would abort it, and the journal makes leaving safe.
    """
    app = make_application()
    window = Window(make_desk(app), doors)
    window.desk.keep_schedule()
    window.show()
    QTimer.singleShot(0, window.open_house)
    code = app.exec()
    if not window.ended_well:
        leave(code)
    return code
