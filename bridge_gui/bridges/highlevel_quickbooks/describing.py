"""Steps as a person reads them before they go."""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.accounting.selling import NewSale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.steps import AskReview, ChangeSale, MakeSale, PayInvoice
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.step import Step
from bridge_gui.wording.message import mark

DISCOUNT = mark("Discount")


def described(step: Step) -> PreviewDocument:
    """The exact document: number, lines, taxes."""
    sale = step.sale if isinstance(step, (MakeSale, ChangeSale)) else None
    return PreviewDocument(
        kind=step.link.kind, number=(sale.number if sale else "") or step.number, party=step.party,
        day=step.day.isoformat(), total=step.total, currency=step.currency, text=_text(step, sale),
        lines=_lines(sale) if sale else (), tax=_taxes(sale) if sale else (),
    )  # fmt: skip


def _text(step: Step, sale: NewSale | None) -> str:
    if sale is not None:
        return sale.memo
    if isinstance(step, PayInvoice):
        return step.payment.memo
    return step.text if isinstance(step, AskReview) else step.mark


def _lines(sale: NewSale) -> tuple[tuple[str, Decimal], ...]:
    """What and how much, money given back as less than nothing."""
    sign = -1 if sale.kind is SaleKind.REFUND else 1
    lines = [(_worded(line.quantity, line.text), sign * line.amount(sale.currency)) for line in sale.lines]
    return (*lines, (DISCOUNT, -sign * sale.discount)) if sale.discount else tuple(lines)


def _taxes(sale: NewSale) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
    sign = -1 if sale.kind is SaleKind.REFUND else 1
    return tuple((one.rate, sign * one.net, sign * one.tax) for one in sale.taxes)


def _worded(quantity: Decimal, text: str) -> str:
    return text if quantity == 1 else f"{quantity:f} x {text}"
