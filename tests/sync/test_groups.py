"""Groups: late, changed, moved and released members are one case, posted as the difference."""

from datetime import date

DAY = 86_400
D2, D3 = date(2026, 3, 2), date(2026, 3, 3)


def posted(make_world, **how):
    world = make_world(by_day=True, **how)
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.wait(DAY)
    world.shop.sell("S3", 30)
    world.wait(DAY)
    world.ok()
    world.wait()
    assert amounts(world) == {"2026-03-02/1": 30, "2026-03-03/1": 30}
    return world


def amounts(world):
    return {paper.mark: paper.amount for paper in world.books.papers()}


def test_a_day_is_posted_when_it_is_over(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.ok()
    assert not world.books.papers()
    assert world.source("S1").standing.value == "member"
    world.wait(DAY)
    world.ok()
    assert amounts(world) == {"2026-03-02/1": 10}


def test_a_late_member_is_posted_as_the_difference(make_world):
    world = posted(make_world)
    world.shop.sell("S4", 7, day=D2)
    world.ok()
    assert amounts(world)["2026-03-02/2"] == 7
    assert world.link("2026-03-02", 2).sources == ("S4",)


def test_a_changed_member(make_world):
    world = posted(make_world)
    world.shop.sell("S1", 4, day=D2)
    world.ok()
    assert amounts(world)["2026-03-02/2"] == -6


def test_a_moved_member_is_posted_at_both(make_world):
    world = posted(make_world)
    world.shop.sell("S1", 10, day=D3)
    world.ok()
    assert amounts(world) | {"2026-03-02/2": -10, "2026-03-03/2": 10} == amounts(world)


def test_a_released_member(make_world):
    world = posted(make_world)
    world.rules.skipped.add("S2")
    world.shop.sell("S2", 21, day=D2)
    world.ok()
    assert amounts(world)["2026-03-02/2"] == -20
    world.rules.skipped.clear()
    world.wait()
    world.ok()
    assert amounts(world)["2026-03-02/3"] == 21


def test_a_held_member_keeps_the_part_it_had(make_world):
    world = posted(make_world)
    world.rules.held.add("S2")
    world.shop.sell("S2", 25, day=D2)
    world.shop.sell("S4", 1, day=D2)
    world.ok()
    assert amounts(world)["2026-03-02/2"] == 1
    assert int(world.link("2026-03-02", 2).total) == 1
    world.rules.held.clear()
    world.wait()
    world.ok()
    assert amounts(world)["2026-03-02/3"] == 5


def test_a_late_member_before_the_first_document_went_joins_it(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.wait(DAY)
    world.books.accidents.coming = ["passing"]
    world.ok()
    world.shop.sell("S2", 5, day=D2)
    world.rest()
    assert amounts(world) == {"2026-03-02/1": 15}


def test_settling_a_group_whose_members_changed_meanwhile(make_world):
    for accident in ("lost_before", "lost_after"):
        world = make_world(by_day=True, lag=40.0)
        world.shop.sell("S1", 10)
        world.wait(DAY)
        world.books.accidents.coming = [accident]
        world.ok()
        world.shop.sell("S2", 5, day=D2)
        world.ok()
        world.rest()
        assert world.books.total() == 15
        world.check_links()


def test_a_day_that_comes_to_nothing_is_skipped_with_its_reason(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.shop.sell("S2", -10)
    world.wait(DAY)
    world.ok()
    assert not world.books.papers()
    assert world.source("2026-03-02").code == "day.empty"
