"""Which bridges have not been synced for three days though they should have been; said loudly."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSizePolicy

from bridge_gui.desktop.widgets import button, relook, row
from bridge_gui.desktop.wizard_style import Note, seen, sheet

if TYPE_CHECKING:
    from bridge_gui.desktop.desk import Desk
    from bridge_gui.sync.service import BridgeStatus

LATE = timedelta(days=3)


def days_late(status: BridgeStatus, now: datetime) -> int:
    """How many days a bridge with a schedule has not been synced to the end; 0 if fewer than three."""
    if status.next_run is None:
        return 0
    since = now - (status.synced_at or status.row.created_at)
    return since.days if since >= LATE else 0


def late_words(desk: Desk) -> str:
    """What has not been synced for how long, empty if everything was."""
    words, now = desk.words, desk.now()
    late = [(status, days_late(status, now)) for status in desk.bridges]
    lines = [
        words.many(
            "{name} has not been synced for {count} day.",
            "{name} has not been synced for {count} days.",
            days,
            name=f"{status.title}, {status.company}",
        )
        for status, days in late
        if days and not desk.runner.busy(status.row.name)
    ]
    return " ".join(lines)


class LateBanner(QFrame):
    """Across the whole window as long as something is late."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        text = desk.words.text
        self._desk = desk
        self.note = Note(desk, "amber")
        self.sync_button = button(
            text("Sync these now"), self._sync, hint=text("Sync what has not been synced for three days")
        )
        inside = row(self.note, self.sync_button, gap=12)
        inside.setStretchFactor(self.note, 1)
        inside.setContentsMargins(16, 10, 16, 2)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for changed in (desk.bridges_changed, desk.work_changed):
            changed.connect(self.look)
        desk.theme.changed.connect(self._recolour)
        self._recolour()
        self.look()

    def look(self) -> None:
        """Show what is late now, or nothing."""
        told = late_words(self._desk)
        advice = self._desk.words.text("What was sold since then is not in the books. See why under its Log.")
        self.note.say(told, advice if told else "")
        seen(self, on=bool(told))
        relook(self, "late", "yes" if told else "no")

    def _sync(self) -> None:
        now = self._desk.now()
        for status in self._desk.bridges:
            if days_late(status, now):
                self._desk.sync(status.row.name)

    def _recolour(self) -> None:
        self.setStyleSheet(sheet(self._desk.theme.tokens))
