"""Survey: in a new or restored data folder, what bears our mark at the vendor is taken over first."""

from __future__ import annotations

from sqlalchemy import Connection

from bridge_gui.store import bridges, journal, links, sources
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import Flow, Marked
from bridge_gui.sync.run import Run
from bridge_gui.sync.strangers import remember
from bridge_gui.web.waiting import check


def survey(run: Run, *, restored: bool) -> None:
    """Take over what is there; then until the first complete collect new entries begin as unknown.

    `restored` says that the keychain knows of later work than this data folder does.
    """
    if restored:
        with run.database.write() as connection:
            bridges.doubt_bridge(connection, run.bridge.id)
    run.reload()
    if run.bridge.surveyed:
        return
    run.progress(Phase.SURVEY)
    taken = sum(_take_over(run, flow) for flow in run.flows.values())
    run.reload()
    with run.database.write() as connection:
        if run.bridge.recovering:
            _distrust(connection, run)
        bridges.change_bridge(connection, run.bridge.id, surveyed=True)
        if taken:
            run.note(connection, "info", "survey.taken_over", count=taken)
    run.reload()


def _distrust(connection: Connection, run: Run) -> None:
    """What this folder means to make may be made; what it has read may be old."""
    journal.doubt_unsent(connection, run.bridge.id, run.now())
    bridges.forget_watermarks(connection, run.bridge.id)


def _take_over(run: Run, flow: Flow) -> int:
    """One flow's marked documents become links; gives how many were not known.

    In the same commit it is noted that an earlier Bridge was at work here.
    """
    marked, begun = [], run.now()
    for document in flow.survey(run.bridge.start, run.cancel):
        check(run.cancel)
        marked.append(document)
    with run.database.write() as connection:
        taken = sum(_take(connection, run, flow, document) for document in marked)
        if taken:
            bridges.change_bridge(connection, run.bridge.id, recovering=True)
        if flow.surveys_changes:
            remember(connection, run, flow, marked, begun)
    return taken


def _take(connection: Connection, run: Run, flow: Flow, document: Marked) -> bool:
    """One document; False if its place has a target already, which may have changed since."""
    found = document.found
    state = found.state.value if found.state else ""
    there = links.at(connection, run.bridge.id, document.kind, document.source_id, document.ordinal)
    if there is not None and there.target_id:
        if there.target_id == found.ref.id and not flow.opposite:
            links.change(connection, there.id, target_content=found.content, state=state or there.state)
        return False
    values = {
        "day": document.day, "total": document.total, "currency": document.currency,
        "target_id": found.ref.id, "target_number": found.ref.number, "target_url": found.ref.url,
        "source_content": None, "target_content": found.content, "state": state,
        "written_at": run.now(), "checked_at": run.now(),
    }  # fmt: skip
    if there is not None:
        links.change(connection, there.id, **values)
    else:
        place = {"kind": document.kind, "source_id": document.source_id, "ordinal": document.ordinal}
        links.reserve(connection, run.bridge.id, flow.key, **place, **values)
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
