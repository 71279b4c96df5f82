"""Lanes and needs together: whatever waits for whatever, all that can go goes, and the rest waits for a question."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.longer import LONG
from tests.sync.toy_flow import PAPER, Sales
from tests.sync.world import World

BOUNDED = settings(
    max_examples=max(LONG, 5),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
MOST = 5
SALES = [f"S{number}" for number in range(MOST)]


class Woven(Sales):
    """Each sale says in its text which lane it goes in, and which other sales it waits for."""

    def plan(self, record, known):
        lane, _, needs = record.content.text.partition(":")
        return [self._woven(step, lane, needs.split()) for step in super().plan(record, known)]

    def _woven(self, step, lane, needs):
        at = tuple(
            msgspec.structs.replace(step.link, source_id=need, ordinal=1, kind=PAPER) for need in needs
        )
        return msgspec.structs.replace(step, lane=lane, needs=at)


@st.composite
def webs(draw):
    """Each sale's lane and what it waits for: never each other, but in whatever order they are planned."""
    order = draw(st.permutations(SALES))
    lanes = [draw(st.sampled_from(["one", "two"])) for _ in order]
    earlier = [draw(st.sets(st.sampled_from(order[:n]), max_size=2)) if n else set() for n in range(MOST)]
    return {sale: (lane, sorted(needs)) for sale, lane, needs in zip(order, lanes, earlier, strict=True)}


def sold(world, web):
    world.make_flows = lambda: (Woven(world.shop, world.books, world.rules),)
    for sale in SALES:
        lane, needs = web[sale]
        world.shop.sell(sale, 10, text=f"{lane}:{' '.join(needs)}")


def held_up(web, refused):
    """What may wait: the refused ones, what waits for them, and what is behind either in a lane."""
    stuck = set(refused)
    while True:
        lanes = {web[sale][0] for sale in stuck}
        more = {sale for sale in SALES if web[sale][0] in lanes or stuck & set(web[sale][1])} | stuck
        if more == stuck:
            return stuck
        stuck = more


BACKWARDS = {
    "S0": ("one", ["S1"]), "S1": ("one", []), "S2": ("one", ["S3"]),
    "S3": ("two", []), "S4": ("two", ["S0"]),
}  # fmt: skip
CROSSED = {
    "S0": ("one", ["S3"]), "S1": ("one", []), "S2": ("two", ["S1"]),
    "S3": ("two", []), "S4": ("one", []),
}  # fmt: skip
REFUSED = {sale: ("one", ["S0"] if sale == "S1" else []) for sale in SALES}
"""The first is refused; tried again, it comes behind the second, which waits for it."""


@BOUNDED
@given(web=webs())
@example(web=BACKWARDS)
@example(web=CROSSED)
def test_no_lane_is_tied_into_a_knot(template, web):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), template=template)
        sold(world, web)
        world.ok()
        assert sorted(paper.mark for paper in world.books.papers()) == [f"{sale}/1" for sale in SALES]
        made = [link.source_id for link in sorted(world.links(), key=lambda one: int(one.target_id[1:]))]
        assert all(made.index(need) < made.index(sale) for sale in SALES for need in web[sale][1])


@BOUNDED
@given(web=webs(), refused=st.sets(st.sampled_from(SALES), min_size=1, max_size=2))
@example(web=REFUSED, refused={"S0"})
def test_what_waits_waits_for_a_question(template, web, refused):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), template=template)
        sold(world, web)
        world.books.refusing = {f"{sale}/1" for sale in refused}
        world.ok()
        waiting = {entry.source_id for entry in world.entries() if entry.state.value == "planned"}
        assert waiting <= held_up(web, refused)
        assert not waiting or world.attention()
        world.books.refusing = set()
        for _ in refused:
            for item in world.attention():
                world.answer_item(item.id, "try_again")
            world.ok()
        assert len(world.books.papers()) == MOST
