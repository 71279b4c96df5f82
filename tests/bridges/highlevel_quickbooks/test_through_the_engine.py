"""From payments, invoices and customers to QuickBooks and back, through the engine, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmDiscount, CrmInvoiceState, Person, SourceKind
from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Query
from bridge_gui.web.waiting import never
from tests.bridges.highlevel_quickbooks.at_hand import ANNA, invoice, line, order, payment
from tests.bridges.highlevel_quickbooks.office import NAME, office
from tests.office_hours import CLOCK

NOW = CLOCK.now() - timedelta(hours=3)
TIMES = {"at": NOW, "made": NOW, "changed": NOW}
HOURS = line("100", "3", "20", text="Design hour")


def billed(number: str = "INV-2001", **more):
    values = {
        "id": f"inv{number[-4:]}", "number": number, "day": NOW.date(),
        "due": NOW.date() + timedelta(days=14), "made": NOW, "changed": NOW,
    }  # fmt: skip
    told = {"total": "324", "tax": "54", "discount": CrmDiscount(percent=Decimal(10)), **more}
    return invoice(HOURS, **{**values, **told})


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def test_payments_become_receipts_once_and_refunds_follow(at_work):
    bought = order(line("100", rate="20"), total="108", tax="18", discount=Decimal(10))
    at_work.crm.put(
        bought,
        payment("108", **TIMES),
        payment("50", id="sub1", order="", **TIMES, source=SourceKind.SUBSCRIPTION),
    )
    at_work.crm.put(payment("9", id="test1", live=False, **TIMES))
    at_work.set_up()
    at_work.sync()
    rows = {row.total: row for row in at_work.documents("receipt")}
    assert set(rows) == {Decimal(108), Decimal(50)}, at_work.house.attention(NAME)
    assert {row.state for row in rows.values()} == {"posted"}
    assert at_work.sync().written == 0
    later = payment("108", **{**TIMES, "changed": CLOCK.now()}, refunded=Decimal(30))
    at_work.crm.put(later)
    at_work.sync()
    (back,) = at_work.documents("refund")
    assert back.total == Decimal(-30)
    held = {one["total"] for one in at_work.at_books("refund_receipt")}
    assert {Decimal(str(one)) for one in held} == {Decimal(30)}
    assert at_work.sync().written == 0


def test_an_invoice_lives_at_quickbooks_as_it_does_at_the_crm(at_work):
    at_work.crm.put(billed())
    at_work.set_up()
    at_work.sync()
    (row,) = at_work.documents("invoice")
    assert (row.total, row.state, row.number) == (Decimal(324), "awaiting_payment", "INV-2001")
    cheaper = billed(discount=CrmDiscount(percent=Decimal(20)), total="288", tax="48", changed=CLOCK.now())
    at_work.crm.put(cheaper)
    at_work.sync()
    assert at_work.documents("invoice")[0].total == Decimal(288)
    part = replace(cheaper, paid=Decimal(100), state=CrmInvoiceState.PARTLY_PAID)
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": part.id, **TIMES}
    at_work.crm.put(part, payment("100", id="pay1", **pay))
    at_work.sync()
    at_work.crm.put(
        replace(part, paid=Decimal(288), state=CrmInvoiceState.PAID), payment("188", id="pay2", **pay)
    )
    at_work.sync()
    assert sorted(row.total for row in at_work.documents("payment")) == [Decimal(100), Decimal(188)]
    at_work.pass_time(minutes=10)
    at_work.sync()
    assert at_work.documents("invoice")[0].state == "paid"
    assert at_work.sync().written == 0


def test_what_is_paid_while_the_lists_are_read_is_booked_as_the_provider_tells_it(at_work):
    at_work.crm.put(billed())
    at_work.set_up(deposit_account="2")
    at_work.sync()
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": "inv2001", **TIMES}
    listed = at_work.crm.invoices_made

    def paid_meanwhile(since, cancel):
        at_work.crm.put(billed(paid="324", state=CrmInvoiceState.PAID), payment("324", id="pay1", **pay))
        return listed(since, cancel)

    at_work.crm.invoices_made = paid_meanwhile
    at_work.sync()
    (made,) = at_work.whole("Payment")
    assert (made["TotalAmt"], made["DepositToAccountRef"]["value"], made["TxnDate"]) == (
        324, "8", str(NOW.date()),
    )  # fmt: skip
    assert at_work.sync().written == 0


def test_another_number_at_the_crm_follows(at_work):
    at_work.crm.put(billed())
    at_work.set_up()
    at_work.sync()
    at_work.crm.put(replace(billed(changed=CLOCK.now()), number="INV-2001-B"))
    at_work.sync()
    assert [one["DocNumber"] for one in at_work.whole("Invoice")] == ["INV-2001-B"]
    assert at_work.sync().written == 0


def test_what_is_older_than_the_window_is_read_once_and_a_draft_of_then_is_followed(at_work):
    old = NOW - timedelta(days=250)
    then = {"made": old, "changed": old, "day": old.date()}
    at_work.crm.put(billed(**then), billed("INV-2002", **then, state=CrmInvoiceState.DRAFT))
    at_work.crm.put(payment("50", id="sub1", order="", source=SourceKind.SUBSCRIPTION, at=old, made=old))
    at_work.set_up(start_date=str((NOW - timedelta(days=300)).date()))
    at_work.sync()
    assert [row.number for row in at_work.documents("invoice")] == ["INV-2001"]
    assert [row.total for row in at_work.documents("receipt")] == [Decimal(50)]
    at_work.crm.put(billed("INV-2002", **then | {"changed": CLOCK.now()}))
    at_work.sync()
    assert {row.number for row in at_work.documents("invoice")} == {"INV-2001", "INV-2002"}


def test_another_customer_at_the_crm_follows_until_it_is_paid(at_work):
    berta = Person(id="b2Example", name="Berta Example", email="berta@studio.example")
    at_work.crm.put(billed(), billed("INV-2002"))
    at_work.set_up()
    at_work.sync()
    paid = next(row for row in at_work.documents("invoice") if row.number == "INV-2002")
    at_work.person("pay_invoice", id=paid.target_id)
    at_work.pass_time(minutes=10)
    at_work.sync()
    for number in ("INV-2001", "INV-2002"):
        at_work.crm.put(billed(number, person=berta, changed=CLOCK.now()))
    at_work.sync()
    names = {one["DocNumber"]: one["CustomerRef"]["name"] for one in at_work.whole("Invoice")}
    assert names == {"INV-2001": "Berta Example", "INV-2002": ANNA.name}
    (asked,) = at_work.house.attention(NAME)
    assert (asked.code, asked.choices[0]) == ("invoice.customer_changed", "leave")
    assert {row.party for row in at_work.documents("invoice")} == {"Berta Example", ANNA.name}
    at_work.house.answer(NAME, asked.id, "leave")
    assert (at_work.sync().written, at_work.house.attention(NAME)) == (0, [])


def test_a_payment_that_the_bookkeeper_booked_is_not_doubled(at_work):
    at_work.crm.put(billed())
    at_work.set_up()
    at_work.sync()
    (row,) = at_work.documents("invoice")
    at_work.person("pay_invoice", id=row.target_id)
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": "inv2001", **TIMES}
    at_work.crm.put(billed(paid="324", state=CrmInvoiceState.PAID), payment("324", id="pay1", **pay))
    at_work.sync()
    (paid,) = at_work.documents("payment")
    assert paid.total == Decimal(324)
    assert len([one for one in at_work.at_books("payment") if one["living"]]) == 1


def test_voided_and_deleted_invoices(at_work):
    at_work.crm.put(billed(), billed("INV-2002"))
    at_work.set_up()
    at_work.sync()
    at_work.crm.put(billed(state=CrmInvoiceState.VOIDED, changed=CLOCK.now()))
    del at_work.crm.invoices["inv2002"]
    at_work.pass_time(minutes=10)
    at_work.sync()
    states = {row.number: row.state for row in at_work.documents("invoice")}
    assert states == {"INV-2001": "voided", "INV-2002": "awaiting_payment"}
    (asked,) = at_work.house.attention(NAME)
    assert (asked.code, asked.choices[:2]) == ("invoice.deleted", ("void", "leave"))
    at_work.house.answer(NAME, asked.id, "void")
    at_work.sync()
    assert {row.state for row in at_work.documents("invoice")} == {"voided"}


def test_a_paid_invoice_that_is_deleted_is_asked_about_and_a_draft_is_not(at_work):
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": "inv2001", **TIMES}
    at_work.crm.put(billed(paid="324", state=CrmInvoiceState.PAID), payment("324", id="pay1", **pay))
    at_work.crm.put(billed("INV-2002", state=CrmInvoiceState.DRAFT))
    at_work.set_up()
    at_work.sync()
    at_work.crm.invoices.clear()
    for _ in range(3):
        at_work.sync()
    (asked,) = at_work.house.attention(NAME)
    assert (asked.code, asked.params["number"]) == ("invoice.deleted", "INV-2001")
    skipped = at_work.house.documents(DocumentFilter(bridge=NAME, states=("skipped",)), 0, 50)
    assert [row.code for row in skipped if row.source_number == "INV-2002"] == ["invoice.deleted_before"]
    at_work.house.answer(NAME, asked.id, "leave")
    at_work.sync()
    assert at_work.house.attention(NAME) == []


def test_new_customers_become_contacts_and_nothing_of_theirs_is_overwritten(at_work):
    at_work.crm.put(Person(id="p9", name="Bea", email="bea@new.example", tags=("vip",)))
    at_work.set_up()
    at_work.sync()
    for name, email in (("Bea New", "bea@new.example"), ("Carl New", "carl@new.example")):
        customer = {"DisplayName": name, "PrimaryEmailAddr": {"Address": email}, "CompanyName": f"{name} Ltd"}
        at_work.person("add_customer", customer=customer)
    at_work.sync()
    by_email = {one.email: one for one in at_work.crm.persons.values()}
    assert by_email["bea@new.example"].tags == ("vip",)
    assert by_email["bea@new.example"].name == "Bea"
    assert by_email["bea@new.example"].company == "Bea New Ltd"
    assert by_email["carl@new.example"].name == "Carl New"
    assert {row.state for row in at_work.documents("contact")} == {"posted"}
    assert at_work.sync().written == 0


def test_a_review_is_asked_for_once_and_an_unknown_outcome_is_a_question(at_work):
    at_work.set_up(reviews="email", review_link="https://g.page/r/example/review")
    at_work.sync()
    customer = {"DisplayName": "Dan New", "PrimaryEmailAddr": {"Address": "dan@new.example"}}
    who = at_work.person("add_customer", customer=customer)["Id"]
    bill = {
        "CustomerRef": {"value": who},
        "Line": [{
            "Amount": 10, "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": {"ItemRef": {"value": "1"}, "TaxCodeRef": {"value": "4"}},
        }],
    }  # fmt: skip
    first, second = (at_work.person("add", kind="Invoice", doc=bill)["Id"] for _ in range(2))
    at_work.sync()
    assert at_work.crm.said == []
    at_work.person("pay_invoice", id=first)
    at_work.sync()
    assert len(at_work.crm.said) == 1
    assert "Dan New" in at_work.crm.said[0][1]
    at_work.person("pay_invoice", id=second)
    at_work.sync()
    at_work.sync()
    assert len(at_work.crm.said) == 1


def test_who_is_a_customer_twice_is_asked_once(at_work):
    at_work.set_up(reviews="email", review_link="https://g.page/r/example/review")
    at_work.sync()
    detail = {"ItemRef": {"value": "1"}, "TaxCodeRef": {"value": "4"}}
    line_of = {"Amount": 10, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    for name in ("Fay New", "Fay New (shop)"):
        customer = {"DisplayName": name, "PrimaryEmailAddr": {"Address": "fay@new.example"}}
        who = at_work.person("add_customer", customer=customer)["Id"]
        bill = at_work.person("add", kind="Invoice", doc={"CustomerRef": {"value": who}, "Line": [line_of]})
        at_work.person("pay_invoice", id=bill["Id"])
    at_work.sync()
    assert len(at_work.crm.said) == 1
    rows = at_work.house.panel_rows(NAME, "reviews", Query(), never()).rows
    assert "The same contact was asked before" in {row.values["why"] for row in rows}


def test_a_request_whose_answer_is_lost_is_asked_about_and_never_sent_again_by_itself(at_work):
    at_work.set_up(reviews="email", review_link="https://g.page/r/example/review")
    at_work.sync()
    customer = {"DisplayName": "Eve New", "PrimaryEmailAddr": {"Address": "eve@new.example"}}
    who = at_work.person("add_customer", customer=customer)["Id"]
    line_of = {
        "Amount": 10, "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": "1"}, "TaxCodeRef": {"value": "4"}},
    }  # fmt: skip
    bill = at_work.person("add", kind="Invoice", doc={"CustomerRef": {"value": who}, "Line": [line_of]})
    at_work.person("pay_invoice", id=bill["Id"])
    at_work.crm.lost = True
    for _ in range(4):
        at_work.house.sync(NAME, never(), nobody)
        at_work.pass_time(minutes=10)
    assert len(at_work.crm.said) == 1
    (asked,) = at_work.house.attention(NAME)
    assert "arrived" in asked.choices
    at_work.house.answer(NAME, asked.id, "arrived")
    at_work.sync()
    assert len(at_work.crm.said) == 1
    assert at_work.house.attention(NAME) == []


def test_the_same_customer_by_address_gets_the_receipt(at_work):
    customer = {"DisplayName": "Anna at QuickBooks", "PrimaryEmailAddr": {"Address": "Anna@Studio.example"}}
    at_work.person("add_customer", customer=customer)
    at_work.crm.put(order(line("100", rate="20"), total="120", tax="20"), payment("120", **TIMES))
    at_work.set_up()
    at_work.sync()
    assert [row.party for row in at_work.documents("receipt")] == [ANNA.name]
    names = [one["texts"] for one in at_work.at_books("contact")]
    assert not any("Anna Example" in str(texts) for texts in names)


def test_both_sides_tie_out(at_work):
    at_work.crm.put(order(line("100", rate="20"), total="120", tax="20"), payment("120", **TIMES), billed())
    at_work.set_up()
    at_work.sync()
    tied = at_work.house.tie_out(NAME, None, None, never())
    assert {row.key for row in tied.rows} >= {"Receipts GBP", "Receipts, tax GBP", "Invoices GBP"}
    assert [row for row in tied.rows if not row.explained] == []


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
@pytest.mark.parametrize("path", ["salesreceipt", "invoice", "payment", "customer", "refundreceipt"])
def test_any_write_lost_before_or_after_it_was_done_is_there_once_in_the_end(at_work, kind, path):
    bought = order(line("100", rate="20"), total="120", tax="20")
    at_work.crm.put(bought, payment("120", refunded=Decimal(20), **TIMES))
    pay = {"source": SourceKind.INVOICE, "order": "", "invoice": "inv2001", **TIMES}
    at_work.crm.put(billed(paid="324", state=CrmInvoiceState.PAID), payment("324", id="pay1", **pay))
    at_work.set_up()
    where = {"method": "POST", "path_prefix": f"/v3/company/9130350000000001/{path}"}
    at_work.control("quickbooks", "faults", [{"kind": kind, "match": where, "times": 4}])
    struck = 0
    for _ in range(8):
        at_work.house.sync(NAME, never(), nobody)
        at_work.pass_time(minutes=10)
        struck += sum(one["struck"] for one in at_work.control("quickbooks", "faults"))
    assert struck
    assert at_work.house.attention(NAME) == []
    ours = {"sales_receipt": 1, "refund_receipt": 1, "invoice": 1, "payment": 1}
    for held, count in ours.items():
        mine = [one for one in at_work.at_books(held) if "hl-7f3a91/" in str(one["texts"])]
        assert len(mine) == count, (held, mine)
    named = [one for one in at_work.at_books("contact") if "Anna Example" in str(one["texts"])]
    assert len(named) == 1


def test_many_receipts_cost_few_calls(at_work):
    for number in range(100):
        bought = order(line("10", rate="20"), total="12", tax="2")
        at_work.crm.put(
            replace(bought, id=f"o{number}"),
            payment("12", **{**TIMES, "id": f"t{number}", "order": f"o{number}"}),
        )
    at_work.set_up()
    run = at_work.sync()
    assert len(at_work.documents("receipt")) == 100
    # A batch takes thirty; besides them the lists, one customer, and a look for what became of everything.
    assert run.calls["quickbooks"] <= 4 + 22, run.calls
    quiet = at_work.sync()
    assert quiet.written == 0
    assert quiet.calls["quickbooks"] <= 16, quiet.calls
