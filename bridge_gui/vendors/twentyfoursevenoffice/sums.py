"""From what the ledger says of an invoice to how it stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.ordering import Order, OrderStanding
from bridge_gui.vendors.twentyfoursevenoffice import assumed


class Sums(Struct, frozen=True, kw_only=True):
    """What the ledger says of one invoice; all positive but `open`."""

    billed: Decimal
    credited: Decimal
    paid: Decimal
    lost: Decimal
    last: date | None

    @property
    def open(self) -> Decimal:
        """What is still owed."""
        return self.billed - self.credited - self.paid - self.lost


def judged(order: Order, sums: Sums, *, own: bool) -> OrderStanding:
    """What the sums mean; in another currency than the books' they cannot be compared with the order."""
    if not sums.billed:
        odd = bool(sums.paid or sums.credited or sums.lost)
        return stands(order, DocumentState.INVOICED, sums, sure=not odd)
    settled = sums.open <= assumed.TOLERANCE
    if settled and sums.credited >= sums.billed - assumed.TOLERANCE and not sums.paid:
        state = DocumentState.CREDITED
    elif settled:
        state = DocumentState.PAID
    elif sums.paid or sums.credited or sums.lost:
        state = DocumentState.PARTLY_PAID
    else:
        state = DocumentState.AWAITING_PAYMENT
    same = not own or abs(sums.billed - order.total) <= assumed.TOLERANCE
    return stands(order, state, sums, sure=same and not sums.lost and sums.open >= -assumed.TOLERANCE)


def stands(
    order: Order, state: DocumentState, sums: Sums | None = None, *, paid: Decimal = ZERO, sure: bool = True
) -> OrderStanding:
    """An order in this state, with what the ledger says if that was asked."""
    return OrderStanding(
        order=order.ref.id, state=state, total=order.total, invoice=order.invoice, due=order.due, sure=sure,
        open=sums.open if sums else ZERO, paid=sums.paid if sums else paid,
        credited=sums.credited if sums else ZERO,
        paid_on=sums.last if sums and state is DocumentState.PAID else None,
    )  # fmt: skip
