"""Rows of each kind, in as few words as a test can say them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import insert

from bridge_gui.store import journal, links, sources, tables
from bridge_gui.store.rows import EntryState, Standing

DAY = date(2026, 3, 1)


def link(database, bridge, source_id="S1", **values):
    """A document; gives its id."""
    values = {"kind": "invoice", "ordinal": 1, "day": DAY, "total": Decimal(100), "currency": "EUR"} | values
    with database.write() as connection:
        return links.reserve(connection, bridge, values.pop("flow", "sales"), source_id=source_id, **values)


def document(database, bridge, source_id="S1", **values):
    """A document that is there; gives its id."""
    return link(database, bridge, source_id, **{"target_id": f"t-{source_id}", "state": "posted"} | values)


def source(database, bridge, source_id="S1", **values):
    """A record; gives its row."""
    values = {"flow": "sales", "day": DAY, "total": Decimal(100), "currency": "EUR"} | values
    with database.write() as connection:
        return sources.add(connection, bridge, values.pop("flow"), source_id, **values)


def held(database, bridge, source_id="S1", code="method.unmapped", **values):
    """A record that waits for a person; gives its row."""
    return source(database, bridge, source_id, standing=Standing.HELD, code=code, **values)


def entry(database, bridge, source_id="S1", state=EntryState.PLANNED, **values):
    """An intention to write; gives its id."""
    values = {
        "flow": "sales", "revision": 1, "step_name": "make:1", "generation": 1, "lane": f"sale:{source_id}",
        "step": b"{}", "key": "k",
    } | values  # fmt: skip
    with database.write() as connection:
        return journal.add(connection, bridge_id=bridge, source_id=source_id, state=state, **values)


def many_documents(database, bridge, count, **values):
    """So many documents in one commit."""
    plain = {
        "bridge_id": bridge, "flow": "sales", "kind": "invoice", "ordinal": 1, "state": "posted", "day": DAY,
        "total": Decimal(1), "currency": "EUR",
    } | values  # fmt: skip
    rows = [{"source_id": f"M{at}", "target_id": f"t-M{at}", **plain} for at in range(count)]
    with database.write() as connection:
        connection.execute(insert(tables.link), rows)
