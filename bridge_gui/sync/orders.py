"""Orders: one write on the user's word, and the things several sources need. Planned like any source."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec import Struct, json
from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store import links, sources
from bridge_gui.store.rows import ENSURE, SourceRow, Standing
from bridge_gui.sync.actions import Action, place
from bridge_gui.sync.flow import Flow, Held, Known, Plan, Skip
from bridge_gui.sync.known import gated, known_of, view_of
from bridge_gui.sync.planning import apply, decided, given_up_by
from bridge_gui.sync.run import Run
from bridge_gui.sync.step import Step

AGAIN = "try_again"


class Order(Struct, frozen=True, kw_only=True):
    """What the user ordered: about which record (and which of its documents), and what they answered."""

    subject: str
    answers: dict[str, str] = {}
    document: str = ""


def give_order(run: Run, action: str, request: str, order: Order) -> Held | None:
    """Plan an action on one record; the running sync delivers it next, or the next one does.

    `request` is made when the dialog opens: the same order given twice is one. Gives why it cannot be
    done as things stand; then nothing is kept.
    """
    if action not in run.actions:
        raise SetupError("action.unknown", action=action)
    flow = run.flows[run.actions[action].flow]
    try:
        with run.database.write() as connection:
            if sources.get(connection, run.bridge.id, flow.key, request) is None:
                _take(connection, run, flow, request, order, action)
    except _NotNow as refusal:
        return refusal.held
    return None


class _NotNow(Exception):
    """The order cannot be carried out as things stand."""

    def __init__(self, held: Held) -> None:
        super().__init__(held.code)
        self.held = held


def _take(connection: Connection, run: Run, flow: Flow, request: str, order: Order, action: str) -> None:
    """Keep the order with its plan, or raise `_NotNow`."""
    plan = _asked(connection, run, flow, run.actions[action], order)
    row = sources.add(
        connection, run.bridge.id, flow.key, request, day=run.now().date(), number=order.subject,
        total=Decimal(0), action=action, order=json.encode(order),
    )  # fmt: skip
    apply(connection, run, flow, row, plan)
    planned = sources.get(connection, run.bridge.id, flow.key, request)
    if planned is not None and planned.standing is Standing.HELD:
        raise _NotNow(Held(code=planned.code, params=planned.params))


def plan_orders(run: Run, flow: Flow) -> None:
    """Plan again what a conflict, a look at the vendor or a person has reopened, one commit each."""
    with run.database.read() as connection:
        waiting = sources.unplanned_orders(connection, run.bridge.id, flow.key)
    for row in waiting:
        with run.database.write() as connection:
            if not gated(connection, run, flow, row.source_id):
                plan = _planned(connection, run, flow, row)
                if isinstance(plan, Held):
                    plan = Held(code=plan.code, params=plan.params, choices=(AGAIN,))
                apply(connection, run, flow, row, plan)


def _planned(connection: Connection, run: Run, flow: Flow, row: SourceRow) -> Plan:
    """What an order comes to now; the user's order is asked about the links as they stand."""
    given_up = given_up_by(row)
    if given_up is not None or row.order is None:
        return given_up or Skip(code="source.never")
    if row.action == ENSURE:
        return _ensured(connection, run, run.steps.decode(row.order))
    if row.action not in run.actions:
        return Held(code="action.unknown", params={"action": row.action})
    order = json.decode(row.order, type=Order)
    return _asked(connection, run, flow, run.actions[row.action], order)


def _ensured(connection: Connection, run: Run, step: Step) -> Plan:
    """What several sources need is planned again unless it is there, as it is once a person said which."""
    at = step.link
    there = links.at(connection, run.bridge.id, at.kind, at.source_id, at.ordinal)
    return [] if there is not None and there.target_id else [step]


def _asked(connection: Connection, run: Run, flow: Flow, action: Action, order: Order) -> Plan:
    """The action's plan, from what is known about its subject."""
    known = known_to(connection, run, flow, action, order)
    return decided(lambda: action.plan(order.subject, order.answers, known))


def known_to(connection: Connection, run: Run, flow: Flow, action: Action, order: Order) -> Known:
    """What an action may know of its subject: the links of its source, and the document it is about."""
    about = action.about(order.subject)
    row = sources.get(connection, run.bridge.id, flow.key, about) or _unseen(run, flow, about)
    known, _ = known_of(connection, run, flow, row, None)
    at = place(order.document)
    link = links.at(connection, run.bridge.id, at.kind, at.source_id, at.ordinal) if at else None
    return known if link is None else msgspec.structs.replace(known, chosen=view_of(link))


def _unseen(run: Run, flow: Flow, subject: str) -> SourceRow:
    """A record no flow has read yet."""
    today = run.now().date()
    return SourceRow(
        id=0, flow=flow.key, source_id=subject, digest="", revision=0, planned_revision=0,
        standing=Standing.NEW, day=today,
    )  # fmt: skip
