"""Xero as one application: identity, connections, and the accounting interface of one organisation.

Facts: xero.md throughout. All three of Xero's hosts answer at the one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

import msgspec
from flask import Flask, Response, request

from bridge_gui.sandbox.consultancy import BOOKKEEPER
from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, utcnow
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.chart import ChartDesk
from bridge_gui.vendors.xero.simulator.contacts import ContactDesk
from bridge_gui.vendors.xero.simulator.credit_notes import CreditDesk
from bridge_gui.vendors.xero.simulator.demo import Demo
from bridge_gui.vendors.xero.simulator.forms import NotHere, nothing
from bridge_gui.vendors.xero.simulator.held import held
from bridge_gui.vendors.xero.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.xero.simulator.items import ItemDesk
from bridge_gui.vendors.xero.simulator.keys import Keys
from bridge_gui.vendors.xero.simulator.limits import API, Crowd, Limits
from bridge_gui.vendors.xero.simulator.papers import PaperDesk
from bridge_gui.vendors.xero.simulator.payments import PaymentDesk
from bridge_gui.vendors.xero.simulator.people import People
from bridge_gui.vendors.xero.simulator.sign_in import CLIENT_ID, SignInDesk
from bridge_gui.vendors.xero.simulator.xml import as_xml


class XeroSimulator(Simulator):
    """A Xero with one organisation; `defaults` lists what its documentation leaves open or people decide."""

    key = "xero"
    defaults: ClassVar[Mapping[str, Any]] = {
        "role": "ADVISER",  # or STANDARD, INVOICEONLY_APPROVE, INVOICEONLY_SALES, INVOICEONLY_DRAFT, READONLY
        "grants": True,  # what the person at the browser answers
        "redirect_uris": [],  # the registered ones; empty: any on localhost
        "user_email": BOOKKEEPER[1],
        "demo_company": False,  # Xero's own Demo Company sends no e-mail
        "period_lock_date": "",
        "end_of_year_lock_date": "2025-12-31",
        "approve_limit": 0,  # invoices a month; 0: none
        "email_limit": 1000,
        "minute_limit": 60,
        "day_limit": 1000,  # the Starter tier's; 5000 above it
        "concurrent_limit": 5,
        "deleted_frees_number": True,
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.books = Books(state, self.clock, self.settings)
        self.sign_in = SignInDesk(self.books)
        self.limits = Limits(self.books)
        self.keys = Keys(self.books)
        self.chart = ChartDesk(self.books)
        self.contacts = ContactDesk(self.books)
        self.items = ItemDesk(self.books)
        self.invoices = InvoiceDesk(self.books, self.contacts)
        self.payments = PaymentDesk(self.books, self.invoices)
        self.credit_notes = CreditDesk(self.books, self.contacts, self.invoices)
        self.papers = PaperDesk(self.books, self.invoices)
        self._demo = Demo(self.books, self.chart, self.contacts, self.items, self.invoices, self.payments)

    def credentials(self) -> dict[str, str]:
        """The client id of the bookkeeper's own app; a browser does the rest."""
        return {"client_id": CLIENT_ID}

    def plant(self) -> None:
        """The consultancy's books."""
        with self.books.as_adviser(planting=True):
            self._demo.plant()
        self.state.set_value("first_day", self.clock.now().date().isoformat())

    def first_day(self) -> date:
        """The day on which the demo was made."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day of approving, paying and voiding."""
        with self.books.as_adviser():
            self._demo.trade(day)

    def people(self) -> Mapping[str, Act]:
        """What the consultancy's bookkeeper can do."""
        desks = (self.contacts, self.invoices, self.payments, self.credit_notes, self.items, self.chart)
        return {
            **People(self.books, *desks).actions(),
            "disconnect_app": lambda _: self.sign_in.leave(),
        }

    def documents(self) -> Iterable[Held]:
        """Invoices and what belongs to them."""
        return held(self.books)

    def guard(self) -> None:
        """A bearer, a scope, a tenant; then the limits."""
        self.sign_in.check()
        if request.path.startswith(API):
            self.limits.check()

    def expire_tokens(self) -> None:
        """Ends every access token."""
        self.sign_in.expire()

    def routes(self) -> Iterable[Route]:
        """Every desk's paths."""
        return [
            *self.sign_in.routes(),
            *self.chart.routes(),
            *self.contacts.routes(),
            *self.items.routes(),
            *self.invoices.routes(),
            *self.papers.routes(),
            *self.payments.routes(),
            *self.credit_notes.routes(),
        ]

    def app(self) -> Flask:
        """The application with keys, headers and Xero's own forms of an answer."""
        app = super().app()
        app.before_request(self.keys.replayed)
        app.after_request(self.limits.stamp)
        app.after_request(_in_form)
        app.after_request(self.keys.remembered)
        app.register_error_handler(NotHere, lambda _: nothing())
        app.wsgi_app = Crowd(app.wsgi_app, self.books)  # type: ignore[method-assign]
        return app

    def failure(self, status: int) -> Response:
        """An unknown path: `text/html` and no body."""
        return Response("", status, content_type="text/html")


def _in_form(answer: Response) -> Response:
    """QUIRK: without `Accept: application/json` the answer is XML (xero.md 1)."""
    if not request.path.startswith(API) or not answer.is_json:
        return answer
    if "json" not in request.headers.get("Accept", ""):
        read = msgspec.json.decode(answer.get_data())
        answer.set_data(as_xml(read))
        answer.content_type = "application/xml; charset=utf-8"
    return answer
