"""Is this an answer to that question? One check for the wizard and for answers from a file."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bridge_gui.errors import SetupError
from bridge_gui.sync.specs import Field, FieldKind

_YES, _NO = "yes", "no"
TODAY = "today"
DIGITS = 15


def checked(place: str, asked: Field, value: Any) -> Any:
    """The answer in the form that is kept, or `SetupError` naming the place and what is expected."""
    if asked.kind is FieldKind.MAPPING:
        return _table(place, value)
    text = _named_columns(place, asked.parts, value) if asked.parts else _KINDS[asked.kind](place, value)
    if not text and asked.required and asked.default is None:
        raise SetupError("answers.empty", key=place, label=asked.label)
    if text and asked.pattern and not re.fullmatch(asked.pattern, text):
        raise SetupError("answers.pattern", key=place, label=asked.label, wrong=asked.wrong)
    keys = [choice.key for choice in asked.choices]
    if text and keys and text not in keys:
        raise SetupError("answers.choice", key=place, label=asked.label, choices=", ".join(keys))
    return text


def _text(place: str, value: Any) -> str:
    """One line of text."""
    if not isinstance(value, str):
        raise SetupError("answers.type", key=place, expected="text")
    return value.strip()


def _day(place: str, value: Any) -> str:
    """A day, as 2026-11-20, or "today"."""
    if type(value) is date:
        return value.isoformat()
    if value in ("", TODAY):
        return str(value)
    try:
        return date.fromisoformat(_text(place, value)).isoformat()
    except ValueError as error:
        raise SetupError("answers.type", key=place, expected="a day such as 2026-11-20") from error


def _number(place: str, value: Any) -> str:
    """A number, exact."""
    if value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise SetupError("answers.type", key=place, expected="a number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise SetupError("answers.type", key=place, expected="a number") from error
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise SetupError("answers.type", key=place, expected="a number")
    return format(number, "f")


def _flag(place: str, value: Any) -> str:
    """Yes or no."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if value in (_YES, _NO):
        return str(value)
    raise SetupError("answers.type", key=place, expected="true or false")


def _table(place: str, value: Any) -> dict[str, str]:
    """Pairs of texts."""
    pairs = isinstance(value, dict) and all(
        isinstance(left, str) and isinstance(right, str) for left, right in value.items()
    )
    if not pairs:
        raise SetupError("answers.type", key=place, expected="a table of pairs")
    return {left.strip(): right.strip() for left, right in value.items()}


def _columns(place: str, value: Any) -> str:
    """Which column is what: day=Dags.; account=Lykill; debit=Debet; credit=Kredit."""
    from bridge_gui.sync.files.layout import from_text

    text = _text(place, value)
    if text:
        from_text(text)
    return text


def _named_columns(place: str, parts: tuple[str, ...], value: Any) -> str:
    """Which column is what, where a file has columns of its own."""
    from bridge_gui.sync.files.layout import pieces

    text = _text(place, value)
    pieces(text, parts)
    return text


_KINDS = {
    FieldKind.TEXT: _text,
    FieldKind.SECRET: _text,
    FieldKind.SIGN_IN: _text,
    FieldKind.CHOICE: _text,
    FieldKind.DATE: _day,
    FieldKind.NUMBER: _number,
    FieldKind.FLAG: _flag,
    FieldKind.LINES: _text,
    FieldKind.COLUMNS: _columns,
}
