"""SalesCloud's questions: GraphQL over POST, each request signed over the bytes that are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.salescloud import assumed
from bridge_gui.vendors.salescloud.payloads import (
    MethodAnswer,
    Methods,
    OrderList,
    OrdersAnswer,
    Organization,
    Organizations,
    Reply,
)
from bridge_gui.web.decode import decode
from bridge_gui.web.http import HttpClient
from bridge_gui.web.wire import Wire

VENDOR = "SalesCloud"
Data = TypeVar("Data")


@dataclass(frozen=True, kw_only=True)
class AppKeys:
    """What the user typed in: the App's keys and the organisation it acts for."""

    app: str
    public_key: str
    secret_key: str
    organization: str
    recipe: str = "hex"

    def __repr__(self) -> str:
        return f"AppKeys(app={self.app}, organization={self.organization})"


class AppSignature:
    """Signs each request with the App's secret; there is nothing to renew."""

    def __init__(self, keys: AppKeys) -> None:
        self._keys = keys

    def headers(self, _method: str, _url: str, body: bytes) -> Mapping[str, str]:
        """The signature over exactly these bytes."""
        keys = self._keys
        signed = assumed.signature(keys.recipe, keys.secret_key, keys.app, keys.public_key, body)
        return {"Authorization": f"App {signed}"}

    def renew(self, _stale: Mapping[str, str]) -> bool:
        """Nothing newer can be had."""
        return False


class SalesCloudClient:
    """One organisation's SalesCloud, read only."""

    def __init__(self, base: str, keys: AppKeys, wire: Wire) -> None:
        wire.redactor.learn(keys.secret_key)
        self._organization = keys.organization
        headers = {
            "SalesCloud-Application": keys.app,
            "SalesCloud-Application-Public-Key": keys.public_key,
        }
        self._http = HttpClient(
            base, wire=wire, sign_in=AppSignature(keys), translate=assumed.translate, headers=headers
        )

    def organizations(self) -> tuple[Organization, ...]:
        """The organisations that have installed the App."""
        return self._ask(assumed.ORGANIZATIONS, {}, Organizations).app_organizations

    def payment_methods(self) -> tuple[MethodAnswer, ...]:
        """The ways to pay."""
        return self._ask(assumed.PAYMENT_METHODS, self._ours(), Methods).payment_methods_list

    def orders(self, first: datetime, last: datetime, offset: int, limit: int = assumed.PAGE) -> OrderList:
        """One page of the orders closed from `first` until before `last`."""
        window = {"from": assumed.instant(first), "to": assumed.instant(last)}
        page = {"limit": limit, "offset": offset}
        return self._ask(assumed.ORDERS, self._ours() | window | page, OrdersAnswer).orders_list

    def _ours(self) -> dict[str, str | int]:
        return {"organization": self._organization}

    def _ask(self, query: str, variables: Mapping[str, str | int], shape: type[Data]) -> Data:
        """Ask; the organisation is named in a header too, except where it is what we ask about."""
        question = {"query": query, "variables": variables} if variables else {"query": query}
        headers = {"SalesCloud-Organization": self._organization} if variables else {}
        answer = self._http.read("POST", "", json=question, headers=headers)
        # QUIRK: GraphQL tells refusals inside a 200 (salescloud.md 5.4), so the envelope is read first.
        envelope = decode(answer, Reply, vendor=VENDOR)
        if envelope.errors:
            raise assumed.refusal(envelope.errors, self._organization)
        if bytes(envelope.data) == b"null":
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.data")
        return decode(bytes(envelope.data), shape, vendor=VENDOR)
