"""Both simulators over HTTP, written apart from our clients, and the bridge opened on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.bridges.salescloud_payday.orders import Orders
from bridge_gui.bridges.salescloud_payday.steps import JOURNAL_STEPS
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.flow import Known, Record
from bridge_gui.sync.opening import BridgeContext, ConnectionContext
from bridge_gui.sync.specs import OpenBridge, VendorSpec
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import never
from bridge_gui.web.wire import system_wire
from tests.control import control
from tests.office_hours import CLOCK


@dataclass
class Sandbox:
    """The two vendors as they are served, and their control surface."""

    host: Host
    ending: ExitStack
    meter: Meter = field(default_factory=Meter)

    def adapter(self, spec: VendorSpec, **values: str) -> Any:
        """A signed-in adapter; `values` overrule the demo's credentials."""
        place = self.host.vendors()[spec.key]
        given: Mapping[str, str] = place["credentials"] | values
        wire = system_wire(spec.key, Pacer(Pace.off(), CLOCK), self.meter, CLOCK, never())
        self.ending.callback(wire.transport.close)
        return spec.open(
            ConnectionContext(
                name=spec.key,
                endpoint=place["endpoint"],
                values=given,
                secret=lambda key: given[key],
                store_secret=lambda key, value: None,
                clock=CLOCK,
                wire=wire,
            )
        )

    def bridge(self, mapping: Mapping[str, str] | None = None, **settings: str) -> OpenBridge:
        """The bridge with the demo's answers, changed by `settings`."""
        demo = {k.removeprefix("settings."): v for k, v in SPEC.demo.items() if k.startswith("settings.")}
        pairs = SPEC.demo["mappings.payment_methods"] if mapping is None else mapping
        context = BridgeContext(
            name="cafe", sales=self.adapter(SALESCLOUD), books=self.adapter(PAYDAY), settings=demo | settings,
            mappings={"payment_methods": pairs}, start=date(2026, 1, 1), zone=ZoneInfo("Atlantic/Reykjavik"),
            cancel=never(), clock=CLOCK,
        )  # fmt: skip
        return SPEC.open(context)

    def control(self, vendor: str, path: str, body: object = None) -> Any:
        """Ask a simulator's control surface, or tell it something."""
        return control(self.host.addresses[vendor], path, body)

    def disarm(self, vendor: str = "payday") -> None:
        """No more faults."""
        control(self.host.addresses[vendor], "faults", method="DELETE")

    def switch(self, vendor: str, **switches: object) -> None:
        """Turn a simulator's switches."""
        self.control(vendor, "settings", switches)


@contextmanager
def sandbox() -> Iterator[Sandbox]:
    """Both vendors with some days of trade, reads that do not lag."""
    factories = {"payday": PAYDAY.simulator(), "salescloud": SALESCLOUD.simulator()}
    with Host(factories, now=CLOCK.now) as host, ExitStack() as ending:
        both = Sandbox(host, ending)
        both.switch("payday", lag_seconds=0)
        yield both


def flow_of(opened: OpenBridge) -> Orders:
    flow = opened.flows[0]
    assert isinstance(flow, Orders)
    return flow


def records(flow: Orders, days: int = 60) -> list[Record]:
    """Everything closed in the last days."""
    since = CLOCK.now() - timedelta(days=days)
    return [record for page in flow.read(since, never()) for record in page.records]


def planned(flow: Orders, some: list[Record]) -> list[Any]:
    """The journal entries for orders that can be booked as they are."""
    plans = [flow.plan(record, Known()) for record in some]
    steps = [step for plan in plans if isinstance(plan, list) for step in plan]
    return [step for step in steps if isinstance(step, JOURNAL_STEPS) and not step.needs]
