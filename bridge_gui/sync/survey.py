"""Survey: in a new or restored data folder, what bears our mark at the vendor is taken over first."""

from __future__ import annotations

from sqlalchemy import Connection

from bridge_gui.store import bridges, links, sources
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import Flow, Marked
from bridge_gui.sync.run import Run


def survey(run: Run, *, restored: bool) -> None:
    """Take over what is there; then until the first complete collect new entries begin as unknown.

    `restored` says that the keychain knows of later work than this data folder does.
    """
    if run.bridge.surveyed and not restored:
        return
    run.progress(Phase.SURVEY)
    taken = sum(_take_over(run, flow) for flow in run.flows.values())
    recovering = restored or taken > 0
    with run.database.write() as connection:
        bridges.change_bridge(connection, run.bridge.id, surveyed=True, recovering=recovering)
        if taken:
            run.note(connection, "info", "survey.taken_over", count=taken)
    run.reload()


def _take_over(run: Run, flow: Flow) -> int:
    """One flow's marked documents become links; gives how many were not known."""
    marked = list(flow.survey(run.bridge.start, run.cancel))
    with run.database.write() as connection:
        return sum(_take(connection, run, flow, document) for document in marked)


def _take(connection: Connection, run: Run, flow: Flow, document: Marked) -> bool:
    """One document; False if its place has a target already."""
    place = (document.kind, document.source_id, document.ordinal)
    there = links.at(connection, run.bridge.id, *place)
    if there is not None and there.target_id:
        return False
    links.reserve(
        connection, run.bridge.id, flow.key, kind=document.kind, source_id=document.source_id,
        ordinal=document.ordinal, day=document.day, total=document.total, currency=document.currency,
        target_id=document.found.ref.id, target_number=document.found.ref.number,
        target_url=document.found.ref.url, target_content=document.found.content,
        state=document.found.state.value if document.found.state else "",
        written_at=run.now(), checked_at=run.now(),
    )  # fmt: skip
    _know(connection, run, flow, document)
    return True


def _know(connection: Connection, run: Run, flow: Flow, document: Marked) -> None:
    """The source of a document taken over is to be read and compared."""
    row = sources.get(connection, run.bridge.id, flow.key, document.source_id)
    if row is None:
        shown = {"day": document.day, "total": document.total, "is_group": document.group}
        sources.add(connection, run.bridge.id, flow.key, document.source_id, **shown)
    else:
        sources.renew(connection, run.bridge.id, flow.key, [document.source_id])
