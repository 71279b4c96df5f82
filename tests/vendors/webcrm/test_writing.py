"""What is written to webcrm: looked at first, only what changes, sent once, read back; in doubt it is unknown."""

from __future__ import annotations

import msgspec
import pytest

from bridge_gui.accounting.trade import DeliveryStatus, ErpStatus, Person, PriceRow
from bridge_gui.errors import CannotMap, Conflict, NoSuchTarget, OutcomeUnknown, Refused
from bridge_gui.web.waiting import never
from tests.vendors.standin import plain, said
from tests.vendors.webcrm.crm import QUERIES, delivery, organisation, person, price, user
from tests.web.toys import answer, hang_up

ORG, PUT_ORG = "GET /Organisations/42", "PUT /Organisations/42"
ORDER, PUT_ORDER = "GET /Deliveries/2", "PUT /Deliveries/2"
PERSON, PUT_PERSON, POST_PERSON = "GET /Persons/311", "PUT /Persons/311", "POST /Persons"
LIST, ROW = "QuotationLines/LinkedData", "QuotationLines/LinkedData/17"
ONE = "Users/1"
HEAD = "QuotationLineLinkedDataItem"
done = answer(200, b"")


def test_only_what_changes_is_sent_and_read_back(standin, crm):
    standin.on(ORG, organisation(), organisation(OrganisationType="Kunde", OrganisationCustom1="10042")).on(
        PUT_ORG, done
    )
    found = crm.change_organisation("42", {"OrganisationCustom1": "10042", "name": "Example ApS"}, {"OrganisationCustom1": "", "name": "Example ApS"})  # fmt: skip
    assert standin.bodies(PUT_ORG) == [{"OrganisationId": 42, "OrganisationCustom1": "10042"}]
    assert found.fields == {"OrganisationCustom1": "10042"}


def test_nothing_is_sent_where_nothing_differs(standin, crm):
    standin.on(ORG, organisation())
    found = crm.change_organisation("42", {"type": "Kunde ", "owner": "7"}, {"type": "Kunde"})
    assert found.type == "Kunde"
    assert standin.asked(PUT_ORG) == []


def test_a_text_is_emptied_by_an_empty_text(standin, crm):
    standin.on(ORG, organisation(), organisation(OrganisationTelephone="")).on(PUT_ORG, done)
    assert crm.change_organisation("42", {"phone": ""}, {"phone": "+45 00000000"}).phone == ""
    assert standin.bodies(PUT_ORG) == [{"OrganisationId": 42, "OrganisationTelephone": ""}]


def test_what_was_changed_meanwhile_is_not_overwritten(standin, crm):
    standin.on(ORG, organisation(OrganisationType="Partner"))
    with pytest.raises(Conflict) as caught:
        crm.change_organisation("42", {"type": "Kunde"}, {"type": "Leverandør"})
    assert caught.value.params == {"field": "Type"}
    assert standin.asked(PUT_ORG) == []


@pytest.mark.parametrize("gone", [answer(404, b""), answer(200, b"null")])
def test_what_is_gone_says_so(standin, crm, gone):
    standin.on(ORG, gone)
    with pytest.raises(NoSuchTarget) as caught:
        crm.change_organisation("42", {"type": "Kunde"}, {})
    assert caught.value.params["target"] == "42"


def test_what_does_not_fit_or_is_no_field_never_goes(standin, crm):
    standin.on(ORG, organisation())
    for changes, code in (
        ({"OrganisationCustom1": "x" * 51}, "webcrm.too_long"),
        ({"vat_group": "x" * 21}, "webcrm.too_long"),
        ({"OrganisationUpdatedBy": "me"}, "webcrm.no_such_field"),
        ({"PersonCustom1": "x"}, "webcrm.no_such_field"),
        ({"owner": "Karen"}, "webcrm.not_a_value"),
        ({"OrganisationXInt1": "1,5"}, "webcrm.not_a_value"),
    ):
        with pytest.raises(CannotMap) as caught:
            crm.change_organisation("42", changes, {})
        assert caught.value.code == code
    assert standin.asked(PUT_ORG) == []


def test_whole_numbers_go_as_numbers(standin, crm):
    standin.on(ORG, organisation(), organisation(OrganisationXInt1=5, OrganisationOwner=0)).on(PUT_ORG, done)
    found = crm.change_organisation(
        "42", {"OrganisationXInt1": "5", "owner": ""}, {"OrganisationXInt1": "", "owner": "7"}
    )
    assert standin.bodies(PUT_ORG) == [{"OrganisationId": 42, "OrganisationXInt1": 5, "OrganisationOwner": 0}]
    assert (found.fields, found.owner) == ({"OrganisationXInt1": "5"}, "")


@pytest.mark.parametrize("lost", [hang_up, plain("oops", 500)])
def test_a_write_without_an_answer_is_unknown_and_not_repeated(standin, crm, lost):
    standin.on(ORG, organisation()).on(PUT_ORG, lost)
    with pytest.raises(OutcomeUnknown):
        crm.change_organisation("42", {"type": "Emne"}, {})
    assert len(standin.asked(PUT_ORG)) == 1


@pytest.mark.parametrize(
    "after", [plain("", 404), plain("busy", 503), said({"OrganisationId": 42}), plain("", 403)]
)
def test_a_write_that_cannot_be_read_back_is_unknown(standin, crm, after):
    standin.on(ORG, organisation(), after).on(PUT_ORG, done)
    with pytest.raises(OutcomeUnknown):
        crm.change_organisation("42", {"type": "Emne"}, {})


def test_a_refused_write_says_why(standin, crm):
    standin.on(ORG, organisation()).on(
        PUT_ORG, said({"Message": "Type is not in the list", "Type": "ValidationException"}, 400)
    )
    with pytest.raises(Refused) as caught:
        crm.change_organisation("42", {"type": "Nonsense"}, {})
    assert caught.value.params["text"] == "Type is not in the list"


def test_the_marks_of_an_order(standin, crm):
    after = delivery(DeliveryErpId="101", DeliveryErpStatus="Synchronized", DeliveryErpSyncDateTime="2026-11-20T12:00:00+00:00", DeliveryStatus="OnGoing", DeliveryOrderGmValue=7098.65)  # fmt: skip
    standin.on(ORDER, delivery(), after).on(PUT_ORDER, done)
    found = crm.change_delivery(
        "2",
        {"erp_id": "101", "erp_status": "done", "erp_synced": "2026-11-20T13:00:00+01:00", "status": "ongoing", "margin": "7098.65", "value": "13999.10"},
        {"erp_id": "", "erp_status": "not_ready", "erp_synced": "", "status": "planned", "margin": "7098.60"},
    )  # fmt: skip
    assert standin.bodies(PUT_ORDER) == [
        {
            "DeliveryId": 2, "DeliveryErpId": "101", "DeliveryErpStatus": "Synchronized", "DeliveryStatus": "OnGoing",
            "DeliveryErpSyncDateTime": "2026-11-20T12:00:00+00:00", "DeliveryOrderGmValue": 7098.65,
        }
    ]  # fmt: skip
    assert (found.erp_status, found.status, found.whole) == (ErpStatus.DONE, DeliveryStatus.ONGOING, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1"},
        {"organisation": "5"},
        {"erp_status": "sent"},
        {"value": "1,5"},
        {"value": "NaN"},
        {"erp_synced": "today"},
    ],
)
def test_what_an_order_never_takes(standin, crm, changes):
    standin.on(ORDER, delivery())
    with pytest.raises(CannotMap):
        crm.change_delivery("2", changes, {})
    assert standin.asked(PUT_ORDER) == []


def test_a_person_is_made_with_a_dash_for_a_last_name(standin, crm):
    standin.on(POST_PERSON, answer(200, b"311")).on(PERSON, person(PersonLastName="-", PersonCustom1="c-7"))
    made = crm.add_person(
        Person(
            organisation="42", first_name="Mette", email="mette@byg.example", fields={"PersonCustom1": "c-7"}
        )
    )
    (body,) = standin.bodies(POST_PERSON)
    assert body == {
        "PersonId": 0, "PersonFirstName": "Mette", "PersonMiddleName": "", "PersonLastName": "-", "PersonOrganisationId": 42,
        "PersonEmail": "mette@byg.example", "PersonStatus": "Active", "PersonCustom1": "c-7",
    }  # fmt: skip
    assert (made.id, made.last_name, made.fields) == ("311", "", {"PersonCustom1": "c-7"})


@pytest.mark.parametrize(
    ("there", "found"), [([person(1)], True), ([], False), ([person(1), person(2)], False)]
)
def test_a_person_made_without_an_id_is_found_by_address_or_unknown(standin, crm, there, found):
    standin.on(POST_PERSON, answer(200, b"")).on(QUERIES, there, [])
    new = Person(organisation="42", first_name="Mette", last_name="Prøve", email="METTE@byg.example")
    if found:
        assert crm.add_person(new).id == "1"
    else:
        with pytest.raises(OutcomeUnknown):
            crm.add_person(new)
    assert len(standin.asked(POST_PERSON)) == 1


def test_a_person_changes_names_and_resigns(standin, crm):
    before = person(PersonMiddleName="Maria")
    standin.on(PERSON, before, person(PersonFirstName="Mette Sofie", PersonStatus="Resigned")).on(
        PUT_PERSON, done
    )
    found = crm.change_person(
        "311",
        {"first_name": "Mette Sofie", "active": "false"},
        {"first_name": "Mette Maria", "active": "True"},
    )
    assert standin.bodies(PUT_PERSON) == [
        {
            "PersonId": 311,
            "PersonFirstName": "Mette Sofie",
            "PersonMiddleName": "",
            "PersonStatus": "Resigned",
        }
    ]
    assert found.active is False
    with pytest.raises(CannotMap):
        crm.change_person("311", {"organisation": "5"}, {})


def test_a_user_keeps_what_is_not_ours(standin, crm):
    standin.on(f"GET /{ONE}", user(), user(UserTitle="CEO")).on(f"PUT /{ONE}", done)
    standin.on("GET /Users" + "/AllActive", [user(1)], [])
    assert crm.change_user("1", {"title": "CEO"}, {"title": "Sales"}).title == "CEO"
    assert standin.bodies(f"PUT /{ONE}") == [{"UserId": 1, "UserTitle": "CEO"}]
    for key in ("UserPassword", "UserLoginName", "UserTicket"):
        with pytest.raises(CannotMap):
            crm.change_user("1", {key: "x"}, {})


def row(**changes):
    usual = {"columns": {1: "1000", 2: "Rådgivning"}, "price": 950, "cost": 400, "group": "YDE"}
    return PriceRow(**{**usual, **changes})


def test_a_price_row_fills_unused_columns_with_dashes(standin, crm):
    standin.on(f"POST /{LIST}", answer(200, b"17")).on(f"GET /{ROW}", price())
    assert crm.add_price_row(row()).id == "17"
    (body,) = standin.bodies(f"POST /{LIST}")
    assert body == {
        f"{HEAD}Id": 0, f"{HEAD}EntityType": "Product", f"{HEAD}Data1": "1000", f"{HEAD}Data2": "Rådgivning",
        **{f"{HEAD}Data{one}": "-" for one in range(3, 10)}, f"{HEAD}DataMemo": "", f"{HEAD}ItemGroup": "YDE",
        f"{HEAD}VatCode": "", f"{HEAD}Price": 950, f"{HEAD}CostPrice": 400,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("there", "found"),
    [([price(17), price(18, Data1="1001")], True), ([], False), ([price(17), price(18)], False)],
)
def test_a_price_row_made_without_an_id_is_found_by_its_columns_or_unknown(standin, crm, there, found):
    standin.on(f"POST /{LIST}", answer(200, b"")).on(f"GET /{LIST}", there)
    if found:
        assert crm.add_price_row(row()).id == "17"
    else:
        with pytest.raises(OutcomeUnknown):
            crm.add_price_row(row())


def test_a_price_row_changes_only_what_it_names(standin, crm):
    standin.on(f"GET /{ROW}", price(Data5="theirs"), price(Price=975.5, Data5="theirs")).on(
        f"PUT /{ROW}", done
    )
    before = row(id="17")
    assert (
        crm.change_price_row(
            msgspec.structs.replace(before, price=msgspec.json.decode("975.5")), before
        ).price
        == 975.5
    )
    assert standin.bodies(f"PUT /{ROW}") == [{f"{HEAD}Id": 17, f"{HEAD}Price": 975.5}]


def test_a_price_row_that_changed_meanwhile_is_left_alone(standin, crm):
    standin.on(f"GET /{ROW}", price(Price=1.0))
    with pytest.raises(Conflict):
        crm.change_price_row(row(id="17", price=975), row(id="17"))
    assert standin.asked(f"PUT /{ROW}") == []


def test_a_price_row_that_is_as_wanted_is_not_sent(standin, crm):
    standin.on(f"GET /{ROW}", price())
    assert crm.change_price_row(row(id="17"), row(id="17")).price == 950
    assert standin.asked(f"PUT /{ROW}") == []


def test_a_price_row_is_taken_off_once(standin, crm):
    standin.on(f"GET /{ROW}", price(), price(), answer(404, b"")).on(f"DELETE /{ROW}", done, answer(404, b""))
    for _ in range(3):
        crm.remove_price_row("17")
    assert len(standin.asked(f"DELETE /{ROW}")) == 2
    crm.remove_price_row("")
    assert crm.price_row("") is None


def test_a_stop_after_a_write_leaves_it_unknown(standin, crm):
    standin.on(ORG, organisation()).on(PUT_ORG, done)
    records = crm._records
    real = records.client.change

    def then_stop(path, body):
        real(path, body)
        standin.bench.hurry.is_set = lambda: True

    records.client.change = then_stop
    with pytest.raises(OutcomeUnknown):
        crm.change_organisation("42", {"type": "Emne"}, {})
    assert never().is_set() is False
