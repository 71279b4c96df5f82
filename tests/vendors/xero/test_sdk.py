"""Xero's own Python SDK pointed at the simulator: it reads and writes as at the real service."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from xero_python.accounting import (
    AccountingApi,
    Contact,
    HistoryRecord,
    HistoryRecords,
    Invoice,
    Invoices,
    LineAmountTypes,
    LineItem,
)
from xero_python.api_client import ApiClient, Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.exceptions import AccountingBadRequestException

from bridge_gui.sandbox.host import Host
from bridge_gui.vendors.xero.simulator import XeroSimulator
from tests.vendors.xero.xero_at import SCOPES, XeroAt


class Sdk:
    """The SDK's accounting interface, signed in at a served simulator."""

    def __init__(self, host: Host) -> None:
        simulator = host.simulators["xero"]
        at = XeroAt.__new__(XeroAt)
        at.sim, at._client = simulator, simulator.app().test_client()
        at.client_id, at.headers = simulator.credentials()["client_id"], {}
        at.sign_in()
        self.tenant = at.headers["xero-tenant-id"]
        self.person = at.person
        token = {**at.tokens, "expires_at": datetime.now(UTC).timestamp() + 1800, "scope": SCOPES.split()}
        self._token = token
        oauth = OAuth2Token(client_id=at.client_id, client_secret="")
        self.client = ApiClient(
            Configuration(oauth2_token=oauth),
            oauth2_token_saver=lambda _: None,
            oauth2_token_getter=lambda: token,
        )
        self.books = AccountingApi(self.client, base_url=f"{host.addresses['xero']}/api.xro/2.0")

    def close(self) -> None:
        self.client.rest_client.pool_manager.clear()


@pytest.fixture(scope="module")
def sdk():
    with Host({"xero": XeroSimulator}, settings={"xero": {"minute_limit": 10_000}}) as host:
        made = Sdk(host)
        yield made
        made.close()


def an_invoice(contact: str, **more: object) -> Invoice:
    line = LineItem(
        description="Neuvonta", quantity=2, unit_amount=10.5, account_code="200", discount_rate=10
    )
    usual = {
        "type": "ACCREC", "contact": Contact(contact_id=contact), "line_items": [line],
        "date": date(2026, 11, 20), "due_date": date(2030, 1, 1), "reference": "SDK 1",
        "line_amount_types": LineAmountTypes.EXCLUSIVE, "status": "DRAFT",
    }  # fmt: skip
    return Invoice(**{**usual, **more})


def the_contact(sdk) -> str:
    found = sdk.books.get_contacts(sdk.tenant, where='Name=="Malli Metalli Oy"', page=1)
    assert [one.name for one in found.contacts] == ["Malli Metalli Oy"]
    return found.contacts[0].contact_id


def test_the_settings(sdk):
    told = sdk.books.get_organisations(sdk.tenant).organisations[0]
    assert (told.base_currency.value, told.country_code.value) == ("EUR", "FI")
    assert told.end_of_year_lock_date.isoformat()[:10] == "2025-12-31"
    actions = {one.name: one.status for one in sdk.books.get_organisation_actions(sdk.tenant).actions}
    assert actions["CreateApprovedInvoice"] == "ALLOWED"
    accounts = sdk.books.get_accounts(sdk.tenant, where='Class=="REVENUE"').accounts
    assert [one.code for one in accounts] == ["200", "205", "210", "260"]
    rates = sdk.books.get_tax_rates(sdk.tenant).tax_rates
    assert {one.tax_type: one.effective_rate for one in rates}["OUTPUT"] == 25.5
    assert len(sdk.books.get_currencies(sdk.tenant).currencies) == 3
    assert len(sdk.books.get_branding_themes(sdk.tenant).branding_themes) == 2
    assert {one.code for one in sdk.books.get_items(sdk.tenant).items} == {"PD-1001", "PD-1002", "PD-1003"}


def test_an_invoice_from_draft_to_paid(sdk):
    contact = the_contact(sdk)
    made = sdk.books.create_invoices(sdk.tenant, Invoices(invoices=[an_invoice(contact)]), unitdp=4).invoices[
        0
    ]
    assert (made.status, Decimal(str(made.total)), made.currency_code.value) == (
        "DRAFT",
        Decimal("23.72"),
        "EUR",
    )
    assert made.date == date(2026, 11, 20)
    key = made.invoice_id
    approved = sdk.books.update_invoice(
        sdk.tenant, key, Invoices(invoices=[Invoice(invoice_id=key, status="AUTHORISED")])
    )
    assert approved.invoices[0].status == "AUTHORISED"
    sdk.person("pay_invoice", id=key)
    read = sdk.books.get_invoice(sdk.tenant, key, unitdp=4).invoices[0]
    assert (read.status, read.amount_due, float(read.payments[0].amount)) == ("PAID", 0, 23.72)
    listed = sdk.books.get_invoices(sdk.tenant, where='Reference=="SDK 1"', statuses=["PAID"], page=1)
    assert [one.invoice_id for one in listed.invoices] == [key]
    assert listed.pagination.item_count == 1
    payments = sdk.books.get_payments(sdk.tenant, where=f'Invoice.InvoiceID==guid("{key}")').payments
    assert [float(one.amount) for one in payments] == [23.72]


def test_several_invoices_each_for_itself(sdk):
    contact = the_contact(sdk)
    bodies = [an_invoice(contact, reference="SDK 2"), an_invoice(contact, line_items=[], reference="SDK 3")]
    made = sdk.books.create_invoices(sdk.tenant, Invoices(invoices=bodies), summarize_errors=False).invoices
    assert [one.status_attribute_string for one in made] == ["OK", "ERROR"]
    assert made[1].validation_errors[0].message == "One or more line items must be specified"
    with pytest.raises(AccountingBadRequestException) as refused:
        sdk.books.create_invoices(sdk.tenant, Invoices(invoices=bodies))
    errors = refused.value.error_data["Elements"][0]["ValidationErrors"]
    assert errors == [{"Message": "One or more line items must be specified"}]


def test_a_key_sent_by_the_sdk_creates_once(sdk):
    bodies = Invoices(invoices=[an_invoice(the_contact(sdk), reference="SDK 4")])
    twice = [
        sdk.books.create_invoices(sdk.tenant, bodies, idempotency_key="sdk-4").invoices[0] for _ in range(2)
    ]
    assert twice[0].invoice_id == twice[1].invoice_id


def test_the_pdf_the_email_and_history(sdk, tmp_path):
    made = sdk.books.create_invoices(
        sdk.tenant, Invoices(invoices=[an_invoice(the_contact(sdk), status="AUTHORISED")])
    ).invoices[0]
    sdk.books.email_invoice(sdk.tenant, made.invoice_id, request_empty={})
    record = HistoryRecords(history_records=[HistoryRecord(details="Bridge: deal 1")])
    sdk.books.create_invoice_history(sdk.tenant, made.invoice_id, record)
    told = sdk.books.get_invoice_history(sdk.tenant, made.invoice_id).history_records
    assert [one.changes for one in told] == ["Note", "Invoice sent", "Approved"]
    sdk.client.configuration.temp_folder_path = str(tmp_path)
    path = sdk.books.get_invoice_as_pdf(sdk.tenant, made.invoice_id)
    assert Path(path).read_bytes()[:5] == b"%PDF-"
