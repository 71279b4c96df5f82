"""The table every panel uses: rows of one height, hairlines between them, pills for states."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter
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
from bridge_gui.desktop.theme import Theme, figures
from bridge_gui.desktop.widgets import copy

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 38
COMPACT_HEIGHT = 28
PAD = 12

LOOK = int(Qt.ItemDataRole.UserRole) + 10
TONE = LOOK + 1
COPY = LOOK + 2
HEAD = LOOK + 3
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RowDelegate(QStyledItemDelegate):
    """Draws a cell: its text, or a pill where the model gives a look."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: dict[str, str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        rect: QRect = option.rect
        self._ground(painter, option, rect)
        model = index.model()
        head = model.data(index, HEAD)
        if head:
            painter.fillRect(rect, QColor(self._theme.tokens.hover))
        look = model.data(index, LOOK)
        if look is not None:
            self._pill(painter, rect, look, str(model.data(index)))
            return
        text = model.data(index)
        if text:
            self._text(painter, rect, str(text), model.data(index, TONE), index)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        tokens = self._theme.tokens
        state: Any = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(tokens.line))

    def _text(self, painter: QPainter, rect: QRect, text: str, tone: Any, index: Index) -> None:
        align = index.model().data(index, int(Qt.ItemDataRole.TextAlignmentRole)) or LEFT
        where = rect.adjusted(PAD, 0, -PAD, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        tokens = self._theme.tokens
        painter.setPen(QColor(ink(tokens, tone) if tone else tokens.text))
        painter.drawText(where, align, shown)

    def _pill(self, painter: QPainter, rect: QRect, look: Look, word: str) -> None:
        tokens = self._theme.tokens
        colour = ink(tokens, look.tone)
        painter.save()
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        wide = min(painter.fontMetrics().horizontalAdvance(word) + 36, rect.width() - PAD)
        pill = QRectF(rect.x() + PAD - 4, rect.center().y() - 10, wide, 22)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground(tokens, look.tone)))
        painter.drawRoundedRect(pill, 11, 11)
        signs.draw(painter, look.sign, QRectF(pill.x() + 8, pill.center().y() - 6.5, 13, 13), colour)
        painter.setPen(QColor(colour))
        painter.drawText(pill.adjusted(26, 0, 0, 0), LEFT, word)
        painter.restore()


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
