"""Sign-ins that end for lack of use: when each was renewed last, and which are near their end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bridge_gui.store import bridges
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.signing import terms_of
from bridge_gui.web.oauth.grant import ends_on


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A sign-in that ends on a day unless the bridge is synced before."""

    bridge: str
    vendor: str
    day: date


def note(database: Database, connection: str, at: datetime) -> None:
    """Remember that a connection's sign-in was renewed; the instant is no secret."""
    with database.write() as store:
        bridges.set_fact(store, _key(connection), at.isoformat())


def endings(
    database: Database, registry: Registry, rows: Iterable[BridgeRow], now: datetime
) -> tuple[Ending, ...]:
    """The sign-ins for which it is time to tell; quick, asks nobody."""
    found = []
    with database.read() as store:
        for row in rows:
            for side in (row.sales, row.books):
                spec, told = registry.vendors[side.vendor], bridges.fact(store, _key(side.name))
                if spec.oauth is None or not told:
                    continue
                day = ends_on(terms_of(spec, side), datetime.fromisoformat(told), now)
                if day is not None:
                    found.append(Ending(bridge=row.name, vendor=spec.title, day=day))
    return tuple(found)


def _key(connection: str) -> str:
    return f"signed_in.{connection}"
