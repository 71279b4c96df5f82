"""The location and what is set up in it: tags, own fields, workflows, calendars, products.

Facts: highlevel.md 3.1. Inferred: a new own field's key is made of its name.
"""

from __future__ import annotations

import re
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Route, answer
from bridge_gui.sandbox.studio import OFFERS, OWNER, STUDIO, ZONE
from bridge_gui.vendors.highlevel.simulator.crm import LOCATION, Crm, page, sent, shown
from bridge_gui.vendors.highlevel.simulator.says import unprocessable


class ListDesk:
    """Reads what the location has."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """The paths of the lists."""
        return [
            ("GET", "/locations/<key>", self.location),
            ("GET", "/locations/<key>/customFields", self.fields),
            ("POST", "/locations/<key>/customFields", self.add_field),
            ("GET", "/locations/<key>/tags", self.tags),
            ("GET", "/workflows/", self.workflows),
            ("GET", "/calendars/", self.calendars),
            ("GET", "/products/", self.products),
            ("GET", "/products/<key>/price", self.prices),
        ]

    def location(self, key: str) -> Doc:
        """QUIRK: no currency here (highlevel.md 3.1)."""
        settings, country = self._crm.settings, self._crm.settings["country"]
        told = {
            "id": key,
            "companyId": "ExampLeCompany000001",
            "name": STUDIO,
            "address": "1 Example Street",
            "city": "Springfield" if country == "US" else "London",
            "country": country,
            "postalCode": "00000" if country == "US" else "E1 0AA",
            "timezone": settings["zone"] or ("America/New_York" if country == "US" else ZONE),
            "email": OWNER[1],
            "business": {"name": STUDIO, "email": OWNER[1], "country": country},
            "settings": {"allowDuplicateContact": settings["allow_duplicates"]},
        }
        return {"location": told, "traceId": self._crm.trace()}

    def fields(self, key: str) -> Doc:
        """Own fields of contacts."""
        return {"customFields": self._fields()}

    def add_field(self, key: str) -> Any:
        """A new own field."""
        body = sent()
        wrong = [f"{name} should not be empty" for name in ("name", "dataType") if not body.get(name)]
        if wrong:
            raise unprocessable(*wrong)
        made = self.field(str(body["name"]), str(body["dataType"]))
        return answer({"customField": made, "traceId": self._crm.trace()}, 201)

    def field(self, name: str, kind: str) -> Doc:
        """An own field as it is kept."""
        slug = re.sub(r"\W+", "_", name.lower()).strip("_")
        made = {
            "id": self._crm.new_id("short"),
            "name": name,
            "fieldKey": f"contact.{slug}",
            "dataType": kind,
            "model": "contact",
            "position": 0,
            "locationId": LOCATION,
        }
        self._crm.fields.put(made)
        return made

    def tags(self, key: str) -> Doc:
        """The location's tags, and those its contacts bear."""
        known = {row["name"]: row for row in self._crm.tags.find()}
        for contact in self._crm.contacts.find():
            for name in contact["tags"]:
                known.setdefault(name, {"id": f"tag-{name}", "name": name, "locationId": LOCATION})
        return {"tags": list(known.values()), "traceId": self._crm.trace()}

    def workflows(self) -> Doc:
        """Workflows, the drafts too."""
        return {"workflows": self._crm.workflows.find(), "traceId": self._crm.trace()}

    def calendars(self) -> Doc:
        """Calendars."""
        return {"calendars": self._crm.calendars.find(), "traceId": self._crm.trace()}

    def products(self) -> Doc:
        """QUIRK: the total is a list of one object; nothing resolves ids of taxes (highlevel.md 3.1)."""
        rows = self._crm.products.find()
        told = [shown(row) for row in page(rows, 100)]
        return {"products": told, "total": [{"total": len(rows)}], "traceId": self._crm.trace()}

    def prices(self, key: str) -> Doc:
        """A product's prices."""
        product = self._crm.need("products", key)
        told = {"name": product["name"], "type": "one_time", "currency": self._crm.currency()}
        price = {**told, "_id": f"{key[:20]}0001", "amount": product["_price"], "product": key}
        price["locationId"] = LOCATION
        return {"prices": [price], "total": 1, "traceId": self._crm.trace()}

    def plant(self) -> None:
        """What the studio has set up."""
        now = self._crm.stamp()
        for name, status in (
            ("Review request", "published"),
            ("Welcome", "published"),
            ("Old ideas", "draft"),
        ):
            key = self._crm.new_id()
            row = {"id": key, "name": name, "status": status, "version": 2, "locationId": LOCATION}
            self._crm.workflows.put({**row, "createdAt": now, "updatedAt": now})
        calendar = {
            "id": self._crm.new_id("short"),
            "name": "Wellness",
            "isActive": True,
            "locationId": LOCATION,
        }
        self._crm.calendars.put({**calendar, "calendarType": "service_booking"})
        self.field("QuickBooks Id", "TEXT")
        for name in ("QuickBooks", "Member"):
            self._crm.tags.put({"id": self._crm.new_id("short"), "name": name, "locationId": LOCATION})
        for offer in OFFERS:
            key = self._crm.new_id()
            row = {
                "id": key,
                "_id": key,
                "locationId": LOCATION,
                "name": offer.name,
                "productType": "SERVICE",
            }
            taxes = [f"63770f5cecf298787c75{int(offer.tax * 100):04}"] if offer.tax else []
            more = {"taxes": taxes, "isTaxesEnabled": bool(taxes), "createdAt": now, "updatedAt": now}
            self._crm.products.put({**row, **more, "_price": offer.price})

    def _fields(self) -> list[Doc]:
        model = request.args.get("model", "all")
        rows: list[Doc] = self._crm.fields.find()
        return rows if model in {"all", "contact"} else []
