from __future__ import annotations

import pytest

from bridge_gui.sandbox.faults import Fault, Match
from bridge_gui.sandbox.gate import Cut
from bridge_gui.sandbox.kit import State
from tests.vendors.twentyfoursevenoffice.office_at import OfficeAt


@pytest.fixture
def office():
    made = OfficeAt()
    yield made
    made.sim.state.close()


def sums(order):
    return order["netAmount"], order["taxAmount"], order["grossAmount"]


def test_an_order_is_a_header_and_then_its_lines(office):
    made = office.order(referenceNumber="sfx/5001")
    assert (made["status"], made["date"], sums(made)) == ("Draft", "2026-11-20", (0, 0, 0))
    office.line(made["id"], price=2000, discountRate=10)
    office.line(made["id"], description="Levering", price=300)
    office.line(made["id"], type="text", description="Hentes i Oslo", price=0)
    read = office.get(f"/salesorders/{made['id']}")
    assert sums(read) == (2100, 525, 2625)
    lines = office.get(f"/salesorders/{made['id']}/lines")
    assert [(one["type"], one["price"]) for one in lines] == [
        ("product", 2000),
        ("product", 300),
        ("text", 0),
    ]


def test_rounding_is_half_up_by_line_or_by_order(office):
    line = {"quantity": 3, "price": 33.34, "discountRate": 5, "tax": {"id": office.tax(31)}}
    made = office.order(line, line)
    assert sums(made) == (190.04, 28.5, 218.54)  # 95.02 and 14.253 each
    office.sim.settings.change({"rounds_tax": "order"})
    office.patch(f"/salesorders/{made['id']}", {"memo": "x"})
    assert sums(office.get(f"/salesorders/{made['id']}")) == (190.04, 28.51, 218.55)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ["customer required"]),
        ({"customer": {"name": "x"}}, ["customer.id required"]),
        ({"customer": {"id": 1, "name": "x"}}, ["customer.id reference"]),
        ({"customer": {"id": "12345", "name": "x"}}, ["customer.id type"]),
        ({"customer": {"id": 12345, "name": "x" * 201}}, ["customer.name maxLength"]),
        ({"customer": {"id": 12345, "name": "x"}, "date": "20.11.2026"}, ["date format"]),
        ({"customer": {"id": 12345, "name": "x"}, "status": "Sent"}, ["status enum"]),
        ({"customer": {"id": 12345, "name": "x"}, "referenceNumber": "x" * 51}, ["referenceNumber maxLength"]),
        ({"customer": {"id": 12345, "name": "x"}, "paymentMethod": {"id": 9}}, ["paymentMethod.id reference"]),
        ({"customer": {"id": 12345, "name": "x"}, "invoice": {"paymentTerms": {"type": "Soon", "value": 1}}},
         ["invoice.paymentTerms.type enum"]),
        ({"customer": {"id": 12345, "name": "x"}, "status": "Invoice"}, ["NoLines"]),
    ],
)  # fmt: skip
def test_headers_that_are_refused(office, body, wrong):
    assert office.refused("POST", "/salesorders", body) == wrong
    assert len(office.get("/salesorders")) == 2


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"description": ""}, ["description minLength"]),
        ({"description": "x" * 301}, ["description maxLength"]),
        ({"discountRate": 101}, ["discountRate maximum"]),
        ({"tax": {"id": 3}}, ["tax.id reference"]),
        ({"price": "12"}, ["price type"]),
        ({"name": "x"}, ["name additionalProperties"]),
        ({"product": {"number": "T-1"}}, ["product.id reference"]),
    ],
)
def test_lines_that_are_refused(office, row, wrong):
    order = office.order()["id"]
    assert office.refused("POST", f"/salesorders/{order}/lines", row) == wrong
    assert office.get(f"/salesorders/{order}/lines") == []


def test_obligatory_department(office):
    office.sim.settings.change({"department_required": True})
    row = {"customer": {"id": office.customer(), "name": "x"}}
    assert office.refused("POST", "/salesorders", row) == ["DepartmentMissing"]
    told = [{"dimensionType": 2, "value": "1", "name": "Utleie"}]
    made = office.post("/salesorders", {**row, "dimensions": told})
    assert made["dimensions"] == told
    assert "dimensions" not in next(one for one in office.get("/salesorders") if one["id"] == made["id"])


def test_the_demo_is_made_where_departments_and_projects_are_obligatory(office):
    office.sim.settings.change({"department_required": True, "project_required": True})
    before = len(office.get("/salesorders"))
    office.sim.plant()
    assert len(office.get("/salesorders")) == before + 2


def test_found_again_by_the_reference_unless_the_version_is_old(office):
    made = office.order(referenceNumber="sfx/7")
    assert [one["id"] for one in office.get("/salesorders?referenceNumber=sfx/7")] == [made["id"]]
    assert office.get("/salesorders?referenceNumber=sfx/8") == []
    office.sim.settings.change({"version": "0.56.0"})
    assert len(office.get("/salesorders?referenceNumber=sfx/8")) == 3


def test_the_list_can_lag_behind(office):
    office.sim.settings.change({"lag_seconds": 20})
    made = office.order(referenceNumber="sfx/7")
    assert office.get("/salesorders?referenceNumber=sfx/7") == []
    assert office.get(f"/salesorders/{made['id']}")["referenceNumber"] == "sfx/7"
    office.later(seconds=20)
    assert len(office.get("/salesorders?referenceNumber=sfx/7")) == 1


def test_pages_go_on_by_token_and_the_last_may_be_empty(office):
    for _ in range(4):
        office.order()
    answer, seen = office.plain("GET", "/salesorders?limit=3"), []
    while True:
        seen.append([one["id"] for one in answer.get_json()])
        link = answer.headers.get("Link")
        if not link:
            break
        assert 'rel="next"' in link
        answer = office.http.get(link.split(">")[0].strip("<"), headers=office.headers)
    assert [len(part) for part in seen] == [3, 3, 0]
    assert len({one for part in seen for one in part}) == 6


def test_the_number_comes_after_the_queue(office):
    made = office.order({})
    sent = office.patch(f"/salesorders/{made['id']}", {"status": "Invoice"})
    assert (sent["status"], sent.get("invoice")) == ("Invoice", None)
    office.later(seconds=30)
    invoice = office.get(f"/salesorders/{made['id']}")["invoice"]
    assert (invoice["number"], invoice["date"], invoice["dueDate"]) == (9002, "2026-11-20", "2026-12-04")
    assert invoice["remittanceReference"] == "90027"
    assert [one["id"] for one in office.get("/salesorders?invoiceNumber=9002")] == [made["id"]]


def test_an_invoiced_order_stays_as_it_is(office):
    done = office.invoice()
    place = f"/salesorders/{done['id']}"
    line = office.get(f"{place}/lines")[0]["id"]
    assert office.call("DELETE", place)[0] == 409
    assert office.call("DELETE", f"{place}/lines/{line}")[0] == 409
    assert office.refused("POST", f"{place}/lines", {"description": "x"}) == ["status invoiced"]
    assert office.refused("PATCH", place, {"date": "2026-01-01"}) == ["status invoiced"]
    assert office.patch(place, {"referenceNumber": "later"})["referenceNumber"] == "later"
    assert sums(office.get(place)) == sums(done)


def test_terms_make_the_due_date(office):
    for terms, due in (
        ({"type": "NumberOfDays", "value": 30}, "2026-12-20"),
        ({"type": "OutMonthPlusDays", "value": 15}, "2026-12-15"),
        ({"type": "FixedDate", "value": "2027-01-07"}, "2027-01-07"),
    ):
        assert office.invoice(invoice={"paymentTerms": terms})["invoice"]["dueDate"] == due
    office.sim.settings.change({"new_invoicing": False})
    row = {"invoice": {"paymentTerms": {"type": "FixedDate", "value": "2027-01-07"}}}
    order = office.order()["id"]
    assert office.refused("PATCH", f"/salesorders/{order}", row) == ["invoice.paymentTerms.type enum"]


def test_deleting_takes_the_lines_too(office):
    made = office.order({}, {})
    assert office.call("DELETE", f"/salesorders/{made['id']}")[0] == 204
    assert office.call("GET", f"/salesorders/{made['id']}/lines")[0] == 404
    assert office.call("DELETE", f"/salesorders/{made['id']}")[0] == 404
    assert office.sim.books.order_lines.count(("_order", "=", str(made["id"]))) == 0


def test_a_lost_answer_leaves_the_line_behind(office):
    order = office.order()["id"]
    office.sim.faults.arm(
        Fault(kind="cut_after", match=Match(method="POST", path_prefix=f"/v1/salesorders/{order}/lines"))
    )
    with pytest.raises(Cut):
        office.line(order)
    assert len(office.get(f"/salesorders/{order}/lines")) == 1


def test_a_person_changes_an_order_and_a_line(office):
    made = office.order({}, referenceNumber="a")
    line = office.get(f"/salesorders/{made['id']}/lines")[0]["id"]
    office.person("edit_line", id=made["id"], line=line, changes={"price": 1500})
    office.person("edit_order", id=made["id"], changes={"referenceNumber": "b"})
    read = office.get(f"/salesorders/{made['id']}")
    assert (read["netAmount"], read["referenceNumber"]) == (1500, "b")
    office.person("delete_line", id=made["id"], line=line)
    assert office.control("person", {"action": "publish_invoice", "id": made["id"]})[0] == 400


def test_all_is_still_there_after_a_restart(tmp_path):
    first = OfficeAt(State(tmp_path / "s.db"))
    made, headers = first.order({}, referenceNumber="kept"), dict(first.headers)
    first.sim.state.close()
    second = OfficeAt(State(tmp_path / "s.db"))
    second.headers = headers
    assert second.get(f"/salesorders/{made['id']}")["referenceNumber"] == "kept"
    assert second.order()["id"] == made["id"] + 1
    second.sim.state.close()
