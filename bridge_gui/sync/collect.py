"""Collect: pages become sources and entries; the watermark moves in the same commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bridge_gui.store import bridges, links, sources
from bridge_gui.store.rows import SourceRow, Standing
from bridge_gui.sync import groups, orders
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import Flow, Held, Page, Record, Skip
from bridge_gui.sync.known import gated, linked_to
from bridge_gui.sync.planning import BEFORE_START, apply, given_up_by, plan_record, see
from bridge_gui.sync.run import Run
from bridge_gui.web.waiting import check

LOOK_AGAIN = 200
SKIPPED_FOR = timedelta(days=60)


def collect(run: Run) -> None:
    """Read every flow's changes, then look again at what waits, then plan groups and orders."""
    _notice_settings(run)
    for flow in run.flows.values():
        begun = run.now()
        _read(run, flow, begun)
        look_again(run, flow, begun)
        if flow.complete or not run.bridge.recovering:
            groups.plan_groups(run, flow)
        orders.plan_orders(run, flow)
    if run.bridge.recovering and all(flow.complete for flow in run.flows.values()):
        with run.database.write() as connection:
            bridges.change_bridge(connection, run.bridge.id, recovering=False)
        run.reload()


def _notice_settings(run: Run) -> None:
    """A changed setting or mapping has everything undecided looked at again.

    An earlier start date has everything read from there on.
    """
    start = run.bridge.start
    with run.database.write() as connection:
        before, from_ = bridges.planned_with(connection, run.bridge.id)
        if from_ is not None and start < from_:
            bridges.forget_watermarks(connection, run.bridge.id)
        if before != run.fingerprint:
            sources.renew_all(connection, run.bridge.id)
            for link in links.unwritten(connection, run.bridge.id):
                sources.renew(connection, run.bridge.id, link.flow, link.sources)
        values = {"planned_with": run.fingerprint, "planned_from": start}
        bridges.change_bridge(connection, run.bridge.id, **values)


def _read(run: Run, flow: Flow, begun: datetime) -> None:
    """All pages since the watermark; it never runs ahead of the moment the reading began."""
    since = _since(run, flow, begun)
    for page in flow.read(since, run.cancel):
        check(run.cancel)
        _take(run, flow, page, begun)
        run.looked.update((flow.key, record.id) for record in page.records)
        run.counts.read += len(page.records)
        run.progress(Phase.COLLECT, run.counts.read)
    if flow.complete:
        with run.database.write() as connection:
            bridges.set_watermark(connection, run.bridge.id, flow.key, begun)


def _since(run: Run, flow: Flow, begun: datetime) -> datetime:
    """The watermark less the overlap, and at the very first time the start date.

    A watermark of a clock that ran ahead counts as one of now.
    """
    with run.database.read() as connection:
        mark = bridges.watermark(connection, run.bridge.id, flow.key)
    start = datetime.combine(run.bridge.start, datetime.min.time(), UTC) - timedelta(days=1)
    return start if mark is None else max(start, min(mark, begun) - flow.overlap)


def _take(run: Run, flow: Flow, page: Page, begun: datetime) -> None:
    """One page, one commit; what the other side shows is read before it."""
    currents = _currents(run, flow, page.records)
    with run.database.write() as connection:
        for record in page.records:
            take(connection, run, flow, record, begun, currents.get(record.id))
        if page.watermark is not None:
            bridges.set_watermark(connection, run.bridge.id, flow.key, min(page.watermark, begun))


def take(
    connection: Connection, run: Run, flow: Flow, record: Record, begun: datetime, current: Record | None
) -> None:
    """One record: noted and planned, unless the read began too soon after a write of ours."""
    believed_from = _believed_from(connection, run, flow, record.id, begun)
    if believed_from is not None and believed_from > begun:
        _postpone(connection, run, flow, record, believed_from)
        return
    row = see(connection, run, flow, record)
    if row.recheck_at is not None:
        sources.change(connection, row.id, recheck_at=None)
    if not groups.take_member(connection, run, flow, row, record):
        plan_record(connection, run, flow, row, record, current)


def _believed_from(
    connection: Connection, run: Run, flow: Flow, record_id: str, begun: datetime
) -> datetime | None:
    """For two-way flows: when a read of this record begins to say something again."""
    if not flow.opposite:
        return None
    lag = max(flow.settle_after, run.flows[flow.opposite].settle_after)
    pair = (flow.key, flow.opposite)
    written = links.written_lately(connection, run.bridge.id, pair, record_id, begun - lag)
    return None if written is None else written + lag


def _postpone(connection: Connection, run: Run, flow: Flow, record: Record, at: datetime) -> None:
    """Look at this record again later; what was read now may be older than our own write."""
    row = sources.get(connection, run.bridge.id, flow.key, record.id)
    if row is None:
        row = sources.add(connection, run.bridge.id, flow.key, record.id, day=record.day, total=record.total)
    sources.change(connection, row.id, recheck_at=at)
    run.later(at)


def _currents(run: Run, flow: Flow, records: Sequence[Record]) -> dict[str, Record]:
    """For two-way flows: what the other side has now for each of these records."""
    if not flow.opposite:
        return {}
    with run.database.read() as connection:
        targets = {
            record.id: target for record in records for target in _targets(connection, run, flow, record.id)
        }
    fetched = run.flows[flow.opposite].fetch(sorted(set(targets.values())), run.cancel) if targets else []
    by_id = {record.id: record for record in fetched}
    return {mine: by_id[theirs] for mine, theirs in targets.items() if theirs in by_id}


def _targets(connection: Connection, run: Run, flow: Flow, record_id: str) -> list[str]:
    """The ids of a record's counterparts at the other side."""
    linked = linked_to(connection, run, flow, record_id)
    return [link.target_id if link.flow == flow.key else link.source_id for link in linked]


def look_again(run: Run, flow: Flow, begun: datetime, *, only_new: bool = False) -> None:
    """What waits (new, held, lately skipped, due for another look) is read afresh and planned."""
    rows = [row for row in _waiting(run, flow) if not only_new or row.standing is Standing.NEW]
    for batch in _batches(rows):
        check(run.cancel)
        fetched = flow.fetch([row.source_id for row in batch], run.cancel)
        _take(run, flow, Page(records=tuple(fetched)), begun)
        there = {record.id for record in fetched}
        _miss(run, flow, [row for row in batch if row.source_id not in there])


def _miss(run: Run, flow: Flow, rows: list[SourceRow]) -> None:
    """What the vendor no longer shows is for a person to know; nothing more is sent for it.

    What is older than the start date, such as what stands on a draft taken over, was not looked for that far
    back: not showing it says nothing.
    """
    older = Skip(code=BEFORE_START, params={"day": str(run.bridge.start)})
    with run.database.write() as connection:
        for row in rows:
            if row.standing is not Standing.SKIPPED:
                missed = older if row.day < run.bridge.start else Held(code="source.gone")
                apply(connection, run, flow, row, given_up_by(row) or missed)


def _waiting(run: Run, flow: Flow) -> list[SourceRow]:
    """The sources to read afresh; not those this run has just read, nor those whose outcome is open."""
    skipped_since = (run.now() - SKIPPED_FOR).date()
    with run.database.read() as connection:
        rows = sources.waiting(connection, run.bridge.id, flow.key, run.now(), skipped_since)
        return [
            row
            for row in rows
            if not (row.standing in _DECIDED and (flow.key, row.source_id) in run.looked)
            and (row.standing is not Standing.SKIPPED or flow.rereads_skipped or row.recheck_at is not None)
            and not gated(connection, run, flow, row.source_id)
        ]


_DECIDED = (Standing.HELD, Standing.SKIPPED)


def _batches(rows: list[SourceRow]) -> Iterator[list[SourceRow]]:
    """Rows in handy lots."""
    for start in range(0, len(rows), LOOK_AGAIN):
        yield rows[start : start + LOOK_AGAIN]
