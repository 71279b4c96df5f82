from __future__ import annotations

import pytest

from bridge_gui.sandbox.studio import CUSTOMERS
from tests.vendors.highlevel.highlevel_at import HighLevelAt


@pytest.fixture
def crm():
    made = HighLevelAt()
    yield made
    made.sim.state.close()


def eq(field, value, operator="eq"):
    return {"field": field, "operator": operator, "value": value}


def names(said):
    return [row["firstNameLowerCase"] for row in said["contacts"]]


def test_a_search_filters(crm):
    assert names(crm.find(eq("email", "MARA@sample.example"))) == ["mara"]
    found = crm.find(eq("email", "mara@sample.example"))["contacts"][0]
    assert "firstName" not in found
    assert found["searchAfter"][1] == found["id"]
    assert crm.find(eq("email", "nobody@example.com")) | {"traceId": ""} == {
        "contacts": [],
        "total": 0,
        "traceId": "",
    }
    assert names(crm.find(eq("email", None, "not_exists"))) == ["nia"]
    either = {"group": "OR", "filters": [eq("email", "tom@specimen.example"), eq("phone", "+447700900101")]}
    assert sorted(names(crm.find(either))) == ["mara", "tom"]
    assert crm.find(eq("companyName", "ltd", "contains"))["total"] == 1
    assert crm.find(query="muster")["total"] == 1
    span = {"field": "dateAdded", "operator": "range", "value": {"gte": "2026-11-20T12:00:00.000Z"}}
    assert crm.find(span)["total"] == len(CUSTOMERS)
    assert (
        crm.call("POST", "/contacts/search", {"locationId": crm.place, "filters": [eq("email", "x" * 76)]})[0]
        == 422
    )
    assert (
        crm.call(
            "POST", "/contacts/search", {"locationId": crm.place, "filters": [eq("email", "x", "like")]}
        )[0]
        == 400
    )


def test_pages_by_number_and_by_the_last_row(crm):
    sort = [{"field": "dateUpdated", "direction": "asc"}]
    pages = [names(crm.find(page=at, pageLimit=3, sort=sort)) for at in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 2, 0]
    first = crm.find(pageLimit=3, sort=sort)["contacts"]
    rest = crm.find(pageLimit=3, sort=sort, searchAfter=first[-1]["searchAfter"])
    assert names(rest) == pages[1]
    assert (
        crm.call("POST", "/contacts/search", {"locationId": crm.place, "page": 21, "pageLimit": 500})[0]
        == 400
    )
    assert crm.call("POST", "/contacts/search", {"locationId": crm.place, "pageLimit": 501})[0] == 422


def test_the_old_list_goes_on_after_a_row(crm):
    first = crm.get("/contacts/", locationId=crm.place, limit=5)
    rest = crm.get("/contacts/", locationId=crm.place, limit=5, startAfterId=first["meta"]["startAfterId"])
    ids = {row["id"] for row in first["contacts"]} | {row["id"] for row in rest["contacts"]}
    assert len(ids) == len(CUSTOMERS)
    status, said = crm.call("GET", "/contacts/?limit=5")
    assert (status, said["message"]) == (403, "The token does not have access to this location.")


def test_the_exact_look_up(crm):
    def found(**asked):
        return crm.get("/contacts/search/duplicate", locationId=crm.place, **asked)["contact"]

    assert found(email="mara@sample.example")["firstName"] == "Mara"
    assert found(number="+447700900102")["companyName"] == "Example ehf."
    assert found(email="no@example.com") is None
    crm.person(
        "edit_contact", id=crm.contact(), changes={"additionalEmails": [{"email": "old@sample.example"}]}
    )
    assert found(email="old@sample.example")["firstName"] == "Mara"


def test_a_duplicate_is_refused_with_the_id_of_the_first(crm):
    told = {"locationId": crm.place, "name": "Second Mara", "email": "Mara@sample.example"}
    status, said = crm.call("POST", "/contacts/", told)
    assert (status, said["message"]) == (400, "This location does not allow duplicated contacts.")
    assert said["meta"] == {
        "contactId": crm.contact(),
        "contactName": "Mara Sample",
        "matchingField": "email",
    }
    by_phone = {"locationId": crm.place, "phone": "+447700900101"}
    assert crm.call("POST", "/contacts/", by_phone)[1]["meta"]["matchingField"] == "phone"
    crm.sim.settings.change({"allow_duplicates": True})
    crm.post("/contacts/", told, 201)


def test_making_and_filling(crm):
    field = crm.get(f"/locations/{crm.place}/customFields")["customFields"][0]["id"]
    told = {
        "locationId": crm.place, "name": "Ana Maria Exemplu", "email": "ana@exemplu.example", "country": "RO",
        "customFields": [{"id": field, "field_value": "58"}],
    }  # fmt: skip
    made = crm.post("/contacts/", told, 201)["contact"]
    assert (made["firstName"], made["lastName"]) == ("Ana", "Maria Exemplu")
    assert made["customFields"] == [{"id": field, "value": "58"}]
    status, said = crm.call("PUT", f"/contacts/{made['id']}", {"phone": "+40700000000"})
    assert (status, said["succeded"], said["contact"]["email"]) == (200, True, "ana@exemplu.example")
    status, said = crm.call("PUT", f"/contacts/{made['id']}", {"locationId": crm.place})
    assert (status, said["message"]) == (422, ["property locationId should not exist"])
    status, said = crm.call("PUT", f"/contacts/{made['id']}", {"additionalEmails": []})
    assert said["message"] == ["property additionalEmails should not exist"]
    assert crm.call("DELETE", f"/contacts/{made['id']}")[0] == 200
    assert crm.call("GET", f"/contacts/{made['id']}")[0] == 404
    assert crm.call("GET", "/contacts/lookup")[0] == 404


def test_an_upsert_can_destroy(crm):
    key = crm.contact()
    crm.post(f"/contacts/{key}/tags", {"tags": ["Member", "VIP"]}, 201)
    crm.person("edit_contact", id=key, changes={"additionalEmails": [{"email": "old@sample.example"}]})
    told = {"locationId": crm.place, "email": "old@sample.example", "tags": ["QuickBooks"]}
    said = crm.post("/contacts/upsert", told)
    assert (said["new"], said["contact"]["id"]) == (False, key)
    assert said["contact"]["tags"] == ["QuickBooks"]
    assert said["contact"]["email"] == "old@sample.example"
    assert said["contact"]["additionalEmails"] == []  # mara@sample.example is lost
    both = {"locationId": crm.place, "email": "tom@specimen.example", "phone": "+447700900101"}
    assert crm.post("/contacts/upsert", both)["contact"]["firstName"] == "Tom"
    fresh = crm.post("/contacts/upsert", {"locationId": crm.place, "email": "new@example.com"}, 201)
    assert fresh["new"] is True


def test_tags_are_added_and_taken(crm):
    key = crm.contact()
    assert crm.post(f"/contacts/{key}/tags", {"tags": ["a", "b"]}, 201)["tags"] == ["a", "b"]
    assert crm.call("DELETE", f"/contacts/{key}/tags", {"tags": ["a"]})[1]["tags"] == ["b"]
    assert {"b", "Member"} <= {row["name"] for row in crm.get(f"/locations/{crm.place}/tags")["tags"]}
    assert crm.call("POST", f"/contacts/{key}/tags", {"tags": []})[0] == 422


def test_a_create_may_stumble_and_still_be_done(crm):
    crm.sim.settings.change({"create_stumbles": 1})
    told = {"locationId": crm.place, "email": "once@example.com"}
    assert crm.call("POST", "/contacts/", told)[0] == 422
    assert crm.find(eq("email", "once@example.com"))["total"] == 1


def test_the_index_lags(crm):
    crm.sim.settings.change({"index_lag": 5})
    crm.post("/contacts/", {"locationId": crm.place, "email": "late@example.com"}, 201)
    assert crm.find(eq("email", "late@example.com"))["total"] == 0
    assert crm.get("/contacts/search/duplicate", locationId=crm.place, email="late@example.com")["contact"]
    crm.later(seconds=6)
    assert crm.find(eq("email", "late@example.com"))["total"] == 1


def test_workflows(crm):
    rows = {row["name"]: row for row in crm.get("/workflows/")["workflows"]}
    key, review = crm.contact(), rows["Review request"]["id"]
    said = crm.post(f"/contacts/{key}/workflow/{review}", {"eventStartTime": "2026-11-20T10:00:00+00:00"})
    assert said["succeded"] is True
    assert "succeeded" not in said
    assert [one.texts for one in crm.sim.documents() if one.kind == "enrolment"] == [(key, review)]
    assert crm.call("POST", f"/contacts/{key}/workflow/{rows['Old ideas']['id']}", {})[0] == 400
    assert crm.call("POST", f"/contacts/{key}/workflow/none", {})[0] == 404
    assert crm.call("POST", f"/contacts/{key}/workflow/{review}", {}, Version="v3")[1]["succeeded"] is True


def test_messages(crm):
    key, nobody = crm.contact(), crm.contact("nia")
    mail = {"type": "Email", "contactId": key, "subject": "How did we do?", "html": "<p>…</p>"}
    said = crm.post("/conversations/messages", mail)
    assert said["msg"] == "Message queued successfully."
    assert said["emailMessageId"] == said["messageId"]
    assert "emailMessageId" not in crm.post(
        "/conversations/messages", {"type": "SMS", "contactId": nobody, "message": "x"}
    )
    assert crm.call("POST", "/conversations/messages", {**mail, "contactId": nobody})[0] == 400
    assert crm.call("POST", "/conversations/messages", {**mail, "type": "Letter"})[0] == 422
    crm.person("edit_contact", id=key, changes={"dndSettings": {"Email": {"status": "active"}}})
    assert crm.call("POST", "/conversations/messages", mail)[0] == 400
    crm.person("edit_contact", id=key, changes={"dnd": True})
    assert (
        crm.call("POST", "/conversations/messages", {"type": "SMS", "contactId": key, "message": "x"})[0]
        == 400
    )
    assert sum(one.kind == "message" for one in crm.sim.documents()) == 2


def test_merged_contacts(crm):
    mara, tom = crm.contact(), crm.contact("tom")
    sold = crm.sell()
    crm.person("merge_contacts", id=mara, into=tom)
    row = crm.read("transactions", sold["_id"])
    assert (row["contactId"], row["mergedFromContactId"]) == (tom, mara)
    assert crm.call("GET", f"/contacts/{mara}")[0] == 404
    assert crm.find(eq("email", "mara@sample.example"))["total"] == 0


def test_lists(crm):
    said = crm.get(f"/locations/{crm.place}")["location"]
    assert (said["name"], said["timezone"], said["country"]) == ("Example Studio", "Europe/London", "GB")
    assert "currency" not in said
    made = crm.post(
        f"/locations/{crm.place}/customFields", {"name": "Kind of Client", "dataType": "TEXT"}, 201
    )
    assert made["customField"]["fieldKey"] == "contact.kind_of_client"
    assert crm.get("/calendars/")["calendars"][0]["isActive"] is True
    products = crm.get("/products/")
    assert products["total"] == [{"total": 5}]
    assert crm.get(f"/products/{products['products'][0]['_id']}/price")["prices"][0]["amount"] == 100
