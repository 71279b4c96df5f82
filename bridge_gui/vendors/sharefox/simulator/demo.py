"""The rental shop on its first day, with one of everything that is awkward, and its trade day by day.

Always the same, and invented throughout; customers are those that the books' demo knows, as `rentals` says.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from bridge_gui.sandbox.kit import Doc, exact
from bridge_gui.sandbox.rentals import RENTERS, THINGS, Renter, Thing
from bridge_gui.vendors.sharefox.simulator.counter import Counter
from bridge_gui.vendors.sharefox.simulator.shop import Shop, ore


class Demo:
    """Plants the shop and lets days pass."""

    def __init__(self, shop: Shop, counter: Counter) -> None:
        self._shop = shop
        self._counter = counter

    def plant(self, day: date) -> None:
        """Customers, products and the awkward orders, made on one day."""
        for renter in RENTERS:
            self._customer(renter)
        for thing in THINGS:
            self._product(thing)
        self._plain(day)
        self._awkward(day)
        self._long(day)
        self._changed(day)

    def trade(self, day: date) -> None:
        """Some orders, most of them invoiced at once; older drafts are sent, now and then one is changed."""
        chance = random.Random(f"sharefox {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        for invoice in self._shop.invoices.find(("status", "=", "draft")):
            if chance.random() < 0.5:
                self._counter.send(invoice, f"{day.isoformat()}T08:00:00.000Z")
        for _ in range(int(self._shop.settings["orders_a_day"])):
            self._ordered(day, chance)

    def row(self, name: str, day: date, days: int = 1, **changes: Any) -> Doc:
        """A line of an order: something rented for some days, or a service."""
        thing = next(one for one in THINGS if one.name == name)
        rate = 1 + exact(thing.vat) / 100 if self._shop.settings["prices_include_vat"] else 1
        found = self._shop.products.first(("name", "=", name))
        made: Doc = {
            "name": name,
            "vatPercent": thing.vat,
            "quantity": 1,
            "unitPrice": float(ore(exact(thing.price) * rate * (days if thing.rented else 1))),
        }
        if thing.rented:
            last = day + timedelta(days=days - 1)
            times = {
                "startDate": f"{day.isoformat()}T07:00:00.000Z",
                "endDate": f"{last.isoformat()}T15:00:00.000Z",
            }
            made |= {"productId": found["id"] if found else None, **times}
        return {**made, **changes}

    def sold(self, who: int, day: date, *rows: Doc, **changes: Any) -> Doc:
        """An order of a renter, by its place in the list."""
        customer = self._shop.customers.find()[who]
        pays = changes.pop("pays", RENTERS[who].pays)
        return self._counter.place(customer, rows, on=day.isoformat(), pays=pays, **changes)

    def _plain(self, day: date) -> None:
        """A rental with delivery, a discount, a deposit and damage; another with a price of zero."""
        first = self.sold(
            0,
            day,
            self.row("Minigraver", day, 3, discountPercent=10),
            self.row("Levering", day),
            self.row("Depositum", day),
        )
        damage = self.row("Skade: knust lykt", day)
        self._sent(first, day, lines=[*first["bookings"], *first["extraServices"], damage])
        self._sent(self.sold(8, day, self.row("Elsykkel", day, 2), self.row("Sykkelhjelm", day, 2)), day)

    def _awkward(self, day: date) -> None:
        """Each with something for a person to decide: numbers, countries, percentages, ways of paying."""
        for who in range(1, 7):
            self._sent(self.sold(who, day, self.row("Slagdrill", day, 2, quantity=3)), day)
        self._sent(self.sold(7, day, self.row("Terrengsykkel", day, 3)), day)
        self._sent(self.sold(9, day, self.row("Sykkelguide med transport", day)), day)
        mixed = (self.row("Elsykkel", day), self.row("Matpakke", day), self.row("Gammel brosjyre", day))
        self._sent(self.sold(0, day, *mixed), day)
        self._sent(self.sold(0, day, self.row("Slagdrill", day)), day, kind="printed")
        self._sent(self.sold(4, day, self.row("Slagdrill", day), currency="SEK"), day)
        self._counter.invoice(self.sold(0, day, self.row("Elsykkel", day)), on=day.isoformat(), send=False)

    def _long(self, day: date) -> None:
        """A rental of three months with a basis for each."""
        order = self.sold(0, day, self.row("Minigraver", day, 90))
        for at in range(3):
            begin = day + timedelta(days=30 * at)
            part = self.row("Minigraver", begin, 30, bookingId=order["bookings"][0]["id"])
            span = (part["startDate"][:10], part["endDate"][:10])
            self._sent(order, day, lines=[part], period=span)

    def _changed(self, day: date) -> None:
        """A rental brought back early: a change order below zero with a basis of its own."""
        order = self.sold(0, day, self.row("Minigraver", day, 4))
        self._sent(order, day)
        back = self.row("Minigraver", day)
        early = {"name": "Minigraver levert tilbake tidlig", "unitPrice": -back["unitPrice"]}
        change = self.sold(0, day, {**back, **early}, of=order)
        self._sent(change, day)
        self._counter.cancel(self.sold(8, day, self.row("Terrengsykkel", day)), day.isoformat())

    def _ordered(self, day: date, chance: random.Random) -> None:
        who = chance.randrange(len(RENTERS))
        rented = [thing.name for thing in THINGS if thing.rented and thing.price]
        things = chance.sample(rented, chance.randint(1, 3))
        rows = [
            self.row(
                name,
                day,
                chance.randint(1, 5),
                discountPercent=chance.choice((0, 0, 0, 10, 12.5)),
                quantity=chance.choice((1, 1, 2)),
            )
            for name in things
        ]
        if chance.random() < 0.3:
            rows.append(self.row("Levering", day))
        order = self.sold(who, day, *rows)
        if chance.random() < 0.85:
            self._counter.invoice(order, on=day.isoformat(), send=chance.random() < 0.9)

    def _sent(self, order: Doc, day: date, **changes: Any) -> None:
        if changes.get("kind") is None or self._shop.settings["accounting_link"]:
            self._counter.invoice(order, on=day.isoformat(), **changes)

    def _customer(self, renter: Renter) -> Doc:
        key = self._shop.next_id("customer", 1066)
        made: Doc = {
            "id": key,
            "userId": key,
            "firstName": renter.first,
            "lastName": renter.last,
            "email": renter.email,
            "phone": "+47 000 00 000",
            "isCompany": bool(renter.company),
            "companyName": renter.company,
            "companyOrgNo": renter.number,
            "address": renter.street,
            "postcode": renter.postcode,
            "city": renter.city,
            "country": renter.country,
            "discount": "-",
            "extraInfo": "[]",
        }
        self._shop.customers.put(made)
        return made

    def _product(self, thing: Thing) -> None:
        key = self._shop.next_id("product", 1021)
        if thing.rented:
            made = {"id": key, "name": thing.name, "price": thing.price, "vatPercent": thing.vat}
            self._shop.products.put(made)
