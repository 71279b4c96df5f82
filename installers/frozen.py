"""The frozen program that installers carry."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import dev
from bridge_gui import __version__

VERSION = __version__
ROOT = dev.ROOT
DIST = ROOT / "dist"
NAME = "bridge-gui"
MB = 1_000_000

_GLIBC = re.compile(rb"\0GLIBC_(\d+)\.(\d+)(?=\0)")


def files(folder: Path) -> list[Path]:
    """Every file in a folder, links to files left out."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in files(path))


def said_size(path: Path) -> str:
    """A size as it is printed, in megabytes of a million bytes."""
    return f"{path.name}: {size(path) / MB:.1f} MB"


def oldest_glibc(folder: Path) -> str:
    """The oldest C library that every binary in the folder can do with, such as `2.34`."""
    found = {(int(a), int(b)) for path in files(folder) for a, b in _GLIBC.findall(_binary(path))}
    if not found:
        raise ValueError(f"no binary in {folder} says which C library it needs")
    major, minor = max(found)
    return f"{major}.{minor}"


def changed_at() -> int:
    """When these sources were last changed, in seconds since 1970: packages made twice are alike."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return int(told)
    command = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def dated(source: Path) -> bytes:
    """A text of a package with its version and day put in; anything else as it is."""
    day = datetime.fromtimestamp(changed_at(), UTC).date().isoformat()
    return source.read_bytes().replace(b"@VERSION@", VERSION.encode()).replace(b"@DATE@", day.encode())


def _binary(path: Path) -> bytes:
    """A program or library of Linux; nothing if it is something else."""
    with path.open("rb") as file:
        return file.read() if file.read(4) == b"\x7fELF" else b""
