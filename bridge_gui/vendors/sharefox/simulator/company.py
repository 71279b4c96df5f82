"""Sharefox as one application: one shop with its administrator's interface.

Facts: sharefox.md throughout; what is only supposed stands in `assumed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask import Response

from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, answer, utcnow
from bridge_gui.vendors.sharefox.simulator.assumed import SWITCHES
from bridge_gui.vendors.sharefox.simulator.counter import Counter
from bridge_gui.vendors.sharefox.simulator.demo import Demo
from bridge_gui.vendors.sharefox.simulator.desk import Desk
from bridge_gui.vendors.sharefox.simulator.door import DOMAIN, TOKEN, Door
from bridge_gui.vendors.sharefox.simulator.held import held
from bridge_gui.vendors.sharefox.simulator.people import People
from bridge_gui.vendors.sharefox.simulator.shop import Shop


class SharefoxSimulator(Simulator):
    """A Sharefox with one shop that rents out tools and bicycles."""

    key = "sharefox"
    defaults: ClassVar[Mapping[str, Any]] = SWITCHES

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.shop = Shop(state, self.clock, self.settings)
        self.counter = Counter(self.shop)
        self.door = Door(self.shop)
        self.desk = Desk(self.shop)
        self.demo = Demo(self.shop, self.counter)

    def credentials(self) -> dict[str, str]:
        """The shop's whole domain and the administrator's token."""
        return {"shop_domain": DOMAIN, "token": TOKEN}

    def plant(self) -> None:
        """The shop with everything awkward in it, made on the first day of trade."""
        first = self.settings["first_day"] or self.clock.now().date().isoformat()
        self.state.set_value("first_day", first)
        self.door.plant()
        self.demo.plant(date.fromisoformat(first))

    def first_day(self) -> date:
        """The first day of trade."""
        told = self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day of renting out."""
        self.demo.trade(day)

    def people(self) -> Mapping[str, Act]:
        """What the shop's staff can do."""
        return People(self.shop, self.counter, self.demo, self.door).actions()

    def documents(self) -> Iterable[Held]:
        """Orders, invoice bases and what they are made of."""
        return held(self.shop)

    def guard(self) -> None:
        """The limits, the shop's domain, the administrator's token."""
        self.door.check()

    def expire_tokens(self) -> None:
        """Ends every token."""
        self.door.expire()

    def routes(self) -> Iterable[Route]:
        """The sign-in and the desk."""
        return [*self.door.routes(), *self.desk.routes()]

    def failure(self, status: int) -> Response:
        """An unknown path, in the form of any refusal."""
        names = {404: ("not_found", "Not found"), 405: ("method_not_allowed", "Method not allowed")}
        error, message = names.get(status, ("error", "Error"))
        return answer({"error": error, "message": message}, status)
