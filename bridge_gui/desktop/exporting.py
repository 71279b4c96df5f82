"""Saving what a list shows as a file, in a job: a button, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.widgets import Line, button, relook, row

if TYPE_CHECKING:
    from bridge_gui.sync.events import Listener, Progress
    from bridge_gui.sync.exports.table import Cell
    from bridge_gui.web.waiting import Cancel

STEPS = 1000
EVERY = 500
Rows = Iterator["tuple[int, Sequence[Cell]]"]
Source = Callable[[], tuple[str, tuple[str, ...], Callable[[], Rows]]]


class Saving(QWidget):
    """The foot of a list: what it says of itself, and the export under way.

    `source` is asked when the button is pressed, for a title, the headings, and what gives the rows, each
    with how many there are in all; the rows are made in the job.
    """

    def __init__(
        self,
        desk: Desk,
        key: str,
        name: str,
        source: Callable[[], tuple[str, tuple[str, ...], Callable[[], Rows]]],
    ) -> None:
        super().__init__()
        text = desk.words.text
        self._desk, self._key, self._name, self._source = desk, f"export {key}", name, source
        self.button = button(
            text("&Export ..."), self.ask, hint=text("Saves what is listed as a spreadsheet")
        )
        self.count = Line("muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, STEPS)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(text("Progress of the export"))
        self.words = Line("muted")
        self.stop = button(text("Stop"), self._stop, name=text("Stop the export"))
        self.bar.hide()
        self.stop.hide()
        inside = row(self.count, self.words, self.bar, self.stop, gap=12)
        inside.setStretchFactor(self.count, 1)
        inside.setStretchFactor(self.words, 2)
        self.setLayout(inside)

    def ask(self) -> None:
        """Ask where the file is to go; the window goes on meanwhile."""
        text = self._desk.words.text
        chooser = QFileDialog(self, text("Export"), str(Path.home() / self._name))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters([text("Spreadsheet (*.xlsx)"), text("Text with commas (*.csv)")])
        chooser.setDefaultSuffix("xlsx")
        chooser.filterSelected.connect(
            lambda kind: chooser.setDefaultSuffix("csv" if "csv" in kind else "xlsx")
        )
        chooser.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def save(self, path: Path) -> None:
        """Write what is listed now to this file, in a job."""
        title, heads, rows = self._source()
        key = self._key

        def work(cancel: Cancel, tell: Listener) -> Path:
            from bridge_gui.sync.exports.streamed import write_streamed

            write_streamed(title, heads, _told(rows(), key, cancel, tell), path)
            return path

        if self._desk.runner.start(self._key, work, heard=self._heard, done=self._done):
            self._show(working=True)
            self._say(self._desk.words.text("Exporting"))

    def _heard(self, progress: Progress | None, _lines: object) -> None:
        if progress is None:
            return
        text, number = self._desk.words.text, self._desk.formats.number
        self.bar.setRange(0, STEPS if progress.total else 0)
        self.bar.setValue(min(STEPS, progress.done * STEPS // max(1, progress.total)))
        if progress.total:
            done, total = number(progress.done), number(progress.total)
            self._say(text("Exporting, {done} of {total}", done=done, total=total))
        else:
            self._say(text("Exporting, {done}", done=number(progress.done)))

    def _done(self, result: Result) -> None:
        self._show(working=False)
        if isinstance(result, Failure):
            said = self._desk.say(result.code, result.params)
            self._say(f"{said.sentence} {said.advice}".strip(), wrong=result.code != "cancelled")
        else:
            self._say(self._desk.words.text("Saved as {file}", file=str(result.value)))

    def _show(self, *, working: bool) -> None:
        self.bar.setValue(0)
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        self.stop.setEnabled(working)
        self.button.setEnabled(not working)

    def _say(self, line: str, *, wrong: bool = False) -> None:
        relook(self.words, "tone", "red" if wrong else "")
        self.words.setText(line)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._desk.runner.cancel(self._key)


def _told(rows: Rows, key: str, cancel: Cancel, tell: Listener) -> Iterator[Sequence[Cell]]:
    """The rows, with word of how far they are; ends when it is stopped."""
    from bridge_gui.sync.events import Phase, Progress
    from bridge_gui.web.waiting import check

    for done, (total, cells) in enumerate(rows):
        if done % EVERY == 0:
            check(cancel)
            tell(Progress(bridge=key, phase=Phase.COLLECT, done=done, total=total))
        yield cells
