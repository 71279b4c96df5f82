"""All answers of the simulator held against webcrm's own Swagger document."""

from __future__ import annotations

import re

import pytest

from bridge_gui.vendors.webcrm.simulator.crm import NEWER, TABLES
from bridge_gui.vendors.webcrm.simulator.fields import Field, shape
from tests.vendors.webcrm.swagger import Swagger
from tests.vendors.webcrm.webcrm_at import USERS, WebcrmAt

KINDS = {"integer": "int", "number": "number", "boolean": "flag"}
READ = (
    "/Organisations", "/Organisations?Page=1&Size=1000", "/Organisations/1", "/Organisations/1/Persons",
    "/Organisations/FindByUpdateDates/2026-11-01T00:00:00Z/2026-12-01T00:00:00Z",
    "/Organisations/FindByCreateDates/2026-11-01T00:00:00Z/2026-12-01T00:00:00Z",
    "/Persons", "/Persons/1", "/Deliveries", "/Deliveries/1", "/Deliveries/1/QuotationLines",
    "/Deliveries/ByOrganisation/1", "/Deliveries/ByStatus/Planned", "/Deliveries/ByResponsible/1",
    "/Deliveries/FindByCreateDates/2026-11-01T00:00:00Z/2026-12-01T00:00:00Z",
    "/QuotationLines", "/QuotationLines/1", "/QuotationLines/LinkedData", "/QuotationLines/LinkedData/1",
    "/QuotationLines/LinkedSetup", "/Users", f"{USERS}/AllActive", f"{USERS}/1", "/FieldsMetadata",
    "/FieldsMetadata/Organisation", "/FieldsMetadata/All", "/Organisations/Hooks", "/Organisations/Hooks/1",
    "/Queries?script=SELECT%20*%20FROM%20Delivery", "/Auth",
)  # fmt: skip
HOOK = {
    "Id": 0,
    "TargetUrl": "https://relay.example/x",
    "EventType": "Update",
    "IsEnabled": True,
    "Filter": ["All"],
}


@pytest.fixture
def crm():
    made = WebcrmAt(extra_fields=False)
    yield made
    made.sim.state.close()


@pytest.fixture(scope="module")
def swagger(specs):
    return Swagger(specs)


@pytest.mark.parametrize("prefix", [one for one in TABLES if one != "Opportunity"])
def test_the_fields_are_the_documents(swagger, prefix):
    told = swagger.fields(f"{prefix}Dto")
    ours = shape(prefix).fields
    assert ours.keys() == told.keys()
    for name, field in told.items():
        kind = "date" if field.get("format") == "date-time" else KINDS.get(field["type"], "text")
        wanted = (
            Field("choice", values=tuple(field["enum"]))
            if "enum" in field
            else Field(kind, field.get("maxLength", 0))
        )
        assert (name, ours[name]) == (name, wanted)


def test_a_line_is_written_with_one_field_more(swagger):
    written, read = swagger.fields("QuotationLineUpdateDto"), swagger.fields("QuotationLineDto")
    assert written.keys() - read.keys() == {"QuotationLineLinkedDataId"}


def test_everything_that_is_read(crm, swagger):
    crm.person("add_price", QuotationLineLinkedDataItemData1="1000")
    assert crm.send("POST", "/Organisations/Hooks", HOOK) == 1
    for path in READ:
        status, said = crm.call("GET", path)
        assert (status, bool(said)) == (200, True), path
        assert swagger.wrong("GET", path, status, said) == [], path


def test_everything_that_is_written(crm, swagger):
    item = {f"QuotationLineLinkedDataItemData{at}": "-" for at in range(1, 10)}
    item |= {f"QuotationLineLinkedDataItem{name}": "" for name in ("DataMemo", "ItemGroup", "VatCode")}
    item |= {"QuotationLineLinkedDataItemId": 0, "QuotationLineLinkedDataItemEntityType": "Product"}
    calls = (
        ("POST", "/Organisations", {"OrganisationId": 0, "OrganisationName": "x"}),
        ("PUT", "/Organisations/1", {"OrganisationId": 1, "OrganisationCity": "x"}),
        ("PATCH", "/Organisations", [{"OrganisationId": 1}, {"OrganisationId": 0}]),
        ("POST", "/Persons", {"PersonId": 0, "PersonLastName": "x", "PersonOrganisationId": 1}),
        ("PUT", "/Persons/1", {"PersonId": 1, "PersonStatus": "Resigned"}),
        ("POST", "/Deliveries", {"DeliveryId": 0, "DeliveryOrganisationId": 1}),
        ("PUT", "/Deliveries/1", {"DeliveryId": 1, "DeliveryErpStatus": "Synchronized"}),
        ("PATCH", "/Deliveries", [{"DeliveryId": 1, "DeliveryNote": "x"}]),
        ("POST", "/Deliveries/1/Move", {"NewOrganisationId": 2}),
        ("POST", "/QuotationLines", {"QuotationLineId": 0, "QuotationLineOpportunityId": 1}),
        ("PUT", "/QuotationLines/1", {"QuotationLineId": 1, "QuotationLineQuantity": 3}),
        ("DELETE", "/QuotationLines/1", None),
        ("POST", "/QuotationLines/LinkedData", item),
        ("PUT", "/QuotationLines/LinkedData/1", {**item, "QuotationLineLinkedDataItemId": 1}),
        ("DELETE", "/QuotationLines/LinkedData/1", None),
        ("PUT", f"{USERS}/1", {"UserId": 1, "UserTitle": "x"}),
        ("POST", f"{USERS}/Hooks", HOOK),
        ("PUT", f"{USERS}/Hooks/1", HOOK),
        ("DELETE", f"{USERS}/Hooks/1", None),
    )
    for method, path, body in calls:
        status, said = crm.call(method, path, body)
        assert status in {200, 204}, (path, said)
        assert swagger.wrong(method, path, status, said) == [], path
    assert swagger.wrong("POST", "/Auth/ApiLogin", 200, crm.login()) == []


def test_newer_answers_have_more_fields_and_nothing_else_wrong(crm, swagger):
    crm.sim.settings.change({"extra_fields": True})
    for path in ("/Organisations/1", "/Deliveries/1"):
        found = swagger.wrong("GET", path, 200, crm.get(path))
        assert len(found) == 1
        assert set(re.findall(r"'(\w+)'", found[0])) <= set(NEWER["Organisation"]) | set(NEWER["Delivery"])


def test_every_path_is_the_documents_or_was_seen_elsewhere(crm, swagger):
    seen = {"/Persons/ByOrganisation/1"}  # webcrm.md 3
    for method, path, _ in crm.sim.routes():
        plain = re.sub(r"<(?:int:)?\w+>", "1", path).replace("ByStatus/1", "ByStatus/New")
        if plain not in seen:
            assert swagger.operation(method, plain), path


def test_the_document_does_find_faults(crm, swagger):
    good = crm.get("/Organisations/1")
    assert swagger.wrong("GET", "/Organisations/1", 200, good) == []
    for bad in ({"OrganisationName": 7}, {"OrganisationNew": 1}, {"OrganisationLastItemType": "x"}):
        assert len(swagger.wrong("GET", "/Organisations/1", 200, {**good, **bad})) == 1
