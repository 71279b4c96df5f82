"""What a careless or hostile hand may do on either side: nothing ends up at another customer."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import pytest

from bridge_gui.bridges.webcrm_uniconta.customers import FIGHT
from bridge_gui.store.rows import AttentionRow
from bridge_gui.sync.notes import KeptNotes
from tests.bridges.webcrm_uniconta.office import NAME, Office, office

LINE = {"item": "1000", "text": "Rådgivning", "quantity": 1, "price": 950.0, "cost": 400.0}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Both companies at rest; each test has customers of its own."""
    with office(tmp_path_factory.mktemp("hostile")) as made:
        made.set_up()
        made.rest(2)
        yield made


def waiting(one: Office, code: str, record: str) -> AttentionRow:
    found = [row for row in one.house.attention(NAME) if row.code == code]
    return next(row for row in found if row.source_id == record)


def customer(one: Office, name: str) -> tuple[int, str]:
    """A customer with its debtor's number."""
    made = one.seller(
        "add_organisation", OrganisationName=name, OrganisationType="Kunde", OrganisationAddress="Vej 1",
        OrganisationPostCode="8000", OrganisationCity="Aarhus", OrganisationCountry="Danmark",
        OrganisationVatNumber=f"DE{crc32(name.encode()) % 10**8}", OrganisationCustom2=f"{name.split(maxsplit=1)[0]}@x.example",
        OrganisationCustom6="DKK", OrganisationVatGroup="U25",
    )["OrganisationId"]  # fmt: skip
    one.rest(2)
    return made, one.organisation(made)["OrganisationCustom1"]


def sold(one: Office, org: int) -> int:
    told = {"organisation": org, "status": "Planned", "day": one.today(), "lines": [LINE]}
    return int(one.seller("add_delivery", **told)["DeliveryId"])


def test_a_deleted_debtors_number_is_never_given_to_another_customer(one: Office) -> None:
    _, number = customer(one, "Alfa ApS")
    one.books("delete_debtor", number=number, force=True)
    _, other = customer(one, "Beta ApS")
    assert int(other) > int(number)


def test_a_number_that_is_another_customers_now_gets_nothing_of_the_first(one: Office) -> None:
    org, number = customer(one, "Gamma ApS")
    one.books("delete_debtor", number=number, force=True)
    one.books(
        "add_debtor", Account=number, Name="Fremmed A/S", City="Skagen", Group="INDL", Country=57,
        Phone="+45 99 99 99 99", InvoiceEmail="fremmed@x.example", Payment="30D",
    )  # fmt: skip
    made = sold(one, org)
    one.rest(2)
    one.seller("edit_organisation", id=org, OrganisationTelephone="+45 12 12 12 12")
    one.books("edit_debtor", number=number, City="Frederikshavn")
    one.rest(2)
    stranger = one.debtor(number)
    assert (stranger["Name"], stranger["Phone"], stranger["City"]) == (
        "Fremmed A/S", "+45 99 99 99 99", "Frederikshavn",
    )  # fmt: skip
    assert one.organisation(org)["OrganisationCity"] == "Aarhus"
    assert one.organisation(org)["OrganisationName"] == "Gamma ApS"
    orders = [row for row in one.table("uniconta", "DebtorOrderClient") if row["Account"] == number]
    assert orders == [], "an order of the first customer must not be made for the second"

    asked = waiting(one, "debtor.is_another", f"org-{org}")
    assert "new" in asked.choices
    one.house.answer(NAME, asked.id, "new")
    assert waiting(one, "order.customer_held", f"delivery-{made}")
    one.rest(3)
    own = one.organisation(org)["OrganisationCustom1"]
    assert own != number
    assert one.debtor(own)["Phone"] == "+45 12 12 12 12"
    (order,) = [row for row in one.table("uniconta", "DebtorOrderClient") if row["Account"] == own]
    assert str(order["OrderNumber"]) == one.delivery(made)["DeliveryErpId"]
    assert not any(f"org-{org}" == row.source_id for row in one.house.attention(NAME))


def test_a_deleted_debtor_is_shown_though_nothing_else_was_changed(one: Office) -> None:
    org, number = customer(one, "Delta ApS")
    one.books("delete_debtor", number=number, force=True)
    one.rest(2)
    assert waiting(one, "debtor.gone", f"org-{org}").number == number


def test_a_delivery_moved_to_another_customer_takes_its_order_along(one: Office) -> None:
    first, number = customer(one, "Epsilon ApS")
    second, other = customer(one, "Zeta ApS")
    made = sold(one, first)
    one.rest(1)
    order = int(one.delivery(made)["DeliveryErpId"])
    one.seller("move_delivery", id=made, organisation=second)
    one.rest(2)
    (there,) = [row for row in one.table("uniconta", "DebtorOrderClient") if row["OrderNumber"] == order]
    assert (number != other, there["Account"]) == (True, other)
    assert one.sync().written == 0


def test_a_deleted_delivery_whose_order_is_open_is_shown(one: Office) -> None:
    org, _ = customer(one, "Eta ApS")
    made = sold(one, org)
    one.rest(1)
    order = one.delivery(made)["DeliveryErpId"]
    one.seller("remove_delivery", id=made)
    one.rest(2)
    assert waiting(one, "delivery.removed", f"delivery-{made}").params["order"] == order
    assert [row for row in one.table("uniconta", "DebtorOrderClient") if str(row["OrderNumber"]) == order]
    assert [row.code for row in one.house.attention(NAME) if row.source_id == f"delivery-{made}"] == [
        "delivery.removed"
    ]
    one.house.answer(NAME, waiting(one, "delivery.removed", f"delivery-{made}").id, "leave")
    one.rest(1)
    assert not [row for row in one.house.attention(NAME) if row.source_id == f"delivery-{made}"]


def test_a_field_that_another_automation_changes_each_time_is_not_written_without_end(one: Office) -> None:
    org, number = customer(one, "Theta ApS")
    rule = {"field": "OrganisationCustom1", "when": number, "sets": f"{number} X"}
    one.control("webcrm", "settings", {"automations": [rule]})
    one.seller("edit_organisation", id=org, OrganisationCustom1=f"{number} X")
    one.rest(1)
    notes = KeptNotes(one.house.database, one.house.bridge(NAME).id)
    day, _, count = notes.get(FIGHT).partition(" ")
    assert f"org-{org}/fields=1" in count.split()
    notes.set(FIGHT, f"{day} org-{org}/fields=9")
    one.rest(2)
    assert waiting(one, "organisation.field_fight", f"org-{org}").params["times"] == 10
    assert one.sync().written == 0
    one.control("webcrm", "settings", {"automations": []})
    one.pass_time(days=1)
    one.rest(1)
    assert one.organisation(org)["OrganisationCustom1"] == number


def test_an_organisation_that_is_deleted_is_shown_and_its_debtor_stays(one: Office) -> None:
    org, number = customer(one, "Iota ApS")
    one.seller("remove_organisation", id=org)
    one.rest(2)
    assert waiting(one, "organisation.gone", f"debtor-{number}").number == number
    assert one.debtor(number)["Name"] == "Iota ApS"
    before = one.source("debtors", f"debtor-{number}").revision
    one.rest(1)
    assert one.source("debtors", f"debtor-{number}").revision == before, "said once, not at every look"
