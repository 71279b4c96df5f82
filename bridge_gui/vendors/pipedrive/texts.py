"""Any field of a record as text a person reads, whatever its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.money import plain
from bridge_gui.vendors.pipedrive.payloads import FieldAnswer

# What points at other records, at pictures or at rights says nothing as text.
_NOT_TEXT = frozenset(
    {
        "user", "org", "people", "deal", "deals", "lead", "project", "stage", "activity", "json", "picture",
        "visible_to", "price_list", "projects_board", "projects_phase",
    }
)  # fmt: skip
# QUIRK: a list in a v2 record may bear its v1 name among the definitions (pipedrive.md 3.3, doc).
_NAMES_IN_RECORDS = {"email": "emails", "phone": "phones"}


def shows(field: FieldAnswer) -> bool:
    """Whether a field comes with every record and can be shown as text."""
    return field.field_type not in _NOT_TEXT and not field.is_optional_response_field


def texts_of(record: Mapping[str, Any], fields: Iterable[FieldAnswer]) -> dict[str, str]:
    """The fields of one record as text by their codes, empty ones left out."""
    custom = record.get("custom_fields") or {}
    found = {
        field.field_code: text_of(_value(record, custom, field.field_code), field)
        for field in fields
        if shows(field)
    }
    return {code: text for code, text in found.items() if text}


def text_of(value: Any, field: FieldAnswer) -> str:
    """One value as text; an option that is no longer offered is shown by its id (pipedrive.md 3.4)."""
    if isinstance(value, list):
        return _of_list(value, field)
    if isinstance(value, dict):
        return _of_parts(value)
    labels = {str(option.id): option.label for option in field.options or ()}
    text = _scalar(value)
    return labels.get(text, text)


def _value(record: Mapping[str, Any], custom: Any, code: str) -> Any:
    if isinstance(custom, dict) and code in custom:
        return custom[code]
    return record.get(code, record.get(_NAMES_IN_RECORDS.get(code, code)))


def _of_list(values: list[Any], field: FieldAnswer) -> str:
    """The primary one of addresses and numbers, else all, one after the other."""
    parts = [value for value in values if isinstance(value, dict) and "value" in value]
    if parts:
        ranked = sorted(parts, key=lambda part: part.get("primary") is not True)
        return next((text for part in ranked if (text := _scalar(part["value"]))), "")
    return ", ".join(text for value in values if (text := text_of(value, field)))


def _of_parts(parts: Mapping[str, Any]) -> str:
    """Money with its currency, a range with both ends, an address as it was written, an option's label."""
    if "label" in parts and "value" not in parts:
        return _scalar(parts["label"])
    text = _scalar(parts.get("value"))
    if text and parts.get("currency"):
        return f"{text} {_scalar(parts['currency'])}"
    until = _scalar(parts.get("until"))
    return f"{text} - {until}" if until else text


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return str(value).strip()
