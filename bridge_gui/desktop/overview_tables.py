"""The overview's tables: the last runs, and the chart's days in figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.health import outcome_look
from bridge_gui.desktop.states import Tone
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.store.rows import DayRow, RunRow
from bridge_gui.wording.message import mark

BEGUN, ENDED, READ, SENT, WAITING, TOOK = range(6)
DAY, SALES, BOOKS, DIFFERENCE, LEFT_OUT = range(5)


class RunsModel(TableModel):
    """One row for each run, the newest first."""

    headings = (mark("Sync"), mark("Ended"), mark("Read"), mark("Sent"), mark("Need you"), mark("Took"))
    right = frozenset({READ, SENT, WAITING, TOOK})

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: Sequence[RunRow] = ()

    def load(self, rows: Sequence[RunRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.forget_cells()
        self.endResetModel()

    def size(self) -> int:
        """How many runs there are."""
        return len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        """A cell."""
        run, formats = self._rows[row], self.desk.formats
        if column == BEGUN:
            when = formats.when(run.started_at, self.desk.now())
            return Cell(when[:1].upper() + when[1:])
        if column == ENDED:
            look = outcome_look(run)
            return Cell(self.desk.words.text(look.word), look=look)
        if column == TOOK:
            return Cell(took(self.desk, run.seconds), right=True)
        value = {READ: run.read, SENT: run.written, WAITING: run.attention}[column]
        return Cell(
            formats.number(value), right=True, tone=Tone.NEEDS_YOU if column == WAITING and value else None
        )

    def tip(self, row: int, column: int) -> str:
        """Why a run ended as it did."""
        run = self._rows[row]
        if column not in (BEGUN, ENDED) or not run.code:
            return ""
        said = self.desk.say(run.code, run.params)
        return "\n".join(part for part in (said.sentence, said.advice) if part)


class DaysModel(TableModel):
    """The chart in figures."""

    headings = (mark("Date"), mark("Sales"), mark("Books"), mark("Difference"), mark("Left out"))
    right = frozenset({SALES, BOOKS, DIFFERENCE, LEFT_OUT})

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: Sequence[DayRow] = ()
        self._currency = ""

    def load(self, rows: Sequence[DayRow], currency: str) -> None:
        """Show these, the last day first."""
        self.beginResetModel()
        self._rows, self._currency = [*reversed(rows)], currency
        self.forget_cells()
        self.endResetModel()

    def size(self) -> int:
        """How many days there are."""
        return len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        """A cell."""
        day = self._rows[row]
        if column == DAY:
            return Cell(self.desk.formats.long_day(day.day))
        value = {SALES: day.sales, BOOKS: day.books, DIFFERENCE: day.difference, LEFT_OUT: day.left_out}[
            column
        ]
        wrong = column == DIFFERENCE and value != 0
        shown = self.desk.formats.amount(value, self._currency) if value or column in (SALES, BOOKS) else ""
        return Cell(shown, right=True, tone=Tone.WRONG if wrong else None)


def took(desk: Desk, seconds: float) -> str:
    """How long a run took."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return desk.words.text("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return desk.words.text("{seconds} s", seconds=rest)
