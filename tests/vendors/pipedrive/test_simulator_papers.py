from __future__ import annotations

import io

import pytest

from tests.vendors.pipedrive.sales_at import SalesAt


@pytest.fixture
def sales():
    made = SalesAt()
    yield made
    made.sim.state.close()


def test_notes_are_made_changed_listed_and_removed(sales):
    made = sales.post("/api/v1/notes", {"deal_id": 1, "content": "<p>INV-1</p>", "pinned_to_deal_flag": 1})
    assert (made["add_time"], made["pinned_to_deal_flag"], made["deal"]) == (
        "2026-11-20 12:00:00", True, {"title": "Kuukausipalvelu 2027"},
    )  # fmt: skip
    sales.later(minutes=1)
    status, said = sales.call("PUT", f"/api/v1/notes/{made['id']}", {"content": "<p>INV-1: maksettu</p>"})
    assert (status, said["data"]["update_time"]) == (200, "2026-11-20 12:01:00")
    sales.post("/v1/notes", {"deal_id": 2, "content": "other"})
    assert [one["content"] for one in sales.get("/api/v1/notes?deal_id=1")] == ["<p>INV-1: maksettu</p>"]
    assert len(sales.get("/api/v1/notes?updated_since=2026-11-20T12:01:00Z")) == 2
    assert sales.call("DELETE", f"/api/v1/notes/{made['id']}") == (200, {"success": True, "data": True})
    assert sales.get("/api/v1/notes?deal_id=1") == []
    assert sales.call("GET", f"/api/v1/notes/{made['id']}")[0] == 404


def test_html_is_cleaned(sales):
    dirty = (
        '<p onclick="x()">a <script>b</script><a href="https://go.xero.com/1" target="t">c</a><h1>d</h1></p>'
    )
    made = sales.post("/api/v1/notes", {"deal_id": 1, "content": dirty})
    assert made["content"] == '<p>a b<a href="https://go.xero.com/1">c</a>d</p>'


def test_notes_come_by_offset(sales):
    for at in range(5):
        sales.post("/api/v1/notes", {"deal_id": 1, "content": f"note {at}"})
    said = sales.call("GET", "/api/v1/notes?deal_id=1&limit=2&start=2")[1]
    assert [one["content"] for one in said["data"]] == ["note 2", "note 3"]
    assert said["additional_data"]["pagination"] == {
        "start": 2, "limit": 2, "more_items_in_collection": True, "next_start": 4,
    }  # fmt: skip
    last = sales.call("GET", "/api/v1/notes?deal_id=1&limit=2&start=4")[1]["additional_data"]["pagination"]
    assert last == {"start": 4, "limit": 2, "more_items_in_collection": False}


def test_what_a_note_does_not_take(sales):
    for body, status in (
        ({"deal_id": 1}, 400),
        ({"content": "x"}, 400),
        ({"deal_id": 999, "content": "x"}, 404),
        ({"deal_id": 1, "content": "x" * 100_001}, 400),
    ):
        code, said = sales.call("POST", "/api/v1/notes", body)
        assert (code, said["success"], said["data"]) == (status, False, None)
    sales.sim.settings.change({"admin": False})
    assert sales.call("POST", "/api/v1/notes", {"deal_id": 1, "content": "x", "user_id": 2})[0] == 403


def test_a_file_is_filed_listed_and_read_back(sales):
    form = {"file": (io.BytesIO(b"%PDF-1.4 x"), "INV-0042.pdf", "application/pdf"), "deal_id": "1"}
    status, said = sales.call("POST", "/api/v1/files", data=form, content_type="multipart/form-data")
    made = said["data"]
    assert (status, made["name"], made["file_size"], made["file_type"]) == (200, "INV-0042.pdf", 10, "pdf")
    assert (made["deal_id"], made["remote_location"]) == (1, "s3")
    assert not [name for name in made if name.startswith("_")]
    told = sales.call("GET", "/api/v1/deals/1/files")[1]
    assert [one["id"] for one in told["data"]] == [made["id"]]
    assert told["additional_data"] == {"start": 0, "limit": 100, "more_items_in_collection": False}
    answer = sales.plain("GET", f"/api/v1/files/{made['id']}/download")
    assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF-1.4 x")
    assert sales.get("/api/v2/deals/1?include_fields=files_count")["files_count"] == 1
    assert sales.call("POST", "/api/v1/files", data={}, content_type="multipart/form-data")[0] == 400


def test_activities(sales):
    sent = {"subject": "Lasku maksettu", "type": "task", "deal_id": 1, "done": True,
            "participants": [{"person_id": 7, "primary": True}]}  # fmt: skip
    made = sales.post("/api/v2/activities", sent)
    assert (made["subject"], made["done"]) == ("Lasku maksettu", True)
    assert sales.patch(f"/api/v2/activities/{made['id']}", {"note": "x"})["note"] == "x"
    assert [one["id"] for one in sales.get("/api/v2/activities?deal_id=1")] == [made["id"]]
    status, said = sales.call("POST", "/api/v2/activities", {**sent, "done": 1})
    assert (status, said["code"]) == (400, "ERR_SCHEMA_VALIDATION_FAILED")
    assert sales.call("POST", "/api/v2/activities", {**sent, "person_id": 7})[0] == 400
    assert {one["key_string"] for one in sales.get("/api/v1/activityTypes")} == {"call", "task"}
