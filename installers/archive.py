"""The frozen program as a tar, for Linux without dpkg: unpack it anywhere and start `bridge-gui` in it."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

from installers import debian, frozen
from installers.frozen import NAME, VERSION

README = "README.txt"


def build(program: Path, target: Path, *, quick: bool = False) -> Path:
    """Make the tar of a frozen folder in the folder `target`, and give its path."""
    path = target / f"{top()}.tar.gz"
    with (
        gzip.GzipFile(path, "wb", 1 if quick else 9, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        tar.add(program, top(), filter=_plain)
        tar.add(debian.PIECES / "bridge-gui.desktop", f"{top()}/bridge-gui.desktop", filter=_plain)
        told = frozen.dated(debian.PIECES / README)
        entry = tarfile.TarInfo(f"{top()}/{README}")
        entry.size, entry.mode = len(told), 0o644
        tar.addfile(_plain(entry), io.BytesIO(told))
        tar.add(debian.ICONS / "bridge.svg", f"{top()}/bridge-gui.svg", filter=_plain)
    return path


def top() -> str:
    """The one folder in it."""
    return f"{NAME}-{VERSION}-linux-{debian.architecture()}"


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Owned by nobody in particular, dated as the sources."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = frozen.changed_at()
    return entry
