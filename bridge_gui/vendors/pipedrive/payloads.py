"""Pipedrive's answers, with only the fields Bridge uses; numbers are read from their digits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")


class Cursor(Struct, frozen=True):
    """Where a v2 list goes on; null or absent at its end."""

    next_cursor: str | None = None


class Page(Struct, Generic[Item], frozen=True):
    """One page of a v2 list."""

    data: tuple[Item, ...]
    additional_data: Cursor | None = None

    @property
    def following(self) -> str:
        """The cursor of the next page, empty at the end."""
        return (self.additional_data.next_cursor or "") if self.additional_data else ""


class One(Struct, Generic[Item], frozen=True):
    """The answer about one thing."""

    data: Item


class Offset(Struct, frozen=True):
    """Where a v1 list goes on."""

    more_items_in_collection: bool = False
    next_start: int | None = None


class OffsetPlace(Offset, frozen=True):
    """QUIRK: some v1 lists tell it one level higher than others, without `next_start` (pipedrive.md 4)."""

    pagination: Offset | None = None


class OldPage(Struct, Generic[Item], frozen=True):
    """One page of a v1 list. QUIRK: an empty list may be null [inferred, pipedrive.md 4]."""

    data: tuple[Item, ...] | None
    additional_data: OffsetPlace | None = None

    def following(self, start: int) -> int | None:
        """Where the next page begins; None at the end."""
        place = self.additional_data
        told = None if place is None else (place.pagination or place)
        if told is None or not told.more_items_in_collection:
            return None
        return told.next_start if told.next_start is not None else start + len(self.data or ())


class UserAnswer(Struct, frozen=True):
    """A user; the last two are told about oneself only."""

    id: int
    name: str
    company_id: int | None = None
    company_name: str | None = None
    company_domain: str | None = None


class CurrencyAnswer(Struct, frozen=True):
    """A currency and how many decimals the company keeps in it."""

    code: str
    decimal_points: int


class DealAnswer(Struct, frozen=True, kw_only=True):
    """A deal. QUIRK: links and times that the spec promises may be missing (pipedrive.md 3.1, live)."""

    id: int
    title: str
    status: str
    value: Decimal | None
    currency: str
    pipeline_id: int
    stage_id: int
    update_time: datetime | None
    add_time: datetime
    owner_id: int | None = None
    person_id: int | None = None
    org_id: int | None = None
    won_time: datetime | None = None
    is_deleted: bool = False
    is_archived: bool = False
    products_count: int | None = None


class FoundItem(Struct, frozen=True):
    """A deal, an organization or a person as the search names it."""

    id: int
    type: str


class Hit(Struct, frozen=True):
    """One result of the search."""

    item: FoundItem


class Hits(Struct, frozen=True):
    """The results of the search; the related ones are the deals of those found."""

    items: tuple[Hit, ...]
    related_items: tuple[Hit, ...] = ()


class SearchAnswer(Struct, frozen=True):
    """One page of the search."""

    data: Hits
    additional_data: Cursor | None = None


class LineAnswer(Struct, frozen=True, kw_only=True):
    """A product on a deal. QUIRK: `product_id` of a deleted product is null (pipedrive.md 3.2, code)."""

    id: int
    deal_id: int
    name: str
    quantity: Decimal
    item_price: Decimal
    currency: str
    tax_method: str
    sum: Decimal
    product_id: int | None
    product_variation_id: int | None = None
    comments: str | None = None
    order_nr: int | None = None
    discount: Decimal | None = None
    discount_type: str = "percentage"
    tax: Decimal | None = None
    is_enabled: bool = True
    billing_frequency: str | None = None


class DiscountAnswer(Struct, frozen=True):
    """A discount on a whole deal."""

    type: str
    amount: Decimal
    description: str | None = None


class InstalmentAnswer(Struct, frozen=True):
    """A part of a deal to be billed on a day."""

    id: int
    deal_id: int
    amount: Decimal
    billing_date: date
    description: str | None = None


class AddressAnswer(Struct, frozen=True):
    """A postal address; every part may be missing."""

    value: str | None = None
    country: str | None = None
    admin_area_level_1: str | None = None
    locality: str | None = None
    route: str | None = None
    street_number: str | None = None
    subpremise: str | None = None
    postal_code: str | None = None


class OrganizationAnswer(Struct, frozen=True):
    """An organization."""

    id: int
    name: str
    address: AddressAnswer | None = None
    is_deleted: bool = False


class Labelled(Struct, frozen=True):
    """An e-mail address or phone number of a person."""

    value: str | None = None
    primary: bool = False


class PersonAnswer(Struct, frozen=True):
    """A person; the address comes only with contact sync."""

    id: int
    name: str
    emails: tuple[Labelled, ...] | None = None
    postal_address: AddressAnswer | None = None
    is_deleted: bool = False


class ProductAnswer(Struct, frozen=True):
    """A product of the catalogue."""

    id: int
    name: str
    code: str | None = None
    tax: Decimal | None = None
    is_deleted: bool = False


class VariationAnswer(Struct, frozen=True):
    """A variation of a product."""

    id: int
    name: str


class OptionAnswer(Struct, frozen=True):
    """One choice of a field; built-in ones have texts for ids."""

    id: int | str
    label: str


class FieldAnswer(Struct, frozen=True):
    """The definition of a field."""

    field_name: str
    field_code: str
    field_type: str
    is_custom_field: bool
    is_optional_response_field: bool
    options: tuple[OptionAnswer, ...] | None = None


class PipelineAnswer(Struct, frozen=True):
    """A pipeline."""

    id: int
    name: str
    order_nr: int = 0
    is_deleted: bool = False


class StageAnswer(Struct, frozen=True):
    """A stage of a pipeline."""

    id: int
    name: str
    pipeline_id: int
    order_nr: int = 0
    is_deleted: bool = False


class NoteAnswer(Struct, frozen=True):
    """A note."""

    id: int
    content: str
    active_flag: bool = True


class FileAnswer(Struct, frozen=True):
    """A file."""

    id: int
    name: str
    active_flag: bool = True


def instant(at: datetime) -> datetime:
    """An instant in UTC; Pipedrive's own times say so."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
