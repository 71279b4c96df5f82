"""One-way flows over the vendors in memory: each sale is a paper, or each day is one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.errors import Conflict, NoSuchTarget
from bridge_gui.sync.digest import digest_of
from bridge_gui.sync.flow import (
    Absent,
    Finding,
    Flow,
    Found,
    Group,
    Held,
    Known,
    LinkView,
    Marked,
    Page,
    Part,
    Record,
    Several,
    Skip,
    Written,
)
from bridge_gui.sync.step import LinkTo, Step, mark_of
from bridge_gui.web.waiting import Cancel
from tests.sync.memory_vendor import Books, Paper, Sale, Shop

PAPER, REVERSAL = "paper", "reversal"
STATES = {"posted": DocumentState.POSTED, "voided": DocumentState.VOIDED, "draft": DocumentState.DRAFT}


class Make(Step, frozen=True, kw_only=True, omit_defaults=True, tag="toy.make"):
    amount: int


class Reverse(Step, frozen=True, kw_only=True, omit_defaults=True, tag="toy.reverse"):
    amount: int
    paper: str = ""


class Amend(Step, frozen=True, kw_only=True, omit_defaults=True, tag="toy.amend"):
    amount: int
    paper: str
    before: bytes = b""


class Mail(Step, frozen=True, kw_only=True, omit_defaults=True, tag="toy.mail"):
    """An effect nobody can look up."""


STEPS = (Make, Reverse, Amend, Mail)


@dataclass
class Rules:
    """A user's settings, and how the vendor lets itself be corrected."""

    style: str = "amend"
    by_day: bool = False
    mail: bool = False
    held: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    factor: int = 1


def content(amount: int, day: date) -> bytes:
    return json.dumps({"amount": amount, "day": day.isoformat()}).encode()


def amount_in(content: bytes | None) -> int:
    return int(json.loads(content)["amount"]) if content else 0


class Sales(Flow):
    """Sales to papers."""

    key = "sales"
    kind = PAPER

    def __init__(self, shop: Shop, books: Books, rules: Rules) -> None:
        self.shop, self.books, self.rules = shop, books, rules
        self.settle_after = books.shelf.lag + timedelta(seconds=30)
        self.overlap = timedelta(days=1)
        self.breaks_after: int | None = None
        self.page = 2

    # reading

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        sales = self.shop.changed(since)
        for number, start in enumerate(range(0, len(sales), self.page)):
            if self.breaks_after is not None and number >= self.breaks_after:
                raise ValueError(number)
            yield Page(records=tuple(map(record_of, sales[start : start + self.page])))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        return [record_of(sale) for sale in self.shop.get(ids)]

    # planning

    def group(self, record: Record) -> str | None:
        return record.day.isoformat() if self.rules.by_day else None

    def ready(self, group: str, now: datetime) -> bool:
        return now.date().isoformat() > group

    def contribute(self, record: Record) -> Part | Held | Skip:
        sale: Sale = record.content
        if refusal := self._left_out(sale):
            return refusal
        amount = sale.amount * self.rules.factor
        return Part(content=str(amount).encode(), total=Decimal(amount))

    def plan_group(self, group: Group, known: Known) -> list[Step] | Held | Skip:
        wanted = sum(int(part.content) for part in group.parts.values())
        difference = wanted - sum(amount_in(link.target_content) for link in known.links)
        if not difference:
            return [] if known.links else Skip(code="day.empty")
        now = {member: int(part.content) for member, part in group.parts.items()}
        before: dict[str, int] = {}
        for link in known.links:
            before |= json.loads(link.source_content or b"{}").get("members", {})
        changed = {m: now.get(m, 0) for m in now.keys() | before.keys() if now.get(m, 0) != before.get(m, 0)}
        return [self._make(group.id, known.next_ordinal, difference, date.fromisoformat(group.id), changed)]

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        sale: Sale = record.content
        living = [link for link in known.links if link.kind == PAPER and link.state not in _ENDED]
        if refusal := self._left_out(sale):
            return refusal
        gone = [link for link in living[-1:] if link.state is DocumentState.DELETED]
        if gone and known.answer != "again":
            return Skip(code="sale.left") if known.answer == "leave" else _vanished(gone)
        living = [link for link in living if link.state is not DocumentState.DELETED]
        amount = sale.amount * self.rules.factor
        if not living:
            return [
                self._make(sale.id, known.next_ordinal, amount, sale.day),
                *self._mail(sale, known.next_ordinal),
            ]
        if living[-1].target_content == content(amount, sale.day):
            return []
        return self._changed(sale, amount, living[-1], known)

    def _left_out(self, sale: Sale) -> Held | Skip | None:
        if sale.id in self.rules.held:
            return Held(code="sale.held")
        return Skip(code="sale.skipped") if sale.id in self.rules.skipped else None

    def _changed(self, sale: Sale, amount: int, link: LinkView, known: Known) -> list[Step] | Held | Skip:
        if self.rules.style == "ask" and known.answer != "overwrite":
            return (
                Skip(code="sale.left")
                if known.answer == "leave"
                else Held(code="sale.changed", choices=("overwrite", "leave"))
            )
        if self.rules.style != "reverse":
            return [self._amend(sale, amount, link)]
        return [self._reverse(sale, link), self._make(sale.id, known.next_ordinal, amount, sale.day)]

    def _make(
        self, source: str, ordinal: int, amount: int, day: date, members: dict[str, int] | None = None
    ) -> Step:
        meant = {"amount": amount, "day": day.isoformat(), "members": members or {}}
        return Make(
            name=f"make:{ordinal}",
            link=LinkTo(kind=PAPER, source_id=source, ordinal=ordinal),
            lane=f"sale:{source}",
            mark=mark_of(source, ordinal),
            day=day,
            number=source,
            total=Decimal(amount),
            amount=amount,
            sources=tuple(sorted(members or {source})),
            source_content=json.dumps(meant).encode(),
        )

    def _amend(self, sale: Sale, amount: int, link: LinkView) -> Step:
        before = link.target_content or b""
        assert link.target is not None
        return Amend(
            name=f"amend:{link.ordinal}",
            link=LinkTo(kind=PAPER, source_id=sale.id, ordinal=link.ordinal),
            lane=f"sale:{sale.id}",
            mark=mark_of(sale.id, link.ordinal),
            creates=False,
            day=sale.day,
            number=sale.id,
            total=Decimal(amount),
            amount=amount,
            paper=link.target.id,
            before=before,
            planned_on=digest_of(before),
            source_content=content(amount, sale.day),
        )

    def _reverse(self, sale: Sale, link: LinkView) -> Step:
        amount = -amount_in(link.target_content)
        return Reverse(
            name=f"reverse:{link.ordinal}",
            link=LinkTo(kind=REVERSAL, source_id=sale.id, ordinal=link.ordinal),
            lane=f"sale:{sale.id}",
            mark=mark_of(sale.id, link.ordinal, reversal=True),
            day=sale.day,
            number=sale.id,
            total=Decimal(amount),
            amount=amount,
            turns={link.ordinal: DocumentState.REVERSED},
            paper=link.target.id,
            planned_on=digest_of(link.target_content or b""),
        )

    def _mail(self, sale: Sale, ordinal: int) -> list[Step]:
        place = LinkTo(kind=PAPER, source_id=sale.id, ordinal=ordinal)
        mail = Mail(
            name="mail",
            link=place,
            lane=f"mail:{sale.id}",
            creates=False,
            findable=False,
            needs=(place,),
            day=sale.day,
            number=sale.id,
        )
        return [mail] if self.rules.mail else []

    # writing

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        return [self._found(step, self.books.marked(step.mark)) for step in steps]

    def _found(self, step: Step, papers: list[Paper]) -> Finding:
        if not papers:
            return Absent()
        if len(papers) > 1:
            return Several(refs=tuple(Ref(id=paper.id) for paper in papers))
        seen = papers[0]
        equal = content(seen.amount, seen.day) == content(step.amount, step.day)
        return Found(
            ref=Ref(id=seen.id), equal=equal, content=content(seen.amount, seen.day), state=STATES[seen.state]
        )

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        if isinstance(step, Mail):
            paper = step.targets[step.link.name]
            self.books.mail(paper)
            return Written(ref=Ref(id=paper))
        if isinstance(step, Amend):
            return self._rewrite(step)
        if isinstance(step, Reverse):
            self._compared(step)
        return written(self.books.make(step.mark, step.amount, step.day, key))

    def _rewrite(self, step: Amend) -> Written:
        self._compared(step)
        return written(self.books.amend(step.paper, step.mark, step.amount, step.day))

    def _compared(self, step: Amend | Reverse) -> None:
        """Read just before writing."""
        seen = self.books.get(step.paper)
        if seen is None:
            raise NoSuchTarget("books.no_such_target", target=step.paper)
        if digest_of(content(seen.amount, seen.day)) != step.planned_on:
            raise Conflict("books.changed")

    def joins(self, step: Step) -> bool:
        return isinstance(step, Make)

    def write_many(
        self, steps: Sequence[Step], keys: Sequence[str], batch: str
    ) -> dict[int, Written | Exception]:
        wanted = [(step.mark, step.amount, step.day, key) for step, key in zip(steps, keys, strict=True)]
        answers = self.books.make_many(wanted)
        return {n: a if isinstance(a, Exception) else written(a) for n, a in answers.items()}

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView] | None:
        ids = {link.target.id for link in links if link.target}
        return [
            DocumentView(
                ref=Ref(id=paper.id), state=STATES[paper.state], content=content(paper.amount, paper.day)
            )
            for paper in self.books.list()
            if paper.id in ids
        ]

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        for paper in self.books.list():
            source, _, ordinal = paper.mark.partition("/")
            if paper.day < since or not ordinal:
                continue
            found = Found(
                ref=Ref(id=paper.id),
                equal=True,
                content=content(paper.amount, paper.day),
                state=STATES[paper.state],
            )
            yield Marked(
                source_id=source,
                kind=REVERSAL if ordinal.endswith("R") else PAPER,
                ordinal=int(ordinal.rstrip("R")),
                found=found,
                day=paper.day,
                total=Decimal(paper.amount),
                group=self.rules.by_day,
            )


_ENDED = (DocumentState.REVERSED, DocumentState.VOIDED)


def _vanished(gone: list[LinkView]) -> Held:
    return Held(code="paper.vanished", params={"target": gone[0].target.id}, choices=("again", "leave"))


def record_of(sale: Sale) -> Record:
    return Record(
        id=sale.id,
        day=sale.day,
        content=sale,
        number=sale.id,
        party=sale.party,
        total=Decimal(sale.amount),
        currency="EUR",
    )


def written(paper: Paper) -> Written:
    return Written(ref=Ref(id=paper.id), content=content(paper.amount, paper.day), state=STATES[paper.state])
