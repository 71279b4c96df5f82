"""The accounting file as the wizard's page about columns knows it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from bridge_gui.accounting.money import plain
from bridge_gui.bridges.sharefox_twentyfourseven.exported import Columns, ExportedShop, Seen
from bridge_gui.errors import Param, SetupError
from bridge_gui.sync.files.kind import FileKind
from bridge_gui.sync.files.mapper import SHOWN, FileLook
from bridge_gui.sync.files.questions import COLUMNS, LAYOUTS, PLACE
from bridge_gui.sync.files.reading import Cell
from bridge_gui.vendors.sharefox.export import Export
from bridge_gui.wording.message import mark

TITLES = (
    ("order", mark("Order")),
    ("text", mark("Text")),
    ("price", mark("Price")),
    ("quantity", mark("Quantity")),
    ("discount", mark("Discount %")),
    ("rate", mark("VAT %")),
    ("day", mark("Date")),
    ("due", mark("Due")),
    ("first", mark("Rented from")),
    ("last", mark("Rented to")),
    ("customer", mark("Customer")),
    ("company", mark("Company")),
    ("org_number", mark("Organisation number")),
    ("email", mark("E-mail")),
    ("method", mark("Paid by")),
    ("paid", mark("Paid")),
    ("net", mark("Total before VAT")),
    ("gross", mark("Total with VAT")),
    ("currency", mark("Currency")),
    ("product", mark("Product number")),
    ("invoice", mark("Invoice number")),
)
_CURRENCIES = {"NO": "NOK", "SE": "SEK", "DK": "DKK"}


def file_kind() -> FileKind:
    """What the bridge declares."""
    return FileKind(open=_open, look=look, mapped=mapped, as_text=as_text)


def _open(name: str, settings: Mapping[str, str], currency: str) -> ExportedShop:
    home = settings.get("home", "NO")
    return ExportedShop(
        Path(settings.get(PLACE, "")).expanduser(), name, told=settings.get(COLUMNS, ""),
        kept=settings.get(LAYOUTS, ""), currency=currency or _CURRENCIES.get(home, "NOK"),
    )  # fmt: skip


def look(door: ExportedShop) -> FileLook:
    """The latest file, with how many documents it holds; raises if it is no table."""
    files = door.files()
    if not files:
        raise SetupError("file.missing", file="")
    seen = door.seen(files[-1])
    try:
        export = door.export(files[-1])
    except SetupError as error:
        return _shown(seen, trouble=error.code, params={"file": seen.file, **error.params})
    days = [one.day for one in export.invoices]
    return replace(
        _shown(seen), documents=len(export.invoices) + _lost(export), first=min(days, default=None),
        last=max(days, default=None), off_balance=_lost(export),
    )  # fmt: skip


def mapped(layout: Columns, part: str, value: str) -> Columns:
    """Another column for a part; a column is one thing only."""
    rest = {key: name for key, name in layout.named.items() if key != part and name != value}
    return Columns(named={**rest, part: value} if value else rest)


def as_text(layout: Columns) -> str:
    """As a person can write it: "order=Ordrenummer; text=Tekst; price=Pris"."""
    return "; ".join(f"{part}={name}" for part, name in layout.named.items())


def _shown(seen: Seen, trouble: str = "", params: dict[str, Param] | None = None) -> FileLook:
    rows = tuple(tuple(map(_cell, row)) for row in seen.rows[:SHOWN])
    return FileLook(
        file=seen.file, names=seen.names, rows=rows, layout=seen.columns, parts=TITLES, trouble=trouble,
        params=params or {},
    )  # fmt: skip


def _lost(export: Export) -> int:
    return len({one.document or str(one.row) for one in export.unread})


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
