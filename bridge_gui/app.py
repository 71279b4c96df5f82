"""The composition root: the only file that knows every room. What is heavy is imported when it is wanted."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, overload

from bridge_gui.errors import SetupError
from bridge_gui.web.keychain import Keychain, SystemKeychain
from bridge_gui.web.waiting import Clock, SystemClock, never

if TYPE_CHECKING:
    from bridge_gui.cli.means import Means
    from bridge_gui.desktop.start import Kind
    from bridge_gui.desktop.window import Doors
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.registry import Registry
    from bridge_gui.sync.service import Service
    from bridge_gui.sync.wizard import WizardFlow
    from bridge_gui.wording.catalogue import Catalogue
    from bridge_gui.wording.message import Message

NAME = "bridge-gui"
STOPPED = 130
BEAT_MS = 200


def main(arguments: Sequence[str]) -> int:
    """Carry out a command line; gives the exit code."""
    from bridge_gui.cli.run import main as run

    return run(arguments, means())


def means() -> Means:
    """What the command line works with on this computer."""
    from bridge_gui.cli.means import Means

    return Means(
        registry=registry,
        keychain=SystemKeychain,
        clock=SystemClock(),
        folder=default_folder,
        window=window,
        check_window=check_window,
        pictures=pictures,
        dismiss=dismiss,
        stay_away=stay_away,
    )


def registry() -> Registry:
    """Every vendor and every bridge there is."""
    from bridge_gui.sync.registry import Registry

    return Registry.discover(["bridge_gui.vendors"], ["bridge_gui.bridges"])


def default_folder() -> Path:
    """Where this user's data lies by default."""
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False)


class Rooms:
    """What one window opens: the house, the demo's house, each alone on its data folder until the end."""

    def __init__(self, path: Path, keychain: Callable[[str], Keychain], clock: Clock) -> None:
        from bridge_gui.store.folder import DataFolder

        self.folder = DataFolder(path)
        self._keychain = keychain
        self._clock = clock
        self._ending = ExitStack()
        self._mutex = threading.Lock()
        self._locked = False
        self.words: Catalogue | None = None
        self._house: Service | None = None
        self._demo: Service | None = None

    @cached_property
    def registry(self) -> Registry:
        """Every vendor and bridge; asked for by a job first, so that the window does not wait for them."""
        return registry()

    def messages(self) -> Sequence[Message]:
        """The sentences of all codes; called in a job."""
        return self.registry.messages()

    def lock(self) -> None:
        """Be the one Bridge on this data; `Busy` if another is."""
        with self._mutex:
            if not self._locked:
                self._ending.enter_context(self.folder.locked())
                self._locked = True

    def house(self) -> Service:
        """The house, opened at the first call; called in a job."""
        self.lock()
        with self._mutex:
            if self._house is None:
                from bridge_gui.sync.house import House

                house = House(self.folder, self.registry, self._keychain, self._clock, self.words)
                self._ending.callback(house.close)
                self._house = house
            return self._house

    def demo_house(self) -> Service:
        """The demo's house with its companies served, opened at the first call; called in a job."""
        with self._mutex:
            if self._demo is None:
                from bridge_gui.cli.demo_companies import open_demo

                self.folder.make()
                opening = open_demo(demo_folder(self.folder), self.registry, self._clock, never())
                self._demo = self._ending.enter_context(opening).house
            return self._demo

    def begin_wizard(self, service: Service, kind: str, change: str) -> WizardFlow:
        """The wizard's questions, with the sign-ins filled in at the demo companies; called in a job."""
        begin = begin_demo_wizard if service is self._demo else begin_wizard
        return begin(service, kind, change)

    def close(self) -> None:
        """Close what was opened, the last first."""
        self._ending.close()


def demo_folder(folder: DataFolder) -> DataFolder:
    """The demo's own data folder, within the real one."""
    from bridge_gui.store.folder import DataFolder

    return DataFolder(folder.path / "demo")


def window(path: Path, demo: bool, *, hidden: bool = False) -> int:
    """Open the window and stay until it is closed; gives an exit code. One open on this data is raised."""
    from bridge_gui.desktop.main import open_window, user_words

    _drop_known_warnings()
    rooms = Rooms(path, SystemKeychain, SystemClock())
    rooms.words = user_words()
    try:
        if not demo and not _lock_first(rooms):
            return 0
        with _closed_by_signals() as stopped:
            code = open_window(doors(rooms, demo=demo), hidden=hidden)
        return STOPPED if stopped.is_set() else code
    finally:
        rooms.close()


@contextmanager
def _closed_by_signals() -> Iterator[threading.Event]:
    """Ctrl+C and SIGTERM close the window, as its own button does; a second one leaves at once."""
    from PySide6.QtCore import QTimer

    from bridge_gui.desktop.main import close_window, make_application

    app = make_application()
    stopped = threading.Event()

    def close(_number: int, _frame: FrameType | None) -> None:
        if stopped.is_set():
            os._exit(STOPPED)
        stopped.set()
        QTimer.singleShot(0, lambda: close_window(app))

    old = {name: signal.signal(name, close) for name in (signal.SIGINT, signal.SIGTERM)}
    beat = QTimer()
    beat.timeout.connect(lambda: None)  # lets Python look at signals while Qt waits
    beat.start(BEAT_MS)
    try:
        yield stopped
    finally:
        beat.stop()
        for name, before in old.items():
            signal.signal(name, before)


def doors(rooms: Rooms, *, demo: bool) -> Doors:
    """What the window may open."""
    from bridge_gui.desktop.autostart import autostart, own_command
    from bridge_gui.desktop.window import Doors

    return Doors(
        house=rooms.demo_house if demo else rooms.house,
        messages=rooms.messages,
        demo=demo,
        demo_house=rooms.demo_house,
        kinds=Kinds(rooms),
        wizard=rooms.begin_wizard,
        home=demo_folder(rooms.folder).path if demo else rooms.folder.path,
        autostart=lambda: autostart(own_command(rooms.folder.path, default_folder())),
    )


def dismiss(path: Path) -> bool:
    """Ask the window that is open on this data to leave; whether there was one."""
    from bridge_gui.desktop.instance import QUIT, knock

    return knock(path, QUIT)


def stay_away(path: Path) -> bool:
    """Start no more with the computer on this data; False if the system refuses."""
    from bridge_gui.desktop.autostart import forget

    try:
        forget(path, default_folder())
    except (OSError, ValueError):
        return False
    return True


def begin_wizard(service: Service, kind: str, change: str) -> WizardFlow:
    """The wizard's questions for a new bridge, or for the one to change; called in a job."""
    from bridge_gui.sync.house import House
    from bridge_gui.sync.wizard import WizardFlow

    assert isinstance(service, House)
    return WizardFlow(service, kind, change)


def begin_demo_wizard(service: Service, kind: str, change: str) -> WizardFlow:
    """The same at the demo companies: how to sign in there is filled in."""
    from bridge_gui.sync.wizard_pages import sign_in_like

    flow = begin_wizard(service, kind, change)
    bridge = next((one.row for one in service.bridges() if one.row.kind == kind), None)
    if bridge is not None and not change:
        sign_in_like(flow, bridge)
    return flow


class Kinds(Sequence["Kind"]):
    """The bridges that can be added, looked for when somebody wants to add one."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    @cached_property
    def _found(self) -> tuple[Kind, ...]:
        return kinds(self._rooms.registry)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Kind: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Kind]: ...

    def __getitem__(self, at: int | slice) -> Kind | Sequence[Kind]:
        return self._found[at]


def kinds(registry: Registry) -> tuple[Kind, ...]:
    """The bridges that can be added."""
    from bridge_gui.desktop.start import Kind

    return tuple(Kind(key=spec.key, title=spec.title) for spec in registry.bridges.values())


def _lock_first(rooms: Rooms) -> bool:
    """Take the lock before the window shows; False if a window has it, which then comes to the front.

    If something else has it, the window says so where somebody sees it.
    """
    try:
        rooms.lock()
    except SetupError:
        from bridge_gui.desktop.instance import knock

        if knock(rooms.folder.path):
            return False
        if not _only_a_window_is_seen():
            raise
    return True


def _only_a_window_is_seen() -> bool:
    """Started from a menu: no terminal shows what is said on it."""
    drawn = os.environ.get("QT_QPA_PLATFORM", "") not in ("offscreen", "minimal")
    return drawn and not (sys.stderr is not None and sys.stderr.isatty())


def check_window(house: Callable[[], Service]) -> str:
    """Show the window without a display on this house, and say what was seen; raises if it stays empty."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _drop_known_warnings()
    from PySide6.QtCore import qVersion

    from bridge_gui.desktop.main import make_application, make_desk
    from bridge_gui.desktop.shots import wait_for
    from bridge_gui.desktop.window import Doors, Window

    shown = Window(make_desk(make_application()), Doors(house=house))
    try:
        shown.show()
        shown.open_house()
        if not wait_for(lambda: shown.stack.currentWidget() is shown.start) or shown.grab().isNull():
            raise RuntimeError("the window shows nothing")
        return f"Qt {qVersion()}, {shown.width()} x {shown.height()}"
    finally:
        shown.close()


def _drop_known_warnings() -> None:
    """Without a display Qt says at each window that nothing manages or raises it; all else is passed on."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def handle(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        known = "propagateSizeHints" in message or "does not support raise()" in message
        if not known and sys.stderr is not None:
            print(message, file=sys.stderr)  # noqa: T201 - where Qt's own handler would write

    qInstallMessageHandler(handle)


def pictures(
    service: Service, registry: Registry, folder: Path, clock: Clock, *, whole: bool
) -> Sequence[Path]:
    """Photograph the window on this house; not `whole`: its fullest bridge only."""
    from bridge_gui.desktop.shots import take_all, without_display

    without_display()
    _drop_known_warnings()
    return take_all(
        service,
        folder,
        messages=registry.messages,
        kinds=kinds(registry),
        wizard=begin_demo_wizard,
        now=clock.now,
        whole=whole,
    )
