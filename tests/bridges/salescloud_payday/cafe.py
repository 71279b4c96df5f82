"""A café with both vendors, a data folder and a clock to turn: what the tests of sales on account share."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import never
from tests.bridges.at_work import Ahead
from tests.bridges.salescloud_payday.sandbox import sandbox
from tests.office_hours import CLOCK

NAME = "cafe"
BUYER = {"uuid": "c1", "label": "Example ehf.", "idNumber": "7112992110", "email": "bokhald@example.is"}
SOUP = {"title": "Súpa", "quantity": 2, "unitPrice": 2190, "taxRate": 11}
SHIRT = {"title": "Bolur", "quantity": 1, "unitPrice": 4960, "taxRate": 24}
ON_ACCOUNT, CARD = "Í reikning", "Kort (posi)"


class Cafe:
    """One bridge between both simulators."""

    def __init__(self, both, house, clock):
        self.both = both
        self.house = house
        self.clock = clock

    def set_up(self, first=None, **settings):
        setup = Setup(self.house, SPEC.key, NAME)
        first = first or CLOCK.now().date() + timedelta(days=1)
        answers = dict(SPEC.demo) | {"settings.start_date": first.isoformat()}
        answers |= {f"settings.{key}": value for key, value in settings.items()}
        for vendor, place in self.both.host.vendors().items():
            answers |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
            answers[f"{vendor}.endpoint"] = place["endpoint"]
        for place, value in answers.items():
            setup.form.answer(place, value)
        setup.finish(never())

    def sell(self, *payments, lines=(SOUP,), buyer=BUYER, day=None):
        at = f"{day or CLOCK.now().date() + timedelta(days=1)}T00:00:{self.next():02}+00:00"
        order = {"lineItems": [dict(line) for line in lines], "closed": at, "created": at, "customer": buyer}
        worth = sum(line["quantity"] * line["unitPrice"] for line in lines)
        order["payments"] = [list(one) for one in payments] or [[ON_ACCOUNT, worth]]
        return self.till("add_order", order=order)

    def next(self):
        self.sold = getattr(self, "sold", 0) + 1
        return self.sold

    def till(self, action, **more):
        return self.both.control("salescloud", "person", {"action": action} | more)

    def office(self, action, **more):
        return self.both.control("payday", "person", {"action": action} | more)

    def sync(self, outcome="finished", ahead=200):
        self.clock.by += timedelta(seconds=ahead)
        run = self.house.sync(NAME, never(), nobody)
        assert run.outcome.value == outcome, (run.outcome, run.code, run.params)
        return run

    def invoices(self, *states):
        found = self.both.control("payday", "state/invoices")
        return [one for one in found if not states or one["status"] in states]

    def lines(self, *states):
        """Text and amount of every line that says something."""
        return Counter(
            (line["description"].split(": ", 1)[-1], line["quantity"] * line["unitPriceIncludingVat"])
            for invoice in self.invoices(*(states or ("DRAFT", "SENT", "PAID")))
            for line in invoice["lines"]
            if line["unitPriceIncludingVat"]
        )

    def billed(self, *states):
        return sum(Decimal(str(one["amountIncludingVat"])) for one in self.invoices(*states))

    def journal(self):
        """The sum per account code, customers' own accounts as 3400."""
        codes = {one["id"]: one["code"] for one in self.both.control("payday", "state/accounts")}
        sums = Counter()
        for entry in self.both.control("payday", "state/journal"):
            for line in entry["lines"]:
                sums[codes.get(line["ledgerAccountId"], "3400")] += Decimal(str(line["amount"]))
        return {code: amount for code, amount in sums.items() if amount}

    def waiting(self):
        return {row.code: row for row in self.house.attention(NAME)}

    def answer(self, code, choice):
        self.house.answer(NAME, self.waiting()[code].id, choice)

    def states(self):
        return [row.state for row in self.house.exported(NAME) if row.kind == "draft_invoice"]


@contextmanager
def cafe(folder):
    """A café whose bridge begins tomorrow, so that only what a test sells is there."""
    keychain, clock = MemoryKeychain(), Ahead()
    with sandbox() as both:
        house = House(
            DataFolder(folder / "data"), Registry([PAYDAY, SALESCLOUD], [SPEC]), lambda _: keychain, clock
        )
        clock.by = timedelta(days=2)
        try:
            yield Cafe(both, house, clock)
        finally:
            house.close()
