"""The Windows installer, made and tried on Linux: PyInstaller and the installed program run under wine."""

from __future__ import annotations

import time
from pathlib import Path

from installers import frozen, windows_python
from installers.frozen import DIST, ROOT
from installers.screen import screen
from installers.trial import ONE_BRIDGE, demand
from installers.windows_python import clean
from installers.wine import Wine, stub_names, windows

WORK = ROOT / "build" / "windows"
FOLDER = WORK / "dist" / "bridge-gui"
PROGRAMS = ("bridge-gui.exe", "bridge-cli.exe")


def package(*, tried: bool, quick: bool, older: Path | None = None) -> Path:
    """Make the installer in dist/, and try it if told so; gives its path."""
    from installers import nsis
    from installers.windows_trial import try_installer

    downloads = WORK / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    with screen() as shown:
        python = windows_python.make(clean(WORK / "python"), downloads)
        with windows(clean(WORK / "prefix"), shown.display) as wine:
            freeze(wine, python)
        print(f"frozen for Windows: {frozen.said_size(FOLDER)}", flush=True)
        made = nsis.build(FOLDER, DIST, quick=quick)
        if tried:
            with windows(clean(WORK / "prefix"), shown.display) as wine:
                try_installer(made, FOLDER, wine, shown, ONE_BRIDGE if quick else "--all", older)
    return made


def freeze(wine: Wine, python: Path) -> None:
    """Let PyInstaller make the folder, as on Windows itself."""
    began = time.monotonic()
    clean(FOLDER.parent)
    words = ["-B", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", _z(FOLDER.parent)]
    done = wine.run(python, *words, "--workpath", _z(WORK / "work"), _z(ROOT / "build.spec"), seconds=3600)
    demand(done.returncode == 0, f"PyInstaller under wine: {done.returncode}\n{done.stdout}{done.stderr}")
    print(f"PyInstaller under wine: {time.monotonic() - began:.0f} s", flush=True)
    check(FOLDER)


def check(folder: Path) -> None:
    """The programs are there, and nothing that only stands in for what wine lacks."""
    for name in PROGRAMS:
        demand((folder / name).is_file(), f"no {name} was made")
    names = {path.stem.lower() for path in frozen.files(folder)}
    stubs = names & {name.lower() for name in stub_names()}
    demand(not stubs, f"stubs for wine are in the package: {sorted(stubs)}")


def _z(path: Path) -> str:
    """A path of this system as wine names it."""
    return f"Z:{path}"
