"""The promises hold for any schedule of sales, runs, deaths, lost answers, people's edits and steps of the clock."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_gui.sync.specs import KeyStyle
from tests.longer import LONG
from tests.sync.two_way import TwoWayWorld
from tests.sync.world import World

EXAMPLES = max(LONG, 12)
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
IDS = st.sampled_from(["S1", "S2", "S3"])
AMOUNTS = st.integers(1, 9)
ACCIDENTS = st.lists(st.sampled_from(["", "lost_before", "lost_after", "passing", "partly"]), max_size=3)
EVENTS = st.one_of(
    st.tuples(st.just("sell"), IDS, AMOUNTS),
    st.tuples(st.just("run"), ACCIDENTS),
    st.tuples(st.just("die"), st.integers(1, 40), ACCIDENTS),
    st.tuples(st.just("wait"), st.sampled_from([1.0, 35.0, 120.0, 90_000.0])),
    st.tuples(st.just("edit"), IDS, AMOUNTS),
    st.tuples(st.just("snapshot")),
    st.tuples(st.just("restore")),
    st.tuples(st.just("new folder")),
    st.tuples(st.just("new computer")),
)


def sell(world, kept, source, amount):
    world.shop.sell(source, amount, day=world.start.replace(day=2))


def sync(world, kept, accidents):
    world.books.accidents.coming = list(accidents)
    world.ok()
    world.books.accidents.coming = []


def die(world, kept, point, accidents):
    world.books.accidents.coming = list(accidents)
    world.die_at(point)
    world.books.accidents.coming = []


def edit(world, kept, source, amount):
    for paper in world.books.papers(source)[:1]:
        world.books.edit(paper.id, amount=amount)


def snapshot(world, kept):
    kept.append(world.snapshot(f"snapshot{len(kept)}.db"))


def restore(world, kept):
    """The keychain of this computer tells that the folder is older."""
    if kept:
        world.restore(kept[-1])
        world.put_back = True


def new_folder(world, kept):
    """The keychain of this computer knows of the old one."""
    world.new_folder()
    world.put_back = True


def new_computer(world, kept):
    """Nothing is known; but nobody carries a computer away in the second after a sync."""
    world.wait(120)
    world.new_folder()


def happen(world: World, event: tuple, kept: list[Path]) -> None:
    """One thing that happens."""
    what, *rest = event
    acts = {
        "sell": sell, "run": sync, "die": die, "edit": edit, "snapshot": snapshot, "restore": restore,
        "new folder": new_folder, "new computer": new_computer, "wait": lambda world, kept, time: world.wait(time),
    }  # fmt: skip
    acts[what](world, kept, *rest)


def finished(world: World) -> None:
    """Every sale is touched once more, all is answered, and the world comes to rest."""
    for _ in range(4):
        world.rest(30)
        items = world.attention()
        if not items:
            break
        for item in items:
            if item.code == "plan.stands_there":
                world.books.delete(str(item.params["target"]))
            ways_on = ("try_again", "again", "overwrite", "removed")
            world.answer_item(item.id, next(c for c in ways_on if c in item.choices))
    assert not world.attention()
    for sale in world.shop.shelf.all():
        world.shop.sell(sale.id, sale.amount + 100, day=sale.day)
    world.rest(30)


@BOUNDED
@given(
    events=st.lists(EVENTS, min_size=3, max_size=14),
    keys=st.sampled_from(KeyStyle),
    lag=st.sampled_from([0.0, 40.0]),
    style=st.sampled_from(["amend", "reverse"]),
)
def test_one_document_per_sale_for_any_schedule(template, events, keys, lag, style):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), template=template, keys=keys, lag=lag, style=style)
        kept: list[Path] = []
        for event in events:
            happen(world, event, kept)
        finished(world)
        world.check(reversing=style == "reverse")


@BOUNDED
@given(
    events=st.lists(EVENTS.filter(lambda event: event[0] != "edit"), min_size=3, max_size=12),
    lag=st.sampled_from([0.0, 40.0]),
)
def test_a_days_takings_for_any_schedule(template, events, lag):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), template=template, lag=lag, by_day=True)
        kept: list[Path] = []
        for event in events:
            happen(world, event, kept)
        world.wait(90_000)
        finished(world)
        assert world.books.total() == sum(sale.amount for sale in world.shop.shelf.all())
        world.check_links()


PEOPLE = st.one_of(
    st.tuples(st.sampled_from(["add a", "add b"]), st.sampled_from("xyz")),
    st.tuples(st.sampled_from(["rename a", "rename b"]), st.integers(1, 3), st.sampled_from("pqr")),
    st.tuples(st.just("run"), st.sampled_from(["", "lost_before", "lost_after"])),
    st.tuples(st.just("die"), st.integers(1, 60)),
    st.tuples(st.just("wait"), st.sampled_from([1.0, 35.0, 120.0])),
)


def occur(world: TwoWayWorld, event: tuple) -> None:
    what, *rest = event
    side = {"a": world.a, "b": world.b}.get(what[-1])
    if what.startswith("add"):
        side.add(rest[0])
    elif what.startswith("rename") and f"{side.key}{rest[0]}" in side.names():
        side.rename(f"{side.key}{rest[0]}", rest[1])
    elif what == "run":
        world.a.accidents.coming = world.b.accidents.coming = [rest[0]]
        world.ok()
        world.a.accidents.coming, world.b.accidents.coming = [], []
    elif what == "die":
        world.die_at(rest[0])
    elif what == "wait":
        world.wait(rest[0])


@BOUNDED
@given(events=st.lists(PEOPLE, min_size=3, max_size=14), lag=st.sampled_from([0.0, 40.0]))
def test_promise_06_two_ways_come_to_rest_for_any_schedule(template, events, lag):
    with tempfile.TemporaryDirectory() as folder:
        world = TwoWayWorld(Path(folder), template=template, lag=lag)
        for event in events:
            occur(world, event)
        for _ in range(4):
            world.rest(30)
            if not world.attention():
                break
            for item in world.attention():
                world.answer_item(item.id, "a")
        world.rest(30)
        world.check()
        assert not world.attention()
