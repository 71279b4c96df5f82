"""What a CRM's adapter can do about its checkout, its invoices, its people, and words sent to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.crm import CrmInvoice, CrmOrder, CrmPayment, CrmPlace, Person
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class SellsByCheckout(Protocol):
    """Lists its payments and the orders behind them. `scope` tells this account from any other, briefly."""

    @property
    def scope(self) -> str:
        """A few letters and digits that are this account's own."""
        ...

    def place(self) -> CrmPlace:
        """The account itself, with its time zone."""
        ...

    def payments_made(
        self, first: datetime, last: datetime, cancel: Cancel
    ) -> Iterator[Sequence[CrmPayment]]:
        """Pages of the payments made from `first` until before `last`, tests too; each once, not `whole`."""
        ...

    def crm_payments(self, ids: Collection[str], cancel: Cancel) -> tuple[CrmPayment, ...]:
        """Fresh copies read singly (`whole`: `booked`, `invoice` are known); what is gone is left out."""
        ...

    def orders(self, ids: Collection[str], cancel: Cancel) -> tuple[CrmOrder, ...]:
        """Orders with lines; what is gone is left out."""
        ...


@runtime_checkable
class SendsInvoices(Protocol):
    """Lists the invoices its users send."""

    def invoices_made(self, since: date, cancel: Cancel) -> Iterator[Sequence[CrmInvoice]]:
        """Pages of the invoices made since a day, drafts and tests too, with lines; each once."""
        ...

    def crm_invoices(self, ids: Collection[str], cancel: Cancel) -> tuple[CrmInvoice, ...]:
        """Fresh copies; what is gone is left out (that is how a deleted one shows)."""
        ...

    def crm_invoice_url(self, invoice: str) -> str:
        """Where a person opens it, empty if it cannot be told."""
        ...


@runtime_checkable
class KeepsPeople(Protocol):
    """Keeps contacts; nothing here ever overwrites tags or e-mail addresses."""

    def people(self, ids: Collection[str], cancel: Cancel) -> tuple[Person, ...]:
        """Contacts by id; what is gone is left out."""
        ...

    def people_with(self, *, email: str = "", phone: str = "") -> tuple[Person, ...]:
        """Those with exactly this address (case left aside, further addresses too) or number."""
        ...

    def everybody(self, cancel: Cancel) -> Iterator[Sequence[Person]]:
        """Pages of all contacts, each once."""
        ...

    def people_named(self, text: str, limit: int) -> tuple[Person, ...]:
        """A search for a person to choose from."""
        ...

    def add_person(self, person: Person, source: str) -> Person:
        """Make a contact; one that is there already by the CRM's own rule comes back, unchanged."""
        ...

    def fill_person(self, person: str, changes: Mapping[str, str]) -> Person:
        """Write these fields (names of `Person`, never `email`) where they are empty now, no other."""
        ...


@runtime_checkable
class SendsWords(Protocol):
    """Can have something said to a contact; nobody can look up afterwards whether it went."""

    def workflows(self) -> tuple[Option, ...]:
        """The workflows that can be begun; `offered` False for drafts."""
        ...

    def tags(self) -> tuple[Option, ...]:
        """The tags there are; `key` is what `tag_person` takes."""
        ...

    def send_email(self, person: str, subject: str, html: str) -> str:
        """Send one e-mail; the message's id. `Refused("highlevel.no_messages")` for who wants none."""
        ...

    def send_text(self, person: str, text: str) -> str:
        """Send one text message; the message's id."""
        ...

    def begin_workflow(self, person: str, workflow: str, at: datetime) -> None:
        """Put a contact into a workflow."""
        ...

    def tag_person(self, person: str, tag: str) -> None:
        """Add a tag to those a contact has."""
        ...
