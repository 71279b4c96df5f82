"""SalesCloud as one application: a GraphQL endpoint over a café's orders.

Facts: salescloud.md sections 1 and 2.1. All of the schema is our design (section 5) [inferred]: closing from
inclusive, to exclusive; at most 100 a page; sorted by closing time, then uuid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, timedelta
from typing import Any, ClassVar

import msgspec
from flask import Response, request

from bridge_gui.sandbox.demo import CAFE
from bridge_gui.sandbox.kit import (
    Act,
    Condition,
    Held,
    Now,
    Refusal,
    Route,
    Simulator,
    State,
    answer,
    exact,
    graphql_label,
    instant,
    utcnow,
)
from bridge_gui.vendors.salescloud.simulator import signature
from bridge_gui.vendors.salescloud.simulator.graphql import GraphqlError, parse
from bridge_gui.vendors.salescloud.simulator.menu import AUR, METHODS, Method
from bridge_gui.vendors.salescloud.simulator.people import People
from bridge_gui.vendors.salescloud.simulator.schema import answered
from bridge_gui.vendors.salescloud.simulator.stories import Past, stories_of
from bridge_gui.vendors.salescloud.simulator.trade import Volume, orders_of


class SalesCloudSimulator(Simulator):
    """A SalesCloud with one organisation; `defaults` lists what its documentation leaves open."""

    key = "salescloud"
    defaults: ClassVar[Mapping[str, Any]] = {
        "signature_refusal": "401",  # or "errors": 200 with an errors entry
        "signature_encoding": "hex",  # or "base64"
        "signature_separator": "",
        "over_limit": "error",  # or "clamp"
        "orders_per_day": [15, 40],
        "first_day": "",  # empty: a fortnight before the first start
        "aur_after_days": 17,  # the payment method Aur appears so many days after the first
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.orders = state.table("orders", indices=("closed,id", "number"))
        self.methods = state.table("methods")

    def credentials(self) -> dict[str, str]:
        """The App's keys and the organisation's uuid."""
        return {
            "app": signature.APP,
            "public_key": signature.PUBLIC_KEY,
            "organization": signature.ORGANIZATION,
            "secret_key": self._secret(),
        }

    def plant(self) -> None:
        """The till's payment methods, and a fortnight of trade up to yesterday."""
        for method in METHODS:
            self._take(method)
        today = self.clock.now().astimezone(UTC).date()
        self.state.set_value("first_day", (today - timedelta(days=14)).isoformat())
        self.advance(today - timedelta(days=1))

    def first_day(self) -> date:
        """The day the café opened, by the switch or as planted."""
        told = self.settings["first_day"] or self.state.value("first_day")
        return date.fromisoformat(told) if told else self.clock.now().date()

    def trade(self, day: date) -> None:
        """One day at the café, with what it does to days before."""
        least, most = self.settings["orders_per_day"]
        volume = Volume(least, most, self.first_day() + timedelta(days=self.settings["aur_after_days"]))
        if day >= volume.aur_from and self.methods.get(AUR.uuid) is None:
            self._take(AUR)
        for made in (*orders_of(day, volume), *stories_of(day, Past(self.orders))):
            self.orders.put(made)

    def documents(self) -> Iterable[Held]:
        """The orders, with what was paid."""
        for order in self.orders.find():
            yield Held(
                kind="order",
                id=order["id"],
                total=exact(order["totalAmount"]),
                currency=order["currencyCode"],
                day=(order["closed"] or order["created"])[:10],
                texts=(order["number"],),
                living=order["status"] == "CLOSED",
            )

    def people(self) -> Mapping[str, Act]:
        """What the café's staff can do."""
        return People(self.state, self.clock).actions()

    def guard(self) -> None:
        """Refuses a request whose signature does not hold."""
        if request.method != "POST" or request.path != "/":
            return
        if signature.holds(request.headers, self._secret(), request.get_data(), self.settings.all()):
            return
        if self.settings["signature_refusal"] == "401":
            raise Refusal(401, "Signature verification failed")
        raise Refusal(200, _errors("Signature verification failed", "UNAUTHENTICATED"))

    def routes(self) -> Iterable[Route]:
        """The one endpoint."""
        return [("POST", "/", self._graph)]

    def failure(self, status: int) -> Response:
        """A wrong path or method."""
        return Response(status=status, content_type="text/plain")

    @staticmethod
    def label(path: str, body: bytes) -> str:
        """Counted by the operation's name."""
        return graphql_label(path, body)

    def _secret(self) -> str:
        return str(self.state.value("secret", signature.FIRST_SECRET))

    def _take(self, method: Method) -> None:
        self.methods.put({**method._asdict(), "id": method.uuid, "active": True})

    def _graph(self) -> Response:
        resolvers = {
            "appOrganizations": self._organizations,
            "paymentMethodsList": self._method_list,
            "ordersList": self._order_list,
        }
        try:
            sent = msgspec.json.decode(request.get_data(), type=_Sent)
            return answer({"data": answered(parse(sent.query), sent.variables or {}, resolvers)})
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise Refusal(400, _errors(f"Invalid request: {error}", "BAD_REQUEST")) from error
        except GraphqlError as error:
            return answer(_errors(error.message, error.code))

    def _organizations(self, _: dict[str, Any]) -> Any:
        if self.state.value("uninstalled"):
            return []
        return [{"uuid": signature.ORGANIZATION, "label": CAFE.name}]

    def _method_list(self, arguments: dict[str, Any]) -> Any:
        self._check_organization(arguments)
        return self.methods.find()

    def _order_list(self, arguments: dict[str, Any]) -> Any:
        self._check_organization(arguments)
        limit, offset = arguments.get("limit", 100), arguments.get("offset", 0)
        if limit > 100 and self.settings["over_limit"] == "error":
            raise GraphqlError("limit must be at most 100.", "BAD_USER_INPUT")
        if limit < 1 or offset < 0:
            raise GraphqlError("limit and offset must not be negative.", "BAD_USER_INPUT")
        where = _closed_between(arguments)
        items = self.orders.find(*where, order="closed,id", limit=min(limit, 100), offset=offset)
        return {"total": self.orders.count(*where), "items": items}

    def _check_organization(self, arguments: dict[str, Any]) -> None:
        told = request.headers.get("SalesCloud-Organization")
        if told != signature.ORGANIZATION or arguments.get("organization") != told:
            raise GraphqlError("Organization does not exist.", "FORBIDDEN")
        if self.state.value("uninstalled"):
            raise GraphqlError("App is not installed for this organization.", "APP_NOT_INSTALLED")


class _Sent(msgspec.Struct):
    """A GraphQL request."""

    query: str
    variables: dict[str, Any] | None = None


def _closed_between(arguments: dict[str, Any]) -> list[Condition]:
    where: list[Condition] = [("closed", "!=", "")]
    for name, operator in (("closedFrom", ">="), ("closedTo", "<")):
        if told := arguments.get(name):
            try:
                where.append(("closed", operator, instant(told).astimezone(UTC).isoformat()))
            except (TypeError, ValueError) as error:
                raise GraphqlError(f"{name} is not a DateTime.", "BAD_USER_INPUT") from error
    return where


def _errors(message: str, code: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}], "data": None}
