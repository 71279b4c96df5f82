"""Follow: what has become of documents that are still open at the books."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState, DocumentView
from bridge_gui.store import links, sources
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import Flow, OpenLink
from bridge_gui.sync.known import view_of
from bridge_gui.sync.run import Run

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
