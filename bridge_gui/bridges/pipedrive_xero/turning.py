"""What a user may have done to an invoice: submit, approve, void, delete, e-mail; its PDF; its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.deals import DealState
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.bridges.pipedrive_xero.bills import read_shown
from bridge_gui.bridges.pipedrive_xero.create import Reads
from bridge_gui.bridges.pipedrive_xero.customers import Books
from bridge_gui.bridges.pipedrive_xero.steps import (
    OUTSIDE,
    AttachBill,
    EmailBill,
    ForgetCustomer,
    RemovePayment,
    TurnBill,
    beside,
    customer_of,
    read_mark,
)
from bridge_gui.sync.actions import Action, Address, Checked, Fetches, File, Form, Notice
from bridge_gui.sync.deals import SellsDeals
from bridge_gui.sync.flow import Held, Known, LinkView
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Field, FieldKind
from bridge_gui.sync.step import LinkTo, Step
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.message import mark

PAID = (DocumentState.PAID, DocumentState.PARTLY_PAID)
_SEPARATOR = ","


class Turn(Action):
    """Bring an invoice into another state."""

    flow = "deals"

    def __init__(self, key: str, state: DocumentState) -> None:
        self.key = key
        self._state = state

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """One step, planned on the state the invoice is in."""
        chosen = known.chosen
        if chosen is None or chosen.state is None:
            return Held(code="bill.not_there")
        if chosen.state is self._state:
            return []
        return [_turn(chosen, self._state, chosen.state)]


class Void(Action):
    """Void an invoice; payments are taken off first, as a step of its own that is confirmed."""

    key, flow = "void", "deals"

    def __init__(self, books: Books, cancel: Cancel) -> None:
        self._books = books
        self._cancel = cancel

    def fields(self, subject: str, known: Known) -> Form | Held:
        """Nothing is asked; the payments that stand are noted."""
        chosen = known.chosen
        if chosen is None or chosen.target is None:
            return Held(code="bill.not_there")
        if chosen.state not in PAID:
            return Form(kept={"payments": ""})
        number = chosen.target.number
        if any(bill.credited for bill in self._books.bills_by_id([chosen.target.id], self._cancel)):
            return Held(code="bill.credited", params={"number": number})
        payments = self._books.payments_of(chosen.target.id)
        if any(payment.reconciled for payment in payments):
            return Held(code="bill.reconciled", params={"number": number})
        return Form(kept={"payments": _SEPARATOR.join(payment.id for payment in payments)})

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """A second confirmation where payments go."""
        payments = _payments(answers)
        if not payments:
            return Checked()
        return Checked(confirm=Notice(code="bill.payments_go", params={"count": len(payments)}))

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """First the payments, then the invoice; one lane, so one after the other."""
        chosen = known.chosen
        if chosen is None or chosen.state is None:
            return Held(code="bill.not_there")
        if chosen.state is DocumentState.VOIDED:
            return []
        payments = _payments(answers) if chosen.state in PAID else ()
        if chosen.state in PAID and not payments:
            return Held(code="bill.paid", params={"number": _number(chosen)})
        before = DocumentState.AWAITING_PAYMENT if payments else chosen.state
        steps: list[Step] = [_unpay(chosen, payment) for payment in payments]
        return [*steps, _turn(chosen, DocumentState.VOIDED, before)]


class Email(Action):
    """Let Xero send an invoice, at most once for each order."""

    key, flow = "email", "deals"

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """One step that nobody can look up."""
        chosen = known.chosen
        if chosen is None:
            return Held(code="bill.not_there")
        return [EmailBill(name="email", findable=False, **_common(chosen, "email"))]


class Pdf(Fetches):
    """The invoice as the customer sees it."""

    key = "pdf"

    def __init__(self, books: Books) -> None:
        self._books = books

    def fetch(self, subject: str, answers: dict[str, str], known: Known) -> File | Address | Held:
        """The file, named after the invoice's number."""
        chosen = known.chosen
        if chosen is None or chosen.target is None:
            return Held(code="bill.not_there")
        return File(name=f"{_number(chosen)}.pdf", content=self._books.pdf(chosen.target.id))


class OpenAtXero(Fetches):
    """The invoice's page in Xero."""

    key = "open"

    def __init__(self, books: Books) -> None:
        self._books = books

    def fetch(self, subject: str, answers: dict[str, str], known: Known) -> File | Address | Held:
        """Its address on Xero's own host."""
        chosen = known.chosen
        if chosen is None or chosen.target is None:
            return Held(code="bill.not_there")
        return Address(url=chosen.target.url or self._books.bill_url(chosen.target.id))


class Attach(Action):
    """Follow an invoice that was made in Xero beside a deal; it is shown as not ours, and never edited."""

    key, flow = "attach", "deals"

    def __init__(self, books: Books, sales: SellsDeals, cancel: Cancel) -> None:
        self._books = books
        self._sales = sales
        self._cancel = cancel

    def fields(self, subject: str, known: Known) -> Form | Held:
        """Which deal."""
        found = self._books.bills_by_id([subject], self._cancel)
        if not found:
            return Held(code="bill.not_there")
        ours = read_mark(found[0].reference)
        if ours is not None and ours.scope == self._sales.scope:
            return Held(code="bill.is_ours")
        asked = Field(
            key="deal", kind=FieldKind.TEXT, label=mark("Number of the deal"), pattern=r"\d{1,12}",
            wrong=mark("The number at the end of the deal's address in Pipedrive, such as 42."),
        )  # fmt: skip
        bill = found[0]
        return Form(
            fields=(asked,), title=f"{bill.ref.number} {bill.contact_name}".strip(),
            text=mark(
                "Bridge remembers this on this computer and in its backups; "
                "nothing is written in Pipedrive or Xero."
            ),
            kept={
                "day": bill.day.isoformat(), "number": bill.ref.number, "party": bill.contact_name,
                "total": f"{bill.total:f}", "currency": bill.currency,
            },
        )  # fmt: skip

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """The deal is one of Pipedrive's; which one is shown before the order is given."""
        number = answers["deal"]
        found = self._sales.deals_by_id([number], self._cancel)
        if not found or found[0].state is DealState.DELETED:
            return Checked(problems=(Notice(code="deal.unknown", params={"number": number}, at="deal"),))
        deal = found[0]
        shown = PreviewDocument(
            kind=OUTSIDE, number=answers["number"], party=answers["party"], day=answers["day"],
            total=Decimal(answers["total"]), currency=answers["currency"], text=f"{deal.id}: {deal.title}",
        )  # fmt: skip
        return Checked(documents=(shown,))

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """A link, nothing that is written."""
        deal = answers["deal"]
        return [
            AttachBill(
                name="attach", link=beside(deal, subject),
                lane=f"bill:{subject}", day=date.fromisoformat(answers["day"]),
                number=answers["number"] or deal, party=answers["party"], total=Decimal(answers["total"]),
                currency=answers["currency"], bill=subject,
            )
        ]  # fmt: skip


class Detach(Action):
    """Follow an invoice no longer."""

    key, flow = "detach", "deals"

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """The link goes, the invoice stays."""
        chosen = known.chosen
        if chosen is None or chosen.target is None:
            return Held(code="bill.not_there")
        return [AttachBill(name="detach", unlinks=True, bill=chosen.target.id, **_common(chosen, "bill"))]


class Disconnect(Action):
    """Forget which contact a deal's customer is; the next invoice looks for it, or asks, again."""

    key, flow = "disconnect_contact", "deals"

    def __init__(self, read: Reads) -> None:
        self._read = read

    def fields(self, subject: str, known: Known) -> Form | Held:
        """Nothing is asked; who the customer is is noted."""
        found = self._read(subject)
        if found is None or found[1].customer is None:
            return Held(code="deal.no_contact", params={"number": subject})
        customer = found[1].customer
        return Form(kept={"customer": customer.key, "name": customer.contact.name})

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """The link goes, the contact stays."""
        link = customer_of(answers["customer"])
        return [
            ForgetCustomer(
                name="disconnect", link=link, lane=f"customer:{answers['customer']}", creates=False,
                unlinks=True, day=date.min, number=answers["name"], party=answers["name"],
            )
        ]  # fmt: skip


def _payments(answers: dict[str, str]) -> Sequence[str]:
    return tuple(filter(None, answers.get("payments", "").split(_SEPARATOR)))


def _turn(chosen: LinkView, state: DocumentState, before: DocumentState) -> Step:
    return TurnBill(name=f"turn:{state.value}", state=state, before=before, **_common(chosen, "bill"))


def _unpay(chosen: LinkView, payment: str) -> Step:
    return RemovePayment(name=f"unpay:{payment}", payment=payment, **_common(chosen, "bill"))


def _common(chosen: LinkView, lane: str) -> dict[str, Any]:
    """What every step on an invoice says of it; its amount stays what it was."""
    shown = read_shown(chosen.target_content)
    return {
        "link": LinkTo(kind=chosen.kind, source_id=chosen.source_id, ordinal=chosen.ordinal),
        "lane": f"{lane}:{chosen.target.id if chosen.target else ''}",
        "creates": False,
        "target": chosen.target,
        "day": shown.day if shown is not None else date.min,
        "number": _number(chosen),
        **({"total": shown.total, "currency": shown.currency} if shown is not None else {}),
    }


def _number(chosen: LinkView) -> str:
    target = chosen.target
    return (target.number or target.id) if target is not None else ""
