"""Steps as a person reads them before they go."""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.accounting.money import round_to_unit
from bridge_gui.accounting.trade import NewDebtorOrder
from bridge_gui.bridges.webcrm_uniconta.steps import (
    AddRecord,
    AmendOrder,
    ChangeRecord,
    MakeOrder,
    PutBack,
    TellDelivery,
    WritePrice,
)
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.step import Step


def described(step: Step) -> PreviewDocument:
    """The exact record: its fields or its lines."""
    order = step.order if isinstance(step, (MakeOrder, AmendOrder)) else None
    return PreviewDocument(
        kind=step.link.kind, number=step.number, party=step.party, day=step.day.isoformat(),
        total=step.total, currency=step.currency, text=_text(step), lines=_lines(order) if order else (),
        tax=(),
    )  # fmt: skip


def _text(step: Step) -> str:
    """The fields that are written, one after another."""
    if isinstance(step, AddRecord):
        fields = step.values
    elif isinstance(step, (ChangeRecord, PutBack)):
        fields = step.changes
    elif isinstance(step, WritePrice):
        fields = {str(column): text for column, text in step.row.columns.items()}
    elif isinstance(step, TellDelivery):
        fields = {"state": step.telling.state, "invoice": step.telling.invoice}
    else:
        fields = {}
    return "; ".join(f"{key}: {' '.join(text.split())}" for key, text in fields.items() if text) or step.mark


def _lines(order: NewDebtorOrder) -> tuple[tuple[str, Decimal], ...]:
    return tuple(
        (f"{line.quantity:f} x {line.text}", round_to_unit(line.amount, order.currency))
        for line in order.lines
    )
