"""From a record seen to steps in the journal: the one place where entries come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, keepable
from bridge_gui.errors import BridgeError, CannotMap, Reaction, classify
from bridge_gui.store import journal, links, sources
from bridge_gui.store.alike import ABOUT
from bridge_gui.store.attention import ANEW
from bridge_gui.store.overview import LEFT_BY_HAND
from bridge_gui.store.rows import BY_HAND, ENSURE, THING, EntryRow, EntryState, LinkRow, SourceRow, Standing
from bridge_gui.sync.digest import canonical, digest_of, key_of, same_version
from bridge_gui.sync.flow import Agreed, Flow, Held, Plan, Record, Skip
from bridge_gui.sync.known import gated_by, known_of, linked_to
from bridge_gui.sync.run import Run
from bridge_gui.sync.step import Step, encode

GIVEN_UP = (EntryState.PLANNED, EntryState.STOPPED)
BEFORE_START = "source.before_start"
STANDS_THERE = "plan.stands_there"
NEVER = "skip"
"""A person's answer: this source is never sent."""
GIVEN_UP_BY = {NEVER: "source.never", BY_HAND: LEFT_BY_HAND}
"""Answers that keep a source out for good, and what its being left out is called."""
STANDS, REMOVED = "stands", "removed"
"""Answers about a document that stands where another would go: it is right; it was removed."""

T = TypeVar("T")


def see(connection: Connection, run: Run, flow: Flow, record: Record) -> SourceRow:
    """Note a record as read; its revision is raised only if its content differs."""
    digest = digest_of(canonical(record.content), flow.digest_version)
    shown = {
        "day": record.day, "number": record.number, "party": record.party,
        "total": record.total if keepable(record.total) else ZERO, "currency": record.currency,
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
    touching = links.touching(connection, run.bridge.id, flow.key, flow.opposite, row.source_id)
    opened = journal.open_of(connection, run.bridge.id, flow.key, row.source_id)
    if gated_by(connection, run, flow, touching, opened):
        sources.change(connection, row.id, standing=Standing.NEW)
        return
    known, shown = known_of(connection, run, flow, row, current, touching)
    given_up = given_up_by(row)
    if given_up is not None:
        plan: Plan = given_up
    elif not known.links and record.day < run.bridge.start:
        plan = Skip(code=BEFORE_START, params={"day": str(run.bridge.start)})
    else:
        plan = decided(lambda: flow.plan(record, known))
    apply(connection, run, flow, row, plan, shown, opened)
    if known.links:
        _name_taken_over(connection, run, flow, record)
    if isinstance(plan, Agreed):
        _agree(connection, run, flow, record, current)


def given_up_by(row: SourceRow) -> Skip | None:
    """Why a person has this source left out for good, if so."""
    code = GIVEN_UP_BY.get(row.answer)
    return Skip(code=code) if code else None


def _name_taken_over(connection: Connection, run: Run, flow: Flow, record: Record) -> None:
    """Documents that only their mark made known are shown with their record's number and customer."""
    for link in linked_to(connection, run, flow, record.id) if record.number else ():
        if link.flow == flow.key and not link.number and link.state != THING:
            links.change(connection, link.id, number=record.number, party=record.party)


def decided(plan: Callable[[], T]) -> T | Held:
    """What a plan says; that it cannot be made holds this one source, anything else is a bug."""
    try:
        return plan()
    except BridgeError as error:
        if classify(error).reaction not in (Reaction.STOP_ENTRY, Reaction.REPLAN, Reaction.ASK):
            raise
        return Held(code=error.code, params=error.params)


def apply(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, plan: Plan, shown: str = "",
    opened: Sequence[EntryRow] | None = None,
) -> None:  # fmt: skip
    """Write a plan down: what was planned before and not sent gives way to it."""
    give_up(connection, run, flow.key, row.source_id, opened)
    if isinstance(plan, (Held, Skip)):
        settle(connection, run, row, plan, shown)
        return
    steps = () if isinstance(plan, Agreed) else plan
    said = row.answer if row.answer_digest == shown else ""
    try:
        with connection.begin_nested():
            for step in steps:
                write_down(connection, run, flow, row, step, said)
    except CannotMap as error:
        choices = (STANDS, REMOVED) if error.code == STANDS_THERE else ()
        settle(connection, run, row, Held(code=error.code, params=error.params, choices=choices), shown)
        return
    if said in (STANDS, REMOVED):
        sources.change(connection, row.id, answer="", answer_digest="")
    sources.settle_standing(connection, row, Standing.PLANNED, run.now())


def settle(connection: Connection, run: Run, row: SourceRow, why: Held | Skip, shown: str = "") -> None:
    """A source cannot or need not be planned; said once in the log, not at every look."""
    held = isinstance(why, Held)
    standing = Standing.HELD if held else Standing.SKIPPED
    params = {"number": row.number or row.source_id, "day": str(row.day), **why.params}
    if (row.standing, row.code) != (standing, why.code):
        run.note(connection, "warning" if held else "info", why.code, **params)
        run.counts.skipped += 0 if held else 1
    choices = why.choices if isinstance(why, Held) else ()
    params |= {ABOUT: why.about} if isinstance(why, Held) and why.about else {}
    sources.settle_standing(
        connection, row, standing, run.now(), code=why.code, params=params, choices=choices, shown=shown
    )


def _agree(connection: Connection, run: Run, flow: Flow, record: Record, current: Record | None) -> None:
    """Both sides say the same: that is what they agreed on last."""
    assert current is not None, "only two sides can agree"
    mine, theirs = canonical(record.content), canonical(current.content)
    for link in linked_to(connection, run, flow, record.id):
        own = link.flow == flow.key
        contents = {"source_content": mine, "target_content": theirs}
        if not own:
            contents = {"source_content": theirs, "target_content": mine}
        links.change(connection, link.id, **contents)


def give_up(
    connection: Connection, run: Run, flow: str, source_id: str, opened: Sequence[EntryRow] | None = None
) -> None:
    """Take back a source's findable entries that were planned or stopped and not sent."""
    if opened is None:
        opened = journal.open_of(connection, run.bridge.id, flow, source_id)
    for entry in opened:
        if entry.state in GIVEN_UP and entry.findable:
            drop(connection, run, entry)


def drop(connection: Connection, run: Run, entry: EntryRow, code: str = "") -> None:
    """End an entry that made nothing, and free the place it had taken; what changes a thing took none."""
    state = EntryState.SUPERSEDED
    journal.change(connection, entry.id, state=state, code=code, finished_at=run.now())
    if entry.link_id is not None and run.step(entry).creates:
        links.free(connection, entry.link_id)


def write_down(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, step: Step, said: str = ""
) -> None:
    """One step becomes an entry; a document to be made takes its place in the same commit."""
    place = step.link
    if step.ensures and row.action != ENSURE:
        _ensure(connection, run, flow, step)
        return
    there = None
    if step.creates and not row.action:
        there = links.at(connection, run.bridge.id, place.kind, place.source_id, place.ordinal)
    if there is not None and there.target_id:
        _where_one_stands(connection, run, flow, row, step, there, said)
    elif step.findable or not journal.ever(connection, run.bridge.id, flow.key, row.source_id, step.name):
        _add(connection, run, flow, row, step)


def _where_one_stands(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, step: Step, there: LinkRow, said: str
) -> None:
    """A document stands where this step would make one, and its flow does not take it for that.

    What a survey took over may be just what this step means: it is looked at as if the step's own answer
    had been lost. If that did not help, or it was written in part, a person says what is true; what they
    say they removed is looked for before it is made again.
    """
    if said == STANDS:
        for ordinal, state in step.turns.items():
            links.turn(connection, run.bridge.id, step.link.source_id, flow.kind, ordinal, state)
    elif said == REMOVED:
        links.end(connection, [there])
        _add(connection, run, flow, row, step, doubtful=True)
    elif not journal.on_links(connection, [there.id]):
        _add(connection, run, flow, row, step, there=there.id)
    else:
        raise CannotMap(STANDS_THERE, target=there.target_number or there.target_id)


def _ensure(connection: Connection, run: Run, flow: Flow, step: Step) -> None:
    """A thing several sources need is a source of its own; once there or on its way it is left alone."""
    place = step.link
    there = links.at(connection, run.bridge.id, place.kind, place.source_id, place.ordinal)
    if there is not None and (there.target_id or journal.taken(connection, there.id)):
        return
    row = sources.get(connection, run.bridge.id, flow.key, place.source_id)
    if row is None:
        row = sources.add(
            connection, run.bridge.id, flow.key, place.source_id, day=step.day, number=step.number,
            party=step.party, total=step.total, action=ENSURE,
        )  # fmt: skip
    if row.action != ENSURE:
        raise CannotMap("plan.place_taken", place=place.name)
    sources.change(connection, row.id, order=encode(step), day=step.day)
    if given_up_by(row) is None:
        _add(connection, run, flow, row, step)
        sources.settle_standing(connection, row, Standing.PLANNED, run.now())


def _add(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, step: Step,
    *, doubtful: bool = False, there: int | None = None,
) -> None:  # fmt: skip
    """Insert the entry. While older data may have been put back, what makes something is looked for first.

    A thing several sources need goes in a lane of its own, whatever lane its step names: made anew it comes
    after entries that wait for it, and would wait for them in turn.
    """
    bridge = run.bridge
    if step.ensures and row.answer == ANEW:
        step = replace(step, fresh=True)
    revision = row.revision if step.findable else 0
    generation = journal.next_generation(connection, bridge.id, flow.key, row.source_id, revision, step.name)
    recovering = bridge.recovering and (step.creates or not step.findable)
    doubtful = doubtful or recovering or there is not None
    state = EntryState.UNKNOWN if doubtful else EntryState.PLANNED
    link_id = there or _link_for(connection, run, flow, step, state)
    lane = f"{ENSURE}:{step.link.name}" if row.action == ENSURE else step.lane
    journal.add(
        connection, bridge_id=bridge.id, flow=flow.key, source_id=row.source_id, revision=revision,
        step_name=step.name, generation=generation, lane=lane, link_id=link_id, state=state,
        step=encode(step), mark=step.mark, action="" if row.action == ENSURE else row.action,
        findable=step.findable, unknown_since=run.now() if doubtful else None,
        key=_key(run, flow, row, step, (revision, generation)),
    )  # fmt: skip


def _key(run: Run, flow: Flow, row: SourceRow, step: Step, which: tuple[int, int]) -> str:
    """The entry's idempotency key: another content, or a change planned anew, is another request.

    Once an older copy of the data folder was put back, revisions and generations are counted from there
    again: under the key of the first time a vendor would answer as then, and do nothing.
    """
    planned_at = "" if step.creates else run.now().isoformat()
    named = (run.bridge.created_at.isoformat(), flow.key, row.source_id, *which, step.name)
    return key_of(*named, digest_of(encode(step)), planned_at)


def _link_for(connection: Connection, run: Run, flow: Flow, step: Step, state: EntryState) -> int | None:
    """The link a step makes or changes.

    The place of a thing several sources need is its own source's until the thing is there: what is to be
    done to it holds it from its claim on.
    """
    place = step.link
    shown = THING if step.ensures else state.value
    if not keepable(step.total):
        raise CannotMap("store.amount_too_fine", amount=str(step.total))
    if step.creates:
        return links.reserve(
            connection, run.bridge.id, flow.key, kind=place.kind, source_id=place.source_id,
            ordinal=place.ordinal, state=shown, day=step.day, number=step.number,
            party=step.party, total=step.total, currency=step.currency, sources=step.sources,
            source_content=step.source_content or None,
        )  # fmt: skip
    there = links.at(connection, run.bridge.id, place.kind, place.source_id, place.ordinal)
    if there is not None and there.target_id and there.state == DocumentState.DELETED.value:
        raise CannotMap("plan.target_gone", target=there.target_number or there.target_id)
    return None if there is None or _awaited(connection, run, there) else there.id


def _awaited(connection: Connection, run: Run, link: LinkRow) -> bool:
    """Whether a link is to a thing several sources need, and that is not there yet."""
    row = sources.get(connection, run.bridge.id, link.flow, link.source_id)
    return not link.target_id and row is not None and row.action == ENSURE
