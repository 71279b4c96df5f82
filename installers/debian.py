"""The Debian package: the frozen program in /usr/lib, with its entry in the menu and what it depends on."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import dev
from installers import frozen
from installers.frozen import NAME, ROOT, VERSION

PIECES = ROOT / "resources" / "linux"
ICONS = ROOT / "resources" / "icons"
HOME = Path("usr/lib") / NAME
APP_ID = "is.bridge.gui"
KEYCHAINS = "gnome-keyring | kwalletmanager | keepassxc"
"""Any of these keeps secrets; without one Bridge keeps them until it is closed."""

KEPT = """#!/bin/sh
set -e
if [ "$1" = remove ]; then
    echo "Your Bridge data (~/.local/share/bridge-gui) and the sign-ins in your keychain stay."
    echo "To remove them too: install Bridge again, run 'bridge-gui disconnect --all --forget',"
    echo "and remove Bridge once more."
fi
"""


PACKED = ("-Zxz",)
QUICK = ("-Zzstd", "-z3")
"""A fifth larger, in a fiftieth of the time; for trying what is in it."""


def build(program: Path, target: Path, *, quick: bool = False) -> Path:
    """Make the package of a frozen folder in the folder `target`, and give its path."""
    target.mkdir(parents=True, exist_ok=True)
    package = target / f"{NAME}_{version()}_{architecture()}.deb"
    with tempfile.TemporaryDirectory(dir=target) as name:
        tree = Path(name)
        tree.chmod(0o755)
        _lay(program, tree)
        _control(tree, frozen.oldest_glibc(program))
        command = [
            "dpkg-deb",
            "--build",
            "--root-owner-group",
            *(QUICK if quick else PACKED),
            str(tree),
            str(package),
        ]
        epoch = {"SOURCE_DATE_EPOCH": str(frozen.changed_at()), "PATH": "/usr/bin:/bin"}
        subprocess.run(command, check=True, env=epoch, stdout=subprocess.DEVNULL)
    return package


def version() -> str:
    """The version as Debian sorts it: a candidate such as 1.0rc1 comes before 1.0."""
    return re.sub(r"(?<=\d)\.?(a|b|rc|dev)(?=\d)", r"~\1", VERSION)


def architecture() -> str:
    """What Debian calls this kind of computer."""
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def depends(glibc: str) -> list[str]:
    """The packages it needs: the C library, and what Qt loads and does not bring."""
    tables = [dev.debian_packages(name) for name in ("qt", "display")]
    return [f"libc6 (>= {glibc})", *(package for table in tables for package in table.values())]


def control(glibc: str, kilobytes: int) -> str:
    """The package's description for dpkg."""
    fields = {
        "Package": NAME,
        "Version": version(),
        "Architecture": architecture(),
        "Maintainer": "The Bridge authors",
        "Installed-Size": str(kilobytes),
        "Depends": ", ".join(depends(glibc)),
        "Recommends": KEYCHAINS,
        "Section": "misc",
        "Priority": "optional",
        "Description": "Carries sales to the books, on your own computer",
    }
    more = [
        " Bridge joins a sales system (a till, a CRM, a rental shop) to an accounting",
        " system, for bookkeepers in small businesses. A preview shows what will be",
        " booked; nothing is booked twice and nothing is lost.",
    ]
    return "\n".join([*(f"{key}: {value}" for key, value in fields.items()), *more, ""])


def _lay(program: Path, tree: Path) -> None:
    """Put everything where Debian looks for it."""
    shutil.copytree(program, tree / HOME, symlinks=True)
    share = tree / "usr" / "share"
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / NAME).symlink_to(Path("../lib") / NAME / NAME)
    _put(PIECES / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _put(ICONS / "bridge.svg", share / "icons/hicolor/scalable/apps" / f"{NAME}.svg")
    _put(ICONS / "bridge.png", share / "icons/hicolor/256x256/apps" / f"{NAME}.png")
    _put(PIECES / f"{APP_ID}.metainfo.xml", share / "metainfo" / f"{APP_ID}.metainfo.xml")
    _put(ROOT / "LICENSE", share / "doc" / NAME / "copyright")
    _pack(ROOT / "CHANGELOG.md", share / "doc" / NAME / "changelog.gz")
    _pack(PIECES / f"{NAME}.1", share / "man/man1" / f"{NAME}.1.gz")
    _rights(tree)


def _put(source: Path, target: Path) -> None:
    """Copy a file; a text gets its version and date."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(frozen.dated(source))


def _pack(source: Path, target: Path) -> None:
    """The same, packed as Debian wants manuals and changes; the same bytes each time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(frozen.dated(source), mtime=0))


def _control(tree: Path, glibc: str) -> None:
    folder = tree / "DEBIAN"
    folder.mkdir(mode=0o755)
    (folder / "control").write_text(control(glibc, frozen.size(tree / "usr") // 1024), "utf-8")
    script = folder / "prerm"
    script.write_text(KEPT, "utf-8")
    script.chmod(0o755)


def _rights(tree: Path) -> None:
    """Everybody may read, nobody may write; what was a program stays one."""
    for path in tree.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path == tree / HOME / NAME
            path.chmod(0o755 if runs else 0o644)
