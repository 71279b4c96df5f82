"""The preview: exactly what the next sync would send, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QTabWidget, QWidget

from bridge_gui.desktop.attention import AttentionModel
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview_detail import Detail
from bridge_gui.desktop.states import Tone, kind_name
from bridge_gui.desktop.tables import COPY, RIGHT, TONE, Table
from bridge_gui.desktop.widgets import Empty, add_tab, button, column, label, row
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.service import Preview, PreviewDocument

Index = QModelIndex | QPersistentModelIndex
DATE, KIND, NUMBER, CONTENT, TAX, AMOUNT = range(6)
HEADINGS = (mark("Date"), mark("Kind"), mark("Number"), mark("Content"), mark("VAT"), mark("Amount"))


class PreviewModel(QAbstractTableModel):
    """One row for each document that would be sent."""

    def __init__(self, desk: Desk, rows: Sequence[PreviewDocument], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows = rows
        self._currencies = {row.currency for row in rows}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many documents there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (
                RIGHT if section >= TAX else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            )
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        heading = self._desk.words.text(HEADINGS[section])
        return f"{heading}, {next(iter(self._currencies))}" if section == AMOUNT and self._single else heading

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """A cell."""
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(one, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() >= TAX else None
        if role == TONE:
            return Tone.NEEDS_YOU if one.warning and index.column() == CONTENT else None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == CONTENT:
            return one.warning or self._cell(one, CONTENT)
        if role == COPY:
            return "\t".join(self._cell(one, column) for column in range(len(HEADINGS)))
        return None

    def _cell(self, one: PreviewDocument, column: int) -> str:
        formats = self._desk.formats
        if column == DATE:
            return shown_day(self._desk, one.day)
        if column == KIND:
            return self._desk.words.text(kind_name(one.kind))
        if column == NUMBER:
            return one.number
        if column == CONTENT:
            return one.text or one.party
        if column == TAX:
            tax = sum((part for _rate, _net, part in one.tax), Decimal(0))
            return formats.amount(tax, one.currency) if one.tax else ""
        return (formats.amount if self._single else formats.money)(one.total, one.currency)

    @property
    def _single(self) -> bool:
        return len(self._currencies) == 1


class PreviewWindow(QDialog):
    """The documents at the left, the chosen one in full at the right, what is held on its own tab."""

    sync_wanted = Signal()

    def __init__(self, desk: Desk, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.preview = desk, preview
        text = desk.words.text
        self.setWindowTitle(text("Preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1160, 700)
        self.model = PreviewModel(desk, preview.documents, self)
        self.held = AttentionModel(desk, self)
        self.held.load(preview.held)
        self.table = Table(desk.theme, text("Documents that would be sent"))
        self.table.setModel(self.model)
        self.table.widths(10, 11, 8, 0, 8, 10)
        self.detail = Detail(desk)
        self.sync_button = button(text("&Sync now"), self._sync, look="primary")
        self.sync_button.setEnabled(bool(preview.documents))
        self.close_button = button(text("&Close"), self.close)
        cost = label(cost_line(desk, preview), "muted", wrap=True)
        feet = row(cost, self.close_button, self.sync_button, gap=10)
        feet.setStretchFactor(cost, 1)
        head = column(label(headline(desk, preview), "title"), label(self._promise(), "muted"), gap=2)
        inside = column(head, self._tabbed(), feet, gap=14)
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        if preview.documents:
            self.table.selectRow(0)
        self.table.setFocus()

    def _promise(self) -> str:
        status = self._desk.status(self.preview.bridge)
        text = self._desk.words.text("Nothing has been sent yet.")
        return f"{status.title}  ·  {status.company}  ·  {text}" if status else text

    def _tabbed(self) -> QTabWidget:
        text, number = self._desk.words.text, self._desk.formats.number
        tabs = QTabWidget()
        tabs.tabBar().setAccessibleName(text("Parts of the preview"))
        held = Table(self._desk.theme, text("Held back"))
        held.setModel(self.held)
        held.widths(0, 12, 10, 16)
        add_tab(tabs, self._to_send(), text("&To be sent"), number(len(self.preview.documents)))
        add_tab(tabs, held, text("&Held back"), number(len(self.preview.held)))
        tabs.setTabEnabled(1, bool(self.preview.held))
        return tabs

    def _to_send(self) -> QWidget:
        text = self._desk.words.text
        if not self.preview.documents:
            empty = Empty()
            empty.say(text("Nothing to send"), text("Everything read is in the books or held back."))
            return empty
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setSizes([800, 310])
        split.setChildrenCollapsible(False)
        return split

    def _chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen:
            self.detail.show_document(self.model.rows[chosen[0]])

    def _sync(self) -> None:
        self.sync_wanted.emit()
        self.close()


def shown_day(desk: Desk, value: str) -> str:
    """A preview's day as the user writes it."""
    try:
        return desk.formats.day(date.fromisoformat(value))
    except ValueError:
        return value


def headline(desk: Desk, preview: Preview) -> str:
    """How many documents would be sent."""
    count = len(preview.documents)
    shown = desk.formats.number(count)
    return desk.words.many(
        "{shown} document would be sent", "{shown} documents would be sent", count, shown=shown
    )


def cost_line(desk: Desk, preview: Preview) -> str:
    """What the run reads, asks and takes."""
    words, number = desk.words, desk.formats.number
    parts = [
        words.many("{shown} record read", "{shown} records read", preview.read, shown=number(preview.read))
    ]
    if preview.unsettled:
        parts.append(
            words.many(
                "{count} answer still looked for", "{count} answers still looked for", preview.unsettled
            )
        )
    for vendor, calls in sorted(preview.calls.items()):
        parts.append(
            words.many(
                "{shown} call to {vendor}",
                "{shown} calls to {vendor}",
                calls,
                shown=number(calls),
                vendor=vendor,
            )
        )
    parts.append(desk.formats.duration(preview.minutes * 60))
    return "  ·  ".join(parts)
