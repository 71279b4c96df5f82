"""The documents of a bridge, in slices read when they are looked at; 200,000 cost no more than 20."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import Tone, kind_name, look_of
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.store.rows import DocumentFilter, DocumentRow
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.service import Service

SLICE = 100
KEPT = 60
PENDING = 3

DATE, KIND, NUMBER, CONTENT, AMOUNT, STATE = range(6)


class DocumentsModel(TableModel):
    """Rows by position; a row not read yet shows nothing and is asked for."""

    headings = (mark("Date"), mark("Kind"), mark("Number"), mark("Content"), mark("Amount"), mark("State"))
    right = frozenset({AMOUNT})
    loaded = Signal()

    def __init__(self, desk: Desk, which: DocumentFilter, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._key = f"documents {which.bridge}"
        self._turn = 0
        self._count = 0
        self._slices: OrderedDict[int, Sequence[DocumentRow]] = OrderedDict()
        self._stale: set[int] = set()
        self._pending: list[int] = []
        self._currencies: set[str] = set()
        self.which = which
        self.read = False

    def choose(self, which: DocumentFilter) -> None:
        """Show other documents; the old ones stay until the new ones are there."""
        self.which = which
        self.refresh()

    def refresh(self, first: int = 0) -> None:
        """Read again, beginning with the slice that holds row `first`."""
        self._turn += 1
        turn, which, service = self._turn, self.which, self.desk.service
        number = first // SLICE

        def question() -> tuple[int, int, Sequence[DocumentRow]]:
            return _opening(service, which, number)

        def answered(result: Result) -> None:
            if turn == self._turn:
                self._opened(result)

        for slice_number in self._pending:
            self.desk.reader.forget(f"{self._key} {slice_number}")
        self._pending.clear()
        self.desk.reader.ask(self._key, question, answered)

    def row(self, position: int) -> DocumentRow | None:
        """A row, if it was read; asks for it if not."""
        number, within = divmod(position, SLICE)
        rows = self._slices.get(number)
        if rows is None or number in self._stale:
            self._want(number)
        if rows is None or within >= len(rows):
            return None
        return rows[within]

    def size(self) -> int:
        """How many documents there are."""
        return self._count

    def heading(self, column: int) -> str:
        """The headings; the amount's names the currency while there is only one."""
        heading = super().heading(column)
        single = column == AMOUNT and len(self._currencies) == 1
        return f"{heading}, {next(iter(self._currencies))}" if single else heading

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell, None while its row is being read."""
        found = self.row(row)
        if found is None:
            return None
        text, look = self._text(found, column), look_of(found.state)
        if column == STATE:
            return Cell(text, look=look)
        asks = column == CONTENT and found.code and look.tone in (Tone.NEEDS_YOU, Tone.WRONG)
        return Cell(text, right=column == AMOUNT, tone=look.tone if asks else None)

    def prepared(self, row: int, column: int) -> Cell | None:
        """A cell; one that is out of date is asked for again, and shown meanwhile."""
        if row // SLICE in self._stale:
            self._want(row // SLICE)
        return super().prepared(row, column)

    def tip(self, row: int, column: int) -> str:
        """The whole story of a document."""
        found = self.row(row)
        return self.describe(found) if found and column in (NUMBER, CONTENT) else ""

    def line(self, row: int) -> str:
        """A row as text, with its currency."""
        found = self.row(row)
        return f"{super().line(row)}\t{found.currency}" if found else ""

    def describe(self, row: DocumentRow) -> str:
        """A document in full sentences."""
        words = self.desk.words
        number = row.source_number or row.number
        parts = [" ".join(part for part in (words.text(kind_name(row.kind)), number, row.party) if part)]
        if row.number and row.number != number:
            parts.append(words.text("Number in the books: {number}", number=row.number))
        if row.code:
            said = self.desk.say(row.code, row.params)
            parts += [said.sentence, said.advice]
        if row.checked_at is not None:
            when = self.desk.formats.when(row.checked_at, self.desk.now())
            parts.append(words.text("Last checked {when}", when=when))
        return "\n".join(part for part in parts if part)

    def _text(self, row: DocumentRow, column: int) -> str:
        text, formats = self.desk.words.text, self.desk.formats
        if column == DATE:
            return formats.day(row.day)
        if column == KIND:
            return text(kind_name(row.kind))
        if column == NUMBER:
            return row.source_number or row.number
        if column == CONTENT:
            return self._content(row)
        if column == STATE:
            return text(look_of(row.state).word)
        return self._amount(row.total, row.currency)

    def _content(self, row: DocumentRow) -> str:
        """Why it waits, else whom it is about, else at least where it is."""
        if row.code:
            return self.desk.say(row.code, row.params).sentence
        there = row.number if row.number != row.source_number else ""
        return row.party or (self.desk.words.text("In the books as {number}", number=there) if there else "")

    def _amount(self, total: Decimal, currency: str) -> str:
        if not currency and not total:
            return ""  # a note, a customer: no document with an amount
        single = len(self._currencies) <= 1
        formats = self.desk.formats
        return formats.amount(total, currency) if single else formats.money(total, currency)

    def _want(self, number: int) -> None:
        if number in self._pending:
            return
        self._pending.append(number)
        if len(self._pending) > PENDING:
            self.desk.reader.forget(f"{self._key} {self._pending.pop(0)}")
        turn, which, service = self._turn, self.which, self.desk.service

        def question() -> Sequence[DocumentRow]:
            return service.documents(which, number * SLICE, SLICE)

        def answered(result: Result) -> None:
            if turn == self._turn and number in self._pending:
                self._pending.remove(number)
                self._arrived(number, result)

        self.desk.reader.ask(f"{self._key} {number}", question, answered)

    def _arrived(self, number: int, result: Result) -> None:
        if not isinstance(result, Done):
            return
        self._keep(number, result.value)
        last = min(number * SLICE + SLICE, self._count) - 1
        if last >= number * SLICE:
            self.dataChanged.emit(self.index(number * SLICE, 0), self.index(last, STATE))

    def _keep(self, number: int, rows: Sequence[DocumentRow]) -> None:
        self._stale.discard(number)
        self._slices[number] = rows
        self.forget_cells()
        self._slices.move_to_end(number)
        while len(self._slices) > KEPT:
            self._stale.discard(self._slices.popitem(last=False)[0])
        before = set(self._currencies)
        self._currencies |= {row.currency for row in rows if row.currency}
        if before != self._currencies:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, AMOUNT, AMOUNT)

    def _opened(self, result: Result) -> None:
        if not isinstance(result, Done):
            self.loaded.emit()
            return
        count, number, rows = result.value
        self._resize(count)
        self._stale = set(self._slices)
        self._currencies.clear()
        self._keep(number, rows)
        self.read = True
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, STATE))
        self.loaded.emit()

    def _resize(self, count: int) -> None:
        """Grow or shrink at the end, so that neither the place nor the selection is lost."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()


def _opening(service: Service, which: DocumentFilter, number: int) -> tuple[int, int, Sequence[DocumentRow]]:
    """How many rows there are, and one slice; the last one if there are fewer by now."""
    count, rows = service.open_documents(which, number * SLICE, SLICE)
    last = max(0, (count - 1) // SLICE)
    if number <= last:
        return count, number, rows
    return count, last, service.documents(which, last * SLICE, SLICE)
