"""Counting, from the outside, what a world ended in: by the vendors' own documents and by the store's rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, Protocol

from bridge_gui.sandbox.documents import Held
from bridge_gui.store import tables
from bridge_gui.store.database import Database
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow, SourceRow
from bridge_gui.store.select import many, query
from bridge_gui.sync.specs import BridgeSpec

Sign = tuple[str, tuple[str, ...]]


class World(Protocol):
    """What can be counted: a data folder and its vendors; `before` is what the books held at first."""

    spec: BridgeSpec
    data: Path
    before: set[tuple[str, str]]

    def documents(self, vendor: str) -> list[Held]: ...


class Told(NamedTuple):
    """What the store says and what both vendors hold; `older` was in the books at first."""

    entries: list[EntryRow]
    links: list[LinkRow]
    sources: list[SourceRow]
    books: list[Held]
    sales: list[Held]
    older: frozenset[str] = frozenset()


class Tally(NamedTuple):
    """What went wrong, each with the documents it is about; `questions` is nothing wrong."""

    documents: int
    duplicates: list[str]
    losses: list[str]
    wrong: list[str]
    open: list[str]
    questions: list[str]

    @property
    def good(self) -> bool:
        """Whether nothing is there twice, lost, wrong or open."""
        return not (self.duplicates or self.losses or self.wrong or self.open)

    def line(self, kills: int) -> str:
        """The last line that is printed."""
        return (
            f"kills {kills}, documents {self.documents}, duplicates {len(self.duplicates)}, "
            f"losses {len(self.losses)}, wrong totals {len(self.wrong)}, questions {len(self.questions)}"
        )


def told(world: World) -> Told:
    """Everything there is to count."""
    database = Database(world.data / "bridge.db")
    with database.read() as connection:
        entries = many(EntryRow, connection.execute(query(tables.entry, EntryRow)))
        links = many(LinkRow, connection.execute(query(tables.link, LinkRow)))
        sources = many(SourceRow, connection.execute(query(tables.source, SourceRow)))
    database.close()
    books = [d for d in world.documents(world.spec.books) if (d.kind, d.id) not in world.before]
    older = frozenset(number for _, number in world.before)
    return Told(entries, links, sources, books, world.documents(world.spec.sales), older)


def tally(world: World, undisturbed: World | None = None) -> Tally:
    """Count one world; with an undisturbed one beside it, both must have come to the same end."""
    seen = told(world)
    questions = [entry.mark or entry.source_id for entry in seen.entries if entry.state is EntryState.ASKED]
    lost, wrong = _against(seen, told(undisturbed), questions) if undisturbed is not None else ([], [])
    return Tally(
        documents=sum(one.living for one in seen.books),
        duplicates=[*_marked_twice(seen), *_strays(seen), *_linked_twice(seen)],
        losses=[*_gone(seen), *lost],
        wrong=[*_unequal(seen), *wrong],
        open=[f"{e.mark} {e.state.value}" for e in seen.entries if e.state in _left_open(seen)],
        questions=questions,
    )


def _left_open(seen: Told) -> tuple[EntryState, ...]:
    """The states that nothing may be left in; what is planned may wait for a thing that is asked about."""
    asked = any(entry.state is EntryState.ASKED for entry in seen.entries)
    return (EntryState.SENDING, EntryState.UNKNOWN, *(() if asked else (EntryState.PLANNED,)))


def _marked_twice(seen: Told) -> list[str]:
    """Marks of ours that more than one living document bears; the lines of one may all bear it."""
    marks = {entry.mark for entry in seen.entries if entry.mark}
    borne = [{word for text in d.texts for word in _words(text)} & marks for d in _both(seen) if d.living]
    count = Counter(mark for found in borne for mark in found)
    return [f"{mark} in {count[mark]} documents" for mark in sorted(count) if count[mark] > 1]


def _both(seen: Told) -> list[Held]:
    """What both sides hold: a note may be written on the sales side."""
    return [*seen.books, *seen.sales]


def _words(text: str) -> list[str]:
    return re.split(r"[\s,;|]+", text)


def _strays(seen: Told) -> list[str]:
    """Documents that bear our mark and no link leads to, and things (a customer) that are there twice.

    What bears none was made by somebody else, or else the undisturbed world tells that it is too much.
    """
    linked = {target for _, target in _targets(seen)}
    ours = {entry.source_id for entry in seen.entries} | {source.source_id for source in seen.sources}
    marked = [d for d in seen.books if any(_bears(w, ours) for t in d.texts for w in _words(t))]
    things = Counter((d.kind, d.texts) for d in seen.books if d.living and not d.currency)
    return [
        *(f"{d.kind} {d.id} {d.texts}" for d in marked if d.living and d.currency and d.id not in linked),
        *(f"{kind} {texts} {count} times" for (kind, texts), count in things.items() if count > 1),
    ]


def _linked_twice(seen: Told) -> list[str]:
    """Places in the books of one record that have more than one link."""
    places = Counter((k.kind, k.source_id, k.ordinal) for k in seen.links)
    return [f"{place} has {count} links" for place, count in places.items() if count > 1]


def _gone(seen: Told) -> list[str]:
    """Links that lead nowhere, and records that lead to neither a document nor a reason."""
    there = {d.id for d in _both(seen) if d.living} | seen.older
    hidden = {e.link_id for e in seen.entries if not e.findable}
    told = {EntryState.ASKED, EntryState.STOPPED, EntryState.SKIPPED, EntryState.PLANNED}
    waits = {e.link_id for e in seen.entries if e.state in told.difference(_left_open(seen))}
    led = [(k, target) for k, target in _targets(seen, things=True) if k.id not in waits | hidden]
    nowhere = [k for k, target in led if k.state != "deleted" and not _leads(k, target, there)]
    reasons = {(s.flow, s.source_id) for s in seen.sources if s.code or s.group_id}
    begun = {(e.flow, e.source_id) for e in seen.entries} | {(k.flow, k.source_id) for k in seen.links}
    made = {k.target_id for k in seen.links}  # two ways: what one side made is read at the other side
    quiet = [s for s in seen.sources if s.source_id not in made]
    silent = [s.source_id for s in quiet if (s.flow, s.source_id) not in reasons | begun]
    return [*(f"{k.kind} {k.source_id}/{k.ordinal} leads nowhere" for k in nowhere), *silent]


def _leads(link: LinkRow, target: str, there: set[str]) -> bool:
    return target in there or bool(target and link.state == "thing")


def _bears(word: str, ours: set[str]) -> bool:
    """Whether a word is a mark of ours: a record's id and its document's ordinal, whatever stands before."""
    parts = word.split("/")
    return len(parts) > 1 and any(part.partition(".")[0] in ours for part in parts[:-1])


def _targets(seen: Told, *, things: bool = False) -> list[tuple[LinkRow, str]]:
    """Links with the vendor's own id of what they lead to, of documents alone unless told otherwise.

    Where a vendor's lists have ids of their own, a link's target says of which list before the id.
    """
    ids = {d.id for d in _both(seen)} | seen.older
    hidden = {e.link_id for e in seen.entries if not e.findable}
    kept = [k for k in seen.links if things or (k.state != "thing" and k.id not in hidden)]
    return [(k, k.target_id if k.target_id in ids else k.target_id.partition("-")[2]) for k in kept]


def _unequal(seen: Told) -> list[str]:
    """Documents whose total differs from what their links say, or links from what was sold."""
    sums: Counter[str] = Counter()
    for link, target in _targets(seen):
        sums[target] += link.total
    return [
        f"{d.kind} {d.id}: {d.total} in the books, {sums[d.id]} by its links"
        for d in seen.books
        if d.living and d.currency and d.id in sums and abs(sums[d.id]) != abs(d.total)
    ]


def _against(seen: Told, other: Told, questions: Iterable[str]) -> tuple[list[str], list[str]]:
    """What the other world has and this one has not, unless it is asked about; and what differs in its total."""
    mine, theirs = _signed(seen), _signed(other)
    asked = tuple(questions)
    lost = [sign for sign in theirs if sign not in mine and not any(q in t for q in asked for t in sign[1])]
    more = [sign for sign in mine if sign not in theirs]
    differ = [f"{s}: {mine[s]} instead of {theirs[s]}" for s in mine if s in theirs and mine[s] != theirs[s]]
    return [f"{sign} is missing" for sign in lost], [*differ, *(f"{sign} is too much" for sign in more)]


def _signed(seen: Told) -> dict[Sign, list[tuple[Decimal, str, str]]]:
    """Documents by what is written in them: how much, in what, on which day.

    The numbers a vendor gave ours follow the order of arrival, which a kill may change.
    """
    found: dict[Sign, list[tuple[Decimal, str, str]]] = {}
    numbers = {link.target_number for link in seen.links}
    for one in seen.books:
        if one.living:
            told = [text for text in one.texts if text not in numbers] or list(one.texts)
            sign = (one.kind, tuple(sorted(told)))
            found.setdefault(sign, []).append((one.total, one.currency, one.day))
    return {sign: sorted(held) for sign, held in found.items()}
