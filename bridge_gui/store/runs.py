"""Runs and the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bridge_gui.errors import Param
from bridge_gui.store import tables
from bridge_gui.store.rows import LogRow, Outcome, RunRow
from bridge_gui.store.select import columns, many, new_id

_RUN, _LOG = tables.run, tables.log


def begin(connection: Connection, bridge_id: int, now: datetime) -> int:
    """A run begins; one that was left running was interrupted. Gives the run's id."""
    connection.execute(
        update(_RUN)
        .where(_RUN.c.bridge_id == bridge_id, _RUN.c.outcome == Outcome.RUNNING)
        .values(outcome=Outcome.INTERRUPTED, ended_at=now)
    )
    made = connection.execute(
        insert(_RUN).values(bridge_id=bridge_id, started_at=now, outcome=Outcome.RUNNING)
    )
    return new_id(made)


def end(connection: Connection, run_id: int, **values: Any) -> None:
    """A run ended, with its counts."""
    connection.execute(update(_RUN).where(_RUN.c.id == run_id).values(**values))


def latest(connection: Connection, bridge: str, limit: int) -> list[RunRow]:
    """The last runs of a bridge (of all for an empty name), newest first."""
    chosen = (
        select(tables.bridge.c.name.label("bridge"), *columns(_RUN, RunRow))
        .join(tables.bridge, tables.bridge.c.id == _RUN.c.bridge_id)
        .order_by(_RUN.c.id.desc())
        .limit(limit)
    )
    if bridge:
        chosen = chosen.where(tables.bridge.c.name == bridge)
    return many(RunRow, connection.execute(chosen))


def finished_at(connection: Connection, bridge_id: int) -> datetime | None:
    """When the last run that went to its end began, None if none did."""
    chosen = (
        select(_RUN.c.started_at)
        .where(_RUN.c.bridge_id == bridge_id, _RUN.c.outcome == Outcome.FINISHED)
        .order_by(_RUN.c.id.desc())
        .limit(1)
    )
    return connection.execute(chosen).scalar_one_or_none()


def note(
    connection: Connection,
    bridge_id: int,
    run_id: int | None,
    at: datetime,
    level: str,
    code: str,
    params: dict[str, Param],
) -> None:
    """Write a line of the log."""
    values = {"run_id": run_id, "at": at, "level": level, "code": code, "params": params}
    connection.execute(insert(_LOG).values(bridge_id=bridge_id, **values))


def lines(connection: Connection, bridge: str, *, before: int | None, limit: int, level: str) -> list[LogRow]:
    """Log lines, newest first, those with an id below `before`."""
    chosen = (
        select(tables.bridge.c.name.label("bridge"), *columns(_LOG, LogRow))
        .join(tables.bridge, tables.bridge.c.id == _LOG.c.bridge_id)
        .order_by(_LOG.c.id.desc())
        .limit(limit)
    )
    if bridge:
        chosen = chosen.where(tables.bridge.c.name == bridge)
    if before is not None:
        chosen = chosen.where(_LOG.c.id < before)
    if level:
        chosen = chosen.where(_LOG.c.level == level)
    return many(LogRow, connection.execute(chosen))
