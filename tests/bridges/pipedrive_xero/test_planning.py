"""One invoice for one deal, and nothing behind a person's back."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.billing import BillContact, BillingRules
from bridge_gui.accounting.deals import DealState, Holder
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.bridges.pipedrive_xero.billing import asked_for
from bridge_gui.bridges.pipedrive_xero.customers import decide, differing
from bridge_gui.bridges.pipedrive_xero.planning import ANYWAY, LEAVE, plan_offer
from bridge_gui.bridges.pipedrive_xero.steps import EnsureCustomer, MakeBill, RefreshCustomer
from bridge_gui.errors import CannotMap
from bridge_gui.sync.flow import Absent, Found, Held, Known, LinkView, Several, Skip
from tests.bridges.pipedrive_xero.deals_at_hand import line, offer, rules


def known(step: MakeBill, state: DocumentState = DocumentState.DRAFT, answer: str | None = None) -> Known:
    link = LinkView(
        kind="invoice", source_id="42", ordinal=1, target=Ref(id="x1", number="INV-1"), state=state,
        source_content=step.source_content,
    )  # fmt: skip
    return Known(links=(link,), answer=answer)


def test_a_deal_that_was_won_becomes_one_invoice_with_its_customer_before_it():
    customer, bill = plan_offer(offer(line("100")), Known(), rules())
    assert isinstance(customer, EnsureCustomer)
    assert customer.ensures
    assert customer.contact == BillContact(
        name="Lumi Esimerkki Oy", number="pd-7f3a-org-9", email="anna@lumi.example", tax_number="FI01234567",
        street="Koivutie 1", city="Helsinki",
    )  # fmt: skip
    assert isinstance(bill, MakeBill)
    assert bill.needs == (customer.link,)
    assert bill.total == bill.bill.totals.total


def test_contacts_are_brought_up_to_date_only_if_wanted():
    steps = plan_offer(offer(line("100")), Known(), rules(update_contacts="yes"))
    assert [type(step) for step in steps] == [EnsureCustomer, RefreshCustomer, MakeBill]


@pytest.mark.parametrize("state", [DealState.OPEN, DealState.LOST, DealState.DELETED])
def test_a_deal_that_was_not_won_is_left_alone(state):
    assert isinstance(plan_offer(offer(line("1"), state=state), Known(), rules()), Skip)


def test_once_made_it_is_not_made_again():
    made = plan_offer(offer(line("100")), Known(), rules())[1]
    assert plan_offer(offer(line("100")), known(made), rules()) == []


def test_a_deal_changed_afterwards_is_asked_about_and_the_answer_holds():
    made = plan_offer(offer(line("100")), Known(), rules())[1]
    asked = plan_offer(offer(line("90")), known(made), rules())
    assert isinstance(asked, Held)
    assert (asked.code, asked.choices) == ("deal.changed", (LEAVE,))
    assert plan_offer(offer(line("90")), known(made, answer=LEAVE), rules()) == []


@pytest.mark.parametrize("state", [DocumentState.VOIDED, DocumentState.DELETED])
def test_an_invoice_that_a_person_took_away_is_not_made_again(state):
    made = plan_offer(offer(line("100")), Known(), rules())[1]
    assert plan_offer(offer(line("90")), known(made, state), rules()) == []


def test_a_deal_reopened_after_its_invoice_asks_nothing():
    made = plan_offer(offer(line("100")), Known(), rules())[1]
    assert plan_offer(offer(state=DealState.OPEN), known(made), rules()) == []


def test_a_locked_period_holds_the_deal_before_anything_is_sent():
    books = BillingRules(base_currency="EUR", currencies=("EUR",), locked_until=date(2026, 3, 31))
    with pytest.raises(CannotMap) as caught:
        plan_offer(offer(line("1")), Known(), rules(books))
    assert caught.value.code == "books.locked"


def test_who_may_not_approve_is_told_before_anything_is_sent():
    books = BillingRules(base_currency="EUR", currencies=("EUR",), may_approve=False)
    with pytest.raises(CannotMap) as caught:
        plan_offer(offer(line("1")), Known(), rules(books, save_as="approve"))
    assert caught.value.code == "books.may_not_approve"


WANTED = BillContact(name="Lumi Oy", email="a@lumi.example", tax_number="FI01", number="pd-7f3a-org-9")
OTHER = BillContact(id="c1", name="Lumi Oy")


@pytest.mark.parametrize(
    ("hits", "kind", "ids"),
    [
        ([], Absent, []),
        ([OTHER], Several, ["c1"]),
        ([replace(OTHER, tax_number="fi 01")], Found, ["c1"]),
        ([replace(OTHER, email="A@Lumi.example", name="Lumi")], Found, ["c1"]),
        (
            [replace(OTHER, tax_number="FI01"), replace(OTHER, id="c2", email="a@lumi.example")],
            Several,
            ["c1", "c2"],
        ),
        ([replace(OTHER, number="pd-7f3a-org-9"), replace(OTHER, id="c2", tax_number="FI01")], Found, ["c1"]),
    ],
)
def test_a_customer_is_known_by_number_or_address_and_suggested_by_name(hits, kind, ids):
    found = decide(WANTED, hits)
    assert isinstance(found, kind)
    refs = found.refs if isinstance(found, Several) else [found.ref] if isinstance(found, Found) else []
    assert [ref.id for ref in refs] == ids


def test_only_what_the_sale_knows_and_the_books_say_otherwise_is_written():
    there = BillContact(id="c1", name="Lumi", email="old@lumi.example", tax_number="FI 01", city="Turku")
    assert differing(WANTED, there) == {"email": "a@lumi.example"}


def test_an_invoice_that_is_not_worth_what_the_deal_is_waits_for_a_word():
    """The CRM's own value is the check on discounts of which nobody documents how they add up."""
    differs = offer(line("100"), value="90")
    held = plan_offer(differs, Known(), rules())
    assert isinstance(held, Held)
    assert (held.code, held.params["total"], held.choices) == ("deal.total_differs", "125.5", (ANYWAY,))
    assert isinstance(plan_offer(differs, Known(answer=ANYWAY), rules()), list)
    assert isinstance(plan_offer(offer(line("100"), value="100"), Known(), rules()), list)
    year = offer(line("100", repeats="monthly"), value="1200", using=rules(repeating="one_period"))
    assert isinstance(plan_offer(year, Known(), rules(repeating="one_period")), list)


def test_only_fields_that_no_party_has_anyway_need_their_definitions():
    chosen = {"recipient": "organization:name", "address": "organization:address", "email": "person:emails"}
    assert asked_for(chosen) == frozenset()
    assert asked_for(chosen | {"tax_number": "organization:45bf"}) == {Holder.ORGANIZATION}
    assert asked_for({"recipient": "deal:title", "address": "person:postal_address"}) == {
        Holder.DEAL, Holder.PERSON,
    }  # fmt: skip
