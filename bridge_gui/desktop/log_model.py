"""The log's rows by run, newest first, read a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.health import outcome_word
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import Look, Tone
from bridge_gui.desktop.tables import COPY, LOOK, TONE
from bridge_gui.store.rows import LogRow, RunRow
from bridge_gui.wording.message import mark

Index = QModelIndex | QPersistentModelIndex
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


@dataclass(frozen=True)
class Shown:
    """A line with its sentence."""

    row: LogRow
    sentence: str


class LogModel(QAbstractTableModel):
    """Lines that fit the filter; reads on while a filter hides what was read."""

    loaded = Signal()

    def __init__(self, desk: Desk, bridge: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bridge = desk, bridge
        self._lines: list[Shown] = []
        self._fitting: list[Shown] = []
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
            self._ask(before=self._lines[-1].row.id, fresh=False)

    def line(self, position: int) -> Shown:
        """A line that fits."""
        return self._fitting[position]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many lines fit, of those read."""
        return 0 if parent.isValid() else len(self._fitting)

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
        shown = self._fitting[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(shown, index.column())
        if role == LOOK and index.column() == LEVEL:
            return LEVELS.get(shown.row.level, LEVELS["info"])
        if role == TONE and index.column() == TIME:
            return Tone.QUIET
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TEXT:
            return self.described(shown)
        return self.details(shown) if role == COPY else None

    def described(self, shown: Shown) -> str:
        """A line with its advice."""
        said = self._desk.say(shown.row.code, shown.row.params)
        return "\n".join(part for part in (said.sentence, said.advice) if part)

    def details(self, shown: Shown) -> str:
        """A line with everything support needs: instant, level, code, parameters, sentence."""
        row = shown.row
        params = json.dumps(row.params, ensure_ascii=False, sort_keys=True)
        head = f"{row.at.isoformat(timespec='seconds')} {row.level} {row.code} {params}"
        return f"{head}\n  {shown.sentence}"

    def run_name(self, run: RunRow) -> str:
        """What a run is called in the list of runs."""
        when = self._desk.formats.when(run.started_at, self._desk.now())
        return f"{when}  ·  {outcome_word(self._desk, run.outcome)}"

    def _cell(self, shown: Shown, column: int) -> str:
        if column == TIME:
            return self._desk.formats.clock(shown.row.at)
        if column == LEVEL:
            return self._desk.words.text(LEVELS.get(shown.row.level, LEVELS["info"]).word)
        return shown.sentence

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
        lines = [Shown(row, self._desk.say(row.code, row.params).sentence) for row in rows]
        self._ended = len(rows) < PAGE
        if fresh:
            self.runs = {run.id: run for run in runs}
            self._lines = lines
            self._sift()
        else:
            self._lines += lines
            self._append([line for line in lines if self._fits(line)])
        self.read = True
        self.loaded.emit()
        self._read_on()

    def _read_on(self) -> None:
        hidden = len(self._fitting) < min(WANTED, len(self._lines))
        if hidden and not self._ended and len(self._lines) < DEEPEST:
            self.fetchMore(QModelIndex())

    def _fits(self, line: Shown) -> bool:
        if self.run is not None and line.row.run_id != self.run:
            return False
        return self.text in f"{line.sentence} {line.row.code}".casefold()

    def _sift(self) -> None:
        self.beginResetModel()
        self._fitting = [line for line in self._lines if self._fits(line)]
        self.endResetModel()
        self.loaded.emit()

    def _append(self, lines: list[Shown]) -> None:
        if lines:
            first = len(self._fitting)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._fitting += lines
            self.endInsertRows()
