"""What a person decides in the window: answers with their reason, and documents put off in a preview."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from bridge_gui.desktop.deciding import Deciding
from bridge_gui.desktop.preview import PreviewWindow
from bridge_gui.desktop.preview_pick import SEND
from bridge_gui.errors import BridgeError
from tests.desktop.standin import StandIn


@pytest.fixture
def attention(show, qtbot):
    window = show(StandIn(steps=1))
    page = window.page
    page.tabs.setCurrentWidget(page.attention)
    qtbot.waitUntil(lambda: page.attention.is_read)
    page.attention.table.selectRow(0)
    return page.attention


def answers(attention):
    parts = [attention.answers.itemAt(at).widget() for at in range(attention.answers.count())]
    return {part.text(): part for part in parts if isinstance(part, QPushButton)}


def dialog(attention, text):
    answers(attention)[text].click()
    return attention.findChild(Deciding)


def test_an_answer_that_needs_no_reason_is_given_at_once(attention, qtbot):
    answers(attention)["Try again"].click()
    qtbot.waitUntil(lambda: "answer esi2 source 0 try_again" in attention._desk.service.began)
    qtbot.waitUntil(attention.note.isVisible)
    assert attention.note.text() == "10549: Try again. The next sync goes by it."
    attention._desk.sync("esi2")
    qtbot.waitUntil(attention.note.isHidden)


def test_an_answer_that_could_not_be_kept_is_not_said_to_be_taken(attention, qtbot, monkeypatch):
    def refuse(*_told):
        raise BridgeError("store.busy")

    monkeypatch.setattr(attention._desk.service, "answer", refuse)
    with qtbot.waitSignal(attention._desk.ended, timeout=5000):
        answers(attention)["Try again"].click()
    qtbot.waitUntil(lambda: not attention._desk.runner.busy("esi2"))
    attention.refresh()
    qtbot.wait(100)
    assert attention.note.isHidden()


def test_never_needs_a_reason(attention, qtbot):
    asked = dialog(attention, "Never send this ...")
    assert not asked.document.isVisible()
    assert not asked.yes.isEnabled()
    qtbot.keyClicks(asked.reason, "  ")
    assert not asked.yes.isEnabled()
    qtbot.keyClicks(asked.reason, "A test sale")
    qtbot.keyClick(asked.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "answer esi2 source 0 skip A test sale" in attention._desk.service.began)


def test_by_hand_needs_the_document_too(attention, qtbot):
    asked = dialog(attention, "I booked this by hand ...")
    qtbot.keyClicks(asked.reason, "Typed in")
    assert not asked.yes.isEnabled()
    qtbot.keyClicks(asked.document, " F-77 ")
    asked.yes.click()
    qtbot.waitUntil(lambda: "answer esi2 source 0 by_hand Typed in F-77" in attention._desk.service.began)


def test_cancel_decides_nothing(attention, qtbot):
    asked = dialog(attention, "Never send this ...")
    qtbot.keyClicks(asked.reason, "Oh")
    asked.no.click()
    qtbot.wait(50)
    assert attention._desk.service.began == []


def test_the_messages_own_button_leads_where_it_says(show, qtbot, monkeypatch):
    from bridge_gui.desktop import attention as module

    monkeypatch.setitem(module.LEADS, "Choose an account", "mappings")
    page = show(StandIn()).page
    page.tabs.setCurrentWidget(page.attention)
    qtbot.waitUntil(lambda: page.attention.is_read)
    page.attention.table.selectRow(1)
    answers(page.attention)["Choose an account"].click()
    assert page.tabs.currentWidget() is page.mappings


@pytest.fixture
def preview(show, qtbot):
    page = show(StandIn(steps=1, preview_documents=5)).page
    page.preview()
    qtbot.waitUntil(lambda: page.findChildren(PreviewWindow) != [])
    return page.findChildren(PreviewWindow)[0]


def test_an_unticked_document_waits_for_the_next_sync(preview, qtbot):
    service = preview._desk.service
    table, model = preview.table, preview.model
    place = table.visualRect(model.index(1, SEND)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.data(model.index(1, SEND), Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Unchecked
    assert model.data(model.index(1, SEND)) == "Not now"
    assert preview.title.text() == "4 of 5 documents would be sent"
    preview.sync_button.click()
    qtbot.waitUntil(lambda: "esi2" in service.began)
    assert service.not_now == {("orders", "o1")}


def test_ticks_leave_headings_and_figures_where_they_were(preview):
    model = preview.model
    heads = [model.heading(column) for column in range(model.columnCount())]
    assert heads == ["Send", "Date", "Kind", "Number", "Content", "VAT", "Amount, ISK"]
    cells = [model.cell(0, column) for column in range(model.columnCount())]
    assert [cell.text for cell in cells][1:] == [
        "22/11/2026", "Journal entry", "10553",
        "7710 Card settlements, Valitor, 7610 Cash in till, 1010 Sales 24 %", "1,200", "6,200",
    ]  # fmt: skip
    assert [cell.right for cell in cells] == [False] * 5 + [True] * 2
    assert preview.model.line(0).startswith("Send\t22/11/2026")


def test_the_space_bar_unticks_what_is_chosen_and_nothing_left_cannot_be_sent(preview, qtbot):
    preview.table.selectAll()
    qtbot.keyClick(preview.table, Qt.Key.Key_Space)
    assert len(preview.model.not_now) == 5
    assert not preview.sync_button.isEnabled()
    qtbot.keyClick(preview.table, Qt.Key.Key_Space)
    assert not preview.model.not_now
    assert preview.sync_button.isEnabled()
    assert preview.title.text() == "5 documents would be sent"


def test_what_is_made_of_one_source_is_put_off_together(preview):
    from msgspec.structs import replace

    rows = list(preview.model.rows)
    preview.model.rows = [rows[0], replace(rows[1], source=rows[0].source), *rows[2:]]
    preview.model.toggle([0])
    assert len(preview.model.sent()) == 3


def test_which_of_several_it_is_is_said_by_name(attention, qtbot):
    first = attention.model.rows[0]
    choices = ("use:customer-6", "use:customer-7", "make_new", "try_again", "leave_as_is")
    params = {**first.params, "called:customer-6": "A long name " * 9, "called:customer-7": "Example AS"}
    attention._offer(replace(first, choices=choices, params=params, by_hand=False), "")
    which = attention.answers.itemAt(0).widget()
    assert which.itemText(1) == "It is Example AS (7)"
    assert which.sizeHint().width() > which.maximumWidth(), (
        "however long a name is, the buttons stay in sight"
    )
    named = answers(attention)
    assert list(named) == ["Take this one", "Make a new one", "Try again", "Leave it as it is there"]
    which.setCurrentIndex(1)
    named["Take this one"].click()
    qtbot.waitUntil(lambda: "answer esi2 source 0 use:customer-7" in attention._desk.service.began)
