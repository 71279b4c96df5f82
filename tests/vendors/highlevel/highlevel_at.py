"""A simulated HighLevel for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.highlevel.simulator import HighLevelSimulator


class HighLevelAt:
    """The simulator with a caller that has its token."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = HighLevelSimulator(state or State(), lambda: self.at)
        self.sim.settings.change({"burst_limit": 10_000, **settings})
        self._client = self.sim.app().test_client()
        self.own = self.sim.credentials()
        self.place = self.own["location"]
        self.alt = {"altId": self.place, "altType": "location"}
        self.headers: dict[str, str] = {
            "Authorization": f"Bearer {self.own['token']}",
            "Version": "2021-07-28",
            "User-Agent": "Bridge/test",
        }

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def plain(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        extra = {} if body is None else {"json": body}
        return self._client.open(path, method=method, headers={**self.headers, **headers}, **extra)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.plain(method, path, body, **headers)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)

    def get(self, path: str, **asked: Any) -> Any:
        """A read; payments and invoices are asked with their location."""
        alt = self.alt if path.startswith(("/payments", "/invoices")) else {"locationId": self.place}
        query = {} if path.startswith(("/contacts/", "/locations")) and "locationId" not in asked else alt
        status, said = self.call("GET", f"{path}?{urlencode({**query, **asked})}")
        assert status == 200, said
        return said

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        got, said = self.call("POST", path, body)
        assert got == status, said
        return said

    def find(self, *filters: dict[str, Any], **more: Any) -> Any:
        body = {"locationId": self.place, "page": 1, "pageLimit": 100, "filters": list(filters), **more}
        return self.post("/contacts/search", body)

    def contact(self, name: str = "Mara Sample") -> str:
        found = self.find(query=name)["contacts"]
        assert len(found) == 1
        return str(found[0]["id"])

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self._client.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def invoice(
        self, *items: dict[str, Any], send: bool = True, who: str = "Mara Sample", **more: Any
    ) -> Any:
        told = {"invoiceItems": list(items) or [item()], **more}
        made = self.person("add_invoice", contactId=self.contact(who), send=send, invoice=told)
        return self.read("invoices", made["_id"])

    def sell(self, *items: dict[str, Any], who: str = "Mara Sample", **more: Any) -> Any:
        told = {
            "contactId": self.contact(who),
            "items": list(items) or [{"name": "Course", "price": 100, "rate": 20}],
        }
        return self.person("sell", sale={**told, **more})

    def read(self, kind: str, key: str) -> Any:
        path = f"/{kind}/{key}" if kind == "invoices" else f"/payments/{kind}/{key}"
        return self.get(path)


def item(amount: float = 100, qty: float = 3, rate: float = 20, **more: Any) -> dict[str, Any]:
    """An invoice's line with one tax."""
    tax = {"_id": "63770f5cecf298787c752000", "name": "VAT", "rate": rate, "calculation": "exclusive"}
    return {"name": "Design hour", "amount": amount, "qty": qty, "taxes": [tax] if rate else [], **more}
