"""A document stands where a reversal would go: found whole it counts; found in part a person says what is true."""

from __future__ import annotations

import pytest

from tests.sync.world import World


@pytest.fixture
def sold(make_world) -> World:
    """A sale of 5 was booked, then changed to 7: next come its reversal and the new paper."""
    world = make_world(style="reverse")
    world.shop.sell("S1", 5, day=world.start)
    world.ok()
    world.wait(120)
    world.shop.sell("S1", 7, day=world.start)
    return world


def after(world: World, *accidents: str) -> World:
    world.books.accidents.coming = list(accidents)
    world.ok()
    world.books.accidents.coming = []
    return world


def amounts(world: World) -> dict[str, int]:
    return {paper.mark: paper.amount for paper in world.books.papers("S1")}


@pytest.mark.parametrize("how", ["refuse", "lost_before"])
def test_a_whole_reversal_taken_over_by_a_new_folder_counts(sold, how):
    after(sold, "", how).new_folder()
    sold.rest()
    assert not sold.attention()
    assert amounts(sold) == {"S1/1": 5, "S1/1R": -5, "S1/2": 7}
    sold.check(reversing=True)


@pytest.mark.parametrize("anew", [False, True])
def test_half_a_reversal_is_asked_about_and_nothing_is_doubled(sold, anew):
    after(sold, "partly")
    if anew:
        sold.new_folder()
    sold.rest()
    (item,) = sold.attention()
    assert (item.code, item.params["target"]) == ("plan.stands_there", "D2")
    assert item.choices == ("stands", "removed", "skip")
    assert amounts(sold) == {"S1/1": 5, "S1/1R": 0}


def test_what_a_person_removed_is_made_again(sold):
    after(sold, "partly")
    sold.rest()
    sold.books.delete("D2")
    sold.answer("removed")
    sold.rest()
    assert not sold.attention()
    assert amounts(sold) == {"S1/1": 5, "S1/1R": -5, "S1/2": 7}
    sold.check(reversing=True)


def test_what_was_said_to_be_removed_and_was_not_is_asked_about_again(sold):
    after(sold, "partly")
    for _ in range(2):
        sold.rest()
        assert amounts(sold) == {"S1/1": 5, "S1/1R": 0}
        sold.answer("removed")
    sold.rest()
    assert [item.code for item in sold.attention()] == ["plan.stands_there"]


def test_what_a_person_mended_stands_and_the_new_paper_follows(sold):
    after(sold, "partly")
    sold.rest()
    sold.books.edit("D2", amount=-5)
    sold.answer("stands")
    sold.rest()
    assert not sold.attention()
    assert amounts(sold) == {"S1/1": 5, "S1/1R": -5, "S1/2": 7}
    sold.check(reversing=True)
