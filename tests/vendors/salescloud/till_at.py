"""A simulated SalesCloud for a test, and a caller that signs as the vendor file describes."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.salescloud.simulator import SalesCloudSimulator

ORDERS = """
query Orders($organization: ID!, $from: DateTime!, $to: DateTime!, $limit: Int!, $offset: Int!) {
  ordersList(organization: $organization, closedFrom: $from, closedTo: $to, limit: $limit, offset: $offset) {
    total
    items {
      uuid number status created closed currencyCode totalAmount taxAmount
      customer { uuid label idNumber email phone invoiceable }
      lineItems { uuid title sku quantity unitPrice totalAmount taxRate taxAmount discountAmount giftCard }
      payments { uuid created amount status kind paymentMethod { uuid title type } }
      refundOf { uuid number }
    } } }
"""


class TillAt:
    """The simulator at noon of 20 November 2026, a fortnight after its first day."""

    def __init__(self, **settings: Any) -> None:
        self.sim = SalesCloudSimulator(State(), lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
        self.sim.settings.change(settings)
        self._client = self.sim.app().test_client()
        self.keys = self.sim.credentials()

    def signature(self, body: bytes) -> str:
        keys = self.keys
        message = (keys["app"] + keys["public_key"]).encode() + body
        return hmac.new(keys["secret_key"].encode(), message, hashlib.sha256).hexdigest()

    def send(self, body: bytes, **headers: str) -> Any:
        usual = {
            "Content-Type": "application/json",
            "SalesCloud-Application": self.keys["app"],
            "SalesCloud-Application-Public-Key": self.keys["public_key"],
            "SalesCloud-Organization": self.keys["organization"],
            "Authorization": f"App {self.signature(body)}",
        }
        return self._client.post("/", data=body, headers={**usual, **headers})

    def ask(self, query: str, **variables: Any) -> Any:
        told = {"organization": self.keys["organization"], **variables}
        answer = self.send(json.dumps({"query": query, "variables": told}, ensure_ascii=False).encode())
        assert answer.status_code == 200, answer.data
        return answer.get_json()

    def refused(self, query: str, **variables: Any) -> str:
        told = self.ask(query, **variables)
        assert told["data"] is None
        return told["errors"][0]["extensions"]["code"]

    def page(self, first: str, last: str, limit: int = 100, offset: int = 0) -> Any:
        return self.ask(ORDERS, **{"from": first, "to": last, "limit": limit, "offset": offset})["data"][
            "ordersList"
        ]

    def orders(self, first: str = "2026-01-01T00:00:00Z", last: str = "2027-12-31T00:00:00Z") -> list[Any]:
        items: list[Any] = []
        while True:
            told = self.page(first, last, offset=len(items))
            items += told["items"]
            if len(items) >= told["total"]:
                return items

    def person(self, action: str, **details: Any) -> Any:
        answer = self._client.post("/_sandbox/person", json={"action": action, **details})
        assert answer.status_code == 200, answer.data
        return answer.get_json()
