"""What rented lines and invoices come to, with the tax in the prices and without."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.accounting.rentals import RentalInvoice, RentalLine, RentalState, RentalType, Renter

AMOUNTS = st.decimals(Decimal("-99999.9999"), Decimal("99999.9999"), places=4)
RATES = st.sampled_from([None, *map(Decimal, ("0", "6", "12", "15", "25"))])


def line(price, **more):
    return RentalLine(
        id="1", text="Traktor", quantity=more.pop("quantity", Decimal(1)), unit_price=Decimal(price),
        rate=more.pop("rate", Decimal(25)), **more,
    )  # fmt: skip


def invoice(*lines):
    return RentalInvoice(
        id="1", number="1", order="1", type=RentalType.FOR_ACCOUNTING, state=RentalState.SENT,
        day=date(2026, 2, 5), currency="NOK", customer=Renter(), lines=lines,
    )  # fmt: skip


def test_a_discount_amount_goes_before_per_cent():
    assert line("100", discount=Decimal(10)).amount("NOK") == 90
    assert line("100", discount=Decimal(10), discount_amount=Decimal(3)).amount("NOK") == 97
    assert line("100", discount=Decimal(10), discount_amount=Decimal(0)).amount("NOK") == 100


def test_tax_is_rounded_half_up_on_each_line():
    three = invoice(*[line("0.35")] * 3)
    totals = three.totals(inclusive=False)
    assert (totals.net, totals.tax, totals.total) == (Decimal("1.05"), Decimal("0.27"), Decimal("1.32"))


def test_only_a_line_with_both_days_is_rented():
    assert not line("1", first=date(2026, 2, 3)).rented
    assert line("1", first=date(2026, 2, 3), last=date(2026, 2, 3)).rented


@given(st.lists(st.tuples(AMOUNTS, RATES), max_size=6), st.booleans())
def test_net_and_tax_are_always_the_total(pairs, inclusive):
    made = invoice(*[line(price, rate=rate) for price, rate in pairs])
    totals = made.totals(inclusive=inclusive)
    assert totals.net + totals.tax == totals.total
    amounts = sum((one.amount("NOK") for one in made.lines), Decimal(0))
    assert amounts == (totals.total if inclusive else totals.net)


@given(st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2), RATES)
def test_a_price_without_its_tax_gives_the_same_amount_again(price, rate):
    one = line(price, rate=rate)
    net = invoice(line(one.net_price(inclusive=True), rate=rate)).totals(inclusive=False)
    assert abs(net.total - price) <= Decimal("0.01")
