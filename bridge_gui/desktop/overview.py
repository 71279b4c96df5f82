"""The Overview tab: what was posted, what waits for a person, sales against books, the last runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.overview_card import Card
from bridge_gui.desktop.overview_chart import Chart, Legend
from bridge_gui.desktop.overview_tables import DaysModel, RunsModel
from bridge_gui.desktop.states import Tone
from bridge_gui.desktop.tables import COMPACT_HEIGHT, Table
from bridge_gui.desktop.widgets import Choice, Empty, button, column, frame, label, row

if TYPE_CHECKING:
    from bridge_gui.store.rows import Overview as Figures
    from bridge_gui.store.rows import RunRow, Tally

RUNS = 20
Period = tuple[date, date]


class Overview(QWidget):
    """Four figures, a chart that can be read as a table, and the last runs."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self._name = desk, name
        text = desk.words.text
        self.is_read = False
        self.posted = Card(desk, text("Posted"), lambda: self.wanted.emit("posted"))
        self.drafts = Card(desk, text("Waiting for you in the books"), lambda: self.wanted.emit("drafts"))
        self.unpaid = Card(desk, text("Unpaid"), lambda: self.wanted.emit("unpaid"))
        self.attention = Card(desk, text("Needs attention"), lambda: self.wanted.emit("attention"))
        self.period = Choice(desk.theme, text("Period"))
        self.period.offer(periods(desk))
        self.chart = Chart(desk)
        self.days = DaysModel(desk, self)
        self.days_table = Table(
            desk.theme, text("Sales and books, day by day"), self.days, height=COMPACT_HEIGHT
        )
        self.days_table.widths(0, 16, 16, 16, 16)
        self.as_table = button(text("As a &table"), self._turn)
        self.runs = RunsModel(desk, self)
        self.runs_table = Table(desk.theme, text("Last syncs"), self.runs, height=COMPACT_HEIGHT)
        self.runs_table.widths(0, 14, 9, 9, 11, 16)
        self.empty = Empty()
        self._stack = QStackedWidget()
        for part in (QWidget(), self._filled(), self.empty):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack))
        self.period.currentIndexChanged.connect(self._ask)

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.is_read:
            self._ask()

    def refresh(self) -> None:
        """Read again, if it was read before."""
        if self.is_read:
            self._ask()

    def _filled(self) -> QWidget:
        cards = row(self.posted, self.drafts, self.unpaid, self.attention, gap=12)
        self._board = QStackedWidget()
        self._board.addWidget(self.chart)
        self._board.addWidget(self.days_table)
        self.idle = Empty()
        self.idle.say(
            self._desk.words.text("No sales in this period"),
            self._desk.words.text("Choose another period, or sync to read what is new."),
        )
        self._board.addWidget(self.idle)
        result = QWidget()
        result.setLayout(column(cards, self._chart_card(), self.runs_table, gap=12))
        layout = result.layout()
        assert layout is not None
        layout.setStretchFactor(self.runs_table, 2)  # type: ignore[attr-defined]
        return result

    def _chart_card(self) -> QFrame:
        text = self._desk.words.text
        self.note = label(look="muted")
        head = row(
            label(text("Sales and books, day by day"), "strong"),
            self.note,
            1,
            Legend(self._desk),
            self.as_table,
            self.period,
            gap=12,
        )
        return frame("card", column(head, self._board, gap=8), (16, 12, 16, 10))

    def _turn(self) -> None:
        shows_chart = self._board.currentWidget() is self.chart
        text = self._desk.words.text
        self._board.setCurrentWidget(self.days_table if shows_chart else self.chart)
        self.as_table.setText(text("As a chart") if shows_chart else text("As a table"))

    def _ask(self, *_changed: object) -> None:
        service, name = self._desk.service, self._name
        first, last = self.period.currentData()

        def question() -> tuple[Figures, Sequence[RunRow]]:
            return service.overview(name, first, last), service.runs(name, RUNS)

        self._desk.reader.ask(f"overview {name}", question, self._loaded)

    def _loaded(self, result: Result) -> None:
        if not isinstance(result, Done):
            return
        self.is_read = True
        figures, runs = result.value
        if not figures.documents and not runs:
            text = self._desk.words.text
            self.empty.say(
                text("Nothing has been synced yet"),
                text("Press Preview to see what would be sent, or Sync now to send it."),
            )
            self._stack.setCurrentWidget(self.empty)
            return
        self._show(figures)
        self.runs.load(runs)
        self._stack.setCurrentIndex(1)

    def _show(self, figures: Figures) -> None:
        words, number = self._desk.words, self._desk.formats.number
        money = self._desk.formats.money
        posted = figures.posted.count
        count = words.many("{shown} document", "{shown} documents", posted, shown=number(posted))
        self.posted.head(f"{words.text('Posted')}  ·  {self.period.currentText()}")
        self.posted.say(money(figures.posted.total, figures.currency), count)
        self._tally(self.drafts, figures.drafts, figures.currency)
        self._tally(self.unpaid, figures.unpaid, figures.currency)
        self._matters(figures.attention)
        self.days.load(figures.days, figures.currency)
        self.chart.show_days(figures.days, figures.currency)
        self._draw_or_tell(idle=not any(day.sales or day.books or day.left_out for day in figures.days))
        others = words.text("only amounts in {currency}", currency=figures.currency)
        self.note.setText(others if figures.others else "")

    def _draw_or_tell(self, *, idle: bool) -> None:
        """A chart of nothing but noughts would only look broken."""
        was_idle = self._board.currentWidget() is self.idle
        if idle != was_idle:
            self._board.setCurrentWidget(self.idle if idle else self.chart)
            self.as_table.setText(self._desk.words.text("As a table"))
        self.as_table.setVisible(not idle)

    def _tally(self, card: Card, tally: Tally, currency: str) -> None:
        text, formats = self._desk.words.text, self._desk.formats
        if not tally.count or tally.oldest is None:
            card.say(formats.number(0), text("Nothing waits"))
            return
        amount = formats.money(tally.total, currency)
        line = text(
            "{amount}, since {day}", amount=amount, day=formats.short_day(tally.oldest, self._desk.now())
        )
        card.say(formats.number(tally.count), line)

    def _matters(self, count: int) -> None:
        text = self._desk.words.text
        self.attention.say(
            self._desk.formats.number(count),
            text("Open the list to decide") if count else text("Nothing needs you"),
            Tone.NEEDS_YOU if count else None,
        )


def periods(desk: Desk) -> list[tuple[str, Period]]:
    """The last two weeks, thirty days, this month and the one before."""
    text, today = desk.words.text, desk.now().astimezone().date()
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return [
        (text("Last 14 days"), (today - timedelta(days=13), today)),
        (text("Last 30 days"), (today - timedelta(days=29), today)),
        (desk.formats.month(month), (month, today)),
        (desk.formats.month(before), (before.replace(day=1), before)),
    ]
