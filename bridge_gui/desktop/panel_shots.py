"""Pictures of what a bridge declares besides documents: its panels, and the dialog of an action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bridge_gui.desktop.action_dialog import ActionDialog
from bridge_gui.desktop.panel_table import PanelTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bridge_gui.desktop.page import BridgePage

Wait = Callable[[Callable[[], bool]], bool]
Take = Callable[..., None]


def take_panels(page: BridgePage, take: Take, wait: Wait) -> None:
    """Each panel with its first row in full, then the dialog that its rows open; nothing is sent."""
    wait(lambda: page.offered.is_read)
    for key, panel in page.offered.panels.items():
        page.offered.show(key)
        if not wait(lambda one=panel: one.is_read):  # type: ignore[misc]
            continue
        take(key)
        if not isinstance(panel, PanelTable):
            continue
        for at in range(panel.model.size()):
            panel.table.selectRow(at)
            if any(one.isEnabled() for one in panel.bar.buttons.values()):
                break
        if wait(lambda one=panel: one.detail.isVisible()):  # type: ignore[misc]
            take(f"{key}-detail")
        _take_dialog(panel, take, wait)
        panel.table.clearSelection()


def _take_dialog(panel: PanelTable, take: Callable[[str, QWidget], None], wait: Wait) -> None:
    """What is asked before the first action of a panel's row is done."""
    spec = next((one for one in panel.bar.specs if panel.bar.buttons[one.key].isEnabled()), None)
    dialog = panel.bar.begin(spec) if spec is not None else None
    if spec is None or not isinstance(dialog, ActionDialog):
        return
    if wait(lambda: dialog.is_settled):
        dialog.resize(dialog.wanted)
        take(f"{spec.key}-dialog", dialog)
    dialog.close()
