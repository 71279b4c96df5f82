"""What a person decides while a run is under way holds for that run too."""

from __future__ import annotations

from bridge_gui.sync.flow import Held
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
