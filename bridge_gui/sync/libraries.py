"""The libraries this program is made with, their versions and their licences, from their own metadata."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

USED = (
    "PySide6-Essentials", "SQLAlchemy", "alembic", "urllib3", "keyring", "platformdirs",
    "msgspec", "truststore", "tzdata", "Flask", "python-calamine", "openpyxl", "fpdf2", "python-stdnum",
    "oauthlib", "zeep", "lxml",
)  # fmt: skip
"""As in pyproject.toml; what these need in turn is found by what they say."""

SHIPPED = "licences.txt"
"""In a frozen program: all that it carries, and every licence in full; made when it was frozen."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHORT = 60


@dataclass(frozen=True, kw_only=True)
class Library:
    """One library as it is installed."""

    name: str
    version: str
    licence: str


def libraries(names: tuple[str, ...] = USED) -> tuple[Library, ...]:
    """Those that are installed, with what they need in turn, by name."""
    found: dict[str, Library] = {}
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if _plain(name) in found:
            continue
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[_plain(name)] = described(one)
        waiting += [_needed(line) for line in one.requires or () if "extra ==" not in line]
    return tuple(found[key] for key in sorted(found))


def shipped() -> str:
    """What a frozen program says it carries, with every licence in full; nothing from a checkout."""
    folder: str | None = getattr(sys, "_MEIPASS", None)
    return (Path(folder) / SHIPPED).read_text("utf-8") if folder else ""


def described(one: metadata.Distribution) -> Library:
    """A library with its licence as its own metadata names it."""
    licence = _told(one, "License-Expression") or _short(_told(one, "License")) or _classified(one)
    return Library(name=_told(one, "Name"), version=one.version, licence=licence or "see its own pages")


def _told(one: metadata.Distribution, key: str) -> str:
    return one.metadata[key] if key in one.metadata else ""  # noqa: SIM401 - typeshed's has no get


def _short(text: str) -> str:
    """What stands under License, where it is a name and not the whole text."""
    return text if len(text) <= _SHORT and "\n" not in text and text != "UNKNOWN" else ""


def _classified(one: metadata.Distribution) -> str:
    told = one.metadata.get_all("Classifier") or []
    names = [line.rpartition(" :: ")[2] for line in told if line.startswith("License ::")]
    return ", ".join(name for name in names if name != "OSI Approved")


def _needed(line: str) -> str:
    name = _NAME.match(line)
    return name[0] if name is not None else ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
