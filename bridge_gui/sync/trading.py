"""What a CRM's adapter can do about organisations, people, its price list and its sold orders.

Every `change_...` takes `changes` and `before`: texts by the struct's own field names, or by the key of an
own field (`OwnField.key`). It reads the record, raises `Conflict` if one of `before` is not what stands there
now, sends only `changes`, and gives the record as read back. "" empties a field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.trade import Delivery, Holder, Organisation, OwnField, Person, PriceRow, User
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class HasOwnFields(Protocol):
    """Lets a company give fields a meaning of its own."""

    def own_fields(self, holder: Holder) -> tuple[OwnField, ...]:
        """All fields of one kind of record that are the company's own, in the vendor's order; read once."""
        ...

    def types(self) -> tuple[Option, ...]:
        """The texts that an organisation's type may have."""
        ...

    def statuses(self) -> tuple[Option, ...]:
        """The texts that an organisation's status may have."""
        ...


@runtime_checkable
class KeepsOrganisations(Protocol):
    """Keeps companies; none is ever deleted by us."""

    def organisations_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Organisation]]:
        """Pages of those made or changed since an instant; each once."""
        ...

    def all_organisations(self, cancel: Cancel) -> Iterator[Sequence[Organisation]]:
        """Pages of all there are, for the bulk start."""
        ...

    def organisations(self, ids: Collection[str], cancel: Cancel) -> tuple[Organisation, ...]:
        """Fresh copies; what is gone is left out."""
        ...

    def change_organisation(
        self, organisation: str, changes: Mapping[str, str], before: Mapping[str, str]
    ) -> Organisation:
        """Write these fields; see the top of this file."""
        ...

    def organisation_url(self, organisation: str) -> str:
        """Where a person opens it, empty if it cannot be told."""
        ...


@runtime_checkable
class KeepsPersons(Protocol):
    """Keeps people at organisations."""

    def persons_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Person]]:
        """Pages of those made or changed since an instant; each once."""
        ...

    def persons(self, ids: Collection[str], cancel: Cancel) -> tuple[Person, ...]:
        """Fresh copies; what is gone is left out."""
        ...

    def persons_at(self, organisation: str, cancel: Cancel) -> tuple[Person, ...]:
        """Everybody at one organisation."""
        ...

    def add_person(self, person: Person) -> Person:
        """Make one, `fields` too; as read back. Has no key: look at `persons_at` after a lost answer."""
        ...

    def change_person(self, person: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Person:
        """Write these fields, never the organisation; see the top of this file."""
        ...


@runtime_checkable
class HasUsers(Protocol):
    """Tells who works with it. Users are never made: they cost seats."""

    def users(self, cancel: Cancel) -> tuple[User, ...]:
        """Everybody, one reading."""
        ...

    def change_user(self, user: str, changes: Mapping[str, str], before: Mapping[str, str]) -> User:
        """Write these fields, never login or password; see the top of this file."""
        ...


@runtime_checkable
class KeepsPriceList(Protocol):
    """Keeps the list from which lines are chosen."""

    def columns(self) -> tuple[Option, ...]:
        """The list's columns that are switched on; `key` "1" to "9", the title as users see it."""
        ...

    def price_rows(self, cancel: Cancel) -> tuple[PriceRow, ...]:
        """The whole list, one reading."""
        ...

    def price_row(self, row: str) -> PriceRow | None:
        """One row as it is now."""
        ...

    def add_price_row(self, row: PriceRow) -> PriceRow:
        """Add one; as read back. Has no key: look at `price_rows` after a lost answer."""
        ...

    def change_price_row(self, row: PriceRow, before: PriceRow) -> PriceRow:
        """Make the row of `row.id` into this; `Conflict` if it is no longer `before`; as read back.

        Columns that `row.columns` does not name stay as they are, and are not compared.
        """
        ...

    def remove_price_row(self, row: str) -> None:
        """Take one off the list; gone already is well. Never empties the list."""
        ...


@runtime_checkable
class KeepsDeliveries(Protocol):
    """Keeps sold orders with their lines."""

    def deliveries_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Delivery]]:
        """Pages of those made or changed since an instant, without lines; a changed line may not show."""
        ...

    def deliveries(self, ids: Collection[str], cancel: Cancel, *, lines: bool = True) -> tuple[Delivery, ...]:
        """Fresh copies; what is gone is left out."""
        ...

    def change_delivery(
        self, delivery: str, changes: Mapping[str, str], before: Mapping[str, str]
    ) -> Delivery:
        """Write these fields (never the number, which webcrm guards); without lines as read back.

        `status` and `erp_status` are written as the values of their enumerations, `erp_synced` as an ISO
        instant, amounts as text with a point; see the top of this file.
        """
        ...

    def delivery_url(self, delivery: str) -> str:
        """Where a person opens it, empty if it cannot be told."""
        ...
