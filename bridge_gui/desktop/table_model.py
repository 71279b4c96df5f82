"""What every table's model has in common: a prepared cell per place, asked for once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import Look, Tone

Index = QModelIndex | QPersistentModelIndex
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
KEPT_CELLS = 20_000

_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is drawn in one place: a text, or a pill of that look; `head` is a heading row, `check` a tick."""

    text: str
    right: bool = False
    tone: Tone | None = None
    look: Look | None = None
    head: bool = False
    check: bool | None = None


class TableModel(QAbstractTableModel):
    """A read-only table; subclasses say how many rows there are and what stands in a place."""

    headings: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._cells: dict[tuple[int, int], Cell] = {}

    def size(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands in a place; None while nobody knows yet."""
        raise NotImplementedError

    def tip(self, row: int, column: int) -> str:
        """What the pointer is told there."""
        del row, column
        return ""

    def toggle(self, rows: Sequence[int]) -> None:
        """Turn the ticks of these rows, where there are any."""

    def line(self, row: int) -> str:
        """A row as text, to be pasted."""
        cells = (self.cell(row, column) for column in range(len(self.headings)))
        return "\t".join(cell.text if cell else "" for cell in cells)

    def heading(self, column: int) -> str:
        """A column's heading."""
        return self.desk.words.text(self.headings[column])

    def forget_cells(self) -> None:
        """What was prepared is no longer right."""
        self._cells.clear()

    def prepared(self, row: int, column: int) -> Cell | None:
        """A cell, made once."""
        place = (row, column)
        found = self._cells.get(place)
        if found is None and (found := self.cell(row, column)) is not None:
            if len(self._cells) >= KEPT_CELLS:
                self._cells.clear()
            self._cells[place] = found
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many rows there are, for Qt."""
        return 0 if parent.isValid() else self.size()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns there are, for Qt."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The headings, for Qt."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in self.right else LEFT
        return self.heading(section) if role == _DISPLAY else None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell's text for a screen reader, and its tip; the table asks for `prepared` cells itself."""
        if role == _DISPLAY:
            found = self.prepared(index.row(), index.column())
            return found.text if found else None
        return (self.tip(index.row(), index.column()) or None) if role == _TIP else None
