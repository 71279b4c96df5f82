"""Work beside the window: one thread per job, never more than one job per bridge, three in all.

A job's thread emits no payloads: it leaves its events in a mailbox that the runner empties ten times a
second, and its result in itself, read in the slot of `finished` after `wait()`.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QThread, QTimer, Signal, Slot

from bridge_gui.errors import Cancelled, Param, classify

if TYPE_CHECKING:
    from bridge_gui.sync.events import Event, Line, Listener, Progress
    from bridge_gui.web.waiting import Cancel

MOST = 3
EVERY_MS = 100
KEPT_LINES = 200

Work = Callable[["Cancel", "Listener"], Any]


@dataclass(frozen=True)
class Done:
    """What a job gave back."""

    value: Any


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why a job gave nothing back, as plain data; `trace` is a report that holds places and no values."""

    code: str
    params: dict[str, Param] = field(default_factory=dict)
    bug: bool = False
    trace: str = ""


Result = Done | Failure
Heard = Callable[["Progress | None", Sequence["Line"]], None]
Ended = Callable[[Result], None]


def failure(error: BaseException) -> Failure:
    """An exception as plain data for the window."""
    if isinstance(error, Cancelled):
        return Failure(code="cancelled")
    verdict = classify(error)
    trace = _report(error) if verdict.bug else ""
    return Failure(code=verdict.code, params=verdict.params, bug=verdict.bug, trace=trace)


def _report(error: BaseException) -> str:
    # Here and not above: nothing needs it before something breaks.
    from bridge_gui.sync.report import report_text

    return report_text(error, datetime.now(UTC))


class Mailbox:
    """Events between two threads: the newest progress and the last lines, nothing piles up."""

    def __init__(self) -> None:
        # Here and not above: the window shows before anything needs these.
        from bridge_gui.sync.events import Progress

        self._kind = Progress
        self._lock = threading.Lock()
        self._progress: Progress | None = None
        self._lines: deque[Line] = deque(maxlen=KEPT_LINES)

    def put(self, event: Event) -> None:
        """Leave an event; called by the job's thread, as often as it likes."""
        with self._lock:
            if isinstance(event, self._kind):
                self._progress = event
            else:
                self._lines.append(event)

    def take(self) -> tuple[Progress | None, list[Line]]:
        """The newest progress and the lines since the last call."""
        with self._lock:
            progress, lines = self._progress, [*self._lines]
            self._lines.clear()
            self._progress = None
        return progress, lines


class Job(QThread):
    """One piece of work in its own thread; `result` is there once it has finished."""

    def __init__(self, key: str, work: Work, *, heard: Heard | None, done: Ended | None) -> None:
        super().__init__()
        self.key = key
        self.heard = heard
        self.done = done
        self.cancel = threading.Event()
        self.mail = Mailbox()
        self.result: Result = Failure(code="cancelled")
        self._work = work

    def run(self) -> None:
        """Do the work; whatever it raises becomes plain data."""
        try:
            self.result = Done(self._work(self.cancel, self.mail.put))
        except BaseException as error:  # noqa: BLE001 - nothing may leave a thread of Qt's
            self.result = failure(error)


class Runner(QObject):
    """Starts jobs, queues what is over the limit, and lets go of a thread only when it has ended.

    `broke` tells of what nobody foresaw.
    """

    changed = Signal()
    broke = Signal(object)

    def __init__(self, parent: QObject | None = None, *, most: int = MOST) -> None:
        super().__init__(parent)
        self._most = most
        self._running: dict[str, Job] = {}
        self._waiting: dict[str, Job] = {}
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._listen)

    def start(self, key: str, work: Work, *, heard: Heard | None = None, done: Ended | None = None) -> bool:
        """Start or queue a job; False if this key has one already, or the program is closing."""
        if self._closed or self.busy(key):
            return False
        self._waiting[key] = Job(key, work, heard=heard, done=done)
        self._fill()
        self.changed.emit()
        return True

    def busy(self, key: str) -> bool:
        """Whether a job of this key runs or waits for its turn."""
        return key in self._running or key in self._waiting

    def waits(self, key: str) -> bool:
        """Whether a job of this key waits for its turn."""
        return key in self._waiting

    def running(self) -> tuple[str, ...]:
        """The keys at work now."""
        return tuple(self._running)

    def cancel(self, key: str) -> None:
        """Ask a job to stop; one that has not begun ends at once."""
        job = self._running.get(key)
        if job is not None:
            job.cancel.set()
        elif key in self._waiting:
            self._end(self._waiting.pop(key))

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for key in [*self._waiting, *self._running]:
            self.cancel(key)

    def close(self, seconds: float = 5.0) -> bool:
        """Stop everything, wait at most `seconds` while the window keeps painting; True if all ended."""
        self._closed = True
        self.cancel_all()
        deadline = time.monotonic() + seconds
        while self._running and time.monotonic() < deadline:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
            time.sleep(0.005)
        self._timer.stop()
        return not self._running

    def _fill(self) -> None:
        while self._waiting and len(self._running) < self._most:
            key = next(iter(self._waiting))
            job = self._waiting.pop(key)
            self._running[key] = job
            job.finished.connect(self._finished)
            self._timer.start()
            job.start()

    @Slot()
    def _listen(self) -> None:
        for job in tuple(self._running.values()):
            self._pass_on(job)

    @staticmethod
    def _pass_on(job: Job) -> None:
        progress, lines = job.mail.take()
        if job.heard is not None and (progress or lines):
            job.heard(progress, lines)

    @Slot()
    def _finished(self) -> None:
        for job in [job for job in self._running.values() if job.isFinished()]:
            job.wait()
            self._pass_on(job)
            del self._running[job.key]
            self._end(job)
        self._fill()
        if not self._running:
            self._timer.stop()
        self.changed.emit()

    def _end(self, job: Job) -> None:
        if job.done is not None:
            job.done(job.result)
        if isinstance(job.result, Failure) and job.result.bug:
            self.broke.emit(job.result)
        job.deleteLater()
