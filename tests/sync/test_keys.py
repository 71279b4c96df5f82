"""Idempotency keys: a vendor that remembers one answers as it did then, and does nothing."""

from __future__ import annotations

import pytest

from tests.sync.toy_flow import Sales


class Remembering(Sales):
    """A vendor that knows every request by its key, changes and e-mails too, and for ever."""

    def __init__(self, world, answers):
        super().__init__(world.shop, world.books, world.rules)
        self.answers = answers

    def write(self, step, key, target):
        if key not in self.answers:
            self.answers[key] = super().write(step, key, target)
        return self.answers[key]


@pytest.fixture
def remembering(make_world):
    def make(**rules):
        world, answers = make_world(**rules), {}
        world.make_flows = lambda: (Remembering(world, answers),)
        return world

    return make


@pytest.mark.parametrize("before", [200, 300])
def test_a_change_after_an_older_copy_was_put_back_is_another_request(remembering, before):
    """The second time the change is planned from the same content, at the same revision."""
    world = remembering()
    world.shop.sell("S1", 100)
    world.ok()
    older = world.snapshot()
    for amount in (before, 100):
        world.wait()
        world.shop.sell("S1", amount)
        world.ok()
    world.wait()
    world.restore(older)
    world.shop.sell("S1", 300)
    world.ok(restored=True)
    world.rest()
    world.check()


def test_an_effect_sent_again_by_a_persons_word_goes_again(remembering):
    world = remembering(mail=True)
    world.books.accidents.coming = ["", "lost_after"]
    world.shop.sell("S1", 100)
    world.ok()
    first = world.entries("S1")[1].key
    world.answer("send_again")
    world.rest()
    assert world.entries("S1")[1].key != first
    assert world.books.mails == ["D1", "D1"]
