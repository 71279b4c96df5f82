"""The adapter on the served simulator, and the simulator's control surface."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.trade import Debtor, NewDebtorOrder, OrderLine
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.uniconta import SPEC
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock
from bridge_gui.web.wire import Wire, system_wire
from tests.web.toys import HandClock, Hurry

CLOCK = SystemClock()
TODAY = CLOCK.now().date()


@dataclass
class Live:
    """One served company."""

    endpoint: str
    credentials: dict[str, str]
    wire: Wire

    def opened(self, **values: str) -> Any:
        """An adapter with nothing remembered."""
        given = {**self.credentials, **values}
        return SPEC.open(ConnectionContext(
            name="books", endpoint=self.endpoint, values=given, secret=lambda key: given[key],
            store_secret=lambda key, value: None, clock=CLOCK, wire=self.wire,
        ))  # fmt: skip

    def control(self, path: str, body: object = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(
            f"{self.endpoint}/_sandbox/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def person(self, action: str, **details: object) -> Any:
        return self.control("person", {"action": action, **details})

    def fault(self, kind: str, method: str, path: str, **more: object) -> None:
        self.control("faults", {"kind": kind, "match": {"method": method, "path_prefix": path}, **more})

    def documents(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.control("documents") if one["kind"] == kind]


@contextmanager
def live(**settings: Any) -> Iterator[Live]:
    """The simulator, served; waits are skipped."""
    with Host({SPEC.key: SPEC.simulator()}, settings={SPEC.key: settings}) as host:
        place = host.vendors()[SPEC.key]
        wire = system_wire("books", Pacer(Pace.off(), CLOCK), Meter(), CLOCK, Hurry(HandClock()))
        yield Live(place["endpoint"], place["credentials"], wire)
        wire.transport.close()


SINCE = TODAY - timedelta(days=30)
NEW = Debtor(
    number="10042", name="Eksempel Byg ApS", street="Byggevej 1\n2. th.", postcode="8000", city="Aarhus C", country="DK",
    phone="+45 00 00 00 01", tax_number="10000009", currency="DKK", vat_group="U25", payment_terms="14D",
    invoice_email="faktura@byg.example", ean="5790000000012", group="INDL", fields={"xWebcrmId": "org-1"},
)  # fmt: skip
MARK = "delivery-2/1"


def line(mark: str, item: str, quantity: str, price: str, **more) -> OrderLine:
    own = {"xWebcrmLine": mark} if mark else {}
    return OrderLine(
        item=item, quantity=Decimal(quantity), price=Decimal(price), text="Vare", fields=own, **more
    )


A, B = line("line-1", "1000", "10", "950.00"), line("line-2", "1001", "2", "2499.50", discount=Decimal(10))
C = line("line-3", "1003", "1", "375.00", note="Haster")


def order(*lines: OrderLine, **more) -> NewDebtorOrder:
    given = {
        "debtor": "20001",
        "day": TODAY,
        "currency": "DKK",
        "reference": "Ordre 7",
        "fields": {"xWebcrmId": MARK},
    }
    return NewDebtorOrder(**given | {"lines": lines or (A, B)} | more)
