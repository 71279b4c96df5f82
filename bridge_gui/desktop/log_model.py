"""The log's rows by run, newest first, read a page at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Signal

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.health import outcome_look, run_words
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import Look, Tone
from bridge_gui.desktop.table_model import Cell, Index, TableModel
from bridge_gui.store.rows import LogRow, RunRow
from bridge_gui.wording.message import mark

Shown = LogRow | RunRow
PAGE = 200
RUNS = 100
WANTED = 50
DEEPEST = 5000

TIME, LEVEL, TEXT = range(3)
LEVELS: dict[str, Look] = {
    "debug": Look(signs.DASH, Tone.QUIET, mark("Detail")),
    "info": Look(signs.CHECK, Tone.QUIET, mark("Information")),
    "warning": Look(signs.BANG, Tone.NEEDS_YOU, mark("Warning")),
    "error": Look(signs.CROSS, Tone.WRONG, mark("Error")),
}


class LogModel(TableModel):
    """Lines that fit the filter under the head of their run; reads on while the filter hides too many."""

    headings = (mark("Time"), mark("Level"), mark("What happened"))
    loaded = Signal()

    def __init__(self, desk: Desk, bridge: str, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._bridge = bridge
        self._lines: list[LogRow] = []
        self._shown: list[Shown] = []
        self._ended = False
        self._turn = 0
        self._asking = False
        self.level, self.text = "", ""
        self.run: int | None = None
        self.runs: dict[int, RunRow] = {}
        self.read = False

    def choose(self, *, level: str, text: str, run: int | None) -> None:
        """Show what fits; another level is read anew, the rest is sifted here."""
        anew = level != self.level
        self.level, self.text, self.run = level, text.casefold(), run
        if anew:
            self.refresh()
        else:
            self._sift()
            self._read_on()

    def refresh(self) -> None:
        """Read from the newest line again."""
        self._turn += 1
        self._ask(before=None, fresh=True)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802
        """Whether there are older lines."""
        return not parent.isValid() and not self._ended and bool(self._lines)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802
        """Read older lines."""
        if not parent.isValid() and not self._asking and self._lines:
            self._ask(before=self._lines[-1].id, fresh=False)

    @property
    def lines(self) -> int:
        """How many lines have been read so far."""
        return len(self._lines)

    def size(self) -> int:
        """How many lines fit, of those read, with the heads of their runs."""
        return len(self._shown)

    def cell(self, row: int, column: int) -> Cell:
        """A cell of a line, or of a run's head."""
        shown = self._shown[row]
        if isinstance(shown, RunRow):
            return Cell(
                self._run_text(shown, column),
                look=outcome_look(shown) if column == LEVEL else None,
                head=True,
            )
        text, known = self.desk.words.text, LEVELS.get(shown.level, LEVELS["info"])
        if column == TIME:
            return Cell(self.desk.formats.clock(shown.at), tone=Tone.QUIET)
        if column == LEVEL:
            return Cell(text(known.word), tone=Tone.QUIET, look=None if known.tone is Tone.QUIET else known)
        return Cell(self._sentence(shown))

    def tip(self, row: int, column: int) -> str:
        """A line with its advice."""
        shown = self._shown[row]
        if column != TEXT or isinstance(shown, RunRow):
            return self.cell(row, column).text if column == TEXT else ""
        said = self.desk.say(shown.code, shown.params)
        return "\n".join(part for part in (said.sentence, said.advice) if part)

    def line(self, row: int) -> str:
        """A line with everything support needs: instant, level, code, parameters, sentence."""
        shown = self._shown[row]
        if isinstance(shown, RunRow):
            begun = shown.started_at.isoformat(timespec="seconds")
            return f"{begun} run {shown.id} {shown.outcome.value}\n  {run_words(self.desk, shown)}"
        params = json.dumps(shown.params, ensure_ascii=False, sort_keys=True)
        head = f"{shown.at.isoformat(timespec='seconds')} {shown.level} {shown.code} {params}"
        return f"{head}\n  {self._sentence(shown)}"

    def _run_text(self, run: RunRow, column: int) -> str:
        words = (
            self.desk.formats.clock(run.started_at),
            self.desk.words.text(outcome_look(run).word),
            run_words(self.desk, run),
        )
        return words[column]

    def _sentence(self, row: LogRow) -> str:
        return self.desk.say(row.code, row.params).sentence

    def _ask(self, *, before: int | None, fresh: bool) -> None:
        turn, level, service, bridge = self._turn, self.level, self.desk.service, self._bridge
        self._asking = True

        def question() -> tuple[Sequence[LogRow], Sequence[RunRow]]:
            rows = service.log(bridge, before=before, limit=PAGE, level=level)
            return rows, service.runs(bridge, RUNS) if fresh else ()

        def answered(result: Result) -> None:
            if turn == self._turn:
                self._arrived(result, fresh=fresh)

        self.desk.reader.ask(f"log {bridge}", question, answered)

    def _arrived(self, result: Result, *, fresh: bool) -> None:
        self._asking = False
        if not isinstance(result, Done):
            return
        rows, runs = result.value
        self._ended = len(rows) < PAGE
        self.read = True
        if fresh:
            self.runs = {run.id: run for run in runs}
            self._lines = list(rows)
            self._sift()
        else:
            self._lines += rows
            last = self._shown[-1] if self._shown else None
            run = last.run_id if isinstance(last, LogRow) else None
            self._append(self._headed([row for row in rows if self._fits(row)], run))
        self.loaded.emit()
        self._read_on()

    def _read_on(self) -> None:
        hidden = len(self._shown) < min(WANTED, len(self._lines))
        if hidden and not self._ended and len(self._lines) < DEEPEST:
            self.fetchMore(QModelIndex())

    def sieve(self) -> Callable[[LogRow], bool]:
        """What tells whether a line fits run and text as they are now."""
        run, text, sentence = self.run, self.text, self._sentence

        def fits(row: LogRow) -> bool:
            if run is not None and row.run_id != run:
                return False
            return not text or text in f"{sentence(row)} {row.code}".casefold()

        return fits

    def _fits(self, row: LogRow) -> bool:
        return self.sieve()(row)

    def _headed(self, rows: Sequence[LogRow], last: int | None) -> list[Shown]:
        """The lines, with the head of each run before its newest line."""
        result: list[Shown] = []
        for row in rows:
            if row.run_id is not None and row.run_id != last and row.run_id in self.runs:
                result.append(self.runs[row.run_id])
            last = row.run_id
            result.append(row)
        return result

    def _sift(self) -> None:
        self.beginResetModel()
        self.forget_cells()
        self._shown = self._headed([row for row in self._lines if self._fits(row)], None)
        self.endResetModel()
        self.loaded.emit()

    def _append(self, shown: list[Shown]) -> None:
        if shown:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()
