"""Promise 2: a changed source is amended, else reversed and written anew, else asked: never a second document."""

import pytest


def sold_and_changed(make_world, style, **how):
    world = make_world(style=style, **how)
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.shop.sell("S1", 130)
    world.ok()
    world.wait()
    return world


def test_a_changed_source_is_amended_where_the_vendor_lets_it(make_world):
    world = sold_and_changed(make_world, "amend")
    world.check()
    assert [(paper.mark, paper.amount) for paper in world.books.papers()] == [("S1/1", 130)]
    assert world.source("S1").revision == 2


def test_else_it_is_reversed_and_written_anew(make_world):
    world = sold_and_changed(make_world, "reverse")
    papers = {paper.mark: paper.amount for paper in world.books.papers()}
    assert papers == {"S1/1": 100, "S1/1R": -100, "S1/2": 130}
    assert {(link.kind, link.ordinal, link.state) for link in world.links()} == {
        ("paper", 1, "reversed"), ("reversal", 1, "posted"), ("paper", 2, "posted"),
    }  # fmt: skip


def test_else_it_is_asked(make_world):
    world = sold_and_changed(make_world, "ask")
    assert world.books.total() == 100
    assert [(item.code, item.choices) for item in world.attention()] == [
        ("sale.changed", ("overwrite", "leave", "skip"))
    ]
    world.answer("overwrite")
    world.ok()
    world.check()
    assert not world.attention()


def test_an_answer_binds_to_the_contents_shown(make_world):
    world = sold_and_changed(make_world, "ask")
    shown = world.attention()[0]
    world.shop.sell("S1", 999)
    world.ok()
    with pytest.raises(Exception, match=r"answer\.too_late"):
        world.answer_item(shown.id, "overwrite")
    world.answer("overwrite")
    world.shop.sell("S1", 7)
    world.ok()
    assert world.books.total() == 100, "what was answered was another amount"
    world.answer("overwrite")
    world.ok()
    assert world.books.total() == 7


def test_an_answer_is_good_for_one_change_only(make_world):
    world = sold_and_changed(make_world, "ask")
    world.answer("overwrite")
    world.ok()
    world.wait()
    world.shop.sell("S1", 50)
    world.ok()
    assert (world.books.total(), len(world.attention())) == (130, 1)


def test_the_second_step_never_goes_without_the_first(make_world):
    """A refused reversal holds up the new document behind it; once mended both go."""
    world = make_world(style="reverse")
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.books.refusing.add("S1/1R")
    world.shop.sell("S1", 130)
    world.ok()
    world.ok()
    assert world.books.total() == 100
    assert [item.choices for item in world.attention()] == [("try_again", "skip")]
    world.books.refusing.clear()
    world.answer("try_again")
    world.ok()
    assert world.books.total() == 130
    assert not world.attention()


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
def test_what_was_planned_behind_an_unknown_outcome_waits(make_world, accident):
    world = make_world(style="reverse", lag=40.0)
    world.shop.sell("S1", 100)
    world.ok()
    world.wait()
    world.shop.sell("S1", 130)
    world.books.accidents.coming = [accident]
    world.ok()
    assert not [paper for paper in world.books.papers() if paper.mark == "S1/2"]
    world.rest()
    assert sorted(paper.mark for paper in world.books.papers()) == ["S1/1", "S1/1R", "S1/2"]
    assert world.books.total() == 130


def test_a_plan_not_sent_gives_way_to_the_newer_one(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.books.accidents.coming = ["passing"]
    assert world.ok().outcome.value == "paused"
    world.shop.sell("S1", 60)
    world.rest()
    world.check()
    assert world.states("S1") == ["superseded", "done"]


def test_a_source_gone_before_it_was_sent_is_not_sent(make_world):
    world = make_world()
    world.shop.sell("S1", 100)
    world.books.accidents.coming = ["passing"]
    world.ok()
    world.shop.remove("S1")
    world.settings = "s2"
    world.wait()
    world.ok()
    assert not world.books.papers()
    assert [item.code for item in world.attention()] == ["source.gone"]
