"""What is read from webcrm in Bridge's terms: own fields by name, dates, amounts, lines, users without secrets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bridge_gui.accounting.trade import DeliveryStatus, ErpStatus, Holder
from bridge_gui.errors import SetupError, VendorChanged
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.vendors.webcrm import SPEC
from bridge_gui.web.waiting import never
from tests.vendors.standin import plain, said
from tests.vendors.webcrm.crm import (
    FIELDS,
    NONE,
    QUERIES,
    SINCE,
    adapter_on,
    delivery,
    field,
    fields,
    line,
    organisation,
    person,
    price,
    user,
)
from tests.web.toys import answer

USERS, ACTIVE, LIST = "GET /Users", "GET /Users" + "/AllActive", "GET /QuotationLines/LinkedData"
LINES = "GET /Deliveries/2/QuotationLines"


def rows(pages):
    return [row for page in pages for row in page]


def test_the_adapter_can_do_what_its_spec_says(crm):
    assert [kind.__name__ for kind in SPEC.capabilities if not isinstance(crm, kind)] == []
    assert NamesCompany in SPEC.capabilities


def test_own_fields_have_their_id_label_and_choices(standin, crm):
    found = crm.own_fields(Holder.ORGANISATION)
    assert [(one.key, one.number, one.title) for one in found] == [
        ("OrganisationCustom1", "1101", "Debitornr."),
        ("OrganisationCustom2", "1102", "Faktura-e-mail"),
        ("OrganisationCustom4", "1104", "Betalingsbetingelse"),
        ("OrganisationXInt1", "1109", "OrganisationXInt1"),
    ]
    assert (found[2].choices, found[2].longest) == (("07: 7 dage", "14: 14 dage"), 0)
    assert (found[0].longest, found[1].longest) == (50, 0)
    assert [one.key for one in crm.own_fields(Holder.USER)] == ["UserCustom1"]
    assert [one.key for one in crm.types()] == ["Emne", "Kunde"]
    assert [one.key for one in crm.statuses()] == ["A Kunde"]
    assert len(standin.asked(FIELDS)) == 1


def test_an_organisation_in_our_form(standin, crm):
    told = organisation(OrganisationCustom1="10042", OrganisationXInt1=0, OrganisationCurrencyName="EUR", OrganisationName=" Example ApS ")  # fmt: skip
    standin.on(QUERIES, [told], [])
    (one,) = rows(crm.organisations_changed(SINCE, never()))
    assert (one.id, one.name, one.street, one.type, one.owner) == (
        "42",
        "Example ApS",
        "Example Street 1\n2nd floor",
        "Kunde",
        "7",
    )
    assert (one.tax_number, one.postcode, one.city, one.country) == (
        "12345678",
        "8000",
        "Aarhus C",
        "Danmark",
    )
    assert one.fields == {"OrganisationCustom1": "10042", "OrganisationCurrencyName": "EUR"}
    assert one.changed == datetime(2026, 11, 20, 9, tzinfo=UTC)
    when = "'2026-11-20T07:55:00.0000000Z'"
    assert standin.queries(QUERIES)[0]["script"] == (
        f"SELECT * FROM Organisation WHERE (OrganisationUpdatedAt >= {when} OR OrganisationCreatedAt >= {when})"
        " AND OrganisationId >= 1 ORDER BY OrganisationId ASC"
    )


def test_one_made_and_never_changed_counts_from_its_making(standin, crm):
    standin.on(QUERIES, [organisation(OrganisationUpdatedAt=NONE)], [])
    (one,) = rows(crm.all_organisations(never()))
    assert one.changed == datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["OrganisationCustom1", "OrganisationName", "OrganisationType", "OrganisationUpdatedAt"]
)
def test_a_field_that_vanished_is_never_an_empty_one(standin, crm, name):
    told = organisation()
    del told[name]
    standin.on(QUERIES, [told], [])
    with pytest.raises(VendorChanged) as caught:
        rows(crm.organisations_changed(SINCE, never()))
    assert caught.value.params["path"] == f"$.{name}"


def test_unknown_fields_are_ignored(standin, crm):
    standin.on(QUERIES, [organisation(OrganisationColour="blue", Extra={"deep": [1]})], [])
    assert len(rows(crm.all_organisations(never()))) == 1


def test_persons_with_their_names_and_states(standin, crm):
    standin.on(
        QUERIES,
        [
            person(1, PersonMiddleName="Maria"), person(2, PersonLastName="-", PersonStatus="Resigned"),
            person(3, PersonStatus="Guest", PersonCustom1="c-1"), person(4, PersonOrganisationId=0),
        ],
        [],
    )  # fmt: skip
    found = rows(crm.persons_changed(SINCE, never()))
    assert [(one.first_name, one.last_name, one.active) for one in found[:3]] == [
        ("Mette Maria", "Prøve", True), ("Mette", "", False), ("Mette", "Prøve", True)
    ]  # fmt: skip
    assert (found[2].fields, found[3].organisation) == ({"PersonCustom1": "c-1"}, "")
    assert "hidden" not in repr(found)


def test_everybody_at_one_organisation_and_nobody_else(standin, crm):
    standin.on(QUERIES, [person(1), person(2, PersonOrganisationId=43)], [])
    assert [one.id for one in crm.persons_at("42", never())] == ["1"]
    assert "(PersonOrganisationId = 42)" in standin.queries(QUERIES)[0]["script"]
    assert crm.persons_at("", never()) == ()


def test_users_bring_nothing_but_what_is_asked_for(standin, crm):
    standin.on(ACTIVE, [user(1)], []).on(
        USERS, [user(1), user(3, UserName="Ida Inaktiv", UserCustom1="ID")], []
    )
    one, other = crm.users(never())
    assert (one.id, one.initials, one.active, one.changed) == ("1", "KH", True, None)
    assert (other.name, other.active, other.fields) == ("Ida Inaktiv", False, {"UserCustom1": "ID"})
    assert "hidden" not in repr((one, other))


def test_only_the_active_users_where_all_may_not_be_read(standin, crm):
    standin.on(ACTIVE, [user(1)], []).on(USERS, plain("", 403))
    assert [(one.id, one.active) for one in crm.users(never())] == [("1", True)]


def test_a_delivery_with_its_lines_in_their_order(standin, crm):
    standin.on("GET /Deliveries/2", delivery(DeliveryCustom1="50 %"))
    standin.on(LINES, [line(9, QuotationLineSortOrder=10), line(8, QuotationLineSortOrder=10), line(7, QuotationLineSortOrder=20, QuotationLineCostPrice=0.0)])  # fmt: skip
    (one,) = crm.deliveries(["2"], never())
    assert (one.organisation, one.person, one.responsible, one.day) == ("42", "311", "1", date(2026, 11, 20))
    assert (one.status, one.erp_status, one.currency) == (DeliveryStatus.PLANNED, ErpStatus.NOT_READY, "DKK")
    assert (one.value, one.margin, one.discount) == (Decimal("13999.1"), Decimal("7098.6"), Decimal(0))
    assert (one.fields, one.whole, one.made) == (
        {"DeliveryCustom1": "50 %"},
        True,
        datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
    )
    assert [each.id for each in one.lines] == ["8", "9", "7"]
    first = one.lines[0]
    assert (first.quantity, first.price, first.discount, first.vat) == (2, Decimal("2499.5"), 10, 25)
    assert (first.cost, one.lines[2].cost) == (Decimal("1450.25"), None)
    assert (first.columns[1], first.columns[2], first.columns[4], len(first.columns)) == (
        "1001",
        "Skrivebord",
        "",
        9,
    )


def test_without_lines_it_says_so(standin, crm):
    standin.on(QUERIES, [delivery(2), delivery(5)], [])
    found = rows(crm.deliveries_changed(SINCE, never()))
    assert [(one.id, one.whole, one.lines) for one in found] == [("2", False, ()), ("5", False, ())]


def test_several_pages_of_lines(standin, crm):
    standin.on("GET /Deliveries/2", delivery())
    standin.on(LINES, [line(one) for one in range(1, 151)], [line(one) for one in range(150, 161)])
    (one,) = crm.deliveries(["2"], never())
    assert len(one.lines) == 160
    assert [asked["Page"] for asked in standin.queries(LINES)] == ["1", "2"]


def test_a_line_of_another_delivery_is_never_taken_for_ours(standin, crm):
    standin.on("GET /Deliveries/2", delivery()).on(LINES, [line(1), line(2, QuotationLineOpportunityId=3)])
    with pytest.raises(VendorChanged, match="QuotationLineOpportunityId"):
        crm.deliveries(["2"], never())


def test_lines_without_an_id_of_their_own_are_not_one_line(standin, crm):
    """Two of them would be taken for the same row, and one be lost."""
    standin.on("GET /Deliveries/2", delivery()).on(LINES, [line(0), line(0), line(3)])
    with pytest.raises(VendorChanged, match="QuotationLineId"):
        crm.deliveries(["2"], never())


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-02-01T00:00:00+01:00", date(2026, 2, 1)),
        ("2026-02-01T00:00:00", date(2026, 2, 1)),
        ("2026-01-31T23:00:00Z", date(2026, 2, 1)),
        ("2026-06-30T22:00:00+00:00", date(2026, 7, 1)),
        ("2026-02-01T14:36:33+01:00", date(2026, 2, 1)),
        (NONE, None),
        (None, None),
    ],
)
def test_the_day_of_an_order(standin, crm, written, day):
    standin.on("GET /Deliveries/2", delivery(DeliveryOrderDate=written))
    assert crm.deliveries(["2"], never(), lines=False)[0].day == day


@pytest.mark.parametrize(
    ("told", "status"),
    [("Completed", DeliveryStatus.COMPLETED), ("OnHold", DeliveryStatus.OTHER), ("", DeliveryStatus.OTHER)],
)
def test_states_of_an_order(standin, crm, told, status):
    standin.on("GET /Deliveries/2", delivery(DeliveryStatus=told, DeliveryErpStatus="Synchronized"))
    (one,) = crm.deliveries(["2"], never(), lines=False)
    assert (one.status, one.erp_status) == (status, ErpStatus.DONE)


def test_a_state_as_a_number_is_a_change(standin, crm):
    standin.on("GET /Deliveries/2", delivery(DeliveryStatus=3))
    with pytest.raises(VendorChanged, match="DeliveryStatus"):
        crm.deliveries(["2"], never(), lines=False)


def test_the_price_list_with_unused_columns_empty(standin, crm):
    standin.on(LIST, [price(17), price(18, EntityType="SupportCase"), price(19, Price=None, CostPrice=0.0)])
    one, other = crm.price_rows(never())
    assert (one.id, one.columns[1], one.columns[2], one.columns[5]) == ("17", "1000", "Rådgivning", "")
    assert (one.price, one.cost, one.group) == (Decimal(950), Decimal(400), "YDE")
    assert (other.price, other.cost) == (None, Decimal(0))


def test_columns_that_are_switched_on_with_samples(standin, crm):
    flags = {f"QuotationLineLinkedSetupUseLinkedField{one}": one in (1, 2) for one in range(1, 10)}
    standin.on("GET /QuotationLines/LinkedSetup", {"QuotationLineLinkedSetupId": 1, **flags}).on(
        LIST, [price()]
    )
    assert [(one.key, one.hint) for one in crm.columns()] == [("1", "1000"), ("2", "Rådgivning")]


@pytest.mark.parametrize("told", ["true", "perhaps", 1, {}])
def test_a_column_is_on_or_off_and_nothing_else(standin, crm, told):
    flags = {f"QuotationLineLinkedSetupUseLinkedField{one}": one in (1, 2) for one in range(1, 10)}
    flags["QuotationLineLinkedSetupUseLinkedField3"] = told
    standin.on("GET /QuotationLines/LinkedSetup", {"QuotationLineLinkedSetupId": 1, **flags}).on(LIST, [])
    with pytest.raises(VendorChanged, match="UseLinkedField3"):
        crm.columns()


@pytest.mark.parametrize(
    "told",
    [said({"Message": "Not enabled", "Type": "LinkedDataException"}), plain("off", 400), plain("off", 404)],
)
def test_a_price_list_that_is_off(standin, crm, told):
    standin.on(LIST, told)
    with pytest.raises(SetupError) as caught:
        crm.price_rows(never())
    assert caught.value.code == "webcrm.no_price_list"


def test_the_company_is_told_apart_by_its_first_user_whatever_the_token(standin):
    standin.on("GET /Auth", answer(200, b"")).on(QUERIES, []).on(USERS, [user(3), user(1)], [])
    found = adapter_on(standin).company()
    assert found.name == "Eksempel Salg ApS"
    standin.on(USERS, [user(1), user(3)], [], [user(1), user(3)], [])
    assert adapter_on(standin, "").company().name == "webcrm"
    standin.seen.clear()
    assert adapter_on(standin).company().id == found.id
    standin.seen.clear()
    standin.on(USERS, [user(3), user(1, UserCreatedAt="2021-01-01T10:00:00+01:00")], [])
    assert adapter_on(standin).company().id != found.id
    standin.seen.clear()
    standin.on(USERS, [user(1, UserCreatedAt="perhaps")], [])
    with pytest.raises(VendorChanged, match="UserCreatedAt"):
        adapter_on(standin).company()


@pytest.mark.parametrize("area", ["Organisations", "FieldsMetadata", "Users"])
def test_a_missing_right_is_named_when_signing_in(standin, area):
    standin.on("GET /Auth", answer(200, b"{}")).on(QUERIES, []).on(USERS, [user()], [])
    place = {"Organisations": QUERIES, "FieldsMetadata": FIELDS, "Users": USERS}[area]
    standin.on(place, plain("", 403))
    with pytest.raises(SetupError) as caught:
        adapter_on(standin).company()
    assert (caught.value.code, caught.value.params["area"]) == ("webcrm.right", area)


def test_a_field_list_without_labels_or_orders(standin, crm):
    bare = {
        "FieldMetadataId": 5,
        "FieldMetadataFriendlyFieldName": "OrganisationCustom7",
        "FieldMetadataLabel": None,
    }
    standin.on(
        FIELDS, [*fields(), bare, field(1, "OrganisationCustom9", "Nine", FieldMetadataDropdownListData=None)]
    )
    assert [one.title for one in crm.own_fields(Holder.ORGANISATION)[:2]] == ["OrganisationCustom7", "Nine"]
