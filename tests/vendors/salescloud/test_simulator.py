from __future__ import annotations

import json

import pytest

from tests.vendors.salescloud.till_at import ORDERS, TillAt


@pytest.fixture(scope="module")
def till():
    made = TillAt()
    yield made
    made.sim.state.close()


@pytest.fixture
def own():
    made = TillAt(orders_per_day=[2, 3])
    yield made
    made.sim.state.close()


def test_who_has_installed_the_app(till):
    told = till.ask("query { appOrganizations { uuid label } }")
    organization = till.keys["organization"]
    assert told == {"data": {"appOrganizations": [{"uuid": organization, "label": "Kaffihús Example ehf."}]}}


def test_payment_methods_by_the_published_query(till):
    query = "query PaymentMethods($organization: ID!) { paymentMethodsList(organization: $organization) { uuid title type active } }"
    methods = till.ask(query)["data"]["paymentMethodsList"]
    assert [method["type"] for method in methods] == ["card", "cash", "invoice", "giftcard", "netgiro"]
    assert set(methods[0]) == {"uuid", "title", "type", "active"}


def test_an_order_has_all_fields_of_the_vendor_file(till):
    order = till.page("2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z")["items"][0]
    assert set(order) == {
        "uuid", "number", "status", "created", "closed", "currencyCode", "totalAmount", "taxAmount",
        "customer", "lineItems", "payments", "refundOf",
    }  # fmt: skip
    assert order["closed"].startswith("2026-11-10T")
    assert order["closed"].endswith("+00:00")


def test_only_the_fields_asked_for_are_answered(till):
    query = '{ ordersList(organization: "%s", limit: 1, offset: 0) { n: total items { number payments { amount } } } }'
    told = till.ask(query % till.keys["organization"])["data"]["ordersList"]
    assert set(told) == {"n", "items"}
    assert set(told["items"][0]) == {"number", "payments"}
    assert set(told["items"][0]["payments"][0]) == {"amount"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("query { appOrganizations { uuid vat } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query { appOrganizations }", "GRAPHQL_VALIDATION_FAILED"),
        ("query { appOrganizations { uuid { x } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query { nothing { uuid } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query { paymentMethodsList(shop: 1) { uuid } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query { paymentMethodsList(organization: $o) { uuid } }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { refund { uuid } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query { appOrganizations { uuid }", "GRAPHQL_PARSE_FAILED"),
        ("query { appOrganizations { } }", "GRAPHQL_PARSE_FAILED"),
        ("query { appOrganizations ; }", "GRAPHQL_PARSE_FAILED"),
        ("query { paymentMethodsList { uuid } }", "FORBIDDEN"),
        (ORDERS, "BAD_USER_INPUT"),
    ],
)
def test_queries_that_are_refused(till, query, code):
    assert till.refused(query) == code


@pytest.mark.parametrize(
    "changes",
    [{"limit": 101}, {"limit": 0}, {"offset": -1}, {"limit": "5"}, {"from": "yesterday"}, {"to": None}],
)
def test_wrong_variables_are_refused(till, changes):
    usual = {"from": "2026-11-01", "to": "2026-12-01", "limit": 100, "offset": 0}
    assert till.refused(ORDERS, **{**usual, **changes}) == "BAD_USER_INPUT"


def test_a_larger_limit_may_be_clamped_instead():
    till = TillAt(over_limit="clamp")
    assert len(till.page("2026-11-01", "2026-12-01", limit=1000)["items"]) == 100
    till.sim.state.close()


def test_pages_are_sorted_and_whole(till):
    orders = till.orders()
    assert [order["uuid"] for order in orders] == [
        order["uuid"] for order in sorted(orders, key=lambda one: (one["closed"], one["uuid"]))
    ]
    assert len({order["uuid"] for order in orders}) == len(orders) > 14 * 15


def test_from_is_inclusive_and_to_exclusive(till):
    closed = till.orders()[7]["closed"]
    second = closed.replace("+00:00", ".000000+00:00")
    assert till.page(second, closed)["total"] == 0
    following = f"{closed[:19]}.5Z"
    assert till.page(closed, following)["total"] >= 1


def test_open_orders_are_not_among_the_closed(till):
    assert {order["status"] for order in till.orders()} == {"CLOSED", "CANCELLED"}
    assert all(order["closed"] for order in till.orders())


def test_a_wrong_signature_is_refused_in_either_way(own):
    body = b'{"query":"{ appOrganizations { uuid } }"}'
    for headers in (
        {"Authorization": "App 00"},
        {"Authorization": own.signature(body)},
        {"SalesCloud-Application": "x"},
        {"SalesCloud-Application-Public-Key": "x"},
    ):
        answer = own.send(body, **headers)
        assert (answer.status_code, answer.content_type.split(";")[0]) == (401, "text/plain")
    own.sim.settings.change({"signature_refusal": "errors"})
    answer = own.send(body, Authorization="App 00")
    assert (answer.status_code, answer.get_json()["errors"][0]["extensions"]["code"]) == (
        200,
        "UNAUTHENTICATED",
    )


def test_the_signature_is_over_the_bytes_that_are_sent(own):
    body = json.dumps({"query": "{ appOrganizations { label } }", "note": "Þ"}, ensure_ascii=False).encode()
    assert own.send(body).status_code == 200
    changed = own.send(body + b" ", Authorization=f"App {own.signature(body)}")
    assert changed.status_code == 401


def test_the_recipe_can_be_otherwise(own):
    own.sim.settings.change({"signature_encoding": "base64"})
    assert own.send(b'{"query":"{ appOrganizations { uuid } }"}').status_code == 401


def test_organisations_are_looked_at(own):
    body = json.dumps({"query": ORDERS, "variables": {}}).encode()
    assert own.send(body, **{"SalesCloud-Organization": "x"}).get_json()["errors"]
    methods = "query M($organization: ID!) { paymentMethodsList(organization: $organization) { uuid } }"
    assert own.refused(methods, organization="another") == "FORBIDDEN"
    own.person("uninstall_app")
    assert own.ask("{ appOrganizations { uuid } }")["data"]["appOrganizations"] == []
    assert own.refused(methods) == "APP_NOT_INSTALLED"
    own.person("install_app")
    assert own.ask(methods)["data"]["paymentMethodsList"]


def test_other_methods_paths_and_bodies(own):
    client = own.sim.app().test_client()
    assert client.get("/").status_code == 405
    assert client.post("/graphql").status_code == 404
    assert client.post("/?").status_code == 401
    assert own.send(b"nonsense").status_code == 400
    assert own.send(b'{"variables":{}}').status_code == 400


def test_people_add_orders_with_little(own):
    made = own.person(
        "add_order",
        order={
            "closed": "2026-11-20T10:00:00Z",
            "lineItems": [
                {"title": "Kaka", "quantity": 2, "unitPrice": 1240},
                {"unitPrice": 111, "taxRate": 11},
            ],
            "payments": [["Kort (posi)", 2000], ["Reiðufé", 591]],
        },
    )
    assert (made["totalAmount"], made["taxAmount"]) == (2591, 491)
    found = own.orders("2026-11-20T10:00:00Z", "2026-11-20T10:00:01Z")
    assert [order["uuid"] for order in found] == [made["uuid"]]
    assert [one["amount"] for one in found[0]["payments"]] == [2000, 591]


def test_people_change_void_close_and_refund(own):
    order = next(one for one in own.orders() if one["status"] == "CLOSED" and one["totalAmount"] > 0)
    key = order["uuid"]
    own.person("set_rate", number=order["number"], rate=14)
    own.person("change_order", uuid=key, changes={"currencyCode": "EUR"})
    own.person("void_order", uuid=key)
    changed = next(one for one in own.orders() if one["uuid"] == key)
    assert (changed["lineItems"][0]["taxRate"], changed["currencyCode"], changed["status"]) == (
        14,
        "EUR",
        "CANCELLED",
    )
    own.person("close_order", uuid=key)
    back = own.person("refund_order", uuid=key, lines=[0], closed="2026-11-20T11:00:00Z")
    assert back["refundOf"] == {"uuid": key, "number": order["number"]}
    assert back["totalAmount"] == -changed["lineItems"][0]["totalAmount"]
    assert [one["kind"] for one in back["payments"]] == ["REFUND"]
    own.person("remove_order", uuid=key)
    assert key not in {one["uuid"] for one in own.orders()}


def test_people_close_a_tab(own):
    tab = own.sim.orders.first(("status", "=", "OPEN"))
    if tab is None:
        tab = own.person("add_order", order={"status": "OPEN"})
        own.sim.orders.put({**tab, "closed": None})
    own.person("close_order", uuid=tab["uuid"])
    assert own.page("2026-11-20T12:00:00Z", "2026-11-20T12:00:01Z")["items"][0]["uuid"] == tab["uuid"]
    own.person("reopen_order", uuid=tab["uuid"])
    assert own.page("2026-11-20T12:00:00Z", "2026-11-20T12:00:01Z")["items"][0]["status"] == "OPEN"


def test_people_change_payment_methods_and_the_secret(own):
    made = own.person("add_payment_method", title="Pei", type="other")
    own.person("change_payment_method", uuid=made["uuid"], changes={"active": False})
    assert own.sim.methods.get(made["uuid"])["active"] is False
    fresh = own.person("renew_secret")["secret_key"]
    assert own.send(b'{"query":"{ appOrganizations { uuid } }"}').status_code == 401
    own.keys["secret_key"] = fresh
    assert own.send(b'{"query":"{ appOrganizations { uuid } }"}').status_code == 200
