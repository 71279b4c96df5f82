"""What an invoice comes to: tax half up on each line, then summed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.accounting.billing import BillLine, TaxTreatment, totals_of

AMOUNTS = st.decimals(min_value=-9999, max_value=9999, places=4)
LINES = st.lists(
    st.builds(
        BillLine,
        text=st.just("Consulting"),
        quantity=st.decimals(min_value=0, max_value=99, places=2),
        unit_price=AMOUNTS,
        rate=st.sampled_from([Decimal(0), Decimal("13.5"), Decimal("25.5")]),
        discount=st.sampled_from([Decimal(0), Decimal(10), Decimal("33.33")]),
    ),
    max_size=6,
)


def line(price: str, rate: str, quantity: str = "1", discount: str = "0") -> BillLine:
    """A line as short as it can be said."""
    return BillLine(
        text="Hours", quantity=Decimal(quantity), unit_price=Decimal(price), rate=Decimal(rate),
        discount=Decimal(discount),
    )  # fmt: skip


def test_the_tax_is_rounded_on_each_line_and_then_summed() -> None:
    totals = totals_of(
        [line(price, "15") for price in ("25.06", "25.61", "25.63")], TaxTreatment.EXCLUSIVE, "EUR"
    )
    assert (totals.net, totals.tax, totals.total) == (Decimal("76.30"), Decimal("11.44"), Decimal("87.74"))


def test_prices_with_tax_keep_their_sum() -> None:
    totals = totals_of([line("10.55", "25.5", "3", "10")], TaxTreatment.INCLUSIVE, "EUR")
    assert (totals.net, totals.tax, totals.total) == (Decimal("22.70"), Decimal("5.79"), Decimal("28.49"))


def test_without_tax_a_rate_means_nothing() -> None:
    totals = totals_of([line("10", "25.5")], TaxTreatment.NONE, "EUR")
    assert (totals.tax, totals.total) == (Decimal(0), Decimal(10))


def test_a_currency_without_a_minor_unit_is_rounded_to_whole_ones() -> None:
    assert line("99.5", "24").amount("ISK") == Decimal(100)


def test_books_that_round_to_cents_in_every_currency_say_so() -> None:
    cent = Decimal("0.01")
    lines = [line("99.5", "24"), line("33.3333", "24", "3")]
    totals = totals_of(lines, TaxTreatment.EXCLUSIVE, "ISK", cent)
    assert (totals.net, totals.tax, totals.total) == (Decimal("199.50"), Decimal("47.88"), Decimal("247.38"))
    inside = totals_of(lines, TaxTreatment.INCLUSIVE, "ISK", cent)
    assert (inside.net, inside.tax) == (Decimal("160.89"), Decimal("38.61"))


@given(LINES, st.sampled_from(TaxTreatment))
def test_net_and_tax_are_the_total(lines: list[BillLine], treatment: TaxTreatment) -> None:
    totals = totals_of(lines, treatment, "EUR")
    assert totals.net + totals.tax == totals.total
    assert totals.total == totals.total.quantize(Decimal("0.01"))
