from __future__ import annotations

from datetime import date

import pytest

from bridge_gui.sandbox.consultancy import CLIENTS
from bridge_gui.sandbox.host import Host
from bridge_gui.vendors.pipedrive.simulator import PipedriveSimulator
from tests.vendors.pipedrive.sales_at import SalesAt


@pytest.fixture
def sales():
    made = SalesAt()
    yield made
    made.sim.state.close()


def test_organisations_have_their_vat_number_in_a_custom_field(sales):
    rows = sales.get("/api/v2/organizations?limit=500")
    code = sales.code("organization", "ALV-tunnus")
    assert [one["name"] for one in rows] == [one.name for one in CLIENTS]
    assert rows[0]["custom_fields"][code] == "FI99999991"
    assert rows[3]["custom_fields"][code] is None
    address = rows[0]["address"]
    assert (address["route"], address["street_number"], address["postal_code"]) == ("Mallikuja", "3", "33100")
    assert sales.get("/api/v2/organizations?ids=2,3")[1]["name"] == "Exempel Bygg AB"


def test_persons_have_addresses_and_more_only_with_contact_sync(sales):
    one = sales.get("/api/v2/persons/1")
    assert one["emails"] == [{"value": "laskut@mallimetalli.example", "primary": True, "label": "work"}]
    assert "job_title" not in one
    sales.sim.settings.change({"contact_sync": True})
    assert sales.get("/api/v2/persons/1")["job_title"] is None
    assert [row["id"] for row in sales.get("/api/v2/persons?deal_id=3")] == [3]
    assert [row["id"] for row in sales.get("/api/v2/persons?org_id=4")] == [4]


def test_what_was_edited_is_found_by_its_time(sales):
    sales.later(minutes=1)
    code = sales.code("organization", "ALV-tunnus")
    sales.person("edit_organization", id=2, changes={"custom_fields": {code: "EE000000000"}})
    found = sales.get("/api/v2/organizations?updated_since=2026-11-20T12:01:00Z")
    assert [(one["id"], one["custom_fields"][code]) for one in found] == [(2, "EE000000000")]


def test_merged_organisations(sales):
    sales.person("merge_organizations", id=1, into=2)
    assert sales.call("GET", "/api/v2/organizations/1")[0] == 404
    assert sales.get("/api/v2/deals/1")["org_id"] == 2


def test_products_have_a_price_in_each_currency(sales):
    one = sales.get("/api/v2/products/4")
    assert {row["currency"]: row["price"] for row in one["prices"]} == {
        "EUR": 32.5, "SEK": 357.5, "USD": 39, "NOK": 373.75,
    }  # fmt: skip
    assert [row["name"] for row in sales.get("/api/v2/products/4/variations")] == ["Kovakantinen"]


def test_searches(sales):
    def found(path):
        return [one["item"] for one in sales.get(f"/api/v2/{path}")["items"]]

    assert [one["title"] for one in found("deals/search?term=vuosi")] == ["Metallin vuosisopimus"]
    assert [one["name"] for one in found("organizations/search?term=FI99999992")] == ["Testi Ravintola Oy"]
    assert [one["name"] for one in found("persons/search?term=eva@")] == []
    assert [one["name"] for one in found("persons/search?term=faktura@exempelbygg")] == ["Eva Exempel"]
    assert [one["code"] for one in found("products/search?term=pd-1004")] == ["PD-1004"]
    kinds = {one["type"] for one in found("itemSearch?term=malli")}
    assert kinds == {"person", "organization"}
    assert {one["type"] for one in found("itemSearch?term=malli&item_types=organization")} == {"organization"}
    assert "term" in sales.refused("/api/v2/deals/search?term=v")
    assert found("deals/search?term=v&exact_match=true") == []


def test_small_lists(sales):
    assert [one["name"] for one in sales.get("/api/v2/pipelines")] == ["Myynti", "Jatkosopimukset"]
    assert len(sales.get("/api/v2/stages")) == 7
    assert [one["name"] for one in sales.get("/api/v2/stages?pipeline_id=2")] == ["Uusittava", "Uusittu"]
    assert {one["code"]: one["decimal_points"] for one in sales.get("/api/v1/currencies")}["JPY"] == 0
    assert [one["code"] for one in sales.get("/api/v1/currencies?term=krona")] == ["SEK"]
    assert len(sales.get("/api/v1/users")) == 2
    assert sales.get("/api/v1/users/2")["is_you"] is False
    assert sales.call("GET", "/api/v1/users/99")[0] == 404


def test_days_pass_alike_twice():
    def told():
        made = SalesAt()
        made.sim.advance(date(2026, 12, 20))
        rows = [(one.id, one.day, str(one.total), one.currency, one.living) for one in made.sim.documents()]
        won = [row for row in made.sim.crm.rows("deals") if row["status"] == "won"]
        made.sim.state.close()
        assert len(won) > 12
        return rows

    first = told()
    assert first == told()
    assert len(first) > 40


def test_what_is_held_and_its_credentials(tmp_path):
    with Host({"pipedrive": PipedriveSimulator}, tmp_path) as host:
        assert set(host.vendors()["pipedrive"]["credentials"]) == {"domain", "api_token"}
        held = list(host.simulators["pipedrive"].documents())
        assert {one.kind for one in held} == {"deal"}
        assert sum(not one.living for one in held) == 1
        assert ("PO-001" in held[0].texts, held[0].total) == (True, 928.5)
