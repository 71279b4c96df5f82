"""The chosen document in full: its lines, both its sides, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from bridge_gui.desktop.deciding import TAKE_BACK, Deciding
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.documents_past import happening
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import kind_name, look_of, plain_name
from bridge_gui.desktop.theme import figures
from bridge_gui.desktop.widgets import Line, button, column, label, relook, row

if TYPE_CHECKING:
    from bridge_gui.sync.record import DocumentDetail

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
TOP = Qt.AlignmentFlag.AlignTop


class DocumentPane(QFrame):
    """Three columns under a heading; shows what the chosen row is made of."""

    closed = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self._name = desk, name
        text = desk.words.text
        self.detail: DocumentDetail | None = None
        self.setProperty("look", "card")
        self.setMinimumHeight(150)
        self.title = Line("strong")
        self.open_button = button(text("Open"), self._open)
        self.back_button = button(text("Send it after all ..."), self._take_back)
        self.close_button = button(text("Close"), self.closed.emit, name=text("Close the chosen document"))
        head = row(self.title, self.open_button, self.back_button, self.close_button, gap=8)
        head.setStretchFactor(self.title, 1)
        self.lines = Column(text("Lines"))
        self.sides = Column(text("Both sides"))
        self.history = Column(text("History"))
        parts = row(self.lines, self.sides, self.history, gap=20)
        for part in (self.lines, self.sides, self.history):
            parts.setStretchFactor(part, 1)
        inside = column(head, parts, gap=8)
        inside.setContentsMargins(16, 10, 16, 10)
        self.setLayout(inside)

    def ask(self, row_id: int) -> None:
        """Read a row and show it."""
        service, name = self._desk.service, self._name
        self._desk.reader.ask(f"document {name}", lambda: service.document(name, row_id), self._loaded)

    def _loaded(self, result: Result) -> None:
        if isinstance(result, Done):
            self.show_detail(result.value)
        else:
            self.closed.emit()

    def show_detail(self, detail: DocumentDetail) -> None:
        """Show a document."""
        self.detail = detail
        found, words = detail.row, self._desk.words
        number = found.source_number or found.number
        heads = (words.text(kind_name(found.kind)), number, found.party, self._money(found.total))
        state = words.text(look_of(found.state).word)
        self.title.setText("  ·  ".join(part for part in (*heads, state) if part))
        shown = words.text("Open at {vendor}", vendor=detail.books)
        self.open_button.setText(shown)
        self.open_button.setAccessibleName(shown)
        self.open_button.setVisible(bool(detail.url))
        self.back_button.setVisible(bool(detail.item))
        self._show_lines(detail)
        self._show_sides(detail)
        self.history.fill(self._history(detail))

    def _show_lines(self, detail: DocumentDetail) -> None:
        body, text = column(gap=10), self._desk.words.text
        if detail.row.code:
            said = self._desk.say(detail.row.code, detail.row.params)
            why = label(said.sentence, wrap=True)
            relook(why, "tone", "amber" if detail.row.state != "skipped" else "")
            body.addWidget(why)
            body.addWidget(label(said.advice, "muted", wrap=True))
        if detail.lines:
            body.addLayout(_grid([(what, self._amount(value)) for what, value in detail.lines]))
        elif not detail.row.code:
            body.addWidget(label(text("No lines are kept of this."), "muted", wrap=True))
        if detail.tax:
            body.addWidget(label(text("VAT"), "strong"))
            body.addLayout(_grid(self._tax(detail.tax), head=True))
        self.lines.fill(body)

    def _tax(self, tax: Sequence[tuple[Decimal, Decimal, Decimal]]) -> list[tuple[str, ...]]:
        text = self._desk.words.text
        rows: list[tuple[str, ...]] = [(text("Rate"), text("Net"), text("VAT"))]
        return rows + [
            (self._desk.formats.rate(rate), self._amount(net), self._amount(part)) for rate, net, part in tax
        ]

    def _show_sides(self, detail: DocumentDetail) -> None:
        body, formats, text = column(gap=10), self._desk.formats, self._desk.words.text
        body.addWidget(label(detail.sales, "strong"))
        sold: list[tuple[str, ...]] = [
            (f"{one.number or one.id}  {formats.day(one.day)}  {one.party}".strip(), self._amount(one.total))
            for one in detail.sold
        ]
        if detail.more:
            sold.append((text("and {count} more", count=formats.number(detail.more)), ""))
        body.addLayout(_grid(sold))
        body.addWidget(label(detail.books, "strong"))
        body.addLayout(_grid(self._in_books(detail)))
        differing = [side for side in detail.sides if side.differs]
        if detail.sides:
            body.addWidget(label(text("What it holds"), "strong"))
            body.addLayout(self._compared(detail))
        if differing:
            body.addWidget(label(text("The sides differ where it is marked."), "muted", wrap=True))
        self.sides.fill(body)

    def _in_books(self, detail: DocumentDetail) -> list[tuple[str, ...]]:
        found, text, formats = detail.row, self._desk.words.text, self._desk.formats
        rows: list[tuple[str, ...]] = []
        if found.target_id:
            rows.append((text("Number"), found.number or text("none yet")))
        if found.checked_at is not None:
            rows.append((text("Last checked"), formats.when(found.checked_at, self._desk.now())))
        for other in detail.others:
            name = f"{self._desk.words.text(kind_name(other.kind))} {other.number or other.source_number}"
            rows.append((name, f"{self._amount(other.total)}  {text(look_of(other.state).word)}"))
        return rows or [(text("No document in the books"), "")]

    def _compared(self, detail: DocumentDetail) -> QGridLayout:
        """Each field as the books hold it; where the sales side held something else, that too."""
        grid = _grid([])
        for at, side in enumerate(detail.sides):
            told = self._desk.formats.shown
            books, sales = told(side.books), told(side.sales)
            value = label(sales if side.books is None else books, wrap=True)
            if side.differs:
                text = self._desk.words.text("{books} (sent: {sales})", books=books, sales=sales)
                value.setText(text)
                relook(value, "tone", "amber")
            grid.addWidget(label(self._desk.words.text(plain_name(side.field)), "muted"), at, 0, TOP)
            grid.addWidget(value, at, 1, TOP)
        grid.setColumnStretch(0, 0)
        grid.setColumnStretch(1, 1)
        return grid

    def _history(self, detail: DocumentDetail) -> QVBoxLayout:
        body = column(gap=10)
        # Only where there was more than one: before and after under each other.
        several = sum(1 for one in detail.history if one.lines) > 1
        for one in detail.history:
            when, what, more = happening(self._desk, one, detail.row.currency)
            part = column(row(label(what, "strong", wrap=True), gap=8), label(when, "muted"), gap=1)
            for line in more:
                part.addWidget(label(line, "", wrap=True))
            if several and one.lines:
                part.addLayout(_grid([(what_, self._amount(value)) for what_, value in one.lines]))
            body.addLayout(part)
        if not detail.history:
            body.addWidget(label(self._desk.words.text("Nothing was sent for this yet."), "muted", wrap=True))
        return body

    def _money(self, value: Decimal) -> str:
        return self._desk.formats.money(value, self.detail.row.currency if self.detail else "")

    def _amount(self, value: Decimal) -> str:
        return self._desk.formats.amount(value, self.detail.row.currency if self.detail else "")

    def _open(self) -> None:
        if self.detail is not None and self.detail.url:
            QDesktopServices.openUrl(QUrl(self.detail.url))

    def _take_back(self) -> None:
        if self.detail is None:
            return
        dialog = Deciding(self._desk, TAKE_BACK, self.title.text(), self)
        item = self.detail.item
        dialog.decided.connect(
            lambda choice, why, _document: self._desk.answer(self._name, item, choice, why)
        )
        dialog.open()


class Column(QWidget):
    """A heading, and below it something that scrolls."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(title)
        self.area.viewport().setAutoFillBackground(False)
        self.setLayout(column(label(title, "muted"), self.area, gap=4))

    def fill(self, body: QVBoxLayout) -> None:
        """Show this."""
        body.addStretch(1)
        body.setContentsMargins(0, 0, 10, 0)
        inside = QWidget()
        inside.setLayout(body)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)


def _grid(rows: Sequence[tuple[str, ...]], *, head: bool = False) -> QGridLayout:
    """Texts at the left, figures under each other at the right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    for place, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            part = label(cell, "muted" if head and place == 0 else "", wrap=at == 0)
            if at:
                part.setFont(figures(part.font()))
            grid.addWidget(part, place, at, RIGHT if at else TOP)
    return grid
