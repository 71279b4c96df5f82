"""Deliver: due entries, lane by lane. Claimed and committed before a byte leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import (
    Cancelled,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Passing,
    Reaction,
    classify,
)
from bridge_gui.store import journal, links
from bridge_gui.store.rows import EntryRow, EntryState
from bridge_gui.sync import proof
from bridge_gui.sync.events import Phase
from bridge_gui.sync.flow import CannotTell, Finding, Flow, Found, Several, Written
from bridge_gui.sync.knots import is_there, overtaking
from bridge_gui.sync.outcome import adopt, fail, finish, named
from bridge_gui.sync.run import Run
from bridge_gui.sync.settle import ask, ask_which
from bridge_gui.web.waiting import check

LOT = 500
SILENCE = 3
"""Writes in a row without an answer that end a run."""
_ENDS_RUN = (Reaction.STOP_BRIDGE, Reaction.LATER, Reaction.STOP_RUN)


@dataclass
class _Pace:
    """How far the delivery is, and how long the rest will take by what it took so far."""

    run: Run
    total: int
    begun: float
    done: int = 0

    def step(self, count: int = 1) -> None:
        """Some more are done."""
        self.done += count
        spent = self.run.clock.monotonic() - self.begun
        self.total = max(self.total, self.done)
        left = spent / self.done * (self.total - self.done) if self.done >= 5 else None
        self.run.progress(Phase.DELIVER, self.done, self.total, left)


def deliver(run: Run) -> None:
    """Send everything that is due; passes go on until one of them can do nothing more."""
    with run.database.read() as connection:
        total = journal.count(connection, run.bridge.id, EntryState.PLANNED)
    pace = _Pace(run, total, run.clock.monotonic())
    while _one_pass(run, pace) or _untied(run, pace):
        pass


def _untied(run: Run, pace: _Pace) -> bool:
    """Send what nothing but those that wait for it keep from going; whether any of it went."""
    sent = False
    for entry in overtaking(run):
        check(run.cancel)
        sent = _send(run, [entry], pace) or sent
    return sent


def deliver_only(run: Run, chosen: Callable[[], set[int]]) -> None:
    """Send of what is due only the entries chosen, asked anew after each round, until nothing more goes."""
    pace = _Pace(run, len(chosen()), run.clock.monotonic())
    sent = True
    while sent:
        ids = chosen()
        lot = [entry for lot in _lots(run) for entry in lot if entry.id in ids]
        sent = False
        for batch in _batches(run, [lot]):
            check(run.cancel)
            sent = _send(run, batch, pace) or sent


def _one_pass(run: Run, pace: _Pace) -> bool:
    """Once through all entries that are due; whether any of them was sent."""
    sent = False
    for batch in _batches(run, _lots(run)):
        check(run.cancel)
        sent = _urgent(run, pace) or sent
        sent = _send(run, batch, pace) or sent
    return sent


def _lots(run: Run) -> Iterator[list[EntryRow]]:
    """Due entries in order, in lots, each read when it is wanted."""
    after = 0
    while True:
        with run.database.read() as connection:
            lot = journal.due(connection, run.bridge.id, run.now(), after=after, limit=LOT)
        if not lot:
            return
        yield lot
        after = lot[-1].id


def _urgent(run: Run, pace: _Pace) -> bool:
    """What the user has ordered meanwhile goes first."""
    with run.database.read() as connection:
        if not journal.any_ordered(connection, run.bridge.id):
            return False
        due = journal.due(connection, run.bridge.id, run.now(), after=0, limit=LOT, urgent=True)
    return sum(_send(run, [entry], pace) for entry in due) > 0


def _batches(run: Run, lots: Iterable[Sequence[EntryRow]]) -> Iterator[list[EntryRow]]:
    """Entries to be sent together: one flow, never two of one lane; singly where a vendor wants that.

    What a lot leaves in a batch that is not full goes with the next lot.
    """
    batch: list[EntryRow] = []
    room = 0
    for lot in lots:
        first = sorted([*batch, *lot], key=lambda one: not run.step(one).ensures)
        batch = []
        for entry in first:  # what others need does not part their batch
            size = _size(run, entry)
            if batch and (len(batch) >= min(room, size) or _apart(run, batch, entry)):
                yield batch
                batch = []
            if size > 1 and not _ready(run, entry):
                continue  # it would leave its place in a call empty
            room = size if not batch else min(room, size)
            batch.append(entry)
    if batch:
        yield batch


def _apart(run: Run, batch: Sequence[EntryRow], entry: EntryRow) -> bool:
    """Whether an entry may not share a call with these."""
    if any(other.flow != entry.flow or other.lane == entry.lane for other in batch):
        return True
    step, others = run.step(entry), [run.step(other) for other in batch]
    return others[0].ensures != step.ensures or run.flow_of(entry).apart(step, others)


def _size(run: Run, entry: EntryRow) -> int:
    """How many may go together with this one: a first document goes alone."""
    flow = run.flow_of(entry)
    if flow.batch == 1 or proof.first_to_prove(run, flow):
        return 1
    return flow.batch if flow.joins(run.step(entry)) else 1


def _send(run: Run, entries: Sequence[EntryRow], pace: _Pace) -> bool:
    """Send one batch, or one entry; whether anything was done at all."""
    flow = run.flow_of(entries[0])
    ready = [entry for entry in entries if _ready(run, entry)]
    if not ready:
        return False
    proof.before_second(run, flow)
    done = _send_many(run, flow, ready) if len(ready) > 1 else _send_one(run, flow, ready[0])
    pace.step(len(ready))
    return done


def _ready(run: Run, entry: EntryRow) -> bool:
    """Whether all a step needs is there, as it was meant, and nobody has put it off.

    What nobody can take back (an e-mail) waits until its source's documents are what they should be.
    """
    if run.puts_off(entry):
        return False
    needs = run.step(entry).needs
    if not needs:
        return True
    with run.database.read() as connection:
        rows = [links.at(connection, run.bridge.id, n.kind, n.source_id, n.ordinal) for n in needs]
        of_source = () if entry.findable else journal.open_of(
            connection, run.bridge.id, entry.flow, entry.source_id
        )  # fmt: skip
    return all(row is not None and is_there(row) for row in rows) and not any(
        one.findable for one in of_source
    )


def _send_one(run: Run, flow: Flow, entry: EntryRow) -> bool:
    """Choose, claim, write, and commit what became of it."""
    step = run.filled(entry)
    try:
        if step.ensures and not missing(run, flow, [entry]):
            return True
        chosen = flow.choose(step)
    except Exception as error:  # noqa: BLE001 - nothing was sent; judged like any read
        return _not_chosen(run, entry, error)
    if not _claim(run, [entry], chosen, batch=""):
        return False
    step = step.aimed_at(chosen)
    try:
        written = flow.write(step, entry.key, chosen)
    except BaseException as error:  # noqa: BLE001 - recorded, then judged
        _failed(run, entry, error)
        _stop_if_needed(error)
        _stop_if_silent(run, flow, error)
        return True
    run.unanswered = 0
    with run.database.write() as connection:
        finish(connection, run, entry, written)
    proof.after_first(run, flow, step, written)
    return True


def missing(run: Run, flow: Flow, entries: Sequence[EntryRow]) -> list[EntryRow]:
    """Things to be ensured are looked for before they are made, at one look; gives those to be made."""
    findings = flow.find([run.filled(entry) for entry in entries], run.cancel)
    with run.database.write() as connection:
        return [
            entry
            for entry, finding in zip(entries, findings, strict=True)
            if not _there_already(connection, run, entry, finding)
        ]


def _there_already(connection: Connection, run: Run, entry: EntryRow, finding: Finding) -> bool:
    """Whether a thing is not to be made now."""
    if isinstance(finding, Found):
        adopt(connection, run, entry, finding)
        run.note(connection, "info", "ensure.found", **named(run, entry))
    elif isinstance(finding, Several):
        ask_which(connection, run, entry, finding)
    elif isinstance(finding, CannotTell):
        ask(connection, run, entry, "outcome.cannot_tell")
    else:
        return False
    return True


def _not_chosen(run: Run, entry: EntryRow, error: Exception) -> bool:
    """Choosing only reads: whatever failed, nothing was sent."""
    verdict = classify(error)
    if verdict.reaction in (Reaction.STOP_RUN, Reaction.UNKNOWN):
        raise error
    _failed(run, entry, error)
    _stop_if_needed(error)
    return True


def _claim(run: Run, entries: Sequence[EntryRow], chosen: Ref | None, batch: str) -> list[EntryRow]:
    """Commit that these are being sent, and where to; gives those that were still to be had."""
    target = chosen.id if chosen is not None else ""
    with run.database.write() as connection:
        claimed = [
            entry
            for entry in entries
            if journal.claim(connection, entry.id, run.now(), target_id=target, batch=batch)
        ]
        for entry in claimed:
            _hold(connection, run, entry)
    return claimed


def _hold(connection: Connection, run: Run, entry: EntryRow) -> None:
    """What was planned before the thing it changes was there is about that thing's link from now on."""
    at = run.step(entry).link
    if entry.link_id is None:
        link = links.at(connection, run.bridge.id, at.kind, at.source_id, at.ordinal)
        journal.change(connection, entry.id, link_id=link.id if link is not None else None)


def _failed(run: Run, entry: EntryRow, error: BaseException) -> None:
    """Commit what a failed write means for its entry."""
    with run.database.write() as connection:
        if isinstance(error, Cancelled):
            journal.change(connection, entry.id, state=EntryState.PLANNED)
        else:
            fail(connection, run, entry, error)


def _stop_if_needed(error: BaseException) -> None:
    """Some failures end the run: stopped, signed out, out of reach, or something we do not understand."""
    if not isinstance(error, Exception) or isinstance(error, Cancelled):
        raise error
    if classify(error).reaction in _ENDS_RUN:
        raise error


def _stop_if_silent(run: Run, flow: Flow, error: BaseException) -> None:
    """A vendor that answers nothing is left alone for a while: each more write is one more to look for."""
    run.unanswered = run.unanswered + 1 if isinstance(error, OutcomeUnknown) else 0
    if isinstance(error, OutcomeUnknown) and run.unanswered >= SILENCE:
        raise Passing(error.code, retry_after=flow.settle_after.total_seconds() or None) from error


def _send_many(run: Run, flow: Flow, entries: Sequence[EntryRow]) -> bool:
    """One call for several entries; the batch's id is in the claim, results go entry by entry."""
    if run.step(entries[0]).ensures:
        try:
            entries = missing(run, flow, entries)
        except Exception:  # noqa: BLE001 - nothing was sent; each is looked for, and judged, by itself
            return sum(_send_one(run, flow, entry) for entry in entries) > 0
    batch = uuid4().hex
    claimed = _claim(run, entries, None, batch)
    if not claimed:
        return not entries
    steps = [run.filled(entry) for entry in claimed]
    try:
        results = flow.write_many(steps, [entry.key for entry in claimed], batch)
    except BaseException as error:  # noqa: BLE001 - recorded, then judged
        return _batch_failed(run, flow, claimed, error)
    _take_results(run, claimed, results)
    return True


def _take_results(run: Run, claimed: Sequence[EntryRow], results: dict[int, Written | Exception]) -> None:
    """Commit each result; what the answer leaves out is unknown. What ends a run ends it after the last."""
    ending: Exception | None = None
    for position, entry in enumerate(claimed):
        result = results.get(position) or OutcomeUnknown("outcome.left_out")
        if isinstance(result, Written):
            with run.database.write() as connection:
                finish(connection, run, entry, result)
            continue
        _failed(run, entry, result)
        if classify(result).reaction in _ENDS_RUN:
            ending = ending or result
    if ending is not None:
        raise ending


def _batch_failed(run: Run, flow: Flow, entries: Sequence[EntryRow], error: BaseException) -> bool:
    """Refused as a whole: sent again one by one. Anything else is judged for each entry.

    A part that was accepted is nobody's in particular: each of them has to be looked for.
    """
    if isinstance(error, (PartlyAccepted, NoSuchTarget)):
        error = OutcomeUnknown("outcome.left_out")
    if isinstance(error, Exception) and classify(error).reaction is Reaction.STOP_ENTRY:
        with run.database.write() as connection:
            for entry in entries:
                journal.change(connection, entry.id, state=EntryState.PLANNED)
        return sum(_send_one(run, flow, entry) for entry in entries) > 0
    for entry in entries:
        _failed(run, entry, error)
    _stop_if_needed(error)
    _stop_if_silent(run, flow, error)
    return True
