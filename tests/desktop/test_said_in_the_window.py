"""What the window says in a few words: until when a sync waits, what an order comes to, what is looked for again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QPushButton

from bridge_gui.desktop.action_seen import SeenView
from bridge_gui.desktop.health import result_line
from bridge_gui.store.rows import Outcome
from bridge_gui.sync.actions import Checked
from bridge_gui.sync.service import PreviewDocument
from tests.desktop.standin import NOW, StandIn, run


def test_a_sync_that_waits_says_until_when_and_who_goes_on(opened):
    service = StandIn()
    desk = opened(service)
    waits = replace(run(2, "esi2", Outcome.PAUSED), until=NOW + timedelta(minutes=5))
    when = desk.formats.when(NOW + timedelta(minutes=5), NOW)
    status = desk.status("esi2")
    assert status is not None
    for planned, told in (
        (NOW + timedelta(minutes=5), f"Paused, 37 documents sent. The rest goes by itself: {when}."),
        (None, f"Paused, 37 documents sent. The rest can go from {when}: sync again then."),
    ):
        desk.bridges = [replace(status, next_run=planned)]
        assert result_line(desk, waits)[2] == told


def test_what_an_order_is_about_stands_below_its_number(opened, qtbot):
    view = SeenView(opened(StandIn()))
    qtbot.addWidget(view)
    attached = PreviewDocument(
        kind="outside_invoice", number="INV-0001", party="Example Oy", day="2026-11-22", total=Decimal(5),
        currency="EUR", text="7: Spring campaign",
    )  # fmt: skip
    view.show_all([Checked(documents=(attached,))])
    assert "INV-0001 Example Oy\n7: Spring campaign" in [one.text() for one in view.findChildren(QLabel)]


def test_where_several_fit_one_looks_again_and_sends_nothing_again(show, qtbot):
    page = show(StandIn(steps=1)).page
    page.tabs.setCurrentWidget(page.attention)
    qtbot.waitUntil(lambda: page.attention.is_read)
    one = page.attention.model.rows[0]
    for choices, told in (
        (("use:D1", "use:D2", "send_again"), "Look again"),
        (("send_again",), "Send it again"),
    ):
        page.attention.model.load([replace(one, choices=choices)])
        page.attention.table.selectRow(0)
        page.attention._chosen()
        shown = [page.attention.answers.itemAt(at).widget() for at in range(page.attention.answers.count())]
        assert told in [part.text() for part in shown if isinstance(part, QPushButton)]
