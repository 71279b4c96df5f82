"""The preview: exactly what the next sync would send, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QTabWidget, QWidget

from bridge_gui.desktop.attention import AttentionModel
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview_detail import Detail
from bridge_gui.desktop.preview_pick import PickModel
from bridge_gui.desktop.tables import Table
from bridge_gui.desktop.widgets import Empty, add_tab, button, column, label, row

if TYPE_CHECKING:
    from bridge_gui.sync.service import Preview


class PreviewWindow(QDialog):
    """The documents at the left, the chosen one in full at the right, what is held on its own tab."""

    sync_wanted = Signal(object)

    def __init__(self, desk: Desk, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.preview = desk, preview
        text = desk.words.text
        self.setWindowTitle(text("Preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1160, 700)
        self.model = PickModel(desk, preview.documents, self)
        self.held = AttentionModel(desk, self)
        self.held.load(preview.held)
        self.table = Table(desk.theme, text("Documents that would be sent"), self.model)
        self.table.widths(5, 11, 11, 10, 0, 9, 13, whole=(0, 1, 5, 6))
        self.table.fit()
        self.detail = Detail(desk)
        self.sync_button = button(text("&Sync now"), self._sync, look="primary")
        self.sync_button.setEnabled(bool(preview.documents))
        self.close_button = button(text("&Close"), self.close)
        cost = label(cost_line(desk, preview), "muted", wrap=True)
        feet = row(cost, self.close_button, self.sync_button, gap=10)
        feet.setStretchFactor(cost, 1)
        self.title = label(headline(desk, preview), "title")
        head = column(self.title, label(self._promise(), "muted"), gap=2)
        inside = column(head, self._tabbed(), feet, gap=14)
        inside.setContentsMargins(24, 20, 24, 20)
        self.setLayout(inside)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.model.picked.connect(self._picked)
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
        held.widths(0, 12, 11, 16, whole=(2, 3))
        held.fit()
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

    def _picked(self) -> None:
        sent, all_ = len(self.model.sent()), len(self.model.rows)
        number, text = self._desk.formats.number, self._desk.words.text
        self.sync_button.setEnabled(sent > 0)
        several = text("{sent} of {all} documents would be sent", sent=number(sent), all=number(all_))
        self.title.setText(headline(self._desk, self.preview) if sent == all_ else several)

    def _sync(self) -> None:
        self.sync_wanted.emit(frozenset(self.model.not_now))
        self.close()


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
                vendor=preview.titles.get(vendor, vendor),
            )
        )
    parts.append(desk.formats.duration(preview.minutes * 60))
    return "  ·  ".join(parts)
