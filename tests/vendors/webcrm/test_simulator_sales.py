from __future__ import annotations

import pytest

from tests.vendors.webcrm.webcrm_at import WebcrmAt

ITEM = "QuotationLineLinkedDataItem"


@pytest.fixture
def crm():
    made = WebcrmAt()
    yield made
    made.sim.state.close()


def delivery(**more):
    return {"DeliveryId": 0, "DeliveryOrganisationId": 1, **more}


def row(**more):
    told = {f"{ITEM}Data{at}": "-" for at in range(1, 10)}
    told |= {f"{ITEM}{name}": "" for name in ("DataMemo", "ItemGroup", "VatCode")}
    return {
        **told,
        f"{ITEM}Id": 0,
        f"{ITEM}EntityType": "Product",
        **{ITEM + name: value for name, value in more.items()},
    }


def line(**more):
    told = {f"QuotationLine{name}": value for name, value in more.items()}
    return {"QuotationLineId": 0, "QuotationLineOpportunityId": 1, **told}


def test_the_demos_deliveries_are_those_of_the_contract(crm):
    rows = crm.get("/Deliveries")
    assert [(one["DeliveryId"], one["DeliveryOrganisationId"], one["DeliveryStatus"]) for one in rows] == [
        (1, 1, "Planned"), (2, 2, "Planned"), (3, 3, "New"), (4, 1, "New")
    ]  # fmt: skip
    lines = crm.get("/Deliveries/1/QuotationLines")
    assert [(one["QuotationLineData1"], one["QuotationLineQuantity"], one["QuotationLineDiscount"]) for one in lines] == [
        ("1000", 10, 0), ("1001", 2, 10)
    ]  # fmt: skip
    assert (rows[0]["DeliveryOrderValue"], rows[0]["DeliveryOrderGmValue"]) == (13999.10, 7098.60)
    assert rows[0]["DeliveryOrderDate"] == "2026-11-20T00:00:00+01:00"
    assert rows[0]["DeliveryErpStatus"] == "NotReadyForSynchronization"


@pytest.mark.parametrize(
    "wrong",
    [
        {"DeliveryOrganisationId": 99}, {"DeliveryPersonId": 99}, {"DeliveryResponsible": 99},
        {"DeliveryStatus": "Paid"}, {"DeliveryErpStatus": "Done"}, {"DeliveryOrderValue": "1,50"},
        {"DeliveryErpReadOnly": True}, {"DeliveryNumber": 7},
    ],
)  # fmt: skip
def test_a_wrong_delivery_is_refused(crm, wrong):
    crm.refused("POST", "/Deliveries", delivery(**wrong))


def test_a_delivery_is_made_changed_and_moved(crm):
    key = crm.send("POST", "/Deliveries", delivery(DeliveryOrderValue=12.345))
    assert key == 5
    crm.send(
        "PUT",
        "/Deliveries/5",
        {"DeliveryId": 5, "DeliveryErpId": "101", "DeliveryErpSyncDateTime": "2026-11-20T12:00:00Z"},
    )
    said = crm.get("/Deliveries/5")
    assert (said["DeliveryErpId"], said["DeliveryErpSyncDateTime"]) == ("101", "2026-11-20T13:00:00+01:00")
    assert said["DeliveryOrderValue"] == 12.345
    crm.refused("PUT", "/Deliveries/5", {"DeliveryId": 5, "DeliveryOrganisationId": 2})
    crm.send("POST", "/Deliveries/1/Move", {"NewOrganisationId": 2}, status=204)
    assert crm.get("/Deliveries/1")["DeliveryOrganisationId"] == 2
    assert {one["QuotationLineOrganisationId"] for one in crm.get("/Deliveries/1/QuotationLines")} == {2}
    crm.refused("POST", "/Deliveries/1/Move", {"NewOrganisationId": 99})


def test_two_deliveries_of_one_number_cannot_be_edited_until_parted_by_hand(crm):
    for key in (1, 2):
        crm.send("PUT", f"/Deliveries/{key}", {"DeliveryId": key, "DeliveryNumber": "A7"})
    for key in (1, 2):
        assert "A7" in crm.refused("PUT", f"/Deliveries/{key}", {"DeliveryId": key, "DeliveryNumber": ""})
    crm.person("edit_delivery", id=1, DeliveryNumber="A8")
    crm.send("PUT", "/Deliveries/2", {"DeliveryId": 2, "DeliveryNote": "x"})


def test_its_own_numbering_and_a_responsible_are_switches(crm):
    crm.sim.settings.change({"auto_number": True, "responsible_required": True})
    crm.refused("POST", "/Deliveries", delivery())
    key = crm.send("POST", "/Deliveries", delivery(DeliveryResponsible=1))
    assert crm.get(f"/Deliveries/{key}")["DeliveryNumber"] == "1001"


def test_a_currency_may_be_a_place_in_a_list(crm):
    crm.sim.settings.change({"currency_as_index": True})
    crm.person("edit_delivery", id=2, DeliveryCurrencyName="SEK")
    assert [one["DeliveryCurrencyName"] for one in crm.get("/Deliveries")] == ["00", "02", "00", "00"]


def test_ways_to_look_for_deliveries(crm):
    def ids(path):
        return [one["DeliveryId"] for one in crm.get(path)]

    assert ids("/Deliveries/ByOrganisation/1") == [1, 4]
    assert ids("/Deliveries/ByStatus/New") == [3, 4]
    assert ids("/Deliveries/ByResponsible/1") == [1, 2, 3, 4]
    assert ids("/Deliveries/FindByCreateDates/2026-11-20T12:00:00Z/2026-11-20T12:00:01Z") == [1, 2, 3, 4]
    assert ids("/Deliveries/FindByCreateDates/2026-11-20T12:00:01Z/2026-11-21T12:00:00Z") == []
    crm.refused("GET", "/Deliveries/ByStatus/Paid")
    crm.refused("GET", "/Deliveries/99/QuotationLines", status=404)


def test_a_line_knows_its_delivery_and_leaves_its_stamp_alone(crm):
    crm.later(minutes=1)
    key = crm.send("POST", "/QuotationLines", line(Quantity=1, Price=2.5, OrganisationId=1))
    crm.send("PUT", f"/QuotationLines/{key}", {"QuotationLineId": key, "QuotationLineQuantity": 3})
    said = crm.get(f"/QuotationLines/{key}")
    assert (said["QuotationLineQuantity"], said["QuotationLinePrice"]) == (3, 2.5)
    assert crm.get("/Deliveries/1")["DeliveryUpdatedAt"] == "2026-11-20T13:00:00+01:00"
    crm.person("edit_line", id=key, quantity=4)
    assert crm.get("/Deliveries/1")["DeliveryUpdatedAt"] == "2026-11-20T13:00:00+01:00"
    assert crm.get("/Deliveries/1")["DeliveryOrderValue"] == 14009.10
    crm.sim.settings.change({"changed_line_touches_delivery": True})
    crm.send("DELETE", f"/QuotationLines/{key}", None)
    assert crm.get("/Deliveries/1")["DeliveryUpdatedAt"] == "2026-11-20T13:01:00+01:00"
    crm.refused("GET", f"/QuotationLines/{key}", status=404)


def test_wrong_lines_are_refused(crm):
    crm.refused("POST", "/QuotationLines", line(OpportunityId=99))
    crm.refused("POST", "/QuotationLines", line(OrganisationId=2))
    crm.refused("POST", "/QuotationLines", line(Quantity="1"))
    crm.refused("POST", "/QuotationLines", line(LinkedDataId=99))
    crm.refused("PUT", "/QuotationLines/1", {"QuotationLineId": 1, "QuotationLineOpportunityId": 2})


def test_the_price_list_wants_dashes(crm):
    assert crm.get("/QuotationLines/LinkedData") == []
    key = crm.send("POST", "/QuotationLines/LinkedData", row(Data1="1000", Price=950.0, CostPrice=None))
    assert key == 1
    for wrong in ({"Data2": ""}, {"EntityType": "Item"}, {"Price": "950,00"}, {"DataMemo": None}):
        crm.refused("POST", "/QuotationLines/LinkedData", row(**wrong))
    bare = {name: value for name, value in row().items() if name != f"{ITEM}Data9"}
    crm.refused("POST", "/QuotationLines/LinkedData", bare)
    crm.send("PUT", "/QuotationLines/LinkedData/1", {f"{ITEM}Id": 1, f"{ITEM}Price": 975.5})
    said = crm.get("/QuotationLines/LinkedData/1")
    assert (said[f"{ITEM}Data1"], said[f"{ITEM}Price"], said[f"{ITEM}CostPrice"]) == ("1000", 975.5, 0)
    filled = crm.send("POST", "/QuotationLines", line(LinkedDataId=1))
    assert crm.get(f"/QuotationLines/{filled}")["QuotationLineData1"] == "1000"
    crm.send("DELETE", "/QuotationLines/LinkedData", None)
    assert crm.get("/QuotationLines/LinkedData") == []


def test_the_price_list_may_be_off_or_want_unique_rows(crm):
    crm.sim.settings.change({"unique_price_list": True})
    crm.send("POST", "/QuotationLines/LinkedData", row(Data1="1000"))
    crm.refused("POST", "/QuotationLines/LinkedData", row(Data1="1000"))
    setup = crm.get("/QuotationLines/LinkedSetup")
    assert [setup[f"QuotationLineLinkedSetupUseLinkedField{at}"] for at in range(1, 5)] == [
        True,
        True,
        True,
        False,
    ]
    crm.sim.settings.change({"linked_data": False})
    crm.refused("GET", "/QuotationLines/LinkedData")
    crm.refused("GET", "/QuotationLines/LinkedSetup")


def test_a_sale_in_progress_becomes_a_delivery(crm):
    told = {"OpportunityOrganisationId": 2, "OpportunityDescription": "Tilbud"}
    made = crm.person("add_opportunity", **told, lines=[{"item": "1000", "price": 100, "quantity": 2}])
    assert made["OpportunityId"] == 5
    assert len(crm.get("/Opportunities/5/QuotationLines")) == 1
    key = crm.send("POST", "/Opportunities/5/ConvertToDelivery", None)
    said = crm.get(f"/Deliveries/{key}")
    assert (said["DeliveryDescription"], said["DeliveryOrganisationId"]) == ("Tilbud", 2)
    assert len(crm.get(f"/Deliveries/{key}/QuotationLines")) == 1
    crm.refused("GET", "/Opportunities/5", status=404)


def test_what_people_do(crm):
    org = crm.person("add_organisation", OrganisationName="Ny ApS", OrganisationType="Kunde")[
        "OrganisationId"
    ]
    person = crm.person("add_person", PersonLastName="Ny", PersonOrganisationId=org)["PersonId"]
    lines = [
        {
            "item": "1000",
            "text": "Time",
            "quantity": 2.5,
            "price": 99.99,
            "discount": 12.5,
            "cost": 10,
            "unit": "t",
        }
    ]
    made = crm.person("add_delivery", organisation=org, lines=lines, status="Planned", day="2026-11-18")
    assert (made["DeliveryOrderValue"], made["DeliveryOrderGmValue"]) == (218.73, 193.73)
    key = made["DeliveryId"]
    second = crm.person("add_line", delivery=key, item="1003", price=375)["QuotationLineId"]
    assert crm.get(f"/Deliveries/{key}")["DeliveryOrderValue"] == 593.73
    crm.person("remove_line", id=second)
    crm.person("edit_delivery", id=key, status="OnGoing")
    crm.person("edit_person", id=person, PersonEmail="ny@ny.example")
    said = crm.get(f"/Deliveries/{key}")
    assert (said["DeliveryStatus"], said["DeliveryUpdatedBy"]) == ("OnGoing", "Karen Holm")
    assert crm.control("person", {"action": "edit_person", "id": person, "PersonEmail": 7})[0] == 400
    assert crm.control("person", {"action": "add_delivery", "organisation": 99})[0] == 400
    crm.person("remove_organisation", id=org)
    for path in (f"/Organisations/{org}", f"/Persons/{person}", f"/Deliveries/{key}"):
        crm.refused("GET", path, status=404)


def test_documents_are_what_a_client_may_have_made(crm):
    crm.send("POST", "/QuotationLines/LinkedData", row(Data1="1000"))
    told = {(one["kind"], one["id"]): one["texts"] for one in crm.documents()}
    assert told["price", "price-1"] == ["1000"]
    assert told["person", "person-1"] == ["mette@byg.example", "Mette Byg"]
    assert {kind for kind, _ in told} == {"person", "price"}


def test_days_of_trade_are_always_the_same(crm):
    assert crm.control("advance", {"days": 9})[0] == 200
    first = crm.get("/Deliveries", Size=1000)
    assert len(first) == 4 + 9
    assert {one["DeliveryOrganisationId"] for one in first[4:]} == {1, 2}
    new = [one for one in crm.get("/Organisations") if one["OrganisationName"].startswith("Ny Kunde")]
    assert len(new) == 3
    assert len({one["OrganisationVatNumber"] for one in new}) == 3
    for one in new:
        digits = [int(digit) for digit in one["OrganisationVatNumber"]]
        assert sum(a * b for a, b in zip(digits, (2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0
    other = WebcrmAt()
    other.control("advance", {"days": 9})
    assert other.get("/Deliveries", Size=1000) == first
    other.sim.state.close()
