"""One invoice for one invoice, and what becomes of either is followed or asked about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmDiscount, CrmInvoiceState, Person, SourceKind
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.selling import Applied, Payment, Sale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.billing import (
    LEAVE,
    OVERWRITE,
    VOID,
    billed_of,
    plan_billed,
)
from bridge_gui.bridges.highlevel_quickbooks.shown import shown_of, shown_payment
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    ChangeSale,
    EnsureCustomer,
    EnsureItem,
    MakeSale,
    PayInvoice,
    UnlinkPayment,
    VoidSale,
)
from bridge_gui.errors import CannotMap
from bridge_gui.sync.flow import Held, Known, LinkView, Skip
from tests.bridges.highlevel_quickbooks.at_hand import BRITISH, invoice, line, payment, rules

NOTHING = Known()
HOURS = line("100", "3", "20", text="Design hour")
SENT = invoice(HOURS, total="324", tax="54", discount=CrmDiscount(percent=Decimal(10)))


def plan(one, *payments, known=NOTHING, chosen=None):
    return plan_billed(billed_of(one, payments), known, chosen or rules())


def sale_at_books(step: MakeSale | ChangeSale, **changes) -> Sale:
    sale = step.sale
    kept = Sale(
        ref=Ref(id="145", number=sale.number), kind=SaleKind.INVOICE, state=DocumentState.AWAITING_PAYMENT,
        day=sale.day, due=sale.due, currency=sale.currency, treatment=sale.treatment, lines=sale.lines,
        discount=sale.discount, total=sale.totals.total, tax=sale.totals.tax, remaining=sale.totals.total,
        memo=sale.memo,
    )  # fmt: skip
    return replace(kept, **changes)


def linked(made: MakeSale, *paid: PayInvoice, answer: str | None = None, forget=False, **changes) -> Known:
    books = sale_at_books(made, **changes)
    link = LinkView(
        kind="invoice", source_id=SENT.id, ordinal=1, state=books.state, target=books.ref,
        source_content=None if forget else made.source_content, target_content=shown_of(books),
    )  # fmt: skip
    pays = [
        LinkView(
            kind="payment", source_id=SENT.id, ordinal=one.link.ordinal, state=DocumentState.POSTED,
            target=Ref(id=f"payment-{n}"), source_content=None if forget else one.source_content,
            target_content=_shown(one),
        )
        for n, one in enumerate(paid)
    ]  # fmt: skip
    return Known(links=(link, *pays), answer=answer)


def _shown(step: PayInvoice) -> bytes:
    return shown_payment(
        Payment(
            id="9", version="0", contact="58", day=step.payment.day, amount=step.payment.amount,
            applied=(Applied(invoice="145", amount=step.payment.amount),),
        ),
        "145",
    )  # fmt: skip


def made() -> MakeSale:
    return plan(SENT)[1]


def of_invoice(amount: str, **more):
    return payment(amount, source=SourceKind.INVOICE, order="", invoice=SENT.id, **more)


def test_marked_sent_it_becomes_an_invoice_of_the_same_total():
    customer, bill = plan(SENT)
    assert isinstance(customer, EnsureCustomer)
    assert isinstance(bill, MakeSale)
    sale = bill.sale
    assert (sale.number, sale.day, sale.due) == ("INV-1009", date(2026, 11, 20), date(2026, 12, 4))
    assert (sale.totals.net, sale.totals.tax, sale.totals.total) == (Decimal(270), Decimal(54), Decimal(324))
    assert (sale.discount, sale.lines[0].item) == (Decimal("30.00"), "20")


def test_books_that_number_themselves_get_no_number():
    assert plan(SENT, chosen=rules(replace(BRITISH, own_numbers=False)))[1].sale.number == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"live": False}, "invoice.test"),
        ({"state": CrmInvoiceState.DRAFT}, "invoice.draft"),
        ({"state": CrmInvoiceState.VOIDED}, "invoice.voided"),
        ({"state": CrmInvoiceState.DELETED}, "invoice.deleted_before"),
        ({"total": Decimal(0)}, "invoice.zero"),
    ],
)
def test_what_is_not_sent_or_nothing_is_left_out(changes, code):
    out = plan(replace(SENT, **changes))
    assert isinstance(out, Skip)
    assert out.code == code


def test_what_highlevel_s_own_link_has_sent_is_left_out():
    assert plan(SENT, of_invoice("324", booked=True)).code == "invoice.booked_by_highlevel"


def test_once_made_and_not_changed_nothing_follows():
    assert plan(SENT, known=linked(made())) == []


def test_a_further_discount_rewrites_it():
    cheaper = replace(SENT, discount=CrmDiscount(percent=Decimal(20)), total=Decimal(288), tax=Decimal(48))
    steps = plan(cheaper, known=linked(made()))
    assert [type(step) for step in steps] == [ChangeSale]
    change = steps[0]
    assert (change.sale.totals.total, change.sale.discount) == (Decimal(288), Decimal("60.00"))
    assert change.planned_on
    assert not change.creates
    assert plan(cheaper, known=linked(change)) == []


def test_one_that_a_person_changed_at_the_books_is_asked_about():
    cheaper = replace(SENT, discount=CrmDiscount(percent=Decimal(20)), total=Decimal(288), tax=Decimal(48))
    known = linked(made(), total=Decimal(300))
    asked = plan(cheaper, known=known)
    assert isinstance(asked, Held)
    assert (asked.code, asked.choices) == ("invoice.changed_in_books", (OVERWRITE, LEAVE))
    assert plan(cheaper, known=replace(known, answer=LEAVE)) == []
    assert [type(one) for one in plan(cheaper, known=replace(known, answer=OVERWRITE))] == [ChangeSale]


BERTA = Person(id="b2Example", name="Berta Example", email="berta@studio.example")


def test_another_customer_at_the_crm_takes_it_over_while_nothing_is_paid():
    steps = plan(replace(SENT, person=BERTA), known=linked(made()))
    assert [type(step) for step in steps] == [EnsureCustomer, ChangeSale]
    customer, change = steps
    assert change.moves
    assert customer.link in change.needs
    assert change.sale.email == BERTA.email
    assert plan(replace(SENT, person=BERTA), known=linked(change)) == []


@pytest.mark.parametrize("money", [{"remaining": Decimal(1)}, {"payments": ("311",)}])
def test_with_money_on_it_another_customer_is_for_a_person(money):
    known = linked(made(), **money)
    asked = plan(replace(SENT, person=BERTA), known=known)
    assert isinstance(asked, Held)
    assert (asked.code, asked.choices) == ("invoice.customer_changed", (LEAVE,))
    assert asked.params["customer"] == "Berta Example"
    assert plan(replace(SENT, person=BERTA), known=replace(known, answer=LEAVE)) == []


def test_contacts_that_were_merged_at_the_crm_are_one_customer_at_the_books():
    merged = replace(SENT, person=replace(SENT.person, id="merged", email=SENT.person.email.upper()))
    assert not any(getattr(step, "moves", False) for step in plan(merged, known=linked(made())))
    assert plan(merged, known=linked(made(), remaining=Decimal(0), payments=("311",))) == []


def test_another_address_of_the_same_customer_goes_onto_an_open_invoice():
    elsewhere = replace(SENT, person=replace(SENT.person, email="new@studio.example"))
    (change,) = plan(elsewhere, known=linked(made()))
    assert (change.sale.email, change.moves) == ("new@studio.example", False)
    assert plan(elsewhere, known=linked(made(), remaining=Decimal(0))) == []


def test_an_edited_invoice_has_the_item_made_that_it_needs_now():
    cheaper = replace(SENT, discount=CrmDiscount(percent=Decimal(20)), total=Decimal(288), tax=Decimal(48))
    steps = plan(cheaper, known=linked(made()), chosen=replace(rules(), items={}))
    assert [type(step) for step in steps] == [EnsureItem, ChangeSale]
    assert steps[0].link in steps[1].needs


def test_one_changed_at_the_books_alone_is_left_as_it_is():
    assert plan(SENT, known=linked(made(), total=Decimal(300))) == []


def test_taken_over_by_its_mark_it_is_compared_with_what_is_there():
    assert plan(SENT, known=linked(made(), forget=True)) == []
    assert isinstance(plan(SENT, known=linked(made(), forget=True, total=Decimal(1))), Held)


def test_it_cannot_become_less_than_what_was_paid():
    small = invoice(line("10", rate="20"), total="12", tax="2")
    with pytest.raises(CannotMap) as caught:
        plan(small, known=linked(made(), remaining=Decimal(100)))
    assert caught.value.code == "invoice.below_paid"


def test_a_payment_goes_on_the_invoice_with_its_method():
    paid = replace(SENT, paid=Decimal(324), state=CrmInvoiceState.PAID)
    steps = plan(paid, of_invoice("324"), known=linked(made()))
    assert [type(step) for step in steps] == [PayInvoice]
    new = steps[0].payment
    assert (new.amount, new.day, new.method, new.deposit) == (Decimal(324), date(2026, 11, 20), "3", "35")
    assert plan(paid, of_invoice("324"), known=linked(made(), *steps)) == []
    assert plan(paid, of_invoice("324"), known=linked(made(), *steps, forget=True)) == []


def test_it_may_be_paid_in_parts_some_of_which_the_crm_lists_nowhere():
    part = replace(SENT, paid=Decimal(100), state=CrmInvoiceState.PARTLY_PAID)
    first = plan(part, of_invoice("100", id="a"), known=linked(made()))
    whole = replace(SENT, paid=Decimal(324), state=CrmInvoiceState.PAID)
    pays = (of_invoice("100", id="a"), of_invoice("124", id="b"))
    more = plan(whole, *pays, known=linked(made(), *first))
    assert [one.payment.amount for one in more] == [Decimal(124), Decimal(100)]
    assert [one.link.ordinal for one in more] == [2, 3]
    assert (more[1].payment.deposit, more[1].payment.day) == ("4", date(2026, 11, 22))
    late = (*pays, of_invoice("100", id="c"))
    assert plan(whole, *late, known=linked(made(), *first, *more)) == []


def test_an_invoice_first_seen_paid_is_made_and_paid():
    paid = replace(SENT, paid=Decimal(324), state=CrmInvoiceState.PAID)
    steps = plan(paid, of_invoice("324"))
    assert [type(step) for step in steps] == [EnsureCustomer, MakeSale, PayInvoice]
    assert steps[1].link in steps[2].needs


@pytest.mark.parametrize(
    ("pays", "paid", "code"),
    [
        ([of_invoice("324", refunded=Decimal(10))], "324", "invoice.refunded"),
        ([], "50", "invoice.paid_less"),
    ],
)
def test_money_that_went_back_is_for_a_person(pays, paid, code):
    before = plan(replace(SENT, paid=Decimal(100)), of_invoice("100"), known=linked(made()))
    now = replace(SENT, paid=Decimal(paid))
    known = linked(made(), *before)
    held = plan(now, *pays, known=known)
    assert (held.code, held.choices) == (code, ("leave",))
    assert plan(now, *pays, known=replace(known, answer="leave")) == []


def test_voided_at_the_crm_it_is_voided():
    voided = replace(SENT, state=CrmInvoiceState.VOIDED)
    steps = plan(voided, known=linked(made()))
    assert [type(step) for step in steps] == [VoidSale]
    assert steps[0].planned_on
    assert plan(voided, known=linked(made(), state=DocumentState.VOIDED)) == []


def test_with_money_on_it_a_person_is_asked_and_payments_come_off_first():
    voided = replace(SENT, state=CrmInvoiceState.VOIDED)
    known = linked(made(), remaining=Decimal(24), payments=("311", "312"))
    asked = plan(voided, known=known)
    assert isinstance(asked, Held)
    assert asked.code == "invoice.void_paid"
    assert plan(voided, known=replace(known, answer=LEAVE)) == []
    steps = plan(voided, known=replace(known, answer=VOID))
    assert [type(step) for step in steps] == [UnlinkPayment, UnlinkPayment, VoidSale]
    assert len({step.lane for step in steps}) == 1


def test_deleted_at_the_crm_a_person_is_asked_and_nothing_is_ever_deleted():
    deleted = replace(SENT, state=CrmInvoiceState.DELETED)
    asked = plan(deleted, known=linked(made()))
    assert isinstance(asked, Held)
    assert (asked.code, asked.choices) == ("invoice.deleted", (VOID, LEAVE))
    assert [type(one) for one in plan(deleted, known=linked(made(), answer=VOID))] == [VoidSale]
    assert plan(deleted, known=linked(made(), answer=LEAVE)) == []


@pytest.mark.parametrize("state", [DocumentState.VOIDED, DocumentState.DELETED])
def test_one_that_a_person_took_away_is_not_made_again(state):
    assert plan(SENT, known=linked(made(), state=state)) == []
    paid = replace(SENT, paid=Decimal(324), state=CrmInvoiceState.PAID)
    asked = plan(paid, of_invoice("324"), known=linked(made(), state=state))
    assert isinstance(asked, Held)
    assert asked.code == "invoice.gone_in_books"
