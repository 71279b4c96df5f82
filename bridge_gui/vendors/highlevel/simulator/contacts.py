"""HighLevel's contacts: made, found by the duplicate rule, changed, tagged, put into a workflow.

Facts: highlevel.md 3.2, 7. Inferred: the rule looks at e-mail and then at telephone, additional addresses
too; what a deleted contact answers; that a draft workflow is refused.
"""

from __future__ import annotations

from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Route, answer
from bridge_gui.vendors.highlevel.simulator.crm import LOCATION, Crm, sent, shown
from bridge_gui.vendors.highlevel.simulator.says import DUPLICATE, Unsure, bad, missing, unprocessable

FIELDS = {
    "firstName", "lastName", "name", "email", "phone", "companyName", "address1", "city", "state", "country",
    "postalCode", "website", "timezone", "source", "dnd", "dndSettings", "tags", "customFields", "gender",
    "assignedTo", "dateOfBirth",
}  # fmt: skip
MAKING = FIELDS | {"locationId", "createNewIfDuplicateAllowed"}


class ContactDesk:
    """Makes and changes contacts."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """The paths of single contacts."""
        return [
            ("POST", "/contacts/", self.create),
            ("POST", "/contacts/upsert", self.upsert),
            ("GET", "/contacts/<key>", self.one),
            ("PUT", "/contacts/<key>", self.update),
            ("DELETE", "/contacts/<key>", self.delete),
            ("POST", "/contacts/<key>/tags", lambda key: answer(self._tagged(key, add=True), 201)),
            ("DELETE", "/contacts/<key>/tags", lambda key: self._tagged(key, add=False)),
            ("POST", "/contacts/<key>/workflow/<workflow>", self.enrol),
        ]

    def create(self) -> Any:
        """A new contact; a duplicate is refused with the id of the first."""
        body = sent()
        _known_fields(body, MAKING)
        twin = self.twin(body.get("email"), body.get("phone"))
        if twin is not None and not self._crm.settings["allow_duplicates"]:
            field = "email" if _is(twin, body.get("email")) else "phone"
            meta = {"contactId": twin["id"], "contactName": _name(twin), "matchingField": field}
            raise bad(DUPLICATE, meta=meta, traceId=self._crm.trace())
        made = self.make(body)
        if self._crm.settings["create_stumbles"]:
            self._crm.settings.change({"create_stumbles": self._crm.settings["create_stumbles"] - 1})
            raise unprocessable("Contact could not be created", keep=True)
        return answer({"contact": shown(made), "traceId": self._crm.trace()}, 201)

    def upsert(self) -> Any:
        """QUIRK: tags are overwritten; an additional address becomes the first one (highlevel.md 0)."""
        body = sent()
        _known_fields(body, MAKING)
        twin = self.twin(body.get("email"), body.get("phone"))
        if twin is None:
            made = self.make(body)
            return answer({"new": True, "contact": shown(made), "traceId": self._crm.trace()}, 201)
        kept = self.change(twin, {name: body[name] for name in FIELDS if name in body})
        return {"new": False, "contact": shown(kept), "traceId": self._crm.trace()}

    def one(self, key: str) -> Doc:
        """One contact."""
        return {"contact": shown(self._live(key)), "traceId": self._crm.trace()}

    def update(self, key: str) -> Doc:
        """Changes what is told; the location may not be."""
        body = sent()
        _known_fields(body, FIELDS)
        kept = self.change(self._live(key), body)
        return {"succeded": True, "contact": shown(kept), "traceId": self._crm.trace()}

    def delete(self, key: str) -> Doc:
        """Removes a contact."""
        self._crm.contacts.drop(self._live(key)["id"])
        return {"succeded": True, "traceId": self._crm.trace()}

    def enrol(self, key: str, workflow: str) -> Doc:
        """Puts a contact into a workflow. QUIRK: queued only; the word is misspelt (highlevel.md 3.2)."""
        contact = self._live(key)
        found = self._crm.workflows.get(workflow)
        if found is None:
            raise missing("Workflow", workflow, self._crm.trace())
        if found["status"] != "published":
            raise bad(Unsure.DRAFT, traceId=self._crm.trace())
        row = {"contactId": contact["id"], "workflowId": workflow, "at": self._crm.stamp()}
        self._crm.enrolments.put({"id": self._crm.new_id("enrolment"), **row})
        told = {"succeeded": True} if request.headers.get("Version") == "v3" else {}
        return {"succeded": True, **told, "traceId": self._crm.trace()}

    def make(self, body: Doc) -> Doc:
        """A new contact as it is kept."""
        now = self._crm.stamp()
        first, _, last = str(body.get("name") or "").partition(" ")
        made: Doc = {
            "id": self._crm.new_id("contact"),
            "locationId": LOCATION,
            "firstName": body.get("firstName", first),
            "lastName": body.get("lastName", last),
            "type": "lead",
            "dnd": False,
            "tags": [],
            "customFields": [],
            "additionalEmails": [],
            "dateAdded": now,
            "source": body.get("source", "public api"),
        }
        return self.change(made, {name: body[name] for name in FIELDS if name in body})

    def change(self, known: Doc, changes: Doc) -> Doc:
        """A contact with some fields new."""
        changes = {name: value for name, value in changes.items() if name != "name"}
        if "customFields" in changes:
            changes["customFields"] = [*known["customFields"], *map(_field, changes["customFields"])]
            by_id = {one["id"]: one for one in changes["customFields"]}
            changes["customFields"] = list(by_id.values())
        made = {**known, **changes, "dateUpdated": self._crm.stamp()}
        if changes.get("email"):
            more = [
                one for one in known["additionalEmails"] if one["email"].lower() != changes["email"].lower()
            ]
            made["additionalEmails"] = more
        made["_more"] = bool(made["additionalEmails"])
        made["_email"] = str(made.get("email") or "").lower()
        made["_phone"] = str(made.get("phone") or "")
        for name in ("firstName", "lastName"):
            made[f"{name}LowerCase"] = str(made.get(name) or "").lower()
        self._crm.contacts.put(made)
        return made

    def twin(self, email: Any, phone: Any) -> Doc | None:
        """The contact that the location's own rule takes for the same: by e-mail, then by telephone."""
        wanted = str(email or "").strip().lower()
        if wanted:
            found = self._crm.contacts.first(("_email", "=", wanted)) or self._by_additional(wanted)
            if found is not None:
                return found
        return self._crm.contacts.first(("_phone", "=", str(phone))) if phone else None

    def _by_additional(self, email: str) -> Doc | None:
        rows = self._crm.contacts.find(("_more", "=", 1))
        return next((row for row in rows if _is(row, email)), None)

    def _tagged(self, key: str, *, add: bool) -> Doc:
        contact, told = self._live(key), sent().get("tags")
        if not isinstance(told, list) or not told:
            raise unprocessable("tags should not be empty", "tags must be an array")
        kept = [tag for tag in contact["tags"] if tag not in told]
        made = {**contact, "tags": [*kept, *told] if add else kept, "dateUpdated": self._crm.stamp()}
        self._crm.contacts.put(made)
        return {"tags": made["tags"], "traceId": self._crm.trace()}

    def _live(self, key: str) -> Doc:
        found = self._crm.contacts.get(key)
        if found is None or found.get("_into"):
            if self._crm.settings["missing_contact_is_400"]:
                raise bad(Unsure.NOT_FOUND.format("Contact", key), traceId=self._crm.trace())
            raise missing("Contact", key, self._crm.trace())
        return found


def _is(contact: Doc, email: Any) -> bool:
    wanted = str(email or "").lower()
    known = [contact["_email"], *(one["email"].lower() for one in contact["additionalEmails"])]
    return bool(wanted) and wanted in known


def _name(contact: Doc) -> str:
    return f"{contact.get('firstName') or ''} {contact.get('lastName') or ''}".strip()


def _field(told: Doc) -> Doc:
    """QUIRK: written as `field_value`, read as `value` (highlevel.md 1, 3.2)."""
    value = told.get("field_value", told.get("fieldValue", told.get("value")))
    return {"id": str(told.get("id") or ""), "value": value}


def _known_fields(body: Doc, allowed: set[str]) -> None:
    wrong = [f"property {name} should not exist" for name in body if name not in allowed]
    if wrong:
        raise unprocessable(*wrong)
    if body.get("email") and "@" not in str(body["email"]):
        raise unprocessable("email must be an email")
