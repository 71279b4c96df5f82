"""Steps as a person reads them before they go."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from bridge_gui.accounting.money import round_to_unit
from bridge_gui.accounting.trade import NewDebtorOrder
from bridge_gui.bridges.webcrm_uniconta.rules import LABELS
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
from bridge_gui.wording.message import mark

_TOLD = {"state": mark("state"), "invoice": mark("invoice"), "margin": mark("margin")}
_STATES = {
    "ordered": mark("ordered"),
    "invoiced": mark("invoiced"),
    "awaiting_payment": mark("awaits payment"),
    "partly_paid": mark("partly paid"),
    "paid": mark("paid"),
    "credited": mark("credited"),
    "deleted": mark("deleted"),
}


def described(step: Step, text: Callable[[str], str]) -> PreviewDocument:
    """The exact record: its fields or its lines; `text` gives a sentence in the user's language."""
    order = step.order if isinstance(step, (MakeOrder, AmendOrder)) else None
    return PreviewDocument(
        kind=step.link.kind, number=step.number, party=step.party, day=step.day.isoformat(),
        total=step.total, currency=step.currency, text=_text(step, text),
        lines=_lines(order) if order else (), tax=(),
    )  # fmt: skip


def _text(step: Step, text: Callable[[str], str]) -> str:
    """The fields that are written, one after another."""
    if isinstance(step, AddRecord):
        fields = step.values
    elif isinstance(step, (ChangeRecord, PutBack)):
        fields = step.changes
    elif isinstance(step, WritePrice):
        fields = {str(column): text for column, text in step.row.columns.items()}
    elif isinstance(step, TellDelivery):
        told = step.telling
        state = text(_STATES.get(told.state, told.state))
        fields = {"state": state, "invoice": told.invoice, "margin": told.margin}
    else:
        fields = {}
    names = LABELS | _TOLD
    said = [(text(names.get(key, key)), " ".join(value.split())) for key, value in fields.items() if value]
    return "; ".join(f"{name}: {value}" for name, value in said) or step.mark


def _lines(order: NewDebtorOrder) -> tuple[tuple[str, Decimal], ...]:
    return tuple(
        (f"{line.quantity:f} x {line.text}", round_to_unit(line.amount, order.currency))
        for line in order.lines
    )
