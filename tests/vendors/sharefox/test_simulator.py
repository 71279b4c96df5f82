from __future__ import annotations

import base64
import io
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from bridge_gui.sandbox.faults import Fault, Match
from bridge_gui.sandbox.gate import Cut
from bridge_gui.sandbox.kit import State
from tests.vendors.sharefox.shop_at import ShopAt


@pytest.fixture
def shop():
    made = ShopAt()
    yield made
    made.sim.state.close()


def exact(value):
    return Decimal(str(value))


WORKED_ORDER = {
    "id", "reference", "status", "deliveryStatus", "createdAt", "modifiedAt", "currency", "totalPrice", "paymentMethod",
    "changeOf", "customer", "bookings",
}  # fmt: skip
WORKED_BOOKING = {
    "id", "bookingReference", "status", "productId", "inventoryItemId", "name", "startDate", "endDate", "quantity",
    "unitPrice", "discountPercent", "vatPercent",
}  # fmt: skip
WORKED_INVOICE = {
    "id", "orderId", "number", "type", "status", "periodFrom", "periodTo", "issueDate", "dueDate", "currency", "customer",
    "lines", "netAmount", "vatAmount", "grossAmount", "externalId", "externalStatus", "paid", "paidAt", "sentAt", "modifiedAt",
}  # fmt: skip
WORKED_LINE = {
    "id", "bookingId", "productId", "name", "startDate", "endDate", "quantity", "unitPrice", "discountPercent", "vatPercent",
}  # fmt: skip


def test_the_worked_objects_of_the_vendor_file(shop):
    order = shop.order({"name": "Minigraver", "days": 1, "discountPercent": 10})
    read = shop.get(f"/admin/orders/{order['id']}")
    assert set(read) - {"extraServices"} == WORKED_ORDER
    assert set(read["bookings"][0]) == WORKED_BOOKING
    assert (read["totalPrice"], read["customer"]["companyOrgNo"]) == (2250.0, "123 456 785")
    assert shop.get(f"/orders/{read['reference']}") == read
    lines = [*order["bookings"], {"name": "Levering", "unitPrice": 300, "vatPercent": 25}]
    made = shop.person("make_invoice", order=order["id"], lines=lines)
    invoice = shop.get(f"/admin/invoices/{made['id']}")
    assert set(invoice) - {"createdAt"} == WORKED_INVOICE
    assert [set(line) for line in invoice["lines"]] == [WORKED_LINE, WORKED_LINE]
    assert (invoice["netAmount"], invoice["vatAmount"], invoice["grossAmount"]) == (2100, 525, 2625)
    assert [line["startDate"] for line in invoice["lines"]] == ["2026-11-20", None]
    assert shop.rows(f"/admin/orders/{order['id']}/invoices") == [invoice]


def test_one_of_everything_awkward(shop):
    rows = shop.rows("/admin/invoices/?limit=100")
    orders = {row["id"]: row for row in shop.rows("/admin/orders/?limit=100")}
    assert {row["type"] for row in rows} == {"data_for_accounting", "printed"}
    assert {row["status"] for row in rows} == {"sent", "draft"}
    numbers = {row["customer"]["companyOrgNo"] for row in rows if row["customer"]["isCompany"]}
    assert {"", "123 456 785", "123 456 789", "009900-0002", "200000005"} <= numbers
    assert {row["customer"]["country"] for row in rows} == {"Norway", "Sweden"}
    assert {row["currency"] for row in rows} == {"NOK", "SEK"}
    lines = [line for row in rows for line in row["lines"]]
    assert {line["vatPercent"] for line in lines} == {0, 12, 14, 15, 25}
    assert {"Depositum", "Skade: knust lykt", "Levering"} <= {line["name"] for line in lines}
    assert [line["name"] for line in lines if line["unitPrice"] == 0] == ["Sykkelhjelm"]
    assert {order["paymentMethod"] for order in orders.values()} == {"Faktura", "Kort", "Kasse"}
    assert [row["grossAmount"] for row in rows if row["grossAmount"] < 0] == [-2500]
    below = next(row for row in rows if row["grossAmount"] < 0)
    assert orders[orders[below["orderId"]]["changeOf"]]["totalPrice"] == 10000
    months = Counter(row["orderId"] for row in rows)
    three = next(key for key, count in months.items() if count == 3)
    spans = [(row["periodFrom"], row["periodTo"]) for row in rows if row["orderId"] == three]
    assert spans == [("2026-11-20", "2026-12-19"), ("2026-12-20", "2027-01-18"), ("2027-01-19", "2027-02-17")]
    assert orders[three]["totalPrice"] == sum(row["grossAmount"] for row in rows if row["orderId"] == three)
    assert "Cancelled" in {order["status"] for order in orders.values()}


@pytest.mark.parametrize("inclusive", [False, True])
def test_every_sum_follows_from_its_lines(inclusive):
    shop = ShopAt(prices_include_vat=inclusive)
    shop.sim.advance(date(2026, 12, 5))
    rows = shop.rows("/admin/invoices/?limit=200")
    assert len(rows) > 30
    for row in rows:
        net = gross = Decimal(0)
        for line in row["lines"]:
            rate = 1 + exact(line["vatPercent"]) / 100
            whole = (
                exact(line["quantity"])
                * exact(line["unitPrice"])
                * (1 - exact(line["discountPercent"]) / 100)
            )
            net += whole / rate if inclusive else whole
            gross += whole if inclusive else whole * rate
        assert abs(exact(row["netAmount"]) - net) <= Decimal("0.01") * len(row["lines"])
        assert abs(exact(row["grossAmount"]) - gross) <= Decimal("0.01") * len(row["lines"])
        assert exact(row["netAmount"]) + exact(row["vatAmount"]) == exact(row["grossAmount"])
    shop.sim.state.close()


def test_prices_with_vat_come_to_the_same_to_pay():
    totals = []
    for inclusive in (False, True):
        shop = ShopAt(prices_include_vat=inclusive)
        first = shop.rows("/admin/invoices/")[1]
        totals.append((first["lines"][0]["unitPrice"], first["grossAmount"]))
        shop.sim.state.close()
    assert totals == [(638.4, 798), (798, 798)]


def test_who_is_let_in(shop):
    path = "/admin/invoices/"
    assert shop.call("GET", path, Authorization="Bearer wrong") == (
        401,
        {"error": "unauthorized", "message": "Invalid token"},
    )
    assert shop.call("GET", path, **{"x-sharefox-shop-domain": "eksempelutleie"})[0] == 400
    assert shop.call("GET", path, **{"x-sharefox-admin-domain": ""})[0] == 400
    assert shop.call("GET", "/products", **{"x-sharefox-admin-domain": ""})[0] == 200
    shop.person("revoke_token")
    assert shop.call("GET", path)[0] == 401
    shop.person("allow_token")
    assert shop.call("GET", path)[0] == 200
    shop.sim.settings.change({"api_enabled": False})
    assert shop.call("GET", path)[0] == 404


def test_the_administrator_signs_in_at_the_slashed_path(shop):
    told = {"email": "ola@eksempelutleie.example", "password": "example-password-of-the-sandbox"}
    moved = shop.http.post("/admin/login", json=told)
    assert (moved.status_code, moved.location) == (308, "http://localhost/admin/login/")
    assert shop.http.post("/admin/login/", json={**told, "password": "x"}).status_code == 401
    token = shop.http.post("/admin/login/", json=told).get_json()["token"]
    shop.person("revoke_token")
    shop.headers["Authorization"] = f"Bearer {shop.http.post('/admin/login/', json=told).get_json()['token']}"
    assert shop.headers["Authorization"] != f"Bearer {token}"
    assert shop.call("GET", "/admin/orders/")[0] == 200
    shop.sim.settings.change({"login_redirects": False, "token_name": "access_token"})
    assert "access_token" in shop.http.post("/admin/login", json=told).get_json()


def test_both_bases_and_paths_with_and_without_a_slash(shop):
    rows = shop.rows("/admin/invoices/")
    for path in ("/admin/invoices", "/api-v2/admin/invoices/", "/api-v2/admin/invoices"):
        assert shop.rows(path) == rows
    assert shop.call("GET", "/api-v2/admin/invoices", Authorization="")[0] == 401
    assert shop.call("GET", "/admin/invoices/999999")[0] == 404
    assert shop.call("GET", "/nowhere")[0] == 404


@pytest.mark.parametrize(("form", "names"), [
    ("data", {"data", "total", "page", "limit"}), ("items", {"items", "total", "page", "limit"}),
    ("results", {"results", "total", "page", "limit"}), ("named", {"invoices", "total", "page", "limit"}),
])  # fmt: skip
def test_wrappers(shop, form, names):
    shop.sim.settings.change({"wrapper": form})
    assert set(shop.get("/admin/invoices/")) == names
    shop.sim.settings.change({"with_total": False})
    assert len(shop.get("/admin/invoices/")) == 1
    shop.sim.settings.change({"wrapper": "array"})
    assert isinstance(shop.get("/admin/invoices/"), list)


def test_pages_and_what_they_may_do_instead(shop):
    whole = [row["id"] for row in shop.rows("/admin/invoices/?limit=100")]
    paged = [row["id"] for at in (1, 2, 3, 4, 5) for row in shop.rows(f"/admin/invoices/?limit=5&page={at}")]
    assert paged == whole
    assert len(set(whole)) == len(whole) <= 25
    shop.sim.settings.change({"paging": "repeats"})
    last = -(-len(whole) // 5)
    assert shop.rows(f"/admin/invoices/?limit=5&page={last + 1}") == shop.rows(
        f"/admin/invoices/?limit=5&page={last}"
    )
    shop.sim.settings.change({"paging": "ignored"})
    assert len(shop.rows("/admin/invoices/?limit=5&page=2")) == len(whole)


def test_filters(shop):
    shop.sim.advance(date(2026, 11, 25))
    every = shop.rows("/admin/invoices/?limit=200")
    printed = shop.rows("/admin/invoices/?limit=200&type=printed")
    assert [row["id"] for row in printed] == [row["id"] for row in every if row["type"] == "printed"]
    sent = shop.rows("/admin/invoices/?limit=200&status=sent&from=2026-11-22&to=2026-11-23")
    assert {row["createdAt"][:10] for row in sent} == {"2026-11-22", "2026-11-23"}
    draft = shop.invoice(send=False)
    assert draft["id"] in {row["id"] for row in shop.rows("/admin/invoices/?limit=200&status=draft")}
    shop.later(days=9)
    shop.person("send_invoice", invoice=draft["id"])
    shop.sim.settings.change({"window": "modified"})
    assert [row["id"] for row in shop.rows("/admin/invoices/?from=2026-11-29")] == [draft["id"]]


def test_other_ways_to_write_the_same(shop):
    made = shop.invoice(
        {"name": "Elsykkel", "days": 2}, {"name": "Slagdrill", "days": 1, "discountPercent": 10}
    )
    path = f"/admin/invoices/{made['id']}"
    shop.sim.settings.change(
        {"id_form": "text", "discount_form": "dash", "type_form": "label", "naive_times": True}
    )
    read = shop.get(path)
    assert (read["id"], read["type"], read["sentAt"]) == (
        str(made["id"]),
        "Data for accounting",
        "2026-11-20T11:00:00",
    )
    assert [line["discountPercent"] for line in read["lines"]] == ["-", 10]
    shop.sim.settings.change({"discount_form": "null"})
    assert [line["discountPercent"] for line in shop.get(path)["lines"]] == [None, 10]
    shop.sim.settings.change({"discount_form": "amount"})
    assert [(line["discountAmount"], line["discountPercent"]) for line in shop.get(path)["lines"]] == [
        (0, 0),
        (19.92, 10),
    ]
    shop.sim.settings.change({"discount_form": "only_amount"})
    assert [(line["discountAmount"], line["discountPercent"]) for line in shop.get(path)["lines"]] == [
        (0, None),
        (19.92, None),
    ]


def test_without_the_shops_own_link_all_is_printed():
    shop = ShopAt(accounting_link=False)
    assert {row["type"] for row in shop.rows("/admin/invoices/")} == {"printed"}
    order = shop.order()["id"]
    assert (
        shop.control("person", {"action": "make_invoice", "order": order, "type": "data_for_accounting"})[0]
        == 400
    )
    shop.sim.state.close()


def test_writing_back_that_one_is_paid(shop):
    made = shop.invoice()
    path = f"/admin/invoices/{made['id']}"
    told = {
        "paid": True,
        "paidAt": "2026-11-20T12:00:00.000Z",
        "externalId": "1234",
        "externalStatus": "paid",
    }
    assert shop.call("PATCH", path, told)[0] == 200
    assert {name: shop.get(path)[name] for name in told} == told
    assert shop.call("PATCH", path, {"grossAmount": 0})[0] == 400
    assert shop.get(path)["grossAmount"] == made["grossAmount"]
    for mode, status in (("refuses", 403), ("missing", 404)):
        shop.sim.settings.change({"write_back": mode})
        assert shop.call("PATCH", path, {"paid": False})[0] == status
    assert shop.get(path)["paid"] is True


def test_a_basis_may_be_edited_after_it_was_sent(shop):
    made = shop.invoice()
    shop.later(hours=1)
    line = {**made["lines"][0], "unitPrice": 5000}
    shop.person(
        "edit_invoice",
        invoice=made["id"],
        changes={"lines": [line], "customer": {"email": "new@eksempel.example"}},
    )
    read = shop.get(f"/admin/invoices/{made['id']}")
    assert (read["netAmount"], read["status"], read["customer"]["email"]) == (
        5000,
        "sent",
        "new@eksempel.example",
    )
    assert read["modifiedAt"] == "2026-11-20T13:00:00.000Z"
    assert read["lines"][0]["bookingId"] == made["lines"][0]["bookingId"]


def test_a_change_order_stands_on_the_first_and_the_first_stays(shop):
    first = shop.order()
    back = {"name": "Refusjon", "unitPrice": -500, "vatPercent": 25}
    change = shop.person("change_order", order=first["id"], lines=[back])
    read = shop.get(f"/admin/orders/{change['id']}")
    assert (read["changeOf"], read["status"], read["totalPrice"]) == (int(first["id"]), "Changed", -625)
    assert shop.get(f"/admin/orders/{first['id']}")["totalPrice"] == 7500


def test_a_renamed_product_keeps_its_old_name_on_orders(shop):
    made = shop.order()
    product = made["bookings"][0]["productId"]
    shop.person("rename_product", product=product, name="Liten gravemaskin")
    assert shop.get(f"/products/{product}")["name"] == "Liten gravemaskin"
    assert shop.get(f"/admin/orders/{made['id']}")["bookings"][0]["name"] == "Minigraver"


def sheet(content):
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_accounting_file_has_every_line_of_both_days_and_leaves_out_faktura(shop):
    shop.sim.advance(date(2026, 11, 25))
    answer = shop.plain(
        "GET", "/admin/reports/accounting-file?from=2026-11-22&to=2026-11-24&includeInvoice=true"
    )
    rows = sheet(answer.data)
    orders = shop.rows("/admin/orders/?limit=200&from=2026-11-22&to=2026-11-24")
    assert len(orders) == 9
    for order in orders:
        mine = [row for row in rows if row["Referanse"] == order["reference"]]
        assert sum(exact(row["Sum inkl. MVA"]) for row in mine) == exact(order["totalPrice"])
        assert len(mine) == len(order["bookings"]) + len(order["extraServices"])
        assert {row["Betalt"] for row in mine} == {"Nei" if order["paymentMethod"] == "Faktura" else "Ja"}
    assert {row["Referanse"] for row in rows} == {order["reference"] for order in orders}
    told = shop.person("export_accounting", **{"from": "2026-11-22", "to": "2026-11-24"})
    paid = sheet(base64.b64decode(told["content"]))
    assert {row["Betalingsmåte"] for row in paid} <= {"Kort", "Kasse"}


def test_a_lost_answer_and_too_many_calls(shop):
    made = shop.invoice()
    path = f"/admin/invoices/{made['id']}"
    shop.sim.faults.arm(Fault(kind="cut_after", match=Match(method="PATCH")))
    with pytest.raises(Cut):
        shop.call("PATCH", path, {"paid": True})
    assert shop.get(path)["paid"] is True
    shop.sim.settings.change({"minute_limit": 1})
    answer = shop.plain("GET", path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    shop.later(minutes=2)
    assert shop.call("GET", path)[0] == 200


def test_days_pass_the_same_way_every_time_and_outlive_a_restart(tmp_path):
    first, second = ShopAt(State(tmp_path / "a.db")), ShopAt()
    for one in (first, second):
        one.sim.advance(date(2026, 11, 30))
    told = [first.sim.documents(), second.sim.documents()]
    assert list(told[0]) == list(told[1])
    rows = first.rows("/admin/invoices/?limit=300")
    first.sim.state.close()
    again = ShopAt(State(tmp_path / "a.db"))
    again.sim.advance(date(2026, 11, 30))
    assert again.rows("/admin/invoices/?limit=300") == rows
    again.sim.state.close()
    second.sim.state.close()


def test_documents_are_told(shop):
    made = shop.invoice()
    told = {(one.kind, one.id): one for one in shop.sim.documents()}
    invoice = told["invoice", str(made["id"])]
    assert (invoice.total, invoice.currency, invoice.day) == (7500, "NOK", "2026-11-20")
    assert invoice.texts == (made["number"], "Minigraver")
    assert [one.living for (kind, _), one in told.items() if kind == "order"].count(False) == 1
