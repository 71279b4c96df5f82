"""Tie-out as a job: ask both sides afresh, look up what the store knows, compare; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bridge_gui.accounting.money import ZERO
from bridge_gui.errors import SetupError
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.house import House
from bridge_gui.sync.notes import KeptNotes
from bridge_gui.sync.specs import OpenBridge
from bridge_gui.sync.tieout import Amounts, Booked, Reason, Row, Sold, TieOut, TiesOut
from bridge_gui.sync.tieout_reasons import Period, explain
from bridge_gui.sync.tieout_units import Cell, Known, gather, recognised, summed, units_of
from bridge_gui.web.waiting import Cancel


def tie_out(house: House, name: str, first: date | None, last: date | None, cancel: Cancel) -> TieOut:
    """Tie a bridge out over a period: from its start date to today in the company's time zone if not told."""
    row = house.bridge(name)
    zone = ZoneInfo(house.registry.bridge(row.kind).time_zone)
    last = last or house.clock.now().astimezone(zone).date()
    first = min(row.start, last) if first is None else first
    if first > last:
        raise SetupError("tieout.period", first=str(first), last=str(last))
    with house.job(cancel) as job:
        opened = house.opener.bridge(row, job, KeptNotes(house.database, row.id))
        if not isinstance(opened, TiesOut):
            raise SetupError("tieout.none", name=name)
        reads = opened.tie_reads()
        sold = list(reads.sold(first, last, cancel))
        booked = list(reads.booked(first, last, cancel))
    with house.database.read() as connection:
        known = gather(connection, row.id, sold, booked)
    booked = recognised(booked, known.links)
    period = Period(
        first=first, last=last, start=row.start, now=house.clock.now(), lag=_lag(house, row), reads=reads,
        elsewhere=known.elsewhere, digests=_digests(sold, opened),
    )  # fmt: skip
    return TieOut(
        bridge=name, title=house.registry.bridge(row.kind).title,
        company=row.books.company or row.sales.company, currency=_currency(sold), zone=str(zone),
        first=first, last=last, made_at=house.clock.now(), rows=compare(sold, booked, known, period),
    )  # fmt: skip


def compare(sold: Sequence[Sold], booked: Sequence[Booked], known: Known, period: Period) -> tuple[Row, ...]:
    """The rows of a period: pure."""
    reasons: dict[Cell, list[Reason]] = {}
    ours = {link.target_id for link in known.links}
    for unit in units_of(sold, booked, known):
        for cell, reason in explain(unit, period):
            reasons.setdefault(cell, []).append(reason)
    sales = summed((one.record.day, one.amounts) for one in sold)
    watched = {key.name for key in period.reads.keys}
    books = summed((one.day, _watched(one, ours, watched)) for one in booked)
    places = {key.name: place for place, key in enumerate(period.reads.keys)}
    cells = {*sales, *books, *reasons}
    return tuple(
        Row(
            day=cell[0], key=cell[1], sales=sales.get(cell, ZERO), books=books.get(cell, ZERO),
            reasons=tuple(reasons.get(cell, ())),
        )
        for cell in sorted(cells, key=lambda cell: (cell[0], places.get(cell[1], len(places)), cell[1]))
    )  # fmt: skip


def _watched(one: Booked, ours: set[str], watched: set[str]) -> Amounts:
    """What counts of a document: all of ours, of another's only what is on an account that is compared."""
    if one.document in ours:
        return one.amounts
    return {key: amount for key, amount in one.amounts.items() if key in watched}


def _digests(sold: Sequence[Sold], opened: OpenBridge) -> Mapping[tuple[str, str], str]:
    """What each record's content is called now, as a sync would call it."""
    versions = {flow.key: flow.digest_version for flow in opened.flows}
    return {
        (one.flow, one.record.id): digest_of(canonical(one.record.content), versions[one.flow])
        for one in sold
        if one.flow in versions
    }


def _lag(house: House, row: BridgeRow) -> timedelta:
    """How long the books may not show what was written."""
    return house.registry.vendors[row.books.vendor].settle_after


def _currency(sold: Sequence[Sold]) -> str:
    """The currency that most is in."""
    names = [one.record.currency for one in sold]
    return max(set(names), key=names.count) if names else ""
