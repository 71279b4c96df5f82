from __future__ import annotations

import pytest

from tests.vendors.payday.books_at import PaydayAt

LINE = {"description": "Súpa", "quantity": 1, "unitPriceIncludingVat": 2190, "vatPercentage": 11}


@pytest.fixture
def payday():
    made = PaydayAt()
    yield made
    made.sim.state.close()


def bank(payday):
    return next(
        kind["id"] for kind in payday.get("/sales/paymenttypes") if kind["title"] == "Bankareikningur"
    )


def test_a_draft_as_the_vendor_file_shows_it(payday):
    draft = payday.post("/invoices", payday.invoice(reference="SC-2026-11"))
    assert (draft["status"], draft["number"], draft["reference"]) == ("DRAFT", None, "SC-2026-11")
    totals = (draft["amountExcludingVat"], draft["amountVat"], draft["amountIncludingVat"])
    assert totals == (1117.0, 123.0, 1240.0)
    line = draft["lines"][0]
    assert (line["unitPriceExcludingVat"], line["position"], line["invoiceId"]) == (558.5586, 1, draft["id"])
    assert draft["invoiceDate"] == "2026-11-20T00:00:00Z"
    assert not [name for name in (*draft, *line) if name.startswith("_")]


@pytest.mark.parametrize("status", ["Draft", "draft", "", None, "SENT", "FOO"])
def test_only_the_exact_word_makes_a_draft(payday, status):
    made = payday.post("/invoices", payday.invoice(status=status, isDraft=True))
    assert (made["status"], made["number"]) == ("SENT", None)
    assert payday.call("DELETE", f"/invoices/{made['id']}")[0] == 400


def test_the_number_comes_after_a_minute_and_with_it_the_booking(payday):
    made = payday.post("/invoices", payday.invoice(status="SENT"))
    cancel = {"status": "CANCELLED", "cancelledDate": "2026-11-20"}
    text = "Invoice with status Pending cannot be updated to status CANCELLED"
    assert payday.call("PUT", f"/invoices/{made['id']}", cancel) == (400, text)
    payday.later(59)
    assert payday.ledger() == []
    payday.later(1)
    assert payday.ledger() == [("3400", 1240.0), ("1110", -1117.0), ("4310", -123.0)]
    assert payday.get(f"/invoices/{made['id']}")["number"] == "1001"
    assert payday.put(f"/invoices/{made['id']}", cancel)["status"] == "CANCELLED"
    assert sum(amount for _, amount in payday.ledger()) == 0
    assert payday.sim.books.ledger.fresh.total("amount", ("accountCode", "=", "1110")) == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"customer": "8a1f4c1e"}, "Invalid JSON data"),
        ({"customer": None, "customerId": "x"}, "Customer is required"),
        ({"finalDueDate": None}, "Final due date is required"),
        ({"currencyCode": None}, "Currency code is required"),
        ({"lines": [{"description": "a", "unitPrice": 5}]}, ("Invoice line with ID '' in position '1' is not valid. "
         "Either unit price excluding VAT or unit price including VAT must be specified.")),
        ({"lines": []}, {"message": "Invalid data. Lines is required."}),
        ({"createElectronicInvoice": True}, {"errorCode": 21018, "errorMessage": "Customer does not accept electronic invoices."}),
    ],
)  # fmt: skip
def test_what_is_refused_and_in_which_shape(payday, changes, said):
    assert payday.call("POST", "/invoices", payday.invoice(**changes)) == (400, said)


def test_a_401_that_is_no_sign_in_failure_and_a_company_without_vat(payday):
    payday.sim.settings.change({"vat_registered": False})
    status, said = payday.call("POST", "/invoices", payday.invoice())
    assert (status, said.startswith("Unable to add VAT to invoice line.")) == (400, True)
    payday.sim.settings.change({"setup_complete": False})
    status, said = payday.call("POST", "/invoices", payday.invoice())
    assert (status, said.startswith("Unable to create invoice. Please complete")) == (401, True)
    assert payday.get("/invoices")["total"] == 0


def test_wrong_names_fall_away_and_both_prices_zero_the_vat(payday):
    wrong = {"description": "a", "quantity": 1, "unitPriceIncludingVat": 100, "vatRate": 24}
    both = {
        "description": "b",
        "quantity": 1,
        "unitPriceIncludingVat": 124,
        "unitPriceExcludingVat": 100,
        "vatPercentage": 24,
    }
    net = {
        "description": "c",
        "quantity": 2,
        "unitPriceExcludingVat": 100,
        "vatPercentage": 24,
        "discountPercentage": 50,
    }
    draft = payday.post("/invoices", payday.invoice(wrong, both, net))
    assert [line["vatPercentage"] for line in draft["lines"]] == [0.0, 0.0, 24.0]
    assert (draft["amountExcludingVat"], draft["amountVat"]) == (300.0, 24.0)


def test_a_known_sku_rewrites_the_description(payday):
    product = payday.post("/products", {"name": "Bolur", "sku": "BOLUR"})
    draft = payday.post("/invoices", payday.invoice({**LINE, "sku": "BOLUR"}))
    line = draft["lines"][0]
    assert (line["description"], line["productId"]) == ("BOLUR - Bolur", product["id"])


def test_vat_per_line_or_per_invoice(payday):
    lines = [{"description": "x", "quantity": 1, "unitPriceIncludingVat": 14, "vatPercentage": 11}] * 3
    assert payday.post("/invoices", payday.invoice(*lines))["amountVat"] == 3.0
    payday.sim.settings.change({"invoice_vat_per": "invoice"})
    assert payday.post("/invoices", payday.invoice(*lines))["amountVat"] == 4.0


def whole(draft):
    """The draft as a careful client sends it back: one price a line, ids kept."""
    wanted = ("id", "description", "quantity", "unitPriceIncludingVat", "vatPercentage", "discountPercentage")
    lines = [{name: line[name] for name in wanted} for line in draft["lines"]]
    head = {
        name: draft[name]
        for name in ("customer", "status", "invoiceDate", "dueDate", "finalDueDate", "currencyCode")
    }
    return {**head, "lines": lines}


def test_a_put_replaces_the_lines_or_merges_them(payday):
    draft = payday.post("/invoices", payday.invoice(LINE, {**LINE, "description": "Kaffi"}))
    kept, other = (line["id"] for line in draft["lines"])
    document = whole(draft)
    document["lines"] = [{**document["lines"][0], "quantity": 3}, {**LINE, "description": "nýtt"}]
    put = payday.put(f"/invoices/{draft['id']}", document)
    assert [(line["description"], line["quantity"]) for line in put["lines"]] == [
        ("Súpa", 3.0),
        ("nýtt", 1.0),
    ]
    assert put["lines"][0]["id"] == kept
    assert put["amountIncludingVat"] == 4 * 2190
    payday.sim.settings.change({"put_lines": "merge"})
    again = payday.put(
        f"/invoices/{draft['id']}", {**document, "lines": [{**LINE, "id": other}, {**LINE, "id": kept}]}
    )
    assert [line["position"] for line in again["lines"]] == [1, 2, 3]
    assert again["lines"][0]["id"] == kept
    assert again["amountIncludingVat"] == 3 * 2190


def test_a_put_spelt_wrong_issues_the_draft(payday):
    draft = payday.post("/invoices", payday.invoice())
    assert payday.call("PUT", f"/invoices/{draft['id']}", {"status": "SENT"})[0] == 400
    sent = payday.put(f"/invoices/{draft['id']}", {**whole(draft), "status": "Draft"})
    assert sent["status"] == "SENT"
    assert payday.call("PUT", f"/invoices/{draft['id']}", whole(draft))[0] == 400
    assert payday.call("PATCH", f"/invoices/{draft['id']}", whole(draft)) == (405, "")


def test_paying_extending_resending(payday):
    made = payday.post("/invoices", payday.invoice(status="SENT"))
    path = f"/invoices/{made['id']}"
    payday.later(60)
    assert payday.put(path, {"finalDueDate": "2026-12-31"})["finalDueDate"] == "2026-12-31T00:00:00Z"
    assert payday.put(path, {"status": "SENT"})["claimCancelled"] is False
    assert payday.put(path, {"status": "SENT", "claimCancelledDate": "2026-11-20"})["claimCancelled"] is True
    assert payday.call("PUT", path, {"status": "PAID", "paidDate": "2026-11-20"})[0] == 400
    pay = {"status": "PAID", "paidDate": "2026-11-20", "paymentType": bank(payday)}
    payday.sim.settings.change({"paid_date_needs_time": True})
    assert payday.call("PUT", path, pay)[0] == 400
    assert payday.put(path, {**pay, "paidDate": "2026-11-20T12:00:00Z"})["status"] == "PAID"
    assert payday.ledger()[-2:] == [("3200", 1240.0), ("3400", -1240.0)]
    assert payday.get(f"{path}?include=payments")["payments"][0]["amount"] == 1240.0
    assert payday.call("PUT", path, pay)[0] == 400


def test_paid_at_once_books_both(payday):
    made = payday.post(
        "/invoices", payday.invoice(status="PAID", paidDate="2026-11-20", paymentType=bank(payday))
    )
    assert made["status"] == "PAID"
    payday.later(60)
    assert sum(amount for code, amount in payday.ledger() if code == "3400") == 0
    refused = payday.invoice(status="PAID", paidDate="2026-11-20")
    assert payday.call("POST", "/invoices", refused)[0] == 400
    assert payday.get("/invoices")["total"] == 1


def test_lists_filter_and_include(payday):
    other = payday.post("/customers", {"name": "Önnur"})["id"]
    payday.post("/invoices", payday.invoice())
    payday.post("/invoices", payday.invoice(status="SENT"))
    payday.post("/invoices", payday.invoice(customer={"id": other}, invoiceDate="2026-10-01"))
    payday.later(60)
    told = payday.get("/invoices")
    assert (told["total"], told["perPage"], "lines" in told["invoices"][0]) == (3, 25, False)
    assert told["summary"] == {"totalCount": 3, "paidAmount": 0.0, "unpaidAmount": 3720.0}
    drafts = "excludeStatus=SENT,PAID,CREDIT,CANCELLED&include=lines&perpage=100"
    assert [
        len(one["lines"]) for one in payday.get(f"/invoices?customerId={other}&{drafts}")["invoices"]
    ] == [1]
    assert payday.get("/invoices?status=PAID")["total"] == 3
    assert payday.get("/invoices?dateFrom=2026-10-01&dateTo=2026-10-31")["total"] == 1
    assert payday.get("/invoices?query=1001")["total"] == 1
    assert payday.get("/invoices?query=%C3%B6nnur")["total"] == 1
    assert payday.get("/invoices?orderBy=number&order=desc")["invoices"][0]["number"] == "1001"


def test_a_removed_draft_is_gone_or_kept(payday):
    draft = payday.post("/invoices", payday.invoice())
    assert payday.call("DELETE", f"/invoices/{draft['id']}") == (200, "")
    assert payday.call("GET", f"/invoices/{draft['id']}") == (404, "")
    assert payday.call("DELETE", f"/invoices/{draft['id']}") == (404, "")
    payday.sim.settings.change({"deleted_invoices": "kept"})
    assert payday.get(f"/invoices/{draft['id']}")["status"] == "DELETED"
    assert payday.get("/invoices")["total"] == 1


def test_people_edit_send_credit_and_remove(payday):
    payday.sim.settings.change({"put_lines": "merge"})
    draft = payday.post("/invoices", payday.invoice(LINE, {**LINE, "description": "Kaffi"}))
    key = draft["id"]
    edited = payday.person(
        "edit_invoice",
        id=key,
        drop_lines=[draft["lines"][0]["id"]],
        add_lines=[LINE],
        changes={"description": "ó"},
    )
    assert [line["description"] for line in edited["lines"]] == ["Kaffi", "Súpa"]
    assert payday.person("send_invoice", id=key)["status"] == "SENT"
    assert payday.call("POST", "/_sandbox/person", {"action": "delete_invoice", "id": key})[0] == 400
    payday.later(60)
    credit = payday.person("credit_invoice", id=key)
    assert payday.get(f"/invoices/{key}")["status"] == "CREDIT"
    assert credit["amountIncludingVat"] == -4380.0
    begun = payday.person("begin_invoice", invoice=payday.invoice())
    assert payday.person("delete_invoice", id=begun["id"])["status"] == "DELETED"
    paid = payday.post("/invoices", payday.invoice(status="SENT"))
    payday.later(60)
    assert payday.person("pay_invoice", id=paid["id"])["status"] == "PAID"


def test_multipart_carries_the_same_document(payday):
    import json

    body = {"data": json.dumps(payday.invoice())}
    status, made = payday.call("POST", "/invoices", data=body, content_type="multipart/form-data")
    assert (status, made["status"]) == (200, "DRAFT")
