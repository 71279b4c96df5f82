"""The overview: figures that lead to their lists, a chart for eyes and ears, and what to do when empty."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtGui import QColor

from bridge_gui.desktop.overview import Overview, periods
from bridge_gui.desktop.overview_chart import Chart, rounded
from bridge_gui.desktop.overview_tables import DIFFERENCE
from bridge_gui.store.rows import DayRow
from tests.desktop.standin import TODAY, StandIn


@pytest.fixture
def tab(opened, qtbot):
    def make(**service):
        made = Overview(opened(StandIn(**service)), "cafe")
        qtbot.addWidget(made)
        made.resize(960, 660)
        made.show()
        qtbot.waitUntil(lambda: made.is_read)
        return made

    return make


def test_the_figures_read_as_sentences(tab):
    made = tab()
    assert made.posted.accessibleName().startswith("Posted  ·  Last 14 days: ")
    assert made.posted.note.text() == "612 documents"
    assert made.drafts.accessibleName() == "Waiting for you in the books: 14, 848,300 ISK, since 10 Nov"
    assert made.attention.accessibleName() == "Needs attention: 3, Open the list to decide"
    assert made.unpaid.figure.text() == "0"


def test_the_chart_tells_the_day_that_differs_to_those_who_cannot_see_it(tab):
    made = tab()
    day = (TODAY - timedelta(days=13) + timedelta(days=9)).day
    assert made.chart.accessibleDescription() == f"They differ on 1 day: {day} November 2026 -12,400 ISK"
    made.as_table.click()
    assert made._board.currentWidget() is made.days_table
    assert made.days.cell(4, DIFFERENCE).text == "-12,400"
    assert made.as_table.text() == "As a chart"


def test_a_day_that_differs_is_drawn_in_red_and_the_others_are_not(desk, qtbot):
    chart = Chart(desk)
    qtbot.addWidget(chart)
    chart.resize(600, 220)
    even = DayRow(day=TODAY, sales=Decimal(100), books=Decimal(100))
    odd = DayRow(day=TODAY, sales=Decimal(100), books=Decimal(60))
    red = QColor(desk.theme.tokens.red)

    def reds(days):
        chart.show_days(days, "ISK")
        picture = chart.grab().toImage()
        places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return sum(picture.pixelColor(x, y) == red for x, y in places)

    assert reds((even, even)) == 0
    assert reds((even, odd)) > 60
    assert chart.accessibleDescription() == "They differ on 1 day: 22 November 2026 -40 ISK"


@pytest.mark.parametrize("days", [(), (DayRow(day=TODAY),), (DayRow(day=TODAY, sales=Decimal(-5)),)])
def test_a_chart_of_little_or_less_than_nothing_can_be_drawn(desk, qtbot, days):
    chart = Chart(desk)
    qtbot.addWidget(chart)
    chart.resize(300, 180)
    chart.show_days(days, "ISK")
    assert not chart.grab().isNull()
    assert (chart.day_at(200) is None) == (not days)


def test_grid_lines_are_at_round_figures():
    figures = {"0.7": "1", "1": "1", "1.3": "2", "22": "25", "4000": "5000", "67000": "1E+5", "0": "1"}
    assert {text: str(rounded(Decimal(text)).normalize()) for text in figures} == {
        text: str(Decimal(figure).normalize()) for text, figure in figures.items()
    }


def test_another_period_is_read_anew(tab, qtbot):
    made = tab()
    names = [name for name, _value in periods(made._desk)]
    made.period.setCurrentIndex(names.index("October 2026"))
    qtbot.waitUntil(lambda: made.days.size() == 31)


def test_without_anything_it_says_what_to_do(opened, qtbot):
    class Bare(StandIn):
        def runs(self, bridge, limit):
            return []

    made = Overview(opened(Bare(count=0)), "cafe")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.is_read)
    assert made._stack.currentWidget() is made.empty
    assert "Preview" in made.empty._advice.text()


def test_a_figure_leads_to_its_list(show, qtbot):
    window = show(StandIn())
    page = window.page
    qtbot.waitUntil(lambda: page.overview.is_read)
    page.overview.drafts.click()
    assert page.tabs.currentWidget() is page.documents
    assert "draft" in page.documents.model.which.states
    assert page.documents.model.which.first is None
    page.overview.posted.click()
    assert page.documents.model.which.first == TODAY - timedelta(days=13)
    page.overview.attention.click()
    assert page.tabs.currentWidget() is page.attention
