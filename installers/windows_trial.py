"""The Windows installer under wine: installed, used, upgraded, removed, and only the data left."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from installers import frozen
from installers.screen import Screen, wait
from installers.trial import (
    ACCENTS,
    BUTTON_PIXELS,
    Installed,
    check_itself,
    demand,
    from_sources,
    step,
    sync_demo,
    used,
)
from installers.wine import Wine

OURS = {"LICENSE.txt", "uninstall.exe"}
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Bridge"
OPEN = 3
"""The exit code of an installer that finds Bridge open and may not ask."""
SECONDS = 120


class Place:
    """Where things lie on one Windows."""

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        (user,) = [path for path in (wine.drive / "users").iterdir() if path.name != "Public"]
        self.home = user
        self.program = user / "AppData/Local/Programs/Bridge"
        self.data = user / "AppData/Local/bridge-gui"
        self.link = user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Bridge.lnk"

    def files(self) -> set[str]:
        """What lies in the program's folder."""
        return {path.relative_to(self.program).as_posix() for path in frozen.files(self.program)}

    def registered(self) -> bool:
        """Whether Windows lists the program among the installed ones."""
        return self.wine.run("reg", "query", KEY, "/v", "DisplayVersion").returncode == 0


def try_installer(
    installer: Path, folder: Path, wine: Wine, shown: Screen, bridges: str, older: Path | None = None
) -> None:
    """All of it, or a `Failed` that says what went wrong; `older` is the installer of a version before."""
    place = Place(wine)
    wanted = {path.relative_to(folder).as_posix() for path in frozen.files(folder)} | OURS
    if older is not None:
        step(f"upgrade over {older.name}, in use", lambda: _over(place, older, installer, wanted, bridges))
    step("silent install", lambda: _install(place, installer, wanted))
    print(f"       {len(wanted)} files, each as it was made; in the start menu; listed by Windows")
    installed = Installed(["wine", str(place.program / "bridge-cli.exe")], place.home, wine.environment)
    found = step("self-check", lambda: check_itself(installed))
    print(f"       {found['window']}; keychain: {found['keychain']}; vendors: {found['vendors']}")
    own = step("demo sync", lambda: sync_demo(installed, bridges))
    step("the same from the sources", lambda: _compare(own, bridges))
    print(f"       {len(own)} documents, as from the sources")
    step("an upgrade over one that is not asked is refused", lambda: _refused(place, installer, shown))
    step("an upgrade asks the open window to close", lambda: _closed(place, installer, shown, wanted))
    step("upgrade over an older version", lambda: _upgrade(place, installer, wanted))
    step("uninstall, data kept", lambda: _uninstall(place))
    demand((place.data / "demo" / "bridge.db").is_file(), "uninstalling took the user's data")
    _install(place, installer, wanted)
    step("uninstall, data and sign-ins removed", lambda: _uninstall(place, "/FORGET"))
    demand(not place.data.exists(), f"left behind: {[str(one) for one in place.data.rglob('*')][:9]}")


def _over(place: Place, older: Path, installer: Path, wanted: set[str], bridges: str) -> None:
    """A real version before this one: its data goes on, its files go."""
    demand(place.wine.run(older, "/S").returncode == 0, "the older version was not installed")
    installed = Installed(["wine", str(place.program / "bridge-cli.exe")], place.home, place.wine.environment)
    used(installed, bridges, lambda: _install(place, installer, wanted))
    _uninstall(place, "/FORGET")


def _install(place: Place, installer: Path, wanted: set[str]) -> None:
    done = place.wine.run(installer, "/S")
    demand(done.returncode == 0, f"the installer ended with {done.returncode}")
    found = place.files()
    demand(found == wanted, f"missing: {sorted(wanted - found)[:5]}, too much: {sorted(found - wanted)[:5]}")
    demand(place.link.is_file(), "no entry in the start menu")
    demand(place.registered(), "Windows does not list it")


def _compare(own: object, bridges: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        same = sync_demo(from_sources(Path(name)), bridges)
    demand(own == same, f"the installed program and the sources differ: {own} {same}")


def _refused(place: Place, installer: Path, shown: Screen) -> None:
    """The demo's window: nobody is asked for it, so it is in the user's hands."""
    before = place.files()
    with _open(place, "--demo"):
        demand(wait(lambda: shown.middle() != (0, 0, 0), SECONDS), "no window of the demo")
        code = place.wine.run(installer, "/S").returncode
        demand(code == OPEN, f"the installer ended with {code} while Bridge was open")
        demand(place.files() == before, "the installer changed an open Bridge")
    demand(wait(lambda: shown.middle() == (0, 0, 0), SECONDS), "the demo's window stays")


def _closed(place: Place, installer: Path, shown: Screen, wanted: set[str]) -> None:
    with _open(place) as process:
        seen = wait(lambda: max(map(shown.count, ACCENTS)) > BUTTON_PIXELS, SECONDS)
        demand(seen, "no window")
        _install(place, installer, wanted)
        code = process.wait(SECONDS)
        demand(code == 0, f"the window that was asked to close ended with {code}")
    demand(not (place.data / "window").exists(), "it did not close as by its own Quit")


@contextmanager
def _open(place: Place, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """The window, opened as the start menu does, and ended."""
    command = ["wine", str(place.program / "bridge-gui.exe"), *words]
    nothing, pipe = (
        subprocess.DEVNULL,
        subprocess.PIPE,
    )  # under wine Python cannot start with a file in their place
    with subprocess.Popen(
        command, cwd=place.home, env=place.wine.environment, stdin=nothing, stdout=pipe, stderr=pipe
    ) as process:
        try:
            yield process
        finally:
            place.wine.run("taskkill", "/F", "/IM", "bridge-gui.exe")
            process.wait(SECONDS)


def _upgrade(place: Place, installer: Path, wanted: set[str]) -> None:
    """What an older version had and this one has not goes; what it knows stays."""
    old = place.program / "_internal" / "of_an_older_version.dll"
    old.write_bytes(b"")
    before = {path: path.stat().st_mtime_ns for path in frozen.files(place.data)}
    _install(place, installer, wanted)
    demand({path: path.stat().st_mtime_ns for path in frozen.files(place.data)} == before, "data was touched")


def _uninstall(place: Place, *words: str) -> None:
    """The uninstaller goes on in a copy of itself after it has ended."""
    place.wine.run(place.program / "uninstall.exe", "/S", *words)
    _gone(lambda: place.program.exists() or place.link.exists() or place.registered(), place)


def _gone(there: Callable[[], bool], place: Place) -> None:
    began = time.monotonic()
    while there() and time.monotonic() - began < SECONDS:
        time.sleep(1)
    left = place.files() if place.program.exists() else set()
    demand(not there(), f"left behind: {sorted(left)[:9]}, entry in the menu: {place.link.exists()}")
