"""The classic way into one organisation at 24SevenOffice: a second sign-in that only reads.

zeep writes the questions, our own network room carries them, and our own reader reads the answers.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import astuple

from bridge_gui.errors import BridgeError, Passing, SetupError, SignInError, VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice import assumed
from bridge_gui.vendors.twentyfoursevenoffice.refusals import short
from bridge_gui.vendors.twentyfoursevenoffice.soap_session import Session
from bridge_gui.vendors.twentyfoursevenoffice.soap_xml import (
    Entry,
    Identity,
    OrderPaid,
    fault_of,
    one_in,
    parsed,
    rows_in,
    text_in,
)
from bridge_gui.vendors.twentyfoursevenoffice.terms import VENDOR, soap_base
from bridge_gui.web.answer import Answer
from bridge_gui.web.http import HttpClient
from bridge_gui.web.manners import Manners
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WEB = "http://24sevenOffice.com/webservices"
LEDGER = "http://24sevenoffice.com/webservices/economy/accounting/"
MOST = 500
"""So many orders are asked about in one call; a thousand are taken (twentyfoursevenoffice.md 4)."""
_TOLD = ("OrderId", "CustomerId", "InvoiceId", "OrderTotalIncVat", "Paid")
"""QUIRK: an order comes back empty but for what is named here (twentyfoursevenoffice.md 4, spec)."""
_HEADERS = {"Accept": "text/xml", "Content-Type": "text/xml; charset=utf-8"}
# QUIRK: a call over the ledger was seen to take more than a minute (twentyfoursevenoffice.md 7).
_MANNERS = Manners(read=150.0, whole=200.0, tries=3)
_SESSION = re.compile(r"[A-Za-z0-9_.~-]{1,200}")


class ClassicUser(Struct, frozen=True, kw_only=True):
    """A user of the classic services, the application's own id, and the company that is meant."""

    application: str
    name: str
    password: str
    company: str

    def __repr__(self) -> str:
        return f"ClassicUser({self.application!r}, {self.name!r})"


class _NoWay:
    """What zeep would send with: no way out; the description it reads is ours and names no other."""

    def load(self, url: str) -> bytes:
        """Refused."""
        raise VendorChanged("twentyfoursevenoffice.soap_unreadable", detail=url[:100])


class SoapClient:
    """One user's reading of one company's orders and ledger."""

    def __init__(self, endpoint: str, user: ClassicUser, wire: Wire, access: Access) -> None:
        for secret in (user.password, escape(user.password)):
            wire.redactor.learn(secret)
        self._user = user
        self._wire = wire
        base = soap_base(endpoint)
        common: dict[str, Any] = {
            "wire": wire, "translate": self._translate, "manners": _MANNERS, "headers": _HEADERS
        }  # fmt: skip
        self._bare = HttpClient(base, **common)
        owner = sha256("\0".join((base, *astuple(user))).encode()).hexdigest()
        self.session = Session(self._sign_in, access, owner, wire.cancel, wire.redactor)
        self._inside = HttpClient(base, sign_in=self.session, **common)

    def __repr__(self) -> str:
        return f"SoapClient({self._bare.base})"

    def check(self) -> None:
        """Sign in as that user to that company, or say what is in the way."""
        self.session.begin()

    def orders(self, ids: Sequence[int]) -> list[OrderPaid]:
        """What is told of these orders, `MOST` in a call; one that cannot be told is left out."""
        found: list[OrderPaid] = []
        for start in range(0, len(ids), MOST):
            body = self._ask(
                self._inside, "Invoices", "GetInvoices",
                searchParams={"OrderIds": {"int": list(ids[start : start + MOST])}},
                invoiceReturnProperties={"string": list(_TOLD)}, rowReturnProperties={"string": []},
            )  # fmt: skip
            found += rows_in(body, "GetInvoices", WEB, "InvoiceOrder", OrderPaid)
        return [one for one in found if one.failure is None]

    def entries(self, first: date, last: date, **asked: int | str) -> list[Entry]:
        """Entries on the accounts of what customers owe, of `CustomerId` or `InvoiceNo`, by their day."""
        searched = {
            "DateSearchParameters": "EntryDate",
            "DateStart": datetime.combine(first, time()),
            "DateEnd": datetime.combine(last + timedelta(days=1), time()),
            "AccountNoStart": assumed.RECEIVABLES[0],
            "AccountNoEnd": assumed.RECEIVABLES[-1],
            "SystemType": None,
            "HasInvoiceId": None,
            **asked,
        }
        body = self._ask(self._inside, "Transactions", "GetTransactions", searchParams=searched)
        found = rows_in(body, "GetTransactions", LEDGER, "Transaction", Entry)
        return [one for one in found if one.account_no in assumed.RECEIVABLES]

    def _sign_in(self) -> str:
        """A session in the right company, by the cookie's value; the default company is never relied upon."""
        try:
            session = self._login()
            found = self._identities(session)
        except _Blocked:
            session, found = self._login_elsewhere()
        own = self._meant(found)
        if not own.is_current:
            body = self._ask(self._as(session), "Authenticate", "SetIdentityById", identityId=own.id)
            if text_in(body, "SetIdentityById", WEB) not in ("true", "1"):
                raise SetupError("twentyfoursevenoffice.soap_company", company=self._user.company)
        return session

    def _login_elsewhere(self) -> tuple[str, list[Identity]]:
        """A session in the company meant, though the one by default is closed.

        QUIRK: then nothing is listed, and one signs in to another by its id (twentyfoursevenoffice.md 2.2).
        """
        operation = "GetIdentitiesWithCredential"
        body = self._ask(self._bare, "Authenticate", operation, credential=self._credential())
        meant = self._meant(rows_in(body, operation, WEB, "Identity", Identity))
        session = self._login(IdentityId=meant.id)
        return session, self._identities(session)

    def _login(self, **more: str) -> str:
        try:
            body = self._ask(self._bare, "Authenticate", "Login", credential=self._credential() | more)
        except SignInError as error:
            raise SignInError("twentyfoursevenoffice.soap_sign_in", detail=error.detail) from error
        session = text_in(body, "Login", WEB)
        # QUIRK: a wrong password is a good answer without a session (twentyfoursevenoffice.md 2.2, spec).
        if not session:
            raise SignInError("twentyfoursevenoffice.soap_sign_in")
        if not _SESSION.fullmatch(session):
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="LoginResult")
        self._wire.redactor.learn(session)
        return session

    def _credential(self) -> dict[str, str]:
        own = self._user
        return {"ApplicationId": own.application, "Password": own.password, "Username": own.name}

    def _identities(self, session: str) -> list[Identity]:
        """The companies this user may enter; where that list is empty, the one it is in."""
        through = self._as(session)
        body = self._ask(through, "Authenticate", "GetIdentities")
        found = rows_in(body, "GetIdentities", WEB, "Identity", Identity)
        if found:
            return found
        return one_in(self._ask(through, "Authenticate", "GetIdentity"), "GetIdentity", WEB, Identity)

    def _meant(self, found: Sequence[Identity]) -> Identity:
        """The one right to the company by its exact name."""
        own = [one for one in found if one.client is not None and one.client.name == self._user.company]
        own = [one for one in own if not one.is_disabled]
        if len({one.client.id for one in own if one.client is not None}) != 1:
            code = "soap_several" if own else "soap_company"
            raise SetupError(f"twentyfoursevenoffice.{code}", company=self._user.company)
        chosen = next((one for one in own if one.is_current), own[0])
        try:
            UUID(chosen.id)
        except ValueError:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="Identity.Id") from None
        return chosen

    def _as(self, session: str) -> HttpClient:
        """A way to ask with a session that is not the connection's yet."""
        headers = {**_HEADERS, "Cookie": f"ASP.NET_SessionId={session}"}
        base = self._bare.base
        return HttpClient(base, wire=self._wire, translate=self._translate, manners=_MANNERS, headers=headers)

    def _ask(self, through: HttpClient, service: str, operation: str, **asked: Any) -> Any:
        """The body of the answer; all that is asked here only reads, and may be asked again."""
        from lxml import etree

        port = self._zeep.wsdl.services[service].ports[service]
        try:
            envelope = self._zeep.create_message(self._zeep.bind(service, service), operation, **asked)
        except ValueError as error:  # a sign that XML does not have
            kind = type(error).__name__
            raise SetupError("signin.unprintable", header="classic sign-in", detail=kind) from None
        path = urlsplit(port.binding_options["address"]).path
        headers = {"SOAPAction": f'"{port.binding.get(operation).soapaction}"'}
        body: bytes = etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
        return parsed(through.read("POST", path, body=body, headers=headers))

    @cached_property
    def _zeep(self) -> Any:
        from zeep import Client, Settings

        settings = Settings(forbid_dtd=True, forbid_external=True)
        with files(__package__).joinpath("services.wsdl").open("rb") as description:
            return Client(description, transport=_NoWay(), settings=settings)  # type: ignore[no-untyped-call]

    def _translate(self, answer: Answer) -> BridgeError | None:
        """What a refusal means, whatever its status: there may be one inside a good answer."""
        try:
            fault = fault_of(parsed(answer)) if answer.status in (200, 400, 500) else None
        except VendorChanged:
            fault = None
        if fault is None:
            return None
        text = short(self._wire.redactor.text(fault.text))
        known = self._known(answer, text)
        if known is not None:
            return known
        if fault.record:
            return None
        if fault.ours:
            return VendorChanged("twentyfoursevenoffice.read_refused", path="SOAP", text=text)
        return Passing("net.server_error", host=answer.host, status=answer.status, detail=text)

    def _known(self, answer: Answer, text: str) -> BridgeError | None:
        """What is told by its words."""
        if assumed.SOAP_BLOCKED.search(text):
            return _Blocked("twentyfoursevenoffice.soap_company", company=self._user.company)
        if assumed.SOAP_ENDED.search(text):
            return SignInError("twentyfoursevenoffice.soap_ended", detail=text)
        if assumed.SOAP_LIMIT.search(text):
            return Passing("net.too_many", retry_after=self._quiet(answer), detail=text)
        if assumed.SOAP_FORBIDDEN.search(text):
            return SetupError("twentyfoursevenoffice.soap_forbidden", text=text)
        return None

    def _quiet(self, answer: Answer) -> float:
        """Seconds until the quarantine ends, by the answer's header, else a quarter of an hour."""
        try:
            until = datetime.fromisoformat(answer.header("apilimitreset"))
            return max(1.0, (until - self._wire.clock.now()).total_seconds())
        except (ValueError, TypeError):
            return assumed.SOAP_QUIET


class _Blocked(SetupError):
    """The company that the user lands in by default is closed to it."""
