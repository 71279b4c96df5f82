"""Customers: companies and persons in one list, with no rule against two of one kind.

Facts: twentyfoursevenoffice.md section 3.1. Inferred: `email` compares both addresses without regard to
case, `organizationNumber` compares the text as it is stored (a switch), PATCH replaces an address whole (a
switch), a customer merged into another is gone.
"""

from __future__ import annotations

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Route, answer
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, shown
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import (
    Fault,
    Field,
    comparable,
    fault,
    faults,
    invalid,
    missing,
    moment,
    not_found,
    page_of,
    refuse_if,
    sent,
    truth,
    whole,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API

_LINE = Field(nullable=True)
_BASIC = {"street": _LINE, "postalCode": _LINE, "postalArea": _LINE, "countrySubdivision": _LINE}
_COUNTRY = {"countryCode": Field(longest=2, nullable=True)}
_ADDRESSES = {
    "visit": Field("object", inside={**_BASIC, **_COUNTRY}),
    "postal": Field("object", inside=_BASIC),
    "billing": Field("object", inside={**_BASIC, **_COUNTRY, "name": _LINE}),
    "delivery": Field("object", inside={**_BASIC, **_COUNTRY, "name": _LINE}),
}
FIELDS = {
    "name": _LINE,
    "organizationNumber": _LINE,
    "externalReference": Field(longest=100, nullable=True),
    "isCompany": Field("boolean"),
    "isSupplier": Field("boolean"),
    "person": Field("object", inside={"firstName": _LINE, "lastName": _LINE}),
    "address": Field("object", inside=_ADDRESSES),
    "email": Field("object", inside={"contact": _LINE, "billing": _LINE}),
    "phone": _LINE,
    "mobilePhone": Field(longest=25, nullable=True),
}
_SORTS = ("name", "createdAt", "modifiedAt", "organizationNumber", "id")


class CustomerDesk:
    """Reads, makes, changes and removes customers."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The customers' paths."""
        return [
            ("GET", f"{API}customers", self._list),
            ("POST", f"{API}customers", lambda: self.shown(self.make(sent()))),
            ("GET", f"{API}customers/<key>", lambda key: self.shown(self.found(key))),
            ("PATCH", f"{API}customers/<key>", lambda key: self.shown(self.change(key, sent()))),
            ("DELETE", f"{API}customers/<key>", self._delete),
        ]

    def found(self, key: str) -> Doc:
        """The customer of that id."""
        customer = self._books.customers.get(key)
        if customer is None:
            raise not_found("Customer")
        return customer

    def make(self, told: Doc) -> Doc:
        """A new customer of a body."""
        wrong = [*faults(told, FIELDS), *missing(told, "isCompany")]
        if not wrong:
            wrong += missing(told, "name" if told["isCompany"] else "person")
        refuse_if([*wrong, *_blank_name(told)])
        key = str(self._books.next_id("customer", 12345))
        now = self._books.spaced()
        usual: Doc = {"isSupplier": False, "pricelistId": 1, "organizationNumber": None, "phone": None}
        made = {**usual, **{name: told[name] for name in FIELDS if name in told}, "id": key}
        made = _named({**made, "createdAt": now, "modifiedAt": now})
        self._books.customers.put(made)
        return made

    def change(self, key: str, told: Doc) -> Doc:
        """A customer with what the body changes; null clears."""
        known = self.found(key)
        refuse_if([*faults(told, FIELDS), *_blank_name(told)])
        changes = {name: told[name] for name in FIELDS if name in told and name != "isCompany"}
        for name in ("address", "email", "person"):
            if name in changes:
                changes[name] = self._mixed(known.get(name) or {}, changes[name])
        made = _named({**known, **changes, "modifiedAt": self._books.spaced()})
        self._books.customers.put(made)
        return made

    def shown(self, row: Doc) -> Doc:
        """A customer as answers carry it.

        QUIRK: a street can be a list of lines (twentyfoursevenoffice.md 7).
        """
        made = shown(row)
        if self._books.settings["street_as_list"] and made.get("address"):
            made["address"] = {name: _split(inner) for name, inner in made["address"].items()}
        return made

    def _mixed(self, old: Doc, new: Doc) -> Doc:
        mixed = {**old, **new}
        if self._books.settings["patch_merges_deep"]:
            for name, inner in new.items():
                if isinstance(inner, dict) and isinstance(old.get(name), dict):
                    mixed[name] = {**old[name], **inner}
        return mixed

    def _delete(self, key: str) -> Response:
        self._books.customers.drop(self.found(key)["id"])
        return Response(status=204)

    def _list(self) -> Response:
        rows = [row for row in self._books.customers.find() if self._matches(row)]
        part, links = page_of(self._sorted(rows), whole("limit", 25, 100))
        return answer([self.shown(row) for row in part], headers=links)

    def _matches(self, row: Doc) -> bool:
        for name in ("isCompany", "isSupplier"):
            wanted = truth(name)
            if wanted is not None and row.get(name) is not wanted:
                return False
        for name, field in (("modifiedFrom", "modifiedAt"), ("createdFrom", "createdAt")):
            if comparable(row[field]) < moment(name):
                return False
        return self._numbered(row) and (self._books.old() or _addressed(row))

    def _numbered(self, row: Doc) -> bool:
        wanted, kept = request.args.get("organizationNumber"), row.get("organizationNumber") or ""
        if wanted is None:
            return True
        if self._books.settings["number_filter"] == "digits":
            return _digits(wanted) == _digits(kept)
        return bool(wanted == kept)

    def _sorted(self, rows: list[Doc]) -> list[Doc]:
        told = request.args.get("sortBy", "")
        if not told:
            return rows
        name, _, turn = told.partition(":")
        if name not in _SORTS or turn not in {"asc", "desc"}:
            raise invalid(fault("sortBy", "pattern"))
        if name == "id":
            return sorted(rows, key=lambda row: int(row["id"]), reverse=turn == "desc")
        return sorted(rows, key=lambda row: str(row.get(name) or ""), reverse=turn == "desc")


def _addressed(row: Doc) -> bool:
    email, reference = request.args.get("email"), request.args.get("externalReference")
    if reference is not None and row.get("externalReference") != reference:
        return False
    kept = {str(text).lower() for text in (row.get("email") or {}).values() if text}
    return email is None or email.lower() in kept


def _named(row: Doc) -> Doc:
    """QUIRK: a person's name is made of the names of the person (twentyfoursevenoffice.md 3.1)."""
    if row["isCompany"]:
        return {name: value for name, value in row.items() if name != "person"}
    person = row.get("person") or {}
    names = [person.get("firstName"), person.get("lastName")]
    return {**row, "name": " ".join(name for name in names if name), "organizationNumber": None}


def _blank_name(told: Doc) -> list[Fault]:
    blank = "name" in told and not str(told["name"] or "").strip() and told.get("isCompany") is not False
    return [fault("name", "minLength")] if blank else []


def _split(address: Doc) -> Doc:
    street = address.get("street")
    return {**address, "street": str(street).split(", ")} if street else address


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
