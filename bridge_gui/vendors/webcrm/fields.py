"""What fields a customer's webcrm has: an id, a free label, and the name each is called by."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from bridge_gui.accounting.trade import Holder, OwnField
from bridge_gui.errors import CannotMap
from bridge_gui.vendors.webcrm.client import WebcrmClient
from bridge_gui.vendors.webcrm.forms import INTEGER, TEXT, Form
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.vendors.webcrm.terms import LONGEST

_CURRENCY = "CurrencyName"
_OWN = {
    Holder.ORGANISATION: rf"Organisation((Custom|Plus|ExtraCustom|XText|XInt|XMemo)\d+|{_CURRENCY})",
    Holder.PERSON: r"Person(Custom|Plus)\d+",
    Holder.DELIVERY: r"Delivery(Opportunity)?(Custom|Plus)\d+",
    Holder.USER: r"UserCustom\d+",
}
"""Fields with a meaning of the customer's own; those for dates and ticks are left alone."""


class ListEntry(Struct, frozen=True, rename="pascal"):
    """One answer of a drop-down list."""

    text: str | None = None
    value: str | None = None


class FieldAnswer(Struct, frozen=True):
    """A field as `/FieldsMetadata` tells it."""

    id: int = msgspec.field(name="FieldMetadataId")
    name: str = msgspec.field(name="FieldMetadataFriendlyFieldName")
    label: str | None = msgspec.field(name="FieldMetadataLabel", default=None)
    order: int | None = msgspec.field(name="FieldMetadataSortOrder", default=None)
    longest: int | None = msgspec.field(name="FieldMetadataTextFieldMaxLength", default=None)
    entries: list[ListEntry] | None = msgspec.field(name="FieldMetadataDropdownListData", default=None)

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts of its list; QUIRK: the whole text is what is written, not its value (webcrm.md 5)."""
        texts = ((one.text or one.value or "").strip() for one in self.entries or ())
        return tuple(dict.fromkeys(text for text in texts if text))

    def plain(self, holder: Holder) -> OwnField:
        """The field in our form."""
        return OwnField(
            holder=holder, key=self.name, title=(self.label or "").strip() or self.name, number=str(self.id),
            choices=self.choices, longest=longest_of(self.name, self),
        )  # fmt: skip


class Fields:
    """The fields of one customer's webcrm, asked for once in a job."""

    def __init__(self, client: WebcrmClient) -> None:
        self._client = client
        self._known: dict[str, FieldAnswer] | None = None

    @property
    def all(self) -> Mapping[str, FieldAnswer]:
        """Every field by the name it is called by in answers and questions, in the customer's order."""
        if self._known is None:
            rows = self._client.shaped("FieldsMetadata/All", list[FieldAnswer])
            self._known = {row.name: row for row in sorted(rows, key=lambda row: row.order or 0)}
        return self._known

    def own(self, holder: Holder) -> tuple[FieldAnswer, ...]:
        """Those of one kind of record that are the customer's own."""
        return tuple(field for name, field in self.all.items() if is_own(holder, name))

    def texts(self, holder: Holder, row: Row) -> dict[str, str]:
        """What stands in them, empty ones left out; one that the answer lacks is a change, never empty.

        QUIRK: a currency's name is in answers that no document knows (webcrm.md 3.1, code).
        """
        names = [field.name for field in self.own(holder)]
        if row.has(f"Organisation{_CURRENCY}") and holder is Holder.ORGANISATION:
            names.append(f"Organisation{_CURRENCY}")
        found = {name: form_of(name).shown(row, name) for name in names}
        return {name: text for name, text in found.items() if text}

    def check(self, given: Mapping[str, object]) -> None:
        """Raise `CannotMap` for a text that is longer than its field, before it goes (webcrm.md 3.1)."""
        for name, value in given.items():
            longest = longest_of(name, self.all.get(name))
            if isinstance(value, str) and longest and len(value) > longest:
                label = (self.all[name].label if name in self.all else None) or name
                raise CannotMap("webcrm.too_long", field=label, most=longest, text=value[:80])


def form_of(name: str) -> Form:
    """How an own field is written."""
    return INTEGER if re.fullmatch(r"OrganisationXInt\d+", name) else TEXT


def is_own(holder: Holder, name: str) -> bool:
    """Whether a field of this name is the customer's own."""
    return re.fullmatch(_OWN[holder], name) is not None


def longest_of(name: str, known: FieldAnswer | None) -> int:
    """How many letters a field takes, as the customer's webcrm says, else the document; 0 for no limit.

    A drop-down list says nothing of that: what may be written is its texts, whole.
    """
    if known is not None and known.choices:
        return 0
    told = known.longest if known is not None else None
    return max(told or 0, 0) or LONGEST.get(name.rstrip("0123456789"), 0)
