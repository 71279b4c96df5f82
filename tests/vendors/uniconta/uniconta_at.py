"""A simulated Uniconta for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.uniconta.simulator import UnicontaSimulator

BASE = "/api/Entities"


class UnicontaAt:
    """The simulator with a caller that has its password."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = UnicontaSimulator(state or State(), lambda: self.at)
        self.sim.settings.change(settings)
        self._client = self.sim.app().test_client()
        own = self.sim.credentials()
        self.headers = {
            "Accept": "application/json",
            **basic(f"00{own['company_id']}/{own['login']}", own["password"]),
        }

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def set(self, **settings: Any) -> None:
        self.sim.settings.change(settings)

    def plain(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        extra = {} if body is None else {"json": body}
        return self._client.open(path, method=method, headers={**self.headers, **headers}, **extra)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.plain(method, path, body, **headers)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)

    def rows(self, entity: str, name: str = "", value: Any = "") -> Any:
        query = f"?{urlencode({'Name': name, 'Value': value})}" if name else ""
        status, said = self.call("GET", f"{BASE}/{entity}{query}")
        assert status == 200, said
        return said

    def one(self, entity: str, name: str, value: Any) -> Any:
        found = self.rows(entity, name, value)
        assert len(found) == 1, found
        return found[0]

    def feed(self, entity: str, **asked: Any) -> Any:
        query = urlencode({f"${name}": value for name, value in asked.items()})
        status, said = self.call("GET", f"/odata/12345/{entity}?{query}")
        assert status == 200, said
        return said["value"]

    def insert(self, entity: str, body: Any, status: int = 200) -> Any:
        return self.send("POST", f"Insert/{entity}", body, status)

    def update(self, entity: str, body: Any, status: int = 200) -> Any:
        return self.send("PUT", f"Update/{entity}", body, status)

    def send(self, method: str, path: str, body: Any, status: int = 200) -> Any:
        got, said = self.call(method, f"{BASE}/{path}", body)
        assert got == status, said
        return said

    def order(self, *lines: dict[str, Any], **more: Any) -> int:
        made = self.insert("DebtorOrderClientUser", {"Account": "20001", "Currency": "DKK", **more})
        number = int(made["OrderNumber"])
        if lines:
            told = [{"OrderNumber": number, "LineNumber": at, **one} for at, one in enumerate(lines, 1)]
            self.send("POST", "InsertList/DebtorOrderLineClientUser", told)
        return number

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self._client.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def documents(self) -> dict[str, Any]:
        return {one["id"]: one for one in self._client.get("/_sandbox/documents").get_json()}


def basic(name: str, password: str) -> dict[str, str]:
    told = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {told}"}
