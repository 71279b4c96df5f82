"""The computer's clock is wrong, is set in mid-run, moves with summer time or to another zone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from tests.crash.tally import tally
from tests.crash.world import World
from tests.longer import LONG

DAY = 86_400.0


def was_set_by(world: World) -> float:
    """How far the last run's clock was set while it ran, in whole days as seconds."""
    with closing(sqlite3.connect(world.data / "bridge.db")) as raw:
        told = raw.execute("SELECT started_at, ended_at FROM run ORDER BY id DESC").fetchone()
    began, ended = (datetime.fromisoformat(one) for one in told)
    return round((ended - began).total_seconds() / DAY) * DAY


def fine(world: World) -> None:
    found = tally(world)
    assert found.good, found


@pytest.mark.parametrize(
    "wrong", [-DAY, DAY] if LONG else [DAY], ids=lambda days: "behind" if days < 0 else "ahead"
)
def test_a_run_under_a_clock_that_is_wrong_by_a_day(world: World, wrong: float):
    """The vendors' clocks are right; the computer's is set right again afterwards."""
    world.trade(1)
    ended = world.sync(ahead=world.ahead + wrong)
    assert ended.code in (0, 1), ended
    world.rest()
    world.trade(1)
    world.rest()
    fine(world)


@pytest.mark.parametrize(
    "leap", [-DAY, DAY] if LONG else [-DAY], ids=lambda days: "back" if days < 0 else "forward"
)
def test_a_clock_that_is_set_while_documents_are_sent(world: World, leap: float):
    world.trade(1)
    world.wait(world.settle)
    ended = world.sync(leap=leap)
    assert ended.code in (0, 1), ended
    assert was_set_by(world) == leap
    world.rest()
    fine(world)


def test_killed_in_a_run_whose_clock_was_set_back(world: World):
    """What is on its way then seems to have left tomorrow: it is looked for all the same."""
    world.trade(1)
    world.wait(world.settle)
    assert world.sync(leap=DAY, die="flight").killed
    world.rest()
    fine(world)


def test_a_computer_that_travels_to_another_time_zone(world: World):
    """The company's days are the company's, wherever the computer is."""
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", *(("Europe/Bucharest",) if LONG else ())):
        world.environment = {"TZ": zone}
        world.trade(1)
        world.rest()
    fine(world)


NIGHTS = {
    "spring": datetime(2027, 3, 26, 6, tzinfo=UTC),
    "autumn": datetime(2027, 10, 29, 6, tzinfo=UTC),
}
"""The Friday before each change of the clock in Europe."""
STEP = 40 * DAY
"""Within which every sign-in is renewed."""


@pytest.mark.skipif(not LONG, reason="a year passes; tests/sync/test_schedule.py holds the same nights")
@pytest.mark.parametrize("night", list(NIGHTS))
def test_over_the_night_in_which_the_clock_is_changed(world: World, night: str):
    """Friday to Tuesday: every record of the short and of the long day is taken, each once."""
    while (left := (NIGHTS[night] - world.now()).total_seconds()) > 0:
        world.wait(min(left, STEP))
        world.sync()
    for _ in range(4):
        world.trade(1)
        world.rest()
    fine(world)
