"""The package python-quickbooks, which knows nothing of us, reads back what Bridge wrote."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from quickbooks import QuickBooks
from quickbooks.objects import Customer, Invoice, Payment, RefundReceipt, SalesReceipt

from tests.bridges.highlevel_quickbooks.office import NAME, studio
from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt


@pytest.fixture
def at_work(tmp_path):
    with studio(tmp_path / "data") as one:
        one.set_up()
        one.sync()
        (asked,) = one.house.attention(NAME)
        one.house.answer(NAME, asked.id, asked.choices[0])
        one.sync()
        yield one


@pytest.fixture
def client(at_work, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    at = QuickBooksAt.__new__(QuickBooksAt)
    at.sim = at_work.host.simulators["quickbooks"]
    at._client, at.own, at.headers = at.sim.app().test_client(), at.sim.credentials(), {}
    at.sign_in()
    signed = SimpleNamespace(
        access_token=at.tokens["access_token"], refresh_token=at.tokens["refresh_token"],
        client_id=at.own["client_id"], environment="sandbox",
    )  # fmt: skip
    monkeypatch.setattr(QuickBooks, "sandbox_api_url_v3", f"{at_work.host.addresses['quickbooks']}/v3")
    made = QuickBooks(
        auth_client=signed, refresh_token=signed.refresh_token, company_id=at.realm, minorversion=75
    )
    yield made
    made.session.close()


def cents(amount) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def ours(kind, client):
    return [one for one in kind.all(qb=client, max_results=100) if "hl-" in (one.PrivateNote or "")]


def item_of(line) -> str:
    """The package keeps the details of some documents' lines as they came."""
    detail = line.SalesItemLineDetail
    return detail["ItemRef"]["value"] if isinstance(detail, dict) else detail.ItemRef.value


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [(SalesReceipt, "receipt", 5), (RefundReceipt, "refund", 1), (Invoice, "invoice", 3)],
)
def test_every_sale_reads_as_it_was_meant(at_work, client, kind, name, count):
    read = {one.Id: one for one in ours(kind, client)}
    rows = {row.target_id: row for row in at_work.documents(name)}
    assert len(read) == count
    assert read.keys() == rows.keys()
    for key, row in rows.items():
        sale = read[key]
        assert (cents(sale.TotalAmt), sale.DocNumber) == (abs(row.total), row.number)
        customer = Customer.get(sale.CustomerRef.value, qb=client)
        assert customer.Active
        sold = [line for line in sale.Line if line.DetailType == "SalesItemLineDetail"]
        off = sum(cents(line.Amount) for line in sale.Line if line.DetailType == "DiscountLineDetail")
        net = sum(cents(line.Amount) for line in sold) - off
        assert net + cents(sale.TxnTaxDetail.TotalTax) == cents(sale.TotalAmt)
        assert all(item_of(line) for line in sold)


def test_payments_pay_just_the_invoices_they_were_made_for(at_work, client):
    invoices = {one.Id: one for one in ours(Invoice, client)}
    payments = ours(Payment, client)
    assert len(payments) == len(at_work.documents("payment")) == 2
    paid: dict[str, Decimal] = {}
    for one in payments:
        (line,) = one.Line
        (tie,) = line.LinkedTxn
        assert (tie.TxnType, cents(one.UnappliedAmt)) == ("Invoice", 0)
        paid[tie.TxnId] = paid.get(tie.TxnId, Decimal(0)) + cents(line.Amount)
    for key, invoice in invoices.items():
        assert cents(invoice.TotalAmt) - cents(invoice.Balance) == paid.get(key, 0)
