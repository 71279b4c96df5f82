"""A panel of rows: search, filters, the table, what can be done, and the chosen row in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QStackedWidget, QWidget

from bridge_gui.desktop.actions import Actions, Chosen, Visit
from bridge_gui.desktop.asking import Asker
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Failure, Result
from bridge_gui.desktop.panel_detail import DetailView
from bridge_gui.desktop.panel_model import PanelModel
from bridge_gui.desktop.tables import Table
from bridge_gui.desktop.widgets import Choice, Empty, SearchBox, column, label, row
from bridge_gui.desktop.wizard import visit
from bridge_gui.desktop.wizard_style import Note, sheet
from bridge_gui.sync.panels import ColumnKind, Row

if TYPE_CHECKING:
    from bridge_gui.sync.actions import ActionSpec
    from bridge_gui.sync.panels import PanelSpec

_LEAST = {ColumnKind.DATE: 11, ColumnKind.MONEY: 15, ColumnKind.STATE: 17}
"""Characters without which a day, an amount with its currency or a state would be cut."""


LIST_AND_DETAIL = [300, 260]


class PanelTable(QWidget):
    """One TABLE panel as a tab; reads nothing before it is looked at."""

    def __init__(
        self, desk: Desk, name: str, spec: PanelSpec, actions: Sequence[ActionSpec], *, go: Visit = visit
    ) -> None:
        super().__init__()
        text = desk.words.text
        self._desk, self._name, self.spec, self._visit = desk, name, spec, go
        self._recolour()
        desk.theme.changed.connect(self._recolour)
        self.model = PanelModel(desk, name, spec, spec.columns, self)
        self.search = SearchBox(desk.theme, text(spec.search or "Search"), self.apply)
        self.search.setVisible(bool(spec.search))
        self.filters = {one.key: Choice(desk.theme, text(one.title)) for one in spec.filters}
        self.table = Table(desk.theme, text(spec.title).replace("&", ""), self.model)
        widths = (max(one.width, _LEAST.get(one.kind, 0)) for one in spec.columns)
        whole = [at for at, one in enumerate(spec.columns) if one.kind in _LEAST]
        self.table.widths(*widths, whole=whole)
        self.bar = Actions(desk, name, actions)
        self.bar.serve(self.table, self.chosen)
        self.bar.setVisible(bool(actions))
        self.detail = DetailView(desk, self._visit)
        self.empty = Empty()
        self.note = Note(desk, "red")
        self.count = label("", "muted")
        self._options = Asker(desk, f"{name} filters {spec.key}", self)
        self._details = Asker(desk, f"{name} detail {spec.key}", self)
        self._lay_out()
        self.table.activated.connect(self._activated)
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._show_detail())
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.bar.done.connect(self.refresh)

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.model.read and not self.model.busy:
            self._offer_filters()
            self.model.refresh()
            self.count.setText(self._desk.words.text("Reading ..."))

    @property
    def is_read(self) -> bool:
        """Whether its rows were read."""
        return self.model.read

    def refresh(self) -> None:
        """Read again, if it was read before."""
        if self.model.read and self.isVisible():
            self.model.refresh()
        else:
            self.model.read = False

    def apply(self, *_changed: object) -> None:
        """Show what the fields ask for."""
        chosen = {key: choice.currentData() for key, choice in self.filters.items()}
        self.count.setText(self._desk.words.text("Reading ..."))
        self.model.choose(self.search.text().strip(), {key: value for key, value in chosen.items() if value})

    def chosen(self) -> list[Chosen]:
        """The chosen rows as actions see them."""
        rows = [self.model.rows[at] for at in self.table.chosen()]
        first = self.spec.columns[0].key
        return [
            Chosen(one.id, state=one.state, title=str(one.values.get(first) or one.id))
            for one in rows
            if isinstance(one, Row)
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return opens what a double click opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._activated(self.table.currentIndex())
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        text = self._desk.words.text
        self._stack = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setHandleWidth(12)
        self._split.setSizes(LIST_AND_DETAIL)
        self._split.setChildrenCollapsible(False)
        for part in (QWidget(), self._split, self.empty):
            self._stack.addWidget(part)
        top = row(self.search, *self.filters.values(), gap=12)
        if not self.spec.search:
            top.addStretch(1)
        about = label(text(self.spec.text), "muted", wrap=True)
        foot = row(self.count, 1, gap=12)
        above = [about] if self.spec.text else []
        parts: list[QWidget | QBoxLayout] = [*above, top, self.note, self._stack, foot, self.bar]
        self.setLayout(column(*parts, gap=12))
        self.note.setVisible(False)
        self.detail.setVisible(False)
        for one in self.spec.filters:
            choice = self.filters[one.key]
            choice.offer([(text(one.title), ""), *((text(each.title), each.key) for each in one.choices)])
            choice.currentIndexChanged.connect(self.apply)

    def _offer_filters(self) -> None:
        """Ask the bridge what its filters may be, where the SPEC does not say."""
        wanted = [one for one in self.spec.filters if one.options]
        service = self._desk.service
        if not wanted:
            return

        def offered(result: Result) -> None:
            if not isinstance(result, Done):
                return
            for one in wanted:
                found = [(each.title, each.key) for each in result.value[one.key]]
                self.filters[one.key].offer([(self._desk.words.text(one.title), ""), *found])

        self._options.ask(
            lambda cancel: {
                one.key: service.panel_options(self._name, one.options, cancel) for one in wanted
            },
            offered,
        )

    def _activated(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        one, spec = self.model.rows[index.row()], self.spec.columns[index.column()]
        url = one.urls.get(spec.key, "") if isinstance(one, Row) else ""
        if spec.kind is ColumnKind.LINK and url:
            self._visit(url)
            return
        opens = next((each for each in self.bar.specs if each.key == self.spec.opens), None)
        if opens is not None:
            self.bar.begin(opens)

    def _show_detail(self) -> None:
        chosen = self.chosen()
        if len(chosen) != 1:
            self._details.stop()
            self.detail.setVisible(False)
            return
        service, name, panel, subject = self._desk.service, self._name, self.spec.key, chosen[0].subject
        self._details.ask_later(
            lambda cancel: service.panel_detail(name, panel, subject, cancel), self._detailed
        )

    def _detailed(self, result: Result) -> None:
        if isinstance(result, Done):
            chosen = self.chosen()
            self.detail.show_detail(result.value, chosen[0].title if len(chosen) == 1 else "")
            self.detail.setVisible(self.detail.filled)
            if chosen and self.detail.filled:  # its pane takes room from the list
                QTimer.singleShot(0, self, lambda: self.table.scrollTo(self.table.currentIndex()))

    def _loaded(self) -> None:
        words, shown = self._desk.words, self.model.size()
        self.note.say("")
        count = shown if self.model.total is None else self.model.total
        plus = "+" if self.model.total is None and self.model.more else ""
        number = self._desk.formats.number(count) + plus
        self.count.setText(words.many("{shown} row", "{shown} rows", count, shown=number) if shown else "")
        if not shown:
            self._explain()
        for at, one in enumerate(self.spec.columns):
            if one.seldom:
                cells = (self.model.cell(row, at) for row in range(shown))
                self.table.leave_out(at, out=not any(cell is not None and cell.text for cell in cells))
        self.table.fit()
        self._stack.setCurrentWidget(self._split if shown else self.empty)
        self.bar.choose(self.chosen())

    def _explain(self) -> None:
        text = self._desk.words.text
        if self.model.query.text or self.model.query.filters:
            self.empty.say(text("Nothing fits this search"), text("Try fewer words, or other filters."))
        else:
            self.empty.say(text("Nothing here yet"), text(self.spec.empty))

    def _recolour(self) -> None:
        self.setStyleSheet(sheet(self._desk.theme.tokens))

    def _failed(self, failure: Failure) -> None:
        said = self._desk.say(failure.code, failure.params)
        self.count.setText("")
        self.note.say(said.sentence, said.advice)
