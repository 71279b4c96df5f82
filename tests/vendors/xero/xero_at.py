"""A simulated Xero for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.xero.simulator import XeroSimulator

SCOPES = (
    "openid profile email offline_access accounting.invoices accounting.contacts accounting.settings.read"
    " accounting.payments accounting.attachments"
)
BACK = "http://localhost:8765/callback"
VERIFIER = "v" * 64
API = "/api.xro/2.0"


def challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class XeroAt:
    """The simulator with a signed-in caller."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = XeroSimulator(state or State(), lambda: self.at)
        self.sim.settings.change({"minute_limit": 10_000, **settings})
        self._client = self.sim.app().test_client()
        self.client_id = self.sim.credentials()["client_id"]
        self.tokens: dict[str, Any] = {}
        self.headers: dict[str, str] = {"Accept": "application/json"}
        self.sign_in()

    def authorize(self, **changes: Any) -> Any:
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": BACK,
            "scope": SCOPES,
            "state": "abc",
            "code_challenge": challenge(VERIFIER),
            "code_challenge_method": "S256",
            **changes,
        }
        return self._client.get("/identity/connect/authorize", query_string=asked)

    def code(self, **changes: Any) -> dict[str, str]:
        answer = self.authorize(**changes)
        assert answer.status_code == 302, answer.data
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}

    def token(self, **form: Any) -> tuple[int, Any]:
        answer = self._client.post("/connect/token", data={"client_id": self.client_id, **form})
        return answer.status_code, answer.get_json()

    def exchange(self, code: str, **changes: Any) -> tuple[int, Any]:
        usual = {"grant_type": "authorization_code", "redirect_uri": BACK, "code_verifier": VERIFIER}
        return self.token(**{**usual, "code": code, **changes})

    def refresh(self, token: str) -> tuple[int, Any]:
        return self.token(grant_type="refresh_token", refresh_token=token)

    def sign_in(self, **changes: Any) -> None:
        status, self.tokens = self.exchange(self.code(**changes)["code"])
        assert status == 200, self.tokens
        self.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"
        self.headers["xero-tenant-id"] = self.plain("GET", "/connections").get_json()[0]["tenantId"]

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def plain(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        extra = {"json": body} if body is not None and not isinstance(body, bytes) else {"data": body}
        return self._client.open(path, method=method, headers={**self.headers, **headers}, **extra)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.plain(method, f"{API}{path}", body, **headers)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)

    def get(self, path: str, **headers: str) -> Any:
        status, said = self.call("GET", path, **headers)
        assert status == 200, said
        return said

    def put(self, path: str, body: Any, **headers: str) -> Any:
        status, said = self.call("PUT", path, body, **headers)
        assert status == 200, said
        return said

    def post(self, path: str, body: Any, **headers: str) -> Any:
        status, said = self.call("POST", path, body, **headers)
        assert status == 200, said
        return said

    def refused(self, method: str, path: str, body: Any, **headers: str) -> list[str]:
        """The messages of a validation exception."""
        status, said = self.call(method, path, body, **headers)
        assert (status, said["Type"], said["ErrorNumber"]) == (400, "ValidationException", 10), said
        return [error["Message"] for element in said["Elements"] for error in element["ValidationErrors"]]

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self._client.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def contact(self, name: str = "Malli Metalli Oy") -> str:
        return self.get(f'/Contacts?page=1&where=Name=="{name}"')["Contacts"][0]["ContactID"]

    def row(self, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        usual = {"Description": "Neuvonta", "Quantity": 2, "UnitAmount": 10.5, "AccountCode": "200"}
        return {
            "Type": "ACCREC",
            "Contact": {"ContactID": self.contact()},
            "Date": "2026-11-20",
            "DueDate": "2026-12-04",
            "LineItems": list(lines) or [usual],
            **changes,
        }

    def invoice(self, *lines: dict[str, Any], query: str = "", **changes: Any) -> Any:
        return self.put(f"/Invoices{query}", {"Invoices": [self.row(*lines, **changes)]})["Invoices"][0]

    def state_of(self, key: str, status: str) -> Any:
        return self.post(f"/Invoices/{key}", {"InvoiceID": key, "Status": status})["Invoices"][0]
