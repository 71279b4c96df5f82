"""What stands where there is nothing to show yet: words, not an empty axis or a silent window."""

from __future__ import annotations

from msgspec.structs import replace

from bridge_gui.desktop.overview import Overview
from bridge_gui.desktop.start import Waiting
from tests.desktop.standin import StandIn


class Idle(StandIn):
    """A bridge that has run, in a period without any sale."""

    def overview(self, name, first, last):
        figures = super().overview(name, first, last)
        quiet = tuple(replace(day, sales=0, books=0, left_out=0) for day in figures.days)
        return replace(figures, days=quiet)


def shown(desk, qtbot):
    overview = Overview(desk, "cafe")
    qtbot.addWidget(overview)
    overview.resize(900, 700)
    overview.show()
    qtbot.waitUntil(lambda: overview.is_read, timeout=5000)
    return overview


def test_a_period_without_sales_is_told_and_has_no_table(opened, qtbot):
    overview = shown(opened(Idle()), qtbot)
    assert overview.idle.isVisible()
    assert not overview.chart.isVisible()
    assert not overview.as_table.isVisible()


def test_a_period_with_sales_has_its_chart(opened, qtbot):
    overview = shown(opened(StandIn()), qtbot)
    assert overview.chart.isVisible()
    overview.as_table.click()
    with qtbot.waitSignal(overview.days.modelReset, timeout=5000):
        overview.refresh()
    qtbot.waitUntil(overview.as_table.isVisible, timeout=5000)
    assert overview.days_table.isVisible(), "reading again leaves the table in front"


def test_the_demo_says_what_takes_so_long(desk, qtbot):
    waiting = Waiting(desk, lambda: None)
    qtbot.addWidget(waiting)
    waiting.wait(demo=True)
    assert (waiting.line.text(), waiting.advice.isHidden()) == ("Opening the demo companies ...", False)
    waiting.wait()
    assert (waiting.line.text(), waiting.advice.isHidden()) == ("Opening ...", True)
