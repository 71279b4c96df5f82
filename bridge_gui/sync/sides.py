"""The two contents of a link side by side, field by field, as a person can read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from msgspec import Struct

from bridge_gui.store.rows import LinkRow


class Side(Struct, frozen=True, kw_only=True):
    """One field: its name (dotted, lines counted from 1), and what each side holds, None where nothing."""

    field: str
    sales: str | None
    books: str | None

    @property
    def differs(self) -> bool:
        """Whether both hold something, and not the same."""
        return self.sales is not None and self.books is not None and self.sales != self.books


def sides_of(link: LinkRow, names: Mapping[str, str]) -> tuple[Side, ...]:
    """Both sides as last read; `names` are those of ids (accounts) that stand in them."""
    sales, books = _fields(link.source_content, names), _fields(link.target_content, names)
    fields = [*sales, *(field for field in books if field not in sales)]
    return tuple(Side(field=field, sales=sales.get(field), books=books.get(field)) for field in fields)


def _fields(content: bytes | None, names: Mapping[str, str]) -> dict[str, str]:
    """The fields of a content that hold something; a line is one field."""
    if not content:
        return {}
    try:
        decoded = msgspec.json.decode(content)
    except msgspec.DecodeError:
        return {}
    return dict(_walked("", decoded, names))


def _walked(at: str, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _walked(f"{at}.{key}" if at else key, inside, names)
    elif isinstance(value, list):
        for number, line in enumerate(value, 1):
            text = " · ".join(_leaves(line, names))
            if text:
                yield f"{at.removesuffix('s')} {number}", text
    elif value not in (None, "", False):
        yield at, _shown(value, names)


def _leaves(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    """Everything a line holds, in its own order."""
    if isinstance(value, (dict, list)):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inside, names)
    elif value not in (None, "", "0") and not isinstance(value, bool):
        yield _shown(value, names)


def _shown(value: Any, names: Mapping[str, str]) -> str:
    """A value as text: a name for an id, a number without needless digits."""
    text = str(value)
    if text in names:
        return names[text]
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or (len(text) > 1 and text[0] == "0" and "." not in text):
        return text
    return f"{number.normalize():f}" if "." in text else text
