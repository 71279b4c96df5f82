"""Documents: paged, quick at 200,000 rows, filtered, and never jumping."""

from __future__ import annotations

import time

import msgspec
import pytest

from bridge_gui.desktop.documents import Documents, periods
from bridge_gui.desktop.documents_model import (
    AMOUNT,
    CONTENT,
    KEPT,
    NUMBER,
    SLICE,
    STATE,
    DocumentsModel,
)
from bridge_gui.desktop.states import GROUPS, Tone
from bridge_gui.store.rows import DocumentFilter
from tests.desktop.standin import TODAY, StandIn


class Counting(StandIn):
    """Remembers which slices were read."""

    def documents(self, which, offset, limit):
        self.asked = [*getattr(self, "asked", []), offset]
        return super().documents(which, offset, limit)


@pytest.fixture
def model(opened, qtbot):
    def make(count, **more):
        desk = opened(Counting(count=count, **more))
        made = DocumentsModel(desk, DocumentFilter(bridge="cafe"), desk)
        with qtbot.waitSignal(made.loaded):
            made.refresh()
        return made

    return make


def read(model, qtbot, row, column):
    model.row(row)
    qtbot.waitUntil(lambda: model.row(row) is not None)
    return model.data(model.index(row, column))


def test_two_hundred_thousand_rows_read_only_what_is_looked_at(model, qtbot):
    made = model(200_000)
    assert made.rowCount() == 200_000
    assert made.desk.service.asked == [0]
    assert read(made, qtbot, 150_050, NUMBER) == "849950"
    assert made.desk.service.asked == [0, 150_000]


def test_slices_are_let_go_of(model, qtbot):
    made = model(200_000)
    for number in range(KEPT + 20):
        read(made, qtbot, number * SLICE, NUMBER)
    assert len(made._slices) == KEPT
    assert made.row(0) is None, "the first slice was let go of, and is asked for again"
    qtbot.waitUntil(lambda: made.row(0) is not None)


def test_a_wild_scroll_asks_for_the_last_slices_only(model, qtbot):
    made = model(200_000)
    before = len(made.desk.service.asked)
    for number in range(100, 200):
        made.row(number * SLICE)
    qtbot.waitUntil(lambda: made.row(199 * SLICE) is not None)
    assert len(made.desk.service.asked) - before <= 6


def test_a_cell_reads_as_in_the_sketch(model, qtbot):
    made = model(10)
    cells = [made.data(made.index(0, column)) for column in range(made.columnCount())]
    assert cells == ["22/11/2026", "Journal entry", "1000000", "Card 5.000 · Cash 1.200", "-4,000", "Posted"]
    assert made.headerData(AMOUNT, made_horizontal()) == "Amount, ISK"
    assert made.line(0).endswith("Posted\tISK")


def made_horizontal():
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_a_held_row_shows_its_sentence_and_advice(model, qtbot):
    made = model(10)
    sentence = made.data(made.index(3, CONTENT))
    assert sentence == "Order 999997 waits: the payment method Aur has no ledger account."
    assert made.cell(3, CONTENT).tone is Tone.NEEDS_YOU
    assert made.cell(3, STATE).look.word == "Needs you"
    assert "Choose one under Mappings" in made.describe(made.row(3))


def test_without_a_customer_the_content_says_where_it_is(model):
    made = model(10)
    bare = msgspec.structs.replace(made.row(0), party="")
    assert made._text(bare, CONTENT) == "In the books as 5000"
    assert made._text(msgspec.structs.replace(bare, number=bare.source_number), CONTENT) == ""


def test_several_currencies_are_named_in_the_rows(opened, qtbot):
    class Mixed(StandIn):
        def documents(self, which, offset, limit):
            from tests.desktop.standin import document

            return [document("cafe", at, currency="EUR" if at % 2 else "ISK") for at in range(4)]

    made = DocumentsModel(opened(Mixed(count=4)), DocumentFilter(bridge="cafe"))
    with qtbot.waitSignal(made.loaded):
        made.refresh()
    assert made.data(made.index(0, AMOUNT)) == "-4,000 ISK"
    assert made.data(made.index(1, AMOUNT)) == "-3,963.00 EUR"
    assert made.headerData(AMOUNT, made_horizontal()) == "Amount"


def test_a_refresh_keeps_what_is_there_until_the_new_rows_come(model, qtbot):
    made = model(1000)
    read(made, qtbot, 500, NUMBER)
    resets = []
    made.modelReset.connect(lambda: resets.append(1))
    made.desk.service.count = 1001
    with qtbot.waitSignal(made.loaded):
        made.refresh(500)
    assert made.rowCount() == 1001
    assert made.row(500) is not None
    assert not resets


def test_a_failing_read_leaves_the_rows_alone(model, qtbot):
    made = model(10)

    def broken(*_asked):
        raise RuntimeError

    made.desk.service.open_documents = broken
    with qtbot.waitSignal(made.loaded):
        made.refresh()
    assert made.rowCount() == 10


@pytest.fixture
def tab(opened, qtbot):
    def make(count=400):
        desk = opened(StandIn(count=count))
        made = Documents(desk, "cafe")
        qtbot.addWidget(made)
        made.resize(1000, 600)
        with qtbot.waitSignal(made.model.loaded):
            made.show()
        return made

    return make


def test_the_search_waits_for_a_pause_and_filters(tab, qtbot):
    made = tab()
    with qtbot.waitSignal(made.model.loaded):
        qtbot.keyClicks(made.search, "999950")
    assert made.model.rowCount() == 1
    assert made.count.text() == "1 document"
    assert made.filtered


def test_a_long_name_gets_the_room_that_short_words_leave(opened, qtbot, monkeypatch):
    deal = "Varaston inventaario ja neu"
    source = StandIn(count=30)
    whole = StandIn.documents

    def renamed(*told):
        return [msgspec.structs.replace(one, source_number=deal) for one in whole(source, *told)]

    monkeypatch.setattr(source, "documents", renamed)
    made = Documents(opened(source), "cafe")
    qtbot.addWidget(made)
    made.resize(1000, 600)
    with qtbot.waitSignal(made.model.loaded):
        made.show()
    needed = made.table.fontMetrics().horizontalAdvance(deal)
    qtbot.waitUntil(lambda: made.table.columnWidth(NUMBER) > needed)
    assert sum(made.table.columnWidth(at) for at in range(6)) <= made.table.viewport().width()


def test_state_and_period_filters(tab, qtbot):
    made = tab()
    titles = [title for title, _states in GROUPS]
    with qtbot.waitSignal(made.model.loaded):
        made.states.setCurrentIndex(titles.index("Needs you"))
    assert made.model.rowCount() == 80
    with qtbot.waitSignal(made.model.loaded):
        made.period.setCurrentIndex([text for text, _value in periods(made._desk)].index("October 2026"))
    assert made.model.rowCount() == 0
    assert made._stack.currentWidget() is made.empty
    assert made.empty._title.text() == "Nothing fits this search"


def test_the_periods_are_whole_months_and_years(tab):
    offered = dict(periods(tab()._desk))
    assert offered["November 2026"] == (TODAY.replace(day=1), TODAY.replace(day=30))
    assert offered["December 2025"][1].isoformat() == "2025-12-31"
    assert [value.isoformat() for value in offered["2025"]] == ["2025-01-01", "2025-12-31"]


def test_without_documents_it_says_what_to_do(tab):
    made = tab(0)
    assert made._stack.currentWidget() is made.empty
    assert "Sync now" in made.empty._advice.text()


def test_200_000_rows_open_filter_and_scroll_without_a_wait(opened, qtbot):
    desk = opened(StandIn(count=200_000))
    made = Documents(desk, "cafe")
    qtbot.addWidget(made)
    began = time.perf_counter()
    with qtbot.waitSignal(made.model.loaded):
        made.show()
    assert time.perf_counter() - began < 1
    bar = made.table.verticalScrollBar()
    began = time.perf_counter()
    for part in range(50):
        bar.setValue(bar.maximum() * part // 50)
        made.table.viewport().repaint()
    assert time.perf_counter() - began < 3
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: made.model.row(199_999) is not None)
