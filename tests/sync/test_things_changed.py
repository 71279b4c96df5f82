"""What is to be done to a thing several sources need never keeps that thing from being made."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import NoSuchTarget
from bridge_gui.sync.flow import Found, Written
from bridge_gui.sync.step import LinkTo, Step
from tests.longer import LONG
from tests.sync.drafts import STEPS, Drafts
from tests.sync.memory_vendor import Books

WHO = "Anna"
CONTACT = LinkTo(kind="contact", source_id=f"contact:{WHO}")


class Tell(Step, frozen=True, kw_only=True, omit_defaults=True, tag="drafts.tell"):
    """Bring a customer up to date, in the lane in which the customer is made and on the customer's link."""


class Telling(Drafts):
    """Each sale brings its customer up to date as well."""

    def plan(self, record, known):
        made = super().plan(record, known)
        if not made:
            return made
        contact, append = made
        tell = Tell(
            name="tell", link=contact.link, lane=contact.lane, mark=f"tell {record.id}", creates=False,
            needs=(contact.link,), day=contact.day, number=contact.number,
        )  # fmt: skip
        return [contact, tell, replace(append, number=record.id)]

    def choose(self, step):
        return None if isinstance(step, Tell) else super().choose(step)

    def find(self, steps, cancel):
        return [self._told(one) or super(Telling, self).find([one], cancel)[0] for one in steps]

    def _told(self, step):
        there = Ref(id=step.targets.get(step.link.name, ""))
        return Found(ref=there, equal=True) if isinstance(step, Tell) else None

    def write(self, step, key, target):
        if not isinstance(step, Tell):
            return super().write(step, key, target)
        there = step.targets[step.link.name]
        if self.people.get(there) is None:
            raise NoSuchTarget("books.no_such_contact", target=there)
        return Written(ref=Ref(id=there))


@pytest.fixture
def office(make_world):
    def make(**how):
        world = make_world(**how)
        world.people = Books(world.clock, world.fate, lag=world.books.shelf.lag)
        world.steps = (*STEPS, Tell)
        world.make_flows = lambda: (Telling(world.shop, world.books, world.people),)
        world.shop.sell("S1", 1, party=WHO)
        world.shop.sell("S2", 2, party=WHO)
        return world

    return make


def customer(world):
    return next(link for link in world.links() if link.kind == "contact")


def assert_all_there(world, sales=2):
    """One customer, each line once, nothing left to do and nothing asked."""
    (person,) = world.people.papers()
    assert customer(world).target_id == person.id
    lines = sorted(part for draft in world.books.papers() for part in draft.parts)
    assert lines == [f"S{number}/1" for number in range(1, sales + 1)]
    assert {entry.state.value for entry in world.entries()} <= {"done", "superseded"}


def test_made_anew_it_does_not_wait_for_what_waits_for_it(office):
    world = office()
    world.people.accidents.coming = ["lost_before"]
    world.ok()
    world.rest()
    assert_all_there(world)


def test_given_up_it_leaves_the_place_of_the_customer(office):
    """The sale changes before its customer is made: what is planned anew is not the customer."""
    world = office()
    world.not_now = {("drafts", CONTACT.source_id)}
    world.ok()
    place = customer(world).id
    world.shop.sell("S1", 3, party=WHO)
    world.wait()
    world.ok()
    assert customer(world).id == place
    world.not_now = set()
    world.rest()
    assert_all_there(world)


def test_gone_it_is_made_again_whatever_else_was_to_be_done_to_it(office):
    world = office()
    world.ok()
    world.people.delete(customer(world).target_id)
    world.wait()
    world.shop.sell("S3", 3, party=WHO)
    world.shop.sell("S4", 4, party=WHO)
    world.rest()
    assert_all_there(world, 4)


@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_all_is_there_wherever_it_dies(office, lag):
    whole = office(lag=lag)
    whole.ok()
    for point in range(1, whole.fate.points + 1, 1 if LONG else 3):
        world = office(lag=lag)
        world.die_at(point)
        world.rest()
        assert_all_there(world)


def test_once_the_customer_is_there_it_is_known_what_was_done_to_it(office):
    world = office()
    world.ok()
    told = [entry for entry in world.entries() if entry.step_name == "tell"]
    assert {entry.link_id for entry in told} == {customer(world).id}
