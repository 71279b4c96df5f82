"""From a record seen to steps in the journal: the one place where entries come from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.store import journal, links, sources
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow, SourceRow, Standing
from bridge_gui.sync.digest import canonical, digest_of, key_of, same_version
from bridge_gui.sync.flow import Flow, Held, Known, LinkView, Record, Skip
from bridge_gui.sync.run import Run
from bridge_gui.sync.step import Step, encode

GATES = (EntryState.SENDING, EntryState.UNKNOWN, EntryState.ASKED)
GIVEN_UP = (EntryState.PLANNED, EntryState.STOPPED)
BEFORE_START = "source.before_start"
NEVER = "skip"
"""A person's answer: this source is never sent."""


def see(connection: Connection, run: Run, flow: Flow, record: Record) -> SourceRow:
    """Note a record as read; its revision is raised only if its content differs."""
    digest = digest_of(canonical(record.content), flow.digest_version)
    shown = {
        "day": record.day, "number": record.number, "party": record.party,
        "total": record.total, "currency": record.currency,
    }  # fmt: skip
    row = sources.get(connection, run.bridge.id, flow.key, record.id)
    if row is None:
        return sources.add(connection, run.bridge.id, flow.key, record.id, digest=digest, **shown)
    if row.digest == digest:
        return row
    if row.digest and not same_version(row.digest, digest):
        sources.change(connection, row.id, digest=digest)
    else:
        changed = row.revision + (1 if row.digest else 0)
        standing = row.standing if row.standing is Standing.HELD else Standing.NEW
        sources.change(connection, row.id, digest=digest, revision=changed, standing=standing, **shown)
    seen = sources.get(connection, run.bridge.id, flow.key, record.id)
    assert seen is not None
    return seen


def needs_planning(row: SourceRow) -> bool:
    """Whether a source has to be looked at: new content, or not settled at its present one."""
    return row.planned_revision < row.revision or row.standing in (
        Standing.NEW,
        Standing.HELD,
        Standing.SKIPPED,
    )


def gated(connection: Connection, run: Run, flow: Flow, source_id: str) -> bool:
    """Whether an outcome of this source is still open, so that nothing may be planned on it."""
    open_entries = journal.open_of(connection, run.bridge.id, flow.key, source_id)
    return any(entry.state in GATES and entry.findable for entry in open_entries)


def plan_record(
    connection: Connection,
    run: Run,
    flow: Flow,
    row: SourceRow,
    record: Record,
    current: Record | None = None,
) -> None:
    """Plan one source from a record just read, unless it is gated or nothing is new."""
    if not needs_planning(row):
        return
    if gated(connection, run, flow, row.source_id):
        sources.change(connection, row.id, standing=Standing.NEW)
        return
    if row.answer == NEVER:
        apply(connection, run, flow, row, Skip(code="source.never"))
        return
    known = known_of(connection, run, flow, row, current)
    if not known.links and record.day < run.bridge.start:
        settle(connection, run, row, Skip(code=BEFORE_START, params={"day": str(run.bridge.start)}))
        return
    apply(connection, run, flow, row, flow.plan(record, known))


def apply(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, plan: Sequence[Step] | Held | Skip
) -> None:
    """Write a plan down: what was planned before and not sent gives way to it."""
    supersede(connection, run, flow, row.source_id)
    if isinstance(plan, (Held, Skip)):
        settle(connection, run, row, plan)
        return
    for step in plan:
        write_down(connection, run, flow, row, step)
    sources.settle_standing(connection, row, Standing.PLANNED, run.now())


def settle(connection: Connection, run: Run, row: SourceRow, why: Held | Skip) -> None:
    """A source cannot or need not be planned; said once in the log, not at every look."""
    held = isinstance(why, Held)
    standing = Standing.HELD if held else Standing.SKIPPED
    if (row.standing, row.code) != (standing, why.code):
        params = {"number": row.number or row.source_id, "day": str(row.day), **why.params}
        run.note(connection, "warning" if held else "info", why.code, **params)
        run.counts.skipped += 0 if held else 1
    params = {"number": row.number or row.source_id, "day": str(row.day), **why.params}
    choices = why.choices if isinstance(why, Held) else ()
    sources.settle_standing(
        connection, row, standing, run.now(), code=why.code, params=params, choices=choices
    )


def supersede(connection: Connection, run: Run, flow: Flow, source_id: str) -> None:
    """Take back what was planned or stopped and not sent; actions and e-mails stay."""
    for entry in journal.open_of(connection, run.bridge.id, flow.key, source_id):
        if entry.state in GIVEN_UP and not entry.action and entry.findable:
            drop(connection, run, entry)


def drop(connection: Connection, run: Run, entry: EntryRow, code: str = "") -> None:
    """End an entry that made nothing, and free the place it had taken."""
    state = EntryState.SUPERSEDED
    journal.change(connection, entry.id, state=state, code=code, finished_at=run.now())
    if entry.link_id is not None:
        links.free(connection, entry.link_id)


def write_down(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, step: Step, action: str = ""
) -> None:
    """One step becomes an entry; a document to be made takes its place in the same commit."""
    if not step.findable and journal.ever(connection, run.bridge.id, flow.key, row.source_id, step.name):
        return
    bridge = run.bridge
    revision = row.revision if step.findable else 0
    generation = journal.next_generation(connection, bridge.id, flow.key, row.source_id, revision, step.name)
    doubtful = bridge.recovering and step.creates
    state = EntryState.UNKNOWN if doubtful else EntryState.PLANNED
    link_id = _link_for(connection, run, flow, step, state)
    journal.add(
        connection, bridge_id=bridge.id, flow=flow.key, source_id=row.source_id, revision=revision,
        step_name=step.name, generation=generation, lane=step.lane, link_id=link_id, state=state,
        step=encode(step), mark=step.mark, action=action, findable=step.findable,
        unknown_since=run.now() if doubtful else None,
        key=key_of(bridge.created_at.isoformat(), flow.key, row.source_id, revision, step.name, generation),
    )  # fmt: skip


def _link_for(connection: Connection, run: Run, flow: Flow, step: Step, state: EntryState) -> int | None:
    """The link a step makes or changes."""
    place = step.link
    if step.creates:
        return links.reserve(
            connection, run.bridge.id, flow.key, kind=place.kind, source_id=place.source_id,
            ordinal=place.ordinal, state=state.value, day=step.day, number=step.number,
            party=step.party, total=step.total, currency=step.currency, sources=step.sources,
            source_content=step.source_content or None,
        )  # fmt: skip
    there = links.at(connection, run.bridge.id, place.kind, place.source_id, place.ordinal)
    return None if there is None else there.id


def known_of(
    connection: Connection,
    run: Run,
    flow: Flow,
    row: SourceRow,
    current: Record | None,
) -> Known:
    """What a plan may know: links seen from this flow's side, the other side's record, the answer."""
    own = links.of_source(connection, run.bridge.id, flow.key, row.source_id)
    views = [view_of(link) for link in own]
    if flow.opposite:
        theirs = links.to_target(connection, run.bridge.id, flow.opposite, row.source_id)
        views += [mirrored(link) for link in theirs]
    answered = row.answer if row.answer and row.answer_digest == shown_digest(row, current) else None
    return Known(links=tuple(views), current=current, answer=answered)


def shown_digest(row: SourceRow, current: Record | None) -> str:
    """What an answer binds to: just these contents of both sides."""
    other = digest_of(canonical(current.content)) if current is not None else ""
    return f"{row.digest}|{other}"


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


_DOCUMENT_STATES = frozenset(state.value for state in DocumentState)
