"""What a person decided about a source, when and why; kept for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from bridge_gui.store import tables
from bridge_gui.store.rows import BY_HAND, DecisionRow, SourceRow
from bridge_gui.store.select import many, query

_T, _LINK = tables.decision, tables.link


def add(connection: Connection, bridge_id: int, flow: str, source_id: str, decision: DecisionRow) -> None:
    """Keep a decision."""
    values = {"bridge_id": bridge_id, "flow": flow, "source_id": source_id, "at": decision.at}
    said = {"choice": decision.choice, "reason": decision.reason, "target": decision.target}
    connection.execute(insert(_T).values(**values, **said))


def of_source(connection: Connection, bridge_id: int, flow: str, source_id: str) -> list[DecisionRow]:
    """All decisions about a source, in order."""
    chosen = query(_T, DecisionRow).where(
        _T.c.bridge_id == bridge_id, _T.c.flow == flow, _T.c.source_id == source_id
    )
    return many(DecisionRow, connection.execute(chosen.order_by(_T.c.id)))


def link_by_hand(
    connection: Connection, bridge_id: int, source: SourceRow, document: str, at: datetime
) -> None:
    """A source is in the books as a document that a person made; Bridge never looks at it again."""
    earlier = select(func.max(_LINK.c.ordinal)).where(
        _LINK.c.bridge_id == bridge_id, _LINK.c.kind == BY_HAND, _LINK.c.source_id == source.source_id
    )
    ordinal = int(connection.execute(earlier).scalar_one() or 0) + 1
    connection.execute(
        insert(_LINK).values(
            bridge_id=bridge_id, flow=source.flow, kind=BY_HAND, source_id=source.source_id,
            ordinal=ordinal, target_id=document, target_number=document, state=BY_HAND, day=source.day,
            number=source.number, party=source.party, total=source.total, currency=source.currency,
            sources=(source.source_id,), checked_at=at,
        )
    )  # fmt: skip


def unlink_by_hand(connection: Connection, bridge_id: int, source: SourceRow) -> None:
    """The person took that back."""
    connection.execute(
        delete(_LINK).where(
            _LINK.c.bridge_id == bridge_id, _LINK.c.flow == source.flow, _LINK.c.kind == BY_HAND,
            _LINK.c.source_id == source.source_id,
        )
    )  # fmt: skip
