"""Pictures of the wizard, page by page, up to the preview; nothing is finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bridge_gui.desktop.wizard_ends import KindView

if TYPE_CHECKING:
    from bridge_gui.desktop.window import Window
    from bridge_gui.desktop.wizard import Wizard

Wait = Callable[[Callable[[], bool]], bool]
Take = Callable[[str], None]


def take_wizard(window: Window, take: Take, wait: Wait, like: str = "") -> None:
    """Go through the wizard with the answers it has, of the kind of the bridge `like`, and leave it."""
    window.show_wizard()
    wizard = window.wizard
    if wizard is None:
        return
    if isinstance(wizard.view, KindView):
        take("wizard-kind")
        wizard.view.choose(next((one.row.kind for one in window.desk.bridges if one.row.name == like), ""))
        wizard.next()
    if wait(lambda: wizard.flow is not None):
        _walk(wizard, take, wait)
    wizard.leave()


def _walk(wizard: Wizard, take: Take, wait: Wait) -> None:
    flow = wizard.flow
    assert flow is not None
    while wait(lambda: flow.busy is None):
        take(f"wizard-{flow.page.key}")
        before = flow.at
        if flow.is_last:
            return
        wizard.next()
        if not wait(lambda: flow.busy is None) or flow.at == before:
            return
