"""The one flow: orders closed at SalesCloud to entries in Payday's journal and to customers' drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.entries import PostedEntry, content_of
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.sales import SaleOrder
from bridge_gui.bridges.salescloud_payday import planning
from bridge_gui.bridges.salescloud_payday.billing import promised_in
from bridge_gui.bridges.salescloud_payday.draft_lines import BILLED
from bridge_gui.bridges.salescloud_payday.drafts import Drafts
from bridge_gui.bridges.salescloud_payday.finding import Journal, named, sent
from bridge_gui.bridges.salescloud_payday.periods import LEARNT, booked_in, learnt
from bridge_gui.bridges.salescloud_payday.refunds import Refunds
from bridge_gui.bridges.salescloud_payday.rules import Rules, closed_also, look_back_days
from bridge_gui.bridges.salescloud_payday.steps import (
    ENTRY,
    JOURNAL_STEPS,
    PostJournal,
    ReverseJournal,
    day_id,
    read_day,
)
from bridge_gui.errors import Conflict, Refused
from bridge_gui.sync.capabilities import KeepsJournal, SellsOrders
from bridge_gui.sync.flow import (
    Finding,
    Flow,
    Group,
    Held,
    Known,
    LinkView,
    Marked,
    OpenLink,
    Page,
    Part,
    Record,
    Remark,
    Skip,
    Written,
)
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

_WIDER = 4
CLOSED = "payday.period_closed"


class Orders(Flow):
    """Closed orders, one entry each or one a day; `rules` is asked for once, when a run begins to read."""

    key = "orders"
    kind = ENTRY

    def __init__(self, context: BridgeContext, rules: Callable[[], Rules], settle_after: timedelta) -> None:
        self._sales: SellsOrders = context.sales
        self._books: KeepsJournal = context.books
        self._context = context
        self._make_rules = rules
        self._rules: Rules | None = None
        self._told_rules: Rules | None = None
        self._again: dict[str, Record] = {}
        self._refused: date | None = None
        self.settle_after = settle_after
        self._drafts = Drafts(context.books, context.clock, settle_after, context.cancel, context.notes)
        self._refunds = Refunds()
        self.overlap = timedelta(days=look_back_days(context.settings))

    @property
    def rules(self) -> Rules:
        """The user's decisions, resolved against the chart of accounts."""
        if self._rules is None:
            self._told_rules = closed_also(self._make_rules(), self._closed_until())
            self._rules = learnt(self._told_rules, self._context.notes)
        return self._rules

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Orders closed since an instant; `complete` turns False if their list would not stand still."""
        self.complete, rules = True, self.rules
        for orders in self._sales.closed_orders(since, self._context.clock.now(), cancel):
            self.complete = self.complete and orders.settled
            self._refunds.see(orders.orders)
            yield Page(records=tuple(record_of(order, rules) for order in orders.orders))

    def fetch(
        self, ids: Sequence[str], cancel: Cancel, days: Mapping[str, date] | None = None
    ) -> list[Record]:
        """Fresh copies; what this run has just read and could not book is not asked for again.

        `days`, where given, are the closing days, so that only those are read.
        """
        known = [self._again.pop(order_id) for order_id in ids if order_id in self._again]
        wanted = set(ids) - {record.id for record in known}
        rules = self.rules
        found = self._found(wanted, self._windows(wanted, days), cancel)
        self._refunds.see(found)
        return known + [record_of(order, rules) for order in found]

    def _found(
        self, ids: set[str], windows: Iterable[tuple[datetime, datetime]], cancel: Cancel
    ) -> list[SaleOrder]:
        """Orders by id, looked for in one stretch of time after the other."""
        found: list[SaleOrder] = []
        wanted = set(ids)
        for first, last in windows:
            if not wanted:
                break
            more = self._sales.orders_by_id(wanted, first, last, cancel)
            found += more
            wanted -= {order.id for order in more}
        return found

    def _look_up(self, ids: set[str]) -> None:
        """Read orders only for what they came to."""
        cancel = self._context.cancel
        self._refunds.see(self._found(ids, self._windows(ids, None), cancel))

    def group(self, record: Record) -> str | None:
        """The closing day's takings; none where each order has its entry, or is on account."""
        if not self.rules.by_day or promised_in(record.content):
            return None
        return day_id(record.day, self.rules.scope)

    def ready(self, group: str, now: datetime) -> bool:
        """Whether the day is over in the shop's time zone."""
        found = read_day(group)
        return found is not None and self.rules.day(now) > found[0]

    def contribute(self, record: Record) -> Part | Held | Skip:
        """What an order adds to its day."""
        part = planning.contribute(record, self.rules)
        self._note(record, waits=not isinstance(part, Part))
        return part

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The steps for an order of its own."""
        steps = planning.plan_order(record, known, self.rules)
        self._note(record, waits=not isinstance(steps, list))
        return steps

    def plan_group(self, group: Group, known: Known) -> list[Step] | Held | Skip:
        """The steps for a day's takings."""
        return planning.plan_day(group, known, self.rules)

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """One look through the journal, and at each customer's invoices, for all steps."""
        booked = any(isinstance(step, JOURNAL_STEPS) for step in steps)
        journal = Journal(self._books, cancel) if booked else None
        others = [step for step in steps if not isinstance(step, JOURNAL_STEPS)]
        seen = iter(self._drafts.find(others, cancel))
        return [
            journal.find(step) if journal is not None and isinstance(step, JOURNAL_STEPS) else next(seen)
            for step in steps
        ]

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every entry, and every sale on an invoice, of ours since a day."""
        yield from Journal(self._books, cancel).marked(since, self._sales.scope)
        yield from self._drafts.marked(since, cancel)

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView] | None:
        """What was booked, sent, paid or changed meanwhile; what was removed is left out."""
        self._drafts.check()
        entries = [link.target.id for link in links if link.kind != BILLED and link.target]
        views = Journal(self._books, cancel).views(entries) if entries else []
        billed = [link for link in links if link.kind == BILLED]
        return [*views, *self._drafts.views(billed, self._context.start, cancel)]

    def recall(self, links: Sequence[OpenLink]) -> None:
        """Take note of what is on open drafts."""
        self._drafts.recall(links)

    def remarks(self, step: Step) -> Sequence[Remark]:
        """The refunds of a part of an order: they are easily overlooked."""
        return self._refunds.remarks(step.sources) if step.creates else ()

    def choose(self, step: Step) -> Ref | None:
        """The draft a sale goes on; nothing into a period that turned out to be closed.

        Orders that are given back with it are looked up, so that the log can say whether it is a part.
        """
        if self._refused is not None and booked_in(step, self._refused):
            raise Conflict("period.closed_now", until=self._refused.isoformat())
        chosen = self._drafts.choose(step)
        if step.creates and (unseen := self._refunds.unseen(step.sources)):
            self._look_up(unseen)
        return chosen

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Make the entry, or write on the draft; Payday has no idempotency keys."""
        del key
        self._drafts.open_from = self.rules.first_open
        try:
            written = self._written(step, target)
        except Refused as error:
            raise self._understood(error, step) from error
        if booked_in(step, self.rules.learnt):
            self._context.notes.set(LEARNT, "")
            self._rules = self._told_rules
        return written

    def _written(self, step: Step, target: Ref | None) -> Written:
        if not isinstance(step, (PostJournal, ReverseJournal)):
            return self._drafts.write(step, target)
        posted = self._books.post_entry(sent(step))
        return Written(ref=posted.ref, content=self._content(step, posted), state=_state(step, posted))

    def prove(self, step: Step, written: Written, cancel: Cancel) -> bool | Held | None:
        """Compare the ledger with the entry; a draft is in no ledger yet and passes as it is.

        An invoice's draft proves nothing, nor does an entry on a customer's account.
        """
        if not isinstance(step, (PostJournal, ReverseJournal)) or step.needs:
            return None
        if step.entry.draft:
            booked = written.state is DocumentState.POSTED
            return Held(code="payday.booked_not_draft", params={**_named(step)}) if booked else True
        posted = PostedEntry(ref=written.ref, day=step.entry.day, text=step.entry.text, draft=False)
        check = self._books.check_ledger(step.entry, posted, cancel)
        for differing in check.differences[:1]:
            shown = {"account": differing.account, "expected": plain(differing.expected)}
            shown["seen"] = plain(differing.seen)
            return Held(code="payday.ledger_differs", params={**_named(step), **shown})
        return check.visible

    def _content(self, step: PostJournal | ReverseJournal, posted: PostedEntry) -> bytes:
        """What the books hold now: as the answer shows it, or as it was sent if it does not show it."""
        ours = self._books.in_our_form(posted, sent(step))
        lines = step.entry.lines if ours.lines is None else named(step, ours.lines)
        return content_of(ours.day or step.entry.day, lines)

    def _today(self) -> date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _closed_until(self) -> date | None:
        """What Payday itself tells of closed years; asked only where a sale may be in an earlier year."""
        if self._context.start.year >= self._today().year:
            return None
        found: date | None = self._context.books.closed_until(self._context.start, self._context.cancel)
        return found

    def _understood(self, error: Refused, step: Step) -> Exception:
        """A refusal because the period is closed: nothing was booked, and from now on it is known.

        So for good, until something is booked there again on a person's word.

        INFERRED: a closed day of an earlier year means that its whole year is closed, and that the next one
        is open; of a day of this year nothing but today is known to be open.
        """
        today = self._today()
        day = step.entry.day if isinstance(step, (PostJournal, ReverseJournal)) else self._drafts.dated
        if error.code != CLOSED or day is None or day >= today:
            return error
        earlier = day.year < today.year
        until = date(day.year, 12, 31) if earlier else day
        first = until + timedelta(days=1) if earlier else today
        if self._refused is not None and until <= self._refused:
            return error
        self._refused = until
        self._context.notes.set(LEARNT, f"{until.isoformat()} {first.isoformat()}")
        self._rules = replace(learnt(self.rules, self._context.notes), tried=True)
        return Conflict("period.closed_now", until=until.isoformat())

    def _note(self, record: Record, *, waits: bool) -> None:
        """Keep what could not be booked for the second look within this run."""
        if waits:
            self._again[record.id] = record

    def _windows(self, ids: set[str], days: Mapping[str, date] | None) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of time to look through, latest first: the days told, or ever wider ones."""
        if days is not None:
            for day in sorted({days[order_id] for order_id in ids if order_id in days}, reverse=True):
                begin = datetime.combine(day, time(), self._context.zone).astimezone(UTC)
                yield begin, begin + timedelta(days=1)
            return
        end, width = self._context.clock.now(), self.overlap
        floor = datetime.combine(self._context.start, time(), UTC) - timedelta(days=2)
        while end > floor:
            begin = max(floor, end - width)
            yield begin, end
            end, width = begin, width * _WIDER


def record_of(order: SaleOrder, rules: Rules) -> Record:
    """An order as the engine sees it, dated on its closing day."""
    return Record(
        id=order.id,
        day=rules.day(order.closed),
        content=order,
        number=order.number,
        party=order.buyer.name if order.buyer else "",
        total=order.total,
        currency=order.currency,
    )


def _state(step: PostJournal | ReverseJournal, posted: PostedEntry) -> DocumentState:
    draft = step.entry.draft if posted.draft is None else posted.draft
    return DocumentState.DRAFT if draft else DocumentState.POSTED


def _named(step: Step) -> dict[str, str]:
    return {"number": step.number, "day": step.day.isoformat()}
