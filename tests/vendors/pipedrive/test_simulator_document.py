"""All answers of the simulator held against Pipedrive's own OpenAPI documents."""

from __future__ import annotations

import io
import json
import re

import pytest

from tests.vendors.documents import Document
from tests.vendors.pipedrive.sales_at import SalesAt


@pytest.fixture
def sales():
    made = SalesAt(empty_fields="absent")
    yield made
    made.sim.state.close()


@pytest.fixture(scope="module")
def documents(specs):
    folder = specs / "pipedrive"
    return {one: Document(folder / f"pipedrive-{one}-trimmed.json") for one in ("v1", "v2")}


def wrong(documents, method, path, status, said):
    version = path.split("/")[2]
    inner = path.split("?")[0].removeprefix(f"/api/{version}")
    return documents[version].wrong(method, inner, status, said)


READ = (
    "/api/v2/deals?include_option_labels=true", "/api/v2/deals/archived", "/api/v2/deals/1", "/api/v2/deals/7",
    "/api/v2/deals/products?deal_ids=1,2,7,10,14,15", "/api/v2/deals/7/products", "/api/v2/deals/7/discounts",
    "/api/v2/deals/installments?deal_ids=13", "/api/v2/dealFields", "/api/v2/organizationFields",
    "/api/v2/personFields", "/api/v2/productFields", "/api/v2/organizations", "/api/v2/organizations/1",
    "/api/v2/persons", "/api/v2/persons/1", "/api/v2/products", "/api/v2/products/1",
    "/api/v2/products/4/variations", "/api/v2/pipelines", "/api/v2/stages", "/api/v2/deals/search?term=kau",
    "/api/v2/organizations/search?term=malli", "/api/v2/persons/search?term=malli",
    "/api/v2/itemSearch?term=malli", "/api/v2/activities", "/api/v1/users/me", "/api/v1/users",
    "/api/v1/users/2", "/api/v1/currencies", "/api/v1/notes", "/api/v1/files", "/api/v1/deals/1/files",
    "/api/v1/activityTypes", "/api/v1/notes/1", "/api/v1/files/1",
)  # fmt: skip
# A last page's cursor is null (pipedrive.md 4); a line outlives its product (3.2); a deal's value has cents,
# though the searches' schema calls it an integer.
KNOWN = (
    r"\$\.additional_data\.next_cursor: None .*",
    r"\$\.data\[\d+\]\.product_id: None .*",
    r"\$\.data\.items\[\d+\]\.item\.value: [\d.]+ is not of type 'integer'",
)


def strange(found):
    return [text for text in found if not any(re.fullmatch(one, text) for one in KNOWN)]


def test_everything_that_is_read(sales, documents):
    sales.post("/api/v1/notes", {"deal_id": 1, "content": "x"})
    form = {"file": (io.BytesIO(b"x"), "a.pdf", "application/pdf"), "deal_id": "1"}
    sales.call("POST", "/api/v1/files", data=form, content_type="multipart/form-data")
    sales.post("/api/v2/activities", {"subject": "x", "type": "task", "deal_id": 1})
    for path in READ:
        status, said = sales.call("GET", path)
        assert (status, bool(said["data"])) == (200, True), path
        found = wrong(documents, "GET", path, status, said)
        assert strange(found) == [], path


def test_everything_that_is_written(sales, documents):
    code = sales.code("deal", "Tilausviite")
    form = {"file": (io.BytesIO(b"x"), "a.pdf", "application/pdf"), "deal_id": "1"}
    calls = (
        ("PATCH", "/api/v2/deals/1", {"json": {"custom_fields": {code: "x"}}}),
        ("POST", "/api/v2/deals", {"json": {"title": "x"}}),
        ("POST", "/api/v2/dealFields", {"json": {"field_name": "x", "field_type": "enum", "options": [{"label": "a"}]}}),
        ("POST", "/api/v1/notes", {"json": {"deal_id": 1, "content": "x"}}),
        ("PUT", "/api/v1/notes/1", {"json": {"content": "y"}}),
        ("DELETE", "/api/v1/notes/1", {}),
        ("POST", "/api/v1/files", {"data": form, "content_type": "multipart/form-data"}),
        ("POST", "/api/v2/activities", {"json": {"subject": "x", "type": "task"}}),
        ("PATCH", "/api/v2/activities/1", {"json": {"done": True}}),
        ("DELETE", "/api/v2/deals/5", {}),
    )  # fmt: skip
    for method, path, more in calls:
        status, said = sales.call(method, path, **more)
        assert status == 200, said
        assert wrong(documents, method, path, status, said) == [], path


def test_the_usual_position_differs_only_by_nulls(sales, documents):
    sales.sim.settings.change({"empty_fields": "null"})
    for path in READ[:-2]:
        status, said = sales.call("GET", path)
        if status == 200:
            found = strange(wrong(documents, "GET", path, status, said))
            assert all("None" in text for text in found), path
    assert wrong(documents, "GET", "/api/v2/deals/9", 200, sales.call("GET", "/api/v2/deals/9")[1])


def test_what_each_call_costs_is_what_the_document_says(sales, specs):
    costs = {}
    for version in ("v1", "v2"):
        doc = json.loads((specs / "pipedrive" / f"pipedrive-{version}-trimmed.json").read_text("utf-8"))
        for path, operations in doc["paths"].items():
            costs |= {
                (method.upper(), f"/api/{version}" + re.sub(r"\{\w+\}", "{}", path)): told["x-token-cost"]
                for method, told in operations.items()
                if isinstance(told, dict) and "x-token-cost" in told
            }
    sim = sales.sim
    desks = (sim.lines, sim.search, sim.deals, sim.parties, sim.fields, sim.lists, sim.papers)
    endpoints = [one for desk in desks for one in desk.routes()]
    ours = {}
    for one in endpoints:
        path = re.sub(r"<\w+>", "{}", one.path)
        ours[one.method, path if path.startswith("/api") else f"/api{path}"] = one.cost
    assert len(ours) > 40
    assert {call: (cost, costs.get(call)) for call, cost in ours.items() if costs.get(call) != cost} == {}


def test_the_documents_do_find_faults(documents):
    good = {"success": True, "data": [{"id": 1, "code": "EUR", "decimal_points": 2}]}
    assert wrong(documents, "GET", "/api/v1/currencies", 200, good) == []
    bad = {"success": True, "data": [{"id": "1", "code": 7}]}
    assert len(wrong(documents, "GET", "/api/v1/currencies", 200, bad)) == 2
