"""From the wizard to both vendors and back, over HTTP against the two simulators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from bridge_gui.store.rows import AttentionRow
from bridge_gui.sync.panels import Query
from bridge_gui.web.waiting import never
from tests.bridges.webcrm_uniconta.office import NAME, Office, office


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Both companies, the bridge set up and at rest; each test has records of its own."""
    with office(tmp_path_factory.mktemp("salg")) as one:
        one.set_up()
        one.rest(3)
        yield one


def lines(one: Office, order: int) -> list[dict[str, Any]]:
    rows = one.table("uniconta", "DebtorOrderLineClient")
    return [row for row in rows if row["OrderNumber"] == order]


def waiting(one: Office, code: str) -> AttentionRow:
    return next(row for row in one.house.attention(NAME) if row.code == code)


def new_customer(one: Office, number: int, **fields: object) -> tuple[int, str]:
    """A customer of this test alone: its id, and its debtor's number once there is one."""
    told = {
        "OrganisationName": f"Prøvekunde {number} ApS", "OrganisationType": "Kunde", "OrganisationAddress": "Vej 1",
        "OrganisationPostCode": "8000", "OrganisationCity": "Aarhus", "OrganisationCountry": "Danmark",
        "OrganisationVatNumber": f"9000{number:04}", "OrganisationCustom2": f"faktura@kunde{number}.example",
        "OrganisationCustom6": "DKK", "OrganisationVatGroup": "U25",
    }  # fmt: skip
    made = one.seller("add_organisation", **{**told, **fields})["OrganisationId"]
    one.rest(2)
    return made, one.organisation(made).get("OrganisationCustom1", "")


def test_customers_items_orders_and_people_are_on_both_sides_once(day: Office) -> None:
    assert waiting(day, "debtor.fields_missing").number == "Model Kommune"
    orders = {row.number: row.total for row in day.documents("order")}
    assert orders["101"] == Decimal("13999.10")
    assert orders["102"] == Decimal("375.00")
    assert sorted(row.number for row in day.documents("price")) == ["1000", "1001", "1002", "1003"]
    assert sorted(row.number for row in day.documents("employee")) == ["JS", "KH"]
    people = [row.number for row in day.documents("book_contact")]
    assert people.count("Mette Byg") == people.count("Ole Prøve") == 1
    marks = [row["xWebcrmId"] for row in day.table("uniconta", "DebtorClient") if row.get("xWebcrmId")]
    assert len(marks) == len(set(marks)) >= 3


def test_what_uniconta_says_is_shown_in_webcrm(day: Office) -> None:
    org = day.organisation(2)
    assert org["OrganisationCustom1"] == "20001"
    assert org["OrganisationCustom3"] == "5790000000005"
    assert (org["OrganisationCustom4"], org["OrganisationCustom5"]) == ("14D", "INDL")
    assert day.debtor("20001")["xWebcrmId"] == "org-2"


def test_a_new_debtor_holds_what_the_organisation_does(day: Office) -> None:
    made = day.debtor(day.organisation(5)["OrganisationCustom1"])
    assert (made["Name"], made["City"], made["Currency"], made["Vat"], made["Group"]) == (
        "Muster Handel GmbH", "Hamburg", "EUR", "UEU", "INDL",
    )  # fmt: skip


def test_the_delivery_is_told_number_margin_and_state(day: Office) -> None:
    told = day.delivery(1)
    assert (told["DeliveryErpId"], told["DeliveryErpStatus"]) == ("101", "Synchronized")
    # 10 x (950 - 400) + 2 x 2499.50 less 10 % - 2 x 1450.25
    assert (told["DeliveryCustom1"], told["DeliveryCustom2"]) == ("7098,6", "50,7")
    assert told["DeliveryCustom4"] == "Ordre"


def test_changes_of_different_fields_on_both_sides_meet_and_one_changed_twice_is_asked(day: Office) -> None:
    org, number = new_customer(day, 1)
    day.seller("edit_organisation", id=org, OrganisationTelephone="+45 11111111")
    day.books("edit_debtor", number=number, City="Viby J")
    day.rest(2)
    assert day.organisation(org)["OrganisationCity"] == "Viby J"
    assert day.debtor(number)["Phone"] == "+45 11111111"
    day.seller("edit_organisation", id=org, OrganisationCity="Randers")
    day.books("edit_debtor", number=number, City="Hobro", Phone="+45 22222222")
    day.rest(2)
    day.house.answer(NAME, waiting(day, "pair.both_changed").id, "sales")
    day.rest(2)
    assert day.debtor(number)["City"] == day.organisation(org)["OrganisationCity"] == "Randers"
    assert day.debtor(number)["Phone"] == day.organisation(org)["OrganisationTelephone"] == "+45 22222222"
    assert "pair.both_changed" not in day.waiting().values()
    assert day.sync().written == 0


def test_the_keyword_is_put_back_three_times_a_day_then_asked(day: Office) -> None:
    org, _ = new_customer(day, 2)
    for _ in range(3):
        day.seller("edit_organisation", id=org, OrganisationType="Partner")
        day.rest(1)
        assert day.organisation(org)["OrganisationType"] == "Kunde"
    day.seller("edit_organisation", id=org, OrganisationType="Partner")
    day.rest(1)
    assert day.organisation(org)["OrganisationType"] == "Partner"
    assert "organisation.keyword_fight" in day.waiting().values()


def test_a_deleted_debtor_is_shown_and_nothing_is_deleted_or_put_back(day: Office) -> None:
    org, number = new_customer(day, 3)
    day.books("delete_debtor", number=number, force=True)
    day.seller("edit_organisation", id=org, OrganisationType="Partner")
    day.rest(2)
    assert waiting(day, "debtor.gone").number == number
    assert day.organisation(org)["OrganisationType"] == "Partner"
    assert number not in [row["Account"] for row in day.table("uniconta", "DebtorClient")]


def test_once_the_fields_are_filled_in_a_debtor_is_made(day: Office) -> None:
    org, number = new_customer(day, 4, OrganisationCity="")
    assert number == ""
    day.seller("edit_organisation", id=org, OrganisationCity="Vejle")
    day.rest(2)
    assert day.organisation(org)["OrganisationCustom1"].isdigit()


def test_a_changed_line_changes_the_order_and_an_invoice_comes_back(day: Office) -> None:
    org, _ = new_customer(day, 5)
    sold = [{"item": "1000", "text": "Rådgivning", "quantity": 2, "price": 950.0, "cost": 400.0}]
    made = day.seller("add_delivery", organisation=org, status="Planned", day=day.today(), lines=sold)
    day.rest(1)
    number = int(day.delivery(made["DeliveryId"])["DeliveryErpId"])
    line = next(
        row
        for row in day.table("webcrm", "QuotationLine")
        if row["QuotationLineOpportunityId"] == made["DeliveryId"]
    )
    day.seller("edit_line", id=line["QuotationLineId"], quantity=3)
    day.rest(1)
    assert [row["Qty"] for row in lines(day, number)] == [3]
    order = next(row for row in day.documents("order") if row.number == str(number))
    assert order.total == Decimal(2850)
    day.books("edit_order_line", number=number, line=1, Qty=7)
    day.seller("edit_line", id=line["QuotationLineId"], quantity=4)
    day.rest(2)
    day.house.answer(NAME, waiting(day, "order.edited").id, "sales")
    day.rest(1)
    assert [row["Qty"] for row in lines(day, number)] == [4]
    invoice = day.books("invoice_order", number=number)["invoice"]
    day.rest(2)
    told = day.delivery(made["DeliveryId"])
    assert (told["DeliveryStatus"], told["DeliveryCustom3"]) == ("OnGoing", str(invoice))
    day.books("pay_invoice", number=invoice)
    day.rest(2)
    told = day.delivery(made["DeliveryId"])
    assert (told["DeliveryStatus"], told["DeliveryCustom4"]) == ("Completed", "Betalt")
    assert next(row for row in day.documents("order") if row.number == str(invoice)).state == "paid"


def test_webcrm_is_told_of_an_invoice_in_the_run_that_sees_it(day: Office) -> None:
    org, _ = new_customer(day, 7)
    sold = [{"item": "1000", "text": "Rådgivning", "quantity": 1, "price": 950.0, "cost": 400.0}]
    made = day.seller("add_delivery", organisation=org, status="Planned", day=day.today(), lines=sold)
    day.rest(2)
    number = int(day.delivery(made["DeliveryId"])["DeliveryErpId"])
    idle = day.sync().calls
    day.pass_time(minutes=6)
    invoice = day.books("invoice_order", number=number)["invoice"]
    run = day.sync()
    told = day.delivery(made["DeliveryId"])
    assert (told["DeliveryStatus"], told["DeliveryCustom3"]) == ("OnGoing", str(invoice))
    assert next(row for row in day.documents("order") if row.number == str(invoice)).state != "ordered"
    # The invoices and the open entries of this one order; nothing is looked at twice.
    assert run.calls["uniconta"] <= idle["uniconta"] + 4
    day.pass_time(minutes=6)
    assert day.sync().written == 0


def test_a_credit_is_shown_with_what_to_do_and_ends_once_it_is_said_to_be_done(day: Office) -> None:
    org, _ = new_customer(day, 8)
    back = [{"item": "1000", "text": "Retur", "quantity": -2, "price": 950.0, "cost": 400.0}]
    made = day.seller("add_delivery", organisation=org, status="Planned", day=day.today(), lines=back)
    day.rest(1)
    held = waiting(day, "order.negative")
    assert (held.choices[0], held.params["total"]) == ("credited", "-1900.00")
    assert not day.delivery(made["DeliveryId"]).get("DeliveryErpId")
    day.house.answer(NAME, held.id, "credited")
    day.rest(1)
    assert "order.negative" not in day.waiting().values()
    assert day.source("orders", f"delivery-{made['DeliveryId']}").code == "order.credited_by_hand"
    assert not day.delivery(made["DeliveryId"]).get("DeliveryErpId")


def test_an_item_is_changed_and_blocked(day: Office) -> None:
    day.books("edit_item", number="1001", SalesPrice1=2600.25)
    day.books("block_item", number="1003")
    day.rest(1)
    prefix = "QuotationLineLinkedDataItem"
    rows = {row[f"{prefix}Data1"]: row for row in day.table("webcrm", prefix)}
    assert rows["1001"][f"{prefix}Price"] == 2600.25
    assert rows["1003"][f"{prefix}Data2"] == "(blocked) Fragt"
    assert len(rows) == 4


def test_people_go_both_ways(day: Office) -> None:
    org, number = new_customer(day, 6)
    day.seller(
        "add_person", PersonFirstName="Ane", PersonLastName="Ny", PersonEmail="ane@ny.example",
        PersonOrganisationId=org,
    )  # fmt: skip
    day.books("add_contact", DCType="Debtor", DCAccount=number, Name="Bo Ny", Email="bo@ny.example")
    day.rest(2)
    persons = {row["PersonEmail"]: row for row in day.table("webcrm", "Person")}
    contacts = {row["Email"]: row for row in day.table("uniconta", "ContactClient")}
    assert persons["bo@ny.example"]["PersonLastName"] == "Ny"
    assert contacts["ane@ny.example"]["DCAccount"] == number
    day.seller("edit_person", id=persons["bo@ny.example"]["PersonId"], PersonMobilePhone="+45 33333333")
    day.rest(2)
    contacts = {row["Email"]: row for row in day.table("uniconta", "ContactClient")}
    assert contacts["bo@ny.example"]["Mobil"] == "+45 33333333"
    assert len(contacts) == len(day.table("uniconta", "ContactClient"))
    assert day.sync().written == 0


def test_margins_are_shown_in_all_and_line_by_line(day: Office) -> None:
    rows = day.house.panel_rows(NAME, "margins", Query(text="eksempel"), never()).rows
    first = next(row for row in rows if row.id == "delivery-1")
    assert (first.values["net"], first.values["margin"]) == (Decimal("13999.10"), Decimal("7098.60"))  # type: ignore[union-attr]
    detail = day.house.panel_detail(NAME, "margins", "delivery-1", never())
    assert [line.values["margin"] for line in detail.lines] == [Decimal(5500), Decimal("1598.60")]


def test_details_of_staff_go_both_ways_and_no_user_is_made(day: Office) -> None:
    users = len(day.table("webcrm", "User"))
    day.seller("edit_user", id=2, UserMobilePhone="+45 66666666")
    day.books("edit_employee", number="KH", Mobil="+45 77777777")
    day.rest(2)
    staff = {row["Number"]: row for row in day.table("uniconta", "EmployeeClient")}
    assert staff["JS"]["Mobil"] == "+45 66666666"
    karen = next(row for row in day.table("webcrm", "User") if row["UserId"] == 1)
    assert karen["UserMobilePhone"] == "+45 77777777"
    assert len(day.table("webcrm", "User")) == users
