"""A preview changes nothing, and shows exactly what the sync then sends."""

import pytest


def sent(world):
    """What the next run writes, as (mark, amount)."""
    before = {paper.id: paper for paper in world.books.papers()}
    world.ok()
    return sorted((p.mark, p.amount) for p in world.books.papers() if before.get(p.id) != p)


def shown(world):
    return sorted((step.mark, step.amount) for step in world.preview())


def busy(make_world, **how):
    world = make_world(held={"S3"}, **how)
    for number in range(1, 7):
        world.shop.sell(f"S{number}", number)
    world.books.refusing.add("S4/1")
    world.ok()
    world.wait()
    world.books.refusing.clear()
    world.rules.held.clear()
    world.shop.sell("S1", 100)
    world.shop.sell("S7", 7)
    return world


@pytest.mark.parametrize("style", ["amend", "reverse"])
def test_a_preview_shows_exactly_what_the_sync_then_sends(make_world, style):
    world = busy(make_world, style=style)
    promised = shown(world)
    assert promised == sent(world)
    assert len(promised) == (3 if style == "amend" else 4)


def test_a_preview_changes_nothing(make_world):
    world = busy(make_world)
    before, writes = world.path.read_bytes(), world.books.writes()
    shown(world)
    assert world.path.read_bytes() == before
    assert world.books.writes() == writes
    assert [path.name for path in world.path.parent.iterdir() if path.is_dir()] == []


def test_a_preview_leaves_out_what_waits_behind_something_refused(make_world):
    world = make_world(style="reverse")
    world.shop.sell("S1", 1)
    world.ok()
    world.wait()
    world.books.refusing.add("S1/1R")
    world.shop.sell("S1", 2)
    world.ok()
    world.shop.sell("S2", 5)
    assert shown(world) == [("S2/1", 5)] == sent(world)


def test_a_preview_after_a_crash_looks_and_does_not_promise_too_much(make_world):
    for point in ("before make", "after write"):
        world = make_world()
        world.shop.sell("S1", 1)
        world.die_at(point)
        world.wait()
        assert shown(world) == []
        world.rest()
        world.check()


def test_a_preview_of_what_is_put_off_shows_what_goes_now(make_world):
    world = make_world()
    world.shop.sell("S1", 1)
    world.books.accidents.coming = ["passing"]
    world.ok()
    assert shown(world) == []
    world.wait(100)
    assert shown(world) == [("S1/1", 1)] == sent(world)
