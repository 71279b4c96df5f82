"""Lines before tax, to the øre, however the shop keeps its prices; names, numbers and countries."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bridge_gui.accounting.ordering import OrderCustomer
from bridge_gui.bridges.sharefox_twentyfourseven.countries import code_of
from bridge_gui.bridges.sharefox_twentyfourseven.customers import Customers, decide, differing
from bridge_gui.bridges.sharefox_twentyfourseven.lines import lines_of, worded
from bridge_gui.bridges.sharefox_twentyfourseven.people import figures, party_of
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    RefreshCustomer,
    mark_text,
    place,
    read_mark,
    source_id,
)
from bridge_gui.errors import CannotMap
from bridge_gui.sync.flow import Absent, Found, Several
from bridge_gui.web.waiting import never
from tests.bridges.sharefox_twentyfourseven.rented import PERSON, RENTER, TAXES, invoice, line, rules, wanted

CENTS = st.decimals(min_value=0, max_value=99999, places=2)
DISCOUNTS = st.sampled_from([Decimal(0), Decimal(10), Decimal("12.5"), Decimal("33.33")])


@given(price=CENTS, quantity=st.integers(1, 40), discount=DISCOUNTS, rate=st.sampled_from(["25", "15", "0"]))
def test_an_order_without_vat_in_its_prices_comes_to_what_the_shop_reckons(price, quantity, discount, rate):
    one = line(price=str(price), quantity=Decimal(quantity), discount=discount, rate=Decimal(rate))
    made = invoice(one, line("Levering", "300", first=None, last=None))
    assert wanted(made).totals == made.totals(inclusive=False)


@given(price=CENTS, quantity=st.integers(1, 40), discount=DISCOUNTS, rate=st.sampled_from(["25", "15", "0"]))
def test_with_vat_in_its_prices_no_line_is_off_by_more_than_its_rounding(price, quantity, discount, rate):
    one = line(price=str(price), quantity=Decimal(quantity), discount=discount, rate=Decimal(rate))
    made = invoice(one)
    shop, ours = made.totals(inclusive=True), wanted(made, rules(inclusive=True)).totals
    assert ours.net == shop.net
    assert abs(ours.total - shop.total) <= Decimal("0.01")


def test_whole_kroner_with_vat_in_them_come_out_to_the_oere():
    for price in range(1, 400):
        made = invoice(line(price=str(price), quantity=Decimal(3)))
        shop = made.totals(inclusive=True).total
        assert wanted(made, rules(inclusive=True)).totals.total == shop


def test_a_discount_in_kroner_becomes_a_percentage_where_that_is_exact():
    even, odd = lines_of(
        invoice(line(price="200", discount_amount=Decimal(50)), line(price="99.99", discount_amount=Decimal(7))),
        rules(),
    )  # fmt: skip
    assert (even.unit_price, even.discount) == (Decimal(200), Decimal(25))
    assert odd.amount("NOK") == Decimal("92.99")


def test_lines_keep_deposits_free_things_and_long_names():
    long = "Veldig lang maskin " * 30
    made = lines_of(
        invoice(line(long), line("Hjelm", "0"), line("Depositum", "1000", rate=Decimal(0), first=None)),
        rules(),
    )
    assert len(made[0].text) == 300
    assert made[0].text.endswith(" (2026-02-03 - 2026-02-05)")
    assert (made[1].unit_price, made[2].text, made[2].tax) == (Decimal(0), "Depositum", TAXES["0"].key)
    assert worded(line("Skade", first=None)) == "Skade"


def test_a_tax_code_whose_rate_was_changed_is_not_used():
    taxes = {**TAXES, "25": replace(TAXES["25"], rate=Decimal(24))}
    with pytest.raises(CannotMap) as wrong:
        lines_of(invoice(), rules(taxes=taxes))
    assert wrong.value.code == "line.rate_differs"


def test_marks_are_read_back_and_odd_ids_shortened():
    assert read_mark(mark_text("sf-abc123", "5001", 2), "sf-abc123").ordinal == 2
    assert read_mark("sf-other0/5001/1", "sf-abc123") is None
    assert read_mark("PO 17", "sf-abc123") is None
    assert source_id("SFX-1018") == "SFX-1018"
    odd = source_id("Ordre nr. 17 / våren, " + "x" * 40)
    assert len(mark_text("sf-abc123", odd, 999)) <= 50
    assert read_mark(mark_text("sf-abc123", odd, 1), "sf-abc123").source == odd


def test_numbers_countries_and_names():
    assert {figures(one) for one in ("NO 123 456 785 MVA", "123456785", "123 456 785")} == {"123456785"}
    assert (code_of("Norway", "NO"), code_of("", "NO"), code_of("Sverige", "NO")) == ("NO", "NO", "SE")
    assert (code_of("United Kingdom", "NO"), code_of("dk", "NO"), code_of("Ruritania", "NO")) == (
        "GB",
        "DK",
        "",
    )
    party = party_of(RENTER, "sf-abc123", "NO")
    assert (party.customer.name, party.person, party.odd) == ("Eksempel AS", "Ola Eksempel", False)
    assert party_of(replace(RENTER, org_number="123456789"), "sf-abc123", "NO").odd
    assert not party_of(replace(RENTER, org_number="123456789", country="Sweden"), "sf-abc123", "NO").odd
    person = party_of(PERSON, "sf-abc123", "NO")
    assert (person.customer.name, person.customer.last_name, person.person) == (
        "Kari Eksempel",
        "Eksempel",
        "",
    )


WANTED = OrderCustomer(
    name="Eksempel AS", is_company=True, tax_number="123456785", email="post@eksempel.example",
    number="sf-abc123-org-123456785", street="Nyveien 2", phone="+47 1",
)  # fmt: skip


def there(key, **changes):
    made = OrderCustomer(id=key, name="Eksempel AS", is_company=True, tax_number="NO 123 456 785 MVA")
    return replace(made, **changes)


def test_a_customer_is_who_has_the_number_then_the_address_and_else_nobody():
    assert decide(WANTED, []) == Absent()
    assert decide(WANTED, [there("1")]).ref.id == "customer-1"
    mailed = there("2", tax_number="", billing_email="POST@eksempel.example")
    assert decide(WANTED, [mailed]).ref.id == "customer-2"
    assert decide(WANTED, [there("3", tax_number="987654325", email=WANTED.email)]) == Absent()
    assert decide(WANTED, [there("4", number=WANTED.number), there("5")]).ref.id == "customer-4"


def test_two_that_fit_and_two_that_disagree_are_for_a_person():
    several = decide(WANTED, [there("1"), there("2")])
    disagree = decide(WANTED, [there("1"), there("2", tax_number="", email=WANTED.email)])
    assert isinstance(several, Several)
    assert isinstance(disagree, Several)
    assert (several.code, disagree.code) == ("customer.several", "customer.disagree")
    assert isinstance(decide(WANTED, [there("1", email=WANTED.email)]), Found)


def test_only_what_differs_is_written_and_what_a_customer_is_known_by_never_changed():
    old = there("1", street="Gammelveien 1", email="annen@eksempel.example", phone="+47 1")
    assert differing(WANTED, old) == {"street": "Nyveien 2"}
    assert differing(WANTED, there("1", tax_number=""))["tax_number"] == "123456785"
    assert "tax_number" not in differing(WANTED, there("1", tax_number="", is_company=False))


class NobodyThere:
    """Books that are asked for nobody without an id."""

    def customers(self, ids, cancel):
        assert all(ids)
        return ()


def test_while_nobody_knows_the_customer_nothing_is_asked():
    at = place("customer", "org-123456785")
    step = RefreshCustomer(
        name="refresh", link=at, lane="c", day=invoice().day, customer=WANTED, at=at, creates=False
    )
    customers = Customers(NobodyThere(), never())
    assert customers.refreshed(step) == Absent()
    assert customers.refreshed(step.with_targets({at.name: "customer-7"})) == Absent(gone=True)
