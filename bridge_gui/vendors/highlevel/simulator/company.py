"""HighLevel as one application: one location, opened by a private integration token.

Facts: highlevel.md throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Flask, Response, request

from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, answer, utcnow
from bridge_gui.vendors.highlevel.simulator.contacts import ContactDesk
from bridge_gui.vendors.highlevel.simulator.crm import LOCATION, Crm
from bridge_gui.vendors.highlevel.simulator.demo import Demo
from bridge_gui.vendors.highlevel.simulator.door import Door
from bridge_gui.vendors.highlevel.simulator.held import held
from bridge_gui.vendors.highlevel.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.highlevel.simulator.lists import ListDesk
from bridge_gui.vendors.highlevel.simulator.messages import MessageDesk
from bridge_gui.vendors.highlevel.simulator.payments import PaymentDesk
from bridge_gui.vendors.highlevel.simulator.people import People
from bridge_gui.vendors.highlevel.simulator.search import SearchDesk

CONTROL = "/_sandbox"
SCOPES = [
    "contacts.readonly", "contacts.write", "invoices.readonly", "invoices.write", "payments/orders.readonly",
    "payments/transactions.readonly", "payments/subscriptions.readonly", "locations.readonly",
    "locations/customFields.readonly", "locations/customFields.write", "locations/tags.readonly",
    "workflows.readonly", "conversations/message.write", "products.readonly", "products/prices.readonly",
    "calendars.readonly",
]  # fmt: skip


class HighLevelSimulator(Simulator):
    """A HighLevel with one location; `defaults` lists what its documentation leaves open or people decide."""

    key = "highlevel"
    defaults: ClassVar[Mapping[str, Any]] = {
        "country": "GB",  # or US, set before the first start
        "zone": "",  # empty: the country's
        "scopes": SCOPES,
        "burst_limit": 100,  # 25 for trial accounts
        "day_limit": 200_000,  # 10,000 for trial accounts
        "allow_duplicates": False,
        "missing_contact_is_400": False,
        "create_stumbles": 0,  # so many next contacts are made and refused all the same
        "index_lag": 0,  # seconds until a new contact is found by a search
        "invoice_dates": "issueDate",  # or createdAt: what startAt and endAt of invoices mean
        "list_without_items": False,  # whether the list of invoices leaves their lines out
        "number_as_number": False,
        "strict_record_payment": False,
        "native_link": False,  # HighLevel's own link to QuickBooks books every payment
        "minor_units": False,
        "money_as_text": False,
        "partial_status": "succeeded",
        "sales_per_day": [1, 3],
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.crm = Crm(state, self.clock, self.settings)
        self.door = Door(self.crm)
        self.contacts = ContactDesk(self.crm)
        self.search = SearchDesk(self.crm, self.contacts)
        self.invoices = InvoiceDesk(self.crm)
        self.payments = PaymentDesk(self.crm)
        self.lists = ListDesk(self.crm)
        self.messages = MessageDesk(self.crm)
        self.owner = People(self.crm, self.contacts, self.invoices, self.payments, self.door)
        self._demo = Demo(self.crm, self.lists, self.contacts, self.invoices, self.payments, self.owner)

    def credentials(self) -> dict[str, str]:
        """The token and the location."""
        return {"token": self.door.token(), "location": LOCATION}

    def plant(self) -> None:
        """The studio."""
        self._demo.plant()
        self.state.set_value("first_day", self.clock.now().date().isoformat())

    def first_day(self) -> date:
        """The day on which the demo was made."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day of selling."""
        self._demo.trade(day)

    def people(self) -> Mapping[str, Act]:
        """What the studio's owner and her customers can do."""
        return self.owner.actions()

    def documents(self) -> Iterable[Held]:
        """Invoices, payments, contacts, messages."""
        return held(self.crm)

    def guard(self) -> None:
        """The firewall, the version, the token, the limits, the scope, the location."""
        self.door.check()

    def expire_tokens(self) -> None:
        """Rotates the token: the old one is worthless."""
        self.door.rotate()

    def routes(self) -> Iterable[Route]:
        """Every desk's paths; the exact ones before those with an id."""
        desks = (self.search, self.contacts, self.invoices, self.payments, self.lists, self.messages)
        return [route for desk in desks for route in desk.routes()]

    def app(self) -> Flask:
        """The application with the limits in its headers."""
        app = super().app()
        app.after_request(self._stamped)
        return app

    def failure(self, status: int) -> Response:
        """An unknown path or a wrong method."""
        text = f"Cannot {request.method} {request.path}"
        return answer(
            {"statusCode": 404, "message": text, "error": "Not Found"}, 404 if status == 405 else status
        )

    def _stamped(self, told: Response) -> Response:
        return told if request.path.startswith(CONTROL) else self.door.stamp(told)
