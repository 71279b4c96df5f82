"""24SevenOffice's customers: the whole list is compared here, and only what differs is ever sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from bridge_gui.accounting.ordering import OrderCustomer
from bridge_gui.errors import NoSuchTarget
from bridge_gui.vendors.twentyfoursevenoffice.client import TwentyFourSevenOfficeClient
from bridge_gui.vendors.twentyfoursevenoffice.payloads import (
    Addresses,
    AddressPart,
    CustomerAnswer,
    Emails,
    PersonPart,
    instant_of,
    street_of,
)
from bridge_gui.web.waiting import Cancel, check

_ADDRESS = {"street": "street", "postal_code": "postalCode", "city": "postalArea", "country": "countryCode"}
_EMAIL = {"email": "contact", "billing_email": "billing"}
_PERSON = {"first_name": "firstName", "last_name": "lastName"}
_PLAIN = {"name": "name", "tax_number": "organizationNumber", "number": "externalReference", "phone": "phone"}
_NOT_FIGURES = re.compile(r"\D")


class TwentyFourSevenOfficeCustomers:
    """The customers of one organisation; the list is read once per job, since no filter can be relied on.

    QUIRK: older versions ignore the filter by e-mail, organisation numbers may be kept with blanks, and
    nothing keeps two customers from having the same (twentyfoursevenoffice.md 3.1, 8, spec).
    """

    _client: TwentyFourSevenOfficeClient

    def customers(self, ids: Collection[str], cancel: Cancel) -> tuple[OrderCustomer, ...]:
        """Customers by id; what is gone is left out."""
        found = []
        for one in dict.fromkeys(ids):
            check(cancel)
            answer = self._client.found(f"customers/{one}", CustomerAnswer)
            found += [customer_of(answer)] if answer is not None else []
        return tuple(found)

    def customers_like(
        self, *, number: str = "", email: str = "", tax_number: str = "", name: str = ""
    ) -> tuple[OrderCustomer, ...]:
        """Those that equal any of what is given; an e-mail is compared with both of a customer's."""
        own, org, mail = number.strip(), org_figures(tax_number), _folded(email)
        called = _folded(name)
        return tuple(
            one
            for one in self._everybody.values()
            if (own and one.number == own)
            or (org and org_figures(one.tax_number) == org)
            or (mail and mail in (_folded(one.email), _folded(one.billing_email)))
            or (called and _folded(one.name) == called)
        )

    def customers_named(self, text: str, limit: int) -> tuple[OrderCustomer, ...]:
        """A search for a person to choose from, by name, e-mail, organisation number or the vendor's id."""
        sought = _folded(text)
        found = [one for one in self._everybody.values() if sought in _searched(one) or sought == one.id]
        return tuple(sorted(found, key=lambda one: (_folded(one.name), one.id)))[:limit]

    def add_customer(self, contact: OrderCustomer, key: str) -> OrderCustomer:
        """Make a customer; there are no keys: if the answer is lost, it is looked for by `number`."""
        del key
        return self._known(self._client.write("POST", "customers", new_body(contact), CustomerAnswer))

    def change_customer(self, contact: str, changes: Mapping[str, str], key: str) -> OrderCustomer:
        """Write only these fields; what shares a sub-object with them goes along as it is now."""
        del key
        before = self._client.found(f"customers/{contact}", CustomerAnswer)
        if before is None:
            raise NoSuchTarget("twentyfoursevenoffice.gone", target=contact)
        body = changed_body(customer_of(before), changes, before)
        return self._known(self._client.write("PATCH", f"customers/{contact}", body, CustomerAnswer))

    @cached_property
    def _everybody(self) -> dict[str, OrderCustomer]:
        rows = self._client.all("customers", CustomerAnswer, {"sortBy": "id:asc"})
        return {str(row.id): customer_of(row) for row in rows}

    def _known(self, answer: CustomerAnswer) -> OrderCustomer:
        """What was written is in the list from now on, if the list was read."""
        customer = customer_of(answer)
        if "_everybody" in vars(self):
            self._everybody[customer.id] = customer
        return customer


def customer_of(row: CustomerAnswer) -> OrderCustomer:
    """A customer in our form; the address for invoices, else the one to visit."""
    addresses, emails = row.address or Addresses(), row.email or Emails()
    at = addresses.billing
    if at is None or not (street_of(at.street) or at.postal_code or at.postal_area):
        at = addresses.visit or at or AddressPart()
    person = row.person or PersonPart()
    first, last = person.first_name or "", person.last_name or ""
    return OrderCustomer(
        id=str(row.id), name=row.name or f"{first} {last}".strip(), is_company=row.is_company,
        first_name=first, last_name=last, email=emails.contact or "", billing_email=emails.billing or "",
        tax_number=row.organization_number or "", number=row.external_reference or "", phone=row.phone or "",
        street=street_of(at.street), postal_code=at.postal_code or "", city=at.postal_area or "",
        region=at.country_subdivision or "", country=at.country_code or "",
        made=instant_of(row.created_at), changed=instant_of(row.modified_at),
    )  # fmt: skip


def new_body(contact: OrderCustomer) -> dict[str, Any]:
    """What makes a customer: a company with its name and number, a person with both names.

    QUIRK: a person has no organisation number and no name of its own (twentyfoursevenoffice.md 3.1, spec).
    """
    address = {
        wire: getattr(contact, ours)[:250] for ours, wire in _ADDRESS.items() if getattr(contact, ours)
    }
    email = {wire: getattr(contact, ours) for ours, wire in _EMAIL.items() if getattr(contact, ours)}
    who: dict[str, Any] = {"isCompany": contact.is_company}
    if contact.is_company:
        who |= {"name": contact.name}
        who |= {"organizationNumber": contact.tax_number} if contact.tax_number else {}
    else:
        who["person"] = {"firstName": contact.first_name, "lastName": contact.last_name or contact.name}
    body = who | ({"externalReference": contact.number[:100]} if contact.number else {})
    body |= {"phone": contact.phone} if contact.phone else {}
    body |= {"email": email} if email else {}
    return body | ({"address": {"visit": address, "billing": address}} if address else {})


def changed_body(before: OrderCustomer, changes: Mapping[str, str], row: CustomerAnswer) -> dict[str, Any]:
    """What changes a customer; an empty text clears a field."""
    body: dict[str, Any] = {
        _PLAIN[field]: value or None for field, value in changes.items() if field in _PLAIN
    }
    if set(changes) & set(_EMAIL):
        body["email"] = {wire: _new(before, changes, ours) for ours, wire in _EMAIL.items()}
    if set(changes) & set(_PERSON):
        body["person"] = {wire: _new(before, changes, ours) for ours, wire in _PERSON.items()}
    if set(changes) & set(_ADDRESS):
        billing = (row.address or Addresses()).billing or AddressPart()
        kept = {"name": billing.name, "countrySubdivision": billing.country_subdivision}
        told = {wire: _new(before, changes, ours) for ours, wire in _ADDRESS.items()}
        body["address"] = {"billing": told | {name: text for name, text in kept.items() if text}}
    unknown = set(changes) - {*_PLAIN, *_EMAIL, *_PERSON, *_ADDRESS}
    if unknown:
        raise ValueError(f"not fields of a customer: {sorted(unknown)}")
    return body


def org_figures(number: str) -> str:
    """The figures of a Norwegian organisation number, however it is written; else the text without blanks."""
    figures = _NOT_FIGURES.sub("", number)
    norwegian = re.fullmatch(r"(NO)?[\d\s.-]*(MVA)?", number.strip().upper()) and len(figures) == 9
    return figures if norwegian else "".join(number.split()).upper()


def _new(before: OrderCustomer, changes: Mapping[str, str], field: str) -> str | None:
    return changes.get(field, getattr(before, field)) or None


def _searched(one: OrderCustomer) -> str:
    told = (one.name, one.email, one.billing_email, one.tax_number, org_figures(one.tax_number))
    return "\n".join(map(_folded, told))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
