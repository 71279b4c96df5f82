"""Field definitions, and the values that custom fields take.

Facts: pipedrive.md section 3.4. Inferred: which built-in fields come first; the text of a refused value.
"""

from __future__ import annotations

import hashlib
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.forms import (
    Check,
    allowed,
    body,
    found,
    invalid,
    is_id,
    is_list,
    is_number,
    is_object,
    is_text,
    missing,
    or_null,
)
from bridge_gui.vendors.pipedrive.simulator.listing import PAGING, listed
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint, get, post

KINDS = ("deal", "organization", "person", "product")
ADDRESS = (
    "value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route",
    "street_number", "subpremise", "postal_code", "formatted_address",
)  # fmt: skip
TYPES = (
    "varchar", "text", "double", "phone", "date", "daterange", "time", "timerange", "set", "enum",
    "varchar_auto", "address", "monetary", "org", "people", "user",
)  # fmt: skip
BUILT_IN = {
    "deal": (("title", "Title", "varchar"), ("value", "Value", "monetary"),
             ("currency", "Currency", "varchar"), ("person_id", "Contact person", "people"),
             ("org_id", "Organization", "org"),
             ("status", "Status", "enum"), ("won_time", "Won time", "date"), ("label_ids", "Label", "set")),
    "organization": (("name", "Name", "varchar"), ("address", "Address", "address"),
                     ("owner_id", "Owner", "user"), ("website", "Website", "varchar")),
    "person": (("name", "Name", "varchar"), ("emails", "Email", "varchar"), ("phones", "Phone", "phone"),
               ("org_id", "Organization", "org")),
    "product": (("name", "Name", "varchar"), ("code", "Product code", "varchar"), ("unit", "Unit", "varchar"),
                ("tax", "Tax", "double"), ("prices", "Unit prices", "monetary")),
}  # fmt: skip


def field_code(kind: str, name: str) -> str:
    """The 40 hexadecimal digits of a custom field; the same for the same name, which need not be."""
    return hashlib.sha1(f"{kind} {name}".encode(), usedforsecurity=False).hexdigest()


class FieldDesk:
    """Lists and makes field definitions, and judges values."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Endpoint]:
        """Four lists, and the making of a deal field."""
        lists = [get(f"/api/v2/{kind}Fields", 10, self._lister(kind), *_scopes(kind)) for kind in KINDS]
        return [
            *lists,
            post("/api/v2/dealFields", 5, self.create, "deal-fields:full", "admin"),
            get("/api/v2/dealFields/<code>", 1, self.one, "deals:read", "deals:full"),
        ]

    def create(self) -> Doc:
        """A new custom field of deals."""
        sent = body({"field_name": is_text, "field_type": is_text, "options": is_list,
                     "description": or_null(is_text), "ui_visibility": is_object,
                     "important_fields": is_object, "required_fields": is_object})  # fmt: skip
        if not sent.get("field_name") or sent.get("field_type") not in TYPES:
            raise invalid("field_type", "field_name and a known field_type are required")
        labels = [str(one.get("label")) for one in sent.get("options") or [] if isinstance(one, dict)]
        return found(self.shown(self.add("deal", sent["field_name"], sent["field_type"], labels)))

    def one(self, code: str) -> Doc:
        """One deal field."""
        row = next((row for row in self.of("deal") if row["field_code"] == code), None)
        if row is None:
            raise missing("Field")
        return found(self.shown(row))

    def plant(self) -> None:
        """The built-in fields."""
        for kind, rows in BUILT_IN.items():
            for code, name, sort in rows:
                self._put(kind, code, name, sort, custom=False)

    def add(self, kind: str, name: str, sort: str, options: list[str] | None = None) -> Doc:
        """A custom field; a name that is there already gives another code."""
        code = field_code(kind, name)
        if any(row["field_code"] == code for row in self.of(kind)):
            code = field_code(kind, f"{name} {self._crm.state.next_number('field')}")
        row = self._put(kind, code, name, sort, custom=True)
        if options:
            numbers = [self._crm.state.next_number("option") for _ in options]
            row["options"] = [{"id": at, "label": text} for at, text in zip(numbers, options, strict=True)]
        return self._crm.put("fields", row)

    def of(self, kind: str) -> list[Doc]:
        """A kind's fields in the order of their making."""
        return self._crm.rows("fields", ("kind", "=", kind))

    def code(self, kind: str, name: str) -> str:
        """The code of the first field of that name."""
        return next(str(row["field_code"]) for row in self.of(kind) if row["field_name"] == name)

    def complete(self, kind: str, record: Doc) -> Doc:
        """QUIRK: custom fields list every one of the account, most of them null (pipedrive.md 3.1)."""
        codes = [row["field_code"] for row in self.of(kind) if row["is_custom_field"]]
        kept = record.get("custom_fields") or {}
        return {**record, "custom_fields": {code: kept.get(code) for code in codes}}

    def labelled(self, kind: str, record: Doc) -> Doc:
        """Options with their labels; an option that is gone keeps its number only."""
        values = dict(record["custom_fields"])
        for row in self.of(kind):
            names = {one["id"]: one["label"] for one in row.get("options") or []}
            told = values.get(row["field_code"])
            if row["field_type"] == "enum" and told in names:
                values[row["field_code"]] = {"id": told, "label": names[told]}
            elif row["field_type"] == "set" and isinstance(told, list):
                values[row["field_code"]] = [{"id": one, "label": names.get(one)} for one in told]
        return {**record, "custom_fields": values}

    def judged(self, kind: str, sent: Doc) -> Doc:
        """Custom values that may be stored, in the form in which they are."""
        rows = {row["field_code"]: row for row in self.of(kind) if row["is_custom_field"]}
        made: Doc = {}
        for code, value in sent.items():
            if code not in rows:
                raise invalid(f"custom_fields.{code}", f"Parameter '{code}' is not allowed for this request")
            if value is not None and not _fits(rows[code], value):
                raise invalid(f"custom_fields.{code}", "the value does not fit the field's type")
            whole_address = rows[code]["field_type"] == "address" and value is not None
            made[code] = {**dict.fromkeys(ADDRESS), **value} if whole_address else value
        return made

    @staticmethod
    def shown(row: Doc) -> Doc:
        """A definition as answers show it."""
        return {
            name: value
            for name, value in row.items()
            if name not in {"id", "kind", "add_time", "update_time"}
        }

    def _lister(self, kind: str) -> Any:
        def listing() -> Doc:
            allowed(("include_fields", *PAGING))
            told = listed(self.of(kind))
            return {**told, "data": [self.shown(row) for row in told["data"]]}

        return listing

    def _put(self, kind: str, code: str, name: str, sort: str, *, custom: bool) -> Doc:
        parts = [
            {"field_code": one, "field_name": f"{one} of {name}", "field_type": "varchar"} for one in ADDRESS
        ]
        return self._crm.add(
            "fields",
            {
                "kind": kind,
                "field_name": name,
                "field_code": code,
                "field_type": sort,
                "options": None,
                "subfields": parts if sort == "address" else None,
                "is_custom_field": custom,
                "is_optional_response_field": False,
            },
        )


def _scopes(kind: str) -> tuple[str, ...]:
    area = {"deal": "deals", "product": "products"}.get(kind, "contacts")
    return f"{area}:read", f"{area}:full"


def _fits(row: Doc, value: Any) -> bool:
    sort, known = row["field_type"], {one["id"] for one in row.get("options") or []}
    judges: dict[str, Check] = {
        **dict.fromkeys(("varchar", "varchar_auto"), lambda told: is_text(told) and len(told) <= 255),
        **dict.fromkeys(("text", "phone", "date"), is_text),
        **dict.fromkeys(("monetary", "time", "daterange", "timerange"), is_object),
        "double": is_number,
        "enum": lambda told: is_id(told) and told in known,
        "set": lambda told: is_list(told) and bool(told) and set(told) <= known,
        "address": lambda told: is_object(told) and is_text(told.get("value")),
    }
    return judges.get(sort, is_id)(value)
