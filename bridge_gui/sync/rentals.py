"""What a rental shop's adapter can do, for bridges that bill what it rents out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.rentals import RentalInvoice, RentalStanding
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class RentsOut(Protocol):
    """Lists the invoice bases of its orders. `scope` tells this shop from any other, briefly."""

    @property
    def scope(self) -> str:
        """A few letters and digits that are this shop's own."""
        ...

    def rental_invoices(self, first: date, cancel: Cancel) -> Iterator[Sequence[RentalInvoice]]:
        """Pages of the invoice bases issued since a day, of every type and state, with lines; each once.

        The shop tells no changes: whoever wants to see them reads a window of days again.
        """
        ...

    def rental_invoices_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[RentalInvoice, ...]:
        """Fresh copies; what is gone is left out."""
        ...

    def paid_by(self, invoices: Sequence[RentalInvoice], cancel: Cancel) -> tuple[RentalInvoice, ...]:
        """The same with `method`, `changes` and `order_number` filled in from their orders."""
        ...

    def methods_seen(self, first: date, cancel: Cancel) -> tuple[str, ...]:
        """The ways to pay, in the shop's words: those it always has, and those seen since a day."""
        ...

    def rental_url(self, invoice: RentalInvoice) -> str:
        """Where a person opens it, empty if it cannot be told."""
        ...


@runtime_checkable
class HearsPayments(Protocol):
    """May be told that an invoice was paid; whether it lets itself be told is found out by asking."""

    def hears(self) -> bool:
        """Whether this shop takes such news from others; changes nothing."""
        ...

    def tell_standing(self, invoice: str, standing: RentalStanding) -> None:
        """Write it on the invoice basis; writing the same again changes nothing."""
        ...
