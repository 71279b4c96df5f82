"""Saying something to who listens to the screen instead of looking at it."""

from __future__ import annotations

from PySide6.QtCore import QObject


def announce(of: QObject, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say this, in its turn or (urgent) at once."""
    if not text:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # their many names: after the window

    how = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(of, text)
    event.setPoliteness(how.Assertive if urgent else how.Polite)
    QAccessible.updateAccessibility(event)
