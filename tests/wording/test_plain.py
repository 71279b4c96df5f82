"""Dates and amounts for a terminal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bridge_gui.wording.plain import amount, day, instant, shown


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("6200", "ISK", "6,200 ISK"),
        ("-1234.5", "EUR", "-1,234.50 EUR"),
        ("0.125", "EUR", "0.125 EUR"),
        ("1E+3", "ISK", "1,000 ISK"),
        ("12", "", "12.00"),
    ],
)
def test_amounts(value, currency, text):
    assert amount(Decimal(value), currency) == text


def test_days_and_instants():
    moment = datetime(2026, 11, 22, 14, 2, 59, tzinfo=UTC)
    assert day(date(2026, 11, 22)) == "2026-11-22"
    assert instant(moment) == moment.astimezone().strftime("%Y-%m-%d %H:%M")
    assert shown(moment.isoformat()) == instant(moment)
    assert shown("2026-11-22") == "2026-11-22"
    assert shown("9999-99-99T99:99:99+00:00") == "9999-99-99T99:99:99+00:00"
    assert [shown(value) for value in (None, 7, True, "x")] == ["", "7", "True", "x"]
