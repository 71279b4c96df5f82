"""SOAP envelopes, both versions: what was asked, and answers in the order of the WSDL.

Facts: twentyfoursevenoffice.md sections 1, 2.2 and 4. Inferred: faults are Server faults with status 500.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Route

WEB = "http://24sevenOffice.com/webservices"
BOOKING = "http://24sevenoffice.com/webservices/economy/accounting/"
"""QUIRK: the transaction service has its own namespace, in small letters (twentyfoursevenoffice.md 4)."""
PLACES = {
    "/authenticate/v001/authenticate.asmx": WEB,
    "/Economy/InvoiceOrder/V001/InvoiceService.asmx": WEB,
    "/Economy/Accounting/V001/TransactionService.asmx": BOOKING,
}
SERVICES = frozenset(place.lower() for place in PLACES)
COOKIE = "ASP.NET_SessionId"
SOAP11, SOAP12 = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
Node = tuple[str, Any]
Operation = Callable[["Asked"], Any]


class SoapFault(Exception):
    """Ends a call with a fault."""


class Nil(NamedTuple):
    """A value that is there and says that it is nothing."""


class Asked:
    """The arguments of one call, by element name."""

    def __init__(self, element: ET.Element) -> None:
        self.element = element

    def at(self, *path: str) -> Asked | None:
        """The element below, if it is there."""
        found: ET.Element | None = self.element
        for name in path:
            found = None if found is None else next((c for c in found if local(c) == name), None)
        return None if found is None else Asked(found)

    def text(self, *path: str) -> str:
        """The text below; empty where there is none or it is nil."""
        found = self.at(*path)
        return "" if found is None else (found.element.text or "").strip()

    def texts(self, *path: str) -> list[str]:
        """The texts of a list below."""
        found = self.at(*path)
        return [] if found is None else [(child.text or "").strip() for child in found.element]


class Soap:
    """Serves operations by service and name."""

    def __init__(self, operations: Mapping[str, Mapping[str, Operation]]) -> None:
        self._operations = operations

    def routes(self) -> list[Route]:
        """One path for each service."""
        return [("POST", place, self._served(place)) for place in PLACES]

    def _served(self, place: str) -> Callable[[], Response]:
        def served() -> Response:
            envelope, asked = _read()
            name, namespace = local(asked), PLACES[place]
            operation = self._operations[place].get(name)
            if operation is None or asked.tag != f"{{{namespace}}}{name}" or not _acted(namespace, name):
                raise SoapFault(f"Server did not recognize the value of HTTP Header SOAPAction: {name}")
            result = operation(Asked(asked))
            inner = [(f"{name}Result", result)] if result is not None else []
            return _enveloped(envelope, _xml((f"{name}Response", inner), namespace), 200)

        return served


def faulted(fault: SoapFault) -> Response:
    """The answer that carries a fault."""
    text = escape(str(fault.args[0]))
    twelve = "soap+xml" in request.headers.get("Content-Type", "")
    if twelve:
        inner = (
            "<soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code>"
            f'<soap:Reason><soap:Text xml:lang="en">{text}</soap:Text></soap:Reason>'
        )
    else:
        inner = f"<faultcode>soap:Server</faultcode><faultstring>{text}</faultstring><detail />"
    return _enveloped(SOAP12 if twelve else SOAP11, f"<soap:Fault>{inner}</soap:Fault>", 500)


def local(element: ET.Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def ordered(value: Doc, names: tuple[str, ...]) -> list[Node]:
    """The fields that are there, in the order of the WSDL."""
    return [(name, value[name]) for name in names if value.get(name) is not None]


def dated(day: str) -> str:
    """A day as SOAP writes it; none is year one."""
    return f"{day[:10]}T00:00:00" if day else "0001-01-01T00:00:00"


def stamped(stamp: str) -> str:
    """QUIRK: instants are UTC without a mark of it (twentyfoursevenoffice.md 6, FAQ)."""
    return stamp.replace(" ", "T").rstrip("Z")[:19]


def decimal(amount: Decimal) -> str:
    """QUIRK: plain notation with two decimals, never an exponent (twentyfoursevenoffice.md 6)."""
    return f"{amount:.2f}"


def moment(text: str) -> str:
    """A search's instant; nothing where it is the default."""
    if not text or text.startswith("0001-01-01"):
        return ""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise SoapFault(
            "Server was unable to read request. ---> There is an error in XML document."
        ) from error
    return stamped(text)


def _read() -> tuple[str, ET.Element]:
    try:
        root = ET.fromstring(request.get_data())  # noqa: S314 - loopback only
    except ET.ParseError as error:
        raise SoapFault(
            "Server was unable to read request. ---> There is an error in XML document."
        ) from error
    envelope = root.tag.rpartition("}")[0].lstrip("{")
    body = next((child for child in root if local(child) == "Body"), None)
    if envelope not in {SOAP11, SOAP12} or body is None or len(body) == 0:
        raise SoapFault("Possible SOAP version mismatch")
    return envelope, body[0]


def _acted(namespace: str, name: str) -> bool:
    """SOAP 1.1 demands the action as a header; 1.2 need not say it."""
    if "soap+xml" in request.headers.get("Content-Type", ""):
        return True
    return request.headers.get("SOAPAction", "").strip('"') == f"{namespace.rstrip('/')}/{name}"


def _xml(node: Node, namespace: str = "") -> str:
    name, value = node
    mark = f' xmlns="{namespace}"' if namespace else ""
    if isinstance(value, Nil):
        return f'<{name}{mark} xsi:nil="true" />'
    if isinstance(value, list):
        return f"<{name}{mark}>{''.join(_xml(inner) for inner in value)}</{name}>"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{name}{mark}>{escape(text)}</{name}>"


def _enveloped(envelope: str, body: str, status: int) -> Response:
    kind = "application/soap+xml" if envelope == SOAP12 else "text/xml"
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="{envelope}" xmlns:xsi="{XSI}">'
        f"<soap:Body>{body}</soap:Body></soap:Envelope>"
    )
    return Response(text, status, content_type=f"{kind}; charset=utf-8")
