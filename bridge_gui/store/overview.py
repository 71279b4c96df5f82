"""The figures of a bridge at a glance: what was posted, what waits, and sales against books day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.store import attention, tables
from bridge_gui.store.rows import THING, DayRow, Overview, Standing, Tally

_LINK, _SOURCE = tables.link, tables.source
_ZERO = Decimal(0)
DRAFTS = (
    DocumentState.DRAFT.value, DocumentState.AWAITING_APPROVAL.value, DocumentState.ORDERED.value,
)  # fmt: skip
"""What a person has yet to send, approve or invoice in the books."""
UNPAID = (
    DocumentState.INVOICED.value, DocumentState.AWAITING_PAYMENT.value, DocumentState.PARTLY_PAID.value,
)  # fmt: skip
_GONE = (DocumentState.DELETED.value, DocumentState.VOIDED.value)
LEFT_BY_HAND = "source.by_hand"
"""Why a record is left out that a person booked: it was sold, and is in the books."""


def read(
    connection: Connection, bridge_id: int, start: date, first: date, last: date, apart: Collection[str] = ()
) -> Overview:
    """The overview of a period; days before the bridge's start are not in it.

    Documents of the kinds in `apart`, and records left out for a reason in it, are no sales of their own.
    Amounts are those in the currency that occurs most; `others` tells whether there are more.
    """
    first = max(first, start)
    made = list(connection.execute(_made(bridge_id, first, last, apart)))
    sold = list(connection.execute(_sold(bridge_id, first, last, apart)))
    waiting = list(connection.execute(_waiting(bridge_id, apart)))
    counts = Counter[str]()
    for row in (*made, *sold, *waiting):
        counts[row.currency] += row.many if row.total else 0
    currency = counts.most_common(1)[0][0] if counts else ""
    posted = [row for row in made if row.state not in DRAFTS and row.currency]
    return Overview(
        first=first, last=last, currency=currency, others=sum(1 for one in counts if counts[one]) > 1,
        posted=_tally(posted, currency),
        drafts=_tally([row for row in waiting if row.state in DRAFTS], currency),
        unpaid=_tally([row for row in waiting if row.state in UNPAID], currency),
        attention=attention.count(connection, bridge_id),
        days=_days(first, last, made, sold, currency),
        documents=_any(connection, bridge_id),
    )  # fmt: skip


def _made(bridge_id: int, first: date, last: date, apart: Collection[str]) -> Select[Any]:
    """Documents in the books, by day, state and currency."""
    return _summed(_LINK.c.day, _LINK.c.state, _LINK.c.currency).where(
        _LINK.c.bridge_id == bridge_id, _LINK.c.day >= first, _LINK.c.day <= last,
        _LINK.c.state.not_in((THING, *_GONE)), _LINK.c.target_id != "",
        _LINK.c.kind.not_in(apart),
    )  # fmt: skip


def _sold(bridge_id: int, first: date, last: date, apart: Collection[str]) -> Select[Any]:
    """Records of the sales side, by day, standing and currency; groups only add up others."""
    parts = (_SOURCE.c.day, _SOURCE.c.standing, _SOURCE.c.code, _SOURCE.c.currency)
    return _summed(*parts, of=_SOURCE).where(
        _SOURCE.c.bridge_id == bridge_id, _SOURCE.c.day >= first, _SOURCE.c.day <= last,
        _SOURCE.c.is_group.is_(False), _SOURCE.c.action == "",
        or_(_SOURCE.c.standing != Standing.SKIPPED, _SOURCE.c.code.not_in(apart)),
    )  # fmt: skip


def _waiting(bridge_id: int, apart: Collection[str]) -> Select[Any]:
    """Drafts and unpaid documents of any day."""
    return _summed(_LINK.c.state, _LINK.c.currency).where(
        _LINK.c.bridge_id == bridge_id, _LINK.c.state.in_((*DRAFTS, *UNPAID)), _LINK.c.target_id != "",
        _LINK.c.kind.not_in(apart),
    )  # fmt: skip


def _summed(*parts: Any, of: Any = _LINK) -> Select[Any]:
    figures = (func.count().label("many"), func.sum(of.c.total).label("total"))
    return select(*parts, *figures, func.min(of.c.day).label("oldest")).group_by(*parts)


def _tally(rows: Iterable[Row[Any]], currency: str) -> Tally:
    """How many, how much in this currency, and since when."""
    rows = list(rows)
    return Tally(
        count=sum(row.many for row in rows),
        total=sum((row.total for row in rows if row.currency == currency), _ZERO),
        oldest=min((row.oldest for row in rows), default=None),
    )


def _days(
    first: date, last: date, made: list[Row[Any]], sold: list[Row[Any]], currency: str
) -> tuple[DayRow, ...]:
    """Every day of the period, those without anything too."""
    made = [row for row in made if row.currency == currency]
    mine = [row for row in sold if row.currency == currency]
    left = [row for row in mine if _is_left_out(row)]
    books, sales = _by_day(made), _by_day([row for row in mine if row not in left])
    left_out = _by_day(left)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return tuple(
        DayRow(
            day=day, sales=sales.get(day, _ZERO), books=books.get(day, _ZERO),
            left_out=left_out.get(day, _ZERO),
        )
        for day in days
    )  # fmt: skip


def _is_left_out(row: Row[Any]) -> bool:
    """Whether a setting or a person keeps this out of the books."""
    return row.standing is Standing.SKIPPED and row.code != LEFT_BY_HAND


def _by_day(rows: Iterable[Row[Any]]) -> Mapping[date, Decimal]:
    found: dict[date, Decimal] = {}
    for row in rows:
        found[row.day] = found.get(row.day, _ZERO) + row.total
    return found


def _any(connection: Connection, bridge_id: int) -> bool:
    """Whether the bridge has any document, or a record it knows of."""
    there = (select(table.c.id).where(table.c.bridge_id == bridge_id).limit(1) for table in (_LINK, _SOURCE))
    return any(connection.execute(chosen).first() is not None for chosen in there)
