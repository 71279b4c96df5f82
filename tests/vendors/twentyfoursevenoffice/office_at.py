"""A simulated 24SevenOffice for a test: its clock stands still until moved, calls go straight to the application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bridge_gui.sandbox.kit import State
from bridge_gui.vendors.twentyfoursevenoffice.simulator import TwentyFourSevenOfficeSimulator
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import AUDIENCE

API = "/v1"


class OfficeAt:
    """The simulator with a caller who has a token."""

    def __init__(self, state: State | None = None, **settings: Any) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.sim = TwentyFourSevenOfficeSimulator(state or State(), lambda: self.at)
        self.sim.settings.change(settings)
        self.http = self.sim.app().test_client()
        self.headers: dict[str, str] = {}
        self.sign_in()

    def token(self, **changes: Any) -> tuple[int, Any]:
        known = self.sim.credentials()
        told = {
            "grant_type": "client_credentials", "client_id": known["client_id"],
            "client_secret": known["client_secret"], "audience": AUDIENCE,
            "login_organization": known["organization_id"], **changes,
        }  # fmt: skip
        answer = self.http.post("/oauth/token", data=told)
        return answer.status_code, answer.get_json()

    def sign_in(self) -> None:
        status, told = self.token()
        assert status == 200, told
        self.headers = {"Authorization": f"Bearer {told['access_token']}"}

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def plain(self, method: str, path: str, body: Any = None) -> Any:
        extra = {} if body is None else {"json": body}
        return self.http.open(f"{API}{path}", method=method, headers=self.headers, **extra)

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.plain(method, path, body)
        return answer.status_code, answer.get_json(silent=True)

    def get(self, path: str) -> Any:
        status, said = self.call("GET", path)
        assert status == 200, said
        return said

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        got, said = self.call("POST", path, body)
        assert got == status, said
        return said

    def patch(self, path: str, body: Any) -> Any:
        status, said = self.call("PATCH", path, body)
        assert status == 200, said
        return said

    def refused(self, method: str, path: str, body: Any = None) -> Any:
        """The faults of a ValidationError as `path keyword`, or the type of a BadRequestError."""
        status, said = self.call(method, path, body)
        assert status == 400, said
        payload = said["error"]["payload"]
        if said["error"]["name"] == "BadRequestError":
            return [one["type"] for one in payload["errors"]]
        return [f"{one['path']} {one['keyword']}" for one in payload["validationErrors"]]

    def control(self, path: str, body: Any) -> tuple[int, Any]:
        answer = self.http.post(f"/_sandbox/{path}", json=body)
        return answer.status_code, answer.get_json()

    def person(self, action: str, **details: Any) -> Any:
        status, said = self.control("person", {"action": action, **details})
        assert status == 200, said
        return said

    def tax(self, number: int) -> int:
        return next(row["id"] for row in self.get("/taxes") if row["number"] == number)

    def customer(self, name: str = "Eksempel Bygg AS") -> int:
        rows = self.get("/customers?limit=100")
        return next(row["id"] for row in rows if row["name"] == name)

    def product(self) -> int:
        category = self.post("/productcategories", {"name": "SharefoxRental"}, 201)
        row = {"name": "SharefoxRental", "category": {"id": category["id"]}}
        return self.post("/products", row, 201)["id"]

    def order(self, *lines: dict[str, Any], **changes: Any) -> Any:
        customer = {"id": self.customer(), "name": "Eksempel Bygg AS"}
        made = self.post("/salesorders", {"customer": customer, **changes})
        for line in lines:
            self.line(made["id"], **line)
        return self.get(f"/salesorders/{made['id']}")

    def line(self, order: int, **changes: Any) -> Any:
        usual = {"type": "product", "description": "Minigraver (2026-11-18 - 2026-11-20)", "quantity": 1, "price": 2000,
                 "tax": {"id": self.tax(3)}}  # fmt: skip
        return self.post(f"/salesorders/{order}/lines", {**usual, **changes})

    def invoice(self, *lines: dict[str, Any], **changes: Any) -> Any:
        made = self.order(*(lines or ({},)), **changes)
        self.person("publish_invoice", id=made["id"])
        return self.get(f"/salesorders/{made['id']}")

    def ledger(self, **query: Any) -> Any:
        text = "&".join(f"{name}={value}" for name, value in query.items())
        return self.get(f"/transactionlines?dateFrom=2026-01-01&dateTo=2027-12-31&limit=500&{text}")

    def owed(self, **query: Any) -> float:
        return sum(row["amount"] for row in self.ledger(**query) if 1500 <= row["account"]["number"] <= 1529)
