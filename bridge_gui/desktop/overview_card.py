"""One figure of the overview: what it counts, how much, and a line about it; pressing it shows the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import Tone
from bridge_gui.desktop.theme import figures
from bridge_gui.desktop.widgets import Line, column, relook


class Card(QPushButton):
    """A button that looks like a card and reads as one sentence."""

    def __init__(self, desk: Desk, title: str, pressed: Callable[[], Any]) -> None:
        super().__init__()
        self._desk, self._name = desk, title
        self.setProperty("look", "figure")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(92)
        self.title, self.figure, self.note = Line("muted"), Line("figure"), Line("muted")
        for part in (self.title, self.figure, self.note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.figure.setFont(figures(self.figure.font()))
        self.title.setText(title)
        inside = column(self.title, self.figure, self.note, gap=2)
        inside.setContentsMargins(16, 10, 16, 10)
        self.setLayout(inside)
        self.clicked.connect(lambda: pressed())  # noqa: PLW0108 - takes the signal's argument away

    def head(self, title: str) -> None:
        """Say what is counted, in other words than before; told with the next figure."""
        self._name = title
        self.title.setText(title)

    def say(self, figure: str, note: str, tone: Tone | None = None) -> None:
        """Show a figure and what to know of it."""
        self.figure.setText(figure)
        self.note.setText(note)
        relook(self.figure, "tone", "amber" if tone is Tone.NEEDS_YOU else "")
        self.setAccessibleName(f"{self._name}: {figure}, {note}")
        self.setToolTip(f"{figure}\n{note}")
