"""What a person decides: kept with its reason, never sent again, and taken back."""

from __future__ import annotations

import pytest

from bridge_gui.errors import SetupError

DAY = 86_400


def marks(world):
    return {paper.mark for paper in world.books.papers()}


def test_booked_by_hand_ends_as_a_link_and_is_never_sent(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.ok()
    world.answer("by_hand", document="F-77", reason="Entered on paper")
    link = world.link("S1")
    assert (link.kind, link.target_number, link.state, link.total) == ("by_hand", "F-77", "by_hand", 10)
    world.rules.held.clear()
    world.rest()
    world.shop.sell("S1", 15)
    world.rest()
    assert marks(world) == {"S2/1"}
    row = world.source("S1")
    assert (row.standing.value, row.code) == ("skipped", "source.by_hand")
    assert not world.attention()
    (kept,) = world.decisions("S1")
    assert (kept.choice, kept.reason, kept.target) == ("by_hand", "Entered on paper", "F-77")
    assert kept.at == link.checked_at


def test_a_refused_document_booked_by_hand_frees_its_place(make_world):
    world = make_world()
    world.shop.sell("S1", 10)
    world.books.refusing.add("S1/1")
    world.ok()
    (item,) = world.attention()
    assert item.by_hand
    world.answer("by_hand", document="77")
    world.books.refusing.clear()
    world.rest()
    assert not marks(world)
    assert [(link.kind, link.target_id) for link in world.links()] == [("by_hand", "77")]
    assert world.states("S1") == ["skipped"]


def test_a_record_gone_at_the_shop_can_be_answered_for_good(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 10)
    world.ok()
    world.shop.remove("S1")
    world.wait(DAY)
    world.ok()
    assert [item.code for item in world.attention()] == ["source.gone"]
    world.answer("skip", reason="It was a test")
    world.rest()
    assert not world.attention()
    assert world.source("S1").code == "source.never"


def test_a_member_of_a_day_booked_by_hand_stays_out_of_the_days_entry(make_world):
    world = make_world(by_day=True, held={"S1"})
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.wait(DAY)
    world.ok()
    world.answer("by_hand", document="77")
    world.rules.held.clear()
    world.rest()
    assert {paper.mark: paper.amount for paper in world.books.papers()} == {"2026-03-02/1": 20}


@pytest.mark.parametrize(("choice", "more"), [("skip", {}), ("by_hand", {"document": "77"})])
def test_it_can_be_taken_back(make_world, choice, more):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 10)
    world.ok()
    world.answer(choice, **more)
    world.rules.held.clear()
    world.rest()
    world.answer_item(f"source:{world.source('S1').id}", "take_back", reason="A mistake")
    world.rest()
    assert marks(world) == {"S1/1"}
    assert [link.kind for link in world.links()] == ["paper"] or len(world.links()) == 1
    assert [kept.choice for kept in world.decisions("S1")] == [choice, "take_back"]
    with pytest.raises(SetupError, match=r"answer\.too_late"):
        world.answer_item(f"source:{world.source('S1').id}", "take_back")


def test_by_hand_needs_a_document_and_something_that_waits(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 10)
    world.ok()
    with pytest.raises(SetupError, match=r"answer\.no_document"):
        world.answer("by_hand", document="  ")
    with pytest.raises(SetupError, match=r"answer\.too_late"):
        world.answer_item(f"source:{world.source('S2').id}", "by_hand", document="77")
    assert not world.decisions("S1")
    assert len(world.links()) == 1


def test_what_is_put_off_is_not_sent_by_this_run_and_is_by_the_next(make_world):
    world = make_world()
    for number in (1, 2, 3):
        world.shop.sell(f"S{number}", number)
    world.not_now = {("sales", "S2")}
    done = world.ok()
    assert marks(world) == {"S1/1", "S3/1"}
    assert done.outcome.value == "finished"
    assert world.states("S2") == ["planned"]
    assert [code for code, _params in world.log()].count("run.put_off") == 1
    world.not_now = set()
    world.rest()
    world.check()
    assert marks(world) == {"S1/1", "S2/1", "S3/1"}


def test_a_put_off_change_leaves_the_document_as_it_was(make_world):
    world = make_world()
    world.shop.sell("S1", 10)
    world.rest()
    world.shop.sell("S1", 12)
    world.not_now = {("sales", "S1")}
    world.wait()
    world.ok()
    assert [paper.amount for paper in world.books.papers()] == [10]
    world.not_now = set()
    world.rest()
    assert [paper.amount for paper in world.books.papers()] == [12]
