"""The flow of a file: each day of SalesCloud's report to one entry in Payday's journal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, JournalEntry, JournalLine
from bridge_gui.accounting.entries import PostedEntry, content_of, difference
from bridge_gui.accounting.money import plain, total
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.bridges.salescloud_payday.finding import Journal
from bridge_gui.bridges.salescloud_payday.orders import Orders
from bridge_gui.bridges.salescloud_payday.periods import allowed
from bridge_gui.bridges.salescloud_payday.report import AS_IT_STANDS, INCLUDED, ReportRules, lines_of
from bridge_gui.bridges.salescloud_payday.rules import LEAVE, POST_AGAIN, Rules
from bridge_gui.bridges.salescloud_payday.standing import documents
from bridge_gui.bridges.salescloud_payday.steps import ENTRY, PostJournal, day_id, text_of
from bridge_gui.sync.capabilities import KeepsJournal, LedgerCheck
from bridge_gui.sync.files.days import FileDay
from bridge_gui.sync.files.door import FileDoor, Told, Trouble
from bridge_gui.sync.flow import Held, Known, Marked, Page, Record, Skip
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import LinkTo, Step, mark_of
from bridge_gui.web.waiting import Cancel

DIFFERENCE = "post_difference"
_SAID = (DIFFERENCE, AS_IT_STANDS, POST_AGAIN)
_TROUBLE = "file."
_PAGE = 100


class Readable(Struct, frozen=True, kw_only=True):
    """What a file is once nothing is wrong with it any more."""


class ReportDays(Orders):
    """Days of the files; what is written, found and followed is as for orders."""

    key = "report_days"

    def __init__(
        self,
        context: BridgeContext,
        rules: Callable[[], Rules],
        report: Callable[[], ReportRules],
        door: FileDoor,
        settle_after: timedelta,
    ) -> None:
        super().__init__(context, rules, settle_after)
        if context.settings.get("report_vat") != INCLUDED:
            self._books = AsItStands(context.books)
        self._door = door
        self._make_report = report
        self._report: ReportRules | None = None
        self._told: Told | None = None

    @property
    def report(self) -> ReportRules:
        """The user's decisions about the report."""
        if self._report is None:
            self._report = self._make_report()
        return self._report

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Every day of every file: a file says nothing about when it changed which day."""
        self._told = self._door.read(cancel)
        records = [*map(self._day, self._told.days), *map(self._trouble, self._told.troubles)]
        for begin in range(0, len(records), _PAGE):
            yield Page(records=tuple(records[begin : begin + _PAGE]))

    def fetch(self, ids: Sequence[str], cancel: Cancel, days: object = None) -> list[Record]:
        """The days as the files tell them now; a file without trouble any more says so."""
        told = self._told if self._told is not None else self._door.read(cancel)
        known = {record.id: record for record in map(self._day, told.days)}
        known |= {record.id: record for record in map(self._trouble, told.troubles)}
        fine = (self._fine(one) for one in ids if one.startswith(_TROUBLE) and one not in known)
        return [known[one] for one in ids if one in known] + list(fine)

    def group(self, record: Record) -> None:
        """A day is a source of its own."""

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """An entry for a new day; for one that was booked, the difference, on a person's word."""
        if isinstance(record.content, Trouble):
            return Held(code=record.content.code, params=record.content.params)
        if isinstance(record.content, Readable):
            return Skip(code="file.mended")
        if record.day >= self.report.today:
            return Skip(code="report.day_not_over")
        told = (known.answer or "").partition(".")[0]
        plan = self._plan_day(record, known, told)
        return allowed(plan, self.rules, known.answer, told if told in _SAID else "")

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every entry of ours that was made of a file's day."""
        for marked in Journal(self._books, cancel).marked(since, self._door.scope):
            if marked.group:
                yield replace(marked, group=False)

    def _plan_day(self, record: Record, known: Known, told: str) -> list[Step] | Held | Skip:
        wanted = lines_of(record.content, self.report, told)
        if isinstance(wanted, Held):
            return wanted
        if held := _removed(known, told):
            return held
        living = documents(known)
        if any(document.held is None for document in living):
            return Held(code="entry.unreadable")
        lines = difference(wanted, [line for document in living for line in document.lines])
        if not lines:
            return [] if living else Skip(code="day.no_effect")
        if not living:
            return [self._step(record, known, wanted)]
        return self._correct(record, known, lines, told)

    def _correct(
        self, record: Record, known: Known, lines: tuple[JournalLine, ...], told: str
    ) -> list[Step] | Held | Skip:
        """A day that was booked and is told otherwise now."""
        if told == LEAVE:
            return Skip(code="entry.left_to_person")
        if told not in _SAID:
            moved = plain(total(line.amount for line in lines if line.amount > 0))
            return Held(code="report.changed", params={"amount": moved}, choices=(DIFFERENCE, LEAVE))
        return [self._step(record, known, lines)]

    def _step(self, record: Record, known: Known, lines: tuple[JournalLine, ...]) -> PostJournal:
        """The day's next document; what it adds to those there are already."""
        mark = mark_of(record.id, known.next_ordinal)
        entry = JournalEntry(
            day=record.day, text=text_of(record.number, mark), currency=record.currency, lines=lines,
            draft=self.report.draft,
        )  # fmt: skip
        worth = total(line.amount for line in lines if line.amount > 0)
        return PostJournal(
            name=f"post:{known.next_ordinal}",
            link=LinkTo(kind=ENTRY, source_id=record.id, ordinal=known.next_ordinal),
            lane=f"report:{record.id}", mark=mark, sources=(record.id,), day=record.day,
            source_content=content_of(record.day, lines, worth), number=record.number, total=worth,
            currency=record.currency, entry=entry.balanced(),
            names={line.account: self.report.names.get(line.account, line.account) for line in lines},
        )  # fmt: skip

    def _day(self, day: FileDay) -> Record:
        return record_of(day, self._door.scope)

    def _trouble(self, trouble: Trouble) -> Record:
        """A file that cannot be read: something a person has to see, on no day of its own."""
        name = hashlib.sha256(trouble.file.encode()).hexdigest()[:12]
        day = max(self._context.start, self.report.today)
        return Record(id=f"{_TROUBLE}{name}", day=day, content=trouble, number=trouble.file)

    def _fine(self, source_id: str) -> Record:
        day = max(self._context.start, self.report.today)
        return Record(id=source_id, day=day, content=Readable())


class RestingDays(ReportDays):
    """While the interface is the source: what files booked is followed, and no file is read."""

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Nothing."""
        return iter(())

    def fetch(self, ids: Sequence[str], cancel: Cancel, days: object = None) -> list[Record]:
        """Nothing."""
        return []

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Nothing."""
        return iter(())


class RestingOrders(Orders):
    """While files are the source: what orders became is followed, and no order is read."""

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Nothing."""
        return iter(())

    def fetch(self, ids: Sequence[str], cancel: Cancel, days: object = None) -> list[Record]:
        """Nothing."""
        return []

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Nothing."""
        return iter(())


class AsItStands:
    """Books whose lines are taken as they are shown: ours may be on output-VAT accounts, sent just so."""

    def __init__(self, books: KeepsJournal) -> None:
        self._books = books

    def tax_codes(self) -> tuple[TaxCode, ...]:
        """The tax codes a gross line may bear."""
        return self._books.tax_codes()

    def post_entry(self, entry: JournalEntry) -> PostedEntry:
        """Make one entry."""
        return self._books.post_entry(entry)

    def entries(self, cancel: Cancel) -> tuple[PostedEntry, ...]:
        """All entries there are."""
        return self._books.entries(cancel)

    def in_our_form(self, posted: PostedEntry, meant: JournalEntry | None) -> PostedEntry:
        """The entry as it was meant if it is that, else as it is shown."""
        ours = self._books.in_our_form(posted, meant)
        return posted if ours.lines is None else ours

    def check_ledger(self, entry: JournalEntry, posted: PostedEntry, cancel: Cancel) -> LedgerCheck:
        """Compare what the ledger shows with what it should show."""
        return self._books.check_ledger(entry, posted, cancel)


def record_of(day: FileDay, scope: str) -> Record:
    """A file's day as the engine sees it."""
    return Record(
        id=day_id(day.day, scope), day=day.day, content=day, number=day.day.isoformat(),
        total=day.turnover, currency="ISK",
    )  # fmt: skip


def _removed(known: Known, told: str) -> Held | None:
    """An entry that a person removed: only they know whether it is to be made again."""
    gone = [link for link in known.links if link.kind == ENTRY and link.state is DocumentState.DELETED]
    if not gone or told in (POST_AGAIN, LEAVE):
        return None
    target = ", ".join(link.target.number or link.target.id for link in gone if link.target)
    return Held(code="entry.vanished", params={"target": target}, choices=(POST_AGAIN, LEAVE))
