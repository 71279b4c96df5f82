"""Pipedrive as one application: both versions of the interface, and the authorisation server.

Facts: pipedrive.md throughout. All of Pipedrive's hosts answer at the one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Flask, Response, request

from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, answer, utcnow
from bridge_gui.vendors.pipedrive.simulator.budget import Budget
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.deals import DealDesk
from bridge_gui.vendors.pipedrive.simulator.demo import Demo
from bridge_gui.vendors.pipedrive.simulator.fields import FieldDesk
from bridge_gui.vendors.pipedrive.simulator.forms import INFO
from bridge_gui.vendors.pipedrive.simulator.held import held
from bridge_gui.vendors.pipedrive.simulator.lines import LineDesk
from bridge_gui.vendors.pipedrive.simulator.lists import DOMAIN, ListDesk
from bridge_gui.vendors.pipedrive.simulator.papers import PaperDesk
from bridge_gui.vendors.pipedrive.simulator.parties import PartyDesk, SearchDesk
from bridge_gui.vendors.pipedrive.simulator.people import People
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint
from bridge_gui.vendors.pipedrive.simulator.sign_in import APP_ID, APP_SECRET, SignInDesk

INTERFACES = ("/api/v2/", "/api/v1/", "/v1/")


class PipedriveSimulator(Simulator):
    """A Pipedrive with one company; `defaults` lists what its documentation leaves open or people decide."""

    key = "pipedrive"
    defaults: ClassVar[Mapping[str, Any]] = {
        "empty_fields": "null",  # or "absent": what is empty but typed as present
        "sum_includes_tax": False,
        "amount_discount_per": "line",  # or "unit"
        "lines_touch_deal": True,
        "value_resets": True,  # PATCH with `value` empties other fields
        "contact_sync": False,
        "admin": True,
        "can_use_api": True,
        "spare_fields": 0,  # this many more custom fields of deals, set before the first start
        "deals_per_day": [1, 2],
        "grants": True,
        "callback": "",  # the app's one callback address; empty: any on loopback
        "scopes": ["base", "deals:full", "contacts:read", "products:read", "users:read", "search:read"],
        "burst_token": 20,  # the Lite plan's; 40, 100, 120 above it
        "burst_oauth": 80,
        "daily_tokens": 30_000,  # one seat of the Lite plan
        "daily_headers": True,  # they may be missing at times
        "cloudflare_after": 10,  # refused calls a minute until the block
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.crm = Crm(state, self.clock, self.settings)
        self.sign_in = SignInDesk(self.crm)
        self.budget = Budget(self.crm)
        self.fields = FieldDesk(self.crm)
        self.deals = DealDesk(self.crm, self.fields)
        self.lines = LineDesk(self.crm)
        self.parties = PartyDesk(self.crm, self.fields)
        self.lists = ListDesk(self.crm)
        self.papers = PaperDesk(self.crm)
        self.search = SearchDesk(self.crm)
        self._demo = Demo(self.crm, self.lists, self.fields, self.parties, self.deals, self.lines)

    def credentials(self) -> dict[str, str]:
        """The company's address and its user's token."""
        return {"domain": DOMAIN, "api_token": self.sign_in.api_token()}

    def own_app(self) -> dict[str, str]:
        """The customer's private app, for the other way in."""
        return {"client_id": APP_ID, "client_secret": APP_SECRET}

    def plant(self) -> None:
        """The consultancy's sales."""
        self._demo.plant()
        self.state.set_value("first_day", self.clock.now().date().isoformat())

    def first_day(self) -> date:
        """The day on which the demo was made."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day of selling."""
        self._demo.trade(day)

    def documents(self) -> Iterable[Held]:
        """Deals, notes, files."""
        return held(self.crm)

    def people(self) -> Mapping[str, Act]:
        """What the consultancy's sellers can do."""
        sellers = People(self.crm, self.deals, self.lines, self.parties, self.fields)
        return {
            **sellers.actions(),
            "regenerate_token": lambda _: {"api_token": self.sign_in.regenerate()},
            "uninstall_app": lambda _: self.sign_in.uninstall(),
        }

    def expire_tokens(self) -> None:
        """Ends OAuth's access tokens; a personal token never expires."""
        self.sign_in.expire()

    def routes(self) -> Iterable[Route]:
        """Every desk's paths; v1's under both of its prefixes."""
        desks = (self.lines, self.search, self.deals, self.parties, self.fields, self.lists, self.papers)
        made: list[Route] = self.sign_in.routes()
        for endpoint in (one for desk in desks for one in desk.routes()):
            made.append((endpoint.method, endpoint.path, self._charged(endpoint)))
            if endpoint.path.startswith("/v1/"):
                made.append((endpoint.method, f"/api{endpoint.path}", self._charged(endpoint)))
        return made

    def app(self) -> Flask:
        """The application with its headers."""
        app = super().app()
        app.after_request(self._stamped)
        return app

    def failure(self, status: int) -> Response:
        """An unknown path or a wrong method."""
        text = {404: "Unknown method .", 405: "Method not allowed"}.get(status, "Error")
        return answer({"success": False, "error": text, "error_info": INFO, "data": None}, status)

    def _charged(self, endpoint: Endpoint) -> Any:
        def view(**parts: str) -> Any:
            self.sign_in.check(endpoint.scopes)
            search = "earch" in endpoint.path
            self.budget.check(endpoint.cost, search=search, oauth=self.sign_in.by_oauth())
            return endpoint.view(**parts)

        return view

    def _stamped(self, told: Response) -> Response:
        if not request.path.startswith(INTERFACES):
            return told
        if told.headers.get("Server") == "cloudflare":
            told.content_type = "text/html; charset=UTF-8"
            return told
        return self.budget.stamp(told, oauth=self.sign_in.by_oauth())
