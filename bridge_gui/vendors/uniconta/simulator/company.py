"""Uniconta as one application: one company, opened by a login with a password.

Facts: uniconta.md throughout. Doors A and B; the token door and the .NET door are not imitated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Response

from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, utcnow
from bridge_gui.vendors.uniconta.simulator.books import COMPANY, Books
from bridge_gui.vendors.uniconta.simulator.crud import Crud
from bridge_gui.vendors.uniconta.simulator.demo import Demo
from bridge_gui.vendors.uniconta.simulator.door import LOGIN, Door
from bridge_gui.vendors.uniconta.simulator.held import held
from bridge_gui.vendors.uniconta.simulator.invoicing import Invoicing
from bridge_gui.vendors.uniconta.simulator.odata import Feed
from bridge_gui.vendors.uniconta.simulator.people import People
from bridge_gui.vendors.uniconta.simulator.rules import Rules


class UnicontaSimulator(Simulator):
    """A Uniconta with one company; `defaults` lists what its documentation leaves open or people decide."""

    key = "uniconta"
    defaults: ClassVar[Mapping[str, Any]] = {
        "error_status": 400,  # or 500, or 200 with the code inside
        "error_body": "string",  # JSON; or object, or text
        "insert_answers": "object",  # or empty: 204 without a body
        "update_answers": "object",  # or empty
        "list_answers": "empty",  # or objects
        "bulk_lists": False,  # whether UpdateList and DeleteList are there
        "partial_update": "clears",  # or keeps, refuse: what an update that is not whole does
        "unknown_fields": "refuse",  # or drop: a property of no entity
        "unknown_filter": "refused",  # or ignored: all rows
        "lax_filters": False,  # whether ?Name=&Value= finds what only begins so
        "empty_reads": 0,  # so many next reads of door A find nothing
        "nulls_left_out": True,
        "figures": "number",  # or text, comma: how figures stand in answers
        "credit_check": False,  # whether a debtor's limit holds for orders
        "country_form": "text",  # or number, number and name
        "language": "en",  # or da: what enumerations are told in; set before the first start
        "user_fields": {
            "Debtor": ["xWebcrmId"],
            "DebtorOrder": ["xWebcrmId"],
            "DebtorOrderLine": ["xWebcrmLine"],
            "Employee": ["xWebcrmId"],
        },
        "titles": ["Sælger", "Konsulent", "Bogholder", "Direktør"],  # an employee's; empty: anything
        "debtor_series": False,  # whether a debtor without a number gets one
        "delete_order": False,  # whether new orders go once they are invoiced
        "free_lines": True,  # whether a line needs no item
        "settled_entries": "gone",  # or zero
        "odata_page": 0,  # rows of a page of the feed; 0: all
        "next_link": "odata.nextLink",  # or @odata.nextLink
        "any_zeros": False,  # whether the company may stand before the login without its two zeros
        "default_company": True,  # whether a bare login opens the company
        "daily_calls": 5000,
        "slow_seconds": 1.0,  # what each call takes more, for every daily_calls beyond the first
        "rights": {},  # by entity without Client: none, read or write (as all others)
        "bookkeeper": False,  # whether days that pass invoice orders and see them paid
        "notice_operation": "Action",  # or Operation
        "notice_separator": "&",  # or ?
        "post_notices": False,  # whether notices are called; else they wait to be taken
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.books = Books(state, self.clock, self.settings)
        self.rules = Rules(self.books)
        self.door = Door(self.books, self.stopping)
        self.crud = Crud(self.books, self.rules)
        self.feed = Feed(self.books)
        self.invoicing = Invoicing(self.books, self.rules)
        self.staff = People(self.books, self.rules, self.invoicing, self.door)

    def credentials(self) -> dict[str, str]:
        """The company, the login and the password."""
        return {"company_id": COMPANY, "login": LOGIN, "password": self.door.password()}

    def plant(self) -> None:
        """The company."""
        Demo(self.books, self.staff, self.invoicing).plant()
        self.state.set_value("first_day", self.clock.now().date().isoformat())

    def first_day(self) -> date:
        """The day on which the demo was made."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """Books do nothing by themselves, unless a bookkeeper is at work."""
        if self.settings["bookkeeper"]:
            self.invoicing.work(day.isoformat())

    def people(self) -> Mapping[str, Act]:
        """What the company's people can do."""
        return self.staff.actions()

    def documents(self) -> Iterable[Held]:
        """Orders, invoices, debtors, contacts, employees."""
        return held(self.books)

    def guard(self) -> None:
        """The sign-in, and the day's calls."""
        self.door.check()

    def routes(self) -> Iterable[Route]:
        """Both doors."""
        return [*self.crud.routes(), *self.feed.routes()]

    def failure(self, status: int) -> Response:
        """INFERRED: an unknown path or a wrong method says nothing."""
        return Response(status=status)
