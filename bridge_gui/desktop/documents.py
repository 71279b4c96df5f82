"""The Documents tab: every document, and every record that is held back and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.documents_detail import DocumentPane
from bridge_gui.desktop.documents_model import DocumentsModel
from bridge_gui.desktop.export_rows import DOCUMENT_HEADS, document_rows
from bridge_gui.desktop.exporting import Rows, Saving
from bridge_gui.desktop.states import GROUPS
from bridge_gui.desktop.tables import LOOKED_AT, Table
from bridge_gui.desktop.widgets import Choice, Empty, SearchBox, column, row
from bridge_gui.store.rows import DocumentFilter

Period = tuple[date | None, date | None]
MONTHS = 12


class Documents(QWidget):
    """Search, filters, the table, and how many rows it has."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self._name = desk, name
        text = desk.words.text
        self.model = DocumentsModel(desk, DocumentFilter(bridge=name), self)
        self.search = SearchBox(desk.theme, text("Search number or customer"), self.apply_filter)
        self.states = Choice(desk.theme, text("State"))
        self.states.offer([(text(title), states) for title, states in GROUPS])
        self.period = Choice(desk.theme, text("Period"))
        self.period.offer(periods(desk))
        self.table = Table(desk.theme, text("Documents"), self.model)
        self.table.widths(11, 12, 14, 0, 14, 17, whole=(0, 4, 5))
        self.empty = Empty()
        self.saving = Saving(desk, f"documents {name}", f"{name}.xlsx", self._to_save)
        self.count = self.saving.count
        self._stack = QStackedWidget()
        self.pane = DocumentPane(desk, name)
        self.pane.hide()
        self.pane.closed.connect(self.close_pane)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.addWidget(self.table)
        self.split.addWidget(self.pane)
        self.split.setSizes([300, 260])
        for part in (QWidget(), self.split, self.empty):
            self._stack.addWidget(part)
        filters = row(self.search, self.states, self.period, self.saving.button, gap=12)
        self.setLayout(column(filters, self._stack, self.saving, gap=12))
        self.states.currentIndexChanged.connect(self.apply_filter)
        self.period.currentIndexChanged.connect(self.apply_filter)
        self.model.loaded.connect(self._loaded)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._show_chosen())

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.model.read:
            self.model.refresh()

    def refresh(self) -> None:
        """Read again, if it was read before."""
        if self.model.read:
            self.model.refresh(max(0, self.table.rowAt(0)))

    def show_only(self, state: str, first: date | None, last: date | None) -> None:
        """Show the documents in one state (its English name), of a period or of all days."""
        self.search.clear()
        self.states.setCurrentIndex([title for title, _states in GROUPS].index(state))
        periods_ = [self.period.itemData(at) for at in range(self.period.count())]
        wanted = (first, last)
        if wanted not in periods_ and first and last:
            span = f"{self._desk.formats.day(first)} - {self._desk.formats.day(last)}"
            self.period.addItem(span, wanted)
            periods_.append(wanted)
        self.period.setCurrentIndex(periods_.index(wanted))

    def _to_save(self) -> tuple[str, tuple[str, ...], Callable[[], Rows]]:
        """What is listed now, for a file."""
        desk, which, text = self._desk, self.model.which, self._desk.words.text
        heads = tuple(text(head) for head in DOCUMENT_HEADS)
        return text("Documents"), heads, lambda: document_rows(desk, which)

    @property
    def filtered(self) -> bool:
        """Whether a filter leaves documents out."""
        return self.model.which != DocumentFilter(bridge=self._name)

    def apply_filter(self, *_changed: object) -> None:
        """Show what the fields ask for, if that is something else."""
        first, last = self.period.currentData()
        which = DocumentFilter(
            bridge=self._name,
            text=self.search.text().strip(),
            states=self.states.currentData(),
            first=first,
            last=last,
        )
        if which != self.model.which:
            self.table.scrollToTop()
            self.table.clearSelection()
            self.model.choose(which)

    def _loaded(self) -> None:
        count = self.model.rowCount()
        words = self._desk.words
        shown = self._desk.formats.number(count)
        self.count.setText(
            words.many("{shown} document", "{shown} documents", count, shown=shown) if count else ""
        )
        if not count:
            self._explain()
        elif self.table.rowAt(0) < LOOKED_AT:  # else the first rows would be read again for it
            self.table.fit()
        self._stack.setCurrentWidget(self.split if count else self.empty)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen document in full; with several chosen, or none, the list alone."""
        chosen = self.table.chosen()
        found = self.model.row(chosen[0]) if len(chosen) == 1 else None
        if found is not None:
            self.pane.ask(found.id)
            if not self.pane.isVisible():  # it takes room from the list: the chosen row stays in sight
                self.pane.show()
                QTimer.singleShot(0, self, lambda: self.table.scrollTo(self.table.currentIndex()))
        elif not chosen:
            self.pane.hide()

    def close_pane(self) -> None:
        """Choose no document."""
        self.table.clearSelection()
        self.pane.hide()

    def _explain(self) -> None:
        text = self._desk.words.text
        if self.filtered:
            self.empty.say(
                text("Nothing fits this search"),
                text("Try fewer words, another period or all states. Esc empties the search."),
            )
        else:
            self.empty.say(
                text("No documents yet"),
                text("Press Preview to see what would be sent, or Sync now to send it."),
            )


def periods(desk: Desk) -> list[tuple[str, Period]]:
    """All time, the last thirty days, this year and the last, and the last twelve months by name."""
    text, today = desk.words.text, desk.now().astimezone().date()
    result: list[tuple[str, Period]] = [
        (text("All dates"), (None, None)),
        (text("Last 30 days"), (today - timedelta(days=30), today)),
    ]
    month = today.replace(day=1)
    for _count in range(MONTHS):
        end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        result.append((desk.formats.month(month), (month, end)))
        month = (month - timedelta(days=1)).replace(day=1)
    result += [(str(year), (date(year, 1, 1), date(year, 12, 31))) for year in (today.year, today.year - 1)]
    return result
