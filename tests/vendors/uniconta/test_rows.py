"""Fields as they come: missing, in another form, or wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.uniconta import rows


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (" a \r\n b ", "a \n b"),
        (None, ""),
        (57, "57"),
        (Decimal("1.50"), "1.5"),
        ("", ""),
        (Decimal("100.0"), "100"),
        (Decimal("0.00"), "0"),
        ("0001-01-01T00:00:00", ""),
    ],
)
def test_texts(value, said):
    assert rows.text({"x": value}, "x") == said


@pytest.mark.parametrize("value", [True, [], {}])
def test_a_text_of_another_kind(value):
    with pytest.raises(VendorChanged) as caught:
        rows.text({"x": value}, "x")
    assert caught.value.params["path"] == "$[].x"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_text_that_must_be_there(value):
    with pytest.raises(VendorChanged):
        rows.needed({"x": value}, "x")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, "7"), (Decimal("0.10"), "0.10"), ("12.5", "12.5"), ("12,50", "12.50"), ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"), ("1.234.567", "1234567"), ("-3,5", "-3.5"), ("1 234,5", "1234.5"),
    ],
)  # fmt: skip
def test_numbers(value, number):
    assert rows.number({"x": value}, "x") == Decimal(number)


@pytest.mark.parametrize("value", [True, "ti", "1e5", [], Decimal(10) ** 20, Decimal("NaN"), "--1", "."])
def test_no_numbers(value):
    with pytest.raises(VendorChanged):
        rows.number({"x": value}, "x")


def test_no_number_is_nothing_or_zero():
    assert rows.number({}, "x") is None
    assert rows.amount({"x": ""}, "x") == 0
    with pytest.raises(VendorChanged):
        rows.needed_number({}, "x")


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, True), ("false", False), (1, True), ("0", False), (None, False), ("", False), ("True", True)],
)
def test_flags(value, said):
    assert rows.flag({"x": value}, "x") is said


def test_a_flag_of_another_kind():
    with pytest.raises(VendorChanged):
        rows.flag({"x": "måske"}, "x")


def test_days_and_instants():
    row = {
        "a": "2026-04-01T00:00:00",
        "b": "0001-01-01T00:00:00",
        "c": "2026-04-01",
        "d": "2026-04-01T23:30:00Z",
    }
    assert [rows.day(row, name) for name in "abcde"] == [
        date(2026, 4, 1), None, date(2026, 4, 1), date(2026, 4, 1), None,
    ]  # fmt: skip
    assert rows.instant(row, "a") == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert rows.instant(row, "d") == datetime(2026, 4, 1, 23, 30, tzinfo=UTC)
    assert rows.instant(row, "b") is None


@pytest.mark.parametrize("value", ["i dag", 20260401, True])
def test_no_days(value):
    with pytest.raises(VendorChanged):
        rows.day({"x": value}, "x")
