"""Opening the window. Nothing here, or below it, imports what is slow before the window shows."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.formats import Formats
from bridge_gui.desktop.living import Living
from bridge_gui.desktop.remembered import Remembered
from bridge_gui.desktop.theme import Theme
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.wording.catalogue import Catalogue, languages, load

if TYPE_CHECKING:
    from bridge_gui.desktop.autostart import Autostart
    from bridge_gui.desktop.instance import Door

SWITCH_SECONDS = 0.0001
UNSEEN_MS = 300


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


def user_words() -> Catalogue:
    """The texts in the user's language: that of the surroundings, else that of the system."""
    return load(languages(os.environ) or QLocale.system().uiLanguages())


def make_desk(
    app: QApplication,
    *,
    dark: bool | None = None,
    locale: QLocale | None = None,
    words: Catalogue | None = None,
    now: Callable[[], datetime] = system_now,
) -> Desk:
    """The window's one source of truth, with nothing opened yet."""
    chosen = words or user_words()
    return Desk(words=chosen, formats=Formats(chosen, locale), theme=Theme(app, dark=dark), now=now)


def open_window(doors: Doors, *, hidden: bool = False, leave: Callable[[int], object] = os._exit) -> int:
    """Show the window at once, open the house in a job, and stay until the window is closed for good.

    `hidden` starts in the tray, where there is one. `leave` ends the process when a job did not stop
    within five seconds: a thread of Qt's that still runs would abort it, and the journal makes leaving safe.
    """
    app = make_application()
    window = Window(make_desk(app), doors)
    window.desk.keep_schedule()
    # What is loaded by then stays: looking through it again and again would stop the window for 80 ms.
    window.desk.opened.connect(gc.freeze)
    over: list[bool] = []
    # Asked to leave twice, Qt would end the next loop of this process before it begins.
    living = Living(
        window,
        Remembered(doors.home),
        autostart=_autostart(doors),
        leave=lambda: None if over else app.exit(0),
    )
    window.help.living = living
    before, sys.excepthook = sys.excepthook, window.help.caught
    app.setQuitOnLastWindowClosed(living.tray is None)
    app.commitDataRequest.connect(living.session_ends)
    opened: list[Door] = []
    painted = Painted(window, lambda: None if over else _begin(window, living, doors, opened))
    living.show(hidden=hidden)
    painted.expect()
    code = app.exec()
    over.append(True)
    QCoreApplication.removePostedEvents(app, QEvent.Type.Quit.value)
    sys.excepthook = before
    for door in opened:
        door.close()
    living.close()
    if not window.ended_well:
        leave(code)
    return code


class Painted(QObject):
    """Calls back once, when the window has been painted; or soon, where it is not: in the tray, minimised."""

    def __init__(self, window: Window, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then: Callable[[], object] | None = then
        self._window = window
        window.installEventFilter(self)

    def expect(self) -> None:
        """Wait no longer than the window needs if it is painted at all."""
        QTimer.singleShot(UNSEEN_MS if self._window.isVisible() else 0, self._call)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Look at the window's events until it is painted."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._call)
        return False

    def _call(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            self._window.removeEventFilter(self)
            then()


def close_window(app: QApplication) -> None:
    """Close for good, as *Quit* does."""
    for window in app.topLevelWidgets():
        if isinstance(window, Window):
            window.leave()
    app.exit(0)


def _autostart(doors: Doors) -> Autostart | None:
    return doors.autostart() if doors.autostart is not None and not doors.demo else None


def _begin(window: Window, living: Living, doors: Doors, opened: list[Door]) -> None:
    """The window shows: open the house, and the door where a second start asks for this window.

    Nobody asks for the demo's. The door's imports would hold the window up if it were opened before.
    """
    if doors.home is not None and not doors.demo:
        from bridge_gui.desktop.instance import Door

        door = Door(doors.home, living.raised.emit, living.dismissed.emit)
        if door.open():
            opened.append(door)
    window.open_house()
