"""The column a search looks through: a row's texts in one, without regard to case in any language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Table, func, literal

LINK_TEXTS = ("number", "target_number", "party")
SOURCE_TEXTS = ("number", "party")


def folded(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """These texts of a row in one."""
    return "\n".join(str(values.get(name) or "") for name in names).casefold()


def refolded(table: Table, names: tuple[str, ...], values: dict[str, Any]) -> dict[str, Any]:
    """The values of an update, with what the search looks through if one of its texts changes."""
    if not any(name in values for name in names):
        return values
    texts: list[ColumnElement[str]] = [
        literal(values[name] or "") if name in values else table.c[name] for name in names
    ]
    return {**values, "search": func.casefold(reduce(lambda one, next_: one + "\n" + next_, texts))}
