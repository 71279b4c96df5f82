"""The files of one bridge: one file or all in a folder, each day as the latest file tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.money import plain, smallest_unit
from bridge_gui.errors import Param, SetupError
from bridge_gui.sync.files.days import FileDay, days_of
from bridge_gui.sync.files.layout import Layout, by_names, from_text, places
from bridge_gui.sync.files.reading import KINDS, Cell, read_sheets
from bridge_gui.sync.files.suggest import Proposal, propose, with_layout
from bridge_gui.web.waiting import Cancel, check

_OURS = ("~$", ".")
"""What spreadsheet programs leave beside an open file begins so, and what is hidden."""


class Trouble(Struct, frozen=True, kw_only=True):
    """A file that could not be read, and why."""

    file: str
    code: str
    params: dict[str, Param]


class Told(Struct, frozen=True, kw_only=True):
    """What the files tell: days in order, and what could not be read."""

    days: tuple[FileDay, ...]
    troubles: tuple[Trouble, ...]


class FileDoor:
    """Where a bridge's files are and how their columns are understood; `scope` is this bridge's own.

    `remembered` are the layouts a person has confirmed, by the kind of file; `told` the one written down in
    the settings, which goes first where a file has its columns.
    """

    def __init__(
        self, path: Path, bridge: str, *, told: str = "", remembered: str = "", currency: str = ""
    ) -> None:
        self.path = path
        self.scope = "f" + hashlib.sha256(bridge.encode()).hexdigest()[:6]
        self._told = from_text(told) if told else None
        self._remembered = read_layouts(remembered)
        self._whole = bool(currency) and smallest_unit(currency) == 1

    def files(self) -> list[Path]:
        """The file, or those of the folder, the latest last; `SetupError` if there is no such place."""
        if self.path.is_file():
            return [self.path]
        if not self.path.is_dir():
            raise SetupError("file.missing", file=str(self.path))
        found = [one for one in self.path.iterdir() if one.suffix.lower() in KINDS and one.is_file()]
        return sorted(
            (one for one in found if not one.name.startswith(_OURS)),
            key=lambda one: (one.stat().st_mtime_ns, one.name),
        )

    def read(self, cancel: Cancel) -> Told:
        """Every day once, as the latest file that has it tells it."""
        days: dict[date, FileDay] = {}
        troubles = []
        for file in self.files():
            check(cancel)
            try:
                days.update({day.day: day for day in self.days(file)})
            except SetupError as error:
                troubles.append(
                    Trouble(file=file.name, code=error.code, params={"file": file.name, **error.params})
                )
        return Told(days=tuple(day for _, day in sorted(days.items())), troubles=tuple(troubles))

    def days(self, file: Path) -> tuple[FileDay, ...]:
        """The days of one file; `SetupError` says why it cannot be read."""
        found = self.understood(file)
        try:
            return days_of(found.rows, found.names, found.layout, found.head)
        except SetupError as error:
            error.params.setdefault("file", file.name)
            raise

    def understood(self, file: Path) -> Proposal:
        """A file with its layout: the one told, else one remembered, else our proposal if nothing is open."""
        sheets = read_sheets(file)
        found = propose(sheets, whole=self._whole)
        for layout in filter(None, (self._told, self._remembered.get(found.fingerprint))):
            if not layout.by_name and places(layout, found.names) is not None:
                return replace(found, layout=layout, unsure=())
        for layout in filter(None, (self._told, *self._remembered.values())):
            if (known := with_layout(sheets, layout)) is not None:
                return known
        if found.unsure == ("decimal",):
            raise SetupError("file.which_decimal", file=file.name)
        if found.unsure:
            raise SetupError("file.no_columns", file=file.name, columns=", ".join(found.names))
        return found

    def look(self, file: Path) -> Proposal:
        """A file as it seems to be, for a person to confirm."""
        return propose(read_sheets(file), whole=self._whole)

    def labels(self) -> list[str]:
        """The accounts as the files call them; a file that cannot be read raises."""
        return sorted(
            {posting.label for file in self.files() for day in self.days(file) for posting in day.postings}
        )

    def kept(self) -> str:
        """The layouts of all files that are there, as a setting keeps them; raises if one cannot be read."""
        return kept_layouts(self.layouts())

    def layouts(self) -> dict[str, Layout]:
        """The layout of each kind of file there is, as understood now."""
        found = (self.understood(file) for file in self.files())
        return {**self._remembered, **{one.fingerprint: by_names(one.layout, one.names) for one in found}}


def read_layouts(kept: str) -> dict[str, Layout]:
    """Layouts by kind of file, as `kept_layouts` wrote them."""
    return msgspec.json.decode(kept, type=dict[str, Layout]) if kept else {}


def kept_layouts(layouts: Mapping[str, Layout]) -> str:
    """Layouts as a setting keeps them."""
    return msgspec.json.encode(dict(layouts), order="deterministic").decode()


def preview_rows(proposal: Proposal, count: int) -> Iterator[Sequence[str]]:
    """The first rows below the heads, as texts."""
    for row in proposal.rows[:count]:
        yield [_shown(cell) for cell in row]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
