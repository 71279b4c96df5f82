"""The table every panel uses: rows of one height, hairlines between them, pills for states."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from bridge_gui.desktop import signs
from bridge_gui.desktop.states import Look, ground, ink
from bridge_gui.desktop.table_model import CELL, COPY, LEFT, RIGHT, Cell
from bridge_gui.desktop.theme import Theme, figures
from bridge_gui.desktop.widgets import copy

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 38
COMPACT_HEIGHT = 28
PAD = 12
PILL_HEIGHT = 22
PILL_FONT_PX = 12


class RowDelegate(QStyledItemDelegate):
    """Draws a cell: its text, or a pill where the model gives a look.

    A working thread and the painter share one interpreter, so that every call counts: colours and pills
    are made once.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pills: dict[tuple[Look, str, float], QPixmap] = {}
        theme.changed.connect(self._pills.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        rect: QRect = option.rect
        cell: Cell | None = index.data(CELL)
        theme, tokens = self._theme, self._theme.tokens
        state: Any = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour(tokens.accent_soft))
        elif cell is not None and cell.head:
            painter.fillRect(rect, theme.colour(tokens.hover))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
        if cell is None:
            return
        if cell.look is not None:
            pill = self._pill(cell.look, cell.text, painter)
            painter.drawPixmap(rect.x() + PAD - 4, rect.center().y() - PILL_HEIGHT // 2 + 1, pill)
        elif cell.text:
            self._text(painter, option.fontMetrics, rect, cell)

    def _text(self, painter: QPainter, metrics: QFontMetrics, rect: QRect, cell: Cell) -> None:
        where = rect.adjusted(PAD, 0, -PAD, 0)
        text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, where.width())
        tokens = self._theme.tokens
        painter.setPen(self._theme.colour(ink(tokens, cell.tone) if cell.tone else tokens.text))
        painter.drawText(where, RIGHT if cell.right else LEFT, text)

    def _pill(self, look: Look, word: str, painter: QPainter) -> QPixmap:
        key = (look, word, painter.device().devicePixelRatio())
        if key not in self._pills:
            self._pills[key] = pill_picture(self._theme, look, word, painter.font(), key[2])
        return self._pills[key]


def pill_picture(theme: Theme, look: Look, word: str, font: QFont, ratio: float) -> QPixmap:
    """A state as a pill: its sign and its word on a soft ground."""
    small = QFont(font)
    small.setPixelSize(PILL_FONT_PX)
    width = QFontMetrics(small).horizontalAdvance(word) + 36
    result = QPixmap(QSize(round(width * ratio), round(PILL_HEIGHT * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(small)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground(theme.tokens, look.tone)))
    painter.drawRoundedRect(QRectF(0, 0, width, PILL_HEIGHT), 11, 11)
    signs.draw(painter, look.sign, QRectF(8, 4.5, 13, 13), ink(theme.tokens, look.tone))
    painter.setPen(theme.colour(ink(theme.tokens, look.tone)))
    painter.drawText(QRectF(26, 0, width - 26, PILL_HEIGHT), LEFT, word)
    painter.end()
    return result


class Table(QTableView):
    """A quiet table: whole rows, no grid, headings like a ledger's; Ctrl+C copies the chosen rows."""

    def __init__(self, theme: Theme, name: str, *, height: int = ROW_HEIGHT) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(figures(self.font()))
        self.setItemDelegate(RowDelegate(theme, self))
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
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(36)
        head.setMinimumSectionSize(40)

    def widths(self, *characters: int) -> None:
        """Column widths in characters; 0 takes what is left."""
        head, metrics = self.horizontalHeader(), self.fontMetrics()
        for column, count in enumerate(characters):
            if count:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, metrics.horizontalAdvance("0") * count + 2 * PAD)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def chosen(self) -> list[int]:
        """The chosen rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            model = self.model()
            lines = [model.data(model.index(row, 0), COPY) for row in self.chosen()]
            copy("\n".join(line for line in lines if line))
            return
        super().keyPressEvent(event)
