"""What needs a person: held sources, stopped and asked entries, vanished documents, stopped bridges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, String, and_, cast, func, select

from bridge_gui.store import alike, tables
from bridge_gui.store.bridges import LASTING
from bridge_gui.store.rows import ENSURE, THING, USE, AttentionRow, EntryState, Standing

_SOURCE, _ENTRY, _LINK = tables.source, tables.entry, tables.link
_BRIDGE, _META = tables.bridge, tables.meta
_HELD = _SOURCE.c.standing == Standing.HELD
ASKED_CHOICES = ("arrived", "send_again", "skip")
STOPPED_CHOICES = ("try_again", "skip")
SEEN_CHOICES = ("seen",)
LEFT_CHOICES = ("try_again", "leave_as_is")
"""Answers about what was to be done to a thing that is there: no document of anybody's."""
ANEW = "make_new"
"""The parameter, and the answer, by which a new one may be made besides those."""
OF_A_THING = "thing"
"""The parameter that says that those which fit are things, such as customers, and no documents."""
_STUCK = _ENTRY.c.state.in_([EntryState.STOPPED, EntryState.ASKED])


def count(connection: Connection, bridge_id: int) -> int:
    """How many things of a bridge need a person."""
    held = select(func.count()).where(_SOURCE.c.bridge_id == bridge_id, _HELD)
    stuck = select(func.count()).where(_ENTRY.c.bridge_id == bridge_id, _STUCK)
    stopped = select(func.count()).where(_BRIDGE.c.id == bridge_id, _BRIDGE.c.stopped_code != "")
    found = sum(int(connection.execute(chosen).scalar_one()) for chosen in (held, stuck, stopped))
    return found - alike.repeated(connection, bridge_id)


def rows(connection: Connection, bridge: str = "") -> list[AttentionRow]:
    """Everything that needs a person, what stops a whole bridge first, then by day."""
    return [
        *(_stopped(row) for row in connection.execute(_named(_stopped_query(), bridge))),
        *(_stuck(row) for row in connection.execute(_named(_stuck_query(), bridge))),
        *alike.together(_held(row) for row in connection.execute(_named(_held_query(), bridge))),
    ]


def _named(chosen: Select[Any], bridge: str) -> Select[Any]:
    """Only one bridge's rows, if one is named."""
    return chosen.where(_BRIDGE.c.name == bridge) if bridge else chosen


def _stopped_query() -> Select[Any]:
    """Bridges that stand still."""
    kept = _META.c.key == cast(_BRIDGE.c.id, String).concat(f"/{LASTING}")
    columns = (_BRIDGE.c.name, _BRIDGE.c.stopped_code, _BRIDGE.c.stopped_params)
    joined = select(*columns, func.coalesce(_META.c.value, "").label("lasting")).select_from(_BRIDGE)
    return joined.outerjoin(_META, kept).where(_BRIDGE.c.stopped_code != "")


def _stopped(row: Row[Any]) -> AttentionRow:
    """One bridge that stands still."""
    return AttentionRow(
        id=f"bridge:{row.name}", bridge=row.name, what="bridge", code=row.stopped_code,
        params=row.stopped_params, choices=SEEN_CHOICES if row.lasting else (),
    )  # fmt: skip


def _stuck_query() -> Select[Any]:
    """Entries the vendor refused, or only a person can tell about."""
    shown = (_LINK.c.day, _LINK.c.number, _LINK.c.total, _LINK.c.currency, _LINK.c.state.label("link_state"))
    names = ("id", "state", "source_id", "code", "params", "findable")
    own = [*(_ENTRY.c[name] for name in names), _SOURCE.c.action]
    at = func.coalesce(_ENTRY.c.unknown_since, _ENTRY.c.claimed_at).label("since")
    joined = select(_BRIDGE.c.name.label("bridge"), *own, *shown, at).select_from(_ENTRY)
    joined = joined.join(_BRIDGE, _BRIDGE.c.id == _ENTRY.c.bridge_id)
    joined = joined.outerjoin(_LINK, _LINK.c.id == _ENTRY.c.link_id)
    its = [_SOURCE.c[name] == _ENTRY.c[name] for name in ("bridge_id", "flow", "source_id")]
    return joined.outerjoin(_SOURCE, and_(*its)).where(_STUCK).order_by(_ENTRY.c.id)


def _stuck(row: Row[Any]) -> AttentionRow:
    """One entry that is stopped or asked about; a thing, and what is done to it, is no document."""
    choices = _asked_choices(row) if row.state is EntryState.ASKED else STOPPED_CHOICES
    thing = row.link_state == THING
    if thing and row.action != ENSURE and row.findable:
        choices = LEFT_CHOICES
    return AttentionRow(
        id=f"entry:{row.id}", bridge=row.bridge, what=row.state.value, code=row.code, params=row.params,
        source_id=row.source_id, number=row.number or "", day=row.day, total=row.total or Decimal(0),
        currency=row.currency or "", choices=choices, since=row.since,
        by_hand=row.findable and not thing and row.action != ENSURE,
    )  # fmt: skip


def _asked_choices(row: Row[Any]) -> tuple[str, ...]:
    """Which of those that fit, where they are known; else whether it arrived."""
    ids = [one for one in str(row.params.get("ids", "")).split(", ") if one]
    anew = (ANEW,) if row.params.get(ANEW) else ()
    return (*(f"{USE}{one}" for one in ids), *anew, *ASKED_CHOICES[1:]) if ids else ASKED_CHOICES


def _held_query() -> Select[Any]:
    """Sources that cannot be planned yet."""
    names = ("id", "source_id", "code", "params", "choices", "day", "number", "total", "currency", "shown")
    columns = [_SOURCE.c[name] for name in names] + [_SOURCE.c.standing_since.label("since")]
    joined = select(_BRIDGE.c.name.label("bridge"), *columns).select_from(_SOURCE)
    joined = joined.join(_BRIDGE, _BRIDGE.c.id == _SOURCE.c.bridge_id)
    return joined.where(_HELD).order_by(_SOURCE.c.day, _SOURCE.c.id)


def _held(row: Row[Any]) -> AttentionRow:
    """One source that waits."""
    values = row._asdict()
    shown = alike.name_of([values.pop("shown")])
    item = f"source:{row.id}:{shown}" if row.choices and shown else f"source:{row.id}"
    return AttentionRow(
        **values | {"id": item, "what": "held", "choices": (*row.choices, "skip"), "by_hand": True}
    )
