"""One document of the preview in full: its lines, the expected VAT, and what to know about it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview_model import readable
from bridge_gui.desktop.states import kind_name
from bridge_gui.desktop.theme import figures
from bridge_gui.desktop.widgets import column, label, relook

if TYPE_CHECKING:
    from bridge_gui.sync.service import PreviewDocument

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class Detail(QFrame):
    """Lines and VAT with figures under each other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("look", "card")
        self.setMinimumWidth(280)
        self._inside = QWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(desk.words.text("The chosen document"))
        area.viewport().setAutoFillBackground(False)
        self._area = area
        outer = column(area)
        outer.setContentsMargins(1, 1, 1, 1)
        self.setLayout(outer)

    def show_document(self, document: PreviewDocument) -> None:
        """Show a document."""
        text = self._desk.words.text
        told = readable(document.text)
        kind = f"{text(kind_name(document.kind))} {document.number}".strip()
        body = column(label(breakable(document.party or kind), "heading", wrap=True), gap=12)
        if document.party:
            body.addWidget(label(breakable(kind), "muted", wrap=True))
        if document.warning:
            body.addWidget(self._warning(document.warning))
        body.addLayout(self._lines(document))
        if document.tax:
            body.addWidget(label(text("Expected VAT"), "strong"))
            body.addLayout(self._tax(document))
        if told:
            under = label(breakable(told), "muted", wrap=True)
            body.addLayout(column(label(text("Text that goes with it"), "strong"), under, gap=4))
        self._fill(body)

    def _warning(self, line: str) -> QLabel:
        result = label(line, wrap=True)
        relook(result, "tone", "amber")
        return result

    def _lines(self, document: PreviewDocument) -> QGridLayout:
        amount = self._desk.formats.amount
        return self._grid([(text, amount(value, document.currency)) for text, value in document.lines])

    def _tax(self, document: PreviewDocument) -> QGridLayout:
        formats, text = self._desk.formats, self._desk.words.text
        rows: list[tuple[str, ...]] = [(text("Rate"), text("Net"), text("VAT"))]
        rows += [
            (
                formats.rate(rate),
                formats.amount(net, document.currency),
                formats.amount(tax, document.currency),
            )
            for rate, net, tax in document.tax
        ]
        net = sum((net for _rate, net, _tax in document.tax), Decimal(0))
        tax = sum((tax for _rate, _net, tax in document.tax), Decimal(0))
        if len(document.tax) > 1:
            total = formats.amount(net, document.currency), formats.amount(tax, document.currency)
            rows.append((text("Together"), *total))
        return self._grid(rows, head=True)

    def _grid(self, rows: list[tuple[str, ...]], *, head: bool = False) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                part = label(cell, "muted" if head and place == 0 else "", wrap=at == 0)
                if at:
                    part.setFont(figures(part.font()))
                grid.addWidget(part, place, at, RIGHT if at else Qt.AlignmentFlag.AlignTop)
        return grid

    def _fill(self, body: QVBoxLayout) -> None:
        body.setContentsMargins(16, 16, 16, 16)
        body.addStretch(1)
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        self._inside.setLayout(body)
        self._area.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)


def breakable(text: str) -> str:
    """A text whose long marks may end a line at a hyphen or a slash."""
    return text.replace("-", "-\u200b").replace("/", "/\u200b")
