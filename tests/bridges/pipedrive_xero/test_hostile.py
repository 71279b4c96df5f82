"""What could book twice, lose, or be wrong by a cent: people, crashes and odd figures at both vendors."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.bridges.pipedrive_xero import SPEC
from bridge_gui.sandbox.consultancy import CLIENTS
from bridge_gui.sync.actions import How, Wanted
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Query
from bridge_gui.web.waiting import never
from tests.bridges.pipedrive_xero.office import NAME, office


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def act(at_work, action, subject, answers=None, *, request="r1"):
    """One order, as the window gives it."""
    form = at_work.house.begin(NAME, action, subject, never())
    if hasattr(form, "how"):
        return form
    wanted = Wanted(request=request, subject=subject, answers=answers or {}, form=form, confirmed=True)
    return at_work.house.act(NAME, action, [wanted], never(), nobody)[0]


def deal_named(at_work, title):
    return next(row for row in at_work.house.panel_rows(NAME, "deals", Query(text=title), never()).rows)


def invoices(at_work):
    return {row.source_number: row for row in at_work.documents()}


def won(at_work, title, *lines, client=6, currency="EUR"):
    """A deal that was just won."""
    told = {"title": title, "org_id": client, "person_id": client, "currency": currency, "status": "won"}
    made = at_work.person("pipedrive", "add_deal", deal=told, lines=list(lines))
    at_work.person("pipedrive", "win_deal", id=made["id"])
    return made


def living(at_work):
    """Our invoices at Xero that are not deleted or voided."""
    rows = at_work.control("xero", "documents")
    return [row for row in rows if row["kind"] == "invoice" and row["living"] and "pd-" in str(row["texts"])]


def test_a_currency_without_cents_comes_to_what_xero_makes_of_it(at_work):
    at_work.person("xero", "add_currency", code="ISK")
    line = {"product_id": 2, "quantity": 1, "item_price": 999, "tax": 25.5}
    won(at_work, "Íslensk ráðgjöf", line, line, line, currency="ISK")
    at_work.set_up()
    at_work.sync()
    made = invoices(at_work)["Íslensk ráðgjöf"]
    assert (made.total, made.state) == (Decimal("3761.25"), "draft")
    assert "bill.total_differs" not in {row.code for row in at_work.house.attention(NAME)}


def test_an_invoice_dated_back_by_a_person_is_taken_over_in_a_new_folder(at_work, tmp_path):
    at_work.set_up()
    at_work.sync()
    before = len(living(at_work))
    for row in at_work.documents():
        at_work.person("xero", "edit_invoice", id=row.target_id, changes={"Date": "2026-09-30"})
    with office(tmp_path / "other", at_work.host) as other:
        other.set_up()
        other.sync()
        other.pass_time(minutes=5)
        other.sync()
        assert len(living(other)) == before


def test_a_payment_that_comes_while_an_invoice_is_voided_ends_in_words(at_work):
    at_work.set_up(save_as="approve")
    at_work.sync()
    row = invoices(at_work)["Vanha hanke"]
    at_work.person("xero", "pay_invoice", id=row.target_id, amount=10)
    at_work.pass_time(minutes=10)
    at_work.sync()
    form = at_work.house.begin(NAME, "void", row.number, never())
    at_work.person("xero", "pay_invoice", id=row.target_id, amount=20)
    wanted = Wanted(request="v", subject=row.number, answers={}, form=form, confirmed=True)
    told = at_work.house.act(NAME, "void", [wanted], never(), nobody)[0]
    assert (told.how, told.code) == (How.ASKED, "bill.paid_again"), told
    for _ in range(2):
        at_work.pass_time(minutes=10)
        at_work.sync()
    assert invoices(at_work)["Vanha hanke"].state == "partly_paid"


def test_a_credited_invoice_keeps_its_payments_when_it_cannot_be_voided(at_work):
    at_work.set_up(save_as="approve")
    at_work.sync()
    row = invoices(at_work)["Vanha hanke"]
    at_work.person("xero", "pay_invoice", id=row.target_id, amount=10)
    at_work.person("xero", "credit_invoice", id=row.target_id, amount=20)
    at_work.pass_time(minutes=10)
    at_work.sync()
    told = act(at_work, "void", row.number)
    assert (told.how, told.code) == (How.REFUSED, "bill.credited"), told


def test_a_contact_that_was_never_linked_is_let_go_at_once(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    told = act(at_work, "disconnect_contact", deal_named(at_work, "Vanha hanke").id)
    assert told.how is How.DONE, told


def test_an_order_and_the_automatic_invoice_of_one_deal_are_one(at_work):
    at_work.set_up()
    deal = deal_named(at_work, "Vanha hanke")
    told = act(at_work, "create_invoice", deal.id)
    assert told.how is How.DONE, told
    at_work.sync()
    assert len([row for row in living(at_work) if f"/{deal.id}/" in str(row["texts"])]) == 1


def test_two_orders_for_one_deal_are_two_only_one_after_the_other(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    deal = deal_named(at_work, "Vanha hanke")
    form = at_work.house.begin(NAME, "create_invoice", deal.id, never())
    two = [Wanted(request=f"q{n}", subject=deal.id, form=form) for n in (1, 2)]
    told = at_work.house.act(NAME, "create_invoice", two, never(), nobody)
    assert [one.how for one in told] == [How.DONE, How.REFUSED], told
    assert len([row for row in living(at_work) if f"/{deal.id}/" in str(row["texts"])]) == 1


def test_one_that_cannot_go_holds_up_nobody_in_its_batch(at_work):
    for n in range(5):
        won(at_work, f"Sarja {n}", {"product_id": 2, "quantity": 1})
    won(at_work, "Pitkä", {"product_id": 2, "quantity": 1, "comments": "x" * 4100})
    at_work.set_up()
    at_work.control("xero", "requests")
    at_work.sync()
    made = invoices(at_work)
    assert {f"Sarja {n}" for n in range(5)} <= {name for name, row in made.items() if row.target_id}
    counts = at_work.control("xero", "requests")["counts"]
    assert counts["PUT /api.xro/2.0/Invoices"] <= 4
    assert "xero.line_text" in {row.code for row in at_work.house.attention(NAME)}


def test_a_company_with_another_tax_number_is_another_customer(at_work):
    """An office that keeps the books of several companies has one e-mail address for all of them."""
    place = SPEC.demo["settings.tax_number"]
    at_work.set_up(tax_number=place)
    at_work.sync()
    client, code = CLIENTS[5], place.partition(":")[2]
    assert client.vat
    told = {"name": "Aivan toinen Oy", "custom_fields": {code: "FI99999999"}}
    other = at_work.person("pipedrive", "add_organization", organization=told)
    emails = [{"value": client.email, "primary": True, "label": "work"}]
    person = at_work.person("pipedrive", "add_person", person={"name": "Tili Toimisto", "emails": emails})
    deal = {"title": "Uusi asiakas", "org_id": other["id"], "person_id": person["id"], "currency": "EUR"}
    made = at_work.person("pipedrive", "add_deal", deal=deal, lines=[{"product_id": 2}])
    at_work.person("pipedrive", "win_deal", id=made["id"])
    at_work.sync()
    rows = invoices(at_work)
    assert rows["Uusi asiakas"].target_id, at_work.house.attention(NAME)
    customers = {name: at_work.contact(row.target_id) for name, row in rows.items()}
    assert customers["Uusi asiakas"] != customers["Varaston inventointi"]


def test_an_archived_contact_is_said_and_mended(at_work):
    at_work.set_up(save_as="approve")
    at_work.sync()
    contact = at_work.contact(invoices(at_work)["Varaston inventointi"].target_id)
    at_work.person("xero", "archive_contact", id=contact)
    won(at_work, "Toinen", {"product_id": 2, "quantity": 1})
    at_work.sync()
    (asked,) = [one for one in at_work.house.attention(NAME) if one.code.startswith("xero.")]
    assert asked.code == "xero.contact_archived"
    at_work.person("xero", "restore_contact", id=contact)
    at_work.house.answer(NAME, asked.id, "try_again")
    at_work.sync()
    assert invoices(at_work)["Toinen"].state == "awaiting_payment"


def test_a_clock_that_runs_hours_ahead_loses_nothing(at_work):
    ahead = timedelta(hours=5)
    at_work.clock.by = ahead
    at_work.set_up(save_as="approve")
    at_work.sync()
    at_work.pass_time(minutes=10, ours_ahead=ahead)
    at_work.sync()
    at_work.person("xero", "pay_invoice", id=invoices(at_work)["Vanha hanke"].target_id)
    won(at_work, "Myöhemmin", {"product_id": 2, "quantity": 1})
    at_work.pass_time(minutes=10, ours_ahead=ahead)
    at_work.sync()
    rows = invoices(at_work)
    assert (rows["Vanha hanke"].state, rows["Myöhemmin"].state) == ("paid", "awaiting_payment")


def test_a_run_with_nothing_new_costs_few_calls(at_work):
    """Open deals are told of when they change; they are not read again and again."""
    for n in range(120):
        at_work.person("pipedrive", "add_deal", deal={"title": f"Avoin {n}", "org_id": 1, "currency": "EUR"})
    at_work.set_up()
    at_work.sync()
    at_work.sync()
    run = at_work.sync()
    assert run.written == 0
    assert run.calls["pipedrive"] <= 16, run.calls
    assert run.calls["xero"] <= 8, run.calls
