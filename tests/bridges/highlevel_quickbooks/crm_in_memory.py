"""A CRM account in memory that answers as the protocols promise: the other side is the imitated QuickBooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmInvoice, CrmOrder, CrmPayment, CrmPlace, Person
from bridge_gui.errors import OutcomeUnknown
from bridge_gui.sync.capabilities import Company, NamesCompany
from bridge_gui.sync.crm import KeepsPeople, SellsByCheckout, SendsInvoices, SendsWords
from bridge_gui.sync.specs import Field, FieldKind, Option, Role, VendorSpec
from bridge_gui.web.pace import Pace


class Crm:
    """One account; tests put things in and take them out."""

    scope = "7f3a91"

    def __init__(self) -> None:
        self.payments: dict[str, CrmPayment] = {}
        self.the_orders: dict[str, CrmOrder] = {}
        self.invoices: dict[str, CrmInvoice] = {}
        self.persons: dict[str, Person] = {}
        self.said: list[tuple[str, str]] = []
        self.lost = False
        self.calls = 0

    def put(self, *things: CrmPayment | CrmOrder | CrmInvoice | Person) -> None:
        """Something is made or changed."""
        for one in things:
            kept: dict[str, Any] = {
                CrmPayment: self.payments, CrmOrder: self.the_orders, CrmInvoice: self.invoices,
                Person: self.persons,
            }[type(one)]  # fmt: skip
            kept[one.id] = one

    def company(self) -> Company:
        return Company(id="loc1", name="Example Studio")

    def place(self) -> CrmPlace:
        return CrmPlace(id="loc1", name="Example Studio", country="GB", zone="Europe/London")

    def payments_made(self, first, last, cancel):
        self.calls += 1
        found = [one for one in self.payments.values() if first <= one.made < last]
        yield [replace(one, whole=False, booked=False) for one in found]

    def crm_payments(self, ids, cancel):
        self.calls += len(ids)
        return tuple(replace(self.payments[one], whole=True) for one in ids if one in self.payments)

    def orders(self, ids, cancel):
        self.calls += len(ids)
        return tuple(self.the_orders[one] for one in ids if one in self.the_orders)

    def invoices_made(self, since, cancel):
        self.calls += 1
        begin = datetime.combine(since, time(), UTC)
        yield [one for one in self.invoices.values() if one.made >= begin]

    def crm_invoices(self, ids, cancel):
        self.calls += len(ids)
        return tuple(self.invoices[one] for one in ids if one in self.invoices)

    def crm_invoice_url(self, invoice):
        return ""

    def people(self, ids, cancel):
        return tuple(self.persons[one] for one in ids if one in self.persons)

    def people_with(self, *, email="", phone=""):
        wanted = (email or phone).casefold()
        return tuple(one for one in self.persons.values() if wanted in _reached(one))

    def everybody(self, cancel):
        yield tuple(self.persons.values())

    def people_named(self, text, limit):
        return tuple(one for one in self.persons.values() if text.casefold() in one.name.casefold())[:limit]

    def add_person(self, person, source):
        made = replace(person, id=f"p{len(self.persons) + 1}")
        self.put(made)
        return made

    def fill_person(self, person, changes):
        there = self.persons[person]
        self.put(replace(there, **{name: one for name, one in changes.items() if not getattr(there, name)}))
        return self.persons[person]

    def workflows(self):
        return (Option(key="w1", title="Review request"),)

    def tags(self):
        return (Option(key="review", title="review"),)

    def send_email(self, person, subject, html):
        self.said.append((person, html))
        if self.lost:
            raise OutcomeUnknown("net.outcome_unknown", host="crm", why="net.timeout")
        return "m1"

    def send_text(self, person, text):
        self.said.append((person, text))
        return "m2"

    def begin_workflow(self, person, workflow, at):
        self.said.append((person, workflow))

    def tag_person(self, person, tag):
        self.said.append((person, tag))


def _reached(person: Person) -> Iterable[str]:
    return {one.casefold() for one in (person.email, *person.more_emails, person.phone) if one}


class Nobody:
    """Nothing is served: the account is in memory."""


def spec_of(crm: Crm) -> VendorSpec:
    """The vendor as the registry wants it."""
    return VendorSpec(
        key="highlevel", title="HighLevel", role=Role.SALES, login="token",
        fields=(
            Field(key="token", kind=FieldKind.SECRET, label="Token"),
            Field(key="location", kind=FieldKind.TEXT, label="Location"),
        ),
        endpoints={"production": "https://crm.example"}, pace=Pace(0.1), open=lambda context: crm,
        simulator=lambda: Nobody, settle_after=timedelta(seconds=60),
        capabilities=(NamesCompany, SellsByCheckout, SendsInvoices, KeepsPeople, SendsWords),
    )  # fmt: skip
