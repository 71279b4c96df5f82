"""Where several things fit a person may have a new one made, once; what is done to a thing may be left."""

from __future__ import annotations

import pytest

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import BridgeError, OutcomeUnknown, Refused, SetupError
from bridge_gui.sync.flow import Absent, Found, Several
from tests.longer import LONG
from tests.sync.drafts import STEPS, Contact
from tests.sync.test_things_changed import Tell, Telling, customer

OTHERS = ("use:D1", "use:D2", "make_new", "send_again", "skip")


class Naming(Telling):
    """A customer is the one of our mark, else one that a person keeps under the same name."""

    def _contact(self, step: Contact):
        found = self.people.marked(step.mark)
        found = found or ([] if step.fresh else self.people.marked(f"other {step.who}"))
        refs = tuple(Ref(id=paper.id) for paper in found)
        if len(refs) > 1:
            return Several(refs=refs, anew=True)
        return Found(ref=refs[0], equal=True, content=b"{}") if refs else Absent()


class Refusing(Telling):
    """Whatever is done to a customer is refused."""

    def write(self, step, key, target):
        if isinstance(step, Tell):
            raise Refused("books.refused", text="no")
        return super().write(step, key, target)


class Once(Telling):
    """What is done to a customer fails the first time, in one way or another."""

    error: BridgeError
    told: list[str]

    def find(self, steps, cancel):
        return [self._seen(one) or super(Once, self).find([one], cancel)[0] for one in steps]

    def _seen(self, step):
        there = Ref(id=step.targets.get(step.link.name, ""))
        return Found(ref=there, equal=step.mark in self.told) if isinstance(step, Tell) else None

    def write(self, step, key, target):
        if isinstance(step, Tell):
            self.told.append("" if not self.told else step.mark)
            if len(self.told) == 1:
                raise self.error
        return super().write(step, key, target)


def failing(make_world, error):
    flow = type("Failing", (Once,), {"error": error, "told": []})
    world = make(make_world, flow)
    world.shop.shelf.things.pop("S2")
    return world, flow.told


def test_what_was_refused_is_done_once_it_is_tried_again(make_world):
    world, told = failing(make_world, Refused("books.refused", text="no"))
    world.ok()
    world.answer("try_again")
    world.rest()
    assert told == ["", "tell S1"]
    assert not world.attention()


def test_what_was_lost_on_the_way_is_done_after_all(make_world):
    world, told = failing(make_world, OutcomeUnknown("net.outcome_unknown", host="books", why="net.timeout"))
    world.rest()
    assert told == ["", "tell S1"]
    assert {entry.state.value for entry in world.entries()} == {"done"}


def keep_others(world):
    for _ in range(2):
        world.people.make("other Anna", 0, world.clock.now().date(), "")
    world.wait()


def make(make_world, flow, **how):
    world = make_world(**how)
    world.people = type(world.books)(world.clock, world.fate, lag=world.books.shelf.lag)
    world.steps = (*STEPS, Tell)
    world.make_flows = lambda: (flow(world.shop, world.books, world.people),)
    world.shop.sell("S1", 1, party="Anna")
    world.shop.sell("S2", 2, party="Anna")
    return world


def assert_one_new(world):
    """Our own customer once, beside those that were there, with all its lines."""
    (own,) = [paper for paper in world.people.papers() if paper.mark == "Anna/1"]
    assert customer(world).target_id == own.id
    lines = sorted(part for draft in world.books.papers() for part in draft.parts)
    assert lines == ["S1/1", "S2/1"]


@pytest.mark.parametrize("accident", ["", "lost_before", "lost_after"])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_a_new_one_is_made_once_whatever_is_lost(make_world, accident, lag):
    world = make(make_world, Naming, lag=lag)
    keep_others(world)
    world.ok()
    assert [item.choices for item in world.attention()] == [OTHERS]
    world.answer("make_new")
    world.people.accidents.coming = [accident] if accident else []
    world.rest()
    assert_one_new(world)
    assert not world.attention()


def test_a_new_one_is_made_once_wherever_it_dies(make_world):
    def asked():
        world = make(make_world, Naming, lag=40.0)
        keep_others(world)
        world.ok()
        world.answer("make_new")
        return world

    whole = asked()
    first = whole.fate.points
    whole.ok()
    points = whole.fate.points - first
    for point in range(1, points + 1, 1 if LONG else max(1, points // 3)):
        world = asked()
        world.die_at(point)
        world.rest()
        assert_one_new(world)


def test_a_new_one_that_is_gone_is_asked_about_again(make_world):
    world = make(make_world, Naming)
    keep_others(world)
    world.ok()
    world.answer("make_new")
    world.rest()
    world.people.delete(customer(world).target_id)
    world.shop.sell("S3", 3, party="Anna")
    world.wait()
    world.ok()
    world.rest()
    assert [item.choices for item in world.attention()] == [OTHERS]


def test_others_that_turn_up_before_a_lost_answer_is_settled_are_not_asked_about(make_world):
    world = make(make_world, Naming, lag=40.0)
    world.people.accidents.coming = ["lost_after"]
    world.ok()
    keep_others(world)
    world.rest()
    assert_one_new(world)
    assert not [item for item in world.attention() if item.what == "asked"]


def test_a_new_one_is_only_made_where_that_was_offered(make_world):
    world = make(make_world, Naming)
    world.people.accidents.coming = ["refuse"]
    world.ok()
    with pytest.raises(SetupError, match=r"answer\.unknown"):
        world.answer("make_new")


def test_what_cannot_be_done_to_a_customer_is_tried_again_or_left(make_world):
    world = make(make_world, Refusing)
    world.ok()
    (first,) = world.attention()
    assert (first.choices, first.by_hand) == (("try_again", "leave_as_is"), False)
    for other in ("skip", "by_hand", "arrived"):
        with pytest.raises(SetupError):
            world.answer(other, document="7")
    world.answer("leave_as_is")
    world.rest()
    assert not world.attention()
    assert customer(world).target_id
    assert sorted(part for draft in world.books.papers() for part in draft.parts) == ["S1/1", "S2/1"]
    assert "planned" not in {entry.state.value for entry in world.entries()}
