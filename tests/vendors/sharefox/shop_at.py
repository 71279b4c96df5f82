"""A simulated Sharefox for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.sharefox.simulator import SharefoxSimulator


class ShopAt:
    """The simulator with a caller who has the administrator's token."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = SharefoxSimulator(state or State(), lambda: self.at)
        self.sim.settings.change(settings)
        self.http = self.sim.app().test_client()
        known = self.sim.credentials()
        self.headers = {
            "Authorization": f"Bearer {known['token']}",
            "x-sharefox-shop-domain": known["shop_domain"],
            "x-sharefox-admin-domain": known["shop_domain"],
        }

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def plain(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        extra = {} if body is None else {"json": body}
        return self.http.open(path, method=method, headers={**self.headers, **headers}, **extra)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.plain(method, path, body, **headers)
        return answer.status_code, answer.get_json(silent=True)

    def get(self, path: str) -> Any:
        status, said = self.call("GET", path)
        assert status == 200, said
        return said

    def rows(self, path: str) -> Any:
        return self.get(path)["data"]

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self.http.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def customer(self, text: str = "Eksempel Bygg") -> int:
        return self.rows(f"/admin/customers/?q={text}")[0]["id"]

    def order(self, *lines: dict[str, Any], **changes: Any) -> Any:
        rows = list(lines) or [{"name": "Minigraver", "days": 3}]
        return self.person("place_order", customer=self.customer(), lines=rows, **changes)

    def invoice(self, *lines: dict[str, Any], **changes: Any) -> Any:
        made = self.person("make_invoice", order=self.order(*lines)["id"], **changes)
        return self.get(f"/admin/invoices/{made['id']}")
