"""Xero's customers, out of its form and into it; an invoice's address is its contact's POBOX address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from bridge_gui.accounting.billing import BillContact
from bridge_gui.errors import CannotMap
from bridge_gui.vendors.xero.payloads import NO_ID, Said

PRINTED = "POBOX"
_LINES = 4
_FIELDS = {
    "name": "Name",
    "email": "EmailAddress",
    "tax_number": "TaxNumber",
    "number": "ContactNumber",
}
_PLACES = {"city": "City", "region": "Region", "postal_code": "PostalCode", "country": "Country"}
ADDRESS = frozenset({"street", *_PLACES})
_LIMITS = {"Name": 255, "EmailAddress": 255, "TaxNumber": 50, "ContactNumber": 50, "City": 255, "Region": 255,
           "PostalCode": 50, "Country": 50}  # fmt: skip


class AddressAnswer(Struct, frozen=True, rename="pascal"):
    """One of a contact's two addresses."""

    address_type: str = ""
    address_line1: str = ""
    address_line2: str = ""
    address_line3: str = ""
    address_line4: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""

    @property
    def street(self) -> str:
        """The lines above the town."""
        lines = (self.address_line1, self.address_line2, self.address_line3, self.address_line4)
        return "\n".join(line.strip() for line in lines if line.strip())


class ContactAnswer(Struct, frozen=True, rename="pascal"):
    """A contact as answered."""

    contact_id: str = msgspec.field(name="ContactID")
    name: str = ""
    contact_status: str = "ACTIVE"
    email_address: str = ""
    tax_number: str = ""
    contact_number: str = ""
    addresses: list[AddressAnswer] = []
    updated_date_utc: str = msgspec.field(name="UpdatedDateUTC", default="")

    def plain(self) -> BillContact:
        """The contact in our form."""
        address = next((one for one in self.addresses if one.address_type == PRINTED), AddressAnswer())
        return BillContact(
            id=self.contact_id, name=self.name, email=self.email_address, tax_number=self.tax_number,
            number=self.contact_number, street=address.street, city=address.city, region=address.region,
            postal_code=address.postal_code, country=address.country,
            archived=self.contact_status != "ACTIVE",
        )  # fmt: skip


class WrittenContact(Struct, frozen=True, rename="pascal"):
    """The result of writing a contact."""

    contact_id: str = msgspec.field(name="ContactID", default="")
    contact_number: str = ""
    status_attribute_string: str = ""
    has_validation_errors: bool = False
    validation_errors: list[Said] = []

    @property
    def is_refused(self) -> bool:
        """Whether Xero did not take it."""
        failed = self.status_attribute_string == "ERROR" or self.has_validation_errors
        return failed or bool(self.validation_errors) or self.contact_id in ("", NO_ID)


def new_body(contact: BillContact) -> dict[str, Any]:
    """A new contact as sent: what is empty is left out."""
    given = {field: getattr(contact, field) for field in (*_FIELDS, *ADDRESS)}
    return changed_body("", {field: value for field, value in given.items() if value}, None)


def changed_body(contact_id: str, changes: Mapping[str, str], before: BillContact | None) -> dict[str, Any]:
    """Only the fields that change; an address goes whole, with what stays as it was `before`."""
    unknown = set(changes) - set(_FIELDS) - ADDRESS
    if unknown:
        raise CannotMap("xero.contact_field", text=", ".join(sorted(unknown)))
    body: dict[str, Any] = {"ContactID": contact_id} if contact_id else {}
    body |= {
        _FIELDS[field]: _tidy(_FIELDS[field], value) for field, value in changes.items() if field in _FIELDS
    }
    if ADDRESS & set(changes):
        kept = {field: getattr(before, field) if before else "" for field in ADDRESS}
        body["Addresses"] = [_address({**kept, **changes})]
    if not contact_id and not body.get("Name"):
        raise CannotMap("xero.contact_name")
    return body


def _address(values: Mapping[str, str]) -> dict[str, str]:
    lines = [line.strip() for line in values["street"].splitlines() if line.strip()]
    lines = [*lines[: _LINES - 1], " ".join(lines[_LINES - 1 :])] if len(lines) > _LINES else lines
    numbered = {
        f"AddressLine{number + 1}": lines[number] if number < len(lines) else "" for number in range(_LINES)
    }
    places = {name: _tidy(name, values[field]) for field, name in _PLACES.items()}
    return {"AddressType": PRINTED, **numbered, **places}


def _tidy(name: str, value: str) -> str:
    """As Xero takes it: single spaces; a name without angle brackets; nothing cut silently."""
    text = " ".join(value.split())
    if name == "Name":
        text = " ".join(text.replace("<", " ").replace(">", " ").split())
    if len(text) > _LIMITS[name]:
        raise CannotMap("xero.contact_long", text=name, limit=_LIMITS[name])
    return text
