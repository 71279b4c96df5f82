"""A file as a person confirms it: its first rows, what each column is, and whether its days balance."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.errors import Param, SetupError
from bridge_gui.sync.files.days import days_of
from bridge_gui.sync.files.door import FileDoor, preview_rows
from bridge_gui.sync.files.layout import PARTS, Layout, by_names
from bridge_gui.sync.files.suggest import Proposal

SHOWN = 8
FILL = "fill_down"


class FileLook(Struct, frozen=True, kw_only=True):
    """The latest file of a bridge; `trouble` says why its days cannot be read yet.

    `parts` are what its columns can be, with what these are called; none are those of a report by days.
    `documents` is how many there are where the file holds documents, and `days` how many days they are of.
    """

    file: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    layout: Any
    parts: tuple[tuple[str, str], ...] = ()
    documents: int | None = None
    days: int = 0
    first: date | None = None
    last: date | None = None
    off_balance: int = 0
    trouble: str = ""
    params: dict[str, Param] = {}


def look(door: FileDoor) -> FileLook:
    """The file as the layout told, remembered or proposed understands it; raises if it is no table."""
    files = door.files()
    if not files:
        raise SetupError("file.missing", file=str(door.path))
    file = files[-1]
    try:
        found = door.understood(file)
        days = days_of(found.rows, found.names, found.layout, found.head)
    except SetupError as error:
        seen = door.look(file)
        return _seen(file.name, seen, trouble=error.code, params={"file": file.name, **error.params})
    return replace(
        _seen(file.name, found),
        days=len(days),
        first=days[0].day if days else None,
        last=days[-1].day if days else None,
        off_balance=sum(1 for day in days if day.difference or day.wrong),
    )


def mapped(layout: Layout, part: str, value: str) -> Layout:
    """The layout with another column for a part, or another way to read it."""
    changed = replace(layout, **{part: bool(value) if part == FILL else value})
    if part in ("debit", "credit") and value:
        return replace(changed, amount="")
    return replace(changed, debit="", credit="") if part == "amount" and value else changed


def _seen(file: str, found: Proposal, trouble: str = "", params: dict[str, Param] | None = None) -> FileLook:
    rows = tuple(tuple(row) for row in preview_rows(found, SHOWN))
    layout = by_names(found.layout, found.names)
    named = {part: getattr(layout, part) for part in PARTS}
    known = {part: name if name in found.names else "" for part, name in named.items()}
    return FileLook(
        file=file, names=found.names, rows=rows, layout=replace(layout, **known), trouble=trouble,
        params=params or {},
    )  # fmt: skip
