"""Weeks of trade with a bookkeeper at work and a bad net: at the end every day ties out to the króna."""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.sync import deliver
from bridge_gui.sync.events import nobody
from bridge_gui.sync.tieout import Why
from bridge_gui.sync.tieout_job import tie_out
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.cafe import NAME, cafe
from tests.office_hours import CLOCK

DAYS = int(os.environ.get("CAFE_DAYS", "10"))
WAITING = {"order.no_kennitala", "order.gift_card_on_account", "order.unbalanced", "order.payment_pending"}
EXPLAINED = {Why.HELD, Why.DRAFT, Why.EDITED, Why.OTHER_DAY}
ANSWERS = {
    "order.split_on_account": ("pro_rata", "whole_on_draft"),
    "draft.vanished": ("post_again",),
    "period.closed": ("first_open_day",),
    "entry.vanished": ("post_again",),
}
FAULTS = ("cut_before", "cut_after", "cut_middle")
PATHS = (("PUT", "/invoices"), ("POST", "/invoices"), ("POST", "/accounting/journal"), ("POST", "/customers"))


class Killed(BaseException):
    """The program ends here."""


class Weeks:
    """Day after day at the café."""

    def __init__(self, shop, chance, *, bad):
        self.shop, self.chance, self.bad = shop, chance, bad
        self.adjusted = Counter()
        self.done = Counter()
        self.closed = ""

    def day(self, monkeypatch):
        shop = self.shop
        shop.both.control("salescloud", "advance", {"days": 1})
        shop.clock.by += timedelta(days=1)
        self.bookkeeper()
        if self.bad:
            kind, (method, path) = self.chance.choice(FAULTS), self.chance.choice(PATHS)
            match = {"method": method, "path_prefix": path}
            fault = {"kind": kind, "skip": self.chance.randrange(3), "match": match}
            shop.both.control("payday", "faults", fault)
        self.sync(monkeypatch, killed=self.bad and self.chance.random() < 0.4)
        self.answer()

    def sync(self, monkeypatch, *, killed=False):
        left = self.chance.randrange(12) if killed else -1

        def dying(*given):
            nonlocal left
            left -= 1
            if left == -1:
                raise Killed
            return deliver_finish(*given)

        deliver_finish = deliver.finish
        with monkeypatch.context() as patched:
            patched.setattr(deliver, "finish", dying)
            try:
                run = self.shop.house.sync(NAME, never(), nobody)
            except Killed:
                self.done["killed"] += 1
                return None
        assert run.outcome.value in ("finished", "paused"), (run.code, run.params)
        return run

    def answer(self):
        for row in self.shop.house.attention(NAME):
            if row.code in ANSWERS:
                choices = [f"{a}{b}" for a in ANSWERS[row.code] for b in ("", ".first_open_day")]
                usable = [choice for choice in row.choices if choice in choices or "first_open_day" in choice]
                self.done[row.code] += 1
                self.shop.house.answer(NAME, row.id, self.chance.choice(usable))

    def bookkeeper(self):
        """Now and then somebody works in Payday."""
        shop, roll = self.shop, self.chance.random()
        drafts = [one for one in shop.invoices("DRAFT") if one["lines"] and one["invoiceDate"] > self.closed]
        if not drafts or roll > 0.6:
            return
        draft = self.chance.choice(drafts)
        if roll < 0.25:
            self.act("send_invoice", draft)
        elif roll < 0.4:
            more = {
                "description": "Þjónusta",
                "quantity": 1,
                "unitPriceIncludingVat": 100,
                "vatPercentage": 24,
            }
            self.adjusted[draft["customer"]["ssn"]] += 100
            self.act("edit_invoice", draft, add_lines=[more])
        elif roll < 0.48:
            ours = sum(100 for line in draft["lines"] if line["description"] == "Þjónusta")
            self.adjusted[draft["customer"]["ssn"]] -= ours
            self.act("delete_invoice", draft)
        elif sent := shop.invoices("SENT"):
            self.act("pay_invoice", sent[0])

    def close(self, until):
        """The books are closed up to a day."""
        self.closed = f"{until}T99"
        self.shop.both.switch("payday", locked_until=until.isoformat())

    def act(self, action, invoice, **more):
        self.done[action] += 1
        self.shop.office(action, id=invoice["id"], **more)

    def tell(self, grouping):
        """What happened, for a long run by hand: CAFE_DAYS=60 CAFE_SEED=some pytest -s."""
        told = {row.code for row in self.shop.house.attention(NAME)}
        sys.stdout.write(f"{grouping}: {dict(self.done)}, still waiting: {told}\n")

    def promised(self, first):
        """On account by kennitala, without what waits."""
        waiting = {row.source_id for row in self.shop.house.attention(NAME)}
        sums = Counter()
        for order in self.shop.both.control("salescloud", "state/orders"):
            if order["status"] != "CLOSED" or order["uuid"] in waiting or order["closed"][:10] < str(first):
                continue
            for payment in order["payments"]:
                if payment["paymentMethod"]["type"] == "invoice" and payment["status"] == "SUCCESS":
                    sums[order["customer"]["idNumber"]] += payment["amount"]
        return {number: Decimal(amount) for number, amount in sums.items() if amount}

    def owed(self):
        """What the invoices say, less what was credited in the journal, without what the bookkeeper added."""
        sums = Counter({number: Decimal(-amount) for number, amount in self.adjusted.items()})
        numbers = {}
        for customer in self.shop.both.control("payday", "state/customers"):
            numbers[customer["id"]] = customer["ssn"]
        for invoice in self.shop.invoices("DRAFT", "SENT", "PAID"):
            sums[invoice["customer"]["ssn"]] += Decimal(str(invoice["amountIncludingVat"]))
        for entry in self.shop.both.control("payday", "state/journal"):
            for line in entry["lines"]:
                if line["customerId"]:
                    sums[numbers[line["customerId"]]] += Decimal(str(line["amount"]))
        return {number: amount for number, amount in sums.items() if amount}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("grouping", "put", "bad"),
    [("order", "replace", False), ("day", "merge", True)],
)
def test_weeks_of_trade_tie_out_to_the_krona(tmp_path, monkeypatch, grouping, put, bad):
    chance = random.Random(os.environ.get("CAFE_SEED", "cafe"))
    with cafe(tmp_path) as shop:
        shop.clock.by = timedelta(0)
        first = CLOCK.now().date()
        shop.both.switch("payday", pending_seconds=0, put_lines=put, lock_drafts=True)
        shop.set_up(first=first, grouping=grouping)
        weeks = Weeks(shop, chance, bad=bad)
        for day in range(DAYS):
            if day == DAYS // 2:
                weeks.close(first + timedelta(days=day))
            weeks.day(monkeypatch)
        shop.both.disarm()
        for _ in range(6):
            weeks.answer()
            shop.clock.by += timedelta(hours=6)
            run = weeks.sync(monkeypatch)
        weeks.tell(grouping)
        assert run.outcome.value == "finished", (run.code, run.params)
        codes = {row.code for row in shop.house.attention(NAME)}
        assert codes <= WAITING | {"method.unmapped"}
        assert weeks.owed() == weeks.promised(first)
        drafts = Counter(one["customer"]["ssn"] for one in shop.invoices("DRAFT"))
        assert set(drafts.values()) <= {1}
        done = tie_out(shop.house, NAME, None, None, never())
        assert done.open == ()
        why = {one.why for row in done.rows for one in row.reasons}
        assert why <= EXPLAINED
