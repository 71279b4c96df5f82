"""The two doors: whole tables, filters and pages, and what was written or may have been."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.errors import (
    BridgeError,
    NoSuchTarget,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.uniconta.terms import DEBTORS, ITEMS, ORDER_LINES, ORDERS
from tests.vendors.standin import plain, said
from tests.vendors.uniconta.books import FEED, PASSWORD, WHOLE, client_on, feed, table, writes
from tests.web.toys import answer, hang_up

INSERT = f"POST {WHOLE}/Insert/{DEBTORS}"
UPDATE = f"PUT {WHOLE}/Update/{DEBTORS}"
WHERE = "UpdatedAt ge datetime'2026-11-20T12:00:00'"


def orders(first: int, last: int) -> list[dict]:
    return [{"OrderNumber": number, "Account": "1"} for number in range(first, last)]


def numbers(found) -> list[int]:
    return [row["OrderNumber"] for row in found]


def test_a_table_is_read_whole_with_exact_numbers(standin, client):
    body = b'[{"Item":"A","SalesPrice1":0.10,"xOwn":1.0},{"Item":"A","SalesPrice1":0.30},{"Item":"B"}]'
    standin.on(table(ITEMS), answer(200, body))
    first, second = client.table(ITEMS)
    assert first == {"Item": "A", "SalesPrice1": Decimal("0.30")}
    assert str(first["SalesPrice1"]) == "0.30"
    assert second == {"Item": "B"}


def test_a_record_without_its_key_is_a_change_of_theirs(standin, client):
    standin.on(table(ITEMS), [{"Name": "A"}])
    with pytest.raises(VendorChanged) as caught:
        client.table(ITEMS)
    assert caught.value.params["path"] == "$[].Item"


def test_pages_overlap_by_one_record(standin, client):
    standin.on(
        feed(ORDERS), {"value": orders(1, 1001)}, {"value": orders(1000, 1500)}, {"value": orders(1499, 1500)}
    )
    assert numbers(client.filtered(ORDERS, WHERE)) == list(range(1, 1500))
    first, second, third = standin.queries(feed(ORDERS))
    assert first == {
        "$filter": "UpdatedAt ge datetime'2026-11-20T12:00:00'", "$orderby": "OrderNumber asc", "$top": "1000",
    }  # fmt: skip
    assert (second["$skip"], third["$skip"]) == ("999", "1498")


def test_few_records_are_one_call(standin, client):
    standin.on(feed(ORDERS), {"value": orders(1, 3)})
    assert numbers(client.filtered(ORDERS, WHERE)) == [1, 2]
    assert len(standin.seen) == 1


def test_a_list_that_moves_is_read_again(standin, client):
    standin.on(
        feed(ORDERS), {"value": orders(1, 1001)}, {"value": orders(1001, 1100)}, {"value": orders(1, 51)}
    )
    assert numbers(client.filtered(ORDERS, WHERE)) == list(range(1, 51))


def test_a_list_that_never_stands_still_is_read_whole(standin, client):
    standin.on(feed(ORDERS), *[{"value": orders(1, 1001)}, {"value": []}] * 3).on(table(ORDERS), orders(5, 7))
    assert numbers(client.filtered(ORDERS, WHERE)) == [5, 6]


def test_a_door_without_pages(standin, client):
    standin.on(feed(ORDERS), {"value": orders(1, 501)})
    assert numbers(client.filtered(ORDERS, WHERE)) == list(range(1, 501))
    assert len(standin.seen) == 2


def test_a_door_that_gives_the_same_full_page_for_ever(standin, client):
    standin.on(feed(ORDERS), {"value": orders(1, 1001)}).on(table(ORDERS), orders(1, 2000))
    assert len(client.filtered(ORDERS, WHERE)) == 1999


@pytest.mark.parametrize("act", [answer(404, b""), said("Ukendt filter", 400), said("CouldNotFind", 400)])
def test_where_the_reading_door_refuses_the_other_is_asked(standin, client, act):
    standin.on(feed(ORDERS), act).on(table(ORDERS), orders(1, 3))
    for _ in range(2):
        assert numbers(client.filtered(ORDERS, WHERE)) == [1, 2]
    assert len(standin.asked(feed(ORDERS))) == 1


@pytest.mark.parametrize("name", ["@odata.nextLink", "odata.nextLink"])
def test_links_are_followed(standin, client, name):
    more = f"{standin.toy.base}{FEED}/{ORDERS}?$skiptoken=2"
    standin.on(feed(ORDERS), {"value": orders(1, 3), name: more}, {"value": orders(2, 5)})
    assert numbers(client.filtered(ORDERS, WHERE)) == [1, 2, 3, 4]
    assert standin.queries(feed(ORDERS))[1] == {"$skiptoken": "2"}


def test_a_link_beside_the_table_is_followed(standin, client):
    standin.on(feed(ORDERS), {"value": orders(1, 3), "odata.nextLink": f"{ORDERS}?$skip=2"}, {"value": []})
    assert numbers(client.filtered(ORDERS, WHERE)) == [1, 2]


@pytest.mark.parametrize("link", ["https://elsewhere.example/odata/12345/x", 7])
def test_a_link_that_leads_away_is_not_followed(standin, client, link):
    standin.on(feed(ORDERS), {"value": orders(1, 3), "odata.nextLink": link})
    with pytest.raises(VendorChanged):
        client.filtered(ORDERS, WHERE)


def test_a_link_that_leads_back_is_a_change_of_theirs(standin, client):
    standin.on(feed(ORDERS), {"value": orders(1, 3), "odata.nextLink": f"{FEED}/{ORDERS}?x=1"})
    with pytest.raises(VendorChanged) as caught:
        client.filtered(ORDERS, WHERE)
    assert caught.value.code == "vendor.page_repeats"


def test_lines_are_told_apart_by_order_and_number(standin, client):
    lines = [{"OrderNumber": 1, "LineNumber": 1}, {"OrderNumber": 2, "LineNumber": 1}]
    standin.on(table(ORDER_LINES), lines)
    assert client.table(ORDER_LINES) == lines


def test_what_is_made_comes_back_or_does_not(standin, client):
    standin.on(
        INSERT, {"Account": "10042", "Name": "Ny"}, answer(204, b""), [{"Account": "10043"}], said("Succes")
    )
    assert client.insert(DEBTORS, {"Account": "10042"}) == {"Account": "10042", "Name": "Ny"}
    assert client.insert(DEBTORS, {"Account": "10042"}) is None
    assert client.insert(DEBTORS, {"Account": "10043"}) == {"Account": "10043"}
    assert client.insert(DEBTORS, {"Account": "10043"}) is None


def test_a_record_goes_back_as_it_came(standin, client):
    standin.on(
        table(DEBTORS), answer(200, b'[{"Account":"1","CurBalance":100.00,"xDay":"0001-01-01T00:00:00"}]')
    )
    standin.on(UPDATE, answer(200, b""))
    (row,) = client.table(DEBTORS)
    client.update(DEBTORS, {"Account": "1", "CreditMax": row["CurBalance"]})
    assert standin.asked(UPDATE)[0].body == b'{"Account":"1","CreditMax":100.00}'


def test_a_deletion_has_the_record_in_its_body(standin, client):
    standin.on(f"DELETE {WHOLE}/Delete/{DEBTORS}", answer(204, b""))
    client.delete(DEBTORS, {"Account": "1"})
    assert writes(standin) == [(f"Delete/{DEBTORS}", {"Account": "1"})]


READ_FAULTS = [
    (said("", 401), SignInError, "uniconta.sign_in"),
    (said("NoCompanyId"), SetupError, "uniconta.no_company"),
    (said("NoRights", 400), SetupError, "uniconta.no_rights"),
    (said("NoRights"), SetupError, "uniconta.no_rights"),
    (said({"error": "NoSubscription"}, 500), SetupError, "uniconta.no_subscription"),
    (plain("Adgang ikke tilladt", 403), SetupError, "uniconta.forbidden"),
    (answer(404, b""), SetupError, "uniconta.no_table"),
    (said("Exception"), Passing, "uniconta.trouble"),
    (said("SQLException", 400), Passing, "uniconta.trouble"),
    (plain("<html><h1>Bad gateway</h1></html>", 502), Passing, "uniconta.trouble"),
    (said({"Message": "Ukendt felt"}, 400), VendorChanged, "uniconta.read_refused"),
    (said("Noget andet"), VendorChanged, "uniconta.read_refused"),
    (said({"Err": 4, "value": 1}), VendorChanged, "uniconta.read_refused"),
    (said(7), VendorChanged, "uniconta.read_refused"),
    (said([1]), VendorChanged, "vendor.changed"),
    (plain("<html>Log ind</html>", 200), VendorChanged, "net.html"),
    (answer(200, b""), VendorChanged, "net.empty"),
]


@pytest.mark.parametrize(("act", "kind", "code"), READ_FAULTS)
def test_a_question_that_is_not_answered(standin, client, act, kind, code):
    for place in (table(ORDERS), feed(ORDERS)):
        standin.on(place, act)
    for asking in (
        lambda: client.table(ORDERS),
        lambda: client.first(ORDERS, WHERE),
        lambda: client.filtered(ORDERS, WHERE),
    ):
        with pytest.raises(kind) as caught:
            asking()
        assert caught.value.code == code


WRITE_FAULTS = [
    (said("KeyExists", 400), Refused, "uniconta.key_exists"),
    (said("KeyExists", 500), Refused, "uniconta.key_exists"),
    (said("KeyExists"), Refused, "uniconta.key_exists"),
    (said({"Message": "FieldCannotBeBlank: Group"}, 400), Refused, "uniconta.field_blank"),
    (plain("<p>ItemIsOnHold</p>", 400), Refused, "uniconta.item_on_hold"),
    (plain("CannotDeleteRecord", 400), Refused, "uniconta.in_use"),
    (said({"title": "Noget er galt"}, 422), Refused, "uniconta.refused"),
    (answer(400, b""), Refused, "uniconta.refused"),
    (said("CouldNotFind", 400), Refused, "uniconta.unknown_key"),
    (answer(404, b""), Refused, "uniconta.unknown_key"),
    (said("NoRights"), SetupError, "uniconta.no_rights"),
    (said("Exception", 400), OutcomeUnknown, "uniconta.unclear"),
    (said("NoSucces"), OutcomeUnknown, "uniconta.unclear"),
    (said("Noget andet"), OutcomeUnknown, "uniconta.unclear"),
    (said({"Err": 31}), OutcomeUnknown, "uniconta.unclear"),
    (said({"error": {"message": "Noget andet"}}), OutcomeUnknown, "uniconta.unclear"),
    (plain("<html>Log ind</html>", 200), OutcomeUnknown, "uniconta.unclear"),
    (plain("Noget gik galt", 500), OutcomeUnknown, "net.outcome_unknown"),
    (hang_up, OutcomeUnknown, "net.outcome_unknown"),
]


@pytest.mark.parametrize(("act", "kind", "code"), WRITE_FAULTS)
def test_a_write_that_was_not_taken_or_perhaps(standin, client, act, kind, code):
    standin.on(INSERT, act)
    with pytest.raises(kind) as caught:
        client.insert(DEBTORS, {"Account": "10042", "Name": "Ny"})
    assert caught.value.code == code
    assert len(standin.asked(INSERT)) == 1
    text = caught.value.params.get("text", "")
    assert isinstance(text, str)
    assert "<" not in text


@pytest.mark.parametrize("act", [said("CouldNotFind", 400), answer(404, b"")])
def test_a_record_that_is_gone(standin, client, act):
    standin.on(UPDATE, act)
    with pytest.raises(NoSuchTarget):
        client.update(DEBTORS, {"Account": "1"})


def test_no_secret_is_told_when_it_comes_back(standin, client):
    standin.on(INSERT, said({"Message": f"bad {PASSWORD} of 0012345/bridge"}, 400))
    with pytest.raises(BridgeError) as caught:
        client.insert(DEBTORS, {"Account": "1"})
    assert PASSWORD not in f"{caught.value} {caught.value.detail} {caught.value.params}"
    assert PASSWORD not in repr(client)


def test_the_days_calls_are_counted_and_kept(standin):
    client = client_on(standin, limit=3)
    standin.on(table(DEBTORS), [])
    for _ in range(3):
        client.table(DEBTORS)
    with pytest.raises(Passing) as caught:
        client.table(DEBTORS)
    assert (caught.value.code, caught.value.params) == ("uniconta.daily_budget", {"limit": 3})
    # it is noon in UTC and one o'clock in Denmark
    assert caught.value.retry_after == pytest.approx(11 * 3600, abs=60)
    assert len(standin.seen) == 3
    meter = standin.bench.wire.meter
    ((told,),) = meter.allowances().values()
    assert (told.span, told.left, told.limit) == ("day", 0, 3)


def test_a_write_beyond_the_days_calls_has_surely_not_left(standin):
    client = client_on(standin, limit=1)
    standin.on(table(DEBTORS), [])
    client.table(DEBTORS)
    with pytest.raises(Passing):
        client.insert(DEBTORS, {"Account": "1"})
    assert writes(standin) == []
