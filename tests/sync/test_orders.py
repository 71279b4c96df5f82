"""Orders: one write on the user's word; its source is a request id, so a double click is one."""

import pytest

from bridge_gui.sync.actions import Action
from bridge_gui.sync.digest import digest_of
from bridge_gui.sync.flow import Held
from bridge_gui.sync.orders import Order, give_order
from bridge_gui.sync.step import LinkTo, mark_of
from tests.longer import LONG
from tests.sync.toy_flow import PAPER, Amend, Make, amount_in, content


class Round(Action):
    """Rounds one paper to a full hundred."""

    key, flow, title = "round", "sales", "Round"

    def plan(self, subject, answers, known):
        if not known.links:
            return Held(code="round.nothing_there")
        link = known.links[-1]
        amount = amount_in(link.target_content) // 100 * 100 + int(answers.get("more", 0))
        return [
            Amend(
                name="round",
                link=LinkTo(kind=PAPER, source_id=subject, ordinal=link.ordinal),
                lane=f"sale:{subject}",
                mark=mark_of(subject, link.ordinal),
                creates=False,
                day=link_day(link),
                number=subject,
                amount=amount,
                paper=link.target.id,
                before=link.target_content,
                planned_on=digest_of(link.target_content),
                source_content=content(amount, link_day(link)),
            )
        ]


class Extra(Action):
    """Makes a document the flow would make as well."""

    key, flow, title = "extra", "sales", "Extra"

    def plan(self, subject, answers, known):
        from datetime import date

        day = date(2026, 3, 2)
        return [
            Make(
                name="extra",
                link=LinkTo(kind=PAPER, source_id=subject, ordinal=known.next_ordinal),
                lane=f"sale:{subject}",
                mark=mark_of(subject, known.next_ordinal),
                day=day,
                number=subject,
                amount=1,
                source_content=content(1, day),
            )
        ]


def link_day(link):
    import json
    from datetime import date

    return date.fromisoformat(json.loads(link.target_content)["day"])


@pytest.fixture
def ordering(make_world):
    def make(**how):
        world = make_world(**how)
        world.actions = (Round(), Extra())
        world.shop.sell("S1", 130)
        world.ok()
        world.wait()
        return world

    return make


def order(world, action="round", request="r1", subject="S1", **answers):
    return world.job(lambda run: give_order(run, action, request, Order(subject=subject, answers=answers)))


def test_an_order_is_planned_in_a_job_of_its_own_and_delivered_by_the_next_run(ordering):
    world = ordering()
    assert order(world, more="5") is None
    assert world.books.total() == 130
    world.ok()
    assert world.books.total() == 105
    assert world.entries("r1")[0].action == "round"


def test_a_double_click_is_one(ordering):
    world = ordering()
    order(world)
    order(world)
    world.ok()
    order(world)
    world.ok()
    assert world.states("r1") == ["done"]
    assert sum(call.startswith("amend") for call in world.books.calls) == 1


def test_what_cannot_be_done_is_said_at_once_and_nothing_is_kept(ordering):
    world = ordering()
    assert order(world, subject="S9") == Held(
        code="round.nothing_there", params={"number": "S9", "day": "2026-03-02"}
    )
    assert not world.entries("r1")


def test_it_goes_before_what_was_planned_earlier(ordering):
    world = ordering()
    for number in range(2, 6):
        world.shop.sell(f"S{number}", number)
    make = world.books.make
    given = []

    def making(*args):
        if not given:
            given.append(order(world))  # ordered while the sync is at work
        return make(*args)

    world.books.make = making
    world.books.calls.clear()
    world.ok()
    assert [call for call in world.books.calls if call.split()[0] in ("make", "amend")][:3] == [
        "make S2/1", "amend S1/1", "make S3/1",
    ]  # fmt: skip


def test_01_a_flows_plan_never_supersedes_an_actions_entry(ordering):
    world = ordering()
    order(world)
    world.books.accidents.coming = ["passing"]
    world.ok()
    world.shop.sell("S1", 777)
    world.ok()
    world.rest()
    assert world.states("r1")[-1] == "done"


@pytest.mark.parametrize("accident", ["lost_before", "lost_after"])
@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_an_order_whose_answer_was_lost_is_looked_for_and_carried_out_once(ordering, accident, lag):
    world = ordering(lag=lag)
    order(world, more="7")
    world.books.accidents.coming = [accident]
    world.ok()
    world.rest()
    assert world.books.total() == 107
    assert not world.unsettled()


def test_an_order_that_meets_a_conflict_is_planned_anew(ordering):
    world = ordering()
    order(world)
    world.books.edit("D1", amount=250)
    world.rest()
    assert world.books.total() == 200
    assert world.states("r1") == ["superseded", "done"]


def test_a_refused_order_can_be_tried_again_or_dropped(ordering):
    for choice, total in (("try_again", 100), ("skip", 130)):
        world = ordering()
        order(world)
        world.books.accidents.coming = ["refuse"]
        world.ok()
        world.answer(choice)
        world.rest()
        assert (world.books.total(), world.attention()) == (total, [])


def test_the_place_of_a_document_is_taken_once(ordering):
    """A flow and an order mean to make the same document: one of them is told, never both sent."""
    world = ordering()
    world.shop.sell("S2", 2)
    world.books.accidents.coming = ["passing"]
    world.ok()
    told = order(world, "extra", "r2", "S2")
    assert told.code == "plan.place_taken"
    world.rest()
    assert [paper.mark for paper in world.books.papers("S2")] == ["S2/1"]
    assert not world.attention()


def test_killed_anywhere_an_order_is_carried_out_once(ordering):
    whole = ordering(lag=40.0)
    order(whole, more="3")
    whole.fate.points = 0
    whole.ok()
    for point in range(1, whole.fate.points + 1, 1 if LONG else 7):
        world = ordering(lag=40.0)
        order(world, more="3")
        world.die_at(point)
        world.rest()
        assert world.books.total() == 103
        assert world.states("r1")[-1] == "done"
