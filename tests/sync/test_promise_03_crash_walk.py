"""Promise 3: killed at any instant, after the following runs there is one document and one link.

Every commit and every call is walked: the process dies there, another one starts anew from the file.
"""

import pytest

from bridge_gui.sync.specs import KeyStyle
from tests.longer import LONG

STYLES = [KeyStyle.NONE, KeyStyle.PER_REQUEST, KeyStyle.PER_DOCUMENT]
LAGS = [0.0, 40.0]


def first_sync(world):
    world.shop.sell("S1", 100)
    world.shop.sell("S2", 70)


def a_change(world):
    first_sync(world)
    world.ok()
    world.wait()
    world.shop.sell("S1", 130)
    world.shop.sell("S3", 5)


def late_for_its_day(world):
    first_sync(world)
    world.wait(86_400)
    world.ok()
    world.wait()
    world.shop.sell("S3", 5, day=world.start.replace(day=2))
    world.shop.sell("S2", 71, day=world.start.replace(day=3))
    world.wait(86_400)


def walk(make_world, prepare, check, every=7, **how):
    """Die at each instant of the run that follows `prepare`, and once more a few instants into the next.

    Each `every`-th instant in the quick run, beginning where the settings say; all of them in the long one.
    """
    every = 1 if LONG else every
    first = 1 + sum(map(ord, repr(sorted(how.items(), key=str)))) % every
    whole = make_world(**how)
    prepare(whole)
    whole.fate.points = 0
    whole.ok()
    points = whole.fate.points
    assert points > 5
    for point in range(first, points + 1, every):
        world = make_world(**how)
        prepare(world)
        world.die_at(point)
        world.die_at(3 + point % 7)
        world.rest()
        check(world)
    return points


@pytest.mark.parametrize("keys", STYLES)
@pytest.mark.parametrize("lag", LAGS)
@pytest.mark.parametrize("prepare", [first_sync, a_change])
def test_one_document_and_one_link_wherever_it_dies(make_world, keys, lag, prepare):
    every = 2 if (keys, lag, prepare) == (KeyStyle.NONE, 40.0, a_change) else 8
    walk(make_world, prepare, lambda world: world.check(), every, keys=keys, lag=lag)


@pytest.mark.parametrize("lag", LAGS)
def test_reversed_and_written_anew_wherever_it_dies(make_world, lag):
    def check(world):
        world.check(reversing=True)
        assert sorted(paper.mark for paper in world.books.papers("S1")) == ["S1/1", "S1/1R", "S1/2"]

    walk(make_world, a_change, check, lag=lag, style="reverse")


@pytest.mark.parametrize("lag", LAGS)
def test_a_days_takings_wherever_it_dies(make_world, lag):
    def check(world):
        world.check_links()
        for day in {sale.day for sale in world.shop.shelf.all()}:
            sold = sum(sale.amount for sale in world.shop.shelf.all() if sale.day == day)
            assert world.books.total(day.isoformat()) == sold

    walk(make_world, late_for_its_day, check, lag=lag, by_day=True)


@pytest.mark.parametrize("lag", LAGS)
def test_batches_wherever_it_dies(make_world, lag):
    def batched(**how):
        world = make_world(**how)
        world.adjust = lambda flow: setattr(flow, "batch", 3)
        return world

    walk(batched, a_change, lambda world: world.check(), lag=lag)


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize("keys", STYLES)
@pytest.mark.parametrize("lag", LAGS)
def test_any_answer_lost(make_world, keys, lag, accident):
    for call in range(4) if LONG or lag else range(1, 2):
        world = make_world(keys=keys, lag=lag)
        a_change(world)
        world.books.accidents.coming = [""] * call + [accident]
        world.ok()
        world.rest()
        world.check()


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_a_vendor_that_answers_nothing_is_left_alone_for_a_while(make_world, accident):
    world = make_world(lag=40.0)
    for number in range(1, 8):
        world.shop.sell(f"S{number}", number)
    world.books.accidents.coming = [accident] * 7
    assert world.ok().outcome.value == "paused"
    assert world.states() == ["unknown"] * 3 + ["planned"] * 4
    world.books.accidents.coming.clear()
    world.rest()
    world.check()
