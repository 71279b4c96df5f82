"""Steps as a person reads them before they go."""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.accounting.billing import TaxTreatment, totals_of
from bridge_gui.accounting.ordering import NewOrder
from bridge_gui.bridges.sharefox_twentyfourseven.steps import AmendOrder, CompleteOrder, MakeOrder
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.step import Step
from bridge_gui.wording.message import mark

ODD_NUMBER = mark("The organisation number has wrong check digits.")


def described(step: Step) -> PreviewDocument:
    """The exact document: number, lines, taxes."""
    order = step.order if isinstance(step, (MakeOrder, CompleteOrder, AmendOrder)) else None
    warnings = step.warnings if isinstance(step, MakeOrder) else ()
    return PreviewDocument(
        kind=step.link.kind, number=step.number, party=step.party, day=step.day.isoformat(), total=step.total,
        currency=step.currency, text=order.memo or order.note if order is not None else step.mark,
        lines=_lines(order) if order is not None else (), tax=_taxes(order) if order is not None else (),
        warning=ODD_NUMBER if warnings else "",
    )  # fmt: skip


def _lines(order: NewOrder) -> tuple[tuple[str, Decimal], ...]:
    return tuple(
        (line.text if line.quantity == 1 else f"{line.quantity:f} x {line.text}", line.amount(order.currency))
        for line in order.lines
    )


def _taxes(order: NewOrder) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
    """Rate, net and tax that the books should make of it."""
    rates = sorted({line.rate for line in order.lines}, reverse=True)
    alone = [(rate, [one for one in order.lines if one.rate == rate]) for rate in rates]
    sums = [(rate, totals_of(lines, TaxTreatment.EXCLUSIVE, order.currency)) for rate, lines in alone]
    return tuple((rate, one.net, one.tax) for rate, one in sums)
