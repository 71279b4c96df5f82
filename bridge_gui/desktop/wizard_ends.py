"""What comes before the wizard's first page and after its last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure
from bridge_gui.desktop.start import Kind
from bridge_gui.desktop.widgets import column, label, row
from bridge_gui.desktop.wizard_controls import Cards
from bridge_gui.desktop.wizard_style import Note, clear

if TYPE_CHECKING:
    from bridge_gui.sync.wizard import WizardFlow

WIDE = 720


class _Sheet(QWidget):
    """A page with a heading."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        super().__init__()
        clear(self)
        inner = clear(QWidget())
        inner.setMaximumWidth(WIDE)
        inner.setLayout(column(label(title, "title", wrap=True), *parts, 1, gap=14))
        sides = row(inner, 1, gap=0)
        sides.setStretchFactor(inner, 20)
        sides.setContentsMargins(40, 28, 40, 24)
        self.setLayout(sides)
        self.setAccessibleName(title)


class KindView(_Sheet):
    """Which two systems are joined."""

    def __init__(self, desk: Desk, kinds: Sequence[Kind]) -> None:
        text = desk.words.text
        options = [(kind.key, text(kind.title), "") for kind in kinds]
        self._cards = Cards(options, options[0][0] if options else "", ("", ""))
        super().__init__(text("Which systems do you want to join?"), self._cards)

    @property
    def target(self) -> QWidget:
        """What takes the focus."""
        return self._cards.buttons[self.chosen] if self.chosen else self._cards

    def choose(self, kind: str) -> None:
        """Choose one, as a press on its card does."""
        if kind in self._cards.buttons:
            self._cards.buttons[kind].setChecked(True)

    @property
    def chosen(self) -> str:
        """The kind that is chosen."""
        return self._cards.chosen


class OpeningView(_Sheet):
    """Shown until the questions are there, or says why they are not."""

    def __init__(self, desk: Desk, failure: Failure | None = None) -> None:
        text = desk.words.text
        self.failure = failure
        if failure is None:
            super().__init__(text("One moment ..."))
        else:
            said = desk.say(failure.code, failure.params)
            super().__init__(text("This cannot begin"), Note(desk, "red", said.sentence, said.advice))


class DoneView(_Sheet):
    """It is set up; the first sync is offered."""

    def __init__(self, desk: Desk, flow: WizardFlow) -> None:
        text = desk.words.text
        assert flow.finished is not None
        finished = flow.finished
        title = text("The set-up is changed") if flow.change else text("The bridge is set up")
        told = text("Its secrets are in this computer's keychain only.")
        if flow.in_memory:
            told = text("Its secrets last until Bridge is closed; then they are asked for again.")
        company = flow.company(flow.spec.books) or finished.row.name
        ready = text("{title} is ready for {company}.", title=text(flow.spec.title), company=company)
        parts: list[QWidget] = [Note(desk, "good", ready, told)]
        if finished.unmapped:
            names = ", ".join(finished.unmapped)
            parts.append(Note(desk, "quiet", text("Not chosen: {names}.", names=names)))
        count = len(flow.preview.documents) if flow.preview is not None else 0
        if count:
            shown = desk.formats.number(count)
            sends = desk.words.many(
                "Sync now sends the {shown} document you saw.",
                "Sync now sends the {shown} documents you saw.",
                count,
                shown=shown,
            )
        else:
            sends = text("Sync now reads what is new and sends it.")
        parts.append(label(sends, wrap=True))
        later = text("Or leave it for now: look at everything first, and press Sync now when you like.")
        parts.append(label(later, "muted", wrap=True))
        super().__init__(title, *parts)
