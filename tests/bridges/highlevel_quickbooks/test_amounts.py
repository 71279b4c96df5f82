"""What was charged comes to the same total at the books, to the cent, whatever its taxes and discounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.crm import CrmDiscount, CrmLine, CrmTax
from bridge_gui.accounting.money import round_to_unit
from bridge_gui.accounting.selling import NewSale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.amounts import Charged, Sums, discount_of, scaled, sums_of
from bridge_gui.errors import CannotMap
from tests.bridges.highlevel_quickbooks.at_hand import AMERICAN, BRITISH, DAY, line, rules


def charged(*lines: CrmLine, total: str, tax: str | None = "0", **more: object) -> Charged:
    told = None if tax is None else Decimal(tax)
    return Charged(lines=lines, total=Decimal(total), currency="GBP", item="19", tax=told, **more)


def sale(sums: Sums) -> NewSale:
    return NewSale(
        kind=SaleKind.RECEIPT, contact="58", day=DAY, currency="GBP", treatment=sums.treatment, memo="m",
        lines=sums.lines, discount=sums.discount, discount_tax=sums.discount_tax, tax=sums.tax,
    )  # fmt: skip


def test_three_hours_with_tax_and_a_discount_as_the_vendor_s_own_example():
    sums = sums_of(charged(line("100", "3", "20"), total="324", tax="54", discount=Decimal(30)), rules())
    made = sale(sums)
    assert (made.totals.net, made.totals.tax, made.totals.total) == (Decimal(270), Decimal(54), Decimal(324))
    assert (made.discount, made.discount_tax, made.tax) == (Decimal(30), "2", None)
    assert [(one.quantity, one.unit_price, one.tax) for one in made.lines] == [(3, 100, "2")]


def test_without_discounts_at_the_books_the_price_has_it_in():
    books = replace(BRITISH, discounts=False)
    sums = sums_of(charged(line("100", "3", "20"), total="324", tax="54", discount=Decimal(30)), rules(books))
    assert sums.discount == 0
    assert [one.amount("GBP") for one in sums.lines] == [Decimal(270)]
    assert sale(sums).totals.total == Decimal(324)


def test_two_taxes_share_a_discount_and_the_tax_told_must_be_what_the_rates_come_to():
    lines = (line("100", rate="20"), line("50", rate="5"))
    sums = sums_of(charged(*lines, total="155.25", tax="20.25", discount=Decimal(15)), rules())
    assert [(one.amount("GBP"), one.tax) for one in sums.lines] == [(Decimal(90), "2"), (Decimal(45), "3")]
    assert (sums.tax, sale(sums).totals.total) == (None, Decimal("155.25"))
    with pytest.raises(CannotMap) as caught:
        sums_of(charged(*lines, total="150.50", tax="15.50", discount=Decimal(15)), rules())
    assert caught.value.code == "sale.tax_differs"


def test_a_cent_of_tax_reckoned_otherwise_is_written_as_the_crm_has_it():
    lines = tuple(line("0.35", rate="20", text=f"No {n}") for n in range(3))
    sums = sums_of(charged(*lines, total="1.26", tax="0.21"), rules())
    assert sums.tax is None
    sums = sums_of(charged(*lines, total="1.27", tax="0.22"), rules())
    assert (sums.tax, sale(sums).totals.total) == (Decimal("0.22"), Decimal("1.27"))


def test_prices_with_tax_are_taken_apart():
    sums = sums_of(charged(line("120", rate="20", inclusive=True), total="120", tax="20"), rules())
    assert [one.unit_price for one in sums.lines] == [Decimal(100)]
    assert (sums.tax, sale(sums).totals.total) == (None, Decimal(120))


def test_what_was_charged_besides_is_a_line_of_its_own_without_tax():
    sums = sums_of(charged(line("100", rate="20"), total="123.50", tax="20"), rules())
    assert [(one.text, one.amount("GBP"), one.tax) for one in sums.lines[1:]] == [
        ("Other charges", Decimal("3.50"), "4")
    ]
    assert sale(sums).totals.total == Decimal("123.50")


def test_less_than_the_lines_come_to_cannot_be_explained():
    with pytest.raises(CannotMap) as caught:
        sums_of(charged(line("100", rate="20"), total="110", tax="20"), rules())
    assert caught.value.code == "sale.total_differs"


def test_a_cent_without_any_tax_is_a_line_for_rounding():
    sums = sums_of(charged(line("33.335", "2"), total="66.66", tax="0"), rules())
    assert [one.text for one in sums.lines] == ["Course", "Rounding"]
    assert sale(sums).totals.total == Decimal("66.66")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total": "-1", "tax": None}, "sale.negative"),
        ({"total": "107", "tax": "7"}, "sale.tax_differs"),
    ],
)
def test_what_cannot_be_is_held(change, code):
    with pytest.raises(CannotMap) as caught:
        sums_of(charged(line("100", rate="20"), **change), rules())
    assert caught.value.code == code


def test_a_rate_without_a_code_is_held_with_its_product():
    with pytest.raises(CannotMap) as caught:
        sums_of(charged(line("100", rate="17.5"), total="117.50", tax="17.50"), rules())
    assert (caught.value.code, caught.value.params) == (
        "sale.tax_unmapped",
        {"rate": "17.5", "product": "Course"},
    )


def test_american_companies_have_tax_and_discount_in_the_prices():
    sums = sums_of(
        charged(line("100", "3", "8.25"), line("10"), total="301.28", tax="22.28",
                discount=Decimal(31)), rules(AMERICAN),
    )  # fmt: skip
    assert sums.treatment is TaxTreatment.NONE
    assert (sums.discount, {one.tax for one in sums.lines}) == (Decimal(0), {""})
    assert sale(sums).totals.total == Decimal("301.28")


def test_american_companies_may_have_one_tax_code_for_the_document():
    books = rules(AMERICAN, us_tax="codes")
    sums = sums_of(charged(line("100", rate="8.25"), line("10"), total="118.25", tax="8.25"), books)
    assert [one.tax for one in sums.lines] == ["9", ""]
    assert sale(sums).totals.total == Decimal("118.25")
    with pytest.raises(CannotMap) as caught:
        sums_of(charged(line("100", rate="8"), line("10", rate="5"), total="118.50", tax="8.50"), books)
    assert caught.value.code == "sale.several_taxes"


def test_books_without_tax_take_no_tax():
    books = rules(replace(BRITISH, sales_tax=False))
    assert sums_of(charged(line("100"), total="100"), books).treatment is TaxTreatment.NONE
    with pytest.raises(CannotMap) as caught:
        sums_of(charged(line("100", rate="20"), total="120", tax="20"), books)
    assert caught.value.code == "sale.tax_unknown"


def test_a_discount_in_per_cent_reaches_only_its_products():
    lines = (line("100", product="a"), line("50", product="b"))
    discount = CrmDiscount(percent=Decimal(10), products=("b",))
    assert discount_of(discount, lines, Decimal(0), "GBP") == Decimal(5)
    assert discount_of(discount, lines, Decimal("4.99"), "GBP") == Decimal("4.99")


def test_a_refund_bears_the_taxes_of_the_sale_in_proportion():
    whole = sale(
        sums_of(charged(line("100", rate="20"), line("100", rate="5"), total="225", tax="25"), rules())
    )
    part = scaled(whole, Decimal(75), "Refund")
    assert [(one.tax, one.amount("GBP")) for one in part.lines] == [
        ("2", Decimal("33.33")),
        ("3", Decimal("33.33")),
    ]
    assert sale(part).totals.total == Decimal(75)
    back = scaled(whole, Decimal(225), "Refund")
    assert [one.amount("GBP") for one in back.lines] == [Decimal(100), Decimal(100)]


CENTS = st.decimals(min_value="0.01", max_value="5000", places=2)
LINES = st.lists(
    st.builds(
        lambda price, quantity, rate, inclusive: CrmLine(
            text="x", quantity=quantity, unit_price=price, inclusive=inclusive,
            taxes=(CrmTax(name="", rate=rate),) if rate else (),
        ),
        CENTS, st.sampled_from([Decimal(1), Decimal(3), Decimal("1.5")]),
        st.sampled_from([Decimal(0), Decimal(5), Decimal(20)]), st.just(False),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(LINES, st.decimals(min_value="0", max_value="50", places=2), st.sampled_from([BRITISH, AMERICAN]))
def test_whatever_is_charged_the_total_is_met_to_the_cent(lines, percent, books):
    full = [round_to_unit(one.quantity * one.unit_price, "GBP") for one in lines]
    off = round_to_unit(sum(full) * percent / 100, "GBP")
    taxes = [
        (amount * (1 - percent / 100)) * sum((tax.rate for tax in one.taxes), Decimal(0)) / 100
        for amount, one in zip(full, lines, strict=True)
    ]
    tax = round_to_unit(sum(taxes), "GBP")
    whole = sum(full) - off + tax
    asked = Charged(lines=tuple(lines), total=whole, currency="GBP", item="19", tax=tax, discount=off)
    made = sale(sums_of(asked, rules(books)))
    assert made.totals.total == whole
    assert all(one.amount("GBP") == one.amount("GBP").quantize(Decimal("0.01")) for one in made.lines)
