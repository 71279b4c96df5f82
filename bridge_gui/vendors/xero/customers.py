"""Xero's customers: found by our own key, e-mail, tax number and name; only what differs is ever sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from bridge_gui.accounting.billing import BillContact
from bridge_gui.errors import BridgeError, CannotMap, NoSuchTarget, OutcomeUnknown, VendorChanged
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
"""So many customers are asked for by what is known of them; then the whole list costs fewer calls."""
MOST = 50
"""Customers in one call (xero.md 4)."""
OVERLAP = timedelta(minutes=5)
"""How far back a look for changes goes behind the last one (xero.md 4)."""
_ALL: dict[str, str | int] = {"includeArchived": "true", "pageSize": 1000}
_BY = {"ContactNumber": "number", "EmailAddress": "email", "TaxNumber": "tax_number", "Name": "name"}


class XeroCustomers:
    """The contacts of one organisation."""

    _client: XeroClient
    _looked = 0
    _newest: datetime | None = None

    @cached_property
    def _people(self) -> dict[str, BillContact]:
        return {}

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
        wanted = BillContact(number=number, email=email, tax_number=tax_number, name=name)
        return self.customers_alike([wanted])[0]

    def customers_alike(self, wanted: Sequence[BillContact]) -> tuple[tuple[BillContact, ...], ...]:
        """For each those that share its number, e-mail, tax number or name; asked afresh each time."""
        asked = [_told(one) for one in wanted]
        if not any(asked):
            return tuple(() for _ in wanted)
        self._looked += len(asked)
        found = self._asked(asked) if self._looked <= FEW else list(self._everybody().values())
        return tuple(tuple(one for one in found if _fits(one, told)) for told in asked)

    def customers_named(self, text: str, limit: int) -> tuple[BillContact, ...]:
        """A search for a person to choose from, by name, e-mail or number."""
        params: dict[str, str | int] = {"searchTerm": text.strip(), "page": 1, "pageSize": max(1, limit)}
        found = self._client.listed("Contacts", ContactAnswer, params)
        return tuple(row.plain() for row in found)[:limit]

    def add_customer(self, contact: BillContact, key: str) -> BillContact:
        """Make a customer; a taken name is refused."""
        made = self.add_customers([contact], key)[0]
        if isinstance(made, BridgeError):
            raise made
        return made

    def add_customers(self, contacts: Sequence[BillContact], key: str) -> list[BillContact | BridgeError]:
        """Make several in one call; one answer per customer, told by the number we gave it."""
        if not 0 < len(contacts) <= MOST:
            raise ValueError("between one and fifty customers")
        bodies = [_body(contact) for contact in contacts]
        going = [body for body in bodies if not isinstance(body, BridgeError)]
        results = iter(self._made(going, key) if going else ())
        return [body if isinstance(body, BridgeError) else next(results) for body in bodies]

    def _made(self, bodies: Sequence[dict[str, Any]], key: str) -> list[BillContact | BridgeError]:
        params = {"summarizeErrors": "false"}
        rows = self._client.sent("PUT", "Contacts", {"Contacts": bodies}, msgspec.Raw, key=key, params=params)
        said = [(decode(bytes(row), WrittenContact, vendor=VENDOR), bytes(row)) for row in rows]
        results = [_result(*one) for one in _in_order(bodies, said)]
        return [one if isinstance(one, BridgeError) else self._known(one) for one in results]

    def change_customer(self, contact: str, changes: Mapping[str, str], key: str) -> BillContact:
        """Write only these fields. The printed address goes whole, so it is read first if it changes."""
        before = self._one(contact) if ADDRESS & set(changes) else None
        body = {"Contacts": [changed_body(contact, changes, before)]}
        rows = self._client.sent("POST", f"Contacts/{contact}", body, msgspec.Raw, key=key)
        if len(rows) != 1:
            raise OutcomeUnknown("outcome.left_out")
        changed = _result(decode(bytes(rows[0]), WrittenContact, vendor=VENDOR), bytes(rows[0]))
        if isinstance(changed, BridgeError):
            raise changed
        return self._known(changed)

    def _one(self, contact: str) -> BillContact:
        found = [one for one in self._contacts({"IDs": contact}) if one.id == contact]
        if not found:
            raise NoSuchTarget("xero.not_found")
        return found[0]

    def _asked(self, wanted: Sequence[Mapping[str, str]]) -> list[BillContact]:
        """One question for all of it. QUIRK: double quotes cannot be escaped in a filter (xero.md 3.4)."""
        terms = list(dict.fromkeys(term for one in wanted for term in one.items()))
        found: list[BillContact] = []
        sure = [f'{field}=="{value}"' for field, value in terms if '"' not in value]
        if sure:
            found += self._contacts({"where": " OR ".join(sure)})
        for value in (value for _, value in terms if '"' in value):
            found += self._contacts(
                {"searchTerm": value.replace('"', " ").split()[0] if value.strip('" ') else ""}
            )
        return list({one.id: one for one in found}.values())

    def _everybody(self) -> Mapping[str, BillContact]:
        """The whole list: read once, from then on what changed since; never older than this question."""
        since = self._newest - OVERLAP if self._newest is not None else None
        self._people |= {one.id: one for one in self._contacts({}, since)}
        return self._people

    def _known(self, contact: BillContact) -> BillContact:
        """What was written is in the list, however late its readers are told."""
        if self._newest is not None:
            self._people[contact.id] = contact
        return contact

    def _contacts(self, params: Mapping[str, str | int], since: datetime | None = None) -> list[BillContact]:
        pages = self._client.pages(
            "Contacts", ContactAnswer, {**_ALL, **params}, identity=lambda row: row.contact_id,
            changed=_changed, since=since,
        )  # fmt: skip
        rows = [one for page in pages for one in page]
        if "where" not in params and "IDs" not in params and "searchTerm" not in params:
            times = [_changed(row) for row in rows]
            self._newest = max(times, default=self._newest)
        return list({one.contact_id: one.plain() for one in rows}.values())


def _body(contact: BillContact) -> dict[str, Any] | CannotMap:
    """One customer as sent; one that Xero would not take holds up none of the others."""
    try:
        return new_body(contact)
    except CannotMap as error:
        return error


def _in_order(
    bodies: Sequence[Mapping[str, Any]], said: Sequence[tuple[WrittenContact, bytes]]
) -> list[tuple[WrittenContact | None, bytes]]:
    """The answers in the order asked, by the number that each of the customers has of us."""
    if len(bodies) == len(said) == 1:
        return list(said)
    numbers = [str(body.get("ContactNumber", "")) for body in bodies]
    result: list[tuple[WrittenContact | None, bytes]] = []
    for number in numbers:
        found = [one for one in said if one[0].contact_number == number]
        sure = bool(number) and len(found) == 1 and numbers.count(number) == 1
        result.append(found[0] if sure else (None, b""))
    return result


def _result(said: WrittenContact | None, raw: bytes) -> BillContact | BridgeError:
    """One customer's own answer; what the answer leaves out is unknown."""
    if said is None:
        return OutcomeUnknown("outcome.left_out")
    if said.is_refused:
        return refused(texts(said.validation_errors))
    try:
        return decode(raw, ContactAnswer, vendor=VENDOR).plain()
    except VendorChanged as error:  # it was made: a look, not this answer, tells what is there
        return OutcomeUnknown("outcome.left_out", detail=f"{error} {error.detail}")


def _changed(row: ContactAnswer) -> datetime:
    return instant_of(row.updated_date_utc, "$.Contacts[].UpdatedDateUTC")


def _told(contact: BillContact) -> dict[str, str]:
    """What of a contact it can be found by, by Xero's names; empty ones left out."""
    given = {field: " ".join(getattr(contact, name).split()) for field, name in _BY.items()}
    return {field: value for field, value in given.items() if value}


def _fits(contact: BillContact, wanted: Mapping[str, str]) -> bool:
    return any(_folded(getattr(contact, _BY[field])) == _folded(value) for field, value in wanted.items())


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
