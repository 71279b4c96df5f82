"""Dates and amounts by locale, exact."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from bridge_gui.desktop.formats import Formats
from bridge_gui.wording.catalogue import Catalogue


def formats(locale: str) -> Formats:
    return Formats(Catalogue(), QLocale(locale))


@pytest.mark.parametrize(
    ("locale", "value", "currency", "shown"),
    [
        ("is_IS", "1234567", "ISK", "1.234.567"),
        ("is_IS", "-12400", "ISK", "-12.400"),
        ("en_GB", "-1234.5", "EUR", "-1,234.50"),
        ("de_CH", "1234.5", "CHF", "1'234.50"),
        ("en_US", "0.005", "USD", "0.005"),
        ("en_US", "12345678901234.56", "USD", "12,345,678,901,234.56"),
        ("is_IS", "12.5", "ISK", "12,5"),
    ],
)
def test_amounts(locale, value, currency, shown):
    assert formats(locale).amount(Decimal(value), currency).replace("\u2212", "-") == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("is_IS", "22.11.2026"), ("en_GB", "22/11/2026"), ("sv_SE", "2026-11-22"), ("en_US", "11/22/2026")],
)
def test_days_have_four_figures_for_the_year(locale, shown):
    assert formats(locale).day(date(2026, 11, 22)) == shown


def test_instants_as_one_says_them():
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    made = formats("en_GB")
    assert made.when(now, now).startswith("today ")
    assert made.when(now - timedelta(days=1), now).startswith("yesterday ")
    assert made.when(now + timedelta(days=1), now).startswith("tomorrow ")
    assert made.when(now - timedelta(days=9), now).startswith("13/11/2026 ")


def test_durations_rates_and_parameters():
    made = formats("is_IS")
    assert [made.duration(seconds) for seconds in (3, 62, 250)] == [
        "under a minute",
        "about 1 minute",
        "about 4 minutes",
    ]
    assert made.rate(Decimal("25.50")) == "25,5 %"
    assert made.rate(Decimal(24)) == "24 %"
    assert made.rate(Decimal(0)) == "0 %"
    assert made.shown("2026-11-22") == "22.11.2026"
    assert made.shown("10553") == "10553"
    assert made.shown(None) == ""
    assert made.shown(7) == "7"
    assert made.shown("2026-11-22T14:00:00+00:00").startswith("22.11.2026 ")
