"""A house connected with simulators that this process serves, for the benchmarks that count calls."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any


class Later:
    """Our clock, as far ahead as the companies have traded."""

    def __init__(self, days: int) -> None:
        self._ahead = timedelta(days=days)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def monotonic(self) -> float:
        return time.monotonic()


def house_on(folder: Path, host: Any, kind: str, name: str, days: int, changed: Mapping[str, Any]) -> Any:
    """A house that is connected with the simulators, by the demo's own answers but for those `changed`."""
    from bridge_gui import app
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync import signing
    from bridge_gui.sync.house import House
    from bridge_gui.sync.setup import Setup
    from bridge_gui.web.keychain import MemoryKeychain
    from bridge_gui.web.waiting import never

    keychain, registry = MemoryKeychain(), app.registry()
    house = House(DataFolder(folder), registry, lambda _folder: keychain, Later(days + 1))
    setup = Setup(house, kind, name)
    start = (datetime.now(UTC) - timedelta(days=30)).date().isoformat()
    answers = {**registry.bridges[kind].demo, "settings.start_date": start, **changed}
    for vendor, place in host.vendors().items():
        answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
        answers[f"{vendor}.endpoint"] = place["endpoint"]
    for place, value in answers.items():
        setup.form.answer(place, value)
    with house.job(never()) as job:
        signing.sandboxes(setup, job)
    setup.finish(never())
    return house


def person(host: Any, vendor: str, told: Mapping[str, Any]) -> None:
    """Somebody does something at a vendor."""
    request = urllib.request.Request(
        f"{host.addresses[vendor]}/_sandbox/person",
        json.dumps(told).encode(),
        {"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=10).close()
