"""What an adapter can do about customers and their invoices, for bridges that write invoices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.invoices import Contact, DraftChange, Invoice, NewDraft
from bridge_gui.web.waiting import Cancel

Edit = Callable[[Invoice], DraftChange | None]
"""From a draft as it is now to what becomes of it; None leaves it. May raise, then nothing is sent."""


@runtime_checkable
class KeepsContacts(Protocol):
    """Keeps customers by their national or company number."""

    def contact_numbered(self, number: str) -> Contact | None:
        """The customer of exactly this number, None if there is none."""
        ...

    def contact(self, contact_id: str) -> Contact | None:
        """One customer, None if there is none."""
        ...

    def add_contact(self, contact: Contact) -> Contact:
        """Make a customer; the vendor may know a better name."""
        ...

    def refresh_contact(self, contact: Contact) -> Contact:
        """Bring a customer's e-mail and name up to date."""
        ...


@runtime_checkable
class KeepsDrafts(Protocol):
    """Keeps draft invoices that a person sends."""

    def drafts_of(self, contact_id: str, cancel: Cancel) -> tuple[Invoice, ...]:
        """The customer's open drafts with their lines, oldest first."""
        ...

    def invoices_of(self, contact_id: str, cancel: Cancel) -> tuple[Invoice, ...]:
        """All the customer's invoices with their lines, whatever their state, oldest first."""
        ...

    def invoices_since(self, first: date, cancel: Cancel) -> tuple[Invoice, ...]:
        """All invoices dated on this day or later, with their lines."""
        ...

    def invoice(self, invoice_id: str) -> Invoice | None:
        """One invoice with its lines, None if there is none (any more)."""
        ...

    def make_draft(self, new: NewDraft) -> Invoice:
        """Make a draft; the invoice as the answer shows it, whatever state it says."""
        ...

    def change_draft(self, invoice_id: str, edit: Edit, cancel: Cancel) -> Invoice:
        """Read a draft, let `edit` say what becomes of it, write it whole, and read it again.

        Raises `Conflict` if it is no draft any more, `NoSuchTarget` if it is gone; nothing was sent then.
        """
        ...


@runtime_checkable
class TellsClosing(Protocol):
    """Can tell, as far as the vendor shows it, until which day the books are closed."""

    def closed_until(self, since: date, cancel: Cancel) -> date | None:
        """The last closed day, None if nothing is known to be closed."""
        ...
