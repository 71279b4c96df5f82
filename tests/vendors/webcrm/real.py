"""webcrm's simulator as a process of its own, and the adapter on it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.webcrm import SPEC
from bridge_gui.vendors.webcrm.adapter import WebcrmAdapter
from bridge_gui.web.meter import Meter
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import Wire, system_wire
from tests.control import control

ROOT = Path(__file__).parents[3]
CLOCK = SystemClock()


@dataclass
class RealWebcrm:
    """One running simulator; `control` is a person at its knobs."""

    process: subprocess.Popen[str]
    endpoint: str
    token: str
    meter: Meter = field(default_factory=Meter)
    wires: list[Wire] = field(default_factory=list)
    access: Access = field(default_factory=Access)

    @classmethod
    def start(cls) -> RealWebcrm:
        line = [sys.executable, "-m", "bridge_gui", "sandbox", "--vendors", "webcrm"]
        process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())["vendors"]["webcrm"]
        return cls(process, told["endpoint"], told["credentials"]["token"])

    def stop(self) -> None:
        for wire in self.wires:
            wire.transport.close()
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def adapter(self, *, token: str = "", access: Access | None = None) -> WebcrmAdapter:
        wire = system_wire("webcrm", Pacer(Pace.off(), CLOCK), self.meter, CLOCK, never())
        self.wires.append(wire)
        context = ConnectionContext(
            name="sales.webcrm", endpoint=self.endpoint, values={"name": "Eksempel Salg ApS"},
            secret=lambda _field: token or f" {self.token}\r\n", store_secret=lambda _field, _text: None,
            clock=CLOCK, wire=wire, access=access or self.access,
        )  # fmt: skip
        adapter = SPEC.open(context)
        assert isinstance(adapter, WebcrmAdapter)
        return adapter

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Something under /_sandbox/."""
        return control(self.endpoint, path, body, method)

    def person(self, action: str, **details: Any) -> Any:
        return self.control("POST", "person", {"action": action, **details})

    def fault(self, kind: str, path: str, method: str = "", **details: Any) -> None:
        self.control(
            "POST", "faults", {"kind": kind, "match": {"path_prefix": path, "method": method}, **details}
        )
