"""What support needs to see, and nothing of whom it is about: no names, no amounts, no secrets."""

from __future__ import annotations

import csv
import io
import json
import platform
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bridge_gui import __version__
from bridge_gui.store import migrate
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.sync.house import House
from bridge_gui.sync.libraries import libraries
from bridge_gui.sync.service import BridgeStatus
from bridge_gui.sync.specs import Field, FieldKind
from bridge_gui.sync.usual import START

LINES = 2000
RUNS = 60
REPORTS = 5
TOLD = {FieldKind.CHOICE, FieldKind.FLAG, FieldKind.NUMBER, FieldKind.DATE}
"""Kinds of answers that name nobody; of all others is told only whether they were given."""


def bundle(house: House, window: str = "") -> dict[str, str]:
    """The files of a support bundle as text, by name; `window` says what draws the window."""
    statuses = [*house.bridges()]
    names = {status.row.name: f"bridge {at}" for at, status in enumerate(statuses, 1)}
    files = {
        "versions.txt": "\n".join(_versions(house, window)) + "\n",
        "bridges.json": _json([_bridge(house, one, names[one.row.name]) for one in statuses]),
        "runs.csv": _csv(_RUNS, (row for name in names for row in _runs(house, name, names))),
        "log.csv": _csv(_LOG, (row for name in names for row in _log(house, name, names))),
    }
    return files | _reports(house.folder.reports)


def save(path: Path, files: Mapping[str, str]) -> None:
    """Write the files into one ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)


def _versions(house: House, window: str) -> list[str]:
    with house.database.read() as connection:
        schema = migrate.version_of(connection)
    return [
        f"Bridge {__version__}",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        *([window] if window else []),
        f"schema {schema}",
        f"keychain {type(house.keychain).__name__}",
        "",
        *(f"{one.name} {one.version}" for one in libraries()),
    ]


def _bridge(house: House, status: BridgeStatus, name: str) -> dict[str, Any]:
    row = status.row
    spec = house.registry.bridge(row.kind)
    waiting = Counter(item.code for item in house.attention(row.name))
    return {
        "name": name,
        "kind": row.kind,
        "start": row.start.isoformat(),
        "settings": _settings(spec.settings, row),
        "mappings": {key: f"{len(pairs)} pairs" for key, pairs in row.mappings.items()},
        "sales": _side(house, row.sales),
        "books": _side(house, row.books),
        "stopped": row.stopped_code,
        "needs attention": dict(waiting),
    }


def _settings(fields: Iterable[Field], row: BridgeRow) -> dict[str, str]:
    found = {one.key: _told(one, row.settings.get(one.key, "")) for one in fields if one.key != START}
    schedule = row.settings.get("schedule", "")
    return {key: value for key, value in found.items() if value} | {"schedule": schedule}


def _told(asked: Field, value: str) -> str:
    return value if asked.kind in TOLD or not value else "(given)"


def _side(house: House, row: ConnectionRow) -> dict[str, str]:
    vendor = house.registry.vendors[row.vendor]
    own = row.endpoint if row.endpoint in vendor.endpoints else "(another address)"
    return {"vendor": row.vendor, "endpoint": own, "proven": "yes" if row.proven_at else "no"}


_RUNS = ("bridge", "started", "seconds", "outcome", "read", "written", "needs attention", "code")
_LOG = ("bridge", "at", "level", "code")


def _runs(house: House, name: str, names: Mapping[str, str]) -> list[tuple[object, ...]]:
    return [
        (names[name], one.started_at, round(one.seconds, 1), one.outcome.value, one.read, one.written,
         one.attention, one.code)
        for one in house.runs(name, RUNS)
    ]  # fmt: skip


def _log(house: House, name: str, names: Mapping[str, str]) -> list[tuple[object, ...]]:
    rows = house.log(name, before=None, limit=LINES)
    return [(names[name], one.at, one.level, one.code) for one in rows]


def _reports(folder: Path) -> dict[str, str]:
    last = sorted(folder.glob("report-*.txt"))[-REPORTS:] if folder.is_dir() else []
    return {f"reports/{path.name}": path.read_text("utf-8", errors="replace") for path in last}


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _csv(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
