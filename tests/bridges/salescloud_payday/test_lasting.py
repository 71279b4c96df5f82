"""What a run has learnt lasts: an invoice issued by mistake stops every run, a closed period stays known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.bridges.salescloud_payday.cafe import NAME, SHIRT, cafe
from tests.bridges.salescloud_payday.test_on_account import OTHER, SHIRTS, SOUPS
from tests.office_hours import CLOCK


@pytest.fixture
def shop(tmp_path):
    with cafe(tmp_path) as one:
        yield one


def held(shop, code):
    return [row for row in shop.house.attention(NAME) if row.code == code]


def test_an_issued_invoice_stops_every_run_until_a_person_has_seen_to_it(shop):
    shop.both.switch("payday", issue_drafts=True)
    shop.set_up()
    shop.sell()
    shop.sell(buyer=OTHER, lines=(SHIRT,))
    assert shop.sync(outcome="failed").code == "payday.issued_not_draft"
    for _ in range(2):
        assert shop.sync(outcome="failed").code == "payday.issued_not_draft"
    (invoice,) = shop.invoices()
    (stopped,) = held(shop, "payday.issued_not_draft")
    assert (stopped.id, stopped.choices) == (f"bridge:{NAME}", ("seen",))
    assert stopped.params["target"] == invoice["id"]
    shop.both.switch("payday", issue_drafts=False)
    shop.house.answer(NAME, stopped.id, "seen")
    assert held(shop, "payday.issued_not_draft") == []
    shop.sync()
    assert (shop.lines("SENT"), shop.lines("DRAFT")) == ({SOUPS: 1}, {SHIRTS: 1})
    assert shop.waiting() == {}


def test_it_stops_even_where_the_first_run_was_killed_before_it_could_say_so(shop, monkeypatch):
    from bridge_gui.sync import deliver

    shop.both.switch("payday", issue_drafts=True)
    shop.set_up()
    shop.sell()

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(deliver, "finish", die)
        with pytest.raises(KeyboardInterrupt):
            shop.sync()
    shop.sell(buyer=OTHER)
    assert shop.sync(outcome="failed").code == "payday.issued_not_draft"
    assert len(shop.invoices()) == 1


def closing(shop, until: date, **switches):
    shop.both.switch("payday", locked_until=until.isoformat(), **switches)


def test_a_closed_period_learnt_from_a_refusal_is_asked_about_before_the_next_is_sent(shop):
    shop.clock.by = timedelta(0)
    today = CLOCK.now().date()
    first = today - timedelta(days=2)
    closing(shop, first)
    shop.set_up(first=first)
    shop.sync(ahead=0)
    count = len(held(shop, "period.closed"))
    assert count
    late = shop.sell(("Kort (posi)", 4380), day=first)
    before = refusals(shop)
    shop.sync(ahead=0)
    assert len(held(shop, "period.closed")) == count + 1
    assert refusals(shop) == before
    row = next(row for row in held(shop, "period.closed") if row.source_id == late["uuid"])
    assert row.choices == ("first_open_day", "wait", "open_again", "skip")

    shop.house.answer(NAME, row.id, "open_again")
    shop.sync(ahead=0)
    assert refusals(shop) == before + 1
    assert len(held(shop, "period.closed")) == count + 1

    closing(shop, date(2025, 12, 31))
    row = next(row for row in held(shop, "period.closed") if row.source_id == late["uuid"])
    shop.house.answer(NAME, row.id, "open_again")
    shop.sync(ahead=0)
    shop.sync(ahead=0)
    assert held(shop, "period.closed") == []


def refusals(shop):
    last = shop.both.control("payday", "requests?last=200")["last"]
    return sum(1 for one in last if one["status"] == 400)


def test_a_refused_invoice_is_understood_too(shop):
    shop.clock.by = timedelta(0)
    today = CLOCK.now().date()
    shop.set_up(first=today + timedelta(days=1))
    shop.clock.by = timedelta(days=2)
    closing(shop, today + timedelta(days=1), lock_drafts=True)
    shop.sell()
    shop.sell(lines=(SHIRT,), buyer=OTHER)
    shop.sync()
    assert len(held(shop, "period.closed")) == 2
    for row in held(shop, "period.closed"):
        shop.house.answer(NAME, row.id, "first_open_day")
    shop.sync()
    assert shop.lines("DRAFT") == {SOUPS: 1, SHIRTS: 1}
    days = {one["invoiceDate"][:10] for one in shop.invoices()}
    assert days == {(today + timedelta(days=2)).isoformat()}


def test_a_draft_of_a_period_closed_meanwhile_moves_on_with_its_next_sale(shop):
    shop.set_up()
    shop.sell()
    shop.sync()
    tomorrow = CLOCK.now().date() + timedelta(days=1)
    shop.clock.by += timedelta(days=3)
    closing(shop, tomorrow, lock_drafts=True)
    shop.sell(lines=(SHIRT,), day=tomorrow + timedelta(days=2))
    shop.sync()
    assert shop.waiting() == {}
    assert shop.lines("DRAFT") == {SOUPS: 1, SHIRTS: 1}
    (draft,) = shop.invoices("DRAFT")
    assert draft["invoiceDate"][:10] > tomorrow.isoformat()


def test_a_change_on_a_draft_of_a_closed_period_moves_it_out(shop):
    shop.set_up()
    order = shop.sell(lines=(SHIRT,))
    shop.sell()
    shop.sync()
    tomorrow = CLOCK.now().date() + timedelta(days=1)
    shop.clock.by += timedelta(days=3)
    closing(shop, tomorrow, lock_drafts=True)
    shop.till("void_order", uuid=order["uuid"])
    for _ in range(3):
        shop.clock.by += timedelta(seconds=200)
        shop.house.sync(NAME, *_quietly())
    assert (shop.waiting(), shop.lines("DRAFT")) == ({}, {SOUPS: 1})


def _quietly():
    from bridge_gui.sync.events import nobody
    from bridge_gui.web.waiting import never

    return never(), nobody
