"""The flow back: a note with number, state and link on the deal of each invoice, and its PDF."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.billing import Bill
from bridge_gui.accounting.deals import Note
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.bridges.pipedrive_xero.bills import addressed
from bridge_gui.bridges.pipedrive_xero.steps import FILE, NOTE, AttachPdf, WriteNote, read_mark
from bridge_gui.sync.deals import TakesNotes
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Absent, Finding, Flow, Found, Known, LinkView, Page, Record, Several, Written
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import LinkTo, Step
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.catalogue import Catalogue
from bridge_gui.wording.message import mark

_PDF_STATES = (DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID, DocumentState.PAID)
_TAG = re.compile(r"<[^>]*>")
_NUMBERED = mark("Xero invoice {number}: {state}, {total}")
_UNNUMBERED = mark("Xero invoice: {state}, {total}")
_TO_BE_PAID = mark("{amount} to be paid")
_WORDS = {
    DocumentState.DRAFT: mark("draft"),
    DocumentState.AWAITING_APPROVAL: mark("awaiting approval"),
    DocumentState.AWAITING_PAYMENT: mark("awaiting payment"),
    DocumentState.PARTLY_PAID: mark("partly paid"),
    DocumentState.PAID: mark("paid"),
    DocumentState.VOIDED: mark("voided"),
    DocumentState.DELETED: mark("deleted"),
}


class Told(Struct, frozen=True, kw_only=True):
    """What a deal is told of its invoice."""

    deal: str
    invoice: str
    number: str
    state: DocumentState
    total: Decimal
    remaining: Decimal
    currency: str
    url: str = ""


class Notes(Flow):
    """Invoices of ours, as the books have them, to notes and files on their deals."""

    key = "notes"
    kind = NOTE

    def __init__(self, context: BridgeContext, settle_after: timedelta) -> None:
        self._context = context
        self._sales: TakesNotes = context.sales
        self.settle_after = settle_after
        self._notes = context.settings.get("notes") == "yes"
        self._pdf = context.settings.get("pdf") == "yes"

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Invoices of ours that changed, where a deal is to be told."""
        if not (self._notes or self._pdf):
            return
        for bills in self._context.books.bills_changed(since, cancel):
            yield Page(records=tuple(self._records(bills)))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return list(self._records(self._context.books.bills_by_id(ids, cancel)))

    def plan(self, record: Record, known: Known) -> list[Step]:
        """A note that says how the invoice stands; its PDF once it is approved."""
        told = record.content
        links = {link.kind: link for link in known.links}
        steps: list[Step] = []
        if self._notes:
            steps += _noted(record, told, links.get(NOTE), self._context.words)
        if self._pdf and told.state in _PDF_STATES and FILE not in links:
            steps.append(_attached(record, told))
        return steps

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """Our notes name the invoice they are about, our files bear its number."""
        return [self._find_one(step, cancel) for step in steps]

    def choose(self, step: Step) -> Ref | None:
        """The note that is written anew."""
        return step.target

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Write a note or attach a file; Pipedrive has no idempotency keys."""
        del key
        if isinstance(step, AttachPdf):
            content = self._context.books.pdf(step.bill)
            made = self._sales.attach(step.deal, step.file_name, content, "application/pdf")
            return Written(ref=Ref(id=made.id, number=made.name), state=DocumentState.POSTED)
        assert isinstance(step, WriteNote)
        if target is not None:
            return _written(self._sales.change_note(target.id, step.content))
        return _written(self._sales.add_note(step.deal, step.content))

    def _records(self, bills: Sequence[Bill]) -> Iterator[Record]:
        for bill in bills:
            mark = read_mark(bill.reference)
            if mark is not None and mark.scope == self._context.sales.scope:
                yield _record(addressed(self._context.books, bill), mark.deal)

    def _find_one(self, step: Step, cancel: Cancel) -> Finding:
        if isinstance(step, AttachPdf):
            files = [one for one in self._sales.files_on(step.deal, cancel) if one.name == step.file_name]
            if not files:
                return Absent()
            there = Ref(id=files[0].id, number=files[0].name)
            return Found(ref=there, equal=True, state=DocumentState.POSTED)
        assert isinstance(step, WriteNote)
        notes = [note for note in self._sales.notes_on(step.deal, cancel) if step.mark in note.content]
        if not notes:
            return Absent(gone=step.target is not None)
        if len(notes) > 1:
            return Several(refs=tuple(Ref(id=note.id) for note in notes))
        equal = _bare(notes[0].content) == _bare(step.content)
        ref, content = Ref(id=notes[0].id), notes[0].content.encode()
        return Found(ref=ref, equal=equal, content=content, state=DocumentState.POSTED)


def _noted(record: Record, told: Told, link: LinkView | None, words: Catalogue) -> list[Step]:
    """A new note, the old one written anew, or nothing; one that a person removed stays away."""
    content = canonical(told)
    if link is not None and (link.state is DocumentState.DELETED or link.source_content == content):
        return []
    return [
        WriteNote(
            name="note", link=LinkTo(kind=NOTE, source_id=record.id), lane=f"note:{record.id}",
            mark=told.invoice, creates=link is None, sources=(record.id,), source_content=content,
            day=record.day, number=record.number, party=record.party, deal=told.deal,
            content=_html(told, words), target=link.target if link is not None else None,
        )
    ]  # fmt: skip


def _attached(record: Record, told: Told) -> Step:
    return AttachPdf(
        name="pdf", link=LinkTo(kind=FILE, source_id=record.id), lane=f"file:{record.id}",
        mark=told.invoice, sources=(record.id,), day=record.day, number=record.number, party=record.party,
        deal=told.deal, bill=told.invoice, file_name=f"{_file_name(told)}.pdf",
    )  # fmt: skip


def _html(told: Told, words: Catalogue) -> str:
    """What stands on the deal, in the user's language: the invoice as a link, its amount, how it stands."""
    text, number = words.text, html.escape(told.number)
    total = f"{told.total:f} {told.currency}"
    if told.remaining not in (told.total, Decimal(0)):
        total += f", {text(_TO_BE_PAID, amount=f'{told.remaining:f} {told.currency}')}"
    said = {"state": html.escape(text(_WORDS[told.state])), "total": html.escape(total)}
    link = f'<a href="{html.escape(told.url)}">{number}</a>' if told.url and number else number
    line = text(_NUMBERED, number=link, **said) if number else text(_UNNUMBERED, **said)
    return f"<p>{line}<br>{told.invoice}</p>"


def _file_name(told: Told) -> str:
    """A number as a file's name."""
    return re.sub(r"[^\w.-]+", "-", told.number) or told.invoice


def _bare(content: str) -> str:
    """A note's words: the vendor may tidy its HTML."""
    return " ".join(html.unescape(_TAG.sub(" ", content)).split())


def _written(note: Note) -> Written:
    return Written(ref=Ref(id=note.id), content=note.content.encode(), state=DocumentState.POSTED)


def _record(bill: Bill, deal: str) -> Record:
    told = Told(
        deal=deal, invoice=bill.ref.id, number=bill.ref.number, state=bill.state, total=bill.total,
        remaining=bill.remaining, currency=bill.currency, url=bill.ref.url,
    )  # fmt: skip
    return Record(
        id=bill.ref.id, day=bill.day, content=told, number=bill.ref.number, party=bill.contact_name,
        total=bill.total, currency=bill.currency,
    )  # fmt: skip
