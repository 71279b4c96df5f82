"""What this bridge writes at either side, and the marks by which it is found again."""

from __future__ import annotations

import re
from datetime import date

import msgspec
from msgspec import Struct

from bridge_gui.accounting.trade import DebtorOrder, NewDebtorOrder, PriceRow
from bridge_gui.sync.step import LinkTo, Step

DEBTOR, CONTACT, EMPLOYEE, PRICE, ORDER, TOLD, BACK = (
    "debtor", "book_contact", "employee", "price", "order", "told", "put_back",
)  # fmt: skip
ORG, PERSON, USER, ITEM, DELIVERY = "org", "person", "user", "item", "delivery"
_ORDER_MARK = re.compile(r"(?P<source>delivery-[0-9]+)/(?P<ordinal>[1-9]\d{0,4})")
_ORG_MARK = re.compile(r"org-[0-9]+")


def named(prefix: str, number: str) -> str:
    """A vendor's own id with the word that tells what it is of."""
    return f"{prefix}-{number}"


def bare(name: str) -> str:
    """The vendor's own id."""
    return name.partition("-")[2]


def read_order_mark(text: str) -> tuple[str, int] | None:
    """The delivery and the how-manyeth of its orders that a mark names, None if it is none of ours."""
    found = _ORDER_MARK.fullmatch(text.strip())
    return (found["source"], int(found["ordinal"])) if found else None


def is_org_mark(text: str) -> bool:
    """Whether a debtor's field names an organisation."""
    return _ORG_MARK.fullmatch(text.strip()) is not None


def place(kind: str, source: str, ordinal: int = 1) -> LinkTo:
    """The place of a document's link."""
    return LinkTo(kind=kind, source_id=source, ordinal=ordinal)


class AddRecord(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.add"):
    """Make the other side's record. `at` is the record it belongs to, where that is not in `needs`."""

    values: dict[str, str]
    at: str = ""


class JoinRecord(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.join"):
    """Join two records that are there; the other one (`other`) gets our mark and nothing else."""

    other: str


class PartRecord(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.part"):
    """Two records are no pair any more; `emptied` are fields of the own one that told of the other."""

    record: str
    other: str
    emptied: tuple[str, ...] = ()


class ChangeRecord(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.change"):
    """Write these fields to the other side's record; `pending` are fields of it that are not agreed on yet.

    `by_hand` if a person chose them: then a change meanwhile is said, not merged.
    """

    record: str
    changes: dict[str, str]
    before: dict[str, str]
    pending: dict[str, str | None] = msgspec.field(default_factory=dict)
    by_hand: bool = False


class PutBack(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.put_back"):
    """Write these fields back to the record they were changed at: they are the other side's to change."""

    record: str
    changes: dict[str, str]
    before: dict[str, str]


class WritePrice(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.price"):
    """Have this row in the price list, new or changed; `was` is the digest of what stood there."""

    row: PriceRow
    was: str = ""


class JoinPrice(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.join_price"):
    """Join an item with a row that is on the price list; nothing is written to it yet."""

    row: str


class RemovePrice(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.no_price"):
    """Take a row off the price list."""

    row: str


class MakeOrder(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.order"):
    """Make a debtor order; its debtor is filled in from the link."""

    order: NewDebtorOrder
    debtor: LinkTo


class AmendOrder(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.amend"):
    """Make the order `there`, which stands as `was`, into another; with no `was` it is unfinished."""

    order: NewDebtorOrder
    debtor: LinkTo
    there: str = ""
    was: DebtorOrder | None = None


class Telling(Struct, frozen=True, kw_only=True):
    """What webcrm is told of an order; figures as text, empty where there is none."""

    state: str
    order: str = ""
    invoice: str = ""
    value: str = ""
    margin: str = ""
    percent: str = ""
    paid: date | None = None


class TellDelivery(Step, frozen=True, kw_only=True, omit_defaults=True, tag="webcrm_uniconta.tell"):
    """Write an order's number, state and margin to its delivery."""

    delivery: str
    telling: Telling
    order: LinkTo | None = None


STEPS: tuple[type[Step], ...] = (
    AddRecord, JoinRecord, PartRecord, ChangeRecord, PutBack, WritePrice, JoinPrice, RemovePrice, MakeOrder,
    AmendOrder, TellDelivery,
)  # fmt: skip
