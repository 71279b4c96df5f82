"""The documents of a bridge, in slices read when they are looked at; 200,000 cost no more than 20."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import Look, Tone, kind_name, look_of
from bridge_gui.desktop.tables import COPY, LOOK, RIGHT, TONE
from bridge_gui.store.rows import DocumentFilter, DocumentRow
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.service import Service

Index = QModelIndex | QPersistentModelIndex
SLICE = 100
KEPT = 60
PENDING = 3

DATE, KIND, NUMBER, CONTENT, AMOUNT, STATE = range(6)
HEADINGS = (mark("Date"), mark("Kind"), mark("Number"), mark("Content"), mark("Amount"), mark("State"))


class DocumentsModel(QAbstractTableModel):
    """Rows by position; a row not read yet shows nothing and is asked for."""

    loaded = Signal()

    def __init__(self, desk: Desk, which: DocumentFilter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
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
        turn, which, service = self._turn, self.which, self._desk.service
        number = first // SLICE

        def question() -> tuple[int, int, Sequence[DocumentRow]]:
            return _opening(service, which, number)

        def answered(result: Result) -> None:
            if turn == self._turn:
                self._opened(result)

        for slice_number in self._pending:
            self._desk.reader.forget(f"{self._key} {slice_number}")
        self._pending.clear()
        self._desk.reader.ask(self._key, question, answered)

    def row(self, position: int) -> DocumentRow | None:
        """A row, if it was read; asks for it if not."""
        number, within = divmod(position, SLICE)
        rows = self._slices.get(number)
        if rows is None or number in self._stale:
            self._want(number)
        if rows is None or within >= len(rows):
            return None
        return rows[within]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many documents there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == AMOUNT:
            return RIGHT
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        heading = self._desk.words.text(HEADINGS[section])
        if section == AMOUNT and len(self._currencies) == 1:
            return f"{heading}, {next(iter(self._currencies))}"
        return heading

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """A cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() == AMOUNT else None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.describe(row) if index.column() in (NUMBER, CONTENT) else None
        return self.line(row) if role == COPY else _drawn(row, index.column(), role)

    def describe(self, row: DocumentRow) -> str:
        """A document in full sentences."""
        words = self._desk.words
        number = row.source_number or row.number
        parts = [" ".join(part for part in (words.text(kind_name(row.kind)), number, row.party) if part)]
        if row.number and row.number != number:
            parts.append(words.text("Number in the books: {number}", number=row.number))
        if row.code:
            said = self._desk.say(row.code, row.params)
            parts += [said.sentence, said.advice]
        if row.checked_at is not None:
            when = self._desk.formats.when(row.checked_at, self._desk.now())
            parts.append(words.text("Last checked {when}", when=when))
        return "\n".join(part for part in parts if part)

    def line(self, row: DocumentRow) -> str:
        """A row as text, columns apart by tabs, to be pasted."""
        return "\t".join([*(self._cell(row, column) for column in range(len(HEADINGS))), row.currency])

    def _cell(self, row: DocumentRow, column: int) -> str:
        text, formats = self._desk.words.text, self._desk.formats
        if column == DATE:
            return formats.day(row.day)
        if column == KIND:
            return text(kind_name(row.kind))
        if column == NUMBER:
            return row.source_number or row.number
        if column == CONTENT:
            return self._desk.say(row.code, row.params).sentence if row.code else row.party
        if column == STATE:
            return text(look_of(row.state).word)
        return self._amount(row.total, row.currency)

    def _amount(self, total: Decimal, currency: str) -> str:
        single = len(self._currencies) <= 1
        formats = self._desk.formats
        return formats.amount(total, currency) if single else formats.money(total, currency)

    def _want(self, number: int) -> None:
        if number in self._pending:
            return
        self._pending.append(number)
        if len(self._pending) > PENDING:
            self._desk.reader.forget(f"{self._key} {self._pending.pop(0)}")
        turn, which, service = self._turn, self.which, self._desk.service

        def question() -> Sequence[DocumentRow]:
            return service.documents(which, number * SLICE, SLICE)

        def answered(result: Result) -> None:
            if turn == self._turn and number in self._pending:
                self._pending.remove(number)
                self._arrived(number, result)

        self._desk.reader.ask(f"{self._key} {number}", question, answered)

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


def _drawn(row: DocumentRow, column: int, role: int) -> Look | Tone | None:
    """What only the delegate asks for."""
    look = look_of(row.state)
    if role == LOOK and column == STATE:
        return look
    asks = row.code and look.tone in (Tone.NEEDS_YOU, Tone.WRONG)
    return look.tone if role == TONE and column == CONTENT and asks else None


def _opening(service: Service, which: DocumentFilter, number: int) -> tuple[int, int, Sequence[DocumentRow]]:
    count = service.count_documents(which)
    number = min(number, max(0, (count - 1) // SLICE))
    return count, number, service.documents(which, number * SLICE, SLICE) if count else ()
