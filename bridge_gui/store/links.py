"""Links: a source's n-th document and its target at the other side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import CannotMap
from bridge_gui.store import journal, tables
from bridge_gui.store.folding import LINK_TEXTS, refolded
from bridge_gui.store.rows import LinkRow
from bridge_gui.store.select import many, new_id, one, query

_T = tables.link
UNSEEN = "?"
"""The target of a document a person says is there, and nobody can look up."""


def _place(bridge_id: int, kind: str, source_id: str, ordinal: int) -> ColumnElement[bool]:
    """The one place of a link."""
    return and_(
        _T.c.bridge_id == bridge_id,
        _T.c.kind == kind,
        _T.c.source_id == source_id,
        _T.c.ordinal == ordinal,
    )


def get(connection: Connection, link_id: int) -> LinkRow | None:
    """One link by its row."""
    return one(LinkRow, connection.execute(query(_T, LinkRow).where(_T.c.id == link_id)).first())


def at(connection: Connection, bridge_id: int, kind: str, source_id: str, ordinal: int) -> LinkRow | None:
    """The link at a place, with or without a target."""
    chosen = query(_T, LinkRow).where(_place(bridge_id, kind, source_id, ordinal))
    return one(LinkRow, connection.execute(chosen).first())


def of_row(connection: Connection, bridge_id: int, row_id: int) -> list[LinkRow]:
    """The link of a row of the Documents list, if it is this bridge's."""
    chosen = query(_T, LinkRow).where(_T.c.bridge_id == bridge_id, _T.c.id == row_id)
    return many(LinkRow, connection.execute(chosen))


def numbered(connection: Connection, bridge_id: int, number: str, limit: int) -> list[LinkRow]:
    """Documents that bear this number at either side, oldest first."""
    either = or_(_T.c.target_number == number, _T.c.number == number)
    chosen = query(_T, LinkRow).where(_T.c.bridge_id == bridge_id, either, _T.c.target_id != "")
    return many(LinkRow, connection.execute(chosen.order_by(_T.c.id).limit(limit)))


def beside(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[LinkRow]:
    """The documents of a source, and those a person put beside it ("42:..." beside "42"), oldest first."""
    own = or_(_T.c.source_id == source_id, _T.c.source_id.startswith(f"{source_id}:", autoescape=True))
    chosen = query(_T, LinkRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, own, _T.c.target_id.not_in(("", UNSEEN))
    )
    return many(LinkRow, connection.execute(chosen.order_by(_T.c.id)))


def of_source(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[LinkRow]:
    """The documents a source was made into that have a target, in order."""
    chosen = query(_T, LinkRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.source_id == source_id, _T.c.target_id != ""
    )
    return many(LinkRow, connection.execute(chosen.order_by(_T.c.ordinal, _T.c.id)))


def targets(connection: Connection, bridge_id: int, kind: str) -> dict[str, str]:
    """The target's id of every source that a document or thing of this kind is linked with."""
    chosen = select(_T.c.source_id, _T.c.target_id).where(
        _T.c.bridge_id == bridge_id, _T.c.kind == kind, _T.c.target_id.not_in(("", UNSEEN))
    )
    return {source: target for source, target in connection.execute(chosen)}  # noqa: C416 - rows, no pairs


def to_target(connection: Connection, bridge_id: int, flow: str, target_id: str) -> list[LinkRow]:
    """The links of a flow that lead to this target."""
    chosen = query(_T, LinkRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.target_id == target_id
    )
    return many(LinkRow, connection.execute(chosen.order_by(_T.c.ordinal, _T.c.id)))


def reserve(connection: Connection, bridge_id: int, flow: str, **values: Any) -> int:
    """Take the place for a document about to be made; gives the link's id.

    `CannotMap` if a document stands there, or an entry that is not finished means to make one.
    """
    place = (values["kind"], values["source_id"], values["ordinal"])
    row = at(connection, bridge_id, *place)
    if row is not None and (row.target_id or journal.taken(connection, row.id)):
        raise CannotMap("plan.place_taken", place="/".join(map(str, place)))
    if row is not None:
        change(connection, row.id, **values)
        return row.id
    made = connection.execute(insert(_T).values(bridge_id=bridge_id, flow=flow, **values))
    return new_id(made)


def free(connection: Connection, link_id: int) -> None:
    """Give up a place that never got a target."""
    connection.execute(delete(_T).where(_T.c.id == link_id, _T.c.target_id == ""))


def change(connection: Connection, link_id: int, **values: Any) -> None:
    """Change some columns of a link."""
    values = refolded(_T, LINK_TEXTS, values)
    connection.execute(update(_T).where(_T.c.id == link_id).values(**values))


def turn(
    connection: Connection, bridge_id: int, source_id: str, kind: str, ordinal: int, state: DocumentState
) -> None:
    """Another document of the same source now has this state (a reversed entry)."""
    place = _place(bridge_id, kind, source_id, ordinal)
    connection.execute(update(_T).where(place).values(state=state.value))


def end(connection: Connection, rows: Sequence[LinkRow]) -> None:
    """The target is gone at the vendor: these links have no target any more."""
    gone = {"target_id": "", "state": DocumentState.DELETED.value, "doubtful": False}
    connection.execute(update(_T).where(_T.c.id.in_([row.id for row in rows])).values(**gone))


def doubtful(connection: Connection, bridge_id: int, flow: str) -> list[LinkRow]:
    """The links of a flow whose target is to be looked at before anything is planned on it."""
    chosen = query(_T, LinkRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.target_id != "", _T.c.doubtful.is_(True)
    )
    return many(LinkRow, connection.execute(chosen.order_by(_T.c.id)))


def touching(
    connection: Connection, bridge_id: int, flow: str, opposite: str, record_id: str
) -> list[LinkRow]:
    """All links of a record, with or without a target; for two-way flows those that lead to it too."""
    own = query(_T, LinkRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.source_id == record_id
    )
    found = many(LinkRow, connection.execute(own.order_by(_T.c.ordinal, _T.c.id)))
    return found + (to_target(connection, bridge_id, opposite, record_id) if opposite else [])


def unwritten(connection: Connection, bridge_id: int) -> list[LinkRow]:
    """Places taken by documents that are not made yet."""
    chosen = query(_T, LinkRow).where(_T.c.bridge_id == bridge_id, _T.c.target_id == "")
    return many(LinkRow, connection.execute(chosen))


def in_states(connection: Connection, bridge_id: int, flow: str, states: Sequence[str]) -> list[LinkRow]:
    """Links with a target in one of these states."""
    chosen = query(_T, LinkRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow,
        _T.c.target_id.not_in(("", UNSEEN)), _T.c.state.in_(states),
    )  # fmt: skip
    return many(LinkRow, connection.execute(chosen.order_by(_T.c.id)))


def any_target(connection: Connection, bridge_id: int, flow: str, before: datetime) -> bool:
    """Whether a flow has a document that was not written since an instant."""
    chosen = select(_T.c.id).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.target_id.not_in(("", UNSEEN)),
        or_(_T.c.written_at.is_(None), _T.c.written_at <= before),
    )  # fmt: skip
    return connection.execute(chosen.limit(1)).first() is not None


def looked_at(connection: Connection, bridge_id: int, flow: str, states: Sequence[str], at: datetime) -> None:
    """Every document in one of these states was looked at and is as it was."""
    connection.execute(
        update(_T)
        .where(_T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.target_id != "", _T.c.state.in_(states))
        .values(checked_at=at)
    )


def any_of(connection: Connection, bridge_id: int, flow: str, source_id: str) -> bool:
    """Whether a source has a document, or one on its way."""
    chosen = select(_T.c.id).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.source_id == source_id
    )
    return connection.execute(chosen.limit(1)).first() is not None


def has_document(connection: Connection, bridge_id: int, flow: str, source_id: str) -> bool:
    """Whether a source has a document."""
    chosen = select(_T.c.id).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.source_id == source_id, _T.c.target_id != ""
    )
    return connection.execute(chosen.limit(1)).first() is not None


def written_lately(
    connection: Connection, bridge_id: int, flows: Sequence[str], record_id: str, since: datetime
) -> datetime | None:
    """The last write after `since` to a document that has this id at either side."""
    latest: datetime | None = None
    for flow in flows:
        for side in (_T.c.source_id, _T.c.target_id):
            chosen = select(_T.c.written_at).where(
                _T.c.bridge_id == bridge_id, _T.c.flow == flow, side == record_id, _T.c.written_at > since
            )
            for at_ in connection.execute(chosen).scalars():
                latest = at_ if latest is None else max(latest, at_)
    return latest
