"""Pipelines, stages, users, currencies, kinds of activities; and the activities themselves.

Facts: pipedrive.md sections 2.1, 3, 3.5.
"""

from __future__ import annotations

from typing import Any

from flask import request

from bridge_gui.sandbox.consultancy import BOOKKEEPER, COMPANY
from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.crm import ZONE, Crm
from bridge_gui.vendors.pipedrive.simulator.forms import (
    allowed,
    body,
    found,
    invalid,
    is_id,
    is_list,
    is_object,
    is_text,
    is_truth,
    missing,
    older,
    refused,
    whole,
)
from bridge_gui.vendors.pipedrive.simulator.listing import PAGING, SORTING, listed
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint, get, other, post

DOMAIN = "esimerkki"
CURRENCIES = (
    ("EUR", "Euro", 2, "€"), ("SEK", "Swedish Krona", 2, "kr"), ("USD", "US Dollar", 2, "$"),
    ("NOK", "Norwegian Krone", 2, "kr"), ("JPY", "Japanese Yen", 0, "¥"),
)  # fmt: skip
ACTIVITY = {
    "subject": is_text, "type": is_text, "owner_id": is_id, "deal_id": is_id, "person_id": is_id,
    "org_id": is_id, "due_date": is_text, "due_time": is_text, "duration": is_text, "busy": is_truth,
    "done": is_truth, "location": is_object, "participants": is_list, "attendees": is_list,
    "public_description": is_text, "priority": is_id, "note": is_text, "lead_id": is_text,
}  # fmt: skip


class ListDesk:
    """The small lists."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Endpoint]:
        """All of them; v1's under both of its prefixes."""
        deals, users = ("deals:read", "deals:full"), ("users:read",)
        activities = ("activities:read", "activities:full")
        return [
            get("/api/v2/pipelines", 5, lambda: self._paged("pipelines"), *deals),
            get("/api/v2/stages", 5, self.stages, *deals),
            get("/api/v2/activities", 10, self.activities, *activities),
            post("/api/v2/activities", 5, self.add_activity, "activities:full"),
            other("PATCH", "/api/v2/activities/<key>", 5, self.change_activity, "activities:full"),
            get("/v1/users", 20, self.users, *users),
            get("/v1/users/me", 2, self.me),
            get("/v1/users/<key>", 2, self.user, *users),
            get("/v1/currencies", 20, self.currencies),
            get("/v1/activityTypes", 20, self.activity_types, *activities),
        ]

    def plant(self) -> None:
        """Two pipelines, their stages, two users, five currencies."""
        for name, stages in (
            ("Myynti", ("Kontakti", "Tarjous", "Neuvottelu", "Sopimus", "Laskutettavaksi")),
            ("Jatkosopimukset", ("Uusittava", "Uusittu")),
        ):
            flags = {"is_deleted": False, "is_deal_probability_enabled": False}
            count = len(self._crm.rows("pipelines"))
            line = self._crm.add("pipelines", {"name": name, "order_nr": count + 1, **flags})
            for at, title in enumerate(stages, 1):
                rest = {"deal_probability": 100, "is_deal_rot_enabled": False, "days_to_rotten": None}
                stage = {"name": title, "order_nr": at, "pipeline_id": line["id"], "is_deleted": False}
                self._crm.add("stages", {**stage, **rest})
        for name, email in (BOOKKEEPER, ("Myyrä Myyjä", "myynti@konsultointi.example")):
            self._crm.add("users", {"name": name, "email": email})
        for code, name, places, symbol in CURRENCIES:
            row = {"code": code, "name": name, "decimal_points": places, "symbol": symbol}
            self._crm.add("currencies", {**row, "active_flag": True, "is_custom_flag": False})

    def stages(self) -> Doc:
        """Stages, of one pipeline where it is named."""
        allowed(("pipeline_id", *SORTING, *PAGING))
        rows, told = self._crm.rows("stages"), whole("pipeline_id")
        kept = [row for row in rows if told in {None, row["pipeline_id"]}]
        return listed(kept, ("id", "update_time", "add_time", "order_nr"))

    def me(self) -> Doc:
        """The token's user, with the company. A missing entry in `access` means: not an admin there."""
        place = {
            "company_id": 1,
            "company_name": COMPANY.name,
            "company_domain": DOMAIN,
            "company_country": "FI",
            "company_industry": "consulting",
            "language": {"language_code": "fi", "country_code": "FI"},
        }
        return found({**self._user(self._crm.need("users", 1)), **place})

    def users(self) -> Doc:
        """All users, unpaged."""
        return found([self._user(row) for row in self._crm.rows("users")])

    def user(self, key: str) -> Doc:
        """One user."""
        row = self._crm.get("users", key)
        if row is None:
            raise refused(404, "User not found")
        return found(self._user(row))

    def currencies(self) -> Doc:
        """All currencies, or those of a term."""
        term = request.args.get("term", "").casefold()
        names = ("id", "code", "name", "decimal_points", "symbol", "active_flag", "is_custom_flag")
        rows = [
            row for row in self._crm.rows("currencies") if term in f"{row['code']} {row['name']}".casefold()
        ]
        return found([{name: row[name] for name in names} for row in rows])

    def activity_types(self) -> Doc:
        """Two kinds."""
        times = dict.fromkeys(("add_time", "update_time"), "2025-01-02T08:00:00Z")
        rows = [
            {"id": at, "name": name, "key_string": key, "icon_key": key, "order_nr": at, "color": "FFFFFF"}
            for at, (name, key) in enumerate((("Puhelu", "call"), ("Tehtävä", "task")), 1)
        ]
        return found([{**row, "active_flag": True, "is_custom_flag": False, **times} for row in rows])

    def activities(self) -> Doc:
        """Activities, of one deal where it is named."""
        allowed(("deal_id", "done", "updated_since", *SORTING, *PAGING))
        told = whole("deal_id")
        return listed([row for row in self._crm.rows("activities") if told in {None, row.get("deal_id")}])

    def add_activity(self) -> Doc:
        """QUIRK: `person_id` is read-only; participants say who takes part (pipedrive.md 3.5)."""
        sent = body(ACTIVITY)
        if "person_id" in sent:
            raise invalid("person_id", "Parameter 'person_id' is not allowed for this request")
        if len(str(sent.get("note", ""))) > 100 * 1024:
            raise invalid("note", "note is too long")
        usual = {"subject": "Tehtävä", "type": "task", "owner_id": 1, "creator_user_id": 1, "done": False}
        return found(self._crm.add("activities", {**usual, "is_deleted": False, **sent}))

    def change_activity(self, key: str) -> Doc:
        """Changes the keys sent."""
        row = self._crm.get("activities", key)
        if row is None:
            raise missing("Activity")
        return found(self._crm.touch("activities", {**row, **body(ACTIVITY)}))

    def _paged(self, table: str) -> Doc:
        allowed((*SORTING, *PAGING))
        return listed(self._crm.rows(table))

    def _user(self, row: Doc) -> Doc:
        admin = self._crm.settings["admin"]
        access: list[Any] = [
            {"app": app, "admin": True, "permission_set_id": "00000000-0000-4000-8000-000000000001"}
            for app in ("sales", "global")
        ]
        offset = self._crm.now().astimezone(ZONE).strftime("%z")
        return {
            "id": row["id"],
            "name": row["name"],
            "email": row["email"],
            "default_currency": "EUR",
            "locale": "fi_FI",
            "lang": 1,
            "phone": None,
            "activated": True,
            "last_login": older(self._crm.stamp()),
            "created": "2025-01-02 08:00:00",
            "modified": None,
            "has_created_company": row["id"] == 1,
            "access": access if admin else [],
            "active_flag": True,
            "timezone_name": str(ZONE),
            "timezone_offset": f"{offset[:3]}:{offset[3:]}",
            "role_id": 1,
            "icon_url": None,
            "is_you": row["id"] == 1,
            "is_deleted": False,
        }
