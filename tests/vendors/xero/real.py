"""Xero's simulator as a process of its own, and the adapter signed in to it the whole way."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.xero import SPEC
from bridge_gui.vendors.xero.adapter import XeroAdapter
from bridge_gui.web.meter import Meter
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.flow import Signed, SignInFlow
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import Wire, system_wire
from tests.control import control

ROOT = Path(__file__).parents[3]
CLOCK = SystemClock()


@dataclass
class RealXero:
    """One running simulator; `secrets` is a keychain of one connection."""

    process: subprocess.Popen[str]
    endpoint: str
    client_id: str
    meter: Meter = field(default_factory=Meter)
    secrets: dict[str, str] = field(default_factory=dict)
    wires: list[Wire] = field(default_factory=list)

    @classmethod
    def start(cls) -> RealXero:
        line = [sys.executable, "-m", "bridge_gui", "sandbox", "--vendors", "xero"]
        process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())["vendors"]["xero"]
        xero = cls(process, told["endpoint"], told["credentials"]["client_id"])
        xero.control("settings", {"minute_limit": 10_000})
        return xero

    def stop(self) -> None:
        for wire in self.wires:
            wire.transport.close()
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def wire(self) -> Wire:
        wire = system_wire("xero", Pacer(Pace.off(), CLOCK), self.meter, CLOCK, never())
        self.wires.append(wire)
        return wire

    def terms(self) -> OAuth:
        assert SPEC.oauth is not None
        return SPEC.oauth(self.endpoint, {"client_id": self.client_id})

    def sign_in(self) -> Signed:
        """Through the authorize address, the loopback listener and the token address."""
        wire = self.wire()
        with SignInFlow(self.terms(), vendor="Xero") as flow:
            flow.listen()
            flow.follow(wire)
            signed = flow.wait(wire)
        self.secrets["sign_in"] = signed.grant.dump()
        return signed

    def adapter(self, access: Access | None = None, **values: str) -> XeroAdapter:
        context = ConnectionContext(
            name="books.xero", endpoint=self.endpoint, values={"client_id": self.client_id, **values},
            secret=self.secrets.__getitem__, store_secret=self.secrets.__setitem__, clock=CLOCK,
            wire=self.wire(), access=access or Access(),
        )  # fmt: skip
        adapter = SPEC.open(context)
        assert isinstance(adapter, XeroAdapter)
        return adapter

    def books(self) -> XeroAdapter:
        """Signed in, and the first organisation chosen."""
        self.sign_in()
        tenant = self.adapter().companies()[0].id
        return self.adapter(tenant=tenant)

    def control(self, path: str, body: object = None) -> Any:
        return control(self.endpoint, path, body)

    def person(self, action: str, **details: Any) -> Any:
        return self.control("person", {"action": action, **details})


def query(address: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


__all__ = ["RealXero", "query", "replace"]
