"""Documents as plain data, in our form: what a bridge plans and what a vendor's adapter reads back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.accounting.money import total
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import CannotMap


class DocumentState(Enum):
    """Where a document stands at the books; overdue is derived from the due date, never a state."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_PAYMENT = "awaiting_payment"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    VOIDED = "voided"
    DELETED = "deleted"
    ORDERED = "ordered"
    INVOICED = "invoiced"
    CREDITED = "credited"
    POSTED = "posted"
    REVERSED = "reversed"


class Ref(Struct, frozen=True, kw_only=True):
    """Where a document or contact is at a vendor; `url` only if a person can open it there."""

    id: str
    number: str = ""
    url: str = ""


class LedgerAccount(Struct, frozen=True, kw_only=True):
    """An account in the chart of accounts."""

    id: str
    code: str
    name: str


CUSTOMER = "customer:"
"""In a journal line's account, before a customer's id: the customer's own account."""


class JournalLine(Struct, frozen=True, kw_only=True):
    """One line of a journal entry: positive is debit, negative is credit.

    With a tax code and `gross` the amount includes the tax and the books split it off; without a
    tax code the amount is booked as it stands.
    """

    account: str
    amount: Decimal
    tax: TaxCode | None = None
    gross: bool = False
    text: str = ""


class JournalEntry(Struct, frozen=True, kw_only=True):
    """A journal entry in one currency; its lines must balance to zero (checked by `balanced`)."""

    day: date
    text: str
    currency: str
    lines: tuple[JournalLine, ...]
    draft: bool = False

    def balanced(self) -> JournalEntry:
        """Itself, or `CannotMap` naming the difference."""
        difference = total(line.amount for line in self.lines)
        if difference != 0:
            raise CannotMap("entry.unbalanced", difference=str(difference))
        return self


class DocumentView(Struct, frozen=True, kw_only=True):
    """A document as the books show it now; `content` is its comparable form, None where unseen.

    `place` names the one link that is meant, where several lead to the same document.
    """

    ref: Ref
    state: DocumentState
    content: bytes | None = None
    place: str = ""
