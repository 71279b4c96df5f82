"""QuickBooks Online as one application: sign-in and the accounting interface of one company.

Facts: quickbooks.md throughout. All of Intuit's hosts answer at the one address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

import msgspec
from flask import Flask, Response, request

from bridge_gui.sandbox.kit import Act, Held, Now, Refusal, Route, Simulator, State, answer, utcnow
from bridge_gui.sandbox.studio import ZONE
from bridge_gui.vendors.quickbooks.simulator.books import Books
from bridge_gui.vendors.quickbooks.simulator.changes import ReadDesk
from bridge_gui.vendors.quickbooks.simulator.demo import Demo
from bridge_gui.vendors.quickbooks.simulator.desk import API, Desk
from bridge_gui.vendors.quickbooks.simulator.held import held
from bridge_gui.vendors.quickbooks.simulator.limits import Limits
from bridge_gui.vendors.quickbooks.simulator.lists import ListDesk
from bridge_gui.vendors.quickbooks.simulator.payments import PaymentDesk
from bridge_gui.vendors.quickbooks.simulator.people import People
from bridge_gui.vendors.quickbooks.simulator.sales import SaleDesk
from bridge_gui.vendors.quickbooks.simulator.says import Trouble, fault
from bridge_gui.vendors.quickbooks.simulator.sign_in import CLIENT_ID, CLIENT_SECRET, SignInDesk
from bridge_gui.vendors.quickbooks.simulator.writing import Writer
from bridge_gui.vendors.quickbooks.simulator.xml import as_xml


class QuickBooksSimulator(Simulator):
    """A QuickBooks with one company; `defaults` lists what its documentation leaves open or people decide."""

    key = "quickbooks"
    defaults: ClassVar[Mapping[str, Any]] = {
        "country": "GB",  # or US, set before the first start
        "company_name": "",  # empty: the demo's
        "zone": ZONE,
        "language": "en",  # or fr: texts of faults and the word of a void
        "grants": True,  # what the person at the browser answers
        "redirect_uris": [],  # the registered ones; empty: any on localhost, any https
        "production_keys": False,  # production keys take https only
        "user_access": True,  # false: the consenting user lost the right to the company
        "subscription": True,
        "custom_numbers": True,
        "warn_duplicates": True,
        "allow_discount": True,
        "discount_account": "6",
        "undeposited_account": "2",
        "auto_apply_credit": False,
        "auto_apply_payments": False,
        "multicurrency": False,
        "inactive_suffix": False,  # whether a deactivated customer's name gains " (deleted)"
        "automated_tax": False,
        "tax_override_limit": 0.5,
        "book_close_date": "",
        "book_close_password": False,
        "inactive_code": 610,  # or 2500: a reference to what is inactive
        "requestid_hours": 24,
        "requestid_refuses": False,  # a request id told again is refused by 600 instead of answered
        "requestid_covers_names": False,
        "batch_turns": True,  # the last item is answered first
        "batch_leaves_out": 0,  # so many items of the next batch are done and not answered
        "void_ignored": False,  # a 200 that did nothing
        "system_faults": 0,  # so many next writes answer a system fault inside a 200
        "system_fault_acts": True,  # whether they were done all the same
        "minute_limit": 500,
        "second_limit": 200,  # really 10: calls on loopback are not paced, and a demo would wait for minutes
        "batch_limit": 120,
        "month_reads": 500_000,
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.books = Books(state, self.clock, self.settings)
        self.sign_in = SignInDesk(self.books)
        self.limits = Limits(self.books)
        self.lists = ListDesk(self.books)
        self.sales = SaleDesk(self.books)
        self.payments = PaymentDesk(self.books, self.sales)
        self.writer = Writer(self.books, self.lists, self.sales, self.payments)
        self.reads = ReadDesk(self.books, self.lists, self.writer)
        self.desk = Desk(self.books, self.lists, self.sales, self.writer, self.reads)
        self._demo = Demo(self.books, self.lists, self.writer)

    def credentials(self) -> dict[str, str]:
        """The keys of the bookkeeper's own app; a browser does the rest."""
        return {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}

    def plant(self) -> None:
        """The studio's books."""
        self._demo.plant()
        self.state.set_value("first_day", self.clock.now().date().isoformat())

    def first_day(self) -> date:
        """The day on which the demo was made."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day of paying and walking in."""
        self._demo.trade(day)

    def people(self) -> Mapping[str, Act]:
        """What the studio's bookkeeper can do."""
        bookkeeper = People(self.books, self.writer)
        return {**bookkeeper.actions(), "disconnect_app": lambda _: self.sign_in.leave()}

    def documents(self) -> Iterable[Held]:
        """Sales, payments, and whom and what they are of."""
        return held(self.books)

    def guard(self) -> None:
        """A bearer, the company, its subscription; then the limits."""
        if not request.path.startswith(API):
            return
        self.sign_in.check(request.path.split("/")[3])
        self.limits.check(batch=request.path.endswith("/batch"))
        if not self.settings["subscription"]:
            text = "Subscription period has ended or canceled or there was a billing problem"
            told = fault(
                Trouble(6190, "Invalid Company Status", f"{text} : Subscription status is not valid")
            )
            raise Refusal(400, {"Fault": told, "time": self.books.time()})

    def expire_tokens(self) -> None:
        """Ends every access token."""
        self.sign_in.expire()

    def routes(self) -> Iterable[Route]:
        """Every desk's paths."""
        return [*self.sign_in.routes(), *self.desk.routes()]

    def app(self) -> Flask:
        """The application with Intuit's support id and forms of an answer."""
        app = super().app()
        app.after_request(self._stamped)
        return app

    def failure(self, status: int) -> Response:
        """An unknown path or a wrong method."""
        told = fault(Trouble(500, "Unsupported Operation", "Operation is not supported."))
        return answer({"Fault": told, "time": self.books.time()}, status)

    def _stamped(self, told: Response) -> Response:
        if not request.path.startswith(API):
            return told
        seed = f"{request.full_path}{self.clock.stamp()}".encode()
        told.headers["intuit_tid"] = f"1-{hashlib.sha256(seed).hexdigest()[:32]}"
        if told.is_json and "json" not in request.headers.get("Accept", ""):
            told.set_data(as_xml(msgspec.json.decode(told.get_data())))
            told.content_type = "application/xml; charset=utf-8"
        return told
