"""The bridges at the left, grouped by company, each with its state as a sign and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import ink
from bridge_gui.desktop.theme import Theme
from bridge_gui.desktop.widgets import button, column, frame

Index = QModelIndex | QPersistentModelIndex
WIDTH = 260
BRIDGE_HEIGHT = 34
GROUP_HEIGHT = 40

if TYPE_CHECKING:
    from bridge_gui.desktop.health import Health

NAME = int(Qt.ItemDataRole.UserRole)
ITEM = NAME + 1


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line: a company's name, or a bridge (then `name` is set)."""

    text: str
    name: str = ""
    hint: str = ""
    state: Health | None = None
    attention: int = 0


class SideModel(QAbstractListModel):
    """Companies and their bridges."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: list[Item] = []

    def load(self) -> None:
        """Show the bridges as they are now; keeps the rows where the order is the same."""
        items = self._built() if self._desk.bridges else []
        same = [item.name or item.text for item in items] == [item.name or item.text for item in self._items]
        if same and items:
            self._items = items
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """The row of a bridge, -1 if it is not there."""
        return next((row for row, item in enumerate(self._items) if item.name == name), -1)

    def first(self) -> str:
        """The name of the topmost bridge, empty if there is none."""
        return next((item.name for item in self._items if item.name), "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Companies cannot be chosen."""
        if not index.isValid() or not self._items[index.row()].name:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What the delegate and a screen reader ask for."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return item.hint or item.text
        if role == NAME:
            return item.name
        return item if role == ITEM else None

    def _built(self) -> list[Item]:
        from bridge_gui.desktop.health import health

        items: list[Item] = []
        ordered = sorted(
            self._desk.bridges, key=lambda one: (one.company.casefold(), one.title, one.row.name)
        )
        titles = [(one.company, one.title) for one in ordered]
        for one in ordered:
            company = one.company or self._desk.words.text("Without a company")
            if not items or company not in (item.text for item in items if not item.name):
                items.append(Item(text=company))
            twins = titles.count((one.company, one.title)) > 1
            text = f"{one.title} ({one.row.name})" if twins else one.title
            state = health(self._desk, one)
            count = (
                self._desk.words.many("{count} needs you", "{count} need you", one.attention)
                if one.attention
                else ""
            )
            hint = ", ".join(part for part in (text, company, state.word, count) if part)
            items.append(Item(text=text, name=one.row.name, hint=hint, state=state, attention=one.attention))
        return items


class SideDelegate(QStyledItemDelegate):
    """Draws companies as small headings and bridges with sign, name and count."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Two heights."""
        del option
        return QSize(100, BRIDGE_HEIGHT if index.data(NAME) else GROUP_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        item: Item = index.data(ITEM)
        painter.save()
        if item.name:
            self._bridge(painter, option, item)
        else:
            self._company(painter, option, item)
        painter.restore()

    def _company(self, painter: QPainter, option: QStyleOptionViewItem, item: Item) -> None:
        rect: Any = option.rect
        font = QFont(option.font)
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.muted))
        where = rect.adjusted(20, 0, -12, -6)
        text = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def _bridge(self, painter: QPainter, option: QStyleOptionViewItem, item: Item) -> None:
        tokens = self._theme.tokens
        rect: Any = option.rect
        state: Any = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.accent_soft if chosen else tokens.hover))
        if chosen:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(tokens.accent))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        assert item.state is not None
        spot = QRectF(rect.x() + 20, rect.center().y() - 7, 15, 15)
        signs.draw(painter, item.state.sign, spot, ink(tokens, item.state.tone))
        right = self._count(painter, rect, item) if item.attention else 12
        painter.setPen(QColor(tokens.text))
        where = rect.adjusted(43, 0, -right, 0)
        text = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _count(self, painter: QPainter, rect: Any, item: Item) -> int:
        """The pill with the count; returns the room it takes at the right."""
        tokens = self._theme.tokens
        text = str(item.attention) if item.attention < 1000 else "999+"
        width = max(22, painter.fontMetrics().horizontalAdvance(text) + 14)
        pill = QRectF(rect.right() - width - 11, rect.center().y() - 9, width, 19)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.amber_soft))
        painter.drawRoundedRect(pill, 9.5, 9.5)
        painter.setPen(QColor(tokens.amber))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return width + 20


class Sidebar(QFrame):
    """The list of bridges with the two things one does with all of them."""

    chosen = Signal(str)
    add = Signal()
    help = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        text = desk.words.text
        self._desk = desk
        self.help_button = button(text("&Help"), self.help.emit, look="plain", hint=text("Help, F1"))
        self.model = SideModel(desk, self)
        self.list = self._listed(desk)
        self.add_button = button(text("&Add a bridge"), self.add.emit, look="plain")
        self.all_button = button(text("Sync a&ll"), desk.sync_all, look="plain")
        buttons = column(self.add_button, self.all_button, self.help_button, gap=0)
        inside = column(self.list, frame("strip", buttons, (8, 8, 8, 8)))
        inside.setContentsMargins(0, 12, 0, 4)
        self.setLayout(inside)
        self.setProperty("look", "side")
        self.setFixedWidth(WIDTH)
        desk.bridges_changed.connect(self._loaded)
        desk.work_changed.connect(self._loaded)
        desk.theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self._loaded()

    def choose(self, name: str) -> None:
        """Choose a bridge."""
        row = self.model.row_of(name)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def _listed(self, desk: Desk) -> QListView:
        result = QListView()
        result.setProperty("look", "side")
        result.setAccessibleName(desk.words.text("Bridges"))
        result.setModel(self.model)
        result.setItemDelegate(SideDelegate(desk.theme, result))
        result.setMouseTracking(True)
        result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        result.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        result.selectionModel().currentChanged.connect(self._current)
        return result

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        name = index.data(NAME)
        if name:
            self.chosen.emit(name)

    def _loaded(self) -> None:
        current = self.list.currentIndex().data(NAME)
        self.model.load()
        if current and not self.list.currentIndex().isValid():
            self.choose(current)
        self.all_button.setVisible(len(self._desk.bridges) > 1)

    def _draw_icons(self) -> None:
        tokens = self._desk.theme.tokens
        self.add_button.setIcon(signs.icon(signs.PLUS, tokens.accent, tokens.muted))
        self.help_button.setIcon(signs.icon(signs.ASK, tokens.accent, tokens.muted))
        self.all_button.setIcon(signs.icon(signs.TURN, tokens.accent, tokens.muted))
