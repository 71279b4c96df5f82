"""Payday's customers and drafts over stand-ins: exactly one draft, whole, with a person's words untouched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.invoices import Contact, DraftChange, InvoiceLine, NewDraft
from bridge_gui.errors import CannotMap, Conflict, NoSuchTarget, OutcomeUnknown, VendorChanged
from bridge_gui.vendors.payday.adapter import PaydayAdapter
from bridge_gui.vendors.payday.client import PaydayClient
from bridge_gui.web.waiting import never
from tests.vendors.payday.test_client import ID, SECRET, TOKEN
from tests.vendors.standin import Standin, plain, said
from tests.web.toys import answer

CUSTOMER = {"id": "c1", "name": "Example ehf.", "ssn": "7112992110", "email": "a@example.is",
            "dueDateDefaultDaysAfter": 2, "finalDueDateDefaultDaysAfter": 20}  # fmt: skip
SOUP = InvoiceLine(text="2026-11-20 pöntun 1: Súpa", unit=Decimal(2190), rate=Decimal(11), note="o-1/1")
SHIRT = InvoiceLine(text="2026-11-21 pöntun 2: Bolur", unit=Decimal(4960), rate=Decimal(24), note="o-2/1")
NEW = NewDraft(contact="c1", day=date(2026, 11, 20), reference="SalesCloud 5c09e1", lines=(SOUP,))
ONE = "GET /invoices/i1"
PUT = "PUT /invoices/i1"


def row(line_id, text, net, gross, rate=11.0, **more):
    return {
        "id": line_id, "description": text, "comment": None, "quantity": 1.0, "unitPriceExcludingVat": net,
        "unitPriceIncludingVat": gross, "vatPercentage": rate, "discountPercentage": None,
    } | more  # fmt: skip


OURS = row("l1", SOUP.text, 1972.973, 2190.0, comment="o-1/1")
THEIRS = row("l2", "Afsláttur", -99.0, -122.76, 24.0, sku="AFSL")
SHIRT_ROW = row("l3", SHIRT.text, 4000.0, 4960.0, 24.0, comment="o-2/1")


def invoice(*lines, status="DRAFT", **more):
    total = sum(line["unitPriceIncludingVat"] * line["quantity"] for line in lines)
    return {
        "id": "i1", "customer": {"id": "c1"}, "status": status, "number": None, "reference": "SalesCloud 5c09e1",
        "description": "Takk", "invoiceDate": "2026-11-20T00:00:00Z", "dueDate": "2026-11-22T00:00:00Z",
        "finalDueDate": "2026-12-10T00:00:00Z", "currencyCode": "ISK", "amountIncludingVat": total,
        "createClaim": True, "lines": list(lines),
    } | more  # fmt: skip


@pytest.fixture
def standin():
    one = Standin().on("POST /auth/token", TOKEN).on("GET /customers/c1", CUSTOMER)
    yield one
    one.close()


@pytest.fixture
def adapter(standin):
    client = PaydayClient(standin.toy.base, ID, SECRET, standin.bench.wire)
    return PaydayAdapter(client, lambda: date(2026, 11, 21))


def adding(draft):
    return DraftChange(lines=(*draft.lines, SHIRT), day=date(2026, 11, 21))


def test_a_new_draft_says_exactly_draft_and_one_price(adapter, standin):
    standin.on("POST /invoices", invoice(OURS))
    made = adapter.make_draft(NEW)
    assert (made.state, made.ref.id) == (DocumentState.DRAFT, "i1")
    (body,) = standin.bodies("POST /invoices")
    assert (body["status"], body["createClaim"], body["sendEmail"]) == ("DRAFT", False, False)
    assert (body["dueDate"], body["finalDueDate"]) == ("2026-11-22", "2026-12-10")
    (line,) = body["lines"]
    assert "unitPriceExcludingVat" not in line
    assert (line["unitPriceIncludingVat"], line["vatPercentage"], line["discountPercentage"]) == (2190, 11, 0)


def test_an_issued_invoice_is_told_as_it_is(adapter, standin):
    standin.on("POST /invoices", invoice(OURS, status="SENT"))
    assert adapter.make_draft(NEW).state is DocumentState.AWAITING_PAYMENT


def test_a_customer_that_is_gone(adapter, standin):
    standin.on("GET /customers/c1", answer(404, b""))
    with pytest.raises(NoSuchTarget) as caught:
        adapter.make_draft(NEW)
    assert (caught.value.code, caught.value.params) == ("payday.customer_gone", {"target": "c1"})
    assert standin.bodies("POST /invoices") == []


def test_a_line_payday_would_misunderstand_is_not_sent(adapter, standin):
    odd = NewDraft(
        contact="c1",
        day=NEW.day,
        reference="x",
        lines=(InvoiceLine(text="x", unit=Decimal(1), rate=Decimal(7)),),
    )
    with pytest.raises(CannotMap):
        adapter.make_draft(odd)
    assert standin.bodies("POST /invoices") == []


def test_a_person_s_lines_and_words_go_back_as_they_were(adapter, standin):
    whole = invoice(OURS, THEIRS, SHIRT_ROW)
    standin.on(ONE, invoice(OURS, THEIRS), whole).on(PUT, whole)
    after = adapter.change_draft("i1", adding, never())
    assert [line.id for line in after.lines] == ["l1", "l2", "l3"]
    (body,) = standin.bodies(PUT)
    assert (body["status"], body["description"], body["createClaim"]) == ("DRAFT", "Takk", True)
    assert (body["invoiceDate"], body["dueDate"], body["finalDueDate"]) == (
        "2026-11-21",
        "2026-11-23",
        "2026-12-11",
    )
    soup, theirs, shirt = body["lines"]
    assert (soup["id"], soup["unitPriceIncludingVat"]) == ("l1", 2190)
    assert (theirs["id"], theirs["unitPriceExcludingVat"], theirs["sku"]) == ("l2", -99, "AFSL")
    assert "unitPriceIncludingVat" not in theirs
    assert "id" not in shirt
    assert standin.queries(ONE) == [{"include": "lines"}] * 2


def test_where_a_put_merges_a_line_is_emptied(adapter, standin):
    emptied = row("l1", "Fellt niður", 0.0, 0.0)
    standin.on(ONE, invoice(OURS, THEIRS), invoice(OURS, THEIRS), invoice(emptied, THEIRS))
    standin.on(PUT, invoice(OURS, THEIRS), invoice(emptied, THEIRS))
    after = adapter.change_draft("i1", lambda draft: DraftChange(lines=draft.lines[1:]), never())
    assert after.total == Decimal("-122.76")
    first, second = standin.bodies(PUT)
    assert [line["id"] for line in first["lines"]] == ["l2"]
    assert {line["id"]: line.get("unitPriceIncludingVat") for line in second["lines"]} == {
        "l1": 0,
        "l2": None,
    }
    standin.on(ONE, invoice(OURS, THEIRS), invoice(emptied, THEIRS)).on(PUT, invoice(emptied, THEIRS))
    adapter.change_draft("i1", lambda draft: DraftChange(lines=draft.lines[1:]), never())
    assert len(standin.bodies(PUT)) == 3


def test_a_put_that_does_neither_stops(adapter, standin):
    doubled = invoice(OURS, {**OURS, "id": "l9"}, SHIRT_ROW)
    standin.on(ONE, invoice(OURS)).on(PUT, doubled)
    with pytest.raises(VendorChanged) as caught:
        adapter.change_draft("i1", adding, never())
    assert caught.value.code == "payday.lines_differ"


def test_another_total_stops(adapter, standin):
    wrong = invoice(OURS, SHIRT_ROW, amountIncludingVat=9999.0)
    standin.on(ONE, invoice(OURS)).on(PUT, wrong)
    with pytest.raises(VendorChanged) as caught:
        adapter.change_draft("i1", adding, never())
    assert caught.value.code == "payday.total_differs"


@pytest.mark.parametrize(
    ("before", "put", "error"),
    [
        (invoice(OURS, status="SENT"), None, Conflict),
        (answer(404, b""), None, NoSuchTarget),
        (invoice(OURS, status="DELETED"), None, NoSuchTarget),
        (invoice(OURS), plain("Invoice with status SENT cannot be updated", 400), Conflict),
        (invoice(OURS), said({"message": "x"}, 500), OutcomeUnknown),
    ],
)
def test_what_left_the_draft_state_takes_nothing(adapter, standin, before, put, error):
    standin.on(ONE, before)
    if put is not None:
        standin.on(PUT, put)
    with pytest.raises(error):
        adapter.change_draft("i1", adding, never())
    assert (standin.bodies(PUT) == []) is (put is None)


def test_an_answer_without_a_body_is_read_again(adapter, standin):
    whole = invoice(OURS, SHIRT_ROW)
    standin.on(ONE, invoice(OURS), whole).on(PUT, answer(200, b""))
    assert adapter.change_draft("i1", adding, never()).total == 2190 + 4960


def test_a_stale_read_afterwards_does_not_count(adapter, standin):
    standin.on(ONE, invoice(OURS)).on(PUT, invoice(OURS, SHIRT_ROW))
    assert len(adapter.change_draft("i1", adding, never()).lines) == 2


def test_filters_that_payday_ignores(adapter, standin):
    others = [
        invoice(OURS, id="i2", customer={"id": "c9"}),
        invoice(OURS, id="i3", status="PAID"),
        invoice(OURS),
    ]
    standin.on("GET /invoices", {"invoices": others, "page": 1, "pages": 1, "total": 3})
    assert [one.ref.id for one in adapter.drafts_of("c1", never())] == ["i1"]
    assert [one.ref.id for one in adapter.invoices_of("c1", never())] == ["i3", "i1"]
    query = standin.queries("GET /invoices")[0]
    assert (query["customerId"], query["include"]) == ("c1", "lines")


def test_customers_by_kennitala_only(adapter, standin):
    standin.on("GET /customers/number/7112992110", CUSTOMER).on("GET /customers/number/5111111110", CUSTOMER)
    assert adapter.contact_numbered("7112992110").id == "c1"
    assert adapter.contact_numbered("5111111110") is None
    assert adapter.contact_numbered("4111111110") is None


def test_a_customer_made_without_an_answer_is_looked_up(adapter, standin):
    standin.on("POST /customers", answer(200, b"")).on("GET /customers/number/7112992110", CUSTOMER)
    wanted = Contact(number="7112992110", name="Example", email="a@example.is, b@example.is")
    assert adapter.add_contact(wanted).id == "c1"
    assert standin.bodies("POST /customers")[0]["email"] == "a@example.is"


def test_only_what_differs_is_brought_up_to_date(adapter, standin):
    standin.on("PUT /customers/c1", CUSTOMER)
    adapter.refresh_contact(Contact(id="c1", name="Example ehf.", email="a@example.is"))
    assert standin.bodies("PUT /customers/c1") == []
    adapter.refresh_contact(Contact(id="c1", name="Nýtt ehf.", email="b@example.is"))
    assert standin.bodies("PUT /customers/c1") == [{"email": "b@example.is", "refetch": True}]


def test_a_closed_year_as_far_as_payday_tells(adapter, standin):
    lines = [{"amount": 1.0, "accountCode": "1100", "closeFiscalYear": True}]
    standin.on("GET /accounting/accountStatement", {"lines": lines, "total": 1, "page": 1, "pages": 1})
    assert adapter.closed_until(date(2025, 3, 1), never()) == date(2025, 12, 31)
    assert adapter.closed_until(date(2026, 3, 1), never()) is None
