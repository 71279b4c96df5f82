"""A step that needs another record's document: one that is gone is asked about, and so is what needed it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import NoSuchTarget
from bridge_gui.sync.flow import Absent, Flow, Found, Page
from bridge_gui.sync.step import LinkTo, Step
from tests.sync.memory_vendor import Books, Shop
from tests.sync.toy_flow import PAPER, STEPS, Sales, record_of, written


class Pay(Step, frozen=True, kw_only=True, omit_defaults=True, tag="toy.pay"):
    amount: int


class Payments(Flow):
    """Payments of papers: each is booked on the paper of the sale it names."""

    key, kind = "payments", "payment"
    settle_after = timedelta(seconds=30)

    def __init__(self, world):
        self.world = world

    def read(self, since, cancel):
        yield Page(records=tuple(map(record_of, self.world.paid.changed(since))))

    def fetch(self, ids, cancel):
        return [record_of(sale) for sale in self.world.paid.get(ids)]

    def plan(self, record, known):
        if known.links:
            return []
        paper = LinkTo(kind=PAPER, source_id=record.id, ordinal=self.world.latest)
        pay = Pay(
            name="pay", link=LinkTo(kind="payment", source_id=record.id), lane=f"sale:{record.id}",
            mark=f"P-{record.id}/1", needs=(paper,), day=record.day, number=record.id,
            amount=record.content.amount,
        )  # fmt: skip
        return [pay]

    def write(self, step, key, target):
        to = step.targets[step.needs[0].name]
        if self.world.books.get(to) is None:
            raise NoSuchTarget("books.no_such_target", target=to)
        return written(self.world.till.make(step.mark, step.amount, step.day, key))

    def find(self, steps, cancel):
        found = [self.world.till.marked(step.mark) for step in steps]
        return [Found(ref=Ref(id=one[0].id), equal=True, content=b"x") if one else Absent() for one in found]


class Unfollowed(Sales):
    """What became of posted papers is not asked."""

    def follow(self, links, cancel):
        return None


@pytest.fixture
def office(make_world):
    world = make_world()
    world.paid, world.till = Shop(world.clock, world.fate), Books(world.clock, world.fate)
    world.steps, world.latest = (*STEPS, Pay), 1
    world.make_flows = lambda: (Unfollowed(world.shop, world.books, world.rules), Payments(world))
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    return world


def test_both_the_document_and_what_needed_it_are_asked_about(office):
    office.books.delete("D1")
    office.paid.sell("S1", 100)
    office.ok()
    office.rest()
    codes = {item.what: item.code for item in office.attention()}
    assert codes == {"stopped": "plan.needed_gone", "held": "paper.vanished"}
    assert not office.till.papers()


def test_made_again_what_needed_it_follows(office):
    office.books.delete("D1")
    office.paid.sell("S1", 100)
    office.ok()
    office.wait()
    office.ok()
    for what, choice in (("held", "again"), ("stopped", "try_again")):
        office.latest = 2
        office.answer_item(next(item.id for item in office.attention() if item.what == what), choice)
        office.ok()
    office.rest()
    assert not office.attention()
    assert [paper.mark for paper in office.books.papers()] == ["S1/2"]
    assert [paper.amount for paper in office.till.papers()] == [100]


def test_what_is_there_is_paid_once(office):
    office.paid.sell("S1", 100)
    office.rest()
    assert len(office.till.papers()) == len(office.books.papers()) == 1
