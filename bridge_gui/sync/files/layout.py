"""Which column is what: kept by the columns' names, so that a column that moves is still found."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.errors import SetupError
from bridge_gui.sync.files.cells import COMMA, DMY, ORDERS, POINT
from bridge_gui.sync.files.reading import Cell

PARTS = ("day", "account", "text", "debit", "credit", "amount")


class Layout(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The columns by name, or "#2" for the second; `amount` in place of debit and credit has both signs.

    `decimal` is the sign before decimals where amounts are texts, `order` that of a day's parts.
    `fill_down`: a row without a day belongs to the day above.
    """

    day: str
    account: str
    text: str = ""
    debit: str = ""
    credit: str = ""
    amount: str = ""
    decimal: str = COMMA
    order: str = DMY
    fill_down: bool = False

    @property
    def complete(self) -> bool:
        """Whether it says all that is needed."""
        return bool(self.day and self.account and (self.amount or (self.debit and self.credit)))

    @property
    def by_name(self) -> bool:
        """Whether every column is named by its head."""
        return not any(name.startswith("#") for name in self.named().values())

    def named(self) -> dict[str, str]:
        """The columns that are named, by what they are."""
        return {part: getattr(self, part) for part in PARTS if getattr(self, part)}


def columns(named: Mapping[str, str]) -> Layout:
    """The layout with these columns."""
    told = {part: named.get(part, "") for part in PARTS}
    return Layout(
        day=told["day"], account=told["account"], text=told["text"], debit=told["debit"],
        credit=told["credit"], amount=told["amount"],
    )  # fmt: skip


def column_names(header: Sequence[Cell]) -> tuple[str, ...]:
    """What columns are called: their heads, "#3" for the third if it has none, "Debet#2" for a second one."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = " ".join(str(cell).split()) if cell is not None else ""
        name = name or f"#{place}"
        count = sum(other.partition("#")[0] == name for other in names if not other.startswith("#"))
        names.append(f"{name}#{count + 1}" if count else name)
    return tuple(names)


def fingerprint(names: Sequence[str]) -> str:
    """A short name for a kind of file: the same columns in another order are the same kind."""
    told = sorted(name.casefold() for name in names)
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:12]


def places(layout: Layout, names: Sequence[str]) -> dict[str, int] | None:
    """Where the layout's columns are among these; None if one is missing."""
    folded = [name.casefold() for name in names]
    found: dict[str, int] = {}
    for part, name in layout.named().items():
        if name.startswith("#") and name[1:].isdigit() and 0 < int(name[1:]) <= len(names):
            found[part] = int(name[1:]) - 1
        elif name.casefold() in folded:
            found[part] = folded.index(name.casefold())
        else:
            return None
    return found


def by_names(layout: Layout, names: Sequence[str]) -> Layout:
    """The same layout with its columns by their heads, so that they may move."""
    at = places(layout, names) or {}
    return replace(layout, **{part: names[place] for part, place in at.items()})


def as_text(layout: Layout) -> str:
    """The layout as a person can write it: "day=Dags.; account=Lykill; debit=Debet; credit=Kredit"."""
    told = [*layout.named().items(), ("decimal", layout.decimal), ("order", layout.order)]
    told += [("fill", "down")] if layout.fill_down else []
    return "; ".join(f"{part}={name}" for part, name in told)


def pieces(text: str, parts: Collection[str]) -> dict[str, str]:
    """What is named in "day=Dags.; account=Lykill", by part; `SetupError` for anything else."""
    told: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in text.split(";"))):
        part, sign, name = piece.partition("=")
        if not sign or part.strip() not in parts or not name.strip():
            raise SetupError("file.bad_columns", text=piece[:60])
        told[part.strip()] = name.strip()
    return told


def from_text(text: str) -> Layout:
    """What `as_text` wrote, or a person; `SetupError` says what is wrong with it."""
    told = pieces(text, (*PARTS, "decimal", "order", "fill"))
    layout = replace(
        columns(told),
        decimal=told.get("decimal", COMMA),
        order=told.get("order", DMY),
        fill_down="fill" in told,
    )
    if not layout.complete or layout.decimal not in (POINT, COMMA) or layout.order not in ORDERS:
        raise SetupError("file.bad_columns", text=text[:60])
    return layout
