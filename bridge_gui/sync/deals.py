"""What a CRM's adapter can do about deals, for bridges that make invoices of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from msgspec import Struct

from bridge_gui.accounting.deals import (
    Attachment,
    Deal,
    DealContents,
    DealFilter,
    FieldName,
    Holder,
    Note,
    Party,
    Product,
    Stage,
)
from bridge_gui.web.waiting import Cancel


class DealPage(Struct, frozen=True, kw_only=True):
    """Some deals; `following` leads to the next page, empty at the end."""

    deals: tuple[Deal, ...]
    following: str = ""


@runtime_checkable
class SellsDeals(Protocol):
    """A CRM that lists its deals with their products, organizations and persons.

    `scope` tells this company from any other, briefly.
    """

    @property
    def scope(self) -> str:
        """A few letters that are this company's own."""
        ...

    def deals_since(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Deal]]:
        """Pages of the deals that changed since an instant, archived and deleted ones included."""
        ...

    def deals_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[Deal, ...]:
        """Fresh copies, archived ones included; what is gone for good is left out."""
        ...

    def deal_page(self, which: DealFilter, following: str, limit: int) -> DealPage:
        """One page for a person to look at, newest change first."""
        ...

    def contents(self, deals: Collection[Deal], cancel: Cancel) -> Mapping[str, DealContents]:
        """Products, discounts and instalments by deal; every deal is answered.

        Deals come whole, because their value and count of products tell what need not be asked for.
        """
        ...

    def products(self) -> tuple[Product, ...]:
        """All products that can be put on a deal."""
        ...

    def organizations(self, ids: Collection[str], cancel: Cancel) -> Mapping[str, Party]:
        """Organizations by id; what is gone is left out."""
        ...

    def persons(self, ids: Collection[str], cancel: Cancel) -> Mapping[str, Party]:
        """Persons by id; what is gone is left out."""
        ...

    def field_names(self) -> tuple[FieldName, ...]:
        """All fields of deals, organizations and persons that can be shown as text."""
        ...

    def tell_fields_of(self, holders: Collection[Holder]) -> None:
        """Whose `fields` are filled from now on; of all of them unless said: each costs a question."""
        ...

    def stages(self) -> tuple[Stage, ...]:
        """All stages of all pipelines, in their order."""
        ...


@runtime_checkable
class TakesNotes(Protocol):
    """Keeps notes and files on its deals; neither has an idempotency key, so they are looked for."""

    def notes_on(self, deal: str, cancel: Cancel) -> tuple[Note, ...]:
        """All notes on a deal."""
        ...

    def add_note(self, deal: str, content: str) -> Note:
        """Put a note on a deal; the vendor may tidy its HTML."""
        ...

    def change_note(self, note: str, content: str) -> Note:
        """Write a note anew; raises `NoSuchTarget` if it is gone."""
        ...

    def files_on(self, deal: str, cancel: Cancel) -> tuple[Attachment, ...]:
        """All files on a deal."""
        ...

    def attach(self, deal: str, name: str, content: bytes, media_type: str) -> Attachment:
        """Put a file on a deal."""
        ...
