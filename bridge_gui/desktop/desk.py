"""What the window knows: the house once it is open, its bridges, and the jobs at work for them.

Widgets ask and listen here; none of them starts a thread or keeps a service of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bridge_gui.desktop.formats import Formats
from bridge_gui.desktop.hearing import Hearing
from bridge_gui.desktop.jobs import Done, Failure, Result, Runner
from bridge_gui.desktop.reader import Reader
from bridge_gui.desktop.theme import Theme
from bridge_gui.errors import Param
from bridge_gui.wording.catalogue import Catalogue
from bridge_gui.wording.message import Message
from bridge_gui.wording.render import Said, Wording

if TYPE_CHECKING:
    from bridge_gui.sync.events import Line, Listener, Progress
    from bridge_gui.sync.service import BridgeStatus, Place, Service
    from bridge_gui.web.waiting import Cancel

OPENING = "(opening)"
LOOK_MS = 30_000
NOT_AGAIN = timedelta(minutes=5)

Open = Callable[[], "Service"]
Messages = Callable[[], Sequence[Message]]


class Desk(QObject):
    """The window's one source of truth; lives in the window's thread."""

    opened = Signal()
    failed = Signal(object)
    bridges_changed = Signal()
    progressed = Signal(str)
    logged = Signal(str)
    work_changed = Signal()
    ended = Signal(str, str, object)

    def __init__(
        self, *, words: Catalogue, formats: Formats, theme: Theme, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.words = words
        self.formats = formats
        self.theme = theme
        self.now = now
        self.reader = Reader(self)
        self.runner = Runner(self)
        self.runner.changed.connect(self.work_changed)
        self.hearing = Hearing(self)
        self.progress: dict[str, Progress] = {}
        self.bridges: tuple[BridgeStatus, ...] = ()
        self.demo = False
        self._doing: dict[str, str] = {}
        self._service: Service | None = None
        self._begun: dict[str, datetime] = {}
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.sync_due)
        self._wording = Wording((), words, formats.shown, formats.figure)

    @property
    def service(self) -> Service:
        """The open house; only asked for once `opened` was told."""
        assert self._service is not None
        return self._service

    @property
    def is_open(self) -> bool:
        """Whether the house is open."""
        return self._service is not None

    def say(self, code: str, params: dict[str, Param] | None = None) -> Said:
        """A code's sentence, advice and button."""
        return self._wording.say(code, params)

    def open(self, service: Open, messages: Messages, *, demo: bool) -> None:
        """Open the house in a job; tells `opened` or `failed`."""

        def ended(result: Result) -> None:
            self._opened(result, demo=demo)

        self.runner.start(OPENING, lambda _cancel, _tell: (service(), tuple(messages())), done=ended)

    def refresh(self) -> None:
        """Read the bridges again; tells `bridges_changed`."""
        self.reader.ask("bridges", self.service.bridges, self._bridges_read)

    def status(self, name: str) -> BridgeStatus | None:
        """A bridge as last read."""
        return next((bridge for bridge in self.bridges if bridge.row.name == name), None)

    def doing(self, name: str) -> str:
        """What is at work for a bridge: "sync", "preview" or nothing."""
        return self._doing.get(name, "")

    def sync(self, name: str, not_now: frozenset[Place] = frozenset(), *, early: bool = False) -> bool:
        """Start a sync, without these sources; False if the bridge is at work already.

        `early` if a change notice asked for it.
        """
        without = {"not_now": not_now} if not_now else {}

        def work(cancel: Cancel, tell: Listener) -> object:
            self.hearing.before_sync(name, early=early)
            return self.service.sync(name, cancel, tell, **without)

        return self._start(name, "sync", work)

    def preview(self, name: str) -> bool:
        """Start a preview; False if the bridge is at work already."""
        return self._start(name, "preview", lambda cancel, tell: self.service.preview(name, cancel, tell))

    def keep_schedule(self) -> None:
        """From now on start what is due or asked for; a run missed while Bridge was closed is caught up."""
        self._timer.start()
        self.opened.connect(self.hearing.begin)
        self.bridges_changed.connect(self.sync_due)

    def sync_due(self) -> None:
        """Start the bridges whose time has come; if that leaves no trace, again in five minutes."""
        now = self.now()
        for bridge in self.bridges:
            name, due = bridge.row.name, bridge.next_run
            begun = self._begun.get(name, now - NOT_AGAIN)
            rested = now - begun >= NOT_AGAIN or (due is not None and due > begun)
            if due is not None and due <= now and rested and not bridge.row.stopped_code:
                self.sync(name)

    def sync_all(self) -> None:
        """Start a sync of every bridge; those over the limit wait for their turn."""
        for bridge in self.bridges:
            self.sync(bridge.row.name)

    def answer(self, name: str, item: str, choice: str, reason: str = "", document: str = "") -> bool:
        """Carry out what a person decided; False while the bridge is at work."""

        def carry_out(_cancel: object, _tell: object) -> None:
            self.service.answer(name, item, choice, reason, document)

        return self._start(name, "answer", carry_out)

    def stop(self, name: str) -> None:
        """Ask the job of a bridge to stop."""
        self.runner.cancel(name)

    def close(self, seconds: float = 5.0) -> bool:
        """Stop everything; True if nothing is left at work."""
        self._timer.stop()
        self.hearing.close()
        ended = self.runner.close(seconds)
        return self.reader.close() and ended

    def _start(self, name: str, what: str, work: Callable[..., object]) -> bool:
        def ended(result: Result) -> None:
            self._ended(name, what, result)

        def heard(progress: Progress | None, lines: Sequence[Line]) -> None:
            self._heard(name, progress, lines)

        if self.runner.busy(name):
            return False
        self._doing[name] = what
        if what == "sync":
            self._begun[name] = self.now()
        self.progress.pop(name, None)
        return self.runner.start(name, work, heard=heard, done=ended)

    def _heard(self, name: str, progress: Progress | None, lines: Sequence[Line]) -> None:
        if progress is not None:
            self.progress[name] = progress
            self.progressed.emit(name)
        if lines:
            self.logged.emit(name)

    def _ended(self, name: str, what: str, result: Result) -> None:
        self._doing.pop(name, None)
        self.progress.pop(name, None)
        self.ended.emit(name, what, result)
        self.refresh()

    def _opened(self, result: Result, *, demo: bool) -> None:
        if isinstance(result, Failure):
            self.failed.emit(result)
            return
        self._service, messages = result.value
        self._wording = Wording(messages, self.words, self.formats.shown, self.formats.figure)
        self.demo = demo
        self.opened.emit()
        self.refresh()

    def _bridges_read(self, result: Result) -> None:
        if isinstance(result, Done):
            self.bridges = tuple(result.value)
            self.bridges_changed.emit()
