"""The rows of a preview: exactly the documents that would be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocumentFragment

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import Tone, kind_name
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.service import PreviewDocument

DATE, KIND, NUMBER, CONTENT, TAX, AMOUNT = range(6)


class PreviewModel(TableModel):
    """One row for each document that would be sent."""

    headings: tuple[str, ...] = (
        mark("Date"),
        mark("Kind"),
        mark("Number"),
        mark("Content"),
        mark("VAT"),
        mark("Amount"),
    )
    right = frozenset({TAX, AMOUNT})

    def __init__(self, desk: Desk, rows: Sequence[PreviewDocument], parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.rows = rows
        self._currencies = {row.currency for row in rows if row.currency}

    def size(self) -> int:
        """How many documents there are."""
        return len(self.rows)

    def heading(self, column: int) -> str:
        """The headings; the amount's names the currency where there is only one."""
        heading = super().heading(column)
        return f"{heading}, {self.currency}" if column == AMOUNT and self.currency else heading

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
        if column == DATE:
            return shown_day(self.desk, one.day)
        if column == KIND:
            return self.desk.words.text(kind_name(one.kind))
        if column == NUMBER:
            return one.number
        if column == CONTENT:
            return one.party or content(one)
        return self._tax(one) if column == TAX else self._amount(one)

    def _tax(self, one: PreviewDocument) -> str:
        tax = sum((part for _rate, _net, part in one.tax), Decimal(0))
        return self.desk.formats.amount(tax, one.currency) if one.tax else ""

    def _amount(self, one: PreviewDocument) -> str:
        """Nothing for what has no amount, such as a customer or a note."""
        formats = self.desk.formats
        shown = (formats.amount if self.currency else formats.money)(one.total, one.currency)
        return shown if one.currency or one.total else ""

    @property
    def currency(self) -> str:
        """The one currency of all documents, empty where there are several."""
        return next(iter(self._currencies)) if len(self._currencies) == 1 else ""


def content(one: PreviewDocument) -> str:
    """What a document without a customer is about: the accounts of its lines, else its text."""
    return ", ".join(dict.fromkeys(name for name, _amount in one.lines if name)) or readable(one.text)


def readable(text: str) -> str:
    """A text that goes out with tags in it, such as a note, as the one who gets it reads it."""
    if "</" not in text:
        return text
    return QTextDocumentFragment.fromHtml(text).toPlainText().replace("\n", "  ").strip()


def shown_day(desk: Desk, value: str) -> str:
    """A preview's day as the user writes it."""
    try:
        return desk.formats.day(date.fromisoformat(value))
    except ValueError:
        return value
