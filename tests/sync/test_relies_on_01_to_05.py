"""What a write may rely on: gate, settling, evidence, the target chosen, a part accepted."""

import pytest

from bridge_gui.sync.specs import KeyStyle
from bridge_gui.sync.step import decoder
from tests.sync.toy_flow import STEPS, amount_in

DAY = 86_400


def unknown(make_world, accident, lag=40.0, **how):
    """A world in which the outcome of S1 is open and the vendor's reads lag."""
    world = make_world(lag=lag, **how)
    world.shop.sell("S1", 100)
    world.books.accidents.coming = [accident]
    world.ok()
    assert world.states("S1") == ["unknown"]
    return world


# 1. Gate


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_01_a_source_with_an_open_outcome_is_not_planned(make_world, accident):
    world = unknown(make_world, accident)
    world.shop.sell("S1", 130)
    world.ok()
    assert world.states("S1") == ["unknown"]
    assert (world.source("S1").revision, world.source("S1").planned_revision) == (2, 1)
    world.rest()
    world.check()


def test_01_its_newest_revision_is_planned_from_the_links_after_settling(make_world):
    world = unknown(make_world, "lost_after")
    world.shop.sell("S1", 130)
    world.rest()
    assert [(entry.step_name, entry.state.value) for entry in world.entries("S1")] == [
        ("make:1", "done"), ("amend:1", "done"),
    ]  # fmt: skip


def test_01_an_asked_source_waits_too(make_world):
    world = unknown(make_world, "lost_after")
    world.books.copy(world.books.papers()[0].id)
    world.wait()
    world.ok()
    world.shop.sell("S1", 130)
    world.ok()
    assert world.states("S1") == ["asked"]


# 2. Settling is looking, never resending


def test_02_settling_looks_for_the_mark_and_never_sends_again(make_world):
    world = unknown(make_world, "lost_after")
    world.books.calls.clear()
    world.wait()
    world.ok()
    assert world.books.calls == ["find S1/1"]
    world.check()
    assert world.link("S1").target_content == b'{"amount": 100, "day": "2026-03-02"}'


def test_02_what_had_not_arrived_is_planned_anew_with_another_key(make_world):
    world = unknown(make_world, "lost_before")
    world.wait()
    world.ok()
    world.check()
    first, second = world.entries("S1")
    assert (first.state.value, first.code, second.generation) == ("superseded", "outcome.absent", 2)
    assert first.key != second.key


def test_02_an_older_amount_found_is_amended_by_a_new_plan(make_world):
    world = unknown(make_world, "lost_after")
    world.books.edit(world.books.papers()[0].id, amount=60)
    world.rest()
    world.check()
    assert world.states("S1") == ["done", "done"]


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_02_a_lost_amendment_is_looked_for_and_amended_once(make_world, accident):
    world = make_world(lag=40.0)
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.shop.sell("S1", 130)
    world.books.accidents.coming = [accident]
    world.ok()
    world.rest()
    world.check()
    assert sum(call.startswith("amend") for call in world.books.calls) == (
        2 if accident == "lost_before" else 1
    )


def test_02_the_key_serves_retries_inside_one_call_only(make_world):
    """Even at a vendor with a key per document an open outcome is looked for, not sent again."""
    world = unknown(make_world, "lost_after", keys=KeyStyle.PER_DOCUMENT)
    world.books.calls.clear()
    world.rest()
    assert not [call for call in world.books.calls if call.startswith("make")]


# 3. Evidence


def test_03_absent_before_settle_after_is_no_answer(make_world):
    world = unknown(make_world, "lost_after", lag=40.0)
    world.wait(20)
    assert world.ok().outcome.value == "paused"
    assert world.states("S1") == ["unknown"]
    assert world.bridge.paused_until is not None


def test_03_only_a_find_that_equals_the_step_may_be_believed_earlier(make_world):
    world = unknown(make_world, "lost_after", lag=10.0)
    world.wait(15)
    world.ok()
    assert world.states("S1") == ["done"]


def test_03_a_find_that_differs_is_not_believed_early(make_world):
    world = unknown(make_world, "lost_after", lag=10.0)
    world.books.edit("D1", amount=60)
    world.wait(15)
    world.ok()
    assert world.states("S1") == ["unknown"]


def test_03_after_a_crash_it_counts_from_when_the_next_start_found_it(make_world):
    world = make_world(lag=40.0)
    world.shop.sell("S1", 100)
    world.die_at("after write")
    world.wait(3600)
    world.ok()  # the first to find it in sending: only now it counts
    assert world.entries("S1")[0].unknown_since == world.clock.now()
    world.check()


def test_03_a_slow_request_that_arrives_after_the_crash_is_not_sent_twice(make_world):
    """The process dies while its request is still on the way; it arrives when the next run is over."""
    world = make_world(lag=10.0)
    world.shop.sell("S1", 100)
    world.die_at("before make")
    world.ok()
    assert world.states("S1") == ["unknown"]
    world.books.make("S1/1", 100, world.source("S1").day, "late")
    world.rest()
    world.check()


def test_03_vanished_waits_for_evidence(make_world):
    world = make_world(lag=40.0)
    world.shop.sell("S1", 100)
    world.adjust = drafts
    world.ok()
    assert world.link("S1").state == "draft", "a list that lags does not show it yet"
    world.wait(5)
    world.ok()
    assert world.link("S1").state == "draft"


def drafts(flow):
    """The books keep what is made as drafts."""
    make = flow.books.make

    def made(mark, amount, day, key, parts=()):
        paper = make(mark, amount, day, key, parts)
        flow.books.edit(paper.id, state="draft")
        return flow.books.shelf.now(paper.id)

    if flow.books.make.__name__ != "made":
        flow.books.make = made


def test_03_the_base_of_the_next_update_waits_after_a_conflict(make_world):
    """A person edits the paper; the list lags; the amendment is planned on what is really there."""
    world = make_world(lag=40.0)
    world.shop.sell("S1", 100)
    world.ok()
    world.books.edit("D1", amount=1)
    world.shop.sell("S1", 130)
    done = world.ok()
    assert (done.outcome.value, world.states("S1")) == ("paused", ["done", "superseded"])
    world.wait()
    world.ok()
    world.check()
    assert world.states("S1") == ["done", "superseded", "done"]
    amendment = decoder(STEPS).decode(world.entries("S1")[-1].step)
    assert amount_in(amendment.before) == 1, "the before-image is the person's edit"


# 5. A part was accepted, or the target is gone


def test_05_a_refusal_after_a_part_was_accepted_keeps_the_link_to_what_is_there(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.books.accidents.coming = ["partly"]
    world.ok()
    assert (world.states("S1"), world.link("S1").target_id) == (["stopped"], "D1")
    world.shop.sell("S1", 130)
    world.ok()
    assert world.states("S1") == ["stopped"], "what is there cannot be read yet"
    world.wait()
    world.ok()
    world.check()
    assert not world.attention()


def test_05_no_such_target_ends_the_link_and_the_person_is_asked(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.books.delete("D1")
    world.shop.sell("S1", 130)
    world.ok()
    assert not world.books.papers()
    assert [(item.code, item.choices) for item in world.attention()] == [
        ("paper.vanished", ("again", "leave", "skip"))
    ]
    world.answer("again")
    world.ok()
    assert [(paper.mark, paper.amount) for paper in world.books.papers()] == [("S1/2", 130)]
    assert not world.attention()


def test_05_an_answer_does_not_make_the_next_vanished_paper_anew(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.ok()
    for round_ in (1, 2):
        world.wait()
        world.books.delete(f"D{round_}")
        world.shop.sell("S1", 100 + round_)
        world.ok()
        assert [item.code for item in world.attention()] == ["paper.vanished"]
        world.answer("again")
        world.ok()
    assert [paper.mark for paper in world.books.papers()] == ["S1/3"]


def test_a_followed_document_that_vanished_needs_attention(make_world):
    world = make_world()
    world.adjust = drafts
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.books.delete("D1")
    world.ok()
    assert [item.code for item in world.attention()] == ["paper.vanished"]
    assert not world.books.papers()
