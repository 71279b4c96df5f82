"""The licences of all that a frozen program carries: every file belongs to a part, every part to a licence.

Made while the program is frozen and carried within it; *Help > About* shows it. A file that belongs to
nothing known stops the build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bridge_gui import __version__
from bridge_gui.sync.libraries import described

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "resources" / "licences"

_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_QT = ("PySide6", "PySide6-Essentials", "shiboken6")
_QT_TEXTS = ("LGPL-3.0.txt", "GPL-3.0.txt")
_MICROSOFT = re.compile(r"^(vcruntime|msvcp|ucrtbase|concrt|api-ms-win-)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, order=True)
class Part:
    """Something of others that is shipped, with its licence by name and in full."""

    name: str
    version: str
    licence: str
    text: str


class Owners:
    """Tells whose a file is, by where it was taken from."""

    def __init__(self, sources: Iterable[Path], root: Path = ROOT) -> None:
        self._root = root
        self._stdlib = _stdlib()
        self._distributions = {_plain(one.name): one for one in metadata.distributions()}
        self._files = {
            os.path.realpath(str(file.locate())): name
            for name, one in self._distributions.items()
            for file in one.files or ()
        }
        self._packages = _packages(sources)
        self._known: dict[str, Part] = {}

    def owner(self, source: Path) -> Part | None:
        """The part a file belongs to, None for what is Bridge's own; `LookupError` if nothing knows it."""
        path = Path(os.path.realpath(source))
        name = self._files.get(str(path)) or self._elsewhere(path)
        if name and name not in self._known:
            self._known[name] = self._part(name)
        return self._known[name] if name else None

    def _elsewhere(self, path: Path) -> str:
        """The name of a part that is no installed library; empty for Bridge's own."""
        if _MICROSOFT.match(path.name):
            return "microsoft"
        if path.is_relative_to(self._root) and ".venv" not in path.relative_to(self._root).parts:
            return ""
        if any(path.is_relative_to(folder) for folder in self._stdlib):
            return "python"
        return f"package {self._packages[str(path)]}"

    def _part(self, name: str) -> Part:
        if name == "microsoft":
            return Part(name="Microsoft C runtime", version="14", licence="Microsoft", text=MICROSOFT)
        if name == "python":
            return _python()
        kind, _, package = name.partition(" ")
        return _of_package(package) if package else _of_distribution(self._distributions[kind])


NAMED_OTHERWISE = {"pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception"}
"""Where the metadata leaves out what the licence itself says: what PyInstaller makes is under any licence."""
MICROSOFT = "Distributable code of Microsoft Visual Studio, shipped with CPython under its terms.\n"


def parts(sources: Iterable[Path]) -> list[Part]:
    """What these files belong to, by name; `LookupError` names those that belong to nothing."""
    sources = list(sources)
    owners, found, strangers = Owners(sources), {_python()}, []
    for source in sources:
        try:
            part = owners.owner(source)
        except LookupError:
            strangers.append(str(source))
        else:
            found |= {part} if part is not None else set()
    if strangers:
        raise LookupError(f"whose are these? {strangers}")
    return sorted(found, key=lambda one: one.name.lower())


def told(shipped: Iterable[Part]) -> str:
    """The list, then every licence in full, each text once."""
    shipped = list(shipped)
    lines = [f"Bridge {__version__}: MIT", *(f"{one.name} {one.version}: {one.licence}" for one in shipped)]
    under: dict[str, list[str]] = {(ROOT / "LICENSE").read_text("utf-8"): ["Bridge"]}
    for one in shipped:
        under.setdefault(one.text, []).append(one.name)
    whole = [f"{'=' * 78}\n{', '.join(names)}\n{'=' * 78}\n\n{text}" for text, names in under.items() if text]
    return "\n".join([*lines, "", *whole])


def _of_distribution(one: metadata.Distribution) -> Part:
    told = described(one)
    texts = [_read(Path(str(file.locate()))) for file in one.files or () if _holds_licence(Path(str(file)))]
    if told.name.replace("_", "-") in _QT:
        texts = [(TEXTS / name).read_text("utf-8") for name in _QT_TEXTS]
    licence = NAMED_OTHERWISE.get(told.name, told.licence)
    return Part(name=told.name, version=told.version, licence=licence, text="\n".join(texts))


def _holds_licence(file: Path) -> bool:
    inside = any(part.endswith((".dist-info", ".egg-info")) for part in file.parts)
    return inside and _LICENCE.search(file.name) is not None and file.suffix not in {".json", ".py", ".spdx"}


def _python() -> Part:
    places = [Path(os.__file__).parent, Path(sys.base_prefix), Path("/usr/share/doc/python3")]
    files = [place / name for place in places for name in ("LICENSE.txt", "copyright")]
    text = next((_read(file) for file in files if file.is_file()), "")
    return Part(name="Python", version=sys.version.split()[0], licence="PSF-2.0", text=text)


def _packages(sources: Iterable[Path]) -> dict[str, str]:
    """Files of Debian's, and the packages that installed them; packages may name them without /usr."""
    if shutil.which("dpkg-query") is None:
        return {}
    paths = {os.path.realpath(one) for one in sources}
    names = {path.removeprefix("/usr"): path for path in paths} | {path: path for path in paths}
    command = ["dpkg-query", "-S", *names]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = [line.partition(": ") for line in told.splitlines() if not line.startswith("diversion")]
    return {names[path]: package.partition(",")[0] for package, _, path in lines if path in names}


def _stdlib() -> list[Path]:
    base = Path(sys.base_prefix).resolve()
    return [Path(os.__file__).resolve().parent, base if sys.platform == "win32" else base / "lib"]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_package(package: str) -> Part:
    command = ["dpkg-query", "-W", "-f=${Version}", package]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    name = package.partition(":")[0]
    text = _read(Path("/usr/share/doc", name, "copyright"))
    licences = dict.fromkeys(re.findall(r"^License: *(\S[^\n]*)", text, re.MULTILINE))
    return Part(name=name, version=version, licence=", ".join(licences) or "see its text below", text=text)


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""
