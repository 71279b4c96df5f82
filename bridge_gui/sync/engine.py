"""One run of one bridge: settle, survey, collect, deliver, follow; how it ended is its outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bridge_gui.errors import Cancelled, Param, Reaction, SetupError, classify
from bridge_gui.store import attention, bridges, journal, runs, sources
from bridge_gui.store.rows import EntryState, Outcome, RunRow
from bridge_gui.sync import proof
from bridge_gui.sync.collect import collect, look_again
from bridge_gui.sync.deliver import deliver
from bridge_gui.sync.follow import follow, recall
from bridge_gui.sync.groups import plan_groups
from bridge_gui.sync.needed import see_to_needed
from bridge_gui.sync.orders import plan_orders
from bridge_gui.sync.run import Run
from bridge_gui.sync.settle import abandon, settle
from bridge_gui.sync.strangers import look_for_strangers
from bridge_gui.sync.survey import survey
from bridge_gui.web.meter import Allowance

REPLANS = 3
Report = Callable[[BaseException], None]


def read_side(run: Run, *, restored: bool = False) -> None:
    """Everything before the first write; a preview ends here."""
    abandon(run)
    survey(run, restored=restored)
    settle(run)
    collect(run)


def write_side(run: Run) -> None:
    """Deliver what is due; what was planned on an old look is planned anew and delivered as well."""
    recall(run)
    proof.recall(run)
    look_for_strangers(run)
    if run.not_now:
        run.log("info", "run.put_off", count=len(run.not_now))
    deliver(run)
    for _ in range(REPLANS):
        settle(run)
        if not _planned_anew(run):
            break
        deliver(run)
    if follow(run):
        _planned_anew(run)
    _come_back(run)


def _planned_anew(run: Run) -> bool:
    """Plan again what a conflict or a look at the vendor has reopened; whether anything came of it."""
    begun = run.now()
    see_to_needed(run)
    for flow in run.flows.values():
        look_again(run, flow, begun, only_new=True)
        plan_groups(run, flow)
        plan_orders(run, flow)
    with run.database.read() as connection:
        return bool(journal.due(connection, run.bridge.id, run.now(), after=0, limit=1))


def _come_back(run: Run) -> None:
    """The run goes on when the next thing that was put off is due."""
    with run.database.read() as connection:
        put_off = (
            journal.next_due(connection, run.bridge.id, run.now()),
            sources.next_recheck(connection, run.bridge.id, run.now()),
        )
    for at in filter(None, put_off):
        run.later(at)


def execute(
    run: Run,
    *,
    prepare: Callable[[], bool],
    calls: Callable[[], Mapping[str, int]],
    report: Report,
    left: Callable[[], Mapping[str, Sequence[Allowance]]] = dict,
) -> RunRow:
    """The whole run. It does not raise for what a run may meet; a bug is reported and ends it as failed.

    `prepare` opens the connections into the run and says whether an older copy of the store was put back.
    `calls` tells what the run has cost, `left` what the vendors said is left of their allowances.
    """
    begun, started = run.clock.monotonic(), run.now()
    try:
        with run.database.write() as connection:
            run.id = runs.begin(connection, run.bridge.id, started)
            bridges.stop_bridge(connection, run.bridge.id, "", {})
        outcome, code, params = _guarded(run, prepare, report)
        _tell_left(run, left())
        return _end(run, outcome, code, params, calls(), run.clock.monotonic() - begun)
    except SetupError as error:
        return _unwritten(run, started, error)


def _unwritten(run: Run, started: datetime, error: SetupError) -> RunRow:
    """The store itself refuses (a full disk): what cannot be noted in it is told all the same."""
    return RunRow(
        id=run.id or 0, bridge=run.bridge.name, started_at=started, ended_at=run.now(),
        outcome=Outcome.FAILED, read=run.counts.read, written=run.counts.written, code=error.code,
        params=error.params,
    )  # fmt: skip


def _guarded(run: Run, prepare: Callable[[], bool], report: Report) -> tuple[Outcome, str, dict[str, Param]]:
    """Run the phases and judge what ended them."""
    try:
        _stay_stopped(run)
        read_side(run, restored=prepare())
        write_side(run)
    except Cancelled:
        return Outcome.CANCELLED, "run.cancelled", {}
    except proof.NotYetShown:
        return Outcome.PAUSED, "run.waits_for_ledger", {}
    except Exception as error:  # noqa: BLE001 - the one border where everything is judged
        return _judged(run, error, report)
    return (Outcome.PAUSED if run.until else Outcome.FINISHED), "", {}


def _stay_stopped(run: Run) -> None:
    """What a bridge stands still for lasts until a person has seen to it."""
    with run.database.read() as connection:
        stopped = bridges.lasting_stop(connection, run.bridge.id)
    if stopped is not None:
        error = SetupError(stopped[0])
        error.params = stopped[1]
        raise error


def _judged(run: Run, error: Exception, report: Report) -> tuple[Outcome, str, dict[str, Param]]:
    """What an error means for the whole run."""
    verdict = classify(error)
    if verdict.bug:
        report(error)
    if verdict.reaction is Reaction.LATER:
        run.later(run.now() + timedelta(seconds=verdict.after or 60.0))
        return Outcome.PAUSED, verdict.code, verdict.params
    if verdict.reaction is Reaction.STOP_BRIDGE:
        with run.database.write() as connection:
            bridges.stop_bridge(connection, run.bridge.id, verdict.code, verdict.params)
    return Outcome.FAILED, verdict.code, verdict.params


def _tell_left(run: Run, left: Mapping[str, Sequence[Allowance]]) -> None:
    """What the vendors said is left of the day, for whoever reads the log."""
    for vendor, allowances in left.items():
        for one in allowances:
            if one.span == "day":
                run.log("info", "run.day_left", vendor=vendor, left=one.left)


def _end(
    run: Run, outcome: Outcome, code: str, params: dict[str, Param], calls: Mapping[str, int], seconds: float
) -> RunRow:
    """Write down how the run ended."""
    counts = run.counts
    with run.database.write() as connection:
        waiting = attention.count(connection, run.bridge.id)
        bridges.change_bridge(connection, run.bridge.id, paused_until=run.until)
        runs.end(
            connection, _id(run), ended_at=run.now(), outcome=outcome, read=counts.read,
            written=counts.written, skipped=counts.skipped, failed=counts.failed, attention=waiting,
            calls=dict(calls), seconds=round(seconds, 3), code=code, params=params, until=run.until,
        )  # fmt: skip
        if code:
            run.note(connection, "info" if outcome is Outcome.CANCELLED else "warning", code, **params)
        run.note(connection, "info", f"run.{outcome.value}", read=counts.read, written=counts.written)
    with run.database.read() as connection:
        return runs.latest(connection, run.bridge.name, 1)[0]


def _id(run: Run) -> int:
    """The run's id, once it has begun."""
    assert run.id is not None
    return run.id


def unsettled(run: Run) -> int:
    """How many outcomes are still open."""
    with run.database.read() as connection:
        return journal.count(connection, run.bridge.id, EntryState.UNKNOWN, EntryState.SENDING)
