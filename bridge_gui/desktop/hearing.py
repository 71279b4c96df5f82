"""Change notices in the window: listening beside it, and starting early what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bridge_gui.desktop.jobs import Done, Failure, Result, failure

if TYPE_CHECKING:
    from bridge_gui.desktop.desk import Desk
    from bridge_gui.sync.notices_heard import Listening
    from bridge_gui.sync.service import Service

KEY = "(notices)"
LOOK_MS = 2000
Opened = tuple["Listening | None", tuple[Failure, ...]]


class Hearing(QObject):
    """One listener for all bridges that want it; nothing is opened before `begin`, nor in the demo."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.heard: Listening | None = None
        self.failures: tuple[Failure, ...] = ()
        self._again = self._closed = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def port(self) -> int:
        """Where it listens, 0 if it does not."""
        return self.heard.port if self.heard is not None else 0

    def begin(self) -> None:
        """Listen for those that want it now, in a job: the keychain is asked. Anew if it listens already."""
        if self._desk.demo or not self._desk.is_open or self._closed:
            return
        service, before = self._desk.service, self.heard
        self._timer.stop()
        started = self._desk.runner.start(
            KEY, lambda _cancel, _tell: self._open(service, before), done=self._opened
        )
        self._again = not started

    def look(self) -> None:
        """Start the bridge that a notice asks for, unless it is at work already."""
        idle = [one for one in self._desk.bridges if not self._desk.runner.busy(one.row.name)]
        name = self.heard.early(idle) if self.heard is not None else ""
        if name:
            self._desk.sync(name, early=True)

    def before_sync(self, name: str, *, early: bool) -> None:
        """Have the sync that begins look at what was heard; called in its job."""
        heard = self.heard
        if heard is not None:
            heard.before_sync(name, early=early)

    def close(self) -> None:
        """Let go of the port."""
        self._closed = True
        self._timer.stop()
        if self.heard is not None:
            self.heard.close()
            self.heard = None

    def _open(self, service: Service, before: Listening | None) -> Opened:
        from bridge_gui.sync.house import House
        from bridge_gui.sync.notices_heard import listen

        if before is not None:
            before.close()
        failures: list[Failure] = []
        found = None
        if isinstance(service, House):
            found = listen(service, lambda error: failures.append(failure(error)))
        if found is not None and self._closed:
            found.close()
            found = None
        return found, tuple(failures)

    def _opened(self, result: Result) -> None:
        found, self.failures = result.value if isinstance(result, Done) else (None, (result,))
        self.heard = found
        if found is not None:
            self._timer.start()
        if self._closed:
            self.close()
        elif self._again:
            self._again = False
            self.begin()
        self.changed.emit()
