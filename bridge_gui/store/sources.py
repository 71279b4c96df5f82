"""Sources: what was read at one side, at which revision, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from bridge_gui.errors import Param
from bridge_gui.store import tables
from bridge_gui.store.folding import SOURCE_TEXTS, refolded
from bridge_gui.store.rows import SourceRow, Standing
from bridge_gui.store.select import columns, many, one, query

_T = tables.source
_UNPLANNED = or_(_T.c.planned_revision < _T.c.revision, _T.c.standing.in_([Standing.NEW, Standing.HELD]))

_UNDECIDED = _T.c.standing.in_([Standing.HELD, Standing.SKIPPED])


def _at(bridge_id: int, flow: str) -> ColumnElement[bool]:
    """The sources of one flow."""
    return and_(_T.c.bridge_id == bridge_id, _T.c.flow == flow)


def get(connection: Connection, bridge_id: int, flow: str, source_id: str) -> SourceRow | None:
    """One source, None if it was never seen."""
    chosen = query(_T, SourceRow).where(_at(bridge_id, flow), _T.c.source_id == source_id)
    return one(SourceRow, connection.execute(chosen).first())


def some(connection: Connection, bridge_id: int, flow: str, ids: Sequence[str]) -> dict[str, SourceRow]:
    """The known ones among these ids, by id."""
    chosen = query(_T, SourceRow).where(_at(bridge_id, flow), _T.c.source_id.in_(ids))
    return {row.source_id: row for row in many(SourceRow, connection.execute(chosen))}


def add(connection: Connection, bridge_id: int, flow: str, source_id: str, **values: Any) -> SourceRow:
    """A source seen for the first time."""
    values = {"revision": 1, "standing": Standing.NEW, **values}
    new = insert(_T).values(bridge_id=bridge_id, flow=flow, source_id=source_id, **values)
    row = one(SourceRow, connection.execute(new.returning(*columns(_T, SourceRow))).first())
    assert row is not None
    return row


def change(connection: Connection, row_id: int, **values: Any) -> None:
    """Change some columns of a source."""
    values = refolded(_T, SOURCE_TEXTS, values)
    connection.execute(update(_T).where(_T.c.id == row_id).values(**values))


def settle_standing(
    connection: Connection,
    row: SourceRow,
    standing: Standing,
    now: datetime,
    *,
    code: str = "",
    params: dict[str, Param] | None = None,
    choices: tuple[str, ...] = (),
    shown: str = "",
) -> None:
    """Say how a source stands at its present revision, and since when if that is news."""
    values: dict[str, Any] = {
        "standing": standing,
        "code": code,
        "params": params or {},
        "choices": choices,
        "shown": shown,
        "planned_revision": row.revision,
        "recheck_at": None,
    }
    if (row.standing, row.code) != (standing, code):
        values["standing_since"] = now
    change(connection, row.id, **values)


def renew(connection: Connection, bridge_id: int, flow: str, ids: Iterable[str]) -> None:
    """Have these sources planned again, from a fresh copy."""
    connection.execute(
        update(_T)
        .where(_at(bridge_id, flow), _T.c.source_id.in_(list(ids)))
        .values(standing=Standing.NEW, planned_revision=0)
    )


def waiting(
    connection: Connection, bridge_id: int, flow: str, now: datetime, skipped_since: date
) -> list[SourceRow]:
    """What has to be read again: new, held, lately skipped, or due for another look.

    Groups and orders are not read at a vendor.
    """
    again = or_(
        _T.c.standing.in_([Standing.NEW, Standing.HELD]),
        and_(_T.c.standing == Standing.SKIPPED, _T.c.day >= skipped_since),
        _T.c.recheck_at <= now,
    )
    single = and_(_T.c.is_group.is_(False), _T.c.action == "")
    chosen = query(_T, SourceRow).where(_at(bridge_id, flow), single, again)
    return many(SourceRow, connection.execute(chosen.order_by(_T.c.id)))


def unplanned_groups(connection: Connection, bridge_id: int, flow: str) -> list[SourceRow]:
    """Groups whose sum has changed, or that were held."""
    chosen = query(_T, SourceRow).where(_at(bridge_id, flow), _T.c.is_group.is_(True), _UNPLANNED)
    return many(SourceRow, connection.execute(chosen.order_by(_T.c.source_id)))


def unplanned_orders(connection: Connection, bridge_id: int, flow: str) -> list[SourceRow]:
    """What the user, or another step, ordered and is to be planned anew, oldest first; not what is held."""
    again = or_(_T.c.planned_revision < _T.c.revision, _T.c.standing == Standing.NEW)
    chosen = query(_T, SourceRow).where(_at(bridge_id, flow), _T.c.action != "", again)
    return many(SourceRow, connection.execute(chosen.order_by(_T.c.id)))


def parts(connection: Connection, bridge_id: int, flow: str, group_id: str) -> list[SourceRow]:
    """The members of a group that contribute to it, by id."""
    chosen = query(_T, SourceRow).where(
        _at(bridge_id, flow), _T.c.group_id == group_id, _T.c.group_id != "", _T.c.part.is_not(None)
    )
    return many(SourceRow, connection.execute(chosen.order_by(_T.c.source_id)))


def renew_all(connection: Connection, bridge_id: int) -> None:
    """A setting or mapping changed: look again at all that is held, skipped, stopped or not sent yet.

    Members of a group none of whose documents was begun are asked anew for their part.
    """
    connection.execute(
        update(_T)
        .where(_T.c.bridge_id == bridge_id, or_(_UNDECIDED, _unsent(bridge_id)))
        .values(standing=Standing.NEW, planned_revision=0)
    )


def to_renew(connection: Connection, bridge_id: int) -> tuple[int, int, int]:
    """How many `renew_all` would look at again: held, not sent yet, skipped."""
    own = _T.c.bridge_id == bridge_id
    held = and_(own, _T.c.standing == Standing.HELD)
    skipped = and_(own, _T.c.standing == Standing.SKIPPED)
    unsent = and_(own, _T.c.standing.not_in([Standing.HELD, Standing.SKIPPED]), _unsent(bridge_id))
    counts = [select(func.count()).select_from(_T).where(which) for which in (held, unsent, skipped)]
    first, second, third = (int(connection.execute(chosen).scalar_one()) for chosen in counts)
    return first, second, third


def _unsent(bridge_id: int) -> ColumnElement[bool]:
    """What has no document yet though it was planned, and members of groups that have none."""
    begun = select(tables.link.c.source_id).where(
        tables.link.c.bridge_id == bridge_id, tables.link.c.flow == _T.c.flow
    )
    uncounted = and_(_T.c.standing == Standing.MEMBER, _T.c.group_id.not_in(begun))
    stopped = select(tables.entry.c.source_id).where(
        tables.entry.c.bridge_id == bridge_id,
        tables.entry.c.flow == _T.c.flow,
        tables.entry.c.state.in_(["stopped", "planned"]),
        tables.entry.c.action == "",
    )
    return or_(_T.c.source_id.in_(stopped), uncounted)


def next_recheck(connection: Connection, bridge_id: int, now: datetime) -> datetime | None:
    """When the next source put off is to be read again, None if none waits for a time."""
    chosen = select(func.min(_T.c.recheck_at)).where(_T.c.bridge_id == bridge_id, _T.c.recheck_at > now)
    return connection.execute(chosen).scalar_one()  # type: ignore[no-any-return]


def held(connection: Connection, bridge_id: int) -> list[SourceRow]:
    """Sources that wait for a person."""
    chosen = query(_T, SourceRow).where(_T.c.bridge_id == bridge_id, _T.c.standing == Standing.HELD)
    return many(SourceRow, connection.execute(chosen.order_by(_T.c.day, _T.c.id)))


def by_row(connection: Connection, bridge_id: int, row_id: int) -> SourceRow | None:
    """A source by its row."""
    chosen = query(_T, SourceRow).where(_T.c.bridge_id == bridge_id, _T.c.id == row_id)
    return one(SourceRow, connection.execute(chosen).first())


def set_answer(connection: Connection, bridge_id: int, flow: str, source_id: str, answer: str) -> None:
    """Keep a person's decision and have the source looked at again."""
    connection.execute(
        update(_T)
        .where(_at(bridge_id, flow), _T.c.source_id == source_id)
        .values(answer=answer, standing=Standing.NEW, planned_revision=0)
    )
