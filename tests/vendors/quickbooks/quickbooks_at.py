"""A simulated QuickBooks for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.quickbooks.simulator import QuickBooksSimulator

BACK = "http://localhost:8765/callback"


class QuickBooksAt:
    """The simulator with a signed-in caller."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = QuickBooksSimulator(state or State(), lambda: self.at)
        self.sim.settings.change({"second_limit": 10_000, "minute_limit": 10_000, **settings})
        self._client = self.sim.app().test_client()
        self.own = self.sim.credentials()
        self.tokens: dict[str, Any] = {}
        self.headers: dict[str, str] = {"Accept": "application/json"}
        self.realm = ""
        self.sign_in()

    def authorize(self, **changes: Any) -> Any:
        asked = {
            "response_type": "code", "client_id": self.own["client_id"], "redirect_uri": BACK,
            "scope": "com.intuit.quickbooks.accounting", "state": "abc", **changes,
        }  # fmt: skip
        return self._client.get("/connect/oauth2", query_string=asked)

    def code(self, **changes: Any) -> dict[str, str]:
        answer = self.authorize(**changes)
        assert answer.status_code == 302, answer.data
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}

    def basic(self, secret: str = "") -> dict[str, str]:
        pair = f"{self.own['client_id']}:{secret or self.own['client_secret']}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    def token(self, headers: dict[str, str] | None = None, **form: Any) -> tuple[int, Any]:
        answer = self._client.post("/oauth2/v1/tokens/bearer", data=form, headers=headers or self.basic())
        return answer.status_code, answer.get_json()

    def exchange(self, code: str, **changes: Any) -> tuple[int, Any]:
        return self.token(
            **{"grant_type": "authorization_code", "redirect_uri": BACK, "code": code, **changes}
        )

    def refresh(self, token: str) -> tuple[int, Any]:
        return self.token(grant_type="refresh_token", refresh_token=token)

    def sign_in(self) -> None:
        back = self.code()
        status, self.tokens = self.exchange(back["code"])
        assert status == 200, self.tokens
        self.realm = back["realmId"]
        self.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def plain(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        extra = {"json": body} if body is not None and not isinstance(body, bytes) else {"data": body}
        return self._client.open(path, method=method, headers={**self.headers, **headers}, **extra)

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.plain(method, f"/v3/company/{self.realm}{path}", body)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data()

    def get(self, path: str) -> Any:
        status, said = self.call("GET", path)
        assert status == 200, said
        return said

    def post(self, path: str, body: Any) -> Any:
        status, said = self.call("POST", path, body)
        assert status == 200, said
        return said

    def query(self, text: str) -> Any:
        return self.get(f"/query?query={quote(text)}&minorversion=75")["QueryResponse"]

    def refused(self, method: str, path: str, body: Any = None) -> tuple[str, str]:
        """The code and the detail of a fault."""
        status, said = self.call(method, path, body)
        assert status == 400, said
        assert said["Fault"]["type"] in {"ValidationFault", "SystemFault"}
        error = said["Fault"]["Error"][0]
        assert error["Message"]
        return error["code"], error["Detail"]

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self._client.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def sale(self, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return {
            "CustomerRef": {"value": "1"},
            "TxnDate": "2026-11-20",
            "Line": list(lines) or [line()],
            **changes,
        }

    def make(self, kind: str, *lines: dict[str, Any], query: str = "", **changes: Any) -> Any:
        return self.post(f"/{kind.lower()}{query}", self.sale(*lines, **changes))[kind]

    def read(self, kind: str, key: str) -> Any:
        return self.get(f"/{kind.lower()}/{key}")[kind]

    def pay(self, invoice: Any, amount: float, **changes: Any) -> dict[str, Any]:
        link = {"TxnId": invoice["Id"], "TxnType": "Invoice"}
        rows = [{"Amount": amount, "LinkedTxn": [link]}]
        return {"CustomerRef": invoice["CustomerRef"], "TotalAmt": amount, "Line": rows, **changes}


def line(
    amount: float = 100, qty: float = 1, tax: str = "1", text: str = "Design", **changes: Any
) -> dict[str, Any]:
    """A line of a total; `tax` 1 is 20 %, 2 is 5 %, 3 is 0 %."""
    detail = {"ItemRef": {"value": "2"}, "Qty": qty, "UnitPrice": amount / qty, "TaxCodeRef": {"value": tax}}
    row = {"Amount": amount, "Description": text, "DetailType": "SalesItemLineDetail"}
    return {**row, "SalesItemLineDetail": detail, **changes}


def discount(amount: float, tax: str = "1", **detail: Any) -> dict[str, Any]:
    """A discount line."""
    told = {"PercentBased": False, **({"TaxCodeRef": {"value": tax}} if tax else {}), **detail}
    return {"Amount": amount, "DetailType": "DiscountLineDetail", "DiscountLineDetail": told}


def of(doc: Any, **changes: Any) -> dict[str, Any]:
    """A sparse change of a document as it was read."""
    return {"Id": doc["Id"], "SyncToken": doc["SyncToken"], "sparse": True, **changes}
