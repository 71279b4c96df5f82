"""A simulated Pipedrive for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.pipedrive.simulator import PipedriveSimulator


class SalesAt:
    """The simulator with a caller who has the personal token."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = PipedriveSimulator(state or State(), lambda: self.at)
        self.sim.settings.change({"burst_token": 10_000, "burst_oauth": 10_000, **settings})
        self._client = self.sim.app().test_client()
        self.headers = {"x-api-token": self.sim.credentials()["api_token"]}

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def plain(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        extra = {"json": body} if body is not None else more
        return self._client.open(path, method=method, headers=self.headers, **extra)

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        answer = self.plain(method, path, body, **more)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)

    def get(self, path: str) -> Any:
        status, said = self.call("GET", path)
        assert status == 200, said
        assert said["success"] is True
        return said["data"]

    def post(self, path: str, body: Any) -> Any:
        status, said = self.call("POST", path, body)
        assert status == 200, said
        return said["data"]

    def patch(self, path: str, body: Any) -> Any:
        status, said = self.call("PATCH", path, body)
        assert status == 200, said
        return said["data"]

    def refused(self, path: str, body: Any = None, method: str = "") -> str:
        """The text of a 400."""
        status, said = self.call(method or ("GET" if body is None else "PATCH"), path, body)
        assert (status, said["success"]) == (400, False), said
        return said["error"]

    def person(self, action: str, **details: Any) -> Any:
        answer = self._client.post("/_sandbox/person", json={"action": action, **details})
        assert answer.status_code == 200, answer.data
        return answer.get_json()

    def deal(self, title: str) -> Any:
        every = [*self.get("/api/v2/deals?limit=500"), *self.get("/api/v2/deals/archived?limit=500")]
        return next(one for one in every if one["title"] == title)

    def lines(self, key: int) -> Any:
        return self.get(f"/api/v2/deals/{key}/products?sort_by=order_nr")

    def code(self, kind: str, name: str) -> str:
        rows = self.get(f"/api/v2/{kind}Fields?limit=500")
        return next(row["field_code"] for row in rows if row["field_name"] == name)
