"""Organizations, persons and products: listed, read, searched.

Facts: pipedrive.md sections 3, 3.3, 6. Inferred: the score of a result; that a search looks for the term
anywhere in a text, without regard to case.
"""

from __future__ import annotations

from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.fields import FieldDesk
from bridge_gui.vendors.pipedrive.simulator.forms import (
    allowed,
    choices,
    found,
    invalid,
    missing,
    moment,
    numbers,
    truth,
    whole,
)
from bridge_gui.vendors.pipedrive.simulator.listing import PAGING, SORTING, listed, page
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint, get

USUAL = ("filter_id", "ids", "owner_id", "updated_since", "custom_fields", *SORTING, *PAGING)
LABELS = ("updated_until", "include_fields", "include_option_labels", "include_labels")
MORE = {
    "organizations": LABELS,
    "persons": (*LABELS, "org_id", "deal_id"),
    "products": (),
}
KIND = {"organizations": "organization", "persons": "person", "products": "product"}
EMPTIED = ("org_id", "picture_id", "first_name", "last_name", "address")
SYNCED = ("postal_address", "notes", "im", "birthday", "job_title")
"""QUIRK: a person has these only with Contact Sync on (pipedrive.md 3.3)."""


class PartyDesk:
    """Reads whom a deal is with and what it sells."""

    def __init__(self, crm: Crm, fields: FieldDesk) -> None:
        self._crm = crm
        self._fields = fields

    def routes(self) -> list[Endpoint]:
        """Lists and single records; searches are elsewhere."""
        made = [get("/api/v2/products/<key>/variations", 10, self.variations, *_scopes("products"))]
        for table in KIND:
            made.append(get(f"/api/v2/{table}", 10, self._lister(table), *_scopes(table)))
            made.append(get(f"/api/v2/{table}/<key>", 1, self._reader(table), *_scopes(table)))
        return made

    def variations(self, key: str) -> Doc:
        """A product's variations with prices of their own."""
        allowed(PAGING)
        rows = self._crm.rows("variations", ("product_id", "=", self._found("products", key)["id"]))
        told = listed(rows)
        names = ("id", "name", "product_id", "prices")
        return {**told, "data": [{name: row[name] for name in names} for row in told["data"]]}

    def add(self, table: str, sent: Doc) -> Doc:
        """A new record; what is not said is empty."""
        custom = self._fields.judged(KIND[table], sent.get("custom_fields") or {})
        usual = {"owner_id": 1, "is_deleted": False, "visible_to": 3, "label_ids": []}
        return self._crm.add(table, {**usual, **_EMPTY[table], **sent, "custom_fields": custom})

    def change(self, table: str, key: Any, changes: Doc) -> Doc:
        """A person edits a record."""
        row = self._crm.need(table, key)
        custom = self._fields.judged(KIND[table], changes.get("custom_fields") or {})
        return self._crm.touch(table, {**row, **changes, "custom_fields": {**row["custom_fields"], **custom}})

    def _lister(self, table: str) -> Any:
        def listing() -> Doc:
            allowed((*USUAL, *MORE[table]))
            rows = self._filtered(table)
            sortable = ("id", "name", "add_time", "update_time") if table == "products" else None
            part, following = page(rows, sortable) if sortable else page(rows)
            return found([self._shown(table, row) for row in part], next_cursor=following)

        return listing

    def _reader(self, table: str) -> Any:
        def one(key: str) -> Doc:
            allowed(("include_fields", "custom_fields", "include_option_labels", "include_labels"))
            return found(self._shown(table, self._found(table, key)))

        return one

    def _filtered(self, table: str) -> list[Doc]:
        since, until, ids = moment("updated_since"), moment("updated_until"), numbers("ids")
        rows = [row for row in self._crm.rows(table) if not row["is_deleted"]]
        rows = [row for row in rows if row["id"] in ids] if ids is not None else rows
        rows = [row for row in rows if since <= row["update_time"]] if since else rows
        rows = [row for row in rows if row["update_time"] < until] if until else rows
        for name in ("owner_id", "org_id"):
            told = whole(name)
            rows = [row for row in rows if row.get(name) == told] if told is not None else rows
        deal = self._crm.get("deals", whole("deal_id"))
        return [row for row in rows if row["id"] == deal["person_id"]] if deal else rows

    def _found(self, table: str, key: str) -> Doc:
        row = self._crm.get(table, key)
        if row is None or (row["is_deleted"] and table != "products"):
            raise missing(KIND[table].title())
        return row

    def _shown(self, table: str, row: Doc) -> Doc:
        made = self._fields.complete(KIND[table], row)
        if truth("include_option_labels"):
            made = self._fields.labelled(KIND[table], made)
        if table == "persons" and not self._crm.settings["contact_sync"]:
            made = {name: value for name, value in made.items() if name not in SYNCED}
        return self._crm.dressed(made, EMPTIED)


class SearchDesk:
    """Looks for a term in names, codes, addresses and custom texts."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Endpoint]:
        """One search for each kind, and one for all."""
        tables = ("deals", "organizations", "persons", "products")
        searches = [
            get(f"/api/v2/{one}/search", 20, self._searcher(one), "search:read", *_scopes(one))
            for one in tables
        ]
        return [*searches, get("/api/v2/itemSearch", 20, self.items, "search:read")]

    def items(self) -> Doc:
        """All kinds at once."""
        known = ("deal", "person", "organization", "product")
        wanted = choices("item_types", (*known, "lead", "file", "mail_attachment", "project")) or list(known)
        results = [one for kind in known if kind in wanted for one in self._results(f"{kind}s")]
        return {**found({"items": results[: whole("limit", 100)], "related_items": []}), **_END}

    def _searcher(self, table: str) -> Any:
        def search() -> Doc:
            return {**found({"items": self._results(table)[: whole("limit", 100)]}), **_END}

        return search

    def _results(self, table: str) -> list[Doc]:
        term = request.args.get("term", "").strip().casefold()
        exact = truth("exact_match")
        if len(term) < (1 if exact else 2):
            raise invalid("term", "term must be at least 2 characters long")
        rows = [row for row in self._crm.rows(table) if not row["is_deleted"]]
        return [
            {"result_score": 0.5, "item": self._item(table, row)}
            for row in rows
            if any(term == text.casefold() if exact else term in text.casefold() for text in _texts(row))
        ]

    def _item(self, table: str, row: Doc) -> Doc:
        texts = [value for value in row["custom_fields"].values() if isinstance(value, str)]
        usual: Doc = {"id": row["id"], "type": table[:-1], "visible_to": row["visible_to"]}
        usual |= {"owner": {"id": row["owner_id"]}, "custom_fields": texts, "notes": []}
        if table == "deals":
            names = ("title", "value", "currency", "status", "is_archived")
            linked = {"organization": "org_id", "person": "person_id"}
            parties = {name: self._named(f"{name}s", row[key]) for name, key in linked.items()}
            stage = self._crm.need("stages", row["stage_id"])
            told = {name: row[name] for name in names}
            return {**usual, **told, **parties, "stage": {"id": stage["id"], "name": stage["name"]}}
        if table == "organizations":
            return {**usual, "name": row["name"], "address": (row["address"] or {}).get("value")}
        if table == "persons":
            lists = {name: [one["value"] for one in row[name]] for name in ("emails", "phones")}
            return {
                **usual,
                "name": row["name"],
                **lists,
                "organization": self._named("organizations", row["org_id"]),
            }
        return {**usual, "name": row["name"], "code": row["code"]}

    def _named(self, table: str, key: Any) -> Doc | None:
        row = self._crm.get(table, key)
        return {"id": row["id"], "name": row["name"]} if row else None


def _texts(row: Doc) -> list[str]:
    texts = [row.get("title"), row.get("name"), row.get("code"), (row.get("address") or {}).get("value")]
    texts += [one["value"] for name in ("emails", "phones") for one in row.get(name) or []]
    texts += row["custom_fields"].values()
    return [text for text in texts if isinstance(text, str)]


def _scopes(table: str) -> tuple[str, ...]:
    area = {"deals": "deals", "products": "products"}.get(table, "contacts")
    return f"{area}:read", f"{area}:full"


_END: Doc = {"additional_data": {"next_cursor": None}}
_EMPTY: dict[str, Doc] = {
    "organizations": {
        "name": "", "address": None, "website": None, "linkedin": None, "industry": None,
        "annual_revenue": None, "employee_count": None,
    },
    "persons": {
        "name": "", "first_name": None, "last_name": None, "org_id": None, "emails": [], "phones": [],
        "picture_id": None, "postal_address": None, "notes": None, "im": [], "birthday": None,
        "job_title": None,
    },
    "products": {
        "name": "", "code": "", "unit": "", "tax": 0, "is_linkable": True, "description": "",
        "category": None, "billing_frequency": "one-time", "billing_frequency_cycles": None, "prices": [],
    },
}  # fmt: skip
