"""The first document on a connection is compared with the vendor's ledger before the second goes."""

from __future__ import annotations

from datetime import timedelta

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, journal, links
from bridge_gui.sync.flow import Flow, Held, Written
from bridge_gui.sync.known import state_of
from bridge_gui.sync.run import Run
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import pause

WAITS = (0.5, 1.0, 1.5, 2.0, *(5.0,) * 11)
"""Seconds between looks at the ledger: a minute in all."""


class NotYetShown(Exception):
    """The ledger does not show the first document yet: the run goes on later."""


def proves(flow: Flow) -> bool:
    """Whether a flow's documents can be compared with a ledger."""
    return type(flow).prove is not Flow.prove


def first_to_prove(run: Run, flow: Flow) -> bool:
    """Whether the next document of this flow is the connection's first, which goes alone."""
    return not run.proven and proves(flow)


def recall(run: Run) -> None:
    """What an earlier run wrote on this connection and could not compare is compared first."""
    flows = [flow.key for flow in run.flows.values() if proves(flow)]
    if run.proven or not flows:
        return
    with run.database.read() as connection:
        entry = journal.last_made(connection, run.bridge.id, flows)
        link = links.get(connection, entry.link_id) if entry and entry.link_id else None
    if entry is not None and link is not None:
        ref = Ref(id=link.target_id, number=link.target_number, url=link.target_url)
        written = Written(ref=ref, content=link.target_content, state=state_of(link))
        run.first = (entry.flow, run.filled(entry), written)


def before_second(run: Run, flow: Flow) -> None:
    """Raise unless the connection is proven, or nothing was written on it yet.

    A first write whose outcome is open may be there: it is settled before the next one goes.
    """
    if not run.proven and run.first is not None:
        _compare(run, *run.first)
    if first_to_prove(run, flow):
        with run.database.read() as connection:
            open_ = journal.unsettled_creation(connection, run.bridge.id, flow.key)
        if open_:
            raise NotYetShown


def after_first(run: Run, flow: Flow, step: Step, written: Written) -> None:
    """The first write of an unproven connection: compare it now."""
    if step.creates and first_to_prove(run, flow):
        run.first = (flow.key, step, written)
        _compare(run, *run.first)


def _compare(run: Run, flow: str, step: Step, written: Written) -> None:
    """Look at the ledger until it shows the document, for about a minute."""
    for wait in WAITS:
        seen = run.flows[flow].prove(step, written, run.cancel)
        if isinstance(seen, Held):
            raise SetupError(seen.code, detail="", **seen.params)
        if seen is None:
            run.first = None
            return
        if seen:
            _proven(run)
            return
        pause(run.cancel, wait)
    run.later(run.now() + timedelta(seconds=sum(WAITS)))
    raise NotYetShown


def _proven(run: Run) -> None:
    """Remember for good that this connection books as expected."""
    run.proven, run.first = True, None
    with run.database.write() as connection:
        bridges.set_proven(connection, run.bridge.books.id, run.now())
        run.note(connection, "info", "ledger.proven", company=run.bridge.books.company)
