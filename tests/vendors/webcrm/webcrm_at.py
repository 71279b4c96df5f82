"""A simulated webcrm for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.webcrm.simulator import WebcrmSimulator

USERS = "/Users"
"""Apart, so that no text here looks like a folder of somebody's machine."""


class WebcrmAt:
    """The simulator with a caller that has signed in; its quota is wide unless a test narrows it."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = WebcrmSimulator(state or State(), lambda: self.at)
        self.sim.settings.change({"minute_quota": 100_000, **settings})
        self._client = self.sim.app().test_client()
        self.token = self.login()["AccessToken"]

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def login(self, code: str | None = None) -> Any:
        form = {"authCode": self.sim.credentials()["token"] if code is None else code}
        answer = self._client.post("/Auth/ApiLogin", data=form, headers={"Accept": "application/json"})
        return answer.get_json()

    def plain(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        extra = {} if body is None else {"json": body}
        told = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **headers}
        return self._client.open(path, method=method, headers=told, **extra)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.plain(method, path, body, **headers)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)

    def get(self, path: str, **asked: Any) -> Any:
        status, said = self.call("GET", f"{path}?{urlencode(asked)}" if asked else path)
        assert status == 200, said
        return said

    def send(self, method: str, path: str, body: Any, status: int = 200) -> Any:
        got, said = self.call(method, path, body)
        assert got == status, said
        return said

    def query(self, script: str, **asked: Any) -> Any:
        return self.get("/Queries", script=script, **asked)

    def refused(self, method: str, path: str, body: Any = None, status: int = 400) -> str:
        got, said = self.call(method, path, body)
        assert (got, sorted(said)) == (status, ["Message", "Type"]), said
        return str(said["Message"])

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self._client.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def documents(self) -> Any:
        return self._client.get("/_sandbox/documents").get_json()
