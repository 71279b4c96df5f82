"""Deals, those they are for and what they are made of: asked for in few calls, exact, in our form."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bridge_gui.accounting.deals import (
    Address,
    DealFilter,
    DealState,
    FieldName,
    Holder,
)
from bridge_gui.errors import Cancelled, SetupError, VendorChanged
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.deals import SellsDeals, TakesNotes
from bridge_gui.vendors.pipedrive.terms import PRODUCTION, address, company_domain
from bridge_gui.web.waiting import never
from tests.vendors.pipedrive.crm import (
    BUDGET,
    ME,
    TERMS,
    V1,
    V2,
    VAT,
    adapter_on,
    deal,
    definition,
    listed,
)
from tests.vendors.standin import plain
from tests.web.toys import answer

SINCE = datetime(2026, 11, 20, 9, 0, 0, 999, tzinfo=UTC)
DEALS, ARCHIVED = f"GET {V2}/deals", f"GET {V2}/deals/archived"


def test_it_can_do_what_it_says(crm):
    for capability in (NamesCompany, SellsDeals, TakesNotes):
        assert isinstance(crm, capability)


def test_the_company_is_named_and_the_token_goes_in_its_header(standin, crm):
    company = crm.company()
    assert (company.id, company.name) == ("77", "Esimerkki Oy")
    (asked,) = standin.asked(f"GET {V1}/users/me")
    assert asked.headers["x-api-token"].startswith("01234567")
    assert "?" not in asked.target


def test_another_company_is_noticed(standin, crm):
    standin.on(f"GET {V1}/users/me", {"success": True, "data": ME | {"company_domain": "toinen"}})
    with pytest.raises(SetupError) as caught:
        crm.company()
    assert caught.value.params == {"found": "toinen", "expected": "esimerkki"}


@pytest.mark.parametrize(
    "typed", ["esimerkki", " Esimerkki ", "esimerkki.pipedrive.com", "https://ESIMERKKI.pipedrive.com/"]
)
def test_the_company_may_be_typed_in_many_ways(typed):
    assert company_domain(typed) == "esimerkki"
    assert address(PRODUCTION, company_domain(typed)) == "https://esimerkki.pipedrive.com"
    assert address("http://127.0.0.1:9", "esimerkki") == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    "typed", ["", "a b", "evil.example/x", "esimerkki.pipedrive.com.evil.example", "x@y", "-a", "a#"]
)
def test_what_is_no_company_is_refused_before_a_token_goes_anywhere(typed):
    with pytest.raises(SetupError) as caught:
        company_domain(typed)
    assert caught.value.code == "pipedrive.domain"


def test_the_scope_is_the_companys_own(standin, crm):
    other = adapter_on(standin, domain="toinen")
    assert crm.scope == adapter_on(standin, domain="https://Esimerkki.pipedrive.com").scope != other.scope
    assert crm.scope.startswith("pd-")
    assert len(crm.scope) == 9


def test_changed_deals_archived_and_deleted_ones_included(standin, crm):
    standin.on(
        DEALS,
        listed(deal(41), deal(42, status="open"), following="next"),
        listed(deal(42), deal(43, is_deleted=True)),
    )
    standin.on(ARCHIVED, listed(deal(44, is_archived=True)))
    pages = list(crm.deals_since(SINCE, never()))
    assert [[one.id for one in page] for page in pages] == [["41", "42"], ["43"], ["44"]]
    assert pages[1][0].state is DealState.DELETED
    assert pages[2][0].archived
    first, second = standin.queries(DEALS)
    assert first["updated_since"] == "2026-11-20T09:00:00Z"
    assert first["status"] == "open,won,lost,deleted"
    assert (first["sort_by"], first["limit"]) == ("id", "500")
    assert second["cursor"] == "next"
    assert len(standin.asked(f"GET {V2}/dealFields")) == 1


def test_a_deal_in_our_form(standin, crm):
    standin.on(
        DEALS,
        listed(
            deal(
                42,
                value=150.6,
                custom_fields={VAT: " FI123 ", TERMS: 4, BUDGET: {"value": 500, "currency": "EUR"}},
            )
        ),
    )
    ((found,),) = (page for page in crm.deals_since(SINCE, never()) if page)
    assert found.value == Decimal("150.6")
    assert found.state is DealState.WON
    assert found.changed == datetime(2026, 11, 20, 9, 12, 33, tzinfo=UTC)
    assert (found.pipeline, found.stage, found.organization, found.person, found.owner) == (
        "1",
        "5",
        "9",
        "7",
        "1",
    )
    assert found.fields == {"title": "Kuukausipalvelu 42", VAT: "FI123", TERMS: "30 pv"}
    assert found.url == "https://esimerkki.pipedrive.com/deal/42"


def test_amounts_keep_their_digits(standin, crm):
    body = b'{"success":true,"data":[%s]}'
    row = (
        b'{"id":1,"title":"x","status":"won","value":0.1000000000000000055511151231257827,"currency":"EUR",'
        b'"pipeline_id":1,"stage_id":1,"update_time":"2026-11-20T09:12:33Z","add_time":"2026-11-20T09:12:33Z"}'
    )
    standin.on(DEALS, answer(200, body % row))
    (found,) = crm.deals_by_id(["1"], never())
    assert str(found.value) == "0.1000000000000000055511151231257827"


def test_deals_by_id_in_hundreds_and_from_the_archive(standin, crm):
    standin.on(DEALS, listed(*(deal(n) for n in range(1, 100))), listed(*(deal(n) for n in range(101, 150))))
    standin.on(ARCHIVED, listed(deal(100, is_archived=True)))
    found = crm.deals_by_id([str(n) for n in range(150, 0, -1)], never())
    assert [one.id for one in found] == [str(n) for n in range(149, 0, -1)]
    assert [query["ids"].count(",") for query in standin.queries(DEALS)] == [99, 49]
    assert [query["ids"] for query in standin.queries(ARCHIVED)] == ["100,150"]


def test_no_ids_no_calls(standin, crm):
    assert crm.deals_by_id([], never()) == ()
    assert crm.contents([], never()) == {}
    assert crm.persons(["", ""], never()) == {}
    assert standin.seen == []


def test_one_page_for_a_person(standin, crm):
    standin.on(DEALS, listed(deal(42), following="c2"))
    which = DealFilter(pipeline="1", stage="5", state=DealState.WON, changed_since=SINCE)
    page = crm.deal_page(which, "c1", 50)
    assert page.following == "c2"
    (query,) = standin.queries(DEALS)
    assert query == {
        "sort_by": "update_time", "sort_direction": "desc", "limit": "50", "include_fields": "products_count",
        "pipeline_id": "1", "stage_id": "5", "status": "won", "updated_since": "2026-11-20T09:00:00Z", "cursor": "c1",
    }  # fmt: skip


def hit(number, kind="deal"):
    return {"result_score": 1.2, "item": {"id": number, "type": kind, "title": "x"}}


def found(*numbers, following=None, related=()):
    data = {"items": [hit(9, "organization"), *map(hit, numbers)], "related_items": [hit(n) for n in related]}
    return {"success": True, "data": data, "additional_data": {"next_cursor": following}}


def test_text_is_searched_by_the_vendor_and_the_rest_here(standin, crm):
    standin.on(f"GET {V2}/itemSearch", found(1, 2, following="more", related=(3, 2)))
    standin.on(DEALS, listed(deal(1, stage_id=6), deal(2), deal(3, update_time="2026-11-21T00:00:00Z")))
    page = crm.deal_page(DealFilter(text=" palvelu ", stage="5", state=DealState.WON), "", 50)
    assert [one.id for one in page.deals] == ["3", "2"]
    assert page.following == "more"
    (query,) = standin.queries(f"GET {V2}/itemSearch")
    assert (query["term"], query["limit"]) == ("palvelu", "50")
    assert query["item_types"] == "deal,organization,person"
    assert query["search_for_related_items"] == "true"
    assert standin.queries(DEALS)[0]["ids"] == "1,2,3"


def test_a_page_of_hits_that_do_not_fit_is_turned(standin, crm):
    standin.on(f"GET {V2}/itemSearch", found(1, following="more"), found(2))
    standin.on(DEALS, listed(deal(1, stage_id=6)), listed(deal(2)))
    page = crm.deal_page(DealFilter(text="p", stage="5"), "", 50)
    assert ([one.id for one in page.deals], page.following) == (["2"], "")
    assert standin.queries(f"GET {V2}/itemSearch")[0]["exact_match"] == "true"


@pytest.mark.parametrize("gone", ["title", "status", "value", "currency", "update_time", "stage_id"])
def test_a_missing_field_is_told_with_its_path(standin, crm, gone):
    row = deal(42)
    del row[gone]
    standin.on(DEALS, listed(row))
    with pytest.raises(VendorChanged) as caught:
        crm.deals_by_id(["42"], never())
    assert caught.value.params["path"] == "$.data[0]"
    assert gone in caught.value.detail


def test_an_unknown_state_is_the_vendors_change(standin, crm):
    standin.on(DEALS, listed(deal(42, status="paused")))
    with pytest.raises(VendorChanged):
        crm.deals_by_id(["42"], never())


def test_a_list_that_repeats_itself_is_noticed(standin, crm):
    standin.on(DEALS, listed(deal(42), following="again"))
    with pytest.raises(VendorChanged) as caught:
        list(crm.deals_since(SINCE, never()))
    assert caught.value.code == "vendor.page_repeats"


def test_reading_stops_when_told(standin, crm):
    stop = never()
    stop.set()
    with pytest.raises(Cancelled):
        list(crm.deals_since(SINCE, stop))


def test_organizations_and_persons(standin, crm):
    place = {"value": "Mannerheimintie 1 A, Helsinki", "country": "Finland", "admin_area_level_1": "Uusimaa", "locality": "Helsinki",
             "route": "Mannerheimintie", "street_number": "1", "subpremise": "A 2", "postal_code": "00100"}  # fmt: skip
    org = {
        "id": 9,
        "name": "Asiakas Oy",
        "address": place,
        "is_deleted": False,
        "custom_fields": {VAT: "FI1"},
    }
    standin.on(
        f"GET {V2}/organizations",
        listed(org, org | {"id": 10, "is_deleted": True}, org | {"id": 11, "address": None}),
    )
    mails = [{"value": "a@example.com", "primary": False}, {"value": "laskut@example.com", "primary": True}]
    standin.on(
        f"GET {V2}/persons",
        listed({"id": 7, "name": "Matti", "emails": mails}, {"id": 8, "name": "Maija", "emails": []}),
    )
    parties = crm.organizations(["9", "10", "11", "12"], never())
    assert set(parties) == {"9", "11"}
    assert parties["9"].address == Address(
        whole="Mannerheimintie 1 A, Helsinki", street="Mannerheimintie 1 (A 2)", city="Helsinki", region="Uusimaa",
        postal_code="00100", country="Finland",
    )  # fmt: skip
    assert parties["9"].fields == {
        "name": "Asiakas Oy",
        "address": "Mannerheimintie 1 A, Helsinki",
        VAT: "FI1",
    }
    assert parties["11"].address is None
    people = crm.persons(["7", "8"], never())
    assert people["7"].email == people["7"].fields["email"] == "laskut@example.com"
    assert people["8"].email == ""
    assert standin.queries(f"GET {V2}/organizations")[0]["ids"] == "9,10,11,12"


def test_fields_that_can_be_shown(standin, crm):
    names = crm.field_names()
    assert FieldName(holder=Holder.DEAL, key=VAT, title="ALV-tunnus", custom=True) in names
    assert FieldName(holder=Holder.PERSON, key="email", title="Sähköposti") in names
    assert not {"owner_id", "next_activity_id"} & {one.key for one in names}


def test_definitions_are_read_to_the_last_page(standin, crm):
    first = [definition(f"Kenttä {n}", f"{n:040d}") for n in range(500)]
    standin.on(
        f"GET {V2}/dealFields", listed(*first, following="2"), listed(definition("Viimeinen", "f" * 40))
    )
    assert "Viimeinen" in {one.title for one in crm.field_names()}


def test_stages_in_their_order(standin, crm):
    standin.on(f"GET {V2}/pipelines", listed({"id": 1, "name": "Myynti", "order_nr": 2}, {"id": 2, "name": "Uudet", "order_nr": 1},
                                             {"id": 3, "name": "Vanha", "order_nr": 0, "is_deleted": True}))  # fmt: skip
    rows = [(5, "Voitettu", 1, 2), (4, "Tarjous", 1, 1), (6, "Liidi", 2, 1), (7, "Pois", 3, 1)]
    standin.on(
        f"GET {V2}/stages",
        listed(*({"id": i, "name": n, "pipeline_id": p, "order_nr": o} for i, n, p, o in rows)),
    )
    assert [(one.name, one.pipeline_name) for one in crm.stages()] == [
        ("Liidi", "Uudet"), ("Tarjous", "Myynti"), ("Voitettu", "Myynti"),
    ]  # fmt: skip


def test_products_currencies_and_owners(standin, crm):
    product = crm.products()[0]
    assert (product.id, product.name, product.code, product.rate) == (
        "11",
        "Kuukausipalvelu",
        "KK",
        Decimal("25.5"),
    )
    standin.on(
        f"GET {V1}/currencies",
        {
            "success": True,
            "data": [{"code": "EUR", "decimal_points": 2}, {"code": "JPY", "decimal_points": 0}],
        },
    )
    standin.on(f"GET {V1}/users", {"success": True, "data": [ME]})
    assert crm.decimals() == {"EUR": 2, "JPY": 0}
    assert crm.owners() == {"1": "Aino Esimerkki"}


def test_where_there_is_no_company_the_address_is_wrong(standin, crm):
    standin.on(f"GET {V1}/users/me", plain("<html>not here</html>", 404))
    with pytest.raises(SetupError) as caught:
        crm.company()
    assert (caught.value.code, caught.value.params) == ("pipedrive.domain", {"domain": "esimerkki"})


def test_a_list_that_is_no_longer_there_is_their_change(standin, crm):
    standin.on(DEALS, plain("", 404))
    with pytest.raises(VendorChanged) as caught:
        list(crm.deals_since(SINCE, never()))
    assert caught.value.code == "pipedrive.read_refused"


def test_definitions_are_read_for_those_only_whose_fields_are_wanted(standin, crm):
    crm.tell_fields_of([Holder.ORGANIZATION])
    standin.on(f"GET {V2}/deals", listed(deal(42, custom_fields={VAT: "FI1"})))
    (found,) = crm.deals_by_id(["42"], never())
    assert (found.title, found.fields) == ("Kuukausipalvelu 42", {})
    assert not standin.asked(f"GET {V2}/dealFields")
