from __future__ import annotations

import pytest

from tests.vendors.webcrm.webcrm_at import WebcrmAt


@pytest.fixture
def crm():
    made = WebcrmAt()
    yield made
    made.sim.state.close()


def ids(rows, prefix="Organisation"):
    return [row[f"{prefix}Id"] for row in rows]


def test_the_vendors_own_examples(crm):
    crm.later(seconds=10)
    crm.person("edit_organisation", id=5, OrganisationCity="Bremen")
    since = "SELECT * FROM Organisation WHERE OrganisationUpdatedAt >= '2026-11-20T12:00:05.0000000Z'"
    assert ids(crm.query(f"{since} AND (OrganisationType = 'Kunde')")) == [5]
    assert ids(crm.query(f"{since} AND (OrganisationType = 'Emne')")) == []
    crm.send("PUT", "/Deliveries/2", {"DeliveryId": 2, "DeliveryCustom5": "10023"})
    assert ids(crm.query("SELECT * FROM Delivery WHERE DeliveryCustom5 = '10023'"), "Delivery") == [2]
    joined = (
        "SELECT * FROM Person JOIN Organisation ON (Person.PersonOrganisationId = Organisation.OrganisationId)"
        " WHERE PersonUpdatedAt >= '2026-11-20T12:00:00Z' AND OrganisationType = 'Kunde'"
    )
    rows = crm.query(joined)
    assert [(row["PersonId"], row["OrganisationName"]) for row in rows] == [
        (1, "Eksempel Byg ApS"),
        (2, "Prøve Handel A/S"),
    ]


def test_the_price_list_has_two_shorter_names(crm):
    crm.person("add_price", QuotationLineLinkedDataItemData1="1000", QuotationLineLinkedDataItemPrice=9.5)
    crm.person(
        "add_price",
        QuotationLineLinkedDataItemData1="1001",
        QuotationLineLinkedDataItemEntityType="Organisation",
    )
    script = "SELECT * FROM LinkedData WHERE LinkedDataItemEntityType = 7 AND QuotationLineLinkedDataItemData1 = '1000'"
    rows = crm.query(script)
    assert [(row["LinkedDataItemId"], row["QuotationLineLinkedDataItemPrice"]) for row in rows] == [(1, 9.5)]
    assert "QuotationLineLinkedDataItemId" not in rows[0]
    crm.refused("GET", "/Queries?script=SELECT * FROM LinkedData WHERE QuotationLineLinkedDataItemId = 1")


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("OrganisationName = 'eksempel byg APS'", [1]),
        ("OrganisationVatNumber = '10000009' OR OrganisationVatNumber = '20000007'", [1, 2]),
        ("(OrganisationId = 1 OR OrganisationId = 2) AND OrganisationCity = 'Aarhus C'", [1]),
        ("OrganisationId = 1 OR OrganisationId = 2 AND OrganisationCity = 'nowhere'", [1]),
        ("OrganisationId >= 5", [5, 6]),
        ("OrganisationId = '3'", [3]),
        ("OrganisationMemo = ''", [1, 2, 3, 4, 5, 6]),
        ("OrganisationUpdatedAt >= '2026-11-20T13:00:00+01:00'", [1, 2, 3, 4, 5, 6]),
        ("OrganisationUpdatedAt >= '2026-11-20T12:00:00.5Z'", []),
        ("OrganisationUpdatedAt >= '2027-01-01' OR OrganisationId = 4", [4]),
        ("organisationname = 'LEVERANCE aps'", [6]),
    ],
)
def test_conditions(crm, where, found):
    assert ids(crm.query(f"SELECT * FROM Organisation WHERE {where}")) == found


def test_quotes_are_doubled_and_letters_are_kept(crm):
    crm.person("edit_organisation", id=6, OrganisationName="O'Hara & Søn")
    assert ids(crm.query("select * from organisation where OrganisationName = 'o''hara & SØN'")) == [6]


def test_columns_order_and_pages(crm):
    script = "SELECT OrganisationId, OrganisationName FROM Organisation ORDER BY OrganisationName DESC"
    rows = crm.query(script)
    assert set(rows[0]) == {"OrganisationId", "OrganisationName"}
    assert ids(rows) == [3, 2, 5, 4, 6, 1]
    assert ids(crm.query(script, Page=2, Size=4)) == [6, 1]
    assert crm.query(script, Page=3, Size=4) == []
    two = crm.query("SELECT * FROM Delivery ORDER BY DeliveryStatus, DeliveryId DESC")
    assert ids(two, "Delivery") == [4, 3, 2, 1]


def test_choices_answer_their_text_or_their_number(crm):
    assert (
        crm.query("SELECT * FROM Delivery WHERE DeliveryStatus = 'Planned'")[0]["DeliveryStatus"] == "Planned"
    )
    assert len(crm.query("SELECT * FROM Delivery WHERE DeliveryStatus = 1")) == 2
    crm.sim.settings.change({"query_choices": "number"})
    assert crm.query("SELECT * FROM Delivery WHERE DeliveryId = 1")[0]["DeliveryStatus"] == 1


@pytest.mark.parametrize(
    "script",
    [
        "", "DELETE FROM Organisation", "SELECT * FROM Users", "SELECT * FROM QuotationLine", "SELECT * FROM Organisation WHERE",
        "SELECT * FROM Organisation WHERE Name = 'x'", "SELECT * FROM Organisation WHERE OrganisationId < 3",
        "SELECT * FROM Organisation WHERE OrganisationName LIKE 'x'", "SELECT * FROM Organisation WHERE OrganisationName = x",
        "SELECT * FROM Organisation WHERE OrganisationName = 'x", "SELECT * FROM Organisation LIMIT 3",
        "SELECT Nothing FROM Organisation", "SELECT * FROM Organisation WHERE OrganisationUpdatedAt >= 'soon'",
        "SELECT * FROM Organisation WHERE (OrganisationId = 1", "SELECT * FROM Organisation WHERE OrganisationId = 'x'",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(crm, script):
    crm.refused("GET", f"/Queries?script={script}")


def test_more_comparisons_are_a_switch(crm):
    crm.sim.settings.change({"query_more": True})
    assert ids(crm.query("SELECT * FROM Organisation WHERE OrganisationId < 3 AND OrganisationId <> 1")) == [
        2
    ]


def test_an_empty_table_is_empty(crm):
    assert crm.query("SELECT * FROM Activity") == []
