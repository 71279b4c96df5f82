"""A call for many documents that goes wrong in the middle, whatever way: each is there once, or a question."""

from __future__ import annotations

import pytest

from bridge_gui.errors import (
    Ambiguous,
    Cancelled,
    Conflict,
    NoSuchTarget,
    PartlyAccepted,
    Passing,
    SetupError,
    SignInError,
    VendorChanged,
)
from tests.sync.toy_flow import Sales

MANY = 6


class Cut(Sales):
    """The first call for many ends with an error, after the vendor took a part of it."""

    batch = 50

    def __init__(self, world, error, taken):
        super().__init__(world.shop, world.books, world.rules)
        self.error, self.taken = error, taken

    def write_many(self, steps, keys, batch):
        if not self.error:
            return super().write_many(steps, keys, batch)
        error, taken = self.error.pop(), self.taken
        if taken is None:
            raise error
        made = super().write_many(steps[:taken], keys[:taken], batch)
        if isinstance(error, (ValueError, PartlyAccepted, VendorChanged)):
            raise error
        return made | {taken: error}


def settled(world):
    """Runs, and a person who answers whatever is asked."""
    for _ in range(6):
        world.wait()
        world.run()
        for item in world.attention():
            if item.what != "bridge":
                ways_on = ("send_again", "try_again")
                world.answer_item(item.id, next(one for one in ways_on if one in item.choices))
        if len(world.books.papers()) == MANY and not world.unsettled():
            break


@pytest.mark.parametrize(
    ("error", "taken"),
    [
        (Cancelled(), None), (Cancelled(), 2), (Passing("http.down"), None), (Passing("http.down"), 2),
        (SetupError("x.y"), 2), (SignInError("x.y"), None), (Conflict("x.y"), 0), (Ambiguous("x.y"), 5),
        (NoSuchTarget("x.y", target="D1"), 1), (PartlyAccepted("x.y", target_id="D1"), 3),
        (VendorChanged("x.y"), 3), (ValueError("a bug"), 3),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Exception) else str(one),
)  # fmt: skip
def test_a_call_cut_in_the_middle(make_world, error, taken):
    world = make_world(lag=40.0)
    for number in range(MANY):
        world.shop.sell(f"S{number}", 10 + number)
    errors = [error]
    world.make_flows = lambda: (Cut(world, errors, taken),)
    settled(world)
    world.check()


@pytest.mark.parametrize("accident", ["lost_before", "lost_after", "left_out"])
def test_an_answer_cut_with_one_refused(make_world, accident):
    world = make_world(lag=40.0)
    for number in range(MANY):
        world.shop.sell(f"S{number}", 10 + number)
    world.make_flows = lambda: (Cut(world, [], None),)
    world.books.refusing = {"S3/1"}
    world.books.accidents.coming = [accident]
    world.ok()
    world.rest()
    assert [(item.what, item.source_id) for item in world.attention()] == [("stopped", "S3")]
    world.books.refusing = set()
    settled(world)
    world.check()
