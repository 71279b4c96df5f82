"""24SevenOffice as one application: the login host, REST v1 of one organisation, and three SOAP services.

Facts: twentyfoursevenoffice.md throughout. All of its hosts answer at the one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Flask, Response, request

from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, utcnow
from bridge_gui.sandbox.rentals import SHOP
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books
from bridge_gui.vendors.twentyfoursevenoffice.simulator.chart import ChartDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.customers import CustomerDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.demo import Demo
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import failed
from bridge_gui.vendors.twentyfoursevenoffice.simulator.held import held
from bridge_gui.vendors.twentyfoursevenoffice.simulator.invoicing import Invoicing
from bridge_gui.vendors.twentyfoursevenoffice.simulator.ledger import Ledger
from bridge_gui.vendors.twentyfoursevenoffice.simulator.limits import Limits
from bridge_gui.vendors.twentyfoursevenoffice.simulator.lines import LineDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.orders import OrderDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.people import People
from bridge_gui.vendors.twentyfoursevenoffice.simulator.products import ProductDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import (
    CLIENT_ID,
    CLIENT_SECRET,
    ORGANIZATION,
    SignInDesk,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap import PLACES, Soap, SoapFault, faulted
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap_invoices import SoapInvoices
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap_sessions import SessionDesk
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap_transactions import SoapTransactions


class TwentyFourSevenOfficeSimulator(Simulator):
    """A 24SevenOffice with one organisation; `defaults` lists what is left open or what people decide."""

    key = "twentyfoursevenoffice"
    defaults: ClassVar[Mapping[str, Any]] = {
        "version": "0.60.1",  # 0.56.0 ignores the filters email, externalReference, referenceNumber, ean
        "company_name": "",  # empty: the demo's own
        "connected": True,  # a person has connected the application; the wizard's last approval step
        "withheld_scopes": [],  # scopes that the administrator has not accepted
        "token_life": 86400,
        "tax_ids_differ": True,  # a tax's id is its number and a hundred; read when the demo is made
        "number_filter": "text",  # or digits: blanks do not count
        "patch_merges_deep": False,  # whether PATCH keeps what a nested address does not name
        "street_as_list": False,  # a street comes back as a list of lines
        "new_invoicing": True,
        "department_required": False,
        "project_required": False,
        "queue_seconds": 30,  # from status Invoice to the invoice's number
        "rounds_tax": "line",  # or order
        "lag_seconds": 0,  # seconds until the list of orders shows a write
        "minute_limit": 0,  # REST calls a minute; 0: none
        "retry_after": True,
        "soap_hour_limit": 7200,
        "soap_logins": 60,  # an hour
        "soap_idle": 3600,  # seconds
        "soap_writes_defaults": False,
        "soap_tells_losses": True,  # as the live service does; false: as the older WSDL
        "blocked_identity": False,  # the usual company is blocked
        "api_exception": "",  # a text that GetInvoices answers inside a 200
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.books = Books(state, self.clock, self.settings)
        self.sign_in = SignInDesk(self.books)
        self.limits = Limits(self.books)
        self.chart = ChartDesk(self.books)
        self.ledger = Ledger(self.books)
        self.invoicing = Invoicing(self.books, self.ledger)
        self.customers = CustomerDesk(self.books)
        self.products = ProductDesk(self.books)
        self.orders = OrderDesk(self.books, self.invoicing)
        self.lines = LineDesk(self.books, self.orders, self.chart, self.invoicing)
        self.sessions = SessionDesk(self.books)
        self._desks = (self.chart, self.customers, self.products, self.orders, self.lines)
        self._demo = Demo(self.books, *self._desks, self.invoicing, self.ledger)

    def credentials(self) -> dict[str, str]:
        """What the customer's own application has; the company by its exact name."""
        return {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "organization_id": ORGANIZATION,
            "company_name": self.settings["company_name"] or SHOP,
        }

    def plant(self) -> None:
        """The shop's books."""
        self._demo.plant()
        self.state.set_value("first_day", self.clock.now().date().isoformat())

    def first_day(self) -> date:
        """The day on which the demo was made."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day of publishing and paying."""
        self._demo.trade(day)

    def people(self) -> Mapping[str, Act]:
        """What the shop's bookkeeper can do."""
        return {
            **People(self.books, *self._desks, self.invoicing, self.ledger).actions(),
            "disconnect_app": lambda _: self._disconnect(),
        }

    def documents(self) -> Iterable[Held]:
        """Orders, invoices and what belongs to them."""
        with self.state.transaction():
            self.invoicing.run_queue()
        return held(self.books)

    def guard(self) -> None:
        """The limits, then a bearer with its scopes; orders whose time has come become invoices."""
        self.limits.check()
        self.sign_in.check()
        self.invoicing.run_queue()

    def expire_tokens(self) -> None:
        """Ends every token and every session."""
        self.sign_in.expire()
        self.sessions.expire()

    def routes(self) -> Iterable[Route]:
        """Every desk's paths."""
        places = [service.operations() for service in self._services()]
        soap = Soap(dict(zip(PLACES, places, strict=True)))
        desks = (self.sign_in, *self._desks, self.ledger, soap)
        return [route for desk in desks for route in desk.routes()]

    def app(self) -> Flask:
        """The application with its headers and SOAP's own form of a refusal."""
        app = super().app()
        app.after_request(self.limits.stamp)
        app.register_error_handler(SoapFault, faulted)
        return app

    def failure(self, status: int) -> Response:
        """An unknown path, as JSON for REST and bare elsewhere."""
        return failed(status) if request.path.startswith("/v1") else Response(status=status)

    def _services(self) -> tuple[SessionDesk, SoapInvoices, SoapTransactions]:
        invoices = SoapInvoices(self.books, self.sessions, self.ledger)
        return self.sessions, invoices, SoapTransactions(self.books, self.sessions)

    def _disconnect(self) -> None:
        self.settings.change({"connected": False})
        self.expire_tokens()
