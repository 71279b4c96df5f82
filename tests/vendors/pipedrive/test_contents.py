"""What deals are made of: lines, discounts and instalments, in few calls and to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.deals import DealContents, DealDiscount, Instalment
from bridge_gui.errors import VendorChanged
from bridge_gui.web.waiting import never
from tests.vendors.pipedrive.crm import V2, deal, line, listed
from tests.vendors.standin import said

DEALS, LINES = f"GET {V2}/deals", f"GET {V2}/deals/products"


def test_what_a_deal_is_made_of(standin, crm):
    one = line(3, 42, order_nr=2, item_price=60.5, quantity=1.25, comments=" yö ", product_variation_id=4)
    two = line(4, 42, order_nr=1, product_id=None, discount=5, discount_type="amount", tax=0, tax_method="exclusive",
               is_enabled=False, billing_frequency="monthly", sum=55)  # fmt: skip
    standin.on(LINES, listed(one, two))
    standin.on(
        f"GET {V2}/products/11/variations", listed({"id": 4, "name": "Iso", "product_id": 11, "prices": []})
    )
    standin.on(
        f"GET {V2}/deals/installments",
        listed(
            {"id": 1, "amount": 10.5, "billing_date": "2026-12-01", "description": "Osa 1", "deal_id": 42}
        ),
    )
    standin.on(DEALS, listed(deal(42, value=108), deal(43, products_count=0)))
    deals = crm.deals_by_id(["42", "43"], never())
    contents = crm.contents(deals, never())
    assert contents["43"] == DealContents()
    off, on = contents["42"].lines
    assert (on.text, on.quantity, on.unit_price, on.product, on.note) == (
        "Kuukausipalvelu (Iso)", Decimal("1.25"), Decimal("60.5"), "11", "yö",
    )  # fmt: skip
    assert (on.rate, on.discount, on.discount_amount, on.amount) == (
        Decimal("25.5"),
        Decimal(10),
        Decimal(0),
        Decimal(108),
    )
    assert (on.treatment, on.counted, on.repeats) == (TaxTreatment.EXCLUSIVE, True, "")
    assert (off.product, off.discount, off.discount_amount, off.counted, off.repeats) == (
        "",
        0,
        5,
        False,
        "monthly",
    )
    assert contents["42"].instalments == (
        Instalment(id="1", day=date(2026, 12, 1), amount=Decimal("10.5"), text="Osa 1"),
    )
    assert standin.queries(LINES) == [{"deal_ids": "42", "sort_by": "id", "limit": "500"}]


def test_discounts_on_the_whole_are_asked_for_only_where_the_value_tells_of_one(standin, crm):
    standin.on(LINES, listed(line(1, 41), line(2, 42), line(3, 43, billing_frequency="monthly")))
    rows = [
        {"id": "u1", "type": "percentage", "amount": 5, "description": "Alennus", "deal_id": 42},
        {"id": "u2", "type": "amount", "amount": 7.4, "description": None, "deal_id": 42},
    ]
    standin.on(f"GET {V2}/deals/42/discounts", {"success": True, "data": rows})
    standin.on(f"GET {V2}/deals/43/discounts", {"success": True, "data": []})
    standin.on(DEALS, listed(deal(41, value=108), deal(42, value=100), deal(43, value=108)))
    contents = crm.contents(crm.deals_by_id(["41", "42", "43"], never()), never())
    assert contents["42"].discounts == (
        DealDiscount(text="Alennus", percent=Decimal(5)), DealDiscount(text="", amount=Decimal("7.4")),
    )  # fmt: skip
    assert contents["41"].discounts == contents["43"].discounts == ()
    assert not standin.asked(f"GET {V2}/deals/41/discounts")
    assert standin.asked(f"GET {V2}/deals/43/discounts")


def test_a_plan_without_instalments_is_asked_once(standin, crm):
    standin.on(LINES, listed(line(1, 42)))
    standin.on(f"GET {V2}/deals/installments", said({"success": False, "error": "Not in your plan"}, 403))
    standin.on(DEALS, listed(deal(42, value=108)))
    deals = crm.deals_by_id(["42"], never())
    for _ in range(2):
        assert crm.contents(deals, never())["42"].instalments == ()
    assert len(standin.asked(f"GET {V2}/deals/installments")) == 1


def test_a_hundred_deals_take_few_calls(standin, crm):
    standin.on(DEALS, listed(*(deal(n, value=108) for n in range(1, 101))))
    standin.on(LINES, listed(*(line(n, n) for n in range(1, 101))))
    deals = crm.deals_by_id([str(n) for n in range(1, 101)], never())
    assert len(crm.contents(deals, never())) == 100
    assert len(standin.seen) == 4  # definitions, deals, lines, instalments


@pytest.mark.parametrize(
    "odd", [{"deal_id": 99}, {"tax_method": "vat"}, {"discount_type": "free"}, {"quantity": "2 pcs"}, {"item_price": None}]
)  # fmt: skip
def test_odd_lines_are_the_vendors_change(standin, crm, odd):
    standin.on(LINES, listed(line(1, 42, **odd)))
    standin.on(DEALS, listed(deal(42, value=108)))
    deals = crm.deals_by_id(["42"], never())
    with pytest.raises(VendorChanged) as caught:
        crm.contents(deals, never())
    assert str(caught.value.params["path"]).startswith("$.data[")


def test_discounts_of_a_deal_deleted_meanwhile_are_none(standin, crm):
    standin.on(LINES, listed(line(1, 42))).on(DEALS, listed(deal(42, value=100)))
    standin.on(f"GET {V2}/deals/42/discounts", said({"success": False, "error": "Deal not found"}, 404))
    assert crm.contents(crm.deals_by_id(["42"], never()), never())["42"].discounts == ()


def test_instalments_are_asked_for_one_by_one_where_commas_are_refused(standin, crm):
    rows = [
        {"id": n, "amount": 10, "billing_date": "2026-12-01", "description": "", "deal_id": n}
        for n in (41, 42)
    ]
    refused = {
        "success": False,
        "error": "Validation failed: deal_ids",
        "code": "ERR_SCHEMA_VALIDATION_FAILED",
    }
    standin.on(f"GET {V2}/deals/installments", said(refused, 400), listed(*rows))
    standin.on(LINES, listed(line(1, 41), line(2, 42))).on(
        DEALS, listed(deal(41, value=108), deal(42, value=108))
    )
    contents = crm.contents(crm.deals_by_id(["41", "42"], never()), never())
    assert [len(contents[one].instalments) for one in ("41", "42")] == [1, 1]
    first, second = (received.target for received in standin.asked(f"GET {V2}/deals/installments"))
    assert "deal_ids=41%2C42" in first
    assert "deal_ids=41&deal_ids=42" in second
