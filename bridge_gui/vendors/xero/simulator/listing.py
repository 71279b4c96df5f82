"""Reading a collection: changed since, filters, order, pages.

Facts: xero.md sections 3 (pagination), 3.2 and 3.4 (parameters). Inferred: without `order` rows come as they
were made; a page past the end is empty; a page size outside 1 to 1000 is brought to its nearer end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Condition, Doc, Table
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import envelope, same_id, since, unparsed
from bridge_gui.vendors.xero.simulator.where import plain, predicate, value_of

Dress = Callable[[Doc], Doc]


def told(name: str) -> str:
    """A query parameter; names are read without regard to case."""
    return next((value for key, value in request.args.items() if key.lower() == name.lower()), "")


def chosen(name: str) -> list[str]:
    """A comma list's parts."""
    return [part.strip() for part in told(name).split(",") if part.strip()]


def flag(name: str) -> bool:
    """Whether a parameter says true."""
    return told(name).lower() == "true"


def guids(name: str) -> list[str]:
    """A comma list of GUIDs."""
    return [same_id(part) for part in chosen(name)]


def whole(name: str, usual: int) -> int:
    """A parameter that is a whole number."""
    text = told(name)
    if not text:
        return usual
    if not text.isdigit():
        raise unparsed(f"{name} must be a whole number")
    return int(text)


def changed(table: Table, *conditions: Condition) -> list[Doc]:
    """A table's documents that meet the conditions and `If-Modified-Since`."""
    begin = since()
    return table.find(*conditions, *([("_updated", ">=", begin)] if begin else []))


def matching(rows: Iterable[Doc], fields: frozenset[str], *searched: str) -> list[Doc]:
    """Those that meet `where` and `searchTerm`."""
    kept = list(rows)
    if text := told("where"):
        test = predicate(text, fields)
        kept = [row for row in kept if test(row)]
    if term := plain(told("searchTerm")):
        kept = [row for row in kept if any(term in plain(str(value_of(row, s) or "")) for s in searched)]
    return kept


def ordered(rows: list[Doc], fields: frozenset[str]) -> list[Doc]:
    """By `order`, as `UpdatedDateUTC DESC, Name`."""
    known = {field.lower() for field in fields}
    for part in reversed(chosen("order")):
        name, _, turn = part.partition(" ")
        if name.lower() not in known or turn.strip().upper() not in {"", "ASC", "DESC"}:
            raise unparsed(f"No property or field '{part}' exists")
        rows = sorted(rows, key=lambda row: _sortable(value_of(row, name)), reverse="DESC" in turn.upper())
    return rows


def answered(books: Books, name: str, rows: list[Doc], dress: Dress, bare: Dress, *, paged: bool) -> Doc:
    """One page with its pagination, or everything, barer."""
    if not paged:
        return envelope(books.now(), name, [bare(row) for row in rows])
    page, size = max(1, whole("page", 1)), min(1000, max(1, whole("pageSize", 100)))
    part = rows[(page - 1) * size : page * size]
    pagination = {
        "page": page,
        "pageSize": size,
        "pageCount": -(-len(rows) // size),
        "itemCount": len(rows),
    }
    return envelope(books.now(), name, [dress(row) for row in part], pagination)


def _sortable(value: Any) -> tuple[bool, str, float]:
    if isinstance(value, int | float):
        return True, "", float(value)
    return value is not None, str(value or ""), 0.0
