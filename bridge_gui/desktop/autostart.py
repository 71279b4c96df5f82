"""Starting with the system, for this user only: a Run key, a LaunchAgent, or an entry in autostart."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

NAME = "bridge-gui"
LABEL = "is.bridge.gui"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
TITLE = "Bridge"
FOLDER = "--data-dir"


class Autostart(Protocol):
    """Whether Bridge starts when the user signs in to the computer; any call may raise `OSError`."""

    def is_on(self) -> bool:
        """Whether it does."""
        ...

    def is_with(self, words: Sequence[str]) -> bool:
        """Whether it does with these words after the program, and with no other data folder."""
        ...

    def switch(self, *, on: bool) -> None:
        """Let it, or not any more."""
        ...


def autostart(command: Sequence[str], environment: Mapping[str, str] = os.environ) -> Autostart:
    """The way of this system."""
    home = Path.home()
    if sys.platform == "win32":
        return RunKey(command)
    if sys.platform == "darwin":
        return LaunchAgent(command, home / "Library" / "LaunchAgents")
    return DesktopEntry(command, Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "autostart")


def own_command(folder: Path, default: Path) -> list[str]:
    """How this program is started into the tray, on the same data folder."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "bridge_gui"]
    return [*program, *own_words(folder, default)]


def own_words(folder: Path, default: Path) -> list[str]:
    """What is said to the program there."""
    told = [] if folder == default else [FOLDER, str(folder)]
    return [*told, "--hidden"]


def forget(folder: Path, default: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Start no more with the system on this data folder; a start on another one stays."""
    found = autostart(own_command(folder, default), environment)
    if found.is_with(own_words(folder, default)):
        found.switch(on=False)


class DesktopEntry:
    """Linux: a desktop file in the user's autostart folder."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self.path = folder / f"{NAME}.desktop"

    def is_on(self) -> bool:
        """Whether the file is there."""
        return self.path.exists()

    def is_with(self, words: Sequence[str]) -> bool:
        """Whether the file says so."""
        said = self.path.read_text("utf-8") if self.is_on() else ""
        lines = [line for line in said.splitlines() if line.startswith("Exec=")]
        return bool(lines) and _ends(lines[0], " ".join(map(_desktop_quoted, words)))

    def switch(self, *, on: bool) -> None:
        """Write the file, or remove it."""
        if not on:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = " ".join(_desktop_quoted(part) for part in self._command)
        head = f"[Desktop Entry]\nType=Application\nName={TITLE}\nIcon={NAME}\nTerminal=false\n"
        self.path.write_text(f"{head}Exec={line}\nX-GNOME-Autostart-enabled=true\n", "utf-8")


class LaunchAgent:
    """macOS: a property list of the user's own that launchd reads at sign-in."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self.path = folder / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Whether the list is there."""
        return self.path.exists()

    def is_with(self, words: Sequence[str]) -> bool:
        """Whether the list says so."""
        import plistlib

        kept = plistlib.loads(self.path.read_bytes()) if self.is_on() else {}
        return _ends("\n".join(kept.get("ProgramArguments", [])), "\n".join(words))

    def switch(self, *, on: bool) -> None:
        """Write the list, or remove it."""
        if not on:
            self.path.unlink(missing_ok=True)
            return
        import plistlib

        self.path.parent.mkdir(parents=True, exist_ok=True)
        wanted = {"Label": LABEL, "ProgramArguments": [*self._command], "RunAtLoad": True}
        self.path.write_bytes(plistlib.dumps(wanted | {"ProcessType": "Interactive"}))


class RunKey:
    """Windows: a value under the user's own Run key; `registry` is `winreg`."""

    def __init__(self, command: Sequence[str], registry: object | None = None) -> None:
        import importlib

        self._command = command
        self._registry: object = registry or importlib.import_module("winreg")

    def is_on(self) -> bool:
        """Whether the value is there."""
        return bool(self._value())

    def is_with(self, words: Sequence[str]) -> bool:
        """Whether the value says so."""
        import subprocess

        return _ends(self._value(), subprocess.list2cmdline([*words]))

    def switch(self, *, on: bool) -> None:
        """Write the value, or remove it."""
        own = self._registry
        with own.CreateKey(own.HKEY_CURRENT_USER, RUN_KEY) as key:  # type: ignore[attr-defined]
            if on:
                import subprocess

                line = subprocess.list2cmdline([*self._command])
                own.SetValueEx(key, NAME, 0, own.REG_SZ, line)  # type: ignore[attr-defined]
            elif self.is_on():
                own.DeleteValue(key, NAME)  # type: ignore[attr-defined]

    def _value(self) -> str:
        own = self._registry
        try:
            with own.OpenKey(own.HKEY_CURRENT_USER, RUN_KEY) as key:  # type: ignore[attr-defined]
                return str(own.QueryValueEx(key, NAME)[0])  # type: ignore[attr-defined]
        except FileNotFoundError:
            return ""


def _ends(line: str, words: str) -> bool:
    """Whether a command line ends with these words and names no other folder."""
    return line.endswith(words) and (FOLDER in line) == (FOLDER in words)


def _desktop_quoted(part: str) -> str:
    """One argument of a desktop file's Exec line; the specification's escapes, twice as it asks."""
    for sign in ("\\", '"', "`", "$"):
        part = part.replace(sign, f"\\{sign}")
    return '"' + part.replace("\\", "\\\\").replace("%", "%%") + '"'
