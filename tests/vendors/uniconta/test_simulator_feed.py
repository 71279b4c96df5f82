from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.vendors.uniconta.uniconta_at import UnicontaAt


@pytest.fixture
def books():
    made = UnicontaAt()
    yield made
    made.sim.state.close()


def items(books, text, **more):
    return [row["Item"] for row in books.feed("InvItemClient", filter=text, **more)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Item eq '1000'", ["1000"]),
        ("Name eq 'SKRIVEBORD'", ["1001"]),
        ("SalesPrice1 gt 499", ["1000", "1001"]),
        ("SalesPrice1 ge 499 and SalesPrice1 lt 2499.5", ["1000", "1002"]),
        ("Blocked eq true or Item eq '1003'", ["1002", "1003"]),
        ("(Blocked eq true or Item eq '1003') and CostPrice eq 0", ["1003"]),
        ("Item eq '1000' or Item eq '1001' and Blocked eq true", ["1000"]),
        ("not Blocked eq false", ["1002"]),
        ("Item ne '1000' and Group eq 'YDE'", ["1003"]),
        ("URL eq null", ["1000", "1001", "1002", "1003"]),
        ("Name eq 'it''s'", []),
        ("CostPrice le 210.00m", ["1002", "1003"]),
    ],
)
def test_filters(books, text, found):
    assert items(books, text) == found


def test_dates_are_told_apart_in_the_old_way(books):
    books.later(days=2)
    number = books.order({"Item": "1000", "Qty": 1, "Price": 1})
    found = books.feed("DebtorOrderClient", filter="UpdatedAt ge datetime'2026-11-22T00:00:00'")
    assert [row["OrderNumber"] for row in found] == [number]
    invoices = books.feed(
        "DebtorInvoiceClient", filter="Date ge datetime'2026-10-01T00:00:00'", orderby="Date desc"
    )
    assert [row["InvoiceNumber"] for row in invoices] == [5001]
    assert books.feed("DebtorInvoiceClient", filter="Date ge datetime'2026-11-01'") == []


def test_order_top_and_skip(books):
    rows = books.feed("InvItemClient", orderby="SalesPrice1 desc", top=2)
    assert [row["Item"] for row in rows] == ["1001", "1000"]
    assert [row["Item"] for row in books.feed("InvItemClient", orderby="Group,Name desc", skip=1)] == [
        "1001",
        "1000",
        "1003",
    ]
    assert books.feed("InvItemClient", skip=9) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"$filter": "Nothing eq '1'"}, {"$filter": "Item = '1000'"}, {"$filter": "Item eq 1000"}, {"$filter": "Item eq"},
        {"$filter": "(Item eq '1000'"}, {"$filter": "contains(Item,'10')"}, {"$filter": "SalesPrice1 gt 'x'"},
        {"$filter": "LastMovement ge '2026-01-01'"}, {"$filter": "LastMovement ge datetime'soon'"},
        {"$filter": "Item eq '1000' Item eq '1001'"}, {"$filter": "Item eq '1000"}, {"$orderby": "Nothing"},
        {"$orderby": "Item up"}, {"$top": "x"}, {"$skip": "-1"}, {"$select": "Item"}, {"$expand": "Group"},
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(books, asked):
    assert books.call("GET", f"/odata/12345/InvItemClient?{urlencode(asked)}") == (400, "Exception")


def test_a_page_names_the_next_one(books):
    books.set(odata_page=3)
    status, said = books.call("GET", "/odata/12345/InvItemClient?$filter=SalesPrice1 gt 0&$orderby=Item desc")
    assert (status, [row["Item"] for row in said["value"]]) == (200, ["1003", "1002", "1001"])
    path = said["odata.nextLink"].partition("/odata")
    status, last = books.call("GET", path[1] + path[2])
    assert [row["Item"] for row in last["value"]] == ["1000"]
    assert "odata.nextLink" not in last
    books.set(next_link="@odata.nextLink")
    assert "@odata.nextLink" in books.call("GET", "/odata/12345/InvItemClient")[1]
    assert len(books.feed("InvItemClient", top=3)) == 3


def test_without_asking_for_json_it_is_xml(books):
    answer = books.plain("GET", "/odata/12345/InvItemClient", Accept="*/*")
    assert answer.content_type.startswith("application/atom+xml")
    assert b"<Item>1000</Item>" in answer.data


def test_the_feed_lists_its_tables_and_only_reads(books):
    status, said = books.call("GET", "/odata/12345/")
    assert (
        status,
        {"name": "DebtorClient", "kind": "EntitySet", "url": "DebtorClient"} in said["value"],
    ) == (200, True)
    assert books.call("POST", "/odata/12345/DebtorClient", {})[0] == 405
    assert len(books.feed("DebtorClientUser", filter="xWebcrmId eq 'org-1'")) == 0


def test_choices_compare_as_they_are_shown(books):
    assert len(books.feed("DebtorClient", filter="Country eq 'Denmark'")) == 2
    books.set(country_form="number")
    assert len(books.feed("DebtorClient", filter="Country eq 57")) == 2
    assert books.call("GET", "/odata/12345/DebtorClient?$filter=Country eq 'Denmark'")[0] == 400
