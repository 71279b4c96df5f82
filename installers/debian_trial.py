"""The Debian package on this very system: installed, started, synced, removed, and nothing of it left."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installers import debian
from installers.frozen import NAME
from installers.trial import Installed, check_itself, demand, from_sources, show_window, step, sync_demo, used

QUIET = {"DEBIAN_FRONTEND": "noninteractive", "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
FAST = ("-o", "Dpkg::Options::=--force-unsafe-io")
PLACES = ("/usr", "/etc", "/opt", "/var/lib/dpkg")


def try_package(package: Path, bridges: str = "--all", older: Path | None = None) -> None:
    """All of it, or a `Failed` that says what went wrong; the package is removed in any case.

    `older` is the package of a version before, which is installed and used first.
    """
    before = own_files()
    demand(not before, f"there is a Bridge already: {before[:3]}")
    with tempfile.TemporaryDirectory(prefix="bridge-trial-") as name:
        home = Path(name, "home")
        home.mkdir(mode=0o700)
        if older is not None:
            step(f"upgrade over {older.name}, in use", lambda: _over(package, older, Path(name), bridges))
        with _installed(package):
            _use(Installed([f"/usr/bin/{NAME}"], home), Path(name), bridges)
        data = home / ".local/share" / NAME
        demand((data / "demo" / "bridge.db").is_file(), "removing the package took the user's data")
    left = own_files()
    demand(not left, f"left behind: {left}")


def _over(package: Path, older: Path, scratch: Path, bridges: str) -> None:
    """A real version before this one: its data goes on."""
    home = scratch / "older"
    home.mkdir(mode=0o700)
    with _installed(older):
        used(Installed([f"/usr/bin/{NAME}"], home), bridges, lambda: _apt(package))


def own_files() -> list[str]:
    """Everything of the system that has Bridge's name."""
    command = ["find", *PLACES, "-name", f"*{NAME}*", "-o", "-name", f"*{debian.APP_ID}*"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [path for path in found if not path.startswith(("/usr/src", "/usr/local"))]


@contextmanager
def _installed(package: Path) -> Iterator[None]:
    """Installed with what it depends on, and removed."""
    step(f"install {package.name}", lambda: _apt(package))
    try:
        listed = _call(["dpkg-query", "-L", NAME]).split("\n")
        demand(f"/usr/share/applications/{NAME}.desktop" in listed, "no entry in the menu")
        demand(Path(f"/usr/bin/{NAME}").exists(), "no program")
        yield
    finally:
        said = step("remove", lambda: _call(["dpkg", "--purge", NAME]))
    demand("disconnect --all --forget" in said, "removing does not say how to remove the data")


def _apt(package: Path) -> None:
    """Install it with what it depends on; `--reinstall`, since a trial may be over its own version."""
    line = ["apt-get", "install", "-qq", "-y", "--reinstall", "--allow-downgrades", "--no-install-recommends"]
    _call([*line, *FAST, str(package.resolve())])


def _use(installed: Installed, scratch: Path, bridges: str) -> None:
    found = step("self-check", lambda: check_itself(installed))
    print(f"       {found['window']}; keychain: {found['keychain']}; vendors: {found['vendors']}")
    seconds = step("start from the menu's command", lambda: show_window(installed))
    print(f"       window seen after {seconds:.1f} s")
    step("menu entry and AppStream data", _check_entries)
    own = step("demo sync", lambda: sync_demo(installed, bridges))
    other = scratch / "sources"
    other.mkdir()
    same = step("the same from the sources", lambda: sync_demo(from_sources(other), bridges))
    demand(own == same, f"the installed program and the sources differ: {own} {same}")
    print(f"       {len(own)} documents, as from the sources")


def _check_entries() -> None:
    _call(["desktop-file-validate", f"/usr/share/applications/{NAME}.desktop"])
    _call(["appstreamcli", "validate", "--no-net", f"/usr/share/metainfo/{debian.APP_ID}.metainfo.xml"])


def _call(command: list[str]) -> str:
    done = subprocess.run(
        command, env=QUIET, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    demand(done.returncode == 0, f"{command} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout
