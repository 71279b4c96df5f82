"""Tie-out: what was sold against what the books show, per day and key, and what explains a difference.

A bridge that ties out supplies its two reads, and says what one of its documents was meant to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Protocol, runtime_checkable

from msgspec import Struct

from bridge_gui.accounting.money import ZERO, total
from bridge_gui.errors import Param
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.flow import Record
from bridge_gui.sync.step import LinkTo
from bridge_gui.web.waiting import Cancel

Amounts = dict[str, Decimal]


class Key(Struct, frozen=True, kw_only=True):
    """What is compared: a payment method, a VAT rate; `credit` if the books show it as credit."""

    name: str
    credit: bool = False


class Sold(Struct, frozen=True, kw_only=True):
    """What one record of the sales side, read afresh by the flow named, should do to the books."""

    flow: str
    record: Record
    amounts: Amounts


class Booked(Struct, frozen=True, kw_only=True):
    """What one document does to the books on one day, read afresh from the vendor's ledger.

    Amounts on accounts that no key stands for are under a name of their own. `place`: what its mark says.
    """

    document: str
    day: date
    amounts: Amounts
    number: str = ""
    place: LinkTo | None = None


class Meant(Struct, frozen=True, kw_only=True):
    """What a document should show in the ledger; `day` None where a person decides when it is booked."""

    day: date | None
    amounts: Amounts


class TieReads(Protocol):
    """What a bridge supplies; amounts under a key are positive for money received and for sales."""

    keys: Sequence[Key]

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterable[Sold]:
        """Every record of the period at the sales side; `Passing` if the list would not stand still."""
        ...

    def booked(self, first: date, last: date, cancel: Cancel) -> Iterable[Booked]:
        """Everything the ledger shows for the period; `Passing` if the list would not stand still."""
        ...

    def meant(self, link: LinkRow) -> Meant | None:
        """Pure: what a document was meant to hold, None where that is not known."""
        ...


@runtime_checkable
class TiesOut(Protocol):
    """An open bridge that can be tied out."""

    def tie_reads(self) -> TieReads:
        """Its two reads."""
        ...


class Why(Enum):
    """What explains a difference."""

    HELD = "held"
    SKIPPED = "skipped"
    WAITING = "waiting"
    ON_ITS_WAY = "on_its_way"
    STOPPED = "stopped"
    NOT_SHOWN_YET = "not_shown_yet"
    DRAFT = "draft"
    DELETED = "deleted"
    EDITED = "edited"
    OTHER_DAY = "other_day"
    EARLIER_SETTINGS = "earlier_settings"
    GONE = "gone"
    OTHER_BRIDGE = "other_bridge"
    NOT_OURS = "not_ours"
    UNKNOWN_MARK = "unknown_mark"
    NOTHING = "nothing"


OPEN = (Why.UNKNOWN_MARK, Why.NOTHING)
"""Named, but no explanation: somebody has to look."""


class Reason(Struct, frozen=True, kw_only=True):
    """A part of a difference and why: of which record or document; `code` says more where there is more."""

    why: Why
    amount: Decimal
    number: str
    code: str = ""
    params: dict[str, Param] = {}


class Row(Struct, frozen=True, kw_only=True):
    """One day and key; the difference is books less sales, and the sum of its reasons."""

    day: date
    key: str
    sales: Decimal
    books: Decimal
    reasons: tuple[Reason, ...] = ()

    @property
    def difference(self) -> Decimal:
        """Books less sales."""
        return self.books - self.sales

    @property
    def open(self) -> Decimal:
        """How much of the difference nothing explains."""
        return total(abs(reason.amount) for reason in self.reasons if reason.why in OPEN)

    @property
    def explained(self) -> bool:
        """Whether nothing is left that somebody has to look at."""
        return self.open == ZERO


class TieOut(Struct, frozen=True, kw_only=True):
    """A period tied out; whose, where the days begin, and when it was made."""

    bridge: str
    title: str
    company: str
    currency: str
    zone: str
    first: date
    last: date
    made_at: datetime
    rows: tuple[Row, ...]

    @property
    def open(self) -> tuple[Row, ...]:
        """The rows with something unexplained."""
        return tuple(row for row in self.rows if not row.explained)
