"""Sales gathered on a customer's draft: each is appended to the draft that is open, else one is begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.errors import Conflict
from bridge_gui.sync.flow import Absent, Finding, Flow, Found, Held, Known, LinkView, Page, Record, Written
from bridge_gui.sync.step import LinkTo, Step, mark_of
from tests.sync.memory_vendor import Books, Paper, Shop
from tests.sync.toy_flow import record_of


class Contact(Step, frozen=True, kw_only=True, omit_defaults=True, tag="drafts.contact"):
    who: str


class Append(Step, frozen=True, kw_only=True, omit_defaults=True, tag="drafts.append"):
    who: str
    amount: int


class Drafts(Flow):
    """Appends each sale to its customer's draft; the customer is ensured first."""

    key, kind = "drafts", "line"

    def __init__(self, shop: Shop, books: Books, people: Books) -> None:
        self.shop, self.books, self.people = shop, books, people
        self.settle_after = books.shelf.lag + timedelta(seconds=30)

    def read(self, since, cancel):
        yield Page(records=tuple(map(record_of, self.shop.changed(since))))

    def fetch(self, ids, cancel):
        return [record_of(sale) for sale in self.shop.get(ids)]

    def plan(self, record: Record, known: Known) -> list[Step] | Held:
        if known.links:
            return []
        sale = record.content
        contact = LinkTo(kind="contact", source_id=f"contact:{sale.party}")
        return [
            Contact(
                name="contact",
                link=contact,
                lane=f"contact:{sale.party}",
                mark=mark_of(sale.party, 1),
                ensures=True,
                day=sale.day,
                number=sale.party,
                who=sale.party,
            ),
            Append(
                name="append",
                link=LinkTo(kind="line", source_id=sale.id),
                lane=f"draft:{sale.party}",
                mark=mark_of(sale.id, 1),
                needs=(contact,),
                day=sale.day,
                number=sale.id,
                who=sale.party,
                total=Decimal(sale.amount),
                amount=sale.amount,
                source_content=b"x",
                sources=(sale.id,),
            ),
        ]

    def choose(self, step: Step) -> Ref | None:
        if isinstance(step, Contact):
            return None
        opened = [
            p for p in self.books.list() if p.party == step.targets[step.needs[0].name] and p.state == "draft"
        ]
        return Ref(id=opened[0].id) if opened else None

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        if isinstance(step, Contact):
            return Written(ref=Ref(id=self.people.make(step.mark, 0, step.day, key).id), content=b"{}")
        if target is None:
            paper = self.books.make(f"draft {step.mark}", step.amount, step.day, "", (step.mark,))
            self.books.edit(paper.id, state="draft", party=step.targets[step.needs[0].name])
        else:
            there = self.books.get(target.id)
            if there is None or there.state != "draft":
                raise Conflict("draft.left")
            paper = self.books.amend(
                target.id, step.mark, there.amount + step.amount, there.day, (*there.parts, step.mark)
            )
            self.books.edit(paper.id, party=there.party)
        return Written(ref=Ref(id=paper.id), content=b"x", state=DocumentState.DRAFT)

    def find(self, steps: Sequence[Step], cancel) -> list[Finding]:
        return [self._contact(step) if isinstance(step, Contact) else self._line(step) for step in steps]

    def _contact(self, step: Contact) -> Finding:
        found = self.people.marked(step.mark)
        if len(found) > 1:
            from bridge_gui.sync.flow import Several

            return Several(refs=tuple(Ref(id=paper.id) for paper in found))
        return Found(ref=Ref(id=found[0].id), equal=True, content=b"{}") if found else Absent()

    def _line(self, step: Append) -> Finding:
        """The chosen draft first, whatever its state; then every paper."""
        papers: list[Paper] = self.books.list()
        if step.target is not None:
            papers.sort(key=lambda paper: paper.id != step.target.id)
        for paper in papers:
            if step.mark in paper.parts:
                return Found(ref=Ref(id=paper.id), equal=True, content=b"x", state=STATES[paper.state])
        return Absent(gone=step.target is not None and step.target.id not in {paper.id for paper in papers})

    def follow(self, links: Sequence[LinkView], cancel) -> list[DocumentView] | None:
        return None


STATES = {"draft": DocumentState.DRAFT, "sent": DocumentState.AWAITING_PAYMENT, "posted": DocumentState.DRAFT}
STEPS = (Contact, Append)
TODAY = date(2026, 3, 2)
