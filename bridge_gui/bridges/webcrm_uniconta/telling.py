"""What webcrm is told of its orders: number, state, invoice, margin; written only where it differs."""

from __future__ import annotations

from datetime import datetime

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.trade import Delivery, DeliveryStatus, ErpStatus
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.bridges.webcrm_uniconta.steps import TellDelivery, Telling, bare
from bridge_gui.sync.flow import Absent, Finding, Found, Written
from bridge_gui.sync.trading import KeepsDeliveries
from bridge_gui.web.waiting import Cancel

_BILLED = (DocumentState.INVOICED, DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID)
_RANK = (DeliveryStatus.NEW, DeliveryStatus.PLANNED, DeliveryStatus.ONGOING, DeliveryStatus.COMPLETED)
_WORDS = {
    DocumentState.ORDERED: "Ordre", DocumentState.INVOICED: "Faktureret",
    DocumentState.AWAITING_PAYMENT: "Faktureret", DocumentState.PARTLY_PAID: "Delvist betalt",
    DocumentState.PAID: "Betalt", DocumentState.CREDITED: "Krediteret", DocumentState.DELETED: "Slettet",
}  # fmt: skip
"""What stands in webcrm's own field, in its users' language."""


class Teller:
    """Writes to deliveries."""

    def __init__(self, sales: KeepsDeliveries, rules: Rules, cancel: Cancel) -> None:
        self._sales = sales
        self._rules = rules
        self._cancel = cancel

    def tell(self, step: TellDelivery, now: datetime) -> Written:
        """Write what differs; a delivery that is gone is told nothing: the flow of orders shows it."""
        delivery = self._one(step.delivery)
        changes = self._wanted(told_of(step), delivery) if delivery is not None else {}
        if delivery is not None and changes:
            before = {key: _shown(delivery, key) for key in changes}
            changes["erp_synced"] = now.isoformat()
            self._sales.change_delivery(bare(step.delivery), changes, before)
        return Written(ref=Ref(id=step.delivery))

    def find(self, step: TellDelivery) -> Finding:
        """Whether it says all that already."""
        delivery = self._one(step.delivery)
        if delivery is None:
            return Absent(gone=True)
        return Found(ref=Ref(id=step.delivery), equal=not self._wanted(told_of(step), delivery))

    def _one(self, name: str) -> Delivery | None:
        found = self._sales.deliveries([bare(name)], self._cancel, lines=False)
        return found[0] if found else None

    def _wanted(self, telling: Telling, delivery: Delivery) -> dict[str, str]:
        """The fields that say something else now."""
        wanted = {"erp_id": telling.order, "erp_status": ErpStatus.DONE.value if telling.order else ""}
        state = DocumentState(telling.state)
        if self._rules.states:
            wanted["status"] = _status(state, delivery.status)
        texts = {
            "margin": _comma(telling.margin), "percent": _comma(telling.percent), "invoice": telling.invoice,
            "state": _WORDS.get(state, ""),
        }  # fmt: skip
        wanted |= {place: texts[key] for key, place in self._rules.delivery_fields.items()}
        if self._rules.revenue:
            wanted |= {"value": telling.value, "margin": telling.margin}
        return {key: text for key, text in wanted.items() if text and text != _shown(delivery, key)}


def told_of(step: TellDelivery) -> Telling:
    """What is told, with the order's number from its link."""
    number = bare(step.targets[step.order.name]) if step.order is not None and step.targets else ""
    one = step.telling
    return Telling(
        state=one.state, order=one.order or number, invoice=one.invoice, value=one.value, margin=one.margin,
        percent=one.percent, paid=one.paid,
    )  # fmt: skip


def _status(state: DocumentState, now: DeliveryStatus) -> str:
    """The delivery's status once it is billed or paid; it never goes back."""
    if now not in _RANK:
        return ""
    wanted = now
    if state in _BILLED:
        wanted = DeliveryStatus.ONGOING
    elif state is DocumentState.PAID:
        wanted = DeliveryStatus.COMPLETED
    return wanted.value if _RANK.index(wanted) > _RANK.index(now) else ""


def _shown(delivery: Delivery, key: str) -> str:
    """A field of a delivery as text."""
    if key in ("erp_status", "status"):
        return str(getattr(delivery, key).value)
    if key in ("value", "margin"):
        return format(getattr(delivery, key).normalize(), "f")
    return delivery.erp_id if key == "erp_id" else delivery.fields.get(key, "")


def _comma(figure: str) -> str:
    """A figure as Danes write it."""
    return figure.replace(".", ",")
