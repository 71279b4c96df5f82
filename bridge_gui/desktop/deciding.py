"""Asking why: a person's decision that something is never sent, or was booked by hand, with its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import button, column, label, row
from bridge_gui.store.rows import BY_HAND
from bridge_gui.wording.message import mark

NEVER, TAKE_BACK = "skip", "take_back"
TITLES = {
    NEVER: mark("Never send this"),
    BY_HAND: mark("I booked this by hand"),
    TAKE_BACK: mark("Send it after all"),
}
MEANS = {
    NEVER: mark(
        "Bridge leaves this out from now on, and whatever becomes of it. It stays listed under Left out."
    ),
    BY_HAND: mark("Bridge notes that it is in the books as the document you name, and never sends it."),
    TAKE_BACK: mark("The next sync reads it afresh and plans it like any other."),
}
LONGEST = 400


class Deciding(QDialog):
    """A reason, and for what was booked by hand the document; `decided` tells choice, reason, document."""

    decided = Signal(str, str, str)

    def __init__(self, desk: Desk, choice: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = desk.words.text
        self._choice = choice
        title = text(TITLES[choice])
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.document = self._field(text("Number or id of the document in the books"))
        self.reason = self._field(text("Why, for whoever asks later"))
        self.yes = button(title, self._decide, look="primary")
        self.yes.setDefault(True)
        self.no = button(text("Cancel"), self.reject)
        inside = column(label(title, "title"), label(about, "strong", wrap=True), gap=8)
        inside.addWidget(label(text(MEANS[choice]), "muted", wrap=True))
        for field in self._asked():
            inside.addSpacing(4)
            inside.addWidget(label(field.accessibleName()))
            inside.addWidget(field)
        inside.addSpacing(8)
        inside.addLayout(row(1, self.no, self.yes, gap=10))
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        for field in self._asked():
            field.textChanged.connect(self._changed)
        self._changed()
        self._asked()[0].setFocus()

    def _asked(self) -> list[QLineEdit]:
        return [self.document, self.reason] if self._choice == BY_HAND else [self.reason]

    def _field(self, name: str) -> QLineEdit:
        result = QLineEdit()
        result.setAccessibleName(name)
        result.setMaxLength(LONGEST)
        return result

    def _changed(self, *_text: object) -> None:
        self.yes.setEnabled(all(field.text().strip() for field in self._asked()))

    def _decide(self) -> None:
        self.decided.emit(self._choice, self.reason.text().strip(), self.document.text().strip())
        self.accept()
