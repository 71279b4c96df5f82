"""The overview: each amount counted once, on its own day, and only where it belongs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bridge_gui.store import overview
from bridge_gui.store.rows import EntryState, Standing
from tests.store.filled import DAY, document, entry, held, link, source

LAST = DAY + timedelta(days=3)


def read(database, bridge, start=DAY, first=DAY, last=LAST, apart=()):
    with database.read() as connection:
        return overview.read(connection, bridge, start, first, last, apart)


def figures(found):
    return [(day.sales, day.books, day.difference, day.left_out) for day in found.days]


def sold(database, bridge, name, amount, **values):
    return source(database, bridge, name, total=Decimal(amount), standing=Standing.PLANNED, **values)


def test_an_empty_bridge_has_days_and_nothing_else(database, bridge):
    found = read(database, bridge)
    assert not found.documents
    assert found.posted.count == found.drafts.count == found.unpaid.count == 0
    assert figures(found) == [(0, 0, 0, 0)] * 4


def test_sales_and_books_by_day_and_a_day_that_differs(database, bridge):
    sold(database, bridge, "S1", 100)
    document(database, bridge, "S1", total=Decimal(100))
    sold(database, bridge, "S2", "50.25", day=DAY + timedelta(days=1))
    held(database, bridge, "S3", total=Decimal(30), day=DAY + timedelta(days=1))
    document(database, bridge, "S2", total=Decimal("50.25"), day=DAY + timedelta(days=1))
    assert figures(read(database, bridge)) == [
        (100, 100, 0, 0),
        (Decimal("80.25"), Decimal("50.25"), -30, 0),
        (0, 0, 0, 0),
        (0, 0, 0, 0),
    ]


def test_a_reversed_entry_and_what_takes_it_back_add_up_to_nothing(database, bridge):
    sold(database, bridge, "S1", 70)
    document(database, bridge, "S1", total=Decimal(100), state="reversed")
    document(database, bridge, "S1", total=Decimal(-100), kind="reversal")
    document(database, bridge, "S1", total=Decimal(70), ordinal=2)
    assert figures(read(database, bridge))[0] == (70, 70, 0, 0)


def test_groups_orders_things_and_what_is_gone_are_not_counted(database, bridge):
    sold(database, bridge, "G", 500, is_group=True)
    sold(database, bridge, "A", 500, action="approve")
    document(database, bridge, "S1", total=Decimal(9), state="thing")
    document(database, bridge, "S2", total=Decimal(9), state="deleted")
    document(database, bridge, "S3", total=Decimal(9), state="voided")
    link(database, bridge, "S4", total=Decimal(9), state="planned")
    assert figures(read(database, bridge))[0] == (0, 0, 0, 0)


def test_what_is_left_out_is_told_apart_but_not_what_was_booked_by_hand(database, bridge):
    source(database, bridge, "S1", standing=Standing.SKIPPED, code="order.cancelled", total=Decimal(40))
    source(database, bridge, "S2", standing=Standing.SKIPPED, code="source.by_hand", total=Decimal(60))
    document(database, bridge, "S2", total=Decimal(60), state="by_hand", kind="by_hand")
    assert figures(read(database, bridge))[0] == (60, 60, 0, 40)


def test_what_is_no_sale_of_its_own_is_counted_nowhere(database, bridge):
    sold(database, bridge, "S1", 100)
    document(database, bridge, "S1", total=Decimal(100), kind="invoice", state="partly_paid")
    document(database, bridge, "S1", total=Decimal(40), kind="payment")
    source(database, bridge, "P1", standing=Standing.SKIPPED, code="payment.of_invoice", total=Decimal(40))
    found = read(database, bridge, apart=("payment", "payment.of_invoice"))
    assert figures(found)[0] == (100, 100, 0, 0)
    assert (found.posted.count, found.unpaid.total) == (1, 100)
    assert figures(read(database, bridge))[0] == (100, 140, 40, 40)


def test_drafts_and_unpaid_of_any_day_posted_of_the_period(database, bridge):
    document(database, bridge, "S1", state="draft", total=Decimal(10), day=DAY - timedelta(days=400))
    document(database, bridge, "S2", state="awaiting_approval", total=Decimal(5))
    document(database, bridge, "S3", state="partly_paid", total=Decimal(7), day=DAY - timedelta(days=9))
    document(database, bridge, "S4", state="posted", total=Decimal(3))
    document(database, bridge, "S5", state="posted", total=Decimal(3), day=DAY - timedelta(days=1))
    document(database, bridge, "S6", state="ordered", total=Decimal(20))
    document(database, bridge, "S7", state="invoiced", total=Decimal(30), day=DAY - timedelta(days=9))
    document(database, bridge, "S8", state="posted", total=Decimal(0), currency="", kind="contact")
    found = read(database, bridge, start=DAY - timedelta(days=500))
    assert (found.drafts.count, found.drafts.total) == (3, 35), "an order waits to be invoiced there"
    assert found.drafts.oldest == DAY - timedelta(days=400)
    assert (found.unpaid.count, found.unpaid.total) == (2, 37)
    assert (found.posted.count, found.posted.total) == (1, 3)


def test_days_before_the_start_are_not_shown(database, bridge):
    found = read(database, bridge, start=DAY + timedelta(days=2))
    assert [day.day for day in found.days] == [DAY + timedelta(days=2), LAST]


def test_one_currency_is_summed_and_the_others_are_told_of(database, bridge, add_bridge):
    for number in range(3):
        document(database, bridge, f"S{number}", total=Decimal(10), currency="EUR")
    document(database, bridge, "S9", total=Decimal(1000), currency="ISK")
    document(database, add_bridge("other"), "S1", total=Decimal(77), currency="EUR")
    found = read(database, bridge)
    assert (found.currency, found.others, found.posted.total, found.posted.count) == ("EUR", True, 30, 4)
    assert figures(found)[0][1] == 30


def test_how_many_things_need_a_person(database, bridge):
    held(database, bridge, "S1")
    held(database, bridge, "S2")
    entry(database, bridge, "S3", EntryState.STOPPED, code="books.refused")
    entry(database, bridge, "S4", EntryState.DONE, code="books.refused")
    assert read(database, bridge).attention == 3
