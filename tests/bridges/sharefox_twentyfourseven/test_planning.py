"""From an invoice basis and what is known of its order to steps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.ordering import OrderStage
from bridge_gui.accounting.rentals import RentalState, RentalType, Renter
from bridge_gui.bridges.sharefox_twentyfourseven.planning import plan_invoice
from bridge_gui.bridges.sharefox_twentyfourseven.steps import AmendOrder, CompleteOrder, MakeOrder
from bridge_gui.errors import CannotMap
from bridge_gui.sync.flow import Held, Skip
from tests.bridges.sharefox_twentyfourseven.rented import (
    PERSON,
    RENTER,
    at_books,
    invoice,
    known,
    line,
    rules,
    wanted,
)

NEW = known(None, None)


def named(plan):
    assert isinstance(plan, list), plan
    return [step.name.partition(":")[0] for step in plan]


def test_a_new_invoice_is_one_order_after_all_it_needs():
    plan = plan_invoice(invoice(), NEW, rules())
    assert named(plan) == ["customer", "category", "product", "refresh", "order"]
    assert plan[3].link == plan[0].link, "what is said of a customer is about the customer, no document"
    assert not plan[3].creates
    made = plan[-1]
    assert isinstance(made, MakeOrder)
    assert made.mark == made.order.reference == "sf-abc123/5001/1"
    assert {need.kind for need in made.needs} == {"customer", "product"}
    assert (made.order.memo, made.order.days_to_pay) == ("Kontakt: Ola Eksempel", 14)
    assert made.order.lines[0].text == "Traktor (2026-02-03 - 2026-02-05)"
    assert made.total == Decimal(2500)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": RentalState.DRAFT}, "invoice.draft"),
        ({"state": RentalState.CANCELLED}, "invoice.cancelled"),
        ({"type": RentalType.PRINTED}, "invoice.other_type"),
        ({"method": "Kasse"}, "invoice.left_out"),
    ],
)
def test_what_is_left_out(changes, code):
    plan = plan_invoice(invoice(**changes), NEW, rules())
    assert isinstance(plan, Skip)
    assert plan.code == code


def test_printed_ones_are_taken_where_that_is_chosen():
    plan = plan_invoice(invoice(type=RentalType.PRINTED), NEW, rules(taken=RentalType.PRINTED))
    assert named(plan)[-1] == "order"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"gross": Decimal(-100)}, "invoice.negative"),
        ({"gross": Decimal("2500.01")}, "invoice.total_differs"),
        ({"customer": replace(RENTER, org_number="")}, "customer.numberless"),
        ({"customer": replace(RENTER, country="Sweden")}, "customer.foreign"),
        ({"customer": replace(RENTER, country="Ruritania")}, "customer.foreign"),
    ],
)
def test_what_waits_for_a_person(changes, code):
    plan = plan_invoice(invoice(**changes), NEW, rules())
    assert isinstance(plan, Held)
    assert plan.code == code


def test_a_word_lets_through_what_may_go_and_never_a_negative_one():
    odd = invoice(customer=replace(RENTER, org_number=""), gross=Decimal("2500.01"))
    assert named(plan_invoice(odd, known(None, None, "send_anyway"), rules()))[-1] == "order"
    negative = plan_invoice(invoice(gross=Decimal(-1)), known(None, None, "send_anyway"), rules())
    assert isinstance(negative, Held)
    told = rules(ask_number=False, ask_foreign=False)
    assert named(plan_invoice(invoice(customer=replace(RENTER, org_number="")), NEW, told))[-1] == "order"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"method": "Vipps"}, "invoice.method_unmapped"),
        ({"method": ""}, "invoice.method_unmapped"),
        ({"currency": "SEK"}, "invoice.currency"),
        ({"lines": ()}, "invoice.no_lines"),
        ({"lines": (line(rate=Decimal(14)),), "gross": None}, "line.rate_unmapped"),
        ({"lines": (line(rate=None),), "gross": None}, "line.no_rate"),
        ({"customer": Renter(first_name="Ærlig", last_name="Øst")}, "customer.nobody"),
    ],
)
def test_what_cannot_be_put_into_the_books_form(changes, code):
    with pytest.raises(CannotMap) as wrong:
        plan_invoice(invoice(**changes), NEW, rules())
    assert wrong.value.code == code


def test_what_was_paid_by_card_is_sent_as_paid_and_a_person_has_no_comment():
    made = plan_invoice(invoice(customer=PERSON, method="Kort"), NEW, rules())[-1]
    assert (made.order.method, made.order.memo, made.order.contact) == ("7", "", "")
    assert not made.order.customer.is_company


def test_an_order_is_never_billed_unless_that_is_switched_on():
    assert "invoice" not in named(plan_invoice(invoice(), NEW, rules()))
    assert named(plan_invoice(invoice(), NEW, rules(invoices=True)))[-1] == "invoice"


def test_what_was_to_be_billed_still_is_until_it_was():
    bills, one = rules(invoices=True), invoice()
    *_, made, bill = plan_invoice(one, NEW, bills)
    there = known(at_books(wanted(one)), one)
    due = replace(there, links=(replace(there.links[0], source_content=made.source_content),))
    assert named(plan_invoice(one, due, bills)) == ["invoice"]
    assert plan_invoice(one, due, rules()) == [], "switched off meanwhile"
    assert (
        plan_invoice(
            one, replace(due, links=(replace(due.links[0], source_content=bill.source_content),)), bills
        )
        == []
    )
    assert plan_invoice(one, there, bills) == [], "made while it was off"
    cheaper = invoice(line(price="1500"))
    assert named(plan_invoice(cheaper, due, bills))[-2:] == ["amend", "invoice"]


def test_what_a_person_has_changed_is_not_billed_without_asking():
    bills, one = rules(invoices=True), invoice()
    made = plan_invoice(one, NEW, bills)[-2]
    edited = known(replace(at_books(wanted(one)), total=Decimal(1)), one)
    due = replace(edited, links=(replace(edited.links[0], source_content=made.source_content),))
    assert isinstance(plan_invoice(one, due, bills), Held)
    assert plan_invoice(one, replace(due, answer="leave"), bills) == []


def test_an_order_cut_short_is_gone_on_with_and_a_whole_one_left_alone():
    one = invoice(line(), line("Levering", "300", first=None, last=None))
    draft = {"stage": OrderStage.DRAFT, "state": DocumentState.DRAFT}
    for lines in (0, 1, 2):
        plan = plan_invoice(one, known(at_books(wanted(one), lines=lines, **draft), None), rules())
        assert isinstance(plan[-1], CompleteOrder), lines
    assert plan_invoice(one, known(at_books(wanted(one)), None), rules()) == []
    assert plan_invoice(one, known(at_books(wanted(one)), one), rules()) == []


def test_a_cut_order_that_a_person_went_on_with_is_asked_about():
    one = invoice(line(), line("Levering", "300", first=None, last=None))
    there = at_books(wanted(one), lines=1)
    plan = plan_invoice(one, known(there, None), rules())
    assert isinstance(plan, Held)
    assert (plan.code, plan.choices) == ("order.changed_in_books", ("overwrite", "leave"))


def test_an_order_known_without_lines_is_judged_by_its_total():
    one = invoice()
    listed = at_books(wanted(one), whole=False)
    assert plan_invoice(one, known(replace(listed, lines=()), None), rules()) == []
    less = replace(listed, lines=(), total=Decimal(1))
    assert isinstance(plan_invoice(one, known(less, None), rules()), Held)


def test_a_changed_invoice_amends_an_order_nobody_touched():
    before, now = invoice(), invoice(line(price="1500"))
    plan = plan_invoice(now, known(at_books(wanted(before)), before), rules())
    assert isinstance(plan[-1], AmendOrder)
    assert plan[-1].order.totals.total == Decimal(1875)


def test_another_customer_amends_the_order_too():
    before, now = invoice(), invoice(customer=replace(RENTER, org_number="987 654 325"))
    plan = plan_invoice(now, known(at_books(wanted(before)), before), rules())
    assert isinstance(plan[-1], AmendOrder)


def test_a_billed_order_is_changed_by_nobody():
    before, now = invoice(), invoice(line(price="1500"))
    billed = at_books(wanted(before), state=DocumentState.PAID)
    for answer in (None, "overwrite", "send_anyway"):
        plan = plan_invoice(now, known(billed, before, answer), rules())
        assert isinstance(plan, Held)
        assert plan.code == "invoice.changed_late"
    assert plan_invoice(now, known(billed, before, "leave"), rules()) == []


def test_a_total_the_books_make_otherwise_is_shown_and_never_sent_again():
    one = invoice()
    odd = at_books(wanted(one), total=Decimal("2500.01"))
    plan = plan_invoice(one, known(odd, None), rules())
    assert isinstance(plan, Held)
    assert (plan.code, plan.params["seen"], plan.choices) == ("order.books_differ", "2500.01", ("leave",))


def test_an_order_left_in_the_middle_of_an_amendment_is_gone_on_with():
    before, now = invoice(), invoice(line(price="1500"))
    old, new = wanted(before), wanted(now)
    both = replace(old, lines=(*old.lines, *new.lines))
    plan = plan_invoice(now, known(at_books(both), before), rules())
    assert isinstance(plan[-1], AmendOrder)
    foreign = replace(old, lines=(*old.lines, replace(old.lines[0], text="Noe annet")))
    assert isinstance(plan_invoice(now, known(at_books(foreign), before), rules()), Held)
    without = replace(old, lines=())
    assert isinstance(plan_invoice(now, known(at_books(without), before), rules()), Held)
