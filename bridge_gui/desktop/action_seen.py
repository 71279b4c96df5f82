"""What an order would send, before it goes: its documents in short, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview_model import shown_day
from bridge_gui.desktop.states import kind_name
from bridge_gui.desktop.theme import figures
from bridge_gui.desktop.widgets import label

if TYPE_CHECKING:
    from bridge_gui.sync.actions import Checked, Total
    from bridge_gui.sync.service import PreviewDocument

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MOST = 50


class SeenView(QFrame):
    """One line for each document, its warning below it, and the sums at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("look", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(desk.words.text("What will be done"))
        self.setVisible(False)

    def show_all(self, checked: Sequence[Checked]) -> None:
        """Show what these orders come to."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        documents = [one for each in checked for one in each.documents]
        totals = [one for each in checked for one in each.totals]
        if documents:
            self._grid.addWidget(label(self._desk.words.text("What will be done"), "column"), 0, 0, 1, 3)
        for document in documents[:MOST]:
            self._document(document)
        if len(documents) > MOST:
            more = self._desk.words.text("(and {count} more)", count=len(documents) - MOST)
            self._grid.addWidget(label(more, "muted"), self._grid.rowCount(), 0, 1, 3)
        for total in totals if len(checked) == 1 else ():
            self._total(total)
        self.setVisible(bool(documents or totals))

    def _document(self, document: PreviewDocument) -> None:
        at, desk = self._grid.rowCount(), self._desk
        kind = desk.words.text(kind_name(document.kind))
        what = " ".join(part for part in (document.number, document.party) if part)
        self._grid.addWidget(label(f"{kind}, {shown_day(desk, document.day)}"), at, 0)
        more = document.text if what and "\n" not in document.text else ""
        self._grid.addWidget(label(f"{what}\n{more}".strip() or document.text, wrap=True), at, 1)
        self._figure(desk.formats.money(document.total, document.currency), at, strong=False)
        if document.warning:
            told = label(document.warning, wrap=True)
            told.setProperty("tone", "amber")
            self._grid.addWidget(told, at + 1, 0, 1, 3)

    def _total(self, total: Total) -> None:
        at = self._grid.rowCount()
        name = label(self._desk.words.text(total.label), "strong" if total.strong else "muted")
        name.setAlignment(RIGHT)
        self._grid.addWidget(name, at, 0, 1, 2)
        self._figure(self._desk.formats.money(total.amount, total.currency), at, strong=total.strong)

    def _figure(self, text: str, at: int, *, strong: bool) -> None:
        figure = label(text, "strong" if strong else "")
        figure.setFont(figures(figure.font()))
        figure.setAlignment(RIGHT)
        self._grid.addWidget(figure, at, 2)


def notes_of(desk: Desk, checked: Sequence[Checked]) -> list[tuple[str, str]]:
    """What is to be said of several orders, as (tone, text), each once."""
    notes: dict[tuple[str, str], None] = {}
    for one in checked:
        for tone, notices in (("amber", one.warnings), ("red", one.problems)):
            for notice in notices:
                said = desk.say(notice.code, notice.params)
                notes[tone, f"{said.sentence} {said.advice}".strip()] = None
    return list(notes)
