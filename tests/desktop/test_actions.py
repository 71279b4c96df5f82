"""Panels as tabs, actions as buttons, menus and dialogs; all of it by keyboard too."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from bridge_gui.desktop.action_controls import shown_number, typed_number
from bridge_gui.desktop.action_dialog import ActionDialog
from bridge_gui.desktop.formats import Formats
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.sync.actions import How, Told, lines_in
from bridge_gui.sync.service import Offers
from bridge_gui.wording.catalogue import Catalogue
from tests.desktop.offering import ACTIONS, MORE_MESSAGES, PANELS, Offering
from tests.desktop.standin import MESSAGES

CREATE, VOID, PDF, LOOK = ACTIONS[:4]


@pytest.fixture
def service():
    return Offering()


@pytest.fixture
def page(service, desk, qtbot):
    doors = Doors(house=lambda: service, messages=lambda: (*MESSAGES, *MORE_MESSAGES))
    window = Window(desk, doors)
    window.show()
    with qtbot.waitSignal(desk.bridges_changed, timeout=5000):
        window.open_house()
    window.choose("cafe")
    shown = window.page
    qtbot.waitUntil(lambda: len(shown.offered.panels) == 3, timeout=5000)
    yield shown
    window.close()
    window.deleteLater()


@pytest.fixture
def deals(page, qtbot):
    panel = page.offered.panels["deals"]
    page.tabs.setCurrentWidget(panel)
    qtbot.waitUntil(lambda: panel.model.read, timeout=5000)
    return panel


def opened(panel, spec, qtbot):
    dialog = panel.bar.begin(spec)
    qtbot.waitUntil(lambda: dialog.go_button.isEnabled() or bool(dialog.note.words.text()), timeout=5000)
    return dialog


def test_a_bridges_panels_stand_after_its_documents(page):
    titles = [page.tabs.tabText(at).split("  ")[0] for at in range(page.tabs.count())]
    assert titles[titles.index("Documents") + 1 :][:3] == ["Deals", "Match", "Differing"]


def test_panels_of_one_kind_share_a_tab_and_each_is_searched_where_it_is(desk, qtbot):
    class Many(Offering):
        def offers(self, name):
            match = next(one for one in PANELS if one.key == "match")
            more = replace(match, key="items", title="Item pairs")
            return Offers(actions=ACTIONS, panels=(match, more))

        def panel_rows(self, name, panel, query, cancel):
            return super().panel_rows(name, "match", query, cancel)

    doors = Doors(house=Many, messages=lambda: (*MESSAGES, *MORE_MESSAGES))
    window = Window(desk, doors)
    window.show()
    window.open_house()
    qtbot.waitUntil(lambda: window.page is not None and len(window.page.offered.panels) == 2, timeout=5000)
    page = window.page
    titles = [page.tabs.tabText(at).split("  ")[0] for at in range(page.tabs.count())]
    assert titles[:3] == ["Overview", "Documents", "Pairs"]
    page.offered.show("items")
    group = page.tabs.currentWidget()
    assert (group.which.currentText(), group.front) == ("Item pairs", page.offered.panels["items"])
    qtbot.waitUntil(lambda: page.offered.panels["items"].is_read, timeout=5000)
    assert not page.offered.panels["match"].is_read, "one that nobody looked at is not read"
    page.search_here()
    assert page.offered.panels["items"].search.hasFocus() or not window.isActiveWindow()
    page.offered.panels["items"].search.setText("bean")
    page.escape()
    assert page.offered.panels["items"].search.text() == ""
    window.close()
    window.deleteLater()


def test_rows_are_read_page_by_page_and_searched(deals, service, qtbot):
    assert deals.model.rowCount() == 100
    assert deals.count.text() == "250 rows"
    deals.table.scrollToBottom()
    qtbot.waitUntil(lambda: deals.model.rowCount() == 200, timeout=5000)
    deals.search.setText("deal 24")
    qtbot.waitUntil(lambda: deals.model.rowCount() == 11, timeout=5000)
    assert service.asked[-1][:3] == ("rows", "deals", "deal 24")
    deals.search.setText("nobody")
    qtbot.waitUntil(lambda: deals.model.rowCount() == 0, timeout=5000)
    assert deals._stack.currentWidget() is deals.empty


def test_a_filter_the_bridge_lists_narrows_the_rows(deals, service, qtbot):
    stage = deals.filters["stage"]
    qtbot.waitUntil(lambda: stage.count() == 3, timeout=5000)
    stage.setCurrentIndex(2)
    qtbot.waitUntil(lambda: service.asked[-1][:4] == ("rows", "deals", "", {"stage": "s2"}), timeout=5000)
    qtbot.waitUntil(lambda: not deals.model.busy)


def test_the_chosen_row_is_shown_in_full(deals, qtbot):
    deals.table.selectRow(0)
    qtbot.waitUntil(deals.detail.isVisible, timeout=5000)
    assert [one.text() for one in deals.detail.findChildren(QPushButton)] == ["Open"]


def test_return_opens_the_dialog_and_it_is_filled_from_the_record(deals, qtbot):
    deals.table.selectRow(3)
    deals.table.setFocus()
    qtbot.keyClick(deals.table, Qt.Key.Key_Return)
    assert len(deals.window().findChildren(ActionDialog)) == 1, "the table and the panel both hear the key"
    dialog = deals.window().findChild(ActionDialog)
    qtbot.waitUntil(dialog.go_button.isEnabled, timeout=5000)
    assert dialog.heading.text() == "Invoice for D3"
    lines = dialog.form.lines["lines"]
    assert [row["price"].line.text() for row in lines.rows] == ["120.50", "75"]
    assert [row["total"].label.text() for row in lines.rows] == ["241.00", "75.00"]
    assert lines.rows[1]["item"]._sign.isVisible()
    assert not lines.rows[0]["item"]._sign.isVisible()
    assert "Total" in [one.text() for one in dialog.seen.findChildren(type(dialog.heading))]
    dialog.reject()


def test_each_edit_is_checked_and_just_what_was_seen_is_sent_once(deals, service, qtbot):
    deals.table.selectRow(0)
    dialog = opened(deals, CREATE, qtbot)
    lines = dialog.form.lines["lines"]
    price = lines.rows[1]["price"].line
    price.selectAll()
    qtbot.keyClicks(price, "80,25")
    assert not dialog.go_button.isEnabled()
    qtbot.waitUntil(dialog.go_button.isEnabled, timeout=5000)
    assert lines.rows[1]["total"].label.text() == "80.25"
    checks = [one for one in service.asked if one[0] == "check"]
    assert len(checks) == 2  # as filled, and once after five keys
    dialog.go()
    dialog.go()
    qtbot.waitUntil(lambda: bool(dialog.outcome[How.DONE].words.text()), timeout=5000)
    dialog.go()
    assert len(service.orders) == 1
    action, request, subject, answers, _confirmed = service.orders[0]
    assert (action, subject, bool(request)) == ("create", "D0", True)
    sent = lines_in(answers["lines"])
    assert [(row["price"], row["id"]) for row in sent] == [("120.50", "L1"), ("80.25", "L2")]
    assert dialog.outcome[How.DONE].words.text() == "Done: INV-7"
    dialog.reject()


def test_a_problem_stands_at_its_line_and_nothing_can_be_sent(deals, service, qtbot):
    deals.table.selectRow(0)
    dialog = opened(deals, CREATE, qtbot)
    lines = dialog.form.lines["lines"]
    lines.rows[0]["price"].line.selectAll()
    qtbot.keyClicks(lines.rows[0]["price"].line, "9000")
    qtbot.waitUntil(lambda: lines._wrong[0].text() == "No line may be over 5,000.", timeout=5000)
    assert not dialog.go_button.isEnabled()
    dialog.go()
    assert not service.orders
    dialog.reject()


def test_lines_are_added_searched_and_removed_by_keyboard(deals, service, qtbot):
    deals.table.selectRow(0)
    dialog = opened(deals, CREATE, qtbot)
    dialog.activateWindow()
    lines = dialog.form.lines["lines"]
    lines.add()
    assert len(lines.rows) == 3
    control = lines.rows[2]["item"]
    control.line.setFocus()
    qtbot.keyClicks(control.line, "filter")
    qtbot.waitUntil(lambda: control.offered == ["Filter papers  1002"], timeout=5000)
    control._picked("Filter papers  1002")
    assert (control.value(), control._sign.isVisible()) == ("I2", False)
    assert control.line.accessibleName() == "Item, line 3"
    control.line.setText("something else")
    control._left()
    assert control.value() == "I2"
    lines.remove(2)
    lines.remove(0)
    assert [row["text"] for row in lines.value()] == ["Descaling"]
    qtbot.waitUntil(dialog.go_button.isEnabled, timeout=5000)
    dialog.reject()


def test_a_refused_order_can_be_mended_and_is_a_new_one(deals, service, qtbot):
    service.tells = Told(how=How.REFUSED, code="deal.paid", params={"number": "INV-7"})
    deals.table.selectRow(0)
    dialog = opened(deals, CREATE, qtbot)
    dialog.go()
    qtbot.waitUntil(lambda: bool(dialog.outcome[How.REFUSED].words.text()), timeout=5000)
    assert dialog.outcome[How.REFUSED].words.text() == "INV-7 is paid and stays as it is."
    service.tells = Told(how=How.DONE)
    dialog.go()
    qtbot.waitUntil(lambda: bool(dialog.outcome[How.DONE].words.text()), timeout=5000)
    assert service.orders[0][1] != service.orders[1][1]
    dialog.reject()


def test_several_rows_are_ordered_together_and_each_as_filled(deals, service, qtbot):
    deals.table.selectRow(0)
    deals.table.selectionModel().select(
        deals.model.index(2, 0), deals.table.selectionModel().SelectionFlag.Select | deals.table.selectionModel().SelectionFlag.Rows
    )  # fmt: skip
    dialog = opened(deals, CREATE, qtbot)
    assert list(dialog.form.controls) == ["day", "due"], "what is asked once for all of them"
    dialog.form.controls["day"].widget.setDate(QDate(2026, 12, 24))
    qtbot.waitUntil(lambda: dialog.is_settled and dialog.go_button.isEnabled(), timeout=5000)
    dialog.go()
    qtbot.waitUntil(lambda: len(service.orders) == 2, timeout=5000)
    told = {"day": "2026-12-24"}
    assert [(one[2], one[3]) for one in service.orders] == [("D0", told), ("D2", told)]
    assert len({one[1] for one in service.orders}) == 2
    qtbot.waitUntil(lambda: bool(dialog.outcome[How.DONE].words.text()), timeout=5000)
    dialog.reject()


@pytest.fixture
def documents(page, qtbot):
    page.tabs.setCurrentWidget(page.documents)
    qtbot.waitUntil(lambda: page.documents.model.read, timeout=5000)
    return page


def test_documents_have_a_bar_and_a_menu_that_say_why_not(documents, qtbot):
    bar, table, model = documents.offered.bar, documents.documents.table, documents.documents.model
    assert not any(one.isEnabled() for one in bar.buttons.values())
    rows = {
        model.row(at).state: at for at in range(60) if model.row(at) is not None and model.row(at).target_id
    }
    assert rows, "the stand-in has no documents that are there"
    state, at = next(iter(rows.items()))
    table.selectRow(at)
    fits = VOID.fits("", state)
    assert bar.buttons["void"].isEnabled() is fits
    entries = {entry.text(): entry for entry in bar.menu().actions()}
    assert list(entries) == ["Void", "Save PDF ...", "Open in the books"]
    assert entries["Void"].isEnabled() is fits
    assert bool(entries["Void"].toolTip() != "Void" and bar.why_not(VOID)) is not fits


def test_nothing_is_done_with_a_choice_that_holds_what_is_not_there_yet(documents):
    bar, table, model = documents.offered.bar, documents.documents.table, documents.documents.model
    table.selectAll()
    assert any(model.row(at) is not None and not model.row(at).target_id for at in range(60))
    assert not any(one.isEnabled() for one in bar.buttons.values())


def test_what_can_be_done_is_looked_at_again_once_the_rows_are_read_again(documents, qtbot, monkeypatch):
    looked = []
    monkeypatch.setattr(documents.offered.bar, "choose", looked.append)
    documents.documents.refresh()
    qtbot.waitUntil(lambda: len(looked) > 0, timeout=5000)
    assert looked[-1] == []


def choose(page, state="posted"):
    from bridge_gui.desktop.actions import Chosen

    page.offered.bar.choose([Chosen("#7", "invoice", state, "INV-7")])
    return page.offered.bar


def test_what_cannot_be_undone_is_read_and_agreed_to_first(documents, service, qtbot):
    dialog = choose(documents).begin(VOID)
    qtbot.waitUntil(dialog.confirm.isVisible, timeout=5000)
    assert dialog.warning.words.text() == "A voided document stays void; its number is not used again."
    assert dialog.heading.text() == "Void: INV-7"
    assert not dialog.go_button.isEnabled()
    dialog.confirm.setFocus()
    qtbot.keyClick(dialog.confirm, Qt.Key.Key_Space)
    assert dialog.go_button.isEnabled()
    dialog.go()
    qtbot.waitUntil(lambda: len(service.orders) == 1, timeout=5000)
    assert service.orders[0][2:] == ("#7", {}, True)
    qtbot.waitUntil(lambda: bool(dialog.outcome[How.DONE].words.text()), timeout=5000)
    dialog.reject()


def test_why_not_is_said_in_the_bridges_words(documents):
    assert choose(documents, "paid").why_not(VOID) == "INV-7 is paid and stays as it is."


def test_a_file_goes_where_the_user_says_and_an_address_to_the_browser(documents, service, qtbot, tmp_path):
    bar, visited = choose(documents), []
    bar._where, bar._visit = (lambda _parent, name: str(tmp_path / name)), visited.append
    bar.begin(PDF)
    qtbot.waitUntil(lambda: bar.told.text().startswith("Saved as"), timeout=5000)
    assert (tmp_path / "INV-7.pdf").read_bytes() == b"%PDF-1"
    bar.begin(LOOK)
    qtbot.waitUntil(lambda: visited == ["https://books.example/7"], timeout=5000)


def test_sure_pairs_are_taken_others_only_by_choice_and_kept_once(page, service, qtbot):
    panel = page.offered.panels["match"]
    page.tabs.setCurrentWidget(panel)
    qtbot.waitUntil(lambda: panel.is_read, timeout=5000)
    assert [(one["left"], one["right"]) for one in panel.chosen()] == [("L1", "R1")]
    assert panel.count.text() == "1 of 4 are chosen"
    lines = {one.accessibleName(): one for one in panel.findChildren(QLineEdit)}
    last = lines["Counterpart of Nobody knows A/S"]
    gc.collect()
    last.setFocus()
    qtbot.keyClicks(last, "grind")
    qtbot.waitUntil(lambda: ("search", "match", "grind") in service.asked, timeout=5000)
    qtbot.waitUntil(lambda: last.completer().model().rowCount() == 1, timeout=5000)
    last.setText("Grinder service  2001")
    last.editingFinished.emit()
    assert [(one["left"], one["right"]) for one in panel.chosen()] == [("L1", "R1"), ("L4", "I3")]
    panel.keep()
    panel.keep()
    qtbot.waitUntil(lambda: panel.keeper.good.words.text() == "Done", timeout=5000)
    assert len(service.orders) == 1
    assert list(lines_in(service.orders[0][3]["pairs"])[1].values()) == ["L4", "I3", "Nobody knows A/S"]


def test_a_record_that_differs_is_answered_field_by_field(page, service, qtbot):
    panel = page.offered.panels["differ"]
    page.tabs.setCurrentWidget(panel)
    qtbot.waitUntil(lambda: panel.current is not None, timeout=5000)
    assert panel.buttons["phone", "left"].isChecked()
    assert not panel.keep_button.isEnabled()  # the address has no answer yet
    panel.buttons["street", "left"].setFocus()
    qtbot.keyClick(panel.buttons["street", "left"], Qt.Key.Key_Space)
    assert panel.keep_button.isEnabled()
    panel.keep()
    qtbot.waitUntil(lambda: panel.keeper.good.words.text() == "Done", timeout=5000)
    answers = service.orders[0][3]
    assert lines_in(answers["sides"]) == [
        {"field": "phone", "side": "left"}, {"field": "street", "side": "left"},
    ]  # fmt: skip
    assert answers["shown"] == "s1"


def test_everything_that_can_be_pressed_has_a_name(page, deals, qtbot):
    deals.table.selectRow(0)
    dialog = opened(deals, CREATE, qtbot)
    for widget in (dialog, deals, page.offered.panels["match"], page.offered.panels["differ"]):
        nameless = [
            one for one in (*widget.findChildren(QPushButton), *widget.findChildren(QLineEdit))
            if not one.accessibleName() and one.parent().metaObject().className() not in ("QComboBox", "DayEdit")
            and not one.objectName().startswith("qt_")
        ]  # fmt: skip
        assert not nameless, [(one, one.text()) for one in nameless]
    dialog.reject()


@pytest.mark.parametrize(
    ("locale", "typed", "kept"),
    [
        ("en_GB", "1,234.50", "1234.50"),
        ("en_GB", "12,5", "12.5"),
        ("en_GB", "1,234", "1234"),
        ("da_DK", "1.234,50", "1234.50"),
        ("da_DK", "12.5", "12.5"),
        ("da_DK", "1.234", "1234"),
        ("da_DK", "12,345", "12.345"),
        ("fi_FI", "1\u00a0234,5", "1234.5"),
        ("da_DK", "-7,25", "-7.25"),
        ("en_GB", "twelve", "twelve"),
    ],
)
def test_a_number_is_taken_as_the_users_system_writes_it(desk, locale, typed, kept):
    desk.formats = Formats(Catalogue(), QLocale(locale))
    assert typed_number(desk, typed) == kept
    if kept[-1].isdigit():
        assert typed_number(desk, shown_number(desk, kept)) == kept


def test_of_many_actions_only_those_that_fit_have_a_button(desk, qtbot):
    from bridge_gui.desktop.actions import SIDE_BY_SIDE, Actions, Chosen

    many = [
        replace(VOID, key=f"void{at}", states=("posted",) if at else ("paid",))
        for at in range(SIDE_BY_SIDE + 1)
    ]
    bar = Actions(desk, "cafe", many)
    qtbot.addWidget(bar)
    assert all(one.isHidden() for one in bar.buttons.values())
    assert bar.told.text() == "Choose a row to see what can be done with it."
    bar.choose([Chosen("#7", "invoice", "paid", "INV-7")])
    assert [key for key, one in bar.buttons.items() if not one.isHidden()] == ["void0"]
    assert bar.told.text() == ""
    assert len(bar.menu().actions()) == len(many), "the menu has all, with why not"
