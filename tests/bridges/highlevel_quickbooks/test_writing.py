"""What is written is found again by its mark, held to the cent, and never made where it is already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.selling import Applied, Buyer, Payment, Sale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.billing import billed_of, plan_billed
from bridge_gui.bridges.highlevel_quickbooks.customers import decide, find_customer, make_customer
from bridge_gui.bridges.highlevel_quickbooks.documents import Documents
from bridge_gui.bridges.highlevel_quickbooks.receipts import plan_takings, takings_of
from bridge_gui.bridges.highlevel_quickbooks.settling import Settling
from bridge_gui.errors import Conflict, NoSuchTarget, PartlyAccepted, Refused
from bridge_gui.sync.flow import Absent, Found, Known, LinkView, OpenLink, Several, Written
from bridge_gui.web.waiting import SystemClock, never
from tests.bridges.highlevel_quickbooks.at_hand import invoice, line, order, payment, rules
from tests.bridges.highlevel_quickbooks.test_billing import HOURS, linked, of_invoice

NEVER = never()


class Books:
    """Books in memory: what was made, what a person put there."""

    changes_reach = timedelta(days=30)

    def __init__(self, *sales: Sale, payments: tuple[Payment, ...] = ()) -> None:
        self.sales = {one.ref.id: one for one in sales}
        self.payments = list(payments)
        self.made: list[Any] = []
        self.answers: list[Any] = []
        self.buyers: list[Buyer] = []

    def make_sales(self, sales, key):
        self.made += sales
        return self.answers or [kept(one) for one in sales]

    def sales_by_id(self, kind, ids, cancel):
        return tuple(self.sales[one] for one in ids if one in self.sales and self.sales[one].kind is kind)

    def sales_sought(self, sought, cancel):
        return [
            tuple(one for one in self.sales.values() if wanted.mark in one.memo.split()) for wanted in sought
        ]

    def sales_changed(self, kinds, since, cancel):
        return iter(())

    def change_sale(self, now, wanted, key):
        self.made.append(wanted)
        return kept(wanted, at=now.ref.id)

    def payments_of(self, invoice, cancel):
        return tuple(self.payments)

    def make_payments(self, payments, key):
        self.made += payments
        return [paid("new", one.amount, one.memo) for one in payments]

    def buyers_like(self, *, email="", name=""):
        return tuple(one for one in self.buyers if email.casefold() == one.email.casefold())

    def add_buyer(self, buyer, key):
        self.made.append((buyer.name, key))
        if buyer.name in self.answers:
            raise Refused("quickbooks.name_taken", name=buyer.name)
        return replace(buyer, id="58")


def kept(sale, at: str = "145", **changes: Any) -> Sale:
    state = DocumentState.AWAITING_PAYMENT if sale.kind is SaleKind.INVOICE else DocumentState.POSTED
    made = Sale(
        ref=Ref(id=at, number=sale.number), kind=sale.kind, state=state, contact=sale.contact, day=sale.day,
        due=sale.due, currency=sale.currency, treatment=sale.treatment, lines=sale.lines,
        discount=sale.discount, total=sale.totals.total, tax=sale.totals.tax, remaining=sale.totals.total,
        memo=sale.memo,
    )  # fmt: skip
    return replace(made, **changes)


def paid(at: str, amount: Decimal, memo: str = "", on: str = "145") -> Payment:
    applied = (Applied(invoice=on, amount=amount),)
    return Payment(
        id=at, version="0", contact="58", day=date(2026, 11, 21), amount=amount, memo=memo, applied=applied
    )


def documents(books: Books) -> Documents:
    return Documents(books, "7f3a91", SystemClock(), NEVER)


def receipt():
    bought = order(line("100", rate="20"), total="120", tax="20")
    step = plan_takings(takings_of(payment("120"), bought, rules()), Known(), rules())[-1]
    return step.with_targets({step.customer.name: "customer-58"})


def test_the_customer_is_filled_in_and_the_answer_held_to_the_cent():
    books = Books()
    made = documents(books).make([receipt()], "k")[0]
    assert isinstance(made, Written)
    assert books.made[0].contact == "58"
    books.answers = [kept(receipt().sale, total=Decimal("119.99"))]
    wrong = documents(books).make([receipt()], "k")[0]
    assert isinstance(wrong, PartlyAccepted)
    assert (wrong.code, wrong.target_id, wrong.params["seen"]) == ("sale.books_differ", "145", "119.99")


def test_a_number_that_is_taken_by_the_very_document_is_adopted_any_other_is_not():
    step = receipt()
    taken = Refused("quickbooks.number_taken", number="x", target="145")
    ours, other = Books(kept(step.sale)), Books(kept(step.sale, memo="by hand"))
    ours.answers = other.answers = [taken]
    assert documents(ours).make([step], "k")[0].ref.id == "145"
    assert documents(other).make([step], "k")[0] is taken


def test_a_customer_gone_is_told_by_the_name_of_its_link():
    books = Books()
    books.answers = [NoSuchTarget("quickbooks.not_found", target="58")]
    assert documents(books).make([receipt()], "k")[0].params["target"] == "customer-58"


def test_after_a_lost_answer_the_mark_tells():
    step = receipt()
    find = lambda *sales: next(documents(Books(*sales)).find_made([step], NEVER))  # noqa: E731
    assert isinstance(find(), Absent)
    found = find(kept(step.sale))
    assert isinstance(found, Found)
    assert found.equal
    assert not find(kept(step.sale, total=Decimal(1))).equal
    assert isinstance(find(kept(step.sale), kept(step.sale, at="146")), Several)


def test_an_invoice_changed_by_a_person_meanwhile_is_not_overwritten():
    sent = invoice(HOURS, total="360", tax="60")
    first = plan_billed(billed_of(sent, ()), Known(), rules())[1]
    known = linked(first)
    cheaper = invoice(line("90", "3", "20", text="Design hour"), total="324", tax="54")
    change = plan_billed(billed_of(cheaper, ()), known, rules())[0]
    there = kept(first.sale, payments=("311",), remaining=Decimal(1), contact_name="New name", contact="77")
    books = Books(there)
    assert isinstance(documents(books).change(change, "145", "k"), Written)
    assert books.made[0].contact == "77"
    with pytest.raises(Conflict):
        documents(Books(replace(there, total=Decimal(1)))).change(change, "145", "k")
    with pytest.raises(NoSuchTarget):
        documents(Books()).change(change, "145", "k")


def test_an_invoice_goes_to_another_customer_only_while_no_money_is_on_it():
    sent = invoice(HOURS, total="360", tax="60")
    berta = replace(sent.person, id="b2Example", name="Berta Example", email="berta@example.example")
    first = plan_billed(billed_of(sent, ()), Known(), rules())[1]
    change = plan_billed(billed_of(replace(sent, person=berta), ()), linked(first), rules())[-1]
    change = change.with_targets({change.customer.name: "customer-77"})
    there = kept(first.sale, contact="58")
    books = Books(there)
    assert isinstance(documents(books).change(change, "145", "k"), Written)
    assert books.made[0].contact == "77"
    aimed = replace(change, target=Ref(id="145"))
    assert not documents(Books(there)).look(aimed, NEVER).equal
    assert documents(Books(replace(there, contact="77"))).look(aimed, NEVER).equal
    with pytest.raises(Conflict):
        documents(Books(replace(there, remaining=Decimal(1)))).change(change, "145", "k")


def pay_step(amount: str = "324", **more: Any):
    sent = invoice(HOURS, total="360", tax="60")
    first = plan_billed(billed_of(sent, ()), Known(), rules())[1]
    now = replace(sent, paid=Decimal(amount))
    step = plan_billed(billed_of(now, (of_invoice(amount),)), linked(first), rules())[0]
    step = step.with_targets({step.invoice.name: "145"})
    return replace(step, **more), kept(first.sale, contact="58")


def settling(books: Books) -> Settling:
    return Settling(books, "7f3a91", NEVER)


def test_a_payment_goes_to_the_invoice_and_its_customer():
    step, there = pay_step()
    books = Books(there)
    written = settling(books).pay(step, "k")
    assert (written.ref.id, books.made[0].invoice, books.made[0].contact) == ("payment-new", "145", "58")


def test_one_that_a_person_booked_is_recognised_and_not_doubled():
    step, there = pay_step()
    there = replace(there, payments=("311",), remaining=Decimal(36))
    books = Books(there, payments=(paid("311", Decimal(324)),))
    assert settling(books).pay(step, "k").ref.id == "payment-311"
    assert books.made == []
    taken = replace(step, taken=("payment-311",))
    with pytest.raises(Refused) as caught:
        settling(books).pay(taken, "k")
    assert caught.value.code == "invoice.less_open"


def test_one_taken_over_by_an_earlier_step_of_the_same_plan_is_not_taken_again():
    step, there = pay_step("100")
    there = replace(there, payments=("311",), remaining=Decimal(260))
    books = Books(there, payments=(paid("311", Decimal(100)),))
    earlier = replace(step.link, ordinal=9)
    second = replace(step, earlier=(earlier,), targets={**step.targets, earlier.name: "payment-311"})
    assert settling(books).pay(second, "k").ref.id == "payment-new"


def test_ours_of_an_earlier_try_is_found_by_its_mark():
    step, there = pay_step()
    ours = paid("9", Decimal(324), f"HighLevel payment {step.mark}")
    books = Books(replace(there, payments=("9",)), payments=(ours,))
    assert settling(books).find(step, NEVER).equal
    assert settling(books).pay(step, "k").ref.id == "payment-9"
    assert isinstance(settling(Books(there)).find(step, NEVER), Absent)


def test_nothing_is_paid_on_a_voided_invoice():
    step, there = pay_step()
    with pytest.raises(Refused) as caught:
        settling(Books(replace(there, state=DocumentState.VOIDED))).pay(step, "k")
    assert caught.value.code == "invoice.voided_in_books"


ANNA = Buyer(name="Anna Example", email="anna@studio.example", number="hl-7f3a91-seD4PfOu")
OTHER = Buyer(id="1", name="Anna Example")


@pytest.mark.parametrize(
    ("wanted", "hits", "kind"),
    [
        (ANNA, [], Absent),
        (ANNA, [OTHER], Absent),
        (ANNA, [replace(OTHER, email="x@y.example, ANNA@studio.example")], Found),
        (ANNA, [replace(OTHER, email=ANNA.email), replace(OTHER, id="2", email=ANNA.email)], Several),
        (ANNA, [replace(OTHER, email=ANNA.email), replace(OTHER, id="2", number=ANNA.number)], Found),
        (replace(ANNA, email=""), [OTHER], Several),
    ],
)
def test_a_customer_is_known_by_key_and_address_never_by_name_alone(wanted, hits, kind):
    assert isinstance(decide(wanted, hits), kind)


def customer():
    bought = order(line("100", rate="20"), total="120", tax="20")
    return plan_takings(takings_of(payment("120"), bought, rules()), Known(), rules())[0]


def test_an_inactive_customer_is_told_of_and_not_made_again():
    books = Books()
    books.buyers = [replace(OTHER, email=ANNA.email, archived=True)]
    assert isinstance(find_customer(books, customer()), Absent)
    with pytest.raises(Refused) as caught:
        make_customer(books, customer(), "k")
    assert caught.value.code == "customer.inactive"
    assert books.made == []


def test_a_name_that_is_taken_gets_a_suffix_that_shows_it():
    step = customer()
    books = Books()
    books.answers = ["Anna Example", "Anna Example (CRM)"]
    assert make_customer(books, step, "k").ref.number == "Anna Example (CRM 2)"
    assert [key for _name, key in books.made] == ["k", "k.1", "k.2"]
    books.answers += ["Anna Example (CRM 2)", "Anna Example (CRM 3)"]
    with pytest.raises(Refused):
        make_customer(books, step, "k")


def test_what_was_deleted_longer_ago_than_changes_are_told_is_asked_for():
    step = receipt()
    books = Books(kept(step.sale))
    found = documents(books)
    links = [LinkView(kind="receipt", source_id=one, ordinal=1, target=Ref(id=one)) for one in ("145", "146")]
    found.recall([OpenLink(link=link) for link in links])
    now = datetime.now(UTC)
    assert found.changed([SaleKind.RECEIPT], now - timedelta(days=1), NEVER) == []
    gone = found.changed([SaleKind.RECEIPT], now - timedelta(days=40), NEVER)
    assert [(view.ref.id, view.state) for view in gone] == [("146", DocumentState.DELETED)]
