"""Products, categories, tax codes, ways to pay; and answers of the wrong shape."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.accounting.ordering import Category, OrderProduct, OrderTax, PayMethod
from bridge_gui.errors import Passing, Refused, SetupError, VendorChanged
from bridge_gui.web.waiting import never
from tests.vendors.standin import said
from tests.vendors.twentyfoursevenoffice.org import ORG
from tests.web.toys import answer

RENTAL = {
    "id": 101, "name": "SharefoxRental", "number": "SFX", "type": "default", "status": "active",
    "salesPrice": 0, "category": {"id": 12, "name": "SharefoxRental"},
}  # fmt: skip


def test_a_product_is_compared_by_name_here(standin, books):
    by_supplier = RENTAL | {"id": 102, "name": "Annet", "supplierProduct": {"name": "SharefoxRental"}}
    standin.on("GET /v1/products", [RENTAL, by_supplier, RENTAL | {"id": 103, "name": "sharefoxrental "}])
    found = books.products_named("SharefoxRental")
    assert [one.id for one in found] == ["101", "103"]
    assert found[0] == OrderProduct(
        id="101", code="SFX", name="SharefoxRental", unit_price=Decimal(0), category="12"
    )
    assert standin.queries("GET /v1/products")[0]["productSearch"] == "%SharefoxRental%"
    assert books.products_named("  ") == ()


def test_a_category_and_a_product_are_made(standin, books):
    standin.on("GET /v1/productcategories", [{"id": 12, "name": "SharefoxRental", "parentId": 0}])
    standin.on("POST /v1/productcategories", said({"id": 13, "name": "Utleie"}, 201))
    standin.on("POST /v1/products", said(RENTAL, 201))
    assert books.categories() == (Category(id="12", name="SharefoxRental"),)
    assert books.add_category("Utleie") == Category(id="13", name="Utleie")
    assert books.add_product("SharefoxRental", "12").id == "101"
    assert standin.bodies("POST /v1/products") == [{"name": "SharefoxRental", "category": {"id": 12}}]


def test_products_by_id(standin, books):
    standin.on("GET /v1/products/101", RENTAL | {"status": "inactive", "category": None})
    (found,) = books.products(["101", "404"], never())
    assert (found.active, found.category) == (False, "")


def test_tax_codes_of_one_rate_are_all_told(standin, books):
    standin.on("GET /v1/taxes", [
        {"id": 9, "number": 3, "name": "Utgående avgift, høy sats", "rate": 25},
        {"id": 1, "number": 1, "name": "Inngående avgift, høy sats", "rate": 25},
        {"id": 7, "number": 33, "name": "Utgående, lav sats", "rate": 12},
    ])  # fmt: skip
    taxes = books.order_taxes()
    assert [one.number for one in taxes] == ["1", "3", "33"]
    assert taxes[1] == OrderTax(key="9", rate=Decimal(25), number="3", name="Utgående avgift, høy sats")


def test_ways_to_pay_and_currency(standin, books):
    standin.on("GET /v1/paymentmethods", [{"id": 7, "name": "Kort", "account": {"id": 1}}])
    assert books.pay_methods() == (PayMethod(id="7", name="Kort"),)
    assert books.base_currency() == "NOK"
    standin.on("GET /v1/organization/information", ORG)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"null", b"{}", b'[{"id": "x"}]', b'[{"id": 1, "number": 3, "name": "x"}]'],
    ids=str,
)
def test_an_answer_of_the_wrong_shape_is_their_change(standin, books, body):
    standin.on("GET /v1/taxes", answer(200, body))
    with pytest.raises(VendorChanged):
        books.order_taxes()


def test_a_question_they_refuse_is_their_change(standin, books):
    wrong = {"validationErrors": [{"path": "limit", "keyword": "maximum"}]}
    standin.on("GET /v1/taxes", said({"error": {"name": "ValidationError", "payload": wrong}}, 400))
    with pytest.raises(VendorChanged) as caught:
        books.order_taxes()
    assert caught.value.params == {"text": "limit maximum", "path": "taxes"}


def test_a_refused_write_says_what_is_wrong(standin, books):
    wrong = {"validationErrors": [{"path": "category.id", "keyword": "required"}]}
    standin.on("POST /v1/products", said({"error": {"name": "ValidationError", "payload": wrong}}, 400))
    with pytest.raises(Refused) as caught:
        books.add_product("x", "1")
    assert caught.value.params["text"] == "category.id required"
    standin.on("POST /v1/products", answer(400, b"<html>"))
    with pytest.raises(Refused) as caught:
        books.add_product("x", "1")
    assert caught.value.params["text"] == "400"


def test_a_right_that_was_taken_away_is_named(standin, books):
    standin.on("POST /v1/products", answer(403, b"{}"))
    with pytest.raises(SetupError) as caught:
        books.add_product("x", "1")
    assert caught.value.params["right"] == "api.product.product:write"


def test_too_many_calls_are_waited_for_and_then_left(standin, books):
    standin.on("GET /v1/taxes", answer(429, b"", {"Retry-After": "5"}), [])
    assert books.order_taxes() == ()
    assert 5 in standin.bench.hurry.waits
    standin.on("GET /v1/paymentmethods", answer(429, b"", {"Retry-After": "900"}))
    with pytest.raises(Passing) as caught:
        books.pay_methods()
    assert caught.value.retry_after == 900
