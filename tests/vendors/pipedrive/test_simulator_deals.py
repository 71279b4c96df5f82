from __future__ import annotations

import pytest

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.pipedrive.simulator import PipedriveSimulator
from tests.vendors.pipedrive.sales_at import SalesAt


@pytest.fixture
def sales():
    made = SalesAt()
    yield made
    made.sim.state.close()


def test_archived_and_deleted_deals_are_not_in_the_list(sales):
    titles = [one["title"] for one in sales.get("/api/v2/deals")]
    assert len(titles) == 13
    assert not {"Vanha hanke", "Väärä kirjaus"} & set(titles)
    assert [one["title"] for one in sales.get("/api/v2/deals/archived")] == ["Vanha hanke"]
    deleted = sales.get("/api/v2/deals?status=deleted")
    assert [(one["title"], one["is_deleted"]) for one in deleted] == [("Väärä kirjaus", True)]
    assert len(sales.get("/api/v2/deals?status=open,deleted")) == 8
    assert sales.get(f"/api/v2/deals/{deleted[0]['id']}")["status"] == "deleted"


def test_a_deleted_deal_is_purged_after_thirty_days(sales):
    key = sales.get("/api/v2/deals?status=deleted")[0]["id"]
    sales.later(days=31)
    assert sales.get("/api/v2/deals?status=deleted") == []
    status, said = sales.call("GET", f"/api/v2/deals/{key}")
    assert (status, said) == (404, {"success": False, "error": "Deal not found", "code": "ERR_NOT_FOUND"})


def test_pages_by_cursor_give_every_deal_once(sales):
    seen: list[int] = []
    path = "/api/v2/deals?limit=5&sort_by=id"
    while path:
        status, said = sales.call("GET", path)
        assert status == 200
        seen += [one["id"] for one in said["data"]]
        cursor = said["additional_data"]["next_cursor"]
        path = f"/api/v2/deals?limit=5&sort_by=id&cursor={cursor}" if cursor else ""
    assert seen == sorted(set(seen))
    assert len(seen) == 13
    down = sales.get("/api/v2/deals?sort_by=id&sort_direction=desc&limit=2")
    assert [one["id"] for one in down] == [15, 14]


def test_a_row_changed_meanwhile_comes_twice_when_sorted_by_time(sales):
    sales.later(seconds=10)
    sales.person("edit_deal", id=1, changes={"title": "first"})
    _, said = sales.call("GET", "/api/v2/deals?limit=12&sort_by=update_time")
    cursor = said["additional_data"]["next_cursor"]
    assert 1 not in {one["id"] for one in said["data"]}
    sales.later(seconds=10)
    sales.person("edit_deal", id=2, changes={"title": "moved"})
    rest = sales.get(f"/api/v2/deals?limit=12&sort_by=update_time&cursor={cursor}")
    assert {one["id"] for one in rest} == {1, 2}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("limit=501", "limit"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("cursor=nonsense", "cursor"),
        ("sort_by=title", "sort_by"),
        ("status=lukewarm", "status"),
        ("colour=blue", "Parameter 'colour' is not allowed for this request"),
        ("updated_since=2026-11-20T10:20:00.000Z", "not a valid datetime"),
        ("updated_since=2026-11-20", "not a valid datetime"),
        ("ids=" + ",".join(map(str, range(1, 102))), "100"),
        ("custom_fields=" + ",".join("abcdefghijklmnop"), "15"),
    ],
)
def test_what_a_list_does_not_take(sales, query, said):
    assert said in sales.refused(f"/api/v2/deals?{query}")


def test_changed_since_is_inclusive_and_until_is_not(sales):
    assert len(sales.get("/api/v2/deals?updated_since=2026-11-20T12:00:00Z")) == 13
    assert sales.get("/api/v2/deals?updated_until=2026-11-20T12:00:00Z") == []
    sales.later(minutes=5)
    sales.person("edit_deal", id=3, changes={"title": "later"})
    found = sales.get("/api/v2/deals?updated_since=2026-11-20T14:05:00%2B02:00")
    assert [one["id"] for one in found] == [3]
    assert sales.get("/api/v2/deals?updated_since=2026-11-20T12:05:01Z") == []


def test_filters_by_party_stage_and_ids(sales):
    assert {one["org_id"] for one in sales.get("/api/v2/deals?org_id=7")} == {7}
    assert [one["id"] for one in sales.get("/api/v2/deals?ids=1,3,999,11")] == [1, 3]  # 11 is archived
    sales.person("move_deal", id=4, stage_id=3)
    assert [one["id"] for one in sales.get("/api/v2/deals?stage_id=3")] == [4]


def test_winning_losing_and_reopening(sales):
    won = sales.person("win_deal", id=4)
    assert (won["status"], won["won_time"], won["local_won_date"]) == (
        "won",
        "2026-11-20T12:00:00Z",
        "2026-11-20",
    )
    lost = sales.person("lose_deal", id=4, reason="Hinta")
    assert (lost["won_time"], lost["lost_reason"]) == (None, "Hinta")
    again = sales.person("reopen_deal", id=4)
    assert (again["status"], again["close_time"], again["lost_reason"]) == ("open", None, None)


def test_all_custom_fields_are_listed_and_some_may_be_chosen(sales):
    deal = sales.get("/api/v2/deals/1")
    assert len(deal["custom_fields"]) == 5
    assert sum(value is None for value in deal["custom_fields"].values()) == 4
    code = sales.code("deal", "Tilausviite")
    assert sales.get(f"/api/v2/deals/1?custom_fields={code}")["custom_fields"] == {code: "PO-001"}
    assert sales.get("/api/v2/deals?ids=1&include_fields=products_count")[0]["products_count"] == 2
    assert "products_count" not in deal


def test_custom_values_are_judged_by_their_type(sales):
    def write(name, value):
        code = sales.code("deal", name)
        return sales.patch("/api/v2/deals/1", {"custom_fields": {code: value}})["custom_fields"][code]

    def refused(name, value):
        return sales.refused("/api/v2/deals/1", {"custom_fields": {sales.code("deal", name): value}})

    assert write("Tilausviite", "INV-0042") == "INV-0042"
    assert write("Kulukatto", {"value": 500, "currency": "EUR"}) == {"value": 500, "currency": "EUR"}
    options = {one["label"]: one["id"] for one in _field(sales, "Laskutusrytmi")["options"]}
    assert write("Laskutusrytmi", options["Kerralla"]) == options["Kerralla"]
    labelled = sales.get("/api/v2/deals/1?include_option_labels=true")["custom_fields"]
    assert {"id": options["Kerralla"], "label": "Kerralla"} in labelled.values()
    assert write("Lisäpalvelut", None) is None
    for name, wrong in (
        ("Tilausviite", 42), ("Tilausviite", "x" * 256), ("Kulukatto", 500), ("Laskutusrytmi", "1"),
        ("Laskutusrytmi", 999), ("Lisäpalvelut", []),
    ):  # fmt: skip
        assert "does not fit" in refused(name, wrong)
    assert "not allowed" in sales.refused("/api/v2/deals/1", {"custom_fields": {"f" * 40: "x"}})


def _field(sales, name):
    return next(one for one in sales.get("/api/v2/dealFields?limit=500") if one["field_name"] == name)


def test_what_a_change_does_not_take(sales):
    code = sales.code("deal", "Tilausviite")
    for body in ({code: "top level"}, {"colour": 1}, {"value": "12"}, {"is_archived": 1}, {"org_id": "9"}):
        assert "Validation failed" in sales.refused("/api/v2/deals/1", body)
    assert "status" in sales.refused("/api/v2/deals/1", {"status": "half"})
    assert sales.call("PATCH", "/api/v2/deals/999", {"title": "x"})[0] == 404


def test_an_empty_object_clears_custom_fields_and_value_resets_others(sales):
    code = sales.code("deal", "Tilausviite")
    sales.patch("/api/v2/deals/1", {"expected_close_date": "2026-12-01"})
    sales.patch("/api/v2/deals/1", {"custom_fields": {}})
    assert sales.get("/api/v2/deals/1")["custom_fields"][code] is None
    assert sales.patch("/api/v2/deals/1", {"value": 5})["expected_close_date"] is None


def test_a_new_deal_field_has_a_key_of_forty_digits(sales):
    made = sales.post("/api/v2/dealFields", {"field_name": "Xero-lasku", "field_type": "varchar"})
    assert len(made["field_code"]) == 40
    again = sales.post("/api/v2/dealFields", {"field_name": "Xero-lasku", "field_type": "varchar"})
    assert again["field_code"] != made["field_code"]  # names are not unique
    assert sales.patch("/api/v2/deals/1", {"custom_fields": {made["field_code"]: "INV-1"}})
    assert sales.refused("/api/v2/dealFields", {"field_name": "x", "field_type": "url"}, "POST")


def test_more_than_a_hundred_fields_come_in_pages():
    sim = PipedriveSimulator(State())
    sim.settings.change({"spare_fields": 120})
    client = sim.app().test_client()
    headers = {"x-api-token": sim.credentials()["api_token"]}
    first = client.get("/api/v2/dealFields", headers=headers).get_json()
    assert len(first["data"]) == 100
    cursor = first["additional_data"]["next_cursor"]
    rest = client.get(f"/api/v2/dealFields?cursor={cursor}", headers=headers).get_json()
    assert len(rest["data"]) == 33
    assert rest["additional_data"]["next_cursor"] is None
    sim.state.close()


def test_merged_deals(sales):
    before = len(sales.lines(1))
    sales.person("merge_deals", id=4, into=1)
    assert sales.get("/api/v2/deals/4")["status"] == "deleted"
    assert len(sales.lines(1)) == before + 1
