"""The installer for Windows, by NSIS: one file, for one user, that names every file it will remove."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from installers import frozen
from installers.frozen import ROOT, VERSION

SCRIPT = ROOT / "resources" / "windows" / "bridge.nsi"
ICON = ROOT / "resources" / "icons" / "bridge.ico"
PACKED, QUICK = "/SOLID lzma", "zlib"


def build(folder: Path, target: Path, *, quick: bool = False) -> Path:
    """Make the installer of a frozen folder in the folder `target`, and give its path."""
    target.mkdir(parents=True, exist_ok=True)
    made = target / f"bridge-gui-{VERSION}-windows-x64.exe"
    listed = folder.parent / "files.nsh"
    listed.write_text(removal(folder), "utf-8")
    told = {
        "VERSION": VERSION,
        "NUMBERS": numbers(VERSION),
        "SOURCE": str(folder),
        "ICON": str(ICON),
        "LICENCE": str(ROOT / "LICENSE"),
        "TARGET": str(made),
        "FILES": str(listed),
        "PACKING": QUICK if quick else PACKED,
    }
    words = [f"-D{name}={value}" for name, value in told.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)]
    made.unlink(missing_ok=True)
    subprocess.run(command, check=True, cwd=SCRIPT.parent)
    return made


def numbers(version: str) -> str:
    """A version as Windows wants it: four numbers, without what makes a candidate of it."""
    found = re.findall(r"\d+", re.split(r"(?:a|b|rc|\.dev)", version)[0])
    return ".".join([*found, "0", "0", "0"][:4])


def removal(folder: Path) -> str:
    """The lines that remove exactly these files, and the folders that are empty then, the deepest first."""
    files = [path.relative_to(folder) for path in frozen.files(folder)]
    folders = {above for path in files for above in path.parents if above != Path()}
    deepest = sorted(folders, key=lambda one: (-len(one.parts), str(one)))
    lines = [*(f"Delete {_inside(one)}" for one in files), *(f"RMDir {_inside(one)}" for one in deepest)]
    return "\n".join([*lines, ""])


def _inside(path: Path) -> str:
    name = "\\".join(path.parts).replace("$", "$$")
    return f'"$INSTDIR\\{name}"'
