"""One row of a panel in full: facts, lines, documents beside it, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import kind_name, look_of
from bridge_gui.desktop.theme import figures
from bridge_gui.desktop.widgets import button, column, label
from bridge_gui.desktop.wizard_style import clear, selectable
from bridge_gui.sync.panels import ColumnKind, Sum

if TYPE_CHECKING:
    from bridge_gui.sync.panels import Column, Detail, Fact, Row

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIGURES = (ColumnKind.NUMBER, ColumnKind.MONEY)


class DetailView(QFrame):
    """Facts at the left, lines and documents under each other."""

    def __init__(self, desk: Desk, go: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._visit = desk, go
        self.filled = False
        self.setProperty("look", "card")
        self.setMinimumHeight(120)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(desk.words.text("The chosen row"))
        outer = column(self._area)
        outer.setContentsMargins(1, 1, 1, 1)
        self.setLayout(outer)

    def show_detail(self, detail: Detail, title: str = "") -> None:
        """Show a row under its name."""
        text = self._desk.words.text
        body = column(gap=10)
        body.setContentsMargins(16, 12, 16, 12)
        self.filled = bool(detail.facts or detail.lines or detail.documents or detail.history)
        if title:
            body.addWidget(label(title, "heading", wrap=True))
        if detail.facts:
            body.addLayout(self._pairs([(name, self._fact(what)) for name, what in detail.facts]))
        if detail.lines:
            body.addWidget(label(text("Lines"), "strong"))
            body.addLayout(self._lines(detail))
        if detail.documents:
            body.addWidget(label(text("Documents"), "strong"))
            body.addLayout(self._documents(detail))
        if detail.history:
            body.addWidget(label(text("History"), "strong"))
            shown = self._desk.formats.shown
            body.addLayout(self._pairs([(shown(when), what) for when, what in detail.history]))
        self._fill(body)

    def _fill(self, body: QVBoxLayout) -> None:
        body.addStretch(1)
        inside = clear(QWidget())
        inside.setLayout(body)
        self._area.setWidget(inside)

    def _fact(self, what: Fact) -> str:
        """A day or an amount as the user's system writes them."""
        formats = self._desk.formats
        if isinstance(what, tuple):
            return ", ".join(self._fact(part) for part in what)
        if isinstance(what, date):
            return formats.day(what)
        return formats.money(what.amount, what.currency) if isinstance(what, Sum) else what

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = _grid(1)
        for at, (name, value) in enumerate(pairs):
            grid.addWidget(label(self._desk.words.text(name), "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(selectable(value), at, 1)
        return grid

    def _lines(self, detail: Detail) -> QGridLayout:
        grid = _grid(0)
        for at, spec in enumerate(detail.columns):
            head = label(self._desk.words.text(spec.title), "column")
            head.setAlignment(RIGHT if spec.kind in _FIGURES else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, at)
        for number, line in enumerate(detail.lines, 1):
            for at, spec in enumerate(detail.columns):
                shown = label(self._text(line, spec), wrap=not at)
                if spec.kind in _FIGURES:
                    shown.setAlignment(RIGHT)
                    shown.setFont(figures(shown.font()))
                grid.addWidget(shown, number, at)
        return grid

    def _documents(self, detail: Detail) -> QGridLayout:
        grid, text, formats = _grid(1), self._desk.words.text, self._desk.formats
        for at, one in enumerate(detail.documents):
            when = f", {formats.day(one.day)}" if one.day else ""
            grid.addWidget(label(f"{text(kind_name(one.kind))} {one.number}{when}"), at, 0)
            grid.addWidget(label(text(look_of(one.state).word), "muted"), at, 1)
            if one.amount is not None:
                figure = label(formats.money(one.amount, one.currency))
                figure.setFont(figures(figure.font()))
                figure.setAlignment(RIGHT)
                grid.addWidget(figure, at, 2)
            if one.url:
                name = text("Open {number}", number=one.number)
                grid.addWidget(
                    button(text("Open"), partial(self._visit, one.url), look="plain", name=name), at, 3
                )
        return grid

    def _text(self, line: Row, spec: Column) -> str:
        value, formats = line.values.get(spec.key), self._desk.formats
        if isinstance(value, date):
            return formats.day(value)
        if isinstance(value, Decimal):
            money = spec.kind is ColumnKind.MONEY
            return formats.money(value, line.currency) if money else formats.plain(value)
        return "" if value is None else str(value)


def _grid(wide: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(wide, 1)
    return grid
