"""Quick questions to the store, asked beside the window so that it never waits for one.

One thread, newest question first: what the user looks at now matters more than what was scrolled past.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from bridge_gui.desktop.jobs import Done, Ended, Result, failure

Question = Callable[[], Any]


class Reader(QThread):
    """Answers questions in its own thread; an older question with the same key is forgotten."""

    _ready = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bell = threading.Condition()
        self._asked: dict[str, tuple[int, Question]] = {}
        self._answers: dict[int, Result] = {}
        self._callers: dict[int, tuple[str, Ended]] = {}
        self._newest: dict[str, int] = {}
        self._last = 0
        self._over = False
        self._ready.connect(self._deliver)

    def ask(self, key: str, question: Question, done: Ended) -> None:
        """Have `question` answered; `done` is called in the window's thread, unless it was replaced."""
        with self._bell:
            if self._over:
                return
            self._forget(key)
            self._last += 1
            self._asked[key] = (self._last, question)
            self._callers[self._last] = (key, done)
            self._newest[key] = self._last
            self._bell.notify()
        if not self.isRunning():
            self.start()

    def forget(self, key: str) -> None:
        """Drop a question; one that is being answered is answered to nobody."""
        with self._bell:
            self._forget(key)

    def close(self, seconds: float = 2.0) -> bool:
        """Take no more questions and end the thread; False if it is stuck in one."""
        with self._bell:
            self._over = True
            self._asked.clear()
            self._callers.clear()
            self._bell.notify()
        return not self.isRunning() or self.wait(int(seconds * 1000))

    def run(self) -> None:
        """Answer until the program ends."""
        while (turn := self._next()) is not None:
            ticket, question = turn
            try:
                answer: Result = Done(question())
            except Exception as error:  # noqa: BLE001 - becomes plain data
                answer = failure(error)
            with self._bell:
                self._answers[ticket] = answer
            self._ready.emit(ticket)

    def _forget(self, key: str) -> None:
        self._asked.pop(key, None)
        self._callers.pop(self._newest.pop(key, 0), None)

    def _next(self) -> tuple[int, Question] | None:
        with self._bell:
            while not self._asked and not self._over:
                self._bell.wait()
            return None if self._over else self._asked.popitem()[1]

    @Slot(int)
    def _deliver(self, ticket: int) -> None:
        with self._bell:
            answer = self._answers.pop(ticket, None)
            caller = self._callers.pop(ticket, None)
        if answer is not None and caller is not None:
            key, done = caller
            if self._newest.get(key) == ticket:
                del self._newest[key]
            done(answer)
