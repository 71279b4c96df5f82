"""A bridge that may be fed by files: its files, and that only one source books a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, file_source
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.files.kind import Door, kind_of
from bridge_gui.sync.files.questions import LAYOUTS, reads_files
from bridge_gui.sync.specs import BridgeSpec


def door_of(spec: BridgeSpec, name: str, settings: Mapping[str, str]) -> Door:
    """The files a bridge reads."""
    door: Door = kind_of(spec).open(name, settings, spec.currency)
    return door


def with_layouts(spec: BridgeSpec, draft: BridgeRow, before: BridgeRow | None) -> dict[str, str]:
    """The settings with the layouts of all files that are there; raises if one cannot be read."""
    kept = before.settings.get(LAYOUTS, "") if before is not None else ""
    settings = draft.settings | ({LAYOUTS: kept} if kept else {})
    if not reads_files(spec, settings):
        return settings
    return settings | {LAYOUTS: door_of(spec, draft.name, settings).kept()}


def check_switch(database: Database, spec: BridgeSpec, draft: BridgeRow, before: BridgeRow | None) -> None:
    """Raise if the other source has booked days that this one would book again."""
    if before is None or not spec.file_flows:
        return
    with database.read() as connection:
        last = _booked_until(connection, spec, draft, before.id)
    if last is not None:
        code = "source.file_booked" if not reads_files(spec, draft.settings) else "source.interface_booked"
        raise SetupError(code, day=last.isoformat(), start=draft.start.isoformat())


def _booked_until(connection: Connection, spec: BridgeSpec, draft: BridgeRow, bridge_id: int) -> date | None:
    """The last day from the start date on that the other source has booked, or may be booking now."""
    mine = reads_files(spec, draft.settings)
    return file_source.last_day(connection, bridge_id, spec.file_flows, draft.start, of_files=not mine)


def settle_switch(database: Database, spec: BridgeSpec, name: str) -> None:
    """What the other source has read and not booked is left to this one."""
    with database.write() as connection:
        row = bridges.bridge_named(connection, name)
        if row is not None and spec.file_flows:
            of_files = reads_files(spec, row.settings)
            file_source.rest(connection, row.id, spec.file_flows, of_files=not of_files)
            if file_source.wake(connection, row.id, spec.file_flows, of_files=of_files):
                bridges.forget_watermarks(connection, row.id)
