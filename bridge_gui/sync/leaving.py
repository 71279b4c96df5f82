"""Ending a bridge's access at its vendors when it is disconnected: tried once, briefly, never in the way."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from bridge_gui.errors import BridgeError, Cancelled
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.sync.capabilities import ReachesCompanies
from bridge_gui.sync.signing import APP_SECRET, terms_of
from bridge_gui.web.oauth.grant import load
from bridge_gui.web.oauth.tokens import TokenDoor

if TYPE_CHECKING:
    from bridge_gui.sync.house import House
    from bridge_gui.sync.opener import Job

PATIENCE = 15.0
"""Seconds; a vendor out of reach does not keep the user from disconnecting."""


def leave(house: House, row: BridgeRow) -> None:
    """End what was signed in to for this bridge alone; a company that another bridge reaches too is kept."""
    others = [status.row for status in house.bridges() if status.row.name != row.name]
    taken = {(one.vendor, one.company_id) for other in others for one in (other.sales, other.books)}
    stop = threading.Event()
    timer = threading.Timer(PATIENCE, stop.set)
    timer.daemon = True
    timer.start()
    try:
        with house.job(stop) as job:
            for side in (row.sales, row.books):
                if (side.vendor, side.company_id) not in taken:
                    with suppress(BridgeError, Cancelled):
                        _end(house, side, job)
    finally:
        timer.cancel()


def _end(house: House, side: ConnectionRow, job: Job) -> None:
    spec = house.registry.vendors[side.vendor]
    kept = house.keychain.get(side.name, spec.sign_in) if spec.oauth is not None and spec.sign_in else None
    if not kept:
        return
    if ReachesCompanies in spec.capabilities:
        adapter: ReachesCompanies = house.opener.connection(side, job)
        adapter.leave_company()
        return
    terms = terms_of(spec, side)
    if terms.revoke:
        secret = house.keychain.get(side.name, APP_SECRET) or ""
        TokenDoor(terms, secret, house.opener.wire(side, job), spec.title).revoke(load(kept).refresh)
