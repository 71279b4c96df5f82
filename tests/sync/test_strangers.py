"""Another Bridge at work for the same company is noticed before the first write, without reading all each time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sync.world import START


@pytest.fixture
def shop(make_world):
    """Books that tell what changed since a day; `days` are those a look went back to."""
    world = make_world()
    world.days = []
    world.adjust = lambda flow: tells_changes(world, flow)
    return world


def tells_changes(world, flow):
    whole = flow.survey
    flow.surveys_changes = True

    def survey(since, cancel):
        world.days.append(since)
        for found in whole(START, cancel):
            if world.books.shelf.changed_at(found.found.ref.id).date() >= since:
                yield found

    flow.survey = survey


def stopped(world):
    done = world.run()
    return done.code == "bridge.second"


def test_only_what_changed_since_the_last_look_is_read(shop):
    shop.shop.sell("S1", 100)
    shop.ok()
    shop.wait(20 * 86400)
    shop.shop.sell("S2", 100)
    shop.ok()
    shop.check()
    today = shop.clock.now().date()
    assert shop.days[0] == START
    assert shop.days[-1] == today - timedelta(days=20 + 1), "a day before the last look"


def test_nothing_is_read_where_nothing_is_to_be_made(shop):
    shop.shop.sell("S1", 100)
    shop.ok()
    looks = len(shop.days)
    shop.wait()
    shop.ok()
    assert len(shop.days) == looks


def test_what_a_stranger_made_long_before_is_remembered(shop):
    """It was seen when nothing of the kind was planned here; its turn comes many looks later."""
    shop.shop.sell("S1", 100)
    shop.ok()
    shop.books.make("S9/1", 100, shop.clock.now().date(), "")
    for number in range(2, 5):
        shop.wait(10 * 86400)
        shop.shop.sell(f"S{number}", 100)
        shop.ok()
    shop.wait(10 * 86400)
    shop.shop.sell("S9", 100)
    assert stopped(shop)
    assert len(shop.books.papers("S9")) == 1


def test_an_earlier_start_date_has_everything_read_again(shop):
    shop.shop.sell("S1", 100)
    shop.ok()
    shop.wait(10 * 86400)
    shop.change_bridge(start=START - timedelta(days=30))
    shop.shop.sell("S2", 100)
    shop.ok()
    assert shop.days[-1] == START - timedelta(days=30)


def test_what_was_looked_at_and_is_gone_is_asked_about_once(shop):
    shop.shop.sell("S1", 100)
    shop.ok()
    there = shop.books.make("S2/1", 100, shop.clock.now().date(), "")
    shop.wait()
    shop.shop.sell("S2", 100)
    assert stopped(shop)
    shop.books.shelf.put(there.id, None)
    (item,) = [one for one in shop.attention() if one.code == "bridge.second"]
    shop.answer_item(item.id, item.choices[0])
    shop.rest()
    shop.check()
