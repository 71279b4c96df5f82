"""One question about one thing (a removed draft), though several sources wait for its answer."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from msgspec.structs import replace
from sqlalchemy import Connection, Text, select, type_coerce

from bridge_gui.store import sources, tables
from bridge_gui.store.rows import AttentionRow, SourceRow, Standing

ABOUT = "about"
"""The parameter that names the thing; sources with the same one and the same code are asked once."""
_T = tables.source
_LETTERS = 12


def together(rows: Iterable[AttentionRow]) -> list[AttentionRow]:
    """The first of each question, with what all of them come to and how many there are behind it."""
    found: dict[tuple[str, ...], list[AttentionRow]] = {}
    for row in rows:
        about = row.params.get(ABOUT)
        key = (row.bridge, row.code, str(about)) if about else (row.id,)
        found.setdefault(key, []).append(row)
    return [_one(alike) for alike in found.values()]


def _one(rows: list[AttentionRow]) -> AttentionRow:
    if len(rows) == 1:
        return rows[0]
    total = sum((row.total for row in rows[1:]), rows[0].total)
    what, number, *shown = rows[0].id.split(":")
    named = [what, number, *([name_of(row.id.split(":")[-1] for row in rows)] if shown else ())]
    return replace(rows[0], id=":".join(named), number=f"{rows[0].number} +{len(rows) - 1}", total=total)


def name_of(shown: Iterable[str]) -> str:
    """The contents a question is about, as a few letters; of several sources all of theirs."""
    ends = sorted(one[-_LETTERS:] for one in shown)
    return ends[0] if len(ends) == 1 else sha256("/".join(ends).encode()).hexdigest()[:_LETTERS]


def repeated(connection: Connection, bridge_id: int) -> int:
    """How many held sources only repeat another one's question."""
    shared = type_coerce(_T.c.params, Text).like(f'%"{ABOUT}":%')
    held = select(_T.c.code, _T.c.params).where(
        _T.c.bridge_id == bridge_id, _T.c.standing == Standing.HELD, shared
    )
    asked = [(row.code, str(row.params.get(ABOUT))) for row in connection.execute(held)]
    return len(asked) - len(set(asked))


def asked_alike(connection: Connection, bridge_id: int, row: SourceRow) -> list[SourceRow]:
    """This source, and those that wait for the same answer: just those that are one question, in any flow."""
    about = row.params.get(ABOUT)
    if not about:
        return [row]
    held = sources.held(connection, bridge_id)
    return [one for one in held if (one.code, one.params.get(ABOUT)) == (row.code, about)]
