"""One receipt for one payment, one refund receipt for each amount given back, nothing for what is no sale."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmTax, Person, SourceKind
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.bridges.highlevel_quickbooks.receipts import LEAVE, VOID, plan_takings, takings_of
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    EnsureCustomer,
    EnsureItem,
    MakeSale,
    VoidSale,
    read_mark,
)
from bridge_gui.errors import CannotMap
from bridge_gui.sync.flow import Held, Known, LinkView, Skip
from tests.bridges.highlevel_quickbooks.at_hand import BRITISH, line, order, payment, rules

NOTHING = Known()
TAXED = order(line("100", rate="20"), total="120", tax="20")


def plan(pay, bought=TAXED, known=NOTHING, chosen=None):
    chosen = chosen or rules()
    return plan_takings(takings_of(pay, bought, chosen), known, chosen)


def linked(*steps: MakeSale, state: DocumentState = DocumentState.POSTED, answer: str | None = None) -> Known:
    links = tuple(
        LinkView(
            kind=step.link.kind, source_id=step.link.source_id, ordinal=step.link.ordinal, state=state,
            target=Ref(id=f"t{n}", number="HL-X"), source_content=step.source_content,
        )
        for n, step in enumerate(steps)
    )  # fmt: skip
    return Known(links=links, answer=answer)


def test_a_payment_becomes_a_receipt_after_its_customer():
    customer, receipt = plan(payment("120"))
    assert isinstance(customer, EnsureCustomer)
    assert customer.ensures
    assert (customer.buyer.name, customer.buyer.email) == ("Anna Example", "anna@studio.example")
    assert isinstance(receipt, MakeSale)
    assert receipt.needs == (customer.link,)
    made = receipt.sale
    assert (made.totals.total, made.totals.tax, made.day) == (Decimal(120), Decimal(20), date(2026, 11, 20))
    assert (made.deposit, made.method, made.lines[0].item) == ("35", "3", "19")
    assert len(made.number) <= 21
    assert len(made.payment_reference) == 21
    mark = read_mark(f"Voided {made.memo} looked at by Bea", "7f3a91")
    assert mark is not None
    assert (mark.source, mark.what, mark.ordinal) == ("61dd0feac077f72010f78804", "", 1)
    assert read_mark(made.memo, "000000") is None


def test_an_item_that_nobody_chose_is_made_first():
    chosen = rules()
    steps = plan(payment("120"), chosen=replace(chosen, items={}))
    assert [type(step) for step in steps] == [EnsureCustomer, EnsureItem, MakeSale]
    assert steps[2].needs == (steps[0].link, steps[1].link)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"live": False}, "payment.test"),
        ({"source": SourceKind.INVOICE}, "payment.of_invoice"),
        ({"invoice": "i1"}, "payment.of_invoice"),
        ({"source": SourceKind.SHOP_ELSEWHERE}, "payment.kind_off"),
        ({"booked": True}, "payment.booked_by_highlevel"),
        ({"state": PaymentState.PENDING}, "payment.pending"),
        ({"state": PaymentState.FAILED}, "payment.failed"),
    ],
)
def test_what_is_no_sale_is_left_out_and_says_why(changes, code):
    out = plan(payment("120", **changes))
    assert isinstance(out, Skip)
    assert out.code == code


def test_a_payment_of_nothing_is_left_out():
    assert plan(payment("0")).code == "payment.zero"


def test_once_made_it_is_not_made_again():
    made = plan(payment("120"))[-1]
    assert plan(payment("120"), known=linked(made)) == []


@pytest.mark.parametrize(
    ("amount", "code", "choices"),
    [("12000", "payment.unit", ()), ("1.20", "payment.hundredth", ("part_payment",))],
)
def test_an_amount_in_another_unit_than_its_order_is_held_before_anything_is_written(amount, code, choices):
    asked = plan(payment(amount), order(line("100", rate="20"), total="120", tax="20"))
    assert isinstance(asked, Held)
    assert (asked.code, asked.choices) == (code, choices)


def test_a_hundredth_that_a_person_calls_a_part_payment_is_one_and_may_be_given_back():
    bought = order(line("100", rate="20"), total="120", tax="20")
    said = Known(answer="part_payment")
    made = plan(payment("1.20"), bought, known=said)[-1]
    assert (made.sale.totals.total, made.sale.totals.tax) == (Decimal("1.20"), Decimal("0.20"))
    back = plan(payment("1.20", refunded=Decimal("1.20")), bought, known=linked(made))
    assert [one.sale.totals.total for one in back] == [Decimal("1.20")]


def test_several_payments_of_one_order_share_it():
    first, second = plan(payment("40"))[-1], plan(payment("80", id="b"))[-1]
    assert [one.sale.totals.total for one in (first, second)] == [Decimal(40), Decimal(80)]
    assert [one.sale.totals.tax for one in (first, second)] == [Decimal("6.67"), Decimal("13.33")]
    assert first.sale.lines[0].text == "Part of an order: Course"
    with pytest.raises(CannotMap) as caught:
        plan(payment("121"))
    assert caught.value.code == "payment.over_order"


def test_a_payment_without_an_order_has_the_tax_in_it_that_was_chosen():
    made = plan(payment("120", order=""), None, chosen=rules(untold_tax="2"))[-1]
    assert (made.sale.totals.net, made.sale.totals.tax) == (Decimal(100), Decimal(20))
    assert made.sale.lines[0].text == "Course funnel"
    made = plan(payment("120", order=""), None)[-1]
    assert (made.sale.lines[0].tax, made.sale.totals.tax) == ("4", Decimal(0))


def test_a_tax_that_only_the_order_tells_is_that_of_all_its_lines():
    bought = order(line("100"), total="120", tax="20", taxes=(CrmTax(name="VAT", rate=Decimal(20)),))
    assert plan(payment("120"), bought)[-1].sale.lines[0].tax == "2"
    assert plan(payment("120"), order(line("100"), total="120", tax="20"))[-1].sale.lines[0].tax == "2"
    with pytest.raises(CannotMap) as caught:
        plan(payment("119"), order(line("100"), total="119", tax="19"))
    assert caught.value.code == "sale.tax_unclear"


def test_a_refund_is_a_receipt_of_its_own_for_the_difference():
    receipt = plan(payment("120"))[-1]
    seen = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    part = plan(payment("120", refunded=Decimal(30), changed=seen), known=linked(receipt))
    assert [type(step) for step in part] == [MakeSale]
    first = part[0].sale
    assert (first.totals.total, first.totals.tax, first.day) == (Decimal(30), Decimal(5), date(2026, 11, 24))
    assert first.lines[0].text.startswith("Refund of HL-")
    assert (first.number[-3:], first.deposit) == ("-R1", "35")
    assert part[0].total == Decimal(-30)
    rest = plan(payment("120", refunded=Decimal(120), changed=seen), known=linked(receipt, *part))
    assert [step.sale.totals.total for step in rest] == [Decimal(90)]
    assert (rest[0].link.ordinal, rest[0].sale.number[-3:]) == (2, "-R2")
    assert plan(payment("120", refunded=Decimal(120)), known=linked(receipt, *part, *rest)) == []


def test_a_payment_given_back_before_it_was_booked_is_both():
    steps = plan(payment("120", refunded=Decimal(120)))
    assert [type(step) for step in steps] == [EnsureCustomer, MakeSale, MakeSale]
    assert steps[1].link in steps[2].needs
    assert len({step.lane for step in steps[1:]}) == 1


@pytest.mark.parametrize("state", [DocumentState.VOIDED, DocumentState.DELETED])
def test_what_is_given_back_of_a_receipt_that_a_person_took_away_is_asked_about(state):
    made = plan(payment("120"))[-1]
    assert plan(payment("120"), known=linked(made, state=state)) == []
    asked = plan(payment("120", refunded=Decimal(30)), known=linked(made, state=state))
    assert isinstance(asked, Held)
    assert (asked.code, asked.params["back"], asked.choices) == ("refund.receipt_gone", "30", (LEAVE,))
    assert plan(payment("120", refunded=Decimal(30)), known=linked(made, state=state, answer=LEAVE)) == []


def test_a_refund_may_be_dated_as_the_sale():
    receipt = plan(payment("120"))[-1]
    out = plan(payment("120", refunded=Decimal(30)), known=linked(receipt), chosen=rules(refund_day="sale"))
    assert out[0].sale.day == date(2026, 11, 20)


def test_a_refund_that_shrinks_is_held():
    receipt = plan(payment("120"))[-1]
    part = plan(payment("120", refunded=Decimal(30)), known=linked(receipt))
    with pytest.raises(CannotMap) as caught:
        plan(payment("120", refunded=Decimal(10)), known=linked(receipt, *part))
    assert caught.value.code == "refund.shrank"


def test_a_payment_that_fails_after_its_receipt_is_asked_about():
    receipt = plan(payment("120"))[-1]
    failed = payment("120", state=PaymentState.FAILED)
    asked = plan(failed, known=linked(receipt))
    assert isinstance(asked, Held)
    assert asked.choices == (VOID, LEAVE)
    assert plan(failed, known=linked(receipt, answer=LEAVE)) == []
    assert [type(one) for one in plan(failed, known=linked(receipt, answer=VOID))] == [VoidSale]


def test_a_closed_period_holds_it_before_anything_is_sent():
    closed = rules(replace(BRITISH, locked_until=date(2026, 11, 20)))
    with pytest.raises(CannotMap) as caught:
        plan(payment("120"), chosen=closed)
    assert caught.value.code == "books.closed"


@pytest.mark.parametrize(
    ("pay", "code"),
    [
        (payment("120", currency="EUR", order=""), "books.currency"),
        (payment("120", person=Person()), "sale.nobody"),
    ],
)
def test_what_the_books_cannot_take_is_held(pay, code):
    with pytest.raises(CannotMap) as caught:
        plan(pay, None if not pay.order else TAXED)
    assert caught.value.code == code
