"""A day's takings: one entry, then only differences; whatever happens to its members."""

from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_gui.accounting.documents import JournalLine
from bridge_gui.accounting.entries import balances
from bridge_gui.accounting.money import total
from bridge_gui.bridges.salescloud_payday.planning import contribute, plan_day
from bridge_gui.bridges.salescloud_payday.steps import day_id, read_day, read_mark
from bridge_gui.sync.flow import Held, Known, Part, Skip
from tests.bridges.salescloud_payday.shop import (
    CARD,
    CASH,
    GIFT,
    Books,
    amounts,
    coffee,
    group,
    line,
    order,
    paid,
    record,
    rules,
)

BY = rules(grouping="day")
LINES = tuple[JournalLine, ...]


def parts(*orders):
    """What these orders add to their day, by id."""
    found = {sold.id: contribute(record(sold, BY), BY) for sold in orders}
    return {name: part for name, part in found.items() if isinstance(part, Part)}


def brought(books, *orders):
    """The books after the day was planned with these members."""
    plan = plan_day(group(parts(*orders)), books.known, BY)
    if isinstance(plan, list):
        books.take(plan)
    return plan


def test_the_worked_day_of_the_books():
    """payday.md section 7."""
    books = Books()
    (step,) = brought(
        books,
        order([line(124000)], [paid(110000), paid(4000, CASH), paid(10000, GIFT)], number="1"),
        order([line(22200, 11), line(5000, 0)], [paid(22200, CASH), paid(5000, GIFT)], number="2"),
        order([line(10000, None, gift_card=True)], [paid(10000)], number="3"),
    )
    assert amounts(step.entry.lines) == {
        "3201": 120000, "3202": 26200, "4480": 5000,
        "1100 StandardVAT": -124000, "1110 ReducedVAT": -22200, "1120 NoVAT": -5000,
    }  # fmt: skip
    redeemed_and_sold = [one.amount for one in step.entry.lines if one.account == "a-4480"]
    assert redeemed_and_sold == [15000, -10000]
    assert step.entry.text == "SalesCloud 2026-11-20 2026-11-20.5c09e1/1"
    assert step.total == 161200
    split = {rate: (net, tax) for rate, net, tax in step.shown_tax}
    assert split == {24: (100000, 24000), 11: (20000, 2200), 0: (5000, 0)}


def test_the_same_members_plan_nothing():
    books = Books()
    brought(books, coffee())
    assert brought(books, coffee()) == []


def test_a_late_order_is_posted_as_the_difference_and_named_alone():
    books = Books()
    brought(books, coffee())
    late = coffee(1000, "10999")
    (step,) = brought(books, coffee(), late)
    assert step.mark == "2026-11-20.5c09e1/2"
    assert amounts(step.entry.lines) == {"3201": 1000, "1110 ReducedVAT": -1000}
    assert step.sources == (late.id,)
    assert step.total == 1000


def test_a_changed_member_is_posted_as_the_difference():
    books = Books()
    brought(books, coffee())
    (step,) = brought(books, order([line(620, 11)], [paid(620, CASH)]))
    assert amounts(step.entry.lines) == {"3202": 620, "3201": -620}
    assert step.total == 0


def test_a_member_that_left_is_taken_out():
    books = Books()
    brought(books, coffee(), coffee(1000, "2"))
    (step,) = brought(books, coffee())
    assert amounts(step.entry.lines) == {"3201": -1000, "1110 ReducedVAT": 1000}
    assert step.sources == (coffee(1000, "2").id,)
    assert brought(books, coffee()) == []


def test_a_day_emptied_is_brought_to_zero_with_the_zero_rate_named():
    books = Books()
    brought(books, order([line(212, 0)], [paid(212)]))
    (step,) = brought(books)
    assert amounts(step.entry.lines) == {"1120 NoVAT": 212, "3201": -212}
    assert books.holds == {}


def test_a_day_without_effect_is_left_out():
    there_and_back = [coffee(620, "1"), order([line(-620, 11)], [paid(-620)], number="2")]
    assert brought(Books(), *there_and_back) == Skip(code="day.no_effect")


def test_without_lines_from_the_vendor_what_was_sent_is_the_base():
    books = Books(shows_lines=False)
    brought(books, coffee())
    (step,) = brought(books, coffee(), coffee(1000, "2"))
    assert amounts(step.entry.lines) == {"3201": 1000, "1110 ReducedVAT": -1000}


def test_documents_taken_over_by_a_survey_are_the_base():
    books = Books()
    brought(books, coffee())
    for place, link in books.links.items():
        books.links[place] = msgspec.structs.replace(link, source_content=None)
    (step,) = brought(books, coffee(), coffee(1000, "2"))
    assert amounts(step.entry.lines) == {"3201": 1000, "1110 ReducedVAT": -1000}
    assert len(step.sources) == 2


def test_a_day_nobody_can_read_waits():
    books = Books(shows_lines=False)
    brought(books, coffee())
    for place, link in books.links.items():
        books.links[place] = msgspec.structs.replace(link, source_content=None)
    assert brought(books, coffee(700)) == Held(code="entry.unreadable")


def test_the_day_belongs_to_its_shop():
    assert day_id(date(2026, 11, 20), "5c09e1") == "2026-11-20.5c09e1"
    assert read_day("2026-11-20.5c09e1") == (date(2026, 11, 20), "5c09e1")
    assert read_day("0d000000-0000-4000-8000-000000010443") is None
    assert read_day("2026-13-40.5c09e1") is None


def test_marks_are_read_back_from_texts():
    mark = read_mark("SalesCloud 10443 0d000000-0000-4000-8000-000000010443/12R")
    assert mark is not None
    assert (mark.source_id, mark.ordinal, mark.reversal) == (coffee().id, 12, True)
    assert read_mark("Laun í nóvember") is None
    assert read_mark("SalesCloud og fleira") is None
    assert read_mark("Ýmislegt 2026-11-20.5c09e1/1") is None
    assert read_mark("SalesCloud 10/0") is None


# Any members, any changes.

money = st.integers(min_value=-500_000, max_value=500_000).filter(bool)
rates = st.sampled_from([24, 11, 0, None])
methods = st.sampled_from([CARD, CASH, GIFT])


@st.composite
def orders(draw, number):
    lines = [
        line(amount, rate, gift_card=rate is None)
        for amount, rate in draw(st.lists(st.tuples(money, rates), min_size=1, max_size=4))
    ]
    worth = int(sum(one.gross for one in lines))
    first = draw(money)
    payments = [paid(first, draw(methods)), paid(worth - first, draw(methods))]
    return order(lines, payments, number=str(number))


def gift_cards_used(histories):
    """Then other orders of another worth may have the same effect, and the shown total may be off."""
    return any(by.method is GIFT for members in histories for sold in members for by in sold.payments)


days = st.lists(st.integers(1, 6), unique=True, max_size=5).flatmap(
    lambda numbers: st.tuples(*(orders(number) for number in numbers))
)


@settings(max_examples=150, deadline=None)
@given(days)
def test_any_day_balances(members):
    plan = plan_day(group(parts(*members)), Known(), BY)
    if isinstance(plan, Skip):
        return
    (step,) = plan
    assert total(one.amount for one in step.entry.lines) == 0
    assert all(one.amount for one in step.entry.lines)
    assert step.total == total(sold.total for sold in members if sold.id in parts(*members))


@settings(max_examples=150, deadline=None)
@given(st.lists(days, min_size=1, max_size=6), st.booleans())
def test_after_any_changes_the_documents_add_up_to_the_members(histories, shows_lines):
    books, last = Books(shows_lines=shows_lines), {}
    for members in histories:
        last = parts(*members)
        brought(books, *members)
        assert all(total(one.amount for one in step.entry.lines) == 0 for step in books.written)
    wanted = balances(one for part in last.values() for one in msgspec.json.decode(part.content, type=LINES))
    assert books.holds == wanted
    if books.written and not gift_cards_used(histories):
        assert total(step.total for step in books.written) == total(part.total for part in last.values())
    assert plan_day(group(last), books.known, BY) in ([], Skip(code="day.no_effect"))
