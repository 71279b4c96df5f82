"""The table every panel uses: whole rows of one height, no grid, headings like a ledger's."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip

from bridge_gui.desktop.rows import PAD, PILL_SIGN, Place, RowPainter
from bridge_gui.desktop.table_model import TableModel
from bridge_gui.desktop.theme import Theme, figures
from bridge_gui.desktop.widgets import copy

ROW_HEIGHT = 38
LEAST, NARROWEST = 16, 0.7
"""Characters that the column of what is left keeps, and how far the others give way for it."""
SHORT, MOST = 9, 26
"""Characters: no column is narrowed below the one and its heading, nor grows beyond the other with what
stands in it; days, amounts and states are always whole."""
SLACK = 4
"""What a painter's rounding may need beyond a text's own width."""
LOOKED_AT = 60
"""Rows that are measured to find out how wide a column has to be."""
COMPACT_HEIGHT = 28


class Table(QTableView):
    """A quiet table; Ctrl+C copies the chosen rows."""

    def __init__(self, theme: Theme, name: str, model: TableModel, *, height: int = ROW_HEIGHT) -> None:
        super().__init__()
        self.rows = model
        self._painter = RowPainter(theme)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFont(figures(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(height)
        self._widths: dict[int, int] = {}
        self._fitted: dict[int, int] = {}
        self._whole: frozenset[int] = frozenset()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(36)
        head.setMinimumSectionSize(40)

    def widths(self, *characters: int, whole: Collection[int] = ()) -> None:
        """Column widths in characters; 0 takes what is left. Columns in `whole` never give any."""
        self._whole = frozenset(whole)
        head = self.horizontalHeader()
        for column, count in enumerate(characters):
            if count:
                self._widths[column] = self._of_characters(count)
                self.setColumnWidth(column, self._widths[column])
            elif not any(characters):
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def leave_out(self, column: int, *, out: bool = True) -> None:
        """Show a column no more, or again: one that says nothing, or is told elsewhere if room is short."""
        self.setColumnHidden(column, out)

    def fit(self) -> None:
        """Make each column as wide as its heading and the first rows need; what was wide enough stays.

        Room is so left for the column that takes what is left, where the names and sentences are.
        """
        rows = range(min(self.rows.size(), LOOKED_AT))
        for column in range(len(self.rows.headings)):
            wanted = max((self._wanted(row, column) for row in rows), default=0)
            if column not in self._whole:
                wanted = min(wanted, self._of_characters(MOST))
            wanted = max(wanted, self.horizontalHeader().sectionSizeHint(column), self._fitted.get(column, 0))
            self._fitted[column] = wanted
            if column in self._widths:
                self._widths[column] = wanted
        self._share_out()

    def selectRow(self, row: int) -> None:  # noqa: N802
        """Choose this row alone, whichever keys are held down; Qt's own would add it while Ctrl is."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(row, 0), only)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, every column gives some, but for days and amounts."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        shown = [column for column in range(len(self.rows.headings)) if not self.isColumnHidden(column)]
        open_ = [column for column in shown if column not in self._widths]
        if not self._widths or not open_:
            return
        room = self.viewport().width()
        least = {column: min(self._of_characters(LEAST), self._fitted.get(column, room)) for column in open_}
        taken = self._given(room - sum(least.values()))
        left = (room - sum(taken.values())) // len(open_)
        taken.update((column, max(least[column], left)) for column in open_)
        for column, width in taken.items():
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def _given(self, room: int) -> dict[int, int]:
        """The widths of all but the open columns in so much room: long ones give some, short ones none."""
        head, short = self.horizontalHeader(), self._of_characters(SHORT)
        wide = {column: one for column, one in self._widths.items() if not self.isColumnHidden(column)}
        least = {column: max(short, head.sectionSizeHint(column)) if self._fitted else 0 for column in wide}
        floors = {
            column: width
            if column in self._whole
            else max(min(width, least[column]), round(width * NARROWEST))
            for column, width in wide.items()
        }
        spare = sum(wide.values()) - sum(floors.values())
        over = min(1.0, max(0.0, (sum(wide.values()) - room) / max(1, spare)))
        return {column: round(width - (width - floors[column]) * over) for column, width in wide.items()}

    def _of_characters(self, count: int) -> int:
        return self.fontMetrics().horizontalAdvance("0") * count + 2 * PAD

    def _wanted(self, row: int, column: int) -> int:
        cell = self.rows.prepared(row, column)
        if cell is None or cell.check is not None:
            return 0
        pill = PILL_SIGN if cell.look is not None else 0
        return self.fontMetrics().horizontalAdvance(cell.text) + pill + 2 * PAD + SLACK

    def chosen(self) -> list[int]:
        """The chosen rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def visible_rows(self) -> range:
        """The rows that are in sight."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (self.rows.size() if last < 0 else last + 1))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """The pointer is told what is cut short, then what the model has to say of it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(self.indexAt(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def told_at(self, index: QModelIndex) -> str:
        """What the pointer is told of a cell: all of a text that has no room, and the model's own words."""
        cell = self.rows.prepared(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return ""
        tip = self.rows.tip(index.row(), index.column())
        cut = self._wanted(index.row(), index.column()) - SLACK > self.columnWidth(index.column())
        return f"{cell.text}\n{tip}".strip() if cut and cell.text not in tip else tip

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows in sight, all in one go."""
        del event
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        columns = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(len(self.rows.headings))
            if not self.isColumnHidden(column)
        ]
        chosen = self.chosen()
        current = self.currentIndex().row() if self.hasFocus() and len(chosen) != 1 else -1
        for row in self.visible_rows():
            self._paint_row(painter, row, columns, chosen=row in chosen, outlined=row == current)

    def _paint_row(
        self,
        painter: QPainter,
        row: int,
        columns: list[tuple[int, int, int]],
        *,
        chosen: bool,
        outlined: bool,
    ) -> None:
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        cells = [
            (Place(x, top, width, height), self.rows.prepared(row, column)) for column, x, width in columns
        ]
        first = cells[0][1]
        self._painter.ground(
            painter,
            Place(0, top, self.viewport().width(), height),
            chosen=chosen,
            head=first is not None and first.head,
            outlined=outlined,
        )
        self._painter.cells(painter, cells)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy("\n".join(line for row in self.chosen() if (line := self.rows.line(row))))
            return
        if event.key() == Qt.Key.Key_Space and self.chosen():
            self.rows.toggle(self.chosen())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Turn a tick, or choose a row."""
        index = self.indexAt(event.position().toPoint())
        cell = self.rows.prepared(index.row(), index.column()) if index.isValid() else None
        if cell is not None and cell.check is not None and event.button() == Qt.MouseButton.LeftButton:
            self.rows.toggle([index.row()])
            return
        super().mousePressEvent(event)
