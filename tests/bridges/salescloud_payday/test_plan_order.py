"""One order and its documents: made once, changed by a reversal, never doubled."""

from __future__ import annotations

from datetime import date

import msgspec

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.sales import Buyer, OrderState
from bridge_gui.bridges.salescloud_payday.planning import plan_order
from bridge_gui.bridges.salescloud_payday.rules import LEAVE, POST_AGAIN
from bridge_gui.sync.flow import Held, Known, Skip
from tests.bridges.salescloud_payday.shop import (
    CASH,
    ON_ACCOUNT,
    Books,
    amounts,
    coffee,
    line,
    order,
    paid,
    record,
    rules,
)


def booked(sold, books=None, by=None):
    """The books after one planning and delivery."""
    books = books or Books()
    by = by or rules()
    books.take(plan_order(record(sold, by), books.known, by))
    return books


def test_a_new_order_becomes_one_entry():
    (step,) = plan_order(record(coffee()), Known(), rules())
    uuid = coffee().id
    assert step.mark == f"{uuid}/1"
    assert step.entry.text == f"SalesCloud 10443 {uuid}/1"
    assert len(step.entry.text) <= 100
    assert step.lane == f"orders:{uuid}"
    assert step.sources == (uuid,)
    assert step.total == 620
    assert step.entry.day == date(2026, 11, 20)
    assert not step.entry.draft


def test_a_long_number_never_pushes_the_mark_out():
    sold = msgspec.structs.replace(coffee(), number="9" * 120)
    (step,) = plan_order(record(sold), Known(), rules())
    assert len(step.entry.text) == 100
    assert step.entry.text.endswith(f" {sold.id}/1")


def test_drafts_by_setting():
    (step,) = plan_order(record(coffee()), Known(), rules(post_as="draft"))
    assert step.entry.draft


def test_the_same_order_again_plans_nothing():
    assert plan_order(record(coffee()), booked(coffee()).known, rules()) == []


def test_a_change_without_effect_on_the_books_plans_nothing():
    named = coffee(buyer=Buyer(id="b", name="Jón"))
    assert plan_order(record(named), booked(coffee()).known, rules()) == []


def test_a_changed_order_is_reversed_and_written_anew_in_one_lane():
    books = booked(coffee())
    reverse, post = plan_order(record(coffee(700)), books.known, rules())
    uuid = coffee().id
    assert reverse.mark == f"{uuid}/1R"
    assert reverse.turns == {1: DocumentState.REVERSED}
    assert amounts(reverse.entry.lines) == {"3201": -620, "1110 ReducedVAT": 620}
    assert post.mark == f"{uuid}/2"
    assert reverse.lane == post.lane
    books.take([reverse, post])
    assert books.holds == Books().holds | {("a-3201", ""): 700, ("a-1110", "ReducedVAT"): -700}
    assert plan_order(record(coffee(700)), books.known, rules()) == []


def test_the_zero_rate_keeps_its_code_in_a_reversal():
    books = booked(order([line(212, 0)], [paid(212)]))
    steps = plan_order(record(order([line(212, 0)], [paid(212, CASH)])), books.known, rules())
    assert amounts(steps[0].entry.lines) == {"3201": -212, "1120 NoVAT": 212}


def test_a_cancelled_order_is_reversed_only():
    books = booked(coffee())
    gone = coffee(state=OrderState.CANCELLED)
    books.take(plan_order(record(gone), books.known, rules()))
    assert books.holds == {}
    assert plan_order(record(gone), books.known, rules()) == Skip(code="order.cancelled")
    books.take(plan_order(record(coffee()), books.known, rules()))
    assert [step.mark.rsplit("/")[1] for step in books.written] == ["1", "1R", "2"]


def test_an_order_moved_to_another_day_is_reversed_on_the_old_day():
    moved = coffee(day=date(2026, 11, 22))
    reverse, post = plan_order(record(moved), booked(coffee()).known, rules())
    assert (reverse.entry.day, post.entry.day) == (date(2026, 11, 20), date(2026, 11, 22))


def test_after_a_reversal_alone_only_the_new_entry_is_missing():
    books = booked(coffee())
    reverse, post = plan_order(record(coffee(700)), books.known, rules())
    books.take([reverse])
    (again,) = plan_order(record(coffee(700)), books.known, rules())
    assert again.mark == post.mark


def test_a_reversal_found_by_a_survey_counts_without_the_turn():
    books = booked(coffee())
    books.take(plan_order(record(coffee(state=OrderState.CANCELLED)), books.known, rules()))
    books.turn(1, DocumentState.POSTED)
    assert isinstance(plan_order(record(coffee(state=OrderState.CANCELLED)), books.known, rules()), Skip)


def test_without_lines_from_the_vendor_what_was_sent_is_compared():
    books = booked(coffee(), Books(shows_lines=False))
    assert plan_order(record(coffee()), books.known, rules()) == []
    assert len(plan_order(record(coffee(700)), books.known, rules())) == 2


def test_a_found_entry_of_another_amount_is_amended():
    books = booked(coffee(600))
    link = books.links["journal_entry", 1]
    meant = booked(coffee(620)).links["journal_entry", 1].source_content
    books.links["journal_entry", 1] = msgspec.structs.replace(link, source_content=meant)
    assert len(plan_order(record(coffee(620)), books.known, rules())) == 2


def test_an_entry_nobody_can_read_is_believed_but_never_reversed():
    books = booked(coffee(), Books(shows_lines=False))
    link = books.links["journal_entry", 1]
    books.links["journal_entry", 1] = msgspec.structs.replace(link, source_content=None)
    assert plan_order(record(coffee()), books.known, rules()) == []
    gone = plan_order(record(coffee(state=OrderState.CANCELLED)), books.known, rules())
    assert gone == Held(code="entry.unreadable")


def test_an_order_that_was_booked_and_now_waits_leaves_the_books_alone():
    books = booked(coffee())
    held = plan_order(record(order([line(620, 11)], [paid(620, ON_ACCOUNT)])), books.known, rules())
    assert isinstance(held, Held)
    assert held.code == "order.no_kennitala"


def test_a_removed_draft_is_asked_about():
    books = booked(coffee(), by=rules(post_as="draft"))
    books.turn(1, DocumentState.DELETED)
    changed, by = record(coffee(700)), rules(post_as="draft")
    asked = plan_order(changed, books.known, by)
    assert isinstance(asked, Held)
    assert (asked.code, asked.choices) == ("entry.vanished", (POST_AGAIN, LEAVE))
    left = msgspec.structs.replace(books.known, answer=LEAVE)
    assert plan_order(changed, left, by) == Skip(code="entry.left_to_person")
    again = msgspec.structs.replace(books.known, answer=POST_AGAIN)
    (step,) = plan_order(changed, again, by)
    assert step.mark.endswith("/2")
    books.take([step])
    assert plan_order(changed, books.known, by) == []


def test_a_changed_mapping_alone_rebooks_nothing_by_itself_but_a_changed_order_follows_it():
    books = booked(coffee())
    by = rules({"m-card": "3202"})
    reverse, post = plan_order(record(coffee(700)), books.known, by)
    assert amounts(reverse.entry.lines)["3201"] == -620
    assert amounts(post.entry.lines)["3202"] == 700
