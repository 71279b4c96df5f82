"""Panels of one kind that belong together: one tab, and a choice of which is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import Choice, column, letter, row


class PanelGroup(QWidget):
    """Several panels in one tab, so that a bridge with many keeps all its tabs in sight."""

    def __init__(self, desk: Desk, panels: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.which = Choice(desk.theme, desk.words.text("Which records"))
        self.which.offer([(letter(title)[0], at) for at, (title, _panel) in enumerate(panels)])
        self._stack = QStackedWidget()
        for _title, panel in panels:
            self._stack.addWidget(panel)
        self.which.currentIndexChanged.connect(self._stack.setCurrentIndex)
        self.setLayout(column(row(self.which, 1), self._stack, gap=12))

    @property
    def front(self) -> QWidget | None:
        """The panel that is shown."""
        return self._stack.currentWidget()

    def bring(self, panel: QWidget) -> None:
        """Show this one, if it is here."""
        at = self._stack.indexOf(panel)
        if at >= 0:
            self.which.setCurrentIndex(at)


def front(tab: QWidget | None) -> QWidget | None:
    """What of a tab is in sight: the panel in front where several share it."""
    return tab.front if isinstance(tab, PanelGroup) else tab
