"""One row of the Documents panel in full: both sides, lines, tax, and everything that was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from bridge_gui.errors import Param, SetupError
from bridge_gui.store import decisions, documents, journal, links, sources
from bridge_gui.store.rows import (
    BridgeRow,
    DocumentRow,
    EntryRow,
    EntryState,
    LinkRow,
    SourceRow,
    Standing,
)
from bridge_gui.sync.given_back import is_own
from bridge_gui.sync.planning import GIVEN_UP_BY
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.sides import Side, sides_of
from bridge_gui.sync.specs import VendorSpec
from bridge_gui.sync.step import Step, decoder

MOST = 200
"""Members of a day that are listed."""


class Sold(Struct, frozen=True, kw_only=True):
    """One record of the sales side that is in a document."""

    id: str
    number: str
    day: date
    party: str
    total: Decimal
    currency: str


class Happened(Struct, frozen=True, kw_only=True):
    """One thing that was done: a document sent (`state` of its entry), or a person's decision (`choice`).

    `at` is None for what has not been sent yet. `kind` and `total` are what was meant to be written.
    """

    at: datetime | None
    state: str = ""
    kind: str = ""
    total: Decimal | None = None
    code: str = ""
    params: dict[str, Param] = {}
    choice: str = ""
    reason: str = ""
    target: str = ""
    lines: tuple[tuple[str, Decimal], ...] = ()


class DocumentDetail(Struct, frozen=True, kw_only=True):
    """A document, or a record without one, with all that is known.

    `sides` are the fields that both sides hold, as last read. `item` names the source to be taken back, if
    a person had it left out. `url` is only there if it leads to the vendor's own site.
    """

    row: DocumentRow
    sales: str
    books: str
    sold: tuple[Sold, ...]
    more: int = 0
    lines: tuple[tuple[str, Decimal], ...] = ()
    tax: tuple[tuple[Decimal, Decimal, Decimal], ...] = ()
    sides: tuple[Side, ...] = ()
    others: tuple[DocumentRow, ...] = ()
    history: tuple[Happened, ...] = ()
    url: str = ""
    item: str = ""


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What a look into the store needs."""

    connection: Connection
    bridge: BridgeRow
    steps: msgspec.json.Decoder[Any]


def detail(connection: Connection, registry: Registry, bridge: BridgeRow, row_id: int) -> DocumentDetail:
    """A row of the Documents panel in full; `SetupError` if it is gone."""
    found = documents.by_ids(connection, [row_id])
    spec = registry.bridge(bridge.kind)
    look = _Look(connection=connection, bridge=bridge, steps=decoder(spec.steps()))
    link = links.get(connection, row_id) if row_id > 0 else None
    source = _source(look, link, row_id)
    if not found or (link is None and source is None):
        raise SetupError("document.gone")
    vendors = registry.sides(spec)
    flow, source_id = _place(link, source)
    entries = journal.of_document(connection, bridge.id, flow, source_id, max(0, row_id))
    step = _shown_step(look, entries, link)
    members = _members(look, flow, source_id, link)
    return DocumentDetail(
        row=found[0], sales=vendors[0].title, books=vendors[1].title,
        sold=tuple(_sold(one) for one in members[:MOST]), more=max(0, len(members) - MOST),
        lines=tuple(getattr(step, "shown_lines", ())), tax=tuple(getattr(step, "shown_tax", ())),
        sides=sides_of(link, getattr(step, "names", {})) if link is not None else (),
        others=_others(look, flow, source_id, row_id),
        history=_history(look, entries, flow, source_id),
        url=_own(vendors, found[0].target_url),
        item=_to_take_back(source),
    )  # fmt: skip


def _own(vendors: Sequence[VendorSpec], url: str) -> str:
    """An address that leads to a vendor's own site, else nothing."""
    try:
        return url if url and is_own(vendors, url) else ""
    except ValueError:
        return ""


def _place(link: LinkRow | None, source: SourceRow | None) -> tuple[str, str]:
    """The flow and the id of what a row is made of."""
    one = link or source
    assert one is not None
    return one.flow, one.source_id


def _source(look: _Look, link: LinkRow | None, row_id: int) -> SourceRow | None:
    if link is None:
        return sources.by_row(look.connection, look.bridge.id, -row_id)
    return sources.get(look.connection, look.bridge.id, link.flow, link.source_id)


def _to_take_back(source: SourceRow | None) -> str:
    """The item a person's *never* can be taken back by."""
    if source is None or source.answer not in GIVEN_UP_BY or source.standing is Standing.HELD:
        return ""
    return f"source:{source.id}"


def _members(look: _Look, flow: str, source_id: str, link: LinkRow | None) -> Sequence[SourceRow]:
    """The records in a document: of a day those it counts, else the one it is made of."""
    ids = list(link.sources) if link is not None and link.sources else [source_id]
    if ids == [source_id]:
        members = sources.parts(look.connection, look.bridge.id, flow, source_id)
        if members:
            return members
    found = sources.some(look.connection, look.bridge.id, flow, ids[: MOST * 2])
    return [found[one] for one in ids if one in found]


def _sold(row: SourceRow) -> Sold:
    return Sold(
        id=row.source_id, number=row.number, day=row.day, party=row.party, total=row.total,
        currency=row.currency,
    )  # fmt: skip


def _others(look: _Look, flow: str, source_id: str, row_id: int) -> tuple[DocumentRow, ...]:
    """The other documents of the same record: what took it back, what came after."""
    own = links.touching(look.connection, look.bridge.id, flow, "", source_id)
    ids = [link.id for link in own if link.id != row_id and link.state != "thing"]
    return tuple(documents.by_ids(look.connection, ids))


def _step(look: _Look, entry: EntryRow) -> Step | None:
    """What an entry was to write; None where this version of Bridge no longer knows it."""
    try:
        decoded: Step = look.steps.decode(entry.step)
    except msgspec.DecodeError:
        return None
    return decoded


def _shown_step(look: _Look, entries: Sequence[EntryRow], link: LinkRow | None) -> Step | None:
    """The step whose lines the document has now: the last one done for it, else the last one planned."""
    mine = [entry for entry in entries if link is None or entry.link_id == link.id]
    done = [entry for entry in mine if entry.state is EntryState.DONE]
    chosen = (done or mine)[-1:]
    return _step(look, chosen[0]) if chosen else None


def _history(look: _Look, entries: Iterable[EntryRow], flow: str, source_id: str) -> tuple[Happened, ...]:
    """Everything in the order in which it happened, what is still to come last."""
    decided = decisions.of_source(look.connection, look.bridge.id, flow, source_id)
    told = [Happened(at=one.at, choice=one.choice, reason=one.reason, target=one.target) for one in decided]
    all_ = [*(_happened(look, entry) for entry in entries), *told]
    return tuple(sorted(all_, key=lambda one: (one.at is None, one.at.timestamp() if one.at else 0)))


def _happened(look: _Look, entry: EntryRow) -> Happened:
    step = _step(look, entry)
    return Happened(
        at=entry.finished_at or entry.unknown_since or entry.claimed_at,
        state=entry.state.value,
        kind=step.link.kind if step is not None else entry.step_name,
        total=step.total if step is not None else None,
        code=entry.code,
        params=entry.params,
        lines=tuple(getattr(step, "shown_lines", ())),
    )
