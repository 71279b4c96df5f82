"""What waits for a thing that several sources need: it goes on, or there is a question; never neither."""

from __future__ import annotations

import pytest

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import NoSuchTarget, OutcomeUnknown
from bridge_gui.sync.flow import Absent, CannotTell, Found, Written
from bridge_gui.sync.step import LinkTo, Step
from tests.sync.drafts import STEPS, Contact, Drafts
from tests.sync.memory_vendor import Books


class Detail(Step, frozen=True, kw_only=True, omit_defaults=True, tag="drafts.detail"):
    """The customer's address, as this sale tells it."""

    who: str


class Detailed(Drafts):
    """Each sale also writes its customer's details, in the customer's lane."""

    def __init__(self, world):
        super().__init__(world.shop, world.books, world.people)
        self.world = world

    def plan(self, record, known):
        steps = super().plan(record, known)
        if not steps:
            return []
        party = record.content.party
        contact = LinkTo(kind="contact", source_id=f"contact:{party}")
        detail = Detail(
            name="detail", link=contact, lane=f"contact:{party}", mark=party, creates=False,
            needs=(contact,), day=record.day, number=party, who=party,
        )  # fmt: skip
        return [steps[0], detail, steps[1]]

    def write(self, step, key, target):
        if not isinstance(step, Detail):
            return super().write(step, key, target)
        to = step.targets[step.needs[0].name]
        self.world.told.append(to)
        if self.people.get(to) is None:
            raise NoSuchTarget("books.no_such_target", target=to)
        if self.world.lost:
            self.world.lost.pop()
            raise OutcomeUnknown("http.no_answer")
        return Written(ref=Ref(id=to), content=b"{}")

    def choose(self, step):
        if not isinstance(step, Contact | Detail):
            to = step.targets[step.needs[0].name]
            if self.people.get(to) is None:
                raise NoSuchTarget("books.no_such_target", target=to)
        return None if isinstance(step, Detail) else super().choose(step)

    def find(self, steps, cancel):
        return [
            self._detail(step) if isinstance(step, Detail) else super(Detailed, self).find([step], cancel)[0]
            for step in steps
        ]

    def _detail(self, step):
        if self.world.blind:
            return CannotTell()
        there = self.people.shelf.seen(step.targets.get(step.needs[0].name, ""))
        return Absent() if there is None else Found(ref=Ref(id=there.id), equal=False, content=b"{}")


@pytest.fixture
def office(make_world):
    world = make_world()
    world.people = Books(world.clock, world.fate)
    world.steps = (*STEPS, Detail)
    world.told, world.lost, world.blind = [], [], False
    world.make_flows = lambda: (Detailed(world),)
    return world


def nothing_waits_silently(world):
    planned = [entry for entry in world.entries() if entry.state.value == "planned"]
    assert not planned or world.attention(), [(e.source_id, e.step_name, e.lane) for e in planned]


def test_a_place_is_held_by_what_makes_the_thing_only(office):
    """What is to be done to a thing holds no place of it until it is claimed: one given up frees nothing."""
    office.people.accidents.coming = ["lost_before"]
    office.shop.sell("S1", 10, party="Anna")
    office.ok()
    by_name = {entry.step_name: entry for entry in office.entries()}
    assert by_name["contact"].link_id is not None
    assert by_name["detail"].link_id is None
    assert by_name["append"].link_id not in (None, by_name["contact"].link_id)
    office.shop.sell("S1", 12, party="Anna")  # planned anew: detail and append are given up and made again
    office.rest()
    by_name = {entry.step_name: entry for entry in office.entries() if entry.state.value == "done"}
    assert by_name["detail"].link_id == by_name["contact"].link_id, "from its claim on it is about the thing"
    assert len(office.people.papers()) == 1
    nothing_waits_silently(office)


def test_a_thing_gone_while_a_change_of_it_is_unknown_is_made_again(office):
    """The change, whose outcome is open, is about the link that ended: it must not keep its place for ever."""
    office.shop.sell("S1", 10, party="Anna")
    office.ok()
    office.wait()
    office.lost = [1]
    office.shop.sell("S2", 20, party="Anna")
    office.ok()  # the details of S2 are unknown
    assert "unknown" in office.states("S2")
    office.people.delete("D1")
    office.shop.sell("S3", 30, party="Anna")
    for _ in range(6):
        office.wait()
        office.ok()
    nothing_waits_silently(office)
    assert not office.unsettled()
    assert sum(paper.amount for paper in office.books.papers()) == 60


@pytest.mark.parametrize("choice", ["arrived", "send_again", "skip"])
def test_a_thing_gone_while_a_change_of_it_is_asked_about_is_made_again(office, choice):
    office.shop.sell("S1", 10, party="Anna")
    office.ok()
    office.wait()
    office.lost, office.blind = [1], True
    office.shop.sell("S2", 20, party="Anna")
    office.ok()
    office.wait()
    office.ok()
    assert [item.what for item in office.attention()] == ["asked"]
    office.people.delete("D1")
    office.shop.sell("S3", 30, party="Anna")
    office.ok()
    office.answer(choice)
    for _ in range(4):
        office.wait()
        office.ok()
    nothing_waits_silently(office)
    sold = {"S1", "S3"} if choice == "skip" else {"S1", "S2", "S3"}
    assert {part[:2] for paper in office.books.papers() for part in paper.parts} >= sold


def test_what_needs_a_thing_that_is_left_out_says_so(office):
    """A person is asked which customer it is, and leaves the customer out: the sale is not forgotten."""
    for _ in range(2):
        office.people.make("Anna/1", 0, office.clock.now().date(), "")
    office.shop.sell("S1", 10, party="Anna")
    office.ok()
    assert [item.code for item in office.attention()] == ["ensure.several"]
    office.answer("skip")
    office.ok()
    assert {item.code for item in office.attention()} == {"plan.needed_left_out"}
    nothing_waits_silently(office)
    office.ok()
    assert len(office.attention()) == 1
    office.answer("try_again")
    office.ok()
    assert len(office.attention()) == 1, "said again: nothing has changed"
    office.answer_item("source:2", "take_back")  # the customer
    office.answer("try_again")
    office.ok()
    office.answer("use:D1")
    office.rest()
    assert not office.attention()
    assert sum(paper.amount for paper in office.books.papers()) == 10
