"""The first document on a connection is compared with the vendor's ledger before the second goes."""

from typing import ClassVar

import pytest

from bridge_gui.sync.flow import Held
from tests.sync.toy_flow import Sales


class Proving(Sales):
    """Compares with a ledger; `seen` is what the ledger says, look by look."""

    seen: ClassVar[list] = []
    looks: ClassVar[list] = []

    def prove(self, step, written, cancel):
        self.looks.append(step.mark)
        return self.seen.pop(0) if self.seen else True


@pytest.fixture
def proving(make_world):
    def make(*seen, **how):
        world = make_world(**how)
        Proving.seen, Proving.looks = list(seen), []
        world.make_flows = lambda: (Proving(world.shop, world.books, world.rules),)
        for number in (1, 2, 3):
            world.shop.sell(f"S{number}", number)
        return world

    return make


def test_the_first_is_compared_and_never_again(proving):
    world = proving()
    world.ok()
    world.wait()
    world.shop.sell("S4", 4)
    world.ok()
    world.check()
    assert Proving.looks == ["S1/1"]


def test_it_is_looked_at_until_the_ledger_shows_it(proving):
    world = proving(False, False, True)
    begun = world.clock.now()
    world.ok()
    world.check()
    assert Proving.looks == ["S1/1"] * 3
    assert 0 < (world.clock.now() - begun).total_seconds() <= 10


def test_a_ledger_that_does_not_show_it_yet_pauses_the_run_after_the_first(proving):
    world = proving(*[False] * 60)
    done = world.ok()
    assert (done.outcome.value, done.code, len(world.books.papers())) == ("paused", "run.waits_for_ledger", 1)
    assert len(Proving.looks) > 5
    Proving.seen.clear()
    world.rest()
    world.check()


def test_a_difference_stops_the_bridge_with_one_document_until_a_person_accepts(proving):
    differs = Held(code="ledger.differs", params={"account": "1000"})
    world = proving(differs, differs)
    done = world.run()
    assert (done.outcome.value, done.code, len(world.books.papers())) == ("failed", "ledger.differs", 1)
    assert [item.id for item in world.attention()] == ["bridge:toy"]
    world.run()
    assert len(world.books.papers()) == 1
    world.answer("accept")
    world.ok()
    world.check()


@pytest.mark.parametrize("how", ["died", "answer lost"])
def test_after_a_crash_the_first_is_compared_before_the_second(proving, how):
    world = proving(*[Held(code="ledger.differs")] * 5, lag=40.0)
    if how == "died":
        world.die_at("after write")
    else:
        world.books.accidents.coming = ["lost_after"]
        world.run()
    world.wait()
    world.run()
    world.wait()
    world.run()
    assert set(Proving.looks) == {"S1/1"}
    assert len(world.books.papers()) == 1


def test_a_batch_begins_with_one(proving):
    world = proving(Held(code="ledger.differs"))
    world.adjust = lambda flow: setattr(flow, "batch", 3)
    world.run()
    assert len(world.books.papers()) == 1


def test_a_document_that_proves_nothing_leaves_the_question_open(proving):
    world = proving(None, None, True)
    world.ok()
    world.check()
    assert Proving.looks == ["S1/1", "S2/1", "S3/1"]
