"""The computer's clock is set back or forward a day, or it sleeps in mid-request: nothing missed, nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bridge_gui.sync.flow import Flow
from tests.sync.fate import VirtualClock
from tests.sync.world import World

DAY = 86_400.0


def sell(world: World, *names: str) -> None:
    for number, name in enumerate(names, 1):
        world.shop.sell(name, number, day=world.start)


@pytest.mark.parametrize("leap", [-DAY, DAY, -3600.0, 3600.0])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_a_clock_set_between_runs_misses_and_doubles_nothing(make_world, leap, lag):
    """The vendors' own clocks go on as they were: only the program's is set, and set right again later."""
    world = make_world(lag=lag)
    sell(world, "S1")
    world.rest()
    set_program_clock(world, leap)
    sell(world, "S2")
    world.rest()
    set_program_clock(world, 0.0)
    sell(world, "S3")
    world.rest()
    world.check()


class Wrong:
    """The computer's clock, so many seconds beside the vendors'."""

    def __init__(self, right: VirtualClock, seconds: float) -> None:
        self.right, self.beside = right, timedelta(seconds=seconds)

    def now(self) -> datetime:
        return self.right.now() + self.beside

    def monotonic(self) -> float:
        return self.right.monotonic()

    def advance(self, seconds: float) -> None:
        self.right.advance(seconds)


def set_program_clock(world: World, seconds: float) -> None:
    """Only the program's clock: shop and books keep theirs."""
    world.clock = Wrong(world.shop.clock, seconds)


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize("leap", [-DAY, DAY])
def test_a_clock_set_while_an_answer_is_lost(make_world, accident, leap):
    world = make_world(lag=40.0)
    sell(world, "S1", "S2")
    world.books.accidents.coming = [accident]
    world.ok()
    set_program_clock(world, leap)
    world.wait(DAY)
    world.rest()
    world.check()


@pytest.mark.parametrize("point", ["before make", "after write"])
def test_asleep_in_mid_request(make_world, point):
    """A request begins before eight hours of sleep: its outcome is looked for, and there is one paper."""
    world = make_world(lag=40.0)
    sell(world, "S1", "S2")
    fate, passing = world.fate, world.fate.point

    def sleeping(name: str) -> None:
        if name == point and not fate.visits[name]:
            world.clock.advance(8 * 3600)
            world.books.accidents.coming = ["lost_after"]
        passing(name)

    fate.point = sleeping
    world.ok()
    fate.point = passing
    world.rest()
    world.check()


def test_a_clock_that_ran_a_day_and_a_half_ahead_once_hides_no_sale(make_world):
    """Set right before anybody looks again: the next reading goes back further than the clock was wrong."""
    world = make_world()
    world.adjust = lambda flow: setattr(flow, "overlap", Flow.overlap)
    sell(world, "S1")
    world.rest()
    set_program_clock(world, 1.5 * DAY)
    world.ok()
    set_program_clock(world, 0.0)
    world.wait(3600)
    sell(world, "S2")
    world.wait(2.5 * DAY)
    world.rest()
    assert [paper.mark for paper in world.books.papers("S2")] == ["S2/1"]
    world.check()
