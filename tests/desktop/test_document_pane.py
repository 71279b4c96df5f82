"""The chosen document: shown below the list, read beside the window, and never stale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from bridge_gui.desktop.documents import Documents
from bridge_gui.sync.record import DocumentDetail, Happened, Sold
from bridge_gui.sync.sides import Side
from tests.desktop.standin import NOW, TODAY, StandIn, document


class Detailed(StandIn):
    """Knows everything about each document."""

    url = "https://books.example/7"
    item = ""

    def document(self, name, row_id):
        row = document(name, row_id - 1)
        sold = Sold(id="o1", number="9001", day=TODAY, party="Dæmi", total=row.total, currency="ISK")
        return DocumentDetail(
            row=row, sales="SalesCloud", books="Payday", sold=(sold,), more=3,
            lines=(("1010 Sales", Decimal(-100)), ("7610 Cash", Decimal(100))),
            tax=((Decimal(24), Decimal(81), Decimal(19)),),
            sides=(Side(field="day", sales="a", books="b"), Side(field="line 1", sales="x", books="x")),
            history=(
                Happened(at=NOW, state="done", kind="journal_entry", total=Decimal(100)),
                Happened(at=NOW, choice="by_hand", reason="On paper", target="F-7"),
                Happened(at=None, state="planned", kind="journal_reversal", total=Decimal(-100)),
            ),
            url=self.url, item=self.item,
        )  # fmt: skip


@pytest.fixture
def tab(opened, qtbot):
    def make(**how):
        service = Detailed(count=400)
        for name, value in how.items():
            setattr(service, name, value)
        made = Documents(opened(service), "cafe")
        qtbot.addWidget(made)
        made.resize(1000, 700)
        with qtbot.waitSignal(made.model.loaded):
            made.show()
        return made

    return make


def said(part):
    return [one.text() for one in part.findChildren(QLabel) if one.isVisible()]


def choose(made, qtbot, row=0):
    made.pane.detail = None
    made.table.selectRow(row)
    qtbot.waitUntil(lambda: made.pane.detail is not None)


def test_nothing_is_asked_before_a_row_is_chosen(tab, qtbot):
    made = tab()
    assert made.pane.isHidden()
    choose(made, qtbot)
    assert made.pane.isVisible()
    made.pane.close_button.click()
    assert made.pane.isHidden()
    assert made.table.chosen() == []


def test_it_tells_lines_both_sides_and_history(tab, qtbot):
    made = tab()
    choose(made, qtbot)
    assert (
        made.pane.title.text()
        == "Journal entry  ·  1000000  ·  Card 5.000 · Cash 1.200  ·  -4,000 ISK  ·  Posted"
    )
    assert {"1010 Sales", "-100", "24 %", "19"} <= set(said(made.pane.lines))
    sides = said(made.pane.sides)
    assert {"SalesCloud", "Payday", "and 3 more", "b (sent: a)", "x"} <= set(sides)
    history = said(made.pane.history)
    assert "Journal entry, 100 ISK, was sent" in history
    assert "You decided: choice.by_hand (F-7)" in history or any("F-7" in line for line in history)
    assert {"On paper", "not yet"} <= set(history)


def test_before_and_after_are_shown_where_there_was_a_change(tab, qtbot):
    made = tab()
    choose(made, qtbot)
    first = Happened(at=NOW, state="done", kind="invoice", total=Decimal(7), lines=(("Coffee", Decimal(7)),))
    after = replace(first, total=Decimal(9), lines=(("Coffee", Decimal(9)),))
    made.pane.show_detail(replace(made.pane.detail, history=(first,)))
    assert "Coffee" not in said(made.pane.history)
    made.pane.show_detail(replace(made.pane.detail, history=(first, after)))
    assert [line for line in said(made.pane.history) if line in ("7", "9")] == ["7", "9"]


def test_open_leads_to_the_vendor_and_is_not_there_without_an_address(tab, qtbot, monkeypatch):
    opened_ = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened_.append(url.toString()))
    made = tab()
    choose(made, qtbot)
    assert made.pane.open_button.text() == "Open at Payday"
    made.pane.open_button.click()
    assert opened_ == ["https://books.example/7"]
    bare = tab(url="")
    choose(bare, qtbot)
    assert bare.pane.open_button.isHidden()


def test_what_was_left_out_can_be_sent_after_all(tab, qtbot):
    from bridge_gui.desktop.deciding import Deciding

    made = tab(item="source:7")
    choose(made, qtbot)
    made.pane.back_button.click()
    dialog = made.pane.findChild(Deciding)
    dialog.reason.setText("A mistake")
    dialog.yes.click()
    qtbot.waitUntil(lambda: "answer cafe source:7 take_back A mistake" in made._desk.service.began)


def test_a_row_that_is_gone_closes_the_pane(tab, qtbot):
    made = tab()

    def gone(name, row_id):
        raise KeyError(row_id)

    made._desk.service.document = gone
    made.table.selectRow(1)
    qtbot.waitUntil(made.pane.isHidden)


def test_by_the_keyboard_alone_the_pane_follows(tab, qtbot):
    from PySide6.QtCore import Qt

    made = tab()
    choose(made, qtbot)
    made.table.setFocus()
    qtbot.keyClick(made.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: made.pane.detail is not None and made.pane.detail.row.id == 2)
    assert replace(made.pane.detail, url="").row.source_number == "999999"


def test_esc_closes_the_chosen_document(show, qtbot):
    page = show(StandIn()).page
    page.tabs.setCurrentWidget(page.documents)
    qtbot.waitUntil(lambda: page.documents.model.read)
    page.documents.table.selectRow(0)
    qtbot.waitUntil(lambda: page.documents.pane.detail is not None)
    page.escape()
    assert page.documents.pane.isHidden()
    assert page.documents.table.chosen() == []
