"""What the window and the command line ask of the house; implemented by `sync.house.House`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from bridge_gui.store.rows import (
    AttentionRow,
    BridgeRow,
    DocumentFilter,
    DocumentRow,
    LogRow,
    Overview,
    RunRow,
)
from bridge_gui.sync.actions import ActionSpec, Checked, Form, Told, Wanted
from bridge_gui.sync.events import Listener
from bridge_gui.sync.panels import Detail, PanelSpec, Query, Rows
from bridge_gui.sync.tieout import TieOut
from bridge_gui.web.waiting import Cancel

if TYPE_CHECKING:
    from bridge_gui.sync.disuse import Ending
    from bridge_gui.sync.record import DocumentDetail
    from bridge_gui.sync.specs import Option


class BridgeStatus(Struct, frozen=True, kw_only=True):
    """A bridge with what the sidebar and the header show of it; `synced_at` is its last finished run's.

    `endings` are its sign-ins that end soon unless it is synced.
    """

    row: BridgeRow
    title: str
    company: str
    attention: int
    last_run: RunRow | None = None
    next_run: datetime | None = None
    synced_at: datetime | None = None
    endings: tuple[Ending, ...] = ()


Place = tuple[str, str]
"""A source: its flow and its id."""


class PreviewDocument(Struct, frozen=True, kw_only=True):
    """One document a run would send; `lines` are (text, amount) and `tax` (rate, net, tax).

    `source` is what it is made of: to put it off is to put off all that is made of it.
    """

    kind: str
    number: str
    party: str
    day: str
    total: Decimal
    currency: str
    text: str = ""
    lines: tuple[tuple[str, Decimal], ...] = ()
    tax: tuple[tuple[Decimal, Decimal, Decimal], ...] = ()
    warning: str = ""
    source: Place = ("", "")


class Preview(Struct, frozen=True, kw_only=True):
    """What a run would do now: the exact documents, what is held, the calls and the minutes.

    `titles` are the names of the vendors that `calls` counts by their keys.
    """

    bridge: str
    documents: tuple[PreviewDocument, ...]
    held: tuple[AttentionRow, ...]
    unsettled: int
    read: int
    calls: dict[str, int]
    minutes: float
    titles: dict[str, str] = {}


class Offers(Struct, frozen=True, kw_only=True):
    """What a bridge lets a user do and see besides syncing."""

    actions: tuple[ActionSpec, ...] = ()
    panels: tuple[PanelSpec, ...] = ()


class Service(Protocol):
    """All jobs; the read methods are quick and need no lock, the others may ask vendors."""

    def bridges(self) -> Sequence[BridgeStatus]:
        """Every bridge with its status."""
        ...

    def sync(
        self, name: str, cancel: Cancel, tell: Listener, not_now: frozenset[Place] = frozenset()
    ) -> RunRow:
        """Run a bridge once; never raises for what a run may meet, the outcome says it.

        Nothing is sent of the sources in `not_now`; the next run sends it.
        """
        ...

    def preview(self, name: str, cancel: Cancel, tell: Listener) -> Preview:
        """What `sync` would send now; changes nothing."""
        ...

    def overview(self, name: str, first: date, last: date) -> Overview:
        """The figures of a bridge at a glance, with the days of a period."""
        ...

    def count_documents(self, which: DocumentFilter) -> int:
        """How many rows the panel has."""
        ...

    def open_documents(
        self, which: DocumentFilter, offset: int, limit: int
    ) -> tuple[int, Sequence[DocumentRow]]:
        """How many rows the panel has, and a slice of them, in one look."""
        ...

    def documents(self, which: DocumentFilter, offset: int, limit: int) -> Sequence[DocumentRow]:
        """A slice of the panel's rows, newest day first."""
        ...

    def document(self, name: str, row_id: int) -> DocumentDetail:
        """A row of the panel in full; `SetupError` if it is gone."""
        ...

    def every_document(self, which: DocumentFilter) -> Iterator[tuple[int, Sequence[DocumentRow]]]:
        """All rows of the panel, lot by lot, each with how many there are in all; for a job."""
        ...

    def every_line(self, bridge: str, level: str = "") -> Iterator[Sequence[LogRow]]:
        """All lines of the log, newest first, lot by lot; for a job."""
        ...

    def log(self, bridge: str, *, before: int | None, limit: int, level: str = "") -> Sequence[LogRow]:
        """Log lines, newest first, those with an id below `before`."""
        ...

    def attention(self, bridge: str = "") -> Sequence[AttentionRow]:
        """What needs a person."""
        ...

    def tie_out(self, name: str, first: date | None, last: date | None, cancel: Cancel) -> TieOut:
        """Compare what was sold with what the books show; from the start date to today if not told."""
        ...

    def answer(self, bridge: str, item: str, choice: str, reason: str = "", document: str = "") -> None:
        """Carry out one of the `choices` of an attention row; `SetupError` if it was settled meanwhile.

        "by_hand" names the `document` a person made; "take_back" ends what an answer left out for good.
        """
        ...

    def offers(self, name: str) -> Offers:
        """What a bridge lets a user do and see besides."""
        ...

    def begin(self, name: str, action: str, subject: str, cancel: Cancel) -> Form | Told:
        """What an action asks, filled from the record; or why it cannot be done as things stand."""
        ...

    def find(self, name: str, action: str, which: str, text: str, cancel: Cancel) -> Sequence[Option]:
        """Options for a CHOICE of an action's form that is searched."""
        ...

    def check(self, name: str, action: str, wanted: Wanted, cancel: Cancel) -> Checked:
        """What an order would come to; changes nothing."""
        ...

    def act(
        self, name: str, action: str, wanted: Sequence[Wanted], cancel: Cancel, tell: Listener
    ) -> tuple[Told, ...]:
        """Give orders and see them carried out, by the running sync or at once; an answer for each."""
        ...

    def panel_rows(self, name: str, panel: str, query: Query, cancel: Cancel) -> Rows:
        """A slice of a panel."""
        ...

    def panel_detail(self, name: str, panel: str, row: str, cancel: Cancel) -> Detail:
        """One row of a panel in full."""
        ...

    def panel_search(self, name: str, panel: str, text: str, cancel: Cancel) -> Sequence[Option]:
        """What may be chosen at the right of a PAIRS panel."""
        ...

    def panel_options(self, name: str, which: str, cancel: Cancel) -> Sequence[Option]:
        """What a panel's filter may be."""
        ...

    def runs(self, bridge: str, limit: int) -> Sequence[RunRow]:
        """The last runs, newest first."""
        ...

    def back_up(self, folder: Path) -> Path:
        """A copy of all that is known here, in that folder; gives its place. There are no secrets in it."""
        ...

    def pack(self, folder: Path) -> Path:
        """A copy to go on with on another computer; gives its place."""
        ...

    def snapshots(self) -> Sequence[Path]:
        """The copies that Bridge keeps by itself, the latest first."""
        ...
