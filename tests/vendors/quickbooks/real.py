"""QuickBooks' simulator as a process of its own, and the adapter signed in to it the whole way."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridge_gui.errors import SetupError
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.quickbooks import SPEC
from bridge_gui.vendors.quickbooks.adapter import QuickBooksAdapter
from bridge_gui.web.meter import Meter
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.flow import SignInFlow
from bridge_gui.web.pace import Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import Wire, system_wire
from tests.control import control

ROOT = Path(__file__).parents[3]
CLOCK = SystemClock()


@dataclass
class RealQuickBooks:
    """One running simulator; `secrets` is a keychain of one connection."""

    process: subprocess.Popen[str]
    endpoint: str
    client_id: str
    secrets: dict[str, str]
    meter: Meter = field(default_factory=Meter)
    wires: list[Wire] = field(default_factory=list)
    pacer: Pacer = field(default_factory=lambda: Pacer(SPEC.pace, CLOCK))

    @classmethod
    def start(cls) -> RealQuickBooks:
        line = [sys.executable, "-m", "bridge_gui", "sandbox", "--vendors", "quickbooks"]
        process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())["vendors"]["quickbooks"]
        keys = told["credentials"]
        return cls(process, told["endpoint"], keys["client_id"], {"client_secret": keys["client_secret"]})

    def stop(self) -> None:
        for wire in self.wires:
            wire.transport.close()
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def wire(self) -> Wire:
        wire = system_wire("quickbooks", self.pacer, self.meter, CLOCK, never())
        self.wires.append(wire)
        return wire

    def sign_in(self) -> None:
        """Through the authorize address, the loopback listener and the token address."""
        wire = self.wire()
        assert SPEC.oauth is not None
        terms = SPEC.oauth(self.endpoint, {"client_id": self.client_id})
        with SignInFlow(terms, secret=self.secrets["client_secret"], vendor="QuickBooks") as flow:
            with suppress(SetupError):  # another test may be signing in on the one port
                flow.listen()
            flow.follow(wire)
            self.secrets["sign_in"] = flow.wait(wire).grant.dump()

    def adapter(self, access: Access | None = None, **values: str) -> QuickBooksAdapter:
        context = ConnectionContext(
            name="books.quickbooks", endpoint=self.endpoint, values={"client_id": self.client_id, **values},
            secret=self.secrets.__getitem__, store_secret=self.secrets.__setitem__, clock=CLOCK,
            wire=self.wire(), access=access or Access(),
        )  # fmt: skip
        adapter = SPEC.open(context)
        assert isinstance(adapter, QuickBooksAdapter)
        return adapter

    def control(self, path: str, body: object = None) -> Any:
        return control(self.endpoint, path, body)
