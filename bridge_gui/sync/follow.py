"""Follow: what has become of documents that are still open at the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Protocol, runtime_checkable

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState, DocumentView
from bridge_gui.store import bridges, links, sources
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import Flow, OpenLink
from bridge_gui.sync.known import view_of
from bridge_gui.sync.run import Run
from bridge_gui.web.waiting import Cancel

OPEN = tuple(
    state.value
    for state in (
        DocumentState.DRAFT,
        DocumentState.AWAITING_APPROVAL,
        DocumentState.AWAITING_PAYMENT,
        DocumentState.PARTLY_PAID,
        DocumentState.ORDERED,
        DocumentState.INVOICED,
    )
)

MARGIN = timedelta(days=1)
"""How much further back than our last look a look for changes goes: this computer's clock may be wrong."""


@runtime_checkable
class TellsChanges(Protocol):
    """A flow whose vendor tells what changed and keeps what was deleted: silence means unchanged."""

    def changed(self, since: datetime, cancel: Cancel) -> Sequence[DocumentView]:
        """The documents that changed since an instant, closed ones and strangers' among them."""
        ...


def recall(run: Run) -> None:
    """Tell each flow, before the first write, what of it is still open at the books."""
    for flow in run.flows.values():
        if type(flow).recall is Flow.recall:
            continue
        with run.database.read() as connection:
            rows = links.in_states(connection, run.bridge.id, flow.key, OPEN)
        flow.recall([OpenLink(link=view_of(row), written_at=row.written_at) for row in rows])


def follow(run: Run) -> bool:
    """Ask each flow for the present state of its open documents; whether one has vanished."""
    vanished = False
    for flow in run.flows.values():
        if isinstance(flow, TellsChanges):
            _follow_changes(run, flow, flow)
            continue
        with run.database.read() as connection:
            rows = links.in_states(connection, run.bridge.id, flow.key, OPEN)
        if rows:
            run.progress(Phase.FOLLOW, 0, len(rows))
            vanished = _follow(run, flow, rows) or vanished
    return vanished


def _follow(run: Run, flow: Flow, rows: Sequence[LinkRow]) -> bool:
    """One flow's open documents; a look too soon after our own write says nothing."""
    begun = run.now()
    views = flow.follow([view_of(row) for row in rows], run.cancel)
    if views is None:
        return False
    seen = {view.place or view.ref.id: view for view in views}
    vanished = False
    with run.database.write() as connection:
        for row in rows:
            if row.written_at is None or begun >= run.settled_at(flow, row.written_at):
                view = seen.get(f"{row.kind}/{row.source_id}/{row.ordinal}") or seen.get(row.target_id)
                _note(connection, run, row, view)
                vanished = vanished or view is None
    return vanished


def _follow_changes(run: Run, flow: Flow, tells: TellsChanges) -> None:
    """What changed since the last look, whatever its state was; the open rest is as it was."""
    begun, key = run.now(), f"{flow.key}.follow"
    with run.database.read() as connection:
        if not links.any_target(connection, run.bridge.id, flow.key, begun - flow.settle_after):
            return  # a look says nothing yet of what was written just now
        mark = bridges.watermark(connection, run.bridge.id, key)
    since = min(mark or datetime.combine(run.bridge.start, time(), UTC), begun)
    run.progress(Phase.FOLLOW)
    views = tells.changed(since - flow.settle_after - MARGIN, run.cancel)
    with run.database.write() as connection:
        for view in views:
            for row in _meant(links.to_target(connection, run.bridge.id, flow.key, view.ref.id)):
                if row.written_at is None or begun >= run.settled_at(flow, row.written_at):
                    _note(connection, run, row, view)
        links.looked_at(connection, run.bridge.id, flow.key, OPEN, begun)
        bridges.set_watermark(connection, run.bridge.id, key, begun)


def _meant(rows: Sequence[LinkRow]) -> Sequence[LinkRow]:
    """The links a view is about; of what was gone only if nothing else bears its id now."""
    return [row for row in rows if row.state != DocumentState.DELETED.value] or rows


def _note(connection: Connection, run: Run, row: LinkRow, view: DocumentView | None) -> None:
    """What one document has become; the source of one that vanished is planned again, which asks."""
    now = run.now()
    if view is None:
        links.change(connection, row.id, state=DocumentState.DELETED.value, checked_at=now)
        shown = {"number": row.number, "target": row.target_number or row.target_id}
        run.note(connection, "warning", "document.vanished", day=str(row.day), **shown)
        sources.renew(connection, run.bridge.id, row.flow, [row.source_id])
        return
    values: dict[str, object] = {"state": view.state.value, "checked_at": now, "doubtful": False}
    if view.ref.number:
        values["target_number"] = view.ref.number
    if view.content is not None:
        values["target_content"] = view.content
    links.change(connection, row.id, **values)
