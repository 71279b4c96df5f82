"""What an adapter can do, as small protocols; a bridge names those it needs, the registry compares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, runtime_checkable

from msgspec import Struct

from bridge_gui.accounting.documents import JournalEntry, LedgerAccount
from bridge_gui.accounting.entries import PostedEntry
from bridge_gui.accounting.sales import PaymentMethod, SaleOrder
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.web.waiting import Cancel


class Company(Struct, frozen=True, kw_only=True):
    """Whose data a connection reaches; `number` is the company number where the vendor tells it."""

    id: str
    name: str
    number: str = ""


@runtime_checkable
class ReachesCompanies(Protocol):
    """One sign-in may lead to several companies; which one is meant is kept with the connection."""

    def companies(self) -> tuple[Company, ...]:
        """The companies this sign-in leads to."""
        ...

    def leave_company(self) -> None:
        """End the access to this one at the vendor."""
        ...


class LedgerDifference(Struct, frozen=True, kw_only=True):
    """An account, by its code, where the ledger shows another amount than an entry should have made."""

    account: str
    expected: Decimal
    seen: Decimal


class LedgerCheck(Struct, frozen=True, kw_only=True):
    """Whether an entry can be seen in the ledger yet, and where it differs."""

    visible: bool
    differences: tuple[LedgerDifference, ...] = ()


class LedgerLine(Struct, frozen=True, kw_only=True):
    """One line of the ledger: positive is debit; `document` is the id of what was booked.

    `kind` is "invoice" or "payment" where the vendor tells: a payment may go under its invoice's id.
    """

    account: str
    day: date
    amount: Decimal
    document: str
    number: str = ""
    text: str = ""
    kind: str = ""


class Orders(Struct, frozen=True, kw_only=True):
    """Some orders; `settled` False when the list moved while it was read and may have gaps."""

    orders: tuple[SaleOrder, ...]
    settled: bool = True


@runtime_checkable
class NamesCompany(Protocol):
    """Can say whose data it reaches, and with that whether the sign-in works."""

    def company(self) -> Company:
        """Sign in and name the company; raises what the user has to mend."""
        ...


@runtime_checkable
class HasChart(Protocol):
    """Has a chart of accounts."""

    def accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts in use, by code."""
        ...

    def payment_accounts(self) -> tuple[LedgerAccount, ...]:
        """Those of them that accept payments."""
        ...


@runtime_checkable
class KeepsJournal(Protocol):
    """Takes journal entries, lists them, and shows what its ledger made of one."""

    def tax_codes(self) -> tuple[TaxCode, ...]:
        """The tax codes a gross line may bear."""
        ...

    def post_entry(self, entry: JournalEntry) -> PostedEntry:
        """Make one entry, booked at once or as a draft; the entry as the answer shows it."""
        ...

    def entries(self, cancel: Cancel) -> tuple[PostedEntry, ...]:
        """All entries there are, as the vendor shows them."""
        ...

    def in_our_form(self, posted: PostedEntry, meant: JournalEntry | None) -> PostedEntry:
        """The entry with lines that compare with what Bridge sends: `meant`'s own if it is that entry.

        Lines are None where the vendor shows none that compare.
        """
        ...

    def check_ledger(self, entry: JournalEntry, posted: PostedEntry, cancel: Cancel) -> LedgerCheck:
        """Compare what the ledger shows of a booked entry with what it should show."""
        ...


@runtime_checkable
class ShowsLedger(Protocol):
    """Shows its ledger of a period, whoever booked it."""

    def ledger(self, first: date, last: date, cancel: Cancel) -> tuple[LedgerLine, ...]:
        """All lines dated from one day to another, both included; accounts by their code."""
        ...

    @property
    def receivables(self) -> str:
        """The code of the account of what customers owe."""
        ...

    def account_taxes(self) -> Mapping[str, TaxCode]:
        """The tax code that an account has by itself, by the account's id; only those that take tax off."""
        ...

    def sales_tax_accounts(self) -> Mapping[Decimal, str]:
        """The code of the account that the tax on sales goes to, by rate."""
        ...


@runtime_checkable
class SellsOrders(Protocol):
    """A shop that lists its orders; `scope` tells this shop from any other, briefly."""

    @property
    def scope(self) -> str:
        """A few letters that are this shop's own."""
        ...

    def payment_methods(self) -> tuple[PaymentMethod, ...]:
        """The ways to pay, those no longer offered included."""
        ...

    def closed_orders(self, first: datetime, last: datetime, cancel: Cancel) -> Iterator[Orders]:
        """Orders closed, or cancelled after closing, from `first` until before `last`, oldest first."""
        ...

    def orders_by_id(
        self, ids: Collection[str], first: datetime, last: datetime, cancel: Cancel
    ) -> tuple[SaleOrder, ...]:
        """Fresh copies of those orders that were closed in the window; what is gone is left out."""
        ...

    def count_closed(self, first: date, last: date) -> int:
        """How many orders were closed from one day to another, both included."""
        ...
