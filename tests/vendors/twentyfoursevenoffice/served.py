"""The adapter on the simulator, and the simulator's control surface."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.ordering import NewOrder, OrderCustomer
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.twentyfoursevenoffice import SPEC
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock
from bridge_gui.web.wire import Wire, system_wire
from tests.web.toys import HandClock, Hurry

CLOCK = SystemClock()
TODAY = CLOCK.now().date()
MARK = "sf-abc123/5001/1"


@dataclass
class Live:
    """One served organisation."""

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

    def count(self, table: str) -> int:
        return int(self.control("")["tables"][table])


@contextmanager
def live(**settings: Any) -> Iterator[Live]:
    """The simulator, served; waits are skipped."""
    with Host({SPEC.key: SPEC.simulator()}, settings={SPEC.key: settings}) as host:
        place = host.vendors()[SPEC.key]
        wire = system_wire("books", Pacer(Pace.off(), CLOCK), Meter(), CLOCK, Hurry(HandClock()))
        yield Live(place["endpoint"], place["credentials"], wire)
        wire.transport.close()


def order_for(books: Any, *lines: tuple[str, str, int], **more: Any) -> NewOrder:
    """An order with a customer, a category and a product of its own."""
    customer = books.add_customer(
        OrderCustomer(
            name="Prøve AS", is_company=True, tax_number="987654325", email="prove@example.no",
            number="sf1/u7", street="Prøveveien 1", postal_code="0598", city="Oslo", country="NO",
        ), "",
    )  # fmt: skip
    category = books.add_category("SharefoxRental")
    product = books.add_product("SharefoxRental", category.id)
    tax = next(one for one in books.order_taxes() if one.number == "3")
    made = tuple(
        BillLine(text=text, quantity=Decimal(1), unit_price=Decimal(price), item=product.id, tax=tax.key,
                 rate=tax.rate, discount=Decimal(discount))
        for text, price, discount in lines
    )  # fmt: skip
    given = {"day": TODAY, "currency": "NOK", "reference": MARK, "days_to_pay": 14} | more
    return NewOrder(customer=customer, lines=made, **given)
