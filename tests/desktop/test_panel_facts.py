"""Facts of a chosen row: days and amounts as the user's own system writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel

from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.panel_detail import DetailView
from bridge_gui.sync.panels import Detail, Sum
from bridge_gui.wording.catalogue import Catalogue

DAY, WORTH = date(2026, 11, 3), Sum(Decimal("12500.5"), "NOK")
FACTS = (("Paid on", DAY), ("Total", WORTH), ("Instalment", (DAY, WORTH)), ("Comment", "Ring først"))


@pytest.mark.parametrize(
    ("locale", "day", "worth"),
    [
        ("en_GB", "03/11/2026", "12,500.50 NOK"),
        ("fi_FI", "3.11.2026", "12\N{NO-BREAK SPACE}500,50 NOK"),
        ("ro_RO", "03.11.2026", "12.500,50 NOK"),
    ],
)
def test_days_and_amounts_are_written_as_in_the_users_country(qtbot, locale, day, worth):
    desk = make_desk(
        make_application(), dark=False, locale=QLocale(locale), words=Catalogue(),
        now=lambda: datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    view = DetailView(desk, lambda _address: None)
    qtbot.addWidget(view)
    view.show_detail(Detail(facts=FACTS, history=(("2026-11-03", "Sent"),)))
    said = [one.text() for one in view.findChildren(QLabel)]
    for wanted in (day, worth, f"{day}, {worth}", "Ring først"):
        assert wanted in said
    assert said[said.index("Sent") - 1] == day
    desk.close()
