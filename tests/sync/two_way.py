"""People kept at two sides, in step in both directions; side B writes names its own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import Conflict, NoSuchTarget, OutcomeUnknown
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import (
    Absent,
    Agreed,
    Finding,
    Flow,
    Found,
    Held,
    Known,
    LinkView,
    Marked,
    Page,
    Plan,
    Record,
    Several,
    Written,
)
from bridge_gui.sync.step import LinkTo, Step, mark_of
from bridge_gui.web.waiting import Cancel
from tests.sync.fate import Fate, VirtualClock
from tests.sync.memory_vendor import Accidents, Shelf
from tests.sync.world import World

KIND = "person"
DAY = date(2026, 3, 2)


class Name(Struct, frozen=True, kw_only=True):
    """What is kept of a person."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person as one side has them; `mark` is what we wrote into the record."""

    id: str
    name: str
    mark: str = ""


class Side:
    """One of two vendors that keep people."""

    def __init__(self, key: str, clock: VirtualClock, fate: Fate, lag: float, *, loud: bool = False) -> None:
        self.key, self.clock, self.fate, self.loud = key, clock, fate, loud
        self.shelf: Shelf[Person] = Shelf(clock, timedelta(seconds=lag))
        self.accidents = Accidents()
        self.made = 0
        self.writes = 0

    def add(self, name: str) -> str:
        """A person enters somebody new."""
        return self._put(Person(id=self._new_id(), name=name)).id

    def rename(self, key: str, name: str) -> None:
        """A person changes a name."""
        there = self.shelf.now(key)
        assert there is not None
        self._put(replace(there, name=name))

    def create(self, name: str, mark: str) -> Person:
        accident = self._call("create")
        made = self._put(Person(id=self._new_id(), name=name, mark=mark))
        return self._answer(accident, made)

    def update(self, key: str, name: str, planned_on: str) -> Person:
        accident = self._call("update")
        there = self.shelf.now(key)
        if there is None:
            raise NoSuchTarget("side.no_such_person", target=key)
        if digest_of(content(there)) != planned_on:
            raise Conflict("side.changed")
        return self._answer(accident, self._put(replace(there, name=name)))

    def seen(self) -> list[Person]:
        self.fate.point(f"list {self.key}")
        return self.shelf.all_seen()

    def _call(self, what: str) -> str:
        self.fate.point(f"before {what} {self.key}")
        accident = self.accidents.next()
        if accident == "lost_before":
            raise OutcomeUnknown("http.no_answer")
        self.writes += 1
        return accident

    def _answer(self, accident: str, person: Person) -> Person:
        self.fate.point(f"after {self.key}")
        if accident == "lost_after":
            raise OutcomeUnknown("http.no_answer")
        return person

    def _put(self, person: Person) -> Person:
        kept = replace(person, name=person.name.upper()) if self.loud else person
        self.shelf.put(person.id, kept)
        return kept

    def _new_id(self) -> str:
        self.made += 1
        return f"{self.key}{self.made}"

    def names(self) -> dict[str, str]:
        return {person.id: person.name for person in self.shelf.all()}


class Create(Step, frozen=True, kw_only=True, omit_defaults=True, tag="people.create"):
    who: str


class Update(Step, frozen=True, kw_only=True, omit_defaults=True, tag="people.update"):
    who: str
    person: str


class People(Flow):
    """One direction; `mine` is read, `theirs` is written to."""

    kind = KIND
    overlap = timedelta(hours=1)

    def __init__(self, mine: Side, theirs: Side) -> None:
        self.mine, self.theirs = mine, theirs
        self.key = f"{mine.key}2{theirs.key}"
        self.opposite = f"{theirs.key}2{mine.key}"
        self.settle_after = theirs.shelf.lag + timedelta(seconds=30)

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        shelf = self.mine.shelf
        yield Page(records=tuple(record_of(p) for p in self.mine.seen() if shelf.changed_at(p.id) >= since))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        return [record_of(person) for person in self.mine.seen() if person.id in ids]

    def plan(self, record: Record, known: Known) -> Plan:
        if not known.links:
            place = LinkTo(kind=KIND, source_id=record.id)
            return [self._step(Create, "create", record, place, mark=mark_of(record.id, 1))]
        link = known.links[-1]
        if known.current is None:
            return Held(code="person.gone")
        mine, theirs = canonical(record.content), canonical(known.current.content)
        mine_changed, theirs_changed = link.source_content != mine, link.target_content != theirs
        if record.content.name.upper() == known.current.content.name.upper():
            return Agreed() if mine_changed or theirs_changed else []
        if not mine_changed or known.answer == self.theirs.key:
            return []
        if theirs_changed and known.answer != self.mine.key:
            return Held(code="person.both_changed", choices=("a", "b"))
        return [self._update(record, link, theirs)]

    def _update(self, record: Record, link: LinkView, theirs: bytes) -> Step:
        place = LinkTo(kind=KIND, source_id=link.source_id, ordinal=link.ordinal)
        assert link.target is not None
        return self._step(
            Update,
            "update",
            record,
            place,
            creates=False,
            person=link.target.id,
            planned_on=digest_of(theirs),
        )

    def _step(self, kind: type[Step], name: str, record: Record, place: LinkTo, **more: object) -> Step:
        return kind(
            name=name,
            link=place,
            lane=f"{self.key}:{record.id}",
            who=record.content.name,
            day=DAY,
            number=record.id,
            source_content=canonical(record.content),
            **more,
        )

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        people = self.theirs.seen()
        return [self._found(step, people) for step in steps]

    def _found(self, step: Step, people: list[Person]) -> Finding:
        wanted = step.person if isinstance(step, Update) else ""
        fits = [p for p in people if (p.id == wanted if wanted else p.mark == step.mark)]
        if len(fits) > 1:
            return Several(refs=tuple(Ref(id=person.id) for person in fits))
        if not fits:
            return Absent()
        equal = fits[0].name.upper() == step.who.upper()
        return Found(ref=Ref(id=fits[0].id), equal=equal, content=content(fits[0]))

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        if isinstance(step, Update):
            person = self.theirs.update(step.person, step.who, step.planned_on)
        else:
            person = self.theirs.create(step.who, step.mark)
        return Written(ref=Ref(id=person.id), content=content(person))

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        for person in self.theirs.seen():
            if person.mark:
                found = Found(ref=Ref(id=person.id), equal=True, content=content(person))
                yield Marked(
                    source_id=person.mark.partition("/")[0], kind=KIND, ordinal=1, found=found, day=DAY
                )


def content(person: Person) -> bytes:
    return canonical(Name(name=person.name))


def record_of(person: Person) -> Record:
    return Record(id=person.id, day=DAY, content=Name(name=person.name), number=person.id)


class TwoWayWorld(World):
    """Sides A and B joined in both directions."""

    def __init__(
        self, folder: Path, *, lag: float = 0.0, template: Path | None = None, loud: bool = True
    ) -> None:
        super().__init__(folder, template=template)
        self.a = Side("a", self.clock, self.fate, lag)
        self.b = Side("b", self.clock, self.fate, lag, loud=loud)
        self.steps = (Create, Update)
        self.make_flows = lambda: (People(self.a, self.b), People(self.b, self.a))
        self.books.writes = lambda: self.a.writes + self.b.writes

    def pairs(self) -> list[tuple[str, str]]:
        """The names at both sides, pair by pair; exactly one record at each side for each link."""
        a, b = self.a.names(), self.b.names()
        pairs = [
            (li.source_id, li.target_id) if li.flow == "a2b" else (li.target_id, li.source_id)
            for li in self.links()
        ]
        assert sorted(mine for mine, _ in pairs) == sorted(a), (pairs, a)
        assert sorted(theirs for _, theirs in pairs) == sorted(b), (pairs, b)
        return [(a[mine], b[theirs]) for mine, theirs in sorted(pairs)]

    def check(self, *, reversing: bool = False) -> None:
        assert not self.unsettled()
        assert all(mine.upper() == theirs for mine, theirs in self.pairs()), self.pairs()
