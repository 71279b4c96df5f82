from __future__ import annotations

import pytest

from tests.vendors.pipedrive.sales_at import SalesAt


@pytest.fixture
def sales():
    made = SalesAt()
    yield made
    made.sim.state.close()


def test_the_lines_of_a_deal(sales):
    first, second = sales.lines(1)
    assert (first["quantity"], first["item_price"], first["discount"], first["sum"]) == (2, 120, 10, 216)
    assert (first["tax"], first["tax_method"], first["discount_type"]) == (25.5, "exclusive", "percentage")
    assert (second["product_id"], second["sum"]) == (2, 712.5)
    assert sales.get("/api/v2/deals/1")["value"] == 928.5
    assert sales.call("GET", "/api/v2/deals/999/products")[0] == 404


def test_the_lines_of_many_deals_in_one_call(sales):
    rows = sales.get("/api/v2/deals/products?deal_ids=1,2,9,14&limit=500&sort_by=deal_id")
    assert [one["deal_id"] for one in rows] == [1, 1, 2, 2, 14, 14, 14]
    assert [one["is_enabled"] for one in rows[-3:]] == [True, False, True]
    many = ",".join(map(str, range(1, 102)))
    assert "100" in sales.refused(f"/api/v2/deals/products?deal_ids={many}")
    assert "deal_ids" in sales.refused("/api/v2/deals/products")
    status, said = sales.call("GET", "/api/v2/deals/products?deal_ids=1,2&limit=3")
    cursor = said["additional_data"]["next_cursor"]
    rest = sales.get(f"/api/v2/deals/products?deal_ids=1,2&limit=3&cursor={cursor}")
    assert (status, len(said["data"]), len(rest)) == (200, 3, 1)


def test_all_tax_methods_and_currencies_are_there(sales):
    deals = sales.get("/api/v2/deals?limit=500")
    ids = ",".join(str(one["id"]) for one in deals)
    rows = sales.get(f"/api/v2/deals/products?deal_ids={ids}&limit=500")
    assert {one["tax_method"] for one in rows} == {"exclusive", "inclusive", "none"}
    assert {one["currency"] for one in deals} == {"EUR", "SEK", "USD", "NOK"}
    assert {one["billing_frequency"] for one in rows} == {"one-time", "monthly"}
    assert any(one["product_id"] is None for one in rows)
    currency = {one["id"]: one["currency"] for one in deals}
    assert all(currency[one["deal_id"]] == one["currency"] for one in rows)


def test_one_tax_method_for_all_lines_of_a_deal(sales):
    sales.later(minutes=1)
    key = sales.lines(1)[0]["id"]
    sales.person("edit_line", id=key, changes={"tax_method": "none"})
    assert {one["tax_method"] for one in sales.lines(1)} == {"none"}
    assert {one["update_time"] for one in sales.lines(1)} == {"2026-11-20T12:01:00Z"}


def test_a_changed_line_moves_the_deal_by_a_switch(sales):
    sales.later(minutes=1)
    line = sales.lines(1)[0]["id"]
    sales.person("edit_line", id=line, changes={"quantity": 4})
    deal = sales.get("/api/v2/deals/1")
    assert (deal["value"], deal["update_time"]) == (1144.5, "2026-11-20T12:01:00Z")
    sales.sim.settings.change({"lines_touch_deal": False})
    sales.later(minutes=1)
    sales.person("remove_line", id=line)
    deal = sales.get("/api/v2/deals/1")
    assert (deal["value"], deal["update_time"]) == (712.5, "2026-11-20T12:01:00Z")


def test_amounts_of_discount_for_the_line_or_each_piece(sales):
    line = sales.lines(7)[0]
    assert (line["discount_type"], line["discount"], line["sum"]) == ("amount", 50, 1090)
    sales.sim.settings.change({"amount_discount_per": "unit"})
    sales.person("edit_line", id=line["id"], changes={"comments": "x"})
    assert sales.lines(7)[0]["sum"] == 540


def test_a_sum_with_or_without_tax(sales):
    sales.sim.settings.change({"sum_includes_tax": True})
    line = sales.lines(1)[0]
    assert sales.person("edit_line", id=line["id"], changes={})["sum"] == 271.08


def test_discounts_and_instalments_of_a_whole_deal(sales):
    found = sales.get("/api/v2/deals/7/discounts")
    assert [(one["type"], one["amount"], one["description"]) for one in found] == [("percentage", 5, "Etu")]
    assert sales.get("/api/v2/deals/7")["value"] == 1344.25
    sales.person("add_discount", id=7, discount={"type": "amount", "amount": 44.25, "description": "x"})
    assert sales.get("/api/v2/deals/7")["value"] == 1300
    status, said = sales.call("GET", "/api/v2/deals/installments?deal_ids=13,1")
    assert [one["amount"] for one in said["data"]] == [4000, 4000, 4900]
    assert (status, "additional_data" in said) == (200, False)


def test_a_product_that_is_deleted_for_good_leaves_lines_without_one(sales):
    sales.person("delete_product", id=2)
    assert sales.get("/api/v2/products/2")["is_deleted"] is True
    assert 2 not in {one["id"] for one in sales.get("/api/v2/products")}
    sales.person("delete_product", id=2, hard=True)
    assert sales.lines(1)[1]["product_id"] is None
    assert sales.call("GET", "/api/v2/products/2")[0] == 404


def test_new_deals_with_lines_by_a_person(sales):
    made = sales.person(
        "add_deal",
        deal={"title": "Uusi", "org_id": 3, "currency": "SEK"},
        lines=[{"product_id": 2, "quantity": 3}, {"name": "Vapaa rivi", "item_price": 10.005}],
    )
    assert (made["value"], made["currency"]) == (3145.01, "SEK")
    assert [one["name"] for one in sales.lines(made["id"])] == ["Asiantuntijatyö", "Vapaa rivi"]
