"""Any field's value as the text a person reads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.vendors.pipedrive.payloads import FieldAnswer, OptionAnswer
from bridge_gui.vendors.pipedrive.texts import shows, text_of, texts_of

OPTIONS = (OptionAnswer(id=3, label="Kulta"), OptionAnswer(id="won", label="Voitettu"))


def field(kind="varchar", code="x", optional=False, options=None):
    return FieldAnswer(
        field_name="X", field_code=code, field_type=kind, is_custom_field=True, is_optional_response_field=optional,
        options=options,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("varchar", " FI123 ", "FI123"),
        ("varchar", None, ""),
        ("double", Decimal("10.50"), "10.5"),
        ("double", Decimal("1E+3"), "1000"),
        ("int", 7, "7"),
        ("monetary", {"value": Decimal("500.00"), "currency": "EUR"}, "500 EUR"),
        ("monetary", {"value": None, "currency": "EUR"}, ""),
        ("enum", 3, "Kulta"),
        ("enum", 99, "99"),
        ("enum", {"id": 3, "label": "Kulta"}, "Kulta"),
        ("status", "won", "Voitettu"),
        ("set", [3, 99], "Kulta, 99"),
        ("set", [], ""),
        ("date", "2026-11-20", "2026-11-20"),
        ("daterange", {"value": "2026-11-20", "until": "2026-12-01"}, "2026-11-20 - 2026-12-01"),
        ("time", {"value": "09:00:00", "timezone_name": "Europe/Helsinki"}, "09:00:00"),
        ("address", {"value": "Katu 1, Helsinki", "locality": "Helsinki"}, "Katu 1, Helsinki"),
        ("phone", [{"value": "", "primary": True}, {"value": "+358 1", "primary": False}], "+358 1"),
        ("boolean", True, ""),
        ("json", {"odd": {"deep": 1}}, ""),
    ],
)
def test_a_value_as_text(kind, value, text):
    assert text_of(value, field(kind, options=OPTIONS)) == text


@pytest.mark.parametrize(
    ("kind", "shown"), [("varchar", True), ("address", True), ("enum", True), ("user", False), ("org", False)]
)
def test_what_points_elsewhere_is_no_text(kind, shown):
    assert shows(field(kind)) is shown
    assert not shows(field(kind, optional=True))


def test_a_custom_field_goes_before_a_built_in_one_of_the_same_name():
    record = {"x": "built in", "y": "Y", "custom_fields": {"x": "own", "z": None}}
    fields = (field(), field(code="y"), field(code="z"), field(code="not there"))
    assert texts_of(record, fields) == {"x": "own", "y": "Y"}
    assert texts_of({"x": "built in", "custom_fields": None}, fields) == {"x": "built in"}
