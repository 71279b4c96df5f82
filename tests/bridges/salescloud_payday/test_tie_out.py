"""Tie-out on both simulators: to the króna, and each difference with its one reason."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.errors import SetupError
from bridge_gui.sync.tieout import Why
from bridge_gui.sync.tieout_job import tie_out
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.test_through_the_house import (
    NAME,
    both,
    first_day,
    house,
    set_up,
    sync,
    tell,
)
from tests.office_hours import CLOCK

__all__ = ["both", "house"]


class Later:
    """The clock some minutes on: long enough for the ledger to show what was booked."""

    def now(self):
        return CLOCK.now() + timedelta(minutes=10)

    def monotonic(self):
        return CLOCK.monotonic()


def tied(house, first=None, last=None):
    """The tie-out, each row's reasons adding up to its difference."""
    done = tie_out(house, NAME, first, last, never())
    for row in done.rows:
        assert sum(reason.amount for reason in row.reasons) == row.difference, row
    return done


def reasons(done, why):
    return [one for row in done.rows for one in row.reasons if one.why is why]


def at(done, key):
    """The one amount of reasons there is under a key."""
    return {
        (row.key, one.why, one.amount) for row in done.rows for one in row.reasons if row.key.startswith(key)
    }


def code_of(both, code):
    return next(one["id"] for one in both.control("payday", "state/accounts") if one["code"] == code)


def by_hand(both, *lines, day=None):
    """A person's own entry in Payday."""
    made = [
        {"amount": amount, "ledgerAccountId": code_of(both, code), "vatPercentType": vat}
        for code, amount, vat in lines
    ]
    entry = {"date": str(day or first_day()), "description": "Leiðrétt", "status": "POST", "lines": made}
    return both.control("payday", "person", {"action": "add_journal", "entry": entry})


def plainly(row):
    """A row without the number by which a draft with several sales is named."""
    return row.day, row.key, row.sales, row.books, [(one.why, one.amount) for one in row.reasons]


@pytest.mark.parametrize("grouping", ["order", "day"])
def test_every_day_ties_to_the_krona_but_for_what_waits(house, both, grouping):
    set_up(house, both, grouping=grouping)
    before = tied(house)
    assert {one.why for row in before.rows for one in row.reasons} == {Why.WAITING}
    sync(house)
    done = tied(house)
    assert done.open == ()
    held = {one.number for one in reasons(done, Why.HELD)}
    numbers = {row.number for row in house.attention(NAME)}
    assert held <= numbers
    rest = {one.why for row in done.rows for one in row.reasons} - {Why.HELD}
    assert rest <= ({Why.WAITING, Why.DRAFT} if grouping == "day" else {Why.DRAFT})
    today = CLOCK.now().date()
    assert all(one.why is not Why.WAITING for row in done.rows if row.day < today for one in row.reasons)
    assert any(row.difference == 0 for row in done.rows)
    assert (done.first, done.last, done.zone) == (first_day(), today, "Atlantic/Reykjavik")


def test_the_sales_side_is_what_the_till_says(house, both):
    set_up(house, both)
    sync(house)
    done = tied(house)
    sums = {}
    for order in both.control("salescloud", "state/orders"):
        if order["status"] == "CLOSED" and order["closed"][:10] >= str(first_day()):
            for payment in order["payments"]:
                if payment["status"] == "SUCCESS":
                    place = order["closed"][:10], payment["paymentMethod"]["title"]
                    sums[place] = sums.get(place, 0) + payment["amount"]
    shown = {(str(row.day), row.key): row.sales for row in done.rows if row.key in ("Kort (posi)", "Reiðufé")}
    assert shown == {place: Decimal(one) for place, one in sums.items() if place in shown}
    assert len(shown) >= 4


def test_an_entry_of_somebody_else_is_shown_as_such(house, both):
    set_up(house, both)
    sync(house)
    by_hand(both, ("3410", 1240, "NotSet"), ("1100", -1240, "StandardVAT"))
    by_hand(both, ("2100", 500, "NotSet"), ("4460", -500, "NotSet"))
    done = tied(house)
    assert done.open == ()
    foreign = {(row.key, one.amount) for row in done.rows for one in row.reasons if one.why is Why.NOT_OURS}
    assert foreign == {("Kort (posi)", Decimal(1240)), ("VAT 24 %", Decimal(1240))}


def test_an_entry_that_was_edited_before_it_was_booked(house, both):
    set_up(house, both, post_as="draft")
    sync(house)
    assert {one.why for row in tied(house).rows for one in row.reasons} == {Why.DRAFT, Why.HELD}
    drafts = [
        one
        for one in both.control("payday", "state/journal")
        if len(one["lines"]) == 2 and any(line["vatPercentType"] == "ReducedVAT" for line in one["lines"])
    ]
    changed = [{**line, "amount": line["amount"] * 2} for line in drafts[0]["lines"]]
    more = drafts[0]["lines"][0]["amount"]
    both.control(
        "payday", "person", {"action": "edit_draft", "id": drafts[0]["id"], "changes": {"lines": changed}}
    )
    for one in both.control("payday", "state/journal"):
        both.control("payday", "person", {"action": "book_draft", "id": one["id"]})
    done = tied(house)
    edited = reasons(done, Why.EDITED)
    assert done.open == ()
    assert [abs(one.amount) for one in edited] == [abs(Decimal(str(more)))] * 2
    assert {one.why for row in done.rows for one in row.reasons} == {Why.EDITED, Why.HELD, Why.DRAFT}


def test_a_draft_that_was_removed(house, both):
    set_up(house, both, post_as="draft")
    sync(house)
    gone = both.control("payday", "state/journal")[0]
    both.control("payday", "person", {"action": "delete_draft", "id": gone["id"]})
    for one in both.control("payday", "state/journal"):
        both.control("payday", "person", {"action": "book_draft", "id": one["id"]})
    still = reasons(tied(house), Why.DRAFT)
    assert still
    house.clock = Later()
    sync(house)
    done = tied(house)
    assert done.open == ()
    invoices = reasons(done, Why.DRAFT)
    gone = [one.amount for one in still if one not in invoices]
    assert [one.amount for one in reasons(done, Why.DELETED)] == gone


def test_what_changed_since_the_last_sync_waits_and_then_ties(house, both):
    set_up(house, both)
    sync(house)
    entries = [row for row in house.exported(NAME) if row.kind == "journal_entry"]
    booked = [row.sources[0] for row in entries if row.sources and row.total > 0]
    tell(both, "void_order", booked[0])
    tell(both, "refund_order", booked[1], closed=f"{CLOCK.now().date()}T00:00:01+00:00")
    before = tied(house)
    assert before.open == ()
    assert reasons(before, Why.WAITING)
    sync(house)
    after = tied(house)
    assert after.open == ()
    assert {one.why for row in after.rows for one in row.reasons} == {Why.HELD, Why.DRAFT}


def test_an_order_that_vanished_at_the_till(house, both):
    set_up(house, both)
    sync(house)
    booked = next(row for row in house.exported(NAME) if row.sources and row.total > 0)
    tell(both, "remove_order", booked.sources[0])
    assert {one.number for one in reasons(tied(house), Why.GONE)} == {booked.number}


def test_a_document_that_is_there_twice_is_left_unexplained(house, both):
    set_up(house, both)
    sync(house)
    twice = both.control("payday", "state/journal")[0]
    entry = {key: twice[key] for key in ("date", "description", "status", "lines")}
    both.control("payday", "person", {"action": "add_journal", "entry": entry})
    done = tied(house)
    assert done.open
    assert {one.why for row in done.open for one in row.reasons} >= {Why.UNKNOWN_MARK}


def test_an_account_chosen_later(house, both):
    set_up(house, both)
    sync(house)
    row = house.bridge(NAME)
    methods = dict(row.mappings["payment_methods"])
    cash = next(key for key, value in methods.items() if value == code_of(both, "3420"))
    methods[cash] = code_of(both, "3450")
    from bridge_gui.store import bridges

    with house.database.write() as connection:
        bridges.change_bridge(connection, row.id, mappings={"payment_methods": methods})
    done = tied(house)
    assert done.open == ()
    assert reasons(done, Why.EARLIER_SETTINGS)


def test_a_part_of_the_time(house, both):
    set_up(house, both)
    sync(house)
    day = first_day() + timedelta(days=1)
    done = tied(house, day, day)
    assert {row.day for row in done.rows} == {day}
    whole = tied(house)
    assert list(map(plainly, (row for row in whole.rows if row.day == day))) == [*map(plainly, done.rows)]
    earlier = tied(house, first_day() - timedelta(days=2), first_day() - timedelta(days=1))
    assert {one.why for row in earlier.rows for one in row.reasons} == {Why.SKIPPED}
    with pytest.raises(SetupError) as caught:
        tied(house, day, first_day())
    assert caught.value.code == "tieout.period"


def person(both, action, **sent):
    return both.control("payday", "person", {"action": action, **sent})


def drafts(both):
    return [one for one in both.control("payday", "state/invoices") if one["status"] == "DRAFT"]


def kinds(done):
    return {one.why for row in done.rows for one in row.reasons}


def test_sales_on_account_from_draft_to_paid(house, both):
    both.switch("payday", pending_seconds=0)
    set_up(house, both, split_orders="pro_rata")
    sync(house)
    done = tied(house)
    assert kinds(done) == {Why.DRAFT, Why.HELD}
    assert done.open == ()
    sent = drafts(both)
    for one in sent:
        person(both, "send_invoice", id=one["id"])
    house.clock = Later()
    sync(house)
    done = tied(house)
    assert done.open == ()
    assert kinds(done) <= {Why.OTHER_DAY, Why.HELD}
    person(both, "pay_invoice", id=sent[0]["id"])
    paid = tied(house)
    assert [row for row in paid.rows if not row.explained] == []
    assert kinds(paid) <= {Why.OTHER_DAY, Why.HELD}
    person(both, "cancel_invoice", id=sent[-1]["id"])
    assert Why.EDITED in kinds(tied(house))
    sync(house)
    after = tied(house)
    assert after.open == ()
    assert Why.DELETED in kinds(after)


def test_an_invoice_that_a_person_changed_before_sending_it(house, both):
    both.switch("payday", pending_seconds=0)
    set_up(house, both)
    sync(house)
    draft = drafts(both)[0]
    more = {
        "description": "Afgreitt af borði",
        "quantity": 1,
        "unitPriceIncludingVat": 1110,
        "vatPercentage": 11,
    }
    person(both, "edit_invoice", id=draft["id"], add_lines=[more])
    person(both, "send_invoice", id=draft["id"])
    house.clock = Later()
    sync(house)
    done = tied(house)
    assert done.open == ()
    assert {one.amount for one in reasons(done, Why.EDITED)} == {Decimal(1110)}
    assert len(reasons(done, Why.EDITED)) == 2
