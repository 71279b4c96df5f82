"""What the window remembers between two starts: its place, the tab in front, and what was told already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

FILE = "window.ini"


class Remembered:
    """A small file beside the data; without a place it forgets everything at the end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._kept = QSettings(str(folder / FILE), QSettings.Format.IniFormat) if folder is not None else None
        self._now: dict[str, str] = {}

    def text(self, key: str) -> str:
        """What is known under a key, empty if nothing."""
        if self._kept is None:
            return self._now.get(key, "")
        value = self._kept.value(key, "")
        return value if isinstance(value, str) else ""

    def put(self, key: str, value: str) -> None:
        """Remember something."""
        if self._kept is None:
            self._now[key] = value
        else:
            self._kept.setValue(key, value)
            self._kept.sync()

    def once(self, key: str) -> bool:
        """True the first time it is asked with this key, ever."""
        first = not self.text(key)
        self.put(key, "yes")
        return first

    def keep_place(self, window: QMainWindow) -> None:
        """Remember where the window is and how large."""
        self.put("geometry", bytes(window.saveGeometry().toHex().data()).decode())

    def restore_place(self, window: QMainWindow) -> None:
        """Put the window where it was, if that is still on a screen, and no larger than the screen."""
        known = self.text("geometry")
        if known:
            window.restoreGeometry(QByteArray.fromHex(known.encode()))
        room = window.screen().availableGeometry().size()
        window.setMinimumSize(window.minimumSize().boundedTo(room))
        if not window.isMaximized():
            window.resize(window.size().boundedTo(room))
        middle = window.frameGeometry().center()
        if not any(screen.availableGeometry().contains(middle) for screen in QGuiApplication.screens()):
            first = QGuiApplication.primaryScreen().availableGeometry()
            window.move(first.topLeft())
