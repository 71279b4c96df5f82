"""What became of a sent entry, each in one commit with its link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.errors import NoSuchTarget, Param, PartlyAccepted, Reaction, Verdict, classify
from bridge_gui.store import journal, links, sources
from bridge_gui.store.attention import ANEW
from bridge_gui.store.rows import ENSURE, THING, EntryRow, EntryState, LinkRow, Standing
from bridge_gui.sync.digest import digest_of
from bridge_gui.sync.flow import Found, Written
from bridge_gui.sync.planning import drop, give_up
from bridge_gui.sync.run import Run
from bridge_gui.sync.step import Step
from bridge_gui.wording.plain import places

SOON = 60.0
READABLE = 12
"""Letters of an id that may be the number a person knows; longer ones are the vendor's own."""


def finish(connection: Connection, run: Run, entry: EntryRow, written: Written) -> None:
    """Done: the entry, its link's target and the content as read back, in one commit."""
    journal.change(connection, entry.id, state=EntryState.DONE, code="", finished_at=run.now())
    _point(connection, run, entry, written, run.now())
    step = run.step(entry)
    run.counts.written += 1
    shown = {"number": step.number, "day": str(step.day), "target": written.ref.number or written.ref.id}
    shown |= {"why": _how_told(step, written.ref), "party": step.party}
    total = f"{step.total:.{places(step.total, step.currency)}f}"
    run.note(connection, "info", "entry.done", kind=step.link.kind, total=total, **shown)
    for remark in run.flow_of(entry).remarks(step):
        run.note(connection, "info", remark.code, **remark.params)


def adopt(connection: Connection, run: Run, entry: EntryRow, found: Found) -> None:
    """Found at the vendor as it was meant, or what is there of it: with the content found.

    What is there only in part is a document with nothing agreed on, so that a new plan amends it. A
    change found missing was not made; the new plan begins from what the document holds.
    """
    written_at = max(filter(None, (entry.claimed_at, entry.unknown_since)), default=run.now())
    written = _as_written(found)
    if found.equal or run.step(entry).creates:
        journal.change(connection, entry.id, state=EntryState.DONE, code="", finished_at=run.now())
        _point(connection, run, entry, written, written_at, whole=found.equal)
        return
    drop(connection, run, entry, "outcome.differs")
    link = _link_of(connection, run, entry, run.step(entry))
    if link is not None and not run.flow_of(entry).opposite:
        links.change(connection, link.id, **_seen(written, run.now()))


def _how_told(step: Step, ref: Ref) -> str:
    """Which sentence fits: a vendor's own id says nothing to a person, and a customer has no amount."""
    if step.unlinks:
        return "unlinked"
    if not step.currency:
        if ref.number and ref.number.casefold() != step.number.casefold():
            return "renamed"
        return "named" if step.party and step.party.casefold() not in step.number.casefold() else "sent"
    if ref.number or len(ref.id) <= READABLE:
        return ""
    return "whose" if step.party else "unnumbered"


def _seen(written: Written, at: datetime) -> dict[str, object]:
    """What a look at a target tells of it."""
    values: dict[str, object] = {"checked_at": at, "target_content": written.content, "doubtful": False}
    return values if written.state is None else values | {"state": written.state.value}


def look_at(connection: Connection, run: Run, link: LinkRow, found: Found) -> None:
    """A doubtful link was looked at: two-way flows compare with the other side's record themselves."""
    if run.flows[link.flow].opposite:
        links.change(connection, link.id, doubtful=False)
        return
    links.change(connection, link.id, **_seen(_as_written(found), run.now()))


def _as_written(found: Found) -> Written:
    """What was found, as if a write had told."""
    state = found.state or (None if found.living else DocumentState.DELETED)
    return Written(ref=found.ref, content=found.content, state=state)


def _point(
    connection: Connection, run: Run, entry: EntryRow, written: Written, at: datetime, *, whole: bool = True
) -> None:
    """Give the link its target, turn what the step turns, tell the opposite flow what it will see."""
    step = run.step(entry)
    link = _link_of(connection, run, entry, step)
    if link is not None and step.unlinks:
        links.end(connection, [link])
        links.free(connection, link.id)
    elif link is not None:
        links.change(connection, link.id, **_contents(entry, step, link, written, at, whole=whole))
    for ordinal, state in step.turns.items() if whole else ():
        kind = run.flow_of(entry).kind
        links.turn(connection, run.bridge.id, step.link.source_id, kind, ordinal, state)
    if step.ensures and step.fresh:
        _made_anew(connection, run, entry)
    if whole:
        _echo(connection, run, entry, written)


def _made_anew(connection: Connection, run: Run, entry: EntryRow) -> None:
    """The new one that a person wanted is there: were it gone one day, they are asked again."""
    row = sources.get(connection, run.bridge.id, entry.flow, entry.source_id)
    if row is not None and row.answer == ANEW:
        sources.change(connection, row.id, answer="")


def _link_of(connection: Connection, run: Run, entry: EntryRow, step: Step) -> LinkRow | None:
    """The link an entry makes or changes."""
    if entry.link_id is not None:
        return links.get(connection, entry.link_id)
    place = step.link
    return links.at(connection, run.bridge.id, place.kind, place.source_id, place.ordinal)


def changes_thing(connection: Connection, run: Run, entry: EntryRow) -> bool:
    """Whether an entry is about a thing that is there (a customer's details), not about a document."""
    step = run.step(entry)
    link = _link_of(connection, run, entry, step)
    return not (step.creates or step.ensures) and link is not None and link.state == THING


def _contents(
    entry: EntryRow, step: Step, link: LinkRow, written: Written, at: datetime, *, whole: bool
) -> dict[str, object]:
    """Both contents of the link after a write, each on its own side; agreed on only if it is all there."""
    values: dict[str, object] = {"written_at": at, "checked_at": at, "doubtful": False}
    if step.ensures:
        values["state"] = THING
    elif written.state is not None:
        values["state"] = written.state.value
    if not step.findable and not step.creates and written.content is None:
        return values  # an e-mail says nothing about what its document holds
    if link.flow != entry.flow:
        return values | {"source_content": written.content, "target_content": step.source_content or None}
    agreed = None if step.creates else link.source_content
    mine = (step.source_content or link.source_content) if whole else agreed
    values |= {"target_id": written.ref.id, "source_content": mine, "target_content": written.content}
    if not step.creates and step.currency:
        values |= {"total": step.total, "party": step.party or link.party}
    if written.ref.number:
        values["target_number"] = written.ref.number
    if written.ref.url:
        values["target_url"] = written.ref.url
    return values


def _echo(connection: Connection, run: Run, entry: EntryRow, written: Written) -> None:
    """What we wrote is what the other direction has seen last: no change of anybody's."""
    flow = run.flow_of(entry)
    if not flow.opposite or written.content is None:
        return
    other = run.flows[flow.opposite]
    step = run.step(entry)
    digest = digest_of(written.content, other.digest_version)
    row = sources.get(connection, run.bridge.id, other.key, written.ref.id)
    if row is None:
        shown = {"day": step.day, "number": step.number, "party": step.party, "total": step.total}
        row = sources.add(connection, run.bridge.id, other.key, written.ref.id, digest=digest, **shown)
    sources.change(connection, row.id, digest=digest)
    sources.settle_standing(connection, row, Standing.PLANNED, run.now())


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A write that did not end in an answer we understand as done."""

    connection: Connection
    run: Run
    entry: EntryRow
    error: BaseException
    verdict: Verdict
    params: dict[str, Param]


def fail(connection: Connection, run: Run, entry: EntryRow, error: BaseException) -> Verdict:
    """Not done: judged once, and the entry put where that judgement says."""
    verdict = judge(error)
    params = named(run, entry) | verdict.params
    _REACT[verdict.reaction](
        Failure(connection=connection, run=run, entry=entry, error=error, verdict=verdict, params=params)
    )
    run.note(connection, "error" if verdict.bug else "warning", verdict.code, **params)
    return verdict


def judge(error: BaseException) -> Verdict:
    """Classify an error of a write: what is not a definite refusal may have been done."""
    verdict = classify(error)
    if verdict.reaction is Reaction.STOP_RUN:
        return replace(verdict, reaction=Reaction.UNKNOWN)
    return verdict


def named(run: Run, entry: EntryRow) -> dict[str, Param]:
    """The document an entry is about, for a sentence."""
    step = run.step(entry)
    return {"number": step.number or entry.source_id, "day": str(step.day)}


def _again(failure: Failure) -> None:
    """The vendor did nothing and will take it later: planned, due then."""
    later = failure.verdict.reaction is Reaction.LATER
    wait = timedelta(seconds=failure.verdict.after or SOON)
    _set(failure, EntryState.PLANNED, due_at=failure.run.now() + wait if later else None)


def _stop(failure: Failure) -> None:
    """The vendor did not take this one; what it took of it, or no longer has, is noted."""
    error = failure.error
    if isinstance(error, NoSuchTarget) and _end_links(failure, error):
        return
    if isinstance(error, PartlyAccepted):
        partly = Written(ref=Ref(id=error.target_id))
        connection, run, entry = failure.connection, failure.run, failure.entry
        _point(connection, run, entry, partly, run.now(), whole=False)
        doubt_link(connection, run, entry)
    failure.run.counts.failed += 1
    _set(failure, EntryState.STOPPED)


def doubt_link(connection: Connection, run: Run, entry: EntryRow) -> None:
    """What the entry's target holds is to be looked at before anything is planned on it."""
    link = _link_of(connection, run, entry, run.step(entry))
    if link is not None and link.target_id:
        links.change(connection, link.id, doubtful=True)


def _end_links(failure: Failure, error: NoSuchTarget) -> bool:
    """The target is gone at the vendor: what is left to do is planned again.

    A thing that was needed loses its link, so that it is ensured again. A document, of the source itself or
    of another one, is one that vanished: its plan says what becomes of that.
    """
    connection, run = failure.connection, failure.run
    step, own = run.step(failure.entry), _documents_of(failure)
    gone = str(error.params.get("target", "")) or (own[0].target_id if len(own) == 1 else "")
    at = (links.at(connection, run.bridge.id, p.kind, p.source_id, p.ordinal) for p in step.needs)
    needed = [link for link in at if link is not None and gone and link.target_id == gone]
    things = [link for link in needed if _is_thing(connection, run, link)]
    links.end(connection, things)
    journal.let_go(connection, [link.id for link in things])
    vanished = [link for link in own if gone and link.target_id == gone]
    for link in (*vanished, *(link for link in needed if link not in things)):
        links.change(connection, link.id, state=DocumentState.DELETED.value, doubtful=False)
        sources.renew(connection, run.bridge.id, link.flow, [link.source_id])
    if needed or vanished:
        reopen(connection, run, failure.entry, failure.verdict.code)
    return bool(needed or vanished)


def _is_thing(connection: Connection, run: Run, link: LinkRow) -> bool:
    """Whether a link leads to a thing several sources need, which is made again without asking."""
    row = sources.get(connection, run.bridge.id, link.flow, link.source_id)
    return link.state == THING or (row is not None and row.action == ENSURE)


def _documents_of(failure: Failure) -> list[LinkRow]:
    """The documents a step is planned on: the one it changes, those it turns."""
    connection, run, entry = failure.connection, failure.run, failure.entry
    step, kind = run.step(entry), run.flow_of(entry).kind
    own = [] if step.creates else [_link_of(connection, run, entry, step)]
    own += [links.at(connection, run.bridge.id, kind, step.link.source_id, n) for n in step.turns]
    return [link for link in own if link is not None and link.target_id]


def _replan(failure: Failure) -> None:
    """Plan anew at the next generation, never the old step again; what it was planned on is looked at."""
    for link in _documents_of(failure) if failure.entry.findable else ():
        links.change(failure.connection, link.id, doubtful=True)
    reopen(failure.connection, failure.run, failure.entry, failure.verdict.code)


def reopen(connection: Connection, run: Run, entry: EntryRow, code: str) -> None:
    """End an entry that made nothing with all its source has not sent yet; the source is planned anew."""
    drop(connection, run, entry, code)
    give_up(connection, run, entry.flow, entry.source_id)
    sources.renew(connection, run.bridge.id, entry.flow, [entry.source_id])


def _ask(failure: Failure) -> None:
    """Only a person can tell."""
    _set(failure, EntryState.ASKED)


def _doubt(failure: Failure) -> None:
    """Nobody knows whether the vendor acted: unknown from now on, to be settled by looking."""
    run = failure.run
    _set(failure, EntryState.UNKNOWN, unknown_since=run.now())
    run.later(run.settled_at(run.flow_of(failure.entry), run.now()))


def _set(failure: Failure, state: EntryState, **values: object) -> None:
    """The entry's state, shown on its link as long as there is no document."""
    connection, entry = failure.connection, failure.entry
    journal.change(
        connection, entry.id, state=state, code=failure.verdict.code, params=failure.params, **values
    )
    show_on_link(connection, entry, state)


def show_on_link(connection: Connection, entry: EntryRow, state: EntryState) -> None:
    """While there is no document its link shows the state of the entry."""
    link = links.get(connection, entry.link_id) if entry.link_id is not None else None
    if link is not None and not link.target_id:
        links.change(connection, link.id, state=state.value)


_REACT: dict[Reaction, Callable[[Failure], None]] = {
    Reaction.STOP_BRIDGE: _again,
    Reaction.LATER: _again,
    Reaction.STOP_ENTRY: _stop,
    Reaction.REPLAN: _replan,
    Reaction.ASK: _ask,
    Reaction.UNKNOWN: _doubt,
}
