"""Organisations, persons, deliveries, lines: read, listed, made, changed, one by one and in bulk.

Facts: webcrm.md 3, 4, 6, 7 and the Swagger document. INFERRED: which refusals a rule gets, what a bulk row
that changes a record answers (its id), that a new record's id must be 0.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from flask import Response

from bridge_gui.sandbox.kit import Condition, Doc, Refusal, Route
from bridge_gui.vendors.webcrm.simulator.crm import API, PERSON, Crm, body, kept_at, moment_of, page_of, paged
from bridge_gui.vendors.webcrm.simulator.says import refused


class Records:
    """One kind of record under one path."""

    prefix: ClassVar[str]
    path: ClassVar[str]

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._shape = crm.shapes[self.prefix]

    def routes(self) -> list[Route]:
        """The usual five."""
        return [
            ("GET", self.path, self.listed),
            ("POST", self.path, self.create),
            ("PATCH", self.path, self.bulk),
            ("GET", f"{self.path}/<int:key>", self.one),
            ("PUT", f"{self.path}/<int:key>", self.update),
        ]

    def listed(self) -> list[Doc]:
        """A page of all."""
        return self.found()

    def one(self, key: int) -> Doc:
        """One of them."""
        return self._crm.shown(self.prefix, self._crm.need(self.prefix, key))

    def create(self) -> Any:
        """A new one; answers its id."""
        return self.make(self._crm.checked(self.prefix, body()))[self._shape.key]

    def update(self, key: int) -> Any:
        """QUIRK: what is left out stays as it is (webcrm.md 4)."""
        sent = self._crm.checked(self.prefix, body())
        if sent[self._shape.key] != key:
            raise refused(f"{self._shape.key} is not the id in the address.")
        self.change(self._crm.need(self.prefix, key), sent)
        return Response(status=200)

    def bulk(self) -> list[str]:
        """A text per row: its id, or what is wrong with it; the others are saved all the same."""
        rows = body()
        if not isinstance(rows, list):
            raise refused("The request is invalid.")
        return [self._row(row) for row in rows]

    def found(self, *where: Condition) -> list[Doc]:
        """The page asked for of what meets the conditions, each record whole."""
        page, size = page_of(int(self._crm.settings["page_size"]))
        rows = self._crm.table(self.prefix).find(*where, limit=size, offset=(page - 1) * size)
        return [self._crm.shown(self.prefix, row) for row in rows]

    def page(self, rows: list[Doc]) -> list[Doc]:
        """The page asked for, each record whole."""
        part = paged(rows, int(self._crm.settings["page_size"]))
        return [self._crm.shown(self.prefix, row) for row in part]

    def make(self, sent: Doc, by: str = API) -> Doc:
        """Makes one of what was checked."""
        if sent[self._shape.key] != 0:
            raise refused(f"{self._shape.key} must be 0 for a new record.")
        self._stumble(by)
        key = self._crm.new_id(self.prefix)
        made = {**self.fresh(), **sent, "id": str(key), self._shape.key: key}
        self.check(made, None)
        return self.saved(made, by)

    def add(self, fields: Doc) -> Doc:
        """Makes one as a person does in the window."""
        return self.make(self._crm.checked(self.prefix, {**fields, self._shape.key: 0}), PERSON)

    def change(self, known: Doc, sent: Doc, by: str = API) -> Doc:
        """Changes one by what was checked."""
        made = {**known, **sent}
        self.check(made, known)
        return self.saved(made, by)

    def saved(self, made: Doc, by: str) -> Doc:
        """Puts it away."""
        return self._crm.put(self.prefix, made, by)

    def fresh(self) -> Doc:
        """What webcrm itself writes into a new one."""
        return {}

    def check(self, made: Doc, known: Doc | None) -> None:
        """The kind's own rules; refuses what breaks them."""

    def _row(self, row: Any) -> str:
        try:
            sent = self._crm.checked(self.prefix, row)
            key = sent[self._shape.key]
            made = self.make(sent) if key == 0 else self.change(self._crm.need(self.prefix, key), sent)
        except Refusal as refusal:
            return str(refusal.body["Message"])
        return str(made[self._shape.key])

    def _stumble(self, by: str) -> None:
        """QUIRK: creating too fast fails now and then; again it works (webcrm.md 7.2)."""
        left = int(self._crm.settings["create_stumbles"])
        if left and by == API:
            self._crm.settings.change({"create_stumbles": left - 1})
            raise Refusal(500, {"Message": "An error has occurred.", "Type": "Exception"}, keep=True)


class Organisations(Records):
    """Organisations, and what another automation does with them."""

    prefix, path = "Organisation", "/Organisations"

    def routes(self) -> list[Route]:
        """With the windows of time."""
        return [
            *super().routes(),
            ("GET", "/Organisations/FindByUpdateDates/<start>/<end>", self.updated),
            ("GET", "/Organisations/FindByCreateDates/<start>/<end>", self.created),
        ]

    def updated(self, start: str, end: str) -> list[Doc]:
        """Start <= updated < end."""
        return self.found(*between("OrganisationUpdatedAt", start, end))

    def created(self, start: str, end: str) -> list[Doc]:
        """Start <= created < end."""
        return self.found(*between("OrganisationCreatedAt", start, end))

    def create(self) -> Any:
        """QUIRK: what is answered is not documented: nothing, an id, or the whole (webcrm.md 7.1)."""
        made = self.make(self._crm.checked(self.prefix, body()))
        form = self._crm.settings["post_organisation_answers"]
        if form == "empty":
            return Response(status=200)
        return made[self._shape.key] if form == "id" else self._crm.shown(self.prefix, made)

    def check(self, made: Doc, known: Doc | None) -> None:
        """A name, owners that exist, and fields that were declared unique."""
        if not made.get("OrganisationName", "").strip():
            raise refused("The OrganisationName field is required.")
        for name in ("OrganisationOwner", "OrganisationOwner2"):
            if made.get(name):
                self._crm.need("User", made[name], status=400)
        made["OrganisationCompareName"] = made["OrganisationName"].upper()
        for name in self._crm.settings["unique_fields"]:
            value = made.get(name)
            twin = self._crm.table(self.prefix).first((name, "=", value)) if value else None
            if twin is not None and twin["id"] != made["id"]:
                raise refused(f"{name} must be unique; organisation {twin['id']} has the same value.")

    def saved(self, made: Doc, by: str) -> Doc:
        """Another automation of the customer's may change the record at once, after a client's write."""
        kept = super().saved(made, by)
        if by != API:
            return kept
        for rule in self._crm.settings["automations"]:
            if kept.get(rule["field"], "") == rule["when"]:
                kept = super().saved({**kept, rule["field"]: rule["sets"]}, rule.get("name", "Automation"))
        return kept


class Persons(Records):
    """Persons at organisations."""

    prefix, path = "Person", "/Persons"

    def routes(self) -> list[Route]:
        """With those of an organisation."""
        return [
            *super().routes(),
            ("GET", "/Persons/ByOrganisation/<int:key>", self.of),
            ("GET", "/Organisations/<int:key>/Persons", self.of),
        ]

    def of(self, key: int) -> list[Doc]:
        """The persons of an organisation."""
        return self.found(("PersonOrganisationId", "=", key))

    def change(self, known: Doc, sent: Doc, by: str = API) -> Doc:
        """QUIRK: a person stays with the organisation (webcrm.md 3.2)."""
        place = "PersonOrganisationId"
        if sent.get(place, known[place]) != known[place]:
            if self._crm.settings["move_person"] == "refused":
                raise refused(f"{place} cannot be changed.")
            sent = {**sent, place: known[place]}
        return super().change(known, sent, by)

    def check(self, made: Doc, known: Doc | None) -> None:
        """A last name, and an organisation that exists."""
        if not made.get("PersonLastName", "").strip():
            raise refused("The PersonLastName field is required.")
        self._crm.need("Organisation", made.get("PersonOrganisationId", 0), status=400)
        names = (made.get(f"Person{name}", "").strip() for name in ("FirstName", "MiddleName", "LastName"))
        made["PersonName"] = " ".join(name for name in names if name)


def between(name: str, start: str, end: str) -> tuple[Condition, Condition]:
    """Start <= what was stamped < end; stamps have whole seconds, the window need not."""
    return (name, ">=", _second(start)), (name, "<", _second(end))


def _second(text: str) -> str:
    """The first whole second that is not before the instant."""
    moment = moment_of(text)
    return kept_at(moment + timedelta(seconds=1) if moment.microsecond else moment)
