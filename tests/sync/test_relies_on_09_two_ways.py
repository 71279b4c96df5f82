"""What a write may rely on, 9: two ways. And promise 6: two-way flows come to rest."""

import pytest

from tests.longer import LONG
from tests.sync.two_way import TwoWayWorld

SCHEDULES = [(lag, pause) for lag in (0.0, 10.0, 40.0, 300.0) for pause in (1.0, 50.0, 100.0, 1000.0)]
SCHEDULES = SCHEDULES if LONG else [(0.0, 1.0), (10.0, 50.0), (40.0, 50.0), (40.0, 100.0), (300.0, 100.0)]


@pytest.fixture
def make_two(tmp_path, template):
    made = 0

    def make(**how):
        nonlocal made
        made += 1
        folder = tmp_path / f"two{made}"
        folder.mkdir()
        return TwoWayWorld(folder, template=template, **how)

    return make


def anna(make_two, **how):
    world = make_two(**how)
    world.a.add("Anna")
    world.rest()
    world.check()
    return world


@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_promise_06_both_directions_come_to_rest(make_two, lag):
    world = make_two(lag=lag)
    world.a.add("Anna")
    world.b.add("Birta")
    world.rest()
    world.check()
    before = world.books.writes()
    for _ in range(3):
        world.wait()
        world.ok()
    assert world.books.writes() == before == 2


def test_09_what_we_wrote_as_read_back_is_not_a_change(make_two):
    world = anna(make_two)
    assert world.pairs() == [("Anna", "ANNA")]
    world.wait()
    world.ok()
    assert (world.a.writes, world.b.writes) == (0, 1)
    assert world.source("b1", "b2a").revision == 1


@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_09_a_change_goes_over_from_either_side(make_two, lag):
    world = anna(make_two, lag=lag)
    world.a.rename("a1", "Anna Jóns")
    world.rest()
    world.check()
    world.b.rename("b1", "Anna B")
    world.rest()
    assert world.pairs() == [("ANNA B", "ANNA B")]
    assert (world.a.writes, world.b.writes) == (1, 2)


def both_changed(make_two, **how):
    world = anna(make_two, **how)
    world.a.rename("a1", "Anna A")
    world.b.rename("b1", "Anna B")
    world.wait()
    world.ok()
    return world


def test_09_both_changed_and_equal_is_agreement(make_two):
    world = anna(make_two)
    world.a.rename("a1", "Anna C")
    world.b.rename("b1", "anna c")
    world.rest()
    assert (world.a.writes, world.b.writes) == (0, 1)
    assert not world.attention()
    world.a.rename("a1", "Anna D")
    world.rest()
    world.check()  # what they agreed on is what later changes are measured by
    assert not world.attention()


@pytest.mark.parametrize(("choice", "name"), [("a", "ANNA A"), ("b", "ANNA B")])
@pytest.mark.parametrize("asked_at", [0, 1])
def test_09_both_changed_is_asked_and_the_answer_is_carried_out(make_two, choice, name, asked_at):
    world = both_changed(make_two)
    assert world.pairs() == [("Anna A", "ANNA B")]
    assert {item.code for item in world.attention()} == {"person.both_changed"}
    world.answer(choice, asked_at)
    world.rest()
    assert [mine.upper() for mine, _ in world.pairs()] == [name]
    world.check()
    assert not world.attention()


def test_09_an_answer_binds_to_the_two_contents_shown(make_two):
    world = both_changed(make_two)
    world.answer("a")
    world.b.rename("b1", "Anna B2")
    world.wait()
    world.ok()
    assert world.pairs() == [("Anna A", "ANNA B2")], "the answer was about another content"
    assert world.attention()


def test_09_an_older_answer_is_not_used_again(make_two):
    world = both_changed(make_two)
    world.answer("a")
    world.rest()
    world.a.rename("a1", "Anna X")
    world.b.rename("b1", "Anna Y")
    world.wait()
    world.ok()
    assert world.attention()


@pytest.mark.parametrize(("lag", "pause"), SCHEDULES)
def test_09_the_schedule_that_fooled_the_model(make_two, lag, pause):
    """*a* is written, a person sets *b* at the books, *b* is written back, a person sets *a* again."""
    world = make_two(lag=lag, loud=False)
    world.a.add("a")
    world.wait(pause)
    world.rest()
    world.b.rename("b1", "b")
    while world.a.names()["a1"] != "b":
        world.wait(pause)
        world.ok()
    world.a.rename("a1", "a")
    for _ in range(4):
        world.wait(pause)
        world.ok()
    world.rest()
    assert world.pairs() == [("a", "a")]
    assert not world.attention()


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_09_a_record_that_may_be_ours_is_not_made_again(make_two, accident, lag):
    """B shows a record we may have made a moment ago: it waits until that is settled."""
    world = make_two(lag=lag)
    world.a.add("Anna")
    world.b.accidents.coming = [accident]
    for _ in range(5):
        world.ok()
        world.wait(15)
    world.rest()
    world.check()
    assert len(world.links()) == 1


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_09_a_lost_update_and_a_person_meanwhile(make_two, accident, lag):
    world = anna(make_two, lag=lag)
    world.a.rename("a1", "Anna A")
    world.b.accidents.coming = [accident]
    world.ok()
    world.wait()
    world.ok()
    world.b.rename("b1", "Anna B")
    world.rest()
    if world.attention():
        world.answer("b")
        world.rest()
    assert world.pairs() == [("ANNA B", "ANNA B")]


@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_promise_03_two_ways_wherever_it_dies(make_two, lag):
    def prepared():
        world = anna(make_two, lag=lag)
        world.a.rename("a1", "Anna A")
        world.b.add("Birta")
        world.a.add("Carl")
        return world

    whole = prepared()
    whole.fate.points = 0
    whole.wait()
    whole.ok()
    for point in range(1 + int(lag) % 3, whole.fate.points + 1, 1 if LONG else 15):
        world = prepared()
        world.wait()
        world.die_at(point)
        world.rest()
        world.check()
        assert len(world.links()) == 3
