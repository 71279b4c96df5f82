"""The preview: exactly what the next sync would send, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QTabWidget, QWidget

from bridge_gui.desktop.attention import AttentionModel
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview_detail import Detail
from bridge_gui.desktop.states import Tone, kind_name
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.desktop.tables import Table
from bridge_gui.desktop.widgets import Empty, add_tab, button, column, label, row
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.service import Preview, PreviewDocument

DATE, KIND, NUMBER, CONTENT, TAX, AMOUNT = range(6)


class PreviewModel(TableModel):
    """One row for each document that would be sent."""

    headings = (mark("Date"), mark("Kind"), mark("Number"), mark("Content"), mark("VAT"), mark("Amount"))
    right = frozenset({TAX, AMOUNT})

    def __init__(self, desk: Desk, rows: Sequence[PreviewDocument], parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.rows = rows
        self._currencies = {row.currency for row in rows}

    def size(self) -> int:
        """How many documents there are."""
        return len(self.rows)

    def heading(self, column: int) -> str:
        """The headings; the amount's names the currency where there is only one."""
        heading = super().heading(column)
        named = column == AMOUNT and self._single
        return f"{heading}, {next(iter(self._currencies))}" if named else heading

    def cell(self, row: int, column: int) -> Cell:
        """A cell."""
        one = self.rows[row]
        warned = column == CONTENT and one.warning
        text = self._text(one, column)
        return Cell(text, right=column in self.right, tone=Tone.NEEDS_YOU if warned else None)

    def tip(self, row: int, column: int) -> str:
        """The warning, or what may be cut short."""
        return self.rows[row].warning or self.cell(row, column).text if column == CONTENT else ""

    def _text(self, one: PreviewDocument, column: int) -> str:
        formats = self.desk.formats
        if column == DATE:
            return shown_day(self.desk, one.day)
        if column == KIND:
            return self.desk.words.text(kind_name(one.kind))
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
        self.table = Table(desk.theme, text("Documents that would be sent"), self.model)
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
        held = Table(self._desk.theme, text("Held back"), self.held)
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
    if not count:
        return desk.words.text("Nothing would be sent")
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
