"""From an order to lines, and every reason to wait."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.accounting.money import total
from bridge_gui.accounting.sales import Buyer, OrderState, PaymentState
from bridge_gui.bridges.salescloud_payday.messages import MESSAGES
from bridge_gui.bridges.salescloud_payday.takings import lines_of
from bridge_gui.sync.flow import Held, Skip
from tests.bridges.salescloud_payday.shop import (
    AUR,
    CARD,
    CASH,
    GIFT,
    amounts,
    coffee,
    line,
    order,
    paid,
    rules,
)

BOUGHT = Buyer(id="b1", name="Example ehf.", number="7112992110")


def test_the_worked_order_of_the_till():
    sold = order([line(4960), line(1028, 11), line(212, 0)], [paid(5000), paid(1200, CASH)])
    assert amounts(lines_of(sold, rules())) == {
        "3201": 5000,
        "3202": 1200,
        "1100 StandardVAT": -4960,
        "1110 ReducedVAT": -1028,
        "1120 NoVAT": -212,
    }


def test_the_worked_refund_of_the_till():
    refund = order([line(-4960)], [paid(-4960)], number="10450")
    assert amounts(lines_of(refund, rules())) == {"3201": -4960, "1100 StandardVAT": 4960}


def test_the_worked_day_of_the_books():
    """payday.md section 7, as one order."""
    lines = [line(124000), line(22200, 11), line(5000, 0), line(10000, None, gift_card=True)]
    sold = order(lines, [paid(120000), paid(26200, CASH), paid(15000, GIFT)])
    entry = lines_of(sold, rules())
    assert [one.amount for one in entry] == [120000, 26200, 15000, -124000, -22200, -5000, -10000]
    assert amounts(entry)["4480"] == 5000
    assert total(one.amount for one in entry) == 0


def test_no_line_of_ours_ever_stands_on_an_output_vat_account():
    entry = lines_of(order([line(124000), line(22200, 11)], [paid(146200)]), rules())
    assert not {one.account for one in entry} & {"a-4300", "a-4310"}


def test_several_payments_by_one_method_are_one_line():
    sold = order([line(3000)], [paid(5000), paid(-2000)])
    assert amounts(lines_of(sold, rules())) == {"3201": 3000, "1100 StandardVAT": -3000}


def test_failed_payments_do_not_count():
    sold = order([line(3000)], [paid(3000, CARD, PaymentState.FAILED), paid(3000, CASH)])
    assert amounts(lines_of(sold, rules())) == {"3202": 3000, "1100 StandardVAT": -3000}


def test_a_zero_line_of_an_odd_rate_has_no_effect():
    assert amounts(lines_of(order([line(620, 11), line(0, 7)], [paid(620)]), rules()))["3201"] == 620


def test_a_rounding_difference_within_the_limit_goes_to_its_account():
    by = rules(rounding_account="5990", rounding_limit="2")
    sold = order([line(1001)], [paid(1000)], total=1000)
    assert amounts(lines_of(sold, by)) == {"3201": 1000, "1100 StandardVAT": -1001, "5990": 1}


def test_a_difference_over_the_limit_waits():
    by = rules(rounding_account="5990", rounding_limit="2")
    held = lines_of(order([line(1003)], [paid(1000)], total=1000), by)
    assert held == Held(
        code="order.unbalanced",
        params={"lines": "1003", "total": "1000", "paid": "1000", "difference": "3"},
    )


def test_a_limit_without_an_account_is_no_limit():
    held = lines_of(order([line(1001)], [paid(1000)], total=1000), rules(rounding_limit="2"))
    assert isinstance(held, Held)
    assert held.code == "order.unbalanced"


@pytest.mark.parametrize(
    ("sold", "code"),
    [
        (order([line(1000)], [paid(1000)], total=1001), "order.unbalanced"),
        (order([line(1000)], []), "order.unbalanced"),
        (order([line(1000, 7)], [paid(1000)]), "order.unknown_rate"),
        (order([line(1000, 25)], [paid(1000)]), "order.unknown_rate"),
        (order([line(1000, None)], [paid(1000)]), "order.unknown_rate"),
        (order([line(1000)], [paid(1000, AUR)]), "method.unmapped"),
        (order([line(1000)], [paid(1000)], currency="EUR"), "order.currency"),
        (order([line(1000)], [paid(1000, CARD, PaymentState.PENDING)]), "order.payment_pending"),
    ],
)
def test_what_cannot_be_booked_waits_with_a_sentence(sold, code):
    held = lines_of(sold, rules())
    assert isinstance(held, Held)
    assert held.code == code
    sentence = next(message.sentence for message in MESSAGES if message.code == code)
    assert sentence.format(number="1", day="2026-11-20", **held.params)


def test_half_kronur_wait():
    odd = order([line(1000)], [paid(1000)])
    odd = order([odd.lines[0]], [paid(1000)], total=1000)
    half = type(odd.lines[0])(text="Vara", gross=Decimal("1000.5"), rate=Decimal(24))
    held = lines_of(order([half], [paid(1000)], total=1000), rules())
    assert isinstance(held, Held)
    assert held.code == "order.fractions"


def test_gift_cards_wait_for_their_account():
    sold = order([line(10000, None, gift_card=True)], [paid(10000)])
    held = lines_of(sold, rules(gift_card_account=""))
    assert isinstance(held, Held)
    assert held.code == "gift_card.no_account"


def test_an_account_gone_from_the_chart_waits():
    held = lines_of(coffee(), rules({"m-card": "9999"}))
    assert isinstance(held, Held)
    assert held.code == "method.account_gone"
    held = lines_of(coffee(), rules(sales_11="9999"))
    assert isinstance(held, Held)
    assert held.code == "sales.no_account"
    assert held.params["account"] == "9999"


@pytest.mark.parametrize(
    ("sold", "code"),
    [
        (coffee(state=OrderState.CANCELLED), "order.cancelled"),
        (order([], []), "order.no_effect"),
        (order([line(500, None, gift_card=True)], [paid(500, GIFT)]), "order.no_effect"),
        (order([line(500, 11), line(-500, 11)], [paid(700), paid(-700)]), "order.no_effect"),
    ],
)
def test_what_has_no_effect_is_left_out(sold, code):
    assert lines_of(sold, rules()) == Skip(code=code)
