"""Tie-out: what explains the difference within one unit; every króna of it gets exactly one reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, total
from bridge_gui.errors import Param
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow, SourceRow, Standing
from bridge_gui.sync.tieout import Booked, Key, Meant, Reason, Sold, TieReads, Why
from bridge_gui.sync.tieout_units import Cell, Cells, Unit, less, summed, tidy

_BY_ENTRY = {
    EntryState.STOPPED: Why.STOPPED,
    EntryState.ASKED: Why.HELD,
    EntryState.SKIPPED: Why.SKIPPED,
}
_GONE = DocumentState.DELETED.value
_NOT_YET = (DocumentState.DRAFT.value, DocumentState.AWAITING_APPROVAL.value)
_TAKEN_BACK = (DocumentState.VOIDED.value, DocumentState.CREDITED.value)
_SENT = (
    DocumentState.AWAITING_PAYMENT.value,
    DocumentState.PARTLY_PAID.value,
    DocumentState.PAID.value,
)
Found = tuple[Cell, Reason]


@dataclass(frozen=True, kw_only=True)
class Period:
    """What is tied out, and by which rules: `lag` is how long the ledger may not show a booking."""

    first: date
    last: date
    start: date
    now: datetime
    lag: timedelta
    reads: TieReads
    elsewhere: frozenset[str]
    digests: Mapping[tuple[str, str], str]

    def within(self, day: date) -> bool:
        """Whether a day belongs to the period."""
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class Note:
    """Why, of which record or document, and in more words."""

    why: Why
    number: str
    code: str = ""
    params: Mapping[str, Param]

    def on(self, cells: Cells) -> Iterator[Found]:
        """The reason for each of these differences."""
        for cell, amount in cells.items():
            reason = Reason(
                why=self.why, amount=amount, number=self.number, code=self.code, params=dict(self.params)
            )
            yield cell, reason


def note(why: Why, number: str, code: str = "", params: Mapping[str, Param] | None = None) -> Note:
    """A note with what there is to say."""
    return Note(why=why, number=number, code=code, params=params or {})


def explain(unit: Unit, period: Period) -> Iterator[Found]:
    """The reasons for books less sales of one unit, cell by cell; they add up to the difference."""
    if not unit.links and not unit.sold:
        yield from _foreign(unit.booked, period)
        return
    sales = summed((one.record.day, one.amounts) for one in unit.sold)
    books = summed((one.day, one.amounts) for one in unit.booked)
    rest = less(books, sales)
    if not rest:
        return
    for found in (*_uncounted(unit, period), *_documents(unit, period)):
        (cell, reason) = found
        rest[cell] = rest.get(cell, ZERO) - reason.amount
        yield found
    if rest := tidy(rest):
        yield from _of_the_rest(unit, rest, period).on(rest)


def _foreign(booked: Iterable[Booked], period: Period) -> Iterator[Found]:
    """Documents that no link of this bridge leads to."""
    watched = {key.name for key in period.reads.keys}
    for one in booked:
        why = Why.UNKNOWN_MARK if one.place else Why.NOT_OURS
        if one.document in period.elsewhere:
            why = Why.OTHER_BRIDGE
        cells = {(one.day, key): amount for key, amount in one.amounts.items() if key in watched and amount}
        yield from note(why, one.number or one.document).on(cells)


def _uncounted(unit: Unit, period: Period) -> Iterator[Found]:
    """Records that are in no document: each with what it stands at."""
    counted = {name for link in unit.links for name in (link.source_id, *link.sources)}
    counted |= {row.source_id for row in unit.rows if row.group_id and _counts_all(unit.links, row.group_id)}
    for one in unit.sold:
        if one.record.id not in counted:
            rows = [row for row in unit.rows if row.source_id == one.record.id]
            why = _why(one, rows, unit, period)
            yield from why.on(summed([(one.record.day, one.amounts)], sign=-1))


def _counts_all(links: Iterable[LinkRow], group: str) -> bool:
    """Whether a group has a document found in a new data folder, which does not tell its members."""
    return any(link.source_id == group and not link.sources for link in links)


def _why(one: Sold, rows: list[SourceRow], unit: Unit, period: Period) -> Note:
    """Why a record is in no document."""
    number = one.record.number or one.record.id
    if not rows:
        before = one.record.day < period.start
        return note(Why.SKIPPED if before else Why.WAITING, number)
    if held := next((row for row in rows if row.standing is Standing.HELD), None):
        return note(Why.HELD, number, held.code, held.params)
    if waits := _waits([one], rows, period):
        return note(waits, number)
    groups = {row.group_id for row in rows}
    own = [entry for entry in unit.entries if entry.source_id in {one.record.id, *groups}]
    if entry := _telling(own):
        return note(_BY_ENTRY.get(entry.state, Why.ON_ITS_WAY), number, entry.code, entry.params)
    if skipped := next((row for row in rows if row.standing is Standing.SKIPPED), None):
        return note(Why.SKIPPED, number, skipped.code, skipped.params)
    member = any(row.standing is Standing.MEMBER for row in rows)
    return note(Why.WAITING if member else Why.NOTHING, number)


def _waits(sold: Iterable[Sold], rows: Iterable[SourceRow], period: Period) -> Why | None:
    """Whether something was not read yet as it is now, or not planned since."""
    digests = {(row.flow, row.source_id): row.digest for row in rows}
    for one in sold:
        place = (one.flow, one.record.id)
        if digests.get(place, "") not in ("", period.digests.get(place, "")):
            return Why.WAITING
    late = any(row.standing is Standing.NEW or row.planned_revision < row.revision for row in rows)
    return Why.WAITING if late else None


def _telling(entries: list[EntryRow]) -> EntryRow | None:
    """The entry that says most: one that needs a person, else the last."""
    stuck = [entry for entry in entries if entry.state in (EntryState.STOPPED, EntryState.ASKED)]
    return next(reversed(stuck or entries), None)


def _documents(unit: Unit, period: Period) -> Iterator[Found]:
    """Documents that the ledger shows otherwise than they were meant."""
    shown: dict[str, list[Booked]] = {}
    for one in unit.booked:
        shown.setdefault(one.document, []).append(one)
    by_target: dict[str, list[LinkRow]] = {}
    for link in unit.links:
        by_target.setdefault(link.target_id, []).append(link)
    for target, links in by_target.items():
        meant = [period.reads.meant(link) for link in links]
        if all(meant) and links[0].state != _GONE:
            booked = shown.get(target, [])
            seen = summed((one.day, one.amounts) for one in booked)
            off = less(seen, _dated(zip(links, filter(None, meant), strict=True), booked, period))
            undated = any(one.day is None for one in meant if one)
            why = _otherwise(links, seen, period, undated=undated)
            yield from note(why, links[0].target_number or links[0].number or target).on(off)


def _dated(meant: Iterable[tuple[LinkRow, Meant]], booked: list[Booked], period: Period) -> Cells:
    """What should be seen of a document within the period; one that a person dates is where it is seen."""
    first = min((one.day for one in booked), default=None)
    days = ((one.day or first or link.day, one.amounts) for link, one in meant)
    return summed((day, amounts) for day, amounts in days if period.within(day))


def _otherwise(links: list[LinkRow], seen: Cells, period: Period, *, undated: bool) -> Why:
    """Why a document is not in the ledger as it was meant."""
    if all(link.state in _TAKEN_BACK for link in links):
        return Why.DELETED
    if seen:
        return Why.EDITED
    if any(link.state in _NOT_YET for link in links):
        return Why.DRAFT
    written = max((link.written_at for link in links if link.written_at), default=None)
    if written is not None and written + period.lag > period.now:
        return Why.NOT_SHOWN_YET
    if undated and any(link.state in _SENT for link in links):
        return Why.OTHER_DAY
    return Why.DELETED


def _of_the_rest(unit: Unit, rest: Cells, period: Period) -> Note:
    """What explains that the documents were not meant to hold just what was sold."""
    number = _numbers(unit)
    gone = [link for link in unit.links if link.state == _GONE]
    if gone and _per_key(rest):  # else all of it is there again, on another day
        return note(Why.DELETED, gone[0].target_number or gone[0].number or gone[0].target_id)
    if held := next((row for row in unit.rows if row.standing is Standing.HELD), None):
        return note(Why.HELD, held.number or number, held.code, held.params)
    if entry := _telling(unit.entries):
        return note(_BY_ENTRY.get(entry.state, Why.ON_ITS_WAY), number, entry.code, entry.params)
    if waits := _waits(unit.sold, unit.rows, period):
        return note(waits, number)
    if any(link.state in _NOT_YET and period.reads.meant(link) is None for link in unit.links):
        return note(Why.DRAFT, number)
    return note(_by_its_shape(unit, rest, period), number)


def _by_its_shape(unit: Unit, rest: Cells, period: Period) -> Why:
    """What the difference itself tells: moved in time, moved between accounts, its record gone."""
    outside = [row.day for row in unit.rows if not row.is_group] + [link.day for link in unit.links]
    if not all(map(period.within, outside)) or not _per_key(rest):
        return Why.OTHER_DAY
    keys = {key.name: key for key in period.reads.keys}
    if any(key not in keys for _, key in rest) and not _per_day(rest, keys):
        return Why.EARLIER_SETTINGS
    there = {one.record.id for one in unit.sold}
    if any(not row.is_group and row.source_id not in there for row in unit.rows):
        return Why.GONE
    return Why.NOTHING


def _per_key(rest: Cells) -> dict[str, Decimal]:
    """The difference per key over all days, zeros left out."""
    names = {key for _, key in rest}
    sums = {name: total(amount for (_, key), amount in rest.items() if key == name) for name in names}
    return {name: amount for name, amount in sums.items() if amount}


def _per_day(rest: Cells, keys: Mapping[str, Key]) -> dict[date, Decimal]:
    """The difference per day over all accounts, debit less credit, zeros left out."""
    sums: dict[date, Decimal] = {}
    for (day, name), amount in rest.items():
        credit = name in keys and keys[name].credit
        sums[day] = sums.get(day, ZERO) + (-amount if credit else amount)
    return {day: amount for day, amount in sums.items() if amount}


def _numbers(unit: Unit) -> str:
    """What the unit is called: its document, or its only record."""
    names = [link.number for link in unit.links if link.number]
    names += [one.record.number for one in unit.sold]
    return names[0] if names else ""
