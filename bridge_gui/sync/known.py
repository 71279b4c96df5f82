"""What a plan may know: links as its flow sees them, the other side's record, a person's answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.store import journal, links, sources
from bridge_gui.store.rows import EntryRow, LinkRow, SourceRow
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Flow, Known, LinkView, Record
from bridge_gui.sync.run import Run

_DOCUMENT_STATES = frozenset(state.value for state in DocumentState)


def gated(connection: Connection, run: Run, flow: Flow, source_id: str) -> bool:
    """Whether nothing may be planned on this source yet.

    So while the outcome of a write is open, its own or another's to one of its documents, and while
    what a document holds is to be looked at.
    """
    touching = links.touching(connection, run.bridge.id, flow.key, flow.opposite, source_id)
    opened = journal.open_of(connection, run.bridge.id, flow.key, source_id)
    return gated_by(connection, run, flow, touching, opened)


def gated_by(
    connection: Connection, run: Run, flow: Flow, touching: Sequence[LinkRow], opened: Sequence[EntryRow]
) -> bool:
    """The same, by the record's links from either side and by its source's open entries."""
    if any(link.doubtful and link.target_id for link in touching):
        return True
    if touching and journal.unsettled_on(connection, [link.id for link in touching]):
        return True
    if any(entry.findable and entry.state in journal.GATES for entry in opened):
        return True
    return _may_be_ours(connection, run, flow, linked=bool(touching))


def _may_be_ours(connection: Connection, run: Run, flow: Flow, *, linked: bool) -> bool:
    """Two ways: a record without a link may be what we made a moment ago and have not found yet."""
    if not flow.opposite or linked:
        return False
    return journal.unsettled_creation(connection, run.bridge.id, flow.opposite)


def linked_to(connection: Connection, run: Run, flow: Flow, source_id: str) -> list[LinkRow]:
    """The links of a record that have a target, seen from either side."""
    touching = links.touching(connection, run.bridge.id, flow.key, flow.opposite, source_id)
    return [link for link in touching if link.target_id]


def known_of(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, current: Record | None,
    touching: Sequence[LinkRow] | None = None,
) -> tuple[Known, str]:  # fmt: skip
    """What a plan may know, and the name of the contents it is shown, to which answers bind."""
    if touching is None:
        touching = links.touching(connection, run.bridge.id, flow.key, flow.opposite, row.source_id)
    own = [link for link in touching if link.target_id]
    views = tuple(view_of(link) if link.flow == flow.key else mirrored(link) for link in own)
    shown = _shown(run, flow, row, own, current)
    answer = _answer(connection, run, flow, row, own, shown)
    return Known(links=views, current=current, answer=answer), shown


def _answer(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, own: list[LinkRow], shown: str
) -> str | None:
    """What a person chose about just these contents, whichever side they were asked at."""
    if row.answer and row.answer_digest == shown:
        return row.answer
    for link in own if flow.opposite else ():
        theirs = link.source_id if link.flow == flow.opposite else link.target_id
        other = sources.get(connection, run.bridge.id, flow.opposite, theirs)
        if other is not None and other.answer and other.answer_digest == shown:
            return other.answer
    return None


def _shown(run: Run, flow: Flow, row: SourceRow, own: list[LinkRow], current: Record | None) -> str:
    """The contents of both sides and how the documents stand, as one short name for either direction."""
    pair = [row.digest]
    if current is not None:
        pair.append(digest_of(canonical(current.content), run.flows[flow.opposite].digest_version))
    documents = [
        (link.kind, link.source_id, link.ordinal, link.target_id, link.state, link.target_content or b"")
        for link in sorted(own, key=lambda link: link.id)
    ]
    return digest_of(canonical([sorted(pair), documents]))


def view_of(link: LinkRow) -> LinkView:
    """A link as the flow that made it sees it."""
    return LinkView(
        kind=link.kind,
        source_id=link.source_id,
        ordinal=link.ordinal,
        target=Ref(id=link.target_id, number=link.target_number, url=link.target_url),
        source_content=link.source_content,
        target_content=link.target_content,
        state=state_of(link),
    )


def mirrored(link: LinkRow) -> LinkView:
    """A link as the flow of the other direction sees it: its own side is the target."""
    return LinkView(
        kind=link.kind,
        source_id=link.source_id,
        ordinal=link.ordinal,
        target=Ref(id=link.source_id),
        source_content=link.target_content,
        target_content=link.source_content,
        state=state_of(link),
    )


def state_of(link: LinkRow) -> DocumentState | None:
    """The document's state, None while there is no document."""
    return DocumentState(link.state) if link.state in _DOCUMENT_STATES else None
