"""webcrm as one application: one customer's system, opened by an application token.

Facts: webcrm.md throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Flask, Response, request

from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, answer, utcnow
from bridge_gui.vendors.webcrm.simulator.crm import Crm
from bridge_gui.vendors.webcrm.simulator.demo import Demo
from bridge_gui.vendors.webcrm.simulator.door import Door
from bridge_gui.vendors.webcrm.simulator.held import held
from bridge_gui.vendors.webcrm.simulator.lists import Hooks, Metadata
from bridge_gui.vendors.webcrm.simulator.people import People
from bridge_gui.vendors.webcrm.simulator.query import Queries

CONTROL = "/_sandbox"


class WebcrmSimulator(Simulator):
    """A webcrm with one customer; `defaults` lists what its documentation leaves open or people decide."""

    key = "webcrm"
    defaults: ClassVar[Mapping[str, Any]] = {
        "minute_quota": 250,
        "token_seconds": 3600,
        "rotate_refresh": True,  # whether a refresh token serves once
        "login_refusal": 200,  # or 401: how a wrong application token is refused
        "rights": {},  # by area: none, read or write (as all others)
        "no_right_status": 403,  # or 401
        "unknown_fields": "refuse",  # or ignore
        "extra_fields": True,  # answers hold fields that the document of 2019 does not name
        "currency_as_index": False,  # deliveries answer 00 for DKK
        "post_organisation_answers": "object",  # or id, empty: what making an organisation answers
        "create_stumbles": 0,  # so many next creates fail; nothing is made
        "dropdowns": "refuse",  # or accept: a text that is not in the list
        "unique_fields": [],  # organisation fields declared unique
        "move_person": "ignored",  # or refused: another organisation in a PUT
        "responsible_required": False,
        "auto_number": False,  # webcrm's own numbering of deliveries
        "changed_line_touches_delivery": False,
        "linked_data": True,
        "linked_columns": [1, 2, 3],
        "unique_price_list": False,
        "query_more": False,  # whether queries know more comparisons than = and >=
        "query_choices": "text",  # or number: what queries answer for enumerations
        "post_notices": False,  # whether notices are called; else they wait to be taken
        "page_size": 100,  # rows of a page whose Size was not told
        "automations": [],  # {"field", "when", "sets"}: what another automation does after a client's write
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.crm = Crm(state, self.clock, self.settings)
        self.door = Door(self.crm)
        self.staff = People(self.crm, self.door)
        self._demo = Demo(self.crm, self.staff)

    def credentials(self) -> dict[str, str]:
        """The application token."""
        return {"token": self.door.application()}

    def plant(self) -> None:
        """The wholesaler."""
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
        """What the wholesaler's staff can do."""
        return self.staff.actions()

    def documents(self) -> Iterable[Held]:
        """Persons and the price list; deliveries are sources."""
        return held(self.crm)

    def guard(self) -> None:
        """The limits, the token, the right."""
        self.door.check()

    def expire_tokens(self) -> None:
        """Ends every access token; refresh tokens stay."""
        self.door.expire()

    def routes(self) -> Iterable[Route]:
        """Every desk's paths."""
        staff = self.staff
        desks: tuple[Any, ...] = (
            self.door, staff.organisations, staff.persons, staff.deliveries, staff.prices, staff.lines,
            staff.sales, staff.users, Metadata(self.crm), Queries(self.crm), Hooks(self.crm),
        )  # fmt: skip
        return [route for desk in desks for route in desk.routes()]

    def app(self) -> Flask:
        """The application; what is not asked for as JSON is told to be text."""
        app = super().app()
        app.after_request(self._typed)
        return app

    def failure(self, status: int) -> Response:
        """INFERRED: an unknown path or a wrong method."""
        text = f"No HTTP resource was found that matches the request URI '{request.path}'."
        return answer({"Message": text, "Type": "NotFoundException"}, status)

    def _typed(self, told: Response) -> Response:
        """QUIRK: the usual answer is text/plain unless JSON is asked for (webcrm.md 1)."""
        wanted = request.headers.get("Accept", "")
        if not request.path.startswith(CONTROL) and "json" not in wanted and told.is_json:
            told.content_type = "text/plain; charset=utf-8"
        return told
