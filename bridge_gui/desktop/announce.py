"""Saying something to who listens to the screen instead of looking at it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

Politeness = QAccessible.AnnouncementPoliteness


def announce(of: QObject, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say this, in its turn or (urgent) at once."""
    if text:
        event = QAccessibleAnnouncementEvent(of, text)
        event.setPoliteness(Politeness.Assertive if urgent else Politeness.Polite)
        QAccessible.updateAccessibility(event)
