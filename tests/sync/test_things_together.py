"""Things that several sources need are looked for and made together, where the vendor takes many in a call."""

from __future__ import annotations

from functools import partial

import pytest

from bridge_gui.errors import OutcomeUnknown, Refused
from tests.sync.drafts import STEPS, Contact, Drafts
from tests.sync.memory_vendor import Books


class Many(Drafts):
    """Customers go three at a time; two of one family name are never made in one call."""

    batch = 3

    def __init__(self, world, people, told):
        super().__init__(world.shop, world.books, people)
        self.told = told

    def joins(self, step):
        return isinstance(step, Contact)

    def apart(self, step, others):
        return any(step.who.split()[-1] == other.who.split()[-1] for other in others)

    def find(self, steps, cancel):
        self.told.append(("look", [step.who for step in steps if isinstance(step, Contact)]))
        return super().find(steps, cancel)

    def write_many(self, steps, keys, batch):
        self.told.append(("make", [step.who for step in steps]))
        return dict(enumerate(map(self._one, steps, keys)))

    def _one(self, step, key):
        try:
            return self.write(step, key, None)
        except (OutcomeUnknown, Refused) as error:
            return error


@pytest.fixture
def office(make_world):
    world = make_world()
    world.told = []
    world.people = Books(world.clock, world.fate)
    world.steps = STEPS
    world.make_flows = lambda: (Many(world, world.people, world.told),)
    world.sell = partial(sell, world)
    return world


def sell(world, *parties):
    for number, party in enumerate(parties, 1):
        world.shop.sell(f"S{number}", 10, party=party)


def made(world):
    return [who for what, who in world.told if what == "make"]


def test_looked_for_at_one_look_and_made_in_one_call(office):
    office.sell("Anna A", "Bea B", "Cia C", "Dora D")
    office.ok()
    assert office.told[:2] == [("look", ["Anna A", "Bea B", "Cia C"]), ("make", ["Anna A", "Bea B", "Cia C"])]
    assert len(office.people.papers()) == 4
    assert all(entry.state.value == "done" for entry in office.entries())


def test_what_is_there_is_taken_and_only_the_rest_is_made(office):
    office.people.make("Bea B/1", 0, office.clock.now().date(), "")
    office.sell("Anna A", "Bea B", "Cia C")
    office.ok()
    assert made(office) == [["Anna A", "Cia C"]]
    assert len(office.people.papers()) == 3


def test_two_that_may_be_one_are_never_made_in_one_call(office):
    office.sell("Anna A", "Arne A", "Bea B")
    office.ok()
    assert [sorted(who) for who in made(office)] == [["Arne A", "Bea B"]], "the first of them goes alone"
    assert len(office.people.papers()) == 3


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_a_lost_answer_is_looked_for_and_nothing_is_made_twice(office, accident):
    office.people.accidents.coming = ["", accident]
    office.sell("Anna A", "Bea B", "Cia C")
    office.ok()
    office.rest()
    assert len(office.people.papers()) == 3
    assert len({paper.mark for paper in office.people.papers()}) == 3


@pytest.mark.parametrize("point", ["before make", "after write"])
def test_killed_in_the_call_nothing_is_made_twice(office, point):
    office.sell("Anna A", "Bea B", "Cia C")
    office.die_at(point)
    office.rest()
    assert len({paper.mark for paper in office.people.papers()}) == len(office.people.papers()) == 3


def test_a_call_is_filled_with_what_can_go(office):
    """What waits for a customer that a person has to choose takes no place in a call."""
    office.people.make("Anna A/1", 0, office.clock.now().date(), "")
    office.people.make("Anna A/1", 0, office.clock.now().date(), "")
    office.sell("Anna A", "Bea B", "Cia C", "Dora D")
    office.ok()
    assert made(office) == [["Bea B", "Cia C"]]
    assert [item.code for item in office.attention()] == ["ensure.several"]
    assert sum(entry.state.value == "planned" for entry in office.entries()) == 1
