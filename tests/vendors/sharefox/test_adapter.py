"""Signing in, reading invoice bases in every wrapping, orders behind them, and telling what is paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.rentals import RentalStanding, RentalState, RentalType, Renter
from bridge_gui.errors import OutcomeUnknown, Passing, Refused, SetupError, SignInError, VendorChanged
from bridge_gui.vendors.sharefox.terms import shop_domain
from bridge_gui.web.waiting import never
from tests.vendors.sharefox.shop import (
    DELIVERY,
    DOMAIN,
    LIST,
    LOGIN,
    ORDER,
    PASSWORD,
    TOKEN,
    TRACTOR,
    adapter_on,
    invoice,
)
from tests.vendors.standin import said
from tests.web.toys import answer, hang_up

FIRST = date(2026, 2, 1)


def read(rentals, first=FIRST):
    return [one for page in rentals.rental_invoices(first, never()) for one in page]


def test_signing_in_names_the_shop_by_its_whole_domain(standin, rentals):
    standin.on(LIST, [])
    assert rentals.company().name == DOMAIN
    assert standin.bodies(LOGIN) == [{"email": "api@example.no", "password": PASSWORD}]
    for place in (LOGIN, LIST):
        (asked,) = standin.asked(place)
        assert asked.headers["x-sharefox-shop-domain"] == DOMAIN
        assert asked.headers["x-sharefox-admin-domain"] == DOMAIN
    assert standin.asked(LIST)[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert rentals.scope.startswith("sf-")
    assert len(rentals.scope) == 9


def test_signing_in_is_sent_on_once(standin, rentals):
    standin.on(LOGIN, answer(308, b"", {"Location": "/admin/login"})).on(
        "POST /admin/login", {"token": TOKEN}
    )
    standin.on(LIST, [])
    assert rentals.company().id == DOMAIN
    assert standin.bodies("POST /admin/login")[0]["password"] == PASSWORD


@pytest.mark.parametrize("body", [{"access_token": TOKEN}, {"data": {"token": TOKEN}}])
def test_a_token_in_other_places(standin, rentals, body):
    standin.on(LOGIN, body).on(LIST, [])
    rentals.company()
    assert standin.asked(LIST)[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("body", [{}, {"token": ""}, [], {"token": 7}])
def test_an_answer_without_a_token_is_their_change(standin, rentals, body):
    standin.on(LOGIN, body)
    with pytest.raises(VendorChanged):
        rentals.company()


def test_a_refused_token_is_fetched_anew_once(standin, rentals):
    standin.on(LOGIN, {"token": "old"}, {"token": "new"}).on(LIST, answer(401, b"{}"), [])
    rentals.company()
    assert [one.headers["authorization"] for one in standin.asked(LIST)] == ["Bearer old", "Bearer new"]


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_a_wrong_password_is_a_matter_of_signing_in(standin, rentals, status):
    standin.on(LOGIN, said({"error": "unauthorized", "message": "Wrong e-mail or password"}, status))
    with pytest.raises(SignInError) as caught:
        rentals.company()
    assert PASSWORD not in str(caught.value.__dict__)


def test_a_token_that_was_typed_in_is_used_as_it_is(standin):
    standin.on(LIST, [])
    adapter_on(standin, way="token", token=TOKEN).company()
    assert standin.asked(LOGIN) == []
    standin.on(LIST, answer(401, b"{}"))
    with pytest.raises(SignInError):
        adapter_on(standin, way="token", token=TOKEN).company()


def test_an_interface_that_is_not_switched_on(standin, rentals):
    standin.on(LIST, answer(404, b""))
    for asked in (
        rentals.company,
        lambda: read(rentals),
        lambda: rentals.rental_invoices_by_id(["1"], never()),
    ):
        with pytest.raises(SetupError) as caught:
            asked()
        assert caught.value.code == "sharefox.not_enabled"


@pytest.mark.parametrize(
    ("status", "message", "kind", "code"),
    [
        (403, "no", SetupError, "sharefox.forbidden"),
        (400, "Unknown shop domain", SetupError, "sharefox.wrong_shop"),
        (400, "bad page", VendorChanged, "sharefox.read_refused"),
    ],
)
def test_refused_reads(standin, rentals, status, message, kind, code):
    standin.on(LIST, said({"error": "x", "message": message}, status))
    with pytest.raises(kind) as caught:
        read(rentals)
    assert caught.value.code == code
    assert caught.value.params["text"] == message


def test_out_of_service_and_too_many_calls(standin, rentals):
    standin.on(LIST, answer(429, b"", {"Retry-After": "3"}), [])
    rentals.company()
    assert 3 in standin.bench.hurry.waits
    standin.on(LIST, answer(502, b"<html>"))
    with pytest.raises(Passing):
        rentals.company()


def test_an_invoice_basis(standin, rentals):
    standin.on(LIST, [invoice()])
    (one,) = read(rentals)
    assert (one.id, one.order, one.type, one.state) == (
        "5001", "1018", RentalType.FOR_ACCOUNTING, RentalState.SENT,
    )  # fmt: skip
    assert (one.day, one.due, one.first, one.last) == tuple(
        map(date.fromisoformat, ("2026-02-05", "2026-02-19", "2026-02-03", "2026-02-05"))
    )
    assert one.customer == Renter(
        id="1066", first_name="Example", last_name="Customer", is_company=True, company="Example AS",
        org_number="123 456 785", email="customer@example.no", phone="+47 000 00 000",
        street="Eksempelveien 54", postal_code="0598", city="Oslo", country="Norway",
    )  # fmt: skip
    assert one.customer.person == "Example Customer"
    tractor, delivery = one.lines
    assert (tractor.rented, delivery.rented) == (True, False)
    assert (tractor.amount("NOK"), delivery.amount("NOK")) == (Decimal(1800), Decimal(300))
    assert (one.net, one.tax, one.gross) == (Decimal(2100), Decimal(525), Decimal(2625))
    totals = one.totals(inclusive=False)
    assert (totals.net, totals.tax, totals.total) == (one.net, one.tax, one.gross)
    assert one.totals(inclusive=True).total == Decimal(2100)
    assert one.paid is False


@pytest.mark.parametrize("key", ["data", "items", "results", "invoices"])
def test_every_wrapping_of_a_list(standin, rentals, key):
    standin.on(LIST, {key: [invoice()], "total": 1, "page": 1})
    assert [one.id for one in read(rentals)] == ["5001"]


def test_pages_end_with_a_short_one(standin, rentals):
    standin.on(LIST, [invoice(number) for number in range(1, 51)], [invoice(51), invoice(50)])
    assert len(read(rentals)) == 51
    assert [(one["page"], one["limit"], one["from"]) for one in standin.queries(LIST)] == [
        ("1", "50", "2025-12-01"), ("2", "50", "2025-12-01"),
    ]  # fmt: skip


def test_a_page_that_is_the_same_again_is_the_end(standin, rentals):
    standin.on(LIST, [invoice(number) for number in range(1, 61)])
    assert len(read(rentals)) == 60
    assert len(standin.asked(LIST)) == 2


def test_a_list_that_ends_before_its_total_is_never_taken_for_whole(standin, rentals):
    standin.on(LIST, {"data": [invoice()], "total": 2})
    with pytest.raises(VendorChanged):
        read(rentals)


def test_a_list_without_lines_is_read_one_by_one(standin, rentals):
    bare = {key: value for key, value in invoice().items() if key != "lines"}
    standin.on(LIST, [bare]).on("GET /admin/invoices/5001", {"invoice": invoice()})
    assert len(read(rentals)[0].lines) == 2


def test_what_was_issued_before_is_left_out_whatever_the_filter_does(standin, rentals):
    standin.on(LIST, [invoice(issueDate="2026-01-31"), invoice(5002)])
    assert [one.id for one in read(rentals)] == ["5002"]


def test_an_invoice_that_is_gone_is_told_from_an_interface_that_is_off(standin, rentals):
    standin.on(LIST, []).on("GET /admin/invoices/5001", {"data": invoice()})
    assert [one.id for one in rentals.rental_invoices_by_id(["5001", "5009"], never())] == ["5001"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"discountPercent": "-"}, 2000), ({"discountPercent": None}, 2000), ({"discountPercent": "12.5"}, 1750),
        ({"discountAmount": 333.33}, Decimal("1666.67")), ({"quantity": "0.5"}, 900),
        ({"unitPrice": 0}, 0), ({"unitPrice": -2000}, -1800),
    ],
)  # fmt: skip
def test_odd_figures_of_a_line(standin, rentals, given, told):
    standin.on(LIST, [invoice(lines=[TRACTOR | given])])
    assert read(rentals)[0].lines[0].amount("NOK") == told


@pytest.mark.parametrize(
    "more",
    [
        {"id": None}, {"orderId": ""}, {"issueDate": None}, {"issueDate": "yesterday"}, {"currency": None},
        {"lines": "none"}, {"netAmount": "much"}, {"netAmount": True}, {"netAmount": "NaN"},
        {"lines": [TRACTOR | {"unitPrice": None}]}, {"lines": [TRACTOR | {"quantity": {}}]},
        {"lines": [TRACTOR | {"name": ""}]}, {"lines": [TRACTOR | {"startDate": "3.2.2026"}]},
        {"dueDate": 20260219.5}, {"customer": ["Ola"]}, {"customer": "Ola"}, {"dueDate": "0001-01-01T00:00:00+14:00"},
    ],
    ids=str,
)  # fmt: skip
def test_an_answer_of_the_wrong_shape_is_their_change(standin, rentals, more):
    standin.on(LIST, [invoice(**more)])
    standin.on("GET /admin/invoices/5001", invoice(**more))
    with pytest.raises(VendorChanged):
        read(rentals)


@pytest.mark.parametrize("body", [b"", b"<html>", b"null", b"3", b'{"shop": []}', b"[1]", b'{"data": null}'])
def test_no_list_at_all_is_their_change(standin, rentals, body):
    standin.on(LIST, answer(200, body))
    with pytest.raises(VendorChanged):
        read(rentals)


def test_ids_may_be_texts_and_times_are_days_in_oslo(standin, rentals):
    line = TRACTOR | {"startDate": "2026-02-02T23:30:00.000Z", "endDate": "2026-02-05T16:00:00"}
    standin.on(LIST, [invoice("inv-7", orderId="o-1", lines=[line])])
    (one,) = read(rentals)
    assert (one.id, one.order) == ("inv-7", "o-1")
    assert (one.lines[0].first, one.lines[0].last) == (date(2026, 2, 3), date(2026, 2, 5))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Data for accounting", RentalType.FOR_ACCOUNTING),
        ("Printed", RentalType.PRINTED),
        ("x", RentalType.OTHER),
    ],
)
def test_types_by_their_words(standin, rentals, word, kind):
    standin.on(LIST, [invoice(type=word, status="Cancelled")])
    (one,) = read(rentals)
    assert (one.type, one.kind, one.state) == (kind, word, RentalState.CANCELLED)


def test_how_orders_are_paid_is_asked_once_for_each(standin, rentals):
    change = ORDER | {"id": 1019, "reference": "SFX-1019", "changeOf": 1018, "paymentMethod": "Card"}
    standin.on(LIST, [invoice(), invoice(5002), invoice(5003, orderId=1019), invoice(5004, orderId=9)])
    standin.on("GET /admin/orders/1019", change).on("GET /admin/orders/", [])
    found = rentals.paid_by(read(rentals), never())
    assert [(one.order_number, one.method, one.changes) for one in found] == [
        ("SFX-1018", "Faktura", ""), ("SFX-1018", "Faktura", ""), ("SFX-1019", "Card", "1018"), ("", "", ""),
    ]  # fmt: skip
    assert len(standin.asked("GET /admin/orders/1018")) == 1


def test_the_ways_to_pay_that_were_seen(standin, rentals):
    standin.on("GET /admin/orders/", {"orders": [ORDER, ORDER | {"id": 2, "paymentMethod": "Card"}]})
    assert rentals.methods_seen(FIRST, never()) == ("Card", "Faktura")


def test_whether_news_of_payments_is_taken_is_asked_without_a_change(standin, rentals):
    place = "OPTIONS /admin/invoices/0"
    standin.on(
        place, answer(200, b"", {"Allow": "GET, HEAD, OPTIONS"}), answer(204, b"", {"Allow": "get, patch"})
    )
    assert [rentals.hears(), rentals.hears()] == [False, True]
    standin.on(place, answer(404, b""))
    assert rentals.hears() is False
    assert not [where for where, _ in standin.seen if where.startswith("PATCH")]


def test_telling_what_is_paid(standin, rentals):
    place = "PATCH /admin/invoices/5001"
    standin.on(place, invoice(paid=True))
    rentals.tell_standing(
        "5001", RentalStanding(paid=True, paid_on=date(2026, 3, 1), state="paid", number="9001")
    )
    assert standin.bodies(place) == [
        {"paid": True, "paidAt": "2026-03-01", "externalStatus": "paid", "externalId": "9001"}
    ]
    standin.on(place, said({"error": "forbidden", "message": "read only"}, 403))
    with pytest.raises(Refused) as caught:
        rentals.tell_standing("5001", RentalStanding(paid=False))
    assert (caught.value.code, caught.value.params) == ("sharefox.not_told", {"text": "read only"})
    standin.on(place, hang_up)
    with pytest.raises(OutcomeUnknown):
        rentals.tell_standing("5001", RentalStanding(paid=False))


@pytest.mark.parametrize("typed", [DOMAIN, f"https://{DOMAIN}/no/admin", f" {DOMAIN.upper()} "])
def test_a_shop_by_its_address(typed):
    assert shop_domain(typed) == DOMAIN


@pytest.mark.parametrize("typed", ["", "utleie", "utleie butikk.no", "https://"])
def test_a_name_alone_is_no_address(typed):
    with pytest.raises(SetupError):
        shop_domain(typed)


def test_a_price_with_tax_in_it(standin, rentals):
    standin.on(LIST, [invoice(lines=[DELIVERY | {"unitPrice": 100, "vatPercent": 15}])])
    (one,) = read(rentals)
    (line,) = one.lines
    assert line.net_price(inclusive=True) == Decimal("86.9565")
    assert line.net_price(inclusive=False) == 100
    totals = one.totals(inclusive=True)
    assert (totals.net, totals.tax, totals.total) == (Decimal("86.96"), Decimal("13.04"), Decimal(100))
