"""Customers and draft invoices at the books: found, chosen, written, knowing what a read may miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.invoices import Contact, DraftChange, Invoice, InvoiceLine, NewDraft, same_lines
from bridge_gui.bridges.salescloud_payday import draft_lines
from bridge_gui.bridges.salescloud_payday.draft_lines import BILLED, ISK, Billed, Group, bare
from bridge_gui.bridges.salescloud_payday.draft_steps import (
    AddToDraft,
    AmendDraft,
    EnsureContact,
    OnDraft,
    RefreshContact,
)
from bridge_gui.errors import Conflict, NoSuchTarget, SetupError
from bridge_gui.sync.flow import Absent, Finding, Found, LinkView, Marked, OpenLink, Several, Written
from bridge_gui.sync.invoicing import KeepsContacts, KeepsDrafts
from bridge_gui.sync.opening import Notes
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel, Clock, pause

BETWEEN = 5.0
ISSUED = "payday.issued_not_draft"
_EARLIER = timedelta(days=31)


class Books(KeepsContacts, KeepsDrafts, Protocol):
    """What is asked of the books here."""


@dataclass
class _Remembered:
    """A draft we wrote to: when, and whose lines are on it by mark."""

    at: datetime
    groups: dict[str, tuple[InvoiceLine, ...]] = field(default_factory=dict)


class _TooOld(Exception):
    """A read that is older than our own last write."""


class Drafts:
    """One run's dealings with customers and their drafts.

    `dated` is the day that the invoice last written was given, `open_from` the first day that the books
    take: a draft of an earlier day moves on.
    """

    def __init__(
        self, books: Books, clock: Clock, settle_after: timedelta, cancel: Cancel, notes: Notes
    ) -> None:
        self._books = books
        self._clock = clock
        self._notes = notes
        self._settle_after = settle_after
        self._cancel = cancel
        self._known: dict[str, _Remembered] = {}
        self._current: dict[str, str] = {}
        self._issued: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self.dated: date | None = None
        self.open_from: date | None = None

    def recall(self, links: Sequence[OpenLink]) -> None:
        """Take note of the drafts that are open, and what is on them."""
        for one in links:
            if one.link.kind != BILLED or one.link.state is not DocumentState.DRAFT:
                continue
            billed = draft_lines.read_content(one.link.target_content or one.link.source_content)
            target = one.link.target
            if target is None or billed is None or one.written_at is None:
                continue
            mark = f"{one.link.source_id}/{one.link.ordinal}"
            self._note(target.id, one.written_at, mark, billed.lines)
            self._current[billed.number] = target.id

    def check(self) -> None:
        """Nothing more may go once an invoice was issued that was meant to be a draft."""
        if self._issued:
            raise SetupError(ISSUED, **self._issued)

    def choose(self, step: Step) -> Ref | None:
        """The customer's open draft, None if there is none."""
        self.check()
        if isinstance(step, AmendDraft):
            return step.target
        if not isinstance(step, AddToDraft):
            return None
        known = self._still_open(step)
        if known is not None:
            return known
        drafts = self._books.drafts_of(step.contact_id, self._cancel)
        return next((draft.ref for draft in _fitting(drafts, step)), None)

    def _still_open(self, step: AddToDraft) -> Ref | None:
        """The draft that we know of, if it is one still; a look right after it was made may miss it."""
        target = self._current.get(step.kennitala)
        while target is not None:
            found = self._books.invoice(target)
            if found is not None:
                mine = found.contact == step.contact_id
                return found.ref if mine and found.state is DocumentState.DRAFT else None
            if not self._young(target):
                return None
            pause(self._cancel, BETWEEN)
        return None

    def write(self, step: Step, target: Ref | None) -> Written:
        """Do one step at the books."""
        if isinstance(step, EnsureContact):
            return Written(ref=Ref(id=self._books.add_contact(step.contact).id))
        if isinstance(step, RefreshContact):
            return self._refresh(step)
        assert isinstance(step, (AddToDraft, AmendDraft))
        self.dated = None
        invoice = self._put(step, target)
        self._note(invoice.ref.id, self._clock.now(), step.mark, bare(step.group.among(invoice.lines)))
        self._current[step.kennitala] = invoice.ref.id
        if invoice.state is not DocumentState.DRAFT:
            self._issued = {"number": step.number, "day": step.day.isoformat(), "target": invoice.ref.id}
            self._notes.stop(ISSUED, self._issued)
        return Written(
            ref=invoice.ref, content=_content(step.group, step.kennitala, invoice), state=invoice.state
        )

    def _put(self, step: OnDraft, target: Ref | None) -> Invoice:
        if target is not None:
            return self._change(step, target.id)
        assert isinstance(step, AddToDraft), "an amendment has its draft"
        self.dated = step.dated
        return self._books.make_draft(
            NewDraft(
                contact=step.contact_id, day=step.dated, reference=step.preference.reference,
                lines=step.group.dressed(step.lines), claim=step.preference.claim,
            )
        )  # fmt: skip

    def _change(self, step: OnDraft, target: str) -> Invoice:
        """Onto a draft that shows all we wrote on it; one that has left the draft state is a conflict."""
        while True:
            try:
                return self._books.change_draft(
                    target, lambda draft: self._edit(step, target, draft), self._cancel
                )
            except _TooOld:
                pause(self._cancel, BETWEEN)
            except NoSuchTarget as error:
                if isinstance(step, AmendDraft):
                    raise
                self._current.pop(step.kennitala, None)
                raise Conflict("draft.moved") from error

    def _edit(self, step: OnDraft, target: str, draft: Invoice) -> DraftChange | None:
        """The draft with the sale's lines: a person's lines, and other sales', stay as they are."""
        if draft.contact != step.contact_id:
            raise Conflict("draft.moved")
        self._believe(target, draft)
        held = step.group.among(draft.lines)
        if same_lines(bare(held), step.lines, ISK):
            return None
        wanted = step.group.dressed(step.lines)
        reused = [_with_id(line, old.id) for line, old in zip(wanted, held, strict=False)]
        kept = [line for line in draft.lines if line not in held]
        lines = (*kept, *reused, *wanted[len(reused) :])
        day = _day(draft, step.dated if isinstance(step, AddToDraft) else step.day, self.open_from)
        self.dated = day or draft.day
        return DraftChange(lines=lines, day=day)

    def _believe(self, target: str, draft: Invoice) -> None:
        """A read says something if it shows what we wrote, or began long enough after that."""
        known = self._known.get(target)
        if known is None or not self._young(target):
            return
        for mark, lines in known.groups.items():
            shown = [line for line in draft.lines if line.note == mark or not line.note]
            texts = bare(shown)
            if any(line not in texts and not _among(line, texts) for line in lines):
                raise _TooOld

    def _young(self, target: str) -> bool:
        known = self._known.get(target)
        return known is not None and self._clock.now() < known.at + self._settle_after

    def _note(self, target: str, at: datetime, mark: str, lines: tuple[InvoiceLine, ...]) -> None:
        known = self._known.setdefault(target, _Remembered(at=at))
        known.at = max(known.at, at)
        known.groups[mark] = lines

    def _refresh(self, step: RefreshContact) -> Written:
        contact = Contact(
            id=step.contact_id, name=step.contact.name, number=step.contact.number, email=step.contact.email
        )
        return Written(ref=Ref(id=self._books.refresh_contact(contact).id), content=step.source_content)

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """What bears each step's mark; a customer's invoices are listed once for all of them."""
        listed: dict[str, tuple[Invoice, ...]] = {}
        return [self._find(step, listed, cancel) for step in steps]

    def _find(self, step: Step, listed: dict[str, tuple[Invoice, ...]], cancel: Cancel) -> Finding:
        if isinstance(step, EnsureContact):
            found = self._books.contact_numbered(step.contact.number)
            return Absent() if found is None else Found(ref=Ref(id=found.id), equal=True)
        if isinstance(step, RefreshContact):
            return self._find_contact(step)
        assert isinstance(step, (AddToDraft, AmendDraft))
        if step.target is not None:
            there = self._books.invoice(step.target.id)
            return Absent() if there is None else _found(step, there)
        hits = [one for one in self._invoices(step, listed, cancel) if step.group.among(one.lines)]
        if len(hits) > 1:
            return Several(refs=tuple(hit.ref for hit in hits))
        return _found(step, hits[0]) if hits else Absent()

    def _invoices(
        self, step: OnDraft, listed: dict[str, tuple[Invoice, ...]], cancel: Cancel
    ) -> tuple[Invoice, ...]:
        """All the customer's invoices; none where there is no such customer."""
        if step.kennitala not in listed:
            contact_id = step.contact_id
            if not contact_id:
                contact = self._books.contact_numbered(step.kennitala)
                contact_id = "" if contact is None else contact.id
            listed[step.kennitala] = self._books.invoices_of(contact_id, cancel) if contact_id else ()
        return listed[step.kennitala]

    def _find_contact(self, step: RefreshContact) -> Finding:
        found = self._books.contact(step.contact_id)
        if found is None:
            return Absent()
        equal = not step.contact.email or found.email == step.contact.email
        return Found(ref=Ref(id=found.id), equal=equal, content=step.source_content if equal else None)

    def views(self, links: Sequence[LinkView], since: date, cancel: Cancel) -> list[DocumentView]:
        """The present state of these sales' invoices; a sale whose lines are gone from it is left out."""
        if not links:
            return []
        there = {one.ref.id: one for one in self._books.invoices_since(since - _EARLIER, cancel)}
        for target in {link.target.id for link in links if link.target} - set(there):
            found = self._books.invoice(target)
            if found is not None:
                there[target] = found
        views = (_view(link, there.get(link.target.id)) for link in links if link.target)
        return [view for view in views if view is not None]

    def marked(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every sale that an invoice of ours shows."""
        for invoice in self._books.invoices_since(since - _EARLIER, cancel):
            marks = dict.fromkeys(filter(None, map(draft_lines.mark_in, invoice.lines)))
            number = self._number_of(invoice.contact) if marks else ""
            for source_id, ordinal in marks:
                lines = [line for line in invoice.lines if draft_lines.mark_in(line) == (source_id, ordinal)]
                billed = Billed(number=number, lines=bare(lines))
                yield Marked(
                    source_id=source_id, kind=BILLED, ordinal=ordinal,
                    found=Found(
                        ref=invoice.ref, equal=True, content=draft_lines.content_of(billed),
                        state=invoice.state,
                    ),
                    day=draft_lines.day_in(lines[0]) or invoice.day or since, total=billed.total,
                    currency=ISK,
                )  # fmt: skip

    def _number_of(self, contact_id: str) -> str:
        """A customer's kennitala, asked for once."""
        if contact_id not in self._numbers:
            found = self._books.contact(contact_id)
            self._numbers[contact_id] = "" if found is None else found.number
        return self._numbers[contact_id]


def _fitting(drafts: Iterable[Invoice], step: AddToDraft) -> list[Invoice]:
    """The drafts a sale may go on, best first: ours; by setting the only one that a person began."""
    usable = [draft for draft in drafts if draft.currency == ISK]
    mine = [draft for draft in usable if _is_ours(draft, step.preference.reference)]
    if mine or not step.preference.any_draft:
        return mine
    return usable if len(usable) == 1 else []


def _is_ours(draft: Invoice, reference: str) -> bool:
    """By the mark in its reference, or because a sale of ours is on it already."""
    return reference in draft.reference or any(draft_lines.ours(line) for line in draft.lines)


def _found(step: OnDraft, invoice: Invoice) -> Found:
    equal = same_lines(bare(step.group.among(invoice.lines)), step.lines, ISK)
    content = _content(step.group, step.kennitala, invoice)
    state = invoice.state
    if (
        isinstance(step, AddToDraft)
        and state is not DocumentState.DRAFT
        and not step.group.among(invoice.lines)
    ):
        state = DocumentState.VOIDED  # it was sent without this sale: nothing of ours came about there
    return Found(ref=invoice.ref, equal=equal, content=content, state=state)


def _content(group: Group, number: str, invoice: Invoice) -> bytes:
    return draft_lines.content_of(Billed(number=number, lines=bare(group.among(invoice.lines))))


def _view(link: LinkView, invoice: Invoice | None) -> DocumentView | None:
    """A sale's view of its invoice; None if the sale is not on it any more."""
    if invoice is None:
        return None
    mark = f"{link.source_id}/{link.ordinal}"
    meant = draft_lines.read_content(link.source_content)
    before = draft_lines.read_content(link.target_content)
    lines = [line for line in invoice.lines if line.note == mark and line.unit != 0]
    if not lines and not any(line.note for line in invoice.lines):
        texts = (meant or before or Billed(number="", lines=())).lines
        lines = [line for line in invoice.lines if _among(line, bare(texts))]
    told = meant or before
    if not lines and told is not None and told.lines:
        return None
    number = told.number if told is not None else ""
    content = draft_lines.content_of(Billed(number=number, lines=bare(lines)))
    place = f"{link.kind}/{link.source_id}/{link.ordinal}"
    return DocumentView(ref=invoice.ref, state=invoice.state, content=content, place=place)


def _among(line: InvoiceLine, others: Iterable[InvoiceLine]) -> bool:
    return any(same_lines(bare([line]), bare([other]), ISK) for other in others)


def _with_id(line: InvoiceLine, line_id: str) -> InvoiceLine:
    return replace(line, id=line_id)


def _day(draft: Invoice, day: date, open_from: date | None) -> date | None:
    """The draft's day moves on with its sales, unless a person set another, and out of what is closed."""
    if open_from is not None and draft.day is not None and draft.day < open_from:
        return max(day, open_from)
    ours = [found for line in draft.lines if (found := draft_lines.day_in(line)) is not None]
    if draft.day is None or not ours or draft.day != max(ours) or day <= draft.day:
        return None
    return day
