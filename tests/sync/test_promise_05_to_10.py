"""Promises 5 and 7 to 10."""

from bridge_gui.errors import CannotMap


def test_promise_05_totals_that_differ_hold_the_source(make_world):
    """The comparison is the bridge's (pure, in its plan); that it cannot be made holds this source only."""
    world = make_world()
    world.shop.sell("S1", 1)
    world.shop.sell("S2", 2)

    def unbalanced(flow):
        plan = flow.plan

        def planned(record, known):
            if record.id == "S1":
                raise CannotMap("entry.unbalanced", difference="1")
            return plan(record, known)

        flow.plan = planned

    world.adjust = unbalanced
    world.ok()
    assert [paper.mark for paper in world.books.papers()] == ["S2/1"]
    assert [(item.code, item.params["difference"]) for item in world.attention()] == [
        ("entry.unbalanced", "1")
    ]


def test_promise_07_nothing_older_than_the_start_date_is_created(make_world):
    world = make_world()
    world.shop.sell("S1", 1, day=world.start.replace(day=1, month=2))
    world.ok()
    assert not world.books.papers()
    assert world.source("S1").code == "source.before_start"


def test_promise_07_what_moved_before_the_start_date_unsent_is_not_sent(make_world):
    world = make_world()
    world.shop.sell("S1", 1)
    world.books.accidents.coming = ["passing"]
    world.ok()
    world.shop.sell("S1", 1, day=world.start.replace(month=2))
    world.rest()
    assert not world.books.papers()


def test_promise_07_a_member_moved_before_the_start_date_unsent_is_not_sent(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 1)
    world.ok()
    world.shop.sell("S1", 1, day=world.start.replace(month=2))
    world.wait(86_400)
    world.rest()
    assert not world.books.papers()


def test_promise_08_held_stopped_and_asked_hold_up_their_own_lane_only(make_world):
    world = make_world(held={"S1"}, lag=40.0)
    for number in range(1, 7):
        world.shop.sell(f"S{number}", number)
    world.books.refusing.add("S2/1")
    world.books.accidents.coming = ["", "lost_after"]
    world.ok()
    world.books.copy(world.books.papers("S3")[0].id)  # somebody duplicates it: only a person can tell
    world.wait()
    world.ok()
    assert {paper.mark for paper in world.books.papers()} == {"S3/1", "S4/1", "S5/1", "S6/1"}
    assert {item.what for item in world.attention()} == {"held", "stopped", "asked"}


def test_promise_09_a_posted_group_is_never_rebuilt(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.wait(86_400)
    world.ok()
    world.wait()
    world.shop.sell("S2", 5, day=world.start.replace(day=2))
    world.ok()
    world.wait()
    world.rules.factor, world.settings = 2, "s2"
    world.ok()
    world.wait()
    assert [(paper.mark, paper.amount) for paper in world.books.papers()] == [
        ("2026-03-02/1", 10),
        ("2026-03-02/2", 5),
    ]


def test_promise_09_a_mended_mapping_mends_the_members_not_posted_yet(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.wait(86_400)
    world.ok()
    world.wait()
    world.books.refusing.add("2026-03-02/2")
    world.shop.sell("S2", 5, day=world.start.replace(day=2))
    world.ok()
    world.books.refusing.clear()
    world.rules.factor, world.settings = 2, "s2"
    world.rest()
    assert [(paper.mark, paper.amount) for paper in world.books.papers()] == [
        ("2026-03-02/1", 10),
        ("2026-03-02/2", 10),
    ]


def test_promise_09_a_mended_mapping_mends_a_day_that_is_not_over(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.ok()
    world.rules.factor, world.settings = 2, "s2"
    world.ok()
    world.wait(86_400)
    world.ok()
    assert [paper.amount for paper in world.books.papers()] == [20]


def test_promise_10_a_source_has_one_place_whichever_way_it_came(make_world):
    """Grouping changed in the middle: what was posted on its own stays so, what a day counts stays there."""
    world = make_world()
    world.shop.sell("S1", 10)
    world.ok()
    world.wait()
    world.rules.by_day, world.settings = True, "s2"
    world.shop.sell("S1", 11)
    world.shop.sell("S2", 20)
    world.wait(86_400)
    world.ok()
    world.wait()
    world.rules.by_day, world.settings = False, "s3"
    world.shop.sell("S2", 21, day=world.start.replace(day=2))
    world.shop.sell("S3", 30)
    world.rest()
    papers = {paper.mark: paper.amount for paper in world.books.papers()}
    assert papers == {"S1/1": 11, "2026-03-02/1": 20, "2026-03-02/2": 1, "S3/1": 30}
