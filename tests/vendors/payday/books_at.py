"""A simulated Payday for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.payday.simulator import PaydaySimulator


class PaydayAt:
    """The simulator with a signed-in caller."""

    def __init__(self, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = PaydaySimulator(State(), lambda: self.at)
        self.sim.settings.change({"lag_seconds": 0, **settings})
        self._client = self.sim.app().test_client()
        self.headers: dict[str, str] = {}
        self.sign_in()

    def sign_in(self) -> None:
        pair = self.sim.credentials()
        body = {"clientId": pair["client_id"], "clientSecret": pair["client_secret"]}
        token = self.post("/auth/token", body)["accessToken"]
        self.headers = {"Authorization": f"Bearer {token}", "Api-Version": "alpha"}

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        extra = {"json": body} if body is not None else more
        answer = self._client.open(path, method=method, headers=self.headers, **extra)
        return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)

    def get(self, path: str) -> Any:
        status, body = self.call("GET", path)
        assert status == 200, body
        return body

    def post(self, path: str, body: Any) -> Any:
        status, said = self.call("POST", path, body)
        assert status == 200, said
        return said

    def put(self, path: str, body: Any) -> Any:
        status, said = self.call("PUT", path, body)
        assert status == 200, said
        return said

    def person(self, action: str, **details: Any) -> Any:
        return self.post("/_sandbox/person", {"action": action, **details})

    def account(self, code: str) -> str:
        return next(one["id"] for one in self.get("/accounting/accounts") if one["code"] == code)

    def entry(self, *lines: tuple[str, float, str], **changes: Any) -> dict[str, Any]:
        made = [
            {"amount": amount, "ledgerAccountId": self.account(code), "vatPercentType": vat}
            for code, amount, vat in lines
        ]
        return {
            "date": "2026-11-20",
            "description": "SalesCloud 2026-11-20",
            "status": "POST",
            "lines": made,
            **changes,
        }

    def ledger(self, query: str = "dateFrom=2026-01-01&dateTo=2026-12-31") -> list[tuple[str, float]]:
        lines = self.get(f"/accounting/accountStatement?{query}")["lines"]
        return [(line["accountCode"], line["amount"]) for line in lines]

    def invoice(self, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        customer = self.get("/customers")["customers"][0]["id"]
        usual = {"description": "Kaffi", "quantity": 2, "unitPriceIncludingVat": 620, "vatPercentage": 11}
        return {
            "customer": {"id": customer},
            "status": "DRAFT",
            "invoiceDate": "2026-11-20",
            "dueDate": "2026-11-20",
            "finalDueDate": "2026-12-04",
            "currencyCode": "ISK",
            "lines": list(lines) or [usual],
            **changes,
        }
