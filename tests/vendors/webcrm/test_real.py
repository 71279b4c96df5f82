"""The adapter against the imitated webcrm in a process of its own."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from bridge_gui.accounting.trade import DeliveryStatus, ErpStatus, Holder, Person, PriceRow
from bridge_gui.errors import (
    BridgeError,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.webcrm import client
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.waiting import never
from tests.vendors.webcrm.asked import Documents
from tests.vendors.webcrm.real import RealWebcrm
from tests.web.toys import Received

AGES = datetime.now(UTC) - timedelta(days=400)
ORDER_LINES = "/Deliveries/1/QuotationLines"


@pytest.fixture(scope="module")
def real():
    one = RealWebcrm.start()
    yield one
    one.stop()


@pytest.fixture
def crm(real):
    yield real.adapter()
    real.control("DELETE", "faults")


@pytest.fixture
def switch(real):
    """Turns a switch of the simulator and back."""
    before = real.control("GET", "settings")
    yield lambda **settings: real.control("POST", "settings", settings)
    real.control("POST", "settings", before)


def rows(pages):
    return [row for page in pages for row in page]


def row(number="1000", **changes):
    usual = {
        "columns": {1: number, 2: "Rådgivning"},
        "price": Decimal("950.25"),
        "cost": Decimal(400),
        "group": "YDE",
    }
    return PriceRow(**{**usual, **changes})


def test_signing_in_names_the_company_and_stays_the_same(real, crm):
    found = crm.company()
    assert found.name == "Eksempel Salg ApS"
    assert real.adapter(access=Access()).company() == found
    with pytest.raises(SignInError) as caught:
        real.adapter(token="5eed0000-0000-4000-8000-0000000bad00", access=Access()).company()
    assert caught.value.code == "webcrm.token"


@pytest.mark.parametrize("status", [200, 401])
def test_a_refused_sign_in_is_told_in_either_form(real, switch, status):
    switch(login_refusal=status)
    with pytest.raises(SignInError):
        real.adapter(token="5eed0000-0000-4000-8000-0000000bad00", access=Access()).company()


def logins(real):
    counts = real.control("GET", "requests")["counts"]
    return sum(times for asked, times in counts.items() if asked.endswith("/Auth/ApiLogin"))


def test_one_token_serves_all_jobs_of_a_connection(real):
    access, before = Access(), logins(real)
    for _ in range(3):
        real.adapter(access=access).organisations(["1"], never())
    assert logins(real) == before + 1


def test_an_expired_token_is_renewed_once(real, crm):
    crm.organisations(["1"], never())
    real.fault("expire_token", "/Organisations")
    assert [one.id for one in crm.organisations(["1"], never())] == ["1"]


@pytest.mark.parametrize("status", [401, 403])
def test_a_missing_right_is_named(real, crm, status):
    real.fault("status", "/QuotationLines/LinkedData", status=status, times=None, body="")
    with pytest.raises(SetupError) as caught:
        crm.price_rows(never())
    assert (caught.value.code, caught.value.params["area"]) == ("webcrm.right", "QuotationLines/LinkedData")


def test_own_fields_by_id(crm):
    found = {one.number: one for one in crm.own_fields(Holder.ORGANISATION)}
    assert (found["1101"].key, found["1101"].title) == ("OrganisationCustom1", "Debitornr.")
    assert [one.key for one in crm.types()] == ["Emne", "Kunde", "Leverandør", "Partner"]
    assert {one.number for one in crm.own_fields(Holder.DELIVERY)} >= {"1201", "1202", "1203", "1204"}


def test_organisations_of_all_kinds(crm):
    found = {one.id: one for one in rows(crm.all_organisations(never()))}
    assert (found["2"].street, found["2"].city, found["2"].tax_number) == (
        "Handelsgade 2\n1. sal",
        "København Ø",
        "20000007",
    )
    assert found["5"].fields["OrganisationCustom6"] == "EUR"
    assert (found["3"].type, found["3"].street, found["3"].fields.get("OrganisationCustom2")) == (
        "Emne",
        "",
        None,
    )


def test_only_what_changed_since_is_read(real, crm):
    (before,) = crm.organisations(["6"], never())
    real.control("POST", "clock", {"now": (datetime.now(UTC) + timedelta(hours=1)).isoformat()})
    real.person("edit_organisation", id=6, OrganisationCity="Vejle")
    now = datetime.fromisoformat(real.control("GET", "clock")["now"])
    assert [one.id for one in rows(crm.organisations_changed(now, never()))] == ["6"]
    made = real.person("add_organisation", OrganisationName="Ny ApS", OrganisationType="Emne")
    assert len(rows(crm.organisations_changed(now, never()))) == 2, made
    assert before.city != "Vejle"


def test_nothing_slips_by_when_a_row_goes_while_pages_are_read(real, crm, monkeypatch):
    """By page numbers the row after the gap would be skipped."""
    monkeypatch.setattr(client, "MOST", 2)
    ids = [real.person("add_organisation", OrganisationName=f"Række {one}")["id"] for one in range(5)]
    seen = []
    for page in crm.all_organisations(never()):
        assert len(page) <= 2
        if ids[0] in {one.id for one in page}:
            real.person("remove_organisation", id=int(ids[0]))
        seen += [one.id for one in page]
    assert seen == sorted(set(seen), key=int)
    assert set(ids) <= set(seen)
    assert crm.organisations([ids[0]], never()) == ()


def test_orders_with_lines_and_what_a_changed_line_shows(real, crm):
    (one,) = crm.deliveries(["1"], never())
    assert (one.organisation, one.status, one.erp_status, one.currency) == (
        "1",
        DeliveryStatus.PLANNED,
        ErpStatus.NOT_READY,
        "DKK",
    )
    assert [(each.columns[1], each.quantity, each.price, each.discount) for each in one.lines] == [
        ("1000", 10, Decimal(950), 0), ("1001", 2, Decimal("2499.5"), 10)
    ]  # fmt: skip
    assert one.lines[1].cost == Decimal("1450.25")
    real.person("add_line", delivery=1, item="1003", text="Fragt", quantity=1, price=375)
    again = {each.id: each for each in crm.deliveries(["1", "4", "999"], never())}
    assert ([len(again[key].lines) for key in ("1", "4")], set(again)) == ([3, 0], {"1", "4"})
    assert again["1"].changed == one.changed


def test_choices_as_numbers_in_questions_are_read_singly(crm, switch):
    switch(query_choices="number")
    assert {one.id: one.status for one in rows(crm.deliveries_changed(AGES, never()))}[
        "2"
    ] is DeliveryStatus.PLANNED
    assert {one.id: one.active for one in rows(crm.persons_changed(AGES, never()))}["1"] is True


def test_an_order_bears_our_marks_and_nothing_else_moves(crm):
    (before,) = crm.deliveries(["2"], never())
    marks = {
        "erp_id": "101",
        "erp_status": "done",
        "erp_synced": "2026-11-20T13:00:00+01:00",
        "margin": "174.95",
        "DeliveryCustom4": "Bestilt",
    }
    found = crm.change_delivery("2", marks, {"erp_id": "", "erp_status": "not_ready", "erp_synced": ""})
    assert (found.erp_id, found.erp_status, found.margin) == ("101", ErpStatus.DONE, Decimal("174.95"))
    (after,) = crm.deliveries(["2"], never())
    same = msgspec.structs.replace(after, erp_id="", erp_status=before.erp_status, margin=before.margin, fields=before.fields, changed=before.changed)  # fmt: skip
    assert same == before
    assert crm.change_delivery("2", marks, marks).changed == after.changed


def test_what_a_person_changed_is_not_overwritten(real, crm):
    real.person("edit_organisation", id=4, OrganisationCustom2="ny@kommune.example")
    with pytest.raises(Conflict):
        crm.change_organisation("4", {"OrganisationCustom2": "vores@x.example"}, {"OrganisationCustom2": ""})
    found = crm.change_organisation(
        "4", {"OrganisationCustom2": ""}, {"OrganisationCustom2": "ny@kommune.example"}
    )
    assert "OrganisationCustom2" not in found.fields


def test_what_webcrm_refuses_is_told_in_its_words(real, crm):
    with pytest.raises(Refused, match="Ukendt"):
        crm.change_organisation("4", {"type": "Ukendt"}, {})
    with pytest.raises(NoSuchTarget):
        crm.change_organisation("999", {"type": "Kunde"}, {})


def test_persons_are_made_once_and_resign(crm):
    new = Person(
        organisation="1", first_name="Åse", email="aase@byg.example", fields={"PersonCustom1": "contact-9"}
    )
    made = crm.add_person(new)
    assert (made.first_name, made.last_name, made.fields, made.active) == (
        "Åse",
        "",
        {"PersonCustom1": "contact-9"},
        True,
    )
    gone = crm.change_person(
        made.id, {"active": "false", "last_name": "Ny"}, {"active": "true", "last_name": ""}
    )
    assert (gone.active, gone.last_name) == (False, "Ny")
    assert [one.id for one in crm.persons_at("1", never()) if one.email == new.email] == [made.id]


@pytest.mark.parametrize("kind", ["cut_after", "cut_before", "cut_middle", "html_200"])
def test_a_lost_answer_is_unknown_and_looking_tells(real, crm, kind):
    email = f"{kind}@byg.example".replace("_", "-")
    real.fault(kind, "/Persons", "POST", when="before" if kind == "cut_before" else "after")
    with pytest.raises(OutcomeUnknown):
        crm.add_person(Person(organisation="1", first_name="Lost", email=email))
    there = [one for one in crm.persons_at("1", never()) if one.email == email]
    assert len(there) == (0 if kind == "cut_before" else 1)


def test_users_and_who_is_no_longer_active(crm):
    found = {one.id: one for one in crm.users(never())}
    assert (found["1"].initials, found["1"].active, found["3"].active) == ("KH", True, False)
    after = crm.change_user("1", {"UserCustom1": "KH"}, {"UserCustom1": ""})
    assert (after.fields, after.email, after.active) == (
        {"UserCustom1": "KH"},
        "karen@eksempel.example",
        True,
    )


def test_the_price_list_lives_and_nobody_elses_row_is_touched(real, crm):
    assert [one.key for one in crm.columns()] == ["1", "2", "3"]
    one, other = crm.add_price_row(row("1000")), crm.add_price_row(row("1001"))
    assert (one.columns[1], one.columns[4], one.price) == ("1000", "", Decimal("950.25"))
    after = crm.change_price_row(msgspec.structs.replace(one, price=Decimal("975.5")), one)
    assert (after.price, after.columns) == (Decimal("975.5"), one.columns)
    with pytest.raises(Conflict):
        crm.change_price_row(msgspec.structs.replace(one, price=Decimal(1)), one)
    crm.remove_price_row(one.id)
    crm.remove_price_row(one.id)
    assert [each.id for each in crm.price_rows(never())] == [other.id]
    crm.remove_price_row(other.id)


def test_a_price_list_that_is_off_says_so(crm, switch):
    switch(linked_data=False)
    for ask in (crm.columns, lambda: crm.price_rows(never())):
        with pytest.raises(SetupError) as caught:
            ask()
        assert caught.value.code == "webcrm.no_price_list"


def test_too_many_calls_wait_as_long_as_told(real, crm):
    real.fault("status", "/Organisations", status=429, retry_after=0.2)
    assert [one.id for one in crm.organisations(["1"], never())] == ["1"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/Queries", "OrganisationName"), ("/Queries", "OrganisationUpdatedAt"), ("/Queries", "OrganisationCustom1"),
        ("/Queries", "OrganisationId"), ("/FieldsMetadata", "FieldMetadataFriendlyFieldName"),
    ],
)  # fmt: skip
def test_a_field_that_vanishes_is_a_change(real, crm, path, name):
    real.fault("drop_field", path, field=name)
    with pytest.raises(VendorChanged):
        rows(crm.all_organisations(never()))


@pytest.mark.parametrize(
    "name",
    ["QuotationLinePrice", "QuotationLineQuantity", "QuotationLineOpportunityId", "QuotationLineData1"],
)
def test_a_line_without_what_it_is_worth_is_a_change(real, crm, name):
    real.fault("drop_field", ORDER_LINES, field=name)
    with pytest.raises(VendorChanged):
        crm.deliveries(["1"], never())


@pytest.mark.parametrize("kind", ["html_200", "bad_json"])
def test_an_answer_that_is_none_is_a_change(real, crm, kind):
    real.fault(kind, "/Queries", times=None)
    with pytest.raises(VendorChanged):
        rows(crm.all_organisations(never()))


def test_a_page_that_repeats_ends_the_reading(real, crm):
    real.fault("repeat_page", "/Queries", times=None)
    with pytest.raises(VendorChanged):
        rows(crm.all_organisations(never()))


def test_odd_values_end_as_errors_that_bridge_knows_or_change_nothing(real, crm):
    whole = crm.deliveries(["1", "2"], never())
    crm.own_fields(Holder.DELIVERY)
    for seed in range(40):
        real.fault("fuzz", ORDER_LINES, seed=seed)
        try:
            read = crm.deliveries(["1", "2"], never())
        except BridgeError:
            pass
        else:
            figures = [[(one.quantity, one.price, one.discount) for one in each.lines] for each in read]
            assert figures == [
                [(one.quantity, one.price, one.discount) for one in each.lines] for each in whole
            ], seed
        real.control("DELETE", "faults")


def test_all_that_was_asked_here_is_in_webcrms_own_documents(real, crm):
    folder = os.environ.get("BRIDGE_SPECS", "")
    if not folder:
        pytest.skip("BRIDGE_SPECS does not say where the vendors' documents lie")
    documents = Documents(Path(folder))
    head = {"authorization": "Bearer x", "accept": "application/json"}
    (
        crm.company(),
        crm.columns(),
        crm.users(never()),
        crm.deliveries(["1"], never()),
        crm.persons_at("1", never()),
    )
    told = real.control("GET", "requests?last=2000")["last"]
    for one in told:
        target = f"{one['path']}?{one['query']}"
        if not urlsplit(target).path.startswith("/Auth/") and one["method"] == "GET":
            assert documents.wrong(Received("GET", target, head, b"", 1)) == []
    assert len(told) >= 12
