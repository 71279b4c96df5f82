"""Vendors in memory: books that lag, forget answers, take parts, have keys or none; a shop whose orders change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from bridge_gui.errors import (
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Passing,
    Refused,
)
from bridge_gui.sync.specs import KeyStyle
from tests.sync.fate import Fate, VirtualClock


@dataclass(frozen=True, kw_only=True)
class Sale:
    """An order at the shop as it stands."""

    id: str
    amount: int
    day: date
    party: str = "Anna"
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document at the books as it stands at one instant."""

    id: str
    mark: str
    amount: int
    day: date
    state: str = "posted"
    parts: tuple[str, ...] = ()
    party: str = ""


T = TypeVar("T")


@dataclass
class Shelf(Generic[T]):
    """Things with their history; a look sees what stood there `lag` ago."""

    clock: VirtualClock
    lag: timedelta = timedelta(0)
    things: dict[str, list[tuple[datetime, T | None]]] = field(default_factory=dict)

    def put(self, key: str, thing: T | None) -> None:
        self.things.setdefault(key, []).append((self.clock.now(), thing))

    def now(self, key: str) -> T | None:
        """The truth."""
        return self.things[key][-1][1] if key in self.things else None

    def seen(self, key: str) -> T | None:
        """What a read shows."""
        until = self.clock.now() - self.lag
        past = [thing for at, thing in self.things.get(key, ()) if at <= until]
        return past[-1] if past else None

    def all_seen(self) -> list[T]:
        return [thing for key in self.things if (thing := self.seen(key)) is not None]

    def all(self) -> list[T]:
        return [thing for key in self.things if (thing := self.now(key)) is not None]

    def changed_at(self, key: str) -> datetime:
        until = self.clock.now() - self.lag
        return max(
            (at for at, _ in self.things[key] if at <= until),
            default=datetime.min.replace(tzinfo=until.tzinfo),
        )


class Accidents:
    """What goes wrong with the next calls: one word per call, "" for nothing."""

    def __init__(self) -> None:
        self.coming: list[str] = []

    def next(self) -> str:
        return self.coming.pop(0) if self.coming else ""


class Shop:
    """The sales side: people add, change and remove orders."""

    def __init__(self, clock: VirtualClock, fate: Fate, lag: timedelta = timedelta(0)) -> None:
        self.shelf: Shelf[Sale] = Shelf(clock, lag)
        self.fate = fate
        self.clock = clock
        self.calls: list[str] = []

    def sell(self, key: str, amount: int, day: date | None = None, **more: str) -> None:
        self.shelf.put(key, Sale(id=key, amount=amount, day=day or self.clock.now().date(), **more))

    def remove(self, key: str) -> None:
        self.shelf.put(key, None)

    def changed(self, since: datetime) -> list[Sale]:
        self.fate.point("shop list")
        self.calls.append("list")
        return [sale for sale in self.shelf.all_seen() if self.shelf.changed_at(sale.id) >= since]

    def get(self, ids: Iterable[str]) -> list[Sale]:
        self.fate.point("shop get")
        self.calls.append("get")
        return [sale for key in ids if (sale := self.shelf.seen(key)) is not None]


class Books:
    """The books side. Papers are never merged: whatever is made twice is there twice."""

    def __init__(
        self,
        clock: VirtualClock,
        fate: Fate,
        *,
        lag: timedelta = timedelta(0),
        keys: KeyStyle = KeyStyle.NONE,
    ) -> None:
        self.shelf: Shelf[Paper] = Shelf(clock, lag)
        self.clock, self.fate, self.keys = clock, fate, keys
        self.accidents = Accidents()
        self.made = 0
        self.calls: list[str] = []
        self.mails: list[str] = []
        self.refusing: set[str] = set()
        self._by_key: dict[str, str] = {}

    # -- what our client does

    def make(self, mark: str, amount: int, day: date, key: str, parts: tuple[str, ...] = ()) -> Paper:
        accident = self._before(f"make {mark}", mark)
        if self.keys is not KeyStyle.NONE and key in self._by_key:
            paper = self.shelf.now(self._by_key[key])
        else:
            paper = self._write(
                Paper(id=self._new_id(), mark=mark, amount=amount, day=day, parts=parts), accident, key
            )
        self._after(accident, paper)
        assert paper is not None
        return paper

    def make_many(self, wanted: list[tuple[str, int, date, str]]) -> dict[int, Paper | Exception]:
        """A batch: refused as a whole if it holds what is refused on sight; some answers may be left out."""
        accident = self._before(f"batch of {len(wanted)}", "")
        if any(f"{mark}!" in self.refusing for mark, *_ in wanted):
            raise Refused("books.batch_refused")
        results: dict[int, Paper | Exception] = {}
        for position, (mark, amount, day, key) in enumerate(wanted):
            if mark in self.refusing:
                results[position] = Refused("books.refused")
                continue
            results[position] = self._write(
                Paper(id=self._new_id(), mark=mark, amount=amount, day=day), "", key
            )
        if accident == "left_out":
            results.pop(len(wanted) - 1)
        self._after("" if accident == "left_out" else accident, None)
        return results

    def amend(self, key: str, mark: str, amount: int, day: date, parts: tuple[str, ...] = ()) -> Paper:
        accident = self._before(f"amend {mark}", mark)
        there = self.shelf.now(key)
        if there is None:
            raise NoSuchTarget("books.no_such_target", target=key)
        paper = self._write(
            Paper(id=key, mark=there.mark, amount=amount, day=day, state=there.state, parts=parts),
            accident,
            "",
        )
        self._after(accident, paper)
        return paper

    def mail(self, key: str) -> None:
        accident = self._before(f"mail {key}", "")
        self.mails.append(key)
        self._after(accident, None)

    def marked(self, mark: str) -> list[Paper]:
        self.fate.point("books find")
        self.calls.append(f"find {mark}")
        return [paper for paper in self.shelf.all_seen() if paper.mark == mark]

    def list(self) -> list[Paper]:
        self.fate.point("books list")
        self.calls.append("list")
        return self.shelf.all_seen()

    def get(self, key: str) -> Paper | None:
        """Read by id just before writing: no lag there."""
        self.fate.point("books get")
        self.calls.append("get")
        return self.shelf.now(key)

    # -- what people do

    def edit(self, key: str, **changes: object) -> None:

        there = self.shelf.now(key)
        assert there is not None
        self.shelf.put(key, replace(there, **changes))

    def delete(self, key: str) -> None:
        self.shelf.put(key, None)

    def copy(self, key: str) -> None:
        """A person duplicates a document with all its text."""

        there = self.shelf.now(key)
        assert there is not None
        new = self._new_id()
        self.shelf.put(new, replace(there, id=new))

    # -- accidents

    def _before(self, call: str, mark: str) -> str:
        self.fate.point(f"before {call.split(maxsplit=1)[0]}")
        self.calls.append(call)
        accident = self.accidents.next()
        if accident == "lost_before":
            raise OutcomeUnknown("http.no_answer")
        if accident == "late":
            self.clock.advance(20)
        if accident == "passing":
            raise Passing("http.too_many", retry_after=30.0)
        if accident == "refuse" or (mark and mark in self.refusing):
            raise Refused("books.refused")
        return accident

    def _write(self, paper: Paper, accident: str, key: str) -> Paper:
        if accident == "partly":
            self.shelf.put(paper.id, Paper(id=paper.id, mark=paper.mark, amount=0, day=paper.day))
            raise PartlyAccepted("books.partly", target_id=paper.id)
        self.shelf.put(paper.id, paper)
        if key:
            self._by_key[key] = paper.id
        return paper

    def _after(self, accident: str, paper: Paper | None) -> None:
        self.fate.point("after write")
        if accident == "lost_after":
            raise OutcomeUnknown("http.no_answer")

    def _new_id(self) -> str:
        self.made += 1
        return f"D{self.made}"

    # -- what a test asks

    def papers(self, source: str = "") -> list[Paper]:
        """Everything there is, for one source: of its mark before the slash."""
        return [paper for paper in self.shelf.all() if not source or paper.mark.partition("/")[0] == source]

    def total(self, source: str = "") -> int:
        return sum(paper.amount for paper in self.papers(source) if paper.state != "voided")

    def writes(self) -> int:
        return sum(call.split(maxsplit=1)[0] in ("make", "amend", "batch", "mail") for call in self.calls)
