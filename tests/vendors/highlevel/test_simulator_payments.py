from __future__ import annotations

from datetime import date

import pytest

from bridge_gui.sandbox.kit import State
from tests.vendors.highlevel.highlevel_at import HighLevelAt, item


@pytest.fixture
def crm():
    made = HighLevelAt()
    yield made
    made.sim.state.close()


def listed(crm, **asked):
    return crm.get("/payments/transactions", **{"limit": 100, "offset": 0, **asked})


def test_every_source_of_the_demo(crm):
    said = listed(crm)
    assert said["totalCount"] == len(said["data"]) == 10
    sources = {row["entitySourceType"] for row in said["data"]}
    assert sources == {"funnel", "calendar", "external", "invoice"}
    assert (
        sum(bool(row["subscriptionId"]) for row in said["data"] if row["entitySourceType"] == "funnel") == 1
    )
    assert [row["liveMode"] for row in said["data"]].count(False) == 1
    assert {row["status"] for row in said["data"]} == {"succeeded", "failed"}
    refunded = [row for row in said["data"] if row["amountRefunded"]]
    assert [(row["amount"], row["amountRefunded"], row["status"]) for row in refunded] == [
        (144, 60, "succeeded")
    ]


def test_an_order_adds_up(crm):
    rows = [
        row
        for row in listed(crm, contactId=crm.contact())["data"]
        if row["entityType"] == "order" and row["liveMode"]
    ]
    order = crm.read("orders", rows[0]["entityId"])
    assert order["amountSummary"] == {"subtotal": 120, "discount": 20, "tax": 20, "shipping": 0}
    assert [(tax["rate"], tax["amount"]) for tax in order["taxSummary"]] == [(20, 20)]
    assert order["amount"] == rows[0]["amount"] == 120
    assert order["coupon"] == {"code": "WELCOME"}
    assert order["items"][0]["price"]["amount"] == 120
    assert order["contactSnapshot"]["email"] == "mara@sample.example"


def test_tax_of_an_order_is_summed_by_rate(crm):
    rows = [{"name": "a", "price": 0.35, "rate": 25}, {"name": "b", "price": 0.35, "qty": 2, "rate": 25}]
    sold = crm.sell(*rows, {"name": "c", "price": 10}, shipping=2.5)
    order = crm.read("orders", sold["entityId"])
    assert order["amountSummary"] == {"subtotal": 11.05, "discount": 0, "tax": 0.26, "shipping": 2.5}
    assert sold["amount"] == 13.81


def test_the_list_of_orders_leaves_some_out(crm):
    said = crm.get("/payments/orders", limit=100, offset=0)
    known = {row["_id"] for row in said["data"]}
    assert "items" not in said["data"][0]
    assert "altType" in said["data"][0]
    orders = {row["entityId"] for row in listed(crm)["data"] if row["entityType"] == "order"}
    hidden = orders - known
    assert len(hidden) == 1
    assert crm.read("orders", hidden.pop())["items"]
    status, said = crm.call("GET", f"/payments/orders/nothing?altId={crm.place}")
    assert (status, said["status"], said["message"], said["name"]) == (
        404,
        404,
        "Order not found",
        "HttpException",
    )


def test_the_single_read_tells_more(crm):
    row = crm.sell()
    single = crm.read("transactions", row["_id"])
    assert (single["qboSynced"], single["markAsTest"], single["isParent"]) == (False, False, False)
    assert single["entitySource"]["type"] == "funnel"
    assert "entitySourceType" not in single
    response = {"Id": "145", "SyncToken": "0", "TotalAmt": 120}
    crm.person("change_transaction", id=row["_id"], changes={"qboSynced": True, "qboResponse": response})
    assert crm.read("transactions", row["_id"])["qboResponse"] == response
    other = crm.sell()
    crm.sim.settings.change({"native_link": True})
    linked = crm.read("transactions", other["_id"])
    assert (linked["qboSynced"], linked["qboResponse"]["TotalAmt"]) == (True, 120)
    assert all("qboSynced" not in one for one in listed(crm)["data"])


def test_windows_are_utc_days(crm):
    crm.later(hours=11, minutes=59)  # 23:59 in London and in UTC
    late = crm.sell()
    crm.later(minutes=2)
    early = crm.sell()

    def ids(**asked):
        return {row["_id"] for row in listed(crm, contactId=crm.contact(), **asked)["data"]}

    assert late["_id"] in ids(startAt="2026-11-20", endAt="2026-11-20")
    assert early["_id"] not in ids(startAt="2026-11-20", endAt="2026-11-20")
    assert ids(startAt="2026-11-21") == {early["_id"]}
    assert (
        crm.call("GET", f"/payments/transactions?altId={crm.place}&altType=location&startAt=soon")[0] == 422
    )


def test_pages_begin_with_the_newest_and_are_ten_unless_told(crm):
    for _ in range(5):
        crm.later(seconds=1)
        newest = crm.sell()
    said = crm.get("/payments/transactions")
    assert (len(said["data"]), said["totalCount"], said["data"][0]["_id"]) == (10, 15, newest["_id"])
    first = listed(crm, limit=5)["data"]
    crm.later(seconds=1)
    crm.sell()
    second = listed(crm, limit=5, offset=5)["data"]
    assert second[0]["_id"] == first[-1]["_id"]  # a new row pushes one over


def test_refunds_are_told_on_the_same_row(crm):
    row = crm.sell()
    crm.later(minutes=1)
    crm.person("refund", id=row["_id"], amount=20)
    partly = crm.read("transactions", row["_id"])
    assert (partly["amountRefunded"], partly["status"], partly["amount"]) == (20, "succeeded", 120)
    assert partly["updatedAt"] > partly["createdAt"]
    crm.person("refund", id=row["_id"])
    whole = crm.read("transactions", row["_id"])
    assert (whole["amountRefunded"], whole["status"]) == (120, "refunded")
    assert crm.control("person", {"action": "refund", "id": row["_id"]})[0] == 400


def test_units_may_be_minor(crm):
    row = crm.sell()
    crm.sim.settings.change({"minor_units": True})
    assert crm.read("transactions", row["_id"])["amount"] == 12000
    assert crm.read("orders", row["entityId"])["amount"] == 120
    crm.sim.settings.change({"minor_units": False, "money_as_text": True})
    assert crm.read("transactions", row["_id"])["amount"] == "120"
    assert listed(crm, contactId=crm.contact())["data"][0]["amountRefunded"] == "0"


def test_subscriptions(crm):
    said = crm.get("/payments/subscriptions")
    row = said["data"][0]
    assert (said["totalCount"], row["status"], row["amount"]) == (1, "active", 54)
    charge = listed(crm, subscriptionId=row["subscriptionId"])["data"]
    assert [(one["entityType"], one["entityId"]) for one in charge] == [("subscription", row["_id"])]
    crm.sim.advance(date(2026, 12, 1))
    assert listed(crm, subscriptionId=row["subscriptionId"])["totalCount"] == 2


def test_an_invoice_and_its_sums(crm):
    made = crm.invoice(discount={"type": "percentage", "value": 10})
    assert made["totalSummary"] == {"subTotal": 300, "discount": 30, "tax": 54}
    assert (made["total"], made["amountDue"], made["status"], made["liveMode"]) == (324, 324, "sent", True)
    fixed = crm.invoice(item(), item(50, 2, 0, productId="p"), discount={"type": "fixed", "value": 40})
    assert fixed["totalSummary"] == {"subTotal": 400, "discount": 40, "tax": 54}
    only = {"type": "percentage", "value": 50, "validOnProductIds": ["p"]}
    some = crm.invoice(item(), item(50, 2, 0, productId="p"), discount=only)
    assert some["totalSummary"] == {"subTotal": 400, "discount": 50, "tax": 60}
    inside = crm.invoice(item(120, 1, 20, taxInclusive=True))
    assert (inside["total"], inside["totalSummary"]["tax"]) == (120, 20)
    fee = {"charges": [{"name": "Processing fee", "amount": 3.5}]}
    assert crm.invoice(miscellaneousCharges=fee)["total"] == 363.5
    third = crm.invoice(item(33.33, 1.5, 5))
    assert (third["totalSummary"]["subTotal"], third["totalSummary"]["tax"]) == (50, 2.5)


def test_the_road_of_an_invoice(crm):
    made = crm.invoice(send=False)
    key = made["_id"]
    assert made["status"] == "draft"
    assert crm.call("POST", f"/invoices/{key}/void", crm.alt)[0] == 400
    sent = crm.post(
        f"/invoices/{key}/send", {**crm.alt, "userId": "u", "action": "send_manually", "liveMode": True}
    )
    assert sent["invoice"]["status"] == "sent"
    paid = {**crm.alt, "mode": "bank_transfer", "card": {}, "cheque": {}, "notes": "x", "amount": 100}
    partly = crm.post(f"/invoices/{key}/record-payment", paid)
    assert (partly["success"], partly["invoice"]["status"], partly["invoice"]["amountDue"]) == (
        True,
        "partially_paid",
        260,
    )
    row = listed(crm, entityId=key)["data"][0]
    assert (row["entitySourceType"], row["amount"], row["paymentProviderType"]) == ("invoice", 100, "custom")
    assert crm.read("transactions", row["_id"])["invoiceId"] == key
    crm.person("pay_invoice", id=key)
    assert crm.read("invoices", key)["status"] == "paid"
    status, said = crm.call("POST", f"/invoices/{key}/record-payment", paid)
    assert (status, "already paid" in said["message"]) == (400, True)
    assert crm.call("POST", f"/invoices/{key}/void", crm.alt)[0] == 400
    assert crm.call("PUT", f"/invoices/{key}", {**crm.alt, **made, "name": "x"})[0] == 400


def test_a_payment_in_progress_is_a_409(crm):
    made = crm.invoice()
    crm.person("hold_payment", id=made["_id"])
    paid = {**crm.alt, "mode": "cash", "card": {}, "cheque": {}, "notes": ""}
    assert crm.call("POST", f"/invoices/{made['_id']}/record-payment", paid)[0] == 409


def test_edited_voided_deleted(crm):
    made = crm.invoice()
    crm.later(minutes=1)
    crm.person("edit_invoice", id=made["_id"], changes={"invoiceItems": [item(100, 1)]})
    now = crm.read("invoices", made["_id"])
    assert (now["total"], now["status"]) == (120, "sent")
    assert now["updatedAt"] > made["updatedAt"]
    crm.person("pay_invoice", id=made["_id"], amount=100)
    assert (
        crm.control(
            "person", {"action": "edit_invoice", "id": made["_id"], "changes": {"invoiceItems": [item(1, 1)]}}
        )[0]
        == 400
    )
    assert crm.post(f"/invoices/{made['_id']}/void", crm.alt)["status"] == "void"
    crm.person("delete_invoice", id=made["_id"])
    status, said = crm.call("GET", f"/invoices/{made['_id']}?altId={crm.place}&altType=location")
    assert (status, said["statusCode"]) == (404, 404)


def test_the_list_of_invoices(crm):
    query = f"altId={crm.place}&altType=location"
    status, said = crm.call("GET", f"/invoices/?{query}")
    assert (status, len(said["message"])) == (422, 2)
    said = crm.get("/invoices/", limit=100, offset=0)
    assert said["total"] == 4
    assert {row["status"] for row in said["invoices"]} == {"draft", "sent", "partially_paid", "paid"}
    assert crm.get("/invoices/", limit=1, offset=3, status="paid")["invoices"] == []
    assert crm.get("/invoices/", limit=1, offset=0, status="paid")["total"] == 1
    assert crm.get("/invoices/", limit=9, offset=0, search="workshop")["total"] == 1
    assert all(row["invoiceItems"] for row in said["invoices"])
    crm.sim.settings.change({"list_without_items": True, "number_as_number": True})
    bare = crm.get("/invoices/", limit=9, offset=0)["invoices"]
    assert not any("invoiceItems" in row for row in bare)
    assert all(isinstance(row["invoiceNumber"], int) for row in bare)
    crm.invoice(issueDate="2026-10-01")
    assert crm.get("/invoices/", limit=9, offset=0, endAt="2026-10-31")["total"] == 1
    crm.sim.settings.change({"invoice_dates": "createdAt"})
    assert crm.get("/invoices/", limit=9, offset=0, endAt="2026-10-31")["total"] == 0
    assert crm.call("GET", f"/invoices/?{query}&limit=1&offset=0&sortField=createdAt")[0] == 422


def test_making_one_by_the_interface(crm):
    details = {
        "id": crm.contact(),
        "name": "Mara",
        "email": "mara@sample.example",
        "phoneNo": "+447700900101",
    }
    told = {
        **crm.alt, "name": "Design", "businessDetails": {"name": "Example Studio"}, "currency": "GBP", "items": [item()],
        "discount": {"type": "percentage", "value": 0}, "contactDetails": details, "issueDate": "2026-11-20",
        "sentTo": {"email": []}, "liveMode": True,
    }  # fmt: skip
    number = crm.get("/invoices/generate-invoice-number")["invoiceNumber"]
    made = crm.post("/invoices/", told)
    assert (made["status"], made["invoiceNumber"], made["total"]) == ("draft", str(number), 360)
    status, said = crm.call("POST", "/invoices/", {**told, "contactDetails": {**details, "phoneNo": ""}})
    assert (status, said["message"]) == (422, ["contactDetails.phoneNo should not be empty"])


def test_the_state_outlives_the_program(tmp_path):
    first = HighLevelAt(State(tmp_path / "h.db"))
    row = first.sell()
    first.sim.advance(date(2026, 11, 25))
    held = list(first.sim.documents())
    first.sim.state.close()
    again = HighLevelAt(State(tmp_path / "h.db"))
    assert again.read("transactions", row["_id"])["amount"] == 120
    assert list(again.sim.documents()) == held
    again.sim.state.close()


def test_days_of_trade_are_always_the_same():
    def held(country):
        crm = HighLevelAt(country=country)
        crm.sim.advance(date(2026, 12, 20))
        told = list(crm.sim.documents())
        crm.sim.state.close()
        return told

    assert held("GB") == held("GB")
    assert {one.currency for one in held("US") if one.kind == "payment"} == {"USD"}


def test_without_people_nothing_is_sold(crm):
    for row in crm.find()["contacts"]:
        crm.person("delete_contact", id=row["id"])
    before = [one for one in crm.sim.documents() if one.kind == "payment"]
    crm.sim.advance(date(2026, 11, 30))
    assert [one for one in crm.sim.documents() if one.kind == "payment"] == before
