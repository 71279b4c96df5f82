"""HighLevel's contacts: found, made, filled in; tags and e-mail addresses are never overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from bridge_gui.accounting.crm import Person
from bridge_gui.errors import CannotMap, NoSuchTarget, OutcomeUnknown, Refused, VendorChanged
from bridge_gui.vendors.highlevel.checkout import HighLevelCheckout
from bridge_gui.vendors.highlevel.client import HighLevelClient
from bridge_gui.vendors.highlevel.payloads import VENDOR, ContactAnswer, ContactList, ContactOne
from bridge_gui.web.decode import UNREADABLE
from bridge_gui.web.waiting import Cancel, check

_FIELDS = {
    "first_name": "firstName", "last_name": "lastName", "name": "name", "company": "companyName",
    "phone": "phone", "street": "address1", "city": "city", "region": "state",
    "postal_code": "postalCode", "country": "country",
}  # fmt: skip
_PAGE = 500
_OLDEST_FIRST = [{"field": "dateAdded", "direction": "asc"}]
_VALUE_LIMIT = 75
"""Letters of a value that a search takes (highlevel.md 3.2)."""


class HighLevelPeople(HighLevelCheckout):
    """The contacts of one location."""

    _client: HighLevelClient

    def people(self, ids: Collection[str], cancel: Cancel) -> tuple[Person, ...]:
        """Contacts by id; what is gone is left out."""
        found = []
        for one in dict.fromkeys(ids):
            check(cancel)
            answer = self._client.single(f"contacts/{one}", ContactOne)
            if answer is not None and answer.contact is not None:
                found.append(answer.contact.plain())
        return tuple(found)

    def people_with(self, *, email: str = "", phone: str = "") -> tuple[Person, ...]:
        """Those with exactly this address (case left aside, further addresses too) or number.

        QUIRK: the exact look-up follows the location's own rule and gives one at most; the search knows more
        and lags by seconds (highlevel.md 3.2). Both are asked, and what they find is compared here.
        """
        found: dict[str, Person] = {}
        for field, name, value in (("email", "email", email.strip()), ("phone", "number", phone.strip())):
            if value:
                hits = [*self._by_rule(name, value), *self._searched(field, value)]
                found |= {one.id: one for one in hits if _has(one, field, value)}
        return tuple(found.values())

    def everybody(self, cancel: Cancel) -> Iterator[Sequence[Person]]:
        """Pages of all contacts, each once.

        QUIRK: pages by number end at ten thousand; what the last row says leads on (highlevel.md 3.2).
        """
        seen: set[str] = set()
        place: dict[str, Any] = {"page": 1}
        while True:
            check(cancel)
            body = {**self._here(), "pageLimit": _PAGE, "sort": _OLDEST_FIRST, **place}
            rows = self._client.searched(body, ContactList).contacts
            fresh = [row for row in rows if row.id not in seen]
            seen.update(row.id for row in rows)
            if fresh:
                yield [row.plain() for row in fresh]
            if len(rows) < _PAGE or not fresh:
                return
            if not rows[-1].search_after:
                raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.contacts[-1].searchAfter")
            place = {"searchAfter": rows[-1].search_after}

    def people_named(self, text: str, limit: int) -> tuple[Person, ...]:
        """A search for a person to choose from."""
        body = {**self._here(), "page": 1, "pageLimit": max(1, min(limit, 100))}
        words = " ".join(text.split())[:_VALUE_LIMIT]
        answer = self._client.searched({**body, "query": words} if words else body, ContactList)
        return tuple(row.plain() for row in answer.contacts)[:limit]

    def add_person(self, person: Person, source: str) -> Person:
        """Make a contact; one that is there already by the CRM's own rule comes back, unchanged."""
        body = {**self._here(), **_given(person), "source": source}
        if person.email:
            body["email"] = person.email
        if not (person.email or person.phone):
            raise CannotMap("highlevel.no_address_given")
        try:
            told = self._client.write("POST", "contacts/", body)
        except Refused as error:
            return self._there_already(person, error)
        return _told(told)

    def fill_person(self, person: str, changes: Mapping[str, str]) -> Person:
        """Write these fields where they are empty now, no other.

        QUIRK: a location may not go along (highlevel.md 3.2, code).
        """
        unknown = set(changes) - set(_FIELDS)
        if unknown:
            raise CannotMap("highlevel.contact_field", text=", ".join(sorted(unknown)))
        now = self._one(person)
        body = {
            _FIELDS[name]: text for name, text in changes.items() if text.strip() and not getattr(now, name)
        }
        if not body:
            return now
        try:
            self._client.write("PUT", f"contacts/{person}", body)
        except NoSuchTarget as error:
            raise NoSuchTarget("highlevel.not_found", target=person) from error
        return self._one(person)

    def _there_already(self, person: Person, error: Refused) -> Person:
        """QUIRK: a refusal can name who is there; one came although it was made (highlevel.md 3.2)."""
        if there := str(error.params.get("contact") or ""):
            return self._one(there)
        found = self.people_with(email=person.email, phone=person.phone)
        if len(found) != 1:
            raise error
        return found[0]

    def _one(self, person: str) -> Person:
        answer = self._client.single(f"contacts/{person}", ContactOne)
        if answer is None or answer.contact is None:
            raise NoSuchTarget("highlevel.not_found", target=person)
        return answer.contact.plain()

    def _by_rule(self, name: str, value: str) -> list[Person]:
        query = {**self._here(), name: value}
        answer = self._client.single("contacts/search/duplicate", ContactOne, query)
        return [answer.contact.plain()] if answer is not None and answer.contact is not None else []

    def _searched(self, field: str, value: str) -> list[Person]:
        if len(value) > _VALUE_LIMIT:
            return []
        filters = [{"field": field, "operator": "eq", "value": value}]
        body = {**self._here(), "page": 1, "pageLimit": 100, "filters": filters}
        return [row.plain() for row in self._client.searched(body, ContactList).contacts]

    def _here(self) -> dict[str, Any]:
        return {"locationId": self._client.location}


def _given(person: Person) -> dict[str, str]:
    """QUIRK: tags are left out: whatever is sent replaces all of them (highlevel.md 0.5)."""
    given = {sent: str(getattr(person, name)).strip() for name, sent in _FIELDS.items()}
    return {name: text for name, text in given.items() if text}


def _told(told: Mapping[str, msgspec.Raw]) -> Person:
    try:
        return msgspec.json.decode(told["contact"], type=ContactAnswer).plain()
    except (KeyError, *UNREADABLE) as error:
        raise OutcomeUnknown("outcome.left_out") from error


def _has(person: Person, field: str, value: str) -> bool:
    if field == "phone":
        return _digits(person.phone) == _digits(value)
    return value.casefold() in {one.casefold() for one in (person.email, *person.more_emails)}


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())
