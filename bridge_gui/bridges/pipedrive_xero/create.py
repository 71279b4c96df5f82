"""*Create invoice*: filled from the deal, every line to be linked to an item, seen before it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from msgspec import json
from msgspec.structs import replace

from bridge_gui.accounting.billing import BillContact, BillLine, NewBill, TaxTreatment
from bridge_gui.accounting.deals import Deal
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, plain
from bridge_gui.bridges.pipedrive_xero.billing import Customer, Offer, first_lines, warnings_of
from bridge_gui.bridges.pipedrive_xero.create_form import NEW, contact_option, form_of
from bridge_gui.bridges.pipedrive_xero.customers import CHANGEABLE, Books, decide, differing
from bridge_gui.bridges.pipedrive_xero.listing import Listing
from bridge_gui.bridges.pipedrive_xero.planning import steps_of, whose
from bridge_gui.bridges.pipedrive_xero.rules import SAVE_AS, Rules
from bridge_gui.bridges.pipedrive_xero.steps import INVOICE, MakeBill, mark_text
from bridge_gui.errors import CannotMap
from bridge_gui.sync.actions import Action, Checked, Form, Notice, Total, lines_in
from bridge_gui.sync.flow import Found, Held, Known, Several
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Option
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.catalogue import Catalogue
from bridge_gui.wording.message import mark

Reads = Callable[[str], tuple[Deal, Offer] | None]
_HITS = 20
_FINEST = {"unit_price": 4, "quantity": 4, "discount": 2}
_ALL = Decimal(100)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class CreateInvoice(Action):
    """An invoice of a deal, as the user finally has it."""

    key, flow = "create_invoice", "deals"

    def __init__(self, listing: Listing, books: Books, read: Reads, cancel: Cancel, words: Catalogue) -> None:
        self._words = words
        self._listing = listing
        self._books = books
        self._read = read
        self._cancel = cancel
        self._seen: dict[str, BillContact] = {}

    def fields(self, subject: str, known: Known) -> Form | Held:
        """What is asked, filled from the deal."""
        found = self._read(subject)
        if found is None:
            return Held(code="deal.gone", params={"number": subject})
        deal, offer = found
        proposed, contacts, others = self._contacts(offer)
        lines = first_lines(offer, self._listing.resolved())
        made = sum(1 for link in known.links if link.kind == INVOICE)
        return form_of(
            deal, offer, lines, self._listing, proposed=proposed, contacts=contacts, others=others, made=made
        )

    def search(self, name: str, text: str) -> Sequence[Option]:
        """Customers and items by a text."""
        if name == "items":
            wanted = text.casefold()
            return [
                one
                for one in self._listing.options("items")
                if wanted in f"{one.title} {one.hint}".casefold()
            ]
        return [
            contact_option(contact)
            for contact in self._books.customers_named(text, _HITS)
            if not contact.archived
        ]

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """The invoice as it would go, and what stands in its way."""
        rules, offer = self._listing.rules, _offer(answers)
        bill = self._bill(offer, answers, 1)
        problems = [*_problems(answers, bill, rules)]
        if not self._is_there(answers["contact"]):
            problems.append(Notice(code="contact.gone", at="contact"))
        if answers["contact"] == NEW and self._is_taken(_contact(answers).name):
            problems.append(Notice(code="contact.taken", at="name"))
        warnings = [Notice(code=code) for code in warnings_of(offer, bill)]
        warnings += self._contact_warnings(answers)
        document = PreviewDocument(
            kind=INVOICE, number=offer.title, party=_contact(answers).name, day=bill.day.isoformat(),
            total=bill.totals.total, currency=bill.currency, text=bill.reference,
            lines=tuple((line.text, bill.amount(line)) for line in bill.lines),
        )  # fmt: skip
        return Checked(
            documents=(document,),
            totals=_totals(bill),
            computed={f"lines.{n}.total": plain(bill.amount(line)) for n, line in enumerate(bill.lines)},
            warnings=tuple(warnings),
            problems=tuple(problems),
        )

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """The customer and the invoice."""
        ordinal = max((link.ordinal for link in known.links if link.kind == INVOICE), default=0) + 1
        rules, offer = self._listing.rules, _offer(answers)
        bill = self._bill(offer, answers, ordinal)
        chosen = answers["contact"] if answers["contact"] != NEW else ""
        fresh = not chosen and bool(answers.get("others"))
        own = offer.customer.key if offer.customer is not None else f"deal-{offer.id}"
        key = f"{own}-d{offer.id}-{ordinal}" if fresh else whose(own, chosen)
        customer = Customer(key=key, contact=_contact(answers))
        wanted = replace(rules, update_contacts=answers.get("update_contact") == "yes", today=bill.day)
        steps = steps_of(offer, customer, bill, ordinal, wanted, chosen=chosen, fresh=fresh)
        kept = {"linked": _linked(answers), "billed": own}
        return [replace(step, **kept) if isinstance(step, MakeBill) else step for step in steps]

    def _bill(self, offer: Offer, answers: Mapping[str, str], ordinal: int) -> NewBill:
        reference = (
            f"{answers.get('reference', '')} {mark_text(self._listing.rules.scope, offer.id, ordinal)}"
        )
        return NewBill(
            contact="",
            day=date.fromisoformat(answers["day"]),
            due=date.fromisoformat(answers["due"]),
            reference=reference.strip(),
            currency=answers["currency"],
            treatment=TaxTreatment(answers["treatment"]),
            lines=tuple(self._line(row, answers["treatment"]) for row in lines_in(answers["lines"])),
            state=SAVE_AS[answers["save_as"]],
            template=answers.get("template", ""),
            url=offer.url,
            unit=self._listing.rules.books.unit,
        )

    def _line(self, row: Mapping[str, str], treatment: str) -> BillLine:
        items = {item.code: item for item in self._listing.items}
        rates = {tax.key: tax.rate for tax in self._listing.taxes}
        item = items.get(row.get("item", ""))
        taxed = treatment != TaxTreatment.NONE.value
        return BillLine(
            text=row["text"],
            quantity=_number_in(row, "quantity", Decimal(1)),
            unit_price=_number_in(row, "unit_price", ZERO),
            discount=_number_in(row, "discount", ZERO),
            item=row.get("item", ""),
            account=(item.account if item is not None else "") or self._listing.rules.account,
            tax=row.get("tax", "") if taxed else "",
            rate=rates.get(row.get("tax", ""), ZERO) if taxed else ZERO,
        )

    def _contacts(self, offer: Offer) -> tuple[str, tuple[BillContact, ...], bool]:
        """Who it is for by what is known, those it may be, and whether somebody alike is there at all."""
        if offer.customer is None:
            return "", (), False
        wanted = replace(offer.customer.contact, number=self._number(offer.customer))
        hits = self._books.customers_like(
            number=wanted.number, email=wanted.email, tax_number=wanted.tax_number, name=wanted.name
        )
        kept = self._listing.contacts().get(offer.customer.key, "")
        before = (
            [hit for hit in self._books.customers([kept], self._cancel) if not hit.archived] if kept else []
        )
        living = tuple({hit.id: hit for hit in (*before, *hits) if not hit.archived}.values())
        self._seen |= {hit.id: hit for hit in living}
        finding = decide(wanted, living)
        if before:
            return kept, living, True
        if isinstance(finding, Found):
            return finding.ref.id, living, True
        return ("" if isinstance(finding, Several) else NEW), living, bool(hits)

    def _is_there(self, contact: str) -> bool:
        """Whether a contact that was chosen can be billed; one that was searched for is read once."""
        if contact not in self._seen and _ID.fullmatch(contact):
            self._seen |= {one.id: one for one in self._books.customers([contact], self._cancel)}
        return contact == NEW or (contact in self._seen and not self._seen[contact].archived)

    def _is_taken(self, name: str) -> bool:
        """Whether one of the contacts that were offered has this name: Xero takes no second one."""
        same = " ".join(name.split()).casefold()
        seen = (one for one in self._seen.values() if not one.archived)
        return any(" ".join(one.name.split()).casefold() == same for one in seen)

    def _number(self, customer: Customer) -> str:
        return f"{self._listing.rules.scope}-{customer.key}"

    def _contact_warnings(self, answers: Mapping[str, str]) -> Iterator[Notice]:
        """What brings the contact up to date, or that it stays as it is."""
        there = self._seen.get(answers["contact"])
        if there is None:
            return
        differs = differing(_contact(answers), there)
        if differs:
            on = answers.get("update_contact") == "yes"
            code = "contact.will_change" if on else "contact.stays"
            named = ", ".join(self._words.text(CHANGEABLE[one]) for one in differs)
            yield Notice(code=code, params={"fields": named}, at="update_contact")


def _offer(answers: Mapping[str, str]) -> Offer:
    return json.decode(answers["offer"], type=Offer)


def _contact(answers: Mapping[str, str]) -> BillContact:
    """The customer as the deal has it, under the name the user wrote."""
    found = _offer(answers).customer
    contact = found.contact if found is not None else BillContact()
    return replace(
        contact, name=answers.get("name") or contact.name, email=answers.get("email", contact.email)
    )


def _linked(answers: Mapping[str, str]) -> dict[str, str]:
    """What to remember: which item a product was linked to."""
    rows = lines_in(answers["lines"])
    return {row["product"]: row["item"] for row in rows if row.get("product") and row.get("item")}


def _number_in(row: Mapping[str, str], key: str, otherwise: Decimal) -> Decimal:
    try:
        number = Decimal(row[key]) if row.get(key) else otherwise
    except InvalidOperation as error:
        raise CannotMap("line.no_number", field=key, value=row[key]) from error
    if not number.is_finite():
        raise CannotMap("line.no_number", field=key, value=row[key])
    return number


def _problems(answers: Mapping[str, str], bill: NewBill, rules: Rules) -> Iterator[Notice]:
    """What forbids it: each names its field."""
    if not bill.lines:
        yield Notice(code="line.none", at="lines")
    if answers["contact"] == NEW and not _contact(answers).name:
        yield Notice(code="contact.no_name", at="name")
    if bill.totals.total < 0:
        yield Notice(code="bill.negative", at="lines")
    if bill.due < bill.day:
        yield Notice(code="bill.due_before_day", at="due")
    if rules.books.locked_until is not None and bill.day <= rules.books.locked_until:
        yield Notice(code="bill.locked", params={"until": rules.books.locked_until.isoformat()}, at="day")
    if bill.state is DocumentState.AWAITING_PAYMENT and not rules.books.may_approve:
        yield Notice(code="bill.may_not_approve", at="save_as")
    yield from _line_problems(lines_in(answers["lines"]), bill)


def _line_problems(rows: Sequence[Mapping[str, str]], bill: NewBill) -> Iterator[Notice]:
    for number, (row, line) in enumerate(zip(rows, bill.lines, strict=True)):
        if row.get("product") and not line.item:
            yield Notice(code="line.unlinked", params={"product": line.text}, at=f"lines.{number}.item")
        if bill.treatment is not TaxTreatment.NONE and not line.tax:
            yield Notice(code="line.no_tax", params={"product": line.text}, at=f"lines.{number}.tax")
        for name, places in _FINEST.items():
            if _finer(getattr(line, name), places):
                at = f"lines.{number}.{name}"
                yield Notice(code=f"line.{name}_fine", params={"product": line.text}, at=at)
        if not 0 <= line.discount <= _ALL:
            yield Notice(code="line.discount", params={"product": line.text}, at=f"lines.{number}.discount")


def _finer(figure: Decimal, places: int) -> bool:
    """Whether a figure has more decimals than Xero keeps."""
    exponent = figure.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > places


def _totals(bill: NewBill) -> tuple[Total, ...]:
    totals = bill.totals
    return (
        Total(label=mark("Net"), amount=totals.net, currency=bill.currency),
        Total(label=mark("Tax"), amount=totals.tax, currency=bill.currency),
        Total(label=mark("Total"), amount=totals.total, currency=bill.currency, strong=True),
    )
