"""The SOAP services called by zeep from the vendor's own WSDLs: a stranger that reads answers strictly."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from decimal import Decimal

import pytest
import requests
from lxml import etree
from zeep import Client, Settings
from zeep.exceptions import Fault
from zeep.transports import Transport

from bridge_gui.sandbox.host import Host
from bridge_gui.vendors.twentyfoursevenoffice.simulator import TwentyFourSevenOfficeSimulator
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap_sessions import (
    APPLICATION,
    PASSWORD,
    SHOP_IDENTITY,
    USERNAME,
)

PLACES = {
    "authService": "/authenticate/v001/authenticate.asmx",
    "invoiceService": "/Economy/InvoiceOrder/V001/InvoiceService.asmx",
    "transactionService": "/Economy/Accounting/V001/TransactionService.asmx",
}
WANTED = [
    "OrderId",
    "InvoiceId",
    "OrderStatus",
    "Paid",
    "PaymentAmount",
    "OrderTotalIncVat",
    "ReferenceNumber",
    "InvoiceRows",
]
NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - as SOAP has it


class Classic:
    """zeep on the served simulator; every answer's body is also held against the WSDL's schema."""

    def __init__(self, host, folder):
        self.sim = host.simulators["twentyfoursevenoffice"]
        self.address = host.addresses["twentyfoursevenoffice"]
        self.session = requests.Session()
        transport = Transport(session=self.session)
        self.clients = {}
        for name, place in PLACES.items():
            client = Client(str(folder / f"{name}.wsdl"), transport=transport, settings=Settings(strict=True))
            binding = next(str(key) for key in client.wsdl.bindings if str(key).endswith("Soap"))
            self.clients[name] = client.create_service(binding, self.address + place), client

    def __getattr__(self, name):
        return self.clients[name][0]

    def credential(self, **changes):
        told = {
            "ApplicationId": APPLICATION,
            "Username": USERNAME,
            "Password": PASSWORD,
            "IdentityId": SHOP_IDENTITY,
        }
        return {**told, **changes}

    def sign_in(self, **changes):
        key = self.authService.Login(self.credential(**changes))
        self.session.cookies.set("ASP.NET_SessionId", key or "")
        return key

    def person(self, action, **details):
        answer = requests.post(
            f"{self.address}/_sandbox/person", json={"action": action, **details}, timeout=10
        )
        assert answer.status_code == 200, answer.text

    def invoices(self, **search):
        return (
            self.invoiceService.GetInvoices(
                search, {"string": WANTED}, {"string": ["Name", "Price", "TaxSettings"]}
            )
            or []
        )

    def entries(self, **search):
        empty = {"SystemType": None, "HasInvoiceId": False}
        return (
            self.transactionService.GetTransactions({**empty, "DateStart": "2026-01-01T00:00:00", **search})
            or []
        )


@pytest.fixture
def classic(specs):
    logging.getLogger("zeep").setLevel(logging.CRITICAL)
    with Host({"twentyfoursevenoffice": TwentyFourSevenOfficeSimulator}) as host:
        one = Classic(host, specs / "twentyfoursevenoffice" / "wsdl")
        yield one
        one.session.close()


def test_a_wrong_password_is_an_empty_answer(classic):
    assert not classic.sign_in(Password="wrong")
    assert classic.authService.HasSession() is False
    with pytest.raises(Fault, match="not authenticated on this identity"):
        classic.invoices()


def test_the_usual_company_is_not_the_shop(classic):
    assert classic.sign_in(IdentityId=None)
    told = classic.authService.GetIdentities()
    assert [(one.Client.Name, one.IsDefault, one.IsCurrent) for one in told] == [
        ("Annet Eksempel AS", True, True), ("Eksempel Utleie AS", False, False),
    ]  # fmt: skip
    assert classic.invoices() == []
    assert classic.authService.SetIdentityById(told[1].Id) is True
    assert classic.authService.GetIdentity().Client.Id == 100200300
    assert len(classic.invoices()) == 2


def test_a_blocked_company_and_the_way_round(classic):
    classic.sim.settings.change({"blocked_identity": True})
    with pytest.raises(Fault, match="Provided IdentityId is blocked"):
        classic.sign_in(IdentityId=None)
    told = classic.authService.GetIdentitiesWithCredential(classic.credential(IdentityId=None))
    shop = next(one for one in told if not one.IsDisabled)
    assert classic.sign_in(IdentityId=shop.Id)
    assert len(classic.invoices()) == 2


def test_a_session_ends_and_logins_are_throttled(classic):
    classic.sign_in()
    classic.sim.sessions.expire()
    with pytest.raises(Fault, match="not authenticated"):
        classic.entries()
    classic.sim.settings.change({"soap_logins": 2})
    classic.sign_in()
    with pytest.raises(Fault, match="Too many login"):
        classic.sign_in()


def test_paid_or_not(classic):
    classic.sign_in()
    draft, invoice = classic.invoices()
    assert (draft.OrderStatus, draft.InvoiceId, draft.Paid) == ("Draft", None, None)
    assert (invoice.OrderStatus, invoice.InvoiceId, invoice.Paid) == ("Invoiced", 9001, None)
    assert invoice.OrderTotalIncVat == Decimal("2437.50")
    row = invoice.InvoiceRows.InvoiceRow[0]
    assert (row.Name, row.Price, row.TaxSettings.TaxCode) == ("Reparasjon", Decimal(650), 3)
    classic.person("pay_invoice", id=9001, amount=437.5)
    part = classic.invoices(InvoiceIds={"int": [9001]})[0]
    assert (part.Paid, part.PaymentAmount) == (None, Decimal("437.50"))
    classic.person("pay_invoice", id=9001)
    done = classic.invoices(InvoiceIds={"int": [9001]})[0]
    assert (done.Paid.date(), done.PaymentAmount) == (classic.sim.clock.now().date(), Decimal("2437.50"))
    classic.sim.settings.change({"soap_writes_defaults": True})
    assert classic.invoices(OrderIds={"int": [draft.OrderId]})[0].Paid == NEVER


def test_what_is_not_asked_for_by_name_is_not_told(classic):
    classic.sign_in()
    bare = classic.invoiceService.GetInvoices({}, None, None)
    assert [(one.OrderId, one.CustomerName, one.InvoiceRows) for one in bare] == [(None, None, None)] * 2
    some = classic.invoices()[0]
    assert (some.OrderId, some.CustomerName, some.OCR) == (1234, None, None)
    assert some.InvoiceRows.InvoiceRow[0].Quantity is None


def test_open_entries_and_reminders(classic):
    classic.sign_in()
    range_ = {"AccountNoStart": 1500, "AccountNoEnd": 1529}
    first = classic.entries(**range_, InvoiceNo="9001")
    assert [(one.SystemType, one.Open, one.Amount) for one in first] == [
        ("InvoiceCustomer", True, Decimal("2437.50"))
    ]
    classic.person("pay_invoice", id=9001, amount=1000)
    classic.person("remind_invoice", id=9001)
    both = classic.entries(**range_, LinkId=9001)
    assert [(one.SystemType, one.Open) for one in both] == [("InvoiceCustomer", True), ("Payment", True)]
    kinds = {one.SystemType for one in classic.entries(**range_, CustomerId=12345)}
    assert kinds == {"InvoiceCustomer", "Payment", "ReminderFee"}
    classic.person("pay_invoice", id=9001)
    assert classic.entries(**range_, LinkId=9001, ShowOpenEntries=True) == []
    assert len(classic.entries(**range_, LinkId=9001)) == 3
    assert classic.entries(**range_, SystemType="Payment", InvoiceNo="9001")[0].Amount == -1000


def test_a_loss_is_told_by_a_word_that_the_wsdl_lacks(classic):
    classic.sign_in()
    classic.person("write_off_invoice", id=9001)
    range_ = {"AccountNoStart": 1500, "AccountNoEnd": 1529, "InvoiceNo": "9001"}
    assert [one.SystemType for one in classic.entries(**range_)] == ["InvoiceCustomer", "InvoiceLoss"]
    classic.sim.settings.change({"soap_tells_losses": False})
    assert [one.SystemType for one in classic.entries(**range_)] == ["InvoiceCustomer", "Miscellaneous"]


def test_soap_1_2_is_answered_in_kind(classic):
    client = classic.clients["authService"][1]
    binding = next(str(key) for key in client.wsdl.bindings if str(key).endswith("Soap12"))
    service = client.create_service(binding, classic.address + PLACES["authService"])
    assert service.Login(classic.credential())
    assert service.HasSession() is False  # nobody sent the cookie
    classic.sim.settings.change({"soap_logins": 0})
    with pytest.raises(Fault, match="Too many login"):
        service.Login(classic.credential())


def test_an_error_inside_a_good_answer(classic):
    classic.sign_in()
    classic.sim.settings.change({"api_exception": "Object reference not set"})
    assert classic.invoices()[0].APIException.Message == "Object reference not set"


def test_the_limit_of_an_hour(classic):
    classic.sim.settings.change({"soap_hour_limit": 2})
    classic.sign_in()
    classic.authService.HasSession()
    with pytest.raises(Fault, match=r"Limit exceeded by 1\. Request is blocked\. Quarantine ends at"):
        classic.authService.HasSession()


def test_answers_are_valid_by_the_schemas_of_the_wsdl(classic, specs):
    classic.sign_in()
    classic.person("pay_invoice", id=9001, amount=1)
    web = "http://24sevenOffice.com/webservices"
    book = "http://24sevenoffice.com/webservices/economy/accounting"
    names = "".join(
        f"<string>{name}</string>" for name in (*WANTED, "Currency", "OCR", "DateInvoiced", "CustomerName")
    )
    rows = "<string>Name</string><string>TaxSettings</string>"
    orders = (
        f"<searchParams/><invoiceReturnProperties>{names}</invoiceReturnProperties>"
        f"<rowReturnProperties>{rows}</rowReturnProperties>"
    )
    empty = '<searchParams><SystemType xsi:nil="true"/><HasInvoiceId xsi:nil="true"/></searchParams>'
    asked = (
        ("authService", web, "GetIdentities", ""),
        ("invoiceService", web, "GetInvoices", orders),
        ("invoiceService", web, "GetPaymentMethods", ""),
        ("transactionService", book, "GetTransactionTypes", ""),
        ("transactionService", book, "GetTransactions", empty),
    )
    for service, space, name, inner in asked:
        answer = raw(classic, service, space, name, inner)
        schema = schema_of(specs / "twentyfoursevenoffice" / "wsdl" / f"{service}.wsdl")
        assert len(answer[0]) > 0, name
        assert schema.validate(answer), (name, schema.error_log)
        answer[0].append(etree.fromstring("<Strange/>"))
        assert not schema.validate(answer)


def raw(classic, service, space, name, inner):
    mark = f"{space}/" if space.endswith("accounting") else space
    body = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<s:Body><{name} xmlns="{mark}">{inner}</{name}></s:Body></s:Envelope>'
    )
    headers = {"SOAPAction": f'"{space}/{name}"', "Content-Type": "text/xml; charset=utf-8"}
    answer = classic.session.post(classic.address + PLACES[service], data=body, headers=headers, timeout=10)
    assert answer.status_code == 200, answer.text
    return etree.fromstring(answer.content)[0][0]


def schema_of(path):
    """The WSDL's main schema with the little one of GUIDs beside it."""
    text = path.read_text("utf-8")
    whole = etree.fromstring(text.encode())
    found = whole.findall(".//{http://www.w3.org/2001/XMLSchema}schema")
    parts = {one.get("targetNamespace"): etree.tostring(one).decode() for one in found}
    guid = parts.pop("http://microsoft.com/wsdl/types/")
    main = next(iter(parts.values()))

    class Beside(etree.Resolver):
        def resolve(self, url, public, context):
            return self.resolve_string(guid, context)

    main = re.sub(
        r'(<(?:\w+:)?import namespace="http://microsoft.com/wsdl/types/")',
        r'\1 schemaLocation="guid.xsd"',
        main,
    )
    parser = etree.XMLParser()
    parser.resolvers.add(Beside())
    return etree.XMLSchema(etree.fromstring(main.encode(), parser))
