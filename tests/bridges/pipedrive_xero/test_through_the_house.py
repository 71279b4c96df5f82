"""From deals to invoices and back, through the engine, over HTTP, against both imitated vendors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.store import bridges
from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.actions import How, Wanted, lines_in, lines_text
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Query
from bridge_gui.web.waiting import never
from tests.bridges.pipedrive_xero.office import NAME, office


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def act(at_work, action, subject, answers=None, *, confirmed=True, request="r1"):
    """One order, as the window gives it."""
    form = at_work.house.begin(NAME, action, subject, never())
    assert not hasattr(form, "how"), form
    wanted = Wanted(request=request, subject=subject, answers=answers or {}, form=form, confirmed=confirmed)
    return at_work.house.act(NAME, action, [wanted], never(), nobody)[0]


def invoices(at_work):
    return {row.source_number: row for row in at_work.documents()}


def test_deals_that_were_won_become_drafts_with_the_same_total_and_only_once(at_work):
    at_work.set_up()
    at_work.sync()
    made = invoices(at_work)
    assert {name: row.total for name, row in made.items()} == {
        "Kuukausipalvelu 2027": Decimal("1165.27"),
        "Varaston inventointi": Decimal("476.90"),
        "Vanha hanke": Decimal("119.23"),
    }
    assert {row.state for row in made.values()} == {"draft"}
    held = {row.code for row in at_work.house.attention(NAME)}
    assert held == {"product.unlinked", "deal.currency"}
    assert at_work.sync().written == len(made), "the notes on the deals"
    assert {row.state for row in at_work.documents("note")} == {"posted"}, (
        "a note that is there waits for nothing"
    )
    assert at_work.sync().written == 0


def test_what_xero_holds_ties_out_with_the_deals(at_work):
    at_work.set_up(save_as="approve")
    at_work.sync()
    tied = at_work.house.tie_out(NAME, None, None, never())
    assert tied.rows
    assert [row for row in tied.rows if not row.explained] == []
    assert sum(row.books for row in tied.rows if row.key == "Invoices EUR") >= Decimal("1761.40")


def test_an_invoice_made_from_a_deal_by_hand(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    deal = next(
        row for row in at_work.house.panel_rows(NAME, "deals", Query(text="Byggrådgivning"), never()).rows
    )
    form = at_work.house.begin(NAME, "create_invoice", deal.id, never())
    lines = lines_in(form.answers["lines"])
    unlinked = [line for line in lines if not line["item"]]
    assert unlinked
    wanted = Wanted(request="q", subject=deal.id, form=form)
    checked = at_work.house.check(NAME, "create_invoice", wanted, never())
    assert "line.unlinked" in {problem.code for problem in checked.problems}
    linked = lines_text({**line, "item": line["item"] or "PD-1002"} for line in lines)
    answers = {"lines": linked, "reference": "PO 4711", "contact": "new"}
    told = act(at_work, "create_invoice", deal.id, answers)
    assert told.how is How.DONE, told
    (row,) = at_work.documents()
    assert (row.state, row.total) == ("draft", checked.totals[-1].amount)
    again = act(at_work, "create_invoice", deal.id, answers)
    assert again.how is How.DONE, "the same order given twice is one"
    assert len(at_work.documents()) == 1
    form = at_work.house.begin(NAME, "create_invoice", deal.id, never())
    assert all(line["item"] for line in lines_in(form.answers["lines"])), "links are remembered"


def test_submitted_approved_paid_voided_each_followed(at_work):
    at_work.set_up()
    at_work.sync()
    subject = invoices(at_work)["Vanha hanke"].number
    assert act(at_work, "submit", subject, request="a").state == DocumentState.AWAITING_APPROVAL.value
    told = act(at_work, "approve", subject, request="b")
    assert told.state == DocumentState.AWAITING_PAYMENT.value
    assert act(at_work, "email", subject, request="c").how is How.DONE
    at_work.person("xero", "pay_invoice", id=at_work.target(told.number))
    at_work.pass_time(minutes=10)
    at_work.sync()
    row = invoices(at_work)["Vanha hanke"]
    assert row.state == DocumentState.PAID.value
    refused = at_work.house.begin(NAME, "void", subject, never())
    assert refused.kept["payments"]
    told = act(at_work, "void", subject, request="d")
    assert (told.how, told.state) == (How.DONE, DocumentState.VOIDED.value), told


def test_the_pdf_and_the_page_in_xero(at_work):
    at_work.set_up()
    at_work.sync()
    subject = invoices(at_work)["Vanha hanke"].number
    told = act(at_work, "pdf", subject)
    assert told.file.content.startswith(b"%PDF")
    assert act(at_work, "open", subject).address.startswith("https://go.xero.com/")


def listed(at_work, bill):
    """How one of all invoices is shown: its state, and the deal it belongs to."""
    rows = at_work.house.panel_rows(NAME, "invoices", Query(), never()).rows
    return next((row.state, row.values["deal"]) for row in rows if row.id == bill)


def test_an_outside_invoice_is_attached_followed_and_taken_off_again(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    rows = at_work.house.panel_rows(NAME, "invoices", Query(), never()).rows
    outside = next(row for row in rows if row.state == "awaiting_payment")
    nowhere = act(at_work, "attach", outside.id, {"deal": "999999"}, request="nowhere")
    assert [(one.code, one.at) for one in nowhere.problems] == [("deal.unknown", "deal")]
    assert at_work.documents("outside_invoice") == []
    told = act(at_work, "attach", outside.id, {"deal": "1"})
    assert told.how is How.DONE, told
    (row,) = at_work.documents("outside_invoice")
    assert (row.state, row.total) == ("awaiting_payment", outside.values["total"])
    assert (row.source_number or row.number) == outside.values["number"], "by its own number, not the deal's"
    assert listed(at_work, outside.id) == ("attached", "1")
    told = act(at_work, "detach", row.number, request="r2")
    assert told.how is How.DONE, told
    assert at_work.documents("outside_invoice") == []
    assert listed(at_work, outside.id) == ("awaiting_payment", "")


def test_a_preview_shows_what_would_go_and_sends_nothing(at_work):
    at_work.set_up()
    preview = at_work.house.preview(NAME, never(), nobody)
    shown = {document.number: document for document in preview.documents if document.kind == "invoice"}
    assert shown["Vanha hanke"].total == Decimal("119.23")
    assert [rate for rate, _net, _tax in shown["Vanha hanke"].tax] == [Decimal("25.5")]
    assert at_work.house.documents(DocumentFilter(bridge=NAME), 0, 10) == []


def test_a_deal_shows_its_invoices_and_its_contact_can_be_let_go(at_work):
    at_work.set_up()
    at_work.sync()
    deal = next(
        row for row in at_work.house.panel_rows(NAME, "deals", Query(text="Vanha hanke"), never()).rows
    )
    detail = at_work.house.panel_detail(NAME, "deals", deal.id, never())
    (invoice,) = [one for one in detail.documents if one.kind == "invoice"]
    assert (invoice.state, invoice.amount, bool(invoice.url)) == ("draft", Decimal("119.23"), True)
    assert detail.lines
    told = act(at_work, "disconnect_contact", deal.id)
    assert told.how is How.DONE, told
    at_work.sync()
    assert len(at_work.documents()) == 3, "the invoice is still there, and nothing is made anew"


def deal_titled(at_work, title):
    (row,) = at_work.house.panel_rows(NAME, "deals", Query(text=title), never()).rows
    return row.id


def organization(at_work, deal):
    return at_work.person("pipedrive", "edit_deal", id=int(deal), changes={})["org_id"]


def change(at_work, **settings):
    """Other settings, kept without asking anybody."""
    with at_work.house.database.write() as connection:
        row = bridges.bridge_named(connection, NAME)
        bridges.change_bridge(connection, row.id, settings={**row.settings, **settings})


def test_the_contact_a_person_chose_is_remembered_until_it_is_disconnected(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    deal = deal_titled(at_work, "Vanha hanke")
    form = at_work.house.begin(NAME, "create_invoice", deal, never())
    other = at_work.person("xero", "add_contact", contact={"Name": "Laskutus Muualla Oy"})["ContactID"]
    assert form.answers["contact"] not in ("", other)
    gone = act(
        at_work, "create_invoice", deal, {"contact": "00000000-0000-4000-8000-000000000000"}, request="gone"
    )
    assert {problem.code for problem in gone.problems} == {"contact.gone"}
    told = act(at_work, "create_invoice", deal, {"contact": other})
    assert told.how is How.DONE, told
    assert at_work.contact(at_work.target(told.number)) == other
    form = at_work.house.begin(NAME, "create_invoice", deal, never())
    assert form.answers["contact"] == other
    assert act(at_work, "disconnect_contact", deal, request="off").how is How.DONE
    form = at_work.house.begin(NAME, "create_invoice", deal, never())
    assert form.answers["contact"] != other


def test_the_contact_a_person_chose_is_billed_by_itself_too(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    deal = deal_titled(at_work, "Vanha hanke")
    other = at_work.person("xero", "add_contact", contact={"Name": "Laskutus Muualla Oy"})["ContactID"]
    first = act(at_work, "create_invoice", deal, {"contact": other})
    told = {
        "title": "Toinen hanke",
        "org_id": organization(at_work, deal),
        "currency": "EUR",
        "status": "won",
    }
    made = at_work.person("pipedrive", "add_deal", deal=told, lines=[{"product_id": 1}])
    at_work.person("pipedrive", "win_deal", id=made["id"])
    change(at_work, automatic="won")
    at_work.sync()
    billed = {row.source_number: at_work.contact(row.target_id) for row in at_work.documents()}
    assert first.number
    assert billed["Toinen hanke"] == other


def test_a_new_contact_asked_for_is_a_new_one_whoever_has_the_same_address(at_work):
    at_work.set_up()
    at_work.sync()
    deal = deal_titled(at_work, "Vanha hanke")
    before = at_work.contact(at_work.target(invoices(at_work)["Vanha hanke"].number))
    told = act(at_work, "create_invoice", deal, {"contact": "new", "name": "Vanha hanke, Turku"})
    assert told.how is How.DONE, told
    assert at_work.contact(at_work.target(told.number)) != before


def test_a_deal_without_products_begins_with_one_empty_line(at_work):
    at_work.set_up(automatic="no")
    at_work.sync()
    made = at_work.person("pipedrive", "add_deal", deal={"title": "Tyhjä kauppa", "currency": "EUR"})
    form = at_work.house.begin(NAME, "create_invoice", str(made["id"]), never())
    (line,) = lines_in(form.answers["lines"])
    assert (line["text"], line["quantity"], line["unit_price"]) == ("", "1", "")
    checked = at_work.house.check(
        NAME, "create_invoice", Wanted(request="q", subject=str(made["id"]), form=form), never()
    )
    assert {"lines.0.text", "lines.0.unit_price"} <= {problem.at for problem in checked.problems}
