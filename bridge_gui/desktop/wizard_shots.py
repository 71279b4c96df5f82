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
    whole = wait(lambda: wizard.flow is not None) and _walk(wizard, take, wait)
    wizard.leave()
    if not whole and like:
        _take_change(window, take, wait, like)


def _take_change(window: Window, take: Take, wait: Wait, name: str) -> None:
    """Where only a person can sign in: the same pages of the bridge that is signed in."""
    window.show_wizard(name)
    wizard = window.wizard
    if wizard is not None and wait(lambda: wizard.flow is not None):
        _walk(wizard, lambda page: take(f"change-{page}"), wait)
        wizard.leave()


def _walk(wizard: Wizard, take: Take, wait: Wait) -> bool:
    """Page by page; whether the last one was reached."""
    flow = wizard.flow
    assert flow is not None
    while wait(lambda: flow.busy is None):
        take(f"wizard-{flow.page.key}")
        before = flow.at
        if flow.is_last:
            return True
        wizard.next()
        if not wait(lambda: flow.busy is None) or flow.at == before:
            return False
    return False
