"""The package python-quickbooks pointed at the simulator: it reads and writes as at the real service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from quickbooks import QuickBooks
from quickbooks.batch import batch_create
from quickbooks.cdc import change_data_capture
from quickbooks.exceptions import ObjectNotFoundException, QuickbooksException, ValidationException
from quickbooks.objects import Customer, Invoice, Payment, RefundReceipt, SalesReceipt
from quickbooks.objects.base import Ref
from quickbooks.objects.detailline import DiscountLine, DiscountLineDetail, SalesItemLine, SalesItemLineDetail
from quickbooks.objects.payment import PaymentLine

from bridge_gui.sandbox.host import Host
from bridge_gui.vendors.quickbooks.simulator import QuickBooksSimulator
from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    with Host({"quickbooks": QuickBooksSimulator}, settings={"quickbooks": {"second_limit": 1000}}) as host:
        at = QuickBooksAt.__new__(QuickBooksAt)
        at.sim = host.simulators["quickbooks"]
        at._client, at.own, at.headers = at.sim.app().test_client(), at.sim.credentials(), {}
        at.sign_in()
        signed = SimpleNamespace(
            access_token=at.tokens["access_token"], refresh_token=at.tokens["refresh_token"],
            client_id=at.own["client_id"], environment="sandbox",
        )  # fmt: skip
        monkeypatch.setattr(QuickBooks, "sandbox_api_url_v3", f"{host.addresses['quickbooks']}/v3")
        made = QuickBooks(
            auth_client=signed, refresh_token=signed.refresh_token, company_id=at.realm, minorversion=75
        )
        yield made
        made.session.close()


def to(kind, key):
    made = Ref()
    made.value, made.type = key, kind
    return made


def row(amount=100.0, text="Design"):
    made = SalesItemLine()
    made.Amount, made.Description = amount, text
    made.SalesItemLineDetail = SalesItemLineDetail()
    made.SalesItemLineDetail.ItemRef = to("Item", "2")
    made.SalesItemLineDetail.TaxCodeRef = to("TaxCode", "1")
    made.SalesItemLineDetail.Qty, made.SalesItemLineDetail.UnitPrice = 1, amount
    return made


def sale(kind, *rows, number=None):
    made = kind()
    made.CustomerRef = to("Customer", "1")
    made.Line, made.DocNumber = list(rows) or [row()], number
    return made


def test_an_invoice_is_made_changed_paid_and_read(client):
    made = sale(Invoice, row(300.0), number="SDK-1")
    stale_one = made.save(qb=client)
    made = Invoice.get(made.Id, qb=client)
    assert (made.TotalAmt, made.Balance, made.TxnTaxDetail.TotalTax) == (360, 360, 60)
    payment = Payment()
    payment.CustomerRef, payment.TotalAmt = to("Customer", "1"), 60
    line = PaymentLine()
    line.Amount, line.LinkedTxn = 60, [made.to_linked_txn()]
    payment.Line = [line]
    payment = payment.save(qb=client)
    read = Invoice.get(made.Id, qb=client)
    assert (read.Balance, read.LinkedTxn[0].TxnId, read.Line[0].Description) == (300, payment.Id, "Design")
    with pytest.raises(QuickbooksException) as stale:
        stale_one.save(qb=client)
    assert stale.value.error_code == 5010
    assert Invoice.filter(DocNumber="SDK-1", qb=client)[0].Id == made.Id
    payment.void(qb=client)
    read = Invoice.get(made.Id, qb=client)
    assert read.Balance == 360
    read.void(qb=client)
    assert Invoice.get(made.Id, qb=client).PrivateNote.startswith("Voided")


def test_receipts_with_a_discount_and_their_refund(client):
    less = DiscountLine()
    less.Amount, less.DiscountLineDetail = 10, DiscountLineDetail()
    less.DiscountLineDetail.PercentBased = False
    less.DiscountLineDetail.TaxCodeRef = to("TaxCode", "1")
    made = sale(SalesReceipt, row(), less)
    made.ApplyTaxAfterDiscount = True
    made = made.save(qb=client)
    assert made.TotalAmt == 108
    back = sale(RefundReceipt)
    back.DepositToAccountRef = to("Account", "1")
    assert back.save(qb=client).TotalAmt == 120
    made.void(qb=client)
    assert SalesReceipt.get(made.Id, qb=client).TotalAmt == 0


def test_many_at_once_and_what_changed(client):
    rows = [sale(Invoice, number=f"B-{at % 34}") for at in range(35)]
    told = batch_create(rows, qb=client)  # in batches of 30
    assert (len(told.successes), len(told.faults)) == (34, 1)
    assert told.faults[0].Error[0].code == "6140"
    told.successes[0].delete(qb=client)
    since = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    changed = change_data_capture([Invoice, Customer], since, qb=client)
    gone = [one.Id for one in changed.Invoice if getattr(one, "status", "") == "Deleted"]
    assert gone == [told.successes[0].Id]
    with pytest.raises(ObjectNotFoundException):
        Invoice.get(told.successes[0].Id, qb=client)


def test_customers(client):
    found = Customer.where("PrimaryEmailAddr = 'mara@sample.example'", qb=client)
    assert [one.DisplayName for one in found] == ["Mara Sample"]
    assert Customer.count(qb=client) == 4
    taken = Customer()
    taken.DisplayName = "Placeholder Print Ltd"
    with pytest.raises(QuickbooksException) as refused:
        taken.save(qb=client)
    assert refused.value.error_code == 6240
    with pytest.raises(ValidationException):
        Invoice.where("PrivateNote = 'x'", qb=client)
