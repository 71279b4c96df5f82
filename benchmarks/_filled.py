"""A data folder with as many documents as asked for, filled straight into the tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert

from bridge_gui import app
from bridge_gui.store import tables
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import Outcome, Standing
from bridge_gui.sync.house import House
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock

NAME = "cafe"
BEGUN = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
PARTIES = ("Card 5.000 · Cash 1.200", "Dæmigerð þjónusta ehf.", "Gift card redeemed", "Ökuskóli Sýnis slf.")
LOT = 20_000


def open_house(folder: Path) -> House:
    """The house over this folder, with a keychain in memory."""
    keychain = MemoryKeychain()
    return House(DataFolder(folder), app.registry(), lambda _folder: keychain, SystemClock())


def fill(house: House, documents: int, *, held: int = 2000, lines: int = 20_000) -> None:
    """One bridge with so many documents, records held back, and lines in the log."""
    with house.database.write() as connection:
        for number, (name, vendor) in enumerate((("sales", "salescloud"), ("books", "payday")), 1):
            row = {"id": number, "name": name, "vendor": vendor, "endpoint": "production", "values": {}}
            connection.execute(insert(tables.connection).values(**row, company="Kaffihús Example ehf."))
        connection.execute(
            insert(tables.bridge).values(
                id=1, name=NAME, kind="salescloud_payday", sales_id=1, books_id=2, settings={}, mappings={},
                start=BEGUN.date() - timedelta(days=4000), created_at=BEGUN, surveyed=True,
            )
        )  # fmt: skip
        run = {"id": 1, "bridge_id": 1, "started_at": BEGUN, "ended_at": BEGUN, "outcome": Outcome.FINISHED}
        connection.execute(insert(tables.run).values(**run, read=documents, written=documents))
    for first in range(0, documents, LOT):
        rows = [_link(at) for at in range(first, min(first + LOT, documents))]
        with house.database.write() as connection:
            connection.execute(insert(tables.link), rows)
    with house.database.write() as connection:
        connection.execute(insert(tables.source), [_held(at) for at in range(held)])
        connection.execute(insert(tables.log), [_line(at) for at in range(lines)])


def _link(at: int) -> dict[str, object]:
    return {
        "bridge_id": 1, "flow": "orders", "kind": "journal_entry", "source_id": f"o{at}", "ordinal": 1,
        "target_id": f"t{at}", "target_number": str(at), "state": "draft" if at % 10 == 4 else "posted",
        "day": BEGUN.date() - timedelta(days=at // 60), "number": str(10_000 + at),
        "party": PARTIES[at % len(PARTIES)], "total": Decimal((at * 37) % 90_000), "currency": "ISK",
        "checked_at": BEGUN, "written_at": BEGUN,
    }  # fmt: skip


def _held(at: int) -> dict[str, object]:
    return {
        "bridge_id": 1, "flow": "orders", "source_id": f"h{at}", "revision": 1, "standing": Standing.HELD,
        "code": "method.unmapped", "params": {"number": str(at), "day": "2026-11-20", "method": "Aur"},
        "day": BEGUN.date() - timedelta(days=at // 5), "number": str(900_000 + at), "total": Decimal(2480),
        "currency": "ISK",
    }  # fmt: skip


def _line(at: int) -> dict[str, object]:
    said = {
        "number": str(at),
        "day": "2026-11-20",
        "target": str(at),
        "total": "6200",
        "kind": "journal_entry",
    }
    return {"bridge_id": 1, "run_id": 1, "at": BEGUN, "level": "info", "code": "entry.done", "params": said}
