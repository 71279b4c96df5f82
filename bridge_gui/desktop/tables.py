"""The table every panel uses: whole rows of one height, no grid, headings like a ledger's."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from bridge_gui.desktop.rows import PAD, Place, RowPainter
from bridge_gui.desktop.table_model import TableModel
from bridge_gui.desktop.theme import Theme, figures
from bridge_gui.desktop.widgets import copy

ROW_HEIGHT = 38
LEAST, NARROWEST = 18, 0.7
"""Characters that the column of what is left keeps, and how far the others give way for it."""
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
        self._whole: frozenset[int] = frozenset()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(36)
        head.setMinimumSectionSize(40)

    def widths(self, *characters: int, whole: Collection[int] = ()) -> None:
        """Column widths in characters; 0 takes what is left. Columns in `whole` never give any."""
        self._whole = frozenset(whole)
        head, metrics = self.horizontalHeader(), self.fontMetrics()
        for column, count in enumerate(characters):
            if count:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self._widths[column] = metrics.horizontalAdvance("0") * count + 2 * PAD
                self.setColumnWidth(column, self._widths[column])
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, every column gives some, but for days and amounts."""
        super().resizeEvent(event)
        giving = {column: width for column, width in self._widths.items() if column not in self._whole}
        fixed, left = sum(giving.values()), len(self.rows.headings) - len(self._widths)
        if not fixed or not left:
            return
        least = left * (self.fontMetrics().horizontalAdvance("0") * LEAST + 2 * PAD)
        least += sum(self._widths.values()) - fixed
        share = min(1.0, max(NARROWEST, (self.viewport().width() - least) / fixed))
        for column, width in giving.items():
            if self.columnWidth(column) != round(width * share):
                self.setColumnWidth(column, round(width * share))

    def chosen(self) -> list[int]:
        """The chosen rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def visible_rows(self) -> range:
        """The rows that are in sight."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (self.rows.size() if last < 0 else last + 1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows in sight, all in one go."""
        del event
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        columns = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(len(self.rows.headings))
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
