"""One question at a time from one place of the window: a newer one takes an older one's turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Result

if TYPE_CHECKING:
    from bridge_gui.web.waiting import Cancel

Question = Callable[["Cancel"], Any]
Answered = Callable[[Result], None]
PAUSE_MS = 250


class Asker(QObject):
    """Asks in jobs of its own; whoever owns it hears only the answer to what it asked last."""

    def __init__(self, desk: Desk, key: str, owner: QObject) -> None:
        super().__init__(owner)
        self._desk, self._key = desk, f"{key} {id(self):x}"
        self._next: tuple[Question, Answered] | None = None
        self._later: tuple[Question, Answered] | None = None
        self._muted = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._paused)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._later is not None or self._next is not None or self._desk.runner.busy(self._key)

    def ask(self, question: Question, answered: Answered) -> None:
        """Ask now; what is being asked is stopped, and answered to nobody."""
        self._later = None
        self._timer.stop()
        if self._desk.runner.busy(self._key):
            self._next = (question, answered)
            self._desk.runner.cancel(self._key)
        else:
            self._start(question, answered)

    def ask_later(self, question: Question, answered: Answered) -> None:
        """Ask once the user has paused."""
        self._later = (question, answered)
        self._timer.start()

    def stop(self) -> None:
        """Ask no more; nobody hears of what is still under way."""
        self._later = self._next = None
        self._timer.stop()
        if self._desk.runner.busy(self._key):
            self._muted = True
            self._desk.runner.cancel(self._key)

    def _paused(self) -> None:
        if self._later is not None:
            self.ask(*self._later)

    def _start(self, question: Question, answered: Answered) -> None:
        def ended(result: Result) -> None:
            if isValid(self):
                self._ended(result, answered)

        self._desk.runner.start(self._key, lambda cancel, _tell: question(cancel), done=ended)

    def _ended(self, result: Result, answered: Answered) -> None:
        following, self._next = self._next, None
        muted, self._muted = self._muted, False
        if following is not None:
            self._start(*following)
        elif not muted:
            answered(result)
