"""Xero's customers: found by our own key, e-mail, tax number and name; only what differs is ever sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property

import msgspec

from bridge_gui.accounting.billing import BillContact
from bridge_gui.errors import NoSuchTarget, OutcomeUnknown
from bridge_gui.vendors.xero.client import XeroClient
from bridge_gui.vendors.xero.contacts import (
    ADDRESS,
    ContactAnswer,
    WrittenContact,
    changed_body,
    new_body,
)
from bridge_gui.vendors.xero.payloads import VENDOR, instant_of, texts
from bridge_gui.vendors.xero.refusals import refused
from bridge_gui.web.decode import decode
from bridge_gui.web.waiting import Cancel, check

_IDS = 40
FEW = 3
"""So many customers are looked for one by one; then the whole list costs fewer calls."""
_ALL: dict[str, str | int] = {"includeArchived": "true", "pageSize": 1000}
_BY = {"ContactNumber": "number", "EmailAddress": "email", "TaxNumber": "tax_number", "Name": "name"}


class XeroCustomers:
    """The contacts of one organisation."""

    _client: XeroClient
    _looked = 0

    def customers(self, ids: Collection[str], cancel: Cancel) -> tuple[BillContact, ...]:
        """Customers by id, archived ones included; what is gone is left out."""
        wanted, found = list(dict.fromkeys(ids)), dict[str, BillContact]()
        for start in range(0, len(wanted), _IDS):
            check(cancel)
            some = {"IDs": ",".join(wanted[start : start + _IDS])}
            found |= {one.id: one for one in self._contacts(some)}
        return tuple(found[one] for one in wanted if one in found)

    def customers_like(
        self, *, number: str = "", email: str = "", tax_number: str = "", name: str = ""
    ) -> tuple[BillContact, ...]:
        """Those that equal any of what is given, case left aside, archived ones included."""
        given = {"ContactNumber": number, "EmailAddress": email, "TaxNumber": tax_number, "Name": name}
        wanted = {field: " ".join(value.split()) for field, value in given.items() if value.strip()}
        if not wanted:
            return ()
        self._looked += 1
        found = self._everybody.values() if self._looked > FEW else self._asked(wanted)
        return tuple(one for one in found if _fits(one, wanted))

    def customers_named(self, text: str, limit: int) -> tuple[BillContact, ...]:
        """A search for a person to choose from, by name, e-mail or number."""
        params: dict[str, str | int] = {"searchTerm": text.strip(), "page": 1, "pageSize": max(1, limit)}
        found = self._client.listed("Contacts", ContactAnswer, params)
        return tuple(row.plain() for row in found)[:limit]

    def add_customer(self, contact: BillContact, key: str) -> BillContact:
        """Make a customer; a taken name is refused."""
        body = {"Contacts": [new_body(contact)]}
        return self._known(self._sent("PUT", "Contacts", body, key))

    def change_customer(self, contact: str, changes: Mapping[str, str], key: str) -> BillContact:
        """Write only these fields. The printed address goes whole, so it is read first if it changes."""
        before = self._one(contact) if ADDRESS & set(changes) else None
        body = {"Contacts": [changed_body(contact, changes, before)]}
        return self._known(self._sent("POST", f"Contacts/{contact}", body, key))

    def _one(self, contact: str) -> BillContact:
        found = [one for one in self._contacts({"IDs": contact}) if one.id == contact]
        if not found:
            raise NoSuchTarget("xero.not_found")
        return found[0]

    def _sent(self, method: str, path: str, body: object, key: str) -> BillContact:
        params = {"summarizeErrors": "false"} if method == "PUT" else {}
        rows = self._client.sent(method, path, body, msgspec.Raw, key=key, params=params)
        if len(rows) != 1:
            raise OutcomeUnknown("outcome.left_out")
        raw = bytes(rows[0])
        said = decode(raw, WrittenContact, vendor=VENDOR)
        if said.is_refused:
            raise refused(texts(said.validation_errors))
        return decode(raw, ContactAnswer, vendor=VENDOR).plain()

    def _asked(self, wanted: Mapping[str, str]) -> list[BillContact]:
        """One question for all of it. QUIRK: double quotes cannot be escaped in a filter (xero.md 3.4)."""
        sure = {field: value for field, value in wanted.items() if '"' not in value}
        found: list[BillContact] = []
        if sure:
            where = " OR ".join(f'{field}=="{value}"' for field, value in sure.items())
            found += self._contacts({"where": where})
        for value in (value for value in wanted.values() if '"' in value):
            found += self._contacts(
                {"searchTerm": value.replace('"', " ").split()[0] if value.strip('" ') else ""}
            )
        return list({one.id: one for one in found}.values())

    @cached_property
    def _everybody(self) -> dict[str, BillContact]:
        return {one.id: one for one in self._contacts({})}

    def _known(self, contact: BillContact) -> BillContact:
        """What was written is in the list from now on, if the list was read."""
        if "_everybody" in vars(self):
            self._everybody[contact.id] = contact
        return contact

    def _contacts(self, params: Mapping[str, str | int]) -> list[BillContact]:
        pages = self._client.pages(
            "Contacts",
            ContactAnswer,
            {**_ALL, **params},
            identity=lambda row: row.contact_id,
            changed=_changed,
        )
        return list({one.contact_id: one.plain() for page in pages for one in page}.values())


def _changed(row: ContactAnswer) -> datetime:
    return instant_of(row.updated_date_utc, "$.Contacts[].UpdatedDateUTC")


def _fits(contact: BillContact, wanted: Mapping[str, str]) -> bool:
    return any(_folded(getattr(contact, _BY[field])) == _folded(value) for field, value in wanted.items())


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
