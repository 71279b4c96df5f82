"""A bridge's sign-ins that end soon for lack of use, said above its tabs until it is synced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge_gui.desktop.wizard_style import Note, sheet

if TYPE_CHECKING:
    from bridge_gui.desktop.desk import Desk
    from bridge_gui.sync.service import BridgeStatus


class EndingNote(Note):
    """An amber line, gone as long as no sign-in is near its end."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "amber")
        desk.theme.changed.connect(self._dress)
        self._dress()

    def show_status(self, status: BridgeStatus) -> None:
        """Tell which sign-ins end when, and what keeps them."""
        said = [
            self._desk.say(
                "oauth.disuse", {"name": status.company, "vendor": one.vendor, "day": one.day.isoformat()}
            )
            for one in status.endings
        ]
        self.say(" ".join(one.sentence for one in said), said[0].advice if said else "")

    def _dress(self) -> None:
        self.setStyleSheet(sheet(self._desk.theme.tokens))
