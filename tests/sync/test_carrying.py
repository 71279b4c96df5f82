"""Orders carried out at once, in a world where everything can go wrong: done once, or told why not."""

from __future__ import annotations

from contextlib import closing

import pytest

from bridge_gui.store import sources
from bridge_gui.store.database import Database
from bridge_gui.sync.actions import How
from bridge_gui.sync.carrying import carry_out, told_of, withdraw
from bridge_gui.sync.orders import Order, give_order
from tests.longer import LONG
from tests.sync.fate import Killed, MortalDatabase
from tests.sync.test_orders import Extra, ordering

__all__ = ["ordering"]


def at_once(world, request="r1", **answers):
    """Order S1 rounded and see it carried out, as the window does while no sync runs; None if it died."""
    with closing(MortalDatabase(world.path, world.fate)) as database:
        run = world._run(database)
        flow = run.flows["sales"]
        try:
            held = give_order(run, "round", request, Order(subject="S1", answers=answers))
            if held is not None:
                return held
            ended = carry_out(run, flow, [request])
            return withdraw(run, flow, request) or told_of(run, flow, request, ended)
        except Killed:
            return None


def kept(world, request="r1"):
    with closing(Database(world.path)) as database, database.read() as connection:
        return sources.get(connection, 1, "sales", request) is not None


def test_it_is_done_at_once_and_nothing_else_is(ordering):
    world = ordering()
    world.shop.sell("S2", 40)
    told = at_once(world, more="5")
    assert (told.how, told.state) == (How.DONE, "posted")
    assert world.books.total() == 105
    assert not world.books.papers("S2")


def test_what_stands_before_it_in_its_lane_goes_first(ordering):
    world = ordering()
    world.shop.sell("S1", 250)
    world.books.accidents.coming = ["passing"]
    world.ok()
    world.wait()
    assert at_once(world).how is How.DONE
    assert world.states("r1")[-1] == "done"
    world.rest()
    assert len(world.books.papers("S1")) == 1


def test_refused_outright_leaves_nothing_to_be_seen_to(ordering):
    world = ordering()
    world.books.accidents.coming = ["refuse"]
    told = at_once(world)
    assert told.how is How.REFUSED
    assert (world.states("r1"), world.attention()) == (["superseded"], [])
    world.rest()
    assert world.books.total() == 130
    assert at_once(world, "r2").how is How.DONE
    assert world.books.total() == 100


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_a_lost_answer_is_waited_for_and_the_order_done_once(ordering, accident, lag):
    world = ordering(lag=lag)
    world.books.accidents.coming = [accident]
    told = at_once(world, more="7")
    assert (told.how, told.code) == (How.WAITING, "action.being_checked")
    world.rest()
    assert world.books.total() == 107
    assert at_once(world, more="7").how is How.DONE
    assert sum(call.startswith("amend") for call in world.books.calls) <= 2
    assert world.books.total() == 107


def test_out_of_reach_is_told_and_goes_with_the_next_sync(ordering):
    world = ordering()
    world.books.accidents.coming = ["passing"]
    assert at_once(world).how is How.WAITING
    world.rest()
    assert world.books.total() == 100


def test_what_was_edited_meanwhile_is_planned_anew_at_once(ordering):
    world = ordering()
    world.books.edit("D1", amount=250)
    assert at_once(world).how is How.DONE
    assert world.books.total() == 200
    assert world.states("r1") == ["superseded", "done"]


def test_several_orders_go_together_where_the_vendor_takes_batches(ordering):
    world = ordering()
    world.actions = (Extra(),)
    world.adjust = lambda flow: setattr(flow, "batch", 10)
    requests = [f"r{number}" for number in range(2, 6)]
    world.books.calls.clear()
    with closing(Database(world.path)) as database:
        run = world._run(database)
        flow = run.flows["sales"]
        for number, request in enumerate(requests, 2):
            assert give_order(run, "extra", request, Order(subject=f"S{number}")) is None
        assert carry_out(run, flow, requests) is None
        assert {told_of(run, flow, request).how for request in requests} == {How.DONE}
    assert len(world.books.papers()) == 5
    written = [call for call in world.books.calls if call.startswith(("make", "batch"))]
    assert written == ["batch of 4"]


def test_killed_anywhere_an_order_at_once_is_done_once_or_was_never_given(ordering):
    whole = ordering(lag=40.0)
    whole.fate.points = 0
    assert at_once(whole, more="3").how is How.DONE
    assert whole.fate.points > 5
    for point in range(1, whole.fate.points + 1, 1 if LONG else 3):
        world = ordering(lag=40.0)
        world.fate.points = 0
        world.fate.kill_at = point
        died = at_once(world, more="3") is None
        world.fate.born_again()
        given = kept(world)
        world.rest()
        assert world.books.total() == (103 if given else 130), (point, died)
        assert not world.attention()
        assert at_once(world, more="3").how is How.DONE  # the same button, pressed again after the crash
        assert world.books.total() == 103
