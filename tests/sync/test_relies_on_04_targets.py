"""What a write may rely on: the target chosen; things several sources need; lanes."""

import pytest

from bridge_gui.sync.flow import Several
from tests.longer import LONG
from tests.sync.drafts import STEPS, Drafts
from tests.sync.memory_vendor import Books


@pytest.fixture
def drafts(make_world):
    def make(**how):
        world = make_world(**how)
        world.people = Books(world.clock, world.fate, lag=world.books.shelf.lag)
        world.steps = STEPS
        world.make_flows = lambda: (Drafts(world.shop, world.books, world.people),)
        for number, who in enumerate(("Anna", "Birta", "Anna", "Anna"), 1):
            world.shop.sell(f"S{number}", number, party=who)
        return world

    return make


def lines(world):
    """Every line on every draft, by draft."""
    return sorted(paper.parts for paper in world.books.papers())


def assert_each_once(world, count=4):
    marks = [mark for parts in lines(world) for mark in parts]
    assert sorted(marks) == [f"S{number}/1" for number in range(1, count + 1)]
    assert world.books.total() == sum(range(1, count + 1))
    assert len(world.people.papers()) == 2
    assert all(link.target_id for link in world.links())


def test_appends_of_one_lane_go_one_after_another_to_one_draft(drafts):
    world = drafts()
    world.ok()
    assert lines(world) == [("S1/1", "S3/1", "S4/1"), ("S2/1",)]
    assert_each_once(world)


def test_a_thing_several_sources_need_is_ensured_once_in_a_lane_of_its_own(drafts):
    world = drafts()
    world.ok()
    assert [entry.source_id for entry in world.entries() if entry.step_name == "contact"] == [
        "contact:Anna", "contact:Birta",
    ]  # fmt: skip
    world.wait()
    world.shop.sell("S5", 5, party="Anna")
    world.ok()
    assert len(world.people.papers()) == 2


def test_ensuring_begins_with_find(drafts):
    world = drafts()
    theirs = world.people.make("Anna/1", 0, world.clock.now().date(), "")
    world.wait()
    world.ok()
    assert next(link for link in world.links() if link.source_id == "contact:Anna").target_id == theirs.id
    assert_each_once(world)


def test_several_hits_mean_ask_and_the_answer_becomes_the_link(drafts):
    world = drafts()
    for _ in range(2):
        world.people.make("Anna/1", 0, world.clock.now().date(), "")
    world.wait()
    world.ok()
    assert lines(world) == [("S2/1",)], "what waits for an answer waits; the other customer does not"
    assert [(item.what, item.choices) for item in world.attention()] == [
        ("asked", ("use:D1", "use:D2", "send_again", "skip"))
    ]
    world.answer("use:D2")
    world.ok()
    assert lines(world) == [("S1/1", "S3/1", "S4/1"), ("S2/1",)]
    assert next(link for link in world.links() if link.source_id == "contact:Anna").target_id == "D2"
    assert isinstance(Several(refs=()), Several)


@pytest.mark.parametrize("accident", ["lost_before", "lost_after", "refuse"])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_an_ensured_thing_whose_answer_was_lost(drafts, accident, lag):
    world = drafts(lag=lag)
    world.people.accidents.coming = [accident]
    world.ok()
    if accident == "refuse":
        world.answer("try_again")
    world.rest()
    assert_each_once(world)


def test_a_contact_gone_at_the_vendor_is_ensured_again(drafts):
    from bridge_gui.errors import NoSuchTarget

    world = drafts()
    world.ok()
    gone = next(link.target_id for link in world.links() if link.source_id == "contact:Anna")
    world.people.delete(gone)
    amend = world.books.amend

    def refusing(key, *rest):
        world.books.amend = amend
        raise NoSuchTarget("books.no_such_contact", target=gone)

    world.books.amend = refusing
    world.wait()
    world.shop.sell("S5", 5, party="Anna")
    world.rest()
    assert_each_once(world, 5)


def third_line(drafts, **how):
    """Anna's draft D1 holds S1; S3 is to be appended to it next."""
    world = drafts(**how)
    world.shop.shelf.things.pop("S3")
    world.shop.shelf.things.pop("S4")
    world.ok()
    world.shop.sell("S3", 3, party="Anna")
    world.wait()
    return world


def test_04_the_target_chosen_is_stored_in_the_claim_commit(drafts):
    world = third_line(drafts)
    world.die_at("before amend")
    entry = world.entries("S3")[-1]
    assert (entry.state.value, entry.target_id) == ("sending", "D1")


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_04_find_looks_there_first_whatever_its_state(drafts, accident):
    """The answer to an append is lost, a person sends the draft: the line is on it, or begins the next."""
    world = third_line(drafts, lag=40.0)
    world.books.accidents.coming = [accident]
    world.ok()
    assert world.states("S3") == ["unknown"]
    world.books.edit("D1", state="sent")
    world.wait()
    world.ok()
    if accident == "lost_before":
        assert [item.code for item in world.attention()] == []
    world.rest()
    assert_each_once(world, 3)
    assert len(lines(world)) == (3 if accident == "lost_before" else 2)


def test_04_gone_means_ask(drafts):
    world = third_line(drafts, lag=40.0)
    world.books.accidents.coming = ["lost_after"]
    world.ok()
    world.books.delete("D1")
    world.wait()
    world.ok()
    assert ("outcome.target_gone", "S3") in {(item.code, item.params["number"]) for item in world.attention()}


def test_04_a_draft_a_person_has_sent_takes_no_more_lines(drafts):
    world = drafts()
    world.ok()
    world.books.edit("D1", state="sent")
    world.wait()
    world.shop.sell("S5", 5, party="Anna")
    world.ok()
    assert lines(world) == [("S1/1", "S3/1", "S4/1"), ("S2/1",), ("S5/1",)]


def test_04_a_draft_sent_between_the_look_and_the_write_begins_the_next(drafts):
    world = drafts()
    world.ok()
    world.wait()
    world.shop.sell("S5", 5, party="Anna")
    get = world.books.get

    def sent_meanwhile(key):
        world.books.edit(key, state="sent")
        world.books.get = get
        return get(key)

    world.books.get = sent_meanwhile
    world.ok()
    assert lines(world) == [("S1/1", "S3/1", "S4/1"), ("S2/1",), ("S5/1",)]


def test_promise_03_appending_wherever_it_dies(drafts):
    whole = drafts(lag=40.0)
    whole.ok()
    for point in range(1, whole.fate.points + 1, 2 if LONG else 13):
        world = drafts(lag=40.0)
        world.die_at(point)
        world.rest()
        assert_each_once(world)
