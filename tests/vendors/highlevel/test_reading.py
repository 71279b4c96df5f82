"""What is read from HighLevel: every row once, every amount in its own digits, odd answers told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.crm import CrmInvoiceState, SourceKind
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.errors import Passing, SetupError, SignInError, VendorChanged
from bridge_gui.web.waiting import never
from tests.vendors.highlevel.studio import (
    LOCATION,
    TRANSACTIONS,
    adapter_on,
    contact,
    invoice,
    order,
    page,
    transaction,
)
from tests.vendors.standin import Standin, plain, said
from tests.web.toys import answer

FIRST, LAST = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)


def made(crm):
    return [one for page_ in crm.payments_made(FIRST, LAST, never()) for one in page_]


def test_a_payment_in_our_form(studio, crm):
    studio.on(TRANSACTIONS, page(transaction(amount=120.1, amountRefunded="20.05")))
    (one,) = made(crm)
    assert (one.amount, one.refunded) == (Decimal("120.1"), Decimal("20.05"))
    assert (one.order, one.invoice, one.method, one.provider) == (
        "653f5e0cde5a1314e62a837c",
        "",
        "card visa",
        "stripe",
    )
    assert one.at == datetime(2026, 11, 20, 10, 27, 36, 515000, UTC)
    assert (one.person.name, one.person.email) == ("Example ehf.", "accounts@example.is")
    assert studio.queries(TRANSACTIONS) == [
        {"altId": LOCATION, "altType": "location", "startAt": "2026-11-19", "endAt": "2026-11-22", "limit": "100", "offset": "0"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, SourceKind.ORDER_FORM),
        ({"subscriptionId": "s1"}, SourceKind.SUBSCRIPTION),
        ({"subscriptionId": "s1", "entitySourceType": "invoice"}, SourceKind.INVOICE),
        ({"entitySourceType": "text2Pay"}, SourceKind.INVOICE),
        ({"entitySourceType": "communities"}, SourceKind.MEMBERSHIP),
        ({"entitySourceType": "calendar"}, SourceKind.CALENDAR),
        ({"entitySourceType": "external"}, SourceKind.SHOP_ELSEWHERE),
        ({"entitySourceType": "mobile_app"}, SourceKind.BY_HAND),
        ({"entitySourceType": "something_new"}, SourceKind.OTHER),
        ({"entitySourceType": None}, SourceKind.OTHER),
    ],
)
def test_sources(studio, crm, changes, kind):
    studio.on(TRANSACTIONS, page(transaction(**changes)))
    assert made(crm)[0].source is kind


@pytest.mark.parametrize(
    ("changes", "state", "live"),
    [
        ({"status": "refunded"}, PaymentState.RECEIVED, True),
        ({"status": "failed"}, PaymentState.FAILED, True),
        ({"status": "pending"}, PaymentState.PENDING, True),
        ({"status": "requires_magic"}, PaymentState.PENDING, True),
        ({"liveMode": False}, PaymentState.RECEIVED, False),
        ({"markAsTest": True}, PaymentState.RECEIVED, False),
    ],
)
def test_states_and_tests(studio, crm, changes, state, live):
    studio.on(TRANSACTIONS, page(transaction(**changes)))
    (one,) = made(crm)
    assert (one.state, one.live) == (state, live)


def test_the_single_read_tells_whether_it_was_booked(studio, crm):
    row = transaction(qboSynced=True, invoiceId="i1", qboResponse={"Id": "7"})
    studio.on(f"{TRANSACTIONS}/{row['_id']}", row)
    (one,) = crm.crm_payments([row["_id"], "gone"], never())
    assert (one.booked, one.invoice, one.whole) == (True, "i1", True)


def test_what_is_gone_may_be_a_400_that_says_so(studio, crm):
    studio.on("GET /contacts/c9", said({"statusCode": 400, "message": "Contact with id c9 not found"}, 400))
    assert crm.people(["c9"], never()) == ()


def test_pages_overlap_and_each_row_comes_once(studio, crm):
    first = [transaction(n) for n in range(100)]
    studio.on(TRANSACTIONS, page(*first, total=101), page(transaction(99), transaction(100), total=101))
    found = made(crm)
    assert len(found) == len({one.id for one in found}) == 101
    assert [query["offset"] for query in studio.queries(TRANSACTIONS)] == ["0", "100"]


def test_a_row_that_slipped_by_is_read_again(studio, crm):
    short, whole = page(transaction(1), total=2), page(transaction(1), transaction(2), total=2)
    studio.on(TRANSACTIONS, short, whole)
    assert [one.id[-1] for one in made(crm)] == ["1", "2"]


def test_a_count_that_means_something_else_is_no_endless_search(studio, crm):
    studio.on(TRANSACTIONS, page(transaction(1), total=2))
    assert [one.id[-1] for one in made(crm)] == ["1"]
    assert len(studio.asked(TRANSACTIONS)) == 2


def test_a_list_that_grows_and_grows_is_left_for_later(studio, crm):
    studio.on(TRANSACTIONS, *(page(transaction(number), total=9) for number in range(1, 4)))
    with pytest.raises(Passing) as caught:
        made(crm)
    assert caught.value.code == "highlevel.moving"


@pytest.mark.parametrize("field", ["amount", "currency", "status", "createdAt", "liveMode"])
def test_what_decides_about_money_is_never_guessed(studio, crm, field):
    row = transaction()
    del row[field]
    studio.on(TRANSACTIONS, page(row))
    with pytest.raises(VendorChanged):
        made(crm)


def test_an_order_with_its_taxes(studio, crm):
    studio.on("GET /payments/orders/653f5e0cde5a1314e62a837c", order())
    (one,) = crm.orders(["653f5e0cde5a1314e62a837c", "gone"], never())
    assert (one.total, one.subtotal, one.tax, one.coupon) == (
        Decimal("150.1"),
        138,
        Decimal("12.1"),
        "SPRING",
    )
    assert one.lines[0].taxes == ()
    assert one.lines[1].taxes[0].rate == 10
    assert one.taxes[0].amount == Decimal("12.1")


@pytest.mark.parametrize("rate", ["ten", [10], {"value": 10}])
def test_a_tax_half_understood_is_no_tax(studio, crm, rate):
    found = order()
    found["items"][1]["product"]["taxes"][0]["rate"] = rate
    studio.on("GET /payments/orders/653f5e0cde5a1314e62a837c", found)
    with pytest.raises(VendorChanged):
        crm.orders(["653f5e0cde5a1314e62a837c"], never())


def test_an_invoice_in_our_form(studio, crm):
    studio.on("GET /invoices/", {"invoices": [invoice()], "total": 1})
    ((one,),) = crm.invoices_made(date(2026, 11, 1), never())
    assert (one.number, one.state, one.total, one.tax) == ("INV-1009", CrmInvoiceState.SENT, 324, 54)
    assert (one.discount.percent, one.discount_total, one.extras) == (10, 30, ())
    assert one.lines_total == 300
    assert one.url.startswith("https://")


@pytest.mark.parametrize(
    ("changes", "extras"),
    [
        ({"total": 330}, [("Other charges", Decimal(6))]),
        ({"total": 330, "miscellaneousCharges": {"charges": [{"name": "Processing fee", "amount": 6}]}}, [("Processing fee", Decimal(6))]),
        ({"total": 330, "miscellaneousCharges": {"charges": [{"name": "Processing fee", "amount": 5}]}}, [("Other charges", Decimal(6))]),
        ({"total": 320}, [("Other charges", Decimal(-4))]),
    ],
)  # fmt: skip
def test_what_stands_beside_the_lines(studio, crm, changes, extras):
    studio.on("GET /invoices/", {"invoices": [invoice(**changes)], "total": 1})
    ((one,),) = crm.invoices_made(date(2026, 11, 1), never())
    assert [(line.text, line.unit_price) for line in one.extras] == extras


def test_a_list_without_lines_is_read_singly(studio, crm):
    short = invoice()
    del short["invoiceItems"]
    studio.on("GET /invoices/", {"invoices": [short], "total": 1})
    studio.on(f"GET /invoices/{short['_id']}", invoice())
    ((one,),) = crm.invoices_made(date(2026, 11, 1), never())
    assert one.lines_total == 300


def test_numbers_states_and_discounts_come_in_odd_forms(studio, crm):
    odd = invoice(
        invoiceNumber=19,
        invoiceNumberPrefix=None,
        status="overdue",
        discount={"type": "fixed", "value": "5"},
        dueDate=None,
    )
    studio.on("GET /invoices/", {"invoices": [odd], "total": 1})
    ((one,),) = crm.invoices_made(date(2026, 11, 1), never())
    assert (one.number, one.state, one.due, one.discount.amount) == ("19", CrmInvoiceState.OTHER, None, 5)


@pytest.mark.parametrize(
    ("status", "message", "kind", "code"),
    [
        (401, "Invalid Private Integration token", SignInError, "highlevel.token"),
        (401, "This location is not accessible from this token!", SetupError, "highlevel.wrong_location"),
        (403, "The token does not have access to this location.", SetupError, "highlevel.wrong_location"),
        (401, "The token is not authorized for this scope.", SetupError, "highlevel.scope"),
        (401, "version header is invalid", SetupError, "highlevel.version"),
        (422, ["limit must be text", "offset too"], VendorChanged, "highlevel.question_refused"),
        (404, "Cannot GET /payments/transactions", VendorChanged, "highlevel.question_refused"),
    ],
)
def test_who_is_not_let_in_and_why(studio, crm, status, message, kind, code):
    studio.on(TRANSACTIONS, said({"statusCode": status, "message": message}, status))
    with pytest.raises(kind) as caught:
        made(crm)
    assert caught.value.code == code


def limited(**headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(429, b'{"statusCode":429,"message":"Too Many Requests"}', named)


def test_a_burst_is_waited_for_and_a_spent_day_is_told(studio, crm):
    studio.on(TRANSACTIONS, limited(x_ratelimit_interval_milliseconds="1"), page(transaction()))
    assert len(made(crm)) == 1
    studio.on(TRANSACTIONS, limited(x_ratelimit_daily_remaining="0", x_ratelimit_daily_reset="7000"))
    with pytest.raises(Passing) as caught:
        made(crm)
    assert (caught.value.code, caught.value.retry_after) == ("highlevel.day_limit", 7000)


def test_what_is_left_goes_to_the_meter(studio, crm):
    headers = {
        "X-RateLimit-Max": "100",
        "X-RateLimit-Remaining": "97",
        "X-RateLimit-Limit-Daily": "200000",
        "X-RateLimit-Daily-Remaining": "199990",
    }
    body = b'{"data":[],"totalCount":0}'
    studio.on(TRANSACTIONS, answer(200, body, headers))
    assert made(crm) == []
    told = {
        one.span: (one.left, one.limit)
        for one in studio.bench.meter.allowances()[studio.bench.wire.connection]
    }
    assert told == {"burst": (97, 100), "day": (199990, 200000)}


def test_a_web_page_instead_of_an_answer(studio, crm):
    studio.on(
        "GET /workflows/",
        plain("<html>error 1010", 403),
        {"workflows": [{"id": "w", "name": "Ask", "status": "draft"}]},
    )
    (one,) = crm.workflows()
    assert not one.offered


def test_scopes_differ_and_stay():
    names = []
    for location in (LOCATION, "an0therL0cati0n"):
        one = Standin()
        crm = adapter_on(one)
        crm._client.location = location
        names.append(crm.scope)
        one.close()
    assert len(set(names)) == 2
    assert all(len(name) == 6 and name.isalnum() and name == name.lower() for name in names)


def test_people_are_compared_here(studio, crm):
    studio.on(
        "GET /contacts/search/duplicate", {"contact": contact(email="Accounts@Example.is"), "traceId": "t"}
    )
    other = contact(id="other", email="x@example.is", additionalEmails=["ACCOUNTS@example.is"])
    third = contact(id="third", email="accounts@example.is.example")
    studio.on("POST /contacts/search", {"contacts": [other, third], "total": 2})
    found = crm.people_with(email="accounts@example.is")
    assert [one.id for one in found] == [contact()["id"], "other"]


def test_a_long_address_is_asked_by_rule_only(studio, crm):
    studio.on("GET /contacts/search/duplicate", {"contact": None})
    assert crm.people_with(email="x" * 70 + "@example.is") == ()
    assert not studio.asked("POST /contacts/search")
    assert timedelta(0) == LAST - FIRST - timedelta(days=1)


def test_everybody_is_read_by_what_the_last_row_says_each_once(studio, crm):
    first = [{**contact(id=f"c{at}"), "searchAfter": [at, f"c{at}"]} for at in range(500)]
    studio.on("POST /contacts/search", {"contacts": first}, {"contacts": [first[-1], contact(id="last")]})
    found = [one.id for page_ in crm.everybody(never()) for one in page_]
    assert found == [*(f"c{at}" for at in range(500)), "last"]
    asked = studio.bodies("POST /contacts/search")
    assert [(one.get("page"), one.get("searchAfter")) for one in asked] == [(1, None), (None, [499, "c499"])]
    assert {one["pageLimit"] for one in asked} == {500}


def test_sums_with_fractions_of_a_cent_are_what_was_charged(studio, crm):
    studio.on(TRANSACTIONS, page(transaction(amount=48.7125, amountRefunded=0.30000000000000004)))
    (one,) = made(crm)
    assert (one.amount, one.refunded) == (Decimal("48.71"), Decimal("0.3"))
