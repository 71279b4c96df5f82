"""A deal and its invoice come to the same, to the cent, or the deal waits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.accounting.billing import BillingRules, TaxTreatment
from bridge_gui.accounting.deals import DealDiscount, Instalment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import round_to_unit
from bridge_gui.bridges.pipedrive_xero.billing import bill_of, warnings_of
from bridge_gui.bridges.pipedrive_xero.messages import MESSAGES
from bridge_gui.bridges.pipedrive_xero.steps import Marking, read_mark
from bridge_gui.errors import CannotMap
from bridge_gui.wording.render import Wording
from tests.bridges.pipedrive_xero.deals_at_hand import TODAY, line, offer, rules


def bill(*lines, **more):
    return bill_of(offer(*lines, **more), 1, rules())


def test_thirteen_march_and_seven_days_is_twenty_march():
    made = bill(line("100"))
    assert (made.day, made.due) == (TODAY, date(2026, 3, 20))


def test_a_line_takes_the_items_account_and_else_the_default_one():
    made = bill(line("100"), line("20", product="2", rate="14"))
    assert [(one.item, one.account, one.tax) for one in made.lines] == [
        ("HOUR", "210", "OUTPUT"),
        ("BOOK", "200", "TAX001"),
    ]


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        (TaxTreatment.EXCLUSIVE, ("30.99", "7.90", "38.89")),
        (TaxTreatment.INCLUSIVE, ("24.69", "6.30", "30.99")),
        (TaxTreatment.NONE, ("30.99", "0", "30.99")),
    ],
)
def test_the_deals_tax_method_is_the_invoices(treatment, expected):
    totals = bill(line("10.33", "3"), treatment=treatment).totals
    assert (totals.net, totals.tax, totals.total) == tuple(map(Decimal, expected))


def test_the_mark_ends_the_reference_whatever_the_user_wrote_before_it():
    made = bill_of(offer(line("1")), 2, rules(), reference="PO 4711")
    assert made.reference == "PO 4711 pd-7f3a/42/2"
    assert read_mark(made.reference) == Marking(scope="pd-7f3a", deal="42", ordinal=2)
    assert read_mark("pd-7f3a/42/2 and more") is None


@pytest.mark.parametrize(("crm_sum", "amount"), [("95", "95"), ("119.23", "95"), ("85", "85")])
def test_an_amount_discount_is_read_as_the_crms_own_sum_says(crm_sum, amount):
    """Off the line (100 - 5), the same with tax in the sum, or off each of three units."""
    quantity, price = ("1", "100") if amount == "95" else ("3", "100")
    given_line = line(price, quantity, discount_amount=Decimal(5), amount=Decimal(crm_sum))
    if amount == "85":
        given_line = line("100", "3", discount_amount=Decimal(5), amount=Decimal(285))
        amount = "285"
    assert bill(given_line).totals.net == Decimal(amount)


def test_an_amount_discount_that_fits_no_sum_is_not_guessed():
    with pytest.raises(CannotMap) as caught:
        bill(line("100", "3", discount_amount=Decimal(5), amount=Decimal(42)))
    assert caught.value.code == "deal.discount_unclear"


def test_a_discount_on_the_deal_is_spread_over_the_taxes():
    made = bill(
        line("100"),
        line("50", product="2", rate="14"),
        discounts=(DealDiscount(text="Friend", percent=Decimal(10)),),
    )
    assert [(one.unit_price, one.tax) for one in made.lines[2:]] == [
        (Decimal("-10.00"), "OUTPUT"),
        (Decimal("-5.00"), "TAX001"),
    ]


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        ((), {}, "deal.no_products"),
        ((line("1", counted=False),), {}, "deal.no_products"),
        ((line("1", product=""),), {}, "product.unlinked"),
        ((line("1", rate="10"),), {}, "tax.unmapped"),
        ((line("1", repeats="monthly"),), {}, "deal.repeats"),
        ((line("1", currency="SEK"),), {}, "deal.line_currency"),
        ((line("1", currency="USD"),), {"currency": "USD"}, "deal.currency"),
        ((line("1", treatment=TaxTreatment.NONE), line("1")), {}, "deal.mixed_tax"),
        (
            (line("1"),),
            {"instalments": (Instalment(id="1", day=TODAY, amount=Decimal(1)),)},
            "deal.instalments",
        ),
        ((line("1"),), {"discounts": (DealDiscount(text="Much", amount=Decimal(2)),)}, "deal.negative"),
    ],
)
def test_what_cannot_be_invoiced_says_why(lines, more, code):
    with pytest.raises(CannotMap) as caught:
        bill(*lines, **more)
    assert caught.value.code == code


@given(
    st.decimals(min_value=1, max_value=40, places=6),
    st.decimals(min_value=0, max_value=5000, places=6),
    st.decimals(min_value=0, max_value=100, places=3),
)
def test_no_price_is_too_fine_for_the_invoice(quantity, price, discount):
    """Xero keeps four decimals of a price and a quantity, two of a discount; the amount is the deal's."""
    made = bill(line(str(price), str(quantity), discount=discount)).lines[0]
    meant = round_to_unit(quantity * price * (1 - discount / 100), "EUR")
    assert made.amount("EUR") == meant
    assert made.unit_price == made.unit_price.quantize(Decimal("0.0001"))
    assert made.quantity == made.quantity.quantize(Decimal("0.0001"))


def test_xero_rounds_to_cents_in_a_currency_without_them_too():
    cents = BillingRules(base_currency="ISK", currencies=("ISK",), unit=Decimal("0.01"))
    using = rules(cents)
    given_lines = [line("999", rate="25.5", currency="ISK") for _ in range(3)]
    made = bill_of(offer(*given_lines, using=using, currency="ISK"), 1, using)
    assert (made.totals.net, made.totals.tax) == (Decimal(2997), Decimal("764.25"))


def test_all_of_a_deal_may_be_given_away():
    made = bill(line("99.99", discount=Decimal(100)))
    assert (made.lines[0].discount, made.totals.total) == (Decimal(100), Decimal(0))
    given = (DealDiscount(text="All", percent=Decimal(100)),)
    assert bill(line("99.99"), line("10", rate="14", product="2"), discounts=given).totals.total == 0


def test_a_value_that_is_not_what_the_products_come_to_is_said():
    made = bill(line("100"))
    assert list(warnings_of(offer(line("100"), value="100"), made)) == []
    assert list(warnings_of(offer(line("100"), value="125.50"), made)) == []
    assert list(warnings_of(offer(line("100"), value="90"), made)) == ["deal.value_differs"]


def test_the_setting_says_how_it_arrives():
    approved = bill_of(offer(line("1")), 1, rules(save_as="approve"))
    assert approved.state is DocumentState.AWAITING_PAYMENT


def test_a_discount_without_a_name_is_called_one():
    """Xero takes no line without a text."""
    made = bill(line("100"), discounts=(DealDiscount(text="", percent=Decimal(10)),))
    assert [one.text for one in made.lines][-1] == "Discount"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("monthly", "is billed every month."),
        ("semi-annually", "twice a year."),
        ("fortnightly", "again and again."),
    ],
)
def test_how_often_it_is_billed_is_said_in_words_that_can_be_translated(why, words):
    with pytest.raises(CannotMap) as held:
        bill(line("1", repeats=why))
    said = Wording(MESSAGES).say(held.value.code, held.value.params)
    assert said.sentence.endswith(words)
    assert why not in said.sentence
    assert said.button == "Open settings"
