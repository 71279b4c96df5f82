"""Living with it: the tray, what is said there, starting with the system, and being one window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox, QSystemTrayIcon

from bridge_gui.desktop.announce import announce
from bridge_gui.desktop.emblem import emblem
from bridge_gui.desktop.jobs import Done, Failure, Result
from bridge_gui.desktop.late import late_words
from bridge_gui.desktop.remembered import Remembered

if TYPE_CHECKING:
    from bridge_gui.desktop.autostart import Autostart
    from bridge_gui.desktop.window import Window
    from bridge_gui.store.rows import RunRow

STAYS = "stays_in_tray"
TOLD = "told_of_tray"
ASKED = "asked_autostart"
LATE_TOLD = "told_late"
SHOWN_MS = 10_000


class Living(QObject):
    """What makes the window stay around; it owns the icon in the tray."""

    raised = Signal()
    dismissed = Signal()

    def __init__(
        self,
        window: Window,
        known: Remembered,
        *,
        autostart: Autostart | None = None,
        tray: bool | None = None,
        leave: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(window)
        self.window, self.known, self._autostart, self._leave = window, known, autostart, leave
        self.desk = window.desk
        self.tray: QSystemTrayIcon | None = None
        self.question: QMessageBox | None = None
        self.menu = QMenu()
        has_tray = QSystemTrayIcon.isSystemTrayAvailable() if tray is None else tray
        if has_tray:
            self._make_tray()
        window.setWindowIcon(emblem())
        window.hides = self.hides
        window.before_leaving = self._goes
        self.raised.connect(self.bring)
        self.dismissed.connect(self.quit)
        self.desk.ended.connect(self._ended)
        self.desk.bridges_changed.connect(self._look)

    # Place.

    def show(self, *, hidden: bool = False) -> None:
        """Show the window where it was; `hidden` starts in the tray, where there is one."""
        self.known.restore_place(self.window)
        self.window.first_choice = (self.known.text("bridge"), self.known.text("tab"))
        if not (hidden and self.tray is not None):
            self.window.show()

    def remember(self) -> None:
        """Remember place, size, bridge and tab."""
        self.known.keep_place(self.window)
        page = self.window.page
        if page is not None:
            self.known.put("bridge", page.name)
            self.known.put("tab", str(page.tabs.currentIndex()))

    def bring(self) -> None:
        """Bring the window to the front."""
        window = self.window
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    # Closing.

    @property
    def stays(self) -> bool:
        """Whether closing the window leaves the program at work."""
        return self.tray is not None and self.known.text(STAYS) != "no"

    def stay(self, *, on: bool) -> None:
        """Whether closing the window leaves the program at work."""
        self.known.put(STAYS, "yes" if on else "no")

    def hides(self) -> bool:
        """Hide the window instead of closing it, if that is wanted; said the first time."""
        if not self.stays:
            return False
        self.remember()
        self.window.hide()
        if self.known.once(TOLD):
            text = self.desk.words.text
            self._say(
                text("Bridge is still here"),
                text("It goes on syncing. Open it, or quit it, from this sign in the tray."),
            )
        return True

    def quit(self) -> None:
        """Leave for good."""
        self.window.leave()

    def _goes(self) -> None:
        """The window closes for good; with a sign in the tray nothing else would end the program."""
        self.remember()
        QTimer.singleShot(0, self._leave)

    def session_ends(self) -> None:
        """The user signs out of the computer: nothing stays."""
        self.window.hides = lambda: False

    def close(self) -> None:
        """Take the sign out of the tray."""
        if self.tray is not None:
            self.tray.hide()

    # Starting with the system.

    @property
    def can_start(self) -> bool:
        """Whether this computer lets programs start with it."""
        return self._autostart is not None and not self.desk.demo

    @property
    def starts(self) -> bool:
        """Whether Bridge starts when the user signs in to the computer."""
        try:
            return self._autostart is not None and self._autostart.is_on()
        except OSError:
            return False

    def start_with_system(self, *, on: bool) -> None:
        """Let it start with the system, or not any more; says so if the system refuses."""
        self.known.put(ASKED, "yes")
        try:
            if self._autostart is not None:
                self._autostart.switch(on=on)
        except OSError:
            text = self.desk.words.text
            self._ask(
                text("This computer does not let Bridge start by itself"),
                text("Add it yourself to the programs that start with the system."),
            )

    def ask_to_start(self) -> bool:
        """Ask once, when there is something to sync by itself; whether it asked."""
        scheduled = any(bridge.next_run is not None for bridge in self.desk.bridges)
        ready = scheduled and self.window.isVisible() and self.window.wizard is None
        if not (self.can_start and ready) or self.starts or self.known.text(ASKED):
            return False
        text = self.desk.words.text
        self.known.put(ASKED, "yes")
        asked = self._ask(
            text("Start Bridge with the computer?"),
            text("It then syncs at its times without being opened. You can change this under Help."),
            yes=text("Start with the computer"),
            no=text("Not now"),
        )
        asked.accepted.connect(lambda: self.start_with_system(on=True))
        return True

    # Telling.

    def _ended(self, name: str, what: str, result: Result) -> None:
        """Announce how a run ended; in the tray only if it needs a person."""
        if what != "sync":
            return
        status = self.desk.status(name)
        title = f"{status.title}, {status.company}" if status is not None else name
        line, needs = self._outcome(result)
        announce(self.window, f"{title}: {line}", urgent=needs)
        if needs and not self.window.isActiveWindow():
            self._say(title, line)

    def _outcome(self, result: Result) -> tuple[str, bool]:
        if isinstance(result, Failure):
            said = self.desk.say(result.code, result.params)
            return f"{said.sentence} {said.advice}".strip(), result.code != "cancelled"
        assert isinstance(result, Done)
        from bridge_gui.desktop.health import result_line
        from bridge_gui.desktop.states import Tone

        run: RunRow = result.value
        _sign, tone, line = result_line(self.desk, run)
        return line, tone in (Tone.NEEDS_YOU, Tone.WRONG)

    def _look(self) -> None:
        """The sign in the tray, and once a day what is late."""
        waiting = sum(bridge.attention for bridge in self.desk.bridges)
        late = late_words(self.desk)
        if self.tray is not None:
            self.tray.setIcon(emblem(needs_you=bool(waiting or late)))
            need = self.desk.words.many("{count} thing needs you", "{count} things need you", waiting)
            self.tray.setToolTip(f"Bridge\n{late or (need if waiting else '')}".strip())
        today = self.desk.now().date().isoformat()
        if late and self.known.text(LATE_TOLD) != today:
            self.known.put(LATE_TOLD, today)
            self._say(self.desk.words.text("Not synced for three days"), late)
            announce(self.window, late, urgent=True)
        self.ask_to_start()

    def _say(self, title: str, words: str) -> None:
        if self.tray is not None:
            self.tray.showMessage(title, words, emblem(), SHOWN_MS)

    def _make_tray(self) -> None:
        text = self.desk.words.text
        self.tray = QSystemTrayIcon(emblem(), self)
        self.tray.setToolTip("Bridge")
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            (text("&Open Bridge"), self.bring),
            (text("Sync &all"), self.desk.sync_all),
            (text("&Quit"), self.quit),
        )
        for caption, act in acts:
            action = QAction(caption, self)
            action.triggered.connect(lambda _on=False, act=act: act())
            self.menu.addAction(action)
        self.tray.setContextMenu(self.menu)
        self.tray.activated.connect(self._pressed)
        self.tray.messageClicked.connect(self.bring)
        self.tray.show()

    def _pressed(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how != QSystemTrayIcon.ActivationReason.Context:
            self.bring()

    def _ask(self, title: str, words: str, *, yes: str = "", no: str = "") -> QMessageBox:
        asked = QMessageBox(self.window)
        asked.setWindowTitle("Bridge")
        asked.setText(title)
        asked.setInformativeText(words)
        # Before it opens: a message that opens without buttons gets one of Qt's beside them.
        asked.addButton(yes or self.desk.words.text("Close"), QMessageBox.ButtonRole.AcceptRole)
        if no:
            asked.addButton(no, QMessageBox.ButtonRole.RejectRole)
        self.question = asked
        asked.open()
        return asked
