"""What a person decides while a run is under way holds for that run too."""

from __future__ import annotations

import pytest

from bridge_gui.errors import SetupError
from bridge_gui.sync.flow import Held, Skip
from tests.sync.toy_flow import Sales


class Asking(Sales):
    """Days that are asked about at first; afterwards a person leaves the second out while days are planned."""

    asks = True

    def __init__(self, world):
        super().__init__(world.shop, world.books, world.rules)
        self.world = world

    def ready(self, group, now):
        if not self.asks and group == "2026-03-02":
            item = next(item for item in self.world.attention() if item.source_id == group)
            self.world.answer_item(item.id, "skip")
        return True

    def plan_group(self, group, known):
        return Held(code="day.held") if self.asks else super().plan_group(group, known)


def test_a_day_left_out_while_days_are_planned_is_not_posted(make_world, monkeypatch):
    world = make_world(by_day=True)
    for day in (1, 2):
        world.shop.sell(f"S{day}", 100, day=world.start.replace(day=day))
    world.make_flows = lambda: (Asking(world),)
    world.ok()
    monkeypatch.setattr(Asking, "asks", False)
    world.wait()
    world.ok()
    assert [paper.mark for paper in world.books.papers()] == ["2026-03-01/1"]
    assert world.source("2026-03-02").answer == "skip"


class Removed(Sales):
    """Sales that stood on one removed draft: one question for all of them."""

    def plan(self, record, known):
        if known.answer is None:
            return Held(code="draft.vanished", choices=("again", "leave"), about="draft 7")
        return super().plan(record, known) if known.answer == "again" else Skip(code="sale.left")


@pytest.fixture
def removed(make_world):
    world = make_world()
    world.make_flows = lambda: (Removed(world.shop, world.books, world.rules),)
    for sale, amount in (("S1", 10), ("S2", 20), ("S3", 30)):
        world.shop.sell(sale, amount)
    world.ok()
    return world


def test_an_answer_for_several_is_one_for_each(removed):
    (item,) = removed.attention()
    assert item.total == 60
    removed.answer_item(item.id, "again")
    removed.rest()
    removed.check()


def test_an_answer_is_not_for_what_one_of_several_has_become_since_it_was_shown(removed):
    (item,) = removed.attention()
    removed.wait()
    removed.shop.sell("S2", 25)
    removed.ok()
    with pytest.raises(SetupError) as caught:
        removed.answer_item(item.id, "again")
    assert caught.value.code == "answer.too_late"
    removed.answer("again")
    removed.rest()
    removed.check()


def test_what_changes_while_the_answer_is_carried_out_is_asked_about_by_itself(removed):
    """The others' answer is not lost, and not asked for again."""
    removed.answer("again")
    removed.wait()
    removed.shop.sell("S2", 25)
    removed.ok()
    assert sorted(paper.amount for paper in removed.books.papers()) == [10, 30]
    assert [(item.source_id, item.total) for item in removed.attention()] == [("S2", 25)]
    removed.answer("again")
    removed.rest()
    removed.check()
