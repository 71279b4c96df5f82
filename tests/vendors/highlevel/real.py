"""HighLevel's simulator as a process of its own, and the adapter on it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.highlevel import SPEC
from bridge_gui.vendors.highlevel.adapter import HighLevelAdapter
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import Wire, system_wire

ROOT = Path(__file__).parents[3]
CLOCK = SystemClock()


@dataclass
class RealHighLevel:
    """One running simulator."""

    process: subprocess.Popen[str]
    endpoint: str
    token: str
    location: str
    meter: Meter = field(default_factory=Meter)
    wires: list[Wire] = field(default_factory=list)
    pacer: Pacer = field(default_factory=lambda: Pacer(SPEC.pace, CLOCK))

    @classmethod
    def start(cls) -> RealHighLevel:
        line = [sys.executable, "-m", "bridge_gui", "sandbox", "--vendors", "highlevel"]
        process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())["vendors"]["highlevel"]
        keys = told["credentials"]
        return cls(process, told["endpoint"], keys["token"], keys["location"])

    def stop(self) -> None:
        for wire in self.wires:
            wire.transport.close()
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def adapter(self, *, token: str = "", location: str = "") -> HighLevelAdapter:
        wire = system_wire("highlevel", self.pacer, self.meter, CLOCK, never())
        self.wires.append(wire)
        context = ConnectionContext(
            name="sales.highlevel", endpoint=self.endpoint, values={"location": location or self.location},
            secret=lambda _field: token or f"{self.token}\r\n", store_secret=lambda _field, _text: None,
            clock=CLOCK, wire=wire,
        )  # fmt: skip
        adapter = SPEC.open(context)
        assert isinstance(adapter, HighLevelAdapter)
        return adapter
