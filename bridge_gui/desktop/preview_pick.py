"""Which of a preview's documents are sent: each can be unticked, with all else that is made of its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview_model import AMOUNT, PreviewModel
from bridge_gui.desktop.states import Tone
from bridge_gui.desktop.table_model import Cell, Index
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.service import Place, PreviewDocument

SEND = 0


class PickModel(PreviewModel):
    """The preview's documents with a tick before each."""

    headings = (mark("Send"), *PreviewModel.headings)
    right = frozenset(column + 1 for column in PreviewModel.right)
    picked = Signal()

    def __init__(self, desk: Desk, rows: Sequence[PreviewDocument], parent: QObject | None = None) -> None:
        super().__init__(desk, rows, parent)
        self.not_now: set[Place] = set()

    def sent(self) -> list[PreviewDocument]:
        """Those that are still ticked."""
        return [row for row in self.rows if row.source not in self.not_now]

    def heading(self, column: int) -> str:
        """The headings; the amount's names the currency where there is only one."""
        heading = self.desk.words.text(self.headings[column])
        return f"{heading}, {self.currency}" if column == AMOUNT + 1 and self.currency else heading

    def cell(self, row: int, column: int) -> Cell:
        """A cell; what is not sent is quiet."""
        ticked = self.rows[row].source not in self.not_now
        if column == SEND:
            said = self.desk.words.text("Send") if ticked else self.desk.words.text("Not now")
            return Cell(said, check=ticked)
        found = super().cell(row, column - 1)
        return Cell(found.text, right=column in self.right, tone=found.tone if ticked else Tone.QUIET)

    def tip(self, row: int, column: int) -> str:
        """What a tick means, or the document's own tip."""
        if column == SEND:
            return self.desk.words.text("What is unticked waits for the next sync.")
        return super().tip(row, column - 1)

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick these, or untick them where all are ticked."""
        places = {self.rows[row].source for row in rows}
        self.not_now = self.not_now - places if places <= self.not_now else self.not_now | places
        self.forget_cells()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.headings) - 1))
        self.picked.emit()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Whether a document is ticked, for a screen reader."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == SEND:
            ticked = self.rows[index.row()].source not in self.not_now
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)
