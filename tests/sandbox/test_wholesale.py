"""The wholesaler's invented customers are what they are said to be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from stdnum.dk import cvr as register

from bridge_gui.sandbox.wholesale import CUSTOMERS, GOODS, KEYWORD, PEOPLE, SELLERS, TYPES, cvr


@pytest.mark.parametrize("customer", CUSTOMERS, ids=lambda one: one.name)
def test_cvr_numbers_have_right_check_digits(customer):
    danish = customer.country == "Danmark" and bool(customer.tax_number)
    assert register.is_valid(customer.tax_number) is danish
    assert customer.kind in TYPES


def test_invented_numbers_are_right_and_different():
    made = [cvr(serial) for serial in range(1, 200)]
    assert all(register.is_valid(number) for number in made)
    assert len(set(made)) == len(made)
    assert not set(made) & {one.tax_number for one in CUSTOMERS}


def test_people_are_somebodys_and_addresses_lead_nowhere():
    assert all(1 <= place <= len(CUSTOMERS) for *_, place in PEOPLE)
    emails = [*(one.email for one in (*CUSTOMERS, *SELLERS)), *(one[2] for one in PEOPLE)]
    assert all(email.endswith(".example") for email in emails if email)
    assert sum(one.kind == KEYWORD for one in CUSTOMERS) == 4
    assert {one.number for one in GOODS if one.blocked} == {"1002"}
    assert all(Decimal(str(one.price)).as_tuple().exponent >= -2 for one in GOODS)
