"""What an action is about: the subject as typed or shown, its document, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_gui.errors import SetupError
from bridge_gui.store import links
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.actions import DOCUMENTS, Action, ActionSpec, How, Place, Told, place
from bridge_gui.sync.flow import Flow, Known
from bridge_gui.sync.known import view_of
from bridge_gui.sync.orders import Order, known_to
from bridge_gui.sync.run import Run

NAMED = 5


@dataclass(frozen=True)
class Desk:
    """One action at the opened bridge."""

    run: Run
    spec: ActionSpec
    action: Action
    flow: Flow | None


@dataclass(frozen=True)
class About:
    """The subject as the action knows it, the document it is about, and what is known."""

    subject: str
    document: str
    known: Known


def about_of(desk: Desk, subject: str) -> About | Told:
    """What a subject is now, or why the action is not for it."""
    if desk.spec.on != DOCUMENTS:
        return About(subject, "", _known(desk, subject, ""))
    link = document_of(desk.run, subject, desk.spec.kinds)
    if not desk.spec.fits(link.kind, link.state):
        return _unfit(desk.spec, link)
    document = Place(kind=link.kind, source_id=link.source_id, ordinal=link.ordinal).name
    return About(link.source_id, document, _known(desk, link.source_id, document))


def document_of(run: Run, subject: str, kinds: Sequence[str] = ()) -> LinkRow:
    """The document of ours that is named: by its place, by its row ("#12"), or by a number only it has.

    Where several have the number, the one of these kinds is meant.
    """
    at = place(subject)
    with run.database.read() as connection:
        if subject.startswith("#") and subject[1:].isdecimal():
            found = links.of_row(connection, run.bridge.id, int(subject[1:]))
        elif at is not None:
            one = links.at(connection, run.bridge.id, at.kind, at.source_id, at.ordinal)
            found = [one] if one is not None else []
        else:
            found = links.numbered(connection, run.bridge.id, subject, NAMED)
    there = [one for one in found if one.target_id]
    there = [one for one in there if one.kind in kinds] or there
    if len(there) > 1:
        names = ", ".join(f"{one.kind}/{one.source_id}/{one.ordinal}" for one in there)
        raise SetupError("action.several", number=subject, names=names)
    if not there:
        raise SetupError("action.no_document", subject=subject)
    return there[0]


def _known(desk: Desk, subject: str, document: str) -> Known:
    """What the action may know; one without a flow knows its document alone."""
    if desk.flow is None:
        return Known(chosen=view_of(document_of(desk.run, document))) if document else Known()
    order = Order(subject=subject, document=document)
    with desk.run.database.read() as connection:
        return known_to(connection, desk.run, desk.flow, desk.action, order)


def _unfit(spec: ActionSpec, link: LinkRow) -> Told:
    """Why an action is not for a document that stands so."""
    code = spec.why_not.get(link.state) or spec.why_not.get("") or "action.not_now"
    number = link.target_number or link.number
    return Told(how=How.REFUSED, code=code, params={"number": number, "state": link.state})
