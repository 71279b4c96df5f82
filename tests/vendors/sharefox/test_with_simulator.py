"""The adapter on the simulator, which was written apart from it."""

from __future__ import annotations

from datetime import date

import pytest

from bridge_gui.accounting.rentals import RentalStanding, RentalType
from bridge_gui.errors import Refused, SetupError, SignInError
from bridge_gui.vendors.sharefox import SPEC
from bridge_gui.vendors.sharefox.export import read_export
from bridge_gui.web.waiting import never
from tests.vendors.live import live

EVER = date(2020, 1, 1)


@pytest.fixture
def opened(request):
    with live(SPEC, **getattr(request, "param", {})) as shop:
        yield shop.opened


@pytest.fixture
def invoices(opened):
    return [one for page in opened().rental_invoices(EVER, never()) for one in page]


def test_a_wrong_token_is_a_matter_of_signing_in(opened):
    with pytest.raises(SignInError):
        opened(token="adm_wrong").company()


def test_a_shop_names_itself_by_its_domain(opened):
    assert opened().company().id == "eksempelutleie.mysharefox.com"


def test_every_invoice_basis_comes_to_what_the_shop_says(invoices):
    assert len(invoices) > 10
    for one in invoices:
        totals = one.totals(inclusive=False)
        assert (totals.net, totals.tax, totals.total) == (one.net, one.tax, one.gross), one.id


@pytest.mark.parametrize(
    "opened",
    [
        {"wrapper": "array"}, {"wrapper": "items"}, {"wrapper": "named"}, {"with_total": False},
        {"id_form": "string"}, {"discount_form": "dash"}, {"discount_form": "amount"}, {"type_form": "label"},
        {"paging": "ignored"}, {"paging": "repeats"}, {"window": "issued"}, {"naive_times": True},
    ],
    indirect=True, ids=str,
)  # fmt: skip
def test_whatever_form_the_answers_have(opened):
    found = [one for page in opened().rental_invoices(EVER, never()) for one in page]
    assert len(found) > 10
    for one in found:
        assert one.totals(inclusive=False).total == one.gross
    assert {one.type for one in found} == {RentalType.FOR_ACCOUNTING, RentalType.PRINTED}


@pytest.mark.parametrize("opened", [{"prices_include_vat": True}], indirect=True)
def test_prices_with_tax_in_them_come_to_the_shops_sums_too(opened):
    found = [one for page in opened().rental_invoices(EVER, never()) for one in page]
    assert all(one.totals(inclusive=True).total == one.gross for one in found)
    assert any(one.totals(inclusive=False).total != one.gross for one in found)


@pytest.mark.parametrize("opened", [{"api_enabled": False}], indirect=True)
def test_an_interface_that_is_switched_off(opened):
    with pytest.raises(SetupError) as caught:
        opened().company()
    assert caught.value.code == "sharefox.not_enabled"


@pytest.mark.parametrize("opened", [{"write_back": "refuses"}], indirect=True)
def test_a_shop_that_does_not_want_to_be_told(opened):
    with pytest.raises(Refused):
        opened().tell_standing("5001", RentalStanding(paid=True))


def test_several_of_one_order_and_changes_of_orders_are_told(opened, invoices):
    shop = opened()
    filled = shop.paid_by(invoices, never())
    orders = [one.order for one in filled]
    assert any(orders.count(order) > 1 for order in orders)
    assert any(one.changes and one.gross < 0 for one in filled)
    assert {one.method for one in filled} <= set(shop.methods_seen(EVER, never()))


def test_fresh_copies_and_telling_that_one_is_paid(opened, invoices):
    shop = opened()
    first = invoices[0]
    assert [one.id for one in shop.rental_invoices_by_id([first.id, "999999"], never())] == [first.id]
    assert shop.hears()
    shop.tell_standing(
        first.id, RentalStanding(paid=True, paid_on=date(2026, 3, 1), state="paid", number="9001")
    )
    assert [one.paid for one in shop.rental_invoices_by_id([first.id], never())] == [True]


def test_the_accounting_file_is_read_into_the_same_invoices(opened, tmp_path):
    shop = opened()
    answer = shop._client._http.read(
        "GET", "admin/reports/accounting-file", params={"from": "2020-01-01", "to": "2030-01-01"}
    )
    path = tmp_path / "regnskap.xlsx"
    path.write_bytes(answer.body)
    read = read_export(path, currency="NOK")
    assert read.invoices
    assert read.unread == ()
    for one in read.invoices:
        assert one.totals(inclusive=False).total == one.gross
