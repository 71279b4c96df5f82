"""QuickBooks' customers: by e-mail, by a name that nobody else has, and our own key in their notes."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from bridge_gui.accounting.selling import Buyer
from bridge_gui.errors import CannotMap, OutcomeUnknown, VendorChanged
from bridge_gui.vendors.quickbooks.client import QuickBooksClient, stamp
from bridge_gui.vendors.quickbooks.payloads import VENDOR, Customer, instant_of, quoted
from bridge_gui.web.decode import decode
from bridge_gui.web.waiting import Cancel, never

_EVERY = "Active IN (true, false)"
_OURS = re.compile(r"hl-[0-9a-z]+-[0-9A-Za-z_-]+")
_BETWEEN = re.compile(r"[,;\s]+")
_NOT_IN_NAMES = re.compile(r"[:\t\r\n]+")
_ADDRESS_LINES = 5
_LIMITS = {"DisplayName": 100, "CompanyName": 100, "GivenName": 100, "FamilyName": 100, "Notes": 2000,
           "PrimaryEmailAddr": 100, "PrimaryPhone": 30}  # fmt: skip


class QuickBooksBuyers(ABC):
    """The customers of one company."""

    _client: QuickBooksClient

    def buyers(self, ids: Collection[str], cancel: Cancel) -> tuple[Buyer, ...]:
        """Customers by id, inactive ones included; what is gone is left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Buyer] = {}
        for page in self._client.by_ids("Customer", Customer, wanted, cancel, f" AND {_EVERY}"):
            found |= {row.id: buyer_of(row) for row in page}
        return tuple(found[one] for one in wanted if one in found)

    def buyers_like(self, *, email: str = "", name: str = "") -> tuple[Buyer, ...]:
        """Those with this e-mail address (among several too) or this name, case left aside, inactive too.

        The whole list is read once and compared here: a filter would miss an address among several, and
        whether it minds case is not told. A customer missed would be made a second time.
        """
        addresses, names = _folded(email), _folded(plain_name(name))
        return tuple(
            buyer_of(row)
            for row in self._everybody.values()
            if (addresses and addresses in _addresses(row)) or (names and names == _folded(row.display_name))
        )

    def buyers_named(self, text: str, limit: int) -> tuple[Buyer, ...]:
        """A search for a person to choose from."""
        words = " ".join(text.split())
        where = f"DisplayName LIKE {quoted(f'%{words}%')}" if words else "Active = true"
        return tuple(buyer_of(row) for row in self._client.few("Customer", Customer, where, max(1, limit)))

    def buyers_made(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Buyer]]:
        """Pages of the active customers made since an instant, oldest first."""
        where = f"MetaData.CreateTime >= '{stamp(since)}'"
        pages = self._client.pages("Customer", Customer, where, cancel)
        found = sorted((buyer_of(row) for page in pages for row in page), key=_made)
        for start in range(0, len(found), 500):
            yield found[start : start + 500]

    def add_buyer(self, buyer: Buyer, key: str) -> Buyer:
        """Make a customer; a name that anybody has is `Refused("quickbooks.name_taken")`."""
        raw = self._client.write("Customer", self._body(buyer), key)
        try:
            row = decode(bytes(raw), Customer, vendor=VENDOR)
        except VendorChanged as error:
            raise OutcomeUnknown("outcome.left_out", detail=str(error)) from error
        if "_everybody" in vars(self):
            self._everybody[row.id] = row
        return buyer_of(row)

    @abstractmethod
    def takes_currencies(self) -> bool:
        """Whether a customer has a currency of its own."""

    @cached_property
    def _everybody(self) -> dict[str, Customer]:
        pages = self._client.pages("Customer", Customer, _EVERY, never())
        return {row.id: row for page in pages for row in page}

    def _body(self, buyer: Buyer) -> dict[str, Any]:
        given = {
            "DisplayName": plain_name(buyer.name), "CompanyName": plain_name(buyer.company),
            "GivenName": plain_name(buyer.first_name), "FamilyName": plain_name(buyer.last_name),
            "PrimaryEmailAddr": buyer.email.strip(), "PrimaryPhone": " ".join(buyer.phone.split()),
            "Notes": f"{buyer.notes.strip()} {buyer.number}".strip() if buyer.number else buyer.notes.strip(),
        }  # fmt: skip
        for name, text in given.items():
            if len(text) > _LIMITS[name]:
                raise CannotMap("quickbooks.too_long", text=text[:40], limit=_LIMITS[name])
        if not given["DisplayName"]:
            raise CannotMap("quickbooks.no_name")
        body: dict[str, Any] = {name: _wrapped(name, text) for name, text in given.items() if text}
        if address := _address(buyer):
            body["BillAddr"] = address
        if buyer.currency and self.takes_currencies():
            body["CurrencyRef"] = {"value": buyer.currency}
        return body


def buyer_of(row: Customer) -> Buyer:
    """A customer in our form; of several addresses the first."""
    words = row.notes.split()
    given = _BETWEEN.split(row.primary_email_addr.address.strip())
    return Buyer(
        id=row.id, name=row.display_name, email=given[0], archived=not row.active, company=row.company_name,
        number=words[-1] if words and _OURS.fullmatch(words[-1]) else "",
        phone=row.primary_phone.free_form_number,
        first_name=row.given_name, last_name=row.family_name, currency=row.currency_ref.value,
        part_of=row.parent_ref.value, notes=row.notes, street=row.bill_addr.street, city=row.bill_addr.city,
        region=row.bill_addr.country_sub_division_code, postal_code=row.bill_addr.postal_code,
        country=row.bill_addr.country, made=instant_of(row.meta_data.create_time, "$.MetaData.CreateTime"),
        changed=instant_of(row.meta_data.last_updated_time, "$.MetaData.LastUpdatedTime"),
    )  # fmt: skip


def plain_name(text: str) -> str:
    """A name as QuickBooks takes it: no colon, tab or line break, single spaces (quickbooks.md 3.2)."""
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())


def _address(buyer: Buyer) -> dict[str, str]:
    lines = [line.strip() for line in buyer.street.splitlines() if line.strip()]
    if len(lines) > _ADDRESS_LINES:
        lines = [*lines[: _ADDRESS_LINES - 1], " ".join(lines[_ADDRESS_LINES - 1 :])]
    address = {f"Line{number}": line for number, line in enumerate(lines, 1)}
    places = {
        "City": buyer.city, "CountrySubDivisionCode": buyer.region, "PostalCode": buyer.postal_code,
        "Country": buyer.country,
    }  # fmt: skip
    return address | {name: text.strip() for name, text in places.items() if text.strip()}


def _wrapped(name: str, text: str) -> Any:
    if name == "PrimaryEmailAddr":
        return {"Address": text}
    return {"FreeFormNumber": text} if name == "PrimaryPhone" else text


def _addresses(row: Customer) -> set[str]:
    return {one.casefold() for one in _BETWEEN.split(row.primary_email_addr.address) if one}


def _made(buyer: Buyer) -> tuple[datetime, Decimal]:
    assert buyer.made is not None
    return buyer.made, Decimal(buyer.id if buyer.id.isdigit() else 0)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
