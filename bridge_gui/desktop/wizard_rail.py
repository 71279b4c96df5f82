"""The steps at the left of the wizard: which are done, where one is, and a way back to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.sidebar import WIDTH
from bridge_gui.desktop.widgets import button, column, label, relook

if TYPE_CHECKING:
    from bridge_gui.sync.wizard import WizardFlow


class Rail(QFrame):
    """A button for each step; those not reached yet cannot be pressed."""

    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._flow: WizardFlow | None = None
        self.steps: list[QPushButton] = []
        self.setProperty("look", "side")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(desk.words.text("Steps"))
        self.heading = label(desk.words.text("Add a bridge"), "heading", wrap=True)
        self.under = label("", "small", wrap=True)
        self.file_button = button(desk.words.text("Or from a file"), _nothing, look="plain")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        inside = column(self.heading, self.under, gap=2)
        inside.addSpacing(14)
        inside.addLayout(self._list)
        inside.addStretch(1)
        inside.addWidget(self.file_button)
        inside.setContentsMargins(16, 20, 12, 16)
        self.setLayout(inside)
        desk.theme.changed.connect(self.refresh)

    def show_flow(self, flow: WizardFlow) -> None:
        """Show the steps of this flow."""
        text = self._desk.words.text
        self._flow = flow
        self.heading.setText(text("Change set-up") if flow.change else text("Add a bridge"))
        self.under.setText(text(flow.spec.title))
        self.refresh()

    def refresh(self) -> None:
        """Show how far the flow is."""
        if self._flow is None:
            return
        while len(self.steps) < len(self._flow.pages):
            self._grow(len(self.steps))
        for at, step in enumerate(self.steps):
            step.setVisible(at < len(self._flow.pages))
        for at in range(len(self._flow.pages)):
            self._step(self._flow, at)

    def _grow(self, at: int) -> None:
        step = QPushButton()
        step.setProperty("look", "step")
        step.setIconSize(QSize(16, 16))
        step.clicked.connect(lambda: self.chosen.emit(at))
        self.steps.append(step)
        self._list.addWidget(step)

    def _step(self, flow: WizardFlow, at: int) -> None:
        text, tokens = self._desk.words.text, self._desk.theme.tokens
        page, step = flow.pages[at], self.steps[at]
        here, done = at == flow.at, at < flow.furthest and at != flow.at
        title = text(page.title)
        state = text("you are here") if here else text("done") if done else text("to come")
        step.setText(title)
        step.setAccessibleName(f"{title}, {state}")
        step.setToolTip(flow.company(page.check) if page.check else "")
        sign, colour = (signs.CHECK, tokens.accent) if done else (signs.RING, tokens.muted)
        if here:
            sign, colour = signs.SENT, tokens.accent
        step.setIcon(signs.icon(sign, colour, tokens.muted))
        relook(step, "here", "yes" if here else "no")
        step.setEnabled(at <= flow.furthest and not flow.busy and flow.finished is None)


def _nothing() -> None:
    """What a button does that others listen to."""
