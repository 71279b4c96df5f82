"""Xero's contacts: found, made, changed by id, number or name.

Facts: xero.md section 3.2. Inferred: in `says.Unsure`; that a changed contact of an archived one's name is
that one; that a text with letters beyond ASCII is no address for e-mail.
"""

from __future__ import annotations

import re
from typing import Any

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import NotHere, envelope, same_id, sent, shown
from bridge_gui.vendors.xero.simulator.listing import (
    answered,
    changed,
    flag,
    guids,
    matching,
    ordered,
    told,
)
from bridge_gui.vendors.xero.simulator.says import ARCHIVED, Unsure, name_taken
from bridge_gui.vendors.xero.simulator.where import plain
from bridge_gui.vendors.xero.simulator.writing import Trouble, outcome, summarized

PATH = "/api.xro/2.0/Contacts"
LENGTHS = {
    "Name": 255, "FirstName": 255, "LastName": 255, "EmailAddress": 255, "ContactNumber": 50,
    "AccountNumber": 50, "TaxNumber": 50, "CompanyNumber": 50,
}  # fmt: skip
ADDRESS = {
    "AddressLine1": 500, "AddressLine2": 500, "AddressLine3": 500, "AddressLine4": 500, "City": 255,
    "Region": 255, "PostalCode": 50, "Country": 50, "AttentionTo": 255,
}  # fmt: skip
KEPT = (*LENGTHS, "DefaultCurrency", "PaymentTerms", "Website", "BankAccountDetails")
FIELDS = frozenset(
    {*LENGTHS, "ContactID", "ContactStatus", "IsCustomer", "IsSupplier", "UpdatedDateUTC", "DefaultCurrency"}
)
SEARCHED = ("Name", "FirstName", "LastName", "ContactNumber", "CompanyNumber", "EmailAddress")
PAGED_ONLY = ("ContactPersons", "PaymentTerms", "Balances", "DefaultCurrency", "BankAccountDetails")
SUMMARY = ("ContactID", "ContactStatus", "Name", "EmailAddress", "UpdatedDateUTC", "IsCustomer", "IsSupplier")


class ContactDesk:
    """Finds, makes and changes contacts."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """All paths under `/Contacts`."""
        return [
            ("GET", PATH, self.listing),
            ("PUT", PATH, lambda: self._many(create=True)),
            ("POST", PATH, lambda: self._many(create=False)),
            ("GET", f"{PATH}/<key>", self.one),
            ("POST", f"{PATH}/<key>", self.update),
        ]

    def listing(self) -> Doc:
        """Everybody who is not archived, or chosen ones."""
        rows = changed(self._books.contacts)
        if not flag("includeArchived"):
            rows = [row for row in rows if row["ContactStatus"] != "ARCHIVED"]
        if wanted := guids("IDs"):
            rows = [row for row in rows if row["id"] in wanted]
        rows = ordered(matching(rows, FIELDS, *SEARCHED), FIELDS)
        dress = _summary if flag("summaryOnly") else self.dressed
        return answered(self._books, "Contacts", rows, dress, _bare, paged=bool(told("page")))

    def one(self, key: str) -> Doc:
        """One contact by its id, or by our own number for it."""
        contacts = self._books.contacts
        found = contacts.get(same_id(key)) or contacts.first(("ContactNumber", "=", key))
        if found is None:
            raise NotHere
        return envelope(self._books.now(), "Contacts", [self.dressed(found)])

    def update(self, key: str) -> Doc:
        """Changes one contact."""
        rows = [{**row, "ContactID": key} for row in sent("Contacts")[:1]]
        return self._written(rows, create=False)

    def dressed(self, contact: Doc) -> Doc:
        """A contact as its own answers show it, with what is outstanding."""
        open_ = (("_contact", "=", contact["id"]), ("Status", "=", "AUTHORISED"))
        owed = self._books.invoices.total("AmountDue", *open_)
        due = {"Outstanding": round(owed, 2), "Overdue": 0.0}
        balances = {"Balances": {"AccountsReceivable": due}} if owed else {}
        return self.inside({**contact, **balances})

    @staticmethod
    def inside(contact: Doc) -> Doc:
        """A contact as documents carry it."""
        made: Doc = shown({**contact, "HasAttachments": False, "HasValidationErrors": False})
        return made

    def save(self, told_now: Doc, *, create: bool) -> Doc:
        """The contact as it will be; `Trouble` says what is wrong. Nothing is stored."""
        known = None if create else self.known(told_now)
        if known is not None and known["ContactStatus"] == "ARCHIVED":
            raise Trouble(ARCHIVED)
        made = self._books.touched({**(known or self._empty()), **_picked(told_now)})
        made["Addresses"] = _merged(made["Addresses"], told_now.get("Addresses"), "AddressType")
        made["Phones"] = _merged(made["Phones"], told_now.get("Phones"), "PhoneType")
        if "ContactPersons" in told_now:
            made["ContactPersons"] = told_now["ContactPersons"]
        if told_now.get("ContactStatus") in {"ACTIVE", "ARCHIVED"}:
            made["ContactStatus"] = told_now["ContactStatus"]
        self._check(made)
        return made

    def known(self, told_now: Doc) -> Doc | None:
        """The contact that a request means: by id, number or name; an unknown id is a 404 for all."""
        contacts = self._books.contacts
        if told_now.get("ContactID"):
            found = contacts.get(same_id(told_now["ContactID"]))
            if found is None:
                raise NotHere
            return found
        if told_now.get("ContactNumber"):
            found = contacts.first(("ContactNumber", "=", told_now["ContactNumber"]))
            if found is not None:
                return found
        return self.named(told_now.get("Name"))

    def named(self, name: Any) -> Doc | None:
        """The contact of that name, an active one before an archived one; case and accents are ignored."""
        wanted = plain(str(name or ""))
        alike = [row for row in self._books.contacts.find() if wanted and plain(row["Name"]) == wanted]
        return min(alike, key=lambda row: row["ContactStatus"] == "ARCHIVED", default=None)

    def keep(self, contact: Doc) -> Doc:
        """Stores it."""
        self._books.contacts.put(contact)
        return contact

    def _many(self, *, create: bool) -> Doc:
        return self._written(sent("Contacts"), create=create)

    def _written(self, rows: list[Doc], *, create: bool) -> Doc:
        return summarized(
            self._books, "Contacts", rows, lambda row: self._one(row, create=create), "ContactID"
        )

    def _one(self, row: Doc, *, create: bool) -> Doc:
        return outcome(self.dressed(self.keep(self.save(row, create=create))))

    def _check(self, made: Doc) -> None:
        name = made.get("Name") or ""
        if not name.strip():
            raise Trouble(Unsure.NAME)
        if name != name.strip() or "  " in name or "<" in name or ">" in name:
            raise Trouble(Unsure.NAME_FORM)
        for field, longest in LENGTHS.items():
            if len(str(made.get(field) or "")) > longest:
                raise Trouble(Unsure.TOO_LONG + field)
        email = made.get("EmailAddress") or ""
        if email and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", email):
            raise Trouble(Unsure.EMAIL_FORM)
        for address in made["Addresses"]:
            _check_address(address)
        if len(made.get("ContactPersons") or []) > 5:
            raise Trouble(Unsure.TOO_LONG + "ContactPersons")
        other = self.named(name)
        if other is not None and other["id"] != made["id"] and other["ContactStatus"] == "ACTIVE":
            raise Trouble(name_taken(name))

    def _empty(self) -> Doc:
        key = self._books.new_id()
        return {
            "id": key,
            "ContactID": key,
            "ContactStatus": "ACTIVE",
            "Name": "",
            "EmailAddress": "",
            "BankAccountDetails": "",
            "Addresses": [_slot(kind) for kind in ("STREET", "POBOX")],
            "Phones": [_phone(kind) for kind in ("DEFAULT", "DDI", "FAX", "MOBILE")],
            "ContactGroups": [],
            "IsSupplier": False,
            "IsCustomer": False,
            "SalesTrackingCategories": [],
            "PurchasesTrackingCategories": [],
            "ContactPersons": [],
        }


def _picked(row: Doc) -> Doc:
    """QUIRK: what a contact does not have is dropped without a word (xero.md 3.2)."""
    return {name: row[name] for name in KEPT if name in row}


def _merged(kept: list[Doc], told_now: Any, kind: str) -> list[Doc]:
    """Addresses and phones merge by type; the parts of one type that were not sent stay."""
    changes = {one.get(kind): one for one in told_now or [] if isinstance(one, dict)}
    return [{**one, **changes.get(one[kind], {})} for one in kept]


def _check_address(address: Doc) -> None:
    for field, longest in ADDRESS.items():
        if len(str(address.get(field) or "")) > longest:
            raise Trouble(Unsure.TOO_LONG + field)
    if any(letter.isdigit() for letter in str(address.get("Country") or "")):
        raise Trouble(Unsure.COUNTRY_FORM)


def _slot(kind: str) -> Doc:
    return {"AddressType": kind, "City": "", "Region": "", "PostalCode": "", "Country": ""}


def _phone(kind: str) -> Doc:
    return {"PhoneType": kind, "PhoneNumber": "", "PhoneAreaCode": "", "PhoneCountryCode": ""}


def _bare(contact: Doc) -> Doc:
    """QUIRK: an unpaged list leaves fields out (xero.md 3.2)."""
    made: Doc = shown({name: value for name, value in contact.items() if name not in PAGED_ONLY})
    return made


def _summary(contact: Doc) -> Doc:
    made: Doc = shown({name: contact.get(name) for name in SUMMARY})
    return made
