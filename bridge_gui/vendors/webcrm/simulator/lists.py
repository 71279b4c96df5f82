"""Users, what fields are called, and hooks.

Facts: webcrm.md 3.6, 3.7 and the Swagger document. Inferred: who is active; hooks are seen by their maker
alone, and there is one maker here.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.webcrm.simulator.crm import Crm, body, paged
from bridge_gui.vendors.webcrm.simulator.records import Records
from bridge_gui.vendors.webcrm.simulator.says import missing, refused

ENTITIES = (
    "Activity",
    "Delivery",
    "Event",
    "Opportunity",
    "Organisation",
    "Person",
    "Product",
    "SupportCase",
    "User",
    "All",
)
WHO = ("All", "OrganisationOwner", "OrganisationOwner2")
FILTERS = {
    "Organisation": ("All", "Owner", "Owner2"),
    "Delivery": (*WHO, "Responsible", "Responsible2", "Responsible3"),
    "Person": WHO,
    "QuotationLine": WHO,
    "User": ("All", "Current"),
}
EVENTS = ("Create", "Update", "Delete")
HOOK = {
    "Id",
    "TargetUrl",
    "EventType",
    "IsEnabled",
    "Filter",
    "CreatedAt",
    "CreatedBy",
    "UpdatedAt",
    "UpdatedBy",
}


class Users(Records):
    """Those who work with webcrm; each costs a seat."""

    prefix, path = "User", "/Users"

    def routes(self) -> list[Route]:
        """With the active ones."""
        return [*super().routes(), ("GET", f"{self.path}/AllActive", self.active)]

    def active(self) -> list[Doc]:
        """Those who may sign in."""
        return self.page([row for row in self._crm.table("User").find() if not row.get("_gone")])

    def create(self) -> Any:
        """A new user; nothing is answered."""
        super().create()
        return Response(status=200)

    def check(self, made: Doc, known: Doc | None) -> None:
        """A name to sign in by, used once."""
        if not made.get("UserLoginName"):
            raise refused("The UserLoginName field is required.")
        twin = self._crm.table("User").first(("UserLoginName", "=", made["UserLoginName"]))
        if twin is not None and twin["id"] != made["id"]:
            raise refused("UserLoginName must be unique.")


class Metadata:
    """What fields are called and what may be chosen in them."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """For all kinds of record, or one."""
        return [
            ("GET", "/FieldsMetadata", lambda: self.told("All")),
            ("GET", "/FieldsMetadata/<kind>", self.told),
        ]

    def told(self, kind: str) -> list[Doc]:
        """Every field that the customer can see, in order."""
        if kind not in ENTITIES:
            raise refused(f"The value '{kind}' is not valid.")
        rows = self._crm.metadata.find(*((("entity", "=", kind),) if kind != "All" else ()))
        return [_told(row) for row in rows]


class Hooks:
    """Notices that a client asks for; the customer's own requests for them stand here."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """Five paths for each kind of record."""
        kinds = {"Organisation": "Organisations", "Person": "Persons", "Delivery": "Deliveries",
                 "QuotationLine": "QuotationLines", "User": "Users"}  # fmt: skip
        return [route for prefix, name in kinds.items() for route in self._of(prefix, f"/{name}/Hooks")]

    def _of(self, prefix: str, path: str) -> list[Route]:
        return [
            ("GET", path, lambda: [_bare(row) for row in paged(self._rows(prefix), 100)]),
            ("POST", path, lambda: self.add(prefix, body())),
            ("GET", f"{path}/<int:key>", lambda key: _bare(self._need(prefix, key))),
            ("PUT", f"{path}/<int:key>", lambda key: self._change(prefix, key)),
            ("DELETE", f"{path}/<int:key>", lambda key: self._drop(prefix, key)),
        ]

    def _rows(self, prefix: str) -> list[Doc]:
        return self._crm.hooks.find(("_entity", "=", prefix))

    def add(self, prefix: str, asked: Doc) -> int:
        """A hook that somebody asked for."""
        sent = _checked(prefix, asked)
        key = self._crm.state.next_number("hook")
        stamps = {"CreatedAt": self._crm.stamp(), "CreatedBy": "REST API"}
        stamps |= {"UpdatedAt": self._crm.stamp(), "UpdatedBy": "REST API"}
        self._crm.hooks.put({**sent, **stamps, "Id": key, "id": str(key), "_entity": prefix})
        return key

    def _change(self, prefix: str, key: int) -> Response:
        known, sent = self._need(prefix, key), _checked(prefix, body())
        made = {**known, **sent, "Id": key, "UpdatedAt": self._crm.stamp()}
        self._crm.hooks.put(made)
        return Response(status=200)

    def _drop(self, prefix: str, key: int) -> Response:
        self._crm.hooks.drop(self._need(prefix, key)["id"])
        return Response(status=200)

    def _need(self, prefix: str, key: int) -> Doc:
        found = self._crm.hooks.get(str(key))
        if found is None or found["_entity"] != prefix:
            raise missing("Hook", key)
        return found


def _checked(prefix: str, sent: Any) -> Doc:
    if not isinstance(sent, dict) or not {"Filter", "Id", "IsEnabled", "TargetUrl"} <= sent.keys() <= HOOK:
        raise refused("The request is invalid.")
    good = (
        isinstance(sent["TargetUrl"], str)
        and sent["TargetUrl"].startswith(("http://", "https://"))
        and sent.get("EventType") in EVENTS
        and isinstance(sent["IsEnabled"], bool)
        and isinstance(sent["Filter"], list)
        and all(one in FILTERS[prefix] for one in sent["Filter"])
    )
    if not good:
        raise refused("The request is invalid.")
    return {name: sent[name] for name in ("TargetUrl", "EventType", "IsEnabled", "Filter")}


def _bare(row: Doc) -> Doc:
    return {name: value for name, value in row.items() if name in HOOK}


def _told(row: Doc) -> Doc:
    told = {
        "DbFieldName": row["db"],
        "FriendlyFieldName": row["id"],
        "Id": row["number"],
        "Label": row["label"],
        "SortOrder": row["order"],
        "DisplayType": row["type"],
        "TextFieldMaxLength": row["most"],
        "DropdownListData": [{"Text": text, "Value": text} for text in row["list"]],
    }
    return {f"FieldMetadata{name}": value for name, value in told.items()}
