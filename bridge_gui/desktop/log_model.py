"""The log's rows by run, newest first, read a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.health import outcome_look, run_words
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import Look, Tone
from bridge_gui.desktop.tables import COPY, HEAD, LOOK, TONE
from bridge_gui.store.rows import LogRow, RunRow
from bridge_gui.wording.message import mark

Index = QModelIndex | QPersistentModelIndex
Shown = LogRow | RunRow
PAGE = 200
RUNS = 100
WANTED = 50
DEEPEST = 5000

TIME, LEVEL, TEXT = range(3)
HEADINGS = (mark("Time"), mark("Level"), mark("What happened"))
LEVELS: dict[str, Look] = {
    "debug": Look(signs.DASH, Tone.QUIET, mark("Detail")),
    "info": Look(signs.CHECK, Tone.QUIET, mark("Information")),
    "warning": Look(signs.BANG, Tone.NEEDS_YOU, mark("Warning")),
    "error": Look(signs.CROSS, Tone.WRONG, mark("Error")),
}


class LogModel(QAbstractTableModel):
    """Lines that fit the filter under the head of their run; reads on while the filter hides too many."""

    loaded = Signal()

    def __init__(self, desk: Desk, bridge: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bridge = desk, bridge
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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many lines fit, of those read, with the heads of their runs."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return self._desk.words.text(HEADINGS[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """A cell."""
        shown = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(shown, index.column())
        if role == HEAD:
            return isinstance(shown, RunRow)
        if role == LOOK:
            return self._look(shown) if index.column() == LEVEL else None
        if role == TONE:
            return Tone.QUIET if index.column() != TEXT and isinstance(shown, LogRow) else None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TEXT:
            return self.described(shown)
        return self.details(index.row()) if role == COPY else None

    def described(self, shown: Shown) -> str:
        """A line with its advice."""
        if isinstance(shown, RunRow):
            return run_words(self._desk, shown)
        said = self._desk.say(shown.code, shown.params)
        return "\n".join(part for part in (said.sentence, said.advice) if part)

    def details(self, position: int) -> str:
        """A line with everything support needs: instant, level, code, parameters, sentence."""
        shown = self._shown[position]
        if isinstance(shown, RunRow):
            begun = shown.started_at.isoformat(timespec="seconds")
            return f"{begun} run {shown.id} {shown.outcome.value}\n  {run_words(self._desk, shown)}"
        params = json.dumps(shown.params, ensure_ascii=False, sort_keys=True)
        head = f"{shown.at.isoformat(timespec='seconds')} {shown.level} {shown.code} {params}"
        return f"{head}\n  {self._sentence(shown)}"

    def _sentence(self, row: LogRow) -> str:
        return self._desk.say(row.code, row.params).sentence

    def _look(self, shown: Shown) -> Look | None:
        if isinstance(shown, RunRow):
            return outcome_look(shown)
        return None if shown.level in ("info", "debug") else LEVELS.get(shown.level)

    def _cell(self, shown: Shown, column: int) -> str:
        text, formats = self._desk.words.text, self._desk.formats
        if isinstance(shown, RunRow):
            words = (
                formats.clock(shown.started_at),
                text(outcome_look(shown).word),
                run_words(self._desk, shown),
            )
            return words[column]
        if column == TIME:
            return formats.clock(shown.at)
        if column == LEVEL:
            return text(LEVELS.get(shown.level, LEVELS["info"]).word)
        return self._sentence(shown)

    def _ask(self, *, before: int | None, fresh: bool) -> None:
        turn, level, service, bridge = self._turn, self.level, self._desk.service, self._bridge
        self._asking = True

        def question() -> tuple[Sequence[LogRow], Sequence[RunRow]]:
            rows = service.log(bridge, before=before, limit=PAGE, level=level)
            return rows, service.runs(bridge, RUNS) if fresh else ()

        def answered(result: Result) -> None:
            if turn == self._turn:
                self._arrived(result, fresh=fresh)

        self._desk.reader.ask(f"log {bridge}", question, answered)

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

    def _fits(self, row: LogRow) -> bool:
        if self.run is not None and row.run_id != self.run:
            return False
        return not self.text or self.text in f"{self._sentence(row)} {row.code}".casefold()

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
        self._shown = self._headed([row for row in self._lines if self._fits(row)], None)
        self.endResetModel()
        self.loaded.emit()

    def _append(self, shown: list[Shown]) -> None:
        if shown:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()
