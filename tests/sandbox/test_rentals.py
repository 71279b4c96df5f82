"""The rental shop's invented customers are what they are said to be."""

from __future__ import annotations

import pytest
from stdnum.no import orgnr

from bridge_gui.sandbox.rentals import RENTERS, SHOP_NUMBER, THINGS


@pytest.mark.parametrize("renter", [one for one in RENTERS if one.number], ids=lambda one: one.company)
def test_numbers_have_the_check_digits_that_the_name_promises(renter):
    assert orgnr.is_valid(renter.number) is (
        renter.country == "Norway" and "Feilsiffer" not in renter.company
    )


def test_no_number_can_belong_to_anybody():
    numbers = [
        SHOP_NUMBER,
        *(one.number.replace(" ", "") for one in RENTERS if one.country == "Norway" and one.number),
    ]
    assert orgnr.is_valid(SHOP_NUMBER)
    assert not [number for number in numbers if number[0] in "89"]  # what the register gives out begins so
    assert len(set(numbers)) == len(numbers)


def test_addresses_lead_nowhere():
    assert all(one.email.endswith(".example") for one in RENTERS if one.email)
    assert {thing.vat for thing in THINGS} == {0, 12, 14, 15, 25}
