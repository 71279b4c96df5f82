"""Existing customers become contacts on the user's word; those that are contacts already are only filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.selling import Buyer
from bridge_gui.bridges.highlevel_quickbooks.panel_specs import BRING_IN
from bridge_gui.bridges.highlevel_quickbooks.steps import CONTACT, CUSTOMER, MakeContact, place
from bridge_gui.sync.actions import Action, Checked, Notice, lines_in
from bridge_gui.sync.flow import Held, Known
from bridge_gui.sync.opening import BridgeContext, Notes
from bridge_gui.sync.panels import LEFT, NAME, PAIRS_KEPT, RIGHT
from bridge_gui.sync.step import Step

MAKE = "new"
BROUGHT = "customers.brought"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class BringIn(Action):
    """Each customer taken becomes a contact by a step of its own; it is read when that is written."""

    key = BRING_IN
    flow = "contacts"

    def __init__(self, context: BridgeContext) -> None:
        self._context = context

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """Nothing chosen is a problem, and so is what was brought in before."""
        del subject, known
        pairs = _pairs(answers)
        again = brought(self._context.notes) & {row[LEFT] for row in pairs}
        if again:
            return Checked(problems=(Notice(code="customer.brought_before", params={"count": len(again)}),))
        return Checked(problems=() if pairs else (Notice(code="customer.none_chosen"),))

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """A step for each pair that was kept."""
        del subject, known
        today = self._context.clock.now().astimezone(self._context.zone).date()
        return [_step(row, today) for row in _pairs(answers)]


def brought(notes: Notes) -> set[str]:
    """The customers that were brought in, by id."""
    return set(notes.get(BROUGHT).split())


def note_brought(notes: Notes, customer: str) -> None:
    """Remember that a customer was brought in."""
    notes.set(BROUGHT, " ".join(sorted(brought(notes) | {customer})))


def _pairs(answers: dict[str, str]) -> list[dict[str, str]]:
    return [row for row in lines_in(answers.get(PAIRS_KEPT, "")) if row.get(LEFT) and row.get(RIGHT)]


def _step(row: dict[str, str], today: date) -> Step:
    customer = row[LEFT]
    source, name = f"{CUSTOMER}-{customer}", row.get(NAME) or customer
    return MakeContact(
        name=f"contact:{customer}", link=place(CONTACT, source), lane=f"contact:{source}", mark=source,
        sources=(source,), day=today, number=name, party=name, person=Person(), fills=True, customer=customer,
        chosen="" if row[RIGHT] == MAKE else row[RIGHT],
    )  # fmt: skip


def left_out(buyer: Buyer, scope: str, *, on: bool = True) -> str:
    """Why a customer becomes no contact, empty if it does."""
    if not on:
        return "customer.off"
    if buyer.number.startswith(f"hl-{scope}-"):
        return "customer.from_highlevel"
    if buyer.part_of:
        return "customer.part"
    if buyer.archived:
        return "customer.archived"
    return "" if buyer.email or buyer.phone else "customer.unreachable"


def older_customers(context: BridgeContext) -> Iterator[Buyer]:
    """Customers made before the start date that could become contacts, and are none of ours yet."""
    start, before = datetime.combine(context.start, time(), UTC), brought(context.notes)
    contacts = context.notes.linked(CONTACT)
    for page in context.books.buyers_made(_EPOCH, context.cancel):
        for buyer in page:
            early = buyer.made is None or buyer.made < start
            known = buyer.id in before or f"{CUSTOMER}-{buyer.id}" in contacts
            if early and not known and not left_out(buyer, context.sales.scope):
                yield buyer
