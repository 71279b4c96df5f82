"""When Uniconta is looked at, what was seen there, and how many of the day's calls that has cost.

Uniconta's rows bear no date of change: what was seen is kept as one short digest for each row, and only rows
that differ are passed on. Nothing is kept before every page that was passed on is committed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from msgspec import DecodeError, Struct, json

from bridge_gui.errors import BridgeError, SetupError
from bridge_gui.sync.debtors import HasDailyCalls
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.opening import BridgeContext

ORDERS, MASTERS, PEOPLE = timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)
INVOICES, EVERYBODY = timedelta(minutes=15), timedelta(days=1)
FIELD_MISSING = "uniconta.field_missing"
_PAGE = 200
_CALLS = "uniconta.calls"
_BACKS = "put_back.times"


class Seen(Protocol):
    """What can be told apart by its content."""

    @property
    def id(self) -> str:
        """Which one it is."""
        ...

    @property
    def content(self) -> Any:
        """What it holds."""
        ...


S = TypeVar("S", bound=Seen)


class _Calls(Struct, frozen=True, kw_only=True):
    day: date
    spent: int


class Looks:
    """One run's looks at Uniconta."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._notes = context.notes
        self._books: HasDailyCalls = context.books
        self._begun = False
        self._backs: dict[str, int] | None = None
        self._broken: dict[str, str] | None = None
        self._live = _minutes(context.settings.get("schedule", ""))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around each write: once Uniconta has dropped a field of ours nothing more is written without it."""
        if self._broken is not None:
            raise SetupError("fields.missing", **self._broken)
        try:
            yield
        except BridgeError as error:
            if error.code == FIELD_MISSING:
                named = {key: str(error.params.get(key, "")) for key in ("table", "field")}
                self._broken = named
                self._notes.stop("fields.missing", named)
            raise
        finally:
            self.keep_calls()

    def due(self, name: str, every: timedelta) -> bool:
        """Whether it is time to look; always, where the bridge runs less often than that by itself."""
        self._begin()
        last = _instant(self._notes.get(f"looked.{name}"))
        if self._live is None or self._live >= every or last is None:
            return True
        age = self._context.clock.now() - last
        return age < timedelta(0) or age + timedelta(seconds=20) >= every * self._stretch()

    def looked(self, name: str, at: datetime) -> None:
        """A complete look has been taken."""
        if self._live is not None:
            self._notes.set(f"looked.{name}", at.isoformat())
        self.keep_calls()

    def changed(self, name: str, cards: Iterable[S]) -> Iterator[list[S]]:
        """Pages of those that differ from what was seen; what is gone is forgotten."""
        seen, found = self.seen(name), list(cards)
        now = {card.id: _short(card) for card in found}
        differing = [card for card in found if seen.get(card.id) != now[card.id]]
        yield from _pages(differing)
        self._keep(name, now)

    def more_changed(self, name: str, pages: Iterable[Iterable[S]]) -> Iterator[list[S]]:
        """As `changed`, of a listing that shows only what changed lately."""
        seen = self.seen(name)
        for page in pages:
            now = {card.id: _short(card) for card in page}
            yield [card for card in page if seen.get(card.id) != now[card.id]]
            seen |= now
        self._keep(name, seen)

    def is_first(self, name: str) -> bool:
        """Whether nothing was ever seen under this name, or the start date has moved."""
        return not self._notes.get(self._key(name))

    def forget(self, name: str, record: str) -> None:
        """Have a record passed on at the next look, whatever it holds."""
        seen = self.seen(name)
        if seen.pop(record, None) is not None:
            self._keep(name, seen)

    def backs(self, record: str) -> int:
        """How often something was put back at a record: it counts as another content each time."""
        if self._backs is None:
            kept = self._notes.get(_BACKS)
            self._backs = json.decode(kept, type=dict[str, int]) if kept else {}
        return self._backs.get(record, 0)

    def put_back(self, name: str, record: str) -> None:
        """Something was put back: changed again to the same it is a change all the same."""
        count = self.backs(record) + 1
        self._backs = {**(self._backs or {}), record: count}
        self._notes.set(_BACKS, json.encode(self._backs, order="sorted").decode())
        self.forget(name, record)

    def again(self, name: str, record: str) -> None:
        """Have a record read at the next look, and counted as another content."""
        self.put_back(name, record)
        self._notes.set(f"again.{name}", " ".join(sorted({*self.asked_again(name), record})))

    def asked_again(self, name: str) -> list[str]:
        """Those that are to be read though nothing shows that they have changed."""
        return self._notes.get(f"again.{name}").split()

    def passed_on(self, name: str) -> None:
        """They were."""
        if self._notes.get(f"again.{name}"):
            self._notes.set(f"again.{name}", "")

    def marked(self, name: str, marks: Mapping[str, str], theirs: str) -> None:
        """Remember which record bears which mark; who has lost its record since is looked at again."""
        for record, mark in self.marks(name).items():
            if marks.get(record) != mark:
                self.again(theirs, mark)
        told = json.encode(dict(marks), order="sorted").decode()
        if told != self._notes.get(f"marks.{name}"):
            self._notes.set(f"marks.{name}", told)

    def mark(self, name: str, record: str, mark: str) -> None:
        """A record has just been given a mark."""
        told = json.encode({**self.marks(name), record: mark}, order="sorted").decode()
        self._notes.set(f"marks.{name}", told)

    def marks(self, name: str) -> dict[str, str]:
        """Which record bore which mark at the last look."""
        kept = self._notes.get(f"marks.{name}")
        return json.decode(kept, type=dict[str, str]) if kept else {}

    def missed(self, name: str, there: Collection[str], theirs: str) -> None:
        """Of `name` only these are there: whoever bears the mark of another is looked at again, once."""
        bearing = self.marks(theirs)
        gone = {record for record, mark in bearing.items() if mark not in there}
        known = set(self._notes.get(f"missed.{name}").split())
        for record in sorted(gone - known):
            self.again(theirs, record)
        if gone != known:
            self._notes.set(f"missed.{name}", " ".join(sorted(gone)))

    def seen(self, name: str) -> dict[str, str]:
        """Digests by id."""
        kept = self._notes.get(self._key(name))
        try:
            return json.decode(kept, type=dict[str, str]) if kept else {}
        except DecodeError:
            return {}

    def keep_calls(self) -> None:
        """Remember how many of the day's calls are spent."""
        self._begin()
        day, spent = self._books.calls_spent
        told = json.encode(_Calls(day=day, spent=spent)).decode()
        if told != self._notes.get(_CALLS):
            self._notes.set(_CALLS, told)

    def _key(self, name: str) -> str:
        return f"seen.{name}.{self._context.start.isoformat()}"

    def _keep(self, name: str, seen: Mapping[str, str]) -> None:
        told = json.encode(dict(seen), order="sorted").decode()
        if told != self._notes.get(self._key(name)):
            self._notes.set(self._key(name), told)

    def _begin(self) -> None:
        """Tell the books what was spent before this job."""
        if self._begun:
            return
        self._begun = True
        kept = self._notes.get(_CALLS)
        if kept:
            calls = json.decode(kept, type=_Calls)
            self._books.spent_before(calls.day, calls.spent)

    def _stretch(self) -> int:
        """How much rarer looks become while calls go faster than the day does."""
        _, spent = self._books.calls_spent
        now = self._context.clock.now().astimezone(self._context.zone)
        gone = (now - datetime.combine(now.date(), time(), self._context.zone)) / timedelta(days=1)
        share = spent / max(1, self._books.calls_a_day)
        if share > 0.95:
            return 30
        return 1 if share <= gone + 0.1 else 3


def _pages(cards: list[S]) -> Iterator[list[S]]:
    for begin in range(0, len(cards), _PAGE):
        yield cards[begin : begin + _PAGE]


def _short(card: Seen) -> str:
    return digest_of(canonical(card.content)).partition(":")[2][:16]


def _minutes(schedule: str) -> timedelta | None:
    """How often the bridge runs by itself, None where that is not told in minutes."""
    number = schedule.removesuffix("min").strip()
    return timedelta(minutes=int(number)) if schedule.endswith("min") and number.isdecimal() else None


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
