"""The classic services in a few lines: answers by operation, and what was asked held to the vendor's descriptions."""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from bridge_gui.vendors.twentyfoursevenoffice.soap import LEDGER, WEB, ClassicUser, SoapClient
from bridge_gui.web.oauth.access import Access
from tests.vendors.standin import Standin
from tests.web.toys import Act, Received, answer

APPLICATION = "00000000-1111-2222-3333-444444444444"
PASSWORD = "a<pass>&word of its own"
COMPANY = "Eksempel Utleie AS"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XSD = "{http://www.w3.org/2001/XMLSchema}"
FILES = {"authenticate": "authService", "InvoiceOrder": "invoiceService", "Accounting": "transactionService"}
PLACES = (
    "POST /authenticate/v001/authenticate.asmx",
    "POST /Economy/InvoiceOrder/V001/InvoiceService.asmx",
    "POST /Economy/Accounting/V001/TransactionService.asmx",
)


def enveloped(inner: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{head}<e:Envelope xmlns:e="{SOAP}"><e:Body>{inner}</e:Body></e:Envelope>'.encode()


def result(operation: str, inner: str, namespace: str = WEB) -> Act:
    """A good answer."""
    inner = f"<{operation}Result>{inner}</{operation}Result>"
    return xml(enveloped(f'<{operation}Response xmlns="{namespace}">{inner}</{operation}Response>'))


def fault(text: str, code: str = "Server", **headers: str) -> Act:
    inner = f"<e:Fault><faultcode>e:{code}</faultcode><faultstring>{text}</faultstring></e:Fault>"
    return xml(enveloped(inner), 500, **headers)


def xml(body: bytes, status: int = 200, **headers: str) -> Act:
    return answer(status, body, {"Content-Type": "text/xml; charset=utf-8", **headers})


def identity(number: int, name: str, *, current: bool = False, disabled: bool = False) -> str:
    return (
        f"<Identity><Id>00000000-0000-0000-0000-{number:012}</Id><User><Name>A person</Name></User>"
        f"<Client><Id>{number}</Id><Name>{name}</Name></Client><IsCurrent>{str(current).lower()}</IsCurrent>"
        f"<IsDefault>false</IsDefault><IsProtected>false</IsProtected><Servers /><IsDisabled>{str(disabled).lower()}"
        "</IsDisabled></Identity>"
    )


def paid_order(number: int = 1234, **more: Any) -> str:
    given = {"OrderId": number, "CustomerId": 501, "InvoiceId": 9001, "IncludeVAT": "false"} | more
    given |= {"OrderTotalIncVat": "2625.00"} if "OrderTotalIncVat" not in more else {}
    return f"<InvoiceOrder>{fields(given)}</InvoiceOrder>"


def entry(number: int, amount: str, kind: str = "InvoiceCustomer", **more: Any) -> str:
    given = {
        "Date": "2026-02-05T00:00:00", "AccountNo": 1500, "Amount": amount,
        "Id": f"00000000-0000-0000-0000-{number:012}", "InvoiceNo": "9001", "SystemType": kind,
        "Hidden": "false", "Open": "false", "OCR": "900100",
    } | more  # fmt: skip
    return f"<Transaction>{fields(given)}</Transaction>"


def fields(given: dict[str, Any]) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value is not None)


class Services:
    """`acts` by operation, the last again and again; `asked` has the operations with their requests."""

    def __init__(self, standin: Standin, **acts: Any) -> None:
        self.acts: dict[str, list[Act]] = {
            "Login": [result("Login", "session-1"), result("Login", "session-2")],
            "GetIdentities": [result("GetIdentities", identity(7, COMPANY, current=True))],
            "SetIdentityById": [result("SetIdentityById", "true")],
            "GetInvoices": [result("GetInvoices", paid_order())],
            "GetTransactions": [result("GetTransactions", entry(1, "2625.00", Open="true"), LEDGER)],
        }
        self.asked: list[tuple[str, Received]] = []
        for name, act in acts.items():
            self.on(name, *(act if isinstance(act, tuple) else (act,)))
        for place in PLACES:
            standin.on(place, self._act)

    def on(self, operation: str, *acts: Act) -> None:
        self.acts[operation] = list(acts)

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]

    def said(self, operation: str) -> list[Any]:
        """What was asked of an operation."""
        return [etree.fromstring(one.body)[0][0] for name, one in self.asked if name == operation]

    def held(self) -> None:
        """Everything asked is as the vendor describes it."""
        assert not [text for _, one in self.asked if (text := wrong(one))]

    def _act(self, sock: socket.socket, received: Received) -> bool:
        name = received.headers["soapaction"].strip('"').rsplit("/", 1)[1]
        self.asked.append((name, received))
        acts = self.acts[name]
        return acts[min(self.names().count(name), len(acts)) - 1](sock, received)


def client_on(standin: Standin, access: Access | None = None, **more: str) -> SoapClient:
    user = {
        "application": APPLICATION,
        "name": "api-user@example.no",
        "password": PASSWORD,
        "company": COMPANY,
    }
    return SoapClient(standin.toy.base, ClassicUser(**user | more), standin.bench.wire, access or Access())


def wrong(received: Received) -> str:
    """What the vendor's own description has against a request; nothing where it is not at hand."""
    if not (folder := os.environ.get("BRIDGE_SPECS")):
        return ""
    file = next(name for part, name in FILES.items() if f"/{part}/" in received.target)
    actions, schema = described(Path(folder) / "twentyfoursevenoffice" / "wsdl" / f"{file}.wsdl")
    if received.headers["soapaction"].strip('"') not in actions:
        return f"no action {received.headers['soapaction']}"
    asked = etree.fromstring(etree.tostring(etree.fromstring(received.body)[0][0]))
    return "" if schema.validate(asked) else str(schema.error_log)


@cache
def described(path: Path) -> tuple[frozenset[str], Any]:
    """The actions of a description, and its types."""
    whole = etree.parse(path).getroot()
    actions = {
        one.get("soapAction") for one in whole.iter("{http://schemas.xmlsoap.org/wsdl/soap/}operation")
    }
    own, guid = (etree.fromstring(etree.tostring(one)) for one in whole.iter(f"{XSD}schema"))
    with TemporaryDirectory() as folder:
        beside = Path(folder) / "guid.xsd"
        beside.write_bytes(etree.tostring(guid))
        own.find(f"{XSD}import").set("schemaLocation", beside.as_uri())
        return frozenset(actions), etree.XMLSchema(own)
