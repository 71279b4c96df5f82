"""Tables: columns as wide as what stands in them, and the room they leave goes to names and sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication

from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.desktop.tables import LEAST, MOST, Table
from bridge_gui.wording.catalogue import Catalogue

NUMBER, NAME, KIND, AMOUNT = range(4)


class Rows(TableModel):
    headings = ("Number", "Name", "Kind", "Amount")
    right = frozenset({AMOUNT})

    def __init__(self, desk, rows):
        super().__init__(desk)
        self.rows = rows

    def size(self):
        return len(self.rows)

    def cell(self, row, column):
        return Cell(self.rows[row][column])


@pytest.fixture
def table(qtbot):
    desk = make_desk(
        make_application(), dark=False, locale=QLocale("en_GB"), words=Catalogue(),
        now=lambda: datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip

    def make(rows, *widths, width=900):
        made = Table(desk.theme, "Rows", Rows(desk, rows))
        qtbot.addWidget(made)
        made.widths(*widths, whole=(AMOUNT,))
        made.resize(width, 300)
        made.show()
        return made

    yield make
    desk.close()


def needs(made, text):
    return made.fontMetrics().horizontalAdvance(text)


def test_a_column_is_as_wide_as_what_stands_in_it_and_the_name_takes_the_rest(table):
    made = table([("7", "Example ehf.", "Customer payment", "1,234,567.00 NOK")], 20, 0, 6, 6)
    assert made.columnWidth(NUMBER) > needs(made, "7") * 10, "before it has looked, as declared"
    made.fit()
    assert made.columnWidth(KIND) > needs(made, "Customer payment")
    assert made.columnWidth(AMOUNT) > needs(made, "1,234,567.00 NOK")
    assert made.columnWidth(NUMBER) == made.horizontalHeader().sectionSizeHint(NUMBER)
    taken = sum(made.columnWidth(at) for at in range(4))
    assert taken == made.viewport().width()


def test_no_column_but_a_day_or_an_amount_takes_more_than_its_share(table):
    made = table([("7" * 90, "A", "B", "9" * 40)], 8, 0, 8, 8, width=1400)
    made.fit()
    assert made.columnWidth(NUMBER) < needs(made, "0" * (MOST + 6))
    assert made.columnWidth(AMOUNT) > needs(made, "9" * 40)


def test_in_a_narrow_window_the_name_stays_readable(table):
    made = table([("7" * 20, "Example ehf. and its partners", "K" * 20, "9" * 20)], 8, 0, 8, 8, width=420)
    made.fit()
    assert made.columnWidth(NAME) >= needs(made, "0" * LEAST)
    assert made.columnWidth(AMOUNT) > needs(made, "9" * 20)


def test_what_was_wide_enough_stays_when_other_rows_come(table):
    made = table([("7", "A", "Customer payment", "1")], 8, 0, 8, 8)
    made.fit()
    before = made.columnWidth(KIND)
    made.rows.rows = [("7", "A", "Note", "1")]
    made.rows.forget_cells()
    made.fit()
    assert made.columnWidth(KIND) == before


def test_a_column_left_out_leaves_its_room_to_the_others(table):
    made = table([("7", "Example ehf.", "Customer payment", "1,234.00")], 8, 0, 8, 8)
    made.fit()
    before = made.columnWidth(NAME)
    made.leave_out(KIND)
    made.fit()
    assert made.columnWidth(NAME) > before
    assert sum(made.columnWidth(at) for at in range(4)) == made.viewport().width()


def test_a_row_chosen_by_the_program_is_chosen_alone_though_a_key_is_held_down(table, qtbot):
    made = table([(str(number), "Example ehf.", "Sale", "1.00 NOK") for number in range(3)], 6, 0, 6, 12)
    made.selectRow(0)
    qtbot.keyPress(made, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    made.selectRow(1)
    qtbot.keyRelease(made, Qt.Key.Key_Control)
    assert made.chosen() == [1]


def test_the_pointer_is_told_all_of_what_has_no_room_and_nothing_where_there_is_room(table):
    deal = "Puukauppa, neuvonta ja koulutus koko syksyksi, toinen osa"
    made = table([(deal, "Example ehf.", "Invoice", "12.00 EUR")], 12, 0, 6, 10, width=600)
    made.fit()
    assert made.columnWidth(NUMBER) < needs(made, deal)
    assert made.told_at(made.rows.index(0, NUMBER)) == deal
    assert made.told_at(made.rows.index(0, AMOUNT)) == ""
    assert made.told_at(made.rows.index(5, NUMBER)) == ""


def test_what_is_cut_comes_before_what_the_table_has_to_say_and_is_not_said_twice(table, monkeypatch):
    long = "A customer with a name that is longer than any column of this table would ever be, of all"
    made = table([(long, "x", "y", "1")], 12, 0, 6, 10, width=500)
    monkeypatch.setattr(made.rows, "tip", lambda _row, _column: "It waits.")
    assert made.told_at(made.rows.index(0, NUMBER)) == f"{long}\nIt waits."
    monkeypatch.setattr(made.rows, "tip", lambda _row, _column: f"{long} waits.")
    assert made.told_at(made.rows.index(0, NUMBER)) == f"{long} waits."
