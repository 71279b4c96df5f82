"""The flow of review requests: once for a customer, when the first invoice is fully paid at QuickBooks."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, json

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.selling import Buyer, Payment, Sale
from bridge_gui.bridges.highlevel_quickbooks.contacts import find_person, make_person, person_of
from bridge_gui.bridges.highlevel_quickbooks.customers import bare
from bridge_gui.bridges.highlevel_quickbooks.listing import Listing
from bridge_gui.bridges.highlevel_quickbooks.reviews_words import BEFORE, EMAIL, NO, TEXT, WORKFLOW
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    CUSTOMER,
    PERSON,
    REVIEW,
    AskReview,
    MakeContact,
    place,
)
from bridge_gui.sync.flow import CannotTell, Finding, Flow, Held, Known, Page, Record, Skip, Written
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

ASKED = "reviews.asked"


class FirstPaid(Struct, frozen=True, kw_only=True):
    """A customer whose first invoice is fully paid."""

    customer: Buyer
    invoice: str
    number: str
    paid: date


class Asked(Struct, frozen=True, kw_only=True):
    """Who was asked, when and how."""

    name: str
    on: date
    how: str
    number: str
    contact: str = ""


class Reviews(Flow):
    """Payments at QuickBooks, anybody's, to one review request for each customer ever."""

    key = "reviews"
    kind = REVIEW

    def __init__(self, context: BridgeContext, listing: Listing, settle_after: timedelta) -> None:
        self._context = context
        self._listing = listing
        self.settle_after = settle_after
        self.overlap = timedelta(days=2)
        self._how = context.settings.get("reviews", NO)

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Customers who paid since an instant, with their first paid invoice; nobody if it is off."""
        if self._how == NO:
            return
        paying: dict[str, None] = {}
        for page in self._context.books.payments_changed(since, cancel):
            paying |= dict.fromkeys(one.contact for one in page if not one.deleted and not one.voided)
        customers = list(paying)
        for start in range(0, len(customers), 50):
            yield Page(records=tuple(self.records(customers[start : start + 50], cancel)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by the customer's id."""
        return list(self.records([bare(one) for one in ids], cancel))

    def records(self, customers: Sequence[str], cancel: Cancel) -> Iterator[Record]:
        """The customers among these whose first invoice is fully paid."""
        books = self._context.books
        invoices = [one for page in books.invoices_of(customers, cancel) for one in page]
        paid = [one for one in invoices if one.state is DocumentState.PAID and one.total > ZERO]
        payments = {one.id: one for one in books.payments_by_id(_ids(paid), cancel)} if paid else {}
        buyers = {one.id: one for one in books.buyers([one.contact for one in paid], cancel)} if paid else {}
        for customer in dict.fromkeys(one.contact for one in paid):
            if customer in buyers:
                mine = [one for one in paid if one.contact == customer]
                yield _record(buyers[customer], mine, payments)

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """One request, after the contact it goes to."""
        if any(link.kind == REVIEW for link in known.links):
            return []
        first: FirstPaid = record.content
        why = self.why_not(first)
        return Skip(code=why) if why else self._steps(record, first)

    def why_not(self, first: FirstPaid) -> str:
        """Why a customer is not asked, empty if they are."""
        buyer = first.customer
        if self._how == NO:
            return "review.off"
        if first.paid < self._context.start:
            return "review.not_first"
        if self._how in (EMAIL, TEXT) and not self._context.settings.get("review_link"):
            return "review.no_link"
        if self._how == TEXT:
            return "" if buyer.phone else "review.no_phone"
        if self._how == EMAIL:
            return "" if buyer.email else "review.no_email"
        return "" if buyer.email or buyer.phone else "review.unreachable"

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """A contact can be found; whether a request went, nobody can look up."""
        del cancel
        return [
            find_person(self._context.sales, step.person) if isinstance(step, MakeContact) else CannotTell()
            for step in steps
        ]

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Make the contact, or ask; who is a customer twice, with one address, is one contact: asked once."""
        del key, target
        if isinstance(step, MakeContact):
            return make_person(self._context.sales, step)
        assert isinstance(step, AskReview)
        contact = bare(step.targets[step.contact.name])
        before = any(one.contact == contact for one in self.asked().values())
        if not before:
            self._ask(step, contact)
        self._remember(step, contact, BEFORE if before else step.how)
        ref = Ref(id=f"{REVIEW}-{bare(step.customer)}", number=step.party)
        return Written(ref=ref, state=DocumentState.POSTED)

    def asked(self) -> dict[str, Asked]:
        """Who was asked, by the customer's id."""
        kept = self._context.notes.get(ASKED)
        return json.decode(kept, type=dict[str, Asked]) if kept else {}

    def _ask(self, step: AskReview, contact: str) -> None:
        sales = self._context.sales
        if step.how == EMAIL:
            sales.send_email(contact, step.subject, step.text)
        elif step.how == TEXT:
            sales.send_text(contact, step.text)
        elif step.how == WORKFLOW:
            sales.begin_workflow(contact, step.workflow, self._context.clock.now())
        else:
            sales.tag_person(contact, step.tagged)

    def _remember(self, step: AskReview, contact: str, how: str) -> None:
        today = self._listing.rules.today
        said = Asked(name=step.party, on=today, how=how, number=step.number, contact=contact)
        self._context.notes.set(ASKED, json.encode({**self.asked(), bare(step.customer): said}).decode())

    def _steps(self, record: Record, first: FirstPaid) -> list[Step]:
        buyer, settings = first.customer, self._context.settings
        at = place(PERSON, f"person-{buyer.id}")
        contact = MakeContact(
            name="person", link=at, lane=f"person:{buyer.id}", mark=at.source_id, ensures=True,
            day=record.day, number=buyer.name, party=buyer.name, person=person_of(buyer),
        )  # fmt: skip
        asking = AskReview(
            name="review", link=place(REVIEW, record.id), lane=f"review:{buyer.id}", findable=False,
            needs=(at,), sources=(record.id,), day=record.day, number=first.number, party=buyer.name,
            how=self._how, contact=at, subject=settings.get("review_subject", ""),
            text=worded(settings, buyer, self._how), workflow=settings.get("review_workflow", ""),
            tagged=settings.get("review_tag", ""), customer=record.id,
        )  # fmt: skip
        return [contact, asking]


def worded(settings: Mapping[str, str], buyer: Buyer, how: str) -> str:
    """The request with the customer's name and the link in it; an e-mail is HTML."""
    text, link = settings.get("review_text", ""), settings.get("review_link", "")
    name = buyer.first_name or buyer.name
    if how != EMAIL:
        return text.replace("{name}", name).replace("{link}", link)
    shown = html.escape(text).replace("{name}", html.escape(name))
    anchor = f'<a href="{html.escape(link, quote=True)}">{html.escape(link)}</a>'
    return f"<p>{shown.replace('{link}', anchor)}</p>".replace("\n", "<br>")


def _record(buyer: Buyer, paid: Sequence[Sale], payments: Mapping[str, Payment]) -> Record:
    """The customer with the invoice that was fully paid first."""
    days = {one.ref.id: _paid_on(one, payments) for one in paid}
    first = min(paid, key=lambda one: (days[one.ref.id], one.day, one.ref.id))
    day = days[first.ref.id]
    content = FirstPaid(customer=_bare(buyer), invoice=first.ref.id, number=first.ref.number, paid=day)
    return Record(
        id=f"{CUSTOMER}-{buyer.id}", day=day, content=content, number=first.ref.number, party=buyer.name,
        total=first.total, currency=first.currency,
    )  # fmt: skip


def _paid_on(invoice: Sale, payments: Mapping[str, Payment]) -> date:
    """When the last of an invoice's payments came in, its own day if it was settled otherwise."""
    return max((payments[one].day for one in invoice.payments if one in payments), default=invoice.day)


def _bare(buyer: Buyer) -> Buyer:
    """A customer without what changes with every document."""
    return Buyer(
        id=buyer.id, name=buyer.name, email=buyer.email, phone=buyer.phone, first_name=buyer.first_name,
        last_name=buyer.last_name, company=buyer.company,
    )  # fmt: skip


def _ids(invoices: Iterable[Sale]) -> list[str]:
    return list(dict.fromkeys(payment for one in invoices for payment in one.payments))
