"""The Log tab: what was done and when, by run, level and text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.export_rows import LOG_HEADS, log_rows
from bridge_gui.desktop.exporting import Rows, Saving
from bridge_gui.desktop.health import run_name
from bridge_gui.desktop.log_model import LEVELS, LogModel
from bridge_gui.desktop.tables import COMPACT_HEIGHT, Table
from bridge_gui.desktop.widgets import Choice, Empty, SearchBox, button, column, copy, row

FOLLOW_MS = 1000


class Log(QWidget):
    """Search, level, run, the lines, and *Copy details*."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self._name = desk, name
        text = desk.words.text
        self.model = LogModel(desk, name, self)
        self.search = SearchBox(desk.theme, text("Search in the log"), self._filter)
        self.level = Choice(desk.theme, text("Level"))
        levels = [(text(LEVELS[level].word), level) for level in ("info", "warning", "error")]
        self.level.offer([(text("All levels"), ""), *levels])
        self.run = Choice(desk.theme, text("Run"))
        self.run.offer([(text("All runs"), None)])
        self.copy_button = button(text("&Copy details"), self._copy)
        self.table = Table(desk.theme, text("Log"), self.model, height=COMPACT_HEIGHT)
        self.table.widths(18, 12, 0)
        self.empty = Empty()
        self._stack = QStackedWidget()
        for part in (QWidget(), self.table, self.empty):
            self._stack.addWidget(part)
        self.saving = Saving(desk, f"log {name}", f"{name}-log.xlsx", self._to_save)
        filters = row(self.search, self.level, self.run, self.copy_button, self.saving.button, gap=12)
        self.setLayout(column(filters, self._stack, self.saving, gap=12))
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._follow_up)
        self._listen()

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.model.read:
            self.model.refresh()

    def refresh(self) -> None:
        """Read again, if it was read before."""
        if self.model.read:
            self.model.refresh()

    def _to_save(self) -> tuple[str, tuple[str, ...], Callable[[], Rows]]:
        """What is listed now, to its very end, for a file."""
        desk, name, text = self._desk, self._name, self._desk.words.text
        level, fits = self.model.level, self.model.sieve()
        heads = tuple(text(head) for head in LOG_HEADS)
        return text("Log"), heads, lambda: log_rows(desk, name, level, fits)

    def _listen(self) -> None:
        self.level.currentIndexChanged.connect(self._filter)
        self.run.currentIndexChanged.connect(self._filter)
        self.model.loaded.connect(self._loaded)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self._desk.logged.connect(self._logged)
        self._chosen()

    def _logged(self, name: str) -> None:
        if name == self._name and self.isVisible() and not self._follow.isActive():
            self._follow.start()

    def _follow_up(self) -> None:
        """New lines are read while a run goes on, unless somebody is reading further down."""
        if self.isVisible() and self.table.verticalScrollBar().value() == 0 and not self.table.chosen():
            self.model.refresh()

    def _filter(self, *_changed: object) -> None:
        self.model.choose(
            level=self.level.currentData(), text=self.search.text().strip(), run=self.run.currentData()
        )

    def _loaded(self) -> None:
        text = self._desk.words.text
        runs = [(run_name(self._desk, run), run.id) for run in self.model.runs.values()]
        self.run.offer([(text("All runs"), None), *runs])
        if not self.model.rowCount():
            filtered = bool(self.model.text or self.model.level or self.model.run is not None)
            title = text("Nothing fits this search") if filtered else text("Nothing happened yet")
            advice = text("Every sync writes here what it read, what it sent and what it left.")
            self.empty.say(title, "" if filtered else advice)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self.empty)
        lines = self.model.lines
        shown = self._desk.formats.number(lines)
        self.saving.count.setText(
            self._desk.words.many("{shown} line read", "{shown} lines read", lines, shown=shown)
        )

    def _chosen(self) -> None:
        self.copy_button.setEnabled(bool(self.table.chosen()))

    def _copy(self) -> None:
        copy("\n".join(self.model.line(place) for place in self.table.chosen()))
